"""Numbers in round brackets that refer to other work: "a model of dune growth (5)", "the melt (11, 12)"."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.marks import DASHES
from tallybook.reading.text.tokens import Tokens

# The longest list of references, in tokens, and how near another number in brackets makes an enumeration.
_LIST, _NEAR = 12, 8
_LARGEST, _ATTRIBUTES = 3, 4


def cited_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """The reference that the number at ``k`` belongs to: small numbers alone in brackets, behind a statement.

    A single one behind a plural or a person counts or tells an age: "nurses (41)", "her son (9)"; so does one
    of several: "gold (5), silver (3)".
    """
    if lang.nouns.names or not (tokens.lower[k - 1] in ("(", ",") or tokens.lower[k - 1] in DASHES):
        return None
    first = k - 1
    while first > k - _LIST and _in_list(tokens, first):
        first -= 1
    end = k
    while end < k + _LIST and _in_list(tokens, end):
        end += 1
    if tokens.lower[first] != "(" or tokens.lower[end] != ")" or first < 2 or tokens.glued[first]:
        return None
    if not _refers(tokens, first, end, lang):
        return None
    return Aside("page", first + 1, end)


def _in_list(tokens: Tokens, k: int) -> bool:
    word = tokens.words[k]
    return word == "," or word in DASHES or (word.isdecimal() and len(word) <= _LARGEST and word[0] != "0")


def _refers(tokens: Tokens, opening: int, closing: int, lang: Language) -> bool:
    """True if the brackets at ``opening`` and ``closing`` stand behind a statement, with no others near."""
    lead, behind = tokens.lower[opening - 1], tokens.lower[closing + 1]
    if not tokens.words[opening - 1].islower() or not lead.isalpha() or lead in lang.numbers.words:
        return False
    if lead in lang.ages.persons or lead in lang.ages.subjects or lead in lang.grammar.prepositions:
        return False
    people = f"{lead}s"
    if people.endswith(lang.ages.people_endings) and people not in lang.ages.not_people:
        return False  # "the driver (34)"
    before = tokens.lower[opening - 2]
    if tokens.is_digits(opening - 2) or before in lang.numbers.words or before in lang.any_labels:
        return False
    if closing > opening + 2:
        return True
    if _enumerates(tokens, opening, closing):
        return False
    if lang.nouns.singular(lead) is not None:
        return behind == "." and closing + 2 >= tokens.size and _is_governed(tokens, opening - 2, lang)
    return not behind[:1].isalnum() or behind in lang.grammar.stop


def _is_governed(tokens: Tokens, k: int, lang: Language) -> bool:
    """True if a preposition joins the noun behind token ``k`` to another: "earlier work on | ice cores"; not
    in "short of nurses (41)", "the number of cases (5)"."""
    for j in range(k, max(k - _ATTRIBUTES, 0), -1):
        if tokens.lower[j] in lang.grammar.prepositions:
            before = tokens.lower[j - 1]
            amount = lang.dates.amounts.match(tokens.lower, j) is not None
            return before.isalpha() and not amount and before not in lang.grammar.adjectives
        if not tokens.lower[j].isalpha():
            break
    return False


def _enumerates(tokens: Tokens, opening: int, closing: int) -> bool:
    """True if another number alone in brackets stands near: "gold (5), silver (3)"."""
    near = [*range(max(opening - _NEAR, 1), opening - 1), *range(closing + 2, closing + _NEAR)]
    return any(
        tokens.lower[j] == "(" and tokens.is_digits(j + 1) and tokens.lower[j + 2] == ")" for j in near
    )
