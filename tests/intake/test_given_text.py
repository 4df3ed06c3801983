"""The text in a file that a person names is the one that a draft of it is made of. All of it is made up."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallybook.cli.app import app

pytest.importorskip("ruamel.yaml")

CITY = Path(__file__).resolve().parents[1] / "data" / "made-up-city-budget"
MARKDOWN = """\
# The harbour town mends its roads

The town filled **18,400** potholes in [2024](https://roads.example/2024), and *1,250* lamps were mended.

| road | holes |
| --- | --- |
| Quay | 310 |

It cost £2.1 million[^1].

[^1]: By the town's own account, of 12 pages.
"""
HTML = """\
<!doctype html><html><head><title>Made-up roads</title></head><body><nav>99 stories</nav><article>
<h1>The harbour town mends its roads</h1>
<p>The town filled <b>18,400</b> potholes in 2024, and <i>1,250</i> lamps were mended.</p>
<p>It cost £2.1&nbsp;million.</p></article></body></html>
"""
WRAPPED = """\
The harbour town mends its roads

The town filled 18,400 potholes in 2024, as it says, and in the
same year 1,250 lamps were mended by a crew of twelve, of whom
four were new to it. All of them are told about in its yearbook.

It cost £2.1 million, which is more than was planned.
"""
BY_LINES = """\
The town filled 18,400 potholes in 2024, as the town itself says.
It cost £2.1 million, which is more than the town had planned.
Some 1,250 lamps were mended by crews of the Harbour Works too.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "city"
    shutil.copytree(CITY, made)
    return made


def run(root: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*words, "--project", str(root)])
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("name", "text"),
    [("roads.md", MARKDOWN), ("roads.html", HTML), ("roads.txt", WRAPPED), ("lines.txt", BY_LINES)],
)
def test_a_draft_is_found_in_the_file_that_it_was_made_of(root: Path, name: str, text: str) -> None:
    file = root / name
    file.write_text(text, encoding="utf-8")
    assert run(root, "new", str(file), "--id", "roads", "--published", "2025-01-05")[0] == 0
    code, told = run(root, "check", "--article", "roads", "--text", str(file))
    assert code == 0, told
    assert re.search(r"quotations? of roads (is|are) in ", told)
    assert "neither a claim nor set aside" not in told and "SHA-256 differs" not in told
    assert run(root, "quotes", "roads", "--text", str(file))[0] == 0


def test_a_figure_that_was_added_to_markdown_is_told_without_its_marks(root: Path) -> None:
    file = root / "roads.md"
    file.write_text(MARKDOWN, encoding="utf-8")
    run(root, "new", str(file), "--id", "roads", "--published", "2025-01-05")
    file.write_text(MARKDOWN + "\nThe crew has **38 workers**.\n", encoding="utf-8")
    code, told = run(root, "check", "--article", "roads", "--text", str(file))
    assert code == 0 and "'38 workers'" in told and "**" not in told


def test_words_that_are_gone_from_markdown_are_a_problem(root: Path) -> None:
    file = root / "roads.md"
    file.write_text(MARKDOWN, encoding="utf-8")
    run(root, "new", str(file), "--id", "roads", "--published", "2025-01-05")
    file.write_text(MARKDOWN.replace("18,400", "18,500"), encoding="utf-8")
    code, told = run(root, "check", "--article", "roads", "--text", str(file))
    assert code == 1 and "are not in the text" in told


def test_a_text_is_tested_against_itself_without_its_marks(tmp_path: Path) -> None:
    file = tmp_path / "made-up.md"
    file.write_text("Sales rose from **200** to **300**, a rise of *90 per cent*.\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["selfcheck", str(file)])
    assert "1 check" in done.output and "**" not in done.output
