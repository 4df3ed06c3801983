"""Words as an index keeps them, and how near two texts are by their words (BM25, by SQLite's FTS5).

English words are kept by their stems. Of other alphabets a word is found by its beginning, so that its
endings do not hide it. Writing without spaces is cut into pairs of characters.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator

from tallybook.intake.measure_words import stems

MOST_ASKED = 60
"""Words of one question; a claim and its measure's definition have fewer."""

LONGEST = 4_000
"""Characters of one text; a sentence has fewer."""

_SHORTEST_BEGINNING = 4
_ENDING = 2
_OWN, _AROUND = 3.0, 1.0
"""How much a word counts among a figure's own words, and in what is said around it."""

_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[a-z0-9]+")
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")


def words_indexed(text: str) -> str:
    """A text as its words are kept.

    >>> words_indexed("Soldiers were sent to Kursk")
    'kursk send soldier'
    """
    return " ".join(tokens(text))


def question(texts: Iterable[str], without: frozenset[str] = frozenset()) -> str:
    """What FTS5 is asked: any of the words of some texts, but for some. Empty where there is none."""
    asked: dict[str, None] = {}
    for text in texts:
        for token in tokens(text):
            if token not in without:
                asked.setdefault(_as_asked(token))
    return " OR ".join(list(asked)[:MOST_ASKED])


class NearWords:
    """Some texts, and how near each is to a question."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """``texts``: of each figure its own words, and what stands around them."""
        self._index = sqlite3.connect(":memory:")
        self._index.execute("CREATE VIRTUAL TABLE texts USING fts5(own, around, tokenize='unicode61')")
        rows = ((n, words_indexed(own), words_indexed(around)) for n, (own, around) in enumerate(texts))
        self._index.executemany("INSERT INTO texts(rowid, own, around) VALUES (?, ?, ?)", rows)

    def scores(self, asked: str) -> dict[int, float]:
        """How near each text is, from 0 to 1 for the nearest; texts that share no word are left out."""
        if not asked:
            return {}
        sql = f"SELECT rowid, -bm25(texts, {_OWN}, {_AROUND}) FROM texts WHERE texts MATCH ?"
        found = dict(self._index.execute(sql, (asked,)).fetchall())
        most = max(found.values(), default=0.0)
        return {n: score / most for n, score in found.items()} if most > 0 else {}

    def close(self) -> None:
        self._index.close()


def tokens(text: str) -> Iterator[str]:
    """The words that say something, each once."""
    text = text[:LONGEST]
    yield from sorted(stem for stem in stems(text) if _LATIN.fullmatch(stem))
    for word in dict.fromkeys(_WORD.findall(text.lower())):
        if _LATIN.fullmatch(word):
            continue  # by its stem, above; a number says nothing by its digits
        run = _WITHOUT_SPACES.search(word)
        if run is None:
            yield word
        else:
            yield from (run[0][k : k + 2] for k in range(max(1, len(run[0]) - 1)))


def _as_asked(token: str) -> str:
    """A word, or the beginning of one that may have another ending. A token has no quotation marks."""
    if _LATIN.fullmatch(token) or _WITHOUT_SPACES.match(token) or len(token) < _SHORTEST_BEGINNING:
        return f'"{token}"'
    return f'"{token[: max(_SHORTEST_BEGINNING, len(token) - _ENDING)]}"*'
