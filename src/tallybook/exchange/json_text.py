"""JSON in one form: the same bytes for the same data, and harmless in a terminal and in a page."""

from __future__ import annotations

import json
from typing import Any

_NEVER_PLAIN = frozenset("<>&")
"""With these as escapes, JSON can stand in a page's <script> and end none."""


def json_text(data: Any) -> str:
    r"""The data, indented, in the order given. What is not printable, and what means markup, is an escape.

    ValueError for a number that JSON has no word for.

    >>> json_text({"words": "9 </script>"})
    '{\n  "words": "9 \\u003c/script\\u003e"\n}\n'
    """
    text = json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)
    return (
        "".join(c if c == "\n" or (c.isprintable() and c not in _NEVER_PLAIN) else _escape(c) for c in text)
        + "\n"
    )


def json_bytes(data: Any) -> bytes:
    return json_text(data).encode()


def given(**values: Any) -> dict[str, Any]:
    """The values that are there: what is not known has no key. ``_type`` is the key "@type"."""
    named = {f"@{key[1:]}" if key.startswith("_") else key: value for key, value in values.items()}
    return {key: value for key, value in named.items() if value not in (None, "", [], {})}


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 | code >> 10:04x}\\u{0xDC00 | code & 0x3FF:04x}"
