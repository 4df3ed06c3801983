"""Text → mentions: every figure of a news text as its words state it, with exact offsets.

    >>> from tallybook.reading import read
    >>> read("as many as 200,000–260,000 shells per month")[0].per
    'month'

A scanner finds the words that may begin a number (digits, and the words of the lexicon); a small
grammar reads what stands around each. The words are data: ``lexicon/<language>.toml``.
"""

from tallybook.reading.mention import FIGURE, Mention, Reading
from tallybook.reading.scanner import read
from tallybook.reading.stream import read_blocks, read_file

__all__ = ["FIGURE", "Mention", "Reading", "read", "read_blocks", "read_file"]
