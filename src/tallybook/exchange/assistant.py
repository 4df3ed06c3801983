"""Answers to an assistant's questions on the book of one folder: read-only, bounded in what goes in and out.

Nothing here knows the protocol; :mod:`tallybook.exchange.assistant_server` does.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TypeVar

from tallybook.book.problems import Problem, nearest, quoted_value, require_name
from tallybook.book.project_files import book_files
from tallybook.consistency import check_text
from tallybook.exchange.answers import (
    BesideIt,
    CaseLine,
    Cases,
    ClaimPlace,
    Explanation,
    Figures,
    LintFinding,
    LintFindings,
    Place,
    ReadFigure,
    Step,
    TextCheck,
    TextChecks,
    VerdictLine,
    Verdicts,
    limit,
)
from tallybook.exchange.outlet import web_address
from tallybook.intake.draft import Draft, draft_of, read_draft
from tallybook.intake.draft import Place as DraftPlace
from tallybook.intake.known import KnownFigures
from tallybook.intake.lint import lint, summary
from tallybook.prose import clipped
from tallybook.reading import read
from tallybook.reading.lexicon.language import languages
from tallybook.tables.case import Case
from tallybook.tables.opened import OpenBook, open_book
from tallybook.tables.rows import review_words
from tallybook.terms import AsOf
from tallybook.verdicts.comparison import Comparison
from tallybook.verdicts.explanation import claim_chain, grouped_pairs, pair_chain

LONGEST_TEXT = 100_000
MOST_LISTED = 300
LONGEST_SENTENCE = 600
LONGEST_WORDS = 200
_KINDS = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".pdf"})

Item = TypeVar("Item")


class AssistantError(Exception):
    """A question that cannot be answered: what is wrong with it, and what would be right."""


class Assistant:
    """The book at ``root``, opened anew when one of its files has changed. One question at a time."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._lock = Lock()
        self._opened: OpenBook | None = None
        self._seen: object = None

    # Texts

    def read(self, text: str | None, file: str | None, language: str, asides: bool) -> Figures:
        """Every figure of a text, with its place. ``asides``: also numbers that are none."""
        with self._lock:
            draft = self._draft(text, file, language)
            reading = read(draft.text, language=language)
            found = sorted([*reading, *(reading.asides if asides else ())], key=lambda m: (m.start, m.end))
            shown, left_out = _first(found)
            return Figures(
                figures=[
                    ReadFigure(
                        words=clipped(m.words, LONGEST_WORDS), place=_place(draft, m.start), low=limit(m.low),
                        high=limit(m.high), modifier=m.modifier, unit=m.unit, per=m.per, trend=m.trend,
                        kind=m.kind, sentence=_clipped(draft, *m.sentence),
                    )
                    for m in shown
                ],
                left_out=left_out,
            )  # fmt: skip

    def selfcheck(self, text: str | None, file: str | None, language: str) -> TextChecks:
        """The figures of a text tested against each other."""
        with self._lock:
            draft = self._draft(text, file, language)
            shown, left_out = _first(check_text(draft.text, language=language))
            return TextChecks(
                figures=len(read(draft.text, language=language)),
                checks=[
                    TextCheck(
                        test=check.test, result=check.result, why=check.why,
                        words=_clipped(draft, check.start or 0, check.end or 0),
                        place=_place(draft, check.start) if check.start is not None else None,
                    )
                    for check in shown
                ],
                left_out=left_out,
            )  # fmt: skip

    def lint(self, text: str | None, file: str | None, language: str) -> LintFindings:
        """The figures of a draft held against the book, and against each other."""
        with self._lock:
            draft = self._draft(text, file, language)
            known = KnownFigures(self._book().evidence, date.today(), language)
            linted = lint(draft, known, language=language)
            shown, left_out = _first(linted.findings)
            return LintFindings(
                summary=summary([linted]),
                findings=[
                    LintFinding(
                        words=f.words, place=_told(draft, f.start), known=f.known.label, sentence=f.sentence,
                        measure=f.measure, url=web_address(f.url),
                    )
                    for f in shown
                ],
                left_out=left_out,
            )  # fmt: skip

    # Cases

    def cases(self) -> Cases:
        """The articles of the book, with the ids of their claims. None is judged for it."""
        with self._lock:
            book = self._book().book
            shown, left_out = _first(list(book.articles.values()))
            return Cases(
                book=book.summary(),
                cases=[
                    CaseLine(
                        case=article.id, title=article.title, publisher=article.publisher,
                        published=article.published.text, state=article.standing,
                        claims=[claim.id for claim in article.claims[:MOST_LISTED]],
                    )
                    for article in shown
                ],
                left_out=left_out,
            )  # fmt: skip

    def verdicts(self, case: str, as_of: str) -> Verdicts:
        """Each claim of a case with its verdict and the reason."""
        with self._lock:
            found = self._case(case)
            comparison = found.comparison(_time(as_of))
            shown, left_out = _first(list(comparison.claims))
            return Verdicts(
                case=found.id, title=found.title, state=found.article.standing, answer=found.answer,
                verdicts=[_verdict(found, comparison, claim) for claim in shown],
                without_measure=[claim.anchor.exact for claim in found.article.unmeasured[:MOST_LISTED]],
                left_out=left_out,
            )  # fmt: skip

    def explain(self, case: str, claim: str, estimate: str | None, as_of: str) -> Explanation:
        """The steps from the words of a claim to its verdict, or to the relation of one estimate."""
        with self._lock:
            found = self._case(case)
            comparison = found.comparison(_time(as_of))
            require_name("claim", claim, comparison.claims)
            if estimate is not None:
                links, pairs = pair_chain(comparison, claim, estimate), []
            else:
                links = claim_chain(comparison, claim)
                pairs = [pair for group in grouped_pairs(comparison, claim).values() for pair in group]
            shown, left_out = _first(pairs)
            return Explanation(
                case=found.id,
                claim=claim,
                steps=[Step(step=link.step, says=link.says) for link in links],
                estimates=[
                    BesideIt(
                        estimate=p.estimate.id, words=p.estimate.words, publisher=p.estimate.source.publisher,
                        url=web_address(p.estimate.source.url), origin=p.estimate.origin.name,
                        relation=p.relation, reason=p.bearing.reason, counts=p.counts,
                    )
                    for p in shown
                ],
                left_out=left_out,
            )  # fmt: skip

    # The folder

    def _case(self, name: str) -> Case:
        return self._book()[name]

    def _book(self) -> OpenBook:
        """BookError with every problem of the book."""
        seen = _state(self.root)
        if self._opened is None or seen != self._seen:
            self._opened, self._seen = open_book(self.root), seen
        return self._opened

    def _draft(self, text: str | None, file: str | None, language: str) -> Draft:
        """A text as it was sent, or a file of the folder."""
        if language not in languages():
            known = languages()
            told = f"language {quoted_value(language)} is not one of: {', '.join(known)}."
            raise AssistantError(told + nearest(language, known))
        if (text is None) == (file is None):
            raise AssistantError("send 'text', or name a 'file' of the folder: one of the two.")
        draft = draft_of(text) if text is not None else read_draft(self._inside(file or ""))
        if len(draft.text) > LONGEST_TEXT:
            size = f"the text has {len(draft.text):,} characters; at most {LONGEST_TEXT:,} are read at once"
            raise AssistantError(f"{size}. Split it.")
        return draft

    def _inside(self, name: str) -> Path:
        """A file below the folder, none that is hidden, by its path in it; no link leads out of it."""
        try:
            path = (self.root / name).resolve()
            inside = path.is_relative_to(self.root) and path.is_file()
        except (OSError, ValueError, RuntimeError):  # a name too long, with a null, or a loop of links
            inside = False
        if not inside or any(part.startswith(".") for part in path.relative_to(self.root).parts):
            raise AssistantError(
                f"{quoted_value(name)} is no file of this folder. Name one by its path in it."
            )
        if path.suffix.lower() not in _KINDS:
            raise AssistantError(f"{quoted_value(name)} is no draft: {', '.join(sorted(_KINDS))}.")
        return path


