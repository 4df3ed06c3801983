"""A figure as a small SVG document in two colour schemes, byte-identical for the same drawing.

Its text is text. Where the font that it was measured in is missing, one of the same widths takes its place.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG

from tallybook.charts.style import FAMILY, PALETTE, RC

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SVG = "http://www.w3.org/2000/svg"
_METADATA, _GROUP = f"{{{_SVG}}}metadata", f"{{{_SVG}}}g"
_LINK = "{http://www.w3.org/1999/xlink}href"
_PLACES = ("d", "x", "y", "transform")
_DECIMALS = re.compile(r"\d+\.\d{3,}")
_ROLE_OF_COLOUR = {light: role for role, (light, _) in PALETTE.items()}

ET.register_namespace("", _SVG)


def svg_document(figure: Figure, title: str, alt: str) -> str:
    """The figure with its title, its alt text and its style sheet, in less than half of matplotlib's bytes.

    Shapes get short names, places two decimals, equal styles one class; metadata and the names of groups
    go. Light or dark is the choice of the reader's device; print is light.
    """
    root = ET.fromstring(_written(figure))
    for metadata in root.findall(_METADATA):
        root.remove(metadata)
    shapes: dict[str, str] = {}
    classes: dict[str, str] = {}
    for element in root.iter():
        element.text, element.tail = (element.text or "").strip(), None
        if (name := element.attrib.pop("id", None)) and element.tag != _GROUP:
            element.set("id", shapes.setdefault(name, f"g{len(shapes):x}"))
        if target := element.attrib.pop(_LINK, None):
            element.set("href", "#" + shapes.setdefault(target.removeprefix("#"), f"g{len(shapes):x}"))
        _shorten_places(element)
        if style := element.attrib.pop("style", None):
            element.set("class", classes.setdefault(style, f"c{len(classes):x}"))
    _unwrap(root)
    root.set("role", "img")
    root.set("aria-label", alt)
    heading, sheet = ET.Element(f"{{{_SVG}}}title"), ET.Element(f"{{{_SVG}}}style")
    heading.text = title
    sheet.text = _schemes() + "".join(f".{name}{{{_rule(style)}}}" for style, name in classes.items())
    root[:0] = [heading, sheet]
    return ET.tostring(root, encoding="unicode") + "\n"


def _written(figure: Figure) -> str:
    buffer = io.StringIO()
    with matplotlib.rc_context(dict(RC)):
        FigureCanvasSVG(figure).print_svg(
            buffer, metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    return buffer.getvalue()


def _shorten_places(element: ET.Element) -> None:
    """To a hundredth of a point; text is not turned."""
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    for name in _PLACES:
        if name in element.attrib:
            places = _DECIMALS.sub(lambda found: f"{float(found.group()):.2f}", element.get(name, ""))
            element.set(name, _joined(places.split()) if name == "d" else places)


def _joined(path: list[str]) -> str:
    """The commands and numbers of a path, with spaces between two numbers alone."""
    pairs = zip(["M", *path], path, strict=False)
    return "".join(f" {one}" if not (one.isalpha() or last.isalpha()) else one for last, one in pairs)


def _unwrap(parent: ET.Element) -> None:
    """A group that says nothing gives way to what is in it."""
    for place, child in reversed(list(enumerate(parent))):
        _unwrap(child)
        if child.tag == _GROUP and not child.attrib:
            parent[place : place + 1] = list(child)


def _rule(style: str) -> str:
    """Each colour of the palette gets its variable; the plain colour stays for viewers without them."""
    parts = []
    for said in filter(None, map(str.strip, style.split(";"))):
        name, _, value = (part.strip() for part in said.partition(":"))
        value = value.replace(f"'{FAMILY}'", f"'{FAMILY}',Verdana,sans-serif")
        parts.append(f"{name}:{value}")
        if value in _ROLE_OF_COLOUR:
            parts.append(f"{name}:var(--{_ROLE_OF_COLOUR[value]})")
    return ";".join(parts)


def _schemes() -> str:
    light, dark = ("".join(f"--{role}:{both[k]};" for role, both in PALETTE.items()) for k in (0, 1))
    return (
        f"svg{{color-scheme:light dark;{light}}}"
        f"@media (prefers-color-scheme:dark){{svg{{{dark}}}}}"
        f"@media print{{svg{{{light}}}}}"
    )
