"""The grammar around one number: currency, sign, range, modifiers, unit, rate and trend."""

from __future__ import annotations

from dataclasses import dataclass, field

from tallybook.quantity import Modifier
from tallybook.reading.asides import Aside, bare_number, is_calibre, is_year
from tallybook.reading.language import Language
from tallybook.reading.modifiers import after, before, ranked, trend
from tallybook.reading.numbers import Number, clean, number_at
from tallybook.reading.tokens import Tokens
from tallybook.reading.units import (
    Counted,
    counted_at,
    phrase_at,
    plural_at,
    rate_after_of,
    rate_at,
    unit_at,
    whole_after_of,
)

_DASHES = frozenset("-‐‑–—‒−")
_CLOSING_QUOTES = frozenset("\"”’'")
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


@dataclass(slots=True)
class Core:
    """One end of a range, or the whole number: with its sign, currency and unit."""

    number: Number
    start: int
    end: int
    unit: str | None
    counted: Counted | None
    signed: bool


def figure_at(tokens: Tokens, k: int, lang: Language) -> Figure | Aside | None:
    """The figure whose number begins at (or, with an article, just before) token ``k``."""
    core = _core(tokens, k, lang)
    if core is None:
        return None
    ratio = _ratio(tokens, core, lang)
    if ratio is not None:
        return _finish(tokens, core, ratio, lang)
    other, opener = _range(tokens, core, lang)
    if isinstance(other, Aside):
        return other
    if other is None:
        return _single(tokens, core, lang)
    return _ranged(tokens, core, other, opener, lang)


def _core(tokens: Tokens, k: int, lang: Language) -> Core | None:
    if tokens.at(k - 1) in lang.articles and not tokens.is_digits(k):
        number = number_at(tokens, k - 1, lang) or number_at(tokens, k, lang)
    else:
        number = number_at(tokens, k, lang)
    if number is None:
        return None
    _error_term(tokens, number, lang)
    start, signed = _sign(tokens, number, number.start, lang)
    start, unit = _currency(tokens, start, lang)
    if not signed and unit is not None:
        start, signed = _sign(tokens, number, start, lang)
    elif signed and unit is None:
        start, unit = _currency(tokens, start, lang)
    end = number.end
    counted = None
    if unit is None:
        counted = unit_at(tokens, end, lang)
    elif tokens.at(end) in ("us", "u.s") and tokens.words[end].isupper():
        end += 1
    if counted is not None and tokens.words[counted.start].istitle() and is_year(tokens, number.start):
        counted = None  # "in 2016 Stone spoke"
    if counted is not None:
        end, unit = counted.end, counted.unit
    return Core(number, start, end, unit, counted, signed)


def _error_term(tokens: Tokens, number: Number, lang: Language) -> None:
    """ "1.55 ± 0.08 °C": about 1.55; the error term belongs to the words."""
    if tokens.at(number.end) == "±":
        error = number_at(tokens, number.end + 1, lang)
        if error is not None:
            number.end = error.end
            number.implied = Modifier.ABOUT


def _sign(tokens: Tokens, number: Number, start: int, lang: Language) -> tuple[int, bool]:
    """Takes a minus before ``start`` into the number. A dash after a word or number joins them."""
    j = start - 1
    word = tokens.at(j)
    if word == "-" and not tokens.touches(j) and not tokens.touches(start):
        return start, False
    if word in ("-", "−", "–") and tokens.touches(start):
        if tokens.at(j - 1) in ("minus", "negative") and tokens.touches(j):
            j -= 1
        elif tokens.touches(j) and tokens.at(j - 1) not in ("(", "$", "£", "€"):
            return start, False
        elif j > 0 and tokens.words[j - 1].isupper() and unit_at(tokens, number.end, lang) is None:
            return start, False  # "COVID -19"
    elif word not in ("minus", "negative") or not tokens.touches(start) and word not in lang.minus_words:
        if word == "+" and tokens.touches(start) and not tokens.touches(j):
            return j, True
        return start, False
    number.low, number.high = -number.high, -number.low
    return j, True


def _currency(tokens: Tokens, start: int, lang: Language) -> tuple[int, str | None]:
    """The currency printed before token ``start``. A single letter must touch its number."""
    found = lang.currency.match(tokens.words, start - 1) if start > 0 else None
    if found is None:
        return start, None
    size, unit = found
    if tokens.words[start - 1].isalpha() and not tokens.touches(start):
        if len(tokens.words[start - 1]) < 3 and tokens.words[start - 1] != "RM":
            return start, None
    return start - size, unit


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


