"""The records of a book: what stands in ``claims/`` and ``sources/``, typed.

A record says what a page says and where; it never says who is right. Field terms: *claim* and
*appearance* (schema.org ClaimReview), *text quote selector* (W3C Web Annotation), *reference
period* (SDMX), *primary / secondary / tertiary source*.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from tallybook.book.currencies import currencies, is_currency
from tallybook.book.periods import Period, parse_period
from tallybook.book.problems import nearest
from tallybook.terms import MADE_UP, Kept, Kind, Modifier, State, Status, Tier

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)]
SiteUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"'`{}|\\^]{1,480}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Day = Annotated[date, Field(ge=date(1600, 1, 1), le=date(2999, 12, 31))]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Sql = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]

Certainty = Literal["stated", "inferred", "unreliable"]
Guessed = Literal[
    "measure", "attributed_to", "origin", "cites", "status", "reference_period", "base_period", "part",
    "scope", "base",
]  # fmt: skip
"""Fields of a claim that a program may propose."""

GuessedOfFigure = Literal[
    "measure", "words", "origin", "speaker", "speaker_org", "status", "reference_period", "stated", "via",
    "relays",
]  # fmt: skip
"""Fields of a statement that a program may propose; its words always are."""

GuessedOfPage = Literal["publisher", "published", "language", "kind", "copy_of"]
"""Fields of a page that a program may propose."""


def _moment(value: object) -> Period:
    """A day of publication, or a month or year where no more is known."""
    found = value if isinstance(value, Period) else parse_period(str(value))
    if found.spans or not date(1600, 1, 1) <= found.start <= found.end <= date(2999, 12, 31):
        raise ValueError(f"'{value}' is not a day; write 2025-12-15, or 2025-12 where no more is known")
    return found


Published = Annotated[
    Period,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "description": "EDTF: a day, or a month or year: 2025-12-15, 2025-12"}),
]
"""When a page or an article came out; the days that it may be."""


def _currency(name: str) -> str:
    if not is_currency(name):
        raise ValueError(f"'{name}' is no currency that is known.{nearest(name, currencies())}")
    return name


def _edtf(text: str) -> str:
    parse_period(text)
    return text


def _below(name: str) -> str:
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or ":" in name or any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"'{name}' is no file below the project's folder; write sources/tables/name.csv")
    return name


TableFile = Annotated[Line, AfterValidator(_below)]
Currency = Annotated[Line, AfterValidator(_currency)]
Edtf = Annotated[Line, AfterValidator(_edtf)]

# A number of millimetres is a size of the thing counted, no second figure.
_JOINED = re.compile(
    r"\b(or|and) (?:\d+(?![\d.,]*[ -]?(?:mm|cm|milli|centi))"
    r"|(?:half )?(?:an? )?(?:hundred|thousand|million|billion)s?\b)",
    re.IGNORECASE,
)


_OLD_KINDS = {
    "cumulative": "'kind: total' with 'cumulative: true'",
    "event_total": "'kind: total' with 'once: true'",
}


def joined_in(words: str) -> str | None:
    """How words join a figure to the next one: "or", "and", or None where they join none."""
    found = _JOINED.search(words)
    return found.group(1).lower() if found else None


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class PolicyRecord(Record):
    """The widths that words do not state (see ``tallybook.quantity.Policy``)."""

    about: float = Field(
        0.10, ge=0, le=1, description="reach of “about” and “nearly”, as a part of the number"
    )
    grains: float = Field(
        5.0, ge=1, le=100, description="reach of “about”, “over” and the like, in units of the last digit"
    )
    overshoot: float = Field(1.5, ge=1, le=100, description="“over n” suggests at most so many times n")
    rounding_cap: float = Field(
        0.05, ge=0, le=0.5, description="a round number may stand for another at most this part of it away"
    )
    fraction: float = Field(0.10, ge=0, le=0.5, description="the same of a fraction in words")
    same: float = Field(
        0.005, ge=0, le=0.1, description="two counts this near to each other are taken for the same"
    )
    window_days: int = Field(
        31, ge=0, le=36600, description="how far a figure without a date of its own may be from its page"
    )
    tolerance: float = Field(
        0.0, ge=0, le=0.5, description="widens every comparison by this part; for trying out only"
    )


class MeasurePolicy(Record):
    """Widths of one measure's own, instead of the project's; with the reason."""

    about: float | None = Field(None, ge=0, le=1)
    grains: float | None = Field(None, ge=1, le=100)
    overshoot: float | None = Field(None, ge=1, le=100)
    rounding_cap: float | None = Field(None, ge=0, le=0.5)
    fraction: float | None = Field(None, ge=0, le=0.5)
    same: float | None = Field(None, ge=0, le=0.1)
    reason: Line = Field(description="why this measure needs them")


class Inside(Record):
    """That one scope of a measure lies inside another, so that it is a floor of it."""

    of: Id = Field(description="the wider scope")
    because: Line = Field(description="why it lies inside")


class Neighbour(Record):
    """A measure that is taken for this one easily: deaths and casualties, revenue and profit."""

    measure: Id = Field(description="the other one")
    because: Line = Field(description="how they are told apart")


class Spread(Record):
    """How far the methods of a measure part, within which nothing differs."""

    value: float = Field(gt=0, description="in the measure's unit")
    because: Line = Field(description="why methods part so far")
    source: Line | None = Field(None, description="who says so: a source's id, or where it stands")


class MeanOf(Record):
    """The total and the number that a mean is computed from."""

    total: Id = Field(description="the measure of the sum")
    number: Id = Field(description="the measure of how many")


class ExchangeRate(Record):
    """What one unit of a currency was worth in another, on a day, and who says so."""

    of: Currency = Field(description="a currency, singular: dollar, pound sterling, euro")
    to: Currency = Field(description="the other currency")
    value: float = Field(gt=0, description="how many of ``to`` one of ``of`` was worth")
    on: Edtf = Field(description="EDTF: the day or period of the rate")
    source: Line = Field(description="who says so")

    @model_validator(mode="after")
    def _two_currencies(self) -> ExchangeRate:
        if self.of.casefold() == self.to.casefold():
            raise ValueError(f"a rate is between two currencies, and both are '{self.of}'")
        return self


class ShareOf(Record):
    """How a share follows from two rates or counts: part ÷ whole, or part ÷ (part + rest)."""

    part: Id = Field(description="the measure of the part")
    whole: Id | None = Field(None, description="the measure of the whole")
    rest: Id | None = Field(None, description="what makes up the whole together with the part")
    scope: Id | None = Field(None, description="which scope of the share this gives")

    @model_validator(mode="after")
    def _one_denominator(self) -> ShareOf:
        if (self.whole is None) == (self.rest is None):
            raise ValueError("a share needs 'whole' or 'rest', one of them")
        return self


class Measure(Record):
    """What is counted or measured, so that two figures may be set side by side."""

    id: Id = Field(description="its name in the book")
    kind: Kind = Field(description="decides what time does to two figures")
    unit: Line = Field(description="singular; a rate as 'shell / month'")
    definition: Line = Field(description="what is in it, and what is not")
    nouns: list[Line] = Field(
        default_factory=list, description="what a quotation may count and still be of this measure, singular"
    )
    scopes: dict[Id, Line] = Field(
        default_factory=dict,
        description="kinds of coverage that must not be mixed; the first is the measure's own",
    )
    inside: dict[Id, Inside] = Field(
        default_factory=dict, description="scopes that lie inside another scope of the measure"
    )
    once: bool = Field(False, description="it happened once; the date of a figure does not matter")
    cumulative: bool = Field(False, description="of a total: counted from a fixed start, as of a day")
    moment: Line | None = Field(None, description="of a level: the one moment of a day at which it is read")
    window_days: int | None = Field(
        None, ge=0, le=36600, description="how far apart two days may lie and one figure support another"
    )
    policy: MeasurePolicy | None = Field(None, description="widths of its own")
    spread: Spread | None = Field(None, description="how far its methods part")
    neighbours: list[Neighbour] = Field(default_factory=list, description="what is easily taken for it")
    first_month: int | None = Field(
        None, ge=1, le=12, description="the month with which a fiscal year begins"
    )
    rate_of: Id | None = Field(None, description="the total that this rate accumulates to")
    change_of: Id | None = Field(None, description="the amount whose change this is")
    mean_of: MeanOf | None = Field(None, description="of a mean: what it is computed from")
    shares: list[ShareOf] = Field(default_factory=list, description="of a share: what it is computed from")

    @model_validator(mode="before")
    @classmethod
    def _of_today(cls, data: Any) -> Any:
        """Kinds of the first version are told by their new names."""
        kind = data.get("kind") if isinstance(data, dict) else None
        if kind in _OLD_KINDS:
            raise ValueError(
                f"'kind: {kind}' is now written {_OLD_KINDS[kind]}; 'tallybook migrate --write' does it"
            )
        return data

    @property
    def own_scope(self) -> str | None:
        return next(iter(self.scopes), None)

    @property
    def adds_up(self) -> bool:
        """Whether a part of it is a floor of the whole."""
        return self.kind in (Kind.TOTAL, Kind.STOCK)

    @property
    def in_points_of_time(self) -> bool:
        """Whether a date is a day of it, not its length: of a stock, a level and a cumulative count."""
        return self.kind in (Kind.STOCK, Kind.LEVEL) or self.cumulative

    def wider(self, scope: str | None) -> list[str]:
        """The scopes that a scope lies inside of, directly or through others."""
        found: list[str] = []
        while scope in self.inside and self.inside[scope].of not in found:
            scope = self.inside[scope].of
            found.append(scope)
        return found


class Imprint(Record):
    """Who publishes the pages of the report, and what a reader may do; whatever is left out stays open."""

    publisher: Line | None = Field(None, description="who publishes the pages")
    url: SiteUrl | None = Field(None, description="where the pages of the report stand")
    corrections: Line | None = Field(
        None, description="an e-mail address or a link to which readers report errors"
    )
    licence: Line | None = Field(None, description="of the pages and the data: CC BY 4.0")


class MeasuresFile(Record):
    """``claims/measures.yaml``"""

    imprint: Imprint = Field(Imprint(), description="who publishes the report")
    policy: PolicyRecord = Field(PolicyRecord(), description="the widths that words do not state")
    exchange_rates: list[ExchangeRate] = Field(default_factory=list, description="what currencies were worth")
    measures: list[Measure] = Field(description="none yet: []")


class Origin(Record):
    """Who produced a figure; not who printed it."""

    id: Id = Field(description="its name in the book")
    name: Line = Field(description="what people call it")
    speaks_for: Id | None = Field(
        None, description="a government or party; all who speak for it are one voice"
    )
    shares_with: list[Id] = Field(
        default_factory=list, description="origins with which it shares its data or intelligence"
    )
    measures: bool = Field(
        False, description="an office that measures (statistics, science, a court): it speaks for nobody else"
    )
    members: list[Id] = Field(
        default_factory=list, description="origins, or parties, whose findings this origin sums up"
    )
    party_to: Line | None = Field(None, description="what it takes part in, such as a war")
    method: Line | None = Field(None, description="how it comes by its figures")
    independent: bool = Field(True, description="false: confirms nothing (a mixture, or not stated)")


class Group(Record):
    """One utterance and the statements that repeat it, in whatever words."""

    id: Id = Field(description="its name in the book")
    what: Line = Field(description="who said it, to whom and when")
    statements: list[Id] = Field(min_length=2, description="those that repeat it")
    nearest: list[Id] = Field(
        default_factory=list,
        description="the wordings nearest to the origin, where a person can tell; one a figure",
    )


class Derivation(Record):
    """A figure that follows from statements, declared by a person because no rule can tell.

    ``sum``: of parts that do not overlap; ``difference``, ``ratio``, ``product``: in the order of ``of``.
    """

    id: Id = Field(description="its name in the book")
    measure: Id = Field(description="what the result is a figure of")
    how: Literal["sum", "difference", "ratio", "product"] = Field(
        description="what is done with the statements"
    )
    of: list[Id] = Field(min_length=2, description="statements")
    reference_period: Line | None = Field(None, description="EDTF; what the result refers to")
    scope: Id | None = Field(None, description="a scope of the measure")
    assumption: Line = Field(description="what must hold for it, in words")

    @model_validator(mode="after")
    def _two_for_a_ratio(self) -> Derivation:
        if self.how in ("difference", "ratio") and len(self.of) != 2:
            raise ValueError(f"a {self.how} is of two statements, here are {len(self.of)}")
        return self


class OriginsFile(Record):
    """``sources/origins.yaml``"""

    parties: dict[Id, Line] = Field(
        default_factory=dict, description="what the governments and parties of origins are called"
    )
    origins: list[Origin] = Field(description="none yet: []")
    groups: list[Group] = Field(default_factory=list, description="utterances that several pages repeat")
    derivations: list[Derivation] = Field(
        default_factory=list, description="figures that follow from statements"
    )


class Recorded(Record):
    """The figure as a person read it off the words.

    Checked against the reader. Where ``because`` is given it stands instead of the reader's.
    """

    low: float | None = Field(None, description="the lower number")
    high: float | None = Field(None, description="the upper number")
    open_low: bool = Field(False, description="the lower number itself is not meant")
    open_high: bool = Field(False, description="the upper number itself is not meant")
    modifier: Modifier | None = Field(None, description="how the words bound it")
    unit: Line | None = Field(None, description="singular")
    per: Line | None = Field(None, description="of a rate: its base")
    because: Line | None = Field(None, description="why the words alone cannot tell")

    @model_validator(mode="after")
    def _has_a_number(self) -> Recorded:
        if self.low is None and self.high is None:
            raise ValueError("a recorded figure needs 'low', 'high' or both")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"'low' ({self.low:g}) is above 'high' ({self.high:g})")
        return self


class Span(Record):
    """Two dates, EDTF each or as newspapers give them ("early August 2025")."""

    start: Line = Field(description="the first day")
    end: Line = Field(description="the last day")


class Refused(Record):
    """That a person does not count a statement, and why; it is shown all the same."""

    by: Line = Field(description="who says so")
    why: Line = Field(description="for what reason")
    on: Day | None = Field(None, description="the day")


class Query(Record):
    """How a statement was computed from the table of its source, by the user's own SQL."""

    sql: Sql = Field(description="one SELECT from the table, which is named data; it gives one number")
    value: float = Field(description="what it gave, in the measure's unit")
    rows: int = Field(ge=0, description="how many rows of the table it took in")
    which: Line = Field(description="their numbers: 2-13, 40; or none")
    rows_sha256: Digest = Field(description="of what it read in these rows")


