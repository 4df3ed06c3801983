"""The pages of docs/ that the program knows best are what it gives now."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tallybook import charts
from tallybook import terms as words

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("commands.md", "fields.md", "words.md", "python.md")


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(reference: ModuleType) -> dict[str, str]:
    found: dict[str, str] = reference.pages()
    assert sorted(found) == sorted(NAMES)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_what_the_program_gives(name: str, made: dict[str, str]) -> None:
    told = f"docs/{name} is not what the program gives now: 'make docs' writes it"
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == made[name], told


def test_every_word_and_every_chart_is_there(made: dict[str, str]) -> None:
    kinds = [one for one in vars(words).values() if isinstance(one, type) and issubclass(one, words.Term)]
    missing = [str(term) for kind in kinds for term in kind if f"| `{term}` |" not in made["words.md"]]
    assert missing == []
    drawn = [name for name in charts.__all__ if name != "Chart"]
    assert [name for name in drawn if f"### `tb.charts.{name}`" not in made["python.md"]] == []


def test_every_key_of_a_statement_is_there(made: dict[str, str]) -> None:
    """One that a person looks for most; all others come the same way."""
    from tallybook.book.records import Statement

    section = made["fields.md"].partition("### Statement (source)")[2].partition("\n### ")[0]
    assert [name for name in Statement.model_fields if f"| `{name}` |" not in section] == []


def test_a_docstring_is_never_markup(reference: ModuleType) -> None:
    assert reference._plain("``a<b>`` or <b> and *x* [y](z) | :meth:`compare`") == (
        "`a<b>` or \\<b\\> and \\*x\\* \\[y\\](z) \\| `compare()`"
    )
