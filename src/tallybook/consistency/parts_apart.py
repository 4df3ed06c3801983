"""Parts and a whole that stand apart, or in another order: the whole behind its parts ("14 acres of pasture
and nine of woodland, 23 in all"), the rest in the next sentence, all seats of a house.

That the parts do not make the whole is said only if words make them all of it, and no other number stands
among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tallybook.book.currencies import is_currency
from tallybook.book.units import convert
from tallybook.consistency.any_case import AnyCase, has_any, in_small_letters, words_of
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import (
    PER_CENT,
    bare,
    is_length_of_time,
    is_one_number,
    shown,
    told_of,
    zones,
)
from tallybook.consistency.forms import EXACT, NUMBER_FORM
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.part_words import exclusive_nouns, exhaustive_nouns
from tallybook.consistency.parts import is_own
from tallybook.consistency.passages import passages
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.consistency.remainders import TEST_REST, TEST_SUM
from tallybook.consistency.shares import is_part_of
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import meet
from tallybook.prose import number
from tallybook.reading import Mention
from tallybook.terms import BOUNDS

_CUE = re.compile(
    r"\b(?:in all|in total|altogether|all told|total|[Aa]ll|[Tt]he (?:other|remaining|rest)|every one|"
    r"complete|accounted|"
    r"brings|bringing|making|seat|member|combined)\b|-(?:seat|member|strong)\b|\bWith |: | – | — "
)
_CUE_MARKS = (": ", " – ", " — ")
_CUE_WORDS = word_set(
    """
    total altogether all other remaining rest every complete accounted brings bringing making seat member
    strong combined with
    """
)
_IN_PHRASES = {
    "with": "With ", "every": "every one", "strong": "-strong", "other": "he other",
    "remaining": "he remaining", "rest": "he rest",
}  # fmt: skip
"""One of the marks or words is in whatever holds a cue, each mark is one, and some words only in a phrase."""
_IN_ALL = re.compile(r"(?: [\w’'-]+){0,3},? (?:in all|in total|altogether|all told|combined)\b")
_TOTAL_OF = AnyCase(r"\b(?:a (?:grand |combined )?total of|totall?ing|making|or|so) (?:a )?(?:total of )?$")
_BROUGHT = AnyCase(
    r"\b(?:brings?|bringing|brought|takes?|taking|took|makes?|making|putting|puts?) (?:the |its |his |"
    r"her |their )?"
    r"(?:[a-z-]+ ){0,4}(?:to|at) $",
)
_JOINED = re.compile(r"[^;:.\d]{0,70}(?:, | and | plus |, and )[^;:.\d]{0,25}")
_THEN = re.compile(
    r"[^;:.\d]{0,60}(?:, | – | — |: |; |\()(?:(?:so|or|making|for|that is|a|the|total|of|all|in|"
    r"to) ?){0,5}(?: )?"
)
_ALL_OF = re.compile(
    r"[^.\d]{0,80}(?:,|;| so| and) ?(?:so )?(?:that )?(?:the |all |all of the |every one of (?:the |"
    r"its )?(?:[a-z]+['’]s )?)"
    r"(?:the )?$"
)
_COMPLETE = re.compile(
    r"[^.;:\d]{0,40}\b(?:complete|accounted for|filled|full|taken|took part|voted|were present|"
    r"was present|vote|were cast|"
    r"voting|taking part|decided|declared)\b"
)
_WITH = re.compile(r"(?:^|[“\"])With $")
_HUNG = re.compile(r"-(?:seat|member|strong)$")
_OTHER = re.compile(r"^[“\"]?(?:The|Its|Their|His|Her) (?:other|remaining|rest,?|last) (?:some )?$")
_LISTED = re.compile(r"[^.;\d]{0,90}(?:: | – | — )[^:;.,\d]{0,20}")
_AND = re.compile(r"[^.;:\d]{0,50}?(?:, (?:and )?| and )(?:the )?(?:other |remaining )?")
_LAST = re.compile(r"(?: [\w’'-]+){0,5}[.;”\"]|$")
_MORE = AnyCase(
    r"\b(?:an?|one|another|several|some|many|others?|including|among|among them|of them|of whom|both|"
    r"also|more|further|"
    r"extra|at least|including|apart|besides|except|than|who were|were)\b",
)
_STRAYS = AnyCase(
    r"\b(?:including|than|another|others|besides|elsewhere|so far|since|already|previous(?:ly)?|of whom|"
    r"of which|of them|"
    r"at least|up to|more|but|while|whereas|also|each|per|from \d)\b",
)
_MIXED = word_set(
    "man woman child boy girl pensioner foreigner teenager adult local tourist civilian student veteran"
)
_MANY = 5


def parts_apart(
    text: str, told: Sequence[tuple[Mention, ...]], checks: Sequence[Check] = ()
) -> Iterator[Check]:
    """A check for every whole whose parts are near it, apart from those of ``checks``."""
    if sum(map(len, told)) < 3 or not (has_any(text, _CUE_MARKS) or _is_cued(text)):
        return
    is_told = told_of(checks)
    for k, sentence in enumerate(told):
        if len(sentence) > 9:
            continue
        figures = [_counted(text, bare(m)) for m in sentence]
        check = _of_sentence(text, figures) or _in_next(text, told, k)
        if check is not None and not any(is_told(m) for m in figures if m.words in check.about[:1]):
            yield check


def _is_cued(text: str) -> bool:
    """Whether a text has a word that a whole or its parts need."""
    words = _CUE_WORDS & words_of(in_small_letters(text))
    if words <= _IN_PHRASES.keys() and not any(_IN_PHRASES[word] in text for word in words):
        return False
    return _CUE.search(text) is not None


def _counted(text: str, mention: Mention) -> Mention:
    """The same, with the day tickets of "8,200 | day tickets" as no days."""
    hung = (
        is_length_of_time(mention)
        and mention.low > 1
        and not mention.words.endswith("s")
        and not mention.inferred
    )
    noun = re.match(r" ([a-z]+)s\b", text[mention.end : mention.end + 30]) if hung else None
    return mention._replace(unit=noun[1]) if noun is not None and "-" not in mention.words else mention


def _of_sentence(text: str, figures: Sequence[Mention]) -> Check | None:
    for k, whole in enumerate(figures):
        if not _is_amount(whole):
            continue
        if k >= 2 and (check := _behind(text, figures[:k], whole)) is not None:
            return check
        if len(figures) - k > 2 and (check := _ahead(text, whole, figures[k + 1 :])) is not None:
            return check
    return None


def _is_amount(mention: Mention) -> bool:
    plain = is_one_number(mention) and mention.per is None and mention.unit != PER_CENT
    return (plain and mention.form is NUMBER_FORM and mention.low >= 3) or mention.unit in ("year",)


def _is_part(part: Mention, whole: Mention) -> bool:
    plain = (
        part.per is None and part.form is NUMBER_FORM and part.low == part.high > 0 and part.unit != PER_CENT
    )
    if not plain or part.modifier in BOUNDS:
        return False
    return unit_times(whole, part) is not None


def unit_times(whole: Mention, part: Mention) -> float | None:
    """How many units of a part one unit of the whole is; None if they do not add up."""
    if not is_measured(whole.unit):
        return None if is_measured(part.unit) else 1.0
    if part.unit in (None, whole.unit):
        return 1.0
    if not is_measured(part.unit) or is_currency(whole.unit or "") or is_currency(part.unit or ""):
        return None
    try:
        return convert(whole.unit or "", part.unit or "")
    except (LookupError, ValueError, TypeError):
        return None


def _behind(text: str, before: Sequence[Mention], whole: Mention) -> Check | None:
    """The parts before a whole: "14 acres of pasture and nine of woodland, 23 acres in all"."""
    for many in range(2, min(_MANY, len(before)) + 1):
        found = before[-many:]
        if not all(_is_part(part, whole) for part in found):
            return None
        joined = all(
            _JOINED.fullmatch(text[one.end : other.start]) or _is_vote(text, one, other)
            for one, other in pairwise(found)
        )
        if not joined:
            return None
        if many < min(_MANY, len(before)):
            further = before[-many - 1]
            gap = text[further.end : found[0].start]
            if _JOINED.fullmatch(gap) or _is_vote(text, further, found[0]):
                continue
        return _summed(text, found, whole, *_called_whole(text, found, whole))
    return None


def _is_vote(text: str, one: Mention, other: Mention) -> bool:
    """ "by 31 votes to 22, with four abstentions"."""
    gap = text[one.end : other.start]
    return gap in (" to ", " votes to ", " against ", " with ", ", with ", " and ") or gap == "-"


def _called_whole(text: str, found: Sequence[Mention], whole: Mention) -> tuple[bool, bool]:
    """Whether words call a figure the whole of those before it, and whether beyond doubt."""
    last = found[-1]
    gap = text[last.end : whole.start]
    in_all = _IN_ALL.match(text, whole.end) is not None or _TOTAL_OF.search(gap) is not None
    if in_all and _THEN.fullmatch(gap):
        return True, _is_one_kind(found, whole)
    if _BROUGHT.search(gap):
        return True, False
    every = _ALL_OF.fullmatch(gap) or _HUNG.search(whole.words)
    if every and len(gap) < 120 and _COMPLETE.match(text, whole.end):
        return True, True
    if every and _ALL_OF.fullmatch(gap):
        return True, False
    units = [part.unit or "" for part in found]
    apart = exhaustive_nouns(whole.unit, units)
    return (apart, bool(apart and _WITH.search(text[max(0, found[0].start - 6) : found[0].start])))


def _is_one_kind(found: Sequence[Mention], whole: Mention) -> bool:
    """Whether the parts cannot overlap: amounts of a measure, or counts with nouns of their own."""
    if is_measured(whole.unit):
        return True
    if any(part.unit is None or part.inferred for part in found):
        return False  # "60 schools on Monday and 75 on Tuesday; 110 in all": some on both days
    units = [part.unit for part in found]
    if any(unit in _MIXED for unit in units):
        return exclusive_nouns([unit or "" for unit in units])
    return len(set(units)) == len(units)


def _summed(text: str, found: Sequence[Mention], whole: Mention, called: bool, sure: bool) -> Check | None:
    if not called:
        return None
    times = [unit_times(whole, part) or 1.0 for part in found]
    total: Zones | None = None
    added = 0.0
    for part, size in zip(found, times, strict=True):
        zone = zones(part._replace(trend=None)).converted(1 / size)
        total = zone if total is None else total.plus(zone)
        added += part.low / size
    if total is None:
        return None
    exact = _HUNG.search(whole.words) is not None
    closes = added == whole.low if exact else meet(total.true, zones(whole._replace(trend=None)).true)
    start, end = min(found[0].start, whole.start), max(found[-1].end, whole.end)
    if not closes:
        if not sure or whole.modifier is not EXACT or _STRAYS.search(text[max(0, start - 40) : end + 30]):
            return None
        if not is_slip(whole.low, added) or not 0.4 < added / whole.low < 2.5:
            return None
    return _check(found, whole, added, times, closes)


def _check(
    found: Sequence[Mention],
    whole: Mention,
    added: float,
    times: Sequence[float],
    closes: bool,
    test: str = TEST_SUM,
) -> Check:
    size = times[0] if any(one != 1.0 for one in times) else 1.0
    made = number(round(added * size, 6))
    unit = f" {found[0].unit}s" if size != 1.0 else ""
    told = f"{' + '.join(shown(part) for part in found)} = {made}{unit}"
    why = f"{told}; the text says {whole.words}" if closes else f"{told}, not {whole.words}"
    about = (whole.words, *(part.words for part in found))
    start, end = min(found[0].start, whole.start), max(found[-1].end, whole.end)
    gap = None if closes else round(added - whole.low, 6)
    return Check(test, about, closes, f"{why}.", gap, start, end)


def _ahead(text: str, whole: Mention, behind: Sequence[Mention]) -> Check | None:
    """The list behind a whole that ends its sentence: "23 climbers: 14 Swiss, six Italians and three"."""
    found = list(behind)
    if not 2 <= len(found) <= _MANY or not all(_is_part(part, whole) for part in found):
        return None
    hung = _HUNG.search(whole.words) is not None
    gap = text[whole.end : found[0].start]
    if not (_LISTED.fullmatch(gap) or (hung and len(gap) < 60 and not re.search(r"[.;,]", gap))):
        return None
    pairs = list(pairwise(found))
    if not all(_AND.fullmatch(text[one.end : other.start]) for one, other in pairs):
        return None
    if " and " not in text[found[-2].end : found[-1].start] or _LAST.match(text, found[-1].end) is None:
        return None
    added = sum(part.low for part in found)
    closes = added == whole.low
    times = [1.0] * len(found)
    if closes:
        return _check(found, whole, added, times, closes=True)
    units = [part.unit or "" for part in found]
    listed = text[found[0].start : found[-1].end + 30]
    capitals = {(part.noun or "a")[0].isupper() for part in found if part.noun}
    if is_measured(whole.unit) or whole.modifier is not EXACT or _MORE.search(listed):
        return None
    apart = exclusive_nouns(units) or not any(unit in _MIXED for unit in units)
    named = sum(bool(unit) and not part.inferred for unit, part in zip(units, found, strict=True))
    own = (
        len({unit for unit in units if unit}) == sum(bool(unit) for unit in units) and whole.unit not in units
    )
    if not (apart and own and named >= len(found) - 1 and 0.7 < added / whole.low < 1.4):
        return None
    if len(capitals) > 1 or (added < whole.low and not (hung or len(found) > 2)):
        return None
    return _check(found, whole, added, times, closes=False)


def _in_next(text: str, told: Sequence[tuple[Mention, ...]], k: int) -> Check | None:
    """The rest in the next sentence: "We have 16 buses, nine of them electric. The other seven …"."""
    if k == 0:
        return None
    rest = bare(told[k][0])
    if _OTHER.match(text[rest.sentence[0] : rest.start]) is None or not _is_part(rest, rest):
        return None
    if not any(p.first and p.figures[0].sentence == told[k - 1][0].sentence for p in passages(text, told, k)):
        return None
    before = [m for m in told[k - 1] if _is_amount(m._replace(low=max(m.low, 3), high=max(m.high, 3)))]
    if len(before) != 2:
        return None
    one, other = before
    part, whole = (one, other) if one.low < other.low else (other, one)
    them = part.of in ("them", "whom", "these", "those")
    if not (them or (part is one and is_part_of(text, part, whole))):
        bound = part is other and (part.inferred or part.unit is None)
        if not bound:
            return None
    added = part.low + rest.low
    closes = added == whole.low
    if not closes:
        if not is_own(rest, whole) or whole.modifier is not EXACT or rest.modifier is not EXACT:
            return None
        if not 0.6 < added / whole.low < 1.7 or not (them or part is one):
            return None
    return _check([part, rest], whole, added, [1.0, 1.0], closes, TEST_REST)
