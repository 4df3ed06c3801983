"""Lengths of time whose two moments stand in other clauses, or up to two sentences away.

"The dam was started in 1957. Six years later, in 1965, …", "blocked the road on 12 January … came through on
2 February", "From 2004 to 2009. Four and a half years of my life". Only where just two moments are near; what
closes is told, and what does not only where words bind all three.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from typing import NamedTuple

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.length_bonds import (
    Bond,
    bond_of_words,
    counts_from_start,
    is_union,
    lasts_till_now,
)
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.moment_words import (
    BEGUN,
    FROM_IT,
    HEDGES,
    LASTS,
    LENGTH_OF,
    LENGTH_TAIL,
    NOW,
    OVER,
    STAYS,
    STILL,
    SUMMED,
    TO_IT,
    TO_THE_DAY,
)
from tallybook.consistency.moments import Moment, span
from tallybook.reading import Mention
from tallybook.terms import Modifier

Sentence = tuple[int, int]
Measure = Callable[[Moment, Moment, Mention], Check | None]
_BEFORE, _BEHIND, _LONGEST, _MOST = 90, 70, 700, 8
_NOT_OF_THEM = AnyCase(
    r"\b(?:in|within|every|each|per|than|another|further|any|some|next|last|past|first|previous|extra|"
    r"additional"
    r"|aged|old|of the|last for|up to|sentenced to|gave|given|got|jailed for|to) (?:the )?$",
)
_PLANNED = re.compile(
    r"\b(?:would|will|should|may|might|could|can|shall|expect\w*|plan(?:s|ned)?|due to last"
    r"|scheduled to|supposed to"
    r"|sentenc\w+|meant to|used to|had (?:worked|been an?))\b"
)
_AFTER = re.compile(
    r" (after|before|from) (?:the |his |her |its |their |it |he |she |they )?"
    r"(?:(?!\b(?:that|who|whose|where|when)\b)[^.;:]){0,80}?(?:in|on|of|at|since) (?:[A-Z][a-z]+day,? )?"
)
_EARLIER = re.compile(r" (?:before|earlier)(?:[.,;:)”]|$)")
_CAME = re.compile(
    r",? ?(?:(?:it |he |she |they )?(?:came|comes|followed|happened|occurred|took place|arrived),? )?"
    r"(?:just |only |some |about |exactly |almost |nearly )?"
)
_LATER = re.compile(
    r" (?:later|on|afterwards|after that|to the (?:day|hour|minute|week|month)"
    r"|(?:before|earlier)(?=[.,;:)”]|$))(?![a-z])(?! than\b)"
)
_LATER_ON = re.compile(r" (?:later|on|afterwards),? (?:in|on|at) (?:[A-Z][a-z]+day,? )?")
_ON_THE_DAY = re.compile(
    r"(?: (?:when|before|until|as) [^.;:\d]{3,60})?,? ?(?:just |only |about |exactly |some |a full )?"
)
_FOR_IT = re.compile(
    r"(?:^|[:;.–—] ?|\bso |\band )[“\"]?[Ff]or (?:(?:just|only|about|some|exactly|nearly|all) )?$"
)
_SAME_SUBJECT = AnyCase(r" (?:(?:nobody|no one|none|nothing) had|it|he|she|they)\b")
_ON_AVERAGE = AnyCase(
    r"\b(?:average|typical|typically|usually|most|longest|shortest|each)\b",
)
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.25, "decade": 3652.5}
_THERE = re.compile(
    r"\bhad been (?:on|in|at|inside|out|away|missing|held|trapped|cut off|stranded|adrift|there)\b"
)
_HAD_BEEN = re.compile(r"\bhad been (?:[a-z-]+ ){1,4}for $")
_OFF_IT = re.compile(
    r"-| (?:after|before|later|earlier|early|late|ago|of|to|from|behind|ahead|short|into|on|more|less"
    r"|longer|shorter|over|overdue|younger|older|away|apart"
    r"|and|or|than|beyond|past|since|old|shy|sooner|too|for|without)\b"
)
_AFTER_START = re.compile(
    r" (?:after|from) (?:its |his |her |their |the |it |he |she |they )?(?:(?:lift|take)-?off|launch\w*"
    r"|start\w*|beg[au]n\w*|beginning|open\w*|outbreak|set out|work (?:began|started))\b"
)
_MOST_TIMES = 3.5
"""A length so many times too long is of something else."""
_SUBJECT = 3
_ANOTHER_ONE = AnyCase(r"\b(?:one|ones|other|previous|last|first|second|next|former|latter|it|longest)\b")
_BARS = re.compile(
    r" (?:behind bars|inside|in (?:jail|prison|custody|captivity|space|orbit|office|power)|at sea)\b"
)
_OPENING = ' “"‘(—–'
_ALONE = re.compile(r"[!.,;:”\"?–—]")


class Near(NamedTuple):
    """The moments of a stretch of sentences, and how many lengths of time it has."""

    start: int
    end: int
    moments: list[Moment]
    lengths: int


def lengths_near(
    text: str,
    lengths: Sequence[Mention],
    moments: dict[Sentence, list[Moment]],
    of: Callable[[Mention], bool],
    sentences: Sequence[Sentence],
    measure: Measure,
    closed: Set[tuple[int, int]],
) -> Iterator[Check]:
    """A check for each length; ``of``: whether it is in the unit of these moments (days, or minutes);
    ``closed``: where two moments begin that another length fits, with which no further one need fit."""
    fitting = set(closed)
    found: list[tuple[tuple[int, int], Check]] = []
    place = {sentence: k for k, sentence in enumerate(sentences)}
    counted: dict[Sentence, int] = {}
    for length in lengths:
        counted[length.sentence] = counted.get(length.sentence, 0) + 1
    for length in lengths:
        if not of(length) or _is_not_of_them(text, length):
            continue
        near = _near(text, length, moments, sentences, place[length.sentence], counted)
        if near is None or _lasts_till_now(text, near, length):
            continue
        first, last = _in_order(text, *near.moments)
        if _EARLIER.match(text, length.end) and not (first.dated and last.dated) and first.end < length.start:
            first, last = last, first
        bond = _bond(text, near, first, last, length)
        check = measure(first, last, length) if bond is not Bond.NONE else None
        if check is not None and _is_told(near, first, last, length, check, bond):
            both = min(first.start, last.start), max(first.start, last.start)
            found.append((both, check))
            if check.closes:
                fitting.add(both)
    yield from (check for both, check in found if check.closes or both not in fitting)


def _lasts_till_now(text: str, near: Near, length: Mention) -> bool:
    one, other = near.moments
    return lasts_till_now(text, one, other, length)


def _is_told(near: Near, first: Moment, last: Moment, length: Mention, check: Check, bond: Bond) -> bool:
    """Whether a check is given: one that closes if words may bind the three, any other if they do."""
    if check.closes:
        bounded = length.modifier in (Modifier.OVER, Modifier.UP_TO, Modifier.UNDER, Modifier.AT_LEAST)
        return not bounded or not _is_far(first, last, length)
    if near.lengths > 1:
        return False
    if bond is Bond.SLIP and _is_slip_of_length(first, last, length):
        return True
    return bond is Bond.SURE or (bond in (Bond.LONGER, Bond.SLIP) and _is_too_long(first, last, length))


def _is_far(first: Moment, last: Moment, length: Mention) -> bool:
    """Whether a bound ("over five years") is far from the time between two moments."""
    size, days = span(first, last), _DAYS.get(length.unit or "")
    if size is None or days is None or size.most <= 0:
        return True
    return abs(length.low * days - size.most) > 0.2 * size.most


def _is_too_long(first: Moment, last: Moment, length: Mention) -> bool:
    """Whether a length cannot lie between two moments, whatever it is the length of."""
    size = span(first, last)
    days = _DAYS.get(length.unit or "")
    if size is None or days is None or size.most <= 0:
        return False
    least = 1.0 if length.modifier in (Modifier.OVER, Modifier.AT_LEAST) else 1.1
    return least * (size.most + 1) < length.low * days <= _MOST_TIMES * (size.most + 1)


def _is_slip_of_length(first: Moment, last: Moment, length: Mention) -> bool:
    size, days = span(first, last), _DAYS.get(length.unit or "")
    if size is None or days is None or size.most <= 0:
        return False
    made = [round(many / days) for many in (size.least, (size.least + size.most) / 2, size.most)]
    return any(one > 0 and is_slip(length.low, one, exact=True) for one in made)


def _is_not_of_them(text: str, length: Mention) -> bool:
    before = text[max(length.sentence[0], length.start - 24) : length.start]
    return _NOT_OF_THEM.search(before) is not None or text[length.end : length.end + 4] == " ago"


def _near(
    text: str,
    length: Mention,
    moments: dict[Sentence, list[Moment]],
    sentences: Sequence[Sentence],
    k: int,
    counted: dict[Sentence, int],
) -> Near | None:
    """The fewest sentences around a length that have two moments; None if they have more, or none has."""
    for low, high in ((k, k), (k - 1, k), (k, k + 1), (k - 2, k)):
        if low < 0 or high >= len(sentences) or not _adjoin(text, sentences[low : high + 1]):
            continue
        found = [m for sentence in sentences[low : high + 1] for m in moments.get(sentence, ())]
        if len(found) > _MOST:
            return None
        if len(found) >= 2:
            start, end = sentences[low][0], sentences[high][1]
            many = sum(counted.get(sentence, 0) for sentence in sentences[low : high + 1])
            return Near(start, end, found, many) if len(found) == 2 and _comparable(*found) else None
    return None


def _adjoin(text: str, sentences: Sequence[Sentence]) -> bool:
    """Whether sentences follow each other in one paragraph, with nothing between them."""
    if sentences[-1][1] - sentences[0][0] > _LONGEST:
        return False
    return "\n" not in text[sentences[0][0] : sentences[-1][1]].strip()


def _comparable(first: Moment, last: Moment) -> bool:
    """Whether two moments bound a length: "5 June" and "1998" do not."""
    if first.dated == last.dated:
        return first.words != last.words
    bare = first if first.dated else last
    return not bare.words.isdecimal()


def _in_order(text: str, first: Moment, last: Moment) -> tuple[Moment, Moment]:
    """The earlier moment first, by their years or by what begins and ends at them."""
    if first.dated and last.dated:
        size = span(first, last)
        return (last, first) if size is not None and size.most < 0 else (first, last)
    if _is(text, OVER, first, last) and _is(text, BEGUN, last, first) and not _is(text, OVER, last, first):
        return last, first
    return first, last


def _is(text: str, words: AnyCase | re.Pattern[str], moment: Moment, other: Moment) -> bool:
    """Whether words of beginning, or of ending, belong to a moment: before it, or behind a fronted one."""
    return words.search(_clause(text, moment, other)) is not None


def _clause(text: str, moment: Moment, other: Moment) -> str:
    start, end = moment.sentence
    low = max(start, moment.start - _BEFORE, other.end if other.end <= moment.start else start)
    before = text[low : moment.start]
    high = min(end, moment.end + _BEHIND, other.start if other.start >= moment.end else end)
    behind = text[moment.end : high]
    cut = re.search(r"[.;:]|,? (?:and|but|until)\b", behind)
    behind = behind[: cut.start()] if cut else behind
    fronted = re.fullmatch(
        r".{0,2}(?:On|In|At|By|From|It was (?:on|in))? ?(?:[A-Z][a-z]+day,? )?", before[-24:]
    )
    return behind if fronted else before + (behind if behind.startswith(", when") else "")


def _bond(text: str, near: Near, first: Moment, last: Moment, length: Mention) -> Bond:
    """How surely a length is that of its two moments."""
    before = text[max(length.sentence[0], length.start - _BEFORE) : length.start]
    behind = text[last.end : length.start] if last.end <= length.start else before
    planned = behind if behind.startswith(", after ") else before
    if _PLANNED.search(planned) or _ON_AVERAGE.search(before):
        return Bond.NONE
    if _counted_from(text, near, length):
        return Bond.SURE
    plain = HEDGES.sub("", before)
    if _from_to(text, *near.moments):
        if _told_alone(text, plain, length):
            return Bond.SURE
        led = _is_led(text, near.moments[0]) and (STAYS.search(plain) or plain.endswith(" for "))
        return _kept_up(text, length, near) or (Bond.LONGER if led else Bond.LOOSE)
    if not _begun_and_over(text, first, last, plain):
        begun = _clause(text, first, last)
        known = BEGUN.search(begun) is not None
        if known and (is_union(before) or counts_from_start(text, length, begun)):
            return Bond.SURE
        return Bond.LOOSE if _is_of_it(text, plain, length) else Bond.NONE
    bond = _says_how_long(text, plain, length, near)
    if bond in (Bond.LOOSE, Bond.LONGER):
        words = bond_of_words(text, first, last, length, _clause(text, first, last))
        return max(bond, words, key=lambda one: one.value)
    return bond


def _counted_from(text: str, near: Near, length: Mention) -> bool:
    """ "Six years later, in 1965,", "came 24 years after the rising of 1945"."""
    one, two = near.moments
    after = _AFTER.match(text, length.end, min(len(text), length.end + 110))
    if after is not None:
        if not _ALONE.match(text, two.end) and two.end < len(text):
            return False
        if one.end <= length.start and two.start == after.end():
            return (
                one.sentence == two.sentence
                and _CAME.fullmatch(text[one.end : length.start][:40]) is not None
            )
        return _is_fronted(text, length) and one.start == after.end() and text.startswith(", ", one.end)
    later = _LATER.match(text, length.end) or TO_THE_DAY.search(length.words)
    if not later or two.sentence != length.sentence:
        return False
    if two.end <= length.start:
        return _ON_THE_DAY.fullmatch(text[two.end : length.start][:90]) is not None
    behind = _LATER_ON.match(text, length.end, min(len(text), length.end + 40))
    return one.end <= length.start and behind is not None and behind.end() == two.start


def _is_fronted(text: str, length: Mention) -> bool:
    opening = text[length.sentence[0] : length.start].strip(_OPENING).lower()
    return opening in ("", "the", "those", "exactly", "just", "some", "almost", "nearly", "only", "about")


def _from_to(text: str, first: Moment, last: Moment) -> bool:
    if first.sentence != last.sentence:
        return False
    before = text[max(first.sentence[0], first.start - _BEFORE) : first.start]
    return bool(FROM_IT.search(before) and TO_IT.fullmatch(text[first.end : last.start][:120]))


def _begun_and_over(text: str, first: Moment, last: Moment, before: str) -> bool:
    if not _is(text, BEGUN, first, last):
        return False
    if _is(text, OVER, last, first):
        return True
    clause = _clause(text, last, first)
    return STILL.search(before) is not None and NOW.search(clause) is not None


def _is_led(text: str, first: Moment) -> bool:
    """Whether "from D to E" or "between D and E" opens its sentence."""
    opening = text[first.sentence[0] : first.start].lstrip(_OPENING)
    return opening.lower().startswith(("from ", "between "))


def _told_alone(text: str, before: str, length: Mention) -> bool:
    """ "A career of 34 years", “Sixteen months!”: it can be the length of nothing else."""
    closed = LENGTH_TAIL.match(text, length.end) is not None
    if LENGTH_OF.search(before) or (SUMMED.search(before) and closed):
        return True
    return closed and (_is_fronted(text, length) or re.search(r"(?:,|–|—|:| \() ?$", before) is not None)


def _says_how_long(text: str, before: str, length: Mention, near: Near) -> Bond:
    """How surely the words around a length say that it is that of what begins and ends."""
    if _told_alone(text, before, length) or _is_apposed(text, length, near):
        return Bond.SURE
    kept = _kept_up(text, length, near)
    if kept is not None:
        return kept
    if LENGTH_TAIL.match(text, length.end) is None:
        return Bond.LOOSE
    explained = text.startswith(": ", length.end) and near.moments[0].start > length.end
    explained = explained and near.moments[0].sentence == length.sentence
    if explained or STILL.search(before) or re.search(r"\bafter $", before):
        return Bond.SURE
    lasted, stayed = LASTS.search(before), STAYS.search(before)
    if lasted is not None and not _is_known(text, lasted[1], lasted[2], length, near):
        named = lasted[1].lower().startswith("the ") and not _ANOTHER_ONE.search(lasted[1])
        return Bond.LONGER if named else Bond.LOOSE
    if lasted is not None:
        spent = lasted[2].lower() in ("spent", "served", "run")
        return Bond.LONGER if spent and not _in_it(text, before, length) else Bond.SURE
    if stayed is None:
        held = _HAD_BEEN.search(before) is not None and length.unit in ("day", "week")
        return Bond.LONGER if held else Bond.LOOSE
    if "so the" in before or (_is_it(stayed[1]) and _THERE.search(before)):
        return Bond.SURE
    return Bond.LONGER if _is_it(stayed[1]) else Bond.LOOSE


def _is_apposed(text: str, length: Mention, near: Near) -> bool:
    """ "Closed until 22 August, four weeks in the middle of the season", "… six years after launch"."""
    last = near.moments[-1]
    if text[last.end : length.start] not in (
        ", ",
        " – ",
        " — ",
        ", just ",
        ", only ",
        ", some ",
        ", exactly ",
    ):
        return False
    started = _AFTER_START.match(text, length.end) is not None
    begun = _clause(text, *near.moments)
    return _OFF_IT.match(text, length.end) is None or started or counts_from_start(text, length, begun)


def _is_of_it(text: str, before: str, length: Mention) -> bool:
    """Whether a length may be that of what two moments bound, though no words say that it begins and ends."""
    if _told_alone(text, before, length) or _is_fronted(text, length):
        return True
    lasted, stayed = LASTS.search(before), STAYS.search(before)
    if before.endswith(" for ") and length.unit not in ("year", "decade", "month"):
        return True
    return (lasted is not None and _is_it(lasted[1])) or (stayed is not None and _is_it(stayed[1]))


def _in_it(text: str, before: str, length: Mention) -> bool:
    """ "He had spent seven years behind bars": all of the time between arrest and release."""
    return before.rstrip().endswith(("had spent", "had served")) and _BARS.match(text, length.end) is not None


def _kept_up(text: str, length: Mention, near: Near) -> Bond | None:
    """ "…: for 53 years the lightship marked", "For 22 days nobody had bread"; None of any other words."""
    if _FOR_IT.search(text[max(near.start, length.start - 24) : length.start]) is None:
        return None
    if text[near.start : length.start].rstrip(" forF").endswith((":", "–", "—")):
        return Bond.SURE
    return Bond.LONGER if _SAME_SUBJECT.match(text, length.end) else Bond.LOOSE


def _is_it(subject: str) -> bool:
    """Whether a subject is that of the moments: a pronoun, or left out."""
    return subject.strip().lower() in ("", "it", "he", "she", "they", "all", "which", "who", "that", "it all")


def _is_known(text: str, subject: str, verb: str, length: Mention, near: Near) -> bool:
    """Whether what lasted is what began and ended: a pronoun, or a noun of the words of the moments."""
    if _is_it(subject):
        return bool(subject.strip()) or text[length.start - len(verb) - 12 : length.start].find(", ") < 0
    words = subject.lower().split()
    noun = words[-1]
    if len(words) > _SUBJECT or _ANOTHER_ONE.search(subject):
        return False
    if words[0] not in ("the", "that", "this", "his", "her", "their", "its") or noun == "average":
        return False
    told = text[near.start : length.start - len(verb) - len(subject)].lower()
    if re.search(rf"\b{re.escape(noun)}\b", told):
        return True
    return (
        words[0] == "the"
        and "had lasted" in text[length.start - 20 : length.start]
        and length.unit not in ("year", "month", "decade")
    )
