"""Prepares the HTML of a notebook's cells for publishing: accessible tables with captions, boxes that scroll
for whatever is wide, ids of headings, and links to the pages of other notebooks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from tallybook.book import parse_period
from tallybook.markup import TEX_SIGN
from tallybook.prose import in_full
from tallybook.prose import period as period_words
from tallybook.tables.notebook_style import TERM
from tallybook.terms import Relation, Verdict

if TYPE_CHECKING:
    from bs4 import Tag

RELATIONS, VERDICTS = tuple(Relation), tuple(Verdict)
_NOTHING = frozenset({"", "NaN", "NaT", "None", "<NA>"})
_DASH = "–"
_NUMERIC = frozenset("0123456789.,+-−–×%e \u202f\u00a0")
_INFINITE = frozenset({"inf", "-inf", "∞", "−∞"})
ANSWER = "The answer"
_REFUSED_LINK = "#harmful-link"  # what mistune writes for a link that would run a script
_FEW_COLUMNS = 6
_OF_IDS = frozenset({"claim", "measure", "about", "change", "changes", "codes", "its source", "fidelity"})
_AS_TYPED = "white-space: pre-wrap"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Dressed:
    html: str
    title: str
    question: str
    answer: str


def dress(
    fragment: str,
    *,
    title: str,
    links: Mapping[str, str],
    names: Mapping[str, str] | None = None,
    languages: Mapping[str, str] | None = None,
) -> Dressed:
    """The fragment of a notebook, prepared for publishing, with its title, question and answer.

    ``title``: used if the notebook has no heading of level 1; ``links``: where a link leads, by the name
    of the notebook or the whole address in it. The question is the first paragraph; the answer is what
    cells show below the heading "The answer", and stands behind the question. ``names``: what the ids in
    tables are called, for columns that are known to hold them; ``languages``: of quoted words that are not
    in the language of the page.
    """
    soup = BeautifulSoup(fragment, "html.parser")
    for sign in soup.find_all(class_=TEX_SIGN):
        sign.unwrap()  # pages have no MathJax
    for sign in soup.find_all(class_=TERM):
        sign.decompose()  # the style sheet has it
    soup.smooth()
    first = soup.find("h1")
    if first is None:
        first = soup.new_tag("h1")
        first.string = title
        soup.insert(0, first)
    _name_headings(soup)
    _dress_tables(soup, names or {}, languages or {})
    _dress_texts(soup)
    _dress_links(soup, links)
    for typed in soup.find_all(style=_AS_TYPED):
        del typed["style"]  # no element of a page has a style of its own
        _mark(typed, "as-typed")
    paragraph = soup.find("p")
    answer = _answer(soup, paragraph if paragraph is not None and paragraph.parent is first.parent else first)
    return Dressed(
        html=str(soup),
        title=_text(first),
        question=_text(paragraph) if paragraph is not None else "",
        answer=answer,
    )


def dressed_page(fragment: str) -> Dressed:
    """A page of the handbook, without its heading of level 1, which its template writes.

    Tables and texts are those of every page; ids and days in them stay as they are typed.
    """
    soup = BeautifulSoup(fragment, "html.parser")
    first = soup.find("h1")
    title = _text(first.extract()) if first is not None else ""
    _dress_tables(soup, None, {})
    _dress_texts(soup)
    _dress_links(soup, {})
    paragraph = soup.find("p")
    return Dressed(str(soup).strip(), title, _text(paragraph) if paragraph is not None else "", "")


def slug(text: str) -> str:
    """``Who said it, when?`` → ``who-said-it-when``; letters of any script are kept."""
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")[:60] or "part"


def _name_headings(soup: BeautifulSoup) -> None:
    taken = {"_content"}  # the name of what surrounds it
    for heading in soup.find_all(_HEADINGS):
        wanted = name = slug(_text(heading))
        number = 2
        while name in taken:
            name, number = f"{wanted}-{number}", number + 1
        taken.add(name)
        heading["id"] = name


def _dress_tables(soup: BeautifulSoup, names: Mapping[str, str] | None, languages: Mapping[str, str]) -> None:
    """A table has a caption and headers; on a phone its rows are blocks of label and value.

    ``names``: what ids are called; None leaves ids and periods as they are.
    """
    for number, table in enumerate(soup.select("table:not(.tb-rows table)"), start=1):
        del table["border"]
        for part in (table, *table.find_all(["caption", "tr", "th", "td"])):
            del part["style"]
        for style in table.parent.find_all("style", recursive=False) if table.parent else []:
            style.decompose()  # pandas' own rules, which ours replace
        _caption(soup, table, number)
        _scope(table)
        if names is not None:
            _call_by_name(table, names)
        for cell in table.find_all(["th", "td"]):
            if (language := languages.get(_text(cell))) is not None:
                cell["lang"], cell["dir"] = language, "auto"
        _cells(soup, table)
        stacked, columns = _label(table)
        box = soup.new_tag("div", attrs={"class": "scroll"})
        if not stacked or columns > _FEW_COLUMNS:  # it may be wider than its place, and must scroll by keys
            box["role"], box["tabindex"] = "region", "0"
            box["aria-label"] = f"Table {number}, scrolls sideways where it is wide"
        table.wrap(box)


def _call_by_name(table: Tag, names: Mapping[str, str]) -> None:
    """Write what ids are called in the columns that hold them, and the dates of a file as people say them."""
    rows = [list(row.find_all(["th", "td"], recursive=False)) for row in table.find_all("tr")]
    heads = [_text(cell) for cell in rows[0]] if rows else []
    for row in rows[1:]:
        for head, cell in zip(heads, row, strict=False):
            words = _text(cell)
            ids = words.split(", ")
            if head in _OF_IDS and all(id_ in names for id_ in ids):
                cell.string = "; ".join(names[id_] for id_ in ids)
            elif "period" in head.split() and words not in _NOTHING:
                cell.string = _period(words)


def _period(words: str) -> str:
    try:
        return period_words(parse_period(words))
    except ValueError:
        return words


def _label(table: Tag) -> tuple[bool, int]:
    """Give each cell of a plain table the name of its column, which stands before it where rows are blocks.

    Returns whether it did, and the number of columns.
    """
    rows = [list(row.find_all(["th", "td"], recursive=False)) for row in table.find_all("tr")]
    columns = max(map(len, rows), default=0)
    heads = [row for row in rows if row and row[0].find_parent("thead") is not None]
    spans = table.find(["th", "td"], rowspan=True) or table.find(["th", "td"], colspan=True)
    if len(heads) != 1 or spans:
        return False, columns
    names = [_text(cell) for cell in heads[0]]
    for row in rows:
        if row is heads[0]:
            continue
        for name, cell in zip(names, row, strict=False):
            if cell.name == "td" and name:
                cell["data-label"] = name
    _mark(table, "stack")
    return True, columns


def _caption(soup: BeautifulSoup, table: Tag, number: int) -> None:
    """Give the table a caption if it has none: the text of the heading above it."""
    caption = table.find("caption")
    if caption is not None:
        words = soup.new_tag("span")  # stays visible while the table scrolls sideways
        words.extend(list(caption.contents))
        caption.append(words)
        return
    heading = table.find_previous(_HEADINGS)
    caption = soup.new_tag("caption", attrs={"class": "unseen"})
    caption.string = f"Table {number}: {_text(heading)}" if heading is not None else f"Table {number}"
    table.insert(0, caption)


def _scope(table: Tag) -> None:
    alone = all(len(row.find_all(["th", "td"], recursive=False)) < 2 for row in table.find_all("tr"))
    for header in table.find_all("th"):
        if alone and header.find_parent("thead") is None:
            header.name = "td"  # the only cell of a row heads nothing
            del header["scope"]
            continue
        if not _text(header):
            header.name = "td"  # an empty cell is not a header
            continue
        header["scope"] = "col" if header.find_parent("thead") is not None else "row"


def _cells(soup: BeautifulSoup, table: Tag) -> None:
    """Mark relations and verdicts, write empty cells as a dash, and style each column by its content."""
    rows = [list(row.find_all(["th", "td"], recursive=False)) for row in table.find_all("tr")]
    body = [row for row in rows if row and row[0].find_parent("thead") is None]
    for cell in (cell for row in body for cell in row):
        text = _text(cell)
        if text in _NOTHING and not cell.find(True):
            cell.string = _DASH
            _mark(cell, "nothing")
        elif text in RELATIONS or text in VERDICTS:
            term = soup.new_tag("span", attrs={"class": f"is-{text.replace(' ', '-')}"})
            term.extend(list(cell.contents))
            cell.append(term)
    if table.find(["th", "td"], rowspan=True) or table.find(["th", "td"], colspan=True):
        return  # the number of a cell in its row does not give its column
    if body and _is_bare_index(rows[0], body):
        for row in rows:
            row.pop(0).decompose()
    for column in range(max((len(row) for row in rows), default=0)):
        _column(
            [row[column] for row in rows if column < len(row)],
            [row[column] for row in body if column < len(row)],
        )


def _is_bare_index(header: list[Tag], body: list[list[Tag]]) -> bool:
    """Whether the first column holds the row numbers that pandas prints for a table without an index."""
    unnamed = len(header) > 1 and header[0].name == "td" and header[0].find_parent("thead") is not None
    return unnamed and all(
        row[0].name == "th" and (_text(row[0]).isdecimal() or _is_gap(row[0])) for row in body
    )


def _is_gap(cell: Tag) -> bool:
    return _text(cell) in ("...", "…", _DASH)


def _column(cells: list[Tag], below: list[Tag]) -> None:
    """Align numbers to the right, in groups of three; give long texts room, so that rows are not too high."""
    texts = [_text(cell) for cell in below if not _is_gap(cell)]
    if any("num" in cell.get_attribute_list("class") for cell in cells):
        return  # the table has marked its numeric columns
    if texts and all(_is_number(text) for text in texts):
        whole = all(text.endswith(".0") for text in texts if "." in text)
        for cell in below:
            if (number := _text(cell)).replace(".", "", 1).isdecimal():
                cell.string = _grouped(number.removesuffix(".0") if whole else number)
        for cell in cells:
            _mark(cell, "num")
    elif (longest := max(map(len, texts), default=0)) > 18:
        for cell in cells:
            _mark(cell, "prolix" if longest > 140 else "long" if longest > 45 else "middling")


def _is_number(text: str) -> bool:
    return text in _INFINITE or (any(sign.isdigit() for sign in text) and set(text) <= _NUMERIC)


def _grouped(number: str) -> str:
    """``10900.5`` → ``10,900.5``; below ten thousand nothing changes, so that years stay years."""
    return in_full(float(number)) if len(number.partition(".")[0]) > 4 else number


def _dress_texts(soup: BeautifulSoup) -> None:
    for number, text in enumerate(soup.find_all("pre"), start=1):
        folded = text.find_parent("details") is not None
        text["tabindex"] = "0"
        text["role"] = "region"
        text["aria-label"] = f"{'Code' if folded else 'Text'} {number}, scrolls sideways where it is wide"


def _dress_links(soup: BeautifulSoup, links: Mapping[str, str]) -> None:
    for link in soup.find_all("a", href=True):
        target = str(link["href"])
        if target == _REFUSED_LINK:
            link.unwrap()
            continue
        notebook, mark, heading = target.partition("#")
        name = notebook.rpartition("/")[2]
        if target in links:
            link["href"] = links[target]
            del link["rel"]
        elif name in links:
            link["href"] = f"{links[name]}{mark}{heading}"
        elif target.startswith(("http://", "https://")):
            link["rel"] = "noopener noreferrer"


def _answer(soup: BeautifulSoup, place: Tag) -> str:
    """The text of the outputs below the heading "The answer"; they are moved behind ``place``."""
    heading = soup.find(_HEADINGS, id=slug(ANSWER))
    if heading is None or (cell := heading.find_parent(class_="cell")) is None:
        return ""
    said: list[str] = []
    box = soup.new_tag("div", attrs={"class": "out answer", "id": "_answer"})
    for below in cell.find_next_siblings(class_="cell"):
        if below.find(_HEADINGS) is not None:
            break
        for output in below.select(".out"):
            said += [_text(paragraph) for paragraph in output.find_all("p")]
            box.extend(list(output.contents))
            output.clear()
            _mark(output, "quiet")
            link = soup.new_tag("a", href="#_answer")
            link.string = "It stands at the top of the page."
            output.append(link)
    if box.contents:
        place.insert_after(box)
    return " ".join(filter(None, said))


def _mark(element: Tag, name: str) -> None:
    element["class"] = " ".join([*filter(None, element.get_attribute_list("class")), name])


def _text(tag: Tag) -> str:
    return (
        " ".join(tag.get_text(" ", strip=True).split())
        if tag.find(True)
        else " ".join(tag.get_text().split())
    )
