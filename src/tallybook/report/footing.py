"""What stands under every page: when it was read, who answers for it, how to report an error.

Fields of the book and of the article; what nobody has filled in is called open, and never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from tallybook.charts.wording import plain
from tallybook.exchange.outlet import pages_of
from tallybook.prose import counted, day, listed

if TYPE_CHECKING:
    from tallybook.book.records import Imprint
    from tallybook.tables.case import Case


@dataclass(frozen=True)
class Footing:
    """``read``: up to which day pages were read, and so as of which day is judged; ``reviewer``: in words,
    "" for nobody; ``corrections``: the words of the imprint; ``corrections_link``: "" where they are none;
    ``made_up``: whether all of the page is of examples."""

    read: str
    reviewer: str
    corrections: str
    corrections_link: str
    publisher: str
    licence: str
    made_up: bool = False


@dataclass(frozen=True)
class Known:
    """Of one case: up to which day pages were read, None if no page says so; who reviewed it."""

    read: date | None
    reviewers: tuple[str, ...]


def known_of(case: Case) -> Known:
    """What the footing of a case, and of a book with others, is made of."""
    days = [one.read_on for one in pages_of(case) if one.read_on]
    return Known(max(days, default=None), tuple(_reviewers(case)))


def footing(imprint: Imprint, cases: Sequence[Case]) -> Footing:
    """The footing of one case, or of all cases of a book together."""
    made_up = bool(cases) and all(case.article.made_up for case in cases)
    return replace(footing_of(imprint, [known_of(case) for case in cases]), made_up=made_up)


def footing_of(imprint: Imprint, cases: Sequence[Known]) -> Footing:
    """The same of what is known of them."""
    days = [case.read for case in cases if case.read]
    named = {who for case in cases for who in case.reviewers}
    corrections = plain(imprint.corrections or "")
    return Footing(
        day(max(days)) if days else "",
        listed(sorted(named)),
        corrections,
        _link(corrections),
        plain(imprint.publisher or ""),
        plain(imprint.licence or ""),
    )


def _reviewers(case: Case) -> list[str]:
    article = case.article
    if article.reviewed_by:
        when = f" on {day(article.reviewed_on)}" if article.reviewed_on else ""
        return [f"{plain(article.reviewed_by)}{when}"]
    words: dict[str, int] = {}
    for review in article.reviews:
        words[plain(review.by)] = words.get(plain(review.by), 0) + 1
    return [f"{who} ({counted(count, 'figure')})" for who, count in words.items()]


def _link(text: str) -> str:
    """An address of the web or of mail as a link; anything else is only text."""
    if text.startswith(("https://", "http://")) and not any(sign in text for sign in ' "<>\\'):
        return text
    name, at, host = text.partition("@")
    wholesome = all(c.isalnum() or c in ".-_+" for c in name + host)
    return f"mailto:{text}" if at and name and "." in host and wholesome else ""
