"""The verdicts of record as an Atom feed: an entry for each, and one for each that has changed since.

The verdict of record is what a person has accepted (claims/accepted). Where nobody has, or where the program
says something else by now, the entry says so. Records have days and no hours: an entry is of midnight, UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import tallybook
from tallybook.book.accepted import AcceptedClaim, read_accepted_of
from tallybook.exchange.outlet import Outlet, address, last_looked_at, pages_of, web_address
from tallybook.prose import quoted, sentence
from tallybook.tables.case import Case
from tallybook.terms import AsOf

NAMESPACE = "http://www.w3.org/2005/Atom"
_NOBODY = "Nobody has accepted this verdict yet."


@dataclass(frozen=True, slots=True)
class Entry:
    """A verdict from a day on. ``head``: whether its source says so, where that heads the claim, else "";
    ``before``: the verdict that this one replaced, "" where it is the first."""

    claim: str
    words: str
    head: str
    verdict: str
    before: str
    day: date
    told: str

    @property
    def title(self) -> str:
        changed = f"{self.before} → {self.verdict}" if self.before else self.verdict
        return f"{quoted(self.words)}: {self.head}{changed}"


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """One file. BookError where the file of accepted verdicts cannot be read."""
    yield "atom.xml", _feed(case, outlet, entries(case))


def entries(case: Case) -> list[Entry]:
    """The newest first, in the order of the claims within a day. BookError as for :func:`files`."""
    accepted = accepted_claims(case)
    found = [e for id_ in case.comparison().claims for e in _of_claim(case, id_, accepted.get(id_))]
    return sorted(found, key=lambda entry: entry.day, reverse=True)


def accepted_claims(case: Case) -> dict[str, AcceptedClaim]:
    """What a person has accepted of each claim, by its id; empty where nobody has. BookError as above."""
    record = read_accepted_of(case.book.root, case.id)
    return {claim.id: claim for claim in record.claims} if record else {}


def _of_claim(case: Case, claim: str, accepted: AcceptedClaim | None) -> Iterator[Entry]:
    """The verdict when written, and that of today where it is another one."""
    now = case.comparison().verdicts[claim]
    then = case.comparison(AsOf.WRITTEN).verdicts[claim]
    written, today = then.verdict.value, now.verdict.value
    standing = _NOBODY
    if accepted is not None:
        written, today = accepted.written, accepted.today
        unlike = f"By now the program says {now.verdict}; nobody has accepted that."
        standing = "" if today == now.verdict else unlike
    standing = " ".join([*map(sentence, case.article.labels), standing])
    head = f"{now.fidelity.named.label}; the finding: " if now.heading == "attribution" else ""
    words = case.comparison().claims[claim].words
    if written != today:
        day = _day_of_change(case, claim)
        yield Entry(claim, words, head, today, written, day, f"{now.why} {standing}".strip())
    yield Entry(claim, words, head, written, "", case.published, f"{then.why} {standing}".strip())


def _day_of_change(case: Case, claim: str) -> date:
    """The last day on which a page of the claim was read; where none has such a day, that by which all were
    out. Never before the article itself."""
    out = [page.dated.end for page in pages_of(case, claim) if page.dated is not None]
    return max(last_looked_at(case, claim) or max(out, default=case.published), case.published)


def _feed(case: Case, outlet: Outlet, found: list[Entry]) -> bytes:
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _text(feed, "id", address(case, "feed"))
    _text(feed, "title", f"Verdicts on the figures in {quoted(case.title)}")
    _text(feed, "updated", _moment(max((entry.day for entry in found), default=case.published)))
    _text(SubElement(feed, "author"), "name", outlet.name or f"tallybook {tallybook.__version__}")
    SubElement(feed, "generator", {"version": tallybook.__version__}).text = "tallybook"
    if outlet.site:
        SubElement(feed, "link", {"rel": "alternate", "href": outlet.site})
    for entry in found:
        _entry(feed, case, outlet, entry)
    indent(feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8") + b"\n"


def _entry(feed: Element, case: Case, outlet: Outlet, entry: Entry) -> None:
    made = SubElement(feed, "entry")
    _text(made, "id", address(case, "verdict", "\n".join((entry.claim, entry.before, entry.verdict))))
    _text(made, "title", entry.title)
    _text(made, "updated", _moment(entry.day))
    SubElement(made, "category", {"term": entry.verdict})
    page = outlet.page(case, entry.claim)
    if page:
        SubElement(made, "link", {"rel": "alternate", "href": page})
    article = web_address(case.url)
    if article:
        SubElement(made, "link", {"rel": "related", "href": article})
    SubElement(made, "content", {"type": "text"}).text = _clean(entry.told)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    """A text on one line, without the characters that XML forbids."""
    return "".join(c if c.isprintable() else " " for c in text)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
