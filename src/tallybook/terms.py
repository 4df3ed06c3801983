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
    RATIO = "ratio", "a verb that states a ratio to what was: halved, doubled"
    MULTIPLE = "multiple", "so many times what was: threefold, by a factor of three"
    MOST = "most", "more than half, without a number"
    ALL = "all", "every one of them, or none"
    AGE = "age", "an age, or the time since something happened: in completed or rounded units"


FLOORS = frozenset({Modifier.OVER, Modifier.AT_LEAST})
CEILINGS = frozenset({Modifier.UNDER, Modifier.AT_MOST, Modifier.UP_TO, Modifier.NEARLY})
BOUNDS = (FLOORS | CEILINGS) - {Modifier.NEARLY}


class Kind(Term):
    """What kind of amount a measure is; it decides what time does to two figures."""

    STOCK = "stock", "an amount on a date"
    LEVEL = "level", "a point on a scale without a true zero, on a date: a temperature, a magnitude, an index"
    TOTAL = "total", "what only adds up, over a period; cumulative: from a fixed start, as of a day"
    RATE = "rate", "an amount per something, averaged over the time that it is stated for"
    SHARE = "share", "a part of a whole, over the time that it is stated for"
    CHANGE = "change", "a difference between two dates, up or down, absolute or in per cent by its unit"
    NET = "net", "what came less what went, over a period; it may lie below zero", "net amount"
    DURATION = "duration", "how long something took"
    DATE = "date", "a day; shown, and not compared"

    @property
    def signed(self) -> bool:
        """Whether its figures have a direction, and may lie below zero."""
        return self in (Kind.CHANGE, Kind.NET)


class State(Term):
    """Whether a person has looked at every figure of an article."""

    DRAFT = "draft", "nobody has looked at every figure yet", "draft, not reviewed"
    REVIEWED = "reviewed", "a person has looked at every figure"


MADE_UP = "example, made up"
"""Of an article that is an example: none of its figures is of anything."""


class Status(Term):
    """Whether a figure was counted or is of another nature (SDMX: observation status)."""

    OBSERVED = "observed", "it was counted or measured", "counted"
    PROVISIONAL = "provisional", "it was counted, and may yet be lowered", "a first count"
    PLANNED = "planned", "it was planned, not counted"
    FORECAST = "forecast", "it was forecast, not counted"
    CAPACITY = "capacity", "it is what could be held, not what was", "what could be held"

    @property
    def alike(self) -> Status:
        """The status under which it is compared: a first count is compared as a count."""
        return Status.OBSERVED if self is Status.PROVISIONAL else self


class Kept(Term):
    """How much of a page was kept when it was read."""

    WHOLE = "whole", "all of the page"
    EXCERPT = "excerpt", "only the words that carry its figures"


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
        "◐",
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
    REFUSED = "refused", "a person does not count it; shown with the reason", "", "×", "aside"

    @property
    def confirms(self) -> bool:
        return self in (Relation.AGREES, Relation.SUPPORTS)

    @property
    def side(self) -> str:
        """For the claim, against it, or neither."""
        if self.confirms:
            return "for"
        return "against" if self is Relation.DIFFERS else "neither"

    @property
    def compares(self) -> bool:
        """Whether the two figures were compared at all."""
        return self not in (Relation.NOT_COMPARABLE, Relation.REFUSED)


class Incomparable(Term):
    """Why an estimate cannot be compared with a claim, in the order of the tests."""

    REFUSED = "refused", "refused by a person"
    STATUS = "other status", "of another status"
    OUTCOME = "outcome", "of what came of it"
    PART = "part", "of a part only"
    SCOPE = "other scope", "of another scope"
    UNIT = "no number", "without a number of this measure"
    VAGUE = "too vague", "derived and too vague to decide"
    SUPERSEDED = "superseded", "superseded"
    LOWERED = "lowered since", "of a count that its own origin lowered"
    TIME = "other time", "of another time"


