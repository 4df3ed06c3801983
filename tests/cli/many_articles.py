"""A book of some made-up articles, of figures that mean nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def write_articles(root: Path, articles: int, claims: int = 2) -> Path:
    """Each with a measure and two pages of its own; the second claim of each differs from its first, and from
    both pages."""
    numbers = range(articles)
    measures = [
        {"id": f"crates-{n}", "kind": "total", "once": True, "unit": "crate", "definition": f"Crates of {n}."}
        for n in numbers
    ]
    write(root, "claims/measures.yaml", {"measures": measures})
    write(root, "sources/origins.yaml", {"origins": [{"id": o, "name": f"Office {o}"} for o in "abc"]})
    for n in numbers:
        write(root, f"claims/{name(n)}.yaml", _article(n, claims))
        for origin in "bc":
            write(root, f"sources/page-{n}-{origin}.yaml", _page(n, origin))
    return root


def name(n: int) -> str:
    return f"made-up-{n:02}"


def write(root: Path, file: str, record: dict[str, Any]) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(record, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _article(n: int, claims: int) -> dict[str, Any]:
    stated = [
        {"id": f"c{k}", "measure": f"crates-{n}", "anchor": {"exact": f"{100 + n + 70 * k} crates"},
         "origin": "a"}
        for k in range(claims)
    ]  # fmt: skip
    for k, claim in enumerate(stated):
        claim["anchor"] |= {"paragraph": k + 1}  # type: ignore[operator]
    return {"id": name(n), "title": f"Made-up article {n}", "publisher": "Made-up paper",
            "published": "2025-03-04", "language": "en", "claims": stated}  # fmt: skip


def _page(n: int, origin: str) -> dict[str, Any]:
    id_ = f"page-{n}-{origin}"
    said = {"id": f"{id_}-1", "measure": f"crates-{n}", "words": f"{100 + n} crates", "origin": origin}
    return {"id": id_, "publisher": f"Gazette {origin}", "title": f"Page {n}",
            "url": f"https://{origin}.example/{n}", "published": "2025-03-02", "read_on": "2025-04-01",
            "language": "en", "kind": "secondary", "statements": [said]}  # fmt: skip
