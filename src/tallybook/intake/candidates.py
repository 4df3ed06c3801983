"""The figures that may bear on the claims of an article, and what was decided on each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from tallybook.book import Article, Book, Claim
from tallybook.book.passages import starts_of
from tallybook.book.problems import require_name
from tallybook.book.records import Matched
from tallybook.intake.case_file import cached_text
from tallybook.intake.claim_asked import ClaimAsked, asked_of, claims_of, measure_of, sentence_around
from tallybook.intake.figures_found import FigureFound, Where, figures_of_statements
from tallybook.intake.known_pages import cached, text_of_page
from tallybook.intake.ranking import Likeness, Ranked, Ranking
from tallybook.intake.snapshot import CACHE
from tallybook.intake.text_index import Indexed, TextIndex, all_near
from tallybook.terms import Beside


@dataclass(frozen=True, slots=True)
class FigureBeside:
    """One figure beside one claim. ``number``: its rank, from 1; ``state``: what is known of it."""

    asked: ClaimAsked
    ranked: Ranked
    number: int
    state: Beside

    @property
    def found(self) -> FigureFound:
        return self.ranked.found


class Candidates:
    """What is looked through: the statements of the book, the pages in its cache, and folders of texts.

    BookError where a folder is none, UnknownName where there is no such claim.
    """

    def __init__(
        self,
        book: Book,
        article: Article,
        *,
        claims: Iterable[str] = (),
        folders: Sequence[Path] = (),
        by_words: bool = True,
        likeness: Likeness | None = None,
    ) -> None:
        self.book, self.article = book, article
        known = {claim.id: claim for claim in claims_of(article)}
        for name in (wanted := list(claims)):
            require_name("claim", name, known)
        text = text_of_article(book, article)
        self._claims = [known[name] for name in wanted] if wanted else list(known.values())
        self._asked = {claim.id: asked_of(book, article, claim, text) for claim in self._claims}
        with closing(TextIndex(book, folders, article.text.sha256 if article.text else None)) as index:
            self.indexed: Indexed = index.indexed
            near = list(all_near(index, self._asked.values()))
        statements = [_in_its_page(book, figure) for figure in figures_of_statements(book)]
        texts = [figure for figure in near if not _is_stated(book, figure)]
        self._ranking = Ranking([*statements, *texts], book.rates, by_words=by_words, likeness=likeness)

    @property
    def asked(self) -> list[ClaimAsked]:
        return list(self._asked.values())

    def of(self, claim: str, *, refused: bool = False) -> list[FigureBeside]:
        """The figures that may bear on a claim, the nearest first. Those refused only if asked for."""
        asked = self._asked[claim]
        decided = {key_of(match): match for match in self.article.matches if match.claim == claim}
        found = []
        for number, ranked in enumerate(self._ranking.of(asked), 1):
            state = self._state(asked.claim, ranked.found, decided.get(ranked.found.key))
            if refused or state is not Beside.REFUSED:
                found.append(FigureBeside(asked, ranked, number, state))
        return found

    def _state(self, claim: Claim, found: FigureFound, match: Matched | None) -> Beside:
        if match is not None:
            return Beside(match.says)
        measure = measure_of(self.book, claim)
        if found.where is Where.STATEMENT and measure is not None:
            same = self.book.statements[found.name].measure == measure.id
            return Beside.COMPARED if same else Beside.OPEN
        return Beside.OPEN


def key_of(match: Matched) -> tuple[Where, str, str]:
    """What figure a decision is on."""
    if match.statement is not None:
        return Where.STATEMENT, match.statement, ""
    where = Where.PAGE if match.source is not None else Where.FILE
    return where, match.source or match.file or "", match.words or ""


def text_of_article(book: Book, article: Article) -> str | None:
    """The text of an article from the cache: one that a person put there under its id, else the very text
    that was read; None where neither is there."""
    return cached(book.root / CACHE / "texts" / f"{article.id}.txt") or cached_text(book.root, article)


def _in_its_page(book: Book, figure: FigureFound) -> FigureFound:
    """A statement in its sentence, where its page is in the cache and has the words."""
    text = text_of_page(book.root, book.source_of[figure.name].id)
    start = next(starts_of(figure.words, text), None) if text else None
    if text is None or start is None:
        return figure
    first, last = sentence_around(text, start, start + len(figure.words))
    return replace(figure, sentence=text[first:last], start=start - first)


def _is_stated(book: Book, figure: FigureFound) -> bool:
    """Whether the words of a page are those of a statement that the book has of it."""
    if figure.where is not Where.PAGE:
        return False
    end = figure.start + len(figure.words)
    return any(
        start < end and start + len(statement.words) > figure.start
        for statement in book.sources[figure.name].statements
        for start in starts_of(statement.words, figure.sentence)
    )
