"""One sitting with drafted statements: one is shown in its sentence, a key is read, the answer is written."""

from __future__ import annotations

import textwrap
from pathlib import Path

from tallybook.book import Book
from tallybook.book.problems import BookError
from tallybook.cli.keys import INDENT, Keys, Stopped
from tallybook.cli.streams import printable, tell
from tallybook.estimates.claim_terms import plain_name
from tallybook.intake.case_file import EditedFile
from tallybook.intake.known_pages import text_of_page
from tallybook.intake.measure_guess import MeasureGuess, Offered
from tallybook.intake.origin_guess import near_origins
from tallybook.intake.source_drafts_taken import Drafted, all_drafted, book_at, drop, keep
from tallybook.prose import clipped
from tallybook.reading import read
from tallybook.reading.lexicon.language import languages
from tallybook.terms import Tier

_KEYS = "[y] keep  [n] take out  [l] later  [o] origin  [p] period  [u] undo  [q] stop  [?] help"
_HELP = """\
y      what is shown is right: it becomes a statement like any other
1-9    the figure is one of that measure, and the rest is right: keep it
o      who produced it: an id, or the name of an origin to be added; you are
       asked where it is nearly that of another
p      what it refers to: 2024, 2024-11, 2024-01/2024-06; nothing takes it out
n      it bears on nothing: take it out; its words stay in the page's text
l      later: it comes again in the next sitting
u      take the last answer back
q      stop; all answers are written already
"""
_FIELDS = ("speaker", "speaker_org", "status", "stated", "via", "relays", "remark")
_AROUND, _MOST_OFFERED = 160, 5


