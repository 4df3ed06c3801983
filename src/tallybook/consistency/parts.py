"""Parts and their whole: a share of a count beside the part, the rest of a whole, a part above its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, SHARE, by_sentence, level, shown, zones
from tallybook.consistency.printed_numbers import is_measured
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import meet
from tallybook.prose import converted, digits
from tallybook.reading import Mention, Reading
from tallybook.terms import Form

TEST_SHARE, TEST_REST, TEST_INSIDE = "share of a count", "parts and the rest", "part inside its whole"
_OF = re.compile(r" (?:out )?of (?:the |all |all the |its |their |those |these |his |her )?")
_OF_BEFORE = re.compile(r"(?:^|[,;(—–-] ?|\b(?:and|but) )(?:out )?of (?:(?:the|its|their|these|those|all|his|her|this|a|that"
                        r"|our|all the) )?(?:[\w’'-]+ ){0,2}?(?:total of )?$", re.IGNORECASE)  # fmt: skip
_BESIDE = re.compile(r",? ?\(|, (?:or |that is |some |about |nearly |almost |around |only |just )?| – | — ")
_CLOSED = re.compile(r"[,);–—]| – | —|$|\.")
_AMONG = re.compile(r"[^.;:]{0,30}?,? (?:among them|including|among whom|of whom|of which|of them)"
                    r"(?: (?:were|was|are|is))? $", re.IGNORECASE)  # fmt: skip
_REST = re.compile(r"\b(?:the other|the remaining|the rest,|the last) $", re.IGNORECASE)
_OUTSIDE = re.compile(
    r"\b(?:plus|as well as|in addition|besides|another|a further|others|elsewhere|more)\b", re.IGNORECASE
)


def parts(reading: Reading) -> Iterator[Check]:
    """Checks of shares in words or percent beside their counts, of the rest of a whole, and of parts above it."""
    for figures in by_sentence(reading):
        yield from _shares(reading.text, figures)
        yield from _parts_of(reading.text, figures)
        yield from _among(reading.text, figures)


def _is_share(mention: Mention) -> bool:
    plain = mention.trend is None and mention.per is None and mention.low > 0
    return plain and (mention.unit == PER_CENT or (mention.unit == SHARE and mention.form is Form.FRACTION))


def _is_count(mention: Mention) -> bool:
    return level(mention) and mention.per is None and mention.unit != PER_CENT


def _shares(text: str, figures: Sequence[Mention]) -> Iterator[Check]:
    for one, two, three in zip(figures, figures[1:], figures[2:], strict=False):
        first, second = text[one.end : two.start], text[two.end : three.start]
        beside = bool(_BESIDE.fullmatch(second)) and bool(_CLOSED.match(text, three.end))
        if not beside:
            continue
        if _is_share(one) and _is_count(two) and _is_count(three) and _OF.fullmatch(first):
            if three.unit in (None, two.unit):
                yield _share(one, two, three)  # "a quarter of the 8,400 flats, 2,100,"
        elif _is_count(one) and _is_count(two) and _is_share(three) and two.unit in (None, one.unit):
            if _OF_BEFORE.search(text, max(one.sentence[0], one.start - 60), one.start) and first in (
                ", ",
                " ",
            ):
                yield _share(three, one, two)  # "of this total of 33,029, 11,241 (35%)"
        elif _is_count(one) and _is_count(two) and three.unit == SHARE and _is_share(three):
            if _OF.fullmatch(first) and one.unit in (None, two.unit):
                yield _share(three, two, one)  # "61 of the 183 councillors, a third,"


def _share(share: Mention, whole: Mention, part: Mention) -> Check:
    stated = zones(share)
    stated = stated.converted(0.01) if share.unit == PER_CENT else stated
    made = zones(part).over(zones(whole))
    closes = meet(made.true, stated.true)
    told = f"{shown(part)} of {shown(whole)} is {converted(100 * part.low / whole.low, [100 * stated.core.low])}%"
    why = f"{told}; the text says {share.words}" if closes else f"{told}, not {share.words}"
    about = tuple(m.words for m in sorted((share, whole, part), key=lambda m: m.start))
    start, end = min(m.start for m in (share, whole, part)), max(m.end for m in (share, whole, part))
    return Check(TEST_SHARE, about, closes, f"{why}.", None, start, end)


def _parts_of(text: str, figures: Sequence[Mention]) -> Iterator[Check]:
    """ "Of the 120 seats the left won 71 and the right the other 49", "Of the 46 passengers, 52 …"."""
    for k, whole in enumerate(figures[:-1]):
        if not _is_count(whole) or is_measured(whole.unit):
            continue
        if not _OF_BEFORE.search(text[max(whole.sentence[0], whole.start - 60) : whole.start]):
            continue
        found = []
        for part in figures[k + 1 :]:
            if not _counts_part(part, whole) or ";" in text[whole.end : part.start]:
                break
            found.append(part)
        if not found or _OUTSIDE.search(text[whole.end : found[-1].start]):
            continue
        last = found[-1]
        if len(found) > 1 and _REST.search(text[max(whole.end, last.start - 20) : last.start]):
            yield _rest(whole, found)
            continue
        for part in found:
            if zones(part).true.low > zones(whole).true.high:
                yield _above(whole, part)


def _counts_part(part: Mention, whole: Mention) -> bool:
    plain = part.trend is None and part.per is None and part.form is Form.NUMBER
    return plain and part.unit in (None, whole.unit) and not part.of


def _among(text: str, figures: Sequence[Mention]) -> Iterator[Check]:
    """ "Forty-one people died, among them at least 44 soldiers"."""
    for whole, part in zip(figures, figures[1:], strict=False):
        if not _is_count(whole) or is_measured(whole.unit) or whole.unit is None:
            continue
        if (
            part.trend is not None
            or part.per is not None
            or part.form is not Form.NUMBER
            or is_measured(part.unit)
        ):
            continue
        if _AMONG.fullmatch(text[whole.end : part.start]) and zones(part).true.low > zones(whole).true.high:
            yield _above(whole, part)


def _above(whole: Mention, part: Mention) -> Check:
    why = f"{part.words} cannot be among {whole.words}: {shown(part)} is more than {shown(whole)}."
    return Check(TEST_INSIDE, (whole.words, part.words), False, why, None, whole.start, part.end)


def _rest(whole: Mention, found: Sequence[Mention]) -> Check:
    total: Zones = zones(found[0])
    for part in found[1:]:
        total = total.plus(zones(part))
    closes = meet(total.true, zones(whole).true)
    numbers = " + ".join(shown(part) for part in found)
    told = f"{numbers} = {digits(sum(part.low for part in found))}"
    why = f"{told}; the text says {whole.words}" if closes else f"{told}, not {whole.words}"
    about = (whole.words, *(part.words for part in found))
    return Check(TEST_REST, about, closes, f"{why}.", None, whole.start, found[-1].end)