class Table(Record):
    """The file that the statements of a source are computed from."""

    file: TableFile = Field(description="below the project's folder: sources/tables/jobs.csv")
    sha256: Digest = Field(description="of the file when it was last looked at")
    sheet: Line | None = Field(None, description="of a spreadsheet with several")
    header: int = Field(1, ge=1, le=1000, description="the row that has the names of the columns")


class _Named(Record):
    id: Id = Field(description="its name in the book, by which others refer to it")


class _Measured(_Named):
    measure: Id = Field(description="what it is a figure of: an id of claims/measures.yaml")


class TextDigest(Record):
    """Of the article's text, which is not kept here: enough to know it again.

    ``extractor``: what took the text out of the page or file, with its version.
    """

    sha256: Digest = Field(description="of the text in UTF-8")
    characters: int = Field(ge=1, description="how many it has")
    paragraphs: int = Field(ge=1, description="how many it has")
    extractor: Line | None = Field(None, description="what took the text out, with its version")


class Snapshot(Record):
    """Of the page or file as it was read, which is kept beside the book: enough to know it again."""

    sha256: Digest = Field(description="of its bytes")
    taken: Day = Field(description="the day on which it was read, in UTC")


class FigureOfPage(_Named):
    """One figure that one page gives."""

    words: Words = Field(description="the few words that carry the figure, as the page prints them")
    origin: Id | None = Field(None, description="who produced the figure")
    origins: list[Id] = Field(default_factory=list, description="of a word of several origins together: all")
    recorded: Recorded | None = Field(
        None, description="what a person read off the words; checked against the reader"
    )
    reference_period: Line | None = Field(
        None, description="EDTF: 2024-11, 2024-01/2024-12-02, ../2025-07; what the figure refers to"
    )
    base_period: Line | None = Field(None, description="of a change: EDTF, what it is measured against")
    dates: Span | None = Field(None, description="of a duration: its first and last day")
    stated: Line | None = Field(None, description="EDTF: when it was said")
    speaker: Line | None = Field(None, description="the person who said it")
    speaker_org: Line | None = Field(None, description="for whom that person speaks")
    status: Status = Field(
        Status.OBSERVED, description="whether it was counted, planned, forecast, or is what could be held"
    )
    part: Line | None = Field(None, description="which part of the whole, if it is not the whole")
    part_in_time: bool = Field(
        False, description="the part is a stretch of time, so that it is the whole of its own period"
    )
    scope: Id | None = Field(None, description="a key of the measure's scopes; left out: the measure's own")
    scope_note: Line | None = Field(None, description="what the scope means here")
    base: Id | None = Field(None, description="the statement whose figure this one is a share or change of")
    joined: Literal["or", "and"] | None = Field(
        None, description="how the page joins the figure to one beside it: either of them, or both"
    )
    relays: Id | None = Field(None, description="the statement that this one repeats")
    superseded_by: Id | None = Field(None, description="the later figure of the same origin that replaced it")
    refused: Refused | None = Field(None, description="that a person does not count it")
    draws_on: list[Id] = Field(
        default_factory=list, description="other origins that this figure itself rests on"
    )
    translation: Line | None = Field(
        None, description="of words in another language: what they say in English"
    )
    translated_by: Line | None = Field(
        None, description="who translated them: a person, or a program by name"
    )
    via: list[Line] = Field(default_factory=list, description="through whom it came to the page")
    remark: Line | None = Field(None, description="what a reader should know")


