"""Anchors put where their words stand now: shown as a difference, and written only when asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from tallybook.book import Article, Book
from tallybook.book.passages import Paragraphs
from tallybook.book.yaml_lines import KeyPath
from tallybook.intake.match_decisions import read_file, written_together
from tallybook.intake.quotations import QuotationCheck
from tallybook.intake.yaml_values import difference, with_values

_KEYS = ("exact", "prefix", "suffix", "paragraph", "start", "end")


class Reanchored:
    """The file of an article as it shall be. BookError where only a person can change its notation.

    ``difference``: the lines that change, as ``diff`` prints them. ``left``: the quotations that moved or
    changed and whose place cannot be told.
    """

    def __init__(self, book: Book, article: Article, text: str, checks: Iterable[QuotationCheck]) -> None:
        self._root = book.root
        self._file = book.root / "claims" / f"{article.id}.yaml"
        self._before = read_file(self._file)
        checks = list(checks)
        wanted = {path: value for check in checks for path, value in _values(check).items()}
        self.left = [c for c in checks if c.now is None and c.result in ("moved", "changed")]
        if wanted and article.text is not None and not self.left:
            digest = hashlib.sha256(text.encode()).hexdigest()
            wanted |= {("text", "sha256"): digest, ("text", "characters"): str(len(text))}
            wanted[("text", "paragraphs")] = str(len(Paragraphs(text)))
        self._after = with_values(self._before, wanted, f"claims/{self._file.name}")

    @property
    def difference(self) -> list[str]:
        return difference(f"claims/{self._file.name}", self._before, self._after)

    def write(self) -> None:
        """BookError where the file was changed since, or the book would not be sound with it."""
        written_together(self._root, {self._file: self._before}, {self._file: self._after})


def _values(check: QuotationCheck) -> dict[KeyPath, str]:
    """The keys of an anchor that its file has, with what they shall say."""
    was, now = check.was, check.now
    if was is None or now is None:
        return {}
    return {
        (*check.path, key): str(getattr(now, key))
        for key in _KEYS
        if key in was.model_fields_set and getattr(was, key) != getattr(now, key)
    }
