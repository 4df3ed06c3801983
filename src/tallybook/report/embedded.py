"""Pictures that are embedded in a page as data: which kinds are allowed, and what a drawing may contain."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tallybook.report.allowed import (
    DESCRIBING_NAMESPACES,
    PICTURE_ATTRIBUTES,
    PICTURE_ELEMENTS,
    PICTURE_STYLES,
)
from tallybook.report.stylesheet import style_faults

_SVG = "data:image/svg+xml;base64,"
_PNG = "data:image/png;base64,"
_SPACE = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_DESCRIBING = tuple(f"{{{namespace}}}" for namespace in DESCRIBING_NAMESPACES)
_DECLARATION = re.compile(
    r"""<\?xml version=["']1\.[01]["']( encoding=["']utf-8["'])?( standalone=["'](yes|no)["'])? ?\?>""",
    re.IGNORECASE,
)


def picture_faults(source: str) -> list[str]:
    """What is wrong with the ``src`` of an ``<img>``, in words; empty if nothing is."""
    for kind in (_PNG, _SVG):
        if source.startswith(kind):
            break
    else:
        if source.startswith("data:"):
            return [f"has a picture of another kind than PNG and SVG in base64: {source[:40]!r}"]
        return [f"asks for another file: <img src={source[:80]!r}>"]
    try:
        content = base64.b64decode("".join(source.removeprefix(kind).split()), validate=True)
        if kind == _PNG:
            return []
        text = content.decode()
        declaration = _DECLARATION.match(text)
        if "<?" in text[declaration.end() if declaration else 0 :]:
            return ["has a drawing with a processing instruction"]
        return list(dict.fromkeys(_faults(fromstring(text))))
    except (binascii.Error, UnicodeDecodeError, ParseError, DefusedXmlException) as error:
        return [f"has a picture that cannot be read: {str(error)[:120]}"]


def _faults(drawing: Element) -> Iterator[str]:
    for element in drawing.iter():
        if element.tag.startswith(_DESCRIBING):
            continue
        name = element.tag.removeprefix(_SPACE)
        if name not in PICTURE_ELEMENTS or not element.tag.startswith(_SPACE):
            yield f"has a drawing with a <{name[:60]}>"
            continue
        for attribute, value in element.items():
            yield from _attribute_faults(name, attribute, value)
        if name == "style":
            yield from style_faults(element.text or "")


def _attribute_faults(element: str, attribute: str, value: str) -> Iterator[str]:
    if attribute in ("href", _XLINK):
        if not value.startswith("#"):
            yield f"has a drawing that asks for another file: <{element} href={value[:80]!r}>"
    elif attribute in PICTURE_STYLES:
        yield from style_faults(value)
    elif attribute not in PICTURE_ATTRIBUTES and not attribute.startswith("aria-"):
        yield f"has a drawing with the attribute {attribute[:60]!r} on a <{element}>"
