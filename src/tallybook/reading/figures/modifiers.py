"""Words that bound a number, before it and after it, and which of several is the primary one."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.reading.asides.dates import is_year
from tallybook.reading.figures.ages import tells_a_class
from tallybook.reading.figures.nouns import counted_at
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.marks import DASHES, HYPHENS
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Modifier

# An attribute of an enumeration is looked up slowly.
_EXACT = Modifier.EXACT
_RANGE = Modifier.RANGE

# The most filler words between a modifier and its number ("about the same 300").
_SKIPPED = 3
_STACKED = 4
# The shortest noun of change that may end a compound: "Umsatzplus".
_SHORTEST_NOUN = 4
_LONGEST_WORD = 60
_INSIDE_OBJECT = frozenset(["'s", "’s", "'", "’", '"', "“", "”", "&"])
_LONGEST_TAG = 6
# How far behind the number the words may begin that say where something is moved.
_LONGEST_MOVED = 7
# How many tokens may part a verb of change from the "by" of what it changes: "raised the yearly bill of a
# small bakery in town by £9,000"; of what is counted fewer, for "by" may name who did it.
_LONGEST_OBJECT, _SHORT_OBJECT = 14, 6


def bounds_before(tokens: Tokens, k: int, lang: Language) -> tuple[list[Modifier], int]:
    """Modifiers that end before token ``k``, the nearest first, and the token where the first begins.

    Quotation marks and opening brackets may come between them. The token is ``k`` itself
    if there is no modifier.
    """
    found: list[Modifier] = []
    bounds, lower = lang.bounds, tokens.lower
    start, j = k, k - 1
    if lower[j] not in bounds.before_number:
        return found, start
    heads = bounds.before.heads
    skipped = 0
    while j >= 0:
        word = lower[j]
        match = bounds.before.match(lower, j) if word in heads else None
        if match is not None:
            size, modifier = match
            if modifier is _EXACT:
                break  # "add up to 230 euros"
            if word == ">" and "<" in lower[max(j - _LONGEST_TAG, 0) : j]:
                break  # "<p>12 men": a mark of the page
            if lower[j - size] == "-" and tokens.glued[j - size + 1]:
                break  # "a six-under 66"
            compares = word in lang.trends.than
            if not compares and word in lang.trends.against:
                compares = lower[j - size] == "%" or lower[j - size] in lang.units.names.heads
            if compares and _is_compared(tokens, j - size, lang):
                break  # "12 fewer than the 40 of last year", "20% below the £4m of 2019"
            if lower[j - size] in lang.multiples and lower[j - size + 1] in lang.idioms.as_words:
                break  # "half as many as the 92", "three times as many as the 40"
            if size == 2 and word in lang.grammar.to_words and _belongs_to_verb(lower, j - size, k, lang):
                break  # "the fees add up to 230 euros"
            if size == 1 and word in lang.grammar.to_words and _is_change(tokens, j - 1, lang):
                break  # "зросла до 300", "на 5% до 315": the level that was reached
            found.append(modifier)
            start = j - size + 1
            if len(found) == _STACKED:
                break
            j, skipped = start - 1, 0
        elif (word in bounds.quotes or word in bounds.skipped) and skipped < _SKIPPED:
            j -= 1
            skipped += 1
        elif word in HYPHENS and j == k - 1 and lower[j - 1] in bounds.hyphenated and tokens.glued[k]:
            j -= 1  # "the nearly-90-year-old"
        elif word == "," and bounds.parentheticals.match(lower, j - 1) is not None:
            j -= 1  # "at a bare minimum, 1,200 beds"
        else:
            break
    return found, start


def _is_compared(tokens: Tokens, k: int, lang: Language) -> bool:
    """True if a number, with a unit or noun at most, ends at token ``k``: a comparison follows it."""
    if tokens.lower[k - 1] in lang.units.names.heads:
        unit = lang.units.names.match(tokens.lower, k - 1)
        if unit is not None and unit[0] == 2:
            k -= 2  # "50 per cent | less than the 27"
    for j in (k, k - 1):
        word = tokens.lower[j]
        if tokens.is_digits(j) or word in lang.numbers.words:
            return not (lang.nouns.names and is_year(tokens, j))  # "seit 2021 mehr als verdoppelt"
        if not (word.isalpha() or word == "%") or word in lang.grammar.stop:
            return False
        known = word in lang.nouns.names or word in lang.trends.more or word in lang.units.names.heads
        if lang.nouns.names and word.isalpha() and not known:
            return False  # "Stärke 7,2 forderte mehr als 2.000 Tote"
    return False


def _belongs_to_verb(lower: list[str], k: int, number: int, lang: Language) -> bool:
    """True if the verb that ends at ``k`` takes the "up" of an "up to": "add up | to", "edged up | to"; not
    "moved | up to $15 million into a trust", with its ``number``."""
    if lower[k] in lang.trends.up_to_verbs:
        return True
    if lower[k] in lang.trends.moves and not lang.trends.directions.isdisjoint(
        lower[number : number + _LONGEST_MOVED]
    ):
        return False
    found = lang.trends.words.match(lower, k + 1)
    return found is not None and found[0] == 2


def _is_change(tokens: Tokens, k: int, lang: Language) -> bool:
    """True if a word or unit of change ends at token ``k``."""
    if k < 0:
        return False
    if lang.trends.level_verbs and _reaches(tokens, k, lang):
        return True
    if lang.trends.words.match(tokens.lower, k) is not None or tokens.lower[k] in lang.numbers.ratios:
        return True
    dashed = tokens.lower[k] in DASHES and k > 0  # "на 20 копійок — до 58,9 гривні"
    k -= dashed
    if dashed and (tokens.lower[k] in lang.numbers.magnitudes or tokens.is_digits(k)):
        return True
    unit = lang.units.symbols.match(tokens.words, k) or lang.units.names.match(tokens.lower, k)
    if unit is not None and dashed and (unit[1] in lang.units.money or unit[1] in lang.rates.coins):
        return True
    return unit is not None and unit[1] in lang.trends.units


def _reaches(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "знизили ставку податку | до 15 %", "засудив його | до двох років", "на 150 військових — | до 600"."""
    dashed = tokens.lower[k] in DASHES
    if dashed and tokens.lower[k - 1] in lang.idioms.times:
        return True
    for j in range(k - dashed, max(k - _LONGEST_TAG, -1), -1):
        word = tokens.lower[j]
        if dashed and word in lang.grammar.by_words:
            return True
        if not (word.isalpha() or (dashed and tokens.is_digits(j))) or word in lang.trends.clause_words:
            return False
        if word in lang.trends.level_verbs or (word in lang.trends.words.heads and not dashed):
            return True
    return False


