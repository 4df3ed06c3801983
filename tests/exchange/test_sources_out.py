"""The sources, read back by a citation processor and a reader of BibTeX."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from tallybook.book import Source
from tallybook.exchange import bibtex, csl
from tallybook.exchange.outlet import Outlet, pages_of
from tallybook.tables.case import Case


def items(case: Case) -> list[dict[str, Any]]:
    (content,) = dict(csl.files(case, Outlet())).values()
    found: list[dict[str, Any]] = json.loads(content)
    return found


def cited(case: Case, form: Any = formatter.plain) -> dict[str, str]:
    """The entry of each source in a bibliography."""
    made = items(case)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(made), form)
    for item in made:
        bibliography.register(Citation([CitationItem(item["id"])]))
    entries = map(str, bibliography.bibliography())
    return dict(zip([item["id"] for item in made], entries, strict=True))


def bib_entries(case: Case) -> dict[str, dict[str, str]]:
    (content,) = dict(bibtex.files(case, Outlet())).values()
    reader = LatexDecodingMiddleware(decoder=LatexNodes2Text(latex_context=macros()))
    library = bibtexparser.parse_string(content.decode(), append_middleware=[reader])
    assert not library.failed_blocks
    return {entry.key: {f.key: f.value for f in entry.fields} for entry in library.entries}


def macros() -> Any:
    """The commands that the reader knows, and four of LaTeX's that it does not."""
    known = get_default_latex_context_db()
    names = {"textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">"}
    specs = [MacroTextSpec(name, text) for name, text in {**names, "textasciicircum": "^"}.items()]
    known.add_context_category("of LaTeX", macros=specs, prepend=True)
    return known


def test_a_citation_processor_words_each_source(case: Case) -> None:
    told = cited(case)
    for source in pages_of(case):
        assert source.publisher in told[source.id]
        assert source.url is None or source.url in told[source.id]


def test_what_is_recorded_is_there_and_nothing_else(first_case: Case) -> None:
    told = cited(first_case)
    assert told["abc-news-2024-11-05"].startswith(
        "10,000 North Korean troops now in Russia's Kursk region, Pentagon says (2024)"
    )
    assert "(no date)" in told["bbc-undated"]
    assert "(Accessed: November 23, 2026)" in told["abc-news-2024-11-05"]


def test_no_author_and_no_date_is_made_up(case: Case) -> None:
    entries, made = bib_entries(case), {item["id"]: item for item in items(case)}
    for source in pages_of(case):
        item, entry = made[source.id], entries[source.id]
        assert "author" not in item and "author" not in entry
        assert ("issued" in item) == ("year" in entry) == (source.dated is not None)
        assert ("accessed" in item) == ("urldate" in entry) == (source.read_on is not None)
        assert ("title" in item) == ("title" in entry) == bool(source.title or source.what)


def test_a_reader_of_bibtex_finds_every_field_as_it_is_recorded(case: Case) -> None:
    entries = bib_entries(case)
    assert list(entries) == [source.id for source in pages_of(case)]
    for source in pages_of(case):
        assert entries[source.id]["organization"] == source.publisher
        assert entries[source.id].get("title") == (source.title or source.what)


@pytest.mark.parametrize(
    ("published", "certainty", "parts"),
    [
        ("2025-12-15", "stated", [2025, 12, 15]),
        ("2025-12", "stated", [2025, 12]),
        ("2025", "inferred", [2025]),
        ("2025-12-15", "unreliable", None),
        ("early May 2025", "stated", None),
    ],
)
def test_a_date_is_as_fine_as_it_is_known(published: str, certainty: str, parts: list[int] | None) -> None:
    page = {"id": "p", "publisher": "P", "language": "en", "kind": "secondary", "kept": "whole"}
    source = Source.model_validate({**page, "published": published, "published_is": certainty})
    issued = csl.item(source).get("issued")
    assert (issued and issued["date-parts"]) == (parts and [parts])


def test_hostile_text_is_text_for_both(hostile: Case) -> None:
    words = " ".join(pages_of(hostile)[0].publisher.split())
    for entry in bib_entries(hostile).values():
        assert entry["organization"] == words == entry["title"]
        assert not set("<>{}\\\"' ") & (set(entry["url"]) - {"'"})
    for told in cited(hostile, formatter.html).values():
        assert "<script" not in told and "<img" not in told


def test_no_command_of_tex_stands_in_the_file_that_is_not_ours(hostile: Case, tmp_path: Path) -> None:
    (content,) = dict(bibtex.files(hostile, Outlet())).values()
    text = content.decode()
    for command in ("\\input", "\\write"):
        assert command not in text
    assert text.count("{") == text.count("}")
