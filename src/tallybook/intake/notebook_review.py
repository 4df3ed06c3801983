"""A review in a notebook: the figure that is next, in its sentence; each answer is written at once.

    review = case.review()
    review                                   # the next figure
    review.keep()                            # or: .keep("loaves_sold"), .no_claim("a capacity"), .later()
    review.edit(said_by="the council", period="2024")
    review.undo()
    review.buttons()                         # the same with buttons, where ipywidgets is installed

Words of the article are text, never markup.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from tallybook.book.problems import BookError, Problem, require_name
from tallybook.book.records import FigureOfArticle
from tallybook.intake.alike_measures import alike
from tallybook.intake.case_lines import FIELDS, measure_of, value_of
from tallybook.intake.edits import typed
from tallybook.intake.new_measure import KIND_CHOICES, fitting, likely_unit, measure_data, measure_id
from tallybook.intake.review import NO_CLAIM, Review, ShownFigure, shown_figure
from tallybook.markup import text_as_html
from tallybook.prose import clipped

_LONGEST_DEFINITION = 90
KINDS = tuple(dict.fromkeys(choice.fields["kind"] for choice in KIND_CHOICES))


class NotebookReview:
    """The review of one draft. BookError for an answer that the book cannot hold; nothing is written then."""

    def __init__(self, root: Path, id_: str) -> None:
        self.review = Review(root, id_)
        if not self.review.article.is_draft:
            name = self.review.file.name
            message = "is reviewed already. To open it again write 'state: draft' in it."
            raise BookError([Problem(name, 1, message)])
        self._later: list[str] = []

    @property
    def shown(self) -> ShownFigure | None:
        """The next figure that is open; None where none is."""
        figure = self._next()
        return shown_figure(self.review, figure) if figure is not None else None

    def open(self) -> Any:
        """The figures that are open, one row each, with what is guessed of them."""
        import pandas as pd

        fields = {name: FIELDS[name] for name in ("said by", "period", "sources")}
        rows = [
            {
                "claim": figure.id,
                "words": figure.anchor.exact,
                "paragraph": figure.anchor.paragraph,
                "measure": measure_of(figure),
                **{name: value_of(figure, field) for name, field in fields.items()},
                "guessed": ", ".join(figure.guessed),
            }
            for figure in self.review.open()
        ]
        return pd.DataFrame(rows, columns=["claim", "words", "paragraph", "measure", *fields, "guessed"])

    # Answers to the figure that is shown, or to another one by its id

    def keep(self, measure: str | None = None, *, claim: str | None = None) -> Self:
        """What is shown is right; ``measure``: it is of that one."""
        if measure is not None:
            require_name("measure", measure, self.review.book.measures)
        figure = self._figure(claim)
        self.review.keep(figure.id, measure)
        if measure is None and not measure_of(figure):
            self._later.append(figure.id)
        return self

    def no_claim(self, because: str = NO_CLAIM, *, claim: str | None = None) -> Self:
        """It is no claim: it is set aside."""
        self.review.set_aside(self._figure(claim).id, because)
        return self

    def later(self) -> Self:
        """The next one first; this one comes again when ``case.review()`` is called again."""
        self._later.append(self._figure(None).id)
        return self

    def edit(self, *, claim: str | None = None, **fields: str) -> Self:
        """Say something else of the figure: ``said_by``, ``origin``, ``status``, ``period``, ``sources``,
        ``note``, ``measure``, ``part_of``, ``scope``; "" takes it out."""
        names = {name.replace(" ", "_"): field for name, field in FIELDS.items()}
        for name in fields:
            require_name("field", name, names)
        id_ = self._figure(claim).id
        for name, text in fields.items():
            self.review.edit(id_, names[name], typed(names[name], text))
        return self

    def new_measure(
        self,
        definition: str,
        kind: str,
        *,
        unit: str | None = None,
        id: str | None = None,
        cumulative: bool = False,
        once: bool = False,
        another: bool = False,
        claim: str | None = None,
    ) -> Self:
        """A new measure, and the figure is one of it. ``kind``: stock (on a day), total (over a period;
        ``cumulative``: since a start; ``once``: of one event), rate, share, change, net, duration, level.

        BookError where one of the book may be the same by another name, unless it is ``another``.
        """
        fields = {"kind": kind, "cumulative": cumulative, "once": once}
        given = {key: value for key, value in fields.items() if value}
        choice = next((choice for choice in KIND_CHOICES if choice.fields == given), None)
        if choice is None:
            message = f"no measure is a '{clipped(kind, 40)}' of that kind. Kinds: {', '.join(KINDS)}."
            raise BookError([Problem("claims/measures.yaml", 1, message)])
        figure, book = self._figure(claim), self.review.book
        found = self.review.mention(figure)
        mention = found[0] if found else None
        plain = measure_data(
            choice, unit or likely_unit(mention, kind, self.review.unit_before(figure)), definition
        )
        data = fitting(mention, plain, book.rates)
        if isinstance(data, str):
            raise BookError([Problem("claims/measures.yaml", 1, data)])
        for other in () if another else alike(book, data):
            message = (
                f"'{other.id}' may be the same by another name: {other.definition} Say another=True if not."
            )
            raise BookError([Problem("claims/measures.yaml", 1, message)])
        self.review.new_measure(figure.id, {"id": id or measure_id(definition, book.measures), **data})
        return self

    def undo(self) -> Self:
        """Take the last answer back, also one of an earlier day."""
        undone = self.review.undo()
        self._later = [id_ for id_ in self._later if id_ not in (undone or "").split(", ")]
        return self

    def done(self) -> Self:
        """Every figure was looked at: the case is reviewed. BookError while one is open."""
        self.review.done()
        return self

    def buttons(self) -> Any:
        """The same with a button for each answer. BookError where ipywidgets is not installed."""
        from tallybook.intake.review_buttons import buttons

        return buttons(self)

    # As a notebook shows it

    def __repr__(self) -> str:
        shown = self.shown
        if shown is None:
            return f"{self.review.status.line}. {self._left()}"
        return f"{shown.number}/{shown.of} {shown.words}: {'; '.join([shown.measure, *shown.facts])}"

    def _repr_html_(self) -> str:
        shown = self.shown
        status = f"<p>{text_as_html(self.review.status.line)}. {text_as_html(self._left())}</p>"
        if shown is None:
            return f'<div class="tb-say">{status}</div>'
        before, words, behind = map(text_as_html, shown.sentence)
        lines = [f"read as: {shown.reading}", *shown.facts, f"measure: {shown.measure}"]
        told = "".join(f"<li>{text_as_html(line)}</li>" for line in lines)
        measures = "".join(
            f"<li><code>{text_as_html(one.measure.id)}</code> "
            f"{text_as_html(clipped(one.measure.definition, _LONGEST_DEFINITION))}</li>"
            for one in shown.offered
        )
        head = f"{shown.number}/{shown.of} {shown.words}"
        return (
            f'<div class="tb-say"><p><strong>{text_as_html(head)}</strong></p>'
            f"<blockquote>…{before}<mark>{words}</mark>{behind}</blockquote><ul>{told}</ul>"
            f"{f'<p>Measures that it may be of:</p><ul>{measures}</ul>' if measures else ''}{status}</div>"
        )

    def _left(self) -> str:
        left = len(self.review.open())
        if not self.review.article.is_draft:
            return "The case is reviewed."
        return f"{left} open." if left else "Nothing is open: .done() says that the case is reviewed."

    def _next(self) -> FigureOfArticle | None:
        return next((f for f in self.review.open() if f.id not in self._later), None)

    def _figure(self, claim: str | None) -> FigureOfArticle:
        if claim is not None:
            known = {figure.id: figure for figure in self.review.article.figures}
            require_name("claim", claim, known)
            return known[claim]
        figure = self._next()
        if figure is None:
            raise BookError([Problem(self.review.file.name, 1, f"no figure is shown. {self._left()}")])
        return figure
