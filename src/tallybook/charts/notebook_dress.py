"""The table of a picture as a notebook shows it: JupyterLab drops style sheets and drawings in the text.

What it keeps of a notebook that nobody has run yet (and so does not trust) are style attributes without
variables, and images. So each drawing becomes an image with a style sheet of its own, in colours that can be
told on light and on dark paper; text stays text, in the notebook's own ink.
"""

from __future__ import annotations

import base64

from bs4 import BeautifulSoup
from bs4.element import Tag

from tallybook.markup import text_as_html
from tallybook.tables.notebook_style import CAPTION, INKS, ROW, TABLE, coloured_by
from tallybook.terms import Relation, Verdict

_STYLES = {
    "figure": "margin:0 0 1em;max-width:70em",
    "table": f"width:100%;table-layout:fixed;{TABLE}",
    "caption": CAPTION,
    "th": "text-align:left;font-weight:normal;vertical-align:middle;padding:7px 16px 7px 0;"
    "overflow-wrap:anywhere",
    "td": "text-align:left;vertical-align:middle;padding:7px 0 7px 14px;overflow-wrap:anywhere",
    "tr": ROW,
    "details": "margin:8px 0",
    "summary": "cursor:pointer;padding:4px 0",
    "figcaption": "max-width:50em;margin-top:8px;opacity:.8;font-size:13px",
    "b": "font-weight:bold",
}
_TRACK = "position:relative;padding:0"
_IMAGE = "position:absolute;top:0;left:0;width:100%;height:100%;max-width:none;margin:0"
_UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;white-space:nowrap"
_OF_MATRIX = "vertical-align:top;padding-left:0;padding-right:14px"
_OF_CLASS = {
    "reason": "display:block;opacity:.8;font-size:13px",
    "quiet": "opacity:.8",
    "name": "display:block",
    "unseen": _UNSEEN,
}
_WIDTHS = {3: ("38%", "41%", "21%"), 4: ("34%", "24%", "22%", "20%")}
_ROW = (
    "svg{overflow:visible}.g,.z,.n{stroke:#808080}.g{opacity:.35}.z{stroke-width:1.5}.n{stroke-dasharray:2 3}"
    ".b{fill:#6f94c4;opacity:.25}g{stroke-width:1.5}path{fill:none}.d{stroke-dasharray:1.5 3.5}"
    ".r{transform:translate(0,-4.5px)}"
)
_HOLLOW = ".hollow circle,.hollow rect{fill:none}.hollow>line{mask:url(#h)}"


def for_notebook(page: str) -> str:
    """The HTML of a page's picture, with style attributes and images in the place of classes and drawings."""
    soup = BeautifulSoup(page, "html.parser")
    for svg in soup.select("td > svg"):
        _picture(soup, svg)
    for head in soup.select("figure thead"):
        _columns(soup, head)
    elements = soup.find_all(True)
    for element in elements:
        _dress(soup, element)
    for element in elements:
        if element.name == "figure":
            element["class"] = "tb-chart"
        else:
            del element["class"]
    for words in soup.find_all(string=lambda text: "$" in text or "\\" in text):
        words.replace_with(BeautifulSoup(text_as_html(str(words)), "html.parser"))
    return str(soup)


def _columns(soup: BeautifulSoup, head: Tag) -> None:
    """The widths of the columns of a table with drawings."""
    drawn = head.parent is not None and head.parent.select_one("td.track")
    if drawn and (widths := _WIDTHS.get(len(head.find_all("th")))):
        group = soup.new_tag("colgroup")
        group.extend(soup.new_tag("col", attrs={"style": f"width:{width}"}) for width in widths)
        head.insert_before(group)


def _picture(soup: BeautifulSoup, svg: Tag) -> None:
    """A drawing as an image; the labels of an axis as text at their places."""
    labels = svg.find_all("text")
    if not labels:
        data = base64.b64encode(_document(svg).encode()).decode()
        source = f"data:image/svg+xml;base64,{data}"
        svg.replace_with(soup.new_tag("img", attrs={"alt": "", "src": source, "style": _IMAGE}))
        return
    axis = soup.new_tag("div", attrs={"style": "position:relative;height:18px"})
    for label in labels:
        at = str(label["x"])
        first = "first" in label.get_attribute_list("class")
        place = "text-align:left" if first else "width:8em;margin-left:-4em;text-align:center"
        span = soup.new_tag("span", attrs={"style": f"position:absolute;left:{at};{place};opacity:.8"})
        span.string = label.get_text()
        axis.append(span)
    svg.replace_with(axis)


def _document(svg: Tag) -> str:
    """A drawing with its rules. A hollow mark is cut out of its line, whatever the paper below."""
    names = {name for mark in svg.select("[class]") for name in mark.get_attribute_list("class")}
    used = {role: ink for role, ink in INKS.items() if f"m-{role}" in names}
    rules = "".join(f".m-{role}{{stroke:{ink};fill:{ink}}}" for role, ink in used.items())
    mask = ""
    if "hollow" in names:
        cut = "".join(str(mark) for mark in svg.select(".hollow circle, .hollow rect"))
        mask = (
            '<mask id="h" maskUnits="userSpaceOnUse" x="-10%" y="0" width="120%" height="100%">'
            f'<rect x="-10%" width="120%" height="100%" fill="#fff"/>{cut}</mask>'
        )
        rules += _HOLLOW
    style = f"<style>{_ROW}{rules}</style>"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{style}{mask}{svg.decode_contents()}</svg>'


def _dress(soup: BeautifulSoup, element: Tag) -> None:
    """The style of one element, and the sign before a relation or verdict."""
    names = [name for name in element.get_attribute_list("class") if name]
    styles = [_STYLES.get(element.name, "")] if not element.get("style") else [str(element["style"])]
    styles += [_OF_CLASS[name] for name in names if name in _OF_CLASS]
    if element.name in ("th", "td"):
        styles += _of_cell(element, names)
    for name in names:
        if name.startswith("is-"):
            _sign(soup, element, name.removeprefix("is-"), "uncounted" in names)
            styles.append("white-space:nowrap")
    if element.name == "span" and element.parent is not None:
        styles += ["display:block"] * ("value" in element.parent.get_attribute_list("class"))
    if style := ";".join(filter(None, styles)):
        element["style"] = style
    for name in ("aria-hidden", "scope") if element.name not in ("th",) else ():
        element.attrs.pop(name, None)


def _of_cell(cell: Tag, names: list[str]) -> list[str]:
    row = cell.find_parent("tr")
    styles = []
    if "track" in names:
        styles.append(_TRACK)
    if not names and cell.find_parent("figure", class_="tb-matrix") is not None:
        styles.append(_OF_MATRIX)
    if row is not None and "part" in row.get_attribute_list("class"):
        styles.append("padding-top:16px;opacity:.8")
    return styles


def _sign(soup: BeautifulSoup, element: Tag, name: str, uncounted: bool) -> None:
    term = _SIGNED.get(name)
    if term is None:
        return
    colour = coloured_by(term, counts=not uncounted)
    sign = soup.new_tag("span", attrs={"style": f"color:{colour};font-weight:bold"})
    sign.string = f"{term.sign} "
    element.insert(0, sign)


_SIGNED: dict[str, Relation | Verdict] = {term.replace(" ", "-"): term for term in (*Relation, *Verdict)}