def bound_after(tokens: Tokens, k: int, lang: Language) -> tuple[Modifier, int] | None:
    """The modifier that starts at token ``k``, and the token after it."""
    j = k
    if tokens.lower[j] in ("-", "‐", "‑") and tokens.glued[j]:
        j += 1
    match = lang.bounds.after.match(tokens.lower, j) if tokens.lower[j] in lang.bounds.after.heads else None
    if match is None:
        return None
    size, modifier = match
    end = j + size
    if tokens.words[j][:1].isupper() or tokens.lower[end] in lang.grammar.to_words:
        return None  # "the 737 MAX"; "200 people and up to 60 dogs"
    # "300 people at least 40 of them children": what is followed by a number bounds that number.
    if tokens.is_digits(end) or tokens.lower[end] in lang.numbers.words:
        return (modifier, end) if tells_a_class(tokens, k - 1, k, lang) and tokens.is_digits(k - 1) else None
    following = tokens.lower[end]
    if following in lang.grammar.of_words and lang.bounds.before.match(tokens.lower, end - 1):
        return None  # "40 rooms, at most of which": this bound may also precede its number
    if following in lang.bounds.after_quantifiers:
        return None  # "900 shops at least some of which are empty"
    if following in lang.grammar.determiners and tokens.lower[end - 1] in lang.bounds.also_prepositions:
        return None  # "sold 12 and over the year lost 3"
    opens = (
        tokens.lower[end - 1] in lang.trends.more or tokens.lower[end - 1] in lang.bounds.also_prepositions
    )
    if opens and _counts_on(tokens, k, end, lang):
        return None  # "12 men and more women"
    if _bounds_next(tokens, end, lang):
        return None  # "€45 million plus up to €10 million"
    if tokens.lower[end] in lang.trends.than:
        return None  # "fewer than 10 or more than 250"
    if tokens.is_digits(end + 1) and lang.units.currency.match(tokens.words, end) is not None:
        return None  # "below £12 or above £90"
    return modifier, end


