"""A draft held against a book and against itself: each figure with its place and what is known of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tallybook.consistency import Check, check_text
from tallybook.intake.anchored import AnchoredClaim
from tallybook.intake.article_text import Mark
from tallybook.intake.draft import Draft, Place
from tallybook.intake.known import Answer, KnownFigures
from tallybook.prose import clipped, counted
from tallybook.reading import Mention, read
from tallybook.terms import Consistency, Known

_LONGEST_WORDS = 200
_COUNTED = (Known.CONTRADICTED, Known.DISTORTED, Known.DISPUTED, Known.STATED, Known.PERHAPS, Known.UNKNOWN)
_ALWAYS = (Known.CONTRADICTED, Known.STATED, Known.UNKNOWN)
_UNREADABLE = Answer(Known.UNKNOWN, "nothing known: a character of it could not be read.")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is said of words of a draft.

    ``start``, ``end``: the places of the first character and behind the last; ``words``: as the draft has
    them, whatever characters they hold; ``measure``, ``url``: of the figure that the book knows.
    """

    start: Place
    end: Place
    words: str
    known: Known
    sentence: str
    measure: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class LintedDraft:
    """``figures``: how many were read; ``findings``: one a figure, and one a test that fails, in the order of
    the text; ``checks``: how many tests of the text against itself came out how; ``by_paragraph``: whether
    the file has no lines, so that a place is told by its paragraph."""

    name: str
    figures: int
    findings: tuple[Finding, ...]
    checks: Counter[Consistency]
    by_paragraph: bool = False

    def place(self, finding: Finding) -> str:
        """Where a finding begins: "3:12" is a line and a column, "paragraph 3" a paragraph."""
        line = finding.start.line
        return f"paragraph {line}" if self.by_paragraph else f"{line}:{finding.start.column}"

    @property
    def failing(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.known.fails]


def lint(draft: Draft, book: KnownFigures, *, language: str = "en") -> LintedDraft:
    """All that can be said of the figures of a draft.

    "500 military builders were sent to Russia" beside a book whose sources say 5,000: it is
    contradicted.
    """
    reading = read(draft.text, language=language)
    checks = [
        check
        for check in check_text(draft.text, language=language)
        if not _lost(draft.marks_at(check.start or 0, check.end or 0))
    ]
    findings = [_of_check(draft, check) for check in checks if check.closes is False]
    claims = book.claims.among(draft.text)
    for mention, found in zip(reading, book.answers(reading), strict=True):
        findings.append(_of_figure(draft, mention, _as_claimed(mention, claims) or found))
    findings.sort(key=lambda finding: (finding.start, finding.end, finding.known.rank))
    results = Counter(check.result for check in checks)
    return LintedDraft(draft.name, len(reading), tuple(findings), results, draft.by_paragraph)


def _of_figure(draft: Draft, mention: Mention, answer: Answer) -> Finding:
    """What is known of a figure, and what the file prints there that could have changed it.

    Where a character of it is lost, it may be another figure: nothing is known of that.
    """
    start, end = draft.span(mention.start, mention.end)
    words = clipped(mention.words, _LONGEST_WORDS)
    marks = draft.marks_at(mention.start, mention.end)
    if _lost(marks):
        answer = _UNREADABLE
    elif marks:
        answer = replace(answer, sentence=f"{answer.sentence} In the file {marks[0].says}")
    return Finding(start, end, words, answer.known, answer.sentence, answer.measure, answer.url)


def _lost(marks: Sequence[Mark]) -> bool:
    return any(mark.kind == "replaced character" for mark in marks)


def _as_claimed(mention: Mention, claims: Sequence[AnchoredClaim]) -> Answer | None:
    """What is known of a figure that is a claim of a case of the book; None where it is none."""
    for claim in claims:
        if claim.is_stated_by(mention):
            return Answer(claim.known, claim.sentence, claim.measure)
    return None


def _of_check(draft: Draft, check: Check) -> Finding:
    first, last = check.start or 0, check.end or 0
    start, end = draft.span(first, last)
    words = clipped(draft.text[first:last], _LONGEST_WORDS)
    return Finding(
        start, end, words, Known.INCONSISTENT, f"{Known.INCONSISTENT.label}, {check.test}: {check.why}"
    )


def summary(drafts: Sequence[LintedDraft]) -> str:
    """What was found in all drafts, in one line, with how much was read.

    "3 figures read: contradicted 1, stated 0, nothing known 2. 1 test of the text against itself: …"
    """
    figures = sum(draft.figures for draft in drafts)
    known = Counter(finding.known for draft in drafts for finding in draft.findings)
    checks = sum((draft.checks for draft in drafts), Counter[Consistency]())
    if not figures:
        return "nothing to test: no figure was read."
    if not checks and known[Known.UNKNOWN] == figures:
        them = "it could not be" if figures == 1 else "no two of them could be"
        return (
            f"nothing to test: {counted(figures, 'figure')} read, the book knows nothing of "
            f"{'it' if figures == 1 else 'them'}, and {them} tested against each other."
            if figures > 1
            else "nothing to test: 1 figure read, and the book knows nothing of it."
        )
    told = ", ".join(f"{k.label} {known[k]}" for k in _COUNTED if known[k] or k in _ALWAYS)
    tests = ", ".join(f"{result.label} {checks[result]}" for result in Consistency)
    tested = f"{counted(checks.total(), 'test')} of the text against itself"
    return f"{counted(figures, 'figure')} read: {told}. {tested}{f': {tests}' if checks else ''}."
