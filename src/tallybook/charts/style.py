"""How the pictures look: colours in light and dark, text sizes, marker shapes.

Blue for agreement, orange for difference, grey for what confirms nothing: told apart by readers
who see no red or no green, and never the only sign (a word or a shape says the same). Each text
colour has a contrast of 4.5 or more on the paper and on the claim's band, in both schemes (WCAG AA).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from tallybook.terms import Relation, Tier

WIDTH = 345.6
"""Natural width of every picture in points: 4.8 inches, 460 CSS pixels."""

MARGIN = 8.0

TEXT = 9.5
"""Size of ordinary text in points; nothing is smaller, so that a phone at 358 px still shows it."""

TITLE = 11.0
LEADING = 12.5
"""Distance between two baselines of ordinary text, in points."""

FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so that the same rows give the same bytes on every machine."""

# role: (light, dark). Every light colour is used by one role only: after saving, the colour in the
# file says which role drew it (see ``svg.py``).
PALETTE: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        "paper": ("#fdfdfc", "#15181c"),
        "ink": ("#1b1f24", "#eceff2"),
        "muted": ("#50575f", "#b3bbc4"),
        "grid": ("#c9ced4", "#474e57"),
        "band": ("#e4ecf4", "#26303c"),
        "agree": ("#0a559e", "#86bfff"),
        "differ": ("#9c4500", "#ffb166"),
        "between": ("#43494f", "#c6ccd3"),
        "aside": ("#585e66", "#a9b1ba"),
    }
)

DERIVED = "derived"
MARKER_OF_TIER: MappingProxyType[str, str] = MappingProxyType(
    {Tier.PRIMARY: "o", Tier.SECONDARY: "s", Tier.TERTIARY: "D", DERIVED: "P"}
)

RC: MappingProxyType[str, Any] = MappingProxyType(
    {
        "svg.fonttype": "none",
        "svg.hashsalt": "tallybook",
        "font.family": FAMILY,
        "text.usetex": False,
        "text.parse_math": False,
        "path.simplify": False,
        "path.sketch": None,
        "path.effects": [],
        "axes.unicode_minus": False,
    }
)


def colour(role: str) -> str:
    """The light colour of a role; the dark one takes its place in the SVG's own style sheet."""
    return PALETTE[role][0]


def role_of(relation: Relation | None, *, counts: bool = True) -> str:
    """The role that colours a relation: plain ink for none or for several at once, and never the colour
    of agreement for a figure that confirms nothing."""
    if relation is None:
        return "ink"
    return "aside" if relation.confirms and not counts else relation.role
