"""The picture of a claim for those who share its page."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterator

import pytest
from PIL import Image, ImageDraw

from tallybook.charts.style import PALETTE
from tallybook.report.social_card import Card, alternative, social_card
from tallybook.terms import Verdict

LONG = "a harvest that nobody in the valley had foreseen " * 20


def card(
    words: str = "“40 apples”", answer: str = "Nobody says so.", article: str = "The Made-up Post"
) -> Card:
    verdict = Verdict.CONTRADICTED
    return Card(article, words, verdict.sign, verdict.role, verdict.label, answer, "Read up to 1 May 2025")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, tuple[float, ...]]]]:
    """The texts that a picture shows, each with the box that its letters fill, in pixels."""
    texts: list[tuple[str, tuple[float, ...]]] = []
    draw: Callable[..., None] = ImageDraw.ImageDraw.text

    def noting(pen: ImageDraw.ImageDraw, place: tuple[float, float], text: str, **how: object) -> None:
        anchor = str(how.get("anchor", "la"))
        texts.append((text, pen.textbbox(place, text, font=how["font"], anchor=anchor)))  # type: ignore[arg-type]
        draw(pen, place, text, **how)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", noting)
    yield texts


def test_it_shows_the_words_the_verdict_and_the_answer(written: list[tuple[str, tuple[float, ...]]]) -> None:
    picture = Image.open(io.BytesIO(social_card(card())))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert [text for text, _ in written] == [
        "The Made-up Post", "“40 apples”", "▲ contradicted", "Nobody says so.",
        "Read up to 1 May 2025 · tallybook",
    ]  # fmt: skip
    left = picture.convert("RGB").getpixel((5, 300))
    assert left == tuple(bytes.fromhex(PALETTE["differ"][0][1:]))


@pytest.mark.parametrize(
    "made",
    [
        card(words=f"“{LONG}”", answer=LONG, article=LONG),
        card(words="“" + "9" * 400 + "”", answer="9" * 400),
        card(words="“two lines of words that fill the picture from one side to the other side”", answer=LONG),
        card(answer="", article=""),
    ],
)
def test_nothing_is_cut_off_or_written_over_another_text(
    made: Card, written: list[tuple[str, tuple[float, ...]]]
) -> None:
    social_card(made)
    boxes = [box for text, box in written if text]
    assert all(x0 >= 0 and y0 >= 0 and x1 <= 1200 - 48 and y1 <= 630 for x0, y0, x1, y1 in boxes)
    assert all(above[3] <= below[1] for above, below in itertools.pairwise(boxes)), written


@pytest.mark.parametrize("words", ["“40 تفاحة”", "“40 עצים”", "“40 \U0001f34e”", "“四十”"])
def test_words_that_it_cannot_show_are_not_shown_wrongly(
    words: str, written: list[tuple[str, tuple[float, ...]]]
) -> None:
    social_card(card(words=words))
    assert [text for text, _ in written][1:3] == ["A figure in letters that", "this picture cannot show"]


def test_the_same_card_gives_the_same_bytes_and_words_for_the_ear() -> None:
    assert social_card(card()) == social_card(card())
    assert social_card(card()) != social_card(card(answer="Somebody says so."))
    assert alternative(card()) == "“40 apples”: contradicted. Nobody says so."
