"""Percentages listed in one sentence as the parts of one whole.

A list that adds up to 100 closes. One that does not is an error only where the words part a whole without
overlap: a remainder ("the rest, 91 per cent"), shares of one thing by several ("wind supplied 34% of it,
gas 41%"), or answers of which each has one ("as their main way", "yes", "no", "undecided"). Several
answers by one person, several years, places or wholes are silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import SHARE
from tallybook.consistency.forms import FRACTION_FORM
from tallybook.consistency.mixed_wholes import mixed_wholes
from tallybook.consistency.printed_numbers import exact, printed
from tallybook.consistency.two_way import opposites, two_way
from tallybook.consistency.whole_words import (
    ALL_ELSE,
    ALL_OTHERS,
    BEFORE_A_LIST,
    CAME_FROM,
    CHANGES,
    ELSE_BEHIND,
    GOES_TO,
    GRADES,
    IN_A_PLACE,
    MADE_OF,
    NOT_PARTS,
    NOTHING_ELSE,
    NUMBERS,
    OF_ONE,
    OF_SO_MANY,
    OF_THE_VOTE_IN,
    ONE_EACH,
    OWN_PLACE,
    REST,
    REST_SHARE,
    REST_WITHOUT,
    SEVERAL_ANSWERS,
    SHARE_OF,
    SUPPLIES,
    TO_BLAME,
    UNDECIDED,
    WHOLLY,
)
from tallybook.prose import converted, listed
from tallybook.reading import Mention, Reading

TEST = "percentages of a whole"
_MOST = 12
_SUMS_UP = re.compile(r"\b(?:so that|together|altogether|in all|combined|a total of|bringing|making)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’]\w+)?")


def percentages(reading: Reading) -> Iterator[Check]:
    """A check for every list of percentages that are, or may be, the parts of one whole."""
    tested: set[tuple[int, int]] = set()
    shares = [mention for mention in reading.figures if mention.unit == "percent" or mention.unit == SHARE]
    if not shares:
        return
    if len(shares) > 1:
        yield from _listed_alone(reading, shares, tested)
    yield from mixed_wholes(reading, shares, tested)


def _listed_alone(
    reading: Reading, shares: Sequence[Mention], tested: set[tuple[int, int]]
) -> Iterator[Check]:
    """The checks of lists that name no other number than percentages; their sentences are added to
    ``tested``."""
    text = reading.text
    led = _led_by_a_fraction(shares)
    for figures in _of_sentences(shares):
        found = _whole(text, figures) if len(figures) > 1 and figures[0].sentence not in led else None
        if found is not None:
            tested.add(figures[0].sentence)
            yield found
    for run in _runs(reading, shares):
        sentence = run[0].sentence
        if sentence in tested or sentence in led:
            continue
        check = check_sum(run, _slack(run), apart=_is_apart(text, run), whole=_rest_behind(text, run))
        if check is not None and not (check.closes and _in_places(text, run)):
            tested.add(sentence)
            yield check


def _led_by_a_fraction(reading: Sequence[Mention]) -> set[tuple[int, int]]:
    """The sentences of lists like "half would stay, 42 per cent leave and the remaining 8 per cent …"."""
    first: dict[tuple[int, int], bool] = {}
    for mention in reading:
        share = mention.unit == SHARE and mention.form is FRACTION_FORM
        if (share or mention.unit == "percent") and mention.sentence not in first:
            first[mention.sentence] = share
    return {sentence for sentence, is_fraction in first.items() if is_fraction}


def _slack(run: Sequence[Mention]) -> float:
    """By how much the rounding of all may move the sum; -1 if one of them has no printed digits."""
    steps = [printed(mention) for mention in run]
    return sum(step[0].step / 2 for step in steps) if all(steps) else -1.0


def check_sum(
    run: Sequence[Mention], slack: float, more: float = 0.0, *, apart: bool, whole: bool
) -> Check | None:
    """``apart``: nothing is counted twice; ``whole``: nothing is left out; ``more``: a part in words."""
    total = round(sum(m.low for m in run) + more, 6)
    fits = abs(total - 100) <= slack + 1e-9
    if not fits and (not apart or (total < 100 and not whole)):
        return None
    parts = listed([m.words for m in run]) + (f" with the {converted(more, [])}% left" if more else "")
    why = f"{parts} add up to {converted(total, [] if total == 100 else [100])}%"
    why += "." if total == 100 else f", which rounding {'explains' if fits else 'does not explain'}."
    gap = None if fits else round(total - 100, 6)
    about = tuple(m.words for m in run)
    return Check(TEST, about, fits, why, gap, run[0].start, run[-1].end)


def _of_sentences(reading: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The percentages of each sentence that has no others."""
    found: list[Mention] = []
    for mention in reading:
        if mention.unit != "percent":
            continue
        if found and mention.sentence != found[0].sentence:
            yield found
            found = []
        found.append(mention)
    if found:
        yield found


