"""Quoted words in a text: found, moved, changed, absent, or not to be checked. Numbers decide first."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from tallybook.book import load_book
from tallybook.book.problems import BookError
from tallybook.book.quotes import check_quotes
from tallybook.book.records import Anchor
from tallybook.intake.quotations import (
    Looked,
    QuotationCheck,
    article_quotations,
    numbers_in,
    page_quotations,
    summary,
)
from tallybook.intake.reanchoring import Reanchored
from tallybook.terms import Quotation

sys.path.insert(0, str(Path(__file__).parent))
from made_up_town import CLAIMS, write_town

TEXT = """Bread.

The baker sold over 4,000 loaves so far.

She ate about 13,000 crumbs last year, and the “nine” cats slept. It was warm.

The baker gave away forty rolls.
"""


def looked(anchor: dict[str, object], text: str = TEXT, language: str = "en") -> QuotationCheck:
    return Looked(text, language).anchored("c", ("claims", 0, "anchor"), Anchor(**{"paragraph": 2, **anchor}))


@pytest.mark.parametrize(
    ("anchor", "result", "now"),
    [
        ({"exact": "over 4,000 loaves"}, "found", None),
        ({"exact": "over 4,000 loaves", "prefix": "sold ", "suffix": " so far"}, "found", None),
        ({"exact": "over 4,000 loaves", "paragraph": 3}, "moved", "over 4,000 loaves"),
        ({"exact": "over 4,000 loaves", "start": 1, "end": 18}, "moved", "over 4,000 loaves"),
        ({"exact": "over 4000 loaves"}, "changed", "over 4,000 loaves"),
        ({"exact": "over four thousand loaves"}, "changed", "over 4,000 loaves"),
        ({"exact": "40 rolls", "paragraph": 4}, "changed", "forty rolls"),
        ({"exact": "sold over 4,000 loaves of bread so far"}, "changed", "sold over 4,000 loaves so far"),
        ({"exact": "roughly 13,000 crumbs last year"}, "changed", "about 13,000 crumbs last year"),
        ({"exact": 'the "nine" cats'}, "changed", "the “nine” cats"),
        ({"exact": "about 15,000 crumbs"}, "absent", None),
        ({"exact": "about 13,500 crumbs last year"}, "absent", None),
        ({"exact": 'the "ten" cats'}, "absent", None),
        ({"exact": "the bakers of the town went home"}, "absent", None),
        ({"exact": "warm", "prefix": "The oven, they told us, is "}, "absent", None),
    ],
)
def test_five_different_things(anchor: dict[str, object], result: str, now: str | None) -> None:
    check = looked(anchor)
    assert check.result == result, check.says
    assert (check.now.exact if check.now else None) == now


def test_another_number_is_told_and_never_taken() -> None:
    check = looked({"exact": "She ate about 15,000 crumbs last year"})
    assert check.result is Quotation.ABSENT
    assert check.says == "the text has “She ate about 13,000 crumbs last year”, which is another number."


@pytest.mark.parametrize(
    ("words", "text", "says"),
    [
        ("The mill sold over 4,000 loaves", "The mill sold under 4,000 loaves.", "but another bound."),
        ("Bread prices rose by 3% in May", "Bread prices fell by 3% in May.", "but another direction."),
        ("The mill sold 4,000 loaves in May", "The mill sold 4,000 rolls in May.", "but another unit."),
        ("The mill sold 4,000 loaves in May", "The mill sold 4,000 loaves in all of May.", "same numbers."),
    ],
)
def test_the_same_number_that_states_something_else_is_told(words: str, text: str, says: str) -> None:
    check = Looked(text, "en").quoted("s", words)
    assert check.result is Quotation.CHANGED and check.says.endswith(says)


def test_a_figure_in_other_words_at_several_places_is_told_apart_by_its_neighbours() -> None:
    text = "The mill ran for under three months.\n\nThe strike lasted under three months there.\n"
    check = looked({"exact": "less than three months", "prefix": "The strike lasted "}, text)
    assert check.result is Quotation.CHANGED and check.now is not None and check.now.paragraph == 2
    check = looked({"exact": "less than three months"}, text)
    assert (check.result, check.now) == (Quotation.CHANGED, None)
    assert check.says == "the text states its figure in other words, at 2 places; nothing tells which."


def test_words_without_a_number_are_never_taken_for_like_ones() -> None:
    """Without a number nothing but the words themselves tells that a passage is the quoted one."""
    assert looked({"exact": "The baker gave it away"}).result is Quotation.ABSENT


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("5,000 loaves", "They sold 15,000 loaves.", False),
        ("over 4", "They sold over 4,000 loaves.", False),
        ("12.5 miles", "They ran 112.5 miles.", False),
        ("nine men", "Ninety-nine men came.", False),
        ("nine men", "The canine men came.", False),
        ("nine men", "There were nine men, and ninety-nine men later.", True),
        ("10,000 loaves", "They sold over 10,000 loaves.", True),
        ("260,000 shells", "They sent 200,000–260,000 shells.", True),
        ("loaves", "They sold 15,000 loaves.", True),
        ("152 mm", "They sent 200,000 to 260,000 shells of 152 mm and 122 mm a month.", True),
        ("122 mm", "They sent 200,000 to 260,000 shells of 152 mm and 122 mm a month.", True),
        ("nine men", "A hundred and nine men came.", False),
        ("about two", "They sold about two and a half million loaves.", False),
        ("two", "They sold two million loaves.", False),
    ],
)
def test_words_within_another_number_are_not_found(words: str, text: str, found: bool) -> None:
    assert (Looked(text, "en").quoted("s", words).result is Quotation.FOUND) is found


@pytest.mark.parametrize("language", ["ko", "fr"])
def test_in_languages_that_are_not_read_digits_decide(language: str) -> None:
    text = "총 4,700명이 숨졌다고 국정원이 밝혔다.\n"
    assert looked({"exact": "총 4700명이 숨졌다고 국정원이"}, text, language).result is Quotation.CHANGED
    assert looked({"exact": "총 4,800명이 숨졌다고 국정원이"}, text, language).result is Quotation.ABSENT


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("13,000 crumbs", "13 000 crumbs", True),
        ("13,000 crumbs", "15,000 crumbs", False),
        ("nine cats", "9 cats", True),
        ("on 3 April", "on 4 April", False),
        ("$5.6 billion", "5.6 billion dollars", True),
        ("in 2014", "in 2024", False),
    ],
)
def test_numbers_are_compared_as_they_are_read(one: str, other: str, same: bool) -> None:
    assert (numbers_in(one, "en") == numbers_in(other, "en")) is same


def test_repeated_words_are_told_apart_by_what_stands_around_or_by_their_neighbours() -> None:
    text = "Two cats came.\n\nA dog and two cats ran. Some two cats sat.\n"
    check = looked({"exact": "two cats", "prefix": "dog and ", "paragraph": 5}, text)
    assert check.now is not None and check.now.paragraph == 2
    check = looked({"exact": "two cats", "paragraph": 5}, text)
    assert (check.result, check.now, len(check.maybe)) == (Quotation.MOVED, None, 2)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_town(tmp_path / "town")


def article_text(*extra: str) -> str:
    return "\n\n".join([*extra, " ".join(f"{b}{e}{a}" for e, b, a in CLAIMS.values())]) + "\n"


def test_an_article_after_an_edit(root: Path) -> None:
    """What moved is shown as a difference, written only if asked, and then found."""
    book = load_book(root)
    article = book.articles["town"]
    assert {c.result for c in article_quotations(article, article_text())} == {Quotation.FOUND}
    text = article_text("A paragraph that was added.")
    text = text.replace("over 1,200 teachers", "more than 1,200 teachers")
    checks = article_quotations(article, text)
    assert summary(checks) == "8 quotations: moved 7 and changed 1."
    before = (root / "claims/town.yaml").read_text(encoding="utf-8")
    anew = Reanchored(book, article, text, checks)
    assert "-    paragraph: 1" in anew.difference and "+    paragraph: 2" in anew.difference
    assert (root / "claims/town.yaml").read_text(encoding="utf-8") == before
    anew.write()
    again = load_book(root)
    assert {c.result for c in article_quotations(again.articles["town"], text)} == {Quotation.FOUND}
    (root / "text.txt").write_text(text, encoding="utf-8")
    assert (
        check_quotes(again, again.articles["town"], root / "text.txt").found[0].startswith("all 8 quotations")
    )


def test_nothing_is_written_over_what_somebody_changed(root: Path) -> None:
    book = load_book(root)
    text = article_text("New.")
    anew = Reanchored(book, book.articles["town"], text, article_quotations(book.articles["town"], text))
    with (root / "claims/town.yaml").open("a", encoding="utf-8") as file:
        file.write("# a note\n")
    with pytest.raises(BookError, match="was changed since"):
        anew.write()


def test_without_a_text_nothing_is_checked(root: Path) -> None:
    book = load_book(root)
    checks = article_quotations(book.articles["town"], None)
    assert {check.result for check in checks} == {Quotation.UNCHECKED}


def test_statements_on_their_pages(root: Path) -> None:
    book = load_book(root)
    texts = {"p-debt-0": "The town owes €390 million.", "p-debt-1": "It has debts of 403 million euros.",
             "p-debt-3": "It has a debt of nearly €400 million."}  # fmt: skip
    found = {check.name: check.result for check in page_quotations(book, texts.get)}
    assert [found[f"debt-{k}"] for k in range(4)] == [
        Quotation.FOUND, Quotation.ABSENT, Quotation.UNCHECKED, Quotation.CHANGED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["a" * 300_000, "9 " * 100_000, "\n" * 100_000,
     "over 4,000 loaf " * 10_000, "“" * 100_000, "\x00\u202e" * 9_000],
)  # fmt: skip
def test_hostile_texts_cost_little(text: str) -> None:
    before = time.perf_counter()
    result = looked({"exact": "over 4,000 loaves"}, text).result
    assert result in (Quotation.ABSENT, Quotation.CHANGED)
    assert time.perf_counter() - before < 10