class Statement(FigureOfPage, _Measured):
    """A figure of a page that is one of a measure, so that claims can be set beside it."""

    query: Query | None = Field(None, description="of a figure that was computed from the source's table")

    @model_validator(mode="after")
    def _has_an_origin(self) -> Statement:
        if self.origin is None and not self.origins:
            raise ValueError("a statement needs its 'origin', or 'origins' where several speak together")
        return self

    @property
    def speaker_id(self) -> str:
        """The id of its origin; of a word of several, their ids together."""
        return self.origin or "+".join(self.origins)


class DraftStatement(FigureOfPage):
    """A figure of a page that a program found and no person has looked at: listed, never compared.

    ``guessed``: what the program proposed. Without it, it is a statement like any other.
    """

    measure: Id | None = Field(None, description="what it may be a figure of")
    guessed: list[GuessedOfFigure] = Field(
        min_length=1, description="fields that nobody has looked at yet; take it out when you have"
    )


def _statements_may_be_drafts(schema: dict[str, Any]) -> None:
    """In the schema, as in a file, drafts stand in one list with the others."""
    drafted = schema["properties"].pop("drafted")["items"]
    statements = schema["properties"]["statements"]
    statements["items"] = {"anyOf": [statements["items"], drafted]}


class Source(Record):
    """``sources/<id>.yaml``: one page.

    What a program drafted stands in the file among the statements, with ``guessed``: the loader takes it out
    as ``drafted`` (``book/drafts.py``), so that whatever compares never meets it.
    """

    model_config = ConfigDict(json_schema_extra=_statements_may_be_drafts)

    id: Id = Field(description="the name of its file")
    publisher: Line = Field(description="who published the page")
    title: Line | None = Field(None, description="of the page, in its language")
    what: Line | None = Field(None, description="of a source nobody has seen: what it is said to be")
    url: Url | None = Field(None, description="the address of the page")
    published: Published | None = Field(None, description="when the page came out")
    published_is: Certainty = Field("stated", description="whether the date stands on the page")
    kept: Kept = Field(
        Kept.EXCERPT, description="whole: the page as a whole was kept; what it lacks it lacks"
    )
    copy_of: Id | None = Field(None, description="the article that this page, or its wire, is a copy of")
    read_on: Day | None = Field(None, description="when the page was read")
    language: Language | None = Field(None, description="of the page")
    kind: Tier = Field(description="how near the page is to whoever produced the figures")
    seen: bool = Field(True, description="false: it is cited, and nobody has seen it")
    origin: Id | None = Field(None, description="of a source nobody has seen: whose words it carries")
    table: Table | None = Field(None, description="the table of which this page is one")
    snapshot: Snapshot | None = Field(None, description="the page as it was read")
    text: TextDigest | None = Field(None, description="the text that was taken out of it")
    guessed: list[GuessedOfPage] = Field(
        default_factory=list, description="fields that a program proposed and nobody has looked at yet"
    )
    statements: list[Statement] = Field(default_factory=list, description="the figures on it")
    drafted: list[DraftStatement] = Field(default_factory=list)

    @model_validator(mode="after")
    def _queries_have_their_table(self) -> Source:
        computed = [statement.id for statement in self.statements if statement.query is not None]
        if computed and self.table is None:
            raise ValueError(f"'{computed[0]}' has a query, so that the source needs its 'table'")
        return self

    @model_validator(mode="after")
    def _seen_or_not(self) -> Source:
        if self.seen and not self.statements and "kept" not in self.model_fields_set:
            remedy = "'kept: whole' if all of it was kept, 'kept: excerpt' if not; or 'seen: false'"
            raise ValueError(f"a source that was seen and has no statement needs {remedy}")
        if self.seen and self.language is None:
            raise ValueError("a source that was seen needs its 'language'")
        if self.kept is Kept.WHOLE and self.drafted:
            message = (
                "a page has statements that nobody has looked at, so that what it lacks is not known yet"
            )
            raise ValueError(f"{message}; look at them, or write 'kept: excerpt'")
        if not self.seen and (self.statements or self.drafted):
            raise ValueError("a source that was not seen cannot have statements")
        return self

    @property
    def dated(self) -> Period | None:
        """When it came out; None where that is not known, or a person does not trust the date."""
        return None if self.published_is == "unreliable" else self.published


