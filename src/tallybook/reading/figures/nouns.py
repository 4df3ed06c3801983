"""What a number counts: the noun phrase behind it, and the phrase that a figure is said of."""

from __future__ import annotations

from tallybook.reading.asides.names import run_end
from tallybook.reading.figures.models import is_model_plural, model_at
from tallybook.reading.lexicon.compounds import head_of
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.units import Counted, unit_at
from tallybook.reading.text.marks import DIGITS, HYPHENS, TIMES
from tallybook.reading.text.tokens import Tokens

_CLOSING = {"(": ")", "[": "]"}
_QUOTES = frozenset("\"“”‘’'")
_GENITIVE = ("'s", "’s")
_MARKS = frozenset(".,;:!?)")
_LONGEST_PHRASE = 9
_LONGEST_BRACKET = 7
_MOST_SIDES = 3
# The longest initials in front of a noun ("U.A.E.").
_MOST_INITIALS = 5
# How far behind the comma of two attributes their noun may stand.
_MOST_ATTRIBUTES = 7
# Units that are never inside a counted phrase ("12 dollar bills" counts dollars).
_NEVER_INSIDE = frozenset(["percent", "time", "dollar"])


def counted_at(tokens: Tokens, k: int, number_is_one: bool, lang: Language) -> Counted | None:
    """The counted noun phrase at token ``k``; None when the noun is left out.

    The head is the first plural noun before a word that ends the phrase (and the plural after it,
    if two are adjacent). Without a plural, the word next to the number: "12 page document",
    "four-cylinder engine".
    """
    if tokens.lower[k] in HYPHENS and tokens.glued[k]:
        if tokens.glued[k + 1] and tokens.lower[k + 1][:1].isalpha():
            return _hyphenated(tokens, k + 1, lang)
        return _hanging(tokens, k + 1, lang)
    if tokens.lower[k] in TIMES or tokens.lower[k] in lang.grammar.by_words:
        side = _other_side(tokens, k, lang)
        if side is not None:
            return side
    while tokens.lower[k] in _QUOTES and k < tokens.size:
        k += 1
    if lang.nouns.names:
        return _named_noun(tokens, k, lang)
    if number_is_one:
        return _singular_phrase(tokens, k, lang)
    head = _plural_head(tokens, k, lang)
    if head is not None:
        noun = plural_at(tokens, head, lang) or tokens.lower[head]
        if tokens.lower[head - 1] in HYPHENS:
            noun = _with_prefix(tokens, noun, head, k)
        return Counted(noun, k, head + 1)
    return _bare_noun(tokens, k, lang)


def _with_prefix(tokens: Tokens, noun: str, head: int, k: int) -> str:
    """``noun``, at ``head`` in a phrase from ``k`` on, with a prefix that a hyphen joins: "co-defendant"."""
    prefix = head - 2
    if not (tokens.glued[head - 1] and tokens.glued[head]) or prefix < k or tokens.words[head] == "s":
        return noun
    if not tokens.lower[prefix].isalpha() or " " in noun:
        return noun
    return f"{tokens.lower[prefix]}-{noun}"


