"""The cases that exports are tried on: the first, those made up, and one that is hostile in every field."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from tallybook.tables.case import Case
from tallybook.tables.opened import open_book

DATA = Path(__file__).resolve().parents[1] / "data"
PROJECTS = sorted(path.name for path in DATA.iterdir() if (path / "claims").is_dir())

HOSTILE = (
    '=HYPERLINK("https://evil.example";"x")</script><script>alert(1)</script><img src=x onerror=alert(1)>'
    ' {\\input{/etc/passwd}} $\\write18{ls}$ 100% & #1 _ ~ ^ @misc{x, \' , """ ]]> --> &amp; %00'
    "\n\t@SUM(1+1)*cmd‐é漢字🙂"
)
"""Markup, a formula, TeX commands, quotes, ends of comments, and letters outside every small code page."""


@functools.cache
def opened(project: str) -> Case:
    """The case of a project of tests/data, opened and judged once."""
    book = open_book(DATA / project)
    return book[book.first]


@pytest.fixture(params=PROJECTS)
def case(request: pytest.FixtureRequest) -> Case:
    """Each case of tests/data."""
    return opened(request.param)


@pytest.fixture
def first_case() -> Case:
    return opened("first-case")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case whose every free text is hostile; a claim is supported, one contradicted, one not tested."""
    root = tmp_path_factory.mktemp("hostile")
    for name, data in _hostile_files().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return open_book(root)["evil"]


def _hostile_files() -> dict[str, Any]:
    words = HOSTILE[:150]
    because = {"because": HOSTILE, "unit": "loaf"}
    statement = {
        "measure": "loaves", "words": words, "speaker": HOSTILE, "speaker_org": HOSTILE,
        "scope_note": HOSTILE, "via": [HOSTILE], "remark": HOSTILE, "reference_period": "2025-06",
    }  # fmt: skip
    part = {**statement, "part": HOSTILE}
    url = "https://evil.example/?q=<script>'\"&=1}{%00"
    page = {"publisher": HOSTILE, "title": HOSTILE, "url": url, "language": "en", "kind": "secondary"}
    article = {
        "id": "evil", "title": HOSTILE, "publisher": HOSTILE, "url": url, "published": "2025-06-30",
        "language": "en", "state": "reviewed",
        "claims": [
            {
                "id": f"c{k}", "measure": measure, "attributed_to": HOSTILE, "remark": HOSTILE,
                "reference_period": "2025-06", "recorded": {"low": low, "high": low, **because},
                "anchor": {"exact": words, "prefix": HOSTILE[:80], "suffix": HOSTILE[-80:], "paragraph": 1},
            }
            for k, (measure, low) in enumerate((("loaves", 9), ("loaves", 70), ("crumbs", 5)))
        ],
        "set_aside": [{"anchor": {"exact": words, "paragraph": 2}, "kind": HOSTILE, "because": HOSTILE}],
        "reviews": [{"claim": "c0", "says": "not tested", "by": HOSTILE, "on": "2025-07-01", "why": HOSTILE}],
    }  # fmt: skip
    measure = {"kind": "total", "once": True, "unit": "loaf", "definition": HOSTILE,
               "scopes": {"all": HOSTILE}}  # fmt: skip
    return {
        "claims/measures.yaml": {"measures": [{"id": "loaves", **measure}, {"id": "crumbs", **measure}]},
        "claims/evil.yaml": article,
        "sources/origins.yaml": {
            "parties": {"north": HOSTILE},
            "origins": [
                {"id": o, "name": f"{HOSTILE} {o}", "method": HOSTILE, "party_to": HOSTILE} for o in "ab"
            ],
            "groups": [{"id": "said", "what": HOSTILE, "statements": ["s2", "s3"]}],
            "derivations": [
                {"id": "sum", "measure": "loaves", "how": "sum", "of": ["s2", "s3"], "assumption": HOSTILE}
            ],
        },
        "sources/p0.yaml": {"id": "p0", **page, "statements": [
            {"id": "s0", "origin": "a", **statement, "recorded": {"low": 9, "high": 9, **because}}]},
        "sources/p1.yaml": {"id": "p1", **page, "read_on": "2025-07-02", "statements": [
            {"id": "s1", "origin": "b", **statement, "recorded": {"low": 9, "high": 9, **because}},
            {"id": "s2", "origin": "b", **part, "recorded": {"low": 4, "high": 4, **because}},
            {"id": "s3", "origin": "b", **part, "relays": "s2", "recorded": {"low": 5, "high": 5, **because}},
        ]},
    }  # fmt: skip
