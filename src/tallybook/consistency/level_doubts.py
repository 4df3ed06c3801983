"""What leaves open whether a change is told of the two levels beside it: another place, group, measure or
time, a plan, or a word by which the text itself takes the change back.

A change that does not fit its levels is reported only where nothing of this stands near it.
"""

from __future__ import annotations

import re

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.change_words import CHANGE_NOUNS, COMPARATIVE
from tallybook.consistency.figures import PER_CENT, START
from tallybook.consistency.level_times import of_other_times
from tallybook.consistency.same_words import content
from tallybook.reading import Mention

_NEAR = 48
_BEHIND = 48
"""How many characters behind a change still tell of what it is one."""
_WIDTH = 140
"""How far around a figure its words are looked at."""
_DENIED = AnyCase(
    r"\b(?:wrong(?:ly)?|untrue|not true|isn['’]t true|false(?:ly|hood)?|myth|mistaken(?:ly)?|"
    r"incorrect(?:ly)?|"
    r"inaccurate(?:ly)?|mislead\w+|misled|no truth|denied|denies|deny|disput\w+|debunk\w*|contrary to|"
    r"exaggerat\w+|"
    r"overstat\w+|refut\w+|nonsense|far from|rather than (?:doubl|halv|trebl|tripl|ris|fall)\w+)\b",
)
_NOT = AnyCase(r"(?:\b(?:not|never|neither|nor)|n['’]t) (?:[a-z]+ ){0,2}$")
_AT_A_PACE = re.compile(
    r" (?:every|each|per|a) (?:\w+ )?(?:day|week|month|quarter|year|hour|decade|fortnight|minute)s?\b"
    r"(?! (?:ago|before|earlier))"
)
_SUPPOSED = re.compile(
    r"(?:^|[.;:“] ?)(?:Had|Were|If|Should|Suppose|Unless)\b|\b(?:would have|could have|might have|as "
    r"(?:first |originally )?"
    r"(?:planned|intended|promised|feared|hoped|expected|forecast))\b"
)
_FORESEEN = re.compile(
    r"\b(?:expect\w*|forecasts?|predict\w*|project(?:s|ed)|due to|set to|likely to|hop(?:e|es|ed|ing) to|"
    r"aim(?:s|ed|ing)?"
    r"(?: to)?|plan(?:s|ned|ning)? to|wants?(?: to)?|target(?:s|ed)?|pledg\w+|promis\w+|vow\w*|propos\w+|"
    r"seeks?|"
    r"will|would|could|(?-i:may)|might|should|intends?|recommend\w*|urg(?:e|es|ed|ing)|calls? for|called "
    r"for)\b",
    re.IGNORECASE,
)
_EXPECTS = AnyCase(
    r"\b(?:expects?|expected|forecasts?|foresees?|hopes?|hoping|aims?|aiming|plans?|targets?|budgets?|budgeted|projects|predicts?)"
    r" (?:for |to \w+ |at |of |on |that )?(?:about |some |around |nearly |over )?$",
)
_FORESEEN_LEVEL = AnyCase(
    r"\b(?:forecasts?|expect(?:ed|ations?)|estimates?|predict(?:ed|ions?)|consensus|targets?|plan(?:ned|s)?|"
    r"goals?|budget(?:ed)?|projections?|hoped[- ]for)"
    r"(?: (?:of|for|was|were|at|a|an|the|about|some|around|nearly)){0,3} $",
)
"""Words before a level that was foreseen, and never was."""
_FORESEEN_BEHIND = AnyCase(
    r" (?:[a-z’']+ ){0,5}(?:forecast|expected|predicted|projected|planned|budgeted|foreseen|foretold|hoped|"
    r"promised|targeted)\b"
)
"""The same behind one: "the $4.1bn *that analysts had forecast*"."""
_SIDE_OF = AnyCase(r"(?:below|above|under|over|beneath|beyond) (?:the|its|their|his|her|last)\b")
"""Words of a level that another one is set beside, and of no bound: "61%, *below the* 70% of 2019"."""
_MEASURES = AnyCase(
    r"\b(real terms|real wages|after inflation|inflation-adjusted|adjust(?:ed|ing|ment)|seasonal(?:ly)?|"
    r"like-for-like|"
    r"like for like|same-store|comparable|constant (?:currenc|price|rate)\w*|organic(?:ally)?|"
    r"nominal(?:ly)?|underlying|"
    r"pro rata|standardi[sz]ed|weighted|median|annuali[sz]ed|an annual rate|money of the day|today['’]s "
    r"(?:money|prices)|"
    r"(?:by|in) (?:value|volume|weight)|measured against|relative to|in proportion|as a share of|excluding|"
    r"stripping out|as reported|likely "
    r"to)\b",
)
_PER = AnyCase(
    r"\bper (?:\d|head|capita|person|child|pupil|adult|patient|inhabitant|resident|mile|hectare|acre|hour|"
    r"passenger|"
    r"worker|employee|household|thousand|million)",
)
_GROUPS = AnyCase(
    r"\b(?:(?-i:(?:At|On|In|Across) the (?!end|start|same|first|last|second|third|beginning|time|years?|"
    r"months?|weeks?|days?|quarter|half|season|spring|summer|autumn|winter|fall|past|previous|next|following|"
    r"whole|meantime|two|three|four|five|six|seven|eight|nine|ten|twelve|decade|latest|most|current|corresponding)[a-z]+)|"
    r"among(?:st)? (?:the |those )?[\w-]+|for (?:men|women|boys|girls|children|adults|(?:the "
    r")?(?:young|old|elderly|over|"
    r"under)[\w-]*)|of all|outside|overseas|abroad|at home|elsewhere|nationally|nationwide|"
    r"(?:in|at|of|to|on) the (?:north|south|east|west|islands?|suburbs?|cities|towns|villages?|countryside|"
    r"capital)(?!\w))\b",
)
_AND_AMONG = AnyCase(r"\band (?:among(?:st)?|for|abroad|overseas|elsewhere|at home|in the)\b")
_TIME_BASE = re.compile(
    r" (?:[a-z]+ )?(?:than|on|from|since) (?:(?:it was|they were|the|this time|in|at|what it was) "
    r"){0,2}(?:a|an|one|two|three|"
    r"five|ten|last|year|month|week|(?:19|20)\d\d|January|February|March|April|May|June|July|August|September|October|"
    r"November|December|spring|summer|autumn|winter|Christmas|Easter)\b"
)
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Aa]cross|[Aa]round|[Nn]ear|[Oo]utside|[Ww]ithin|[Tt]hroughout) (?:the "
    r")?([A-Z][\w’'-]+)"
)
_NO_PLACE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Easter|Last|This|Parliament|I|Ramadan|Lent|New|Q\d)\b"
)
_ANOTHER = AnyCase(
    r"\b(?:neighbou?r\w*|rivals?|competitors?|elsewhere|next door|across the (?:border|river|country|region|"
    r"channel)|another|others?|separately|"
    r"(?:a|the) second (?!it|they|there|was|were|had|has|only|quarter|half|year|month|week|day|time|"
    r"period)(?=[a-z])|"
    r"likewise|similarly|by contrast|in contrast|meanwhile|unlike|whereas|while|whilst|although|though|"
    r"during which|in which|at which|(?:a|the) (?:year|period|month|time) (?:in|during) which|however|as for|"
    r"on (?:net |total )?(?:sales|revenues?|turnover) of|"
    r"respectively|(?<!than )(?<!on )(?<!with )(?<!from )(?:those|that) (?:of|in|at|for|from|who)|wanted|"
    r"offered)\b",
)
_THAT_OF = re.compile(
    r"\b(?<!than )(?<!on )(?<!with )(?<!from )(?:those|that) (?:of|in|at|for) (?:the )?[A-Z]|"
    r"\b(?:and|while|but) [A-Z][\w-]+['’]s (?:[a-z]+ )?(?:to|by|at|from|was|were|is|are|rose|fell|grew)\b"
)
_FRONTED = re.compile(r",(?: and| but)? (?:in|at) (?:the )?([A-Z][\w’'-]+)[^,;.]{0,16}?(?: to| at| by)? ")
_WHOLE_PERIOD = AnyCase(
    r"\b(?:(?:in|for|over|during) (?:all|the whole|the rest) of|all (?:last|this) (?:year|season)|whole of)\b"
)
_NEW_THING = re.compile(
    r"(?:,| and| but) (?:and |but )?(?:(?:the|its|their|his|her|that|those) )?[\w’'-]+(?: (?:of|in|at|on) "
    r"[\w’'-]+)?,"
    r" (?:which|who|whose|where)\b"
)
# A change that is one of several since the level: "to 3.5%, the third cut since June, when it was 4.25%".
_ONE_OF_SEVERAL = re.compile(
    rf"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|latest|"
    rf"(?:two|three|four|five|several|\d+) (?:earlier|previous|other|straight|successive)) "
    rf"(?:[a-z-]+ ){{0,3}}{CHANGE_NOUNS}\b"
)
# A level that was as high or low: "to 67 percent, the highest since 1992, when it was 71".
_EXTREME_SINCE = re.compile(
    r"\b(?:highest|lowest|most|fewest|least|best|worst|biggest|largest|smallest|longest|shortest)\b"
    r" since\b[^.;:]{0,30}\bwhen\b"
)
# A level of long ago, which a change without a time need not start from: "to 3.60; 20 years ago it was 1.40".
_YEARS_AGO = re.compile(
    r"; (?:\w+ ){1,2}(?:years|decades) (?:ago|before|earlier),? (?:it|they) (?:was|were|stood)"
)
_OVER_YEARS = re.compile(r"\b(?:years|decades?|since|then)\b")
# What stands between what was lost at one time and at another: "lost 90,000 | , the year before | 140,000".
_AT_ANOTHER_TIME = re.compile(
    r"(?: (?:last|this) [a-z]+| in (?:[A-Z][a-z]+|(?:19|20)\d\d))?,? (?:and |but |after )?(?:in )?"
    r"(?:the (?:year|season|month|week|quarter|day|night) (?:before|earlier|after)|the previous [a-z]+|"
    r"(?:last|this) [a-z]+|(?:19|20)\d\d|[A-Z][a-z]+),? (?:(?:only|just|about|some|nearly|almost) )?"
)
# What makes a figure a gap to another level, and none itself: "1,000 feet | above another jet".
_TO_A_SIDE = re.compile(
    r" (?:more|less|fewer|[a-z]{2,}er) than\b| (?:more|less|fewer)\b|"
    r" (?:above|below|short of|ahead of|behind) (?!zero\b|sea level\b|freezing\b|average\b)(?!\d)"
)
_ONE_ELSE = re.compile(r"[,;] (?:and |but |while )?(?:one|another|someone|those|the others?) (?:[a-z]+ )")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLAUSE = re.compile(r",(?!\d)|[;:–—]| and ")
_OF_ALL = AnyCase(r"\bof all\b|\boverall\b")
_CHANGED = (
    r"(?:(?:went|goes|gone) (?:from|up|down|to (?=[$£€\d]))|rose|risen|fell|fallen|grew|grown|climbed|"
    r"dropped|jumped|slid|sank|slipped|shrank|shrunk|"
    r"soared|surged|slumped|plunged|increased|decreased|declined|came down|came up|moved|rises|falls)"
)
_SUBJECT = AnyCase(
    rf"(?:^|[,;:“] ?|\band |\bbut )((?:(?:the|total|overall|its|their|his|her|all|net|gross|new) )*[\w’'-]+"
    rf"(?: (?:of|in|at|for|on|to) (?:the )?[\w’'-]+)?(?:, (?:however|though|meanwhile|by contrast),)?)"
    rf" (?:(?:have|has|had|also|alone|itself|then|only) )*{_CHANGED}\b",
)
_SAME_SUBJECT = AnyCase(
    r"^(?:(?:and|but|so|then|now) )*(?:it|they|that|this|these|those|which|who|we|he|she|you|i|there|(?:the|"
    r"its|their|his|her|"
    r"our) (?:\w+ )?(?:figures?|numbers?|totals?|counts?|tally|prices?|bills?|costs?|rates?|shares?|levels?|"
    r"toll|sum|"
    r"average)|numbers|figures|prices)$",
)