def _whole(text: str, run: Sequence[Mention]) -> Check | None:
    """The check of a sentence whose words part one whole; None where they do not, or leave it open."""
    start, end = run[0].sentence
    if len(run) > _MOST or end - start > 700 or not all(map(_is_part, run)):
        return None
    words, slack = text[start:end], _slack(run)
    check = _parted(text, run, words, slack) if slack >= 0 else None
    if check is None or CHANGES.search(words) or SEVERAL_ANSWERS.search(words):
        return None
    if not check.closes and _SUMS_UP.search(text, run[-2].end, run[-1].start):
        return None  # "wind 24 percent, sun 22, so that renewables made up 46"
    return None if _other_wholes(text, run) else check


def _parted(text: str, run: Sequence[Mention], words: str, slack: float) -> Check | None:
    """The check, by what the words say of the parts: a remainder, one of two, one whole, one answer each."""
    two = two_way(text, run, words)
    if two is not None:
        apart, whole = two
        found = check_sum(run, slack, apart=apart, whole=whole)
        if found is not None:
            return found
    if not _listed(text, run):
        return None
    more = REST_SHARE.match(text, run[-1].end)
    left = 100 / SHARE_OF[more[1].lower()] if more else 0.0
    before = text[max(run[-2].end, run[-1].start - 40) : run[-1].start]
    behind = text[run[-1].end : run[-1].end + 40]
    one = OF_ONE.match(text, run[0].end) is not None or SUPPLIES.search(
        text[max(run[0].sentence[0], run[0].start - 60) : run[0].start]
    )
    plain = all(m.trend is None for m in run)
    else_ = bool(plain and one and (ALL_ELSE.search(before) or ELSE_BEHIND.match(behind)))
    else_ = else_ or (plain and len(run) > 2 and ALL_OTHERS.search(before) is not None)
    if more or REST.search(before) or else_:
        return check_sum(run, slack, left, apart=True, whole=True)
    if len(run) < 3:
        return None
    closing = check_sum(run, slack, apart=False, whole=False)
    if closing is not None:
        return None if _in_places(text, run) else closing  # a list that adds up to 100
    if WHOLLY.search(words) or _of_so_many(run, words):
        return check_sum(run, slack, apart=True, whole=True)
    if _supplied(text, run) or _one_answer(text, run, words):
        return check_sum(run, slack, apart=True, whole=False)
    return None


def _other_wholes(text: str, run: Sequence[Mention]) -> bool:
    """Whether a later percentage is of something that the first is not: "31% of men, 38% of women"."""
    first = OF_ONE.match(text, run[0].end)
    for mention in run[1:]:
        own = OF_ONE.match(text, mention.end)
        if own is not None and (first is None or own[0].lower() != first[0].lower()):
            return True
    return False


def _listed(text: str, run: Sequence[Mention]) -> bool:
    """Whether commas, semicolons or "and" part the percentages, with few words and no year between them."""
    for one, two in pairwise(run):
        gap = text[one.end : two.start]
        listing = "," in gap or ";" in gap or re.search(r"\b(?:and|while|with)\b", gap)
        if not listing or len(gap) > 110 or re.search(r"\b(?:1[89]|20)\d\d\b", gap):
            return False
    return True


def _supplied(text: str, run: Sequence[Mention]) -> bool:
    """ "Wind supplied 34% of the electricity, gas 41% and solar 35%": several that share one thing."""
    first = run[0]
    before = text[max(first.sentence[0], first.start - 60) : first.start]
    if not SUPPLIES.search(before) or not OF_ONE.match(text, first.end):
        return False
    for one, two in pairwise(run):
        gap = text[one.end : two.start]
        cut = max(gap.rfind(","), gap.rfind(";"), gap.rfind(" and "), gap.rfind(" while "))
        subject = re.sub(r"^(?:,|;| and | while )\s*(?:and |while )?", "", gap[cut:]) if cut >= 0 else ""
        if not subject.strip() or OWN_PLACE.match(subject):
            return False
    behind = text[run[-1].end : run[-1].end + 12]
    return not OWN_PLACE.match(behind) and not _placed_first(text, run)


