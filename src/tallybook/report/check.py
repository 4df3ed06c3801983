"""Checks a finished page: everything in it must be on the list of what a page may contain, pictures need
alt text, headings must be in order, and links must lead somewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set

from tallybook.report.allowed import HEAD
from tallybook.report.page_body import Token, markup_faults, tokens_of
from tallybook.report.policy import style_digest
from tallybook.report.stylesheet import style_faults

PLACEHOLDER = "no description has been provided"  # nbconvert writes it where alt text is missing
_BEGIN = re.compile(r'<!DOCTYPE html>\n<html lang="[A-Za-z-]{2,35}">\n<head>\n')
_ID = re.compile(r'\sid="([^"]*)"')
_MIDDLE = "</head>\n<body>\n"
_END = "</body>\n</html>\n"


def anchors(page: str) -> frozenset[str]:
    """The ids of a page's elements, so that links to them are known to lead somewhere."""
    return frozenset(_ID.findall(page))


def faults(page: str, files: Mapping[str, Set[str]]) -> list[str]:
    """What is wrong with one page, in words; empty if nothing is.

    ``files``: the paths of all files of the site as links on this page give them, each with its anchors.
    """
    page = page.replace("\r\n", "\n").replace("\r", "\n")  # as browsers do
    begin = _BEGIN.match(page)
    head, middle, rest = page[begin.end() if begin else 0 :].partition(_MIDDLE)
    if begin is None or not middle or not rest.endswith(_END):
        return ["is not one head and one body as the templates write them"]
    body = rest.removesuffix(_END)
    tokens = tokens_of(body)
    found = [
        *_head_faults(head),
        *markup_faults(body, tokens, files.keys()),
        *_picture_faults(tokens),
        *_outline_faults(tokens),
        *_anchor_faults(tokens, files),
    ]
    return list(dict.fromkeys(found))


def _head_faults(head: str) -> Iterator[str]:
    kinds: list[str | None] = []
    digests: list[str] = []
    place = 0
    while place < len(head):
        part = HEAD.match(head, place)
        if part is None:
            yield f"has in its head what no template writes: {head[place : place + 80]!r}"
            return
        place = part.end()
        if part.lastgroup != "space":
            kinds.append(part.lastgroup)
        yield from style_faults(part["style"] or "")
        digests += [part["digest"]] if part["digest"] else []
        if part["style"] is not None and digests != [style_digest(part["style"])]:
            yield "has a style that its policy does not allow by its digest"
        if part["data"] is not None:
            yield from _data_faults(part["data"])
    if kinds[:2] != ["charset", "policy"]:
        yield "does not begin with its character set and then the policy that forbids all requests"
    if kinds.count("title") != 1:
        yield f"has {kinds.count('title')} titles where it needs one"


def _data_faults(data: str) -> Iterator[str]:
    """Of a block of JSON-LD, which no browser runs: it must be JSON."""
    try:
        json.loads(data)
    except ValueError as error:
        yield f"has data that are no JSON: {error}"


def _picture_faults(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if (token.kind, token.name) != ("start", "img"):
            continue
        alt = token.attributes.get("alt", "").strip()
        if not alt or PLACEHOLDER in alt.lower():
            yield (
                "has a picture without alt text: show a tallybook chart, or give the output metadata "
                f"an 'alt'{token.place}"
            )


def _outline_faults(tokens: Iterable[Token]) -> Iterator[str]:
    started = [token.name for token in tokens if token.kind == "start"]
    if (mains := started.count("main")) != 1:
        yield f"has {mains} <main> where it needs one"
    before = 0
    for level in (int(name[1]) for name in started if re.fullmatch("h[1-6]", name)):
        if before == 0 and level != 1:
            yield f"begins with a heading of level {level}; the first is of level 1"
        elif level == 1 and before:
            yield "has a second heading of level 1"
        elif level > before + 1 and before:
            yield f"goes from a heading of level {before} to one of level {level}"
        before = level


def _anchor_faults(tokens: Iterable[Token], files: Mapping[str, Set[str]]) -> Iterator[str]:
    ids: set[str] = set()
    jumps: dict[str, str] = {}
    for token in tokens:
        if (name := token.attributes.get("id")) is not None:
            if name in ids:
                yield f"has the id {name!r} twice{token.place}"
            ids.add(name)
        if token.name != "a":
            continue
        path, sign, anchor = token.attributes.get("href", "").partition("#")
        if sign and not path:
            jumps.setdefault(anchor, token.place)
        elif sign and path in files and anchor not in files[path]:
            yield f"links to {anchor!r} of {path}, which is not there{token.place}"
    for jump, place in jumps.items():
        if jump not in ids:
            yield f"links to {jump!r}, which is not on it{place}"
