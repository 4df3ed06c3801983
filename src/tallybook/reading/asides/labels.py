"""Numbers that label: "page 12", "rooms 5 and 9", "seat 14C", "Year 11", "[12]", "1) ... 2) ..."."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.asides.names import is_headline, run_end
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import CLOSING_QUOTES, DASHES
from tallybook.reading.text.tokens import Tokens

# How far apart the numbers of one list may stand, in tokens.
_LIST = 12
_POINTS = 40


def lettered_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "seat 14C", "Flat 12 C", "Table 3A": a letter behind the number of a place or thing is its name's."""
    names, end = lang.names, k + 1
    lead = k - 2 if tokens.lower[k - 1] == "." else k - 1
    word = tokens.lower[lead]
    one = word in names.labels or word in names.weak_labels or word in names.lettered
    if not one:
        return _in_lettered_list(tokens, k, lang)
    letter = tokens.words[end]
    capital = tokens.words[lead].istitle()  # "Figure 3b"; not "PS6m"
    small = tokens.glued[end] and letter.islower() and (capital or word in names.lettered)
    if len(letter) != 1 or not letter.isalpha() or not (letter.isupper() or small):
        return None
    if not tokens.words[k].isdecimal() or len(tokens.words[k]) > 3:
        return None
    goes_on = tokens.glued[end + 1] and tokens.words[end + 1][:1].isalnum()
    return None if goes_on else Aside("name", lead, end + 1)


def _names_a_label(word: str, lang: Language) -> bool:
    return word == "," or word in lang.any_labels or word in lang.names.plural_labels