def sets_beside(text: str, size: Mention, *levels: Mention) -> bool:
    """Whether a change reaches one of two levels, and the other is no former one but what was foreseen, or
    what the later one is set beside: "rose 14% to $2.3bn, ahead of forecasts of $2.1bn"."""
    if not any(text[size.end : level.start] == " to " for level in levels):
        return False
    return any(
        _SIDE_OF.match(level.words)
        or _FORESEEN_LEVEL.search(text, max(level.sentence[0], level.start - _NEAR), level.start)
        or _FORESEEN_BEHIND.match(text, level.end)
        for level in levels
    )


def parted(text: str, change: Mention, one: Mention, other: Mention) -> bool:
    """Whether words leave open that a change is told of two levels."""
    first, second = sorted((one, other), key=lambda m: m.start)
    if _is_year(text, first, second) or _is_year(text, second, first):
        return True
    own = words_around(text, change, (first, second))
    own = own[: own.find(change.words) + len(change.words) + _BEHIND]
    words = words_around(text, first, (change, second)), words_around(text, second, (change, first))
    in_order = sorted(((change, own), (first, words[0]), (second, words[1])), key=lambda one: one[0].start)
    if _taken_back(text, change) or _to_come(text, change, first, second):
        return True
    if _AT_A_PACE.match(text, change.end) or is_at_a_pace(change, one, other):
        return True
    if not is_in_time(text, change):
        return len({_OF_ALL.search(one) is None for one in words}) == 2
    if any(
        m.start > change.end and _EXPECTS.search(text, max(m.sentence[0], m.start - _NEAR), m.start)
        for m in (first, second)
    ):
        return True
    start = max(min(change.start, first.start) - _WIDTH, min(change.sentence[0], first.sentence[0]))
    end = min(max(change.end, second.end) + _WIDTH // 2, max(change.sentence[1], second.sentence[1]))
    alone = change.sentence != first.sentence or change.sentence != second.sentence
    measures = {found.lower() for found in _MEASURES.findall(text, start, end)}
    if len(measures) > 1 - alone or (_PER.search(own) and not (first.per or second.per)):
        return True
    between = text[min(change.end, first.end) : max(change.start, second.start)]
    if (
        _ANOTHER.search(between)
        or _ONE_OF_SEVERAL.search(between)
        or _EXTREME_SINCE.search(between)
        or (_YEARS_AGO.search(between) and not _OVER_YEARS.search(own))
        or (", " in between and _NEW_THING.search(between))
        or _of_another_group(*(told for _, told in in_order))
    ):
        return True
    if _AND_AMONG.search(text, first.end, second.start):
        return True
    return alone and of_other_times(own, *words)


def _is_year(text: str, one: Mention, other: Mention) -> bool:
    """Whether a figure may be a year beside a sum of money or the like: "60% above its price of 2020"."""
    if _YEAR.fullmatch(one.words) is None or other.words.isdigit():
        return False
    return text.endswith((" of ", " in ", " since "), 0, one.start)


def is_between(text: str, change: Mention, one: Mention, other: Mention) -> bool:
    """Whether a difference can be one between two levels: neither is a gap itself, and none is the same of
    another time or of somebody else."""
    if is_to_a_side(text, one) or is_to_a_side(text, other):
        return False
    behind = min((m.start for m in (one, other) if m.start >= change.end), default=None)
    if behind is None:
        return True
    last = max(change.end, one.start, other.start)
    if _ONE_OF_SEVERAL.search(text, change.end, last):
        return False
    listed = _AT_ANOTHER_TIME.fullmatch(text, change.end, behind)
    return listed is None and _ONE_ELSE.search(text, change.end, behind) is None


def is_to_a_side(text: str, mention: Mention) -> bool:
    """Whether a figure is how far something is from a level: "1,000 feet above another jet"."""
    return _TO_A_SIDE.match(text, mention.end) is not None


def is_at_a_pace(change: Mention, one: Mention, other: Mention) -> bool:
    """Whether a percentage is one of each year, and its levels may be years apart: "12% a decade"."""
    return change.unit == PER_CENT and change.per is not None and change.per not in (one.per, other.per)


def is_in_time(text: str, change: Mention) -> bool:
    """Whether a change is one from one time to another, and not between two things: "8 more than"."""
    return has_time_base(text, change) or (
        change.trend is not None and COMPARATIVE.match(text, change.end) is None
    )


def has_time_base(text: str, change: Mention) -> bool:
    """Whether a change is told against another time: "12% more than a year ago"."""
    return _TIME_BASE.match(text, change.end) is not None


def _taken_back(text: str, change: Mention) -> bool:
    """Whether the sentence of a change denies it or only supposes it."""
    start = max(change.sentence[0], change.start - _WIDTH)
    end = min(change.sentence[1], change.end + _WIDTH)
    if _NOT.search(text, max(start, change.start - 24), change.start):
        return True
    return bool(_DENIED.search(text, start, end) or _SUPPOSED.search(text[start:end]))


def _to_come(text: str, change: Mention, first: Mention, second: Mention) -> bool:
    """Whether a change is foreseen, and its levels, in other sentences, are not."""
    if change.sentence in (first.sentence, second.sentence):
        return False
    start = max(change.sentence[0], change.start - _WIDTH // 2)
    if _FORESEEN.search(text, start, change.start) is None:
        return False
    return _FORESEEN.search(text, first.sentence[0], min(second.sentence[1], second.end + _WIDTH)) is None


def _of_another_group(opening: str, *following: str) -> bool:
    """Whether the words around a change and its levels, in the order of the text, tell of different places
    or groups: two of them, or one that only comes later."""
    whole = " ".join((opening, *following))
    for told_in, pattern in ((_groups, _GROUPS), (_places, _PLACE)):
        if pattern.search(whole) is None:
            continue
        known = told_in(opening)
        for words in following:
            found = told_in(words)
            if found - known and (known or told_in is _groups):
                return True
            known |= found
    return False


def of_two_places(text: str, change: Mention, one: Mention, other: Mention) -> bool:
    """Whether the words around two levels set each in a place of its own: "1.29 million tonnes in Spain, and
    250,000 in Italy", "£748, in London to £995", "$1.9 trillion, behind that of Apple at $2.4 trillion"."""
    first, second = sorted((one, other), key=START)
    if _THAT_OF.search(text, first.end, second.start):
        return True
    fronted = _FRONTED.fullmatch(text, first.end, second.start)
    if fronted is not None and _NO_PLACE.match(fronted[1]) is None:
        return True
    here = _places(words_around(text, first, (change, second)))
    there = _places(words_around(text, second, (change, first)))
    return bool(here and there) and not here & there


def of_whole_and_part(text: str, one: Mention, other: Mention) -> bool:
    """Whether one of two levels is that of a whole year or the like, and the other is not: "212 in the first
    half, against 340 in all of last year"."""
    told = (words_around(text, one, (other,)), words_around(text, other, (one,)))
    return (_WHOLE_PERIOD.search(told[0]) is None) is not (_WHOLE_PERIOD.search(told[1]) is None)


def _groups(words: str) -> set[str]:
    return {word.lower() for word in _GROUPS.findall(words)}


def _places(words: str) -> set[str]:
    return {name for name in _PLACE.findall(words) if _NO_PLACE.match(name) is None}


def words_around(text: str, mention: Mention, others: tuple[Mention, ...]) -> str:
    """The words of the sentence around a figure, up to the clause of the next of the others."""
    start = max(mention.sentence[0], mention.start - _WIDTH)
    end = min(mention.sentence[1], mention.end + _WIDTH)
    for other in others:
        if start < other.end <= mention.start:
            start = _break(text, other.end, mention.start) or other.end
        elif mention.end <= other.start < end:
            end = _break(text, mention.end, other.start) or other.start
    return text[start:end]


def _break(text: str, start: int, end: int) -> int | None:
    """Where a clause ends between two figures."""
    found = _CLAUSE.search(text, start, end)
    return None if found is None else found.start()


def has_own_subject(text: str, start: int, end: int, known: str) -> bool:
    """Whether the words up to a level name what changed, and it is not what ``known`` speaks of: "robberies
    went from"."""
    found = _SUBJECT.search(text[max(start, end - 3 * _WIDTH) : end].strip())
    if found is None or _SAME_SUBJECT.match(found[1].strip()):
        return False
    return not set(content(found[1])) & set(content(known))
