"""The sources among themselves: who differs with whom in words, then every origin beside every other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tallybook.book.problems import require_name
from tallybook.charts.canvas import Canvas, text_width, wrapped
from tallybook.charts.chart import Chart
from tallybook.charts.empty import empty_chart
from tallybook.charts.style import LEADING, MARGIN, TEXT, TITLE, WIDTH, role_of
from tallybook.charts.wording import estimate_words, heading_of
from tallybook.prose import clipped, counted, day, unit_words
from tallybook.terms import Relation
from tallybook.verdicts.among_sentences import disagreement, name_of

if TYPE_CHECKING:
    from tallybook.book import Origin
    from tallybook.tables.case import Case
    from tallybook.verdicts.among_sources import AmongSources, OriginPair

_TITLE = "Sources among themselves"
_NOTHING = "No two origins give a figure of one measure."
_MOST_ORIGINS = 9
_MOST_PANELS = 6
_MOST_IN_WORDS = 4
"""So many origins, measures and pairs that differ are drawn or named; the others are counted."""

_MOST_NAMES = 8
_CELL = 20.0
_TINT = 0.10


def among_sources(case: Case, measure: str | None = None) -> Chart:
    """Draws how every two origins of a measure stand to each other: a sign a pair, those that differ named.

    Rows are origins with a number, which stands on the diagonal over their column. At most six measures, nine
    origins each, those with a difference first; the others are counted. ``measure``: that one alone, also
    where nothing is decided. ``data`` has a row for each pair drawn. Says so where there are no two origins.
    UnknownName for a measure that the case does not have.
    """
    import pandas as pd

    found = case.among_sources()
    if measure is not None:
        require_name("measure", measure, found)
    several = [one for id_, one in found.items() if measure in (None, id_) and one.pairs]
    if not several:
        return empty_chart(_TITLE, _NOTHING)
    ranked = sorted(several, key=lambda one: one.pairs[0].rank)
    drawn = [one for one in ranked if measure is not None or _decided(one)][:_MOST_PANELS] or ranked[:1]
    left = [one for one in ranked if one not in drawn]
    alone = 0 if measure is not None else len(found) - len(several)
    canvas = Canvas()
    y = canvas.paragraph(MARGIN, MARGIN + TITLE, _TITLE, size=TITLE, bold=True)
    y = _key(canvas, y, drawn) + 6
    for one in drawn:
        y = _panel(canvas, y, one) + 10
    y = _left_out(canvas, y, left, alone)
    return Chart(
        figure=canvas.finish(y - 4),
        title=_TITLE,
        alt=_alt(drawn, left),
        caption=_caption(drawn),
        data=pd.DataFrame([_row(pair) for one in drawn for pair in _pairs_drawn(one)]),
    )


def _decided(among: AmongSources) -> bool:
    return any(pair.differ or pair.apart or pair.relation.confirms for pair in among.pairs)


def _origins_drawn(among: AmongSources) -> Sequence[Origin]:
    return among.ranked[:_MOST_ORIGINS]


def _pairs_drawn(among: AmongSources) -> list[OriginPair]:
    """Those in the matrix, in the order of the records."""
    there = {origin.id for origin in _origins_drawn(among)}
    return [pair for pair in among.pairs if pair.one.id in there and pair.other.id in there]


def _row(pair: OriginPair) -> dict[str, object]:
    return {
        "measure": pair.measure.id,
        "origin_name": pair.one.name,
        "other_name": pair.other.name,
        "relation": str(pair.relation),
        "since": pair.since,
        "joined": ", ".join(pair.joined),
    }


def _key(canvas: Canvas, y: float, drawn: Iterable[AmongSources]) -> float:
    """Each sign that is there, and its word; a run of them a line."""
    pairs = [pair for one in drawn for pair in _pairs_drawn(one)]
    there = {pair.relation for pair in pairs}
    x = MARGIN
    for relation in sorted(there, key=lambda one: (one is not Relation.DIFFERS, one.rank)):
        words = _WORDS[relation]
        if x > MARGIN and x + _CELL + text_width(words) > WIDTH - MARGIN:
            x, y = MARGIN, y + LEADING
        canvas.text(x, y, relation.sign, relation.role)
        x += _CELL - 3
        x += canvas.text(x, y, words, "muted") + 12
    y += LEADING
    if any(pair.joined for pair in pairs):
        y = canvas.paragraph(MARGIN, y, "( ) not independent of one another", "muted")
    return y


_WORDS = {
    Relation.DIFFERS: "differ",
    Relation.AGREES: "agree",
    Relation.SUPPORTS: "one supports the other",
    Relation.COMPATIBLE: "can both be true",
    Relation.NOT_COMPARABLE: "cannot be compared",
    Relation.REFUSED: "refused",
}


def _panel(canvas: Canvas, y: float, among: AmongSources) -> float:
    """The measure, the pairs that differ in words, and the matrix under them."""
    y = canvas.paragraph(MARGIN, y + 4, heading_of(among.measure), bold=True, most=2)
    if among.measure.unit:
        y = canvas.paragraph(MARGIN, y, f"in {unit_words(among.measure.unit)}", "muted", most=1)
    differ = [pair for pair in among.pairs if pair.differ]
    for pair in differ[:_MOST_IN_WORDS]:
        canvas.text(MARGIN, y, pair.relation.sign, pair.relation.role)
        y = canvas.paragraph(MARGIN + _CELL - 3, y, _in_words(pair), most=5) + 2
    if len(differ) > _MOST_IN_WORDS:
        left = counted(len(differ) - _MOST_IN_WORDS, "more pair")
        y = canvas.paragraph(MARGIN + _CELL - 3, y, f"and {left}", "muted") + 2
    if earlier := _other_figures(among):
        y = canvas.paragraph(MARGIN + _CELL - 3, y, earlier, "muted", most=6) + 2
    y += 3
    origins = _origins_drawn(among)
    for number in range(len(origins)):
        y = _matrix_row(canvas, y, among, origins, number)
    missing = [name_of(origin.name) for origin in among.origins if origin not in origins]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        origins_there = counted(len(among.origins), "origin")
        said = f"{len(missing):,} of {origins_there} {verb} not drawn: {_some(missing)}."
        y = canvas.paragraph(MARGIN, y, said, "muted", most=8)
    return y


def _other_figures(among: AmongSources) -> str:
    """The origins of which figures differ that do not decide, as those of another year."""
    there = [_both(pair) for pair in among.pairs if pair.apart is not None]
    return f"Other figures differ: {_some(there)}." if there else ""


def _in_words(pair: OriginPair) -> str:
    """Who, with which figure, how far apart and since when."""
    assert pair.pair is not None
    figures = [
        estimate_words(estimate, zones)
        for estimate, zones in ((pair.first, pair.pair.claim_zones), (pair.second, pair.pair.zones))
    ]
    since = f"since {day(pair.since, short=True)}" if pair.since else "since when is not known"
    gap = f" ({pair.gap})" if pair.gap else ""
    names = [clipped(name_of(origin.name), 60) for origin in (pair.one, pair.other)]
    joined = f"; {pair.joined[0]}" if pair.joined else ""
    return f"{names[0]}: {figures[0]}. {names[1]}: {figures[1]}{gap}, {since}{joined}"


def _matrix_row(
    canvas: Canvas, y: float, among: AmongSources, origins: Sequence[Origin], number: int
) -> float:
    """Its name, its sign beside each origin above it, and its number where its own column begins."""
    left = WIDTH - MARGIN - _CELL * len(origins)
    lines = wrapped(f"{number + 1} {name_of(origins[number].name)}", left - MARGIN - 6, most=3)
    height = len(lines) * LEADING + 5
    top = y - TEXT - 1
    canvas.line((MARGIN, WIDTH - MARGIN), (top - 1, top - 1), "grid", width=0.6)
    for place, line in enumerate(lines):
        canvas.text(MARGIN, y + place * LEADING, line)
    for column in range(number):
        pair = among.of(origins[number], origins[column])
        if pair is not None:
            _cell(canvas, left + column * _CELL, (top, y), height, pair)
    own = str(number + 1)
    canvas.text(left + number * _CELL + (_CELL - text_width(own)) / 2, y, own, "muted")
    return y + height


def _cell(canvas: Canvas, x: float, at: tuple[float, float], height: float, pair: OriginPair) -> None:
    """A tint where something is decided, and the sign; in brackets where the two are not independent."""
    top, y = at
    role = role_of(pair.relation, counts=not pair.joined)
    if pair.differ or pair.relation.confirms:
        canvas.box(x + 0.5, top, _CELL - 1, height - 2, role, alpha=_TINT)
    sign = f"({pair.relation.sign})" if pair.joined else pair.relation.sign
    canvas.text(x + (_CELL - text_width(sign)) / 2, y, sign, role)


def _left_out(canvas: Canvas, y: float, left: Sequence[AmongSources], alone: int) -> float:
    """The measures without a picture: of which something is decided, nothing is, or one origin speaks."""
    said = []
    more = [heading_of(one.measure) for one in left if _decided(one)]
    open_ = [heading_of(one.measure) for one in left if not _decided(one)]
    if more:
        said.append(f"Not drawn: {_some([clipped(name, 60) for name in more])}.")
    if open_:
        names = _some([clipped(name, 60) for name in open_], "; ")
        said.append(f"Figures that decide nothing between origins: {names}.")
    if alone:
        have = "has" if alone == 1 else "have"
        said.append(f"{counted(alone, 'measure')} {have} figures of one origin, or none.")
    if said:
        y = canvas.paragraph(MARGIN, y + 2, " ".join(said), "muted", most=14)
    return y


def _some(names: Sequence[str], between: str = ", ") -> str:
    """The first of them, and how many more."""
    more = len(names) - _MOST_NAMES
    return between.join([*names[:_MOST_NAMES], *([f"and {more:,} more"] if more > 0 else [])])


def _alt(drawn: Sequence[AmongSources], left: Sequence[AmongSources]) -> str:
    """Who differs, first of all; then measure by measure how many pairs stand otherwise, and which agree."""
    differ = [pair for one in [*drawn, *left] for pair in one.pairs if pair.differ]
    told = [disagreement(pair, " differ") for pair in differ[:_MOST_NAMES]]
    if len(differ) > _MOST_NAMES:
        told.append(f"and {counted(len(differ) - _MOST_NAMES, 'more pair')}")
    parts = [f"{'; '.join(told)}."] if told else ["No two origins differ."]
    parts.append(f"Matrix of origins beside each other, of {counted(len(drawn), 'measure')}.")
    return " ".join([*parts, *map(_measure_words, drawn)])


def _measure_words(among: AmongSources) -> str:
    said = []
    for relation, words in _WORDS.items():
        there = [pair for pair in among.pairs if pair.relation is relation]
        if relation.confirms and there:
            both = [_both(pair) for pair in there]
            said.append(f"{words}: {_some(both)}")
        elif there:
            said.append(f"{words}: {counted(len(there), 'pair')}")
    origins = counted(len(among.origins), "origin")
    told = f"{heading_of(among.measure)}, {origins} – {'; '.join(said)}."
    return " ".join(filter(None, [told, _other_figures(among)]))


def _both(pair: OriginPair) -> str:
    names = f"{name_of(pair.one.name)} and {name_of(pair.other.name)}"
    return f"{names} (not independent)" if pair.joined else names


def _caption(drawn: Sequence[AmongSources]) -> str:
    """What a sign stands for, and what "since" means."""
    pairs = [pair for one in drawn for pair in _pairs_drawn(one)]
    parts = [
        "A sign shows how the latest figures of two origins that decide anything stand to each other.",
        "Find one origin’s number on the diagonal, and read down its column or left along its row.",
    ]
    if any(pair.since for pair in pairs):
        parts.append("Since: from the day by which both figures were out, as far as the pages tell.")
    if any(pair.joined for pair in pairs):
        parts.append(
            "In brackets: two origins that speak for one party, share data, draw on one another, or of which "
            "one is not known; their agreement is not two witnesses."
        )
    return " ".join(parts)