def _placed_first(text: str, run: Sequence[Mention]) -> bool:
    """ "44% of the vote in the north, 38% in the east": each of another place."""
    return any(OWN_PLACE.match(text[m.end : m.end + 12]) for m in run[1:])


def _one_answer(text: str, run: Sequence[Mention], words: str) -> bool:
    """Whether each one counted is in one part only."""
    if ONE_EACH.search(words) or GRADES.search(words):
        return True
    if UNDECIDED.search(words) or opposites(words):
        return True
    before = text[max(run[0].sentence[0], run[0].start - 60) : run[0].start]
    if MADE_OF.search(before) or TO_BLAME.match(text, run[0].end):
        return True
    bracketed = all(text[m.start - 1 : m.start] == "(" and text[m.end : m.end + 1] == ")" for m in run)
    if bracketed and GOES_TO.search(before):
        return True
    gap = text[run[0].end : run[1].start]
    return bool(CAME_FROM.search(gap)) and all(text.startswith(" from ", m.end) for m in run[1:])


def _of_so_many(run: Sequence[Mention], words: str) -> bool:
    """Whether the words say how many parts there are, or that there is nothing else."""
    many = OF_SO_MANY.search(words)
    if many is None:
        return NOTHING_ELSE.search(words) is not None
    said = next(group for group in many.groups() if group).lower()
    return (int(said) if said.isdecimal() else NUMBERS[said]) == len(run)


def _in_places(text: str, run: Sequence[Mention]) -> bool:
    """ "The party polled 31% in the north, 24% in the south": shares of several wholes."""
    before = text[max(run[0].sentence[0], run[0].start - 60) : run[0].start]
    placed = all(IN_A_PLACE.match(text, mention.end) for mention in run)
    return placed and OF_THE_VOTE_IN.search(before) is not None


def _is_apart(text: str, run: Sequence[Mention]) -> bool:
    start, end = run[0].sentence
    sentence = text[max(start, run[0].start - 200) : min(end, run[-1].end + 200)]
    if SEVERAL_ANSWERS.search(sentence):
        return False
    return bool(UNDECIDED.search(sentence) or REST_WITHOUT.search(sentence) or opposites(sentence))


def _rest_behind(text: str, run: Sequence[Mention]) -> bool:
    return bool(REST_WITHOUT.search(text, run[-2].end, run[-1].end))


def _runs(reading: Reading, shares: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Lists of at least three percentages in one sentence, without another number between them."""
    run: list[Mention] = []
    if [mention.unit for mention in shares].count("percent") < 3:
        return
    everything = sorted([*reading.figures, *reading.asides], key=lambda m: m.start)
    for mention in everything:
        if _is_part(mention) and (not run or _joined(reading.text, run[-1], mention)):
            run.append(mention)
            continue
        if _complete(reading.text, run, mention):
            yield run
        run = [mention] if _is_part(mention) else []
    if _complete(reading.text, run, None):
        yield run


def _is_part(mention: Mention) -> bool:
    return mention.unit == "percent" and exact(mention) and not mention.per and 0 <= mention.low < 100


def _joined(text: str, first: Mention, second: Mention) -> bool:
    """Whether a comma, a semicolon or "and" joins two percentages, without words of a comparison."""
    if first.sentence != second.sentence or (second.of and second.of != first.of):
        return False
    gap = text[first.end : second.start]
    words = [word.lower() for word in _WORD.findall(gap)]
    listing = "," in gap or ";" in gap or "and" in words
    return listing and len(words) <= 9 and not NOT_PARTS & set(words) and "(" not in gap


def _complete(text: str, run: Sequence[Mention], following: Mention | None) -> bool:
    if not 3 <= len(run) <= _MOST or _slack(run) < 0:
        return False
    if following is not None and following.sentence == run[0].sentence and following.unit == "percent":
        return False  # a further percentage is not joined to them: its whole is not clear
    before = text[run[0].sentence[0] : run[0].start][-60:]
    behind = text[run[-1].end : run[-1].sentence[1]][:25]
    words = {word.lower() for word in _WORD.findall(before)} - BEFORE_A_LIST
    return not NOT_PARTS & words.union(word.lower() for word in _WORD.findall(behind))
