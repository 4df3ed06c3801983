"""Ages whose date and date of birth stand further apart than ``ages`` looks: in up to three sentences.

>>> from tallybook.reading import read
>>> text = "The widow was born on 30 September 1917; when the letter came, on 1 May 2016, she was 101."
>>> [(age.words, when.words) for _, age, when, _ in lives(read(text), frozenset())]
[('101', '1 May 2016')]

There must be one birth, one other date in the sentence of the age (or one death), and one person. What closes
is told; what does not is told only if nothing parts the age from its date and no other person comes between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.forms import AGE_FORM
from tallybook.consistency.moments import Moment, day, moments
from tallybook.consistency.printed_numbers import word_set
from tallybook.reading import Mention, Reading

_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_BORN = re.compile(
    r"(?:\b[Bb]orn|\bbirth|\b(?:came|come|comes|brought) into (?:the|this) world|\bentered the world"
    r"|\bfirst saw the light of day)"
    r"(?:(?! and | who | married| died| when | where | whose | after | before | since | between "
    r"|, [a-z]+ed )[^.;:()\d]){0,60}?"
    rf"(?:(?: on| in| as| of| is| was| be| dated|:),?)? {_WEEKDAY}(?:the )?$|\((?:b\.|born|\*) ?$"
)
_AS_BIRTH = re.compile(r",? as (?:his|her|the) (?:date of birth|birth date|birthday)\b")
_NO_BIRTH = re.compile(
    r"\b(?:birth of|gave birth|births?\b[^.]{0,20}\brate|stillborn|reborn|where [^,.;]{0,40}born)\b"
)
_OF_A_THING = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) (?:[a-z-]+ ){1,3}(?:was|is|were) $|\b(?:the"
    r"|an?) [a-z-]+, (?:at|aged) $"
)
_WAS = AnyCase(
    r"\b(?:was|is|were|be|been|turn|turns|turned|turning|became|at|aged?|age (?:of|as|was|is)|reached"
    r"|him|her|made it to)"
    r"(?: (?:just|only|still|already|about|nearly|almost|then|therefore|thus|exactly))? $",
)
_DAY_BEHIND = re.compile(r",? (?:on|when|as|at) ")
_FELL = re.compile(
    r"\b(?:died|dead|killed|death|passed away|executed|drowned|perished|murdered|dies)\b[^.;]{0,60}$"
)
_KIN_WORDS = (
    "mother father parents? sons? daughters? wife husband widow widower brothers? sisters? aunt"
    " uncle cousin niece"
    " nephew twins? lover girlfriend boyfriend fianc\\w+ step\\w+"
    " grand(?:mother|father|parents?|son|daughter|child"
    "|children) friend partner killer victim trainer colleague coach predecessor successor rival baby child"
).replace(" ", "|")
_KIN = AnyCase(rf"\b(?:his|her|their|whose)\s(?:[a-z-]+\s){{0,2}}?(?:{_KIN_WORDS})\b")
_SOMEBODY_ELSE = re.compile(
    r"(?:^|[.;,:] | and )(?:[Aa]nother|[Aa]n?|[Tt]he (?:other|youngest|oldest|eldest|younger|older)) "
    r"(?:[a-z-]+ ){0,3}?(?:who |was |were |is |had )|\b(?:both|couple|pair|all|each|children|twins"
    r"|siblings)\b"
)
_PARTED = re.compile(
    r"[;:]|\b(?:and|but|then|later|before|after|until|since|while|who|whose|because|although|having"
    r"|by then)\b"
)
_MADE = re.compile(
    r",? (?:(?:which|that) (?:made|makes) (?:him|her)|and (?:he |she )?(?:was|is|lived to be|had turned)) "
    r"(?:just |only |still |already |then )?"
)
_OF_ANOTHER_TIME = re.compile(
    r"(?: years old)?,? (?:when|as|at the time|in (?:1[89]|20)\d\d|on the day|while|by)\b"
)
_PERSON = AnyCase(r"\b(?:he|she|his|her|him|hers|I|me|my)\b")
_HE = AnyCase(r"\b(?:he|his|him|boy|man|king|prince|father|brother|son|mr)\b")
_SHE = AnyCase(
    r"\b(?:she|her|hers|girl|woman|queen|princess|mother|sister|daughter|widow|nun|actress|duchess"
    r"|mrs|ms)\b",
)
_NAME = re.compile(r"(\w+[’'.,]?|[.;:“\"(—–]) ((?:[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)*)")
_NOT_BEFORE_A_NAME = word_set(
    """
    in at of from near to the a an on by for with into outside off between around inside through over under
    his her its their said says told according st
    """
)
_A_STRANGER = re.compile(r"\b(?:an?|another) (?:[a-z-]+ ){1,3}(?:of|aged) $")
_PASSED_BY = re.compile(r"\b(?:when|while|as) (?:he|she) was (?:just |only |still )?$")
_THE_BORN = re.compile(r"[\s“\"]*The [a-z]+ (?:was|is|had been) born\b")
_THE_ONE = re.compile(
    r"(?:^|[ “])[Tt]he ((?:[a-z-]+ ){1,3})(?:who )?(?:was|is|were|turned|became)(?: [a-z]+)? $"
)
_THE_ONE_APPOSED = re.compile(r"\b[Tt]he ((?:[a-z-]+ ){0,2}[a-z-]+), $")
_BORN_APPOSED = re.compile(r"\b(?:the|an?) ([a-z-]+),? (?:who (?:was|had been) )?born\b[^,.;]*$")
_ONLY_HE_WAS = re.compile(r"(?: years old)?(?: when (?:he|she) (?:died|fell|was killed))?(?:[.,;:”\"]|$)")
_DATES = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Christmas|Easter"
    r"|New|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_APPOSED = re.compile(r"([A-Z][\w’'-]+), $")
_TAG = re.compile(
    r"[,.?!][”\"] [^.“\"]{0,60}?(?:\.|$)|,? (?:according to|said|says) [^.,;]{0,50}"
    r"|, [^.,;“\"]{3,40} (?:said|says)\b"
)
_REACH, _APART, _MOST = 300, 3, 12
_YOUNGEST, _OLDEST = 1, 120

Found = tuple[Moment, Mention, Moment, bool]
"""A birth, an age, its date, and whether words bind them beyond doubt."""


def lives(reading: Reading, taken: frozenset[int]) -> Iterator[Found]:
    """Every age near a birth, with its date, but those that begin at a place of ``taken``."""
    text = reading.text
    if not any(word in text for word in ("orn ", "birth", "into the world", "(b.", "light of day", "(*")):
        return
    known = [moment for moment in moments(reading) if moment.dated]
    born = [_is_birth(text, moment) for moment in known]
    places, starts = [moment.start for moment in known], [figure.start for figure in reading.figures]
    for k, birth in enumerate(known):
        low, high = bisect_left(places, birth.start - _REACH), bisect_left(places, birth.start + _REACH)
        if not born[k] or high - low > _MOST or sum(born[low:high]) > 1:
            continue
        near = [*known[low:k], *known[k + 1 : high]]
        first, last = bisect_left(starts, birth.start - _REACH), bisect_left(starts, birth.start + _REACH)
        for age in reading[first:last]:
            if age.start in taken or not _may_be_age(text, age) or not _close_by(text, birth, age):
                continue
            found = _when(text, near, birth, age)
            if found is not None:
                alone = not any(
                    m.sentence == birth.sentence and m is not found and day(m.words) for m in near
                )
                yield birth, age, found, alone and _is_sure(text, birth, age, found)


def _is_birth(text: str, moment: Moment) -> bool:
    before = text[max(moment.sentence[0], moment.start - 110) : moment.start]
    if _AS_BIRTH.match(text, moment.end):
        return True
    return _BORN.search(before) is not None and _NO_BIRTH.search(before) is None


def _may_be_age(text: str, figure: Mention) -> bool:
    if figure.per is not None or figure.trend is not None or figure.low != figure.high:
        return False
    if not _YOUNGEST <= figure.low <= _OLDEST:
        return False
    if figure.form is AGE_FORM:
        return figure.unit == "year" and "ago" not in figure.words
    before = text[max(figure.sentence[0], figure.start - 40) : figure.start]
    if figure.unit is not None or figure.low != int(figure.low):
        return False
    return bool(_WAS.search(before) or (_APPOSED.search(before) and _DAY_BEHIND.match(text, figure.end)))


def _close_by(text: str, birth: Moment, age: Mention) -> bool:
    """Whether the two stand in one paragraph, with no more than one sentence between them."""
    first, last = sorted((birth.start, age.start))
    between = text[first:last]
    return (
        "\n\n" not in between
        and len(re.findall(r"[.!?][”\"]?\s+[“\"]?[A-Z]", _TAG.sub(" ", between))) < _APART
    )


def _when(text: str, near: Sequence[Moment], birth: Moment, age: Mention) -> Moment | None:
    """The only other date of the sentence of the age; if it has none, the day of a death."""
    own = [moment for moment in near if moment.sentence == age.sentence]
    if len(own) == 1:
        return own[0]
    if own:
        return None
    if not _ONLY_HE_WAS.match(text, age.end):
        return None
    dead = [
        m
        for m in near
        if _FELL.search(text[max(m.sentence[0], m.start - 80) : m.start]) or _in_bracket(text, m)
    ]
    return dead[0] if len(dead) == 1 == len(near) else None


def _in_bracket(text: str, moment: Moment) -> bool:
    return text[max(0, moment.start - 5) : moment.start].endswith(("died ", "d. ", "† "))


def _is_sure(text: str, birth: Moment, age: Mention, when: Moment) -> bool:
    return _one_person(text, birth, age, when) and _bound(text, birth, age, when)


def _bound(text: str, birth: Moment, age: Mention, when: Moment) -> bool:
    """Whether no words part the age from its date, and no other time is named for it."""
    if when.sentence != age.sentence:
        fronted = text[age.sentence[0] : age.start].strip(' “"').lower() in (
            "at",
            "aged",
            "at age",
            "at the age of",
        )
        return not fronted and _ONLY_HE_WAS.match(text, age.end) is not None
    if when.start < age.start:
        gap = text[when.end : age.start]
        if _OF_ANOTHER_TIME.match(text, age.end):
            return False
        if birth.start > when.start and birth.start < age.start:
            gap = text[birth.end : age.start]
        return bool(_MADE.fullmatch(gap)) or not _PARTED.search(gap)
    if _PASSED_BY.search(text[max(0, age.start - 20) : age.start]) and text.startswith(",", age.end):
        return False
    gap = text[age.end : when.start]
    if birth.start > age.start and birth.start < when.start:
        gap = text[age.end : birth.start].rpartition(",")[0] + text[birth.end : when.start]
    return not _PARTED.search(gap)


def _one_person(text: str, birth: Moment, age: Mention, when: Moment) -> bool:
    """Whether the words from the birth to the age name nobody else."""
    start = min(birth.sentence[0], age.sentence[0], when.sentence[0])
    start = max(start, min(birth.start, age.start, when.start) - 140)
    words = text[start : max(birth.end, age.end, when.end)]
    if _KIN.search(words) or _SOMEBODY_ELSE.search(words) or " its " in words:
        return False
    if of_two_sexes(_TAG.sub(" ", words)):
        return False
    before = text[max(0, age.start - 50) : age.start]
    if _A_STRANGER.search(before) or _is_another(text, birth, age, before):
        return False
    stranger = _BORN_APPOSED.search(text[max(birth.sentence[0], birth.start - 60) : birth.start])
    if (
        stranger is not None
        and age.start < birth.start
        and stranger[1] not in text[age.sentence[0] : age.start]
    ):
        return False
    first, last = sorted((birth.start, age.start))
    apposed = _APPOSED.search(text[max(0, age.start - 40) : age.start])
    if (
        apposed is not None
        and apposed[1] not in text[max(0, birth.start - 90) : birth.start]
        and birth.start < age.start
    ):
        return False
    if _OF_A_THING.search(text[max(0, age.start - 40) : age.start]):
        return False
    if re.search(r", (?:who|whose)\b", text[first:last]) and birth.start < age.start:
        return False
    return _same_names(text, birth, age)


def of_two_sexes(words: str) -> bool:
    """Whether words name a man and a woman: "she was 25 … He was born"."""
    return _HE.search(words) is not None and _SHE.search(words) is not None


def _is_another(text: str, birth: Moment, age: Mention, before: str) -> bool:
    """Whether "the drummer was 19" is of somebody whom the words of the birth do not name."""
    one = _THE_ONE.search(before)
    apposed = _THE_ONE_APPOSED.search(before)
    if apposed is not None:
        return apposed[1].split()[-1] not in text[max(0, birth.start - 60) : birth.start]
    if one is None or birth.start > age.start:
        return False
    noun = one[1].split()[-1]
    start = max(0, age.start - len(before) + one.start())
    fronted = text[birth.end : start].strip() in (",", "")
    return not fronted and noun not in text[max(birth.sentence[0], birth.start - 120) : birth.start].lower()


def _same_names(text: str, birth: Moment, age: Mention) -> bool:
    """In two sentences, or parts of one, the second has a pronoun, a name of the first, or no new one."""
    first, last = sorted((birth.sentence, age.sentence))
    if first == last:
        low, high = sorted((birth.start, age.start))
        cut = text.find(";", low, high)
        if cut < 0:
            return len(_names(text[first[0] : max(high, age.end)])) <= 1
        first, last = (first[0], cut), (cut + 1, last[1])
    one, two = _TAG.sub(" ", text[first[0] : first[1]]), _TAG.sub(" ", text[last[0] : last[1]])
    own, then = _names(one), _names(two)
    if len(own) > 1 or len(then) > 1:
        return False
    if own and then and not any(name in other or other in name for name in own for other in then):
        return False
    if own and then:
        return True
    told_before = _PERSON.search(one) is not None and _THE_BORN.match(two) is not None
    return told_before or _PERSON.search(two) is not None or _same_noun(one, two)


def _same_noun(one: str, two: str) -> bool:
    """ "The sculptor was 77 … The sculptor was born on"."""
    nouns = set(re.findall(r"\b[Tt]he ([a-z]+)\b", one))
    return any(noun in nouns for noun in re.findall(r"\b[Tt]he ([a-z]+)\b", two)[:1])


def _names(words: str) -> set[str]:
    """The last words of the names of people, or of what may be one, in a sentence; its first word is none."""
    found = set()
    for before, name in _NAME.findall(f". {words.strip(' “”')}"):
        parts = [part for part in name.split() if not _DATES.match(part)]
        opens = before in (".", "“", '"', "—", "–")
        if opens and len(parts) == 1:
            parts = []
        if not parts or before.lower().strip(",.") in _NOT_BEFORE_A_NAME:
            continue
        if opens and parts[0].lower() in _NOT_BEFORE_A_NAME | {"he", "she", "when", "born", "aged", "having"}:
            parts = parts[1:]
        if parts:
            found.add(re.sub(r"[’']s$", "", parts[-1]))
    return found
