"""``sources/origins.yaml``: who produces figures, what was said once, and what follows from statements."""

from __future__ import annotations

from typing import Literal

from pydantic import (
    Field,
    model_validator,
)

from tallybook.book.record_fields import Id, Line, Record


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
