"""A case as a Research Object Crate: its tables, verdicts, sources and provenance, with what each file is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import tallybook
from tallybook.exchange import bibtex, claimreview, csl, datapackage, prov, web_annotations
from tallybook.exchange.case_tables import case_tables
from tallybook.exchange.json_text import given, json_bytes
from tallybook.exchange.outlet import Outlet, article_address, article_dated, last_looked_at, web_address
from tallybook.tables.case import Case

METADATA = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.1"
_PROGRAM = "#tallybook"
_MADE = "#export"

_Files = Callable[[Case, Outlet], Iterator[tuple[str, bytes]]]
_CONTENT: tuple[tuple[str, str, _Files], ...] = (
    ("data/", "what the columns of the tables mean, as a data package", datapackage.files),
    ("", "the verdicts that are judgements, as ClaimReview", claimreview.files),
    ("", "the figures as Web Annotations", web_annotations.files),
    ("", "where each verdict comes from, as PROV-JSON", prov.files),
    ("", "the sources, as CSL-JSON", csl.files),
    ("", "the sources, as BibTeX", bibtex.files),
)
_MEDIA = {
    ".csv": "text/csv",
    ".jsonld": "application/ld+json",
    ".csl.json": "application/vnd.citationstyles.csl+json",
    ".json": "application/json",
    ".bib": "application/x-bibtex",
}
"""By the end of a file's name, the longer one first."""


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """The metadata, and each file that they describe."""
    content, parts = {}, []
    tables = {f"{table.name}.csv": table.what for table in case_tables(case)}
    for folder, what, made in _CONTENT:
        for name, data in made(case, outlet):
            content[f"{folder}{name}"] = data
            media = next(media for end, media in _MEDIA.items() if name.endswith(end))
            parts.append(
                {"@id": f"{folder}{name}", "@type": "File", "name": tables.get(name, what),
                 "encodingFormat": media, "contentSize": str(len(data))}
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
