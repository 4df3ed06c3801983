"""Readings as pandas tables: the mentions of a text, and how much of what gold sentences state is found."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from tallybook.book.load import find_root
from tallybook.evaluation.gold import Outcome, Phrase, outcomes, phrases, scores
from tallybook.reading import Mention, read
from tallybook.reading.lexicon.language import load
from tallybook.tables.notebook import keep_dollars_in_frames

# Where the public gold lies in a project, and the sentences of it that are known to be read wrongly.
GOLD = Path("tests", "reading")
MISSES = Path("misses", "known.yaml")
ALL = "all of them"

keep_dollars_in_frames()


def mentions_table(mentions: Iterable[Mention]) -> pd.DataFrame:
    """A row a mention; columns as its fields, the hedges in one cell."""
    rows = [m._asdict() | {"hedges": ", ".join(m.hedges)} for m in mentions]
    return pd.DataFrame(rows, columns=list(Mention._fields))


def bounds_table(language: str = "en", examples: int = 4) -> pd.DataFrame:
    """The phrases of a lexicon by the bound they set: bound, how many, the first few of them."""
    lang = load(language)
    found: dict[str, list[str]] = {}
    for phrase, modifier in (*lang.before.entries(), *lang.after.entries()):
        found.setdefault(str(modifier), []).append(phrase)
    rows = [
        {
            "bound": bound,
            "phrases": len(set(words)),
            "among them": ", ".join(sorted(set(words), key=_plainness)[:examples]),
        }
        for bound, words in found.items()
    ]
    return pd.DataFrame(rows).sort_values(["phrases", "bound"], ascending=[False, True], ignore_index=True)


def _plainness(phrase: str) -> tuple[bool, int, str]:
    """Phrases of two words and more first, the shorter before the longer."""
    return (not phrase.replace(" ", "").isalpha() or " " not in phrase, len(phrase), phrase)


class Trial:
    """The gold sentences of a project, each read once and held against what its words state."""

    def __init__(self, project: Path | None = None) -> None:
        """``project``: its folder, else the one around here (BookError if there is none)."""
        folder = find_root(project) / GOLD
        paths = [*sorted(folder.glob("*.yaml")), folder / MISSES]
        self.found: dict[Phrase, list[Outcome]] = {
            phrase: outcomes(phrase, read(phrase.text)) for phrase in phrases(paths)
        }

    def rates(self) -> pd.DataFrame:
        """F1 in percent, a row a kind of sentence and a last one for all: value, bound, unit, words."""
        kinds: dict[str, list[Phrase]] = {}
        for phrase in self.found:
            kinds.setdefault(phrase.kind.removeprefix("news_").replace("_", " "), []).append(phrase)
        rows = [self._rates(kind, chosen) for kind, chosen in sorted(kinds.items())]
        return pd.DataFrame([*rows, self._rates(ALL, list(self.found))])

    def missed(self) -> pd.DataFrame:
        """The sentences that are not read wholly right: what is missed in them, and what is read instead."""
        rows = []
        for phrase, found in self.found.items():
            wrong = [outcome for outcome in found if not outcome.whole]
            if wrong:
                rows.append(
                    {
                        "sentence": phrase.text,
                        "its words state": "; ".join(str(o.stated) for o in wrong if o.stated),
                        "read": "; ".join(str(o.read) for o in wrong if o.read),
                    }
                )
        return pd.DataFrame(rows)

    def _rates(self, kind: str, chosen: list[Phrase]) -> dict[str, object]:
        score = scores([outcome for phrase in chosen for outcome in self.found[phrase]])
        percent = {name: round(100 * one.f1, 1) for name, one in score.items()}
        return {"kind": kind, "sentences": len(chosen), "figures": score["value"].stated, **percent}
