"""Records as lines: no line too wide, no word or number broken, nothing lost."""

from __future__ import annotations

import re

import pytest
from rich.text import Text

from tallybook.cli.layout import Column, Layout, labelled, paragraph, wrapped
from tallybook.terms import Relation, Term, Verdict

from .conftest import LONG_WORD

COLUMNS = [
    Column("verdict", head=True),
    Column("words", head=True, prose=True),
    Column("for"),
    Column("why", prose=True),
]
REASON = (
    "South Korea (“more than 10,000 men”, Caliber.Az) and Ukraine say so; 316,000–347,000 and 1 234 567 do."
)
ROWS = [
    [Text("● corroborated"), Text("“as many as 200,000–260,000 shells a month”"), Text("2"), Text(REASON)],
    [Text("○ not tested"), Text("“최대 1만5000명 그리고 더 많은 사람들이 왔다”"), Text("0"), Text("None.")],
]
WIDTHS = [40, 80, 99, 100, 120, 200]


def plain(lines: object) -> list[str]:
    return [line.plain for line in lines]  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert all(line.cell_len <= width for line in Layout(COLUMNS, ROWS, width).lines(ROWS))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_and_no_number_is_broken(width: int) -> None:
    lines = plain(Layout(COLUMNS, ROWS, width).lines(ROWS))
    for word in [*REASON.replace("1 234 567", "").split(), "1 234 567", "200,000–260,000", "1만5000명"]:
        assert any(word in line for line in lines), word


@pytest.mark.parametrize("width", [40, 80, 99])
def test_below_100_columns_each_record_is_a_block_under_its_head(width: int) -> None:
    first, *_ = lines = plain(Layout(COLUMNS, ROWS, width).lines(ROWS))
    assert first.startswith("● corroborated  “as many as")
    heads = [line for line in lines if not line.startswith("    ")]
    assert [head.split()[0] for head in heads] == ["●", "○"]
    assert "    for: 2" in lines


@pytest.mark.parametrize("width", [100, 120, 200])
def test_from_100_columns_there_is_a_table_whose_columns_keep_their_places(width: int) -> None:
    head, *lines = plain(Layout(COLUMNS, ROWS, width).lines(ROWS))
    assert head.split() == ["verdict", "words", "for", "why"]
    assert [line.index("●") for line in lines if "●" in line] == [head.index("verdict")]
    (reason,) = [line for line in lines if "South" in line]
    assert reason.index("South") == head.index("why")
    assert reason[head.index("for") : head.index("why")].strip() == "2"


def test_a_table_that_would_squeeze_its_prose_becomes_blocks() -> None:
    wide = [[Text("x" * 50), Text("words " * 9), Text("2"), Text(REASON)]]
    lines = plain(Layout(COLUMNS, wide, 110).lines(wide))
    assert lines[0].startswith("x" * 50 + "  words") and "    for: 2" in lines


def test_a_cell_of_two_lines_keeps_them_in_a_table_and_is_one_line_in_a_block() -> None:
    rows = [[Text("said so;\nthe finding: ● corroborated"), *ROWS[0][1:]]]
    head, first, second, *_ = plain(Layout(COLUMNS, rows, 200).lines(rows))
    assert first.startswith("said so;  ") and second.startswith("the finding: ● corroborated")
    assert first.index("“as") == head.index("words") == len("the finding: ● corroborated") + 2
    for width in (40, 80, None):
        whole = " ".join(" ".join(plain(Layout(COLUMNS, rows, width).lines(rows))).split())
        assert whole.startswith("said so; the finding: ● corroborated “as many as")


@pytest.mark.parametrize("term", [*Relation, *Verdict])
def test_a_sign_is_never_parted_from_its_word(term: Term) -> None:
    for start in ("", "said so; the finding: "):
        for width in range(16, 60):
            lines = plain(wrapped(Text(f"{start}{term.sign} {term.label}"), width))
            assert any(f"{term.sign} {term.label.split()[0]}" in line for line in lines), width


def test_the_parts_of_a_table_share_its_columns() -> None:
    layout = Layout(COLUMNS, ROWS, 200)
    heads = [plain(layout.lines([row]))[0] for row in ROWS]
    assert heads[0] == heads[1]


def test_outside_a_terminal_every_cell_is_whole_on_one_line() -> None:
    assert plain(Layout(COLUMNS, ROWS, None).lines(ROWS)) == [
        "● corroborated  “as many as 200,000–260,000 shells a month”",
        f"    {REASON}",
        "    for: 2",
        "○ not tested  “최대 1만5000명 그리고 더 많은 사람들이 왔다”",
        "    None.",
        "    for: 0",
    ]


def test_only_a_word_longer_than_the_line_is_broken() -> None:
    lines = plain(wrapped(Text(f"in {LONG_WORD} today"), 40))
    assert "".join(lines).replace(" ", "") == f"in{LONG_WORD}today"
    assert all(len(line) <= 40 for line in lines)
    assert plain(wrapped(Text(f"in {LONG_WORD} today"), 70)) == [f"in {LONG_WORD}", "today"]


@pytest.mark.parametrize("number", ["10 400", "1 234 567", "28 %", "1,234.5", "200,000–260,000"])
def test_a_number_stays_on_one_line_at_every_width(number: str) -> None:
    for width in range(len(number), 60):
        assert any(
            number in line for line in plain(wrapped(Text(f"they say that {number} came here"), width))
        )


def test_styles_survive_wrapping() -> None:
    text = Text("one two three").append(" four five", style="bold")
    assert [[span.style for span in line.spans] for line in wrapped(text, 14)] == [[], ["bold"]]


@pytest.mark.parametrize("width", [40, 80, None])
def test_labels_stand_beside_their_texts_where_there_is_room(width: int | None) -> None:
    lines = plain(labelled([("words of the article", REASON), ("", ""), ("reading", "10,000")], width))
    assert all(width is None or Text(line).cell_len <= width for line in lines)
    if width == 40:
        assert lines[0] == "words of the article" and lines[-2:] == ["reading", "    10,000"]
    else:
        assert lines[0].startswith("words of the article  South Korea")
        assert lines[-1] == "reading               10,000"
    assert "" in lines
    if width == 80:
        assert re.match(r" {22}\S", lines[1])


def test_a_paragraph_hangs() -> None:
    assert plain(paragraph(Text("one two three four"), 12, hanging=4)) == ["one two", "    three", "    four"]
