"""The parts of a DOCX file, each bounded before it is unpacked, and read without any entity."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from tallybook.intake.article_text import unread
from tallybook.intake.extras import extra

LARGEST_PART = 16_000_000
"""Bytes of one part when it is unpacked; the text of 300,000 words with its marks has no more."""

_LARGEST_PACKAGE = 40_000_000
_MOST_PARTS = 10_000
_MAIN = "word/document.xml"


class Package:
    """A DOCX file by its parts. BookError where it is none, is encrypted, or unpacks to too much."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        self._read = 0
        self._etree = extra("lxml.etree", "intake", "reading DOCX", name)
        try:
            self._zip = zipfile.ZipFile(BytesIO(raw))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise unread(name, "is no whole DOCX file. Save it again.") from None
        if len(parts) > _MOST_PARTS:
            raise unread(name, f"has more than {_MOST_PARTS:,} parts. Save it again as DOCX.")
        self._parts = {part.filename.lower(): part for part in parts}
        self.main = self._related("", "officeDocument") or _MAIN
        if self.main.lower() not in self._parts:
            raise unread(name, "is a ZIP file without a Word document in it. Save it as DOCX.")

    def named(self, kind: str) -> str:
        """The name of the part of a kind ("comments"): as the document says, else as it is usual."""
        return self._related(self.main, kind) or f"word/{kind}.xml"

    def _related(self, part_name: str, kind: str) -> str | None:
        """The part of a kind that another one ("": the package) leads to, None where it leads to none."""
        folder = posixpath.dirname(part_name)
        for link in self._relations(part_name):
            target = link.get("Target", "")
            if link.get("Type", "").rpartition("/")[2] == kind and link.get("TargetMode") != "External":
                found = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                if found.lower() in self._parts:
                    return found
        return None

    def _relations(self, part_name: str) -> Iterable[Any]:
        folder, _, file = part_name.rpartition("/")
        root = self.part(f"{folder}/_rels/{file}.rels".lstrip("/"))
        return root if root is not None else ()

    def part(self, part_name: str) -> Any:
        """The root element of a part, None where there is none."""
        part = self._parts.get(part_name.lower())
        if part is None:
            return None
        raw = self._unpacked(part)
        parser = self._etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True,
            remove_comments=True,
        )  # fmt: skip
        try:
            root = self._etree.fromstring(raw, parser)
        except self._etree.XMLSyntaxError:
            if b"<!DOCTYPE" in raw:
                raise self._own_type() from None
            raise unread(self.name, f"has a part that is no XML ({part_name}). Save it again.") from None
        if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
            raise self._own_type()
        return root

    def _own_type(self) -> Exception:
        return unread(self.name, "has a document type of its own, which may hide entities. Save it again.")

    def links(self, part_name: str) -> dict[str, str]:
        """The web addresses that a part leads to, by their ids."""
        return {
            link.get("Id", ""): link.get("Target", "")
            for link in self._relations(part_name)
            if link.get("Target", "").startswith(("http://", "https://"))
        }

    def _unpacked(self, part: zipfile.ZipInfo) -> bytes:
        if part.flag_bits & 1:
            raise unread(self.name, "is encrypted. Save it without a password.")
        room = min(LARGEST_PART, _LARGEST_PACKAGE - self._read)
        try:
            with self._zip.open(part) as stream:
                raw = stream.read(room + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise unread(self.name, f"is damaged ({part.filename[:80]}). Save it again.") from None
        if len(raw) > room:
            raise unread(self.name, f"unpacks to more than {room:,} bytes. Save its text alone.")
        self._read += len(raw)
        return raw
