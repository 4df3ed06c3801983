"""The blocks of a page of Markdown: commands with their output, files, keys, YAML, JSON, Python.

The line that opens a block says what it is. Behind its first word may stand ``file: NAME``, where it is a
file that the reader saves, ``in: PLACE``, where it is run elsewhere than the rest of the page, or ``not run:
REASON``, where it cannot be run here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ELLIPSIS, ENTER = "…", "(Enter)"
KINDS = frozenset({"console", "html", "json", "keys", "python", "text", "yaml"})
_NOT_RUN, _FILE, _IN = "not run:", "file:", "in:"


@dataclass(frozen=True)
class Block:
    """``kind``: the first word of its first line, "" for an indented block; ``line``: from 1."""

    kind: str
    content: str
    line: int
    file: str = ""
    not_run: str = ""
    place: str = ""


@dataclass(frozen=True)
class Command:
    """``shown``: the lines below it, where an ellipsis stands for any; ``keys``: typed while it runs."""

    words: str
    shown: tuple[str, ...]
    keys: str = ""


def blocks_of(text: str) -> list[Block]:
    found = []
    for token in MarkdownIt("commonmark").parse(text):
        if token.type not in ("fence", "code_block") or token.map is None:
            continue
        kind, _, more = token.info.strip().partition(" ")
        file = more.removeprefix(_FILE).strip() if more.startswith(_FILE) else ""
        reason = more.removeprefix(_NOT_RUN).strip() if more.startswith(_NOT_RUN) else ""
        place = more.removeprefix(_IN).strip() if more.startswith(_IN) else ""
        found.append(Block(kind, token.content, token.map[0] + 1, file, reason, place))
    return found


def typed(block: Block) -> str:
    """What a person types, a line each; "(Enter)" is an empty one."""
    return block.content.replace(ENTER, "")


def commands_of(block: Block, keys: str = "") -> Iterator[Command]:
    """The commands of a block; ``keys`` are typed while its last one runs."""
    pieces = re.split(r"^\$ ", block.content, flags=re.MULTILINE)
    for place, one in enumerate(pieces[1:], start=1):
        words, *shown = re.sub(r"\\\n\s*", "", one).splitlines()
        words = re.sub(r"\s{2,}# .*$", "", words)
        yield Command(words, tuple(lines_of("\n".join(shown))), keys if place == len(pieces) - 1 else "")


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def as_shown(printed: list[str], shown: tuple[str, ...]) -> bool:
    """Whether lines are those that a page shows. An ellipsis alone in its line stands for one or more."""
    parts: list[list[str]] = [[]]
    for line in shown:
        if line == ELLIPSIS:
            parts.append([])
        else:
            parts[-1].append(line)
    begin, *middle = parts
    if not middle:
        return printed == begin
    if printed[: len(begin)] != begin:
        return False
    left = printed[len(begin) :]
    for part in middle[:-1]:
        place = next((k for k in range(1, len(left)) if left[k : k + len(part)] == part), None)
        if place is None:
            return False
        left = left[place + len(part) :]
    end = middle[-1]
    return len(left) > len(end) and left[len(left) - len(end) :] == end


def pages(root: Path) -> dict[str, str]:
    """The text of README.md and of each page of docs/, by its path."""
    files = [root / "README.md", *sorted((root / "docs").glob("*.md"))]
    return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in files}
