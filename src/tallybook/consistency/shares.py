"""A share beside the part and the whole that it is of.

"14 of the 56 dams, or a quarter"; "a fifth of the 9,300 people, 1,860 of them"; "Of the 640 trains, 96 (15%)
were late"; "1,320 bags, 2% of the 66,000 bags carried".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.change_words import SIDES
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, SHARE, bared, level, scaled, shown, told_of, zones
from tallybook.consistency.forms import AGE_FORM, EXACT, FRACTION_FORM, NUMBER_FORM
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.matching.numbers import meet
from tallybook.prose import converted
from tallybook.quantity import Interval
from tallybook.reading import Mention

TEST_SHARE = "share of a count"
_DETERMINERS = "the|its|their|those|these|his|her|our|my|this|that|a"
OF = re.compile(
    rf" (?:out )?of (?:all )?(?:(?:{_DETERMINERS}) )?(?:(?:[\w-]+ ){{0,2}}[\w-]+(?:['’]s|s['’]) )?(?:total "
    rf"of )?"
)
_OF_WORDS = (" of ", " out of ")
OF_BEFORE = AnyCase(
    rf"(?:^|[,;(—–-] ?|\b(?:and|but) )(?:out )?of (?:all )?(?:(?:{_DETERMINERS}) )?(?:[\w’'-]+ "
    rf"){{0,2}}?(?:total of )?$",
)
# What stands between a figure and the one that restates it: words of its clause, then a mark.
_BODY = r"[^,;:()\d–—]{0,90}"
_MARK = r"(?:,? ?\(|,? – |,? — |—|,? or |, that is,? |, i\.e\.,? |, which is |, )(?:just |only )?"
_RATE = (
    r"(?:(?:an?|the|for an?|giving (?:him|her|it|them) an?) (?:[\w-]+ ){0,3}"
    r"(?:rate|share|proportion|percentage|ratio|turnout|record) of )?"
)
_APART = re.compile(rf"{_BODY}{_MARK}{_RATE}")
_BESIDE = re.compile(rf"(?:{_MARK})")
_OF_WHOM = re.compile(r"[^;:\d]{0,80}, of (?:whom|which|these|them)(?: [^,;:.\d]{0,40})? ")
_COLON = re.compile(r"[^,;:()\d–—]{0,90}: (?:[^\W\d][\w’'-]* ){0,6}")
# "600 (10 per cent) fewer than in 2010": the share is that of a change, and not of the whole before it.
_COMPARES = re.compile(
    rf"\)? (?:{SIDES}|up|down|above|below|over|under|ahead|behind) (?:than|on|of|the|its|their|last|what)\b"
)
_CLOSED = re.compile(r"[,);.]|:(?!\d)| – | — |—|$|\s*$")
_THEM = re.compile(r" of them\b| in all\b| in total\b| altogether\b| all told\b")
_TRIAL = re.compile(
    r"(?: (?:[a-z]+ed|cast|sent|sold|seen))?(?: in (?:the|this|that|its) (?:trial|study|sample|survey|"
    r"tests?|group|experiment|poll|cohort))?"
)
_CONTRAST = AnyCase(r"\b(?:but|while|whereas|than|compared|versus|although|though)\b")
_AND_THEN = AnyCase(r"\band\b[^,;:()–—]*, $")
_VERB = re.compile(r" (?:being|were|was|are|is|having|have|had)\b")
_SHARE_OF = re.compile(r" of (?:the |its |their |all )?([\w-]+)")
_TURNOUT = AnyCase(r"\bturn-?out\b")
_VOTED = re.compile(
    r"\b(?:cast|casting|vot(?:e|ed|ing)|polls?|turn(?:ed|ing) out|tak(?:e|ing) part|took part)\b"
)
_LOOSE_WHOLES = frozenset({2, 3, 4, 5, 6, 8, 10, 20, 50, 100, 1000})
_OPEN = word_set("those them who respondent case")
_ALL_OF_IT = word_set("total them those whole lot number all")
# What a group is called as one thing: "340 of its 3,400 staff, a tenth of the workforce".
_COLLECTIVES = {
    "workforce": word_set("staff employee worker job person people post"),
    "payroll": word_set("staff employee worker job person people post"),
    "staff": word_set("employee worker job person post"),
    "fleet": word_set("plane aircraft ship bus car van lorry truck boat vessel train jet ferry vehicle"),
    "membership": word_set("member"), "electorate": word_set("voter elector"),
    "herd": word_set("cow cattle animal"),
    "chamber": word_set("seat member"), "parliament": word_set("seat member mp"),
    "house": word_set("seat member"),
    **dict.fromkeys(
        word_set("panel jury committee board council cabinet team squad crew group party staff cast"),
        word_set("member juror player councillor minister person woman man actor sailor voter viewer judge"),
    ),
    **dict.fromkeys(word_set("vote electorate poll"), word_set("vote ballot voter elector")),
    **dict.fromkeys(word_set("population public"), word_set("person resident inhabitant adult")),
    "assembly": word_set("seat member"), "class": word_set("pupil student child"),
    "flock": word_set("sheep bird hen"),
}  # fmt: skip
# "Page 34 of 120" counts nothing.
_NUMBERED = AnyCase(
    r"\b(?:pages?|files?|parts?|chapters?|steps?|no\.?|numbers?|days?|weeks?|rounds?|questions?|rooms?|"
    r"games?|stages?|"
    r"volumes?|seasons?|episodes?|versions?|tables?|figures?|items?|lines?|level|lap|match|article|"
    r"section) $",
)
# "Two-bedroom flats" are no two flats, "2-tuples" no two.
_ADJECTIVE = AnyCase(r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten))-[a-z]")
_RATE_OF = re.compile(r"\b(\w{3,}) rate of $")
_RATIO = re.compile(r" (?:in|out of) (?:every )?")
_MOST_OF_RATIO = 12


def shares(text: str, grouped: Sequence[Sequence[Mention]], told: Sequence[Check] = ()) -> Iterator[Check]:
    """A check for every share whose words bind it to a part and a whole, apart from those ``told`` already.

    ``grouped``: the figures of each sentence.

    "Fourteen of the state's 56 large dams, or two-fifths, are old": 14 of 56 is 25%, not two-fifths.
    """
    is_told = told_of(told)
    for sentence in grouped:
        if len(sentence) < 2 or not any(map(_may_be_share, sentence)):
            continue
        figures = _with_ratios(text, bared(sentence))
        for k, share in enumerate(figures):
            if not is_share(share) or is_told(share):
                continue
            found = _part_and_whole(text, figures, k)
            if found is not None:
                yield from share_check(text, share, *found)


def _may_be_share(mention: Mention) -> bool:
    """Whether a figure is a share, or a small number that may be the first of "two in three"."""
    if mention.unit is None or mention.form is AGE_FORM:
        return mention.low < _MOST_OF_RATIO
    return mention.unit in SHARES


def _with_ratios(text: str, figures: list[Mention]) -> list[Mention]:
    """The same, with "two in three of the drivers" as one share where it was read as two numbers."""
    made: list[Mention] = []
    for figure in figures:
        last = made[-1] if made else None
        if (
            last is not None
            and last.unit is None
            and last.form is NUMBER_FORM
            and 0 < last.low < figure.low <= _MOST_OF_RATIO
            and (figure.unit is None or text.startswith(" of ", figure.end))
            and _RATIO.fullmatch(text, last.end, figure.start)
            and not text[last.start : last.end][-1:].isdigit()
        ):
            ratio = last.low / figure.low
            made[-1] = last._replace(
                words=text[last.start : figure.end], end=figure.end, low=ratio, high=ratio, unit=SHARE,
                form=FRACTION_FORM, grain=None, of=figure.of or "them", single=False,
            )  # fmt: skip
        else:
            made.append(figure)
    return made


SHARES = frozenset({PER_CENT, SHARE})
"""The units of whatever may be a share."""


def is_share(mention: Mention) -> bool:
    plain = mention.trend is None and mention.per is None and mention.low > 0
    return plain and (mention.unit == PER_CENT or (mention.unit == SHARE and mention.form is FRACTION_FORM))


def _is_amount(mention: Mention) -> bool:
    return level(mention) and mention.per is None and mention.unit != PER_CENT


def is_part_of(text: str, part: Mention, whole: Mention) -> bool:
    """Whether the words put a part and its whole together: "14 of the state's 56 dams"."""
    if whole.start - part.end > 60 or not text.startswith(_OF_WORDS, part.end):
        return False
    if not (_is_amount(part) and _is_amount(whole)):
        return False
    if _NUMBERED.search(text, max(0, part.start - 12), part.start) or _ADJECTIVE.search(whole.words):
        return False
    return part.unit in (None, whole.unit) and OF.fullmatch(text, part.end, whole.start) is not None


def _part_and_whole(text: str, figures: Sequence[Mention], k: int) -> tuple[Mention, Mention] | None:
    """The part and the whole of the share at ``k``, in the order in which a text may give them."""
    share = figures[k]
    before, behind = figures[max(0, k - 2) : k], figures[k + 1 : k + 3]
    if len(before) == 2 and is_part_of(text, *before) and _restates(text, before[1], share):
        vague = before[0].modifier is not EXACT and text[share.start - 1] == "("
        return None if vague else (before[0], before[1])
    near = behind and behind[0].start - share.end < 60 and _is_amount(behind[0])
    if near and OF.fullmatch(text, share.end, behind[0].start):
        return _beside_its_whole(text, figures, k)
    if len(behind) == 2 and is_part_of(text, *behind) and _is_restated(text, share, *behind):
        return behind[0], behind[1]
    return _of_a_whole_before(text, figures, k)


def _restates(text: str, whole: Mention, share: Mention) -> bool:
    """ "14 of the 56 dams *in the north, or* two-fifths,"."""
    gap = text[whole.end : share.start]
    if not _binds(gap):
        return False
    return _is_closed(text, share, whole)


def _binds(gap: str, *, counted: bool = False) -> bool:
    """Whether the words between two figures put the second in apposition: " in the north, or ".

    ``counted``: the second goes on with "of them" or "in all".
    """
    if len(gap) > 140 or not _APART.fullmatch(gap) or _CONTRAST.search(gap):
        return False
    return counted or not _AND_THEN.search(gap)


def _is_closed(text: str, share: Mention, whole: Mention) -> bool:
    """Whether nothing follows a share that makes it one of something else."""
    if _CLOSED.match(text, share.end):
        return not text.startswith(") of ", share.end)
    named = _SHARE_OF.match(text, share.end)
    if named is None or not _CLOSED.match(text, named.end()):
        return False
    noun = named[1].lower()
    nouns = {whole.unit, (whole.noun or "").rpartition(" ")[2].lower()}
    return noun in _ALL_OF_IT or noun in nouns or bool(_COLLECTIVES.get(noun, frozenset()) & nouns)


def _beside_its_whole(text: str, figures: Sequence[Mention], k: int) -> tuple[Mention, Mention] | None:
    """ "A fifth of the 9,300 people, 1,860 of them,", "1,320 bags, 2% of the 66,000 bags it carried"."""
    share, whole = figures[k], figures[k + 1]
    if k + 2 < len(figures) and _is_amount(figures[k + 2]):
        part = figures[k + 2]
        gap = text[whole.end : part.start]
        tail = _THEM.match(text, part.end)
        one_unit = part.unit in (None, whole.unit) or (tail is not None and not is_measured(part.unit))
        if one_unit and _binds(gap, counted=tail is not None):
            if _CLOSED.match(text, tail.end() if tail else part.end):
                return part, whole
            return None
    if not k or _VERB.match(text, whole.end):
        return None
    part = figures[k - 1]
    gap = text[part.end : share.start]
    if not _is_amount(part) or part.of or len(gap) > 80 or not _binds(gap):
        return None
    return (part, whole) if part.unit is not None and whole.unit in (None, part.unit) else None


def _is_restated(text: str, share: Mention, part: Mention, whole: Mention) -> bool:
    """ "Half of the class — 13 of 30 pupils — had", "Turnout was 38%, with 27 of the 57 electors voting"."""
    gap = text[share.end : part.start]
    if len(gap) > 160:
        return False
    if gap in (", with ", ", as "):
        start, end = share.sentence
        before = text[max(start, share.start - 60) : share.start]
        return bool(_TURNOUT.search(before) and _VOTED.search(text, whole.end, min(end, whole.end + 60)))
    if not (share.of is not None or gap.startswith((" of ", " the "))) or not names(share.of or gap, whole):
        return False
    tail = _TRIAL.match(text, whole.end)
    closed = tail is not None and _CLOSED.match(text, tail.end())
    return bool(closed and (_binds(gap) or (share.unit == SHARE and _COLON.fullmatch(gap))))


def names(named: str, whole: Mention) -> bool:
    """Whether what a share is of may be the whole of a count: "the class" is pupils, "the vote" no seats."""
    if whole.unit is None:
        return True
    words = {re.sub(r"(?<!s)s$", "", word) for word in re.findall(r"[a-z]+", named.lower())}
    if (
        is_measured(whole.unit)
        or re.sub(r"(?<!s)s$", "", whole.unit) in words
        or words & _ALL_OF_IT
        or words & _OPEN
    ):
        return True
    return any(whole.unit in _COLLECTIVES.get(word, frozenset()) for word in words)


def _of_a_whole_before(text: str, figures: Sequence[Mention], k: int) -> tuple[Mention, Mention] | None:
    """ "Of the 640 trains due on Monday, 96 (15%) were late and 128 (20%) did not run"."""
    if not k or not _is_amount(figures[k - 1]) or figures[k - 1].of:
        return None
    part, share = figures[k - 1], figures[k]
    gap = text[part.end : share.start]
    if len(gap) > 60 or not _binds(gap):
        return None
    j = k - 2
    while j >= 1 and is_share(figures[j]):
        j -= 2
    if j < 0 or not _is_amount(figures[j]):
        return None
    whole = figures[j]
    between = text[whole.end : part.start]
    if len(between) > 240 or ";" in between or part.unit not in (None, whole.unit):
        return None
    if j < k - 2 and re.search(r"\bof (?:them|these|those|which|whom)\b", between):
        return None
    of = OF_BEFORE.search(text[max(whole.sentence[0], whole.start - 60) : whole.start])
    if of is None and j == k - 2:
        of = _OF_WHOM.fullmatch(between)
    return (part, whole) if of and _is_closed(text, share, whole) else None


def is_share_of(share: Mention, part: Mention, whole: Mention) -> bool:
    """Whether a share is the one that a part is of a whole."""
    return _shared(share, part, whole)[2]


def _shared(share: Mention, part: Mention, whole: Mention) -> tuple[Interval, Interval, bool]:
    """(the share as it is stated, as part and whole make it, whether the two meet)."""
    stated = scaled(zones(share).true, 0.01 if share.unit == PER_CENT else 1.0)
    made = zones(part).true / zones(whole).true
    return stated, made, meet(made, stated)


def share_check(text: str, share: Mention, part: Mention, whole: Mention) -> Iterator[Check]:
    stated, made, closes = _shared(share, part, whole)
    start, end = min(m.start for m in (share, whole, part)), max(m.end for m in (share, whole, part))
    if not closes and (_is_the_rest(text, share, made, stated) or _is_loose(text, part, whole)):
        return
    if not closes and part.end < share.start and _COMPARES.match(text, share.end):
        return
    low = zones(share).core.low * (0.01 if share.unit == PER_CENT else 1.0)
    percent = converted(100 * part.low / whole.low, [100 * low])
    told = f"{shown(part)} of {shown(whole)} is {percent}%"
    why = f"{told}; the text says {share.words}" if closes else f"{told}, not {share.words}"
    about = tuple(m.words for m in sorted((share, whole, part), key=lambda m: m.start))
    yield Check(TEST_SHARE, about, closes, f"{why}.", None, start, end)


def _is_the_rest(text: str, share: Mention, made: Interval, stated: Interval) -> bool:
    """Whether a rate may be that of the others: "passed 29 of 34 tests, a failure rate of 15%"."""
    if not text[max(0, share.start - 8) : share.start].endswith("rate of ") or share.modifier is not EXACT:
        return False
    named = _RATE_OF.search(text, max(share.sentence[0], share.start - 40), share.start)
    if named is not None and named[1][:4].lower() in text[share.sentence[0] : named.start()].lower():
        return False  # "failed 54 kitchens out of the 120 they saw, a failure rate of 54 per cent"
    return 1 - stated.high <= made.high and made.low <= 1 - stated.low


def _is_loose(text: str, part: Mention, whole: Mention) -> bool:
    """ "Nine out of 10" may be a rounded way to say 92%."""
    between = text[part.end : whole.start]
    loose = "out of" in between or not any(char.isdigit() for char in part.words)
    return loose and whole.low in _LOOSE_WHOLES
