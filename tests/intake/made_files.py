"""Files written by hand for the tests: DOCX and PDF of made-up articles."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from html import escape
from io import BytesIO

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/></w:style>'
    '<w:style w:type="character" w:styleId="Up"><w:name w:val="Up"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)


def part(name: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_W}>{inner}</w:{name}>'


def run(text: str, properties: str = "", tag: str = "t") -> str:
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{told}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def paragraph(inner: str, style: str = "") -> str:
    told = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{told}{inner}</w:p>"


def docx(body: str, **parts: str) -> bytes:
    """A DOCX file; ``parts``: the inside of others by their names: footnotes, endnotes, comments …"""
    roots = {"commentsExtended": "commentsEx"}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        made.writestr("word/styles.xml", part("styles", STYLES))
        for name, inner in parts.items():
            text = part(roots.get(name, name), inner)
            if name == "commentsExtended":
                text = text.replace("w:commentsEx", "w15:commentsEx")
            made.writestr(f"word/{name}.xml", text)
    return out.getvalue()


Shown = tuple[float, float, float, str]
"""(x, y from below, size, text) of a line of a PDF page, in points."""


def pdf(*pages: Iterable[Shown], encrypt: bool = False) -> bytes:
    """A PDF file in Helvetica; characters outside cp1252 cannot be printed."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for number, lines in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            + f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>".encode()
        )
        shown = "\n".join(
            f"BT /F1 {size} Tf {x} {y} Td <{text.encode('cp1252').hex()}> Tj ET" for x, y, size, text in lines
        )
        stream = shown.encode()
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    return _file(objects, encrypt)


def _file(objects: list[bytes], encrypt: bool) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, made in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + made + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    secret = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'ab' * 32}> /U <{'cd' * 32}> /P -4 >> /ID [<00><00>] "
        if encrypt
        else ""
    )
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {secret}>>\nstartxref\n{start}\n%%EOF\n"
    return out + trailer.encode()
