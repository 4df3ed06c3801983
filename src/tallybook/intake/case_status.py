"""What is open in a case, and who can do it: whoever reviews, writes, reads the sources, or edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tallybook.book import Article, Book
from tallybook.intake.alike_measures import alike_pairs
from tallybook.intake.case_lines import ids
from tallybook.intake.noted_pages import note_prefix
from tallybook.prose import clipped, counted

_MOST_PAGES = 20
_LONGEST_PAGE = 110
_DAYS = {"unreliable": "no day of publication", "inferred": "day of publication, to be checked"}


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that is open. ``who``: can do it; ``what``: in a few words; ``about``: ids or pages."""

    who: str
    what: str
    about: str


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """``guessed``: figures that nobody has looked at; ``without_source``: claims that cite no page, and of
    whose measure no page of the book has a figure; ``unseen``: pages that are cited and nobody has seen;
    ``day``: what is open about the day of publication; ``alike``: pairs of measures that may be one;
    ``unnoted``: of an annotated draft, the figures at which no note stands; ``drafted``: statements of its
    measures, or on pages that it cites, that a program drafted and no comparison counts."""

    id: str
    draft: bool
    figures: int
    sourced: int
    unmeasured: tuple[str, ...]
    guessed: tuple[str, ...]
    without_source: tuple[str, ...]
    unseen: tuple[str, ...]
    day: str
    alike: tuple[str, ...]
    unnoted: tuple[str, ...]
    drafted: tuple[str, ...]

    @property
    def open(self) -> bool:
        return bool(self.guessed or self.unmeasured)

    @property
    def line(self) -> str:
        """ "10 claims: 7 with sources, 2 without, 1 without a measure"."""
        parts = [f"{self.sourced} with sources", f"{len(self.without_source)} without"]
        if self.unmeasured:
            parts.append(f"{len(self.unmeasured)} without a measure")
        return f"{counted(self.figures, 'claim')}: {', '.join(parts)}"

    @property
    def todo(self) -> list[ToDo]:
        """What is open, by who can do it."""
        found = [
            ToDo("reviewer", "to be looked at", ids(self.guessed)),
            ToDo("reviewer", "no measure yet", ids(self.unmeasured)),
            ToDo("writer", "no source", ids(self.without_source)),
            ToDo("writer", "nobody annotated", ids(self.unnoted)),
            *(ToDo("reader of sources", "to be seen", page) for page in self.unseen[:_MOST_PAGES]),
        ]
        more = len(self.unseen) - _MOST_PAGES
        if more > 0:
            found.append(ToDo("reader of sources", "to be seen", f"and {counted(more, 'page')} more"))
        if self.drafted:
            told = f"{counted(len(self.drafted), 'statement')} (tallybook source review)"
            found.append(ToDo("reader of sources", "drafted, not compared yet", told))
        found += [
            ToDo("editor", "may be one measure", f"{pair} (tallybook measures --alike)")
            for pair in self.alike
        ]
        if self.day:
            found.append(ToDo("editor", self.day, f"'published' in claims/{self.id}.yaml"))
        if self.draft and not self.open:
            found.append(ToDo("editor", "to be declared reviewed", f"tallybook review {self.id} --done"))
        return [one for one in found if one.about]


def status_of_case(article: Article, book: Book) -> CaseStatus:
    measured = {statement.measure for statement in book.statements.values()}
    sourced = [claim.id for claim in article.claims if claim.cites or claim.measure in measured]
    cited = dict.fromkeys(id_ for figure in article.figures for id_ in figure.cites)
    pages = [book.sources[id_] for id_ in cited if id_ in book.sources]
    noted = any(id_.startswith(note_prefix(article.id)) for id_ in cited)
    pairs = alike_pairs(book, {claim.measure for claim in article.claims})
    return CaseStatus(
        id=article.id,
        draft=article.is_draft,
        figures=len(article.figures),
        sourced=len(sourced),
        unmeasured=tuple(claim.id for claim in article.unmeasured),
        guessed=tuple(claim.id for claim in article.figures if claim.guessed),
        without_source=tuple(claim.id for claim in article.claims if claim.id not in sourced),
        unseen=tuple(
            f"{page.id}: {clipped(page.url or page.what or page.publisher, _LONGEST_PAGE)}"
            for page in pages
            if not page.seen
        ),
        day=_DAYS.get(article.published_is, "") if article.is_draft else "",
        unnoted=tuple(figure.id for figure in article.figures if noted and not figure.cites),
        drafted=tuple(_drafted_for(article, book, cited)),
        alike=tuple(f"{pair.one.id} and {pair.other.id}" for pair in pairs[:_MOST_PAGES]),
    )


def _drafted_for(article: Article, book: Book, cited: Iterable[str]) -> Iterator[str]:
    """Ids of the statements that may bear on an article once a person has looked at them."""
    measures, pages = {claim.measure for claim in article.claims}, set(cited)
    for source in book.sources.values():
        for draft in source.drafted:
            if draft.measure in measures or source.id in pages:
                yield draft.id
