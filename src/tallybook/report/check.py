"""Reads a finished page again and says what must not be published: a picture without words for it,
a script, anything that a browser would fetch from elsewhere, broken headings or links.
"""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser

PLACEHOLDER = "no description has been provided"  # nbconvert writes it where alt text is missing
_REFUSED = frozenset(
    {"script", "iframe", "frame", "object", "embed", "applet", "base", "form", "video", "audio", "portal"}
)
_LOADING = ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "xlink:href")
_LINK_SCHEMES = ("http://", "https://", "mailto:")


def faults(page: str, files: Iterable[str]) -> list[str]:
    """What is wrong with one page, in words; none for a good one.

    ``files``: the paths of all files of the site, which links may lead to.
    """
    reader = _Reader(frozenset(files))
    reader.feed(page)
    reader.close()
    reader.look_back()
    return list(dict.fromkeys(reader.found))


class _Reader(HTMLParser):
    def __init__(self, files: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._files = files
        self._ids: set[str] = set()
        self._jumps: list[str] = []
        self._level = 0
        self._mains = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _REFUSED:
            self.found.append(f"has a <{tag}>")
        if tag == "img":
            self._picture(given)
        if tag == "a" and "href" in given:
            self._link(given["href"])
        if tag == "link" and not given.get("href", "").startswith("data:"):
            self.found.append(f"asks for another file: <link href={given.get('href', '')!r}>")
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.found.append("sends the reader elsewhere by <meta refresh>")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._heading(int(tag[1]))
        for name in given:
            if name.startswith("on"):
                self.found.append(f"has a script in the attribute {name!r} of a <{tag}>")
            elif name in _LOADING and not given[name].startswith("data:"):
                self.found.append(f"asks for another file: <{tag} {name}={given[name][:80]!r}>")
        if "id" in given:
            if given["id"] in self._ids:
                self.found.append(f"has the id {given['id']!r} twice")
            self._ids.add(given["id"])
        self._mains += tag == "main"

    handle_startendtag = handle_starttag

    def look_back(self) -> None:
        """What only the whole page can tell."""
        if self._mains != 1:
            self.found.append(f"has {self._mains} <main> where it needs one")
        self.found += [
            f"links to {jump!r}, which is not on it" for jump in self._jumps if jump not in self._ids
        ]

    def _picture(self, given: dict[str, str]) -> None:
        alt = given.get("alt", "").strip()
        if not alt or PLACEHOLDER in alt.lower():
            self.found.append(
                "has a picture without alt text: show a tallybook chart, or give the output metadata an 'alt'"
            )

    def _link(self, target: str) -> None:
        if target.startswith("#"):
            self._jumps.append(target[1:])
        elif not target.startswith(_LINK_SCHEMES) and target.partition("#")[0] not in self._files:
            self.found.append(f"links to {target[:120]!r}, which is no file of the report")

    def _heading(self, level: int) -> None:
        if self._level == 0 and level != 1:
            self.found.append(f"begins with a heading of level {level}; the first is of level 1")
        elif level == 1 and self._level:
            self.found.append("has a second heading of level 1")
        elif level > self._level + 1 and self._level:
            self.found.append(f"goes from a heading of level {self._level} to one of level {level}")
        self._level = level
