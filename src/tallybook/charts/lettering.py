"""What the font of the pictures can draw."""

from __future__ import annotations

from functools import lru_cache

from matplotlib.font_manager import FontProperties, findfont, get_font

from tallybook.charts.style import FAMILY
from tallybook.charts.wording import plain


def drawable(text: str) -> bool:
    """True when the font has every letter of the text."""
    return all(map(_has_glyph, plain(text)))


def drawn(text: str) -> str:
    """The text with "…" for each run of letters that the font does not have."""
    parts: list[str] = []
    for letter in plain(text):
        if _has_glyph(letter):
            parts.append(letter)
        elif parts[-1:] != ["…"]:
            parts.append("…")
    return "".join(parts)


@lru_cache(maxsize=4096)
def _has_glyph(letter: str) -> bool:
    font = get_font(findfont(FontProperties(family=FAMILY)))
    return letter == " " or font.get_char_index(ord(letter)) != 0
