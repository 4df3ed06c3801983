"""A case in the formats of other tools: which there are, and writing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tallybook.book.problems import MOST_NAMED, require_name
from tallybook.exchange import (
    atom,
    bibtex,
    claimreview,
    csl,
    csv_files,
    datapackage,
    parquet_files,
    prov,
    ro_crate,
    web_annotations,
    workbook,
)
from tallybook.exchange.folders import refuse_what_is_not_ours, replace_folder
from tallybook.exchange.outlet import Outlet
from tallybook.prose import counted, listed
from tallybook.tables.case import Case


class ExportError(Exception):
    """What was asked for cannot be made or written: one sentence for the person who can mend it."""


ALL = "all"
FOLDER = "export"


@dataclass(frozen=True, slots=True)
class Format:
    """``name``: on the command line, and of its folder; ``what``: it holds; ``standard``: with its version;
    ``files``: yields each file's path in the folder and its bytes, the same for the same records."""

    name: str
    what: str
    standard: str
    files: Callable[[Case, Outlet], Iterator[tuple[str, bytes]]]


FORMATS = {
    made.name: made
    for made in (
        Format(
            "claimreview",
            "the verdicts that are judgements, one file a claim and one of the case",
            "schema.org ClaimReview, JSON-LD 1.1",
            claimreview.files,
        ),
        Format(
            "datapackage",
            "the tables as CSV, with what each column means",
            "Data Package 2.0, Table Schema 2.0",
            datapackage.files,
        ),
        Format(
            "csv",
            "the tables for a spreadsheet, and what each column means",
            "CSV (RFC 4180), UTF-8 with a mark",
            csv_files.files,
        ),
        Format("parquet", "the tables with their types", "Apache Parquet 2", parquet_files.files),
        Format("xlsx", "the tables in one workbook, without a formula", "Office Open XML", workbook.files),
        Format("bibtex", "the sources, for LaTeX", "BibTeX, UTF-8", bibtex.files),
        Format("csl", "the sources, for reference managers", "CSL-JSON 1.0.2", csl.files),
        Format(
            "annotations",
            "each figure at its words in article and sources",
            "W3C Web Annotation (2017), JSON-LD 1.1",
            web_annotations.files,
        ),
        Format(
            "ro-crate",
            "tables, verdicts, sources and provenance, each file described",
            "RO-Crate 1.1",
            ro_crate.files,
        ),
        Format("prov", "where each verdict comes from", "W3C PROV-JSON (2013)", prov.files),
        Format("atom", "the verdicts of record and their changes", "Atom 1.0 (RFC 4287)", atom.files),
    )
}


@dataclass(frozen=True, slots=True)
class Exported:
    """One format that was written. ``folder``: where; ``files``: how many; ``size``: their bytes together."""

    format: str
    folder: Path
    files: int
    size: int


def export(
    case: Case, to: Iterable[str], out: Path | None = None, outlet: Outlet | None = None
) -> list[Exported]:
    """Write a case in the formats named in ``to``, or in "all", each into a folder of its name below ``out``.

    ``out``: by default export/<case> in the project's folder. All files are made before the first is
    written, and each folder is replaced whole. UnknownName for a format that there is not; ExportError where
    a folder cannot be written, and BookError where a package is missing.
    """
    names = wanted(to)
    place = out if out is not None else case.book.root / FOLDER / case.id
    made = {name: dict(FORMATS[name].files(case, outlet or Outlet())) for name in names}
    done = []
    try:
        for name in names:
            refuse_what_is_not_ours(place / name)
        for name, files in made.items():
            replace_folder(place / name, files)
            done.append(Exported(name, place / name, len(files), sum(map(len, files.values()))))
    except OSError as error:
        raise ExportError(f"{error.filename or place} cannot be written: {error.strerror}.") from None
    return done


def notes(case: Case, to: Iterable[str], outlet: Outlet) -> list[str]:
    """What somebody should know before publishing an export: verdicts that nobody has accepted, and what the
    reviews lack. BookError where the file of accepted verdicts cannot be read."""
    told = []
    if case.article.is_draft:
        told.append(
            f"{case.id} is a draft: nobody has looked at every figure, so that it has no ClaimReview."
        )
    accepted, verdicts = atom.accepted_claims(case), case.comparison().verdicts
    other = [
        id_
        for id_, judged in verdicts.items()
        if id_ not in accepted or accepted[id_].today != judged.verdict
    ]
    if other and not case.article.is_draft:
        of = counted(len(verdicts), "verdict")
        told.append(
            f"Not as a person accepted them, {len(other)} of {of}: {_some(other)}. Look at them with "
            "'tallybook check --verdicts'."
        )
    if "claimreview" in wanted(to) and claimreview.judgements(case) and not (outlet.name and outlet.site):
        told.append(
            "A ClaimReview of which no publisher and no address are known is not shown by search engines: "
            "name them with --publisher and --site."
        )
    return told


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return f"{', '.join(names[:MOST_NAMED])} and {more:,} more" if more > 0 else listed(names)


def export_table(
    case: Case, to: Iterable[str], out: str | Path | None, publisher: str | None, site: str | None
) -> pd.DataFrame:
    """:func:`export` with a row per format, as a notebook shows it."""
    done = export(case, to, Path(out) if out is not None else None, Outlet(publisher, site))
    rows = [(one.format, str(one.folder), one.files, one.size) for one in done]
    return pd.DataFrame(rows, columns=["format", "folder", "files", "bytes"])


def wanted(to: Iterable[str]) -> list[str]:
    """The names of formats in the order of the registry; UnknownName for one that there is not."""
    asked = set(to)
    for name in sorted(asked):
        require_name("format", name, [*FORMATS, ALL])
    return [name for name in FORMATS if ALL in asked or name in asked]