class Anchor(Record):
    """Where the words stand: a text quote selector (W3C Web Annotation).

    ``paragraph`` counts from 1; ``start`` and ``end`` are offsets of characters in the text.
    """

    exact: Words = Field(description="the words, exactly as they are printed")
    prefix: Annotated[str, StringConstraints(max_length=80)] = Field("", description="a few words before")
    suffix: Annotated[str, StringConstraints(max_length=80)] = Field("", description="a few words behind")
    paragraph: int = Field(ge=1, description="counted from 1")
    start: int | None = Field(None, ge=0, description="offset of the first character in the text")
    end: int | None = Field(None, ge=0, description="offset behind the last")


class FigureOfArticle(_Named):
    """One figure that the article states, and whom it names for it.

    ``guessed``: of a draft, the fields that a program proposed and no person has looked at yet.
    """

    anchor: Anchor = Field(description="where its words stand")
    also: list[Anchor] = Field(default_factory=list, description="where the article says it again")
    attributed_to: Line | None = Field(None, description="whom the article names for it")
    origin: Id | None = Field(None, description="who produced the figure, as far as the article says")
    cites: list[Id] = Field(default_factory=list, description="the sources that the article gives for it")
    status: Status = Field(
        Status.OBSERVED, description="whether it was counted, planned, forecast, or is what could be held"
    )
    outcome: Id | None = Field(
        None, description="of a forecast or plan: the statement of what came of it; it is shown, not counted"
    )
    reference_period: Line | None = Field(
        None, description="EDTF; left out: any time up to the article's date"
    )
    base_period: Line | None = Field(None, description="of a change: EDTF, what it is measured against")
    supersedes: Id | None = Field(None, description="the claim of this article that this one replaces")
    joined: Literal["or", "and"] | None = Field(
        None, description="how the article joins the figure to one beside it: either of them, or both"
    )
    part: Line | None = Field(None, description="which part of the whole, if it is not the whole")
    scope: Id | None = Field(None, description="a key of the measure's scopes")
    base: Id | None = Field(None, description="the claim whose figure this one is a share of")
    dates: Span | None = Field(None, description="of a duration: the dates that the article gives for it")
    within: Span | None = Field(None, description="of a duration: dates that it must lie between")
    recorded: Recorded | None = Field(
        None, description="what a person read off the words; checked against the reader"
    )
    remark: Line | None = Field(None, description="what a reader should know")
    guessed: list[Guessed] = Field(
        default_factory=list, description="of a draft: the fields that nobody has looked at yet"
    )


