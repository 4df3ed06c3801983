"""HTML of our own as nested lists, so that a page can make its elements one by one and every text a text.

``["p", {"class": "quiet"}, "nine ", ["b", {}, "soldiers"]]``: name, attributes, what is inside.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

Element = list[Any]
_VOID = frozenset({"br", "hr", "wbr"})


def elements(markup: str) -> list[Element | str]:
    """The elements and texts of a piece of HTML, in order. ValueError where its tags are not in pairs."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    if len(reader.open) != 1:
        raise ValueError(f"<{reader.open[-1][0]}> is not closed")
    return reader.open[0][2:]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[Element] = [["", {}]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in _VOID:
            self.open.append(self.open[-1][-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].append([tag, {name: value or "" for name, value in attrs}])

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1][0] != tag:
            raise ValueError(f"</{tag}> closes <{self.open[-1][0]}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        inside = self.open[-1]
        if len(inside) > 2 and isinstance(inside[-1], str):
            inside[-1] += data
        else:
            inside.append(data)
