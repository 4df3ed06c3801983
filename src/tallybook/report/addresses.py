"""Where everything stands in the site: the paths of its pages. They last: other sites link to them."""

from __future__ import annotations

import posixpath
from functools import lru_cache

INDEX = "index.html"
METHOD = "method.html"
HANDBOOK = "docs/index.html"
TAKEN_IN_CASE = frozenset({"index", "sources", "among-themselves"})
TAKEN_IN_BOOK = frozenset({"index", "method"})


def case_page(case: str) -> str:
    return f"{case}/index.html"


def claim_page(case: str, claim: str) -> str:
    return f"{case}/claim/{claim}.html"


def sources_page(case: str) -> str:
    return f"{case}/sources.html"


def source_place(case: str, source: str) -> str:
    """Of one page that was read, in the list of sources."""
    return f"{sources_page(case)}#{source}"


def among_page(case: str) -> str:
    return f"{case}/among-themselves.html"


def paragraph_place(case: str, paragraph: int) -> str:
    """Of one paragraph of the article, on the page of its case."""
    return f"{case_page(case)}#_p{paragraph}"


def table_file(case: str, table: str) -> str:
    """Of one table of a case, as a CSV file."""
    return f"{case}/data/{table}.csv"


def claim_picture_file(case: str, claim: str) -> str:
    """Of the picture of a claim for those who share its page."""
    return f"{case}/claim/{claim}.png"


@lru_cache(maxsize=8_192)  # each page of a case links to the same places many times
def from_page(target: str, here: str) -> str:
    """The relative link from the page ``here`` to ``target``; both are paths in the site."""
    path, sign, anchor = target.partition("#")
    if path == here and sign:
        return f"#{anchor}"
    return posixpath.relpath(path, posixpath.dirname(here) or ".") + sign + anchor
