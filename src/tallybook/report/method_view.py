"""What the page "How it is judged" says besides the vocabulary: the widths of the policy, and a few words."""

from __future__ import annotations

from tallybook.prose import FRACTION, counted, number, units_of_last_digit
from tallybook.quantity import Policy

GLOSSARY = (
    ("claim", "a figure that the article states, with the words that bound it"),
    ("source group", "the origins that are not independent of one another: one government with its services, "
     "an agency with those who share its data; it has one voice"),
    ("origin", "whoever produced a figure, not whoever printed it"),
    ("own side", "the source group that a claim’s figure comes from; it cannot confirm itself"),
    ("independent", "of another source group, and not computed from what the claim’s own side says"),
    ("derived", "computed from figures that pages state: a total divided by its months, a sum of parts"),
    ("scope", "what exactly is counted: all shells or those of one calibre, confirmed or suspected"),
    ("status", "whether a figure was counted, planned, forecast, or is what could be held"),
    ("bound", "a word that makes of a number a floor or a ceiling: at least, over, up to"),
    ("when written", "judged by what certainly was out on the article’s day"),
    ("today", "judged by everything that was read"),
    ("superseded", "its own origin has given a newer figure since"),
)  # fmt: skip

_NAMES = {
    "about": "“about” and “nearly”, at most",
    "grains": "“about” and “over” reach at most",
    "overshoot": "“over” suggests at most",
    "rounding_cap": "a round number may stand for another at most",
    "fraction": "a fraction in words",
    "same": "counts and sums taken for the same",
    "window_days": "a figure dated by its page",
    "tolerance": "tolerance",
}


def policy_lines(policy: Policy) -> list[tuple[str, str]]:
    """The widths of a policy in words."""
    share = {
        name: number(getattr(policy, name), FRACTION)
        for name in ("about", "rounding_cap", "fraction", "same", "tolerance")
    }
    texts = {
        "about": f"{share['about']} of the number",
        "grains": units_of_last_digit(policy.grains),
        "overshoot": f"{number(policy.overshoot)} times the number named",
        "rounding_cap": f"{share['rounding_cap']} away",
        "fraction": f"± {share['fraction']} of it",
        "same": f"at most {share['same']} apart",
        "window_days": f"at most {counted(policy.window_days, 'day')} from it",
        "tolerance": share["tolerance"],
    }
    return [(_NAMES[name], text) for name, text in texts.items()]
