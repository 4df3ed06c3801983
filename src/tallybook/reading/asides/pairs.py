"""Two numbers that look like a range and are none: houses, rows, days of a month, far years, names."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.asides.citations import cited_at
from tallybook.reading.asides.dates import is_day, is_month, is_year
from tallybook.reading.asides.labels import is_capital_label, labels_many
from tallybook.reading.asides.names import address_at, glued_name_at
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.marks import DASHES
from tallybook.reading.text.tokens import Tokens


def pair_at(tokens: Tokens, first: int, second: int, lang: Language) -> Aside | None:
    """The aside that the bare numbers of one token at ``first`` and ``second`` are together.

    "22-24 Harbour Street", "rows 14 to 22", "between 3 and 9 May", "from 1140 to 1380".
    """
    end = second + 1
    if not (tokens.words[first].isdecimal() and tokens.words[second].isdecimal()):
        return None
    if second == first + 2 and tokens.lower[first + 1] in DASHES:
        address = address_at(tokens, end, second, lang)
        if address is not None:
            return Aside("address", first, address.end)
    if is_day(tokens, first) and is_day(tokens, second) and is_month(tokens, end, lang):
        return Aside("date", first, end + 2 if is_year(tokens, end + 1) else end + 1)
    behind = tokens.lower[end]
    if behind == ")" and tokens.lower[first - 1] == "(":
        return cited_at(tokens, first, lang)  # "the adult liver (3–5)"
    if behind[:1].isalpha() and lang.nouns.singular(behind) is not None and behind not in lang.grammar.stop:
        return None
    lead = tokens.lower[first - 1]
    if lead == "." and tokens.lower[first - 2] in lang.names.labels:
        return Aside(lang.names.labels[tokens.lower[first - 2]], first - 2, end)  # "Refs. 3–5"
    kind = lang.names.plural_labels.get(lead) if labels_many(tokens, first - 1, lang) else None
    if kind is None and (is_capital_label(tokens, first - 1, lang) or lead in lang.names.weak_labels):
        kind = "name"
    if kind is not None:
        return Aside(kind, first - 1, end)
    if lead in lang.ranges.before_ends and _is_far_pair(tokens, first, second, lang):
        return Aside("date", first, end)
    return None


def _is_far_pair(tokens: Tokens, first: int, second: int, lang: Language) -> bool:
    """ "from 1140 to 1380", "between 1337 and 1453": four digits each, no round numbers, before no noun."""
    left, right = tokens.words[first], tokens.words[second]
    behind = tokens.lower[second + 1]
    if len(left) != 4 or len(right) != 4 or not "1000" <= left < right <= "2999":
        return False
    if left.endswith("00") and right.endswith("00"):
        return False
    before = tokens.lower[first - 2]
    changed = lang.trends.words.match(tokens.lower, first - 2) is not None
    return not changed and before != "" and (not behind[:1].isalpha() or behind in lang.grammar.stop)


def ends_a_name(tokens: Tokens, k: int, lang: Language) -> bool:
    """True of the 19 of "to test for COVID-19", which is no end of a range."""
    return tokens.glued[k] and tokens.is_digits(k) and glued_name_at(tokens, k, lang) is not None
