"""What a text holds is shown, never obeyed, on a terminal and in a pipe, whatever the encoding.

A character that is not printable (an escape sequence begins with one) is shown as "�". A character that
the output's encoding lacks is written as the nearest that it has, or by its number, as "\\u0416": two names
never look alike for want of letters.
"""

from __future__ import annotations

import codecs
import io
import re
import sys

_SPACE = re.compile(r"\s+")
_NEAREST = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-",
     "−": "-", "‑": "-", "…": "...", "×": "x", "÷": "/", "≈": "~", "·": ".", "°": "deg ", "●": "*", "◉": "+",
     "○": "o", "◐": "%", "◇": "<>", "□": "[]", "◆": "#", "▲": "!", "\u00a0": " ", "�": "?"}
)  # fmt: skip


def keep_to_the_encoding() -> None:
    """From here on nothing that is printed fails for a character that the output cannot show."""
    codecs.register_error("tallybook.nearest", _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="tallybook.nearest")


def as_utf8() -> None:
    """What programs read is UTF-8 everywhere, whatever the terminal speaks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def printable(text: str) -> str:
    """A text as one line that a terminal can be trusted with."""
    return _without_controls(_SPACE.sub(" ", text))


def tell(message: str, *, error: bool = False) -> None:
    """Print a message of one or more lines as it is, on standard output or as an ``error``."""
    for line in message.split("\n"):
        print(_without_controls(line), file=sys.stderr if error else sys.stdout)


def _without_controls(line: str) -> str:
    return line if line.isprintable() else "".join(c if c.isprintable() else "�" for c in line)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """An error handler for codecs."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return missing.translate(_NEAREST).encode("ascii", "backslashreplace").decode("ascii"), error.end