def _in_lettered_list(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "seats 9A and 9B", "items 24 h and 24 k": several behind a label, each with its letter."""
    label = k - 2 if tokens.lower[k - 1] == "," else k - 1
    if tokens.lower[label] not in lang.names.plural_labels or not _has_letter(tokens, k):
        return None
    end = k + 2
    while end < k + _LIST and (tokens.lower[end] in lang.grammar.list_words or tokens.lower[end] in DASHES):
        following = end + 2 if tokens.lower[end + 1] in lang.grammar.and_or else end + 1  # "9A, and 9B"
        if not _has_letter(tokens, following):
            break
        end = following + 2
    return Aside("name", label, end) if end > k + 2 else None


def _has_letter(tokens: Tokens, k: int) -> bool:
    digits, letter = tokens.words[k], tokens.words[k + 1]
    if not digits.isdecimal() or len(digits) > 3 or len(letter) != 1 or not letter.isalpha():
        return False
    return not (tokens.glued[k + 2] and tokens.words[k + 2][:1].isalnum())


def label_at(tokens: Tokens, start: int, end: int, k: int, lang: Language) -> Aside | None:
    """ "page 12", "No. 7", "Junctions 10 and 11", "order 300", "Year 11", "rooms 5 and 9"."""
    names = lang.names
    previous = tokens.lower[start - 1]
    if previous == "." and tokens.glued[start - 1]:
        if tokens.lower[start - 2] in names.labels:
            return Aside(names.labels[tokens.lower[start - 2]], start - 2, _label_end(tokens, end))
        initials = len(tokens.lower[start - 2]) == 1 and tokens.lower[start - 3] == "."
        if initials and tokens.words[start - 2].isupper() and len(tokens.words[k]) > 2:
            return Aside("name", max(start - 4, 0), end)  # "H.R. 2471"
    if previous == "(" and tokens.lower[end] == ")":  # "Eq. (4)"
        lead = tokens.lower[start - 3 if tokens.lower[start - 2] == "." else start - 2]
        if lead in names.labels:
            return Aside(names.labels[lead], start, end)
    initial = len(previous) == 1 and previous.isalpha() and tokens.words[start - 1].isupper()  # "S&P 500"
    if previous in names.labels and not initial and "," not in tokens.words[k]:
        end = _label_end(tokens, end)
        if tokens.lower[end] in lang.grammar.of_words and tokens.is_digits(end + 1):
            end += 2  # "photo 3 of 12"
        return Aside(names.labels[previous], start - 1, end)
    whole = tokens.words[k].isdecimal() and end == k + 1
    if whole and previous in names.numbering and _names_a_label(tokens.lower[start - 2], lang):
        return Aside("name", start - 1, end)  # "the resolution, numbered 2291"
    if whole and (previous in names.weak_labels or _is_small_label(tokens, start - 1, lang)):
        end = _label_end(tokens, end)
        if tokens.lower[end] in lang.grammar.of_words and tokens.is_digits(end + 1):
            end += 2  # "step 3 of 7"
        return Aside("name", start - 1, end)
    if is_capital_label(tokens, start - 1, lang) and whole and len(tokens.words[k]) < 4:
        return Aside("name", start - 1, _label_end(tokens, end))
    behind = tokens.lower[end]
    if previous in names.plural_labels and _is_run_of_numbers(tokens.words[k]):
        return Aside(names.plural_labels[previous], start - 1, end)
    alone = behind not in lang.numbers.words and (not behind[:1].isalpha() or behind in lang.grammar.stop)
    many = (behind in lang.grammar.list_words or behind in DASHES) and (
        tokens.is_digits(end + 1) or tokens.is_digits(end + 2)
    )
    many = many or names.plural_labels.get(previous) == "page"
    if previous in names.plural_labels and whole and alone and many and labels_many(tokens, start - 1, lang):
        return Aside(names.plural_labels[previous], start - 1, end)
    if whole and behind in lang.grammar.and_words and _numbers_things(tokens, start, end, lang):
        return Aside("name", start - 1, end + 2)
    no_noun = lang.nouns.singular(behind) is None or behind in lang.grammar.stop
    return _listed(tokens, start, end, whole and no_noun, lang)


def _numbers_things(tokens: Tokens, start: int, end: int, lang: Language) -> bool:
    """ "Slots 3 and 4 took new boards", "from reactors 1 and 2": two small numbers behind a plural that
    begins a sentence or follows a preposition, and before no noun."""
    noun, second = tokens.lower[start - 1], tokens.words[end + 1]
    if not (second.isdecimal() and len(second) < 3 and len(tokens.words[start]) < 3):
        return False
    if lang.nouns.names or lang.nouns.singular(noun) is None or not noun.isalpha():
        return False
    led = start == 1 or tokens.lower[start - 2] in lang.grammar.prepositions
    if not led or noun in lang.grammar.stop or noun in lang.numbers.words or noun in lang.ages.persons:
        return False
    behind = tokens.lower[end + 2]
    if tokens.glued[end + 2] and behind not in (".", ",", ")", ";"):
        return False
    counts = behind not in lang.grammar.stop and lang.nouns.singular(behind) is not None
    return not counts and unit_at(tokens, end + 2, lang) is None and noun not in lang.dates.weekdays


def _is_run_of_numbers(word: str) -> bool:
    """ "3,12,118" behind a label: three numbers, although an amount in lakhs is printed likewise."""
    first, _, rest = word.partition(",")
    return len(first) < 3 and len(rest.partition(",")[0]) == 2


def is_capital_label(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "Year 11 pupils", "Reactor 3": a noun that a capital makes a name, outside a headline."""
    return (
        tokens.lower[k] in lang.names.capital_labels
        and tokens.words[k][0].isupper()
        and not is_headline(tokens)
    )


def is_mentioned(tokens: Tokens, start: int, end: int, lang: Language) -> bool:
    """'the "23" on the shirt', "dial '2255' for a lift": a number alone in quotation marks."""
    if tokens.lower[end] not in CLOSING_QUOTES or tokens.lower[start - 1] not in lang.bounds.quotes:
        return False
    lead, behind = tokens.lower[start - 2], tokens.lower[end + 1]
    if lang.nouns.singular(behind) is not None and behind not in lang.grammar.stop:
        return False
    return lead in lang.names.mentioning or lead in lang.names.labels or lead in lang.names.weak_labels


def slashed_section_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "sections 12 of the Code and 3/4 of the Act": a section that a slash divides."""
    if (
        tokens.lower[k + 1] != "/"
        or not tokens.is_digits(k + 2)
        or tokens.lower[k - 1] not in lang.grammar.list_words
    ):
        return None
    if tokens.lower[k + 3] not in lang.grammar.of_words or tokens.lower[k + 4] not in lang.grammar.the_words:
        return None
    for j in range(k - 2, max(k - _LIST, -1), -1):
        if tokens.is_digits(j) and _page_label(tokens.lower[j - 1], lang):
            return Aside("page", k, k + 3)
    return None


def _page_label(word: str, lang: Language) -> bool:
    return lang.names.labels.get(word) == "page" or lang.names.plural_labels.get(word) == "page"


def _is_small_label(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "on day 12", "from juror 9", "Row 12 was full": behind a preposition or at a start such a noun labels.

    "To seat 300", "they house 300" have a verb.
    """
    before, word = tokens.lower[k - 1], tokens.lower[k]
    if word not in lang.names.capital_labels and word not in lang.names.lettered:
        return False
    if before in lang.grammar.to_words:
        return False
    return before in lang.grammar.prepositions or before in lang.grammar.list_words or k == 0


def labels_many(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "in rows 14 to 22", "closed lanes 2 and 3"; in "the hall seats 200 to 300" the plural is a verb."""
    before = tokens.lower[k - 1]
    if not before[:1].isalpha() or before in lang.grammar.stop:
        return before not in lang.grammar.subjects
    return before.endswith(lang.nouns.other_endings)


def _label_end(tokens: Tokens, end: int) -> int:
    """The token after what is glued to a label's number: "4.2.1", "14(2)"."""
    end = run_end(tokens, end)
    while (
        tokens.lower[end] == "("
        and tokens.glued[end]
        and tokens.lower[end + 2] == ")"
        and tokens.glued[end + 1]
    ):
        end += 3
    return end


def _listed(tokens: Tokens, start: int, end: int, alone: bool, lang: Language) -> Aside | None:
    """The 9 of "rooms 5, 7 and 9": a later number of a list behind a label."""
    previous = tokens.lower[start - 1]
    if previous not in lang.grammar.list_words and previous not in lang.grammar.or_words:
        return None
    j = start - 1
    while j > start - _LIST and (
        tokens.is_digits(j)
        or tokens.lower[j] in lang.grammar.list_words
        or (len(tokens.words[j]) == 1 and tokens.glued[j] and tokens.words[j].isalpha())  # "3a and 7"
    ):
        j -= 1
    names, word = lang.names, tokens.lower[j - 1 if tokens.lower[j] == "." else j]
    if j == start - 1 or not tokens.is_digits(j + 1):
        return None
    kind = names.labels.get(word) if previous != "," else None
    if kind is None and alone:
        kind = names.plural_labels.get(word)
    return Aside(kind, start, end) if kind is not None else None


def numbers_a_point(tokens: Tokens, k: int) -> bool:
    """ "1. Rinse the lentils.", "the plan 1) saves and 2) creates", "(1) bans and (2) taxes"."""
    if tokens.lower[k + 1] not in (".", ")") or not tokens.glued[k + 1]:
        return False
    if k == 0 and (tokens.size == 2 or tokens.words[2][:1].isupper()):
        return True
    return len(tokens.words[k]) < 3 and _has_neighbour(tokens, k)


def _has_neighbour(tokens: Tokens, k: int) -> bool:
    """True if the number before or after that at ``k`` stands near it in the same brackets."""
    number, opened = int(tokens.words[k]), tokens.lower[k - 1] == "(" and k > 0
    mark = tokens.lower[k + 1]
    for j in range(max(k - _POINTS, 0), min(k + _POINTS, tokens.size)):
        if tokens.lower[j] != mark or j == k + 1 or not tokens.glued[j] or not j:
            continue
        word = tokens.words[j - 1]
        if word.isdecimal() and len(word) < 3 and abs(int(word) - number) == 1:
            return (tokens.lower[j - 2] == "(" and j > 1) == opened
    return False


def reference_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "earlier work [3, 17]", "known [12].": numbers alone in square brackets, before no noun."""
    end = k
    if tokens.lower[k - 1] != "[" or k == 1:
        return None
    while end < k + _LIST and (
        (tokens.words[end].isdecimal() and len(tokens.words[end]) < 4)
        or tokens.lower[end] == ","
        or tokens.lower[end] in DASHES
    ):
        end += 1
    behind = tokens.lower[end + 1]
    counts = lang.nouns.singular(behind) is not None and behind not in lang.grammar.stop
    if tokens.lower[end] != "]":
        return None
    if end == k + 1 and (counts or unit_at(tokens, end + 1, lang) is not None):
        return None  # "[12] soldiers"
    return Aside("page", k, end)
