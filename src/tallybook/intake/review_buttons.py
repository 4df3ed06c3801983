"""The buttons of a review in a notebook, where ipywidgets is installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tallybook.book.problems import BookError
from tallybook.intake.extras import extra
from tallybook.markup import text_as_html

if TYPE_CHECKING:
    from tallybook.intake.notebook_review import NotebookReview


def buttons(review: NotebookReview) -> Any:
    """A box with the figure that is next and a button for each answer. BookError without ipywidgets."""
    extra("ipywidgets", "desk", "a review with buttons")
    return _Box(review).box


class _Box:
    """The widgets of one review; a press of a button answers for the figure, and shows the next."""

    def __init__(self, review: NotebookReview) -> None:
        ipywidgets = import_module("ipywidgets")
        self.review = review
        self.shown = ipywidgets.HTML()
        self.message = ipywidgets.HTML()
        self.measure = ipywidgets.Dropdown(options=[], description="measure")
        self.keep = self._button("keep", lambda: review.keep(self._other_measure()), "success")
        self.open_only = [
            self.keep,
            self._button("no claim", lambda: review.no_claim()),
            self._button("later", lambda: review.later()),
            self.measure,
        ]
        undo = self._button("undo", lambda: review.undo())
        self.done = self._button("reviewed", lambda: review.done(), "primary")
        row = ipywidgets.HBox([*self.open_only, undo, self.done], layout={"flex_flow": "row wrap"})
        self.box = ipywidgets.VBox([self.shown, row, self.message])
        self._show()

    def _button(self, words: str, answer: Callable[[], object], style: str = "") -> Any:
        ipywidgets = import_module("ipywidgets")
        made = ipywidgets.Button(description=words, button_style=style)
        made.on_click(lambda _: self._answer(answer))
        return made

    def _answer(self, answer: Callable[[], object]) -> None:
        self.message.value = ""
        try:
            answer()
        except BookError as error:
            self.message.value = f"<p>not written: {text_as_html(str(error))}</p>"
        self._show()

    def _show(self) -> None:
        shown = self.review.shown
        self.shown.value = self.review._repr_html_()
        for widget in self.open_only:
            widget.disabled = shown is None
        review = self.review.review
        self.done.disabled = bool(review.open()) or not review.article.is_draft
        own = shown.measure.removesuffix(" (guessed)") if shown else ""
        known = list(dict.fromkeys([own, *(one.measure.id for one in shown.offered)] if shown else []))
        self.measure.options = known
        self.measure.value = known[0] if known else None

    def _other_measure(self) -> str | None:
        """The measure that was picked, None where it is that of the draft or none."""
        picked = self.measure.value
        return picked if picked in self.review.review.book.measures else None
