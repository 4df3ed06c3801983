"""The parts of a DOCX file that a new comment changes: the text, the comments, and who belongs to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tallybook.intake.docx_package import Package
from tallybook.intake.docx_styles import local, value
from tallybook.intake.extras import extra

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS = "word/comments.xml"
_CONTENT_TYPES = "[Content_Types].xml"
_LONGEST_LINE = 4_000


class Parts:
    """The changed parts of a package. ``document``: the root of its text."""

    def __init__(self, package: Package) -> None:
        self._etree = extra("lxml.etree", "intake", "writing DOCX", package.name)
        self._package = package
        self.document = package.part(package.main)
        self._comments = package.part(_COMMENTS)
        self._is_new = self._comments is None
        if self._is_new:
            self._comments = self._etree.Element(self._w("comments"), nsmap={"w": self._namespace})
        known = [value(comment, "id") for comment in self._comments]
        known += [value(mark, "id") for mark in self.document.iter() if local(mark).startswith("comment")]
        self._next = max((int(id_) for id_ in known if id_ and id_.isdecimal()), default=-1) + 1

    @property
    def _namespace(self) -> str:
        """Of its words; strict files have another one than usual."""
        return self._etree.QName(self.document).namespace or _WORDS

    def _w(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"

    def add_comment(self, lines: Sequence[str], author: str, day: str) -> str:
        """Its id."""
        id_ = str(self._next)
        self._next += 1
        comment = self._etree.SubElement(
            self._comments, self._w("comment"),
            {self._w("id"): id_, self._w("author"): author, self._w("initials"): author[:2],
             self._w("date"): f"{day}T00:00:00Z"},
        )  # fmt: skip
        for line in lines:
            paragraph = self._etree.SubElement(comment, self._w("p"))
            run = self._etree.SubElement(paragraph, self._w("r"))
            text = self._etree.SubElement(run, self._w("t"))
            text.text = "".join(c if c.isprintable() else " " for c in line)[:_LONGEST_LINE]
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return id_

    def mark(self, name: str, id_: str) -> Any:
        return self._etree.Element(self._w(name), {self._w("id"): id_})

    def reference(self, id_: str) -> Any:
        run = self._etree.Element(self._w("r"))
        run.append(self.mark("commentReference", id_))
        return run

    def changed(self) -> dict[str, bytes]:
        """The parts by their names, as they are to be written."""
        roots = {self._package.main: self.document, _COMMENTS: self._comments}
        if self._is_new:
            roots |= {_CONTENT_TYPES: self._typed(), self._links_name: self._linked()}
        return {
            name: self._etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in roots.items()
        }

    @property
    def _links_name(self) -> str:
        folder, _, file = self._package.main.rpartition("/")
        return f"{folder}/_rels/{file}.rels"

    def _typed(self) -> Any:
        root = self._package.part(_CONTENT_TYPES)
        if root is None:
            root = self._etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
        space = self._etree.QName(root).namespace
        name = f"{{{space}}}Override" if space else "Override"
        self._etree.SubElement(root, name, {"PartName": f"/{_COMMENTS}", "ContentType": _CONTENT})
        return root

    def _linked(self) -> Any:
        root = self._package.part(self._links_name)
        if root is None:
            root = self._etree.Element(f"{{{_LINKS}}}Relationships", nsmap={None: _LINKS})
        taken = {link.get("Id") for link in root}
        id_ = next(f"rIdTallybook{n}" for n in range(1, len(taken) + 2) if f"rIdTallybook{n}" not in taken)
        space = self._etree.QName(root).namespace or _LINKS
        self._etree.SubElement(
            root, f"{{{space}}}Relationship", {"Id": id_, "Type": _KIND, "Target": "comments.xml"}
        )
        return root
