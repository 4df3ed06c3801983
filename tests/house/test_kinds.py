"""docs/kinds.md: its examples load as a project, and come out as it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallybook.book import load_book
from tallybook.book.problems import BookError
from tallybook.tables.case import Case
from tallybook.tables.opened import OpenBook
from tallybook.terms import AsOf, Kind

ROOT = Path(__file__).resolve().parents[2]
KINDS = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
HEAD, *EXAMPLES = re.split(r"^## ", KINDS, flags=re.MULTILINE)
TITLES = [example.splitlines()[0] for example in EXAMPLES]


def data_of(text: str) -> dict[str, Any]:
    """The one YAML of a section, scalars as text."""
    (block,) = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    found: dict[str, Any] = yaml.load(block, Loader=yaml.BaseLoader)
    return found


def opened(project: Path, examples: list[dict[str, Any]]) -> Case:
    """The examples in one project, loaded as any other."""
    frame = data_of(HEAD)

    def every(key: str) -> list[Any]:
        return [record for example in examples for record in example[key]]

    article, page = frame["article"], frame["page"]
    for name, content in {
        "claims/measures.yaml": {"measures": every("measures")},
        f"claims/{article['id']}.yaml": article | {"claims": every("claims")},
        f"sources/{page['id']}.yaml": page | {"statements": every("statements")},
        "sources/origins.yaml": {"origins": frame["origins"]},
    }.items():
        path = project / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return OpenBook(load_book(project))[article["id"]]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """All examples together."""
    return opened(tmp_path_factory.mktemp("kinds"), [data_of(example) for example in EXAMPLES])


@pytest.mark.parametrize("text", EXAMPLES, ids=TITLES)
def test_it_comes_out_as_the_guide_says(case: Case, text: str) -> None:
    (claim,) = data_of(text)["claims"]
    today = case.comparison(AsOf.TODAY)
    told = [f"`{pair.relation}` (`{pair.why}`)" for pair in today.pairs[claim["id"]]]
    comes = "; ".join([*told, f"`{today.verdicts[claim['id']].verdict}`"])
    (said,) = re.findall(r"^Comes out: (.*)\.$", text, re.MULTILINE)
    assert said == comes


@pytest.mark.parametrize("text", EXAMPLES, ids=TITLES)
def test_each_example_names_mistakes(text: str) -> None:
    assert re.search(r"^Mistakes:\n\n- ", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("title", "record", "key", "value", "told"),
    [
        ("A budget", "statements", "words", "€3,480,000", "no rate between the two currencies"),
        ("A rate per 100,000", "measures", "unit", "case", "is not a rate"),
        ("Every so many minutes", "statements", "words", "72,412 calls", "counts per year"),
        ("A share, with the margin of a poll", "measures", "unit", "percent", "the unit of a share is"),
        (
            "A change in per cent",
            "statements",
            "words",
            "fell by 2 percentage points",
            "points are not per cent",
        ),
        ("A level", "claims", "anchor", {"exact": "31 °C warmer", "paragraph": "6"}, "state a change"),
    ],
)
def test_check_refuses_the_mistakes_that_it_can_see(
    tmp_path: Path, title: str, record: str, key: str, value: Any, told: str
) -> None:
    example = data_of(EXAMPLES[TITLES.index(title)])
    example[record][0][key] = value
    with pytest.raises(BookError, match=told):
        opened(tmp_path, [example])


def test_every_kind_has_an_example() -> None:
    shown = {measure["kind"] for example in EXAMPLES for measure in data_of(example)["measures"]}
    assert shown == set(Kind) - {Kind.DATE}
    assert all(f"`{kind}`" in HEAD for kind in Kind)
