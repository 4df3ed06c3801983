"""A case as tables for other tools: which there are, their columns, keys and rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from tallybook.book import Source
from tallybook.exchange.columns import COLUMNS, Column
from tallybook.exchange.outlet import pages_of
from tallybook.tables.case import Case

Row = tuple[Any, ...]


@dataclass(frozen=True)
class CaseTable:
    """``key``: the column that names a row, if one does; ``refers``: to which table a column's values belong.

    ``rows``: a value is a text, a number, a whole number, a truth value or a day as its column says; None
    where it is not known.
    """

    name: str
    what: str
    columns: tuple[str, ...]
    rows: list[Row] = field(repr=False)
    key: str | None = None
    refers: Mapping[str, str] = field(default_factory=dict)

    def typed(self) -> list[tuple[str, Column]]:
        return [(name, COLUMNS[name]) for name in self.columns]


def case_tables(case: Case) -> list[CaseTable]:
    """All tables of a case; those that others refer to come first."""
    return [
        _sources(case),
        _claims(case),
        _estimates(case),
        _comparisons(case),
        _verdicts(case),
        _set_aside(case),
        _drift(case),
        _robustness(case),
        _checks(case),
    ]


def _sources(case: Case) -> CaseTable:
    counts = case.pages().set_index("source")["statements"]
    columns = (
        "source", "publisher", "title", "published", "published_is", "read_on", "language", "tier", "seen",
        "statements", "copy_of", "url",
    )  # fmt: skip
    rows = [_source_row(source, int(counts.get(source.id, 0))) for source in pages_of(case)]
    return CaseTable("sources", "the pages of the case, one row each", columns, rows, "source")


def _source_row(source: Source, statements: int) -> Row:
    published = source.published.text if source.published else None
    return (
        source.id, source.publisher, source.title or source.what, published,
        source.published_is if published else None, source.read_on, source.language, str(source.kind),
        source.seen, statements, source.copy_of, source.url,
    )  # fmt: skip


def _claims(case: Case) -> CaseTable:
    """Of a draft the claims without a measure, too: they are compared with nothing."""
    columns = (
        "claim", "claim_words", "measure", "paragraph", "start", "end", "low", "high", "modifier", "hedges",
        "unit", "per", "attributed_to", "claim_origin", "period", "cites", "read_by", "recorded_because",
    )  # fmt: skip
    known = {claim.id: claim for claim in case.article.figures}
    frame = pd.concat([case.figures(), case.unmeasured()]) if case.article.unmeasured else case.figures()
    frame = frame.assign(
        start=[known[id_].anchor.start for id_ in frame["claim"]],
        end=[known[id_].anchor.end for id_ in frame["claim"]],
    )
    names = {"claim_words": "words", "claim_origin": "origin", "recorded_because": "because"}
    return CaseTable(
        "claims", "the figures of the article, as its words state them", columns,
        _rows(frame, columns, names), "claim",
    )  # fmt: skip


def _estimates(case: Case) -> CaseTable:
    columns = (
        "estimate", "estimate_words", "measure", "source", "publisher", "low", "high", "modifier", "hedges",
        "unit", "per", "best_low", "best_high", "zone_low", "zone_high", "measure_unit", "origin",
        "origin_name", "family", "family_name", "period", "period_start", "period_end", "period_from",
        "status", "part", "scope", "scope_words", "relays", "group", "derived", "formula", "inputs",
        "assumes", "superseded_by", "remark", "url",
    )  # fmt: skip
    frame = case.estimates()
    frame = frame.assign(measure_unit=[case.book.measures[id_].unit for id_ in frame["measure"]])
    return CaseTable(
        "estimates", "the figures of the sources, and those derived from them", columns,
        _rows(frame, columns, {"estimate_words": "words"}), "estimate", {"source": "sources"},
    )  # fmt: skip


def _comparisons(case: Case) -> CaseTable:
    columns = (
        "claim", "claim_words", "estimate", "estimate_words", "publisher", "family", "family_name",
        "relation", "rule", "reason", "if_of_that_time", "would", "incomparable", "gap", "gap_factor",
        "direction", "compared_low", "compared_high", "claim_low", "claim_high", "claim_best_low",
        "claim_best_high", "measure_unit", "own", "echo", "independent", "voice", "repeats", "review",
    )  # fmt: skip
    names = {
        "estimate_words": "words", "rule": "because", "compared_low": "zone_low",
        "compared_high": "zone_high", "measure_unit": "unit",
    }  # fmt: skip
    return CaseTable(
        "comparisons", "every claim beside every estimate of its measure, with the reason", columns,
        _rows(case.compare(), columns, names), None, {"claim": "claims", "estimate": "estimates"},
    )  # fmt: skip


def _verdicts(case: Case) -> CaseTable:
    columns = (
        "claim", "claim_words", "measure", "verdict", "judgement", "verdict_when_written", "heading",
        "supporting", "differing", "compatible", "aside", "own_relation", "pages", "origins", "families",
        "witnesses", "superseded", "fidelity", "distortions", "material", "fidelity_why", "why", "slip",
        "review",
    )  # fmt: skip
    judged = case.comparison().verdicts
    frame = case.verdicts()
    frame = frame.assign(judgement=[judged[claim].verdict.is_judgement for claim in frame["claim"]])
    names = {"claim_words": "words", "verdict_when_written": "written"}
    return CaseTable(
        "verdicts", "one row a claim: its verdict, and the numbers of source groups behind it", columns,
        _rows(frame, columns, names), "claim", {"claim": "claims"},
    )  # fmt: skip


def _set_aside(case: Case) -> CaseTable:
    columns = ("aside_words", "paragraph", "aside_kind", "aside_because")
    names = {"aside_words": "words", "aside_kind": "kind", "aside_because": "because"}
    what = "words of the article that look like a figure and are no claim"
    return CaseTable("set_aside", what, columns, _rows(case.set_aside(), columns, names))


def _drift(case: Case) -> CaseTable:
    columns = (
        "group", "utterance", "estimate", "estimate_words", "publisher", "language", "tier", "measure",
        "nearest", "against", "step", "said", "distortions", "material", "changed_why",
    )  # fmt: skip
    names = {
        "utterance": "what", "estimate": "statement", "estimate_words": "words", "nearest": "closest",
        "distortions": "codes", "changed_why": "why",
    }  # fmt: skip
    return CaseTable(
        "drift", "every wording of a statement beside the one nearest to its origin", columns,
        _rows(case.drift(), columns, names), None, {"estimate": "estimates"},
    )  # fmt: skip


def _robustness(case: Case) -> CaseTable:
    columns = ("claim", "claim_words", "verdict", "dial", "change", "verdict_then", "change_says", "fragile")
    return CaseTable(
        "robustness", "what was changed, and each verdict then", columns,
        _rows(case.robustness(), columns, {"claim_words": "words", "change_says": "said"}), None,
        {"claim": "claims"},
    )  # fmt: skip


def _checks(case: Case) -> CaseTable:
    columns = ("test", "about", "result", "result_why")
    what = "the figures of the article compared with each other"
    return CaseTable("checks", what, columns, _rows(case.checks(), columns, {"result_why": "why"}))


def _rows(frame: pd.DataFrame, columns: tuple[str, ...], names: Mapping[str, str]) -> list[Row]:
    """``names``: what the case's own table calls a column, where that is another name."""
    chosen = frame[[names.get(name, name) for name in columns]]
    types = [COLUMNS[name].type for name in columns]
    return [tuple(_row(row, types)) for row in chosen.itertuples(index=False, name=None)]


def _row(row: Row, types: list[str]) -> Iterator[Any]:
    return (_value(value, type_) for value, type_ in zip(row, types, strict=True))


def _value(value: Any, type_: str) -> Any:
    """A cell of a DataFrame as a plain value of its column's type; None where it is not known."""
    if value is None or value is pd.NaT or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    match type_:
        case "boolean":
            return bool(value)
        case "integer":
            return int(value)
        case "number":
            return float(value)
        case "date":
            return value.date() if isinstance(value, pd.Timestamp) else value
    return str(value)
