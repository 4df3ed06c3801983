"""Checks the body of a page with nh3: only listed tags and attributes may be in it.

nh3 reads a page as browsers do and removes what is not on the list. Whatever it removes or reads differently
from how it is written is a fault, so that only what it accepts is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import zip_longest

import nh3

from tallybook.report.allowed import (
    DRAWING_TAGS,
    EVERYWHERE,
    EXACT_VALUES,
    OUTSIDE,
    PLAIN_TAGS,
    PRESENTATION,
    TAGS_WITH_ATTRIBUTES,
)
from tallybook.report.embedded import picture_faults
from tallybook.report.stylesheet import style_faults

_TAGS = {*PLAIN_TAGS, *TAGS_WITH_ATTRIBUTES, *DRAWING_TAGS}
_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(names) for tag, names in TAGS_WITH_ATTRIBUTES.items()},
    **{tag: {*names, *PRESENTATION} for tag, names in DRAWING_TAGS.items()},
    "*": set(EVERYWHERE),
}
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True)
class Token:
    """A start tag, an end tag, a text, or something else (a comment), in the order of the page.

    ``kind``: "start", "end", "text" or "other"; ``name``: of the tag, or the text itself; ``place``: for a
    person: below which heading.
    """

    kind: str
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    place: str = field(default="", compare=False)


_END = Token("end", "body")


def tokens_of(markup: str) -> list[Token]:
    """The tags and texts of a page in order; adjacent texts are joined."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return list(_joined(reader.tokens))


def markup_faults(markup: str, tokens: list[Token], files: Set[str]) -> Iterator[str]:
    """What the list does not allow in the body of a page. ``tokens``: those of ``markup``."""

    def kept(tag: str, name: str, value: str) -> str | None:
        return value if _may_stand(tag, name, value, files) else None

    cleaner = nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=set(),
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        tag_attribute_values=EXACT_VALUES,
        generic_attribute_prefixes={"aria-"},
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
    )
    told = False
    for token in tokens:
        if token.kind == "other":
            yield f"has {token.name}{token.place}"
        elif token.kind != "text" and token.name not in _TAGS:
            yield f"has a <{token.name[:40]}>{token.place}"
        else:
            continue
        told = True
    left = tokens
    if told:
        left = list(_joined(token for token in tokens if token.kind == "text" or token.name in _TAGS))
    cleaned = cleaner.clean(markup)
    if cleaned == _written(left):  # the same as below, without reading it again
        return
    for ours, theirs in zip_longest(left, tokens_of(cleaned), fillvalue=_END):
        if ours == theirs:
            continue
        if (ours.kind, ours.name) != (theirs.kind, theirs.name):
            if not told:
                yield f"has tags that do not fit together, at {_shown(ours)}{ours.place}"
            return
        refused = [name for name, value in ours.attributes.items() if theirs.attributes.get(name) != value]
        for name in refused:
            yield _refusal(ours.name, name, ours.attributes[name]) + ours.place
        if not refused:
            yield f"has attributes of a <{ours.name}> that cannot be read for certain{ours.place}"
        told = True


def _written(tokens: Iterable[Token]) -> str:
    """Tags and texts as nh3 writes them, which follows the standard's way to write HTML."""
    return "".join(map(_token_written, tokens))


def _token_written(token: Token) -> str:
    match token.kind:
        case "text":
            return _escaped(token.name).replace("<", "&lt;").replace(">", "&gt;")
        case "start":
            return f"<{token.name}{''.join(map(_pair_written, token.attributes.items()))}>"
    return "" if token.name in _VOID else f"</{token.name}>"


def _pair_written(pair: tuple[str, str]) -> str:
    name, value = pair
    quoted = _escaped(value).replace('"', "&quot;")
    return f' {name}="{quoted}"'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("\xa0", "&nbsp;")


def _may_stand(tag: str, name: str, value: str, files: Set[str]) -> bool:
    if name == "href":
        return value.startswith("#") or bool(OUTSIDE.fullmatch(value)) or value.partition("#")[0] in files
    if name == "src":
        return not picture_faults(value)
    if name == "tabindex":
        return value in ("0", "-1")
    return name not in PRESENTATION or not style_faults(value)


def _refusal(tag: str, name: str, value: str) -> str:
    if name.startswith("on"):
        return f"has a script in the attribute {name[:40]!r} of a <{tag}>"
    if tag == "a" and name == "href":
        return f"links to {value[:120]!r}, which is not a file of the report"
    if tag == "img" and name == "src" and (told := picture_faults(value)):
        return "; ".join(told[:3])
    if name in ("src", "srcset", "href", "xlink:href", "poster", "data", "background", "ping"):
        return f"asks for another file: <{tag} {name}={value[:80]!r}>"
    return f"has {name[:40]}={value[:80]!r} on a <{tag}>, which no page may have"


def _shown(token: Token) -> str:
    text = {"start": f"<{token.name}>", "end": f"</{token.name}>"}.get(token.kind, repr(token.name[:60]))
    return text[:60]


def _joined(tokens: Iterator[Token] | list[Token]) -> Iterator[Token]:
    """Adjacent texts as one, without the line ends that HTML ignores at the start of a <pre>."""
    text: list[Token] = []
    last = Token("start", "")
    for token in tokens:
        if token.kind == "text":
            text.append(token)
            continue
        yield from _text(text, last)
        text, last = [], token
        yield token
    yield from _text(text, last)


def _text(pieces: list[Token], before: Token) -> Iterator[Token]:
    text = "".join(piece.name for piece in pieces)
    if (before.kind, before.name) == ("start", "pre"):
        text = text.lstrip("\n")
    if text:
        yield Token("text", text, place=pieces[0].place)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Token] = []
        self._drawings = 0
        self._heading: list[str] | None = None
        self._place = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self._heading = []
        self._drawings += tag == "svg"
        self._add("start", tag, {name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._drawings and tag not in _VOID:
            self.handle_endtag(tag)  # outside a drawing, HTML reads <p/> as <p>

    def handle_endtag(self, tag: str) -> None:
        self._drawings -= tag == "svg"
        self._add("end", tag)
        if tag in _HEADINGS and self._heading is not None:
            title = " ".join("".join(self._heading).split())
            self._place, self._heading = f" (below the heading “{title[:80]}”)", None

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            self._heading.append(data)
        self._add("text", data)

    def handle_comment(self, data: str) -> None:
        self._add("other", f"a comment, {data[:40]!r}")

    def handle_decl(self, decl: str) -> None:
        self._add("other", f"a declaration, {decl[:40]!r}")

    def unknown_decl(self, data: str) -> None:
        self._add("other", f"a declaration, {data[:40]!r}")

    def handle_pi(self, data: str) -> None:
        self._add("other", f"a processing instruction, {data[:40]!r}")

    def _add(self, kind: str, name: str, attributes: dict[str, str] | None = None) -> None:
        self.tokens.append(Token(kind, name, attributes or {}, self._place))
