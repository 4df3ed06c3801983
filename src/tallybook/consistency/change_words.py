"""Words that say how two levels differ, which of the two was the former one, and what a clause speaks of.

Data for the tests of changes, and small questions about a place of a text. A longer list finds more; what
must hold beside the words (``levels_beside``, ``changes_apart``) does not depend on the list.
"""

from __future__ import annotations

import re

from tallybook.consistency.any_case import AnyCase, in_small_letters, spaced, spelled_out, words_of
from tallybook.consistency.same_words import stem

CHANGE_NOUNS = (
    r"(?:(?:in|de)creases?|rises?|falls?|drops?|jumps?|declines?|cuts?|gains?|loss(?:es)?|growth|"
    r"reductions?|surges?|"
    r"slumps?|climbs?|hikes?|raises?|slides?|dips?|plunges?|improvements?|expansions?|uplifts?|advances?|"
    r"moves?|"
    r"changes?|swings?|shifts?|leaps?|spikes?|upturns?|downturns?|bumps?|boosts?|additions?|saving|savings|"
    r"shrinkage|fall-off|drop-off|mark-up|markup|recovery|setbacks?|erosion|"
    r"contractions?|departures?|slowdowns?|crash(?:es)?|tumbles?|upticks?|escalations?|rall(?:y|ies)|doubling|halving|hike|rebound|collapse|collapses|retreat)"
)
GAP_NOUNS = (
    r"(?:gaps?|leads?|margins?|differences?|majority|majorities|advantages?|shortfalls?|edge|cushion|"
    r"distance|"
    r"disparity|differential|overrun)"
)
# What stands before a figure and makes it the size of a difference, without a direction.
SIZE_BEFORE = AnyCase(
    rf"\b(?:{GAP_NOUNS}|{CHANGE_NOUNS})(?: (?!error)\w+){{0,2}},? (?:of|is|was|at|amounts? to|comes? to|"
    rf"came to) "
    r"(?:(?:just|only|some|about|a|the|full|mere) ){0,2}$|\b(?:by|beat|beaten|outscored) (?:just |only |"
    r"some |a )?$",
)
# A difference that names what it lies between: "the gap between the head, on £112,000, and her deputy is".
GAP_BETWEEN = AnyCase(
    rf"\b(?:{GAP_NOUNS}) (?:between|separating|that separates)\b[^.;]{{0,160}}[ ,](?:is|was|of|at|to|:) $",
)
# What makes the size a width of doubt or of a score: "a margin of error of 3 points".
_NO_SIZE = AnyCase(
    r"\b(?:error|deviation|majority of|votes? by|won by|at least|chance of|"
    r"(?:net|pre-?tax|operating|annual|quarterly|trading|(?:ma[dk]e|making|post(?:ed|s)|report(?:ed|s)|suffered|"
    r"ran) an?(?: [a-z-]+)?) loss of)\b[^,;.]{0,12}$",
)
# A verb of change whose object the figure is, where the former level follows: "given up 102.6 points from".
VERB_BEFORE = AnyCase(
    r"\b(?:giv\w+|gave|put\w*|add\w*|shed\w*|los\w+|gain\w*|drop\w*|slip\w*|shav\w+|knock\w*|t[ao]k\w+|"
    r"trim\w*|slash\w*|cut\w*|"
    r"climb\w*|gr[eo]w\w*|r[io]s\w+|f[ae]ll\w*|sank|jump\w*) (?:up |on |back |off |away |about |some |"
    r"another |only |just ){0,2}$",
)
SAVES = AnyCase(
    r"\b(?:saves?|saved|saving) (?:about |some |around |nearly |over |them |us |me |him |her |you ){0,2}$",
)
# The same, behind the figure: the direction is down, up, or not told.
_LESS = (
    r"fewer|less|lower|lighter|shorter|smaller|slower|cheaper|younger|thinner|narrower|shallower|quicker|weaker|poorer|"
    r"cooler|colder|nearer|closer|leaner|slimmer"
)
_MORE = (
    r"more|extra|higher|larger|bigger|greater|longer|heavier|faster|older|taller|wider|dearer|costlier|"
    r"deeper|"
    r"better|stronger|further|farther|warmer|hotter|richer|steeper|thicker|broader|busier|fuller|brighter|louder"
)
SIDES = rf"(?:{_LESS}|{_MORE})"
DOWN_BEHIND = re.compile(rf" (?:{_LESS}|short|shy|adrift|behind|down on)\b")
UP_BEHIND = re.compile(rf" (?:{_MORE}|ahead|clear|in front|up on)\b")
# The same where the other level follows: "£3.9m over the budgeted £57.5m".
_BASE = r"\s+(?:(?:the|its|their|his|her|last|a|\w+['’]s|[a-z]+) ){0,6}(?=[$£€]?\d)"
BELOW_BASE = re.compile(rf" (?:off|under|below|beneath|down on){_BASE}")
ABOVE_BASE = re.compile(rf" (?:above|over|beyond|past|up on){_BASE}")
# The same of a percentage, whose base words may name: "35 percent over the estimate".
OVER_WORDS = re.compile(r" (?:over|above) (?:the|its|his|her|their|last|what)\b")
UNDER_WORDS = re.compile(r" (?:under|below) (?:the|its|his|her|their|last|what)\b")
# What is gone or came: a change only where the clause draws a sum, "so 380 have gone".
GONE_BEHIND = re.compile(
    r" (?:of (?:them|those|us) )?(?:have|has|had|were|are)(?: since| now)? (?:gone|left|lost|vanished|"
    r"disappeared|closed|"
    r"been (?:lost|cut|shed|closed))\b"
)
SUMS_UP = AnyCase(
    r"[\s“”\"'‘’]*(?:and |but )?(?:so|thus|hence|therefore|meaning|which|that|making|leaving|this)\b",
)
# The first word of all of these, one look for the many figures that no such word follows.
CUE_BEHIND = re.compile(
    rf" (?:{_LESS}|{_MORE}|{GAP_NOUNS}|{CHANGE_NOUNS}|apart|short|shy|adrift|behind|down|ahead|clear|in|up|"
    rf"off|under|"
    r"below|beneath|above|over|beyond|past|from|of|have|has|had|were|are)\b"
)
# The last words of all that stands in front; each is followed by a space.
_CUES_BEFORE = (
    "of", "is", "was", "at", "to", "by", "beat", "beaten", "outscored", "just", "only", "some", "about", "a",
    "the", "full", "mere", "nearly", "around", "over", "saves", "saved", "save", "saving", "them", "us", "me",
    "him", "her", "you", ":",
)  # fmt: skip
BEFORE_SIZE = spaced(" ".join(_CUES_BEFORE))
"""How a text in small letters ends before a figure that may be the size of a difference."""
COMPARATIVE = re.compile(r" (?:[a-z]+ )?(?:more|less|fewer|[a-z]{2,}er)\b")
SIZE_BEHIND = re.compile(
    rf" (?:{GAP_NOUNS}|{CHANGE_NOUNS}|apart)\b(?! in (?!all\b|a\b|one\b|two\b|three\b|half\b|\d))"
)
# A noun that is hung to the figure: "a 40 percent jump", "the seven-point improvement".
NOUN_BEHIND = re.compile(
    rf" (?:(?:annual|overall|further|sharp|steep|yearly) )?(?:{GAP_NOUNS}|{CHANGE_NOUNS})\b(?! in (?!all\b|"
    rf"a\b|one\b|two\b|three\b|half\b|\d))"
)

