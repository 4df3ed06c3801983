"""A draft as text: marks go, words stay, and each character knows its place in the file."""

from __future__ import annotations

import time

import pytest

from tallybook.intake.draft import Draft, Place, draft_of


def place_of(draft: Draft, words: str) -> tuple[int, int]:
    place = draft.place(draft.text.index(words))
    return place.line, place.column


def test_text_is_taken_as_it_stands() -> None:
    draft = draft_of("Over 12 loaves\r\nand **30** <b>rolls</b>\rand 40", kind="text")
    assert draft.text == draft.source
    assert [place_of(draft, words) for words in ("12", "30", "40")] == [(1, 6), (2, 7), (3, 5)]


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u2060", "\x07", "\ufeff"])
def test_a_character_that_nobody_sees_parts_no_number(kind: str, unseen: str) -> None:
    draft = draft_of(f"Over 12{unseen},000 loaves and 4{unseen}0 rolls", kind=kind)
    assert draft.text.strip() == "Over 12,000 loaves and 40 rolls"
    assert [place_of(draft, words) for words in ("12", ",000", "40", "rolls")] == [
        (1, 6),
        (1, 9),
        (1, 25),
        (1, 29),
    ]
    told = [mark.says for mark in draft.marks_at(5, 18)]
    assert told == (
        [f"the character U+{ord(unseen):04X}, which nobody sees, was taken out."]
        if unseen in "\x07\ufeff"
        else []
    )


def test_marks_stay_at_their_words_where_something_before_them_is_taken_out() -> None:
    draft = draft_of("\u200bOver\x07 10<sup>6</sup> loaves, ~~12~~ 14 rolls", kind="markdown")
    raised = next(mark for mark in draft.marks if mark.kind == "superscript")
    assert draft.text[raised.start : raised.end].startswith("10")
    assert draft.place(draft.text.index("14")).column == draft.source.index("14") + 1


def test_the_end_is_behind_the_last_character() -> None:
    assert draft_of("Over 12 loaves").span(5, 14) == (Place(1, 6), Place(1, 15))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Over **12** *loaves*", "Over 12 loaves"),
        ("## Over 12", "Over 12"),
        ("Over [12 loaves](https://a.example/99 \"7\") now", "Over 12 loaves now"),
        ("![12 loaves](a.png)", "12 loaves"),
        ("Over 12\nloaves", "Over 12 loaves"),
        ("> Over 12\n> loaves", "Over 12 loaves"),
        ("1. Over\n2. Under", "Over\n\nUnder"),
        ("12. 30 loaves", "12. 30 loaves"),
        ("- 12 loaves\n- 30 rolls", "12 loaves\n\n30 rolls"),
        ("a\n\n```\n99 loaves\n```\n\nb", "a\n\nb"),
        ("Over `99` 12", "Over  12"),
        ("Over <b>12</b><!-- 99 --> loaves", "Over 12 loaves"),
        ("3 * 4 and snake_case_12", "3 * 4 and snake_case_12"),
        (r"\*12\*", "*12*"),
        ("12[^1] loaves", "12 loaves"),
        ("a\n---\nb", "a\n\nb"),
        ("[a]: https://a.example/99", ""),
    ],
)  # fmt: skip
def test_markdown_leaves_its_words(source: str, text: str) -> None:
    assert draft_of(source, kind="markdown").text.strip() == text


def test_places_in_markdown_are_those_of_the_file() -> None:
    draft = draft_of("# Bread\n\nOver **12** loaves\nand [30 rolls](x)", kind="markdown")
    assert [place_of(draft, words) for words in ("Bread", "12", "30 rolls")] == [(1, 3), (3, 8), (4, 6)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Over <b>12</b>&nbsp;loaves</p>", "Over 12\xa0loaves"),
        ("<p>Over\n  12</p><p>b</p>", "Over 12\n\nb"),
        ("a<script>var x = 99;</script><style>p {width: 99px}</style>b", "ab"),
        ("<!-- <b>99</b> -->12 <img alt='99'>loaves", "12 \n\nloaves"),
        ("10<sup>6</sup> km<sup>2</sup>", "10⁶ km²"),
        ("12 loaves<sup>1</sup>", "12 loaves"),
        ("12<sup><a href='#1'>1</a></sup> loaves", "12 loaves"),
        ("12 < 30 &lt; 40 <", "12 < 30 < 40 <"),
        ("<ul><li>12</li><li>30</li></ul>", "12\n\n30"),
        ("<p>12 &amp; 30", "12 & 30"),
    ],
)
def test_html_leaves_what_a_reader_sees(source: str, text: str) -> None:
    assert draft_of(source, kind="html").text.strip() == text


def test_places_in_html_are_those_of_the_file() -> None:
    draft = draft_of("<html>\n<p>Over&nbsp;<b>12</b>\n loaves &amp; 30 rolls</p>", kind="html")
    assert [place_of(draft, words) for words in ("Over", "12", "loaves", "30")] == [
        (2, 4), (2, 17), (3, 2), (3, 15),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["markdown", "html"])
@pytest.mark.parametrize(
    "piece",
    ["<", "<!", "</", "<!--", "<a ", "<a b='", "&", "&#", "[", "](", "*", "_a", "`", ">", "|", "```\n",
     "<sup>", "<p>", "<a b='>", "<script>", "<![CDATA[", "<?", "\\"],
)  # fmt: skip
def test_no_draft_takes_long(kind: str, piece: str) -> None:
    source = piece * (50_000 // len(piece))
    start = time.perf_counter()
    draft_of(source, kind=kind)
    assert time.perf_counter() - start < 2
