"""A review in a notebook: the figure that is next, answers by method or button, all written at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import tallybook as tb
from tallybook.book.load import load_book
from tallybook.book.records import Article
from tallybook.intake.notebook_review import NotebookReview


def town(root: Path) -> Article:
    return load_book(root).articles["town"]


@pytest.fixture
def review(drafted: Path) -> NotebookReview:
    made = tb.open_book(drafted)["town"].review()
    assert isinstance(made, NotebookReview)
    return made


def test_the_next_figure_stands_in_its_sentence(review: NotebookReview) -> None:
    shown = review._repr_html_()
    assert "1/6 “12 people” ¶2" in shown
    assert "On Sunday <mark>12 people</mark> were hurt" in shown
    assert "said by: the police (guessed)" in shown
    assert len(review.open()) == 6


def test_answers_are_written_at_once(review: NotebookReview, drafted: Path) -> None:
    review.no_claim("not ours").keep().edit(period="2023", said_by="").keep()
    article = town(drafted)
    assert "12-people" not in {f.id for f in article.figures}
    passengers, potholes = article.figures[:2]
    assert not passengers.guessed
    assert (potholes.reference_period, potholes.attributed_to) == ("2023", None)
    assert review.undo().undo().undo().shown is not None
    review.undo().undo()
    assert town(drafted).figures[0].id == "12-people"


def test_another_measure_and_a_new_one(review: NotebookReview, drafted: Path) -> None:
    with pytest.raises(tb.BookError, match="made_up_city_population' may be the same by another name"):
        review.new_measure("People who live in Made-up Harbour.", "stock")
    review.new_measure("People hurt on the trams on 15 June 2025.", "total", once=True, id="hurt")
    assert town(drafted).claims[0].measure == "hurt"
    with pytest.raises(tb.UnknownName):
        review.keep("no_such_measure")
    with pytest.raises(tb.BookError, match="no measure is a 'heap'"):
        review.new_measure("Heaps.", "heap")


def test_only_when_nothing_is_open_it_is_reviewed(review: NotebookReview, drafted: Path) -> None:
    with pytest.raises(tb.BookError, match="nobody has looked at"):
        review.done()
    while review.shown is not None:
        if review.shown.measure == "none yet":
            review.no_claim()
        else:
            review.keep()
    assert "Nothing is open" in review._repr_html_()
    review.done()
    assert not town(drafted).is_draft
    with pytest.raises(tb.BookError, match="is reviewed already"):
        tb.open_book(drafted)["town"].review()


def test_hostile_words_are_shown_as_text(city: Path, tb_run: object) -> None:
    from .conftest import Run

    run: Run = tb_run  # type: ignore[assignment]
    text = "<script>alert(1)</script> 4,000 loaves $x$ <b>were</b> sold.\n"
    (city / "hostile.txt").write_text(text, encoding="utf-8")
    assert run("new", city / "hostile.txt", "--id", "town").exit_code == 0
    shown = tb.open_book(city)["town"].review()._repr_html_()
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "$x$" not in shown


def test_buttons_answer_for_the_figure(review: NotebookReview, drafted: Path) -> None:
    pytest.importorskip("ipywidgets")
    from tallybook.intake.review_buttons import buttons

    box = buttons(review)
    shown, row, message = box.children
    press = {button.description: button for button in row.children}
    press["no claim"].click()
    assert "27.4 million passengers" in shown.value
    press["keep"].click()
    press["undo"].click()
    press["later"].click()
    press["measure"].value = "made_up_city_potholes"
    press["keep"].click()
    figures = {f.id: f for f in town(drafted).figures}
    assert "12-people" not in figures
    assert figures["27-4-million-passengers"].guessed
    assert not figures["18500-potholes"].guessed
    assert press["reviewed"].disabled
    assert message.value == ""
