"""Comments on words of a DOCX file, in a copy of it: all else of the file stays as the writer left it.

The words are looked for in the final view, the same that was read; where they are gone or stand in several
places alike, the place with the same words around them is taken, and none where the digits are others.
"""

from __future__ import annotations

import copy
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from tallybook.book.records import Anchor
from tallybook.intake.article_text import unread
from tallybook.intake.docx_package import Package
from tallybook.intake.docx_parts import Parts
from tallybook.intake.docx_styles import child, local

_LARGEST_COPY = 150_000_000
_GONE = frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr", "instrText", "delText"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_AROUND = 40
_SIGNS = {0x2010: "-", 0x2011: "-", 0xAD: None}


@dataclass(frozen=True, slots=True)
class Remark:
    """``lines``: what the comment says, a paragraph each, on the words of ``anchor``."""

    id: str
    anchor: Anchor
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commented:
    """``raw``: the copy; ``placed``, ``lost``: the ids of remarks whose words were found, or were not."""

    raw: bytes
    placed: tuple[str, ...]
    lost: tuple[str, ...]


def commented(raw: bytes, name: str, remarks: Sequence[Remark], author: str, day: str) -> Commented:
    """A copy of a DOCX file with a comment for each remark. BookError where the file cannot be read.

    ``day``: in ISO form, when the comments were made.
    """
    package = Package(raw, name)
    parts = Parts(package)
    paragraphs = [_Line(element) for element in _paragraphs(parts.document)]
    placed, lost = [], []
    for remark in remarks:
        place = _place(paragraphs, remark.anchor)
        if place is None:
            lost.append(remark.id)
            continue
        line, start, end = place
        id_ = parts.add_comment(remark.lines, author, day)
        _hang(line, start, end, id_, parts)
        paragraphs[paragraphs.index(line)] = _Line(line.element)
        placed.append(remark.id)
    return Commented(_copied(raw, name, parts.changed()), tuple(placed), tuple(lost))


def _paragraphs(root: Any) -> Iterator[Any]:
    """All paragraphs that print text, in their order."""
    for element in root.iter():
        if local(element) == "p" and not any(local(outer) in _GONE for outer in element.iterancestors()):
            yield element


@dataclass(frozen=True, slots=True)
class _Char:
    """A printed character: the element whose text has it, and where; ``at`` is None of a tab or a break."""

    sign: str
    element: Any
    at: int | None


class _Line:
    """A paragraph as plain text, with the place in the file of each of its characters."""

    def __init__(self, element: Any) -> None:
        self.element = element
        self.chars = list(_folded(_printed(element)))
        self.text = "".join(char.sign for char in self.chars)


def _printed(element: Any) -> Iterator[_Char]:
    for part in element:
        name = local(part)
        if name in _GONE or name in ("p", "drawing", "pict", "object", "AlternateContent"):
            continue
        if name == "t":
            yield from (_Char(sign, part, at) for at, sign in enumerate(part.text or ""))
        elif name in ("tab", "ptab", "br", "cr"):
            yield _Char(" ", part, None)
        elif name == "noBreakHyphen":
            yield _Char("-", part, None)
        else:
            yield from _printed(part)


def _folded(chars: Iterator[_Char]) -> Iterator[_Char]:
    """Spaces as one, raised digits and ligatures as plain ones: what tells words apart, and no more."""
    space = False
    for char in chars:
        for sign in _fold(char.sign):
            if sign != " " or not space:
                yield _Char(sign, char.element, char.at)
            space = sign == " "


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    return "".join(" " if sign.isspace() else sign for sign in plain)


def _place(lines: Sequence[_Line], anchor: Anchor) -> tuple[_Line, int, int] | None:
    """The line and the places in it of the words: where most of the words around them are the same."""
    words = " ".join(_fold(anchor.exact).split())
    before, behind = (" ".join(_fold(text).split()) for text in (anchor.prefix, anchor.suffix))
    best: tuple[int, int, tuple[_Line, int, int]] | None = None
    number = 0
    for line in lines:
        number += bool(line.text.strip())
        start = line.text.find(words) if words else -1
        while start >= 0:
            end = start + len(words)
            if not _inside_a_number(line.text, start, end):
                alike = _same_end(line.text[max(0, start - _AROUND) : start], before)
                alike += _same_start(line.text[end : end + _AROUND], behind)
                rank = (alike, -abs(number - anchor.paragraph))
                if best is None or rank > best[:2]:
                    best = (*rank, (line, start, end))
            start = line.text.find(words, start + 1)
    return best[2] if best is not None else None


