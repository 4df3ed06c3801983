"""No page is heavier than a reader on the road can bear."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE, NOTEBOOK = 150_000, 400_000
"""Bytes at most: of a page of the report; of a notebook's, with its code and pictures."""


def test_no_page_is_too_heavy(pages: list[Path], site: Path) -> None:
    notebooks = {path.stem for path in (ROOT / "notebooks").rglob("*.ipynb")}
    assert notebooks
    heavy = [
        f"{page.relative_to(site)}: {size:,} bytes, at most {most:,}"
        for page in pages
        if (size := page.stat().st_size) > (most := NOTEBOOK if page.stem in notebooks else PAGE)
    ]
    assert not heavy, "\n".join(heavy)
