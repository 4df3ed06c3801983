"""Whom an article names for a figure: "Japan" is somebody; "some estimates" and "experts" are nobody."""

from __future__ import annotations

import re

from tallybook.book.book import Book
from tallybook.book.problems import Problem, quoted_value

_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


_WHO = _words(
    """
    account accounts activist activists analyst analysts campaigner campaigners commentator commentators
    critic critics economist economists estimate estimates everybody everyone expert experts figure
    figures forecaster forecasters insider insiders media observer observers official officials opponent
    opponents others people poll polls projection projections reporter reporters report reports
    researcher researchers scientist scientists somebody someone source sources specialist specialists
    statistics studies study supporter supporters survey surveys witness witnesses
    """
)
_AROUND = _words(
    """
    a according an anonymous are as at best believe believed believes by certain claim claimed claims
    close commonly current dozens early estimated even familiar few generally good has have hundreds
    independent industry informed initial is it its latest leading least local many matter media more
    most news no number numerous of often on one other outside plenty predict predicted preliminary
    press published quoted recent said saw say says senior several so some suggest suggested suggests
    that the their there think this to top two unconfirmed unidentified unnamed unofficial various warn
    warned warns well widely with
    """
)


def names_nobody(attributed_to: str) -> bool:
    """Whether English words for who found or said a figure leave open who that is."""
    words = [word.casefold() for word in _WORD.findall(attributed_to)]
    return any(word in _WHO for word in words) and all(word in _WHO or word in _AROUND for word in words)


def nobody_warnings(book: Book) -> list[Problem]:
    """Each claim of an English article whose ``attributed_to`` names nobody."""
    return [
        book.problem(
            f"claims/{article.id}.yaml",
            ("claims", i, "attributed_to"),
            f"{quoted_value(claim.attributed_to)} names nobody, so the claim is judged as the article's own "
            "word. Name whom the article names, or take out 'attributed_to'.",
        )
        for article in book.articles.values()
        if article.language == "en"
        for i, claim in enumerate(article.claims)
        if claim.attributed_to is not None and names_nobody(claim.attributed_to)
    ]