# What begins a clause that goes on about what was said: "so", "which makes", "a rise of", "up", "their number
# has".
_SOME = (
    r"(?:some|about|just|only|nearly|almost|roughly|around|more than|less than|fewer than|over|under|a full|"
    r"fully)"
)
_DETERMINER = r"(?:an?|the|that|this|one|what|his|her|their|its)"
_TIED = re.compile(
    r"[\s“”\"'‘’]*(?:and |or |but |yet |now )?(?:"
    r"(?:so|thus|hence|therefore|meaning|making|giving|representing|amounting|equivalent|which|that|this|"
    r"these|those|"
    r"it|they|them|its|their|in other words)\b.*|"
    rf"(?:up|down|or|by|off|ahead|clear|with|still|at|even)? ?(?:{_SOME})? ?(?:by )?(?:an? |the )?$|"
    r"(?:the (?:number|figure|total|count|tally)(?! of)|numbers|figures|the (?:price|rate|share|cost|"
    r"sum)(?! of))\b.*|"
    rf"(?:{_DETERMINER},? (?:[\w-]+ ){{0,2}})?(?:{CHANGE_NOUNS}|{GAP_NOUNS})\b"
    r"(?:$|,? (?:of|is|was|at|between|comes?|came|amounts?|now)\b.*)|"
    r"(?:beating|topping|exceeding|passing|surpassing|outnumbering|trailing|leading|missing|falling|rising|"
    r"having|shedding|"
    r"adding|losing|gaining|dropping|growing|shrinking|going|putting|taking)\b.*|"
    r"(?-i:(?:(?:at|in|on|of|for|by|over|under|from|last|this) (?:[\w'’.-]+ ){1,4}?)?(?:is|are|was|were|"
    r"has|have|had|will|would|"
    r"stands?|took|beat|fell|rose|grew|shrank|sank|cut|lost|won|ran|[a-z]+ed)\b).*"
    r")$",
    re.IGNORECASE | re.DOTALL,
)
_DEFINITE = AnyCase(rf"\b(?:the|that|this|put the (?:{CHANGE_NOUNS}) at|calls? it an?) ?(?:{_SOME} )?$")
_PUT_AT = AnyCase(
    rf"\b(?:the|that|this|a|an) (?:[\w-]+ )?(?:{CHANGE_NOUNS}|{GAP_NOUNS})(?: (?!in\b)[\w-]+){{0,2}} (?:at|"
    rf"of|is|was) ?(?:{_SOME} )?$",
)
# A clause of its own within the sentence: "It also warned that car prices will go up by".
_REPORTS = re.compile(r"\b(?:that|warn\w*|which|who)\b")
_FIRST_WORD = 5
_GERUND = re.compile(r"[\s“”]*[A-Za-z]+ing\b")
# A change whose object is what was said: "have cut that by half", "doubled that".
_ITS_OBJECT = AnyCase(r"\b(?:that|it|them|this|these|those) by (?:some |about |just |only |nearly )?$")
_THEM = re.compile(r" (?:that|it|them|this|those)(?= to\b|[,.;:”]|$)")
_BOUNDARY = re.compile(r",(?!\d)|[;:(–—“”]|\. | - ")

