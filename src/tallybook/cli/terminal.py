"""Lines on a terminal, with its width and styles, or in a pipe, without. Markup in a text is not read."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

NARROWEST = 20
"""Columns that a terminal is taken to have at least."""


def shortened(text: str, width: int) -> str:
    if len(text) <= width and text.isascii():
        return text
    text = text[: 4 * width]  # marks without a width of their own may stand in any number on a letter
    return text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)) + "…"


def terminal_width() -> int | None:
    """The columns of the terminal that the output goes to; None where it is none, and nothing is wrapped."""
    return max(console().width, NARROWEST) if sys.stdout.isatty() else None


def show(lines: Iterable[Text]) -> None:
    """Print lines as they are, with their styles on a terminal only."""
    if sys.stdout.isatty():
        for line in lines:
            console().print(line, soft_wrap=True)
    else:
        for line in lines:
            print(line.plain.rstrip())


@cache
def console() -> Console:
    return Console(highlight=False)
