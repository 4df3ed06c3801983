"""All files of one case: its own page, a page a claim, its sources, its notebooks, its data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallybook.exchange.claimreview import claim_review
from tallybook.exchange.json_text import json_bytes
from tallybook.exchange.outlet import Outlet
from tallybook.report.addresses import among_page as among_path
from tallybook.report.addresses import case_page as case_path
from tallybook.report.addresses import sources_page as sources_path
from tallybook.report.among_view import among_view
from tallybook.report.case_view import CaseView, case_view
from tallybook.report.claim_view import claim_view
from tallybook.report.downloads import downloads
from tallybook.report.pages import (
    Entry,
    Menu,
    among_page,
    case_page,
    claim_page,
    notebook_page,
    sources_page,
)
from tallybook.report.sources_view import LARGEST, sources_view, split

if TYPE_CHECKING:
    from tallybook.report.rendering import NotebookPage
    from tallybook.tables.case import Case

Files = tuple[CaseView, dict[str, str], dict[str, bytes]]


def case_menu(case: str, cases: Entry | None, method: Entry) -> Menu:
    """The menu of the pages of a case, by its id. ``cases``: the page that lists several cases."""
    own = [
        Entry(case_path(case), "Verdicts"),
        Entry(sources_path(case), "Sources"),
        Entry(among_path(case), "Among themselves"),
    ]
    return Menu([*([cases] if cases else []), *own, method])


def case_files(case: Case, pages: list[NotebookPage], cases: Entry | None, method: Entry) -> Files:
    """What a case shows, its pages and its data, by their paths in the site.

    ``pages``: of its notebooks; ``cases``: the page that lists several cases; ``method``: of the book.
    """
    data = downloads(case)
    view = case_view(case, pages, data)
    menu = case_menu(case.id, cases, method)
    working = Menu(menu.main, [Entry(page.path, page.label) for page in pages])
    texts = {view.path: case_page(view, menu), **_claims(case, view, menu), **_sources(case, view, menu)}
    among = among_view(case)
    texts[among.path] = among_page(among, view, menu)
    texts |= {page.path: notebook_page(page, pages, working, view.foot) for page in pages}
    return view, texts, {file.file: file.content for file in data}


def _claims(case: Case, view: CaseView, menu: Menu) -> dict[str, str]:
    claims = [claim_view(case, claim) for claim in case.comparison().claims]
    around = [None, *claims, None]
    imprint = case.book.imprint
    outlet = Outlet(imprint.publisher, imprint.url)
    return {
        claim.path: claim_page(
            claim, view, menu, (around[place], around[place + 2]), _for_machines(case, claim.id, outlet)
        )
        for place, claim in enumerate(claims)
    }


def _for_machines(case: Case, claim: str, outlet: Outlet) -> str:
    """The ClaimReview of a claim as JSON-LD; "" where its verdict is no judgement."""
    review = claim_review(case, claim, outlet)
    return json_bytes(review).decode() if review is not None else ""


def _sources(case: Case, view: CaseView, menu: Menu) -> dict[str, str]:
    """One page, or a short list and a page a letter where one page would be too heavy."""
    whole = sources_view(case)
    page = sources_page(whole, view, menu)
    if len(page.encode()) <= LARGEST:
        return {whole.path: page}
    return {part.path: sources_page(part, view, menu) for part in split(whole)}