def _inside_a_number(text: str, start: int, end: int) -> bool:
    """Whether the words are cut out of a longer number: "12" of "112" or of "12,500"."""
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    joined = before[-1:].isdigit() and text[start].isdigit()
    joined |= before[-1:] in (",", ".") and before[:1].isdigit() and text[start].isdigit()
    goes_on = text[end - 1].isdigit() and (
        behind[:1].isdigit() or (behind[:1] in (",", ".") and behind[1:].isdigit())
    )
    return joined or goes_on


def _same_end(text: str, words: str) -> int:
    return _same_start(text.rstrip()[::-1], words[::-1])


def _same_start(text: str, words: str) -> int:
    count = 0
    for one, other in zip(text.lstrip(), words, strict=False):
        if one != other:
            break
        count += 1
    return count


def _hang(line: _Line, start: int, end: int, id_: str, parts: Parts) -> None:
    """Put the marks of a comment around the characters from ``start`` to ``end``."""
    last, first = line.chars[end - 1], line.chars[start]
    behind = _cut(last, after=True)
    in_front = _cut(first, after=False)
    if behind is _run_of(first.element):  # the run of both was cut in front of the words, too
        behind = in_front
    in_front.addprevious(parts.mark("commentRangeStart", id_))
    closing, reference = parts.mark("commentRangeEnd", id_), parts.reference(id_)
    behind.addnext(closing)
    closing.addnext(reference)


def _cut(char: _Char, *, after: bool) -> Any:
    """The run that begins with a character, or ends ``after`` it; a run that goes on is cut in two."""
    element, run = char.element, _run_of(char.element)
    if char.at is not None:
        place = char.at + after
        text = element.text or ""
        if 0 < place < len(text):
            rest = copy.deepcopy(element)
            element.text, rest.text = text[:place], text[place:]
            element.set(_SPACE, "preserve")
            rest.set(_SPACE, "preserve")
            element.addnext(rest)
            element = element if after else rest
    inside = [part for part in run if local(part) != "rPr"]
    at = inside.index(element) + after
    if after and at < len(inside):
        _new_run(run, inside[at:])
    elif not after and at > 0:
        return _new_run(run, inside[at:])
    return run


def _run_of(element: Any) -> Any:
    return next(outer for outer in element.iterancestors() if local(outer) == "r")


def _new_run(run: Any, moved: Sequence[Any]) -> Any:
    """A run behind another, of the same looks, with some of its parts."""
    made = run.makeelement(run.tag, dict(run.attrib), run.nsmap)
    looks = child(run, "rPr")
    if looks is not None:
        made.append(copy.deepcopy(looks))
    run.addnext(made)
    for part in moved:
        made.append(part)
    return made


def _copied(raw: bytes, name: str, changed: dict[str, bytes]) -> bytes:
    """The file with some parts changed or added, all others as they are."""
    out = BytesIO()
    left = dict(changed)
    names = {part.lower(): part for part in changed}
    room = _LARGEST_COPY
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            ours = names.get(part.filename.lower())
            if ours is not None:
                if ours in left:
                    new.writestr(_entry(part.filename), left.pop(ours), zipfile.ZIP_DEFLATED)
                continue
            try:
                with old.open(part) as stream:
                    content = stream.read(room + 1)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
                raise unread(name, f"is damaged ({part.filename[:80]}). Save it again.") from None
            room -= len(content)
            if room < 0:
                raise unread(name, f"unpacks to more than {_LARGEST_COPY:,} bytes.")
            new.writestr(part, content)
        for part_name, content in left.items():
            new.writestr(_entry(part_name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Without the moment, so that the same verdicts give the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o600 << 16
    return entry