def _range(tokens: Tokens, core: Core, lang: Language) -> tuple[Core | Aside | None, int | None]:
    """The other end of a range that begins with ``core``, and the token of its opener if any."""
    opener = lang.range_openers.match(tokens.lower, _behind_hedges(tokens, core.start, lang) - 1)
    opener_at = _behind_hedges(tokens, core.start, lang) - opener[0] if opener else None
    j = core.end
    if core.counted is None and core.unit is None and tokens.at(j) in _CLOSING_QUOTES:
        return None, None
    join = tokens.at(j)
    dash = join in _DASHES
    if dash and not tokens.touches(j) and tokens.touches(j + 1):
        return None, None
    if join == "and" and not (opener and opener[1] != "from"):
        return None, None
    if join not in lang.joins and join != "and":
        return None, None
    k = j + 1
    if tokens.at(k) in _DASHES and not dash and tokens.touches(k + 1):
        k += 1
    k, hedge_end = _to_number(tokens, k, lang)
    other = _core(tokens, k, lang) if k >= 0 else None
    if other is None or other.start < j + 1 or other.start > hedge_end:
        return None, None
    verdict = _fits(tokens, core, other, join, opener is not None, lang)
    if verdict is False:
        return None, None
    if verdict is not True:
        return verdict, None
    return other, opener_at


def _behind_hedges(tokens: Tokens, start: int, lang: Language) -> int:
    """The first token of the hedges directly before ``start`` ("from about 3 to 5")."""
    return before(tokens, start, lang)[1] if tokens.at(start - 1) not in ("from", "between") else start


def _to_number(tokens: Tokens, k: int, lang: Language) -> tuple[int, int]:
    """The number within four tokens of ``k``, behind a currency or hedge; (-1, -1) if none."""
    for j in range(k, min(k + 4, len(tokens))):
        if tokens.is_digits(j) or tokens.lower[j] in lang.number_words:
            if j == k or lang.currency.match(tokens.words, j - 1) or before(tokens, j, lang)[1] <= k:
                return j, j
            if tokens.lower[j - 1] in lang.articles or tokens.lower[j - 1] in lang.minus_words:
                return j, j
            return -1, -1
    return -1, -1


def _fits(tokens: Tokens, left: Core, right: Core, join: str, opened: bool, lang: Language) -> bool | Aside:
    """Whether two numbers make one range. Mends a shared magnitude in ``left`` on the way."""
    a, b = left.number, right.number
    if is_year(tokens, a.start) and is_year(tokens, b.start) and left.unit is None and right.unit is None:
        if a.end == a.start + 1 and b.end == b.start + 1 and not _followed_by_noun(tokens, right.end, lang):
            return Aside("date", a.start, b.end)
    if is_year(tokens, a.start) and a.end == a.start + 1 and left.unit is None and not opened:
        if b.scale != 1.0 or right.unit is not None or tokens.at(left.start - 1) in lang.year_leads:
            return False
    if left.unit is not None and right.unit is not None and left.unit != right.unit:
        if not (left.counted is None and right.counted is None and left.unit.endswith(right.unit)):
            return False
    if left.unit is None and right.unit is None and a.fraction != b.fraction:
        return False
    _share_magnitude(a, b)
    if join == "to" and not opened and _change_and_level(tokens, left, right, lang):
        return False
    if left.unit is not None and right.unit is None and left.counted is not None and join in _DASHES:
        return False
    if a.low <= b.high:
        return join != "or" or b.high <= 20 * max(a.low, 1) or opened
    if opened or (left.unit is not None and left.unit == right.unit and join != "or"):
        return True
    small = a.low < 200 and b.low < 200 and a.typed and b.typed and left.unit is None and right.unit is None
    return Aside("score", a.start, b.end) if small and join in ("-", "–") else False


