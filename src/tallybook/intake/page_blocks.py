"""The blocks of a page in the order of the file: each with its words, what kind it is and where it stands.

A block is what a browser sets as one paragraph, heading, row or caption. Which of them are the article is
decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from tallybook.intake.article_text import ParagraphKind
from tallybook.intake.html import INLINE, UNSEEN
from tallybook.intake.page_style import PageStyle
from tallybook.intake.runs import Run, Style

_KIND: dict[str, ParagraphKind] = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "blockquote": "quote", "li": "list", "dt": "list", "dd": "list", "figcaption": "caption",
    "caption": "caption",
}  # fmt: skip
_REGIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("comments", re.compile(r"(?<![a-z])(?:comments?|disqus|respond|replies)(?![a-z])")),
    ("newsletter", re.compile(r"newsletter|subscribe|signup|sign-up|cookie|consent|gdpr")),
    ("paywall", re.compile(r"paywall|regwall|subscriber-only|piano-")),
    (
        "related",
        re.compile(r"related|recommend|read-?more|most-?read|trending|teaser|outbrain|taboola|promo"),
    ),
    (
        "navigation",
        re.compile(r"(?<![a-z])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|share|social)(?![a-z])"),
    ),
    ("footer", re.compile(r"(?<![a-z])(?:footer|copyright)(?![a-z])")),
    ("advertisement", re.compile(r"(?<![a-z])(?:ad|ads|advert|advertisement|sponsored|banner)(?![a-z])")),
)
_REGION_OF_TAG = {"nav": "navigation", "footer": "footer", "aside": "aside", "form": "form", "button": "form"}
_REGION_OF_ROLE = {
    "navigation": "navigation",
    "contentinfo": "footer",
    "search": "form",
    "banner": "navigation",
}
_NOTE_LINK = re.compile(r"\W{0,2}(?:\d{1,3}|[a-z]|[*†‡§]{1,3})\W{0,2}")
_NOTE_CLASS = re.compile(r"footnote|noteref|endnote|fn-?ref|reference", re.I)
_LONGEST_CELL = 400
MOST_ELEMENTS = 25_000
"""Elements of a page: what takes out the article needs some ten seconds for more."""


@dataclass
class Block:
    """``region``: what part of the page it stands in, "" for none that tells; ``hidden``: nobody sees it;
    ``holder``: the element around it; ``table``: a number, the same for all rows; ``notes``: names of the
    elements around it that a note's link may lead to; ``slot``: where its first word stands in the tree."""

    number: int
    kind: ParagraphKind
    tag: str
    region: str
    hidden: bool
    holder: Any
    table: int
    notes: tuple[str, ...]
    runs: list[Run] = field(default_factory=list)
    slot: tuple[Any, str] | None = None

    @property
    def words(self) -> str:
        return " ".join("".join(p.text or " " for p in self.runs if p.style != "struck").split())

    @property
    def linked(self) -> float:
        """Which part of its characters is in links."""
        size = sum(len(run.text) for run in self.runs) or 1
        return sum(len(run.text) for run in self.runs if run.link) / size


@dataclass
class _Around:
    """What holds inside an element, because of it and of those around it."""

    kind: ParagraphKind = "text"
    tag: str = "body"
    region: str = ""
    hidden: bool = False
    style: Style = "plain"
    link: bool = False
    target: str = ""
    holder: Any = None
    table: int = 0
    notes: tuple[str, ...] = ()
    kept: bool = False


def blocks_of(root: Any, style: PageStyle, targets: frozenset[str]) -> tuple[list[Block], list[Any]]:
    """(all blocks that have words, the elements that nobody sees). ``targets``: the names that links name."""
    walk = _Walk(style, targets)
    return walk.blocks(root), walk.hidden


