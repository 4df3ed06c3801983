"""The base of a rate that stands apart from what is counted: "one person is killed on the roads every 26
hours", "for every 100 girls there are 118 boys"."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures.parsed_figure import ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Form

# How many tokens may part the base from what is counted.
_FARTHEST, _FARTHEST_IN_FRONT = 12, 16
_STARTS = frozenset(["", ".", ",", ";", ":", "—", "–", '"', "“"])


def may_have_far_rate(tokens: Tokens, lang: Language) -> bool:
    """False of most sentences: neither "every" in them nor "per" in front."""
    every = lang.rates.every
    if every is not None and tokens.text.find(every, tokens.starts[0], tokens.starts[tokens.size]) >= 0:
        return True
    return tokens.lower[0] in lang.rates.openers.heads


def join_far_rates(tokens: Tokens, found: list[ParsedFigure | Aside], lang: Language) -> None:
    """Makes one figure of what is counted and of the base that was read as a figure of its own."""
    every, lower = lang.rates.every, tokens.lower
    for at in range(len(found) - 1, -1, -1):
        base = found[at]
        lead = lower[base.start - 1]
        if lead != every and base.start != 1:
            continue
        if isinstance(base, Aside) or base.unit == "percent" or base.per is not None:
            continue
        if lead == every and lower[base.start - 2] in lang.grammar.for_words:
            _one_for_every(tokens, found, at, base, lang)
            _fronted(tokens, found, at, base, base.start - 3)
        elif lead == every:
            _behind(tokens, found, at, base, lang)
        elif lang.rates.openers.match(lower, 0) == (1, "per"):
            _fronted(tokens, found, at, base, -1)


def _behind(
    tokens: Tokens, found: list[ParsedFigure | Aside], at: int, base: ParsedFigure, lang: Language
) -> None:
    """ "One person is killed on the country's roads | every 26 hours": no mark or conjunction between."""
    counted = found[at - 1] if at else None
    if counted is None or isinstance(counted, Aside) or counted.noun is None or counted.per is not None:
        return
    between = tokens.lower[counted.end : base.start - 1]
    if len(between) > _FARTHEST or base.unit not in lang.bounds.durations or base.low != base.high:
        return
    if any(word in lang.grammar.list_words or not word[:1].isalpha() for word in between):
        return
    counted.per = _named(base)
    del found[at]


def _fronted(
    tokens: Tokens, found: list[ParsedFigure | Aside], at: int, base: ParsedFigure, before: int
) -> None:
    """ "For every 100 girls enrolled in the schools, there are | 118 boys"."""
    counted = found[at + 1] if at + 1 < len(found) and found[at] is base else None
    if counted is None or isinstance(counted, Aside) or counted.per is not None or base.unit is None:
        return
    if before >= 0 and tokens.lower[before] not in _STARTS:
        return
    between = tokens.lower[base.end : counted.start]
    if "," in between and len(between) <= _FARTHEST_IN_FRONT and base.low == base.high:
        counted.per = _named(base)
        del found[at]


def _one_for_every(
    tokens: Tokens, found: list[ParsedFigure | Aside], at: int, base: ParsedFigure, lang: Language
) -> None:
    """ "one doctor for every 9,400 people in the north and | one for every 1,100 | in the capital"."""
    k = base.start - 3
    last = found[at - 2] if at > 1 else None
    if tokens.lower[k] not in lang.idioms.one or last is None or isinstance(last, Aside) or last.per is None:
        return
    number, _, unit = last.per.partition(" ")
    if not number[:1].isdigit() or base.unit not in (None, unit):
        return
    one = ParsedFigure(1.0, 1.0, k, base.end, unit=last.unit, grain=1.0, single=True, form=Form.NUMBER)
    base.unit = base.unit or unit or None
    one.per = _named(base)
    found[at - 1 : at + 1] = [one]


def _named(base: ParsedFigure) -> str:
    value = f"{base.low:.0f}" if base.low == int(base.low) else f"{base.low:.10g}"
    return value if base.unit is None else f"{value} {base.unit}"
