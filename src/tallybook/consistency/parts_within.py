"""Parts that are more than what they are included in, what is left of a whole, and income less spending.

"$5.2 million on advertising, including $6.8 million on television"; "£6.4m, of which £2.9m has been found,
leaving £3.5m to raise"; "a surplus of £1.4m, on income of £18.6m and costs of £17.2m".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tallybook.book.currencies import is_currency
from tallybook.consistency.any_case import AnyCase, has_any, in_small_letters
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import shown, told_of, zones
from tallybook.consistency.forms import EXACT
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.parts_inside import TEST_INSIDE
from tallybook.consistency.passages import are_near
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.consistency.remainders import TEST_REST, TEST_SUM
from tallybook.consistency.total_words import COMING, NET, STRAYS
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import meet
from tallybook.prose import digits, number
from tallybook.reading import Mention
from tallybook.terms import BOUNDS

_CUE = AnyCase(
    r"\b(?:includ\w+|of (?:which|whom|that|those|these|them)|among|leav\w+|left|surplus|deficit|shortfall)\b",
)
_CUE_WORDS = (
    "includ", "of which", "of whom", "of th", "among", "leav", "left", "surplus", "deficit", "shortfall",
)  # fmt: skip
"""One of them is in whatever holds a cue."""
_INCLUDING = re.compile(
    r"[^.;:\d]{0,90}?(?:,? (?:including|among them|not least)|(?:, (?:and )?|; |\. )[Oo]f (?:which|that"
    r"|that sum|this)),?"
    r"(?: (?:some|about|a|an|the|more than|at least))*(?: [a-z]+ of)? $"
)
_LIST_INCLUDED = re.compile(r"[^.;:\d]{0,90}?,? including (?:some |about |the )?$")
_AMONG_BEFORE = re.compile(r"(?:^|[“\"])[Aa]mong (?:all )?(?:the|its|their|those|these) $")
_WERE = re.compile(r"[^.;:,\d]{0,60} (?:were|was|are|is) $")
_LEAVING = AnyCase(
    r"\b(?:leav(?:ing|es?)|left|to leave)(?: (?:it|them|him|her|us|just|only|about|some|the [a-z]+"
    r"|a further|with"
    r"|a [a-z]+ of|behind)){0,3} $",
)
_LEFT = re.compile(
    r"(?: (?:still |yet )?(?:to (?:be |go|come|raise|find|pay|build|sell|do)\w*|open|left|standing"
    r"|remaining|alive"
    r"|intact|outstanding|unpaid|unsold|unfilled|empty|vacant|behind|over|in (?:use|service|the \w+"
    r"|its \w+)))?"
    r"(?: \w+){0,3}(?:[,.;)”\"]|$| – | — )"
)
_TOWARDS = re.compile(
    r"\b(?:of|out of|towards?|from|against) (?:(?:the|its|his|her|their|our|a|an) )?(?:[a-z]+ (?:of )?)?$"
)
_OF_IT = re.compile(
    r"\b(?:so far|already|towards?|of (?:it|that|which|them|those|whom|these|the)"
    r"|(?:has|have|had) been)\b"
)
_BALANCE = AnyCase(r"\b(surplus|deficit|shortfall) (?:of|was|is|reached|came to|to)(?: about| some)? $")
_INCOME = AnyCase(
    r"\b(?:income|revenues?|receipts?|takings|took in|tak(?:en|ing) in|brought in|bringing in|earned"
    r"|earning|raised"
    r"|raising|collected|collecting|received|receiving|grants|fees|in tax(?:es)?)(?: [a-z]+){0,2} $",
)
_SPENDING = AnyCase(
    r"\b(?:spent|spending|costs?|outgoings|expenditures?|expenses|outlays?|paid out|paying out|laid out)"
    r"(?: [a-z]+){0,2} $",
)
_MIXED = word_set(
    """
    man woman child boy girl pensioner foreigner teenager adult local tourist civilian student veteran
    volunteer person other day week month year hour
    """
)
_PEOPLE = word_set(
    """
    person people victim passenger patient member student pupil soldier worker juror guest visitor crew
    casualty candidate player employee staff resident
    """
)
_LONGEST = 420

_ONE_MORE = re.compile(r"\b(?:another|an? (?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)) (?!of\b)")
"""One more that went: "two of the seven resigned in May and a third in June, which leaves four"."""


def parts_within(
    text: str, fitting: Sequence[tuple[Mention, ...]], checks: Sequence[Check]
) -> Iterator[Check]:
    """A check for every such passage of one or two sentences, apart from those of ``checks``. ``fitting``:
    the figures of each sentence that are one number of something."""
    lowered = in_small_letters(text)
    if not has_any(lowered, _CUE_WORDS):
        return
    is_told = told_of(checks)
    before: tuple[Mention, ...] = ()
    for own in fitting:
        near = bool(before and own) and are_near(text, before, own)
        both = (*before, *own) if near else own
        if 2 <= len(both) <= 8 and own and _is_cued(text, lowered, own) and not any(map(is_told, own)):
            yield from _above(text, both, len(both) - len(own))
            yield from _list_above(text, own)
            yield from _left(text, both, len(both) - len(own))
            yield from _balance(text, both, len(both) - len(own))
        before = own


def _is_cued(text: str, lowered: str, own: Sequence[Mention]) -> bool:
    """Whether a sentence has a word that binds a part or a rest to its whole."""
    start, end = own[0].sentence
    return has_any(lowered[start:end], _CUE_WORDS) and _CUE.search(text, start, end) is not None


def _above(text: str, figures: Sequence[Mention], first: int) -> Iterator[Check]:
    """A part above its whole, in one unit."""
    for k, (whole, part) in enumerate(pairwise(figures)):
        if k + 1 < first or whole.low >= part.low or whole.per or part.per:
            continue
        if part.unit not in ((whole.unit,) if is_measured(whole.unit) else (None, whole.unit)):
            continue
        gap = text[whole.end : part.start]
        among = not is_measured(whole.unit) and _AMONG_BEFORE.search(
            text[whole.sentence[0] : whole.start][-20:]
        )
        included = is_measured(whole.unit) and len(gap) < 130 and _INCLUDING.fullmatch(gap)
        if not included and not (among and _WERE.fullmatch(gap)):
            continue
        said = text[whole.sentence[0] : min(part.end + 40, part.sentence[1])]
        if NET.search(said) or re.search(r"\b(?:made|earned|lost|than|per|each|a year|average)\b", said):
            continue
        if zones(part._replace(trend=None)).true.low > zones(whole._replace(trend=None)).true.high:
            why = f"{part.words} cannot be among {whole.words}: {shown(part)} is more than {shown(whole)}."
            yield Check(TEST_INSIDE, (whole.words, part.words), False, why, None, whole.start, part.end)


def _list_above(text: str, figures: Sequence[Mention]) -> Iterator[Check]:
    """Included parts with nouns of their own that are more than the whole: "88 animals, including 51 horses
    and 48 goats"."""
    for k, whole in enumerate(figures[:-2]):
        parts = figures[k + 1 :]
        if whole.modifier in BOUNDS or not _LIST_INCLUDED.fullmatch(text[whole.end : parts[0].start]):
            continue
        if not all(re.search(r", |\band\b", text[one.end : other.start]) for one, other in pairwise(parts)):
            return
        if any(len(text[one.end : other.start]) > 60 for one, other in pairwise(parts)) or len(parts) > 6:
            return
        units = [part.unit for part in parts]
        money = is_currency(whole.unit or "")
        if money:
            apart = all(unit == whole.unit for unit in units) and not NET.search(
                text[whole.sentence[0] : parts[-1].end]
            )
        else:
            own = None not in units and len(set(units)) == len(units) and whole.unit not in units
            apart = (
                own and not _MIXED & set(units) and whole.unit not in _PEOPLE and not is_measured(whole.unit)
            )
            apart = apart and not any(part.inferred or (part.noun or "A")[0].isupper() for part in parts)
        if not apart or STRAYS.search(text[parts[0].start : parts[-1].start]):
            return
        total: Zones = zones(parts[0])
        for part in parts[1:]:
            total = total.plus(zones(part))
        if total.true.low > zones(whole._replace(trend=None)).true.high:
            added = sum(part.low for part in parts)
            told = f"{' + '.join(shown(part) for part in parts)} = {number(round(added, 6))}"
            about = (whole.words, *(part.words for part in parts))
            why = f"{told}, more than the {whole.words} that they are among."
            yield Check(TEST_SUM, about, False, why, None, whole.start, parts[-1].end)
        return


