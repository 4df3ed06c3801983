"""What a text holds is shown, never obeyed, on a terminal and where the output is none.

Markup is not read, and a character that is not printable (an escape sequence begins with one) is shown
as "�", or in JSON as its code.
"""

from __future__ import annotations

import io
import re
import sys

from rich.cells import cell_len, set_cell_size
from rich.console import Console

PLAIN_WIDTH = 160

_SPACE = re.compile(r"\s+")


def shown(text: str) -> str:
    """A text as one line that a terminal can be trusted with."""
    text = _SPACE.sub(" ", text)
    return text if text.isprintable() else "".join(c if c.isprintable() else "�" for c in text)


def shortened(text: str, width: int) -> str:
    if len(text) <= width and text.isascii():
        return text
    text = text[: 4 * width]  # marks without a width of their own may stand in any number on a letter
    return text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)) + "…"


def as_utf8() -> None:
    """What programs read is UTF-8 everywhere, whatever the terminal speaks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def screen() -> Console:
    return Console(highlight=False) if sys.stdout.isatty() else Console(width=PLAIN_WIDTH, no_color=True)
