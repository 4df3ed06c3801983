"""``sources/<id>.yaml``: a page with the figures that stand on it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import (
    ConfigDict,
    Field,
    model_validator,
)

from tallybook.book.periods import Period
from tallybook.book.record_fields import (
    Certainty,
    Day,
    Digest,
    GuessedOfFigure,
    GuessedOfPage,
    Id,
    Language,
    Line,
    Published,
    Record,
    Sql,
    TableFile,
    Url,
    Words,
)
from tallybook.terms import Kept, Modifier, Status, Tier


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


class Named(Record):
    id: Id = Field(description="its name in the book, by which others refer to it")


class Measured(Named):
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


class FigureOfPage(Named):
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


class Statement(FigureOfPage, Measured):
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
