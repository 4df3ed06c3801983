"""The file of a case, read and written whole: what a person wrote in it stays where it stands.

A change is checked with the whole book before it is written, so that no write leaves a book that cannot be
loaded; and a file that somebody else changed meanwhile is not overwritten.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from tallybook.book import Article, Book
from tallybook.book.known_files import read_files
from tallybook.book.load import book_of
from tallybook.book.problems import BookError, Problem, quoted_value
from tallybook.book.project_files import CLAIMS, ProjectFiles, id_of
from tallybook.book.text_files import draft_of, replacing, write_whole
from tallybook.book.yaml_lines import yaml_of_text
from tallybook.intake.extras import extra
from tallybook.intake.snapshot import CACHE, cache_folder

_ON_ONE_LINE = ("guessed", "cites", "via")
_STEPS, _MOST_STEPS = "steps", 500


def case_name(id_: str) -> str:
    return f"claims/{id_}.yaml"


def cached_text(root: Path, article: Article) -> str | None:
    """The text of an article, None where it is not kept on this machine."""
    if article.text is None:
        return None
    try:
        text = (root / CACHE / "texts" / f"{article.text.sha256[:16]}.txt").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return text if hashlib.sha256(text.encode()).hexdigest() == article.text.sha256 else None


def yaml_tool() -> Any:
    """A reader and writer of YAML that keeps comments, order and quotation marks."""
    tool = extra("ruamel.yaml", "intake", "writing a case").YAML(typ="rt")
    tool.preserve_quotes = True
    tool.width = 100_000
    tool.indent(mapping=2, sequence=4, offset=2)
    return tool


def as_yaml(data: Any) -> str:
    """Data as a file; short lists of ids stand on one line."""
    tool = yaml_tool()
    for record in (data, *data.get("claims", ()), *data.get("statements", ())):
        for key in _ON_ONE_LINE:
            if type(record.get(key)) is list:
                record[key] = _one_line(record[key])
    stream = io.StringIO()
    tool.dump(data, stream)
    return stream.getvalue()


def _one_line(names: list[str]) -> Any:
    from ruamel.yaml.comments import CommentedSeq

    made = CommentedSeq(names)
    made.fa.set_flow_style()
    return made


def files_of(root: Path) -> ProjectFiles:
    """The files of a project, also of one that has no article yet."""
    return read_files(root)


def book_with(root: Path, files: ProjectFiles, name: str, text: str) -> Book:
    """The book as it would be with another text of one of its files. Raises BookError."""
    return book_of(with_text(files, name, text), root)


def with_text(files: ProjectFiles, name: str, text: str) -> ProjectFiles:
    file = yaml_of_text(text, name)
    id_ = id_of(name)
    if name == files.measures.lines.file:
        return replace(files, measures=file)
    if name == files.origins.lines.file:
        return replace(files, origins=file)
    if name.startswith(f"{CLAIMS}/"):
        return replace(files, articles={**files.articles, id_: file})
    return replace(files, sources={**files.sources, id_: file})


@contextmanager
def one_at_a_time(root: Path) -> Iterator[None]:
    """Of two who write in a project at once, one waits: what is checked is what is written.

    Where the system has no such locks, or the cache cannot be written, nobody waits.
    """
    with _lock_of(root) or nullcontext():
        yield


def _lock_of(root: Path) -> IO[str] | None:
    """The open file that is locked until it is closed."""
    try:
        import fcntl

        stream = (cache_folder(root, "locks") / "writing").open("w")
        fcntl.flock(stream, fcntl.LOCK_EX)
    except (ImportError, OSError, BookError):
        return None
    return stream


class StepsBack:
    """What a file said before each step, in the cache, by the digest of what it says since.

    So a step can be undone on another day, and never over what somebody else has written meanwhile.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, before: str, *, of: str) -> None:
        """Nothing is kept where the cache cannot be written: the step itself counts more than its undoing."""
        try:
            folder = cache_folder(self.root, _STEPS)
            write_whole(folder / self._name(of), before)
            old = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime)[:-_MOST_STEPS]
            for file in old:
                file.unlink(missing_ok=True)
        except (OSError, BookError):
            pass

    def before(self, text: str) -> str | None:
        try:
            return (self.root / CACHE / _STEPS / self._name(text)).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def _name(self, text: str) -> str:
        return f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.yaml"


class EditedFile:
    """One file of a project, to be changed a step at a time; each step can be undone.

    A step is made on the data, checked with the whole book, and then written. BookError where the book would
    not be sound with it, or where somebody else has changed the file since it was read; nothing is written.
    """

    def __init__(self, root: Path, name: str) -> None:
        self.root, self.name, self.path = root, name, root / name
        self.steps = StepsBack(root)
        if not self.path.resolve().is_relative_to(root.resolve()):
            raise BookError([Problem(name, 1, "leads out of the project's folder. Copy the file here.")])
        self.text = self._on_disk()
        self.before: list[str] = []

    def data(self) -> Any:
        return yaml_tool().load(self.text)

    def change(self, step: Callable[[Any], None]) -> Book:
        """Make a step; returns the book as it is then."""
        data = self.data()
        step(data)
        return self.write(as_yaml(data))

    def write(self, text: str, *, undo: bool = True) -> Book:
        with one_at_a_time(self.root):
            if self._on_disk() != self.text:
                message = "was changed by somebody else meanwhile. Look at it, and begin again."
                raise BookError([Problem(self.name, 1, message)])
            book = book_with(self.root, files_of(self.root), self.name, text)
            if undo and text != self.text:
                self.steps.keep(self.text, of=text)  # first: no step is without its undoing
            with replacing(self.path) as beside:
                beside.write_text(text, encoding="utf-8", newline="\n")
        if undo and text != self.text:
            self.before.append(self.text)
        self.text = text
        return book

    def undo(self) -> Book | None:
        """Take the last step back, also one of an earlier sitting; None where there is none."""
        before = self.before[-1] if self.before else self.steps.before(self.text)
        if before is None:
            return None
        book = self.write(before, undo=False)
        if self.before:
            self.before.pop()
        return book

    def _on_disk(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            message = f"{quoted_value(self.name)} cannot be read: {getattr(error, 'strerror', 'no UTF-8')}."
            raise BookError([Problem(self.name, 1, message)]) from None


def write_new(root: Path, name: str, text: str) -> None:
    """A file that must not be there yet: of two people who make it at once, one is told that it exists."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise BookError([Problem(name, 1, "leads out of the project's folder. Make a folder here.")])
    try:
        write_new_bytes(path, text.encode())
    except FileExistsError:
        raise BookError([Problem(name, 1, "is there already. Take another --id.")]) from None
    except OSError as error:
        raise BookError([Problem(name, 1, f"cannot be written: {error.strerror}.")]) from None


def write_new_bytes(path: Path, raw: bytes) -> None:
    """A file that must not be there yet, whole or not at all. FileExistsError where it is; OSError.

    Of two processes that make it at once one waits for the other. It is renamed and not linked, so that there
    is no moment at which a killed run leaves its draft beside the finished file.
    """
    with draft_of(path) as beside:
        beside.write_bytes(raw)
        beside.chmod(0o644)
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        beside.rename(path)
