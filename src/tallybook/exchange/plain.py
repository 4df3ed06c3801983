"""Words of a draft in an output: one line, every character printable, whatever the draft holds."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

_SPACE = re.compile(r"\s+")
STDIN = "stdin"


def shown(text: str) -> str:
    r"""A text on one line; a character that is not printable is named, never sent.

    >>> shown("12\n\x1b[31mloaves")
    '12 \\x1b[31mloaves'
    """
    line = _SPACE.sub(" ", text).strip()
    return line if line.isprintable() else "".join(c if c.isprintable() else _named(c) for c in line)


def _named(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def file_name(name: str) -> str:
    """The name of a draft's file for people: "stdin" for standard input."""
    return STDIN if name == "-" else shown(name)


def file_uri(name: str) -> str:
    """The same as a URI reference: relative where the name is.

    >>> file_uri("drafts/my draft.md")
    'drafts/my%20draft.md'
    """
    if name == "-":
        return STDIN
    path = Path(name)
    if path.is_absolute():
        return path.as_uri()
    return quote(path.as_posix().encode("utf-8", "surrogatepass"), safe="/")