class Claim(FigureOfArticle, _Measured):
    """A figure of the article that is one of a measure, so that sources can be set beside it."""


class UnmeasuredClaim(FigureOfArticle):
    """A figure of a draft that nobody has given a measure: kept and listed, never compared."""


class Review(Record):
    """What a person says of a claim, or of one estimate beside it; it stands beside the machine's word."""

    claim: Id = Field(description="the claim")
    estimate: Id | None = Field(None, description="left out: of the verdict")
    says: Line = Field(description="a verdict, or a relation of the estimate to the claim")
    by: Line = Field(description="who says so")
    on: Day = Field(description="the day")
    why: Line = Field(description="for what reason")


class Matched(Record):
    """A person's word on whether a figure bears on a claim, so that it is asked only once.

    The figure is a statement of the book, or words on a source's page or in a file of a folder of texts.
    """

    claim: Id = Field(description="the claim")
    statement: Id | None = Field(None, description="a statement of the book")
    source: Id | None = Field(None, description="a source on whose page the words stand; with 'words'")
    file: Line | None = Field(None, description="a file of a folder of texts: folder/name; with 'words'")
    words: Words | None = Field(None, description="the words that carry the figure")
    says: Literal["bears", "refused"] = Field(description="whether it bears on the claim")
    on: Day | None = Field(None, description="the day")
    why: Line | None = Field(None, description="for what reason")

    @model_validator(mode="after")
    def _one_figure(self) -> Matched:
        if sum(name is not None for name in (self.statement, self.source, self.file)) != 1:
            raise ValueError("a match names one of 'statement', 'source' and 'file'")
        if (self.words is None) != (self.statement is not None):
            raise ValueError("'words' go with 'source' or 'file', and with no 'statement'")
        return self


