"""A case as a Research Object Crate: its tables, verdicts, sources and provenance, with what each file is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import tallybook
from tallybook.exchange import bibtex, claimreview, csl, datapackage, prov, web_annotations
from tallybook.exchange.json_text import given, json_bytes
from tallybook.exchange.outlet import Outlet, article_address, article_dated, last_looked_at, web_address
from tallybook.tables.case import Case

METADATA = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.1"
_PROGRAM = "#tallybook"
_MADE = "#export"

_Files = Callable[[Case, Outlet], Iterator[tuple[str, bytes]]]
_CONTENT: tuple[tuple[str, str, str, _Files], ...] = (
    ("data", "text/csv", "the tables of the case, as a data package", datapackage.files),
    ("", "application/ld+json", "the verdicts that are judgements, as ClaimReview", claimreview.files),
    ("", "application/ld+json", "the figures as Web Annotations", web_annotations.files),
    ("", "application/json", "where each verdict comes from, as PROV-JSON", prov.files),
    ("", "application/vnd.citationstyles.csl+json", "the sources, as CSL-JSON", csl.files),
    ("", "application/x-bibtex", "the sources, as BibTeX", bibtex.files),
)  # fmt: skip


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """The metadata, and each file that they describe."""
    content, parts = {}, []
    for folder, media, what, made in _CONTENT:
        for name, data in made(case, outlet):
            path = f"{folder}/{name}" if folder else name
            content[path] = data
            media_type = "application/json" if name.endswith(".json") and media == "text/csv" else media
            parts.append(
                {"@id": path, "@type": "File", "name": what, "encodingFormat": media_type,
                 "contentSize": str(len(data))}
            )  # fmt: skip
    yield METADATA, json_bytes(_metadata(case, outlet, parts))
    yield from content.items()


def _metadata(case: Case, outlet: Outlet, parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Who may use it is not said: a book records no licence."""
    on = last_looked_at(case) or case.published
    article = article_address(case)
    root = given(
        _id="./",
        _type="Dataset",
        name=f"The figures of an article, beside what its sources say: {case.title}",
        description=case.answer,
        datePublished=on.isoformat(),
        publisher={"@id": "#publisher"} if outlet.name else None,
        url=outlet.site,
        about={"@id": article},
        hasPart=[{"@id": part["@id"]} for part in parts],
        mentions={"@id": _MADE},
    )
    things: list[dict[str, Any]] = [
        {
            "@id": METADATA, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": PROFILE},
        },
        root,
        given(
            _id=article, _type="Article", name=case.title, url=web_address(case.url),
            datePublished=article_dated(case), inLanguage=case.article.language,
        ),
        {
            "@id": _PROGRAM, "@type": "SoftwareApplication", "name": "tallybook",
            "softwareVersion": tallybook.__version__,
        },
        {
            "@id": _MADE, "@type": "CreateAction", "name": "judging the claims and exporting the case",
            "instrument": {"@id": _PROGRAM}, "object": {"@id": article},
            "result": [{"@id": part["@id"]} for part in parts],
        },
        *parts,
    ]  # fmt: skip
    if outlet.name:
        things.append({"@id": "#publisher", "@type": "Organization", "name": outlet.name})
    return {"@context": f"{PROFILE}/context", "@graph": things}