class Reason(Term):
    """Why two comparable figures bear on one another as they do. Some serve two relations."""

    ROUNDING = "rounding", "no further apart than half the coarser grain"
    SAME = "same", "no further apart than the policy takes for the same"
    ONE_BOUND = "one bound", "two bounds of one direction name one number"
    INSIDE = "inside", "inside what the claim allows, and near its number"
    APART = "apart", "no number makes both true"
    OPPOSITE = "opposite direction", "one went up, the other down"
    FLOOR = "floor", "an earlier count, a part or an inner scope only sets a floor"
    CEILING = "ceiling", "a later count or a wider scope only sets a ceiling"
    PROVISIONAL = "provisional", "a first count sets no floor"
    WINDOW = "window", "of another day within the window"
    OVERLAPPING = "overlapping periods", "averages over periods that only overlap"
    ONE_DAY = "one day", "of one day without hours"
    DATE_OPEN = "date open", "the days allowed do not give one answer"
    SPREAD = "spread", "within the spread of the methods"
    MARGIN = "margin", "inside the margin that one of the two states"
    ROUND_NUMBER = "round number", "a round number may stand for it"
    UNIT = (
        "unit unclear",
        "the word for the unit means one of several (“ton”); by one of them both are true",
    )
    FAR_INSIDE = "far inside", "makes the bound true, and is far from it"
    MIXED = "mixed bounds", "the words set a floor and a ceiling on one number"
    OVERLAP = "overlap", "the two only overlap"


class Joined(Term):
    """Why two origins that say the same are not two witnesses."""

    PARTY = "one party", "both speak for one government or party"
    DATA = "shared data", "they share data or intelligence"
    FAMILY = "one family", "a third origin joins them"
    DRAWS = "draws on it", "one draws on the other"
    UNKNOWN = "origin unknown", "of one of them the origin is not known"


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
    OWN_WORD = "own word only", "only the side that produced the figure says so", "", "◇", "between"
    NOT_TESTED = "not tested", "no comparable source confirms or contradicts it", "", "○", "between"
    UNSOURCED = "unsourced", "no source gives a figure of this measure", "", "□", "between"

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

    @property
    def is_judgement(self) -> bool:
        """Whether it says something on the figure itself, for it, against it, or both."""
        return self.side != "open"


class Attribution(Term):
    """What came of holding a claim against the page that it cites."""

    SAID_SO = "said so", "the cited page says so"
    QUOTED = "quoted so", "the cited page was not seen, and other pages quote it so"
    DISTORTED = "distorted", "the cited page says something else"
    NOT_FOUND = "not found", "all of the cited page was kept, and it has no such figure"
    NOT_SEEN = "not seen", "nobody could check it: the cited page, or the part with the figure, was not seen"
    NOT_CITED = "no source cited", "the article names no source that could be opened"


ATTRIBUTION_TOLD = {
    Attribution.SAID_SO: "its source says so",
    Attribution.QUOTED: "others quote it so",
    Attribution.DISTORTED: "its source says something else",
    Attribution.NOT_FOUND: "its source has no such figure",
    Attribution.NOT_SEEN: "its source was not seen",
    Attribution.NOT_CITED: "no source is cited",
}
"""The same as an answer to "Does its source say so?"."""


class Distortion(Term):
    """What happened to a figure between one page and the next that repeats it, the most severe first."""

    MEASURE_SWAPPED = "measure_swapped", "it counts something else", "another thing counted"
    SPEAKER_CHANGED = "speaker_changed", "another said it", "another speaker"
    STATUS_CHANGED = "status_changed", "what was expected or possible became what was", "status changed"
    DIRECTION_CHANGED = "direction_changed", "up became down, or down up", "direction turned"
    OR_TO_AND = "or_to_and", "alternatives became a sum", "“or” became “and”"
    UNIT_CHANGED = "unit_changed", "in another unit", "another unit"
    SCOPE_CHANGED = "scope_changed", "of something wider or narrower", "scope changed"
    PERIOD_CHANGED = "period_changed", "of another period", "another period"
    RANGE_END_PICKED = "range_end_picked", "one end of a range was picked", "one end of a range"
    NUMBER_CHANGED = "number_changed", "another number"
    BOUND_CHANGED = "bound_changed", "another bound"
    BOUND_DROPPED = "bound_dropped", "the bound was lost", "bound lost"
    BOUND_ADDED = "bound_added", "a bound was added", "bound added"
    MARGIN_DROPPED = "margin_dropped", "its margin was left out", "margin left out"
    DATE_DROPPED = "date_dropped", "its date was lost", "date lost"


