"""What a person types while a command waits: one key at a terminal, one line in a pipe."""

from __future__ import annotations

import os
import re
import sys
from types import TracebackType
from typing import Any, Self

_CTRL_C, _CTRL_D, _ESCAPE = "\x03", "\x04", "\x1b"
_SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]{0,16}[ -/]{0,4}[@-~]|O.|.)?", re.DOTALL)
_LONGEST_LINE = 4_096
INDENT = " " * 7


class Stopped(Exception):
    """The person has had enough for now, or there is no more input."""


class Keys:
    """Standard input. At a terminal a key is read without Enter; in a pipe a key is a line of its own.

    Between ``with`` and its end the terminal keeps what is typed ahead, so that nobody has to wait for the
    next figure to be shown; afterwards it is as it was.
    """

    def __init__(self) -> None:
        self.single = sys.stdin is not None and sys.stdin.isatty()
        self._terminal = _Terminal.of(sys.stdin) if self.single else None

    def __enter__(self) -> Self:
        if self._terminal is not None:
            self._terminal.by_key()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._terminal is not None:
            self._terminal.as_it_was()

    def key(self, prompt: str = "> ") -> str:
        """One key in small letters, "" for Enter; a longer line is no key, and comes back as it is.

        Stopped at the end of the input, KeyboardInterrupt at Ctrl-C.
        """
        if not self.single:
            return self.line(prompt).lower()
        print(prompt, end="", flush=True)
        key = self._pressed().lower()
        print(key if key.isprintable() else "", flush=True)
        if key == _CTRL_C:
            raise KeyboardInterrupt
        if key in ("", _CTRL_D):
            raise Stopped
        return "" if key in "\r\n" else key

    def line(self, prompt: str) -> str:
        """One line of a person; Stopped where there is no more."""
        print(prompt if prompt == "> " else f"{INDENT}{prompt.lstrip()}", end="", flush=True)
        line = self._terminal.line() if self._terminal is not None else _line_of_a_pipe()
        if not self.single:
            print()
        if not line:
            raise Stopped
        return " ".join(line.split())

    def _pressed(self) -> str:
        if self._terminal is not None:
            return self._terminal.key()
        import click

        return click.getchar()


def _line_of_a_pipe() -> str:
    try:
        return sys.stdin.readline(_LONGEST_LINE) if sys.stdin is not None else ""
    except UnicodeDecodeError:
        return "\n"


class _Terminal:
    """A terminal of this kind of system (POSIX), read by key or by line; both take what was typed ahead."""

    def __init__(self, descriptor: int, termios: Any) -> None:
        self._at, self._termios = descriptor, termios
        self._before = termios.tcgetattr(descriptor)
        self._typed = b""

    @classmethod
    def of(cls, stream: Any) -> _Terminal | None:
        """None on another kind of system."""
        try:
            import termios
        except ImportError:
            return None
        return cls(stream.fileno(), termios)

    def by_key(self) -> None:
        """Each key at once and unshown; Ctrl-C still interrupts."""
        mode = self._termios.tcgetattr(self._at)
        mode[3] &= ~(self._termios.ICANON | self._termios.ECHO)
        mode[6][self._termios.VMIN], mode[6][self._termios.VTIME] = 1, 0
        self._termios.tcsetattr(self._at, self._termios.TCSADRAIN, mode)

    def as_it_was(self) -> None:
        self._termios.tcsetattr(self._at, self._termios.TCSADRAIN, self._before)

    def key(self) -> str:
        """One character; "" at the end of the input. An arrow and its like are an escape character alone."""
        if not self._typed and not self._read():
            return ""
        if self._typed.startswith(b"\x1b"):
            found = _SEQUENCE.match(self._typed)
            self._typed = self._typed[found.end() if found else 1 :]
            return _ESCAPE
        size = _size(self._typed[0])
        while len(self._typed) < size and self._read():
            pass
        raw, self._typed = self._typed[:size], self._typed[size:]
        return raw.decode("utf-8", errors="replace")[:1]

    def line(self) -> str:
        """One line, with the terminal's own keys for correcting it; "" at the end of the input."""
        self.as_it_was()
        try:
            while b"\n" not in self._typed and len(self._typed) < _LONGEST_LINE:
                if not self._read():
                    break
        finally:
            self.by_key()
        line, mark, self._typed = self._typed.partition(b"\n")
        return (line + mark).decode("utf-8", errors="replace")

    def _read(self) -> bool:
        """More of what was typed; False at the end of the input."""
        try:
            piece = os.read(self._at, 1024)
        except OSError:  # the terminal is gone
            piece = b""
        self._typed += piece.replace(b"\r", b"\n")
        return bool(piece)


def _size(first: int) -> int:
    """Bytes of a character in UTF-8, by its first."""
    return 1 if first < 0xC0 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4
