"""Who publishes a case and where, its addresses, and the days that its records give."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from tallybook.book import Period, Source
from tallybook.tables.case import Case

_OF_URI = "%:/?#[]@!$&'()*+,;=-._~"
_LONGEST_NAME = 600
_SITE = re.compile(r"https?://[^\s<>\"'`{}|\\^]{1,480}")


@dataclass(frozen=True, slots=True)
class Outlet:
    """What the book does not say of itself. ``name``: of who publishes the case; ``site``: the address of the
    report's index, "https://daily.example/figures/". Each is left out of an export where it is not given.
    ValueError says what is wrong with one.
    """

    name: str | None = None
    site: str | None = None

    def __post_init__(self) -> None:
        if self.name is not None and not (
            0 < len(self.name.strip()) <= _LONGEST_NAME and self.name.isprintable()
        ):
            raise ValueError(
                f"the publisher is one line of at most {_LONGEST_NAME} characters that can be printed"
            )
        if self.site is not None and not _SITE.fullmatch(self.site):
            raise ValueError("the site is an address that begins with https:// or http://, without a space")

    def page(self, case: Case, claim: str) -> str | None:
        """The address of the page of a claim."""
        return self.at(f"{case.id}/claim/{claim}.html")

    def at(self, path: str) -> str | None:
        """The address of what stands at ``path`` in the site."""
        return f"{self.site.rstrip('/')}/{path}" if self.site else None


def address(case: Case, kind: str, name: str = "") -> str:
    """A name for a record that has no address on the web: the same one at each export.

    It hangs on the article itself, so that two books that check one article by one id name it alike.
    """
    article = case.article
    known = article.url or (article.text.sha256 if article.text else f"{article.publisher} {article.title}")
    return uuid5(NAMESPACE_URL, "\n".join(("tallybook", known, case.id, kind, name))).urn


def web_address(url: str | None) -> str | None:
    """An address as a URI: characters that may not stand in one are escaped. None where there is none."""
    return quote(url, safe=_OF_URI) if url else None


def article_address(case: Case) -> str:
    return web_address(case.article.url) or address(case, "article")


def source_address(case: Case, source: Source) -> str:
    return web_address(source.url) or address(case, "source", source.id)


def pages_of(case: Case, claim: str | None = None) -> list[Source]:
    """The pages that have a statement on the case, or that its article cites; or those of one claim."""
    book, pairs = case.book, case.comparison().pairs
    if claim is None:
        estimates = list(case.comparison().estimates.values())
    else:
        estimates = [pair.estimate for pair in pairs[claim]]
    wanted = {made.source.id for estimate in estimates for made in estimate.made_of()}
    wanted |= {cited for c in case.article.claims if claim in (None, c.id) for cited in c.cites}
    return [source for source in book.sources.values() if source.id in wanted]


def last_looked_at(case: Case, claim: str | None = None) -> date | None:
    """The last day on which a page of the case, or of a claim, was read or a person judged: the day of the
    verdict, as far as the records tell. None where no record has such a day."""
    days = [day for source in pages_of(case, claim) for day in _read(source)]
    days += [review.on for review in case.article.reviews if claim in (None, review.claim)]
    return max(days, default=None)


def dated(period: Period | None) -> str | None:
    """A day, month or year as ISO 8601; None for what is not known, or known only vaguely."""
    if period is None:
        return None
    start, end = period.start, period.end
    if start == end:
        return start.isoformat()
    if (start.day, end.day) == (1, _last_day(end)) and start.year == end.year:
        if start.month == end.month:
            return f"{start:%Y-%m}"
        if (start.month, end.month) == (1, 12):
            return f"{start.year:04}"
    return None


def article_dated(case: Case) -> str | None:
    """When the article came out; None where a person does not trust the date."""
    return None if case.article.published_is == "unreliable" else dated(case.article.published)


def _last_day(value: date) -> int:
    return monthrange(value.year, value.month)[1]


def _read(source: Source) -> Iterable[date]:
    return [day for day in (source.read_on, source.snapshot.taken if source.snapshot else None) if day]
