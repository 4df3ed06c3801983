"""A total, a number and the mean of the two: "45,728 people in 1,104 boats, an average of 41 a boat".

The mean must be in apposition to a total and a number of its own clause, and what it is for one of must be
what the number counts: one word, or two for one thing (a game and an appearance).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallybook.book.currencies import is_currency
from tallybook.book.units import convert
from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import (
    PER_CENT,
    POINTS,
    SHARE,
    TIMES,
    continuous,
    is_one_number,
    scaled,
    shown,
    zones,
)
from tallybook.consistency.forms import EXACT, NUMBER_FORM
from tallybook.consistency.mean_words import is_one_thing, leading_mean, same_thing
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import meet
from tallybook.prose import converted
from tallybook.reading import Mention
from tallybook.terms import Modifier

TEST = "total, number and mean"
_MARK = r"(?:, |; |: | – | — |—| \()"
_SAYS = (
    r"(?:(?:or|that is|i\.e\.,?|giving|making|equal to|equivalent to|amounting to|and averaged|"
    r"(?:which|that) (?:is|was|makes|means|gives|equals|(?:works|worked) out (?:at|to|as)|(?:comes|came|"
    r"amounts) to)|"
    r"(?:works|worked|working) out (?:at|to|as)|(?:comes|came|coming) (?:out )?(?:at|to)),? )?"
    r"(?:(?:about|just|only|roughly|some|exactly) )?"
)
_RESULT = r"(?: (?:works|worked|working) out (?:at|to|as)| (?:comes|came|coming) to| amounts to) "
_MEAN = (
    r"(?:(?:(?:an?|the|its) )?(?:[a-z]+ )?(?:average|mean) (?:(?:[a-z]+ )?of )?|averaging (?:out at )?|"
    r"(?:at |on )(?:an )?average (?:of )?)"
)
_SHARED = re.compile(
    r"\b(?:shared|split|divided|distributed) (?:out )?(?:equally |evenly )?(?:by|between|among) [^,;:]{1,50}"
    r"(?:, )?(?:is|was|makes|comes to|gives|works out at) $"
)
_NAMED = re.compile(r"(?:average|mean) (?!of )[a-z]+ (?:of )?$")
_BEFORE = re.compile(rf"(?:{_MARK}{_SAYS}|{_RESULT}){_MEAN}(?:(?:about|just|only|roughly|some) )?$")
_PLAIN = re.compile(rf"(?:{_MARK}{_SAYS}|{_RESULT})$")
_WITH = re.compile(
    r"\bWith [^;:]*, (?:[\w’'-]+ ){1,5}(?:has|have|had|averages|packs|holds|houses|supports) $"
)
_WORTH = re.compile(r", (?:making|leaving) (?:each|every one|each \w+) (?:worth |with )?$")
_WHO_EACH = re.compile(
    r", (?:who|which|each of whom|each of which)(?: (?:will|would|are to|is to|were to|could))?(?: (?:all|"
    r"each))* "
    r"(?:get|gets|got|receives?|received|earns?|earned|costs?|pays?|paid|take home|brings? in|holds?) $"
)
_GIVING = re.compile(r", (?:making|giving|for) (?:the|an) average (?:[a-z]+ ){0,2}(?:of )?$")
_TOTAL_BEHIND = re.compile(
    r"[^.;:\d]{0,60},? (?:bringing in|raising|making|giving|for|totall?ing|netting|earning|yielding|or|"
    r"collecting)"
    r" (?:(?:a|the|an overall|a combined) total of |(?:it|them|him|her) )?"
)
_EACH = re.compile(
    r" (?:each|apiece|a head|per head|a piece|(?:in|at|for|to|on|from|by) each(?= ?[,.;)]|$))\b"
)
_BASE_BEHIND = re.compile(
    r" (?:a|an|per|for each|for every|for an?|to a|to an|to the|to each|at each|at every|in each|in every|"
    r"each|every|at an?)"
    r" ([a-z-]{3,18})\b"
)
_BASES = (" a", " per", " for ", " to ", " at ", " in ", " each", " every", " on ", " from ", " by ")
"""How the words behind a figure begin wherever they say what it is for one of."""
_AGAIN = re.compile(r" (?:each|apiece)\b")
_ON_AVERAGE = re.compile(r" on average\b| (?:each )?on the average\b")
_CLOSED = re.compile(
    r"(?: in all| in total)?(?:[,;.)]|$| – | — |—|:| (?:made|makes|when|that|for the|from|he |she |they |"
    r"went))"
)
_NEXT = re.compile(r"(?:[,;.)]|$| – | — |—|:)")
_AMONG = AnyCase(
    r"\b(?:in|from|among|between|at|over|across|on|through|to|of|into|for|during|per|by|with)"
    r" (?:(?:the|its|their|his|her|all|those|these|just|only|a) )*(?:(?:[\w-]+ ){0,2}[\w-]+['’]s? )?$",
)
_LESS = re.compile(r" (?:more|less|fewer|higher|lower|above|below|up|down|faster|slower|better)\b")
_NEW_CLAUSE = re.compile(r", (?:and|but|while|whereas|though|although) ")
_MEDIAN = AnyCase(r"\bmedian\b|\btypical\b")
_MANY_TIMES = 20
_PERIODS = word_set("second minute hour day night week month quarter year decade season")
_PEOPLE = word_set("person resident inhabitant citizen islander")
_DAYS = word_set("day night week month year season")


def averages(text: str, grouped: Sequence[Sequence[Mention]]) -> Iterator[Check]:
    """A check for every mean in apposition to a total and a number of its sentence. ``grouped``: the figures
    of each sentence.

    "87 goals in 116 appearances, an average of 1.33 a game": 87 ÷ 116 = 0.75.
    """
    for sentence in grouped:
        if len(sentence) < 3:
            continue
        figures = [_parted(m) for m in sentence]
        for k, mean in enumerate(figures):
            if k and _may_be_mean(mean):
                yield from _of_one(text, figures, k)


def _parted(mention: Mention) -> Mention:
    """The same, with "kilometre per hour" as kilometres for an hour, and without a noun that is left out."""
    if mention.noun and mention.noun not in mention.words and not is_measured(mention.unit):
        mention = mention._replace(unit=None)
    if mention.unit == TIMES and (mention.per == "each" or mention.low > _MANY_TIMES):
        return mention._replace(unit="occasion")
    if mention.per is not None or mention.unit is None or " per " not in mention.unit:
        return mention
    unit, _, base = mention.unit.partition(" per ")
    return mention._replace(unit=unit, per=base)


def _may_be_mean(mean: Mention) -> bool:
    plain = mean.unit not in (PER_CENT, SHARE, TIMES) and mean.unit not in POINTS and mean.low == mean.high
    return plain and mean.trend is None and mean.low > 0 and mean.form is NUMBER_FORM


def _of_one(text: str, figures: Sequence[Mention], k: int) -> Iterator[Check]:
    mean = figures[k]
    base, end = base_behind(text, mean)
    if base != "" and (k < 2 or not _CLOSED.match(text, end)):
        return
    if _LESS.match(text, end):
        return
    pair = _pair_before(text, figures, k, base, end) or _pair_around(text, figures, k, base)
    if pair is None:
        return
    total, count = pair
    check = average_of(mean, total, count)
    if check is not None and (check.closes or is_one_thing(base, count, mean)):
        yield check


def base_behind(text: str, mean: Mention) -> tuple[str | None, int]:
    """What the mean is for one of, and where its words end: "" for "each", None where it is not said."""
    base, end = mean.per, mean.end
    if not text.startswith(_BASES, end):
        return ("" if base == "each" else base), end
    if base is None and (each := _EACH.match(text, end)):
        base, end = "each", each.end()
    elif base is None and (found := _BASE_BEHIND.match(text, end)):
        base, end = found[1], found.end()
    elif base is not None and (again := _AGAIN.match(text, end, end + 8)):
        end = again.end()
    if average := _ON_AVERAGE.match(text, end):
        end = average.end()
    return ("" if base == "each" else base), end


def _head(text: str, mean: Mention) -> str:
    """The words before the number of a mean, with "an average of" where the reader put it into the figure."""
    leading = leading_mean(mean.words)
    start = max(mean.sentence[0], mean.start - 70)
    return text[start : mean.start] + (leading[0] if leading else "")


def _pair_before(
    text: str, figures: Sequence[Mention], k: int, base: str | None, end: int
) -> tuple[Mention, Mention] | None:
    """The total and the number before a mean that stands in apposition to them."""
    if k < 2 or not _CLOSED.match(text, end):
        return None
    mean = figures[k]
    others = [m for m in figures[max(0, k - 4) : k] if _is_level(m) and (m.per is None or m.per in _PERIODS)]
    if len(others) < 2:
        return None
    head = _head(text, mean)
    worth = bool(_WORTH.search(head)) or ("each" in head and bool(_WHO_EACH.search(head)))
    if not worth and not _is_called_mean(text, mean, head, base, end):
        return None
    if ";" in text[others[0].start : mean.start]:
        return None
    gap = text[others[-1].end : mean.end]
    if _NEW_CLAUSE.search(text, others[-1].end, mean.start) or _MEDIAN.search(gap):
        return None
    return _chosen(text, others, mean, "" if worth else base)


def _is_called_mean(text: str, mean: Mention, head: str, base: str | None, end: int) -> bool:
    """Whether the words before a figure make it the mean of those before: ", an average of"."""
    if base and _SHARED.search(head):
        return True  # "the €84m, shared by 1.2 million households, is €70 a household"
    if "averag" in head or "mean" in head:
        if not is_currency(mean.unit or "") and _NAMED.search(head):
            return False
        if _BEFORE.search(head) or _GIVING.search(head):
            return True
    plain = bool(_PLAIN.search(head)) and (base is not None or bool(_ON_AVERAGE.match(text, mean.end)))
    dense = base is not None and base == mean.per and is_measured(base) and bool(_WITH.search(head))
    return (plain or dense) and (base == "time" or bool(_NEXT.match(text, end)))


def _is_level(mention: Mention) -> bool:
    return is_one_number(mention) and mention.unit not in (PER_CENT, *POINTS)


def _chosen(
    text: str, others: Sequence[Mention], mean: Mention, base: str | None
) -> tuple[Mention, Mention] | None:
    """Which of the figures before a mean is its total, and which the number; None where it is left open."""
    counts = [
        m
        for m in others
        if base and m.per is None and (same_thing(m.unit, base) or is_one_thing(base, m, mean))
    ]
    if base in _PERIODS:
        counts = [m for m in others if m.unit == base and m.per is None]
        if not counts:
            return None
    if len(counts) == 1 and (total := _total_of(others, counts[0], mean)) is not None:
        return total, counts[0]
    if len(others) != 2 or len(counts) > 1:
        return None
    one, other = others
    for total, count in ((one, other), (other, one)):
        if (
            mean.unit is not None
            and total.unit is not None
            and mean.unit != count.unit
            and _alike(total, mean)
        ):
            return (total, count) if count.per is None and not is_measured(count.unit) else None
    if mean.unit is not None:
        return None
    among = [bool(_AMONG.search(text[max(m.sentence[0], m.start - 60) : m.start])) for m in others]
    if among == [False, True]:
        paid = is_measured(other.unit) and other.unit not in _PERIODS and not is_measured(one.unit)
        return (other, one) if paid else (one, other)  # "310 flats for 71 million euros, 229,000 each"
    if among == [True, False] or (base is not None and among == [False, False]):
        return other, one
    return None


def _total_of(others: Sequence[Mention], count: Mention, mean: Mention) -> Mention | None:
    """The one figure that a mean can be the total of by its unit, the nearest to the number of two."""
    found = [m for m in others if m is not count and (mean.unit is None or _alike(m, mean))]
    if len(found) > 1:
        found = [m for m in found if abs(others.index(m) - others.index(count)) == 1]
    return found[0] if len(found) == 1 else None


def _alike(total: Mention, mean: Mention) -> bool:
    people = total.unit in _PEOPLE and mean.unit in _PEOPLE
    return total.unit == mean.unit or people or (is_measured(mean.unit) and factor(total, mean) is not None)


def factor(total: Mention, mean: Mention) -> float | None:
    """How many units of the mean one unit of its total is: 1,000 of kilometres for metres. None of cents,
    where the total names no money."""
    if total.unit is None and mean.unit in ("cent", "penny", "pence"):
        return None
    if total.unit == mean.unit or total.unit is None or mean.unit is None or total.unit in _PEOPLE:
        return 1.0
    if not (is_measured(total.unit) and is_measured(mean.unit)):
        return None
    try:
        return convert(total.unit, mean.unit)
    except (LookupError, ValueError, TypeError):
        return None


def _pair_around(
    text: str, figures: Sequence[Mention], k: int, base: str | None
) -> tuple[Mention, Mention] | None:
    """ "The 24 finalists raised an average of £3,150 each, bringing in £75,600 in total"."""
    if base != "" or not 0 < k < len(figures) - 1:
        return None
    count, mean, total = figures[k - 1 : k + 2]
    if not (_is_level(count) and _is_level(total)) or is_measured(count.unit) or count.unit is None:
        return None
    if mean.unit not in (None, total.unit) or total.per is not None or count.per is not None:
        return None
    gap = text[mean.end : total.start]
    between = text[count.end : mean.start]
    if len(between) > 80 or re.search(r"[;:,]", between) or not _TOTAL_BEHIND.fullmatch(gap):
        return None
    behind = text[total.end : total.end + 14]
    if not (behind.startswith((" in total", " in all", " altogether")) or "total of " in gap):
        return None
    return total, count


def is_average(mean: Mention, total: Mention, count: Mention) -> bool | None:
    """Whether a mean is the total shared among so many; None if their units say that it is not."""
    times = factor(total, mean)
    if times is None:
        return None
    made = zones(total._replace(trend=None) if total.trend else total).true / _counted(count).true
    return meet(scaled(made, times), continuous(mean).true)


def average_of(mean: Mention, total: Mention, count: Mention) -> Check | None:
    times, closes = factor(total, mean), is_average(mean, total, count)
    if times is None or closes is None:
        return None
    size = times * total.low / count.low
    told = f"{shown(total)} ÷ {shown(count)} = {converted(size, [mean.low])}"
    if times != 1.0:
        told = f"{told} {mean.unit}"
    why = f"{told}; the text says {mean.words}" if closes else f"{told}, not {mean.words}"
    about = tuple(m.words for m in sorted((mean, total, count), key=lambda m: m.start))
    start, end = min(mean.start, total.start, count.start), max(mean.end, total.end, count.end)
    return Check(TEST, about, closes, f"{why}.", None, start, end)


def _counted(count: Mention) -> Zones:
    """The zones of a number; "over the 31 days of July" bounds nothing, and counts the days."""
    if count.modifier is Modifier.OVER and count.words.lower().startswith("over "):
        count = count._replace(modifier=EXACT)
    if count.unit in _DAYS and re.match(r"(?:over )?(?:the|its|their|all) ", count.words.lower()):
        count = count._replace(unit=None)
    return zones(count)