class SetAside(Record):
    """Words of the article that look like a figure and are no claim, and why."""

    anchor: Anchor = Field(description="where they stand")
    kind: Line = Field(description="year, date, age, …")
    because: Line = Field(description="why they are no claim")


def _drafts_may_lack_measures(schema: dict[str, Any]) -> None:
    """In the schema, as in a file, the claims of a draft stand in one list, with and without a measure."""
    unmeasured = schema["properties"].pop("unmeasured")["items"]
    claims = schema["properties"]["claims"]
    claim = claims.pop("items")
    schema["if"] = {"properties": {"state": {"const": State.DRAFT.value}}, "required": ["state"]}
    schema["then"] = {"properties": {"claims": {"items": {"anyOf": [claim, unmeasured]}}}}
    schema["else"] = {"properties": {"claims": {"items": claim, "minItems": 1}}}


class Article(Record):
    """``claims/<id>.yaml``: one article.

    Each of its ``claims`` has a measure. In the file of a draft some may lack it: the loader takes those out
    as ``unmeasured`` (``book/drafts.py``), so that whatever compares never meets one.
    """

    model_config = ConfigDict(json_schema_extra=_drafts_may_lack_measures)

    id: Id = Field(description="the name of its file")
    title: Line = Field(description="of the article, in its language")
    publisher: Line = Field(description="who published it")
    url: Url | None = Field(None, description="the address of the article")
    published: Published
    published_is: Certainty = Field("stated", description="whether the date stands on the page")
    language: Language = Field(description="of the article")
    state: State = Field(State.REVIEWED, description="draft: nobody has looked at every figure yet")
    made_up: bool = Field(
        False, description="true of an example: the article, its sources and its figures are made up"
    )
    reviewed_by: Line | None = Field(None, description="the person who answers for the case")
    reviewed_on: Day | None = Field(None, description="the day on which that person last looked at it")
    text: TextDigest | None = Field(None, description="its digest, to know it again")
    events: dict[Id, Day] = Field(default_factory=dict, description="dates that the claims hang on")
    claims: list[Claim] = Field(description="its figures")
    unmeasured: list[UnmeasuredClaim] = Field(default_factory=list)
    related_measures: list[Id] = Field(
        default_factory=list,
        description="measures that the case shows although the article states no figure of them",
    )
    set_aside: list[SetAside] = Field(
        default_factory=list, description="what looks like a figure and is none"
    )
    reviews: list[Review] = Field(
        default_factory=list, description="what people say beside the machine's word"
    )
    matches: list[Matched] = Field(
        default_factory=list, description="figures that a person took or refused in 'tallybook match'"
    )

    @field_validator("claims")
    @classmethod
    def _states_something(cls, claims: list[Claim], others: ValidationInfo) -> list[Claim]:
        if not claims and others.data.get("state") is State.REVIEWED:
            raise ValueError("the list is empty; an article that was reviewed states at least 1 figure")
        return claims

    @property
    def is_draft(self) -> bool:
        return self.state is State.DRAFT

    @property
    def labels(self) -> tuple[str, ...]:
        """What is said of it before anything else: that it is made up, that nobody has reviewed it."""
        return (*[MADE_UP] * self.made_up, *[State.DRAFT.label] * self.is_draft)

    @property
    def standing(self) -> str:
        """The same, or that it was reviewed: "example, made up; reviewed"."""
        return "; ".join([*[MADE_UP] * self.made_up, self.state.label])

    @property
    def figures(self) -> list[FigureOfArticle]:
        """All claims, in the order of the text, with those that have no measure yet."""
        return sorted([*self.claims, *self.unmeasured], key=_place)


def _place(figure: FigureOfArticle) -> tuple[int, int]:
    return figure.anchor.paragraph, figure.anchor.start or 0
