"""The handbook: what its index links to, as pages; raw HTML is text, and no link is dead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tallybook.report import ReportError, build_site
from tallybook.report.handbook import Chapter, anchor_of, handbook

from .made_up import HOSTILE, Cells, says

INDEX = "# Handbook\n\nFirst words.\n\n## Tutorials\n\n- [One](one.md): begin here.\n"


@pytest.fixture
def docs(tmp_path: Path) -> Callable[..., Path]:
    """Writes docs/: its index, and other files by their names without ".md"."""

    def make(index: str = INDEX, **files: str) -> Path:
        (tmp_path / "docs").mkdir(exist_ok=True)
        for name, text in {"index": index, **files}.items():
            (tmp_path / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
        return tmp_path

    return make


def page(chapters: list[Chapter], path: str) -> BeautifulSoup:
    (found,) = [one for one in chapters if one.path == path]
    return BeautifulSoup(found.body, "html.parser")


def test_a_project_without_an_index_has_no_handbook(tmp_path: Path) -> None:
    assert handbook(tmp_path) == []
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "notes.md").write_text("# Notes on a source")
    assert handbook(tmp_path) == []


def test_only_what_the_index_links_to_is_published(docs: Callable[..., Path]) -> None:
    made = handbook(docs(one="# One\n\nOf [notes](notes.md).", notes="# Private\n\nA name."))
    assert [(one.path, one.group, one.title) for one in made] == [
        ("docs/index.html", "", "Handbook"),
        ("docs/one.html", "Tutorials", "One"),
    ]
    assert "notes" in made[1].body and "href" not in made[1].body and "A name" not in str(made)


@pytest.mark.parametrize("name", ["../claims/secret.md", "..%2Fclaims%2Fsecret.md", "%2Ftmp%2Fsecret.md"])
def test_the_index_publishes_nothing_of_another_folder(docs: Callable[..., Path], name: str) -> None:
    root = docs(index=f"# Handbook\n\n- [x]({name})\n")
    (root / "claims").mkdir()
    (root / "claims" / "secret.md").write_text("# A secret\n")
    try:
        made = handbook(root)
    except ReportError as error:
        assert "leads to no file" in str(error)
    else:
        assert [one.path for one in made] == ["docs/index.html"] and "secret.html" not in made[0].body


def test_raw_html_is_shown_as_text(docs: Callable[..., Path]) -> None:
    markup = "<div onclick='x()'>a <b>b</b></div>\n\n<!-- c -->"
    text = f"# One {HOSTILE}\n\n{HOSTILE}\n\n{markup}\n\n```html\n{HOSTILE}\n```\n"
    made = handbook(docs(one=text))
    body = page(made, "docs/one.html")
    assert made[1].title == f"One {HOSTILE}"
    assert body.find(["script", "b", "div"]) is None and "<div onclick='x()'>" in body.get_text()
    assert "<!-- c -->" in body.get_text() and HOSTILE in body.select_one("pre").get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
)
def test_a_link_that_runs_or_reads_is_never_one(docs: Callable[..., Path], link: str) -> None:
    """Some are no link to the library, the others lead to no file."""
    root = docs(one=f"# One\n\n[x]({link})")
    try:
        made = handbook(root)
    except ReportError as error:
        assert "leads to no file" in str(error)
    else:
        assert page(made, "docs/one.html").find("a") is None


def test_links_between_files_are_links_between_pages(docs: Callable[..., Path]) -> None:
    text = (
        "# One\n\n[home](index.md), [part](#a-part-2-of-3), [there](two.md#the-end), [two.md](two.md), "
        "[out](https://news.example/a?b=1#c)\n\n## A part: 2 of 3\n"
    )
    made = handbook(
        docs(INDEX + "- [Two](two.md)\n", one=text, two="# Two `words`\n\n## The end\n\n[back](one.md)")
    )
    links = {a.get_text(): a["href"] for a in page(made, "docs/one.html").find_all("a")}
    assert links == {
        "home": "index.html",
        "part": "#a-part-2-of-3",
        "there": "two.html#the-end",
        "Two words": "two.html",
        "out": "https://news.example/a?b=1#c",
    }
    assert page(made, "docs/one.html").find(id="a-part-2-of-3") is not None


def test_all_dead_links_are_told_at_once(docs: Callable[..., Path]) -> None:
    text = "# One\n\n[a](tow.md), [b](#nowhere), [c](index.md#tutor), [d](../../etc/passwd), ![e](e.png), "
    text += "[f](index.md)"
    with pytest.raises(ReportError) as told:
        handbook(docs(one=text))
    assert str(told.value).splitlines() == [
        "docs/one.md: the link to 'tow.md' leads to no file. Correct it, or take it out.",
        "docs/one.md: the link to '#nowhere' names no heading of one.md. Correct the part behind #.",
        "docs/one.md: the link to 'index.md#tutor' names no heading of index.md. Correct the part behind #.",
        "docs/one.md: the link to '../../etc/passwd' leads to no file. Correct it, or take it out.",
        "docs/one.md: the link to 'e.png' is a picture. A page of the handbook has none.",
    ]


def test_a_link_to_a_file_that_has_no_page_is_words(docs: Callable[..., Path]) -> None:
    root = docs(one="# One\n\nSee [the **licence**](../LICENSE), [home](index.md).")
    (root / "LICENSE").write_text("Free.")
    body = page(handbook(root), "docs/one.html")
    assert [a.get_text() for a in body.find_all("a")] == [
        "home"
    ] and "See the licence, home." in body.get_text()


@pytest.mark.parametrize(
    ("one", "told"),
    [
        ("no heading", "docs/one.md: needs one heading of level 1"),
        ("# A\n\n# B", "docs/one.md: needs one heading of level 1"),
        ("# A\n\n" + "x" * 1_000_001, "docs/one.md: is larger than 1,000,000 bytes. Split it."),
    ],
)
def test_a_file_that_makes_no_page_is_told(docs: Callable[..., Path], one: str, told: str) -> None:
    with pytest.raises(ReportError, match=told):
        handbook(docs(one=one))


def test_a_file_that_is_no_text_or_lies_elsewhere_is_told(docs: Callable[..., Path], tmp_path: Path) -> None:
    root = docs(INDEX + "- [Two](two.md)\n", two="# Two")
    (root / "docs" / "one.md").write_bytes(b"# \xff")
    outside = tmp_path.parent / "secret.md"
    outside.write_text("# Secret")
    (root / "docs" / "two.md").unlink()
    (root / "docs" / "two.md").symlink_to(outside)
    with pytest.raises(ReportError) as told:
        handbook(root)
    assert "one.md" in str(told.value) and "UTF-8" in str(told.value)
    assert "docs/two.md: leads out of the project's folder" in str(told.value)
    assert "Secret" not in str(told.value)


def test_a_heavy_file_is_a_page_for_each_of_its_parts(docs: Callable[..., Path]) -> None:
    rows = "".join(f"| {number} | words |\n" for number in range(3_000))
    text = (
        "# Long\n\nIts beginning.\n\n## First part\n\n[on](#a-rule)\n\n| n | says |\n| --- | --- |\n"
        f"{rows}\n## Second part\n\n### A rule\n\n[back](#first-part), [top](#long)\n"
    )
    made = handbook(docs(one=text))
    assert [one.path for one in made] == [
        "docs/index.html",
        "docs/one.html",
        "docs/one/first-part.html",
        "docs/one/second-part.html",
    ]
    whole, first, second = made[1:]
    assert whole.parts == (("one/first-part.html", "First part"), ("one/second-part.html", "Second part"))
    assert (first.title, first.group, first.anchor) == ("First part", "Tutorials: Long", "first-part")
    assert 'href="second-part.html#a-rule"' in first.body and "<h2 id=" in second.body
    assert 'href="first-part.html#first-part"' in second.body and 'href="../one.html#long"' in second.body


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("1. What a figure says", "1-what-a-figure-says"),
        ("`tallybook check --verdicts`", "tallybook-check---verdicts"),
        ("“About n”", "about-n"),
        ("Größe, розмір", "größe-розмір"),
        ("claims/measures.yaml", "claimsmeasuresyaml"),
    ],
)
def test_anchors_are_those_of_code_hosts(title: str, anchor: str) -> None:
    assert anchor_of(title.replace("`", ""), set()) == anchor


def test_equal_headings_have_anchors_of_their_own() -> None:
    taken: set[str] = set()
    assert [anchor_of("Words", taken) for _ in range(3)] == ["words", "words-1", "words-2"]


def test_every_page_links_to_the_handbook(
    docs: Callable[..., Path], project: Callable[..., Path], tmp_path: Path
) -> None:
    cells: Cells = [says("# A")]
    root = project(a=cells)
    (root / "docs").mkdir()
    (root / "docs" / "index.md").write_text(INDEX)
    (root / "docs" / "one.md").write_text(
        "# One\n\nWords.\n\n| verdict | means |\n| --- | --- |\n| `x` | y |\n"
    )
    out = build_site(root, tmp_path / "site", progress=False).out
    pages = sorted(out.rglob("*.html"))
    assert out / "docs" / "one.html" in pages and len(pages) > 6
    for file in pages:
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        (link,) = soup.select('nav[aria-label="Pages of this report"] a:-soup-contains("Handbook")')
        assert (file.parent / str(link["href"])).resolve() == out / "docs" / "index.html", file
    one = BeautifulSoup((out / "docs" / "one.html").read_text(encoding="utf-8"), "html.parser")
    assert one.select_one(".byline").get_text() == "Handbook · Tutorials"  # type: ignore[union-attr]
    assert one.select_one("table caption") is not None


def test_an_article_of_the_name_of_the_handbook_is_told(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project(a=[says("# A")])
    (root / "docs").mkdir()
    (root / "docs" / "index.md").write_text("# Handbook")
    article = root / "claims" / "harvest.yaml"
    article.rename(root / "claims" / "docs.yaml")
    text = (root / "claims" / "docs.yaml").read_text().replace("id: harvest", "id: docs", 1)
    (root / "claims" / "docs.yaml").write_text(text)
    with pytest.raises(ReportError, match=r"claims/docs\.yaml: the handbook has this name"):
        build_site(root, tmp_path / "site", progress=False)
    assert not (tmp_path / "site").exists()