# What parts a clause of another subject from the one before.
SWITCH = AnyCase(
    r"\b(?:while|whilst|whereas|although|though|but|despite|of whom|of which|meanwhile|unlike)\b",
)
# Another thing than the one whose change is told.
OTHER_THING = AnyCase(
    r"\b(?:neighbou?r\w*|rivals?|competitors?|elsewhere|next door|across the|another|others?|separately|"
    r"nationally|"
    r"a second|the second|likewise|similarly)\b",
)
_SUBJECTS = (
    r"(?:it|they|there (?:is|are|was|were|had|have|has|being|will|used)|it['’]s|they['’]re|"
    r"(?:the|its|their|his|her|our|today['’]s|that) (?:(?:\w+ )?(?:figure|number|total|count|tally|record|"
    r"one|ones)|level|peak|"
    r"price|best|high|low|same|budget|bill|toll|share|rate|sum|queue|list)s?\b(?! of (?!them\b)))"
    r"\b"
)
_AT_FIRST = (
    r"(?:that|that['’]s|those|these|this|which|theirs|hers|ours|numbers|figures|prices|"
    r"(?:last|this) (?:year|month|week|summer|spring|autumn|winter|season|time)['’]s)\b"
)
_LEADERS = (
    r"(?:in|on|at|by|before|after|since|until|back|during|over|under|with|from|for|once|an?|"
    r"the (?:\w+ )?(?:year|month|week|day|season|"
    r"survey|summer|winter|spring|autumn|decade|quarter|time|poll)|last|this|next|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|"
    r"twenty|\d+|several|today|now|then|previously|earlier)"
)
# A sentence or clause that goes on about the same: a pronoun, with a time or place before it at most.
_CONTINUES = AnyCase(
    rf"[\s“”\"'‘’;:–—]*(?:(?:and|but|yet|so|now|then|by now|today|still|"
    rf"only)\b,? )*(?:(?:{_LEADERS}\b[^,;:.“”()]{{0,44}}?,? )?{_SUBJECTS}|{_AT_FIRST})",
)
_PERSON = AnyCase(r"[\s“”\"'‘’;:–—]*(?:(?:and|but|yet|so|now|then|today|still)\b,? )*(we|i|he|she|you)\b")
_SINCE_THEN = AnyCase(
    r"[\s“”\"'‘’]*(?:since then|since|in the \w+ since|over that time|in that time|by now),? (?:the|its|"
    r"their|that) (?:[\w-]+ )?[\w-]+ (?:has|have|had)\b",
)
_TIME_OPENING = AnyCase(
    r"[\s“”\"'‘’;:–—]*(?:and |but )?(?:(?:just |only |barely |exactly |some |about )?(?:an?|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|"
    r"twelve|twenty|\d+|several|a few) (?:\w+ )?(?:year|month|week|day|summer|winter|spring|season|decade|"
    r"quarter|autumn)s? "
    r"(?:ago|before|earlier|previously|later|on)\b|(?:last|the previous|the (?:year|month|week|season|day|"
    r"summer|winter) before)\b|"
    r"back in\b|previously|before (?:that|then|the)|in (?:[A-Z][a-z]+ )?(?:19|20)\d\d\b|in (?:January|"
    r"February|March|April|"
    r"May|June|July|August|September|October|November|December)\b|until|today|now|this (?:year|month|week|"
    r"time|season|"
    r"spring|summer|autumn|winter|fall)\b|on (?:the )?(?:first|opening|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|"
    r"sunday)|at the (?:start|last|beginning|turn|end|time|same|press|peak))",
)
_NAME = re.compile(r"(?<=[a-z,’'] )[A-Z][a-z]{2,}")
_MONTH_OR_DAY = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|"
    r"Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday|Christmas|Easter|Last|This|Two|Mr|Ms|Mrs|Dr)$"
)
# What money can be the level of.
_MONEY_SUBJECT = AnyCase(
    r"\b(?:prices?|rents?|fees?|fares?|costs?|tuition|wages?|salary|salaries|pay|bills?|tolls?|tickets?|"
    r"charges?|rates?|"
    r"premiums?|value|worth|revenues?|profits?|sales|takings|income|turnover|spending|budget|debts?|"
    r"exports?|imports?|fine|"
    r"fines|rental|pension|pensions|tax|taxes|subsid(?:y|ies)|earnings|donations?|prize|contribution)\b",
)

