"""Numbers that are no figures: dates, clock times, ordinals, names, calibres, page numbers, idioms."""

from __future__ import annotations

from typing import NamedTuple

from tallybook.reading.language import Language
from tallybook.reading.tokens import Tokens

_DASHES = frozenset("-‐‑–—")
_GLUE = frozenset("-‐‑–/:.@#_=&+")


class Aside(NamedTuple):
    """Tokens ``start`` to ``end - 1`` are a number of this ``kind`` and no figure."""

    kind: str
    start: int
    end: int


def is_year(tokens: Tokens, k: int) -> bool:
    """Four digits from 1500 to 2099 without grouping."""
    word = tokens.words[k] if 0 <= k < len(tokens) else ""
    return len(word) == 4 and word.isdecimal() and word.isascii() and "1500" <= word <= "2099"


def is_day(tokens: Tokens, k: int) -> bool:
    word = tokens.words[k] if 0 <= k < len(tokens) else ""
    return word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31


def is_month(tokens: Tokens, k: int, lang: Language) -> bool:
    """A month name in capitals ("may" and "march" in small letters are no months)."""
    return tokens.at(k) in lang.months and tokens.words[k][0].isupper()


def aside_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """The aside that begins with, or is carried by, the number or word at ``k``."""
    word = tokens.lower[k]
    idiom = lang.idioms.match(tokens.lower, k)
    if idiom is not None and not (tokens.is_digits(k) and tokens.touches(k)):
        size, before = idiom
        return Aside("idiom", k - before, k - before + size)
    if tokens.is_digits(k):
        return _digits_aside(tokens, k, lang)
    if word in lang.months or word in lang.seasons:
        return _month_aside(tokens, k, lang)
    if word in lang.once:
        return Aside("idiom", k, k + 1)
    if word in lang.ordinals:
        return _ordinal_word(tokens, k, lang)
    if tokens.at(k - 1) in lang.labels and word in lang.small:
        return Aside(lang.labels[tokens.at(k - 1)], k - 1, k + 1)
    return None


