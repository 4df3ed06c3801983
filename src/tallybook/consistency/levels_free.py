"""The two levels of a change in ordinary news, where no fixed words bind them: "climbed by a third in a
year, the commissioner said. Officers logged 1,864 incidents, against 1,512 the year before".

They are the only two figures of one unit in a window of up to three sentences, words set them at two times,
and nothing in their sentences speaks of another subject: a noun that counts something else, or a subject
that itself rose or fell. Whether they may all the same be of another place, group or time is asked in
``level_doubts``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from tallybook.book.currencies import is_currency
from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.change_words import (
    CHANGE_NOUNS,
    GAP_NOUNS,
    NOUN_BEHIND,
    SWITCH,
    age_of,
    continues,
    of_money,
)
from tallybook.consistency.figures import PER_CENT
from tallybook.consistency.level_doubts import has_own_subject, words_around
from tallybook.consistency.level_subjects import is_on_subject
from tallybook.consistency.level_units import SUBUNITS, Pair, factor_between, of_one_unit
from tallybook.consistency.level_words import FORMER
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.consistency.same_words import content, stem
from tallybook.consistency.steps import AMOUNT, MULTIPLE, POINT, Step, step_of
from tallybook.reading import Mention

_FARTHEST, _MOST_GROWTH = 320, 12
_NEXT = 2
"""The windows with the sentence behind, and with that before, are of one rank: levels in both leave it
open."""
_SEASON = r"spring|summer|autumn|winter|fall|Christmas|Easter"
_MONTH = (
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
)
_TIMES = re.compile(
    rf"\b(?:(?:1[5-9]|20)\d\d|(?:last|this|next|the previous|the same|the preceding|the current) \w+|\w+ "
    rf"(?:ago|earlier|before|"
    rf"previously|later|on(?=[,;]))|now|today|then|at present|currently|formerly|previously|once|originally|"
    rf"initially|at first|"
    rf"(?:the|its|his|her|their) (?:old|new|former|replacement|successor|predecessor|present)|so far|before|"
    rf"until|had|used to|still|remain\w*|left|since|at the (?:start|end|time|outset|beginning|close|last "
    rf"count)|"
    rf"(?:in|at|by|for|of|from|on|until) (?:the )?(?:{_SEASON}|first|second|last|opening|final|following)|"
    rf"(?-i:{_MONTH}))\b",
    re.IGNORECASE,
)
_GENERAL = frozenset(
    stem(form)
    for word in word_set(
        """person people case incident report complaint offence crime call visit visitor passenger customer
        client user member application applicant place unit item copy ticket sale order booking request
        claim claimant family household resident worker employee staff pupil student child adult name entry
        event session trip journey vehicle job post position admission attendance stay night guest patient
        victim fan supporter spectator reader subscriber volunteer participant competitor runner entrant
        candidate delegate donor cardholder holder borrower taxpayer inquiry enquiry referral notice record
        instance occurrence example piece lot number figure time site location address property home bottle
        barrel crate carton bag box container load parcel unit shift appointment consultation prescription
        operation procedure
        """
    )
    for form in (word, f"{word}s", f"{word[:-1]}ies")
)
"""Nouns that can count whatever a sentence before spoke of: incidents of theft, patients of a ward."""
_QUALITIES = AnyCase(
    r"\b(?:prices?|costs?|rents?|fees?|fares?|wages?|salary|salaries|pay|tax(?:es)?|bills?|tuition|premiums?|charges?|revenues?|"
    r"takings|profits?|income|earnings|spending|punctuality|productivity|efficiency|speeds?|temperatures?|emissions|weight|"
    r"length|height|value|debts?|deficit|inflation|satisfaction|quality|fortune|wealth|pollution|rainfall|grants?|funding|"
    r"budget|reliability|safety|morale|confidence|tolls?|interest|yields?)\b",
)
"""What is no number of things: a count is no level of it."""
_PAID = AnyCase(
    r"\b(?:pa(?:y|ys|id|ying)|costs?|sells?|sold|bought|buys?|goes for|went for|fetch\w*|charg\w+|"
    r"spen[dt]\w*|earn\w*|"
    r"receiv\w+|made|making|makes|let for|rent\w*|bills?|prices?|invoice\w*|ask(?:s|ed|ing)?|due|owed?|"
    r"chang\w+ hands)\b",
)
_DIRECT = re.compile(
    r",? (?:[\w'’-]+,? ){0,4}?(?:to|at|reaching|and (?:now )?(?:stands?|is|costs?|reached|hit)(?: at)?) "
    r"(?:(?:about|just|some|only|around|nearly|a|an|the|over|under|record) ){0,2}"
)
_MOVED = re.compile(
    rf"\b{CHANGE_NOUNS} in (?!the|a\b|an\b|one|two|\d|last|this|[A-Z])|\b(?:helped|driven|thanks|boosted) "
)
_AGAINST = re.compile(
    r",? (?:(?:fewer|more|less|higher|lower|up|down) )?(?:compared (?:with|to)|against|versus|following|"
    r"after|as against|on top of) "
    r"(?:(?:a|an|the|about|some|just|only) ){0,2}"
)
_NEW_CLAUSE = re.compile(
    r"\b(?:and|but|as|with|when|because) (?!(?:it|they|that|this|there|then|now|today|in|last|which|the "
    r"(?:figure|number|total))\b)"
    r"(?:[\w'’-]+ ){1,6}?(?:is|are|was|were|has|have|had|will|rose|fell|grew|went|dropped|climbed|jumped|"
    r"expects?|costs?|sells?|"
    r"paid|made|took)\b"
)
_JOINED = re.compile(r",|,? (?:and|or) ")
_WHEN = re.compile(r"\bwhen (?:\w+ ){0,6}?$")
_CALLED = AnyCase(
    r"\b(?:call(?:s|ed|ing)|describ\w+|hail\w+|welcom\w+|blam\w+|dismiss\w+|defend\w+|credit\w+|attribut\w+|explain\w*|"
    r"the|that|this|such|what)\b[^.;:]{0,40}$",
)
_GAP = AnyCase(rf"\b{GAP_NOUNS}\b")
_SPELLED = re.compile(r"[A-Za-z ]+")


def free_pair(
    text: str,
    step: Step,
    groups: Iterator[tuple[Sequence[Mention], Sequence[Mention]]],
    is_told: Callable[[Mention], bool],
) -> Pair | None:
    """The only two levels of one unit that the nearest sentences hold; None if more could be meant, or
    nothing sets them at two times.

    ``groups``: the figures of the windows around the change and the levels among them, the narrowest first.
    """
    if step.kind == MULTIPLE or step.size.trend is None:
        return None
    found: Pair | None = None
    nearest = 0
    for k, (figures, some) in enumerate(groups):
        if found is not None and k > _NEXT:
            return found
        if not k:
            nearest = len(some)
        elif len(some) == nearest:
            continue  # no other levels than in the narrowest window, where two would have been the answer
        if len(some) < 2:
            continue
        levels = _narrowed(of_one_unit(text, step, some))
        if levels is None:
            continue
        if len(levels) > 2:
            return found
        if len(levels) == 2:
            one, other = levels
            pair = Pair(one, other, one.start == other.start, one.sentence != other.sentence, free=True)
            bound = _is_bound(text, step, pair, figures, is_told)
            if not k or k > _NEXT or (bound and found is not None):
                return pair if bound and found is None else None
            found = pair if bound else found
    return found


def _narrowed(levels: list[Mention] | None) -> list[Mention] | None:
    """Without "a dozen" beside two sums of money, and the like."""
    if levels is None or len(levels) < 3:
        return levels
    named = [m for m in levels if m.unit is not None or _SPELLED.fullmatch(m.words) is None]
    return named if len(named) == 2 else levels


def _is_bound(
    text: str, step: Step, pair: Pair, figures: Sequence[Mention], is_told: Callable[[Mention], bool]
) -> bool:
    first, second = pair.first, pair.second
    factor = factor_between(first.unit, second.unit)
    if factor is None or second.start - first.end > _FARTHEST:
        return False
    bare = first.unit is second.unit is None and step.size.sentence != first.sentence
    if bare and step.kind == AMOUNT and is_measured(step.size.unit):
        return False
    low, high = sorted((first.low * factor, second.low))
    if high > _MOST_GROWTH * low or _is_other_size(text, step, pair):
        return False
    if (first.per is None) != (second.per is None) and step.size.sentence != first.sentence:
        return False
    apart = [m for m in (first, second) if m.sentence != step.size.sentence]
    if any(is_told(m) for m in apart) or _has_own_step(text, step, apart, figures):
        return False
    if not (pair.known or in_time(text, step.size, first, second)):
        return False
    if step.drawn and (apart or not _sums_up_in(text, step)):
        return False
    if len(apart) < 2 and not _one_clause(text, step, pair):
        return False
    if len(apart) == 2 and first.sentence == second.sentence:
        known = text[step.size.sentence[0] : step.size.sentence[1]][:400]
        apart = [] if not pair.known and has_own_subject(text, first.end, second.end, known) else [first]
        return bool(apart) and _goes_on(text, step, first, pair)
    return all(_goes_on(text, step, m, pair) for m in apart)


def _is_other_size(text: str, step: Step, pair: Pair) -> bool:
    """Whether a figure is another change: "rose by $4m, compared with $3m in the year before"."""
    if step.kind not in (AMOUNT, POINT):
        return False
    behind = min((m for m in pair[:2] if m.start >= step.size.end), key=lambda m: m.start, default=None)
    return behind is not None and _AGAINST.fullmatch(text, step.size.end, behind.start) is not None


def _one_clause(text: str, step: Step, pair: Pair) -> bool:
    """Whether no subject that rose or fell by itself parts the figures of a sentence."""
    told = sorted(
        (m for m in (step.size, *pair[:2]) if m.sentence == step.size.sentence), key=lambda m: m.start
    )
    for one, other in pairwise(told):
        gap = text[one.end : other.start]
        listed = _JOINED.fullmatch(gap) is not None and (gap != ", " or step.size not in (one, other))
        if (
            SWITCH.search(gap)
            or listed
            or _MOVED.search(gap)
            or _NEW_CLAUSE.search(gap)
            or has_own_subject(text, one.end, other.end, "")
        ):
            return False
        if ";" in gap and not (
            continues(text, one.end + gap.rfind(";"), other.end)
            or _TIMES.match(text, one.end + gap.rfind(";") + 2)
        ):
            return False
    return True


def _sums_up_in(text: str, step: Step) -> bool:
    """Whether a loss is told beside what was there before and what is left."""
    start, end = step.size.sentence
    return re.search(r"\b(?:ending|leaving|having|down to|left with|so)\b", text[start:end][:400]) is not None


def _has_own_step(text: str, step: Step, apart: Sequence[Mention], figures: Sequence[Mention]) -> bool:
    """Whether a sentence of a level tells of another change."""
    sentences = {m.sentence for m in apart}
    return any(
        m.sentence in sentences and m.start != step.size.start and step_of(text, m) is not None
        for m in figures
    )


def in_time(text: str, change: Mention, first: Mention, second: Mention) -> bool:
    """Whether words set the two levels of a change at two times."""
    if FORMER.search(text, first.end, second.start) or FORMER.search(
        text, max(first.sentence[0], first.start - 48), first.start
    ):
        return True
    if change.end <= second.start and _WHEN.search(text, max(change.end, first.end), second.start):
        return True
    one, other = words_around(text, first, (change, second)), words_around(text, second, (change, first))
    ages = age_of(one), age_of(other)
    if ages[0] != ages[1] and min(ages) <= 1:
        return True
    marks = [{word.lower() for word in _TIMES.findall(words)} for words in (one, other)]
    return marks[0] != marks[1]


def _goes_on(text: str, step: Step, level: Mention, pair: Pair) -> bool:
    """Whether the sentence of a level goes on about what changed."""
    known = text[step.size.sentence[0] : step.size.sentence[1]][:400]
    if has_own_subject(text, level.sentence[0], level.end, known):
        return False
    if pair.known and level.end <= step.size.start and NOUN_BEHIND.match(text, step.size.end):
        return _CALLED.search(text, step.size.sentence[0], step.size.start) is not None
    direct = _is_direct(text, step, level, pair)
    return is_on_subject(text, level, known, past=direct) and _measures(
        text, step, level, pair, known, direct
    )


def _is_direct(text: str, step: Step, level: Mention, pair: Pair) -> bool:
    """Whether the other level stands directly behind the change: "by 15% to 9.2p"."""
    if step.size.sentence not in (pair.first.sentence, pair.second.sentence):
        return False
    own = pair.first if pair.second is level else pair.second
    return own.start >= step.size.end and _DIRECT.fullmatch(text, step.size.end, own.start) is not None


def _measures(text: str, step: Step, level: Mention, pair: Pair, known: str, direct: bool) -> bool:
    """Whether what a level counts or measures can be what changed."""
    if pair.second.unit is None and pair.first.unit is None:
        return True  # a bare number leaves its noun to the sentence before
    counted = next((m.noun for m in (pair.first, pair.second) if m.noun and not is_measured(m.unit)), None)
    if counted is not None:
        nouns, told = set(content(counted)), set(content(known))
        return bool(nouns & (_GENERAL | told))
    before = text[level.sentence[0] : min(level.sentence[1], level.end + 60)][:400]
    if direct or level.unit == PER_CENT or level.unit is None:
        return True
    if is_currency(level.unit) or level.unit in SUBUNITS:
        return (_PAID.search(before) is not None or continues(text, *level.sentence)) and of_money(known)
    return True


def of_other_kind(text: str, step: Step, pair: Pair) -> bool:
    """Whether a price, a speed or the like changed, and the levels count things."""
    if step.kind == MULTIPLE or step.size.trend is None:
        return False
    own = text[max(step.size.sentence[0], step.size.start - 80) : step.size.start]
    if pair.first.sentence != step.size.sentence != pair.second.sentence and _GAP.search(own):
        told = text[pair.first.sentence[0] : pair.second.end]
        return _GAP.search(told) is None  # a lead is halved, and the levels are two results
    counted = next((m.noun for m in (pair.first, pair.second) if m.noun and not is_measured(m.unit)), None)
    direct = pair.first.start >= step.size.end and _DIRECT.fullmatch(text, step.size.end, pair.first.start)
    if counted is None or pair.known or direct:
        return False
    start = max(step.size.sentence[0], step.size.start - 160)
    subject = text[
        start : min(step.size.sentence[1], step.size.end + 24, max(pair.first.start, step.size.end))
    ]
    return _QUALITIES.search(subject) is not None
