"""The lexicon's TOML files. A key that nothing reads is an error, so that a typo is never silent."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import resources
from typing import Any

_TABLE = re.compile(r"^(?=\[)", re.MULTILINE)  # a line in an array is indented


class TrackedTable(Mapping[str, Any]):
    """A table of a lexicon that records which keys were asked for, whether they exist or not."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = {k: TrackedTable(v) if isinstance(v, dict) else v for k, v in data.items()}
        self._asked: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self._asked.add(key)
        return self._data[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def unread(self, path: tuple[str, ...] = ()) -> Iterator[str]:
        """One line per key that was never asked for, with the nearest known name."""
        for key, value in self._data.items():
            if key not in self._asked:
                nearest = get_close_matches(key, sorted(self._asked), n=1)
                where = f"[{'.'.join(path)}] has" if path else "there is"
                known = f" (nearest: '{nearest[0]}')" if nearest else ""
                yield f"{where} '{key}', which nothing reads{known}"
            elif isinstance(value, TrackedTable):
                yield from value.unread((*path, key))


def load_toml(name: str) -> TrackedTable:
    """``lexicon/<name>.toml``. If it lists apostrophes, a word with "'" is read with each of them."""
    return _tracked(_text_of(name))


def load_table(name: str, table: str) -> TrackedTable:
    """One table of :func:`load_toml` by itself: the others, which take most of the time, are not read."""
    first, *tables = _TABLE.split(_text_of(name))
    wanted = (text for text in tables if text.startswith((f"[{table}]", f"[{table}.")))
    found: TrackedTable = _tracked("".join([first, *wanted]))[table]
    return found


def _text_of(name: str) -> str:
    return resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")


def _tracked(text: str) -> TrackedTable:
    data = tomllib.loads(text)
    return TrackedTable(_spread(data, data.pop("apostrophes", "'")))


def refuse_unread(name: str, data: TrackedTable) -> None:
    """ValueError, with every key of the file that was loaded into nothing."""
    wrong = list(data.unread())
    if wrong:
        raise ValueError(f"lexicon/{name}.toml: " + "; ".join(wrong))


def _spread(value: Any, marks: str) -> Any:
    """The same with each word that holds an apostrophe once for each kind of mark."""
    if len(marks) < 2:
        return value
    if isinstance(value, dict):
        return {spelled: _spread(v, marks) for k, v in value.items() for spelled in _spelled(k, marks)}
    if isinstance(value, list):
        return [s for item in value for s in (_spelled(item, marks) if isinstance(item, str) else [item])]
    return value


def _spelled(word: str, marks: str) -> list[str]:
    return [word.replace("'", mark) for mark in marks] if "'" in word else [word]
