"""The figures of a text that words call a mean: "an average of £6,400", "310 each", "A hive yields 12 kg"."""

from __future__ import annotations

import re
from typing import NamedTuple

from tallybook.consistency.any_case import AnyCase, has_any, in_small_letters
from tallybook.consistency.averages import base_behind
from tallybook.consistency.figures import PER_CENT, POINTS, SHARE, TIMES
from tallybook.consistency.forms import NUMBER_FORM
from tallybook.consistency.mean_words import HEADS, leading_mean
from tallybook.consistency.periods import base_of
from tallybook.consistency.printed_numbers import word_set
from tallybook.reading import Mention
from tallybook.terms import BOUNDS

_AVERAGE = AnyCase(
    r"\b(?:average|mean|averag(?:ed|ing|es))\b(?: (?!above|below|than|age\b|over\b)[\w’',-]+| ?,| –|"
    r":){0,8} ?$",
)
_NO_AVERAGE = AnyCase(
    r"\b(?:than|above|below|over|against|beat|under) (?:the |an? |its |their )?(?:\w+ )?(?:average|mean)\b"
    r"|\bby no means?\b|\bmeans (?:to|of)\b",
)
_ON_EACH_BEHIND = re.compile(r" (?:in|at|on|with|to|for|from) (?:each|every one)\b")
_AVERAGE_BEHIND = re.compile(r" (?:on|in|at|to|for|from) average\b| on average\b")
_EACH_OF = AnyCase(
    r"(?:^|[\s“\"])(?:each|every one|every|each one)"
    r"(?: of (?:the |its |their |his |her |our |those |these )?(?P<of>[^,;:.]{0,50})"
    r"| (?!day|night|week|month|year|hour|minute|second|time|other|of\b)(?P<noun>[a-z][a-z-]{2,18}))?"
    r"(?P<rest>[^;:.\d]{0,60})$",
)
_ONE_COSTS = re.compile(
    r"^[“\"]?(?:A|An|One|A single|Every) (?P<noun>[a-z][a-z-]{2,18})\b[^;:.\d]{0,60}?\b(?:costs?|holds?|"
    r"weighs?|"
    r"carr(?:y|ies|ied)|takes?|took|seats?|brings?|brought|earns?|earned|needs?|needed|contains?|houses|"
    r"pays?|"
    r"paid|fetch(?:es|ed)?|is worth|sells? for|sold for|uses?|used|yields?|gets?|got)\b[^;:.\d]{0,25}$"
)
_BEHIND = (" in ", " at ", " on ", " with ", " to ", " for ", " from ")
_CALLS_BEHIND = ("each", "every", "average")
_CALLS = ("averag", "mean", "each", "every", "per ")
_OPENS_ONE = ("A ", "An ", "One ", "Each ", "Every ", "“", '"')
_AT = AnyCase(r"(?:^|[“\"]|\b(?:and|but) )at $")
# Words before a mean that draw it from what was said: "that is", ", or", "which works out at".
_DRAWN = AnyCase(
    r"(?:^|[\s“\"(])(?:(?:that|this|it|which)(?:['’]s| is| was| makes| made| means| meant| gives| gave|"
    r" equals|"
    r" (?:comes?|came|works?|worked|amounts?) (?:out )?(?:to|at|as))|or|so|giving|making|meaning|leaving|"
    r"(?:works?|worked|working) (?:it )?out(?: at| to)?:?|comes? to|came to|i\.e\.,?|being|averag(?:ing|"
    r"ed|es))"
    r"(?: that| there (?:is|are|was|were)| they| it| an?| the| about| around| roughly| nearly| almost|"
    r" some| just|"
    r" only| over| on|,| average| mean| of| each| every| one| [a-z]+| out| at| to){0,6} ?$"
    r"|[:–—(] ?(?:(?:about|roughly|nearly|some|just|an average of|on average,?) )?$"
    r"|, (?:(?:about|roughly|nearly|some|just|an average of|on average,?) )?$"
    r"|\bthe (?:average|mean)(?: (?:number|figure|haul|take|amount|sum))? (?:was|is|"
    r"came (?:out )?(?:to|at)|comes (?:out )?(?:to|at)|works out at|"
    r"worked out at|stood at|stands at)(?: (?:about|some|nearly|just|roughly|exactly))? $"
    r"|\b[Oo]n average,? (?:that['’]s|that is|it is|it was) (?:\w+ )?$",
)
_FRONTED = AnyCase(
    r"(?:^|[\s“\"])(?:per|for (?:each|every)|to each) (?P<noun>[a-z][a-z-]{2,18}),? (?:that|this|it|which) "
    r"(?:is|was|makes?|made|comes to|came to|works out at|amounts to)(?: (?:about|some|nearly|just|"
    r"roughly))? $",
)
_PERIODS = word_set("second minute hour day night week month quarter year decade season")
_GAME_NIGHTS = word_set("night day season")
_NO_MEAN = frozenset({PER_CENT, SHARE, TIMES, *POINTS})
# What stands behind "each" where it is no noun: "Each cost £300".
_DOES = word_set(
    """
    cost costs got get gets paid pay pays will would has had have holds held with takes took earns earn
    made makes make gave gives give won wins is was are were brings brought needs spent sold
    sells runs ran carries weighs
    can could must should may might
    """
)


