"""The words of a timeline, for both painters: alt text, and what each mark means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallybook.charts.wording import ARROW, goes_on, mark_words
from tallybook.prose import clipped, counted, day, listed, quoted, unit_words

if TYPE_CHECKING:
    from tallybook.charts.dated import TimelinePicture

_MOST_NAMED = 8


def alt(picture: TimelinePicture) -> str:
    """What it shows: the claims, then family by family each figure with the time that it refers to."""
    figures = counted(len(picture.rows), "figure")
    groups = counted(len(picture.families), "source group")
    parts = [f"{picture.title}, in {unit_words(picture.measure.unit)}, over time: {figures} of {groups}."]
    for claim in picture.claims:
        name = f"The claim {claim.band.letter}".strip()
        parts.append(f"{name} {quoted(claim.band.words, 120)}: {claim.band.figure} ({claim.when}).")
    for family in picture.families:
        said = [f"{dot.label} ({dot.when})" for dot in family.opened]
        more = [f"{len(family.folded)} more"] if family.folded else []
        parts.append(f"{family.name}: {'; '.join([*said, *more])}.")
    return " ".join([*parts, f"The article is of {day(picture.published)}."])


def caption(picture: TimelinePicture) -> str:
    """What each line is, and which figures have no date to stand at, or no row."""
    where = "at the end of it" if picture.measure.cumulative else "in the middle of it"
    parts = [
        f"Left: the period that a figure refers to, its mark {where}; "
        f"dashed: {day(picture.published)}, the day of the article.",
        "Right: the number.",
    ]
    if picture.claims:
        whose = "claim’s" if len(picture.claims) == 1 else "claims’"
        parts.append(f"Shaded: the {whose} time, and every value under which the words are true.")
    bands = [(claim.band.core, claim.band.zone, None) for claim in picture.claims]
    rows = [(dot.core, dot.zone, dot.named) for dot in picture.rows]
    parts += mark_words(([*bands, *rows], picture.sizes))
    times = [*(claim.time for claim in picture.claims), *(dot.time for dot in picture.rows)]
    if ARROW not in parts and any(goes_on(picture.days, time.zone) for time in times):
        parts.append(ARROW)
    asides = sorted({dot.aside for dot in picture.rows} - {""})
    if asides:
        parts.append(f"Hollow, as it is no count of the whole: {listed(asides)}.")
    if picture.left_out:
        parts.append(f"{picture.left_out} of {counted(picture.figures, 'figure')} not drawn here.")
    if picture.undated:
        names = list(dict.fromkeys(clipped(estimate.source.publisher, 60) for estimate in picture.undated))
        more = [f"{len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else []
        said = listed([*names[:_MOST_NAMED], *more])
        parts.append(f"Not drawn, for want of a date or number ({len(picture.undated)}): {said}.")
    return " ".join(parts)