def _change_and_level(tokens: Tokens, left: Core, right: Core, lang: Language) -> bool:
    """ "rose 64.06 points to 4,577.10", "by $43.6 billion to $419.2 billion", "by 3 million to 46 million".

    The first number is the change and the second the level reached, when the first is complete (it
    has a unit or magnitude of its own); of two percentages, when they are far apart.
    """
    if left.unit is None and left.number.scale == 1.0:
        return False
    if trend(tokens, before(tokens, left.start, lang)[1], left.unit, lang) is None:
        return False
    alike = left.unit == right.unit == "percent" or left.unit is None
    return not alike or right.number.high > 3 * left.number.high


def _followed_by_noun(tokens: Tokens, k: int, lang: Language) -> bool:
    return lang.singular(tokens.at(k)) is not None and tokens.at(k) not in lang.stop


def _share_magnitude(a: Number, b: Number) -> None:
    """ "11 to 12,000", "four to five million": the left end takes the right end's magnitude."""
    if a.scale != 1.0 or a.fraction:
        return
    scale = b.scale
    if scale == 1.0 and b.low >= 1000 and b.low % 1000 == 0 and a.low < 1000 and b.typed:
        scale = 1000.0
    if scale >= 100 and a.low < 1000 and a.low <= b.low / scale:
        a.scaled(scale)


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
    return (name.istitle() or name.isupper()) and tokens.at(core.start - 2) in (
        "in",
        "at",
        "on",
        "near",
        "from",
        "to",
        "for",
    )


def _is_position(tokens: Tokens, core: Core, lang: Language) -> bool:
    """ "the bottom three", "the top 10": places in an order, unless a noun is counted."""
    if tokens.at(core.start - 1) not in lang.positions or core.number.low > 1000:
        return False
    return counted_at(tokens, core.end, False, lang) is None and tokens.at(core.end) not in lang.of_words


def _is_age(tokens: Tokens, core: Core, lang: Language) -> bool:
    lead = core.start - 1
    if core.number.high >= 130:
        return False
    if tokens.at(lead) in lang.and_words and tokens.is_digits(lead - 1):
        lead -= 2  # "aged 4 and 7"
    if tokens.at(lead) in lang.age_words:
        return True
    if tokens.at(lead) == "," and tokens.at(core.end) == "," and core.number.typed and lead > 0:
        name = tokens.words[lead - 1]  # "Smith, 54, said"
        return name.istitle() and name.isalpha() and name.lower() not in lang.months
    return lang.age_phrases.match(tokens.lower, lead) is not None


def _finish(tokens: Tokens, core: Core, figure: Figure, lang: Language) -> Figure:
    """Everything behind the number: later modifiers, the counted noun, the rate, the whole."""
    k = figure.end
    tail = after(tokens, k, lang)
    if tail is not None:
        figure.bounds.insert(0, tail[0])
        figure.end = k = tail[1]
    if figure.unit is None:
        figure.unit, figure.noun, k = _what(tokens, core, k, lang)
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
    if rate is None and tokens.at(figure.end) in _CLOSING_QUOTES:
        rate = rate_at(tokens, figure.end + 1, lang)
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
    tokens: Tokens, core: Core, k: int, lang: Language
) -> tuple[str | None, tuple[int, int] | None, int]:
    """(unit, noun phrase, token after it)."""
    if core.counted is not None:
        counted = core.counted
        return counted.unit, _span(counted), max(k, counted.end)
    if core.unit is not None:
        return core.unit, None, k
    if core.number.fraction:
        return FRACTION, None, k
    if _is_age(tokens, core, lang):
        return lang.age_unit, None, k
    counted = unit_at(tokens, k, lang) if k != core.end else None
    if counted is None:
        if tokens.at(k) in lang.of_words and core.number.implied is not Modifier.EXACT:
            k += 1  # "dozens of people"
            if tokens.at(k) in ("the", "its", "their", "his", "her", "our"):
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
    while first < span[1] and tokens.lower[first] in lang.stop:
        first += 1
    counted = counted_at(tokens, first, False, lang) if first < span[1] else None
    if counted is not None and lang.singular(tokens.lower[counted.end - 1]) is not None:
        figure.unit, figure.noun = counted.unit, (counted.start, counted.end)


def _whole_beside(tokens: Tokens, figure: Figure, lang: Language) -> tuple[int, int] | None:
    """ "half the condos": the whole without "of"."""
    if figure.unit == FRACTION and tokens.at(figure.end) in ("the", "its", "their", "his", "her", "our"):
        return phrase_at(tokens, figure.end, lang)
    return None
