"""A book made in memory, of a few records of each kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallybook.book import Book, load
from tallybook.book.project_files import ProjectFiles
from tallybook.book.yaml_lines import LineIndex, YamlFile

PAGE_KEYS = ("published", "kind", "published_is")


def _as_in_yaml(value: Any) -> Any:
    """Scalars as text, as this project reads YAML."""
    if isinstance(value, dict):
        return {key: _as_in_yaml(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_as_in_yaml(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)


def _file(name: str, data: dict[str, Any]) -> YamlFile:
    return YamlFile(LineIndex(name), data=_as_in_yaml(data))


def _page(id_: str) -> dict[str, Any]:
    return {
        "id": id_, "publisher": id_, "language": "en", "kind": "secondary", "published": "2025-06-01",
        "statements": [],
    }  # fmt: skip


@pytest.fixture
def book() -> Callable[..., Book]:
    """``measures``: by id, without the id; ``said``: statements, of a page each unless they name a ``page``.

    A statement has the first measure and origin "a", a measure the definition "Made up." Origins that are
    named are made; ``origins`` gives more of some. ``claims``: with their ``words``, in one article.
    """

    def make(
        measures: dict[str, dict[str, Any]],
        said: list[dict[str, Any]],
        claims: list[dict[str, Any]] | None = None,
        *,
        origins: dict[str, dict[str, Any]] | None = None,
        article: dict[str, Any] | None = None,
        pages: dict[str, dict[str, Any]] | None = None,
        **of_origins: Any,
    ) -> Book:
        first = next(iter(measures))
        sources = {id_: _page(id_) | more for id_, more in (pages or {}).items()}
        named: dict[str, dict[str, Any]] = {"a": {}}
        for number, given in enumerate(said):
            row = {"id": f"s{number}", "measure": first, "origin": "a"} | given
            row["origin"] = None if "origins" in row else row["origin"]
            names = [row["origin"], *row.get("origins", []), *row.get("draws_on", [])]
            named |= {name: {} for name in names if name}
            id_ = row.pop("page", f"p{number}")
            page = sources.setdefault(id_, _page(id_))
            page |= {key: row.pop(key) for key in PAGE_KEYS if key in row}
            page["statements"].append(row)
        named |= {claim["origin"]: {} for claim in claims or [] if "origin" in claim}
        named |= origins or {}
        records = [{"id": id_, "definition": "Made up."} | record for id_, record in measures.items()]
        stated = [
            {"id": f"c{n}", "measure": first, "anchor": {"exact": given["words"], "paragraph": 1}}
            | {key: value for key, value in given.items() if key != "words"}
            for n, given in enumerate(claims or [])
        ]
        made_of = [{"id": id_, "name": f"Origin {id_}"} | more for id_, more in named.items()]
        paper = {"id": "paper", "title": "Made up", "publisher": "A paper", "published": "2025-06-30",
                 "language": "en", "claims": stated} | (article or {})  # fmt: skip
        files = ProjectFiles(
            _file("claims/measures.yaml", {"measures": records}),
            _file("sources/origins.yaml", {"origins": made_of, **of_origins}),
            {"paper": _file("claims/paper.yaml", paper)} if stated else {},
            {id_: _file(f"sources/{id_}.yaml", page) for id_, page in sources.items()},
        )
        return load.book_of(files, Path())

    return make
