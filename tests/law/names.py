"""Ids as the records of a book want them, for the names of a case ("confirmed or suspected")."""

from __future__ import annotations

import re
from collections.abc import Iterable


class Names:
    """One id for each name, whatever is asked first; ``back`` leads from the id to the name."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._ids: dict[str, str] = {}
        self.back: dict[str, str] = {id_: id_ for id_ in taken}

    def id(self, name: object) -> str:
        text = str(name)
        if text not in self._ids:
            slug = re.sub(r"[^a-z0-9_-]+", "-", text.casefold()).strip("-_")[:70] or "name"
            number, id_ = 2, slug
            while id_ in self.back:
                id_, number = f"{slug}-{number}", number + 1
            self._ids[text] = id_
            self.back[id_] = text
        return self._ids[text]

    def all(self) -> dict[str, str]:
        """Id → name, in the order in which they were asked for."""
        return {id_: name for name, id_ in self._ids.items()}
