"""How the estimates of comparable pairs bear on their claims: section 3 of the law, on arrays.

A test is one expression, the same for one pair and for a million.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tallybook.matching.columns import Flags, Floats, Small
from tallybook.matching.numbers import SAME
from tallybook.matching.sides import Sides
from tallybook.matching.times import WHY, Times
from tallybook.terms import Reason, Relation

RELATIONS = tuple(Relation)
AGREES, SUPPORTS, COMPATIBLE, DIFFERS, NOT_COMPARABLE, REFUSED = range(len(RELATIONS))
_WHY: dict[Reason, np.int8] = {reason: np.int8(code) for code, reason in enumerate(WHY) if reason is not None}


@dataclass
class Bearings:
    """How the estimates of some pairs bear on their claims, with all that is said of it; one row per pair.

    ``relation``: AGREES … DIFFERS; ``why``: code into WHY; ``if_of_that_time``: the dates allow that the
    two are of one time, and do not say so; ``own_time``: certainly of the claim's time; ``floor``,
    ``ceiling``: the estimate is no more than that; ``opening``: code into WHY of what dates, part and scope
    do, 0 for nothing; ``gap`` in units, from the claim's number to the estimate's, NaN where they do not
    differ.
    """

    relation: Small
    why: Small
    if_of_that_time: Flags
    own_time: Flags
    may_agree: Flags
    floor: Flags
    ceiling: Flags
    opening: Small
    gap: Floats


def relations(sides: Sides, when: Times) -> Small:
    """AGREES … DIFFERS of each pair. ``when``: what dates, parts and scopes open."""
    found = _decided(sides, when)
    if (unlike := sides.unlike) is not None and unlike.any():
        rows = np.flatnonzero(unlike)
        found[rows] = _decided(sides.at(rows).matched(), when.take(rows))
    return found


def _decided(sides: Sides, when: Times) -> Small:
    """What differs cannot agree, and what agrees need not support: each is asked only of the rest."""
    found = np.full(len(sides), np.int8(COMPATIBLE))
    rows = np.flatnonzero(_apart(sides, when))
    differs = rows.compress(_differs(sides.at(rows)))
    ours, theirs = sides("bound")
    left = when.may_agree & (ours == theirs)
    left[differs] = False
    rows = np.flatnonzero(left)
    agrees = rows.compress(_agrees(sides.at(rows)))
    left = when.may_support.copy()
    left[differs] = left[agrees] = False
    rows = np.flatnonzero(left)
    supports = rows.compress(_supports(sides.at(rows), when.floor.take(rows), when.ceiling.take(rows)))
    found[differs], found[agrees], found[supports] = DIFFERS, AGREES, SUPPORTS
    return found


def _apart(sides: Sides, when: Times) -> Flags:
    """Whether one zone lies wholly below the other, at an end that is not open.

    Two roundings that only touch meet, as one number may lie behind both, unless one of them is printed with
    a single figure.
    """
    (bottom, their_bottom), (top, their_top) = sides("bottom"), sides("top")
    below, above = their_top < bottom, top < their_bottom
    rows = np.flatnonzero(sides.either("single"))
    if len(rows):
        some = sides.at(rows)
        (low, their_low), (high, their_high), (thick, their_thick) = some("low"), some("high"), some("thick")
        below[rows] |= thick & their_thick & _touch(their_high, low)
        above[rows] |= thick & their_thick & _touch(high, their_low)
    return (below & ~when.top) | (above & ~when.bottom)


def _touch(high: Floats, low: Floats) -> Flags:
    found: Flags = np.abs(high - low) <= SAME * np.maximum(np.abs(high), np.abs(low))
    return found


def _differs(sides: Sides) -> Flags:
    """Of pairs whose zones lie apart.

    "Over nine" leaves out nine itself, however near the two are.
    """
    away, scale = sides.away, sides.scale
    same = _same(sides, away, scale) & ~(sides.either("strict") & (away <= SAME * scale)) & ~sides.opposite
    return ~same & ~_in_spread(sides) & ~sides.either("contradictory")


def _same(sides: Sides, away: Floats, scale: Floats) -> Flags:
    """No further apart than the policy takes for the same."""
    same = sides.pairs.ours(sides.ours.same)
    found: Flags = away <= same * scale * (1 + SAME)
    return found


def _in_spread(sides: Sides) -> Flags:
    """Whether the gap between two zones is within the spread of the methods."""
    if not sides.ours.spread.any():
        return np.zeros(len(sides), dtype=np.bool_)
    spread = sides.pairs.ours(sides.ours.spread)
    (low, their_low), (high, their_high) = sides("low"), sides("high")
    gap = np.maximum(np.maximum(their_low - high, low - their_high), 0.0)
    found: Flags = (spread > 0) & (gap <= spread * (1 + 1e-6))
    return found


def _agrees(sides: Sides) -> Flags:
    """Of pairs that are bounded alike, or not at all."""
    away, scale = sides.away, sides.scale
    bounded = sides.pairs.ours(sides.ours.bound) != 0
    number = (_near(sides) | _same(sides, away, scale)) & _from_below(sides)
    found: Flags = (~bounded & number) | (bounded & (away <= SAME * scale))
    return found & ~sides.either("contradictory") & ~sides.opposite


def _near(sides: Sides) -> Flags:
    """No further apart than half the coarser fine grain; a fraction in words has none."""
    digits = ~sides.either("digitless")
    found = np.ones(len(sides), dtype=np.bool_)
    for number, half in (("core_low", "half_low"), ("core_high", "half_high")):
        ours, theirs = sides(number)
        reach = np.maximum(*sides(half)) * digits
        found &= np.abs(ours - theirs) <= reach + SAME * np.maximum(np.abs(ours), np.abs(theirs))
    return found


def _from_below(sides: Sides) -> Flags:
    """ "Nearly" agrees with what is no larger, of a fall with one no deeper, unless both sides say so."""
    if "from_below" not in sides.ours.has | sides.theirs.has:
        return np.ones(len(sides), dtype=np.bool_)
    (ours, theirs), (size, their_size) = sides("from_below"), sides("size")
    under, over = their_size <= size * (1 + SAME), size <= their_size * (1 + SAME)
    found: Flags = (ours == theirs) | (ours & under) | (theirs & over)
    return found


def _inside(sides: Sides, floor: Flags, ceiling: Flags) -> Flags:
    """Whether all that the estimate allows makes the claim's words true; below its top a ceiling may be
    anything that the measure can be, above its bottom a floor. Of what is none or more that is none at
    least: no deaths in a year are no deaths in any month of it."""
    ours, theirs = sides.pairs.ours, sides.pairs.theirs
    low, high = (theirs(column) for column in sides.theirs.inner)
    down, up = (ours(column) for column in sides.ours.boundless)
    least, most = sides.ours.way
    from_zero = down | ((low >= 0) & (ours(least) <= 0))
    low_in = (ceiling & from_zero) | (~ceiling & (low >= ours(least)))
    found: Flags = low_in & ((floor & up) | (~floor & (high <= ours(most))))
    return found


def _supports(sides: Sides, floor: Flags, ceiling: Flags) -> Flags:
    least, most = (sides.pairs.ours(column) for column in sides.ours.meant)
    low, high = sides.pairs.theirs(sides.theirs.core_low), sides.pairs.theirs(sides.theirs.core_high)
    found: Flags = (low >= least) & (high <= most) & _inside(sides, floor, ceiling)
    return found & ~sides.either("contradictory") & ~sides.opposite


def bearings(sides: Sides, when: Times) -> Bearings:
    """The relation of each pair and all that is said of it. ``when``: with its reasons."""
    relation = relations(sides, when)
    sides = sides.matched()
    confirms, differs = (relation == AGREES) | (relation == SUPPORTS), relation == DIFFERS
    # what is no more than a floor or a ceiling supports as that
    if_so = confirms & ~(when.sure | when.floor | when.ceiling)
    gap = np.where(differs, _signed_gap(sides), np.nan)
    return Bearings(
        relation, _reasons(sides, when, relation), if_so,
        when.own, when.may_agree, when.floor, when.ceiling, when.why, gap,
    )  # fmt: skip


def _signed_gap(sides: Sides) -> Floats:
    """From the nearest number of the claim to the nearest of the estimate."""
    ours, theirs = sides.ours, sides.theirs
    above, below = theirs.core_low - ours.core_high, theirs.core_high - ours.core_low
    found: Floats = np.maximum(above, 0.0) + np.minimum(below, 0.0)
    return found


def _reasons(sides: Sides, when: Times, relation: Small) -> Small:
    """Why each relation holds, as an index into WHY; of several reasons the first in the order of the law."""
    ours, theirs = sides.ours, sides.theirs
    unbounded = (ours.bound == 0) & (theirs.bound == 0)
    one_bound = (ours.bound != 0) & (ours.bound == theirs.bound) & (sides.away <= SAME * sides.scale)
    compatible = np.full(len(relation), _WHY[Reason.OVERLAP])
    for here, reason in (
        (_inside(sides, when.floor, when.ceiling) & (ours.bound != 0), Reason.FAR_INSIDE),
        (unbounded & (ours.round | theirs.round), Reason.ROUND_NUMBER),
        (unbounded & (ours.several | theirs.several), Reason.UNIT),
        (ours.margin | theirs.margin, Reason.MARGIN),
        (_apart(sides, when) & _in_spread(sides), Reason.SPREAD),
    ):
        compatible[here] = _WHY[reason]
    compatible = np.where(when.why != 0, when.why, compatible)
    compatible[ours.contradictory | theirs.contradictory] = _WHY[Reason.MIXED]
    side = np.where(
        when.top, _WHY[Reason.FLOOR], np.where(when.bottom, _WHY[Reason.CEILING], _WHY[Reason.APART])
    )
    differs = np.where(sides.opposite, _WHY[Reason.OPPOSITE], side)
    agrees = np.where(
        one_bound, _WHY[Reason.ONE_BOUND], np.where(_near(sides), _WHY[Reason.ROUNDING], _WHY[Reason.SAME])
    )
    inside = np.full(len(relation), _WHY[Reason.INSIDE])
    return np.choose(relation, (agrees, inside, compatible, differs)).astype(np.int8)
