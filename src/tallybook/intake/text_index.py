"""The figures of cached pages and of folders of text, kept between runs so that only new files are read.

One SQLite file in the cache: it may be deleted at any time, and is made again. Two processes may use it at
once: a file's rows are written in one short transaction. Of a question's figures first the unit, the size and
the time are asked, and then the words: words alone are a weak guide.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from tallybook.book import Book
from tallybook.book.problems import BookError, Problem
from tallybook.book.records import Source
from tallybook.book.units import unit_parts
from tallybook.intake.claim_asked import ClaimAsked, Wanted
from tallybook.intake.figures_found import MOST_FIGURES, Days, FigureFound, Where, days_of, title_in
from tallybook.intake.folder_texts import TextRead, files_in, read_folder_text
from tallybook.intake.nearness import reach_of
from tallybook.intake.other_numbers import numbers_of
from tallybook.intake.unit_classes import OPEN_CLASS, unit_class
from tallybook.intake.words_indexed import question, words_indexed
from tallybook.quantity import Quantity
from tallybook.reading import Mention, read
from tallybook.reading.lexicon.language import languages
from tallybook.reading.text.sentences import sentence_spans
from tallybook.terms import Form, Modifier

FILE = ".cache/figures-1.sqlite"
"""Its name has the version of its tables."""

MOST_BY_WORDS, MOST_BY_SIZE = 400, 200
_WAIT = 60.0
_TRIALS, _PAUSE = 100, 0.1
_POWERS_AWAY = 1.5
_RATE_AWAY = 1.6
_ANY_POWER = 300.0
_YEARS_AWAY = 5 * 366
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")

_TABLES = """
CREATE TABLE IF NOT EXISTS texts (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE, size INTEGER, changed INTEGER, digest TEXT,
    language TEXT, title TEXT, published TEXT);
CREATE TABLE IF NOT EXISTS sentences (
    id INTEGER PRIMARY KEY, text INTEGER, sentence TEXT, first_day INTEGER, last_day INTEGER);
CREATE INDEX IF NOT EXISTS sentences_of_text ON sentences(text);
CREATE TABLE IF NOT EXISTS figures (
    sentence INTEGER, start INTEGER, words TEXT, noun TEXT, class TEXT, power REAL, quantity TEXT);
