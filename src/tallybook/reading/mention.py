"""What the reader returns: mentions, and the reading of a whole text."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

from tallybook.markup import text_as_html
from tallybook.quantity import Quantity
from tallybook.terms import Form, Modifier

FIGURE = "figure"


class Mention(NamedTuple):
    """One number of a text, as the words state it.

    ``words == text[start:end]``, from the first modifier word to the end of the unit or rate. ``low``,
    ``high``: the numbers named, in full magnitude ("nine million" is 9e6; nan for an aside that names
    none). ``modifier`` bounds them; ``hedges`` are further modifiers, the nearest first. ``unit``: what is
    counted or measured, singular ("soldier", "percent", "fraction"); None if the words leave it out.
    ``noun``: the counted noun phrase as printed. ``per``: the base of a rate. ``trend``: "up", "down" or
    None; ``leaning``: likewise by verbs that may as well count ("lost 14 tanks", "400 jobs were created"):
    a direction only where the measure is a change. ``kind``: "figure", or what an aside is ("date", "year",
    ...). ``of``: what the figure is said of, as printed, where the words say so: the whole of a share
    ("half of *the harvest*"), the stuff of a measure ("30 tonnes of *grain*"), what a measure describes ("a
    five-year *plan*"). ``sentence``: (start, end) in the text. ``best``: the centre of a spread ("51% ± 3
    points" is 48 to 54, best 51). ``grain``, ``grain_high``, ``single``, ``form``: how finely the number is
    printed, as in ``Quantity``. ``inferred``: whether the unit stands elsewhere in the sentence, where the
    words of the figure leave it out ("48 births, compared with *31*"). ``descends``: of a range, whether the
    words name the higher end first ("from 300 to 200").
    """

    words: str
    start: int
    end: int
    low: float
    high: float
    modifier: Modifier = Modifier.EXACT
    hedges: tuple[Modifier, ...] = ()
    unit: str | None = None
    noun: str | None = None
    per: str | None = None
    trend: str | None = None
    kind: str = FIGURE
    of: str | None = None
    sentence: tuple[int, int] = (0, 0)
    best: float | None = None
    grain: float | None = None
    grain_high: float | None = None
    single: bool = False
    form: Form = Form.NUMBER
    leaning: str | None = None
    inferred: bool = False
    descends: bool = False

    @property
    def quantity(self) -> Quantity:
        """The same as a value, without the text. Of figures; an aside may have no number."""
        return Quantity(
            self.low,
            self.high,
            self.modifier,
            self.unit,
            self.per,
            self.hedges,
            self.best,
            self.grain,
            self.grain_high,
            self.single,
            self.form,
            self.trend,
        )

    def moved(self, offset: int) -> Mention:
        """The same, of a text that begins ``offset`` characters earlier."""
        first, last = self.sentence
        places = (self.start + offset, self.end + offset)
        # As ``_replace`` does it, which takes three times as long.
        return Mention._make((self[0], *places, *self[3:13], (first + offset, last + offset), *self[14:]))

    def __str__(self) -> str:
        """The reading in one line: "as many as 40 percent: up_to 40 percent"."""
        if self.kind != FIGURE:
            return f"{self.words}: {self.kind}"
        number = _plain(self.low)
        if self.low != self.high:
            number += f" to {_plain(self.high)}"
        parts = ["+".join([self.modifier, *self.hedges]), number, self.unit or ""]
        if self.per:
            parts.append(f"per {self.per}")
        if self.best is not None:
            parts.append(f"(best {_plain(self.best)})")
        if self.trend:
            parts.append(f"({self.trend})")
        return f"{self.words}: {' '.join(part for part in parts if part)}"


def _plain(value: float) -> str:
    """Digits with commas, as a newspaper prints them; powers of ten only beyond a quadrillion."""
    if value == int(value) and abs(value) < 1e15:
        return f"{value:,.0f}"
    return f"{value:,.10g}"


class Reading(Sequence[Mention]):
    """The figures of a text, in its order, also as the tuple ``figures``; numbers that are not figures are in
    ``asides``."""

    __slots__ = ("asides", "figures", "text")

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        """``mentions``: figures and asides, each in the order of the text."""
        self.text = text
        self.figures: tuple[Mention, ...] = ()
        self.asides: tuple[Mention, ...] = ()
        if not mentions:
            return
        figures: list[Mention] = []
        asides: list[Mention] = []
        for mention in mentions:
            (figures if mention.kind == FIGURE else asides).append(mention)
        self.figures = tuple(figures)
        self.asides = tuple(asides)

    @overload
    def __getitem__(self, index: int) -> Mention: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Mention, ...]: ...
    def __getitem__(self, index: int | slice) -> Mention | tuple[Mention, ...]:
        return self.figures[index]

    def __len__(self) -> int:
        return len(self.figures)

    def __iter__(self) -> Iterator[Mention]:
        return iter(self.figures)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reading):
            return NotImplemented
        return (self.text, self.figures) == (other.text, other.figures)

    def __hash__(self) -> int:
        return hash((self.text, self.figures))

    def __repr__(self) -> str:
        return "\n".join([f"<Reading: {len(self)} figures, {len(self.asides)} asides>", *map(str, self)])

    def _repr_html_(self) -> str:
        """The text with its figures marked, its asides underlined; a tooltip says how each was read."""
        out: list[str] = []
        done = 0
        for mention in sorted([*self.figures, *self.asides], key=lambda m: (m.start, m.kind != FIGURE)):
            if mention.start < done:
                continue
            out.append(text_as_html(self.text[done : mention.start]))
            title = html.escape(str(mention), quote=True)
            tag = "mark" if mention.kind == FIGURE else "u"
            out.append(f'<{tag} title="{title}">{text_as_html(mention.words)}</{tag}>')
            done = mention.end
        out.append(text_as_html(self.text[done:]))
        return f'<div style="white-space: pre-wrap">{"".join(out)}</div>'
