"""A total, a number and their mean that stand apart, in any order: "The average bonus was £6,400; 2,150 staff
shared £13.8m", "We have 18 crews and they answered 5,580 calls. That is 310 each."

A figure that words call a mean is set beside every number and total near it that it could be the mean of by
their units and nouns. One pair that fits is enough to close. That none fits is said only if there is but one
pair, and words draw the mean from the two or the total from the other two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tallybook.book.currencies import is_currency
from tallybook.consistency.any_case import AnyCase, has_any
from tallybook.consistency.averages import average_of, factor
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, POINTS, TIMES, is_one_number, shown, told_of
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.mean_figures import Mean, as_mean
from tallybook.consistency.mean_words import is_one_thing
from tallybook.consistency.passages import Passage, passages
from tallybook.consistency.periods import base_of
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.prose import converted
from tallybook.reading import Mention
from tallybook.terms import BOUNDS

_ANY_MEAN = (
    " per", "ach", "averag", "Averag", "apiece", "mean", "very", "a head", "a piece",
    "A ", "An ", "One ", "At ",
)  # fmt: skip
_ANY_NOUN = re.compile(r"a (?<=\ba )[a-z]+[.,;:)!?”\"]")
"""One of these words, or such a noun, is in every text that calls a figure a mean."""
# Words that make a total the sum of what the number counts.
_SHARED = AnyCase(
    r"\b(?:shar(?:e|ed|es|ing)|split|divid(?:e|ed|es)|distribut(?:e|ed)|between them|among them|between|"
    r"among|"
    r"pot|equally|evenly|jointly|collectively|together|combined)\b",
)
_TOTAL_BEFORE = AnyCase(
    r"(?:\b(?:an? (?:[a-z]+ )?(?:bill|sum|cost|haul|pot|outlay) of|a (?:grand |combined )?total(?: of)?|"
    r"totall?ing|adding up to|adds? up to|making|bringing in|raising|"
    r"the (?:whole|total|bill|sum|lot)\b[^;:.\d]{0,40}|which (?:makes|made|means|brings in|brought in)|"
    r"that (?:brings|brought) in)(?: (?:about|some|roughly|nearly|over|just|almost|a|the|up|to|total|of|"
    r"off|in|out))*"
    r"(?: [a-z]+)? |(?:[:–—]|\b(?:so|or)) ?(?:(?:about|some|roughly|nearly|just) )?)$",
)
_TOTAL_BEHIND = re.compile(
    r"[^,;:.\d]{0,30}? (?:in all|in total|altogether|all told|between them|among them)\b"
)
_SPENT_ON = re.compile(
    r" (?:for|on|across|among|between|from|in|over|to) (?:the |its |their |all |just |only )?$"
)
_TAKEN = re.compile(
    r"[^;:.\d]{0,40}\b(?:and|who|which) (?:has |have |had )?(?:spent|took in|paid(?: out)?|raised|"
    r"collected|cost|gave|"
    r"earned|brought in|netted|handed out) (?:(?:about|some|nearly|almost) )?$"
)
_WON = re.compile(
    r"(?: [a-z]+){0,3}? (?:won|got|received|shared|raised|paid|spent|cost|gave|earned|collected|made|"
    r"took|brought in) "
    r"(?:(?:about|some|nearly|almost) )?"
)
_OVER = AnyCase(r"\b(?:over|in|across|from|during|for) (?:(?:the|its|their|his|her|all) )?(?:\w+ )?$")
_AVERAGE_NOUN = AnyCase(r"\b(?:average|mean) ((?:[a-z]+ ){1,3})")
# What may make a figure one of another time, place or group than the other two.
_ASTRAY = AnyCase(
    r"\b(?:than|compared|versus|vs|against|others?|another|rivals?|previous(?:ly)?|(?:year|season|month|"
    r"week) "
    r"(?:before|earlier|ago)|including|plus|extra|additional|further|alone|highest|largest|biggest|smallest|"
    r"cheapest|dearest|up to|as (?:much|many) as|most of|part of|remaining|the rest|median|typical(?:ly)?|"
    r"while|whereas|although|though|but|with (?:gifts|interest|tax|tips|donations|grants|extras|bonuses)|"
    r"before tax|after tax|usual(?:ly)?|normal(?:ly)?|expected|forecast|some of|at least|at most|national|"
    r"nationally|elsewhere|if)\b",
)
_HAS_ASTRAY = re.compile(
    r"\b(?:last|previous|past|next) (?:year|season|month|week|spring|summer|autumn|winter)\b"
)
_VERBS = frozenset(
    {"averages", "comes", "makes", "works", "amounts", "gives", "means", "adds", "equals", "has", "this"}
)
# What may stand behind a mean that is that of all: not "€9m each for the best three".
_CLOSED = re.compile(
    r" ?(?:[,;:.!?)”\"–—]|$)| (?:and|when|so|said|says|according|is|was|which)\b|(?: [a-z]+){1,2} ?[,.;]"
)
# What makes a figure a distance from a mean: "averaged 41,300, about 3,000 | below capacity".
_TO_A_SIDE = re.compile(
    r" (?:more|less|fewer|higher|lower|better|worse|above|below|short|shy|ahead|behind|up on|down on)\b"
)
# What a mean may be called whatever the number counts.
_OF_ANYTHING = word_set(
    """
    of was is were being came comes stood stands works worked cost price payment payout grant bonus fine
    bill share sum amount figure number crowd attendance contribution donation gift bid fee award prize
    loan sale gate take
    """
)
_PERFORMED = word_set(
    "game match appearance fixture test race show performance concert screening meeting session"
)
_MANY_TIMES = 20
_MOST = 9
_WHOSE = word_set("them us which whom these those")


def means_apart(
    text: str, told: Sequence[tuple[Mention, ...]], checks: Sequence[Check] = ()
) -> Iterator[Check]:
    """A check for every mean whose total and number stand near it, apart from the means of ``checks``."""
    if sum(map(len, told)) < 3 or not (has_any(text, _ANY_MEAN) or _ANY_NOUN.search(text)):
        return
    is_told = told_of(checks)
    for k, figures in enumerate(told):
        if len(figures) > _MOST:
            continue
        for figure in figures:
            if is_told(figure):
                continue
            mean = as_mean(text, figure)
            if mean is not None and (check := _checked(text, told, k, mean)) is not None:
                yield check
                break


def _checked(text: str, told: Sequence[tuple[Mention, ...]], k: int, mean: Mean) -> Check | None:
    """What the nearest total and number say of a mean; None where they leave it open."""
    near = told[max(0, k - 2) : k + 2]
    if not any(_may_be_total(m, mean) for figures in near for m in figures):
        return None
    if _TO_A_SIDE.match(text, mean.end):
        return None
    for passage in passages(text, told, k):
        pairs = list(_pairs(passage, mean))
        if mean.base == "" and mean.figure.unit is None and _several_numbers(pairs):
            return None
        for total, count in pairs:
            check = average_of(mean.figure, total, count)
            if check is None or not check.closes or _is_of_another(text, mean, total, count):
                continue
            last = mean.figure.start > max(total.start, count.start)
            if last and _CLOSED.match(text, mean.end) is None:
                continue
            if total.modifier not in BOUNDS or 0.8 < _ratio(mean, total, count) < 1.25:
                return check
        if len(pairs) == 1:
            return _slip(passage, mean, *pairs[0])
        if pairs:
            return None
    return None


def _several_numbers(pairs: Sequence[tuple[Mention, Mention]]) -> bool:
    """Whether "each" may be one of two numbers: "12 galleries showed 600 works by 150 artists, four each"."""
    return len({count.start for total, count in pairs if count.low < total.low}) > 1


def _pairs(passage: Passage, mean: Mean) -> Iterator[tuple[Mention, Mention]]:
    """Every total and number of a passage that a mean may be of."""
    counts = [m for m in passage.figures if _may_be_number(passage.text, m, mean)]
    if mean.base:
        named = [m for m in counts if _is_named(passage.text, m, mean)]
        counts = named or counts
    totals = [m for m in passage.figures if _may_be_total(m, mean)] if counts else []
    for count in counts:
        if count.unit == TIMES:
            count = count._replace(unit="occasion")
        for total in totals:
            if total.start != count.start:
                yield total, count


def _is_named(text: str, count: Mention, mean: Mean) -> bool:
    """Whether a number is one of what the mean is for one of."""
    if count.unit is None or count.of in _WHOSE:
        return bool(mean.base) and f"{mean.base}s" in text[max(0, count.start - 300) : count.start].lower()
    if count.unit in (TIMES, "occasion"):
        return True
    return is_one_thing(mean.base, count, mean.figure)


def _may_be_number(text: str, mention: Mention, mean: Mean) -> bool:
    if mention.per is not None or mention.low < 2 or mention.modifier in BOUNDS:
        return False
    if mention.start == mean.figure.start or not _is_level(mention) or mention.low != int(mention.low):
        return False
    if mention.unit is None:
        return mention.of in _WHOSE
    if is_currency(mention.unit) or mention.unit == PER_CENT:
        return False
    if mention.unit == TIMES:
        return bool(mean.base)
    if is_measured(mention.unit):
        return bool(mean.base) and is_one_thing(mean.base, mention, mean.figure)
    return mention.unit != mean.figure.unit


def _may_be_total(total: Mention, mean: Mean) -> bool:
    figure = mean.figure
    if total.start == figure.start or not _is_level(total) or total.unit in (PER_CENT, "percentage point"):
        return False
    if total.per is not None and base_of(total.per) is None:
        return False
    if figure.unit is None:
        plain = not is_measured(total.unit) or is_currency(total.unit or "") or total.unit in POINTS
        return total.low > figure.low and plain
    if total.unit is None:
        return not is_measured(figure.unit) and total.low > figure.low
    times = 1.0 if total.unit == figure.unit else None
    if times is None and is_measured(figure.unit) and is_measured(total.unit):
        times = factor(total, figure)
    return times is not None and total.low * times > figure.low


def _is_level(mention: Mention) -> bool:
    if mention.unit == TIMES and mention.low > _MANY_TIMES:
        mention = mention._replace(unit="occasion")
    return is_one_number(mention)


def _is_of_another(text: str, mean: Mean, total: Mention, count: Mention) -> bool:
    """Whether a number that happens to fit counts nothing that words make the mean one of."""
    return bool(mean.base) and not _is_named(text, count, mean) and not mean.drawn


def _slip(passage: Passage, mean: Mean, total: Mention, count: Mention) -> Check | None:
    """A mean that the only total and number near it do not have, if words make it theirs beyond doubt."""
    text, figure = passage.text, mean.figure
    check = average_of(figure, total, count)
    if check is None or total.modifier in BOUNDS or _CLOSED.match(text, mean.end) is None:
        return None
    if mean.base and not _is_named(text, count, mean):
        return None
    if mean.base == "" and not _is_subject(text, mean, count):
        return None
    start, end = min(figure.start, total.start, count.start), max(mean.end, total.end, count.end)
    opening = figure.sentence[0]
    said = text[max(passage.start, min(start, opening)) : min(passage.end, end + 30)]
    own = text[opening : mean.end]
    if _ASTRAY.search(said) or (_HAS_ASTRAY.search(own) and total.sentence != figure.sentence):
        return None
    if not _is_drawn(text, mean, total, count):
        return None
    ratio = _ratio(mean, total, count)
    return _worded(check, mean, total, count) if is_slip(figure.low, figure.low / ratio) else None


def _is_subject(text: str, mean: Mean, count: Mention) -> bool:
    """Whether "each" may be each of what a number counts: in "Tickets cost £40 each" it is a ticket."""
    figure = mean.figure
    clause = re.split(r"[.;:,]", text[figure.sentence[0] : figure.start])[-1]
    if count.sentence == figure.sentence and count.start > figure.start - len(clause) - 2:
        return True
    plurals = [word for word in re.findall(r"[A-Za-z]{3,}s\b", clause) if not word.endswith("ss")]
    plurals = [word for word in plurals if word.lower() not in _VERBS]
    if not plurals:
        return True
    return any(is_one_thing(re.sub(r"(?<!s)s$", "", word.lower()), count, figure) for word in plurals)


def _is_drawn(text: str, mean: Mean, total: Mention, count: Mention) -> bool:
    """Whether words draw the mean from its total and number, or the total from the other two."""
    figure = mean.figure
    averaged = re.search(
        r"(?<!\bthat )(?<!\bThat )(?<!\bwhich )(?<!\bThis )\baverag(?:ed|ing|es) (?:\w+ )?$",
        text[max(0, figure.start - 24) : figure.start],
    )
    if mean.drawn and figure.start > max(total.start, count.start):
        return averaged is None or total.sentence == figure.sentence
    if not _is_of(text, mean, count):
        return False
    before = text[max(total.sentence[0], total.start - 60) : total.start]
    behind = total.start > max(figure.start, count.start)
    if (behind and _TOTAL_BEFORE.search(before)) or _TOTAL_BEHIND.match(text, total.end):
        return True
    if total.sentence != count.sentence:
        return False
    if mean.leads and total.sentence == figure.sentence:
        return True
    first, last = min(total.start, count.start), max(total.end, count.end)
    if last - first > 120:
        return False
    if _SHARED.search(text[first:last]):
        return True
    if total.start < count.start:
        return bool(_SPENT_ON.fullmatch(text[total.end : count.start]))
    if (
        mean.base
        and count.start < total.start < figure.start
        and _WON.fullmatch(text[count.end : total.start])
    ):
        return True
    performed = count.unit in _PERFORMED and _OVER.search(text[max(0, count.start - 24) : count.start])
    return bool(performed or _TAKEN.fullmatch(text[count.end : total.start]))


def _is_of(text: str, mean: Mean, count: Mention) -> bool:
    """Whether "the average grant" is that of what a number counts, or may be that of anything."""
    if mean.base is not None:
        return True
    figure = mean.figure
    named = _AVERAGE_NOUN.search(text, max(figure.sentence[0], figure.start - 60), figure.start)
    if named is None:
        return True
    words = named[1].lower().split()
    if words[0] in _OF_ANYTHING or (words[-1] in _OF_ANYTHING and len(words) < 3):
        return True
    unit = count.unit or ""
    return any(
        is_one_thing(word, count, figure) or (len(word) > 2 and unit.startswith(word)) for word in words
    )


def _ratio(mean: Mean, total: Mention, count: Mention) -> float:
    """How many times the stated total the mean and the number make."""
    return mean.figure.low * count.low / (total.low * (factor(total, mean.figure) or 1.0))


def _worded(check: Check, mean: Mean, total: Mention, count: Mention) -> Check:
    """The same; a total that is drawn from the other two is recomputed from them."""
    figure = mean.figure
    if check.closes or total.start < max(figure.start, count.start):
        return check
    made = figure.low * count.low / (factor(total, figure) or 1.0)
    why = f"{shown(figure)} × {shown(count)} = {converted(made, [total.low])}, not {total.words}."
    return replace(check, why=why)
