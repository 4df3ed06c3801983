"""Every link of the site leads to a file, and to a place in it; and every page can be reached."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

OUTSIDE = {"http", "https", "mailto"}
LEADS = {
    ("a", "href"),
    ("area", "href"),
    ("link", "href"),
    ("img", "src"),
    ("source", "src"),
    ("form", "action"),
}


class Anchors(HTMLParser):
    """``ids``: the places of a page; ``links``: what it leads to, as it is written."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif (tag, name) in LEADS and value is not None:
                self.links.append(value)


class Site:
    """The anchors of each page by its path in the site, and the paths of all other files."""

    def __init__(self, site: Path) -> None:
        self.files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        self.pages = {
            name: Anchors((site / name).read_text(encoding="utf-8"))
            for name in sorted(self.files)
            if name.endswith(".html")
        }

    def target(self, page: str, link: str) -> tuple[str, str] | None:
        """The file in the site and the place in it that a link names; None where it leads out of the site."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return None
        folder = page.rpartition("/")[0].split("/") if "/" in page else []
        steps = list(folder)
        for step in unquote(parts.path).split("/") if parts.path else []:
            if step == "..":
                if not steps:
                    return f"(above the site) {parts.path}", ""
                steps.pop()
            elif step != ".":
                steps.append(step)
        return "/".join(steps) if parts.path else page, unquote(parts.fragment)

    def faults(self) -> list[str]:
        return [
            f"{page}: {link!r} {why}"
            for page, anchors in self.pages.items()
            for link in dict.fromkeys(anchors.links)
            if (why := self.fault(page, link))
        ]

    def fault(self, page: str, link: str) -> str | None:
        target = self.target(page, link)
        if target is None:
            parts = urlsplit(link)
            known = parts.scheme in OUTSIDE and (parts.netloc or parts.scheme == "mailto")
            data = parts.scheme == "data"  # a picture; what may be linked the pages' own check decides
            return None if known or data else "leads nowhere"
        file, place = target
        if file not in self.files:
            return "leads to no file of the site"
        if place and file in self.pages and place not in self.pages[file].ids:
            return f"leads to no place of {file}"
        return None

    def reached(self) -> set[str]:
        """The pages that a reader comes to from the first one."""
        found, todo = set[str](), ["index.html"]
        while todo:
            page = todo.pop()
            if page in self.pages and page not in found:
                found.add(page)
                targets = (self.target(page, link) for link in self.pages[page].links)
                todo += [target[0] for target in targets if target]
        return found


@pytest.fixture(scope="module")
def linked(site: Path, pages: list[Path]) -> Site:
    found = Site(site)
    assert len(found.pages) == len(pages)
    assert sum(len(anchors.links) for anchors in found.pages.values()) > len(pages)
    return found


def test_no_link_is_dead(linked: Site) -> None:
    faults = linked.faults()
    assert not faults, "\n".join(faults)


def test_every_page_is_reached_from_the_first(linked: Site) -> None:
    unreached = sorted(set(linked.pages) - linked.reached())
    assert not unreached, "\n".join(unreached)


def test_no_id_is_on_a_page_twice(linked: Site) -> None:
    twice = {page: {i for i in a.ids if a.ids.count(i) > 1} for page, a in linked.pages.items()}
    assert {page: ids for page, ids in twice.items() if ids} == {}


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("b.html", None),
        ("./folder/c.html#there", None),
        ("folder/c.html#not", "no place"),
        ("folder", "no file"),
        ("B.html", "no file"),
        ("/b.html", "no file"),
        ("../b.html", "no file"),
        ("#here", None),
        ("#nowhere", "no place"),
        ("data.csv", None),
        ("https://news.example/a#b", None),
        ("https:///a", "nowhere"),
        ("javascript:alert(1)", "nowhere"),
        ("", None),
    ],
)
def test_a_dead_link_is_found(link: str, fault: str | None, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "index.html").write_text(f'<p id="here"><a href="{link}">a</a></p>')
    (tmp_path / "b.html").write_text("<p>b</p>")
    (tmp_path / "folder" / "c.html").write_text('<p id="there">c</p>')
    (tmp_path / "data.csv").write_text("a")
    found = Site(tmp_path).faults()
    assert found == [] if fault is None else len(found) == 1 and fault in found[0]
