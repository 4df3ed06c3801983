"""A figure in its sentence, with the words of the sentence that tell whether it is another one told again."""

from __future__ import annotations

import re

from tallybook.consistency.any_case import AnyCase, has_any, in_small_letters, spaced, words_of
from tallybook.consistency.forms import AGE_FORM
from tallybook.consistency.same_words import (
    APART,
    MONTHS,
    content,
)  # fmt: skip
from tallybook.reading import Mention

DEFINITE = AnyCase(
    r"(?:^|[\s“\"(—–])(?:the|all|all the|all of the|each of the|those|these|that|this|of the|of its|its"
    r"|their)(?: same)? $",
    endings=spaced("the all those these that this its their same"),
)
_THE_NOUN_OF = re.compile(
    r"\b[Tt]he ((?:(?!the )[\w’'-]+ ){0,3}?)((?!the )[\w’'-]+) of "
    r"(?:just |only |about |nearly |over |some )?$"
)
_NOUN_ENDINGS = spaced("of just only about nearly over some")
TOKEN = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d{4}|[,;:.!?()”“]|\d[\d,.]*| [–—] ")
_FRONTED_TIME = re.compile(
    r"[\s“\"]*(?:(?:In|On|By|At|Since|During|Until|From|Last|This|Next|Later|Earlier|Now|Today"
    r"|Yesterday|A year|The"
    r" (?:next|following|previous|same))\b[^,.]{0,40})"
)
_SAYS = re.compile(
    r"\b(?:says?|said|according to"
    r"|estimates?|estimated|claim(?:s|ed)?|speaks?|spoke|insists?|insisted|maintains?)\b"
)
_RELATIVE_TIME = re.compile(
    r"\b(?:last|this|next) (?:year|month|week|season|quarter|spring|summer|autumn|winter|night)\b"
)


class Sentence:
    """The words of a sentence, for all its figures. ``at``: its place among the sentences with figures."""

    __slots__ = ("_lowered", "_parting", "_stems", "_years", "at", "words")

    def __init__(self, text: str, span: tuple[int, int], at: int) -> None:
        self.words = text[span[0] : span[1]]
        self.at = at
        # Each is made where it is asked for; a cached property takes a lock.
        self._lowered: frozenset[str] | None = None
        self._parting: frozenset[str] | None = None
        self._stems: frozenset[str] | None = None
        self._years: frozenset[str] | None = None

    @property
    def lowered(self) -> frozenset[str]:
        if self._lowered is None:
            self._lowered = frozenset(TOKEN.findall(in_small_letters(self.words)))
        return self._lowered

    @property
    def stems(self) -> frozenset[str]:
        """The stems of the words that say something, and the years."""
        if self._stems is None:
            self._stems = frozenset(content(self.words))
        return self._stems

    @property
    def parting(self) -> frozenset[str]:
        """Its words that part one figure from another."""
        if self._parting is None:
            none = APART.isdisjoint(words_of(in_small_letters(self.words)))  # sooner told than its tokens
            self._parting = frozenset() if none else APART & self.lowered
        return self._parting

    @property
    def months(self) -> frozenset[str]:
        return self.stems & MONTHS

    @property
    def years(self) -> frozenset[str]:
        """The years that it names, by numbers or as "last year"."""
        if self._years is None:
            named = {each for each in self.stems if each.isdigit()}
            if has_any(self.words, ("last ", "this ", "next ")):
                named.update(_RELATIVE_TIME.findall(self.words))
            self._years = frozenset(named)
        return self._years


class Told:
    """A figure in its sentence."""

    __slots__ = ("_definite", "at", "mention", "sentence", "text")

    def __init__(self, text: str, mention: Mention, sentence: Sentence) -> None:
        self.text, self.mention, self.sentence, self.at = text, mention, sentence, sentence.at
        self._definite: bool | None = None

    @property
    def words(self) -> str:
        return self.sentence.words

    @property
    def lowered(self) -> frozenset[str]:
        return self.sentence.lowered

    @property
    def stems(self) -> frozenset[str]:
        return self.sentence.stems

    @property
    def attributed(self) -> bool:
        """Whether it is what somebody says: "the union says 900 workers are on strike"."""
        return _SAYS.search(self.text, self.mention.sentence[0], self.mention.start) is not None

    @property
    def fronted(self) -> frozenset[str]:
        """The stems of a time that begins its sentence: "Last year"."""
        found = _FRONTED_TIME.match(self.text, self.mention.sentence[0], self.mention.start)
        return frozenset() if found is None else frozenset(content(found[0]))

    @property
    def points(self) -> bool:
        """Whether it may point back: by a definite noun phrase, or by a name before an age."""
        return self.mention.form is AGE_FORM or self.definite

    @property
    def definite(self) -> bool:
        """Whether words before it say that it is known: "the", "all", "the fine of"."""
        if self._definite is None:
            before = self.text[max(self.mention.sentence[0], self.mention.start - 60) : self.mention.start]
            self._definite = bool(DEFINITE.search(before) or noun_before(before))
        return self._definite


def noun_before(before: str) -> re.Match[str] | None:
    """The "the fine of" right before a figure."""
    return _THE_NOUN_OF.search(before) if before.endswith(_NOUN_ENDINGS) else None