def _left(text: str, figures: Sequence[Mention], first: int) -> Iterator[Check]:
    """ "The bill is put at £6.4m. So far £2.9m has been found, leaving £3.5m to raise"."""
    for k in range(max(2, first), len(figures)):
        whole, part, left = figures[k - 2 : k + 1]
        if part.sentence != left.sentence or left.start - whole.start > _LONGEST:
            continue
        if not _LEAVING.search(text[max(part.end, left.start - 50) : left.start]):
            continue
        if whole.low < part.low and _TOWARDS.search(text[whole.end : part.start]):
            whole, part = part, whole  # "raised £640,000 towards the £900,000 that it needs"
        one_unit = whole.unit is not None and part.unit in (None, whole.unit)
        if not one_unit or (left.unit not in (None, whole.unit) and is_measured(whole.unit)):
            continue
        if not whole.low > part.low or any(m.modifier in BOUNDS for m in (whole, part, left)):
            continue
        made = zones(whole._replace(trend=None)).minus(zones(part._replace(trend=None)))
        closes, right = meet(made.true, zones(left._replace(trend=None)).true), whole.low - part.low
        if not closes:
            said = re.sub(r"\b[Ss]o far\b", "", text[min(whole.end, part.end) : left.start])
            exact = all(m.modifier is EXACT for m in (whole, part, left))
            own = left.unit in (None, whole.unit)
            if not (exact and own and len(figures) == 3 and _LEFT.match(text, left.end)):
                continue
            if STRAYS.search(said) or COMING.search(said) or not is_slip(left.low, right):
                continue
            if _ONE_MORE.search(said):
                continue
            if (
                not (
                    _OF_IT.search(text[min(whole.end, part.end) : left.start])
                    or is_slip(left.low, right, exact=True)
                )
                or left.low > whole.low
            ):
                continue
        yield _difference((whole, part, left), left, right, closes, TEST_REST)