def _other_side(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """ "3.2x2.4m", "1,920 by 1,080 pixels", with "x" at ``k``: the unit of the last side is that of all."""
    side = k + 1
    while tokens.is_digits(side) and side < k + 2 * _MOST_SIDES:
        if tokens.lower[side + 1] not in TIMES and tokens.lower[side + 1] not in lang.grammar.by_words:
            found = unit_at(tokens, side + 1, lang) or counted_at(tokens, side + 1, False, lang)
            return Counted(found.unit, k, k) if found is not None else None
        side += 2
    return None


def _named_noun(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """In a language whose plurals the lexicon lists: the first listed noun, behind its adjectives."""
    state = None
    for j in range(k, min(k + 4, tokens.size)):
        word = tokens.lower[j]
        if j > k and word in lang.numbers.words:
            break  # "auf der B 27 krachten vier Autos"
        if tokens.lower[j + 1] in HYPHENS and lang.nouns.have_capitals:
            last = _last_part(tokens, j)
            if last > j:
                head = _listed(tokens, last, lang)
                return None if head is None else Counted(head, k, last + 1)  # "12 EU-Staaten"
        name = _listed(tokens, j, lang)
        if j > k:
            name = lang.nouns.names.get(f"{tokens.lower[j - 1]} {word}", name)  # "250 робочих місць"
        if name is not None and word in lang.nouns.states:
            state = state or Counted(name, k, j + 1)  # "9 загиблих", but "9 загиблих солдатів"
        elif name is not None:
            return Counted(name, k, j + 1)
        if word == "," and j > k and _comma_of_attributes(tokens, j, lang):
            continue  # "zwei kleine, ruhige Dörfer"
        adjective = word[:1].isalpha() and word.endswith(lang.nouns.adjective_endings)
        if (not adjective or word in lang.grammar.stop) and word not in lang.trends.more:
            break
    return state


def _last_part(tokens: Tokens, k: int) -> int:
    """The last part of the compound with hyphens at ``k``: "Leopard-2-Panzer", "US-Soldaten"."""
    while tokens.lower[k + 1] in HYPHENS and tokens.glued[k + 1] and tokens.glued[k + 2]:
        k += 2
    return k


def _comma_of_attributes(tokens: Tokens, k: int, lang: Language) -> bool:
    """True of the comma at ``k`` between two adjectives, of which the second stands before a listed noun."""
    second = tokens.lower[k + 1]
    adjective = second.endswith(lang.nouns.adjective_endings) and second not in lang.grammar.stop
    return adjective and tokens.words[k + 1] == second and _listed(tokens, k + 2, lang) is not None


def _listed(tokens: Tokens, k: int, lang: Language) -> str | None:
    """The noun at ``k`` as the lexicon names it. Where nouns have capitals, any word with one is a
    noun: it counts as what its last part is, or as itself."""
    word = tokens.lower[k]
    if not lang.nouns.have_capitals:
        return lang.nouns.names.get(word)
    if not tokens.words[k][:1].isupper():
        return None
    name = lang.nouns.names.get(word)
    if name is not None or word in lang.grammar.stop or word in lang.dates.months:
        return name  # "9 Leben": a verb, if it were small
    return head_of(word, lang.nouns.names) or (word if word.isalpha() else None)


def _hyphenated(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """ "four-cylinder", "5,000-strong": the word behind the hyphen, if it can be a noun."""
    word = tokens.lower[k]
    if not word.isalpha() or word in lang.grammar.stop or word.endswith(lang.nouns.other_endings):
        return None
    held = lang.attributes.unit_of(word)
    if held is not None:
        return Counted(held, k, k + 1)  # "200-сторінковий"
    if lang.nouns.names:
        name = _listed(tokens, k, lang)
        return Counted(name, k, k + 1) if name is not None else None
    return Counted(lang.nouns.singular(word) or word, k, k + 1)


def _hanging(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """ "four-, five- and six-cylinder": the noun of the last number in the row counts for all."""
    for j in range(k, min(k + 8, tokens.size)):
        word = tokens.lower[j]
        if word in HYPHENS and tokens.glued[j] and tokens.glued[j + 1]:
            found = unit_at(tokens, j, lang) or _hyphenated(tokens, j + 1, lang)
            return Counted(found.unit, k, k) if found else None
        joins = word in HYPHENS or word in lang.grammar.list_words
        if not (joins or tokens.is_digits(j) or word in lang.numbers.words):
            return None
    return None


def _plural_head(tokens: Tokens, k: int, lang: Language) -> int | None:
    """The token of the plural noun that heads the phrase at ``k``; None without one."""
    j, head = k, None
    limit = k + _LONGEST_PHRASE
    grammar, number_words = lang.grammar, lang.numbers.words
    while j < tokens.size and j < limit:
        word = tokens.lower[j]
        capital = tokens.words[j] != word and tokens.words[j].isupper()
        behind = after_initials(tokens, j, lang) if capital else j
        if behind > j:
            if head is not None:
                return head
            j, limit = behind, limit + behind - j
            continue
        if word == "," and head is None and j > k:
            j = _after_comma(tokens, j, k, lang)
            if j < 0:
                return None
            continue
        if word in _CLOSING and head is None:
            j = _after_bracket(tokens, j)
            if j < 0:
                return None
            limit += _LONGEST_BRACKET
            continue
        if tokens.glued[j + 1] and (_initial(tokens, j) or (word.isalpha() and tokens.is_digits(j + 1))):
            j += 2 if tokens.lower[j + 1] == "." else 1  # "55 U.S. soldiers", "two Airbus A320s"
            continue
        if word[0] in DIGITS:
            j = _after_digits(tokens, j, k, lang)
            if j < 0 or head is not None:
                return head
            continue
        if word in HYPHENS or word in _QUOTES or word == "&":
            joined = word not in HYPHENS or tokens.glued[j] or tokens.glued[j + 1]
            if head is not None or not joined:
                return head
            compound = word in HYPHENS and tokens.glued[j] and tokens.glued[j + 1]
            j += 2 if compound and tokens.lower[j + 1] in grammar.stop else 1  # "seven French-led raids"
            continue
        if not word[0].isalpha():
            if (
                head is None
                and word not in _MARKS
                and tokens.is_digits(j + 1)
                and lang.units.currency.match(tokens.words, j)
            ):
                j += 2  # "two $500 checks"
                continue
            return head
        if word in grammar.and_words or word in grammar.or_words:
            if head is not None or j == k or not _goes_on(tokens, j + 1, lang):
                return head
            j += 1
            continue
        if word in grammar.stop and (head is not None or not _may_precede(tokens, j, lang)):
            return head
        if word in number_words and tokens.lower[j + 1] not in HYPHENS:
            return head  # "Junction 10 closed four lanes"
        if word == "s" and is_model_plural(tokens, j):
            return j
        if tokens.words[j][0].isupper() and tokens.is_digits(j + 1) and is_model_plural(tokens, j + 2):
            return j + 2  # "eight Hercules 130s"
        if plural_at(tokens, j, lang) is not None and not _only_inside(tokens, j, lang):
            if head is not None and not _modifies(tokens, head, lang):
                return head
            head = j
        elif head is not None:
            return head
        j += 1
    return head


def _initial(tokens: Tokens, k: int) -> bool:
    """True of the U and the S of "U.S.", the Ph of "Ph.D.s": a capital letter or two and a full stop."""
    word = tokens.words[k]
    if tokens.lower[k + 1] != "." or k + 2 >= tokens.size:
        return False
    return word.isupper() if len(word) == 1 else len(word) == 2 and word.istitle() and tokens.glued[k + 2]


def after_initials(tokens: Tokens, k: int, lang: Language) -> int:
    """The token behind initials that are an attribute, at ``k``: "three | US | soldiers", "two | U.S. |
    airlines". In capitals they are no pronoun, unless the whole line is in capitals. ``k`` without them."""
    word = tokens.words[k]
    if not word.isupper():
        return k
    if len(word) > 1:
        if tokens.lower[k] not in lang.grammar.initials:
            return k
        following = tokens.words[k + 1]
        return k if following.isupper() and len(following) > _MOST_INITIALS else k + 1
    j = k
    while len(tokens.words[j]) == 1 and tokens.words[j].isupper() and tokens.words[j + 1] == ".":
        if not tokens.glued[j + 1] or j >= k + 2 * _MOST_INITIALS:
            break
        j += 2
        if not tokens.glued[j]:
            break
    hung = tokens.words[j] in HYPHENS and tokens.glued[j]  # "U.S.-based"
    return j if j >= k + 4 and (hung or tokens.words[j][:1].isalpha()) else k


def _after_comma(tokens: Tokens, j: int, k: int, lang: Language) -> int:
    """The token behind the comma at ``j`` between two attributes: "two small | , | quiet villages"; -1 if it
    ends the phrase that began at ``k``: "12 drowned, leaving families"."""
    first, second = tokens.lower[j - 1], tokens.lower[j + 1]
    if not (second.isalpha() and first.isalpha()) or tokens.words[j + 1] != second:
        return -1
    if second in lang.grammar.stop and second not in lang.grammar.inside:
        return -1
    if first in lang.grammar.stop and first not in lang.grammar.attributes:
        return -1
    if second in lang.numbers.words or plural_at(tokens, j + 1, lang) is not None:
        return -1
    participle = first.endswith(lang.nouns.other_endings)
    if participle and second.endswith(lang.nouns.active_endings):
        return -1
    for at in range(j + 2, j + 2 + _MOST_ATTRIBUTES):
        word = tokens.lower[at]
        if plural_at(tokens, at, lang) is not None and not _only_inside(tokens, at, lang):
            said = tokens.lower[at + 1] in lang.nouns.reporting
            return -1 if said else j + 1
        if not (word.isalpha() or word == "," or word in HYPHENS):
            return -1
        hung = tokens.lower[at - 1] in HYPHENS  # "hand-made"
        if word in lang.grammar.stop and word not in lang.grammar.inside and not hung:
            return -1
    return -1


def _may_precede(tokens: Tokens, k: int, lang: Language) -> bool:
    """True for a word that ends other phrases, but here precedes the noun: "other men", "old, tired men"."""
    if _stays_inside(tokens, k, lang):
        return True
    if tokens.lower[k + 1] in HYPHENS:
        return tokens.glued[k + 1] and tokens.glued[k + 2]  # "40 on-site jobs"
    return tokens.lower[k + 1] == "," and tokens.lower[k] in lang.grammar.attributes


def _only_inside(tokens: Tokens, k: int, lang: Language) -> bool:
    """True for a word that may end in s, or count people ("missing"), and here goes before a noun."""
    word = tokens.lower[k]
    if word in lang.grammar.inside:
        return True
    if tokens.lower[k + 1] in HYPHENS and tokens.glued[k + 1] and word in lang.nouns.states:
        return True  # "seven French-led raids"
    return (
        word in lang.nouns.states
        and k + 1 < tokens.size
        and _goes_on(tokens, k + 1, lang)
        and (any(plural_at(tokens, j, lang) for j in range(k + 1, min(k + 4, tokens.size))))
    )


def _after_digits(tokens: Tokens, j: int, k: int, lang: Language) -> int:
    """The token after digits inside the phrase that began at ``k``; -1 when they end it.

    Part of a name ("COVID-19 tests", "787 Dreamliners", "Fortune 500 companies") or of a measure
    ("152-mm shells").
    """
    if tokens.glued[j] and j > k:
        return j + 1
    measured = after_measure(tokens, j, lang)
    if measured > 0:
        return measured
    before = tokens.words[j - 1][:1].isupper() and j > k and tokens.lower[j - 1] not in lang.grammar.stop
    behind = tokens.words[j + 1][:1].isupper() and j > k and tokens.lower[j + 1] not in lang.grammar.stop
    return j + 1 if before or behind else -1


def plural_at(tokens: Tokens, k: int, lang: Language) -> str | None:
    """The singular of the plural noun at ``k``. Short words in capitals are initials ("GPS")."""
    word, small = tokens.words[k], tokens.lower[k]
    if word == small and word != "s":
        return lang.nouns.singular(word)
    if word == "s" and is_model_plural(tokens, k):
        return model_at(tokens, k, lang)
    if word.isupper() and len(word) <= 4:
        return None
    if word[-1:] == "s" and word[:-1].isupper() and len(word) > 2:
        return word[:-1].lower()  # "88 RBIs", "2 TDs"
    return lang.nouns.singular(small)


def _modifies(tokens: Tokens, k: int, lang: Language) -> bool:
    """True when the plural at ``k`` may precede the head ("sports teams", "Celtics players")."""
    word = tokens.lower[k]
    return word in lang.nouns.before_plurals or word in lang.nouns.invariant or tokens.words[k][0].isupper()


def _goes_on(tokens: Tokens, k: int, lang: Language) -> bool:
    """True when the phrase can go on at ``k``: a word that does not end it, or a measure."""
    word = tokens.lower[k]
    if tokens.is_digits(k):
        return after_measure(tokens, k, lang) > 0
    return word[:1].isalpha() and (word not in lang.grammar.stop or word in lang.grammar.inside)


def _stays_inside(tokens: Tokens, k: int, lang: Language) -> bool:
    """True for a word that ends other phrases but may precede the noun here ("other", "such")."""
    return tokens.lower[k] in lang.grammar.inside and _goes_on(tokens, k + 1, lang)


def _after_bracket(tokens: Tokens, k: int) -> int:
    """The token after the bracket that opens at ``k``; -1 if it is long, open or holds digits."""
    closing = _CLOSING[tokens.lower[k]]
    for j in range(k + 1, min(k + _LONGEST_BRACKET, tokens.size)):
        if tokens.is_digits(j):
            return -1
        if tokens.lower[j] == closing:
            return j + 1
    return -1


def after_measure(tokens: Tokens, k: int, lang: Language) -> int:
    """The token after a measure inside a phrase ("152-mm" of "152-mm shells"); -1 if it is not one."""
    unit = unit_at(tokens, k + 1, lang)
    return -1 if unit is None or unit.unit in _NEVER_INSIDE else unit.end


def _singular_phrase(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """One of something: the words up to the end of the phrase; the last is the head."""
    j = run_end(tokens, k + 1) if tokens.words[k][:1].isupper() else k
    if j > k + 1 and tokens.is_digits(j - 1):
        named = _singular_phrase(tokens, j, lang) if tokens.words[j].islower() else None
        if named is not None and not _is_verb(tokens.lower[j], lang):
            return Counted(named.unit, k, named.end)  # "one COVID-19 test"
        return Counted(tokens.slice(k, j).lower(), k, j)  # "one F-16"
    measured = after_measure(tokens, k, lang) if tokens.is_digits(k) else -1
    if measured > 0:
        named = _singular_phrase(tokens, measured, lang)
        return None if named is None else Counted(named.unit, k, named.end)  # "one 500 mg tablet"
    j, limit = k, k + 4
    while j < tokens.size and j < limit:
        word = tokens.lower[j]
        behind = after_initials(tokens, j, lang)
        if behind > j:
            j, limit = behind, limit + behind - j
            continue
        if word.endswith(_GENITIVE):
            owner = lang.units.names.match([word[:-2], ""], 0)
            if owner is not None:
                return Counted(owner[1], j, j + 1, measured=True)  # "one month's rent"
        if _in_compound(tokens, j, lang):
            j, limit = j + 2, limit + 2
            continue
        ends = word in lang.grammar.stop and (j > k or not _may_precede(tokens, j, lang))
        if word == "," and j > k and _is_pair(tokens, j, lang):
            j, limit = j + 1, limit + 2
            continue
        if not word[0].isalpha() or ends or word in lang.numbers.words:
            break
        j += 1
    if j > k + 2 and tokens.lower[j - 1] in lang.grammar.adjectives and _is_verb(tokens.lower[j - 2], lang):
        j -= 1  # "one child falls ill"
    while j > k + 1 and _is_verb(tokens.lower[j - 1], lang):
        j -= 1  # "one person killed", "one shortly", "one patient collapses"
    head = tokens.lower[j - 1]
    if j == k or (head.endswith(lang.nouns.other_endings) and head not in lang.nouns.ending_nouns):
        return None
    return Counted(lang.nouns.singular(head) or head, k, j)


def _in_compound(tokens: Tokens, k: int, lang: Language) -> bool:
    """True of the first part of a hyphened attribute at ``k``: "one | half-finished bridge", "one third-floor
    flat"; a number with its measure ("one two-year term") counts for itself."""
    if tokens.lower[k + 1] not in HYPHENS or not (tokens.glued[k + 1] and tokens.glued[k + 2]):
        return False
    word = tokens.lower[k]
    if word in lang.numbers.fractions:
        return True
    return word.isalpha() and word not in lang.numbers.words and tokens.lower[k + 2].isalpha()


def _is_pair(tokens: Tokens, k: int, lang: Language) -> bool:
    """True of the comma at ``k`` between two adjectives before a noun: "one small | , | quiet village"."""
    first, second, noun = tokens.lower[k - 1], tokens.lower[k + 1], tokens.lower[k + 2]
    known = first in lang.grammar.adjectives or first in lang.grammar.attributes
    return known and second.isalpha() and noun.isalpha() and noun not in lang.grammar.stop


def _is_verb(word: str, lang: Language) -> bool:
    """True of what cannot be one thing: a participle, an adverb, or a plural, which then is a verb."""
    if word in lang.nouns.ending_nouns or word in lang.nouns.invariant:
        return False
    return word.endswith(lang.nouns.other_endings) or lang.nouns.singular(word) is not None


def _bare_noun(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """The word next to the number, when it may be a noun: "12 page document", "0.5 WAR"."""
    if k >= tokens.size:
        return None
    word = tokens.words[k]
    if word.isupper() and word.isalpha() and 2 <= len(word) <= 5:
        following = tokens.words[k + 1]
        closes = not following[:1].isalnum() and following not in ("(", "[")
        led = tokens.lower[k - 2] in lang.grammar.articles  # "a 2.9 GPA opened few doors"
        closes = closes or led or following in lang.rates.behind_base  # "3.8 GPA into finals"
        return Counted(word, k, k + 1) if closes else None
    if not word.isalpha() or not word.islower() or len(word) < 3 or word in lang.grammar.stop:
        return None
    if word in lang.grammar.adjectives and tokens.lower[k + 1] in lang.grammar.list_words:
        return None
    if word in lang.ellipsis.same_tails or word in lang.nouns.verbs:
        return None  # "140 km/h on the coast and 95 inland"; "21 cost more than they did"
    following = tokens.lower[k + 1]
    if word in lang.rates.participles and (not following[:1].isalpha() or following in lang.grammar.stop):
        return None  # "12 stolen.", "and 12 broken into"
    if word in lang.bounds.marks and lang.nouns.singular(word) is None:
        return None  # "the 4,000 mark"
    if word.endswith(lang.nouns.other_endings) or word in lang.numbers.words or word in lang.ordinals.words:
        return None
    return Counted(word, k, k + 1)


def whole_after_of(tokens: Tokens, k: int, lang: Language) -> tuple[int, int] | None:
    """The phrase behind "of" at ``k``: what a share is a share of, as (first, after last) tokens."""
    if tokens.lower[k] not in lang.grammar.of_words:
        return None
    return noun_phrase_at(tokens, k + 1, lang)


def noun_phrase_at(tokens: Tokens, k: int, lang: Language) -> tuple[int, int] | None:
    """The noun phrase at ``k`` with its determiners, as (first, after last) tokens."""
    j = k
    while j < tokens.size and j < k + _LONGEST_PHRASE:
        word = tokens.lower[j]
        initials = after_initials(tokens, j, lang)
        if initials > j:
            j = initials
            continue
        opening = j < k + 3 and (word in lang.grammar.determiners or word in lang.grammar.pronouns)
        if word in HYPHENS and tokens.glued[j] and tokens.glued[j + 1]:
            j += 1
            continue
        ends = word in lang.grammar.stop and word not in lang.grammar.inside
        if not opening and (ends or not word[0].isalnum()):
            break
        j += 1
        if word in lang.grammar.pronouns or _is_head(tokens, j - 1, lang):
            break
    while (
        j > k
        and tokens.lower[j - 1] in lang.grammar.determiners
        and tokens.lower[j - 1] not in lang.grammar.pronouns
    ):
        j -= 1
    return (k, j) if j > k else None


def _is_head(tokens: Tokens, k: int, lang: Language) -> bool:
    """True when the plural at ``k`` ends its phrase ("of patients | recover")."""
    if lang.nouns.names:
        return _listed(tokens, k, lang) is not None
    if tokens.lower[k] in lang.grammar.determiners or plural_at(tokens, k, lang) is None:
        return False
    if (
        tokens.lower[k] in lang.nouns.invariant
        and tokens.lower[k + 1].isalpha()
        and tokens.lower[k + 1] not in lang.grammar.stop
    ):
        return False  # "Russia's ammunition demand"
    following = k + 1 < tokens.size and plural_at(tokens, k + 1, lang) is not None
    return not (tokens.words[k][0].isupper() or (following and _modifies(tokens, k, lang)))
