"""The handbook: the pages of ``docs/`` that ``docs/index.md`` links to, made of Markdown for the site.

The index is the list: a file that it does not link to is not published. Raw HTML is shown as text. Headings
have the anchors that code hosts give them, so that one link leads to the same place there and here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from tallybook.book.problems import BookError
from tallybook.book.text_files import read_text
from tallybook.report.addresses import HANDBOOK, from_page
from tallybook.report.dress import dressed_page
from tallybook.report.errors import ReportError

if TYPE_CHECKING:
    from markdown_it.token import Token

FOLDER, FIRST = "docs", "index.md"
LARGEST_FILE = 1_000_000
HEAVY = 80_000
"""Characters of HTML above which a file is a page for each of its parts: tables grow by half in a page."""
_NEW_LINE = "\n"
_OUTSIDE = ("https://", "http://", "mailto:")
_NOT_IN_AN_ANCHOR = re.compile(r"[^\w\- ]")


@dataclass(frozen=True)
class Chapter:
    """One page. ``file``: its Markdown, from the project's folder; ``path``: its place in the site.

    ``group``: the heading of the index that it stands below; ``anchor``: of its title; ``parts``: the link to
    each part of it, with its title.
    """

    file: str
    path: str
    group: str
    title: str
    anchor: str
    lead: str
    body: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Sheet:
    """A page before its links are known: all tokens of a file, or those of one part of it."""

    name: str
    path: str
    group: str
    tokens: list[Token]
    below: tuple[tuple[str, str], ...] = ()


def handbook(root: Path) -> list[Chapter]:
    """The pages in the order of the index, the index first; [] where the project has no ``docs/index.md``.

    ReportError names every file that cannot be read and every link that leads nowhere.
    """
    folder = root / FOLDER
    if not (folder / FIRST).is_file():
        return []
    faults: list[str] = []
    index = _parsed(folder / FIRST, root, faults)
    sheets = [_Sheet(FIRST, HANDBOOK, "", index)]
    for name, group in _listed(index).items():
        if (folder / name).is_file():
            sheets += _sheets(name, group, _parsed(folder / name, root, faults))
    places = {(one.name, anchor): one.path for one in sheets for anchor in ("", *_anchors(one.tokens))}
    places |= {(one.name, ""): one.path for one in reversed(sheets)}
    titles = {one.name: _title(one) for one in reversed(sheets)}
    chapters = [_chapter(one, places, titles, root, faults) for one in sheets]
    if faults:
        raise ReportError("\n".join(dict.fromkeys(faults)))
    return chapters


def anchor_of(title: str, taken: set[str]) -> str:
    """The anchor of a heading as code hosts make it; a number tells equal ones apart."""
    wanted = name = _NOT_IN_AN_ANCHOR.sub("", title.strip().lower()).replace(" ", "-")
    number = 1
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken.add(name)
    return name


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("fence", _fence)
    return markdown


def _fence(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    """A block as it is; of a console, what a person types is told from what the program prints."""
    block = tokens[place]
    lines = escapeHtml(block.content).splitlines()
    if block.info.partition(" ")[0] == "console":
        lines = [f"<kbd>{line}</kbd>" if line.startswith("$ ") else line for line in lines]
    return f"<pre><code>{_NEW_LINE.join(lines)}</code></pre>\n"


def _parsed(file: Path, root: Path, faults: list[str]) -> list[Token]:
    """The tokens of a file, its headings with their anchors; what is wrong with it joins ``faults``."""
    name = file.relative_to(root).as_posix()
    try:
        if not file.resolve().is_relative_to(root.resolve()):
            faults.append(f"{name}: leads out of the project's folder. Copy the file here.")
            return []
        if file.stat().st_size > LARGEST_FILE:
            faults.append(f"{name}: is larger than {LARGEST_FILE:,} bytes. Split it.")
            return []
        tokens = _markdown().parse(read_text(file))
    except OSError as error:
        faults.append(f"{name}: cannot be read: {error.strerror}.")
        return []
    except BookError as error:
        faults.append(str(error))
        return []
    taken = {"_content"}
    for token, title in _headings(tokens):
        token.attrSet("id", anchor_of(title, taken))
    if [token.tag for token, _ in _headings(tokens)].count("h1") != 1:
        faults.append(f"{name}: needs one heading of level 1, which is the title of its page.")
    return tokens


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token, _text(tokens[place + 1])


def _text(inline: Token) -> str:
    return "".join(" " if "break" in part.type else part.content for part in inline.children or ())


def _anchors(tokens: Sequence[Token]) -> list[str]:
    return [str(token.attrGet("id")) for token, _ in _headings(tokens)]


def _links(token: Token) -> Iterator[Token]:
    yield from (part for part in token.children or () if part.type in ("link_open", "image"))


def _listed(index: Sequence[Token]) -> dict[str, str]:
    """The files that the index links to, each with the heading of level 2 that it stands below."""
    found: dict[str, str] = {}
    group = ""
    for place, token in enumerate(index):
        if token.type == "heading_open" and token.tag == "h2":
            group = _text(index[place + 1])
        for link in _links(token):
            name = unquote(str(link.attrGet("href") or "").partition("#")[0])
            if name.endswith(".md") and not {"/", "\\", "\0"} & set(name) and name != FIRST:
                found.setdefault(name, group)
    return found


def _sheets(name: str, group: str, tokens: list[Token]) -> list[_Sheet]:
    """The page of a file; where it is heavy, a page of its beginning and one for each heading of level 2."""
    stem = name.removesuffix(".md")
    whole = _Sheet(name, f"{FOLDER}/{stem}.html", group, tokens)
    starts = [
        place for place, token in enumerate(tokens) if (token.type, token.tag) == ("heading_open", "h2")
    ]
    if not starts or len(_markdown().renderer.render(tokens, _markdown().options, {})) <= HEAVY:
        return [whole]
    title = _title(whole)
    parts = []
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        part = tokens[start:end]
        for token in part:
            if token.type.startswith("heading"):
                token.tag = f"h{max(1, int(token.tag[1]) - 1)}"
        path = f"{FOLDER}/{stem}/{tokens[start].attrGet('id')}.html"
        parts.append((_Sheet(name, path, f"{group}: {title}" if group else title, part), _text(part[1])))
    below = tuple((sheet.path, words) for sheet, words in parts)
    return [_Sheet(name, whole.path, group, tokens[: starts[0]], below), *(sheet for sheet, _ in parts)]


def _title(sheet: _Sheet) -> str:
    return next((words for token, words in _headings(sheet.tokens) if token.tag == "h1"), sheet.name)


def _chapter(
    sheet: _Sheet,
    places: Mapping[tuple[str, str], str],
    titles: Mapping[str, str],
    root: Path,
    faults: list[str],
) -> Chapter:
    def told(link: str, why: str) -> None:
        faults.append(f"{FOLDER}/{sheet.name}: the link to {link[:120]!r} {why}")

    for token in sheet.tokens:
        if token.children:
            token.children = list(_resolved(token.children, sheet, places, titles, root, told))
    options = _markdown().options
    page = dressed_page(_markdown().renderer.render(sheet.tokens, options, {}))
    inside = [
        (f"#{token.attrGet('id')}", words) for token, words in _headings(sheet.tokens) if token.tag == "h2"
    ]
    below = [(from_page(path, sheet.path), words) for path, words in sheet.below]
    return Chapter(
        f"{FOLDER}/{sheet.name}",
        sheet.path,
        sheet.group,
        page.title,
        next(iter(_anchors(sheet.tokens)), ""),
        page.question,
        page.html,
        tuple(below or inside),
    )


def _resolved(
    parts: Sequence[Token],
    sheet: _Sheet,
    places: Mapping[tuple[str, str], str],
    titles: Mapping[str, str],
    root: Path,
    told: Callable[[str, str], None],
) -> Iterator[Token]:
    """The tokens of a line with each link as it is on this page; one to a file that has none is words.

    Where the words are the name of a file, they are the title of its page.
    """
    dropped: list[bool] = []
    for place, part in enumerate(parts):
        if part.type == "image":
            told(str(part.attrGet("src")), "is a picture. A page of the handbook has none.")
        elif part.type == "link_open":
            target = _target(str(part.attrGet("href") or ""), sheet, places, root, told)
            dropped.append(target is None)
            if target is not None:
                name = str(part.attrGet("href"))
                part.attrSet("href", target)
                if parts[place + 1].content == name and name in titles:
                    parts[place + 1].content = titles[name]
                yield part
        elif part.type != "link_close" or not dropped.pop():
            yield part


def _target(
    link: str,
    sheet: _Sheet,
    places: Mapping[tuple[str, str], str],
    root: Path,
    told: Callable[[str, str], None],
) -> str | None:
    if link.startswith(_OUTSIDE):
        return link
    name, sign, anchor = (unquote(part) for part in link.partition("#"))
    if (found := places.get((name or sheet.name, anchor))) is not None:
        return from_page(found + sign + anchor, sheet.path)
    if (name or sheet.name, "") in places:
        told(link, f"names no heading of {name or sheet.name}. Correct the part behind #.")
        return None
    file = (root / FOLDER / name).resolve()
    if not file.is_relative_to(root.resolve()) or not file.exists():
        told(link, "leads to no file. Correct it, or take it out.")
    return None
