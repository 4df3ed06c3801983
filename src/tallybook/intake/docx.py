"""An article or draft from a DOCX file, as it reads when all tracked changes are accepted.

Footnotes, endnotes and comments are hung on their words. What was put in or taken out by a tracked change is
marked where it holds a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tallybook.intake.article_text import Annotation, AnnotationKind, Found, LeftOut
from tallybook.intake.blocks import Blocks
from tallybook.intake.docx_package import Package
from tallybook.intake.docx_styles import Styles, child, local, value
from tallybook.intake.runs import Run, Style, write_runs

_CODES = "a3b0b1b3b4bb2d6db72bd725b93c3e3d44a4"
_MEANT = "≤°±≥×≈−µ•+⋅%≠<>=Δ⁄"
_SYMBOLS = {_CODES[2 * at : 2 * at + 2]: sign for at, sign in enumerate(_MEANT)}
"""What the code points of the font "Symbol" mean; they say nothing without the font."""

_SKIPPED = frozenset(
    {"Fallback", "instrText", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "pict"}
)
_MOST_LEFT_OUT = 20_000


def read_docx(raw: bytes, name: str, content_type: str | None = None) -> Found:
    """The paragraphs of a DOCX file with its notes and comments."""
    package = Package(raw, name)
    sheet = package.part(package.named("styles"))
    styles = Styles(sheet)
    notes: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        part = package.named(f"{kind}s")
        found_notes = _notes(package.part(part), kind, styles, package.links(part))
        notes |= {(kind, id_): text for id_, text in found_notes}
    part = package.named("comments")
    comments, links = package.part(part), package.links(part)
    threads = _threads(comments, package.part(package.named("commentsExtended")), styles, links)
    story = _Story(styles, notes)
    root = package.part(package.main)
    story.read(child(root, "body") if child(root, "body") is not None else root)
    found = story.blocks.found()
    hung = [_hung(thread, story.ranges, found) for thread in threads]
    core = package.part("docProps/core.xml")
    heading = next((p.text for p in found.paragraphs if p.kind == "heading"), None)
    return replace(
        found,
        annotations=(*found.annotations, *hung),
        title=story.title or heading or _told(core, "title"),
        author=_told(core, "creator"),
        language=_language(sheet),
        left_out=tuple(story.left_out),
        extractor="tallybook DOCX",
    )


def _told(core: Any, name: str) -> str | None:
    text = (
        (child(core, name).text or "").strip() if core is not None and child(core, name) is not None else ""
    )
    return " ".join(text.split()) or None


def _language(styles: Any) -> str | None:
    code = value(child(styles, "docDefaults", "rPrDefault", "rPr", "lang")) if styles is not None else None
    return code.partition("-")[0].lower() if code else None


class _Story:
    """A text: the body, a note or a comment. ``ranges``: (start, end) of the words of each comment by its id.

    ``links``: the addresses that are to be told beside their words, by their ids.
    """

    def __init__(
        self, styles: Styles, notes: Mapping[tuple[str, str], str], links: Mapping[str, str] | None = None
    ) -> None:
        self._links = links or {}
        self.blocks = Blocks()
        self.ranges: dict[str, tuple[int, int]] = {}
        self.left_out: list[LeftOut] = []
        self.title: str | None = None
        self._styles, self._notes = styles, notes
        self._runs: list[Run] = []
        self._boxes: list[Any] = []
        self._row = self._goes_on = False
        self._hidden = 0

    def read(self, element: Any) -> None:
        """Paragraphs and tables, also in frames around them."""
        for part in element:
            name = local(part)
            if name == "p":
                self._paragraph(part)
            elif name == "tr":
                self._table_row(part)
            elif name in ("commentRangeStart", "commentRangeEnd"):
                self._event(part, name)
            elif name not in _SKIPPED:
                self.read(part)

    def _paragraph(self, paragraph: Any) -> None:
        if not self._row and not self._goes_on:
            self.blocks.begin(self._styles.kind(paragraph))
        elif self._row and not self.blocks.empty:
            self._runs.append(Run(" "))
        start = self.blocks.here
        self._inside(paragraph, "plain")
        self._flush()
        if self.title is None and self._styles.is_title(paragraph):
            self.title = self.blocks.since(start) or None
        self._goes_on = child(paragraph, "pPr", "rPr", "del") is not None and not self._row
        if not self._row and not self._goes_on:
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                self.read(box)

    def _table_row(self, row: Any) -> None:
        """The cells of a row with a bar between them. A row in a cell is part of it."""
        if child(row, "trPr", "del") is not None:
            return
        outer = self._row
        if not outer:
            self.blocks.begin("table")
        self._row = True
        first = True
        for part in row.iterchildren():
            cells = (
                [part]
                if local(part) == "tc"
                else [c for c in part.iter() if local(c) == "tc"]
                if local(part) == "sdt"
                else []
            )
            for cell in cells:
                if not first:
                    self.blocks.write(" | ")
                first = False
                self.read(cell)
        self._row = outer

    def _inside(self, element: Any, style: Style) -> None:
        """What stands in a paragraph: runs, and what surrounds runs."""
        for part in element:
            name = local(part)
            if name == "r":
                self._run(part, style)
            elif name in ("ins", "moveTo"):
                self._inside(part, style if style == "deleted" else "inserted")
            elif name in ("del", "moveFrom"):
                self._inside(part, "deleted")
            elif name in ("commentRangeStart", "commentRangeEnd"):
                self._event(part, name)
            elif name in ("sSup", "sSub", "sSubSup", "f"):
                self._formula(part, name, style)
            elif name == "t":  # of a formula
                self._runs.append(Run(part.text or "", style))
            elif name not in _SKIPPED:
                self._inside(part, style)
                url = self._links.get(value(part, "id") or "") if name == "hyperlink" else None
                if url and url not in "".join(run.text for run in self._runs):
                    self._runs.append(Run(f" ({url})"))

    def _formula(self, part: Any, name: str, style: Style) -> None:
        if name == "f":
            self._runs.append(Run(" ", style))
        for inner in part:
            role = local(inner)
            if role == "den":
                self._runs.append(Run("/", style))
            if role in ("sup", "sub"):
                text = "".join(found.text or "" for found in inner.iter() if local(found) == "t")
                self._runs.append(Run(text, "raised" if role == "sup" else "lowered"))
            elif role in ("e", "num", "den"):
                self._inside(inner, style)

    def _run(self, run: Any, around: Style) -> None:
        style, hidden = self._styles.of_run(run)
        style = around if style == "plain" or around == "deleted" else style
        own_mark = False
        for part in run:
            name = local(part)
            if name in ("footnoteReference", "endnoteReference"):
                own_mark = (value(part, "customMarkFollows") or "0") not in ("0", "false")
                self._note(part, "footnote" if name == "footnoteReference" else "endnote", around)
            elif name == "commentReference":
                self._event(part, name)
            elif name in ("AlternateContent", "drawing", "object"):
                self._boxes += [
                    box for box in part.iter() if local(box) == "txbxContent" and not _in_fallback(box)
                ]
            elif text := _text(part, name):
                if hidden:
                    self._hide(text)
                elif not own_mark:
                    self._runs.append(Run(text, style))
            elif name in ("br", "cr"):
                self._runs.append(Run("", "break"))

    def _hide(self, text: str) -> None:
        self._hidden += len(text)
        if self._hidden <= _MOST_LEFT_OUT and text.strip():
            self.left_out.append(LeftOut("hidden", text.strip()))

    def _note(self, reference: Any, kind: AnnotationKind, around: Style) -> None:
        self._flush()
        text = self._notes.get((kind, value(reference, "id") or ""))
        if text and around != "deleted":
            self.blocks.annotate(self.blocks.here, self.blocks.here, kind, text)

    def _event(self, part: Any, name: str) -> None:
        """The start or end of the words that a comment is about, or the place of one without any."""
        self._flush()
        id_, here = value(part, "id") or "", self.blocks.here
        if name == "commentRangeStart":
            self.ranges[id_] = (here, here)
        elif name == "commentRangeEnd":
            self.ranges[id_] = (self.ranges.get(id_, (here, here))[0], here)
        else:
            self.ranges.setdefault(id_, (here, here))

    def _flush(self) -> None:
        if self._runs:
            write_runs(self.blocks, self._runs, {})
            self._runs = []


def _in_fallback(box: Any) -> bool:
    return any(local(outer) == "Fallback" for outer in box.iterancestors())


def _text(part: Any, name: str) -> str:
    """What a part of a run prints."""
    if name in ("t", "delText"):
        return part.text or ""
    if name in ("tab", "ptab"):
        return " "
    if name == "noBreakHyphen":
        return "\u2011"
    if name == "sym":
        return _SYMBOLS.get((value(part, "char") or "").lower()[-2:], "\ufffd")
    return ""


def _notes(root: Any, kind: str, styles: Styles, links: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """(id, words) of each foot- or endnote; the lines that part them from the text are none."""
    for note in root if root is not None else ():
        if local(note) == kind and value(note, "type") in (None, "normal"):
            yield value(note, "id") or "", _words(note, styles, links)


def _words(element: Any, styles: Styles, links: Mapping[str, str]) -> str:
    story = _Story(styles, {}, links)
    story.read(element)
    return " ".join(paragraph.text for paragraph in story.blocks.found().paragraphs)


@dataclass
class _Thread:
    """A comment with its answers."""

    id: str
    author: str | None
    text: str
    resolved: bool = False
    replies: list[str] = field(default_factory=list)


def _threads(comments: Any, extended: Any, styles: Styles, links: Mapping[str, str]) -> list[_Thread]:
    """The comments that begin a thread. A part of its own says which answer which, and which are done."""
    parents: dict[str, str | None] = {}
    done = set()
    for entry in extended if extended is not None else ():
        if paragraph := value(entry, "paraId"):
            parents[paragraph] = value(entry, "paraIdParent")
            if value(entry, "done") in ("1", "true"):
                done.add(paragraph)
    threads: dict[str, _Thread] = {}
    found: list[_Thread] = []
    for comment in comments if comments is not None else ():
        if local(comment) != "comment":
            continue
        last = [value(part, "paraId") for part in comment.iter() if local(part) == "p"]
        key = next((k for k in reversed(last) if k in parents), None) or f"#{len(found)}"
        author, text = value(comment, "author") or None, _words(comment, styles, links)
        parent = parents.get(key)
        if parent in threads:
            threads[parent].replies.append(f"{author}: {text}" if author else text)
            threads[key] = threads[parent]
        else:
            threads[key] = _Thread(value(comment, "id") or "", author, text, key in done)
            found.append(threads[key])
    return found


def _hung(thread: _Thread, ranges: Mapping[str, tuple[int, int]], found: Found) -> Annotation:
    """A comment on its words. One that hangs nowhere is about the whole text: it stands at its beginning."""
    size = sum(len(paragraph.text) + 2 for paragraph in found.paragraphs) - 2
    start, end = ranges.get(thread.id, (0, 0))
    start, end = min(start, size), min(max(start, end), size)
    return Annotation(
        start, end, "comment", thread.text, thread.author, thread.resolved, tuple(thread.replies)
    )