def _digits_aside(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    return (
        _ordinal_digits(tokens, k, lang)
        or _clock(tokens, k, lang)
        or _numeric_date(tokens, k)
        or _day_and_month(tokens, k, lang)
        or _glued_name(tokens, k, lang)
        or _long_code(tokens, k)
    )


def _ordinal_digits(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    if not tokens.touches(k + 1):
        return None
    tail = tokens.lower[k + 1]
    if tail in lang.ordinal_suffixes:
        end = k + 2
        if tokens.at(end) in lang.of_words and is_month(tokens, end + 1, lang):
            end += 1
        if is_month(tokens, end, lang):
            return Aside("date", k, end + 2 if is_year(tokens, end + 1) else end + 1)
        return Aside("ordinal", k, k + 2)
    if tail in lang.decade_endings and tokens.words[k].endswith("0") and len(tokens.words[k]) in (2, 4):
        return Aside("date", k, k + 2)
    if tail in lang.decade_endings and is_year(tokens, k):
        return Aside("year", k, k + 2)
    return None


def _clock(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    end = k + 1
    if (
        tokens.at(end) == ":"
        and tokens.touches(end)
        and tokens.is_digits(end + 1)
        and tokens.touches(end + 1)
    ):
        while tokens.at(end) == ":" and tokens.touches(end) and tokens.is_digits(end + 1) and end < k + 6:
            end += 2
        suffix = lang.clock.match(tokens.lower, end)
        kind = "clock" if len(tokens.words[k]) <= 2 and len(tokens.words[k + 2]) >= 2 else "ratio"
        return Aside(kind, k, end + suffix[0] if suffix else end)
    suffix = lang.clock.match(tokens.lower, end)
    if suffix is None or not _is_hour(tokens.words[k]):
        return None
    if tokens.lower[end] in lang.time_zones and "." in tokens.words[k]:
        return None
    return Aside("clock", k, end + suffix[0])


def _is_hour(word: str) -> bool:
    whole, _, part = word.partition(".")
    return whole.isdecimal() and len(whole) <= 4 and (not part or len(part) == 2) and float(whole) <= 2400


def _numeric_date(tokens: Tokens, k: int) -> Aside | None:
    """2019-09-01, 12/15/2025, 15.12.2025: three groups of digits, glued by one mark."""
    mark = tokens.at(k + 1)
    if mark not in ("-", "/", ".") or tokens.at(k + 3) != mark:
        return None
    if not all(tokens.touches(j) for j in range(k + 1, k + 5)):
        return None
    if not (tokens.is_digits(k + 2) and tokens.is_digits(k + 4)):
        return None
    sizes = [len(tokens.words[j]) for j in (k, k + 2, k + 4)]
    end = _run_end(tokens, k + 5)
    if max(sizes) <= 4 and (sizes[0] == 4 or sizes[2] in (2, 4)) and sizes[1] <= 2:
        return Aside("date", k, end)
    return Aside("phone" if sum(sizes) >= 7 else "name", k, end)


def _day_and_month(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "28 May 2025", "May 28", "Sept. 20-24", "March 2018" carried by the number at ``k``."""
    before = k - 1
    if tokens.at(before) == ".":
        before -= 1
    if tokens.at(before) in lang.of_words and is_year(tokens, k):
        before -= 1
    if is_month(tokens, before, lang) and (is_day(tokens, k) or is_year(tokens, k)):
        return Aside("date", before, _date_tail(tokens, k, lang))
    if is_day(tokens, k):
        after = k + 1
        if tokens.at(after) in _DASHES and is_day(tokens, after + 1):
            after += 2
        if tokens.at(after) in lang.of_words:
            after += 1
        if is_month(tokens, after, lang):
            end = after + 1
            if tokens.at(end) == ".":
                end += 1
            return Aside("date", k, end + 1 if is_year(tokens, end) else end)
    return None


def _date_tail(tokens: Tokens, k: int, lang: Language) -> int:
    """The token after a date whose day or year is at ``k``: "28-30, 2025"."""
    end = k + 1
    if tokens.touches(end) and tokens.at(end) in lang.ordinal_suffixes:
        end += 1
    for _ in range(3):
        joined = tokens.at(end) in _DASHES or tokens.at(end) in lang.list_words
        if not joined or not is_day(tokens, end + 1) or _is_percent(tokens, end + 2, lang):
            break
        if tokens.at(end) not in _DASHES and (tokens.at(end + 2)[:1].isalpha() or tokens.touches(end + 2)):
            break
        end += 2
    if tokens.at(end) == "," and is_year(tokens, end + 1):
        return end + 2
    return end + 1 if is_year(tokens, end) and end > k else end


def _glued_name(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """S23, F-16, COVID-19, 5G, M21: letters and digits in one run that no unit explains."""
    start = k
    while start > 0 and tokens.touches(start) and k - start < 12 and _in_name(tokens, start - 1):
        start -= 1
    if start < k and _names(tokens, start, k, lang):
        return Aside("name", start, _run_end(tokens, k + 1))
    if tokens.touches(k + 1) and tokens.words[k + 1][0].isalpha() and not _explained(tokens, k + 1, lang):
        return Aside("name", k, _run_end(tokens, k + 1))
    return None


def _in_name(tokens: Tokens, k: int) -> bool:
    word = tokens.words[k]
    return word.isalnum() or word in _GLUE


def _names(tokens: Tokens, start: int, k: int, lang: Language) -> bool:
    """True when the run before the number at ``k`` makes it a name: "F-", "S", "COVID-"."""
    last = tokens.words[k - 1]
    if last in ("+", "=", "&", "#", ".", "@", "_"):
        return last in ("#", "_", "@") or (last == "." and k - 2 >= start)
    if last in _DASHES or last in "/:":
        if k - 2 < start:
            return last not in _DASHES
        lead = tokens.words[k - 2]
        word = lead.lower()
        if not lead.isalpha() or word in lang.minus_words or word in lang.number_words or word in lang.joins:
            return False
        if last == "/" or word in lang.and_words or word in lang.before:
            return False
        return not (word in lang.magnitudes or lang.units.match(tokens.lower, k - 2))
    if not last.isalpha():
        return False
    return lang.currency.match(tokens.words, k - 1) is None


def _explained(tokens: Tokens, k: int, lang: Language) -> bool:
    """True when letters glued behind digits are a unit, a magnitude or both ("12.3m", "256GB")."""
    word = tokens.words[k]
    return (
        word in lang.glued_symbols
        or word.lower() in lang.glued
        or word.lower() in lang.fractions
        or word.lower() in lang.magnitudes
        or lang.symbols.match(tokens.words, k) is not None
        or lang.units.match(tokens.lower, k) is not None
        or word.lower() in ("e", "x")
    )


def _run_end(tokens: Tokens, k: int) -> int:
    end = k
    while end < len(tokens) and tokens.touches(end) and end < k + 12:
        word = tokens.words[end]
        if not (word.isalnum() or (word in _GLUE and tokens.touches(end + 1) and _in_name(tokens, end + 1))):
            break
        end += 1
    return end


def _long_code(tokens: Tokens, k: int) -> Aside | None:
    """Digit strings that nobody counts with: longer than 15, or with a leading zero."""
    word = tokens.words[k]
    if len(word) > 40 or (word[0] == "0" and len(word) > 2 and word.isdecimal()):
        return Aside("name", k, k + 1)
    return None


def _month_aside(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "early August", "autumn 2023", "January": a date without a day."""
    word = tokens.lower[k]
    season = word in lang.seasons
    if not season and not tokens.words[k][0].isupper():
        return None
    after = k + 1
    if tokens.at(after) == "." and tokens.touches(after):
        after += 1
    if tokens.at(after) in lang.of_words and is_year(tokens, after + 1):
        after += 1
    if not season and (is_day(tokens, after) or is_year(tokens, after)) and not _counts(tokens, after, lang):
        return Aside("date", _date_lead(tokens, k, lang), _date_tail(tokens, after, lang))
    if is_year(tokens, after):
        return Aside("date", _date_lead(tokens, k, lang), after + 1)
    start = _date_lead(tokens, k, lang)
    if season:
        return Aside("date", start, k + 1) if start < k else None
    led = start < k or tokens.at(k - 1) in lang.date_leads
    if word in lang.ambiguous_months and not led:
        return None
    return Aside("date", start, k + 1)


def _counts(tokens: Tokens, k: int, lang: Language) -> bool:
    return _is_percent(tokens, k + 1, lang) or tokens.at(k + 1) in lang.magnitudes


def _is_percent(tokens: Tokens, k: int, lang: Language) -> bool:
    found = lang.symbols.match(tokens.words, k) or lang.units.match(tokens.lower, k)
    return found is not None and found[1] == "percent"


def _date_lead(tokens: Tokens, k: int, lang: Language) -> int:
    """Where a date begins whose month is at ``k``: with "early", "mid-", "late" before it."""
    j = k - 1
    if tokens.at(j) in lang.places or tokens.at(j) in lang.of_words or tokens.at(j) == "-":
        j -= 1
    return j if tokens.at(j) in lang.date_parts else k


def _ordinal_word(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "first", "twenty-first"; "second" and "third" are units or fractions elsewhere."""
    word = tokens.lower[k]
    previous = tokens.at(k - 1)
    if word in lang.fractions and (tokens.at(k + 1) in lang.of_words or previous in lang.number_words):
        return None
    return Aside("ordinal", k, k + 1)


def bare_number(tokens: Tokens, start: int, end: int, k: int, lang: Language) -> Aside | None:
    """For a number without unit, modifier or currency: a year, a label's number, part of a name.

    ``start``, ``end`` bound the number's tokens; ``k`` is where its digits begin. None if it counts.
    """
    if not tokens.is_digits(k):
        return None
    previous = tokens.at(start - 1)
    if previous == "." and tokens.at(start - 2) in lang.labels and tokens.touches(start - 1):
        return Aside(lang.labels[tokens.at(start - 2)], start - 2, end)
    initial = len(previous) == 1 and previous.isalpha() and tokens.words[start - 1].isupper()  # "S&P 500"
    if previous in lang.labels and not initial and "," not in tokens.words[k]:
        return Aside(lang.labels[previous], start - 1, end)
    if previous in lang.weak_labels and tokens.words[k].isdecimal():
        return Aside("name", start - 1, end)
    if end != k + 1 or not tokens.words[k].isdecimal():
        return None
    if is_year(tokens, k):
        return _year(tokens, start, k, lang)
    if len(tokens.words[k]) > 3:
        return None
    return _after_number(tokens, end, k, lang) or _after_name(tokens, start, end, lang)


def _year(tokens: Tokens, start: int, k: int, lang: Language) -> Aside | None:
    """A year from 1900 on; an earlier one only behind "in", "since" and their like."""
    if lang.amounts.match(tokens.lower, start - 1) is not None:
        return None
    if tokens.words[k] < "1900" and tokens.at(start - 1) not in lang.year_leads:
        return None
    return Aside("year", k, _year_tail(tokens, k))


def _after_number(tokens: Tokens, end: int, k: int, lang: Language) -> Aside | None:
    """ "10 Downing Street", "11 Pro Max", "787 Dreamliner", "3 Brigade": a number that names."""
    following = tokens.words[end] if end < len(tokens) else ""
    if following.lower() in lang.numbered_units:
        return Aside("name", k, end + 1)
    if not (following[:1].isupper() and following.isalpha()) or following.lower() in lang.months:
        return None
    for j in range(end, min(end + 4, len(tokens))):
        if not tokens.words[j][0].isupper():
            break
        if tokens.lower[j] in lang.addresses:
            return Aside("address", k, j + 1)
    if following.isupper() and len(following) > 1:
        return None
    return Aside("name", k, end)


def _after_name(tokens: Tokens, start: int, end: int, lang: Language) -> Aside | None:
    """ "iPhone 11", "Fortune 100", "Apple Watch 5": a number behind a name in capitals."""
    word = tokens.words[start - 1] if start > 0 else ""
    if not word.isalpha() or word.islower() or tokens.lower[start - 1] in lang.stop:
        return None
    if start - 1 == 0 and word[0].isupper() and word[1:].islower():
        return None  # the first word of a sentence has its capital for another reason
    if tokens.lower[start - 1] in lang.weekdays or tokens.lower[start - 1] in lang.before:
        return None
    return Aside("name", start - 1, end)


def _year_tail(tokens: Tokens, k: int) -> int:
    """ "2019-20", "2014–2017", "2024/25": the token after the years."""
    joined = (tokens.at(k + 1) in _DASHES or tokens.at(k + 1) == "/") and tokens.touches(k + 1)
    if joined and tokens.is_digits(k + 2) and tokens.touches(k + 2) and len(tokens.words[k + 2]) in (2, 4):
        return k + 3
    return k + 1


def is_calibre(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """True when the measure at tokens ``k`` to ``end - 1`` is the calibre of a weapon named near it.

    "152-millimeter shells", "shells of 122 and 152 mm", "the 122 millimeter and 152 millimeter".
    """
    unit = tokens.at(end - 1)
    if unit not in lang.calibre_units:
        return False
    for j in range(end, min(end + 6, len(tokens))):
        word = tokens.lower[j]
        if word in lang.weapons:
            return True
        if not (word[0].isalnum() or word in _DASHES):
            break
    for j in range(k - 1, max(k - 8, -1), -1):
        word = tokens.lower[j]
        if word in lang.weapons:
            return True
        if not (word[0].isalnum() or word in _DASHES):
            break
    return _paired(tokens, k, end, lang)


def _paired(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """Two calibres side by side ("122 mm and 152 mm") name kinds, not lengths."""
    if tokens.at(end - 1) == "inch":
        return False
    after = tokens.at(end) in lang.and_words and tokens.is_digits(end + 1)
    before = tokens.at(k - 1) in lang.and_words and (
        tokens.at(k - 2) in lang.calibre_units or tokens.is_digits(k - 2)
    )
    if after:
        return tokens.at(end + 2) in lang.calibre_units or tokens.at(end + 3) in lang.calibre_units
    return before
