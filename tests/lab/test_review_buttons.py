"""The buttons of a review in JupyterLab, in a real browser: each press is written, and the next is shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page

from .conftest import Serve
from .test_explorer import opened

pytest.importorskip("ipywidgets")
pytest.importorskip("trafilatura")

BOOK = {
    "claims/measures.yaml": """measures:
  - {id: passengers, kind: total, unit: passenger, definition: Passengers of the trams.}
  - {id: potholes, kind: total, unit: pothole, definition: Potholes that the council filled.}
""",
    "sources/origins.yaml": "origins: []\n",
}
TEXT = """Made up: Made-up Harbour in <b>figures</b>

The trams had 27.4 million passengers in 2024, and the council filled 18,500 potholes in 2024.

The town has 12 <img src=x onerror=alert(1)> bridges.
"""
OPEN = """
import tallybook as tb

tb.open_book()["town"].review().buttons()
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    for name, text in BOOK.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "town.txt").write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-m", "tallybook", "new", str(tmp_path / "town.txt"), "--id", "town"]
    subprocess.run([*command, "--project", str(tmp_path)], check=True, capture_output=True)
    return tmp_path


def claims(town: Path) -> list[tuple[str, bool]]:
    """(measure, whether somebody has looked at it) of each claim."""
    data = yaml.safe_load((town / "claims" / "town.yaml").read_text(encoding="utf-8"))
    return [(claim.get("measure", ""), "guessed" not in claim) for claim in data["claims"]]


def press(page: Page, words: str, then: str) -> None:
    """Press a button, and wait until the page says something."""
    page.get_by_role("button", name=words, exact=True).click()
    page.get_by_text(then).first.wait_for(timeout=20_000)


@pytest.mark.browser
def test_a_button_answers_and_shows_the_next(town: Path, serve: Serve, browser: Browser) -> None:
    with opened(serve, browser, town, OPEN, shown=".jupyter-button") as page:
        page.get_by_text("27.4 million passengers").first.wait_for()
        page.screenshot(path=town / "first.png")
        press(page, "keep", "2/4")
        assert claims(town)[0] == ("passengers", True)
        press(page, "undo", "1/4")
        assert claims(town)[0][1] is False
        press(page, "keep", "2/4")
        press(page, "keep", "3/4")
        assert claims(town)[:2] == [("passengers", True), ("potholes", True)]
        page.screenshot(path=town / "third.png")
        assert page.get_by_role("button", name="reviewed", exact=True).is_disabled()
        press(page, "no claim", "3/3")  # "12 bridges" has markup in it, and "1" is of a script
        page.get_by_role("button", name="no claim", exact=True).click()
        page.wait_for_function(
            "() => ![...document.querySelectorAll('.jupyter-button')]"
            ".find((button) => button.textContent === 'reviewed').disabled"
        )
        assert page.get_by_role("button", name="keep", exact=True).is_disabled()
        page.screenshot(path=town / "last.png")
        page.get_by_role("button", name="reviewed", exact=True).click()
        page.wait_for_function(
            "() => [...document.querySelectorAll('.jupyter-button')]"
            ".find((button) => button.textContent === 'reviewed').disabled"
        )
        text = (town / "claims" / "town.yaml").read_text(encoding="utf-8")
        assert "state: draft" not in text and len(claims(town)) == 2
        assert page.evaluate("() => document.querySelectorAll('.jp-OutputArea img').length") == 0
