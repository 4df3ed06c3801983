"""What the page of one claim shows, made from its records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from tallybook.charts.interval_rows import claim_picture
from tallybook.charts.interval_table import table_of
from tallybook.charts.wording import capital, page_words, plain
from tallybook.estimates.nature import as_shown
from tallybook.prose import amount, counted, day, in_words, interval, sentence, spelled
from tallybook.prose import period as period_words
from tallybook.report.addresses import claim_page, from_page, paragraph_place, source_place
from tallybook.report.finding import claim_quote
from tallybook.report.reasons import answer
from tallybook.report.sentences import Quote, Sentence, quote
from tallybook.terms import ATTRIBUTION_TOLD, AsOf, Consistency, Distortion, Status, Verdict

if TYPE_CHECKING:
    from tallybook.book import Source
    from tallybook.book.records import Anchor
    from tallybook.estimates.claim_terms import ClaimTerms
    from tallybook.tables.case import Case
    from tallybook.verdicts.drift import Step
    from tallybook.verdicts.verdict import ClaimVerdict

MOST_OPEN = 10
"""So many wordings are not folded away."""


@dataclass(frozen=True)
class Passage:
    """A claim's words between those around them."""

    before: str
    words: str
    after: str
    paragraph: int
    path: str


@dataclass(frozen=True)
class Wording:
    """One wording of what the claim repeats. ``became``: what changed, "" where nothing did."""

    says: Quote
    page: str
    path: str
    nearest: bool
    became: str
    material: bool


@dataclass(frozen=True)
class ClaimView:
    """``attribution``: whether the cited page says so, where that heads the claim, else ""; ``written``: the
    verdict on the article's day, None where it is that of today."""

    id: str
    path: str
    title: str
    words: Quote
    paragraph: int
    paragraph_path: str
    said_by: str
    verdict: Verdict
    written: Verdict | None
    written_on: str
    attribution: str
    superseded: bool
    answer: list[Sentence]
    chart: Markup
    passages: list[Passage]
    language: str
    read: list[tuple[str, Sentence]]
    wordings: list[Wording]
    wordings_told: str
    trials: list[str]
    checks: list[tuple[Consistency, str]]
    unclear: list[tuple[Consistency, str]]
    slip: Sentence
    reviews: list[str]


def claim_view(case: Case, claim: str) -> ClaimView:
    """The page of one claim of a case."""
    comparison = case.comparison()
    terms, judged = comparison.claims[claim], comparison.verdicts[claim]
    then = case.comparison(AsOf.WRITTEN).verdicts[claim].verdict
    here = claim_page(case.id, claim)
    anchors = [terms.claim.anchor, *terms.claim.also]
    wordings = _wordings(case, terms)
    checks = [(check.result, plain(check.why)) for check in case.self_checks() if claim in check.about]
    checks.sort(key=lambda one: one[0] is not Consistency.INCONSISTENT)
    return ClaimView(
        id=claim,
        path=here,
        title=str(claim_quote(case, claim, 90)),
        words=claim_quote(case, claim),
        paragraph=terms.claim.anchor.paragraph,
        paragraph_path=paragraph_place(case.id, terms.claim.anchor.paragraph),
        said_by=plain(terms.claim.attributed_to or ""),
        verdict=judged.verdict,
        written=then if then is not judged.verdict else None,
        written_on=day(case.published),
        attribution=attribution(judged),
        superseded=judged.superseded,
        answer=answer(case, claim),
        chart=_chart(case, claim, here),
        passages=[passage_of(anchor, paragraph_place(case.id, anchor.paragraph)) for anchor in anchors],
        language="" if case.article.language == "en" else case.article.language,
        read=_how_it_was_read(case, terms, judged),
        wordings=wordings,
        wordings_told=_wordings_told(wordings),
        trials=_trials(case, claim),
        checks=[one for one in checks if one[0] is not Consistency.CANNOT_TELL],
        unclear=[one for one in checks if one[0] is Consistency.CANNOT_TELL],
        slip=_slip(case, judged),
        reviews=_reviews(case, claim),
    )


def attribution(judged: ClaimVerdict) -> str:
    """Whether the cited page says so, where that heads the claim or the page says something else."""
    found = judged.fidelity
    if isinstance(found.named, Distortion):
        how = "its source says something else" if found.material else "its source words it otherwise"
        return f"{how}: {found.named.label}"
    return ATTRIBUTION_TOLD[found.named] if judged.heading == "attribution" else ""


def _chart(case: Case, claim: str, here: str) -> Markup:
    comparison = case.comparison()
    if not comparison.pairs[claim]:
        return Markup("")

    def address(source: Source) -> str:
        return from_page(source_place(case.id, source.id), here)

    return Markup(table_of(claim_picture(comparison, claim), titled=False, address=address))


def passage_of(anchor: Anchor, path: str) -> Passage:
    """The words of an anchor between those around them; ``path``: where they lead to."""
    opened = anchor.prefix.rstrip().endswith(("“", "„", "«", "(")) or not anchor.prefix.endswith(" ")
    before = f"…{plain(anchor.prefix)}{'' if opened else ' '}" if anchor.prefix.strip() else ""
    space = " " if anchor.suffix[:1].isspace() else ""
    after = f"{space}{plain(anchor.suffix)}…" if anchor.suffix.strip(" .") else anchor.suffix.strip()
    return Passage(before, plain(anchor.exact), after, anchor.paragraph, path)


