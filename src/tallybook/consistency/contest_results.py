"""How contests ended: "21 wins, nine defeats and eight draws from their 38 matches"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import shown
from tallybook.consistency.forms import EXACT
from tallybook.consistency.part_words import results
from tallybook.consistency.parts_inside import is_amount
from tallybook.prose import digits
from tallybook.reading import Mention

_TEST = "sum of parts"
_IN_CONTESTS = re.compile(r"(?:^|[“\"'‘(]|, )(?:In|From|Of|After|Over) (?:the |their |its |his |her |all )?$")
_FROM = re.compile(r"[^;:.\d]{0,30}\b(?:from|in|of|out of) (?:(?:their|its|his|her|the|all) )?")
_CONTESTS = frozenset(
    {"match", "game", "race", "fight", "bout", "fixture", "test", "contest", "encounter", "outing"}
)


def contest_results(text: str, figures: Sequence[Mention]) -> Iterator[Check]:
    """ "21 wins, nine defeats and eight draws from their 38 matches", or "in 38 matches, 21 wins, …"."""
    for k, whole in enumerate(figures):
        if whole.unit not in _CONTESTS or not is_amount(whole):
            continue
        if k >= 2 and _FROM.fullmatch(text, figures[k - 1].end, whole.start):
            found = list(figures[max(0, k - 3) : k])
            if len(results(text, found)) != len(found):
                found = found[1:]
        elif k == 0 and len(figures) > 3 and _IN_CONTESTS.search(text[whole.sentence[0] : whole.start]):
            found = list(figures[1:4])
        else:
            continue
        kinds = results(text, found)
        if len(found) < 2 or len(kinds) != len(found) or any(m.low != m.high for m in found):
            continue
        added = sum(part.low for part in found)
        closes = added == whole.low
        if not closes and ((added < whole.low and len(kinds) < 3) or whole.modifier is not EXACT):
            continue
        told = f"{' + '.join(shown(part) for part in found)} = {digits(added)}"
        why = f"{told}; the text says {whole.words}" if closes else f"{told}, not {whole.words}"
        about = (*(part.words for part in found), whole.words)
        ordered = sorted((*found, whole), key=lambda m: m.start)
        yield Check(_TEST, about, closes, f"{why}.", None, ordered[0].start, ordered[-1].end)