class Slip(Term):
    """The one change that would make a claim right; a hint, never a verdict."""

    SAME_PAGE = "same number on the page cited"
    YEAR = "another year"
    PLACE = "another place"
    TEN = "×10"
    HUNDRED = "×100"
    THOUSAND = "×1,000"
    MILLION = "×1,000,000"
    BILLION = "×1,000,000,000"
    DIGITS = "digits swapped"
    UNIT = "another unit"
    PERIOD = "another period"
    POINTS = "points for per cent"
    REST = "share for its rest"
    DIRECTION = "direction turned"


class Consistency(Term):
    """What came of holding figures of one text against each other."""

    CONSISTENT = "consistent", "all of the figures can be true"
    INCONSISTENT = "inconsistent", "the figures cannot all be true"
    CANNOT_TELL = "cannot tell", "the text leaves open whether the figures belong together"


class Known(Term):
    """What is found of a figure of a draft: by the book, or by the draft's other figures."""

    CONTRADICTED = "contradicted", "a source of the book contradicts it, and none agrees"
    DISTORTED = "distorted", "the page that it cites has another number, or the other direction"
    INCONSISTENT = "inconsistent", "the draft's own figures cannot all be true"
    DISPUTED = "disputed", "sources of the book disagree about it"
    STATED = "stated", "a source of the book states it"
    PERHAPS = (
        "perhaps",
        "a source of the book has this number; whether it is of the same thing is for a person to see",
        "perhaps stated",
    )
    UNKNOWN = "unknown", "the book knows nothing of it", "nothing known"

    @property
    def fails(self) -> bool:
        """Whether somebody has to look at it."""
        return self in (Known.CONTRADICTED, Known.DISTORTED, Known.INCONSISTENT)


class Checked(Term):
    """What a check of a book says of a place in its files."""

    PROBLEM = "problem", "the book cannot be read, or not be compared, as it stands"
    CHANGED = "changed", "a verdict, a relation or its words are not those that a person accepted"
    NEVER = "never_accepted", "nobody has accepted yet what the program says of this case"
    DOUBTFUL = "doubtful", "it can be compared, and deserves a second look", "worth a second look"
    IDLE = "without_effect", "it is not as it was when the verdicts were accepted; no verdict follows from it"
    DRAFT = "draft", "nobody has said that the article's record is reviewed; no verdict of it is accepted"
    SOUND = "sound", "every record can be read and compared"
    HOLDS = "as_accepted", "the verdict is the one that a person accepted"


class Beside(Term):
    """What is known of a figure that may bear on a claim."""

    COMPARED = (
        "compared",
        "a statement of the claim's measure, so that it is compared with it",
        "beside it already",
    )
    BEARS = "bears", "a person says that it bears on the claim", "bears on it"
    REFUSED = "refused", "a person says that it does not bear on the claim"
    OPEN = "open", "nobody has looked at it"


class Quotation(Term):
    """What came of looking for quoted words in a text."""

    FOUND = "found", "the words stand where they are said to stand"
    MOVED = "moved", "the same words stand at another place of the text"
    CHANGED = "changed", "the passage has other words and the same numbers"
    ABSENT = "absent", "no passage of the text has these words, or like ones with the same numbers"
    UNCHECKED = "could not check", "no text is at hand in which they could be looked for"


class PeriodFrom(Term):
    """Where the time of an estimate comes from."""

    STATED = "stated", "the page gives it"
    SAID = "said", "the day it was said"
    PUBLISHED = "published", "no later than the page"
    UNKNOWN = "unknown", "the page gives none"


class AsOf(Term):
    """The time of judging."""

    WRITTEN = "written", "by what certainly was out before the article's day", "when written"
    TODAY = "today", "by everything that is known", "today"
