"""The grammar around one number: share, range, modifiers, unit, rate and trend."""

from __future__ import annotations

from dataclasses import dataclass, field

from tallybook.quantity import Modifier
from tallybook.reading.ages import is_age
from tallybook.reading.aside import Aside
from tallybook.reading.asides import bare_number
from tallybook.reading.calibres import is_calibre
from tallybook.reading.dates import is_year
from tallybook.reading.core import Core, core_at
from tallybook.reading.language import Language
from tallybook.reading.modifiers import after, before, ranked, spans_time, trend
from tallybook.reading.number import Number, clean
from tallybook.reading.numbers import number_at
from tallybook.reading.ranges import other_end
from tallybook.reading.tokens import Tokens
from tallybook.reading.nouns import counted_at, phrase_at, plural_at, whole_after_of
from tallybook.reading.rates import rate_after_of, rate_at
from tallybook.reading.units import Counted, unit_at

FRACTION = "fraction"


@dataclass(slots=True)
class Figure:
    """A figure in tokens: ``start`` to ``end - 1``; ``noun``, ``of``: token spans.

    ``resume``: where the scanner goes on. A counted phrase may hold measures of its own
    ("2.9 million 9 liter cases", "3 million 152-mm shells").
    """

    low: float
    high: float
    start: int
    end: int
    modifier: Modifier = Modifier.EXACT
    hedges: tuple[Modifier, ...] = ()
    unit: str | None = None
    noun: tuple[int, int] | None = None
    per: str | None = None
    trend: str | None = None
    of: tuple[int, int] | None = None
    bounds: list[Modifier] = field(default_factory=list)
    resume: int = 0


def figure_at(tokens: Tokens, k: int, lang: Language) -> Figure | Aside | None:
    """The figure whose number begins at (or, with an article, just before) token ``k``."""
    core = core_at(tokens, k, lang)
    if core is None:
        return None
    ratio = _ratio(tokens, core, lang)
    if ratio is not None:
        return _finish(tokens, core, ratio, lang)
    other, opener = other_end(tokens, core, lang)
    if isinstance(other, Aside):
        return other
    if other is None:
        return _single(tokens, core, lang)
    return _ranged(tokens, core, other, opener, lang)


def _ratio(tokens: Tokens, core: Core, lang: Language) -> Figure | None:
    """ "one in five", "six out of 10": a share. "3 in 12" with "in" is a share only of a round base."""
    number = core.number
    if core.unit is not None or number.low != number.high or number.low > 1000 or number.low < 1:
        return None
    join = lang.ratio_joins.match(tokens.lower, core.end)
    if join is None:
        return None
    base_at = core.end + join[0]
    base = number_at(tokens, base_at, lang)
    if (
        base is None
        or base.low != base.high
        or base.low <= number.low
        or base.low > 1000
        or is_year(tokens, base_at)
    ):
        return None
    if base.fraction or base.low != int(base.low) or unit_at(tokens, base.end, lang) is not None:
        return None
    if join[1] == "in" and number.low != 1 and base.low not in (5, 10, 20, 100, 1000):
        return None
    share = clean(number.low / base.low)
    bounds, first = before(tokens, core.start, lang)
    figure = Figure(share, share, first, base.end, unit=FRACTION, bounds=bounds)
    figure.of = phrase_at(tokens, base.end, lang)
    return figure


def _ranged(tokens: Tokens, left: Core, right: Core, opener: int | None, lang: Language) -> Figure:
    start = left.start if opener is None else opener
    inner, inner_start = before(tokens, left.start, lang)
    outer, first = before(tokens, start, lang) if opener is not None else (inner, inner_start)
    bounds = [*inner, *(outer if opener is not None else [])]
    a, b = left.number, right.number
    low, high = min(a.low, b.low), max(a.high, b.high)
    unit = right.unit or left.unit
    core = Core(Number(low, high, a.start, b.end), first, right.end, unit, right.counted, left.signed)
    if right.counted is None and left.counted is not None and right.end == b.end:
        core.counted = left.counted
    figure = Figure(low, high, first, right.end, bounds=[Modifier.RANGE, *bounds])
    figure.trend = trend(tokens, first, unit, lang)
    return _finish(tokens, core, figure, lang)


def _single(tokens: Tokens, core: Core, lang: Language) -> Figure | Aside | None:
    number = core.number
    bounds, first = before(tokens, core.start, lang)
    if core.unit is None and not bounds:
        aside = bare_number(tokens, core.start, core.end, number.start, lang)
        if aside is not None and not _really_counts(tokens, aside, core, lang):
            return aside
    if core.counted is not None and is_calibre(tokens, number.start, core.end, lang):
        return Aside("calibre", number.start, core.end)
    if core.unit is None and tokens.at(core.end) in lang.and_words:
        paired = _calibre_behind(tokens, core, lang)
        if paired is not None:
            return paired
    if core.unit is None and _is_position(tokens, core, lang):
        return Aside("ordinal", number.start, core.end)
    figure = Figure(number.low, number.high, first, core.end)
    figure.bounds = [*([number.implied] if number.implied is not Modifier.EXACT else []), *bounds]
    unit = FRACTION if number.fraction else core.unit
    if unit is None and counted_at(tokens, core.end, number.low == 1, lang) is not None:
        unit = ""
    figure.trend = trend(tokens, first, unit, lang)
    if figure.trend is None and core.signed and core.unit == "percent":
        figure.trend = "down" if number.low < 0 else "up"
    return _finish(tokens, core, figure, lang)