def _balance(text: str, figures: Sequence[Mention], first: int) -> Iterator[Check]:
    """A surplus or deficit beside income and spending, where the three are all the money of the passage."""
    money = [m for m in figures if is_currency(m.unit or "") and m.modifier not in BOUNDS]
    if len(money) != 3 or len({m.unit for m in money}) != 1 or money[-1].start < figures[first].start:
        return
    start = money[0].sentence[0]
    words = {m: text[max(start, m.start - 40) : m.start] for m in money}
    balance = [(m, named[1].lower()) for m in money if (named := _BALANCE.search(words[m]))]
    income = [m for m in money if _INCOME.search(words[m])]
    spending = [m for m in money if _SPENDING.search(words[m])]
    if not (len(balance) == len(income) == len(spending) == 1) or income == spending:
        return
    (left, name), (one,), (other,) = balance[0], income, spending
    if name != "surplus":
        one, other = other, one
    if left in (one, other):
        return
    made = zones(one._replace(trend=None)).minus(zones(other._replace(trend=None)))
    right = one.low - other.low
    closes = meet(made.true, zones(left._replace(trend=None)).true)
    if not closes:
        said = text[start : money[-1].end + 30]
        loose = STRAYS.search(said) or re.search(r"\b(?:\d{4}|last year|this year|before)\b", said)
        if loose and not is_slip(left.low, right, exact=True):
            return
        if not all(m.modifier is EXACT for m in money) or right <= 0 or not is_slip(left.low, right):
            return
    yield _difference((one, other, left), left, right, closes, TEST_SUM)


def _difference(about: Sequence[Mention], left: Mention, right: float, closes: bool, test: str) -> Check:
    told = f"{shown(about[0])} − {shown(about[1])} = {digits(round(right, 6))}"
    why = f"{told}; the text says {left.words}" if closes else f"{told}, not {left.words}"
    ordered = sorted(about, key=lambda m: m.start)
    gap = None if closes else round(right - left.low, 6)
    words = tuple(m.words for m in ordered)
    return Check(test, words, closes, f"{why}.", gap, ordered[0].start, ordered[-1].end)