_TOPIC = AnyCase(
    r"\b(prices?|rents?|fees?|fares?|tuition|wages?|salary|salaries|revenues?|profits?|sales|takings|"
    r"income|turnover|"
    r"spending|budget|debts?|exports?|imports?|taxes|subsid(?:y|ies)|earnings|donations?)\b",
)
_CHANGES = re.compile(
    r"\b(?:rose|fell|grew|climbed|dropped|jumped|slid|sank|slipped|shrank|soared|surged|slumped|plunged|"
    r"increased|"
    r"decreased|declined|advanced|gained)\b"
)
_EARLIER = AnyCase(
    r"\b(?:(?:year|month|week|day|season|decade|quarter|summer|winter|spring|autumn)s? (?:before|earlier|"
    r"previously)|before that|"
    r"the (?:year|month|week|day|season) before)\b",
)
_PERIOD = (
    r"(?:year|month|week|season|summer|winter|spring|autumn|fall|quarter|time|decade|day|night|term|century|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)"
)
_STRONG_PAST = AnyCase(
    rf"\b(?:ago|last {_PERIOD}|previous(?:ly)?|earlier|before|used to|had been|had (?!\d)\w+(?:ed|t|en|n|d|"
    rf"ne) |formerly|once|"
    rf"until (?:now|then|recently)|so far|hitherto|back in|yesterday|in my day|at the start|(?:started|"
    rf"began|opened) (?:with|at|out)|"
    r"start(?:ed|ing) (?:with|at|from|on)|beg[au]n (?:with|at|on)|opened at|originally|initially|the old|"
    r"its predecessor|"
    r"at (?:christmas|easter)|on election night|existing|then|of old|at first|when \w+ (?:\w+ )?(?:came|"
    r"took|arrived|opened|joined|began))\b",
)
_WEAK_PAST = AnyCase(
    r"\b(?:was|were|had|stood|came|paid|did|took|held|counted|weighed|drew|cost me|spent|earned|made)\b",
)
_PRESENT = AnyCase(
    rf"\b(?:now|today|currently|at present|these days|nowadays|this {_PERIOD}|this morning|present|"
    rf"so far this|is|are|’s|'s (?=now)|has|have|"
    r"stands?|will|goes|costs?|fetch(?:es)?|sells?|charges?|pays?|takes|needs|wait|waits|left with|down to|"
    r"up to|latest|"
    r"(?:has|have) (?:since|come)|by last|to stand|it['’]s|i['’]m|we['’]re|they['’]re|new)\b",
)
_FUTURE = AnyCase(
    r"\b(?:will|would|is to|are to|goes to|go to|going to|next (?:year|month|week|season|term|fall|"
    r"spring))\b",
)
_SURELY_TO_COME = re.compile(r"\b(?:will|is to|are to) (?:then |soon |now )?(?:[a-z]+)\b")
_SURELY_NOW = AnyCase(
    rf"\b(?:now|today|currently|at present|these days|nowadays|this {_PERIOD}|is|are|stands?|it['’]s|"
    rf"i['’]m|down to|left with|has since|have since)\b",
)
MARKET = AnyCase(
    r"\b(?:shares?|stocks?|index|indices|futures|bonds?|yields?|crude|barrel|ounce|bitcoin|dow|nasdaq|ftse|"
    r"currency|traded|"
    r"trading|session)\b",
)
_GRAINS = (
    re.compile(r"\b(?:day|daily|overnight|yesterday|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
        r"session)\b", re.IGNORECASE),
    re.compile(r"\b(?:week|weekly|weekend)\b", re.IGNORECASE),
    re.compile(r"\b(?:month|monthly|January|February|March|April|May|June|July|August|September|October|November|December)\b"),
    re.compile(r"\b(?:years?|yearly|annual|annually|decades?|century|(?:19|20)\d\d|summer|winter|spring|"
        r"autumn)\b", re.IGNORECASE),
)  # fmt: skip
_LONGEST_CLAUSE = 120


