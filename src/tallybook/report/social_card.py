"""The picture of a claim for those who share its page: its words, its verdict, and the answer to it."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from matplotlib.font_manager import FontProperties, findfont
from PIL import Image, ImageDraw, ImageFont

from tallybook.charts.lettering import drawable, drawn
from tallybook.charts.style import FAMILY, PALETTE, colour
from tallybook.charts.wording import capital
from tallybook.prose import clipped
from tallybook.report.sentences import text_of
from tallybook.terms import MADE_UP

if TYPE_CHECKING:
    from tallybook.report.case_view import CaseView
    from tallybook.report.claim_view import ClaimView

WIDTH, HEIGHT = 1200, 630
"""In pixels; the shape that the large sites show whole (1.91 to 1)."""

_MARGIN = 64
_QUOTATION = ((60, 2), (52, 2), (44, 3))  # size of the letters, and so many lines of them fit
_ANSWER_LINES = 3
_FULL = 255
"""A layer where a letter covers it wholly."""

_SHADES = 16


@dataclass(frozen=True)
class Card:
    """``words``: of the claim, in quotation marks; ``sign`` and ``role``: of the verdict ``label``."""

    article: str
    words: str
    sign: str
    role: str
    label: str
    answer: str
    foot: str


def card_of(claim: ClaimView, case: CaseView) -> Card:
    """The card of one claim of a case; of a draft it says that nobody has reviewed it."""
    read = f"Sources read up to {case.foot.read}" if case.foot.read else "Each figure beside its sources"
    foot = "Draft, not reviewed: this verdict is not final" if case.draft else read
    verdict = claim.verdict
    answer = text_of(claim.answer[0]) if claim.answer else verdict.meaning
    article = f"Published {case.published} · {case.publisher}"
    article = f"{capital(MADE_UP)} · {article}" if case.foot.made_up else article
    return Card(article, claim.title, verdict.sign, verdict.role, verdict.label, answer, foot)


def alternative(card: Card) -> str:
    """What the picture says, for those who do not see it."""
    return f"{card.words}: {card.label}. {card.answer}"


def social_card(card: Card) -> bytes:
    """The picture as PNG, 1200 by 630 pixels; the same card gives the same bytes.

    Words that the font cannot draw, or that run from right to left, are replaced by a sentence that says so.
    """
    role = card.role if card.role in PALETTE else "ink"
    drawn_in = {name: Image.new("L", (WIDTH, HEIGHT)) for name in dict.fromkeys(("muted", "ink", role))}
    pens = {name: ImageDraw.Draw(layer) for name, layer in drawn_in.items()}
    pens[role].rectangle((0, 0, 16, HEIGHT), fill=_FULL)
    y = _MARGIN
    pens["muted"].text((_MARGIN, y), _cut(drawn(card.article), 28), font=_font(28), fill=_FULL)
    y += 64
    size, lines = _quotation(card.words)
    y = _write(pens["ink"], lines, y, size, bold=True) + 24
    pens[role].text((_MARGIN, y), f"{card.sign} {card.label}".strip(), font=_font(44, bold=True), fill=_FULL)
    _write(pens["ink"], _wrapped(drawn(card.answer), 30, _ANSWER_LINES), y + 76, 30)
    foot = f"{card.foot} · tallybook"
    pens["muted"].text((_MARGIN, HEIGHT - _MARGIN), foot, font=_font(24), fill=_FULL, anchor="ls")
    made = io.BytesIO()
    _coloured(drawn_in).save(made, "PNG")
    return made.getvalue()


def _coloured(layers: Mapping[str, Image.Image]) -> Image.Image:
    """A picture with a palette: the paper, and some shades of the colour of each layer, by its name, for the
    edges of its letters. To look for a palette among the colours of a finished picture takes longer than
    all the rest."""
    picture = Image.new("P", (WIDTH, HEIGHT))
    paper = _rgb("paper")
    palette = [*paper]
    for name, layer in layers.items():
        before, ink = len(palette) // 3, _rgb(name)
        for shade in range(1, _SHADES + 1):
            palette += [p + (c - p) * shade // _SHADES for p, c in zip(paper, ink, strict=True)]
        shades = [-(-covered * _SHADES // _FULL) for covered in range(_FULL + 1)]
        if (box := layer.getbbox()) is not None:
            part = layer.crop(box)
            there = part.point([_FULL if shade else 0 for shade in shades], "1")
            picture.paste(part.point([before + shade - 1 if shade else 0 for shade in shades]), box, there)
    picture.putpalette(palette)
    return picture


def _rgb(role: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour(role).removeprefix("#")))


def _quotation(words: str) -> tuple[int, list[str]]:
    """The largest size at which the words have few lines; at the smallest they are cut."""
    if not (drawable(words) and not any(unicodedata.bidirectional(c) in ("R", "AL") for c in words)):
        return _QUOTATION[-1][0], ["A figure in letters that", "this picture cannot show"]
    for size, most in _QUOTATION:
        if len(_wrapped(words, size, most + 1, bold=True)) <= most:
            break
    return size, _wrapped(words, size, most, bold=True)


def _write(pen: ImageDraw.ImageDraw, lines: list[str], y: int, size: int, *, bold: bool = False) -> int:
    """Returns the place below the last line, in pixels."""
    for line in lines:
        pen.text((_MARGIN, y), line, font=_font(size, bold=bold), fill=_FULL)
        y += round(size * 1.3)
    return y


def _wrapped(text: str, size: int, most: int, *, bold: bool = False) -> list[str]:
    """The text in at most ``most`` lines; what does not fit is left out, and "…" says so."""
    words, lines = text.split(), [""]
    for place, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if _length(longer, size, bold=bold) <= WIDTH - 2 * _MARGIN:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = " ".join([lines[-1], *words[place:]])
            break
    return [_cut(line, size, bold=bold) for line in lines]


def _cut(line: str, size: int, *, bold: bool = False) -> str:
    """The line, or as much of it as fits, with "…" where it was cut."""
    most = WIDTH - 2 * _MARGIN
    limit = len(line)
    shown = line
    while _length(shown, size, bold=bold) > most:
        limit = min(limit - 1, int(limit * most / _length(shown, size, bold=bold)) + 1)
        shown = clipped(line, limit)
    return shown


def _length(text: str, size: int, *, bold: bool = False) -> float:
    return _font(size, bold=bold).getlength(text)


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    path = findfont(FontProperties(family=FAMILY, weight="bold" if bold else "normal"))
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
