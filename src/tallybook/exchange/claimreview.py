"""The verdicts as ClaimReview (schema.org), which search engines and fact-check databases read.

Only a verdict that is a judgement has one: "own word only", "not tested" and "unsourced" say nothing on the
truth of a figure, a draft has been looked at by nobody, and nothing in a made-up example was ever claimed. A
verdict is given in its own word, without a scale of numbers, because it has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tallybook.book import Source
from tallybook.exchange.json_text import given, json_bytes
from tallybook.exchange.outlet import Outlet, address, article_dated, dated, last_looked_at, web_address
from tallybook.tables.case import Case
from tallybook.verdicts.verdict import ClaimVerdict

CONTEXT = "https://schema.org"


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """One file of the case, and one a claim that has a judgement."""
    yield "claimreview.jsonld", json_bytes(case_review(case, outlet))
    for claim in case.comparison().claims:
        review = claim_review(case, claim, outlet)
        if review is not None:
            yield f"claims/{claim}.jsonld", json_bytes(review)


def case_review(case: Case, outlet: Outlet | None = None) -> dict[str, Any]:
    """The reviews of all claims that have a judgement, as one JSON-LD document; empty where none has."""
    reviews = [_review(case, claim, outlet or Outlet()) for claim in judgements(case)]
    return {"@context": CONTEXT, "@graph": reviews}


def claim_review(case: Case, claim: str, outlet: Outlet | None = None) -> dict[str, Any] | None:
    """The JSON-LD document of one claim; None where its verdict is no judgement. KeyError if there is no
    such claim."""
    case.comparison().verdicts[claim]
    if claim not in judgements(case):
        return None
    return {"@context": CONTEXT, **_review(case, claim, outlet or Outlet())}


def judgements(case: Case) -> list[str]:
    """The ids of the claims whose verdict is for the figure, against it, or both."""
    if case.article.is_draft or case.article.made_up:
        return []
    return [id_ for id_, judged in case.comparison().verdicts.items() if judged.verdict.is_judgement]


def verdict_words(judged: ClaimVerdict) -> str:
    """The verdict as a claim is headed by it: "corroborated"; "quoted so; the finding: corroborated"."""
    if judged.heading == "attribution":
        return f"{judged.fidelity.named.label}; the finding: {judged.verdict.label}"
    return judged.verdict.label


def _review(case: Case, claim: str, outlet: Outlet) -> dict[str, Any]:
    judged = case.comparison().verdicts[claim]
    on = last_looked_at(case, claim)
    return given(
        _type="ClaimReview",
        _id=address(case, "review", claim),
        url=outlet.page(case, claim),
        author=given(_type="Organization", name=outlet.name, url=outlet.site) if outlet.name else None,
        datePublished=on.isoformat() if on else None,
        inLanguage="en",
        claimReviewed=case.comparison().claims[claim].words,
        itemReviewed=_claim(case, claim),
        reviewRating={
            "@type": "Rating",
            "alternateName": verdict_words(judged),
            "ratingExplanation": _explanation(judged),
        },
        citation=[_page(source) for source in _deciding(case, claim)],
    )


def _explanation(judged: ClaimVerdict) -> str:
    """Both answers where the claim names who said it: what the source says, and what others find."""
    if judged.heading == "attribution":
        return f"{judged.fidelity.why} {judged.why}"
    return judged.why


def _claim(case: Case, claim: str) -> dict[str, Any]:
    """``creditText``: whom the article names; whether that is a person or an office is not recorded."""
    article, record = case.article, case.comparison().claims[claim].claim
    appearance = given(
        _type="Article",
        url=web_address(article.url),
        headline=article.title,
        datePublished=article_dated(case),
        inLanguage=article.language,
        publisher={"@type": "Organization", "name": article.publisher},
    )
    return given(
        _type="Claim",
        _id=address(case, "claim", claim),
        text=record.anchor.exact,
        creditText=record.attributed_to,
        appearance=appearance,
    )


def _deciding(case: Case, claim: str) -> list[Source]:
    """The pages of the independent source groups that agree with the claim, support it or differ."""
    comparison = case.comparison()
    judged = comparison.verdicts[claim]
    counted = {family.id for family in (*judged.supporting, *judged.differing)}
    pairs = [p for p in comparison.pairs[claim] if p.counts and p.family.id in counted]
    pages = {made.source.id: made.source for p in pairs for made in p.estimate.made_of()}
    return list(pages.values())


def _page(source: Source) -> dict[str, Any]:
    return given(
        _type="WebPage",
        url=web_address(source.url),
        name=source.title,
        publisher={"@type": "Organization", "name": source.publisher},
        datePublished=dated(source.dated),
        inLanguage=source.language,
    )
