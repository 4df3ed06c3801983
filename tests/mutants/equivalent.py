"""Changes that no test can catch, since they leave the same program: named with their reason in a file.

An entry of ``equivalent.toml`` is found by the text of the line, never by its number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from places import Place
from trial import CannotRun

_KEYS = {"file", "within", "line", "mutant", "because"}


@dataclass(frozen=True)
class Entry:
    """``line`` becomes ``mutant``, both without indentation; ``within``: function or class, "" for any."""

    file: str
    line: str
    mutant: str
    because: str
    within: str = ""

    def names(self, place: Place) -> bool:
        if place.file != self.file or place.text not in self.line.splitlines():
            return False
        if self.within not in ("", place.within) or place.change is None:
            return False
        return (place.change.before, place.change.after) == (self.line, self.mutant)


def read_entries(path: Path) -> list[Entry]:
    """No entry where there is no file; CannotRun where it is broken."""
    if not path.is_file():
        return []
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent", [])
    except tomllib.TOMLDecodeError as error:
        raise CannotRun(f"{path.name}: {error}") from None
    for number, row in enumerate(rows, 1):
        lacking = sorted(_KEYS - {"within"} - {key for key in row if str(row[key]).strip()})
        unknown = sorted(set(row) - _KEYS)
        if lacking or unknown:
            what = f"lacks {', '.join(lacking)}" if lacking else f"has an unknown key {', '.join(unknown)}"
            raise CannotRun(f"{path.name}: entry {number} {what}.")
    return [
        Entry(**{key: "\n".join(map(str.strip, value.strip().splitlines())) for key, value in row.items()})
        for row in rows
    ]


def named(entries: Iterable[Entry], places: Iterable[Place]) -> tuple[set[str], list[Entry]]:
    """The keys of the places that an entry names, and the entries that name none."""
    found: set[str] = set()
    stale = []
    everywhere = list(places)
    for entry in entries:
        keys = {place.key for place in everywhere if entry.names(place)}
        found |= keys
        if not keys:
            stale.append(entry)
    return found, stale
