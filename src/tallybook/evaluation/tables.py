"""Readings as pandas tables: the mentions of a text, and the scores of the reader on the gold."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from tallybook.book.load import find_root
from tallybook.evaluation.gold import Match, Phrase, load_phrases, match_figures, score_matches
from tallybook.reading import Mention, read
from tallybook.reading.lexicon.language import load_language
from tallybook.tables.notebook import keep_dollars_in_frames

# The folder of the public gold in a project, and its file of sentences with known errors.
GOLD = Path("tests", "reading")
MISSES = Path("misses", "known.yaml")
ALL = "all"

keep_dollars_in_frames()


def mentions_table(mentions: Iterable[Mention]) -> pd.DataFrame:
    """One row per mention; columns as its fields, the hedges in one cell."""
    rows = [m._asdict() | {"hedges": ", ".join(m.hedges)} for m in mentions]
    return pd.DataFrame(rows, columns=list(Mention._fields))


def bounds_table(language: str = "en", examples: int = 4) -> pd.DataFrame:
    """The phrases of a lexicon by the bound they set: the bound, their number, the first few of them."""
    bounds = load_language(language).bounds
    found: dict[str, list[str]] = {}
    for phrase, modifier in (*bounds.before.entries(), *bounds.after.entries()):
        found.setdefault(str(modifier), []).append(phrase)
    rows = [
        {
            "bound": bound,
            "phrases": len(set(words)),
            "examples": ", ".join(sorted(set(words), key=_plainness)[:examples]),
        }
        for bound, words in found.items()
    ]
    return pd.DataFrame(rows).sort_values(["phrases", "bound"], ascending=[False, True], ignore_index=True)


def _plainness(phrase: str) -> tuple[bool, int, str]:
    """Phrases of two words and more first, the shorter before the longer."""
    return (not phrase.replace(" ", "").isalpha() or " " not in phrase, len(phrase), phrase)


class ReaderEvaluation:
    """The gold sentences of a project, each read once and matched with its expected figures."""

    def __init__(self, project: Path | None = None) -> None:
        """``project``: its folder, or else the one around the working folder (BookError if there is none)."""
        folder = find_root(project) / GOLD
        paths = [*sorted(folder.glob("*.yaml")), folder / MISSES]
        self._matches: dict[Phrase, list[Match]] = {
            phrase: match_figures(phrase, read(phrase.text)) for phrase in load_phrases(paths)
        }

    def rates(self) -> pd.DataFrame:
        """F1 in percent by kind of sentence, with a last row for all: value, bound, unit, words."""
        kinds: dict[str, list[Phrase]] = {}
        for phrase in self._matches:
            kinds.setdefault(phrase.kind.removeprefix("news_").replace("_", " "), []).append(phrase)
        rows = [self._rates(kind, chosen) for kind, chosen in sorted(kinds.items())]
        return pd.DataFrame([*rows, self._rates(ALL, list(self._matches))])

    def errors(self) -> pd.DataFrame:
        """The sentences with an error: the expected figures that were not read, and the wrong readings."""
        rows = []
        for phrase, matches in self._matches.items():
            wrong = [match for match in matches if not match.exact]
            if wrong:
                rows.append(
                    {
                        "sentence": phrase.text,
                        "expected": "; ".join(str(m.gold) for m in wrong if m.gold),
                        "read": "; ".join(str(m.read) for m in wrong if m.read),
                    }
                )
        return pd.DataFrame(rows)

    def _rates(self, kind: str, chosen: list[Phrase]) -> dict[str, object]:
        score = score_matches([match for phrase in chosen for match in self._matches[phrase]])
        percent = {name: round(100 * one.f1, 1) for name, one in score.items()}
        return {"kind": kind, "sentences": len(chosen), "figures": score["value"].gold, **percent}
