"""Numbers that are ages, although no unit is printed: "aged 54", "Smith, 38,", "those under 35"."""

from __future__ import annotations

from tallybook.reading.figures.measured import Measured
from tallybook.reading.figures.nouns import counted_at
from tallybook.reading.figures.parsed_figure import ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.number import Number
from tallybook.reading.text.tokens import Tokens

_OLDEST = 130
# A larger number, or one with decimals, is as precise as it is printed: "3.2 million years old".
_LARGEST = 1000
# "died at 19" tells an age, "died at six" perhaps the hour.
_LAST_HOUR = 12
# How far before the verb of "one person in six will be over 65" its subject may stand.
_SUBJECT = 5
# How far before "at" the verb of "died on Tuesday at 88" may stand.
_DEATH = 4


def tells_age(tokens: Tokens, amount: Measured, figure: ParsedFigure, lang: Language) -> bool:
    """True of an age or a time since: "83 years old", "aged 83", "lived to 83 years", "seven years ago"."""
    ages, lower = lang.ages, tokens.lower
    if figure.high >= _LARGEST or figure.low != int(figure.low) or amount.number.fraction:
        return False
    if figure.noun is None and amount.unit is None:
        return True  # a bare number, which ``is_age`` has told
    end = figure.end
    if lower[end] in ages.behind or (lower[end] in lang.grammar.of_words and lower[end + 1] in ages.marks):
        return True
    if not ages.marks.isdisjoint(lower[amount.number.end : end]):
        return True
    lead = figure.start - 1
    if lower[lead] in ages.before or lower[lead] in ages.ago or ages.reached.match(lower, lead) is not None:
        return True
    return ages.phrases.match(lower, amount.start - 1) is not None


def is_age(tokens: Tokens, number: Number, start: int, first: int, lang: Language) -> bool:
    """True when the number, from token ``start`` on, is an age; ``first``: where its bounds begin."""
    if number.high >= _OLDEST or number.fraction or number.low != int(number.low):
        return False
    before = tokens.lower[start - 1]
    if before in lang.ages.phrases.heads and lang.ages.phrases.match(tokens.lower, start - 1) is not None:
        return True
    classed = tokens.lower[number.end] in lang.ages.class_heads
    if classed and tells_a_class(tokens, number.start, number.end, lang):
        return True
    if first < start and tokens.lower[start - 1] in lang.ages.limits:
        return _of_people(tokens, first - 1, lang) and not _goes_on(tokens, number, lang)
    if number.low < number.high and tokens.lower[first - 1] in lang.ages.groups:
        dated = tokens.lower[number.end] in lang.dates.months  # "adults between 3 and 9 May"
        return tokens.is_digits(number.start) and not dated and not _goes_on(tokens, number, lang)
    if first < start and not lang.ages.comparatives.isdisjoint(tokens.lower[first:start]):
        return counted_at(tokens, number.end, False, lang) is None  # "no older than 32"
    lead = first - 1
    listed = tokens.lower[lead] in lang.grammar.and_words or tokens.lower[lead] in lang.grammar.or_words
    if listed and tokens.is_digits(lead - 1):
        lead -= 2  # "aged 4 and 7"
    if tokens.lower[lead] in lang.ages.reached.heads and lang.ages.reached.match(tokens.lower, lead):
        return number.low > _LAST_HOUR and counted_at(tokens, number.end, False, lang) is None
    if tokens.lower[lead] in lang.ages.at_words and number.low > _LAST_HOUR:
        behind = number.end + (tokens.lower[number.end] == ",")
        if tokens.lower[behind] in lang.ages.subjects:
            return True  # "at 34, she won"
        died = not lang.ages.deaths.isdisjoint(tokens.lower[max(lead - _DEATH, 0) : lead])
        return died and counted_at(tokens, number.end, False, lang) is None  # "died on Tuesday at 88"
    if tokens.lower[lead] in lang.ages.before:
        return tokens.lower[lead] not in lang.ages.verbs or not _goes_on(tokens, number, lang)
    if tokens.lower[lead] in lang.grammar.of_words and tokens.lower[lead - 1] in lang.ages.persons_of_age:
        return True  # "a boy of 14"
    if tokens.lower[lead] in lang.ages.be_words:
        bounded = number.low < number.high and tokens.lower[first] in lang.ages.limits
        people = _subject_before(tokens, lead, lang) or (bounded and _group_before(tokens, lead, lang))
        return people and not _goes_on(tokens, number, lang)
    return number.in_digits and _appositive(tokens, number, lead, lang)


