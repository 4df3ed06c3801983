"""What a page says of itself: title, author, publisher, day, language, address. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_IN_DATA = re.compile(r"\"datePublished\"\s{0,9}:\s{0,9}\"([^\"]{8,40})\"")
_PUBLISHED = frozenset(
    {"article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date",
     "pubdate", "publishdate", "publish-date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued",
     "dcterms.created", "parsely-pub-date", "sailthru.date", "citation_publication_date", "article.published",
     "published_time", "publication_date"}
)  # fmt: skip
_LARGEST_DATA = 500_000


def facts(root: Any, source: str) -> dict[str, str]:
    """What is known of the page, by name: title, author, sitename, hostname, date, language, url."""
    found = _by_trafilatura(source)
    if day := next(_days(root), None):
        found["date"] = day
    if code := _language(root):
        found["language"] = code
    return found


def _by_trafilatura(source: str) -> dict[str, str]:
    from trafilatura.metadata import extract_metadata

    try:
        given: Any = extract_metadata(source, date_config={"extensive_search": False}, extensive=False)
    except Exception:  # what a page says of itself may be anything; its words count without it
        return {}
    names = ("title", "author", "sitename", "hostname", "language", "url")
    told = {name: getattr(given, name, None) for name in names}
    return {name: " ".join(t.split()) for name, t in told.items() if isinstance(t, str) and t.strip()}


def _days(root: Any) -> Iterator[str]:
    """The days that the page names as that of its publication, the most certain first."""
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name in _PUBLISHED:
            yield from _day(meta.get("content"))
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            for told in _IN_DATA.finditer(script.text[:_LARGEST_DATA]):
                yield from _day(told[1])
    for time in root.iter("time"):
        told_by = f"{time.get('itemprop')} {time.get('class')} {time.get('pubdate')}".lower()
        if "publi" in told_by or time.get("pubdate") is not None:
            yield from _day(time.get("datetime"))
    for article in root.iter("article"):
        for time in article.iter("time"):
            yield from _day(time.get("datetime"))
        break


def _day(text: str | None) -> Iterator[str]:
    found = _DAY.match((text or "").strip())
    if found:
        try:
            yield date.fromisoformat(found[0]).isoformat()
        except ValueError:
            return


def _language(root: Any) -> str | None:
    for element in root.iter("html", "article", "body"):
        told = element.get("lang") or element.get("xml:lang") or ""
        code = re.split(r"[-_]", told.strip(), maxsplit=1)[0].lower()
        if code.isalpha() and code.isascii() and len(code) in (2, 3):
            return str(code)
    return None
