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
"""

from tallybook.reading.mention import FIGURE, Mention, Reading
from tallybook.reading.scanner import read
from tallybook.reading.stream import read_blocks, read_file

__all__ = ["FIGURE", "Mention", "Reading", "read", "read_blocks", "read_file"]