def tells_a_class(tokens: Tokens, first: int, end: int, lang: Language) -> bool:
    """True of a number, from token ``first`` to ``end``, that bounds or names a class of ages: "children 12
    and under", "65 and older", "the 15 to 24 age group"."""
    word = tokens.lower[end]
    if word not in lang.ages.class_heads:
        return False
    if lang.ages.classes.match(tokens.lower, end) or lang.ages.sure_bounds.match(tokens.lower, end):
        return True
    if lang.ages.class_bounds.match(tokens.lower, end) is None:
        return False
    lead = tokens.lower[first - 1]
    if lead in lang.ages.groups:
        return True
    if lead in lang.ages.be_words:
        return _subject_before(tokens, first - 1, lang) or _group_before(tokens, first - 1, lang)
    named = first > 1 and tokens.words[first - 1].istitle()
    if named and lang.nouns.singular(lead) is not None:
        return True  # "among Scots 60 and over"
    return lead.endswith(lang.ages.people_endings) and lead not in lang.ages.not_people


def _goes_on(tokens: Tokens, number: Number, lang: Language) -> bool:
    """True when the number counts what follows, or is a distance: "turned 40 classrooms into wards", "they
    are six games below", "three short of it"."""
    following = tokens.lower[number.end]
    if following in lang.ages.not_before or following in lang.grammar.of_words:
        return True
    if following in lang.grammar.list_words:
        return False
    counted = counted_at(tokens, number.end, False, lang)
    return counted is not None and lang.nouns.is_plural(tokens.lower[counted.end - 1])


def _of_people(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "those under 35", "anyone over 65", "350,000 of whom are under 18"."""
    listed = tokens.lower[k] in lang.grammar.and_words or tokens.lower[k] in lang.grammar.or_words
    if listed and tokens.is_digits(k - 1) and tokens.lower[k - 2] in lang.ages.limits:
        k -= 3  # "those under 18 or over 65"
    if tokens.lower[k] in lang.ages.groups or tokens.lower[k] in lang.ages.before:
        return True
    if tokens.lower[k] not in lang.ages.be_words:
        return False
    return _subject_before(tokens, k, lang) or _group_before(tokens, k, lang)


def _group_before(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "blood donors must | be over 18": people stand near before the verb at ``k``."""
    return any(_is_group(tokens.lower[j], lang) for j in range(max(k - _SUBJECT, 0), k))


def _is_group(word: str, lang: Language) -> bool:
    people = word.endswith(lang.ages.people_endings) and word not in lang.ages.not_people
    return people or word in lang.ages.groups


def _subject_before(tokens: Tokens, k: int, lang: Language) -> bool:
    """True when "he", "who", a person or the like occurs within three tokens before the verb at ``k``."""
    ages = lang.ages
    return any(
        tokens.lower[j] in ages.subjects or tokens.lower[j] in ages.persons_of_age
        for j in range(max(k - 3, 0), k)
    )


def _appositive(tokens: Tokens, number: Number, lead: int, lang: Language) -> bool:
    """ "Smith, 54, said", "the sergeant, 26, who", "the couple, both 71,": set off by commas; "with her
    mother, 81."."""
    if lang.ages.bracketed and tokens.lower[number.end] == ")" and tokens.lower[lead] == "(":
        return _behind_full_name(tokens, number, lead, lang)
    if tokens.lower[number.end] != ",":
        ends = tokens.lower[number.end] == "." and number.end + 1 >= tokens.size
        return ends and tokens.lower[lead] == "," and tokens.lower[lead - 1] in lang.ages.persons
    if tokens.lower[lead] in lang.ages.both_words:
        return tokens.lower[lead - 1] == ","
    if tokens.lower[lead] != "," or lead < 1:
        return False
    name = tokens.words[lead - 1]
    lower = name.lower()
    if not name.isalpha() or lower in lang.dates.months or lower in lang.grammar.stop:
        return False
    if name.istitle():
        return True
    if lower in lang.ages.persons:
        return True
    ends = tokens.lower[number.end + 1] in lang.grammar.stop
    return ends and number.low >= 5 and lang.nouns.singular(lower) is None


def _behind_full_name(tokens: Tokens, number: Number, lead: int, lang: Language) -> bool:
    """ "Anna Berger (42)": a first name and a family name; not "Insel Rügen (42)"."""
    if not number.low >= 3 or number.low != int(number.low) or lead < 2:
        return False
    if tokens.lower[lead - 2] in lang.nouns.names:
        return False
    for k in (lead - 1, lead - 2):
        word = tokens.words[k]
        if not word.istitle() or not word.isalpha():
            return False
        if word.lower() in lang.grammar.stop or word.lower() in lang.dates.months:
            return False
    return True
