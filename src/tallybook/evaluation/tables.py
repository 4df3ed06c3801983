"""Readings as pandas tables: the mentions of a text, and the scores of the reader on the gold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from tallybook.book.load import find_root
from tallybook.evaluation.gold import Match, Phrase, load_phrases, match_figures, score_matches
from tallybook.evaluation.sentences import Sentence, faults, load_file, scores
from tallybook.reading import Mention, read
from tallybook.reading.lexicon.language import load_language
from tallybook.tables.notebook import keep_dollars_in_frames

# The folder of the public gold in a project, and its file of sentences with known errors.
GOLD = Path("tests", "reading")
MISSES = Path("misses", "known.yaml")
KINDS = "kinds"
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


class KindsEvaluation:
    """The sentences by kind of a project (``tests/reading/kinds``), each read once."""

    def __init__(self, project: Path | None = None) -> None:
        """``project``: its folder, or else the one around the working folder (BookError if there is none)."""
        folder = find_root(project) / GOLD / KINDS
        self._files = [load_file(path) for path in sorted(folder.glob("*.yaml"))]
        self._wrong = {
            sentence: bool(faults(sentence)) for file in self._files for sentence in file.sentences
        }

    def files(self) -> pd.DataFrame:
        """A row a file: sentences, percent of them read right, F1 in percent of value, bound, unit and
        direction; a last row for all."""
        rows = [self._row("sentences", file.name, file.sentences) for file in self._files]
        return pd.DataFrame([*rows, self._row("sentences", ALL, list(self._wrong))])

    def held_out(self) -> pd.DataFrame:
        """The files of sentences that nobody had read before: two rows each, at first reading and now."""
        rows = []
        for file in self._files:
            if file.first_reading:
                first = dict(file.first_reading)
                right = round(100 * first.pop("right") / len(file.sentences), 1)
                rows.append({"sentences": file.name, "read": "first", "right": right, **first})
                row = self._row("sentences", file.name, file.sentences)
                rows.append({"sentences": file.name, "read": "now", **_rates_of(row)})
        return pd.DataFrame(rows)

    def kinds(self, *, least: int = 8) -> pd.DataFrame:
        """A row a kind of at least so many sentences, the worst first."""
        kinds: dict[str, list[Sentence]] = {}
        for sentence in self._wrong:
            kinds.setdefault(sentence.kind.replace("_", " "), []).append(sentence)
        rows = [self._row("kind", kind, found) for kind, found in kinds.items() if len(found) >= least]
        return pd.DataFrame(rows).sort_values(["right", "kind"], ignore_index=True)

    def _row(self, name: str, of: str, sentences: Sequence[Sentence]) -> dict[str, object]:
        right = sum(not self._wrong[sentence] for sentence in sentences)
        percent = {key: round(100 * score.f1, 1) for key, score in scores(sentences).items()}
        share = round(100 * right / len(sentences), 1)
        return {name: of, "number": len(sentences), "right": share, **percent}


def _rates_of(row: dict[str, object]) -> dict[str, object]:
    return {key: row[key] for key in ("right", "value", "bound", "unit", "direction")}


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