def bound_after_noun(tokens: Tokens, k: int, lang: Language) -> tuple[Modifier, int] | None:
    """The modifier behind the noun of a share that ends at ``k``, and the token after it: "60 percent |
    support | or more"; only with "or", which joins nothing else."""
    for j in range(k + 1, k + 3):
        lead = tokens.lower[j - 1]
        if not lead.isalpha() or lead in lang.grammar.stop:
            return None
        if tokens.lower[j] in lang.grammar.or_words:
            return bound_after(tokens, j, lang)
    return None


def _counts_on(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """True if the words of a bound, from ``k`` to ``end``, count what follows them: behind a noun or unit
    "and more" may begin another phrase; behind a bare number it bounds that."""
    if tokens.lower[k] not in lang.grammar.and_words:
        return False
    if tokens.is_digits(k - 1) or tokens.lower[k - 1] in lang.numbers.words:
        return False
    if lang.nouns.names:
        return counted_at(tokens, end, False, lang) is not None  # "drei Kinder und mehr gibt es"
    following = tokens.lower[end]
    return following.isalpha() and following not in lang.grammar.stop


def _bounds_next(tokens: Tokens, k: int, lang: Language) -> bool:
    """True if at token ``k`` words begin that bound a number behind them."""
    if tokens.lower[k] not in lang.bounds.before_first:
        return False
    for j in range(k + 1, k + _LONGEST_TAG):
        if tokens.is_digits(j) or tokens.lower[j] in lang.numbers.words:
            while lang.units.currency.match(tokens.words, j - 1) is not None:
                j -= 1
            return bounds_before(tokens, j, lang)[1] <= k
    return False


def ranked(found: Sequence[Modifier]) -> tuple[Modifier, tuple[Modifier, ...]]:
    """(primary, hedges) of modifiers given nearest first.

    A bound beats "nearly", which beats "about"; of two bounds the nearer one is primary.
    """
    if not found:
        return _EXACT, ()
    distinct = list(dict.fromkeys(m for m in found if m is not _EXACT))
    if not distinct:
        return _EXACT, ()
    primary = min(distinct, key=_rank)
    return primary, tuple(m for m in distinct if m is not primary)


def _rank(modifier: Modifier) -> int:
    return {_RANGE: 0, Modifier.ABOUT: 3, Modifier.NEARLY: 2}.get(modifier, 1)


COUNTED = "\0counted"
"""In the place of a unit: whatever is counted, of which there is no stock that changes."""


def trend_before(tokens: Tokens, k: int, unit: str | None, lang: Language) -> str | None:
    """ "up" or "down" if a word of change comes directly before token ``k`` ("rose by about 3%").

    "rose to 3%" gives the level reached, not the change: None. Words that take an
    object ("lost 14 tanks") state a change only before a unit of change ("lost 14 points").
    """
    if tokens.lower[k - 1] not in lang.trends.heads:
        return None
    if tokens.lower[k] in lang.bounds.lacking or tokens.lower[k + 1] in lang.bounds.lacking:
        return None  # "fell just short of 200 votes"
    j = k - 1
    if tokens.lower[k] in lang.trends.levels and tokens.lower[j] not in lang.grammar.by_words:
        return None  # "slipped below 149 yen"; not "um über 10 Prozent"
    if tokens.lower[j] in lang.trends.be_words:
        noun = lang.trends.nouns.match(tokens.lower, j - 1) if unit in lang.trends.units else None
        return None if noun is None else noun[1]  # "growth was 6%"
    for _ in range(3):
        match = (
            lang.trends.links.match(tokens.lower, j) if tokens.lower[j] in lang.trends.links.heads else None
        )
        if match is None:
            break
        j -= match[0]
    if tokens.lower[j] in lang.grammar.of_words:
        return _noun_before(tokens, j - 1, unit, lang)  # "a fall of 1.5%"
    if tokens.lower[j] in lang.trends.rate_links:
        if unit != "percent" or tokens.lower[j - 1] in lang.trends.adverbs:
            return None
        j -= 1  # "prices rose at 2.9% a year"
    if tokens.lower[j] in lang.trends.adverbs_behind and j < k - 1:
        return None  # "the clock was off by 3 minutes"
    by = tokens.lower[j + 1] in lang.grammar.by_words
    if by and tokens.lower[j] in lang.trends.contests:
        return None  # "lost by two goals": a margin
    if by and tokens.lower[j] in lang.trends.comparatives:
        return lang.trends.comparatives[tokens.lower[j]]  # "dearer by 9 pence"
    by_object = False
    if by and lang.trends.words.match(tokens.lower, j) is None:
        measured = unit is not None and unit != COUNTED
        if unit == COUNTED and _is_agent(tokens, j, lang):
            return None  # "prices rose in shops run by two brothers"
        by_object = True
        j = _verb_before_object(tokens, j, _LONGEST_OBJECT if measured else _SHORT_OBJECT, lang)
        if not measured and tokens.lower[j] in lang.trends.contests:
            return None  # "lost the final by three goals"
        unit = None
    match = lang.trends.words.match(tokens.lower, j)
    if unit is None or unit in lang.trends.units:
        longer = lang.trends.words_of_units.match(tokens.lower, j)
        if longer is not None and (match is None or longer[0] > match[0]):
            match = longer  # "brought down crime by 40 percent"
    if match is None:
        return None
    size, side = match
    if j == k - 1 and unit == COUNTED and tokens.lower[j] in lang.trends.transitive:
        return None
    adverb = size == 1 and tokens.lower[j] in lang.trends.adverbs
    if adverb and tokens.lower[j - 1] in lang.trends.phrasal:
        return None  # "makes up 8 per cent"
    lead = tokens.lower[j - 1]
    if (
        adverb
        and unit == COUNTED
        and (lead.endswith(lang.nouns.other_endings) or lead in lang.trends.phrasal_counting)
    ):
        return None  # "rounded up 900 sheep": the adverb belongs to the verb
    if by_object and tokens.lower[j - size] in lang.trends.relatives:
        return side  # "laws that increased rents by 18 percent"
    if tokens.lower[j - size] in lang.grammar.determiners:
        # a noun: "a rise 3% above", "the cut 3% of them wanted", but "a rise by 3%"
        return side if j < k - 1 and tokens.lower[j] in lang.trends.nouns.heads else None
    return side


def _noun_before(tokens: Tokens, k: int, unit: str | None, lang: Language) -> str | None:
    """The side of the noun of change that ends at ``k``, or before what changes: "a fall in output of 3%".

    A loss of money, or of what is counted, is an amount and no change.
    """
    trends = lang.trends
    for j in range(k, max(k - _LONGEST_TAG, -1), -1):
        noun = trends.nouns.match(tokens.lower, j) if tokens.lower[j] in trends.nouns.heads else None
        if noun is None and lang.nouns.have_capitals and tokens.words[j].istitle():
            noun = compound_of_change(tokens.lower[j], lang)
        if noun is not None and (j == k or tokens.lower[j + 1] in lang.grammar.in_words):
            amount = unit == COUNTED or unit in lang.units.currencies or unit in lang.rates.coins
            return None if amount and tokens.lower[j] in trends.not_money else noun[1]
        if unit not in trends.units or not tokens.lower[j][0].isalpha():
            return None
    return None


def compound_of_change(word: str, lang: Language) -> tuple[int, str] | None:
    """ "Lohnerhöhung", "Umsatzplus": what the last part of a compound noun says."""
    for first in range(2, min(len(word), _LONGEST_WORD) - _SHORTEST_NOUN + 1):
        head = word[first:]
        if head in lang.trends.nouns.heads:
            found = lang.trends.nouns.match([head, ""], 0)
            if found is not None:
                return found
    return None


def _is_agent(tokens: Tokens, k: int, lang: Language) -> bool:
    """True if the "by" behind token ``k`` names who did it: a participle precedes it, no verb of change."""
    word, nouns = tokens.lower[k], lang.nouns
    participle = word.endswith(nouns.other_endings) and not word.endswith(nouns.active_endings)
    if not (participle or word in lang.rates.participles):
        return False
    return lang.trends.words_of_units.match(tokens.lower, k) is None


def spans_time(tokens: Tokens, first: int, unit: str | None, lang: Language) -> bool:
    """True when "over" at token ``first`` is a preposition of time, not a bound.

    "spread over 36 months", "fell by a third over two years"; but "for over two years", "waited
    over four hours", "just over two weeks" bound the number.
    """
    if tokens.lower[first] in lang.bounds.spanning and tokens.lower[first - 1] in lang.bounds.before_distance:
        return True  # "führt über 172 Kilometer", "verfügt über 78 Sitze"
    if tokens.lower[first] not in lang.bounds.spanning or unit not in lang.bounds.durations:
        return False
    if any(word in lang.ages.marks for word in tokens.lower[first + 1 : first + 5]):
        return False  # "a man over 60 years old"
    lead = tokens.lower[first - 1] if first else ""
    if lead in lang.nouns.names and unit == lang.ages.unit:
        return False  # "Patienten über 50 Jahren"
    return lead == "," or (lead[:1].isalpha() and lead not in lang.bounds.before_bound)


def _verb_before_object(tokens: Tokens, k: int, most: int, lang: Language) -> int:
    """The word of change whose object ends at ``k`` ("cut infections by two-thirds"); else ``k``."""
    for j in range(k, max(k - most, -1), -1):
        word = tokens.lower[j]
        named = word in HYPHENS or (tokens.glued[j] and tokens.is_digits(j))  # "COVID-19 admissions"
        if not (word[0].isalpha() or named or word in _INSIDE_OBJECT) or word in lang.trends.clause_words:
            break
        found = lang.trends.words.match(tokens.lower, j) or lang.trends.words_of_units.match(tokens.lower, j)
        if found is not None and _is_attribute(tokens, j, found[0], k, lang):
            continue
        if found is not None:
            return j
    return k


def _is_attribute(tokens: Tokens, j: int, size: int, k: int, lang: Language) -> bool:
    """True of a word of change at ``j`` that belongs to a noun up to ``k``: "the lower court", "its falling
    output"; not the noun of change itself, nor a verb behind "that"."""
    if j == k or tokens.lower[j] in lang.trends.nouns.heads:
        return False
    lead = tokens.lower[j - size]
    return lead in lang.grammar.determiners and lead not in lang.trends.relatives


def lowered_before(tokens: Tokens, k: int, lang: Language) -> str | None:
    """ "down" if a verb of falling has the object that ends at ``k``: "cut the ban | from five to two"."""
    j = _verb_before_object(tokens, k, _SHORT_OBJECT, lang)
    found = lang.trends.words_of_units.match(tokens.lower, j) or lang.trends.words.match(tokens.lower, j)
    return "down" if found is not None and found[1] == "down" else None


def raised_before(tokens: Tokens, k: int, lang: Language) -> str | None:
    """ "up" if a verb of rising has the object that ends at ``k``: "raised its share | from 10 to 24%"."""
    j = _verb_before_object(tokens, k, _SHORT_OBJECT, lang)
    if j == k or tokens.lower[j] in lang.trends.made or tokens.lower[j] in lang.trends.transitive:
        return None
    found = lang.trends.words_of_units.match(tokens.lower, j) or lang.trends.words.match(tokens.lower, j)
    return "up" if found is not None and found[1] == "up" else None