CREATE INDEX IF NOT EXISTS figures_by_size ON figures(class, power);
CREATE INDEX IF NOT EXISTS figures_of_sentence ON figures(sentence);
CREATE VIRTUAL TABLE IF NOT EXISTS said_words USING fts5(said, tokenize='unicode61', prefix='4 6');
"""


@dataclass
class Indexed:
    """What was read now: how many texts are known, how many were read, and which could not be, with why."""

    known: int = 0
    read: int = 0
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """A text with the name that a person is told."""

    path: str
    name: str
    source: Source | None = None


class TextIndex:
    """The texts of a book's cache and of some folders. BookError where a folder is none.

    ``without``: the digest of a text in which nothing is looked for, as that of the article itself.
    """

    def __init__(self, book: Book, folders: Sequence[Path] = (), without: str | None = None) -> None:
        self._book, self._without = book, without or ""
        self._places = {place.path: place for place in self._all_places(folders)}
        self._file = book.root / FILE
        self.indexed = Indexed(known=len(self._places))
        if self._places:
            self._connection = self._opened()
            self._bring_up_to_date()

    def close(self) -> None:
        """Give the file of the index back; what it wrote beside it goes."""
        if self._places:
            self._connection.close()

    def __len__(self) -> int:
        return len(self._places)

    def near(self, asked: ClaimAsked) -> list[FigureFound]:
        """The figures that may be the claim's by unit, size and time, the nearest by words first."""
        if not self._places:
            return []
        found: dict[tuple[int, int], FigureFound] = {}
        for rows in self._rows(asked):
            for row in rows:
                found.setdefault((row["sentence_id"], row["start"]), self._figure(row))
        return list(found.values())

    # Asking

    def _rows(self, asked: ClaimAsked) -> Iterator[list[sqlite3.Row]]:
        words = question([asked.words, asked.sentence, asked.meaning], asked.counted)
        here = json.dumps(list(self._places))
        days = asked.days if asked.days is not None and not asked.timeless else (0, date.max.toordinal())
        for wanted in asked.wanted:
            classes, low, high = _window(wanted)
            away = days[1] + _YEARS_AWAY, days[0] - _YEARS_AWAY
            values = [json.dumps(classes), low, high, *away, here, self._without]
            if words:
                join = "JOIN said_words ON said_words.rowid = s.id"
                match, order = "said_words MATCH ? AND", "bm25(said_words)"
                sql = _SQL.format(join=join, match=match, order=order)
                yield self._connection.execute(sql, [words, *values, MOST_BY_WORDS]).fetchall()
            middle = (low + high) / 2
            sql = _SQL.format(join="", match="", order=f"abs(coalesce(f.power, {middle!r}) - {middle!r})")
            yield self._connection.execute(sql, [*values, MOST_BY_SIZE]).fetchall()

    def _figure(self, row: sqlite3.Row) -> FigureFound:
        place = self._places[row["path"]]
        source = place.source
        days: Days | None = (row["first_day"], row["last_day"]) if row["first_day"] is not None else None
        if days is None and source is not None and source.published is not None:
            days = days_of(source.published)
        title = (source.title or title_in(source.url)) if source else row["title"]
        return FigureFound(
            Where.PAGE if source else Where.FILE,
            place.name,
            row["words"],
            (_quantity(row["quantity"]),),
            row["sentence"],
            row["start"],
            about=title or "",
            publisher=source.publisher if source else "",
            days=days,
            language=source.language if source else row["language"] or "",
            url=source.url if source else None,
            nouns=(row["noun"],) if row["noun"] else (),
        )

    # Keeping

    def _all_places(self, folders: Sequence[Path]) -> Iterator[_Place]:
        for source in self._book.sources.values():
            page = self._book.root / ".cache" / "pages" / f"{source.id}.txt"
            if page.is_file() and not page.is_symlink():
                yield _Place(str(page), source.id, source)
        for folder in folders:
            for path in files_in(folder):
                name = f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}"
                yield _Place(str(path.resolve()), name)

    def _opened(self) -> sqlite3.Connection:
        """The index; one that is broken is made anew."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        for trial in range(_TRIALS):
            try:
                return self._connected()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or trial == _TRIALS - 1:
                    raise _unusable(error) from None
                time.sleep(_PAUSE)  # another process is making it
            except sqlite3.DatabaseError as error:
                if trial:
                    raise _unusable(error) from None
                for end in ("", "-wal", "-shm"):
                    self._file.with_name(self._file.name + end).unlink(missing_ok=True)
        raise AssertionError

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=_WAIT, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_TABLES)
            connection.execute("SELECT path, digest FROM texts LIMIT 1").fetchall()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _bring_up_to_date(self) -> None:
        known = {row["path"]: row for row in self._connection.execute("SELECT * FROM texts")}
        for place in self._places.values():
            path, before = Path(place.path), known.get(place.path)
            try:
                stat = path.stat()
                if before and (before["size"], before["changed"]) == (stat.st_size, stat.st_mtime_ns):
                    continue
                raw = path.read_bytes()
                read_ = read_folder_text(path, raw)
            except (BookError, OSError) as error:
                told = error.problems[0].message if isinstance(error, BookError) else f"{error.strerror}."
                self.indexed.left_out.append(f"{place.name}: {told}")
                continue
            self._keep(place, read_, (stat.st_size, stat.st_mtime_ns, hashlib.sha256(raw).hexdigest()))
            self.indexed.read += 1
        for path_gone in (p for p in known if p not in self._places and not Path(p).exists()):
            with _transaction(self._connection):
                self._forget(path_gone)

    def _keep(self, place: _Place, read_: TextRead, file: tuple[int, int, str]) -> None:
        """One text with its sentences and figures, whole or not at all."""
        language = place.source.language if place.source else read_.language
        published = place.source.published if place.source else None
        days = days_of(published) if published is not None else _day(read_.published)
        sentences = list(_sentences(read_.text, language))
        with _transaction(self._connection):
            self._forget(place.path)
            values = (place.path, *file, language, read_.title, read_.published)
            keys = "path, size, changed, digest, language, title, published"
            sql = f"INSERT INTO texts({keys}) VALUES (?,?,?,?,?,?,?)"
            text = self._connection.execute(sql, values).lastrowid
            for (first, last), mentions in sentences:
                said = read_.text[first:last]
                of_it = _days_named(said) or days or (None, None)
                sql = "INSERT INTO sentences(text, sentence, first_day, last_day) VALUES (?,?,?,?)"
                number = self._connection.execute(sql, (text, said, *of_it)).lastrowid
                sql = "INSERT INTO said_words(rowid, said) VALUES (?,?)"
                self._connection.execute(sql, (number, words_indexed(f"{said} {read_.title or ''}")))
                sql = "INSERT INTO figures VALUES (?,?,?,?,?,?,?)"
                self._connection.executemany(sql, [(number, *_row(m, first)) for m in mentions])

    def _forget(self, path: str) -> None:
        for row in self._connection.execute("SELECT id FROM texts WHERE path = ?", (path,)).fetchall():
            ours = "(SELECT id FROM sentences WHERE text = ?)"
            self._connection.execute(f"DELETE FROM said_words WHERE rowid IN {ours}", (row["id"],))
            self._connection.execute(f"DELETE FROM figures WHERE sentence IN {ours}", (row["id"],))
            self._connection.execute("DELETE FROM sentences WHERE text = ?", (row["id"],))
            self._connection.execute("DELETE FROM texts WHERE id = ?", (row["id"],))


_SQL = """
SELECT s.id AS sentence_id, s.sentence, s.first_day, s.last_day, t.path, t.language, t.title,
       f.start, f.words, f.noun, f.quantity
