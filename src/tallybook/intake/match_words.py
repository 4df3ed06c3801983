"""Why a figure may bear on a claim, in plain words, and the figure in its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from tallybook.book.units import FRACTION, unit_parts
from tallybook.intake.claim_asked import ClaimAsked
from tallybook.intake.figures_found import FigureFound, Where
from tallybook.intake.ranking import Ranked
from tallybook.prose import clipped, counted, difference, in_words, listed, plural, sentence, unit_words
from tallybook.terms import Kind

_SAME_SIZE = 0.005
_MOST_NAMES = 4
_NEAR_WORDS = 0.5
_LONGEST = 400


def why(asked: ClaimAsked, ranked: Ranked) -> str:
    """The reasons of one figure, in a sentence: its number, unit, time, names and words.

    "10,000 soldiers beside over 10,000 soldiers: the same number; of the claim's time; both name Kursk."
    """
    return sentence("; ".join(_reasons(asked, ranked)))


def _reasons(asked: ClaimAsked, ranked: Ranked) -> Iterator[str]:
    near, wanted = ranked.near, ranked.near.wanted
    yield f"{in_words(near.quantity)} beside {in_words(wanted.quantity)}: {_apart(ranked)}"
    yield from _unit(ranked)
    if near.apart is not None:
        whose = "of the claim's time" if asked.dated else "of the article's day"
        from_ = "from the claim's time" if asked.dated else "from the article's day"
        yield whose if near.apart == 0 else f"{counted(near.apart, 'day')} {from_}"
    elif not asked.timeless:
        yield "no date is known"
    if near.shared:
        yield f"both name {listed(near.shared[:_MOST_NAMES])}"
    if ranked.words is None and ranked.found.language not in (None, asked.language):
        yield "in another language, so that the words were not compared"
    elif ranked.words is not None and ranked.words >= _NEAR_WORDS:
        yield "in words near the claim's"
    if ranked.found.observed != asked.observed:
        yield "of another status: planned, forecast or possible" if asked.observed else "of another status"


def _apart(ranked: Ranked) -> str:
    if not ranked.near.wanted.sized:
        return "a share of a number that is not known"
    ours, theirs = ranked.near.named
    unit, kind = ranked.near.wanted.measure.unit, ranked.near.wanted.measure.kind
    if abs(ours - theirs) <= _SAME_SIZE * max(abs(ours), abs(theirs)):
        return "the same number"
    absolute = kind in (Kind.LEVEL, Kind.CHANGE, Kind.NET, Kind.SHARE)
    return difference(ours, theirs, unit, absolute=absolute, counts=True)


def _unit(ranked: Ranked) -> Iterator[str]:
    quantity, wanted = ranked.near.quantity, ranked.near.wanted
    top, per = unit_parts(wanted.measure.unit)
    if ranked.near.unit >= 1:
        return
    if quantity.unit is None:
        yield "its words leave the unit out"
    elif quantity.unit in ("fraction", "percent"):
        of_share = top in (FRACTION, "percent", "percentage point")
        yield "a share too" if of_share else f"a share, and the claim counts {plural(top)}"
    elif (quantity.per is None) != (per is None):
        yield f"the claim is in {unit_words(wanted.measure.unit)}"
    else:
        yield f"it counts {plural(quantity.unit)}, and the claim {plural(top)}"


def in_sentence(found: FigureFound) -> tuple[str, str, str]:
    """(before, the words, behind) of a figure in its sentence, each end cut where it is long."""
    start, end = max(0, found.start), max(0, found.start) + len(found.words)
    before, behind = found.sentence[:start], found.sentence[end:]
    if len(before) > _LONGEST:
        before = "…" + before[-_LONGEST:].partition(" ")[2]
    return before, found.words, clipped(behind, _LONGEST)


def where(found: FigureFound) -> str:
    """Where a figure stands: publisher, title and what names it."""
    what = {Where.STATEMENT: "statement", Where.PAGE: "page of source", Where.FILE: "file"}[found.where]
    said = [found.publisher, clipped(found.about.partition(" · ")[0], 100), f"{what} {found.name}"]
    return " · ".join(part for part in said if part)
