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


def test_html_validate(pages: list[Path], site: Path) -> None:
    command = node_program("html-validate", "node_modules/html-validate/bin/html-validate.mjs")
    config = ["--config", str(GATES / "html-validate.cjs"), "--formatter", "json"]
    run = subprocess.run(
        [*command, *config, *map(str, pages)], cwd=GATES, capture_output=True, text=True, timeout=300
    )
    assert run.returncode in (0, 1) and run.stdout.startswith("["), run.stderr[-2000:]
    found = [
        f"{_below(file['filePath'], site)}:{fault['line']}: {fault['ruleId']}: {fault['message']}"
        for file in json.loads(run.stdout)
        for fault in file["messages"]
    ]
    assert not found, _told(found)


def test_nu(pages: list[Path], site: Path) -> None:
    """The checker of the HTML standard; what it calls information is not counted."""
    command = java_program("Nu", NU)
    options = ["--format", "json", "--exit-zero-always", "--skip-info-messages", "--stdout"]
    options += ["--filterpattern", f"{OF_THE_POLICY}|{CAPTION_IN_A_FIGURE}"]
    found = _told_by_nu([*command, *options, *map(str, pages)], site)
    assert not found, _told(found)


def _told_by_nu(command: list[str], site: Path) -> list[str]:
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0 and run.stdout.startswith("{"), run.stderr[-2000:]
    return [_of_nu(message, site) for message in json.loads(run.stdout)["messages"]]


def _of_nu(message: dict[str, Any], site: Path) -> str:
    file = _below(unquote(urlsplit(message.get("url", "")).path), site)
    return f"{file}:{message.get('lastLine', 0)}: {message['type']}: {message['message']}"


def _below(file: str, site: Path) -> str:
    path = Path(file)
    return path.relative_to(site).as_posix() if path.is_relative_to(site) else file


def _told(found: list[str]) -> str:
    more = len(found) - MOST_TOLD
    return "\n".join([*found[:MOST_TOLD], *([f"and {more} more"] if more > 0 else [])])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>a<div>b</div></p>", "p"),
        ('<p id="a">x</p><p id="a">y</p>', "id"),
        ('<p style="color:red">x</p>', "style"),
    ],
)
def test_they_would_have_found_what_is_wrong(body: str, said: str, tmp_path: Path) -> None:
    """A gate that lets everything through is none."""
    page = tmp_path / "bad.html"
    page.write_text(
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Bad</title></head>\n'
        f"<body>{body}</body>\n</html>\n"
    )
    assert MODULES.parent == GATES
    with pytest.raises(AssertionError, match=said):
        test_html_validate([page], tmp_path)
    if "style" not in body:  # which the standard allows
        with pytest.raises(AssertionError, match=r"bad\.html"):
            test_nu([page], tmp_path)
