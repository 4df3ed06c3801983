"""One measure twice in a text: the second mention says with "the" or "all" that it is the first again.

"Nine miners died. All 11 miners who died …", "fined the refinery €750,000 … the fine of €570,000", "a
$1.2 billion budget … the $1.2 billion budget", "Harriet Solane, 43, … Solane, 34, …". What the second
mention is said of must stand in the sentence of the first; another time, place or part is silence.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, SHARE, TIMES, zones
from tallybook.consistency.forms import AGE_FORM, EXACT, NUMBER_FORM
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.same_words import (
    ADVERBIAL,
    AUXILIARIES,
    BY_TIMES,
    CONTACT,
    DIMENSIONS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SMALL,
    content,
    stem,
)  # fmt: skip
from tallybook.consistency.told_figures import DEFINITE, TOKEN, Sentence, Told, noun_before
from tallybook.matching.numbers import meet
from tallybook.quantity import INFINITY
from tallybook.reading import Mention, Reading

TEST = "one count twice"
_VERBAL = re.compile(
    r"\b(?:costs?|costing|worth|is|was|are|were|measured|measures|measuring|totall?ed|totall?s"
    r"|stood at|reached|hit|came to"
    r"|be|been|weighs?|weighed|stands|stood|drew|valued at|sold for|sells for|went for|fetched"
    r"|put at|set at|at|of)(?: (?:about|just|nearly"
    r"|some|exactly|only))? $"
)
_INDEFINITE = re.compile(
    r"\b[Aa]n? (?:[\w’'-]+ ){0,2}$|\b[Tt]he (?:new |proposed |planned )?$|\b(?:its|their|his"
    r"|her) (?:new )?$"
)
_NAME_AGE = re.compile(r"([A-Z][\w’'-]+ (?:[A-Z][\w’'.-]+ ){0,3}?)?([A-Z][\w’-]+), $")
_KIN = re.compile(
    r"\b(?:wife|husband|sons?|daughters?|brothers?|sisters?|father|mother|partner|twins?|couple|cousin)\b"
)
_FOR_NOTHING = frozenset({"free", "now", "nothing", "good", "years", "ever", ""})
_AFFECTED = frozenset({"injured", "wounded", "killed", "dead", "missing", "hurt", "arrested", "affected"})
_STRUCK = re.compile(
    r" (?:were|was|are|got) (?:[a-z]+ly )?(?:hurt|injured|killed|wounded|burn[et]d?|bruised)\b"
)
_PARTED = frozenset({"another", "other", "others", "different", "separate"})
_OPPOSITE = {"before": "after", "after": "before"}
_LIGHT = frozenset(
    {"rate", "level", "figure", "number", "total", "sum", "price", "size", "length", "height", "depth"}
)
_FAR, _KEPT, _LONGEST = 4, 6, 800
"""Sentences that may part the two; figures of a unit kept; the longest sentence looked at."""


def repeats(reading: Reading) -> Iterator[Check]:
    """A check for every figure that comes again, as words of the second mention say."""
    text = reading.text
    keys = list(map(_key, reading))
    many = Counter(keys)
    bare: deque[Told] = deque(maxlen=_KEPT)
    known = {"": bare}
    at, span, sentence = 0, (-1, -1), None
    for mention, key in zip(reading, keys, strict=True):
        if mention.sentence != span:
            at, span, sentence = at + 1, mention.sentence, None
        if key is None or span[1] - span[0] > _LONGEST:
            continue
        also = bare if mention.noun is not None and mention.unit != PER_CENT else ()
        if key and many[key] == 1 and not also:
            continue  # no other is of its kind
        sentence = sentence or Sentence(text, span, at)
        told, earlier = Told(text, mention, sentence), known.get(key)
        if also or earlier:
            found = _found(text, [*also, *(earlier or ())], told)
            if found is not None:
                yield found
        if earlier is None:
            earlier = known[key] = deque(maxlen=_KEPT)
        earlier.append(told)


def _key(mention: Mention) -> str | None:
    """What a figure shares with one that may be it again: its unit, or what it counts; None where it can be
    told again by none."""
    low, unit, form = mention.low, mention.unit, mention.form
    if low != mention.high:
        return None
    if form is AGE_FORM:
        return "age" if unit == "year" else None
    if not 1 < low < INFINITY or mention.per is not None or form is not NUMBER_FORM or unit in (SHARE, TIMES):
        return None
    if unit is None or is_measured(unit):
        return unit or ""
    noun = mention.noun
    return _head(noun) if noun is not None and noun.split()[-1].lower() in _AFFECTED else stem(unit)


def _head(noun: str) -> str:
    """The stem of what is counted: of "workers injured" the workers."""
    words = noun.lower().split()
    while len(words) > 1 and words[-1] in _AFFECTED:
        words.pop()
    return stem(words[-1])


def _found(text: str, earlier: list[Told], second: Told) -> Check | None:
    """The nearest earlier figure that the words of the second mention point to."""
    two = second.mention
    low = two.low
    again = low in [first.mention.low for first in earlier]
    for first in reversed(earlier):
        if not 0 < second.at - first.at <= _FAR:  # in one sentence, or too far
            continue
        closes = first.mention.low == low
        if not closes and first.at > 1 and not second.points and _is_exact(first) and _is_exact(second):
            continue
        if two.form is not AGE_FORM:
            if first.mention.form is AGE_FORM:
                continue
            closes = closes or meet(zones(first.mention).true, zones(two).true)
        if not closes and (again or not (first.at == 1 or second.points)):
            continue
        if _is_again(text, first, second, closes):
            return _check(first.mention, second.mention, closes)
    return None


def _is_exact(told: Told) -> bool:
    return told.mention.modifier is EXACT and not told.mention.hedges


def _is_again(text: str, first: Told, second: Told, closes: bool) -> bool:
    """Whether words of the second of two figures make it the first again."""
    if second.mention.form is AGE_FORM:
        one, two = first.mention, second.mention
        return one.form is AGE_FORM and (_one_name(text, one, two) or _one_noun(text, first, second))
    same = first.mention.low == second.mention.low
    if _differ(first, second, same):
        return False
    if closes:
        if not same and not clause_of(text, first, second.mention)[0]:
            return False
        shared = (first.sentence.stems & second.sentence.stems) - {stem(second.mention.unit or "")}
        return len(shared) >= 2 or (second.definite and bool(shared or second.mention.noun))
    return _points_back(text, first, second) or _restates(first, second)


def _check(first: Mention, second: Mention, closes: bool) -> Check:
    told = f"{first.words} and then {second.words}"
    why = f"The text says {told}." if closes else f"The text says {told} of the same."
    return Check(TEST, (first.words, second.words), closes, why, None, first.start, second.end)


def _differ(first: Told, second: Told, same: bool) -> bool:
    """Whether words part the two: "another", "earlier", "still", other years or days."""
    one, two = first.sentence, second.sentence
    if one.parting != two.parting and (not same or _PARTED & one.parting != _PARTED & two.parting):
        return True
    if not same and first.attributed and second.attributed:
        return True
    if second.mention.unit == PER_CENT and _two_months(first, second):
        return True
    if one.years and two.years and one.years != two.years:
        return True
    return bool(second.fronted) and not second.fronted <= one.stems


def _two_months(first: Told, second: Told) -> bool:
    one, two = first.sentence.months, second.sentence.months
    return bool(one) and bool(two) and not one & two


def _restates(first: Told, second: Told) -> bool:
    """Whether the second sentence has every word of a short first one: "Quake kills 212 in Sarrand"."""
    own = {stem(first.mention.unit or ""), stem(second.mention.unit or "")}
    one = first.stems - own - SMALL
    also = {"also", "too", "again"} & second.lowered
    return first.at == 1 and len(one) >= 3 and len(first.words) < 120 and not also and one <= second.stems


def _points_back(text: str, first: Told, second: Told) -> bool:
    """Whether the noun phrase of the second figure names what the first is of."""
    mention = second.mention
    before = text[max(mention.sentence[0], mention.start - 60) : mention.start]
    named = noun_before(before)
    if named is not None and (named[2].lower() not in ("each", "all", "rest", "half", "most")):
        head, described = stem(named[2]), content(named[1])
        if named[2].lower() in _LIGHT and described:
            head = described[-1]
        if head in first.stems and set(described) <= first.stems | {head} and _is_of(text, first, head):
            return clause_of(text, first, mention)[0]
        return False
    if not DEFINITE.search(before):
        return False
    counted = mention.noun is not None and not is_measured(mention.unit)
    return _counts_again(text, first, second) if counted else _measures_again(text, first, second)


def _counts_again(text: str, first: Told, second: Told) -> bool:
    """ "Thirteen pupils were hurt. All 18 injured pupils …", "the 63 fans arrested after the match"."""
    one, two = first.mention, second.mention
    if one.noun is None or two.noun is None or _head(one.noun) != _head(two.noun):
        return False
    described = [s for s in content(two.noun) if s != _head(two.noun)]
    if not set(described) <= first.stems:
        return False
    fits, bound, bare = clause_of(text, first, two)
    if not fits:
        return False
    if not bound and not described and two.low > one.low and _STRUCK.match(text, one.end):
        return False  # "Nine passengers were hurt. All 40 passengers …": of whom nine
    return bound > 0 or bool(described) or (bare and second.at - first.at == 1)


def _measures_again(text: str, first: Told, second: Told) -> bool:
    """ "The merger is worth $3.4 billion … the $3.4 million merger", "the £6.4m it spends on the pool"."""
    mention = second.mention
    fits, bound, _ = clause_of(text, first, mention)
    if not fits or bound == 0:
        return False
    tokens = TOKEN.findall(text[mention.end : min(mention.sentence[1], mention.end + 60)].lstrip("-"))
    heads = [
        stem(t.lower()) for t in tokens[:3] if t[0].isalpha() and t.lower() not in DIMENSIONS | PREPOSITIONS
    ]
    if tokens and tokens[0].lower() in CONTACT | RELATIVES:
        return bound >= 2 or _same_verb(first, tokens)
    if mention.of is not None:
        heads.insert(0, stem(mention.of.split()[-1].lower()))
    for head in heads:
        if head in first.stems and (_is_of(text, first, head) or (bound >= 2 and head == heads[0])):
            return True
    return False


def _same_verb(first: Told, tokens: list[str]) -> bool:
    verbs = [stem(t.lower()) for t in tokens[1:4] if t.lower() not in AUXILIARIES]
    return bool(verbs) and verbs[0] in first.stems


def _is_of(text: str, first: Told, head: str) -> bool:
    """Whether the first figure is the size of ``head``: "a £5m rink", "the rink cost £5m", "fined … £5m"."""
    mention = first.mention
    start, end = mention.sentence
    behind = TOKEN.findall(text[mention.end : min(end, mention.end + 50)].lstrip("-"))
    behind = [token for token in behind if token.lower() not in DIMENSIONS]
    for token in behind[:4]:
        if not token[0].isalpha() or token.lower() in PREPOSITIONS | AUXILIARIES:
            break
        if stem(token.lower()) == head:
            return (
                bool(_INDEFINITE.search(text[max(start, mention.start - 40) : mention.start]))
                or behind[0] == token
            )
    before = text[max(start, mention.start - 110) : mention.start]
    tokens = [t for t in TOKEN.findall(before) if t[0].isalpha()]
    stems = [stem(t.lower()) for t in tokens]
    if head not in stems:
        return False
    place = stems.index(head)
    verb = tokens[place].lower().endswith("ed")
    if verb:
        return len(stems) - place <= 6  # "fined the refinery €750,000"
    possessor = any(t.lower() in ("of", "against", "about") for t in tokens[max(0, place - 3) : place])
    return bool(_VERBAL.search(before)) and not possessor


def clause_of(text: str, first: Told, mention: Mention) -> tuple[bool, int, bool]:
    """Of the words behind a figure that belong to it: whether all are known from the sentence of the first,
    how many are, and whether a verb follows the figure itself ("the 18 sailors were …")."""
    behind = text[mention.end : min(mention.sentence[1], mention.end + 120)].lstrip("-")
    known, relative, pronoun, place, seen_verb, aux = 0, False, False, False, False, False
    tokens = TOKEN.findall(behind)[:16]
    for k, token in enumerate(tokens):
        low = token.lower()
        if not (token[0].isalpha() or token.isdecimal()):
            break
        if k == 0 and low in RELATIVES | CONTACT:
            relative, pronoun = True, low in RELATIVES | PRONOUNS
            continue
        if low in AUXILIARIES:
            if not relative:
                return True, known, k == 0
            if seen_verb:
                break
            aux = True
            continue
        if low in ADVERBIAL and not _before_article(tokens, k):
            break
        if low == "since" and low not in first.lowered:
            return False, known, False
        if low in _OPPOSITE and _OPPOSITE[low] in first.words and f" {low} " not in first.words:
            return False, known, False
        if low in PREPOSITIONS:
            place = True
            continue
        if low in DIMENSIONS or low in SMALL or low in RELATIVES or low in CONTACT:
            continue
        if stem(low) in first.stems or _is_hyphened(low, first):
            known, place = known + 1, False
            seen_verb = seen_verb or aux or pronoun or not relative or known > 1
            continue
        follows = tokens[k + 1].lower() if k + 1 < len(tokens) else ""
        apart = place or (relative and known == 0) or (known > 0 and follows in AUXILIARIES)
        return not apart, known, False
    return True, known, False


def _is_hyphened(word: str, first: Told) -> bool:
    """Whether every part of "lock-up" is known: stems are of single words."""
    parts = [stem(part) for part in word.split("-") if part not in SMALL]
    return "-" in word and bool(parts) and set(parts) <= first.stems


def _before_article(tokens: list[str], k: int) -> bool:
    """Whether a preposition has a noun phrase: "for the library", not "for free"."""
    following = tokens[k + 1].lower() if k + 1 < len(tokens) else ""
    if tokens[k].lower() == "by" and following.capitalize() in BY_TIMES:
        return True
    if tokens[k].lower() == "for":
        return following not in _FOR_NOTHING
    return tokens[k].lower() in PREPOSITIONS and following in CONTACT


def _one_noun(text: str, first: Told, second: Told) -> bool:
    """ "A 34-year-old nurse was arrested. The 43-year-old nurse …": the one just spoken of."""
    one, two = first.mention, second.mention
    if second.at - first.at != 1 or not one.words.endswith("old") or not two.words.endswith("old"):
        return False
    named, again = (re.compile(r" ([a-z]+)\b").match(text, m.end) for m in (one, two))
    known = named is not None and again is not None and named[1] == again[1]
    start, then = text[max(0, one.start - 3) : one.start], text[max(0, two.start - 4) : two.start]
    return known and start in ("A ", " a ", "An ", "an ") and then in ("The ", "the ")


def _one_name(text: str, first: Mention, second: Mention) -> bool:
    """ "Harriet Solane, 43, … Solane, 34,": one person, the only one of this surname in the text."""
    one = _NAME_AGE.search(text[max(first.sentence[0], first.start - 60) : first.start])
    two = _NAME_AGE.search(text[max(second.sentence[0], second.start - 60) : second.start])
    if one is None or two is None or one[2] != two[2] or not one[1]:
        return False
    if text[first.end : first.end + 1] != "," or text[second.end : second.end + 1] not in (",", "."):
        return False
    near = text[max(0, first.start - 400) : second.end + 400]
    if _KIN.search(near):
        return False
    given = {found[1] for found in re.finditer(rf"([A-Z][\w’'.-]+) {re.escape(one[2])}\b", near)}
    given -= {
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Dr",
        "Mr.",
        "Mrs.",
        "Ms.",
        "Dr.",
        "Sir",
        "Dame",
        "But",
        "And",
        "The",
    }
    given = {name for name in given if not (name.endswith(".") and len(name) > 4)}
    return len(given) == 1 and f"{one[2]}s" not in near
