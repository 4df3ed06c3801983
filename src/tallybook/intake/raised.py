"""What is printed raised or lowered: a power, an ordinal's ending, a part of a fraction, a note's number.

A power belongs to the figure, the number of a note does not; plain text can tell neither. The rules here are
those of print: ten is raised to powers, lengths to the second and third, and nobody writes a first power.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
LOWERED = str.maketrans("0123456789+-−–", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋")
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"

TAIL = 12
"""How many characters before a raised text decide what it is."""

_EXPONENT = re.compile(r"[+\-−–]?\d{1,3}")
_DIGIT_BEFORE = re.compile(r"\d\Z")
_TEN = re.compile(r"(?<![\d.,])10\Z")
_TWO = re.compile(r"(?<![\d.,])2\Z")
_LENGTH = re.compile(r"(?<![^\W\d_])(?:[kcdmnµμ]?m|ft|in|mi|yd|s)\Z")
_UNIT = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,4}\Z")
_MONEY = re.compile(r"[$€£¥][ \u00a0]?\d{1,3}(?:,?\d{3}){0,2}\Z")
_MONEY_WITH_POINT = re.compile(r"[$€£¥][ \u00a0]?\d{1,3}(?:,?\d{3}){0,2}[.,]\Z")
_ORDINALS = frozenset(["st", "nd", "rd", "th", "e", "er", "re", "ère", "ème", "eme", "me", "º", "ª"])
_LONGEST_NOTE = 12


@dataclass(frozen=True, slots=True)
class Raised:
    """``text``: what stands for it in plain text; "" for the number of a note."""

    text: str
    kind: Literal["superscript", "footnote mark", "plain"]


def raised(before: str, printed: str, *, link: bool = False) -> Raised:
    """What a raised text is, by the characters ``before`` it; ``link``: whether it leads to another place.

    >>> raised("some 10", "6").text, raised("12 km", "2").text, raised("in a month", "1").text
    ('⁶', '²', '')
    """
    text = printed.strip()
    if link or not text:
        return Raised("", "footnote mark")
    if text.casefold() in _ORDINALS and _DIGIT_BEFORE.search(before):
        return Raised(text, "plain")
    if _DIGIT_BEFORE.search(before) and text in ("o", "0", "º", "°"):
        return Raised("°", "superscript")
    if _EXPONENT.fullmatch(text):
        return _of_number(before, text)
    if text == "+" and _DIGIT_BEFORE.search(before):
        return Raised("+", "superscript")
    if len(text) > _LONGEST_NOTE and " " in text:
        return Raised(printed, "plain")
    if before[-1:] in RAISED_DIGITS + "⁻⁺" and before[-1:] and _EXPONENT.fullmatch(text.lstrip("+-−–")):
        return Raised(text.translate(RAISED), "superscript")
    return Raised("", "footnote mark")


def _of_number(before: str, text: str) -> Raised:
    signed = not text[0].isdigit()
    number = int(text.lstrip("+-−–"))
    power = text.translate(RAISED)
    if _TEN.search(before) or _TWO.search(before):
        is_power = signed or number != 1
    elif _MONEY.search(before) and len(text) == 2 and not signed:
        return Raised(f".{text}", "superscript")
    elif _MONEY_WITH_POINT.search(before) and len(text) == 2 and not signed:
        return Raised(text, "superscript")
    elif _DIGIT_BEFORE.search(before):
        is_power = False
    elif _LENGTH.search(before):
        is_power = signed or number in (2, 3)
    elif signed:
        is_power = bool(_UNIT.search(before))
    else:  # nothing before it, as of an isotope; a part of a fraction; the rest of a number
        is_power = not before or before[-1] in f" (\u00a0{RAISED_DIGITS}⁻⁺"
    return Raised(power, "superscript") if is_power else Raised("", "footnote mark")


def lowered(before: str, printed: str) -> str:
    """What stands for a lowered text: its digits as lowered ones, so that they join no number before them.

    >>> "CO" + lowered("CO", "2"), "PM" + lowered("PM", "2.5")
    ('CO₂', 'PM2.5')
    """
    text = printed.strip()
    if _EXPONENT.fullmatch(text):
        return text.translate(LOWERED)
    joins = before[-1:].isdigit() and text[:1].isdigit()
    return f" {text}" if joins else text


def says(printed: str, kept: Raised, before: str) -> str:
    """The sentence of the mark."""
    word = before.split()[-1] if before.split() else ""
    what = " ".join(printed.split())[:40]
    behind = f" behind “{word}”" if word and not before[-1:].isspace() else ""
    if kept.kind == "footnote mark":
        return f"“{what}” is printed raised{behind}: taken for the number of a note and left out."
    return f"“{what}” is printed raised{behind}: read as “{word}{kept.text}”."
