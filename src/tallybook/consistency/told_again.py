"""A figure told again in other words: "seventeen crew … the 17", "a fine of £250,000 … the quarter of a
million", "18 months … the year and a half", "a deficit of £31m … That £13m deficit".

The second must be definite. Equal numbers close; others are a slip only where the words leave nothing else
that the second may be: its noun is that of the first, or it is "all" of what the first counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallybook.book.currencies import is_currency
from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import SHARE, TIMES, zones
from tallybook.consistency.forms import EXACT, NUMBER_FORM
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.consistency.same_words import APART, AUXILIARIES, PREPOSITIONS, SMALL, content, stem
from tallybook.matching.numbers import meet
from tallybook.reading import Mention, Reading

TEST = "one count twice"
_DEFINITE = re.compile(
    r"(?:^|[\s“\"(—–])(?:the|all|all the|all of the|those|these|that|this|each of the)(?: same)? $",
    re.I,
)
_ENDS = frozenset({"e ", "l ", "t ", "s "})
"""How "the", "all", "that", "this" and "those" end: asked of every figure, so cheaply."""
_ALL = re.compile(r"\b[Aa]ll (?:the |of the )?$")
_SEARCH = re.compile(
    r"\b(?:search|hunt|prayers|funerals?|vigil|families|hopes|fears) (?:for|of) (?:all )?(?:the )?$"
)
_HEAD_BEFORE = AnyCase(
    r"\b(?:an?|the|its|his|her|their|this|another) (?:[\w’'-]+ ){0,3}?([a-z]+) (?:of|worth|totall?ing) $"
    r"|\b[Aa]n? (?:[\w’'-]+ ){0,2}?(bill|che(?:que|ck)|invoice|grant|claim|order|contract|loan|fine|estimate"
    r"|reward|ransom|payment|offer) for $",
)
_NOUNS_OF = {
    "borrowed": frozenset({"loan", "debt"}), "lent": frozenset({"loan"}),
    "fined": frozenset({"fin", "penalty"}),
    "awarded": frozenset({"award", "damag"}), "donated": frozenset({"donation", "gift"}),
    "gave": frozenset({"donation", "gift"}), "granted": frozenset({"grant"}),
    "invested": frozenset({"investment"}), "owes": frozenset({"debt"}), "owed": frozenset({"debt"}),
    "lost": frozenset({"los"}),
}  # fmt: skip
"""Verbs of sums, and the stems of the nouns by which such a sum is named again."""
_VERB_OF = AnyCase(rf"\b({'|'.join(_NOUNS_OF)})\b(?: (?!and\b)[\w’'-]+){{0,5}} $")
_HEAD_IS = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?) (?:[\w’'-]+ ){0,2}?([a-z]+) (?:was|is"
    r"|stood at|came to|cost|costs|is worth"
    r"|was worth|totall?ed|amounts to|amounted to|will cost) $"
)
_PRICED = re.compile(
    r"\b(?:sold|went|bought|auctioned|changed hands|acquired|snapped up|fetched)\b[^.;\d]{0,30}$"
)
_PAID = re.compile(
    r" (?:that |which )?(?:he|she|they|it|the [a-z]+(?: [a-z]+)?|[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)? "
    r"(?:paid|spent|gave|handed over|shelled out) for (?:it|them|the ([a-z]+))\b"
)
_THERE = re.compile(
    r" (?:were|was|are|had been|have been) (?:aboard|on board|in|on|inside|at|living|travell?ing"
    r"|working|there|being"
    r"|sleeping|held|kept|trapped)\b"
)
_FOUND = word_set(
    "found seen kept held living recovered aboard board involved rescued seized who that had been were there"
)
_GOES_ON = re.compile(
    r" (?:were|was|are|have|had|has|will|would|went|survived|died|escaped|made)\b|[.,;:”\"!]|$"
)
_VERB = re.compile(
    r"[’']s\b| (?:is|was|will|would|has|had|were|are|can|could|may|might|must|goes|went|came|comes"
    r"|seems|covers|covered)\b"
    r"|[.,;:!?”\"]|$"
)
_LOST = re.compile(
    r" (?:are|were|was|is|went|remain\w*) (?:still |all )?(?:missing|trapped|lost|overboard|buried"
    r"|stranded)\b"
)
_HIT = re.compile(
    r" (?:were|was|are) (?:hurt|injured|killed|wounded|rescued|arrested|saved|drowned|sacked|fined)\b"
)
_DAY = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|tomorrow)\b")
_GIVEN = re.compile(
    r"\b(?:gave|given|got|gets|jailed|sentenced|imprisoned|banned|suspended|received|handed|serve|served)\b[^.;\d]{0,40}$"
)
_SO_LONG = re.compile(r" (?:was|were|is|are|would|will|had been)\b|[.,;”\"]| [“\"]|$")
_NOT_THE_SAME = re.compile(
    r"(?: of (?!them\b)| (?:since|before|after|ago|later|that|in|to|from|between|until|his|her"
    r"|their|he|she)\b|,000)"
)
_CHANGED = AnyCase(
    r"\b(?:instead|rather|cut|reduced|raised|increase[ds]?|lowered|doubled|halved|trebled|tripled|from|initial\w*|second|new"
    r"|another|more|fewer|less|compared|previous\w*|last year|a year (?:ago|earlier)|not|than|only)\b",
)
_FRONTED_TIME = re.compile(
    r"[\s“\"]*(?:In|On|By|At|Since|During|Until|From|Last|This|Next|Later|Earlier|Now|Today"
    r"|Yesterday|A (?:year|month|week))"
    r" [^,.]{0,40}"
)
_PART_OF = re.compile(r" (?:out )?of (?:the|its|his|her|their|those|these|whom|which)\b")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_DAYS = {"day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 365.25 / 12, "year": 365.25, "decade": 3652.5}
_FAR, _MOST, _CLOSE, _OPENING = 600, 6, 0.02, 12


def told_again(reading: Reading, taken: frozenset[int]) -> Iterator[Check]:
    """A check for each definite figure that an earlier one tells; none that ends at a place of ``taken``."""
    text, figures = reading.text, reading.figures
    for k, two in enumerate(figures):
        if text[two.start - 2 : two.start] not in _ENDS or k == 0 or two.end in taken or not _is_plain(two):
            continue
        if not _DEFINITE.search(text[max(two.sentence[0], two.start - 14) : two.start]):
            continue
        near = [one for one in figures[max(0, k - _MOST) : k] if two.start - one.end <= _FAR]
        near = [one for one in near if "\n\n" not in text[one.end : two.start]]
        found = _again(text, near, two) or _slip(text, near, two)
        if found is not None:
            yield found


def _is_plain(mention: Mention) -> bool:
    plain = mention.low == mention.high and mention.low > 1 and mention.per is None and mention.trend is None
    return plain and mention.form is NUMBER_FORM and mention.unit not in (SHARE, TIMES, "percent")


def _again(text: str, near: Sequence[Mention], two: Mention) -> Check | None:
    """The figure whose number comes again, in the same unit, another of the same kind, or none."""
    money = two.unit is not None and is_currency(two.unit)
    if not _is_exact(two) or (not money and _NOT_THE_SAME.match(text, two.end)):
        return None
    for one in reversed(near):
        if _is_plain(one) and _is_same(one, two):
            others = [m for m in near if m.unit == one.unit and m.low != one.low]
            return None if others else _check(one, two, True)
    return None


def _is_same(one: Mention, two: Mention) -> bool:
    if one.unit in _DAYS and two.unit in _DAYS:
        if one.unit == two.unit:
            return False  # "two weeks … the two weeks": it may be any other two
        ratio = one.low * _DAYS[one.unit or ""] / (two.low * _DAYS[two.unit or ""])
        return abs(ratio - 1) <= _CLOSE and one.modifier is EXACT
    counted = one.unit is not None and (
        not is_measured(one.unit) or is_currency(one.unit) or one.unit == two.unit
    )
    bare = two.unit is None or two.unit == one.unit
    return counted and bare and one.low == two.low


def _slip(text: str, near: Sequence[Mention], two: Mention) -> Check | None:
    for one in reversed(near):
        if not _is_plain(one) or not _is_exact(one) or not _is_exact(two) or one.low == two.low:
            continue
        if _is_headed(text, near, one, two) or _is_price(text, one, two) or _is_all(text, near, one, two):
            return None if _parted(text, one, two) else _check(one, two, False)
        if _is_sentence(text, near, one, two):
            return None if _parted(text, one, two) else _check(one, two, False)
    return None


def _is_exact(mention: Mention) -> bool:
    return mention.modifier is EXACT and not mention.hedges


def _parted(text: str, one: Mention, two: Mention) -> bool:
    """Whether words say that the second is another: "raised to", "a second", "earlier"; or the zones meet."""
    between = text[one.end : two.start]
    words = {word.lower() for word in _WORD.findall(text[one.sentence[0] : one.end])}
    behind = "" if two.unit in _DAYS else text[two.end : min(two.sentence[1], two.end + 12)]
    if one.sentence != two.sentence and _FRONTED_TIME.match(text, two.sentence[0], two.start):
        return True
    then = {word.lower() for word in _WORD.findall(between + behind)}
    if one.unit == two.unit and meet(zones(one).true, zones(two).true):
        return True
    if re.search(r"\b(?:1[89]|20)\d\d\b", between + behind):
        return True
    return bool(_CHANGED.search(between) or APART & then or APART & words)


def _head_of(text: str, one: Mention) -> str | None:
    """The noun that a figure is the size of: "a deficit of £31m", "the deficit was £31m"."""
    before = text[max(one.sentence[0], one.start - 60) : one.start]
    found = _HEAD_BEFORE.search(before) or _HEAD_IS.search(before)
    return stem(found[1] or found[found.lastindex or 1]) if found is not None else None


def _named_by_verb(text: str, one: Mention) -> frozenset[str]:
    """ "Borrowed £18 million": what such a sum is called again, a loan or a debt."""
    found = _VERB_OF.search(text[max(one.sentence[0], one.start - 60) : one.start])
    return _NOUNS_OF[found[1].lower()] if found is not None else frozenset()


def _heads_behind(text: str, mention: Mention) -> list[str]:
    """The stems of the noun phrase that a sum opens: of "the £24m road grant will" road and grant."""
    heads = []
    for word in _WORD.findall(text[mention.end : mention.end + 40])[:3]:
        if word.lower() in SMALL | AUXILIARIES | PREPOSITIONS or not word.islower():
            break
        heads.append(stem(word))
    return heads if text[mention.end : mention.end + 1] in (" ", "-") else []


def _is_headed(text: str, near: Sequence[Mention], one: Mention, two: Mention) -> bool:
    """ "A fine of £450,000 … the £540,000 fine": the noun of the second is that of the first and no other."""
    if one.unit != two.unit or one.unit is None or not is_currency(one.unit):
        return False
    heads = _heads_behind(text, two)
    if not heads:
        return False
    known = set(content(text[one.sentence[0] : one.sentence[1]]))
    for k, head in enumerate(heads[:2]):
        names = {_head_of(text, one), *_heads_behind(text, one), *_named_by_verb(text, one)}
        if head not in names:
            continue
        others = [m for m in near if m is not one and m.unit == one.unit]
        return set(heads[:k]) <= known and not others and _ends_at(text, two, k + 1)
    return False


def _ends_at(text: str, mention: Mention, words: int) -> bool:
    """Whether a noun phrase ends so many words behind its figure: "the £5m grant was"."""
    place = mention.end
    for found in _WORD.finditer(text, mention.end, min(len(text), mention.end + 60)):
        place, words = found.end(), words - 1
        if words == 0:
            break
    return _VERB.match(text, place) is not None


def _is_price(text: str, one: Mention, two: Mention) -> bool:
    """ "Sold for $865,000; the $856,000 that the buyers paid for it"."""
    if one.unit != two.unit or one.unit is None or not is_currency(one.unit):
        return False
    paid = _PAID.match(text, two.end, min(len(text), two.end + 90))
    sold = _PRICED.search(text[max(one.sentence[0], one.start - 60) : one.start])
    if paid is None or sold is None:
        return False
    if _VERB.match(text, paid.end()) is None:
        return False
    return paid[1] is None or stem(paid[1]) in content(text[one.sentence[0] : one.start])


def _is_all(text: str, near: Sequence[Mention], one: Mention, two: Mention) -> bool:
    """ "Thirteen passengers were aboard … all 15 passengers", "Nine sailors drowned. All eight were"."""
    counted = one.noun is not None and not is_measured(one.unit) and float(one.low).is_integer()
    if not counted or one.sentence == two.sentence or _PART_OF.match(text, one.end):
        return False
    before = text[max(two.sentence[0], two.start - 30) : two.start]
    if two.unit is None:
        others = [m for m in near if m is not one and (m.sentence == one.sentence or m.start > one.end)]
        opens = len(text[one.sentence[0] : one.start].strip(' “"')) <= _OPENING
        if others or not opens or _GOES_ON.match(text, two.end) is None:
            return False
        if _SEARCH.search(before):
            return _LOST.match(text, one.end) is not None
        grows = two.low > one.low and _HIT.match(text, one.end) is not None
        again = _DAY.search(text, two.start, two.sentence[1]) is not None
        told = re.match(
            r"[“\"]?(?:The|All|These|Those|Her|His|Their|Its)\b", text[one.sentence[0] : one.start]
        )
        return _ALL.search(before) is not None and not (grows or again or told)
    if two.unit != one.unit or not _ALL.search(before) or not _THERE.match(text, one.end):
        return False
    known = {stem(word) for word in _WORD.findall(text[one.sentence[0] : one.sentence[1]])}
    described = [stem(word) for word in (two.noun or "").split()[:-1]]
    for word in _WORD.findall(text[two.end : min(two.sentence[1], two.end + 60)]):
        if word.lower() in AUXILIARIES or text[two.end : two.end + 1] in ",.;":
            break
        if not ({word.lower()} & (_FOUND | SMALL | PREPOSITIONS) or stem(word) in known):
            return False
    return set(described) <= known


def _is_sentence(text: str, near: Sequence[Mention], one: Mention, two: Mention) -> bool:
    """ "The court gave Marlow 36 months. His lawyer said the two years were": the only length before it."""
    if one.unit not in _DAYS or two.unit not in _DAYS or _is_same(one, two):
        return False
    if sum(m.unit in _DAYS for m in near) > 1 or {one.unit, two.unit} != {"month", "year"}:
        return False
    ratio = one.low * _DAYS[one.unit] / (two.low * _DAYS[two.unit])
    if not 0.5 <= ratio <= 2:
        return False
    given = _GIVEN.search(text[max(one.sentence[0], one.start - 60) : one.start])
    return given is not None and _SO_LONG.match(text, two.end) is not None


def _check(first: Mention, second: Mention, closes: bool) -> Check:
    told = f"{first.words} and then {second.words}"
    why = f"The text says {told}." if closes else f"The text says {told} of the same."
    return Check(TEST, (first.words, second.words), closes, why, None, first.start, second.end)
