"""The vocabulary: every word that tallybook uses for a kind, a relation, a reason or a verdict.

Each term is a string (its value in files and tables) with a label for people, one sentence that says what it
means, and where it applies a sign and the role of its colour. The order of definition is the rank. No other
module lists these words.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A word of the vocabulary.

    ``meaning``: one sentence, for a legend; ``label``: for people; ``sign`` and ``role`` (of its colour): its
    marks in tables and pictures, where it has any.
    """

    meaning: str
    label: str
    sign: str
    role: str

    def __new__(cls, value: str, meaning: str = "", label: str = "", sign: str = "", role: str = "") -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.meaning, term.label = meaning, label or value.replace("_", " ")
        term.sign, term.role = sign, role
        return term

    @property
    def rank(self) -> int:
        """Its place in the order of definition, from 0."""
        return list(type(self)).index(self)


class Modifier(Term):
    """How the words bound the number that they name ("modified numeral")."""

    EXACT = "exact", "a number without a word that bounds it"
    ABOUT = "about", "the number is an approximation"
    NEARLY = "nearly", "a little less than the number"
    OVER = "over", "more than the number"
    AT_LEAST = "at_least", "the number or more"
    UNDER = "under", "less than the number"
    AT_MOST = "at_most", "the number or less"
    UP_TO = "up_to", "the number or less, and suggested to be near it"
    RANGE = "range", "any number from the first to the second"


class Form(Term):
    """How a number is put into words: it decides how finely it may be taken."""

    NUMBER = "number", "digits, or a number in words"
    FRACTION = "fraction", "a fraction in words: half, a third, one in three"
    MOST = "most", "more than half, without a number"
    ALL = "all", "every one of them, or none"
    AGE = "age", "an age, or the time since something happened: in completed or rounded units"


FLOORS = frozenset({Modifier.OVER, Modifier.AT_LEAST})
CEILINGS = frozenset({Modifier.UNDER, Modifier.AT_MOST, Modifier.UP_TO, Modifier.NEARLY})


class Kind(Term):
    """What kind of amount a measure is; it decides what time does to two figures."""

    STOCK = "stock", "an amount on a date"
    CUMULATIVE = "cumulative", "a running total that only grows, as of a date"
    RATE = "rate", "an amount per period, averaged over the time that it is stated for"
    SHARE = "share", "a part of a whole, over the time that it is stated for"
    EVENT_TOTAL = "event_total", "an amount that is counted once"
    DURATION = "duration", "how long something took"
    DATE = "date", "a day; shown, and not compared"


class Status(Term):
    """Whether a figure was counted or is of another nature (SDMX: observation status)."""

    OBSERVED = "observed", "it was counted or measured", "counted"
    PLANNED = "planned", "it was planned, not counted"
    FORECAST = "forecast", "it was forecast, not counted"
    CAPACITY = "capacity", "it is what could be held, not what was", "what could be held"


class Tier(Term):
    """How near a page is to whoever produced the figure."""

    PRIMARY = "primary", "whoever produced the figure", "primary source"
    SECONDARY = "secondary", "who reports it", "secondary source"
    TERTIARY = "tertiary", "who sums up reports", "tertiary source"


class Relation(Term):
    """How one estimate bears on a claim. ``sign`` and ``role`` (of its colour) are its marks in pictures."""

    AGREES = "agrees", "names the same number, within rounding", "", "●", "agree"
    SUPPORTS = "supports", "lies inside the claim, and within what its words suggest", "", "◉", "agree"
    COMPATIBLE = (
        "compatible",
        "can be true together with the claim, but does not confirm it",
        "",
        "○",
        "between",
    )
    DIFFERS = "differs", "cannot be true together with the claim", "", "▲", "differ"
    NOT_COMPARABLE = (
        "not comparable",
        "of another part, scope, unit, time or status; shown with the reason",
        "",
        "–",
        "aside",
    )

    @property
    def confirms(self) -> bool:
        return self in (Relation.AGREES, Relation.SUPPORTS)


