"""One sitting of a review: a figure is shown, a key is read, the answer is written."""

from __future__ import annotations

import textwrap

from tallybook.book.problems import BookError
from tallybook.book.records import Claim, FigureOfArticle
from tallybook.cli.keys import INDENT, Keys, Stopped
from tallybook.cli.measure_questions import asked_measure
from tallybook.cli.streams import printable, tell
from tallybook.cli.terminal import terminal_width
from tallybook.intake.case_lines import FIELDS, value_of
from tallybook.intake.edits import typed
from tallybook.intake.review import Review, shown_figure
from tallybook.prose import clipped
from tallybook.terms import Status

_KEYS = (
    "[y] keep", "[n] no claim", "[l] later", "[e] edit", "[m] new measure", "[u] undo", "[q] stop",
    "[?] help",
)  # fmt: skip
_HELP = """\
y      what is shown is right: keep the figure
1-9    the figure is one of that measure, and the rest is right: keep it
m      a new measure for it, by three questions; then it is kept with it
n      it is no claim: set it aside
r      no claim, with your reason
e      say something else of it: who says it, when it is of, its sources, a note …
l      later: it comes again when you run the review again
u      take the last answer back, also one of an earlier sitting
q      stop; all answers are written already
"""
_MOST_SHOWN = 5
_KEPT_TOGETHER = "\N{NO-BREAK SPACE}"
_LONGEST_DEFINITION = 70


