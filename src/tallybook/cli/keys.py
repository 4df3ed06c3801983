"""What a person types while a command waits: one key at a terminal, one line in a pipe."""

from __future__ import annotations

import sys

_CTRL_C, _CTRL_D = "\x03", "\x04"
INDENT = " " * 7


class Stopped(Exception):
    """The person has had enough for now, or there is no more input."""


class Keys:
    """Standard input. At a terminal a key is read without Enter; in a pipe a key is a line of its own."""

    def __init__(self) -> None:
        self.single = sys.stdin is not None and sys.stdin.isatty()

    def key(self, prompt: str = "> ") -> str:
        """One key in small letters, "" for Enter; a longer line is no key, and comes back as it is.

        Stopped at the end of the input, KeyboardInterrupt at Ctrl-C.
        """
        if not self.single:
            return self.line(prompt).lower()
        import click

        print(prompt, end="", flush=True)
        key = click.getchar().lower()
        print(key if key.isprintable() else "", flush=True)
        if key == _CTRL_C:
            raise KeyboardInterrupt
        if key == _CTRL_D:
            raise Stopped
        return "" if key in "\r\n" else key

    def line(self, prompt: str) -> str:
        """One line of a person; Stopped where there is no more."""
        print(prompt if prompt == "> " else f"{INDENT}{prompt.lstrip()}", end="", flush=True)
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            line = "\n"
        if not self.single:
            print()
        if not line:
            raise Stopped
        return " ".join(line.split())
