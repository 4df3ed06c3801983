"""A review at a real terminal: keys without Enter, Ctrl-C, and a kill at any moment. The town is made up."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tallybook.book.load import load_book

pty = pytest.importorskip("pty")
pytest.importorskip("ruamel.yaml")

CITY = Path(__file__).resolve().parents[1] / "data" / "made-up-city-budget"
TEXT = """\
Made up: Made-up Harbour in figures

The trams had 27.4 million passengers in 2024. The council filled 18,500 potholes in 2024.

Made-up Harbour has 212,000 inhabitants. The council employs 900 police officers. It owes £40 million.

The libraries had 310,000 visits last year, and 14 of them were closed for 3 months.
"""
CTRL_C, CTRL_D = b"\x03", b"\x04"
PATIENCE = 15


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("drafted") / "city"
    shutil.copytree(CITY, root)
    (root / "claims" / "made-up-city-budget.yaml").unlink()
    page = root / "sources" / "made-up-city-copy.yaml"
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    page.write_text("".join(line for line in lines if "copy_of:" not in line), encoding="utf-8")
    (root / "article.txt").write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-m", "tallybook", "new", str(root / "article.txt"), "--id", "town"]
    subprocess.run([*command, "--project", str(root)], check=True, capture_output=True)
    return root


@pytest.fixture
def town(drafted: Path, tmp_path: Path) -> Path:
    """A copy of the project with the draft ``town``; one of its eight figures has no measure in the book."""
    return Path(shutil.copytree(drafted, tmp_path / "city"))


class Terminal:
    """``tallybook review town`` at a terminal of its own."""

    def __init__(self, root: Path, columns: int = 100) -> None:
        import fcntl
        import struct
        import termios

        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        command = [sys.executable, "-m", "tallybook", "review", "town", "--project", str(root)]
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env={**os.environ, "TERM": "xterm", "PYTHONIOENCODING": "utf-8"}, preexec_fn=_own_terminal,
        )  # fmt: skip
        os.close(theirs)
        self._ours = ours
        self.said = ""
        self._raw = b""

    def until(self, words: str) -> str:
        """What is shown up to some words; they must come."""
        end = time.monotonic() + PATIENCE
        while words not in self.said:
            ready, _, _ = select.select([self._ours], [], [], max(0.0, end - time.monotonic()))
            try:
                piece = os.read(self._ours, 65536) if ready else b""
            except OSError:
                piece = b""
            self._raw += piece
            self.said = self._raw.decode("utf-8", errors="ignore")
            assert piece, f"{words!r} never came: {self.said[-2000:]}"
        shown, _, rest = self.said.partition(words)
        self._raw, self.said = rest.encode(), rest
        return shown + words

    def press(self, keys: bytes) -> None:
        os.write(self._ours, keys)

    def close(self) -> int:
        try:
            return self.process.wait(PATIENCE)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
            os.close(self._ours)


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def kept(root: Path) -> list[str]:
    return [f.id for f in load_book(root).articles["town"].figures if not f.guessed]


def names(root: Path) -> Iterator[str]:
    return (path.name for path in (root / "claims").iterdir())


def test_one_key_a_figure_without_enter(town: Path) -> None:
    review = Terminal(town)
    review.until(" 1/8  ")
    for key in (b"y", b"y", b"l"):
        review.until("[?] help")
        review.until("> ")
        review.press(key)
    review.until(" 4/8  ")
    review.until("> ")
    review.press(b"q")
    assert "Go on by: tallybook review town" in review.until("review town")
    assert review.close() == 0
    assert kept(town) == ["27-4-million-passengers", "18500-potholes"]


def test_long_sentences_are_wrapped_and_nothing_is_wider_than_the_terminal(town: Path) -> None:
    review = Terminal(town, columns=80)
    shown = review.until("> ")
    review.press(b"?")
    shown += review.until("> ")
    review.press(b"m")
    shown += review.until("which? ")
    review.press(CTRL_D)
    assert review.close() == 0
    assert max(map(len, shown.replace("\r", "").split("\n"))) <= 80


def test_ctrl_c_stops_and_what_was_answered_is_kept(town: Path) -> None:
    review = Terminal(town)
    review.until("> ")
    review.press(b"y")
    review.until(" 2/8  ")
    review.until("> ")
    review.press(CTRL_C)
    review.until("Go on by")
    assert review.close() == 130
    assert kept(town) == ["27-4-million-passengers"]


def test_a_line_is_typed_with_enter_and_an_odd_byte_is_no_accident(town: Path) -> None:
    review = Terminal(town)
    review.until("> ")
    review.press(b"r")
    review.until("Why is it no claim? ")
    review.press(b"a capacity \xff\xfe\n")
    review.until(" 1/7  ")
    review.until("> ")
    review.press(b"u")
    review.until("undone: 27-4-million-passengers")
    review.until("> ")
    review.press(b"q")
    assert review.close() == 0


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.2, 0.5])
def test_killed_at_any_moment_the_book_loads_and_the_review_goes_on(town: Path, moment: float) -> None:
    review = Terminal(town)
    review.until("> ")
    review.press(b"yyyyyyyy")
    time.sleep(moment)
    review.process.send_signal(signal.SIGKILL)
    review.close()
    before = kept(town)
    assert before == [f.id for f in load_book(town).articles["town"].figures][: len(before)]
    again = Terminal(town)
    again.until("> ")
    again.press(CTRL_D)
    assert again.close() == 0
