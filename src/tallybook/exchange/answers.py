"""What an assistant is told: the shape of each answer, with the words and where they stand.

A limit that the words do not set is left open (None): JSON has no infinite number.
"""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import BaseModel, Field


class Place(BaseModel):
    """Where words stand in a text: a line and a column, or of a file without lines a paragraph; from 1."""

    line: int | None = None
    paragraph: int | None = None
    column: int | None = None


class ReadFigure(BaseModel):
    """One figure of a text, as its words state it."""

    words: str
    place: Place
    low: Annotated[float | None, Field(description="null: the words set no limit")]
    high: Annotated[float | None, Field(description="null: the words set no limit")]
    modifier: str
    unit: str | None
    per: str | None
    trend: str | None
    kind: Annotated[str, Field(description="figure, or what else the number is: a date, an age, a name")]
    sentence: str


class Figures(BaseModel):
    figures: list[ReadFigure]
    left_out: Annotated[int, Field(description="how many more there are, which are not listed")] = 0


class TextCheck(BaseModel):
    """One test of figures of a text against each other."""

    test: str
    result: Annotated[str, Field(description="consistent, inconsistent, or cannot tell")]
    why: str
    words: str
    place: Place | None


class TextChecks(BaseModel):
    figures: Annotated[int, Field(description="how many figures were read")]
    checks: list[TextCheck]
    left_out: int = 0


class LintFinding(BaseModel):
    """What the book, or the text itself, says of a figure."""

    words: str
    place: Place
    known: Annotated[str, Field(description="contradicted and inconsistent: somebody has to look at it")]
    sentence: str
    measure: str | None
    url: str | None


class LintFindings(BaseModel):
    summary: str
    findings: list[LintFinding]
    left_out: int = 0


class CaseLine(BaseModel):
    """One article that the book checks."""

    case: str
    title: str
    publisher: str
    published: str
    state: str
    claims: list[str]


class Cases(BaseModel):
    book: str
    cases: list[CaseLine]
    left_out: int = 0


class ClaimPlace(BaseModel):
    """Where the words of a claim stand in the article: its paragraph, from 1, and characters, from 0."""

    paragraph: int
    start: int | None
    end: int | None


class VerdictLine(BaseModel):
    """The two answers on a claim, which are never mixed: whether others find the same (verdict), and whether
    the source that it cites says so (attribution)."""

    claim: str
    words: str
    place: ClaimPlace
    verdict: str
    meaning: str
    judgement: Annotated[bool, Field(description="false: the verdict says nothing on the figure itself")]
    why: str
    attribution: str
    attribution_why: str
    headed_by: Annotated[str, Field(description="which of the two answers heads the claim")]
    verdict_when_written: str
    witnesses: str
    hint: Annotated[str | None, Field(description="a possible slip; it changes no verdict")]
    review: Annotated[str | None, Field(description="what a person says; it changes no verdict")]


class Verdicts(BaseModel):
    case: str
    title: str
    state: str
    answer: str
    verdicts: list[VerdictLine]
    without_measure: Annotated[list[str], Field(description="figures of a draft that nobody can judge yet")]
    left_out: Annotated[int, Field(description="how many claims more there are")] = 0


class Step(BaseModel):
    step: str
    says: str


class BesideIt(BaseModel):
    """One figure of a source beside the claim. ``counts``: whether it speaks for its source group."""

    estimate: str
    words: str
    publisher: str
    url: str | None
    origin: str
    relation: str
    reason: str
    counts: bool


class Explanation(BaseModel):
    case: str
    claim: str
    steps: list[Step]
    estimates: list[BesideIt]
    left_out: int = 0


def limit(value: float) -> float | None:
    """A number; None for one that is infinite or not known."""
    return value if math.isfinite(value) else None
