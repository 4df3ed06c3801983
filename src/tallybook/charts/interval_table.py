"""The interval picture for pages: an HTML table whose rows have each a small drawing laid out in per cent.

Text is text, so that it wraps, is selected, translated and heard; one drawing serves every width; the
style sheet of the report gives the classes their looks. Everything from a record is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from tallybook.charts.interval_rows import ClaimBand, IntervalPicture, IntervalRow, interval_picture
from tallybook.charts.interval_words import axis_words, caption, not_drawn, opens_further
from tallybook.charts.style import role_of
from tallybook.charts.wording import page_words, plain
from tallybook.prose import clipped, counted, number, quoted
from tallybook.terms import Relation

if TYPE_CHECKING:
    from tallybook.charts.scale import Scale
    from tallybook.estimates.estimate import Estimate
    from tallybook.quantity import Interval
    from tallybook.tables.case import Case

_EDGES = (2.0, 97.0)
"""Where the scale starts and stops in a drawing, in per cent of its width."""

_LEAST_BAND = 0.8
_LETTER = 2.6
"""Room for one letter of an axis in per cent of the narrowest drawing (7.5 of 288 pixels)."""

_LINKED = ("https://", "http://")
_STOP, _ARROW_LEFT, _ARROW_RIGHT = "M0-5V5", "M6-4 0 0 6 4", "M-6-4 0 0-6 4"
_BRACKET_LEFT, _BRACKET_RIGHT = "M-5-5H0V5H-5", "M5-5H0V5H5"


def interval_table(
    case: Case,
    claim: str | None = None,
    *,
    measure: str | None = None,
    compact: bool = False,
    as_of: str = "today",
) -> str:
    """What :func:`tallybook.charts.intervals` draws, as HTML for a page. ValueError as there."""
    return table_of(interval_picture(case, claim, measure, as_of=as_of, compact=compact), compact=compact)


def table_of(picture: IntervalPicture, *, compact: bool) -> str:
    """The rows of a picture as a <figure>. ``compact``: for a narrow card, each row a block."""
    near, aside = picture.near[: picture.open_near], picture.aside[: picture.open_aside]
    rest = picture.near[picture.open_near :], picture.aside[picture.open_aside :]
    title = "" if compact else Markup("<b>{}</b> ").format(_text(picture.title))
    means = _text(caption(picture))
    if compact:
        means = Markup("<details><summary>What the marks mean</summary>{}</details>").format(means)
    return Markup(
        '<figure class="tb-rows{}"><table><caption>{}{}</caption>{}</table>{}'
        "<figcaption>{} {}</figcaption></figure>"
    ).format(
        " compact" if compact else "",
        title,
        _text(picture.summary),
        _body(picture, near, aside, claims=True),
        _folded(picture, *rest),
        _text(not_drawn(picture)),
        means,
    )


def _folded(picture: IntervalPicture, near: Sequence[IntervalRow], aside: Sequence[IntervalRow]) -> Markup:
    """The rows beyond the first ten, with how many figures they are of how many."""
    figures = sum(len(row.estimates) for row in (*near, *aside))
    if not figures:
        return Markup("")
    return Markup(
        "<details><summary>{} more of {}</summary><table>"
        '<caption class="unseen">The other figures</caption>{}</table></details>'
    ).format(figures, counted(picture.figures, "figure"), _body(picture, near, aside, claims=False))


def _body(
    picture: IntervalPicture, near: Sequence[IntervalRow], aside: Sequence[IntervalRow], *, claims: bool
) -> Markup:
    """The axis, the claims, and the two sections with a heading each."""
    head = Markup(
        '<thead class="unseen"><tr><th scope="col">Who says what</th><th scope="col">Drawing</th>'
        '<th scope="col">Figure and relation</th></tr></thead>'
    )
    first = [_axis(picture)] * picture.numeric + [_claim(picture, band) for band in picture.bands] * claims
    parts = [head, _section("", first)]
    parts.append(_section("Can be compared with the claim" if picture.bands else "", _drawn(picture, near)))
    parts.append(_section("Cannot be compared: shown with the reason, not counted", _drawn(picture, aside)))
    return _joined(parts)


def _section(heading: str, rows: Sequence[Markup]) -> Markup:
    if not rows:
        return Markup("")
    part = Markup('<tr class="part"><th scope="rowgroup" colspan="3">{}</th></tr>').format(heading)
    return Markup("<tbody>{}{}</tbody>").format(part if heading else "", _joined(rows))


def _drawn(picture: IntervalPicture, rows: Iterable[IntervalRow]) -> list[Markup]:
    return [_row(picture, row) for row in rows]


def _axis(picture: IntervalPicture) -> Markup:
    ticks = [
        Markup('<text x="{}" y="14"{}>{}</text>').format(
            _per_cent(place), Markup(' class="first"') if place < 5 else "", label
        )
        for place, label in _ticks(picture)
    ]
    return Markup(
        '<tr class="axis"><th scope="row">{}</th><td class="track"><svg aria-hidden="true">{}</svg></td>'
        "<td></td></tr>"
    ).format(_text(axis_words(picture)), _joined(ticks))


def _ticks(picture: IntervalPicture) -> list[tuple[float, str]]:
    """Place and label, those left out that would run into another in the narrowest drawing."""
    kept: list[tuple[float, float, float, str]] = []
    for value in picture.scale.ticks(4):
        place, label = _placed(picture).at(value), number(value, picture.unit)
        half = (len(label) + 1.5) * _LETTER / 2
        start, stop = (place, place + 2 * half) if place < 5 else (place - half, place + half)
        if stop <= 104 and all(stop <= left or start >= right for left, right, _, _ in kept):
            kept.append((start, stop, place, label))
    return [(place, label) for _, _, place, label in sorted(kept)]


def _claim(picture: IntervalPicture, band: ClaimBand) -> Markup:
    said_by = Markup(' <span class="quiet">said by {}</span>').format(_text(band.said_by))
    return Markup(
        '<tr class="claim"><th scope="row"><b>The claim{}</b> {}{}</th>{}<td class="value">{}</td></tr>'
    ).format(
        f" {band.letter}" if band.letter else "",
        _text(quoted(band.words, 200)),
        said_by if band.said_by else "",
        _track(picture, _marks(_placed(picture), band.core, band.zone, (False, False)), "m-ink"),
        band.figure,
    )


def _row(picture: IntervalPicture, row: IntervalRow) -> Markup:
    if row.core is None or row.zone is None:
        marks = Markup("")
    else:
        marks = _marks(_placed(picture), row.core, row.zone, opens_further(row))
    role = f"m-{role_of(row.relation, counts=row.counts)}"
    look = role if row.counts or row.relation is None else f"{role} hollow"
    return Markup('<tr><th scope="row">{}</th>{}<td class="value">{}{}</td></tr>').format(
        _who(row),
        _track(picture, marks, look),
        _text(row.figure),
        _joined(_relation(row, letter, relation) for letter, relation in row.bearings),
    )


def _who(row: IntervalRow) -> Markup:
    """Whose figure it is, its words, the page as a link, and the reason of its relation."""
    estimate = row.printed
    derived = f"derived: {row.figure} = {clipped(estimate.formula or '', 160)}" if estimate.derived else ""
    reason = "; ".join(filter(None, [derived, row.reason]))
    more = f" and {counted(row.pages - 1, 'more page')} with the same figure" if row.pages > 1 else ""
    parts = [
        Markup("<b>{}</b>").format(_text(clipped(row.family, 100))),
        Markup('<span class="quiet">{}</span>').format(_text(row.standing)) if row.standing else "",
        _words(estimate),
        Markup("{}{}").format(_page(estimate), more),
        Markup('<span class="reason">{}</span>').format(_text(reason)) if reason else "",
    ]
    return Markup(" ").join(filter(None, parts))


def _words(estimate: Estimate) -> Markup:
    """The page's own words, marked with their language where it is another than the page's around them."""
    words, language = _text(quoted(estimate.words, 160)), estimate.source.language
    if language in (None, "en"):
        return words
    return Markup('<span lang="{}" dir="auto">{}</span>').format(language, words)


def _page(estimate: Estimate) -> Markup:
    source = estimate.source
    named = _text(page_words(source.publisher, source.published))
    if not (source.url or "").startswith(_LINKED):
        return named
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(source.url, named)


def _relation(row: IntervalRow, letter: str, relation: Relation) -> Markup:
    """The word of a relation, with the sign that the style sheet gives it."""
    name = str(relation).replace(" ", "-")
    return Markup(' <span class="is-{}{}">{}{}</span>').format(
        name, "" if row.counts else " uncounted", f"{letter} " if letter else "", relation.label
    )


def _track(picture: IntervalPicture, marks: Markup, look: str) -> Markup:
    """The drawing of one row: the claims' bands and numbers, the ticks, and the row's own marks."""
    scale = _placed(picture)
    ground = [
        Markup('<line class="g" x1="{0}" x2="{0}" y2="100%"/>').format(_per_cent(place))
        for place, _ in _ticks(picture)
    ]
    if scale.crosses_zero:
        ground.append(Markup('<line class="z" x1="{0}" x2="{0}" y2="100%"/>').format(_per_cent(scale.at(0))))
    for band in picture.bands:
        start, stop = (
            0.0 if scale.below(band.zone.low) else scale.at(band.zone.low),
            100.0 if scale.above(band.zone.high) else scale.at(band.zone.high),
        )
        lacking = max(0.0, _LEAST_BAND - (stop - start)) / 2
        ground.append(
            Markup('<rect class="b" x="{}" width="{}" height="100%"/>').format(
                _per_cent(start - lacking), _per_cent(stop - start + 2 * lacking)
            )
        )
        ground += [
            Markup('<line class="n" x1="{0}" x2="{0}" y2="100%"/>').format(_per_cent(scale.at(value)))
            for value in dict.fromkeys((band.core.low, band.core.high))
        ]
    own = Markup('<g class="{}">{}</g>').format(look, marks) if marks else ""
    return Markup('<td class="track"><svg aria-hidden="true">{}{}</svg></td>').format(_joined(ground), own)


def _marks(scale: Scale, core: Interval, zone: Interval, opened: tuple[bool, bool]) -> Markup:
    """The zone as a line with its ends, and a dot or a bar for what the words name."""
    start, stop = scale.at(zone.low), scale.at(zone.high)
    parts = [_line(start, stop)] if stop > start else []
    ends = (
        (start, scale.below(zone.low), opened[0], _ARROW_LEFT, _BRACKET_LEFT, scale.start),
        (stop, scale.above(zone.high), opened[1], _ARROW_RIGHT, _BRACKET_RIGHT, scale.stop),
    )
    for place, goes_on, by_time, arrow, bracket, edge in ends:
        if by_time and not goes_on:
            parts += [_line(place, edge, kind="d"), _sign(place, bracket)]
        elif goes_on or stop - start > 1:
            parts.append(_sign(place, arrow if goes_on else _STOP))
    left, right = scale.at(core.low), scale.at(core.high)
    if core.low < core.high:
        bar = Markup('<rect class="r" x="{}" y="50%" width="{}" height="9"/>')
        parts.append(bar.format(_per_cent(left), _per_cent(max(right - left, 0.5))))
    else:
        parts.append(Markup('<circle cx="{}" cy="50%" r="4.5"/>').format(_per_cent(left)))
    return _joined(parts)


def _line(start: float, stop: float, kind: str = "") -> Markup:
    return Markup('<line{} x1="{}" x2="{}" y1="50%" y2="50%"/>').format(
        Markup(' class="{}"').format(kind) if kind else "", _per_cent(start), _per_cent(stop)
    )


def _sign(place: float, path: str) -> Markup:
    return Markup('<svg x="{}" y="50%"><path d="{}"/></svg>').format(_per_cent(place), path)


def _placed(picture: IntervalPicture) -> Scale:
    return picture.scale.between(*_EDGES)


def _per_cent(place: float) -> str:
    return f"{place:.2f}".rstrip("0").rstrip(".") + "%"


def _text(words: str) -> Markup:
    return Markup.escape(plain(words))


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
