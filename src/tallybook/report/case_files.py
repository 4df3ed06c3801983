"""All files of one case: its own page, a page a claim, its sources, its notebooks, its data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tallybook.exchange.claimreview import claim_review
from tallybook.exchange.json_text import json_bytes
from tallybook.exchange.outlet import Outlet
from tallybook.report.addresses import among_page as among_path
from tallybook.report.addresses import case_page as case_path
from tallybook.report.addresses import claim_picture_file
from tallybook.report.addresses import sources_page as sources_path
from tallybook.report.among_view import among_view
from tallybook.report.case_view import CaseView, case_view
from tallybook.report.claim_view import claim_view
from tallybook.report.downloads import downloads
from tallybook.report.pages import (
    Entry,
    Menu,
    Shared,
    among_page,
    case_page,
    claim_page,
    notebook_page,
    sources_page,
)
from tallybook.report.social_card import alternative, card_of, social_card
from tallybook.report.sources_view import LARGEST, sources_view, split

if TYPE_CHECKING:
    from tallybook.report.rendering import NotebookPage
    from tallybook.tables.case import Case

Files = tuple[CaseView, dict[str, str], dict[str, bytes]]


def case_menu(case: str, cases: Entry | None, about: Sequence[Entry]) -> Menu:
    """The menu of the pages of a case, by its id. ``cases``: the page that lists several cases; ``about``:
    those on the method and the program."""
    own = [
        Entry(case_path(case), "Verdicts"),
        Entry(sources_path(case), "Sources"),
        Entry(among_path(case), "Among themselves"),
    ]
    return Menu([*([cases] if cases else []), *own, *about])


def case_files(case: Case, pages: list[NotebookPage], cases: Entry | None, about: Sequence[Entry]) -> Files:
    """What a case shows, its pages and its data, by their paths in the site.

    ``pages``: of its notebooks; ``cases``: the page that lists several cases; ``about``: those on the method
    and the program.
    """
    tables = downloads(case)
    view = case_view(case, pages, tables)
    menu = case_menu(case.id, cases, about)
    working = Menu(menu.main, [Entry(page.path, page.label) for page in pages])
    claims, pictures = _claims(case, view, menu)
    texts = {view.path: case_page(view, menu), **claims, **_sources(case, view, menu)}
    among = among_view(case)
    texts[among.path] = among_page(among, view, menu)
    texts |= {page.path: notebook_page(page, pages, working, view.foot) for page in pages}
    return view, texts, {file.file: file.content for file in tables} | pictures


def _claims(case: Case, view: CaseView, menu: Menu) -> tuple[dict[str, str], dict[str, bytes]]:
    """The pages of the claims, and the picture of each."""
    claims = [claim_view(case, claim) for claim in case.comparison().claims]
    around = [None, *claims, None]
    imprint = case.book.imprint
    outlet = Outlet(imprint.publisher, imprint.url)
    texts, pictures = {}, {}
    for place, claim in enumerate(claims):
        beside = around[place], around[place + 2]
        card, picture = card_of(claim, view), claim_picture_file(case.id, claim.id)
        shared = Shared(outlet.at(claim.path), outlet.at(picture), picture, alternative(card))
        texts[claim.path] = claim_page(
            claim, view, menu, beside, shared, _for_machines(case, claim.id, outlet)
        )
        pictures[picture] = social_card(card)
    return texts, pictures


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
