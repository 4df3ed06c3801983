"""Characters that a book must not hold, because they show a reader something else than what is written.

Control characters, marks that turn the direction of text, code points that are no characters, halves of
surrogate pairs, line separators, and a byte order mark inside a text. Newline and tab stay, and so do the
joiners that Persian and Indian scripts need (U+200C, U+200D).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PLANES = "".join(f"{chr(plane << 16 | 0xFFFE)}-{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_KINDS = {
    "a control character": "\x00-\x08\x0b-\x1f\x7f-\x9f",
    "a separator that YAML reads as a line's end": "\u2028\u2029",
    "a mark that turns the direction of text": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "a byte order mark": "\ufeff",
    "half a surrogate pair": "\ud800-\udfff",
    "a code point that is no character": f"\ufdd0-\ufdef{_PLANES}",
}
_REFUSED = re.compile(f"[{''.join(_KINDS.values())}]")
_REFUSED_ASCII = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_WITHOUT_ROOM = re.compile("[\u00ad\u200b\u2060]")
_LINE_END = re.compile("\r\n?")


def unix_lines(text: str) -> str:
    """The text with each line end as one newline; a carriage return anywhere else is one too, in YAML."""
    return _LINE_END.sub("\n", text) if "\r" in text else text


def without_unseen(text: str) -> str:
    """Without soft hyphens, zero-width spaces and word joiners, which only say where a line may end: "12" and
    ",000" with one between them are 12,000."""
    return text if text.isascii() else _WITHOUT_ROOM.sub("", text)


def unseen_characters(text: str) -> Iterator[tuple[int, bool]]:
    """(offset, whether it is one to take out and to tell of) of each character that nobody sees; white space
    of any kind parts words, and is none."""
    refused = {found.start() for found in _refused(text).finditer(text) if not found[0].isspace()}
    unseen = set() if text.isascii() else {found.start() for found in _WITHOUT_ROOM.finditer(text)}
    return ((at, at in refused) for at in sorted(refused | unseen))


def refused_characters(text: str) -> Iterator[tuple[int, str]]:
    """(offset, what to say) of each character to take out."""
    return ((found.start(), _message(found[0])) for found in _refused(text).finditer(text))


def without_refused(text: str) -> str:
    return _refused(text).sub("", text)


def _refused(text: str) -> re.Pattern[str]:
    return _REFUSED_ASCII if text.isascii() else _REFUSED


def _message(character: str) -> str:
    kind = next(kind for kind, these in _KINDS.items() if re.match(f"[{these}]", character))
    name = unicodedata.name(character, "").lower()
    named = f"U+{ord(character):04X}" + (f" ({name})" if name else "")
    return f"the character {named} is {kind}. Take it out."