class _Walk:
    def __init__(self, style: PageStyle, targets: frozenset[str]) -> None:
        self._style, self._targets = style, targets
        self._blocks: list[Block] = []
        self._now: Block | None = None
        self._tables = 0
        self.hidden: list[Any] = []

    def blocks(self, root: Any) -> list[Block]:
        from lxml import etree

        stack = [_Around(holder=root)]
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event in ("comment", "pi"):
                self._text(element.tail, stack[-1], element, "tail")
                continue
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in UNSEEN or tag == "head":
                    walk.skip_subtree()
                stack.append(self._around(element, tag, stack[-1]))
                if tag not in UNSEEN and tag != "head":
                    self._text(element.text, stack[-1], element, "text")
            else:
                self._close(tag, stack.pop())
                self._text(element.tail, stack[-1], element, "tail")
        return [block for block in self._blocks if block.words]

    def _around(self, element: Any, tag: str, outer: _Around) -> _Around:
        """What holds inside an element that begins here; the block before it ends if it is no inline one."""
        inner = replace(outer, kept=False)
        if tag == "br":
            self._break()
            return inner
        effects = self._style.of(element)
        inner.hidden = outer.hidden or "hidden" in effects
        if inner.hidden and not outer.hidden:
            self.hidden.append(element)
        for effect in ("raised", "lowered", "struck"):
            if effect in effects and outer.style != "struck":
                inner.style = effect  # type: ignore[assignment]
        if tag == "ins" and inner.style == "plain":
            inner.style = "inserted"
        if tag == "a" and element.get("href"):
            self._link(element, inner)
        if name := element.get("id"):
            inner.notes = (*outer.notes, name) if name in self._targets else outer.notes
        if tag not in INLINE:
            inner.region = outer.region or _region(element, tag)
            self._block(element, tag, inner)
        return inner

    def _link(self, element: Any, inner: _Around) -> None:
        inner.link = True
        href = element.get("href")
        words = "".join(element.itertext())[:20].strip()
        told = _NOTE_CLASS.search(f"{element.get('class')} {element.get('role')} {element.get('id')}"[:400])
        if (
            href.startswith("#")
            and _NOTE_LINK.fullmatch(words)
            and (inner.style == "raised" or told or href[1:] in self._targets)
        ):
            inner.style, inner.target = "note", href[1:]
        elif inner.style == "raised":
            inner.style = "note"

    def _block(self, element: Any, tag: str, inner: _Around) -> None:
        """An element that is set on its own: a block begins, unless it stands in the row of a table."""
        if tag == "table" and not inner.table and _holds_data(element):
            self._tables += 1
            inner.table = self._tables
        if inner.table and tag in ("td", "th"):
            self._cell()
            return
        if inner.table and tag not in ("tr", "caption", "table", "thead", "tbody", "tfoot"):
            if self._now is not None and self._now.runs:
                self._now.runs.append(Run(" "))
            return
        inner.kind = "table" if tag == "tr" and inner.table else _KIND.get(tag, inner.kind)
        inner.tag = tag
        inner.holder = element.getparent() if element.getparent() is not None else element
        inner.kept = True
        self._now = None

    def _close(self, tag: str, inner: _Around) -> None:
        if inner.kept:
            self._now = None

    def _break(self) -> None:
        """A forced line end; two of them end a paragraph."""
        if self._now is None:
            return
        for run in reversed(self._now.runs):
            if run.style == "break":
                self._now = None
                return
            if run.text.strip():
                break
        if self._now.runs:
            self._now.runs.append(Run("", "break"))

    def _cell(self) -> None:
        if self._now is not None and self._now.runs:
            self._now.runs.append(Run(" | ", "cell"))

    def _text(self, text: str | None, around: _Around, element: Any, slot: str) -> None:
        if not text:
            return
        now = self._now
        if now is not None and now.hidden != around.hidden and text.strip():
            self._aside(text, around)
            return
        if now is None:
            if not text.strip():
                return
            now = self._open(around)
        if now.slot is None and text.strip():
            now.slot = (element, slot)
        if around.tag == "pre" and "\n" in text.strip("\n"):
            for number, line in enumerate(text.strip("\n").split("\n")):
                if number:
                    now.runs.append(Run("", "break"))
                now.runs.append(Run(line, around.style, around.link, around.target))
            return
        now.runs.append(Run(text, around.style, around.link, around.target))

    def _open(self, around: _Around) -> Block:
        block = Block(
            len(self._blocks), around.kind, around.tag, around.region, around.hidden, around.holder,
            around.table, around.notes,
        )  # fmt: skip
        self._blocks.append(block)
        self._now = block
        return block

    def _aside(self, text: str, around: _Around) -> None:
        """Words that are hidden inside a block that is seen, or seen inside a hidden one."""
        now = self._now
        self._open(around).runs.append(Run(text, around.style, around.link, around.target))
        if around.hidden:
            self._now = now


def _region(element: Any, tag: str) -> str:
    """The part of the page that an element says it is."""
    if tag in _REGION_OF_TAG:
        return _REGION_OF_TAG[tag]
    if (role := element.get("role")) in _REGION_OF_ROLE:
        return _REGION_OF_ROLE[role]
    if tag in ("body", "html", "main", "article"):
        return ""
    told = f"{element.get('class') or ''} {element.get('id') or ''}".lower()[:400]
    if told == " ":
        return ""
    return next((region for region, pattern in _REGIONS if pattern.search(told)), "")


def _holds_data(table: Any) -> bool:
    """Whether a table is one of data, and no frame for a page: short cells, two in a row, no table inside."""
    rows = 0
    for element in table.iter("td", "th", "table", "h1", "article"):
        if element.tag in ("h1", "article") or (element.tag == "table" and element is not table):
            return False
        if element.tag in ("td", "th"):
            rows += 1
            if sum(map(len, element.itertext())) > _LONGEST_CELL:
                return False
    return rows >= 2
