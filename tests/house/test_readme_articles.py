"""The README's commands that bring articles, pages and tables in: each runs, in its order, in a new suite.

Offline, with made-up files of the names that the README gives. A block of console has its output beside it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from ..intake.made_files import docx, paragraph, run
from .test_readme import ELLIPSIS, README, ROOT, SCRATCH, lines_of

TEXT = (
    "Made up: Made-up Harbour in figures",
    "The trams of Made-up Harbour had 27.4 million passengers in 2024, the Tram Company says.",
    "The council filled 18,500 potholes in 2024.",
)
PAGE = (
    "<html lang='en'><head><title>Made up: {title}</title><meta property='og:site_name' content='{title}'>"
    "<meta property='article:published_time' content='2025-02-10'></head><body><article><h1>{title}</h1>"
    "<p>{said}</p></article></body></html>"
)
KEYS = {
    "tallybook review town": (
        *("m", "1", "passenger", "trams: Passengers of the trams."),
        *("m", "1", "pothole", "potholes: Potholes that the council filled."),
        "q",
    ),
    "tallybook source review": ("l", "l", "l", "q"),
    "tallybook match town --accept": ("q",),
}
"""What a person answers, a line each."""


def section(title: str) -> str:
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def commands(title: str) -> Iterator[tuple[str, list[str] | None]]:
    """(command, what it prints, None where the README shows nothing) in the order of the section."""
    text = section(title)
    for line in re.findall(
        r"^    (tallybook .*)$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), re.M
    ):
        yield re.sub(r"\s+#.*$", "", line), None
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for one in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *printed = re.sub(r"\\\n\s*", "", one).splitlines()
            yield command, printed


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("readme") / "desk"
    console(place.parent, f"tallybook init {place.name}")
    body = "".join(paragraph(run(text)) for text in TEXT)
    (place / "article.docx").write_bytes(docx(body))
    (place / "pages").mkdir()
    pages = {
        "trams.html": ("Tram Company", "In 2024 the trams had 27,412,000 passengers, the Tram Company says."),
        "pages/council.html": ("Town Council", "In 2024 the council filled 18,400 potholes."),
        "pages/paper.html": ("The Made-up Echo", "The trams had 27 million passengers in 2024."),
    }
    for name, (title, said) in pages.items():
        (place / name).write_text(PAGE.format(title=title, said=said), encoding="utf-8")
    table = ROOT / "sources" / "tables" / "made-up-jobs-register.csv"
    (place / "jobs.csv").write_bytes(table.read_bytes())
    return place


def first_drafted(desk: Path) -> str:
    found = [
        statement["id"]
        for file in sorted(desk.glob("sources/*.yaml"))
        for statement in yaml.safe_load(file.read_text(encoding="utf-8")).get("statements", ())
        if "guessed" in statement
    ]
    return str(found[0])


def console(desk: Path, command: str) -> list[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=desk,
        env={**os.environ, "PATH": path, "COLUMNS": "200"},
        input="".join(f"{key}\n" for key in KEYS.get(command, ())),
        capture_output=True,
        text=True,
        timeout=300,
    )
    allowed = (0, 3) if command.startswith("tallybook quotes") else (0,)  # 3: a page could not be checked
    assert done.returncode in allowed, f"{command}\n{done.stdout}{done.stderr}"
    return lines_of(done.stdout)


def as_shown(printed: list[str], shown: list[str]) -> bool:
    """Whether lines are those that a block shows, where an ellipsis stands for any."""
    if ELLIPSIS not in shown:
        return printed == shown
    begin, end = shown[: shown.index(ELLIPSIS)], shown[shown.index(ELLIPSIS) + 1 :]
    return printed[: len(begin)] == begin and (not end or printed[-len(end) :] == end)


def test_there_are_commands_to_run() -> None:
    assert [len([*commands(title)]) for title in SCRATCH] == [16, 4]


def test_an_article_and_its_pages_are_brought_in_as_the_readme_says(desk: Path) -> None:
    for command, _ in commands(SCRATCH[0]):
        console(desk, re.sub(r"\bID\b", lambda _: first_drafted(desk), command))
    assert (desk / ".cache" / "report" / "town").is_dir()
    assert (desk / "article-verdicts.docx").is_file()
    article = yaml.safe_load((desk / "claims" / "town.yaml").read_text(encoding="utf-8"))
    assert [claim["measure"] for claim in article["claims"]] == ["trams", "potholes"]
    assert article.get("state") != "draft"


def test_a_table_gives_a_statement_as_the_readme_says(desk: Path) -> None:
    measures, origins = desk / "claims" / "measures.yaml", desk / "sources" / "origins.yaml"
    for file, key, entry in (
        (
            measures,
            "measures",
            {"id": "employed", "kind": "stock", "unit": "person", "definition": "In work."},
        ),
        (origins, "origins", {"id": "labour-office", "name": "Labour Office"}),
    ):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        data[key] = [*data[key], entry]
        file.write_text(yaml.safe_dump(data), encoding="utf-8")
    for command, shown in commands(SCRATCH[1]):
        printed = console(desk, command)
        assert as_shown(printed, shown or [ELLIPSIS]), "\n".join([command, *printed])
    assert "1 query on tables gave the same again" in console(desk, "tallybook check")
