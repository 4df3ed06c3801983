"""Means of whole numbers whose words stand further apart: "Nine judges, who award whole points only, gave the
pair a mean of 7.35", "an average of 4.17 newts per pond in six ponds", "averaged 14.4 launches each".

It is whole where the words say so ("in whole stars") or where things are counted ("2.39 children").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallybook.consistency.any_case import AnyCase, has_any, in_small_letters
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.counts import MEANS, NOT_COUNTED, mean_of_counts
from tallybook.consistency.forms import NUMBER_FORM
from tallybook.consistency.printed_numbers import exact, is_measured, whole, word_set
from tallybook.reading import Mention, Reading
from tallybook.terms import Modifier

_DECIMAL = re.compile(r"\d+\.\d+")
_MEAN_BEFORE = AnyCase(
    r"\b(?:mean|average)\b(?: (?!of\b)[\w’'-]+){0,4}? (?:of|was|is|were|as|at|came (?:out )?(?:at"
    r"|to)|stood at"
    r"|works? out (?:at|to)|worked out (?:at|to)|comes (?:out )?(?:at|to)) (?:just |only )?$"
    r"|\b(?:mean|average) (?:number|count|score|mark|rating|tally) of (?:[\w’'-]+ ){1,14}(?:was|is|were) $"
    r"|\baverag(?:ed|es|ing|e) (?:just |only )?$|\bon average,? (?:[\w’'-]+ ){0,6}$",
)
_MEAN_BEHIND = re.compile(r"(?: [\w’'-]+){0,3}?,? on average\b")
_IN_WHOLE = AnyCase(
    r"\bwhole[ -](?:number|point|mark|star|grade|degree|figure|digit|unit|score)s?\b|\binteger\b"
    r"|\bno (?:half|halves|fractions?|decimals?)\b|\bhal(?:f|ves)[\w -]{0,20} (?:not"
    r"|never) (?:be )?(?:allowed|given)"
    r"|(?:\bnot|n[’']t|\bnever|cannot)\b (?:[a-z]+ ){0,2}?(?:half|halves|fractions)\b"
    r"|\bwithout (?:any )?(?:half|halves|fractions?|decimals?)\b",
)
_READERS = word_set(
    "reader readers user users viewer viewers visitor visitors voter voters customer customers"
    " shopper shoppers fan"
    " fans public audience listener listeners members subscribers"
)
_SEVERAL_MARKS = AnyCase(
    r"\bfor [a-z]+ and (?:for )?[a-z]+\b|\b(?:two|three|four|five|several) (?:marks|scores|dances"
    r"|dives|rounds) each\b"
    r"|\beach (?:marks|scores|rates|judges|tasted|marked|scored|rated|judged) (?:two|three|four"
    r"|five|six|several|\d+)\b"
    r"|\bboth\b",
)
_MEAN_OF_WHAT = re.compile(
    r"\b(?:average|mean) ([a-z]+)(?: [a-z]+){0,3}? (?:was|is|of|came|worked|works|stood) "
)
_MARKS = word_set(
    "mark answer response reply assessment score rating grade number point star result verdict came"
    " worked works stood out of for given awarded among across over in"
)
_HOW_MANY = re.compile(r"\bhow many ([a-z]+?)s?\b")
_EACH_COUNTED = AnyCase(
    r"\b(?:each|every(?:one)?|all|were asked|asked)\b[^.;:]{0,40}?\b(?:how many|the number of"
    r"|count(?:ed|s)?)\b",
)
_PANEL = re.compile(r"\b(?:panel|jury|board|group|team|committee) of $")
_OF_THEM = re.compile(r" of (?:us|them|you)\b")
_WE_ARE = re.compile(r"\b(?:[Tt]here (?:are|were)|[Ww]e (?:are|were)|[Tt]hey (?:are|were)) (?:only |just )?$")
_THEIR = re.compile(
    r"[\s“\"]*(?:(?:Their|The|Its|On) (?:mean|average)"
    r"|(?:It|They|He|She) (?:got|was given|averaged|received|scored|had)\b)"
)
_SCALE = word_set("point star mark number grade score question item")
_EACH_BEHIND = re.compile(r"(?: [\w’'-]+){0,2} (?:each|apiece)\b")
_OTHER_BASE = re.compile(
    r"(?: [\w’'-]+){0,3}? (?:per|a|an|for every|for each|to a|in a|at a|at once|at any|every)\b"
    r"|(?: [\w’'-]+){0,2}? each (?!of\b)[a-z]+"
)
_IN_THE = re.compile(
    r"(?: [\w’'-]+){0,2}? (?:in|at|on|across|among|over|for|from|per|inside|aboard)"
    r" (each of )?(?:the |all |all the |her |his |their |its |these |those )?(?:first |last |past )?"
)
_OF_EACH = re.compile(
    r"(?<!group)(?<!total)(?<!sample)(?<!panel)(?<!team)(?<!set) of (?:the |his |her |their )?$"
    r"|\b[Ee]ach of (?:the |his |her |their )?$|\bevery one of (?:the )?$"
)
_OVER_THE = AnyCase(r"(?:over|in|during|across) (?:the|his|her|their|its|those) ")
_BROKEN = re.compile(r"[;:]|\b(?:while|whereas|but|than|against|compared)\b")
_GROUPS = word_set(
    """
    country nation state region province county district city town village borough school hospital college
    university company firm business study survey poll trial experiment league party group community
    kind type sort part percent time dollar way
    """
)
_FOR_THE = re.compile(
    r"\b(?:[Ff]or|[Aa]mong|[Aa]cross|[Oo]ver|[Ii]n|[Aa]t|[Oo]f|[Oo]n) (?:all )?(?:of )?"
    r"(?:the |its |their |his |her |those |these |our )?(?:[\w-]+[’']s? )?$"
)
_NUMBER_OF = AnyCase(r"\b(?:mean|average) number of ([^.;:]{3,110}) (?:was|is|were) $")
_FAR, _NEXT = 5, 3
"""How many figures may stand between a mean and its number, and how many characters between two sentences."""


def whole_means(reading: Reading) -> Iterator[Check]:
    """A check for every mean with decimals whose number of things is in its sentence or the one before."""
    text, figures = reading.text, reading.figures
    if not (any("." in mean.words for mean in figures) and has_any(in_small_letters(text), MEANS)):
        return
    for k, mean in enumerate(figures):
        if "." not in mean.words or not _is_mean(text, mean):
            continue
        near = figures[max(0, k - _FAR) : k] + figures[k + 1 : k + 1 + _FAR]
        same = [f for f in near if f.sentence == mean.sentence]
        found = _of_marks(text, figures[max(0, k - _FAR) : k], mean, same) if _may_be_mark(mean) else None
        if found is None and _may_be_mark(mean):
            found = _of_each(text, figures[max(0, k - _FAR) : k], mean)
        told = found is not None
        if found is None and mean.noun is None and not is_measured(mean.unit):
            found = _of_number(text, mean, same)
        if found is None and _is_counted(text, mean):
            found = _of_things(text, mean, same)
        if found is not None:
            yield from mean_of_counts(mean, found, int(found.low), always=told)


def _is_mean(text: str, mention: Mention) -> bool:
    numeral = _DECIMAL.fullmatch(mention.words.split(" ")[0])
    if numeral is None or float(numeral[0]) != mention.low or not exact(mention):
        return False
    start = max(mention.sentence[0], mention.start - 150)
    return bool(_MEAN_BEFORE.search(text[start : mention.start]) or _MEAN_BEHIND.match(text, mention.end))


def _may_be_mark(mention: Mention) -> bool:
    bare = mention.noun is None and not is_measured(mention.unit)
    return mention.per is None and (bare or mention.unit in _SCALE)


def _is_counted(text: str, mean: Mention) -> bool:
    if mean.unit is None or is_measured(mean.unit) or mean.unit in _SCALE:
        return False
    start, end = mean.sentence
    return not NOT_COUNTED.search(text[max(start, mean.start - 200) : min(end, mean.end + 200)])


def _of_marks(text: str, before: Sequence[Mention], mean: Mention, same: Sequence[Mention]) -> Mention | None:
    """ "The eight jurors gave a mean of 2.13 stars, in whole stars": the words say what each gave."""
    start, end = mean.sentence
    if _THEIR.match(text, start):
        earlier = [f for f in before if f.sentence[1] + 2 >= start and f.sentence != mean.sentence]
        same = [*earlier, *same]
        start = earlier[0].sentence[0] if earlier else start
    said = text[max(start, mean.start - 400) : min(end, mean.end + 200)]
    if not _IN_WHOLE.search(said) or _SEVERAL_MARKS.search(said) or not _is_of_marks(text, mean):
        return None
    raters = _READERS.intersection(re.findall(r"[a-z]+", said.lower()))
    numbers = [
        f
        for f in same
        if (_is_number(text, f) and f.unit not in _SCALE and not is_measured(f.unit)) or _is_panel(text, f)
    ]
    if len(numbers) != 1 or any(rater.rstrip("s") != numbers[0].unit for rater in raters):
        return None
    return numbers[0]


def _of_each(text: str, before: Sequence[Mention], mean: Mention) -> Mention | None:
    """ "There are 30 of us and we each wrote down how many children we have. The mean came to 1.43"."""
    near = [f for f in before if mean.sentence[0] - f.sentence[1] <= _NEXT]
    start = near[0].sentence[0] if near else mean.sentence[0]
    counted = _EACH_COUNTED.search(text, max(start, mean.start - 300), mean.start)
    if counted is None or not _is_of_marks(text, mean):
        return None
    what = _HOW_MANY.search(text, counted.start(), counted.end() + 20)
    if what is not None and is_measured(what[1]):
        return None
    return near[0] if len(near) == 1 and _is_group(text, near[0]) else None


def _is_panel(text: str, figure: Mention) -> bool:
    plain = figure.unit is None and whole(figure) is not None
    return plain and _PANEL.search(text[max(0, figure.start - 20) : figure.start]) is not None


def _is_us(text: str, figure: Mention) -> bool:
    return _OF_THEM.match(text, figure.end) is not None and _is_group(text, figure)


def _is_of_marks(text: str, mean: Mention) -> bool:
    """Whether the mean is one of marks or counts: not "the average age was 52.4"."""
    before = _MEAN_OF_WHAT.search(text[max(mean.sentence[0], mean.start - 60) : mean.start])
    return before is None or before[1].rstrip("s") in _MARKS


def _is_group(text: str, figure: Mention) -> bool:
    """Whether a figure says of how many people or things each has its own number: "we are 18"."""
    if figure.unit is None or figure.noun is None:
        plain = figure.low == figure.high == int(figure.low) and figure.per is None and figure.trend is None
        before = text[max(0, figure.start - 30) : figure.start]
        return plain and bool(_OF_THEM.match(text, figure.end) or _WE_ARE.search(before))
    figure = figure._replace(per=None) if figure.per == "each" else figure
    return _is_number(text, figure) and not is_measured(figure.unit) and figure.unit not in _GROUPS


def _of_number(text: str, mean: Mention, same: Sequence[Mention]) -> Mention | None:
    """ "The mean number of visits by the 16 pensioners was 3.41": the one number in between."""
    found = _NUMBER_OF.search(text[max(mean.sentence[0], mean.start - 100) : mean.start])
    if found is None or NOT_COUNTED.search(found[1]):
        return None
    inside = [f for f in same if mean.start - len(found[0]) <= f.start < mean.start]
    if not inside:
        inside = [
            f
            for f in same
            if f.start < mean.start
            and (_FOR_THE.search(text[max(0, f.start - 40) : f.start]) or _is_us(text, f))
        ]
    if len(inside) == 1 and _is_us(text, inside[0]):
        return inside[0]
    if len(inside) != 1 or not _is_number(text, inside[0]) or is_measured(inside[0].unit):
        return None
    return inside[0] if inside[0].unit not in _GROUPS else None


def _of_things(text: str, mean: Mention, same: Sequence[Mention]) -> Mention | None:
    """The one number of what each thing counted belongs to."""
    numbers = [f for f in same if _is_number(text, f)]
    if mean.per not in (None, "each"):
        based = [f for f in numbers if f.unit == mean.per]
        return based[0] if len(based) == 1 else None
    numbers = [f for f in numbers if not is_measured(f.unit) and f.unit not in _SCALE and f.unit != mean.unit]
    if len(numbers) != 1:
        return None
    of = numbers[0]
    each = mean.per == "each" or _EACH_BEHIND.match(text, mean.end)
    if of.start > mean.end:
        there = _IN_THE.fullmatch(text[mean.end : of.start][:60])
        return of if there and (there[1] or of.unit not in _GROUPS) else None
    gap = text[of.end : mean.start]
    if _BROKEN.search(gap) or _OF_EACH.search(text[max(0, of.start - 30) : of.start]):
        return None
    if not each and (of.unit in _GROUPS or _OTHER_BASE.match(text, mean.end)):
        return None
    return of


def _is_number(text: str, mention: Mention) -> bool:
    """Whether a figure says how many there are; "over the 11 days" is 11 of them."""
    plain = mention.low == mention.high and mention.low == int(mention.low) and 1 < mention.low < 1e6
    if not plain or mention.unit is None or mention.per is not None or mention.trend is not None:
        return False
    if mention.form is not NUMBER_FORM:
        return False
    over = mention.modifier is Modifier.OVER and not mention.hedges and _OVER_THE.match(mention.words)
    return bool(over) or whole(mention) is not None
