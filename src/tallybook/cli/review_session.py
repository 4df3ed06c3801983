"""One sitting of a review: a figure is shown, a key is read, the answer is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tallybook.book.problems import BookError
from tallybook.book.records import Claim, FigureOfArticle
from tallybook.cli.streams import printable, tell
from tallybook.intake.case_lines import reading_of
from tallybook.intake.drafting import slug
from tallybook.intake.edits import FIELDS
from tallybook.intake.new_measure import (
    KIND_CHOICES,
    add_measure,
    alike,
    likely_kind,
    likely_unit,
    measure_data,
    measure_id,
)
from tallybook.intake.review import Review, is_open

_KEYS = "[y] keep  [n] set aside  [l] later  [e] edit  [m] new measure  [u] undo  [q] stop"
_CTRL_C, _CTRL_D = "\x03", "\x04"


class Stopped(Exception):
    """The person has had enough for now, or there is no more input."""


class Session:
    """Figures in the order of the text; those left for later come again in the next sitting."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.past: list[tuple[str, bool]] = []
        self.later: set[str] = set()
        self.single_keys = sys.stdin.isatty()

    def run(self) -> int:
        """The exit code: 0 at the end or where the person stops, 130 at Ctrl-C."""
        code = 0
        try:
            while (figure := self._next()) is not None:
                self._one(figure)
        except Stopped:
            pass
        except (KeyboardInterrupt, EOFError):
            code = 130
        self._end()
        return code

    def _next(self) -> FigureOfArticle | None:
        return next((f for f in self.review.open() if f.id not in self.later), None)

    def _one(self, figure: FigureOfArticle) -> None:
        self._show(figure)
        while True:
            key = self._key()
            try:
                if self._answer(figure, key):
                    return
            except BookError as error:
                tell(f"       not written: {printable(str(error))}")
            current = next((f for f in self.review.article.figures if f.id == figure.id), None)
            if current is None or not is_open(current):
                return
            figure = current

    def _answer(self, figure: FigureOfArticle, key: str) -> bool:
        """Do what a key says; True where the next figure is to come."""
        review = self.review
        if key == "y":
            review.keep(figure.id)
            self.past.append((figure.id, True))
            if not isinstance(figure, Claim):
                tell("       kept without a measure: choose one later, or set it aside.")
                self.later.add(figure.id)
            return True
        if key == "n":
            why = self._line("why is it no claim? ") or "a person says that it is no claim"
            review.set_aside(figure.id, why)
            self.past.append((figure.id, True))
            return True
        if key == "l":
            self.later.add(figure.id)
            self.past.append((figure.id, False))
            return True
        if key == "u":
            return self._undo()
        if key == "q":
            raise Stopped
        if key.isdecimal() and key != "0":
            return self._choose(figure, int(key))
        if key == "e":
            return self._edit(figure)
        if key == "m":
            return self._new_measure(figure)
        tell(f"       {_KEYS}")
        return False

    def _choose(self, figure: FigureOfArticle, number: int) -> bool:
        """Another measure; [y] keeps the figure then."""
        offered = self.review.offered(figure)
        if number > len(offered):
            tell(f"       there is no measure [{number}]")
            return False
        self.review.choose(figure.id, offered[number - 1].measure.id)
        self.past.append((figure.id, True))
        tell(f"       measure: {offered[number - 1].measure.id}; [y] keeps the figure with it")
        return False

    def _edit(self, figure: FigureOfArticle) -> bool:
        names = "  ".join(f"[{number}] {field}" for number, field in enumerate(FIELDS, 1))
        key = self._key(f"       {names}: ")
        if not key.isdecimal() or not 1 <= int(key) <= len(FIELDS):
            return False
        field = FIELDS[int(key) - 1]
        text = self._line(f"{field} (empty takes it out): ")
        value = [name.strip() for name in text.split(",") if name.strip()] if field == "cites" else text
        self.review.edit(figure.id, field, value)
        self.past.append((figure.id, True))
        return False

    def _undo(self) -> bool:
        if not self.past:
            tell("       nothing to undo in this sitting")
            return False
        last, written = self.past.pop()
        self.later.discard(last)
        if written and self.review.undo():
            tell(f"       undone: {last}")
        return True

    def _new_measure(self, figure: FigureOfArticle) -> bool:
        """Three questions; a measure that is one of the book by another name is told before it is made."""
        review = self.review
        found = review.mention(figure)
        mention = found[0] if found else None
        likely = likely_kind(mention)
        tell("       What is it?")
        for number, choice in enumerate(KIND_CHOICES):
            mark = "*" if number == likely else " "
            tell(f"      {mark}[{number}] {choice.asks}: “{choice.example}”")
        key = self._key("       which? (Enter: the one with *) ")
        choice = KIND_CHOICES[int(key)] if key.isdecimal() else KIND_CHOICES[likely]
        unit_guess = likely_unit(mention, choice.fields["kind"])
        unit = self._line(f"unit, singular ({unit_guess}): ") or unit_guess
        definition = self._line("what is counted, in a sentence (what is in it, what is not): ")
        if not unit or not definition:
            tell("       not made: a measure needs a unit and a sentence")
            return False
        same = alike(review.book, unit, choice.fields["kind"], definition)
        if same is not None:
            tell(f"       {same.id} may be the same by another name: {printable(same.definition)}")
            if self._key("       [t] take that one, [m] make a new one: ") == "t":
                review.choose(figure.id, same.id)
                self.past.append((figure.id, True))
                return False
        proposed = measure_id(definition, review.book.measures)
        id_ = slug(self._line(f"id ({proposed}): "), 60).replace("-", "_") or proposed
        add_measure(review.root, measure_data(id_, choice, unit, definition))
        review.reload()
        review.choose(figure.id, id_)
        self.past.append((figure.id, True))
        tell(f"       measure {id_} is in claims/measures.yaml; [y] keeps the figure with it")
        return False

    # Words

    def _show(self, figure: FigureOfArticle) -> None:
        review = self.review
        figures = review.article.figures
        number = next(i for i, one in enumerate(figures, 1) if one.id == figure.id)
        before, words, behind = review.sentence(figure)
        also = f", said {len(figure.also) + 1} times" if figure.also else ""
        reading = reading_of(figure, review.article.language)
        tell("")
        tell(f"{number:2}/{len(figures)}  {printable(f'“{words}” ¶{figure.anchor.paragraph}{also}')}")
        tell(f"       read as: {printable(reading)}")
        tell(f"       {printable(f'…{before}[{words}]{behind}')}")
        for line in self._facts(figure):
            tell(f"       {line}")
        tell(f"       {_KEYS}")

    def _facts(self, figure: FigureOfArticle) -> Iterator[str]:
        guessed = set(figure.guessed)
        mark = {field: " (guessed)" if field in guessed else "" for field in (*FIELDS, "measure")}
        own = f"{figure.measure}{mark['measure']}" if isinstance(figure, Claim) else "none yet"
        others = self.review.offered(figure)
        keys = "  ".join(f"[{number}] {one.measure.id}" for number, one in enumerate(others, 1))
        yield f"measure: {own}" + (f"    {keys}" if keys else "")
        told = {
            "said by": (figure.attributed_to or "own voice", "attributed_to"),
            "origin": (figure.origin or "", "origin"),
            "status": ("" if figure.status == "observed" else str(figure.status), "status"),
            "period": (figure.reference_period or "", "reference_period"),
            "sources": (", ".join(figure.cites), "cites"),
            "part of": (figure.base or "", "base"),
        }
        yield "   ".join(
            f"{name}: {printable(value)}{mark[field]}" for name, (value, field) in told.items() if value
        )
        if figure.remark:
            yield printable(figure.remark)

    def _end(self) -> None:
        status = self.review.status
        tell("")
        tell(status.line)
        left = len(self.review.open())
        if left:
            tell(f"{left} open. Go on by: tallybook review {self.review.id}")
        else:
            tell(f"Nothing is open. Say so by: tallybook review {self.review.id} --done")

    # Input

    def _key(self, prompt: str = "> ") -> str:
        if not self.single_keys:
            return self._line(prompt)[:2].lower()
        import click

        print(prompt, end="", flush=True)
        key = click.getchar().lower()
        print(key if key.isprintable() else "")
        if key == _CTRL_C:
            raise KeyboardInterrupt
        if key == _CTRL_D:
            raise Stopped
        return "" if key in "\r\n" else key

    def _line(self, prompt: str) -> str:
        """One line of a person; Stopped where there is no more."""
        indent = "" if prompt == "> " or prompt.startswith(" ") else "       "
        print(f"{indent}{prompt}", end="", flush=True)
        line = sys.stdin.readline()
        if not self.single_keys:
            print()
        if not line:
            raise Stopped
        return " ".join(line.split())
