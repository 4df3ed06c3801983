"""What is left of a whole ("shut nine of its 41 branches, leaving 32"), and the sum that parts bring a number
to."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, shown, zones
from tallybook.consistency.forms import NUMBER_FORM
from tallybook.consistency.parts_inside import is_amount, is_counted
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.shares import is_part_of
from tallybook.matching.numbers import meet
from tallybook.prose import digits
from tallybook.reading import Mention
from tallybook.terms import BOUNDS

TEST_REST, TEST_SUM = "parts and the rest", "sum of parts"
_LEAVING = re.compile(
    r"[^;:.\d]{0,80},? (?:leaving|leaves?|left|to leave|keeping|keeps?|retaining|and has|with)(?: "
    r"[\w’'-]+){0,3} $"
)
_LEFT = re.compile(
    r"(?: (?:still )?(?:open|left|standing|remaining|alive|intact|afloat|running|going|in (?:service|use|"
    r"all|operation)|"
    r"in (?:its|the|their) \w+|behind))?(?:[,.;)]|$| – | — )"
)
_LEFT_NOUNS = frozenset({"open", "standing", "alive", "intact", "left", "remaining", "afloat"})
_IN_ALL = re.compile(r" (?:in all|in total|altogether|all told)\b")
_BROUGHT = re.compile(
    r"\b(?:bringing|taking|making|putting) the (?:[a-z]+ ){0,2}(?:of (?:[a-z]+ ){1,3})?(?:to|at|up to) $"
)

_LATEST = AnyCase(r"(\band |[,;.] )?(?:the|its|their|his|her|our) (?:last|final) (?:some |about )?$")


def may_be_latest(text: str, part: Mention, *, listed: bool) -> bool:
    """Whether "the last nine" may be the latest, and not what is left: "lost four of 22 games and won the
    last nine". ``listed``: in a list, "and the last nine in Taiwan" is what is left."""
    if is_measured(part.unit):
        return False
    found = _LATEST.search(text, max(0, part.start - 30), part.start)
    return found is not None and (found[1] is None or not listed)


def fits(part: Mention, whole: Mention) -> bool:
    """Whether a figure may be a part of a whole by its unit."""
    plain = part.per is None and part.form is NUMBER_FORM and part.low == part.high and part.unit != PER_CENT
    if not plain or part.modifier in BOUNDS:
        return False
    if is_measured(whole.unit):
        return part.unit in (None, whole.unit)
    return not is_measured(part.unit)


def left_over(text: str, figures: Sequence[Mention]) -> Iterator[Check]:
    """ "The bank will shut nine of its 41 branches, leaving 32 open"."""
    for part, whole, left in zip(figures, figures[1:], figures[2:], strict=False):
        if left.start - whole.end > 120 or not is_part_of(text, part, whole):
            continue
        if (
            not is_amount(left)
            or is_measured(left.unit)
            or not _LEAVING.fullmatch(text, whole.end, left.start)
        ):
            continue
        made = zones(whole).minus(zones(part))
        closes = meet(made.true, zones(left).true)
        own = left.unit in (None, whole.unit) or left.unit in _LEFT_NOUNS
        if not closes and not (
            own and _LEFT.match(text, left.end) and 0.5 <= left.low / (whole.low - part.low or 1) <= 2
        ):
            continue
        told = f"{shown(whole)} − {shown(part)} = {digits(round(whole.low - part.low, 6))}"
        why = f"{told}; the text says {left.words}" if closes else f"{told}, not {left.words}"
        about = (part.words, whole.words, left.words)
        yield Check(TEST_REST, about, closes, f"{why}.", None, part.start, left.end)


def brought_to(text: str, figures: Sequence[Mention]) -> Iterator[Check]:
    """ "Six were killed and 27 hurt, bringing the number of casualties to 33": said only where it closes.

    A number that is brought to 33 may have begun above zero, and not all that are 33 in all need be named.
    """
    for k, whole in enumerate(figures):
        if k < 2 or whole.low < 3 or not _may_be_sum(whole, figures[max(0, k - 3) : k]):
            continue
        if not is_amount(whole) or not _is_in_all(text, whole):
            continue
        for many in (2, 3):
            found = figures[max(0, k - many) : k]
            counted = all(is_counted(m) and m.low == m.high and fits(m, whole) for m in found)
            if len(found) == many and counted and sum(m.low for m in found) == whole.low:
                told = " + ".join(shown(part) for part in found)
                about = (*(part.words for part in found), whole.words)
                why = f"{told} = {shown(whole)}; the text says {whole.words}."
                yield Check(TEST_SUM, about, True, why, None, found[0].start, whole.end)
                break


def _may_be_sum(whole: Mention, before: Sequence[Mention]) -> bool:
    """Whether a number is that of the last two or three before it, which is all that can be found here."""
    last = before[-1].low + before[-2].low
    return whole.low == last or (len(before) > 2 and math.isclose(whole.low, before[0].low + last))


def _is_in_all(text: str, whole: Mention) -> bool:
    """Whether words call a figure the sum of those before: "13 in all", "all 23", "bringing it to 33"."""
    before = text[max(0, whole.start - 60) : whole.start]
    return bool(
        _IN_ALL.match(text, whole.end) or _BROUGHT.search(before) or before.endswith((" all ", " total of "))
    )
