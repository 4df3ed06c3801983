"""A made-up project without an article, and a made-up article for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tallybook.cli.app import app

CITY = Path(__file__).resolve().parents[1] / "data" / "made-up-city-budget"

ARTICLE = """\
Made up: Made-up Harbour in figures

On Sunday 12 people were hurt on the trams, the police said. The trams had 27.4 million passengers in 2024.

“We filled 18,500 potholes in 2024,” said Mayor Anna Berg. The mayor, 52, took office six years ago.

The council will build 2,000 new homes by 2030, according to the Made-up Harbour council.

The hall can seat 900 people.

“Nobody counted,” Berg said. She added that 18,500 potholes were filled.

The economy may grow by 2.4 per cent in 2025, the Made-up Finance Ministry said on 3 April 2025.

Call +49 30 1234567 for copies.

5 min read
"""
"""Everything in it is made up."""

Run = Callable[..., Result]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A project with measures and sources, and no article yet."""
    root = tmp_path / "city"
    shutil.copytree(CITY, root)
    (root / "claims" / "made-up-city-budget.yaml").unlink()
    page = root / "sources" / "made-up-city-copy.yaml"
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    page.write_text("".join(line for line in lines if "copy_of:" not in line), encoding="utf-8")
    (root / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return root


@pytest.fixture
def tb_run(city: Path) -> Run:
    return lambda *words, **more: CliRunner().invoke(app, [*map(str, words), "--project", str(city)], **more)


@pytest.fixture
def drafted(city: Path, tb_run: Run) -> Path:
    """The project with the draft ``town``."""
    done = tb_run("new", city / "article.txt", "--id", "town", "--published", "2025-06-20")
    assert done.exit_code == 0, done.output
    return city