_SIZE_WORDS = frozenset(
    part for word in spelled_out(f"(?:{GAP_NOUNS}|{CHANGE_NOUNS})") for part in word.split("-")
)
_WORDS = re.compile(r"[a-z]+")
_NO_SIZE_WORDS = frozenset(
    {"error", "deviation", "majority", "vote", "votes", "won", "least", "loss", "chance"}
)
"""One of them is in all words that make a size a doubt or a score."""
_NO_NOUN = spaced("by beat beaten outscored just only some a")


def may_name_size(lowered: str, start: int, end: int) -> bool:
    """Whether words in small letters before a figure may make it the size of a difference: asked before
    ``SIZE_BEFORE``."""
    if lowered.endswith(_NO_NOUN, start, end):
        return True
    if _SIZE_WORDS.isdisjoint(words_of(lowered)):
        return False
    return not _SIZE_WORDS.isdisjoint(_WORDS.findall(lowered, start, end))


def is_no_size(text: str, start: int, end: int) -> bool:
    """Whether words before a figure make it the width of a doubt or a score, and no difference."""
    known = words_of(in_small_letters(text))
    return not _NO_SIZE_WORDS.isdisjoint(known) and _NO_SIZE.search(text, start, end) is not None


def lead_in(text: str, start: int, end: int) -> str:
    """The words of the clause that ends at ``end``, from its beginning or from ``start``."""
    begin = max(start, end - _LONGEST_CLAUSE)
    for boundary in _BOUNDARY.finditer(text, begin, end):
        begin = boundary.end()
    return text[begin:end]


