"""What the page of a case shows: its finding, a row a claim, and the article as a strip of paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tallybook.charts.wording import plain
from tallybook.prose import counted, day, period, spelled
from tallybook.report.addresses import case_page, claim_page, table_file
from tallybook.report.claim_view import Passage, attribution, passage_of
from tallybook.report.downloads import Download
from tallybook.report.finding import Finding, claim_quote, finding
from tallybook.report.footing import Footing, footing
from tallybook.report.reasons import why
from tallybook.report.sentences import PAGE_LANGUAGE, Quote, quote
from tallybook.terms import AsOf, Verdict

if TYPE_CHECKING:
    from tallybook.report.rendering import NotebookPage
    from tallybook.tables.case import Case

MOST_BOXES = 200
"""An article with more paragraphs has a box only for those with a figure."""

_MOST_DOTS = 4


@dataclass(frozen=True)
class ClaimRow:
    """``written``: the verdict on the article's day, None where it is that of today; ``attribution``: whether
    the cited page says so, where that heads the claim or the page says something else."""

    words: Quote
    verdict: Verdict
    written: Verdict | None
    attribution: str
    why: str
    paragraph: int
    said_by: str


@dataclass(frozen=True)
class Sign:
    """A claim in a paragraph: its verdict, and words for the ear; without a verdict it has no measure yet."""

    verdict: Verdict | None
    label: str


@dataclass(frozen=True)
class Paragraph:
    """``claims``: those in it, with their passages; ``aside``: (words, kind, why) of what is no claim."""

    number: int
    signs: list[Sign]
    passages: list[tuple[Passage, Verdict | None]]
    aside: list[tuple[str, str, str]]

    @property
    def bare(self) -> bool:
        return not (self.signs or self.aside)

    @property
    def dots(self) -> str:
        more = "+" if len(self.aside) > _MOST_DOTS else ""
        return "·" * min(len(self.aside), _MOST_DOTS) + more


@dataclass(frozen=True)
class CaseView:
    """``path``: of its page in the site; ``text``: what is known of the article's text, in words;
    ``state``: empty where it was reviewed; ``all_figures``: the words of the link to this page."""

    id: str
    path: str
    title: str
    language: str
    publisher: str
    published: str
    url: str
    draft: bool
    finding: Finding
    rows: list[ClaimRow]
    verdicts: list[Verdict]
    paragraphs: list[Paragraph]
    boxes: list[Paragraph]
    text: str
    counted: str
    all_figures: str
    unmeasured: list[tuple[Quote, int]]
    foot: Footing
    pages: list[NotebookPage]
    downloads: list[Download]

    @property
    def comparisons(self) -> str:
        return table_file(self.id, "comparisons")

    @property
    def estimates(self) -> str:
        return table_file(self.id, "estimates")


def case_view(case: Case, pages: list[NotebookPage], data: list[Download]) -> CaseView:
    """The page of one case. ``pages``, ``data``: its notebooks and downloads."""
    article, verdicts = case.article, case.comparison().verdicts
    rows = [_row(case, claim) for claim in _in_order(case)]
    paragraphs = _paragraphs(case)
    figures = len(article.claims)
    there = {judged.verdict for judged in verdicts.values()}
    return CaseView(
        id=case.id,
        path=case_page(case.id),
        title=plain(case.title),
        language="" if article.language == PAGE_LANGUAGE else article.language,
        publisher=plain(case.publisher),
        published=_published(case),
        url=case.url,
        draft=article.is_draft,
        finding=finding(case),
        rows=rows,
        verdicts=[verdict for verdict in Verdict if verdict in there],
        paragraphs=[one for one in paragraphs if not one.bare],
        boxes=paragraphs if len(paragraphs) <= MOST_BOXES else [one for one in paragraphs if not one.bare],
        text=_text(case),
        counted=f"{counted(figures, 'claim')}, {len(article.set_aside)} set aside",
        all_figures=f"All {spelled(figures)} figures" if figures > 1 else "The whole case",
        unmeasured=[
            (quote(one.anchor.exact, article.language), one.anchor.paragraph) for one in article.unmeasured
        ],
        foot=footing(case.book.imprint, [case]),
        pages=pages,
        downloads=data,
    )


def _published(case: Case) -> str:
    """The article's day, or how much of it is known."""
    published = case.article.published
    exact = published.start == published.end
    words = day(published.end) if exact else period(published)
    return {"inferred": f"probably {words}", "unreliable": f"{words} (not certain)"}.get(
        case.article.published_is, words
    )


def _in_order(case: Case) -> list[str]:
    """The claims, the gravest verdict first, then those borne out, then what is open; else as in the text."""
    verdicts = case.comparison().verdicts
    order = (
        Verdict.CONTRADICTED, Verdict.DISPUTED, Verdict.CORROBORATED, Verdict.SUPPORTED,
        Verdict.OWN_WORD, Verdict.NOT_TESTED, Verdict.UNSOURCED,
    )  # fmt: skip
    return sorted(verdicts, key=lambda id_: order.index(verdicts[id_].verdict))


def _row(case: Case, claim: str) -> ClaimRow:
    comparison = case.comparison()
    terms, judged = comparison.claims[claim], comparison.verdicts[claim]
    then = case.comparison(AsOf.WRITTEN).verdicts[claim].verdict
    return ClaimRow(
        claim_quote(case, claim, 140),
        judged.verdict,
        then if then is not judged.verdict else None,
        attribution(judged),
        why(case, claim),
        terms.claim.anchor.paragraph,
        plain(terms.claim.attributed_to or ""),
    )


def _paragraphs(case: Case) -> list[Paragraph]:
    """Every paragraph of the article, as far as its number is known."""
    article, verdicts = case.article, case.comparison().verdicts
    found: dict[int, Paragraph] = {}

    def at(number: int) -> Paragraph:
        return found.setdefault(number, Paragraph(number, [], [], []))

    for claim in article.figures:
        judged = verdicts.get(claim.id)
        verdict = judged.verdict if judged else None
        path = claim_page(case.id, claim.id) if judged else ""
        for anchor in (claim.anchor, *claim.also):
            words = quote(anchor.exact, article.language, limit=60)
            label = f"{words}: {verdict.label if verdict else 'no measure yet'}"
            at(anchor.paragraph).signs.append(Sign(verdict, label))
            at(anchor.paragraph).passages.append((passage_of(anchor, path), verdict))
    for aside in article.set_aside:
        told = (plain(aside.anchor.exact), plain(aside.kind), plain(aside.because))
        at(aside.anchor.paragraph).aside.append(told)
    last = max([article.text.paragraphs if article.text else 0, *found], default=0)
    numbers = range(1, last + 1) if last <= MOST_BOXES else sorted(found)
    return [at(number) for number in numbers]


def _text(case: Case) -> str:
    text = case.article.text
    if text is None:
        return "The article’s text is not kept here, only the words above."
    size = f"{text.characters:,} characters in {counted(text.paragraphs, 'paragraph')}"
    return f"The article’s text is not kept here: {size}, of which the words above are quoted."
