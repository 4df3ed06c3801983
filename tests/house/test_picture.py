"""The picture that README.md begins with shows what the page says now."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from tallybook.report.site import compose
from tallybook.tables.opened import open_book

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
NAMES = ("report-light.png", "report-dark.png")


@pytest.fixture(scope="module")
def picture() -> ModuleType:
    spec = importlib.util.spec_from_file_location("picture", ROOT / "tools" / "picture.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def page(picture: ModuleType) -> str:
    """The page of the case; what the picture shows of it needs no notebook."""
    files = compose({}, [open_book(ROOT)[picture.CASE]])
    return files[f"{picture.CASE}/index.html"].decode()


def test_it_is_of_the_words_that_the_page_has_now(picture: ModuleType, page: str) -> None:
    told = "the page says something else than its picture: 'make report picture', and look at docs/pictures/"
    assert (PICTURES / "report.sha256").read_text(encoding="utf-8") == picture.digest(page), told


def test_another_verdict_would_be_noticed(picture: ModuleType, page: str) -> None:
    """And what the picture does not show would not."""
    words = picture.shown_words(page)
    assert len(words.splitlines()) > 10 and "Verdict" in words
    verdict = re.search(r'class="is-[a-z-]+">([a-z ]+)</span>', page)
    assert verdict is not None
    other = page.replace(verdict.group(), verdict.group().replace(verdict[1], "another word"))
    assert picture.digest(other) != picture.digest(page)
    assert picture.digest(page.replace("</main>", "<p>More.</p></main>")) == picture.digest(page)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_small_and_of_the_size_that_it_is_taken_in(name: str, picture: ModuleType) -> None:
    content = (PICTURES / name).read_bytes()
    assert content.startswith(b"\x89PNG") and 10_000 < len(content) <= picture.LARGEST
    size = tuple(int.from_bytes(content[place : place + 4], "big") for place in (16, 20))
    assert size[0] == picture.WIDTH and picture.HEIGHT / 2 < size[1] <= picture.HEIGHT


def test_the_readme_begins_with_it() -> None:
    begin = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n\ntallybook takes")[0]
    assert re.findall(r'(?:src|srcset)="([^"]+)"', begin) == [
        "docs/pictures/report-dark.png",
        "docs/pictures/report-light.png",
    ]
    assert re.search(r'alt="[^"]{40,}"', begin)
