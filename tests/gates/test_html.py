"""Two independent checkers of HTML find nothing wrong with any page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from .programs import GATES, MODULES, java_program, node_program

MOST_TOLD = 40
NU = "node_modules/vnu-jar/build/dist/vnu.jar"
OF_THE_POLICY = ".*violates Content Security Policy.*"
"""Nu computes no digest of a style and takes "img-src data:" for a ban; a real browser is asked instead
(test_in_a_browser.py)."""
CAPTION_IN_A_FIGURE = (
    ".*only content in a .figure. element other than the .figcaption., the .caption. element.*"
)
"""A warning: the caption is the name by which a screen reader calls the table, the figcaption a line more."""


BAD = {
    "paragraph": ("<p>a<div>b</div></p>", "close-order"),
    "id": ('<p id="a">x</p><p id="a">y</p>', "no-dup-id"),
    "style": ('<p style="color:red">x</p>', "no-inline-style"),
}
"""Made-up pages with a fault each, and the rule of html-validate. Nu allows the last, like the standard."""


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A gate that lets everything through is none: these are looked at in the same run."""
    folder = tmp_path_factory.mktemp("bad")
    for name, (body, _) in BAD.items():
        (folder / f"{name}.html").write_text(
            f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Bad</title></head>\n'
            f"<body>{body}</body>\n</html>\n"
        )
    return {name: folder / f"{name}.html" for name in BAD}


def test_html_validate(pages: list[Path], site: Path, bad: dict[str, Path]) -> None:
    assert MODULES.parent == GATES
    command = node_program("html-validate", "node_modules/html-validate/bin/html-validate.mjs")
    config = ["--config", str(GATES / "html-validate.cjs"), "--formatter", "json"]
    run = subprocess.run(
        [*command, *config, *map(str, [*pages, *bad.values()])],
        cwd=GATES,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode in (0, 1) and run.stdout.startswith("["), run.stderr[-2000:]
    faults = [
        (Path(file["filePath"]), fault) for file in json.loads(run.stdout) for fault in file["messages"]
    ]
    told = {(file, fault["ruleId"]) for file, fault in faults}
    assert {(bad[name], rule) for name, (_, rule) in BAD.items()} <= told
    found = [
        f"{_below(file, site)}:{fault['line']}: {fault['ruleId']}: {fault['message']}"
        for file, fault in faults
        if file not in bad.values()
    ]
    assert not found, _told(found)


def test_nu(pages: list[Path], site: Path, bad: dict[str, Path]) -> None:
    """The checker of the HTML standard; what it calls information is not counted."""
    command = java_program("Nu", NU)
    options = ["--format", "json", "--exit-zero-always", "--skip-info-messages", "--stdout"]
    options += ["--filterpattern", f"{OF_THE_POLICY}|{CAPTION_IN_A_FIGURE}"]
    run = subprocess.run(
        [*command, *options, *map(str, [*pages, *bad.values()])], capture_output=True, text=True, timeout=300
    )
    assert run.returncode == 0 and run.stdout.startswith("{"), run.stderr[-2000:]
    messages = [(_file(message), message) for message in json.loads(run.stdout)["messages"]]
    told = {file for file, _ in messages}
    assert {name for name, page in bad.items() if page in told} == {"paragraph", "id"}
    found = [
        f"{_below(file, site)}:{message.get('lastLine', 0)}: {message['type']}: {message['message']}"
        for file, message in messages
        if file not in bad.values()
    ]
    assert not found, _told(found)


def _file(message: dict[str, Any]) -> Path:
    return Path(unquote(urlsplit(message.get("url", "")).path))


def _below(file: Path, site: Path) -> str:
    return (file.relative_to(site) if file.is_relative_to(site) else file).as_posix()


def _told(found: list[str]) -> str:
    more = len(found) - MOST_TOLD
    return "\n".join([*found[:MOST_TOLD], *([f"and {more} more"] if more > 0 else [])])
