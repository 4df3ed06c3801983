"""What the list of sources shows: first the pages that the article cites and nobody saw, then every page."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tallybook.charts.interval_table import outside
from tallybook.charts.wording import capital, language_name, plain
from tallybook.exchange.outlet import pages_of
from tallybook.prose import counted, day, in_words, listed, period, spelled
from tallybook.report.addresses import sources_page
from tallybook.report.finding import claim_quote
from tallybook.report.sentences import PAGE_LANGUAGE, Quote, quote
from tallybook.terms import Relation, Tier

if TYPE_CHECKING:
    from tallybook.book import Source, Statement
    from tallybook.matching.pair import Pair
    from tallybook.tables.case import Case

LARGEST = 150_000
"""Bytes; a larger list of sources is split by letter."""

OTHER = "0-9"
"""The letter of publishers that begin with none of A to Z."""

_NAMED = 3


@dataclass(frozen=True)
class Said:
    """One figure of a page. ``read``: the figure as it was read; ``translation``: "" where the words are in
    the page's language; ``bears``: the claims that it bears on, each with the word for it."""

    words: Quote
    translation: str
    translated_by: str
    foreign: str
    read: str
    origin: str
    context: str
    bears: list[tuple[Quote, str]]
    remark: str


@dataclass(frozen=True)
class SourceView:
    """One page. ``published``: in words, "no date on the page" where it has none; ``letter``: of its
    publisher; ``groups``: the names of the filters that it passes."""

    id: str
    letter: str
    publisher: str
    title: str
    language: str
    language_name: str
    url: str
    host: str
    published: str
    day: str
    tier: str
    read_on: str
    note: str
    figures: list[Said]
    groups: str


@dataclass(frozen=True)
class Filter:
    """A choice of a filter: its name in the page, and what it is called."""

    name: str
    label: str


@dataclass(frozen=True)
class SourcesView:
    """``path``: of the page in the site; ``letters``: those that publishers begin with, each with its place;
    ``filters``: choices by question; ``read_on``: the day on which most pages
    were read, "" for none; ``whole``: where the list is split, the path of the whole one."""

    path: str
    heading: str
    lead: str
    unseen: list[SourceView]
    sources: list[SourceView]
    letters: list[tuple[str, str]]
    filters: list[tuple[str, list[Filter]]]
    read_on: str
    brief: bool = False
    whole: str = ""

    @property
    def style(self) -> str:
        """The rules of the filters, which need no script."""
        rules = [
            f"main:has(#_{choice.name}:checked) .source:not(.{choice.name}){{display:none}}"
            for _, choices in self.filters
            for choice in choices
        ]
        return "".join(rules)


def sources_view(case: Case) -> SourcesView:
    """The list of the pages of a case, by publisher."""
    beside = _bears(case)
    views = [_source(case, source, beside) for source in pages_of(case)]
    seen_ids = {source.id for source in pages_of(case) if source.seen}
    seen = sorted((one for one in views if one.id in seen_ids), key=_by_name)
    unseen = sorted((one for one in views if one.id not in seen_ids), key=_by_name)
    return SourcesView(
        sources_page(case.id), _heading(case, seen, unseen), _lead(case, len(unseen)), unseen, seen,
        _letters(seen, ""), _filters(seen), _usual_day(seen),
    )  # fmt: skip


def split(whole: SourcesView) -> list[SourcesView]:
    """The list by letters, for a case with many pages: a short list of all, and a page a letter.

    The short list keeps a place for each page, so that addresses last.
    """
    places = {letter: whole.path.replace(".html", f"-{letter.lower()}.html") for letter, _ in whole.letters}
    letters = list(places.items())
    parts = []
    for letter, path in letters:
        here = [one for one in whole.sources if one.letter == letter]
        heading = f"Sources: {letter}"
        parts.append(
            replace(whole, path=path, heading=heading, lead="", unseen=[], sources=here, letters=letters,
                    filters=_filters(here), whole=whole.path)
        )  # fmt: skip
    return [replace(whole, letters=letters, filters=[], brief=True), *parts]


def _by_name(one: SourceView) -> tuple[str, str, str]:
    return one.letter, one.publisher.casefold(), one.day


def _usual_day(seen: list[SourceView]) -> str:
    days = Counter(one.read_on for one in seen if one.read_on)
    return days.most_common(1)[0][0] if days else ""


def _letters(seen: list[SourceView], path: str) -> list[tuple[str, str]]:
    first: dict[str, str] = {}
    for one in seen:
        first.setdefault(one.letter, f"{path}#{one.id}")
    return list(first.items())


def _letter(publisher: str) -> str:
    plain_first = unicodedata.normalize("NFKD", publisher.strip()[:1]).upper()[:1]
    return plain_first if "A" <= plain_first <= "Z" else OTHER


def _heading(case: Case, seen: list[SourceView], unseen: list[SourceView]) -> str:
    origins = len(_origins(case))
    missing = f", {spelled(len(unseen))} not seen" if unseen else ""
    verb = "stands" if origins == 1 else "stand"
    return f"{counted(len(seen), 'page')} read{missing}; {counted(origins, 'origin')} {verb} behind them"