FROM figures f JOIN sentences s ON s.id = f.sentence JOIN texts t ON t.id = s.text {join}
WHERE {match} f.class IN (SELECT value FROM json_each(?))
  AND (f.power IS NULL OR f.power BETWEEN ? AND ?)
  AND (s.first_day IS NULL OR (s.first_day <= ? AND s.last_day >= ?))
  AND t.path IN (SELECT value FROM json_each(?)) AND t.digest <> ?
ORDER BY {order} LIMIT ?
"""


def _unusable(error: sqlite3.Error) -> BookError:
    return BookError([Problem(FILE, 1, f"cannot be used: {error}. Delete it; it is made again.")])


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _sentences(text: str, language: str | None) -> Iterator[tuple[tuple[int, int], list[Mention]]]:
    """The sentences that have a figure; those of a language that is not read by their digits."""
    if language is None or language not in languages():
        for first, last in sentence_spans(text, frozenset()):
            mentions = list(numbers_of(text, first, last))
            if 0 < len(mentions) <= MOST_FIGURES:
                yield (first, last), mentions
        return
    by_sentence: dict[tuple[int, int], list[Mention]] = {}
    for mention in read(text, language=language):
        by_sentence.setdefault(mention.sentence, []).append(mention)
    yield from ((span, these) for span, these in by_sentence.items() if len(these) <= MOST_FIGURES)


def _row(mention: Mention, first: int) -> tuple[object, ...]:
    quantity = mention.quantity
    class_, times = unit_class(quantity.unit)
    named = (quantity.low + quantity.high) / 2 * times
    power = math.log10(named) if named > 0 else None
    kept = json.dumps(asdict(quantity), ensure_ascii=False)
    return mention.start - first, mention.words, mention.noun, class_, power, kept


def _quantity(kept: str) -> Quantity:
    data = json.loads(kept)
    data["modifier"], data["form"] = Modifier(data["modifier"]), Form(data["form"])
    data["hedges"] = tuple(Modifier(hedge) for hedge in data["hedges"])
    return Quantity(**data)


def _window(wanted: Wanted) -> tuple[list[str], float, float]:
    """The classes of units that a claim's figure may be met in, and the powers of ten that it may have."""
    quantity, unit = wanted.quantity, unit_parts(wanted.measure.unit)[0]
    class_, times = unit_class(quantity.unit if quantity.unit and wanted.sized else unit)
    if not wanted.sized:
        return [class_, OPEN_CLASS], -_ANY_POWER, _ANY_POWER
    low, _, high = (value * times for value in reach_of(quantity))
    away = _POWERS_AWAY + (_RATE_AWAY if quantity.per else 0.0)
    if low <= 0 or high <= 0:
        return [class_, OPEN_CLASS], -_ANY_POWER, _ANY_POWER
    return [class_, OPEN_CLASS], math.log10(low) - away, math.log10(high) + away


def _days_named(sentence: str) -> Days | None:
    """From the first to the last year that a sentence names."""
    years = [int(year) for year in _YEAR.findall(sentence)]
    if not years:
        return None
    return date(min(years), 1, 1).toordinal(), date(max(years), 12, 31).toordinal()


def _day(text: str | None) -> Days | None:
    try:
        found = date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return None
    return found, found


def all_near(index: TextIndex, asked: Iterable[ClaimAsked]) -> list[FigureFound]:
    """The figures of the texts that may bear on any of some claims, each once."""
    return list(dict.fromkeys(figure for claim in asked for figure in index.near(claim)))