def is_tied(text: str, lead: str, behind: int, *, apart: bool = False) -> bool:
    """Whether a change, with the words of its clause before it, goes on about what was said already.

    ``apart``: in the sentence before, so that "a drop of" in the midst of words is another one.
    """
    if apart and (_GERUND.match(lead) or _REPORTS.search(lead, _FIRST_WORD)):
        return False
    if _TIED.match(lead) is not None:
        return True
    if _ITS_OBJECT.search(lead) or (lead and _THEM.match(text, behind)):
        return True
    put = _PUT_AT.search(lead)
    if put is not None and not (apart and put[0].lower().startswith("a")):
        return True
    return _DEFINITE.search(lead) is not None and NOUN_BEHIND.match(text, behind) is not None


def continues(text: str, start: int, end: int) -> bool:
    """Whether a clause, up to its figure at ``end``, goes on about the subject of the one before."""
    end = min(end, start + _LONGEST_CLAUSE)
    return _CONTINUES.match(text, start, end) is not None or _SINCE_THEN.match(text, start, end) is not None


def same_person(text: str, start: int, before: tuple[int, int]) -> bool:
    """Whether a sentence begins with the person who is in the one ``before``: "We had 24 … We have"."""
    person = _PERSON.match(text, start, min(len(text), start + _LONGEST_CLAUSE))
    if person is None:
        return False
    return re.search(rf"\b{person[1]}\b", text[before[0] : before[1]], re.IGNORECASE) is not None


def opens_with_time(text: str, start: int, end: int) -> bool:
    """Whether a sentence begins with a time: "A year ago boats brought in …"."""
    return _TIME_OPENING.match(text, start, min(end, start + _LONGEST_CLAUSE)) is not None


def names(words: str) -> set[str]:
    """The names within a stretch of text, as capitals show them."""
    return {name for name in _NAME.findall(words) if _MONTH_OR_DAY.match(name) is None}


def of_money(words: str) -> bool:
    """Whether a sentence speaks of something that money measures."""
    return _MONEY_SUBJECT.search(words) is not None


def same_topic(words: str, other: str) -> bool:
    """Whether a sentence with two sums of money names no change and no topic ("revenue") of its own, beside
    those of ``other``."""
    if _CHANGES.search(words):
        return False
    topics, known = ({stem(topic) for topic in _TOPIC.findall(one)} for one in (words, other))
    return not topics or bool(topics & known)


def age_of(clause: str) -> int:
    """How far back the words of a clause set its figure: 0 before something past, 1 past for certain, 2 in
    the past tense, 3 unknown, 4 at present, 5 at present for certain, 6 to come."""
    if _EARLIER.search(clause):
        return 0
    if _SURELY_TO_COME.search(clause) and "ago" not in clause:
        return 6
    if _STRONG_PAST.search(clause):
        return 1
    if _FUTURE.search(clause):
        return 6
    if _SURELY_NOW.search(clause):
        return 5
    if _WEAK_PAST.search(clause):
        return 2
    return 4 if _PRESENT.search(clause) else 3


def grain_of_time(words: str) -> tuple[int, int] | None:
    """The finest and the coarsest period that words name, from 0 for days to 3 for years; None for none."""
    found = [k for k, grain in enumerate(_GRAINS) if grain.search(words)]
    return (found[0], found[-1]) if found else None
