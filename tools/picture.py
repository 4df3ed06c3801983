"""Takes the picture of the report that README.md begins with, of a site that is built.

    python tools/picture.py --site site        # or: make picture

Writes docs/pictures/: the first screen of the page of the first case, light and dark, and the digest of the
words that it shows, by which a test knows when the page says something else.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import shutil
import sys
from pathlib import Path

from bs4 import BeautifulSoup

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
CASE = "kursk-engineers"
WIDTH, HEIGHT = 1200, 820
COLOURS = 64
ENDS_OF_ROWS = "rows => rows.map(row => Math.floor(row.getBoundingClientRect().bottom))"
LARGEST = 150_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def shown_words(page: str) -> str:
    """The words of a case's page that are its finding: headline, lead and table of claims, a line each."""
    soup = BeautifulSoup(page, "html.parser")
    parts = soup.select("main h1, main ul.lead li, main table.claims tr")
    return "\n".join(" ".join(part.get_text(" ").split()) for part in parts) + "\n"


def digest(page: str) -> str:
    """SHA-256 of these words, as it is stored."""
    return hashlib.sha256(shown_words(page).encode()).hexdigest() + "\n"


def take(page: Path, scheme: str, browser: str) -> bytes:
    """A PNG of the first screen down to its last whole row, with few colours, so that it is small."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        context = program.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme=scheme,  # type: ignore[arg-type]
            offline=True,
        )
        tab = context.new_page()
        tab.goto(page.resolve().as_uri())
        ends = tab.eval_on_selector_all("table.claims tr", ENDS_OF_ROWS)
        height = max((end for end in ends if end <= HEIGHT), default=HEIGHT)
        shot = tab.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": height})
        program.close()
    few = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def main() -> str | None:
    parser = argparse.ArgumentParser(description="Take the picture of the report for README.md.")
    parser.add_argument("--site", type=Path, default=Path("site"), help="a site that is built")
    page = parser.parse_args().site / CASE / "index.html"
    if not page.is_file():
        return f"{page} is not there: make report builds it"
    named = os.environ.get("TALLYBOOK_CHROMIUM")
    browser = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return f"no Chromium on the PATH ({', '.join(BROWSERS)}); TALLYBOOK_CHROMIUM names one"
    taken = {scheme: take(page, scheme, browser) for scheme in ("light", "dark")}
    if heavy := [scheme for scheme, content in taken.items() if len(content) > LARGEST]:
        return f"more than {LARGEST:,} bytes: {', '.join(heavy)}; nothing is written"
    PICTURES.mkdir(exist_ok=True)
    for scheme, content in taken.items():
        (PICTURES / f"report-{scheme}.png").write_bytes(content)
        print(f"wrote docs/pictures/report-{scheme}.png ({len(content):,} bytes)")
    (PICTURES / "report.sha256").write_text(digest(page.read_text(encoding="utf-8")), encoding="utf-8")
    return None


if __name__ == "__main__":
    sys.exit(main())