class Mean(NamedTuple):
    """A figure that words call a mean. ``base``: what it is for one of, "" of "each", None if no word says;
    ``drawn``: whether words draw it from what they said before."""

    figure: Mention
    base: str | None
    end: int
    drawn: bool
    leads: bool


def as_mean(text: str, figure: Mention) -> Mean | None:
    """The figure as a mean, if words call it one."""
    if figure.unit in _NO_MEAN or figure.form is not NUMBER_FORM or not figure.low == figure.high > 0:
        return None
    if (
        figure.trend is not None
        or figure.modifier in BOUNDS
        or base_of(figure.per) not in (None, (1.0, "night"))
    ):
        return None
    base, end = base_behind(text, figure)
    start = figure.sentence[0]
    leading = leading_mean(figure.words)
    begin = max(start, figure.start - 110)
    if base is None and leading is None and not _may_be_called(text, figure, begin, end):
        return None
    head = text[begin : figure.start] + (leading[0] if leading else "")
    if figure.unit == "pound" and "£" in text:
        figure = figure._replace(unit="pound sterling")
    if base is None and text.startswith(" ", end):
        if also := _ON_EACH_BEHIND.match(text, end, end + 16):
            base, end = "", also.end()
        elif noun := _AVERAGE_BEHIND.match(text, end, end + 14):
            return Mean(figure, None, noun.end(), _draws(head, figure), False)
    if base is not None:
        return _of_base(figure, base, end, head)
    return _of_words(text, figure, end, head)


def _may_be_called(text: str, figure: Mention, begin: int, end: int) -> bool:
    """Whether a word that a mean needs stands around a figure, from ``begin`` on, that is for one of nothing:
    in front of it, right behind it, or where its sentence opens."""
    if text.startswith(_BEHIND, end) and has_any(text[end : end + 16], _CALLS_BEHIND):
        return True
    start, place = figure.sentence[0], figure.start
    if place - start < 130 and text.startswith(_OPENS_ONE, start):
        return True
    return has_any(in_small_letters(text)[begin:place], _CALLS)


def _draws(head: str, figure: Mention) -> bool:
    """Whether words draw a mean from what they said before."""
    return bool(_DRAWN.search(head[-60:])) or (head.strip() in ("“", '"') and figure.per is not None)


def _of_base(figure: Mention, base: str, end: int, head: str) -> Mean | None:
    """A figure for one of something, which may be a mean."""
    if base in _PERIODS and base not in _GAME_NIGHTS:
        return None
    at, drawn = bool(_AT.search(head)), _draws(head, figure)
    called = base == "" or base in HEADS or figure.per is not None or drawn or at
    base = "" if base in HEADS else base
    return Mean(figure, base, end, called and drawn, called and at)


def _of_words(text: str, figure: Mention, end: int, head: str) -> Mean | None:
    """A figure that words in front call a mean."""
    start, lowered = figure.sentence[0], head.lower()
    named = "averag" in lowered or "mean" in lowered
    if named and _AVERAGE.search(head) and not _NO_AVERAGE.search(head):
        return Mean(figure, None, end, _draws(head, figure), False)
    each = "each" in lowered or "every" in lowered
    if (each or "per " in lowered) and (fronted := _FRONTED.search(head)) is not None:
        one_of = fronted["noun"].lower()
        return Mean(figure, "" if one_of in HEADS else one_of, end, True, False)
    if each and (found := _EACH_OF.search(head)) is not None:
        noun = (found["noun"] or "").lower()
        does = noun in _DOES or noun.endswith("ed")
        return Mean(figure, "" if does else noun, end, _draws(head, figure), False)
    opens = figure.start - start < 130 and text.startswith(_OPENS_ONE, start)
    one = _ONE_COSTS.match(text[start : figure.start]) if opens else None
    return Mean(figure, one["noun"], end, _draws(head, figure), False) if one is not None else None