def _how_it_was_read(case: Case, terms: ClaimTerms, judged: ClaimVerdict) -> list[tuple[str, Sentence]]:
    claim, unit = terms.claim, terms.measure.unit
    zones = terms.amount.under(case.policy)
    true, meant = (as_shown(zone, terms.measure) for zone in (zones.true, zones.meant))
    suggested = f"; the words suggest {interval(meant, unit)}" if meant != true else ""
    by = (
        f"recorded by a person: {plain(terms.figure.because)}"
        if terms.figure.because
        else "read by the program"
    )
    rows: list[tuple[str, Sentence]] = [
        ("Read as", (f"{in_words(terms.figure.quantity)} ({by})",)),
        (
            "True if it is",
            (f"{amount(true, unit)}{suggested}",),
        ),
        ("Counts", (plain(terms.measure.definition),)),
        ("Speaks of", (_time(case, terms),)),
    ]
    scope = terms.measure.scopes.get(terms.scope or "")
    rows += [("Scope", (plain(scope),))] if scope and len(terms.measure.scopes) > 1 else []
    rows += [("Part", (plain(claim.part),))] if claim.part else []
    rows += [("Nature", (sentence(terms.status.meaning),))] if terms.status is not Status.OBSERVED else []
    rows.append(("Said by", (_said_by(case, terms),)))
    rows.append(("It cites", _cited(case, terms)))
    named = judged.fidelity.named.label
    rows.append(("Does its source say so?", (f"{capital(named)}. {plain(judged.fidelity.why)}",)))
    if judged.remarks:
        rows.append(("To bear in mind", (" ".join(map(plain, judged.remarks)),)))
    return rows


def _time(case: Case, terms: ClaimTerms) -> str:
    if terms.stated_period:
        base = f", measured against {period_words(terms.base_period)}" if terms.base_period else ""
        return f"{capital(period_words(terms.stated_period))}{base}"
    return f"Any time up to the article’s day, {day(case.published)}: it names none"


def _said_by(case: Case, terms: ClaimTerms) -> str:
    who = plain(terms.claim.attributed_to) if terms.claim.attributed_to else "The article itself"
    origin = case.book.origins.get(terms.claim.origin or "")
    if origin is not None:
        who = f"{who}; the figure is of {plain(origin.name)}"
    if terms.family and (origin is None or terms.family.name != origin.name):
        who = f"{who}, which counts as {plain(terms.family.name)}"
    return who


def _cited(case: Case, terms: ClaimTerms) -> Sentence:
    """The pages that the article cites, each a link to what is known of it."""
    if not terms.claim.cites:
        return ("No page that could be opened",)
    told: list[str | Quote] = []
    for place, id_ in enumerate(terms.claim.cites):
        source = case.book.sources[id_]
        told += ["; "] * bool(place)
        told.append(
            Quote(page_words(plain(source.publisher), source.published), "", source_place(case.id, id_))
        )
        told += [] if source.seen else [" (not seen)"]
    return tuple(told)


def _wordings(case: Case, terms: ClaimTerms) -> list[Wording]:
    """Each wording of the utterance that the claim repeats: of its own side, on its measure."""
    families = case.comparison().families
    found = []
    for drift in case.drifts():
        steps = [
            step for step in drift.steps
            if step.estimate.measure.id == terms.measure.id
            and families[step.estimate.statement.speaker_id].id in terms.own
        ]  # fmt: skip
        found += [_wording(case, step) for step in steps if len(steps) > 1]
    return found


def _wordings_told(wordings: list[Wording]) -> str:
    """How many pages print what its own side said, and in how many something changed."""
    changed = sum(bool(one.became) for one in wordings)
    material = sum(one.material for one in wordings)
    told = f"{counted(len(wordings), 'wording')} of what its own side said were read"
    if not changed:
        return f"{told}; none changes the figure."
    grave = f", in {spelled(material)} of them so that something else is said" if material else ""
    return f"{told}; {spelled(changed)} {'changes' if changed == 1 else 'change'} the figure{grave}."


def _wording(case: Case, step: Step) -> Wording:
    source = step.estimate.source
    return Wording(
        quote(step.estimate.statement.words, source.language),
        page_words(plain(source.publisher), source.published),
        source_place(case.id, source.id),
        step.nearest,
        capital(plain(step.why)) if step.codes else "",
        step.material,
    )


def _trials(case: Case, claim: str) -> list[str]:
    """What would change the verdict, each change by itself; then of how many settings nothing does."""
    tried = [trial for trial in case.trials() if trial.claim == claim]
    flips = [trial for trial in tried if trial.change]
    told = [sentence(plain(trial.said)) for trial in sorted(flips, key=lambda trial: not trial.fragile)]
    left = len({trial.dial for trial in tried} - {trial.dial for trial in flips})
    if flips:
        was = "was" if left == 1 else "were"
        told.append(f"{counted(left, 'other setting')} that {was} moved: no change.")
    else:
        moved = f"{spelled(left)} settings were moved, each by itself"
        told.append(f"Nothing that was tried: {moved}, and the verdict stays.")
    return told


def _slip(case: Case, judged: ClaimVerdict) -> Sentence:
    """The one change that would make the claim right, with its page."""
    if judged.slip is None:
        return ()
    source = case.evidence.estimates[judged.slip.estimate].source
    place = Quote("the page", "", source_place(case.id, source.id))
    return (f"{plain(judged.slip.says)} It is a hint, and no verdict: see ", place, ".")


def _reviews(case: Case, claim: str) -> list[str]:
    """What a person says of the verdict or of one figure beside it."""
    told = []
    for review in case.article.reviews:
        if review.claim != claim:
            continue
        of = ""
        if review.estimate and review.estimate in case.evidence.estimates:
            estimate = case.evidence.estimates[review.estimate]
            of = f" of {quote(estimate.words, estimate.source.language)}"
        told.append(f"{plain(review.by)}, {day(review.on)}{of}: {plain(review.says)}. {plain(review.why)}")
    return told