class Incomparable(Term):
    """Why an estimate cannot be compared with a claim, in the order of the tests."""

    STATUS = "status", "of another status"
    PART = "part", "of a part only"
    SCOPE = "scope", "of another scope"
    UNIT = "unit", "without a number of this measure"
    SUPERSEDED = "superseded", "superseded"
    TIME = "time", "of another time"


class Verdict(Term):
    """What the sources that were seen say about a claim, the strongest first."""

    CORROBORATED = (
        "corroborated",
        "two or more independent source groups agree with it or support it, and none differs",
        "",
        "●",
        "agree",
    )
    SUPPORTED = (
        "supported",
        "one independent source group agrees with it or supports it, and none differs",
        "",
        "◉",
        "agree",
    )
    DISPUTED = "disputed", "independent source groups disagree about it", "", "◆", "differ"
    CONTRADICTED = (
        "contradicted",
        "no independent source group agrees with it, and at least one differs",
        "",
        "▲",
        "differ",
    )
    OWN_WORD = "own word only", "only the side that produced the figure says so", "", "◌", "between"
    NOT_TESTED = "not tested", "no comparable source confirms or contradicts it", "", "○", "between"
    UNSOURCED = "unsourced", "no source gives a figure of this measure", "", "–", "between"

    def of(self, count: int) -> str:
        """What is said of so many claims: "2 are corroborated", "1 has only its own side's word"."""
        if self is Verdict.OWN_WORD:
            return f"{count} {'has only its' if count == 1 else 'have only their'} own side's word"
        return f"{count} {'is' if count == 1 else 'are'} {self}"

    @property
    def side(self) -> str:
        """For the claim, against it, both, or open: a verdict that changes side says something else."""
        return {
            Verdict.CORROBORATED: "for",
            Verdict.SUPPORTED: "for",
            Verdict.DISPUTED: "both",
            Verdict.CONTRADICTED: "against",
        }.get(self, "open")


class Attribution(Term):
    """What came of holding a claim against the page that it cites."""

    FAITHFUL = "faithful", "the cited page says so"
    NOT_FOUND = "not found in the source", "the cited page was seen and has no such figure"
    NOT_SEEN = "source not seen", "the cited page was not opened"
    NOT_CITED = "no source cited", "the article names no source that could be opened"


class Distortion(Term):
    """What happened to a figure between one page and the next that repeats it, the most severe first."""

    MEASURE_SWAPPED = "measure_swapped", "it counts something else", "another thing counted"
    STATUS_CHANGED = "status_changed", "what was expected or possible became what was", "status changed"
    OR_TO_AND = "or_to_and", "alternatives became a sum", "“or” became “and”"
    NUMBER_CHANGED = "number_changed", "another number"
    RANGE_END_PICKED = "range_end_picked", "one end of a range was picked", "one end of a range"
    BOUND_CHANGED = "bound_changed", "another bound"
    BOUND_DROPPED = "bound_dropped", "the bound was lost", "bound lost"
    BOUND_ADDED = "bound_added", "a bound was added", "bound added"
    SCOPE_CHANGED = "scope_changed", "of something wider or narrower", "scope changed"
    UNIT_CHANGED = "unit_changed", "in another unit", "another unit"
    DATE_DROPPED = "date_dropped", "its date was lost", "date lost"


class Consistency(Term):
    """What came of holding figures of one text against each other."""

    CONSISTENT = "consistent", "all of the figures can be true"
    INCONSISTENT = "inconsistent", "the figures cannot all be true"
    CANNOT_TELL = "cannot tell", "the text leaves open whether the figures belong together"


class PeriodFrom(Term):
    """Where the time of an estimate comes from."""

    STATED = "stated", "the page gives it"
    SAID = "said", "the day it was said"
    PUBLISHED = "published", "no later than the page"
    UNKNOWN = "unknown", "the page gives none"


class AsOf(Term):
    """The time of judging."""

    WRITTEN = "written", "by what could be read on the article's date", "when written"
    TODAY = "today", "by everything that is known", "today"
