"""The statements of a table computed again, after the table changed: shown first, written only when asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tallybook.book import Book
from tallybook.book.problems import BookError, Problem
from tallybook.book.records import Source
from tallybook.book.yaml_lines import KeyPath
from tallybook.intake.match_decisions import read_file, written_together
from tallybook.intake.table_checks import asked_again, computed, same
from tallybook.intake.table_statement import printed, words_of_value
from tallybook.intake.yaml_values import difference, with_values


class ComputedAgain:
    """The sources that a table belongs to, as their files shall be. BookError where a query cannot be run.

    ``difference``: the lines that change, as ``diff`` prints them.
    """

    def __init__(self, book: Book, file: Path) -> None:
        self._root = book.root
        path, root = file.resolve(), book.root.resolve()
        kept = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
        sources = [one for one in book.sources.values() if one.table is not None and one.table.file == kept]
        if not sources:
            message = "is the table of no source of this project. Add a statement of it: --sql, --measure."
            raise BookError([Problem(str(file), 1, message)])
        self._before: dict[Path, str] = {}
        self._after: dict[Path, str] = {}
        for source in sources:
            name = book.source_file(source.id)
            path = book.root / name
            self._before[path] = read_file(path)
            self._after[path] = with_values(self._before[path], _values(book, source), name)

    @property
    def difference(self) -> list[str]:
        return [
            line
            for file, before in self._before.items()
            for line in difference(file.relative_to(self._root).as_posix(), before, self._after[file])
        ]

    def write(self) -> None:
        """BookError where a file was changed since, or the book would not be sound."""
        written_together(self._root, self._before, self._after)


def _values(book: Book, source: Source) -> dict[KeyPath, str]:
    """What the file shall say of the table and of each query."""
    assert source.table is not None
    asked = asked_again(book, source, source.table)
    wrong = [
        book.problem(book.source_file(source.id), ("statements", k, "query", "sql"), f"the query {a.error}")
        for (k, _, _), a in zip(computed(source), asked.answers, strict=True)
        if a.error is not None
    ]
    if wrong:
        raise BookError(wrong)
    found: dict[KeyPath, str] = {("table", "sha256"): asked.sha256}
    for (k, statement, query), answer in zip(computed(source), asked.answers, strict=True):
        here: KeyPath = ("statements", k)
        found |= {
            (*here, "query", "rows"): str(answer.rows),
            (*here, "query", "which"): answer.which,
            (*here, "query", "rows_sha256"): answer.rows_sha256,
        }
        if not same(query.value, answer):
            found[(*here, "query", "value")] = repr(answer.value)
            found[(*here, "words")] = words_of_value(answer.value, book.measures[statement.measure])
            if statement.recorded is not None:
                found |= dict(_recorded(here, answer.value))
    return found


def _recorded(here: KeyPath, value: float) -> Iterator[tuple[KeyPath, str]]:
    for key in ("low", "high"):
        yield (*here, "recorded", key), repr(printed(value))
