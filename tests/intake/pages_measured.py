"""A book as it was before anybody had read its pages: no statement, each page a text in the cache.

Of a page only the words that carry a figure are kept here, so that its text is those words, a paragraph each:
less than a page has to go by, and with fewer other figures that could be taken for the right ones.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tallybook.book import Book, load_book
from tallybook.intake.candidates import Candidates

FIRST = 5


@dataclass(frozen=True)
class PagesFound:
    """Of one claim. ``pages``: of the first candidates; ``right``: those of them that state its measure;
    ``cited``: whether one is a page that the claim cites, None where none of these was seen."""

    claim: str
    pages: list[str]
    right: list[str]
    cited: bool | None

    @property
    def first_is_right(self) -> bool:
        return self.pages[:1] == self.right[:1] != []


def without_statements(whole: Book, root: Path) -> Book:
    """A copy of the book in which every page is only a text in the cache."""
    shutil.copytree(whole.root / "claims", root / "claims", ignore=shutil.ignore_patterns("accepted"))
    (root / "sources").mkdir()
    (root / ".cache" / "pages").mkdir(parents=True)
    for source in whole.sources.values():
        data = _yaml(whole.root / "sources" / f"{source.id}.yaml")
        said = [statement["words"] for statement in data.pop("statements", [])]
        if source.seen:
            data["kept"] = "excerpt"
        _write(root / "sources" / f"{source.id}.yaml", data)
        if said:
            text = "".join(f"{words.rstrip('.')}.\n\n" for words in said)
            (root / ".cache" / "pages" / f"{source.id}.txt").write_text(text, encoding="utf-8")
    origins = _yaml(whole.root / "sources" / "origins.yaml")
    _write(
        root / "sources" / "origins.yaml",
        {key: origins[key] for key in ("origins", "parties") if key in origins},
    )
    for article in whole.articles:
        data = _yaml(root / "claims" / f"{article}.yaml")
        data.pop("reviews", None)
        for claim in data["claims"]:
            claim.pop("outcome", None)
        _write(root / "claims" / f"{article}.yaml", data)
    return load_book(root)


def pages_found(whole: Book, bare: Book, article: str) -> list[PagesFound]:
    """The pages of the first candidates of each claim whose measure a page states."""
    candidates = Candidates(bare, bare.articles[article])
    found = []
    for claim in whole.articles[article].claims:
        stating = {whole.source_of[s.id].id for s in whole.statements.values() if s.measure == claim.measure}
        if not stating:
            continue
        pages = list(dict.fromkeys(one.found.name for one in candidates.of(claim.id)[:FIRST]))
        seen = {page for page in claim.cites if page in stating}
        cited = bool(seen & set(pages)) if seen else None
        found.append(PagesFound(claim.id, pages, [page for page in pages if page in stating], cited))
    return found


def _yaml(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return data


def _write(file: Path, data: object) -> None:
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
