"""``claims/<id>.yaml``: an article with the figures that it states."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from tallybook.book.record_fields import (
    Certainty,
    Day,
    Guessed,
    Id,
    Language,
    Line,
    Published,
    Record,
    Url,
    Words,
)
from tallybook.book.source_records import Measured, Named, Recorded, Span, TextDigest
from tallybook.terms import MADE_UP, State, Status


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


class FigureOfArticle(Named):
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


class Claim(FigureOfArticle, Measured):
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