def _origins(case: Case) -> Counter[str]:
    """How many statements each origin has, by its name."""
    book, known = case.book, case.comparison().estimates
    return Counter(
        book.origins[statement.speaker_id].name for id_, statement in book.statements.items() if id_ in known
    )


def _lead(case: Case, unseen: int) -> str:
    origins = _origins(case)
    told = [
        "Every figure of this report comes from words quoted below, "
        "on a page that is linked where it has an address."
    ]
    if unseen:
        which = "the page" if unseen == 1 else f"{spelled(unseen)} pages"
        told.append(
            f"Of the pages that the article cites, {which} {'was' if unseen == 1 else 'were'} not seen."
        )
    most = origins.most_common(_NAMED)
    if len(origins) > _NAMED:
        names = listed([f"{plain(name)} ({count})" for name, count in most])
        behind = sum(count for _, count in most)
        told.append(
            f"{capital(spelled(_NAMED))} of the {len(origins)} origins stand behind {behind} of the "
            f"{counted(origins.total(), 'statement')}: {names}."
        )
    return " ".join(told)


def _bears(case: Case) -> dict[str, list[Pair]]:
    """By statement: the pairs that can be compared."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pairs in case.comparison().pairs.values():
        for pair in pairs:
            for made_of in pair.estimate.made_of():
                if not made_of.derived:
                    found[made_of.id].append(pair)
    return found


def _source(case: Case, source: Source, beside: dict[str, list[Pair]]) -> SourceView:
    known = case.comparison().estimates
    foreign = "" if source.language in (None, PAGE_LANGUAGE) else str(source.language)
    published = source.published
    exact = published is not None and published.start == published.end
    words = "no date on the page" if published is None else day(published.end) if exact else period(published)
    doubt = {"inferred": " (inferred)", "unreliable": " (not certain)"}.get(source.published_is, "")
    notes = ["a copy of the article or its wire"] * bool(source.copy_of)
    notes += [f"computed from the table {source.table.file}"] if source.table else []
    figures = [_said(case, source, s, beside) for s in source.statements if s.id in known]
    bearing = "bears" if any(said.bears for said in figures) else "context"
    return SourceView(
        id=source.id,
        letter=_letter(source.publisher),
        publisher=plain(source.publisher),
        title="; ".join(plain(one) for one in (source.title, source.what) if one),
        language=foreign,
        language_name=language_name(source.language) if foreign else "English",
        url=outside(source),
        host=(urlsplit(source.url).hostname or "").removeprefix("www.") if source.url else "",
        published=f"{words}{doubt if published else ''}",
        day=published.start.isoformat() if published and exact else "",
        tier=_TIERS[source.kind],
        read_on=day(source.read_on) if source.read_on else "",
        note="; ".join(notes),
        figures=figures,
        groups=f"lang-{source.language} tier-{source.kind} use-{bearing}",
    )


_TIERS = {
    Tier.PRIMARY: "first-hand",
    Tier.SECONDARY: "reports it",
    Tier.TERTIARY: "sums up reports",
}


def _said(case: Case, source: Source, statement: Statement, beside: dict[str, list[Pair]]) -> Said:
    figure = case.book.figure_of_statement[statement.id]
    origin = case.book.origins[statement.speaker_id]
    foreign = source.language not in (None, PAGE_LANGUAGE)
    pairs = beside.get(statement.id, [])
    found: dict[str, str] = {}
    for pair in sorted(pairs, key=lambda p: p.relation.rank):
        word = pair.relation.label if pair.relation is not Relation.NOT_COMPARABLE else "not comparable"
        found.setdefault(pair.claim.id, word)
    context = [] if statement.status.alike.rank == 0 else [statement.status.label]
    context += [f"a part: {plain(statement.part)}"] if statement.part else []
    context += (
        [f"refused by {plain(statement.refused.by)}: {plain(statement.refused.why)}"]
        if statement.refused
        else []
    )
    return Said(
        quote(statement.words, source.language),
        plain(statement.translation or "") if foreign else "",
        plain(statement.translated_by or "") if foreign else "",
        language_name(source.language) if foreign else "",
        in_words(figure.quantity) if figure else "a date or dates",
        plain(origin.name),
        "; ".join(context),
        [(claim_quote(case, claim, 32), word) for claim, word in found.items()],
        plain(statement.remark or ""),
    )


def _filters(seen: list[SourceView]) -> list[tuple[str, list[Filter]]]:
    """By language, by nearness, by whether a claim meets it; a question with one answer is not asked."""
    languages = Counter((one.groups.split()[0], one.language_name) for one in seen)
    tiers = Counter((one.groups.split()[1], one.tier) for one in seen)
    bears = Counter((one.groups.split()[2], _BEARS[one.groups.split()[2]]) for one in seen)
    asked = (("Language", languages), ("Nearness", tiers), ("Use", bears))
    return [
        (question, [Filter(name, f"{label} {count}") for (name, label), count in found.most_common()])
        for question, found in asked
        if len(found) > 1
    ]  # fmt: skip


_BEARS = {"use-bears": "beside a claim", "use-context": "context alone"}