class SourceSession:
    """The drafted statements of a page, or of all pages."""

    def __init__(self, root: Path, source: str | None) -> None:
        self.root, self.source = root, source
        self.keys = Keys()
        self.book: Book = book_at(root)
        self.later: set[str] = set()
        self._given: dict[str, str | None] = {}
        self._new_origin: str | None = None
        self._written: list[str] = []
        self._origins: dict[str, str] = {}
        """Of each page, who produced the figure that was kept last in this sitting."""

    def run(self) -> int:
        """The exit code: 0 at the end or where the person stops, 130 at Ctrl-C."""
        with self.keys:
            try:
                while (one := self._next()) is not None:
                    before = self._origins.get(one.source.id) if not one.statement.origin else None
                    self._given, self._new_origin = {"origin": before} if before else {}, None
                    self._one(one)
            except Stopped:
                pass
            except (KeyboardInterrupt, EOFError):
                tell("")
                self._end()
                return 130
        self._end()
        return 0

    def _open(self) -> list[Drafted]:
        return [one for one in all_drafted(self.book) if self.source in (None, one.source.id)]

    def _next(self) -> Drafted | None:
        return next((one for one in self._open() if one.statement.id not in self.later), None)

    def _one(self, one: Drafted) -> None:
        offered = self._show(one)
        while True:
            try:
                if self._answer(one, offered, self.keys.key()):
                    return
            except BookError as error:
                tell(f"{INDENT}not written: {printable(str(error))}")

    def _answer(self, one: Drafted, offered: list[Offered], key: str) -> bool:
        """Do what a key says; True where the next statement is to come."""
        id_ = one.statement.id
        if key.isascii() and key.isdecimal() and 0 < int(key[:3]) <= len(offered):
            self._given["measure"] = offered[int(key[:3]) - 1].measure.id
            key = "y"
        if key == "y":
            self.book = keep(self.root, id_, self._given, new_origin=self._new_origin)
            if origin := self.book.statements[id_].origin:
                self._origins[one.source.id] = origin
        elif key == "n":
            self.book = drop(self.root, id_)
        elif key == "l":
            self.later.add(id_)
            return True
        elif key == "u":
            return self._undo()
        elif key == "q":
            raise Stopped
        else:
            self._corrected(one, key)
            return False
        self._written.append(self.book.source_file(one.source.id))
        return True

    def _corrected(self, one: Drafted, key: str) -> None:
        """What a key changes of the statement that is shown; it is written when the statement is kept."""
        if key == "o":
            likely = _likely_origin(one)
            told = f"; Enter: {printable(likely)}" if likely else ""
            named = self.keys.line(f"Who produced it (id, or a name{told})? ") or likely
            if named:
                self._named(named)
        elif key == "p":
            self._given["reference_period"] = self.keys.line("What does it refer to? ")
        else:
            tell(textwrap.indent(_HELP if key == "?" else _KEYS, INDENT).rstrip("\n"))

    def _named(self, origin: str) -> None:
        """Take an id or a name that a person gave. One that is nearly that of an origin may be a slip, and a
        second origin would count as a second witness: so they are asked."""
        by_name = [o.id for o in self.book.origins.values() if plain_name(o.name) == plain_name(origin)]
        known = origin if origin in self.book.origins else next(iter(by_name), None)
        if known is None and (near := near_origins(self.book, origin)):
            tell(f"{INDENT}no origin is called “{printable(origin)}”. Nearly that:")
            for number, one in enumerate(near, 1):
                tell(f"{INDENT}[{number}] {one.id}: {printable(one.name)}")
            key = self.keys.key(f"{INDENT}which? [a] add “{printable(origin)}”, another one; Enter: nothing ")
            if key.isascii() and key.isdecimal() and 0 < int(key[:3]) <= len(near):
                known = near[int(key[:3]) - 1].id
            elif key != "a":
                tell(f"{INDENT}nothing changed")
                return
        self._given["origin"], self._new_origin = known, None if known else origin
        tell(f"{INDENT}origin   {printable(known or origin)}{'' if known else ' (to be added)'}")

    def _undo(self) -> bool:
        """Take back the last answer that was written in this sitting."""
        if not self._written:
            tell(f"{INDENT}nothing to undo")
            return False
        self.book = EditedFile(self.root, self._written.pop()).undo() or self.book
        return True

    def _show(self, one: Drafted) -> list[Offered]:
        statement, left = one.statement, [o for o in self._open() if o.statement.id not in self.later]
        sentence, at = _sentence(self.root, one)
        tell("")
        end = at + len(statement.words)
        marked = f"{sentence[:at]}[{sentence[at:end]}]{sentence[end:]}"
        tell(f"{len(left):4}  {printable(one.source.publisher)}: {printable(marked)}")
        before = f"{self._given['origin']} (as before on this page)" if self._given else "?"
        offered = self._offered(one, sentence, at)
        weak = next((o.weak for o in offered if o.measure.id == statement.measure and o.weak), "")
        tell(f"{INDENT}measure  {statement.measure or '?'}{f'  ({printable(weak)})' if weak else ''}")
        tell(f"{INDENT}origin   {statement.origin or before}")
        tell(f"{INDENT}period   {statement.reference_period or '?'}")
        for field in _FIELDS:
            value = getattr(statement, field)
            if value and value != "observed":
                told = ", ".join(value) if isinstance(value, list) else str(value)
                tell(f"{INDENT}{field.removesuffix('_org'):9}{printable(told)}")
        if offered:
            tell(INDENT + "  ".join(f"[{n}] {o.measure.id}" for n, o in enumerate(offered, 1)))
        tell(f"{INDENT}{_KEYS}")
        return offered

    def _offered(self, one: Drafted, sentence: str, at: int) -> list[Offered]:
        if one.source.language not in languages():
            return []
        reading = read(sentence, language=one.source.language)
        found = [m for m in reading if m.start < at + len(one.statement.words) and m.end > at]
        title = one.source.title or ""
        offered = MeasureGuess(self.book).offered(found[0], reading, title=title) if found else []
        return offered[:_MOST_OFFERED]

    def _end(self) -> None:
        left = len(self._open())
        tell("")
        tell(f"{left} open. Go on by: tallybook source review" if left else "Nothing is open.")


def _likely_origin(one: Drafted) -> str:
    """Whom the page names for it; else the page's publisher, where it is known to be the one who counts."""
    named = one.statement.speaker_org or ""
    return named or (one.source.publisher if one.source.kind is Tier.PRIMARY else "")


def _sentence(root: Path, one: Drafted) -> tuple[str, int]:
    """The words with what stands around them in their paragraph, and where they begin in it."""
    words = one.statement.words
    text = text_of_page(root, one.source.id) or ""
    at = text.find(words)
    if at < 0:
        return words, 0
    first = max(text.rfind("\n", 0, at) + 1, text.rfind(" ", 0, max(0, at - _AROUND)) + 1)
    behind = text[at : at + len(words) + _AROUND].partition("\n")[0]
    return text[first:at] + clipped(behind, len(words) + _AROUND - 1), at - first
