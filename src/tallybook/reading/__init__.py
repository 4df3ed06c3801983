"""Text → mentions: every figure of a news text as its words state it, with exact offsets.

    >>> from tallybook.reading import read
    >>> read("as many as 200,000–260,000 shells per month")[0].per
    'month'

A scanner finds the words that may begin a number (digits, and the words of the lexicon); a small
grammar reads the words around each. The words are data: ``lexicon/<language>.toml``.

Each part imports only the parts before it:

    text      sentences and tokens, with their offsets
    lexicon   the words of a language, by what reads them
    numbers   the value of one number, and the unit behind it
    asides    numbers that are not figures: dates, names, labels, calibres
    figures   a number with its bounds, unit or noun, range, rate, change
    mention   what the reader returns
    scanner   a text, sentence by sentence
    stream    a text of any size, block by block

They are imported when they are first used: the words of a book that was opened before are not read again.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallybook.reading.mention import FIGURE, Mention, Reading
    from tallybook.reading.scanner import read
    from tallybook.reading.stream import read_blocks, read_file

__all__ = ["FIGURE", "Mention", "Reading", "read", "read_blocks", "read_file"]

_HOME = {
    "FIGURE": "mention",
    "Mention": "mention",
    "Reading": "mention",
    "read": "scanner",
    "read_blocks": "stream",
    "read_file": "stream",
}


def __getattr__(name: str) -> Any:
    """Public names are found on first use (PEP 562)."""
    if name in _HOME:
        return getattr(import_module(f"tallybook.reading.{_HOME[name]}"), name)
    raise AttributeError(f"module 'tallybook.reading' has no attribute {name!r}")
