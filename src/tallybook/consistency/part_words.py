"""Words that set the parts of a whole apart: nothing is a man and a woman, or passed and failed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.printed_numbers import word_set
from tallybook.reading import Mention

_NOUNS = tuple(
    word_set(words)
    for words in (
        "man woman child", "man woman boy girl", "adult child", "boy girl child", "male female",
        "adult teenager child",
        "adult minor", "win defeat draw", "win loss tie", "win loss draw", "victory defeat draw",
        "victory loss draw",
        "son daughter", "husband wife", "brother sister", "bull cow", "stallion mare", "civilian soldier",
        "democrat republican independent", "yes no abstention", "car lorry truck bus van motorcycle coach",
        "cow sheep pig goat horse hen chicken", "gold silver bronze", "house flat",
        "goalkeeper defender midfielder forward",
    )
)  # fmt: skip
_WHOLES = {
    word_set("adult child"): word_set(
        "person patient victim passenger visitor guest casualty resident traveller"
    ),
    word_set("male female"): word_set(
        "person patient victim student pupil member worker juror soldier officer"
    ),
    word_set("man woman"): word_set(
        "juror soldier officer worker member judge minister mp councillor adult senator"
    ),
    word_set("boy girl"): word_set("pupil child student teenager youngster schoolchild toddler baby"),
}
_OPPOSITES = tuple(
    (word_set(one), word_set(other))
    for one, other in (
        ("passed pass passes", "failed fail fails flunked"),
        ("sound safe fit", "unsafe unsound unfit dangerous"),
        ("falling fell fallen lower down decrease decreases declines declining drop drops",
         "rising rose risen higher up increase increases growing growth rises"),
        ("for favour favor favoured favored backed supported support approve approved yes yea ayes",
         "against opposed oppose rejected no nay noes disapprove disapproved"),
        ("rescued survived saved alive", "drowned died dead perished killed"),
        ("acquittal acquitted innocent", "conviction convicted guilty"),
        ("won win wins", "lost loss losses lose"),
        ("open opened", "closed shut"),
        ("killed dead died", "wounded injured hurt missing"),
        ("men man male", "women woman female"),
        ("boys", "girls"),
        ("agreed agree", "disagreed disagree"),
        ("employed working", "unemployed jobless"),
        ("accepted granted admitted", "rejected refused denied declined"),
        ("positive", "negative"),
        ("profit profits profitable", "loss losses unprofitable"),
        ("urban", "rural"),
        ("public", "private"),
        ("gained gain gains", "lost lose loses"),
        ("improved improving better", "worsened worsening worse"),
        ("full", "empty"),
        ("vaccinated", "unvaccinated"),
        ("married", "unmarried single"),
        ("home", "away"),
        ("elected", "appointed"),
        ("intact undamaged", "damaged destroyed"),
    )
)  # fmt: skip
_WORD = re.compile(r"[a-z]+")
OTHERS = AnyCase(
    r"\b(?:plus|as well as|in addition|besides|another|a further|others|elsewhere|more|including|among|"
    r"both|also|"
    r"of them|of whom|of which|last (?:week|month|year)|so far|then)\b",
)
"""Words by which a number may be of another list, or of more than the whole."""
_RESULT = {
    **dict.fromkeys(("win", "victory"), "won"),
    **dict.fromkeys(("loss", "defeat"), "lost"),
    **dict.fromkeys(("draw", "tie"), "drew"),
    **dict.fromkeys(("won", "winning", "win"), "won"),
    **dict.fromkeys(("lost", "losing", "lose"), "lost"),
    **dict.fromkeys(("drawn", "drew", "tied", "drawing", "draw"), "drew"),
}


def exclusive_nouns(units: Sequence[str]) -> bool:
    """Whether the nouns of several parts leave nothing in two of them: men and women, wins and draws."""
    known = frozenset(units)
    return 1 < len(units) == len(known) and any(known <= nouns for nouns in _NOUNS)


def exhaustive_nouns(whole: str | None, units: Sequence[str]) -> bool:
    """Whether the nouns of the parts are all that the whole can be: people are adults and children."""
    return whole in _WHOLES.get(frozenset(units), frozenset())


def exclusive_labels(labels: Sequence[str]) -> bool:
    """Whether opposites stand behind the first two parts: "31 reported falling rents, 19 rising ones"."""
    if len(labels) < 2:
        return False
    one, other = (frozenset(_WORD.findall(label.lower())[:7]) for label in labels[:2])
    return any(
        (first & one and second & other and not (first & other or second & one))
        or (first & other and second & one and not (first & one or second & other))
        for first, second in _OPPOSITES
    )


def results(text: str, found: Sequence[Mention]) -> list[str]:
    """How contests ended, in order; fewer than the figures if one is not said, or is said twice."""
    kinds: list[str] = []
    for figure in found:
        before = _WORD.findall(text[max(0, figure.start - 12) : figure.start].lower())
        kind = _RESULT.get(figure.unit or "") or (_RESULT.get(before[-1]) if before else None)
        if kind is None or kind in kinds:
            break
        kinds.append(kind)
    return kinds
