"""Which origin of the book the words of a page name: by its name, by its letters, by who spoke for it before.

A guess for a person to look at. Where two origins would do, none is guessed.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tallybook.book import Book, Origin
from tallybook.estimates.claim_terms import plain_name
from tallybook.intake.measure_words import stems

_BRACKET = re.compile(r"\s*\([^()]{1,80}\)")
_IN_BRACKET = re.compile(r"\(([A-Z]{2,8})\)")
_LETTERS = re.compile(r"(?<![\w’'-])[A-Z]{3,8}(?![\w-])")
_CAPITAL = re.compile(r"\b[A-Z]")
_LAND = re.compile(r"\b[A-Z]\.?[A-Z]\b")
_WORDS = re.compile(r"\w+")
_TELLING = frozenset({
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "northeast", "northwest",
    "southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern", "central",
    "middle", "upper", "lower", "inner", "outer", "old", "new", "great", "little", "first", "second", "third",
    "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "men", "women", "boys", "girls",
})  # fmt: skip
_OF_ANY_OFFICE = stems(
    "agency army authority board bureau central centre city commission committee council county court"
    " department fire force forces government health hospital institute ministry national office officials"
    " police rescue regional school service services state statistics study survey team town university"
)
_FEWEST_LETTERS = 3
_LIKE, _MOST_NEAR, _LONGEST_NAME = 0.75, 3, 200


def near_origins(book: Book, typed: str) -> list[Origin]:
    """The origins that a person may mean who typed something that is neither id nor name of one: those with
    nearly that id or name (difflib, 0.75 or more), and the one whose letters or words it has; three at most,
    the likeliest first. A second origin by another spelling would be a second witness that nobody is."""
    spelled: dict[str, list[Origin]] = defaultdict(list)
    for origin in book.origins.values():
        for name in {plain_name(origin.name), plain_name(origin.id.replace("_", " "))}:
            spelled[name].append(origin)
    wanted = plain_name(typed.replace("_", " "))[:_LONGEST_NAME]
    alike = [name for name in spelled if not _told_apart(name, wanted)]
    near = difflib.get_close_matches(wanted, alike, n=2 * _MOST_NEAR, cutoff=_LIKE)
    found = {origin.id: origin for name in near for origin in spelled[name]}
    named = OriginGuess(book).named(typed)
    if named is not None and not _told_apart(plain_name(book.origins[named].name), wanted):
        found.setdefault(named, book.origins[named])
    return [*found.values()][:_MOST_NEAR]


def _told_apart(name: str, other: str) -> bool:
    """Whether two names part by a word that is there to tell one from the other, and by no other: "South Mill
    Council" is no spelling of "North Mill Council", "Ward 3" none of "Ward 4"."""
    ours, theirs = ({_plain_word(word) for word in _WORDS.findall(one)} for one in (name, other))
    left, right = ours - theirs, theirs - ours
    return bool(left) and len(left) == len(right) and all(map(_tells, left | right))


def _plain_word(word: str) -> str:
    """ "Northern" as "north", "07" as "7"."""
    return word.removesuffix("ern") if word in _TELLING else word.lstrip("0") if word.isdecimal() else word


def _tells(word: str) -> bool:
    return word.isdecimal() or word in _TELLING


class OriginGuess:
    """The origins of a book, ready to be asked for words that name one."""

    def __init__(self, book: Book) -> None:
        self._names: dict[frozenset[str], set[str]] = defaultdict(set)
        self._letters: dict[str, set[str]] = defaultdict(set)
        self._spoke: dict[frozenset[str], set[str]] = defaultdict(set)
        for origin in book.origins.values():
            short = _BRACKET.sub("", origin.name)
            for name in {origin.name, short}:
                self._names[_said(name)].add(origin.id)
            letters = "".join(_CAPITAL.findall(short))
            for told in {*_IN_BRACKET.findall(origin.name), letters}:
                if len(told) >= _FEWEST_LETTERS or told != letters:
                    self._letters[told].add(origin.id)
        for statement in book.statements.values():
            for speaker in (statement.speaker, statement.speaker_org):
                if speaker and statement.origin:
                    self._spoke[_said(speaker)].add(statement.origin)
        for names in (self._names, self._spoke):
            names.pop(frozenset(), None)

    def named(self, who: str | None) -> str | None:
        """The id of the one origin that these words name; None where they name none, or two."""
        said = _said(who or "")
        if not said:
            return None
        by_name = [words for words in self._names if words <= said]
        longest = max(map(len, by_name), default=0)
        for found in (
            self._ids(self._names[words] for words in by_name if len(words) == longest),
            self._ids(self._letters.get(told, ()) for told in _LETTERS.findall(who or "")),
            self._ids(self._spoken_for(said)),
        ):
            if found:
                return found.pop() if len(found) == 1 else None
        return None

    def _spoken_for(self, said: frozenset[str]) -> Iterator[set[str]]:
        """The origins for which somebody of these words spoke. Of an office without a name, more words tell
        another one: "the Statistics Office" does not speak for the Health Statistics Office."""
        for words, ids in self._spoke.items():
            if words == said or said <= words or (words <= said and not words <= _OF_ANY_OFFICE):
                yield ids

    def _ids(self, several: Iterable[Iterable[str]]) -> set[str]:
        return {id_ for ids in several for id_ in ids}


def _said(words: str) -> frozenset[str]:
    """The words that tell one name from another; "US" and "UK" are such, and no pronouns."""
    return stems(words) | {land.replace(".", "") for land in _LAND.findall(words)}
