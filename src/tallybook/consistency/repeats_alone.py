"""A measure told again by a possessive, by the noun of a verb, or by the name of what it measures.

"Sentenced Harris to 12 years … Harris's 14-year sentence", "will close 47 branches … the closure of 74
branches", "holds 61 million litres … at its full 16 million litres, the dam". The two must be the only
figures of their unit in the sentences that tell them, and all that is said of the second must be known from
the sentence of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.asides import SAYS, without_asides
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import SHARE, TIMES, told_of, zones
from tallybook.consistency.forms import EXACT, NUMBER_FORM
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.repeats_in_text import TEST, clause_of
from tallybook.consistency.same_words import APART, AUXILIARIES, PREPOSITIONS, SMALL, content, stem
from tallybook.consistency.told_figures import Sentence, Told
from tallybook.matching.numbers import meet
from tallybook.reading import Mention

_POSSESSOR = (
    r"(?P<who>[A-Z][\w-]+(?: [A-Z][\w-]+)?(?:[’']s|s[’'])|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir"
    r"|[Tt]he (?:[a-z]+ ){0,2}[a-z]+(?:[’']s|s[’']))"
)
_ITS = re.compile(rf"(?:^|[\s“\"(—–]){_POSSESSOR} (?:[a-z-]+ ){{0,2}}$")
"""A possessor right before a figure: "Bexley's £90,000 fine"."""
_ITS_NOUN = re.compile(
    rf"(?:^|[\s“\"(—–])(?:{_POSSESSOR}|[Tt]he|[Tt]his|[Tt]hat) (?:[a-z-]+ ){{0,2}}?(?P<noun>[a-z-]+) "
    rf"(?:of|for) (?:all |the |all the )?$"
)
"""A noun that a figure measures: "Keller's ban of six matches", "the closure of 47 branches"."""
_BARE_NOUN = re.compile(r"^[“\" ]*(?P<noun>[A-Z][a-z]+(?: [a-z]+)?) of $")
_WHICH_CAME_TO = re.compile(
    r"\b(?:[Tt]he|[Tt]hose|[Tt]hese|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er) (?:[a-z-]+ ){0,2}?(?P<noun>[a-z-]+), "
    r"which "
    r"(?:(?:came|comes|amounted|amounts|added up|ran) to|totall?ed|totals?|(?:was|were|is|are) worth|"
    r"(?:was|were|is|are)|"
    r"stood at|reached|measure[sd]?|weigh(?:s|ed)?|numbered|cost|costs) $"
)
_AT_ITS = re.compile(
    r"^[“\" ]*(?:At|With) (?P<its>its |his |her |their )?(?:full |total |whole |complete |present |current "
    r")*$"
)
_THE_SUBJECT = re.compile(r", (?:the|its|this|that|his|her) (?P<noun>[a-z-]+)\b")
_GOES_ON = re.compile(r",? (?:it|they|he|she|this|that)\b")
_UNREAL = re.compile(r"[^.;:]{0,50}\b(?:would|could|might|should) have\b|[^.;:]{0,30}\b(?:were it|had it)\b")
_IT = re.compile(r", it\b")
_KINDS = (
    ("length", r"long|length|runs?|stretche?[sd]?|extends?"),
    ("height", r"tall|high|height|stands?|rises?|towers?"),
    ("depth", r"deep|depth|lies|below"),
    ("width", r"wide|width|broad|across|breadth"),
    ("weight", r"heavy|weigh(?:s|ed|ing)?|weight"),
    ("capacity", r"holds?|capacity|seats?|takes?|carr(?:y|ies)|stores?|accommodates?|contains?"),
    ("area", r"covers?|area|size|extends? over"),
    ("span", r"spans?"),
    ("price", r"costs?|price|sells? for|worth|value"),
    ("age", r"age|old"),
)
_KIND = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _KINDS)
_ATTRIBUTE = AnyCase(
    r"\b(?:its|the|a|his|her|their) (?:full |total |whole )?(?P<noun>length|height|depth|width|weight|"
    r"capacity|area|size|price|cost|age|span) of $",
)
_IS_ATTRIBUTE = re.compile(
    r", the (?P<noun>length|height|depth|width|weight|capacity|area|size|price) (?:at|of|to|in|from) which\b"
)
_CHANGED = re.compile(
    r"\b(?:instead|rather|cut|reduced|raised|increase[ds]?|lowered|doubled|halved|trebled|tripled|initial\w*|"
    r"more(?! than (?:half|one|two|a|the \d))|fewer|less|compared|previous\w*|last year|earlier|later|not|"
    r"than|only|another|others?|former|next|on appeal|"
    r"would have|should have|could have|might|(?-i:may)|had asked|had sought|wanted|demanded|up to|"
    r"at least|at most|"
    r"part|some of|suspended|so far|remaining|left|still|already|brother|sister|father|mother|wife|husband|"
    r"son|daughter|"
    r"colleague|accomplice|co-defendant|co-accused)\b|n[’']t\b",
    re.IGNORECASE,
)
_MARGINS = frozenset({"majority", "margin", "lead"})
_WON_BY = re.compile(
    r"\b(?:won|wins|beat|beats|elected|victory|took|held|holds|leads|led|defeated)\b[^.;\d]{0,60} by "
    r"(?:just |only |a mere )?$"
)
_NEW = re.compile(r"\bnew(?:ly)?\b")
_TIMES = re.compile(
    r"\b(?:(?:1[89]|20)\d\d|January|February|March|April|May|June|July|August|September|October|November|"
    r"December|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|spring|summer|autumn|winter|yesterday|today|tomorrow|"
    r"Christmas|Easter)\b"
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+")
_FAR, _MOST, _LONGEST = 2, 7, 420
_VERB = re.compile(
    r"[.,;:!?”\"]| (?:is|was|were|are|will|would|has|had|have|can|could|may|might|must|does|did|goes|went|"
    r"makes|made|"
    r"rules|ends|ended|came|comes|seems|means|meant|leaves|left)\b"
)
_THE = re.compile(r"(?:^|[\s“\"(—–])(?:[Tt]he|[Tt]hat|[Tt]his|[Tt]hose|[Tt]hese) $")
_MOST_OF = AnyCase(
    r"\b(?:most|half|few|some|many|several|none|any|a (?:third|quarter|fifth)|the (?:rest|majority|bulk|"
    r"last|first)"
    r"|two thirds|three quarters) of (?:the|those|these) $",
)
_PRONOUNS = frozenset({"its", "his", "her", "their"})


def repeats_alone(text: str, told: Sequence[tuple[Mention, ...]], checks: Sequence[Check]) -> Iterator[Check]:
    """A check for every figure that words tell again so, apart from the figures of ``checks``; ``told``: the
    figures of each sentence."""
    is_told = told_of(checks)
    for k, figures in enumerate(told):
        if k == 0 or len(figures) > _MOST:
            continue
        for second in figures:
            if not _is_plain(second) or is_told(second):
                continue
            check = _again(text, told, k, second)
            if check is not None and not is_told(second):
                yield check
                break


def _again(text: str, told: Sequence[tuple[Mention, ...]], k: int, second: Mention) -> Check | None:
    kind = _counted(second.unit)
    if [_counted(m.unit) for m in told[k]].count(kind) != 1:
        return None
    for back in range(1, _FAR + 1):
        if k - back < 0:
            return None
        figures = told[k - back]
        between = second.start - figures[0].sentence[0]
        if between > _LONGEST or "\n\n" in text[figures[0].sentence[0] : second.start]:
            return None
        ones = [m for m in figures if _counted(m.unit) == kind]
        if not ones:
            continue
        if len(ones) > 1 or not _is_plain(ones[0]):
            return None
        return _of_two(text, ones[0], second, back)
    return None


def _of_two(text: str, first: Mention, second: Mention, back: int) -> Check | None:
    one = Told(text, first, Sentence(text, first.sentence, 1))
    two = Told(text, second, Sentence(text, second.sentence, 1 + back))
    if not _points(text, one, two, back):
        return None
    closes = first.low == second.low or meet(zones(first).true, zones(second).true)
    if not closes and (_is_parted(one, two) or not is_slip(second.low, first.low)):
        return None
    words = f"{first.words} and then {second.words}"
    why = f"The text says {words}." if closes else f"The text says {words} of the same."
    return Check(TEST, (first.words, second.words), closes, why, None, first.start, second.end)


def _is_plain(mention: Mention) -> bool:
    plain = mention.low == mention.high and mention.low > 1 and mention.per is None and mention.trend is None
    exact = mention.modifier is EXACT and not mention.hedges
    return plain and exact and mention.form is NUMBER_FORM and mention.unit not in (None, SHARE, TIMES)


@lru_cache(maxsize=1024)
def _counted(unit: str | None) -> str:
    """What figures of one kind share: a unit of measurement, or the stem of what is counted; "" of none."""
    if unit is None or is_measured(unit):
        return unit or ""
    return f"-{stem(unit)}"


def _is_parted(one: Told, two: Told) -> bool:
    """Whether words say that the second is another: another time, name, party or state."""
    first, second = one.words, without_asides(two.words)
    phrase = _phrase(two)
    if _CHANGED.search(phrase) or _NEW.search(phrase) or _CHANGED.search(first):
        return True
    parting = APART & set(re.findall(r"[a-z]+", phrase.lower()))
    if parting - one.lowered or (APART & one.lowered) - two.lowered:
        return True
    if not set(_TIMES.findall(second)) <= set(_TIMES.findall(first)):
        return True
    if is_slip(two.mention.low, one.mention.low, exact=True):
        return False
    return (
        re.search(rf"\b{SAYS}\b", first) is not None
        and re.search(rf"\b{SAYS}\b[^,]*$", second[:60]) is not None
    )


def _phrase(two: Told) -> str:
    """The sentence of the second figure up to the verb behind it."""
    start, end = two.mention.sentence
    behind = two.text[two.mention.end : end]
    verb = _VERB.search(behind)
    return without_asides(two.text[start : two.mention.end]) + (behind[: verb.start()] if verb else behind)


def _points(text: str, one: Told, two: Told, back: int) -> bool:
    """Whether the words around the second figure name what the first is of."""
    second = two.mention
    start = second.sentence[0]
    before = text[max(start, second.start - 70) : second.start]
    fits, bound, _ = clause_of(text, one, second)
    known = _names_known(text, one, second)
    if (named := _ITS_NOUN.search(before)) is not None:
        head = stem(named["noun"])
        if named["noun"] in _MARGINS and named["who"] is not None and back == 1:
            return _WON_BY.search(text, one.mention.sentence[0], one.mention.start) is not None
        bound_so = bound >= 1 or (back == 1 and is_slip(second.low, one.mention.low, exact=True))
        if head in one.stems and _is_possessor(one, named["who"], back) and fits and bound_so and known:
            return True
    if (its := _ITS.search(before)) is not None and known and fits:
        described = set(content(before[its.end("who") :]))
        if _head(text, second) in one.stems and _is_possessor(one, its["who"], back):
            return described <= one.stems
    if _MOST_OF.search(before) and not is_measured(second.unit):
        return fits and bound >= 1 and known
    if _THE.search(before) and is_measured(second.unit) and fits and bound >= 2:
        return _head(text, second) in one.stems and known
    if (bare := _BARE_NOUN.match(before)) is not None and second.start - start < 40:
        nouns = content(bare["noun"])
        return (
            bool(nouns) and set(nouns) <= one.stems and fits and bound >= 1 and bool(_TIMES.search(two.words))
        )
    if (which := _WHICH_CAME_TO.search(before)) is not None:
        return stem(which["noun"]) in _governors(text, one.mention)
    return _points_by_kind(text, one, two, before, fits, back)


def _points_by_kind(text: str, one: Told, two: Told, before: str, fits: bool, back: int) -> bool:
    """ "At its full 24 million litres, the reservoir", "of its length of 32 km", "212 metres, the depth "
    "at which"."""
    second = two.mention
    kind = _kind_of(text, one.mention)
    if kind is None or back > 1 or _UNREAL.match(text, second.end):
        return False
    attribute = _ATTRIBUTE.search(before) or _IS_ATTRIBUTE.match(text, second.end)
    if attribute is not None:
        return _kind(attribute["noun"]) == kind and (fits or _GOES_ON.match(text, second.end) is not None)
    at = _AT_ITS.match(text[second.sentence[0] : second.start])
    if at is None:
        return False
    whole = at["its"] is not None or second.low >= one.mention.low  # "at 90 metres, the tower narrows"
    subject = _THE_SUBJECT.match(text, second.end)
    head = text[one.mention.sentence[0] : one.mention.start]
    named = subject is not None and stem(subject["noun"]) in content(head)
    return whole and (named or (_IT.match(text, second.end) is not None))


def _kind_of(text: str, first: Mention) -> str | None:
    """What a figure measures: of "is 23 km long" the length."""
    behind = re.match(r" ?(?:[a-z]+ )?([a-z]+)\b", text[first.end : first.end + 20])
    if behind is not None and (kind := _kind(behind[1])) is not None:
        return kind
    before = text[max(first.sentence[0], first.start - 40) : first.start]
    words = re.findall(r"[a-z]+", before.lower())[-4:]
    return next((found for word in reversed(words) if (found := _kind(word)) is not None), None)


def _kind(word: str) -> str | None:
    return next((kind for kind, words in _KIND if words.fullmatch(word)), None)


def _governors(text: str, first: Mention) -> set[str]:
    """The stems of the nouns that a figure is the size of: "fines totalling €460,000", "a €460,000 fine"."""
    before = re.findall(r"[A-Za-z]+", text[max(first.sentence[0], first.start - 50) : first.start])[-4:]
    behind = re.findall(r"[a-z]+", text[first.end : first.end + 25])[:1]
    return {stem(word.lower()) for word in (*before, *behind) if word.lower() not in SMALL}


def _head(text: str, second: Mention) -> str | None:
    """The noun that a figure stands before: of "14-year sentence" the sentence."""
    if second.of is not None and second.words.endswith(("-" + (second.noun or "-"), second.noun or "-")):
        return stem(second.of.split()[0].lower())
    for word in re.findall(r"[a-z-]+", text[second.end : second.end + 40].lstrip("-"))[:1]:
        if word not in SMALL | AUXILIARIES | PREPOSITIONS:
            return stem(word)
    if second.noun is not None and not is_measured(second.unit):
        return stem(second.noun.split()[-1].lower())
    return None


def _is_possessor(one: Told, who: str | None, back: int) -> bool:
    """Whether a possessor is named in the sentence of the first figure; a pronoun may be anybody of it."""
    if who is None:
        return True
    if who.lower() in _PRONOUNS:
        return back == 1
    name = re.sub(r"[’']s?$", "", who)
    name = re.sub(r"^[Tt]he ", "", name)
    return all(part in one.words or stem(part.lower()) in one.stems for part in name.split())


def _names_known(text: str, one: Told, second: Mention) -> bool:
    """Whether every name behind the second figure, up to the end of its clause, is known."""
    behind = re.split(r"[.;:,]", text[second.end : min(second.sentence[1], second.end + 90)])[0]
    return all(name in one.words for name in _NAME.findall(behind))