class Session:
    """Figures in the order of the text; those left for later come again in the next sitting."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.keys = Keys()
        self.later: list[str] = []
        self._answers: list[str | None] = []
        """What can be undone in this sitting: the id of a figure left for later, None for a step written."""

    def run(self) -> int:
        """The exit code: 0 at the end or where the person stops, 130 at Ctrl-C."""
        with self.keys:
            try:
                while self._all_shown():
                    pass
            except Stopped:
                self._stopped()
            except (KeyboardInterrupt, EOFError):
                tell("")
                self._stopped()
                return 130
        return 0

    def _all_shown(self) -> bool:
        """Every figure that is open, one after the other; True where an undo has opened one again."""
        while (figure := self._next()) is not None:
            self._one(figure)
        return self._end_of_all()

    def _next(self) -> FigureOfArticle | None:
        return next((f for f in self.review.open() if f.id not in self.later), None)

    def _one(self, figure: FigureOfArticle) -> None:
        """Until the figure is answered; what changes it without closing it shows it again."""
        self._show(figure)
        while True:
            try:
                if self._answer(figure, self.keys.key()):
                    return
            except BookError as error:
                tell(f"{INDENT}not written: {printable(str(error))}")

    def _answer(self, figure: FigureOfArticle, key: str) -> bool:
        """Do what a key says; True where the next figure is to come, or this one again with its change."""
        review = self.review
        if key == "y":
            return self._keep(figure)
        if key in ("n", "r"):
            why = self.keys.line("Why is it no claim? ") if key == "r" else ""
            review.set_aside(figure.id, *([why] if why else []))
            return self._written()
        if key == "l":
            self.later.append(figure.id)
            self._answers.append(figure.id)
            return True
        if key == "u":
            return self._undo()
        if key == "q":
            raise Stopped
        if key.isdecimal() and key.isascii() and key != "0":
            return self._choose(figure, int(key))
        if key == "e":
            return self._edit(figure)
        if key == "m":
            return self._new_measure(figure)
        if key == "?":
            for line in _HELP.splitlines():
                _wrapped(line)
        else:
            _tell_keys()
        return False

    def _written(self) -> bool:
        self._answers.append(None)
        return True

    def _keep(self, figure: FigureOfArticle) -> bool:
        if not isinstance(figure, Claim) and not figure.guessed:
            tell(f"{INDENT}it has no measure yet: [1-9] or [m] gives one, [n] sets it aside, [l] leaves it")
            return False
        self.review.keep(figure.id)
        if not isinstance(figure, Claim):
            tell(f"{INDENT}kept, without a measure: it comes again")
            self.later.append(figure.id)
        return self._written()

    def _choose(self, figure: FigureOfArticle, number: int) -> bool:
        """It is of that measure, and what else is shown of it is right."""
        offered = self.review.offered(figure)
        if number > len(offered):
            tell(f"{INDENT}there is no measure [{number}]")
            return False
        measure = offered[number - 1].measure.id
        self.review.keep(figure.id, measure)
        tell(f"{INDENT}kept as {measure}")
        return self._written()

    def _new_measure(self, figure: FigureOfArticle) -> bool:
        found = self.review.mention(figure)
        before = self.review.unit_before(figure)
        made = asked_measure(self.keys, self.review.book, found, figure.reference_period, before)
        if made is None:
            return False
        if isinstance(made, dict):
            self.review.new_measure(figure.id, made)
            tell(f"{INDENT}measure {made['id']} is in claims/measures.yaml; the figure is kept with it")
        else:
            self.review.keep(figure.id, made.id)
            tell(f"{INDENT}kept as {made.id}")
        return self._written()

    def _edit(self, figure: FigureOfArticle) -> bool:
        for number, name in enumerate(FIELDS, 1):
            tell(f"{INDENT}[{number}] {name}: {printable(value_of(figure, FIELDS[name]))}")
        key = self.keys.key(f"{INDENT}which? ")
        if not key.isdecimal() or not 1 <= int(key) <= len(FIELDS):
            return False
        name, field = list(FIELDS.items())[int(key) - 1]
        text = self.keys.line(f"{name}{_form_of(field)} (empty: none): ")
        self.review.edit(figure.id, field, typed(field, text))
        return self._written()

    def _undo(self) -> bool:
        left = self._answers.pop() if self._answers else None
        if left is not None:
            self.later.remove(left)
            return True
        undone = self.review.undo()
        if undone is None:
            tell(f"{INDENT}there is nothing to undo")
            return False
        tell(f"{INDENT}undone: {undone or 'the last answer'}")
        self.later = [id_ for id_ in self.later if id_ not in undone.split(", ")]
        return True

    # Words

    def _show(self, figure: FigureOfArticle) -> None:
        shown = shown_figure(self.review, figure)
        tell("")
        tell(f"{shown.number:2}/{shown.of}  {printable(shown.words)}")
        sentence = "…{}[{}]{}".format(*shown.sentence)
        for line in (f"read as: {shown.reading}", sentence, *shown.facts, f"measure: {shown.measure}"):
            _wrapped(line)
        for number, one in enumerate(shown.offered[:_MOST_SHOWN], 1):
            told = clipped(one.measure.definition, _LONGEST_DEFINITION)
            _wrapped(f"[{number}] {one.measure.id}: {told}")
        more = [f"[{n}] {one.measure.id}" for n, one in enumerate(shown.offered, 1) if n > _MOST_SHOWN]
        if more:
            _wrapped("  ".join(more))
        _tell_keys()

    def _end_of_all(self) -> bool:
        """Every figure has been shown; where nothing is open a person may say that the case is reviewed."""
        if self.review.open():
            self._stopped()
            return False
        tell("")
        tell(self.review.status.line)
        try:
            key = self.keys.key("Nothing is open. [y] the case is reviewed, [u] undo, [q] not yet: ")
        except Stopped:
            key = "q"
        if key == "u":
            return self._undo()
        if key == "y":
            self.review.done()
            tell(f"{self.review.id} is reviewed. Next: tallybook verdicts {self.review.id}")
        else:
            tell(f"Say so later by: tallybook review {self.review.id} --done")
        return False

    def _stopped(self) -> None:
        left = len(self.review.open())
        tell("")
        tell(self.review.status.line)
        tell(f"{left} open. Go on by: tallybook review {self.review.id}" if left else "Nothing is open.")


def _wrapped(text: str) -> None:
    """A text on as many lines as the terminal needs."""
    for line in _lines(printable(text)):
        tell(f"{INDENT}{line}")


def _tell_keys() -> None:
    """The keys, none parted from what it does."""
    for line in _lines("  ".join(key.replace(" ", _KEPT_TOGETHER) for key in _KEYS)):
        tell(f"{INDENT}{line.replace(_KEPT_TOGETHER, ' ')}")


def _lines(text: str) -> list[str]:
    width = terminal_width()
    return [text] if width is None else textwrap.wrap(text, max(20, width - len(INDENT) - 1))


def _form_of(field: str) -> str:
    """What may be typed, where that is not plain."""
    forms = {
        "status": f", one of {', '.join(Status)}",
        "reference_period": ", as 2024, 2024-11, 2024-11-05 or 2024-01/2024-06",
        "cites": ", ids of pages, with commas",
    }
    return forms.get(field, "")