def _state(root: Path) -> object:
    """The book's files with their times and sizes: another value when one is written, added or taken away."""
    problems: list[Problem] = []
    found: list[object] = []
    for name in book_files(root, problems):
        found.append(name)
        with contextlib.suppress(OSError):  # opening the book says what is wrong
            told = os.stat(root / name)
            found.append((told.st_mtime_ns, told.st_size))
    return found, problems


def _verdict(case: Case, comparison: Comparison, claim: str) -> VerdictLine:
    judged, terms = comparison.verdicts[claim], comparison.claims[claim]
    anchor = terms.claim.anchor
    return VerdictLine(
        claim=claim,
        words=terms.words,
        place=ClaimPlace(paragraph=anchor.paragraph, start=anchor.start, end=anchor.end),
        verdict=judged.verdict,
        meaning=judged.verdict.meaning,
        judgement=judged.verdict.is_judgement and not case.article.is_draft,
        why=judged.why,
        attribution=judged.fidelity.named.label,
        attribution_why=judged.fidelity.why,
        headed_by=judged.heading,
        verdict_when_written=case.comparison(AsOf.WRITTEN).verdicts[claim].verdict,
        witnesses=judged.witnesses,
        hint=judged.slip.linked if judged.slip else None,
        review=review_words(case.article, claim, None) or None,
    )


def _first(items: Sequence[Item]) -> tuple[Sequence[Item], int]:
    """Those that are listed, and how many more there are."""
    return items[:MOST_LISTED], max(0, len(items) - MOST_LISTED)


def _clipped(draft: Draft, start: int, end: int) -> str:
    return clipped(draft.text[start:end].strip(), LONGEST_SENTENCE)


def _place(draft: Draft, offset: int) -> Place:
    return _told(draft, draft.place(offset))


def _told(draft: Draft, place: DraftPlace) -> Place:
    if draft.by_paragraph:
        return Place(paragraph=place.line)
    return Place(line=place.line, column=place.column)


def _time(text: str) -> AsOf:
    if text not in list(AsOf):
        raise AssistantError(f"as_of is {quoted_value(text)}; it must be 'today' or 'written'.")
    return AsOf(text)