def _really_counts(tokens: Tokens, aside: Aside, core: Core, lang: Language) -> bool:
    """A year or a name's number that is followed by a plural counts after all.

    "2000 hires", "on Friday 20 people", "3 Chinese nationals"; but "the 2018 sales", "iPhone 11
    cameras", "Windows 10 users" do not.
    """
    if aside.kind not in ("name", "year") or aside.end != core.end:
        return False
    counted = counted_at(tokens, core.end, False, lang)
    if counted is None or counted.measured or plural_at(tokens, counted.end - 1, lang) is None:
        return False
    lead = tokens.at(core.start - 1)
    if aside.kind == "year":
        first = tokens.words[core.end]
        return (
            lead not in lang.year_leads
            and first.islower()
            and core.start > 0
            and not lead.endswith(("'s", "’s"))
        )
    if aside.start == core.number.start or tokens.at(aside.start) in lang.weak_labels:
        return True
    name = tokens.words[core.start - 1]
    return (name.istitle() or name.isupper()) and tokens.at(core.start - 2) in lang.places


def _calibre_behind(tokens: Tokens, core: Core, lang: Language) -> Aside | None:
    """ "122 and 152 mm": the first number has the unit, and the kind, of the second."""
    second = core.end + 1
    unit = unit_at(tokens, second + 1, lang) if tokens.is_digits(second) else None
    if unit is None or not is_calibre(tokens, core.number.start, unit.end, lang):
        return None
    return Aside("calibre", core.number.start, unit.end)


def _is_position(tokens: Tokens, core: Core, lang: Language) -> bool:
    """ "the bottom three", "the top 10": places in an order, unless a noun is counted."""
    if tokens.at(core.start - 1) not in lang.positions or core.number.low > 1000:
        return False
    return counted_at(tokens, core.end, False, lang) is None and tokens.at(core.end) not in lang.of_words


def _finish(tokens: Tokens, core: Core, figure: Figure, lang: Language) -> Figure:
    """Everything behind the number: later modifiers, the counted noun, the rate, the whole."""
    k = figure.end
    tail = after(tokens, k, lang)
    if tail is not None:
        figure.bounds.insert(0, tail[0])
        figure.end = k = tail[1]
    if figure.unit is None:
        figure.unit, figure.noun, k = _what(tokens, core, k, figure.start, lang)
        figure.end = max(figure.end, k)
    figure.resume = figure.noun[0] if figure.noun is not None else figure.end
    if tail is None:
        tail = after(tokens, figure.end, lang)
        if tail is not None:
            figure.bounds.insert(0, tail[0])
            figure.end = tail[1]
    if figure.unit in (FRACTION, "percent") or core.number.fraction:
        figure.of = (
            figure.of or whole_after_of(tokens, figure.end, lang) or _whole_beside(tokens, figure, lang)
        )
    rate = rate_at(tokens, figure.end, lang) or rate_after_of(tokens, figure.end, lang)
    if rate is not None:
        figure.per, figure.end = rate
    elif tokens.at(figure.end) in lang.of_words and figure.of is None and figure.unit is None:
        _partitive(tokens, figure, lang)
    if Modifier.RANGE in figure.bounds:
        figure.modifier = Modifier.RANGE
        rest = list(dict.fromkeys(m for m in figure.bounds if m is not Modifier.RANGE))
        figure.hedges = tuple(rest)
    else:
        figure.modifier, figure.hedges = ranked(figure.bounds)
    return figure


def _what(
    tokens: Tokens, core: Core, k: int, first: int, lang: Language
) -> tuple[str | None, tuple[int, int] | None, int]:
    """(unit, noun phrase, token after it)."""
    if core.counted is not None:
        return core.counted.unit, _span(core.counted), max(k, core.counted.end)
    if core.unit is not None:
        return core.unit, None, k
    if core.number.fraction:
        return FRACTION, None, k
    if is_age(tokens, core.number, core.start, first, lang):
        return lang.age_unit, None, k
    counted = unit_at(tokens, k, lang) if k != core.end else None
    if counted is None:
        if tokens.at(k) in lang.of_words and core.number.implied is not Modifier.EXACT:
            k += 1  # "dozens of people"
            if tokens.at(k) in lang.possessives:
                k += 1
        one = core.number.low == core.number.high == 1
        counted = unit_at(tokens, k, lang) or counted_at(tokens, k, one, lang)
    if counted is None:
        return None, None, core.end
    return counted.unit, _span(counted), counted.end


def _span(counted: Counted) -> tuple[int, int] | None:
    return (counted.start, counted.end) if counted.start < counted.end else None


def _partitive(tokens: Tokens, figure: Figure, lang: Language) -> None:
    """ "nine of the soldiers", "one of his deputies": counts what stands behind "of"."""
    span = whole_after_of(tokens, figure.end, lang)
    if span is None:
        return
    figure.of = span
    first = span[0]
    while first < span[1] and (tokens.lower[first] in lang.stop or tokens.is_digits(first)):
        first += 1
    counted = counted_at(tokens, first, False, lang) if first < span[1] else None
    if counted is not None and lang.singular(tokens.lower[counted.end - 1]) is not None:
        figure.unit, figure.noun = counted.unit, (counted.start, counted.end)


def _whole_beside(tokens: Tokens, figure: Figure, lang: Language) -> tuple[int, int] | None:
    """ "half the condos": the whole without "of"."""
    if figure.unit == FRACTION and tokens.at(figure.end) in lang.possessives:
        return phrase_at(tokens, figure.end, lang)
    return None
