"""Numbers that are dates: days, months, years, decades, clock times."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.asides.names import run_end
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import DASHES
from tallybook.reading.text.tokens import Tokens

# The hours of a clock that are named in words.
_HOURS = 12
# The mark before a year of two digits, and how far behind it a quotation that it opened may end.
_APOSTROPHES = frozenset("'’")
_QUOTATION = 20


def is_year(tokens: Tokens, k: int) -> bool:
    """Four digits from 1500 to 2099 without grouping."""
    word = tokens.words[k] if 0 <= k < tokens.size else ""
    return len(word) == 4 and word.isdecimal() and word.isascii() and "1500" <= word <= "2099"


def is_day(tokens: Tokens, k: int) -> bool:
    word = tokens.words[k] if 0 <= k < tokens.size else ""
    return word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31


def is_month(tokens: Tokens, k: int, lang: Language) -> bool:
    """A month's name; in capitals where the language writes it so ("may" and "march" are not)."""
    if tokens.lower[k] not in lang.dates.months:
        return False
    return lang.dates.small_months or tokens.words[k][0].isupper() or _is_small_month(tokens, k, lang)


def _is_small_month(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "nov. 14", "on may 19", "3 january": a month in a text that writes no capitals.

    A day or year stands beside it. A name that is another word as well ("may", "march") needs the full
    stop of an abbreviation, or a preposition of time before it.
    """
    dates, word = lang.dates, tokens.lower[k]
    if dates.day_first or not tokens.words[k].isascii():
        return False
    at = k + 1
    dotted = tokens.lower[at] == "." and tokens.glued[at]
    at += dotted
    year = is_year(tokens, at)
    if not (year or is_day(tokens, at)):
        led = word not in dates.months_also_words or tokens.lower[k - 2] in dates.day_leads
        return led and is_day(tokens, k - 1)
    if word in dates.months_also_words and not dotted and tokens.lower[k - 1] not in dates.day_leads:
        return False
    return year or (
        unit_at(tokens, at + 1, lang) is None and tokens.lower[at + 1] not in lang.numbers.magnitudes
    )


def is_far_year(tokens: Tokens, start: int, k: int, lang: Language) -> bool:
    """ "by 2135", "burned in 1120": four digits outside ``is_year`` behind a preposition of time."""
    word, lead, behind = tokens.words[k], tokens.lower[start - 1], tokens.lower[k + 1]
    if len(word) != 4 or not word.isdecimal() or not word.isascii() or not "1000" <= word <= "2999":
        return False
    if lead in lang.grammar.and_words and len(tokens.words[start - 2]) == 4:
        lead = tokens.lower[start - 3]  # "in 1120 and 1135"
    if lead not in lang.dates.far_leads or behind in lang.grammar.of_words:
        return False
    if lead in lang.grammar.by_words and (word < "2100" or not _is_future(tokens, start - 1, lang)):
        return False
    return not behind[:1].isalpha() or behind in lang.grammar.stop


def _is_future(tokens: Tokens, k: int, lang: Language) -> bool:
    """False of the "by" at ``k`` behind a word of change: "rose by 2135"."""
    trends = lang.trends
    return not (trends.words.match(tokens.lower, k - 1) or trends.words_of_units.match(tokens.lower, k - 1))


def dates_a_noun(tokens: Tokens, k: int, noun: int, lang: Language) -> bool:
    """True if the year at ``k`` dates the noun at token ``noun`` and does not count it: "2019 levels",
    "the 2022 state elections". A round number counts: "2000 elections"."""
    return tokens.lower[noun] in lang.dates.dated and not tokens.words[k].endswith("00")


def decade_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "the 1990s", "in his 40s", "mid-1980s", "90-х": digits and an ending of the lexicon, glued."""
    at = k + 2 if tokens.lower[k + 1] in DASHES and tokens.glued[k + 1] else k + 1
    loose = tokens.words[at] == "s" and tokens.words[k][-1:] == "0" and is_year(tokens, k)
    if loose and tokens.lower[k - 1] in lang.grammar.the_words:
        return Aside("date", k, at + 1)  # "villas of the 1920 s"
    if not tokens.glued[at] or tokens.lower[at] not in lang.dates.decade_endings:
        return None
    digits = tokens.words[k]
    if len(digits) == 2 and _are_seconds(tokens, k, at + 1, lang):
        return None
    if digits.endswith("0") and len(digits) in (2, 4) and digits.isdecimal():
        return Aside("date", k - 1 if tokens.lower[k - 1] in lang.dates.kept_leads else k, at + 1)
    return Aside("year", k, at + 1) if is_year(tokens, k) else None


def _are_seconds(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """True of the 90 of "the siren wailed for 90s": behind a word that leads to a length of time, and before
    no noun; "a club for 80s music" dates it."""
    if tokens.lower[k + 1] != "s" or tokens.lower[k - 1] not in lang.dates.before_seconds:
        return False
    behind = tokens.lower[end]
    return not behind[:1].isalnum() or (behind in lang.grammar.stop and behind not in lang.grammar.of_words)


def short_year_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "in '10", "the class of '98": two digits behind an apostrophe that opens no quotation."""
    if tokens.words[k - 1] not in _APOSTROPHES or not tokens.glued[k] or tokens.glued[k - 1]:
        return None
    if len(tokens.words[k]) != 2 or tokens.lower[k - 2] not in lang.dates.year_leads:
        return None
    if any(tokens.words[j] in _APOSTROPHES and tokens.glued[j] for j in range(k + 1, k + _QUOTATION)):
        return None  # "in '10 years' time"
    return Aside("year", k - 1, k + 1)


def clock_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "5:40", "5:40 a.m.", "9am", "2.30pm GMT", "0900 GMT"; "3:2" is a ratio."""
    end = k + 1
    if tokens.lower[end] == ":" and tokens.glued[end] and tokens.is_digits(end + 1) and tokens.glued[end + 1]:
        while tokens.lower[end] == ":" and tokens.glued[end] and tokens.is_digits(end + 1) and end < k + 6:
            end += 2
        suffix = lang.dates.clock.match(tokens.lower, end)
        kind = "clock" if len(tokens.words[k]) <= 2 and len(tokens.words[k + 2]) >= 2 else "ratio"
        if suffix:
            end = _zone(tokens, end + suffix[0], lang)
        return Aside(kind, k, end)
    suffix = lang.dates.clock.match(tokens.lower, end)
    if suffix is None or not _is_hour(tokens.words[k]):
        return None
    if tokens.lower[end] in lang.dates.time_zones and "." in tokens.words[k]:
        return None
    return Aside("clock", k, _zone(tokens, end + suffix[0], lang))


def hour_at(tokens: Tokens, start: int, end: int, lang: Language) -> Aside | None:
    """ "at six in the morning", "around 3 in the afternoon", for a small number from ``start`` to ``end``."""
    found = lang.dates.hours.match(tokens.lower, end)
    if found is None or tokens.lower[start - 1] not in lang.dates.before_hour:
        return None
    return Aside("clock", start, end + found[0])


def clock_in_words_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "halb neun", "Viertel nach acht", "пів на восьму": parts of an hour before its number or ordinal."""
    at = k + 2 if tokens.lower[k + 1] in lang.dates.past_hour else k + 1
    hour = lang.numbers.small(tokens.lower[at])
    ordinal = at == k + 2 and tokens.lower[at] in lang.ordinals.words
    if not (ordinal or (hour is not None and 1 <= hour <= _HOURS and hour == int(hour))):
        return None
    return Aside("clock", k, at + 1)


def _zone(tokens: Tokens, k: int, lang: Language) -> int:
    """The token after a dot ("p.m.") and a time zone at ``k``."""
    if tokens.lower[k] == "." and tokens.glued[k] and k + 1 < tokens.size:
        k += 1
    return k + 1 if tokens.lower[k] in lang.dates.time_zones else k


def _is_hour(word: str) -> bool:
    whole, _, part = word.partition(".")
    return whole.isdecimal() and len(whole) <= 4 and (not part or len(part) == 2) and float(whole) <= 2400


def numeric_date_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """2019-09-01, 12/15/2025, 15.12.2025: three groups of digits, glued by one mark; 3/1-3/8: two dates."""
    mark = tokens.lower[k + 1]
    join = tokens.lower[k + 3]
    joined = join in DASHES or (
        tokens.lower[k - 1] in lang.ranges.before_ends
        and (join in lang.grammar.to_words or join in lang.grammar.and_words)
    )
    if mark == "/" and joined:
        return _slashed_dates_at(tokens, k, lang)
    if mark not in ("-", "/", ".") or tokens.lower[k + 3] != mark:
        return None
    if not all(tokens.glued[j] for j in range(k + 1, k + 5)):
        return None
    if not (tokens.is_digits(k + 2) and tokens.is_digits(k + 4)):
        return None
    sizes = [len(tokens.words[j]) for j in (k, k + 2, k + 4)]
    end = run_end(tokens, k + 5)
    if max(sizes) <= 4 and (sizes[0] == 4 or sizes[2] in (2, 4)) and sizes[1] <= 2:
        return Aside("date", k, end)
    return Aside("phone" if sum(sizes) >= 7 else "name", k, end)


def _slashed_dates_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "(3/1-3/8)", "from 2/5 - 2/9": a month and a day, twice; "1/4-1/2 cup" are fractions of a unit."""
    second = k + 4
    if tokens.lower[second + 1] != "/" or not all(
        tokens.glued[j] for j in (k + 1, k + 2, second + 1, second + 2)
    ):
        return None
    if not all(is_day(tokens, j) for j in (k, k + 2, second, second + 2)):
        return None
    end = second + 3
    fraction = unit_at(tokens, end, lang) or tokens.lower[end] in lang.grammar.of_words
    return None if fraction else Aside("date", k, end)


def dotted_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "17.30 Uhr", "am 2.10.": a dot between digits of a language that has a comma before decimals."""
    if lang.numbers.decimal == "." or tokens.lower[k + 1] != "." or not tokens.is_digits(k + 2):
        return None
    if not (tokens.glued[k + 1] and tokens.glued[k + 2]) or len(tokens.words[k + 2]) > 2:
        return None
    suffix = lang.dates.clock.match(tokens.lower, k + 3)
    if suffix is not None and _is_hour(f"{tokens.words[k]}.{tokens.words[k + 2]}"):
        return Aside("clock", k, k + 3 + suffix[0])
    dotted = tokens.lower[k + 3] == "." and tokens.glued[k + 3]
    return Aside("date", k, k + 4) if dotted and is_day(tokens, k) and is_day(tokens, k + 2) else None


def named_year_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "у 2024 році": the word behind the digits says that they are a year, not a number of years."""
    if not is_year(tokens, k) or tokens.lower[k + 1] not in lang.dates.year_names:
        return None
    return Aside("year", k, k + 2)


def day_and_month_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "28 May 2025", "May 28", "Sept. 20-24", "March 2018" carried by the number at ``k``."""
    before = k - 1
    if tokens.lower[before] == ".":
        before -= 1
    if tokens.lower[before] in lang.grammar.of_words and is_year(tokens, k):
        before -= 1
    day = is_day(tokens, k) and not lang.dates.day_first and not _counts_in_month(tokens, before, k, lang)
    if is_month(tokens, before, lang) and (day or is_year(tokens, k)):
        return Aside("date", before, _date_tail(tokens, k, lang))
    if is_day(tokens, k):
        after = k + 1
        if tokens.lower[after] in DASHES and is_day(tokens, after + 1):
            after += 2
        if tokens.lower[after] in lang.grammar.of_words:
            after += 1
        if is_month(tokens, after, lang):
            end = after + 1
            if tokens.lower[end] == ".":
                end += 1
            return Aside("date", k, end + 1 if is_year(tokens, end) else end)
    return None


def _date_tail(tokens: Tokens, k: int, lang: Language) -> int:
    """The token after a date whose day or year is at ``k``: "28-30, 2025"."""
    end = k + 1
    if tokens.glued[end] and tokens.lower[end] in lang.ordinals.suffixes:
        end += 1
    for _ in range(3):
        joined = tokens.lower[end] in DASHES or tokens.lower[end] in lang.grammar.list_words
        if not joined or not is_day(tokens, end + 1) or _is_percent(tokens, end + 2, lang):
            break
        if tokens.lower[end] not in DASHES and (tokens.lower[end + 2][:1].isalpha() or tokens.glued[end + 2]):
            break
        end += 2
    if tokens.lower[end] == "," and is_year(tokens, end + 1):
        return end + 2
    return end + 1 if is_year(tokens, end) and end > k else end


def month_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "early August", "autumn 2023", "January": a date without a day."""
    word = tokens.lower[k]
    season = word in lang.dates.seasons
    if not season and not is_month(tokens, k, lang):
        return None
    after = k + 1
    if tokens.lower[after] == "." and tokens.glued[after]:
        after += 1
    if tokens.lower[after] in lang.grammar.of_words and is_year(tokens, after + 1):
        after += 1
    day = is_day(tokens, after) and not lang.dates.day_first and not _counts_in_month(tokens, k, after, lang)
    if not season and (day or is_year(tokens, after)) and not _counts(tokens, after, lang):
        return Aside("date", _date_lead(tokens, k, lang), _date_tail(tokens, after, lang))
    if is_year(tokens, after):
        return Aside("date", _date_lead(tokens, k, lang), after + 1)
    start = _date_lead(tokens, k, lang)
    if season:
        return Aside("date", start, k + 1) if start < k else None
    led = start < k or tokens.lower[k - 1] in lang.dates.leads
    if word in lang.dates.months_also_words and not led:
        return None
    return Aside("date", start, k + 1)


def _counts_in_month(tokens: Tokens, month: int, k: int, lang: Language) -> bool:
    """ "In May 19 people died": "in" does not go with a day, and the number has a noun."""
    if tokens.lower[month - 1] not in lang.grammar.in_words or k != month + 1:
        return False
    behind = tokens.lower[k + 1]
    return behind not in lang.grammar.stop and lang.nouns.singular(behind) is not None


def _counts(tokens: Tokens, k: int, lang: Language) -> bool:
    return _is_percent(tokens, k + 1, lang) or tokens.lower[k + 1] in lang.numbers.magnitudes


def _is_percent(tokens: Tokens, k: int, lang: Language) -> bool:
    found = lang.units.symbols.match(tokens.words, k) or lang.units.names.match(tokens.lower, k)
    return found is not None and found[1] == "percent"


def _date_lead(tokens: Tokens, k: int, lang: Language) -> int:
    """Where a date begins whose month is at ``k``: with "early", "mid-", "late" before it."""
    j = k - 1
    word = tokens.lower[j]
    if word in lang.grammar.places or word in lang.grammar.of_words or word == "-":
        j -= 1
    return j if tokens.lower[j] in lang.dates.kept_leads else k


def _is_of_a_year(tokens: Tokens, start: int, k: int, lang: Language) -> bool:
    """ "twice the number of 2012;", "below the price of 2019": a definite amount, and nothing behind the
    digits that they could count."""
    behind = tokens.lower[k + 1]
    if (
        tokens.lower[start - 1] not in lang.grammar.of_words
        or tokens.lower[start - 3] not in lang.grammar.the_words
    ):
        return False
    return not behind[:1].isalnum() or behind in lang.grammar.stop


def year_at(tokens: Tokens, start: int, k: int, lang: Language) -> Aside | None:
    """A year from 1900 on; an earlier one only behind "in", "since" and their like."""
    if lang.dates.amounts.match(tokens.lower, start - 1) is not None and not _is_of_a_year(
        tokens, start, k, lang
    ):
        return None
    if tokens.lower[k + 1] in lang.dates.eras and tokens.words[k + 1].isupper():
        return Aside("year", k, k + 2)
    led = tokens.lower[start - 1] in lang.dates.year_leads or tokens.lower[start - 2] in lang.dates.kept_leads
    if tokens.words[k] < "1900" and not led:
        return None  # "as late as 1850" is a year
    return Aside("year", k, _year_tail(tokens, k))


def _year_tail(tokens: Tokens, k: int) -> int:
    """ "2019-20", "2014–2017", "2024/25": the token after the years."""
    joined = (tokens.lower[k + 1] in DASHES or tokens.lower[k + 1] == "/") and tokens.glued[k + 1]
    if joined and tokens.is_digits(k + 2) and tokens.glued[k + 2] and len(tokens.words[k + 2]) in (2, 4):
        return k + 3
    return k + 1
