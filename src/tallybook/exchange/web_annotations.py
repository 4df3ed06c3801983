"""The figures of article and sources as W3C Web Annotations: words, their place, what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tallybook.book import Claim, Source, Statement
from tallybook.book.records import Anchor
from tallybook.exchange.claimreview import verdict_words
from tallybook.exchange.json_text import given, json_bytes
from tallybook.exchange.outlet import Outlet, address, article_address, pages_of, source_address
from tallybook.tables.case import Case

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """One file: a collection with an annotation a claim and a statement."""
    yield "annotations.jsonld", json_bytes(collection(case))


def collection(case: Case) -> dict[str, Any]:
    """The annotations of the claims that are judged, then of the statements of the case's pages."""
    items = [_of_claim(case, claim) for claim in case.article.claims]
    known = case.comparison().estimates
    items += [
        _of_statement(case, source, statement)
        for source in pages_of(case)
        for statement in source.statements
        if statement.id in known
    ]
    name = address(case, "annotations")
    page = {"id": address(case, "annotations", "1"), "type": "AnnotationPage", "partOf": name}
    return {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": case.title,
        "total": len(items),
        "first": {**page, "startIndex": 0, "items": items},
    }


def _of_claim(case: Case, claim: Claim) -> dict[str, Any]:
    """The verdict is its body; before it that it is of an example, or of a draft that nobody has reviewed.
    Each place where the article says it is a target."""
    judged = case.comparison().verdicts[claim.id]
    said = f"{verdict_words(judged)}. {judged.why}"
    if case.article.labels:
        said = f"{'; '.join(case.article.labels)}: {said}"
    return {
        "id": address(case, "annotation of a claim", claim.id),
        "type": "Annotation",
        "motivation": "assessing",
        "body": _text(said, "en", "assessing"),
        "target": [
            _target(article_address(case), _selectors(anchor)) for anchor in (claim.anchor, *claim.also)
        ],
    }


def _of_statement(case: Case, source: Source, statement: Statement) -> dict[str, Any]:
    """What it is a figure of is its body. The page is that of the day on which it was read."""
    measure = case.book.measures[statement.measure]
    return {
        "id": address(case, "annotation of a statement", statement.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": _text(measure.definition, None, "identifying"),
        "target": _target(
            source_address(case, source),
            [{"type": "TextQuoteSelector", "exact": statement.words}],
            _state(source.read_on),
        ),
    }


def _text(value: str, language: str | None, purpose: str) -> dict[str, Any]:
    return given(type="TextualBody", value=value, format="text/plain", language=language, purpose=purpose)


def _target(
    source: str, selectors: list[dict[str, Any]], state: dict[str, Any] | None = None
) -> dict[str, Any]:
    return given(
        type="SpecificResource", source=source, selector=selectors if len(selectors) > 1 else selectors[0],
        state=state,
    )  # fmt: skip


def _selectors(anchor: Anchor) -> list[dict[str, Any]]:
    """The offsets count characters of the article's text as it was read, whose digest the book keeps."""
    quote = given(type="TextQuoteSelector", exact=anchor.exact, prefix=anchor.prefix, suffix=anchor.suffix)
    if anchor.start is None or anchor.end is None:
        return [quote]
    return [quote, {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end}]


def _state(read_on: date | None) -> dict[str, Any] | None:
    """The hour is not recorded, so that the state is that of some moment of the day."""
    if read_on is None:
        return None
    day = read_on.isoformat()
    return {
        "type": "TimeState",
        "sourceDateStart": f"{day}T00:00:00Z",
        "sourceDateEnd": f"{day}T23:59:59Z",
    }
