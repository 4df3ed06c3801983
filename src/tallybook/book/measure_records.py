"""``claims/measures.yaml``: what is counted, by which widths, and who publishes the report."""

from __future__ import annotations

import re
from typing import Any

from pydantic import (
    Field,
    model_validator,
)

from tallybook.book.record_fields import Currency, Edtf, Id, Line, Record, SiteUrl
from tallybook.terms import Kind

_OLD_KINDS = {
    "cumulative": "'kind: total' with 'cumulative: true'",
    "event_total": "'kind: total' with 'once: true'",
}


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


_YEAR = re.compile(r"(?<![\w.,-])(?:1[89]|20)\d\d(?![\w-]|[.,]\d)")


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

    @property
    def over_a_period(self) -> bool:
        """Whether a date is how long it went on: of a total, a rate, a share, a change, a balance."""
        return not self.in_points_of_time and not self.once and self.kind is not Kind.DURATION

    @property
    def happened_in(self) -> int | None:
        """Of what happened once: the year that its definition names, if it names one and no other."""
        years = {int(year) for year in _YEAR.findall(self.definition)} if self.once else set()
        return years.pop() if len(years) == 1 else None

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
