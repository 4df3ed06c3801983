"""Texts with what the tests of their own figures must give (``tests/consistency/cases``): how many planted
slips are found, and how many right texts are accused.

A file is a list of cases with ``id``, ``kind``, ``text`` and ``expect: {closes: …}`` ("yes", "no", "cannot
tell", "nothing to test", or a list of those that are right).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from tallybook.book.load import find_root
from tallybook.consistency import Check, check_text
from tallybook.evaluation.yaml_cases import load_yaml
from tallybook.reading import read

YES, NO, OPEN, NOTHING = "yes", "no", "cannot tell", "nothing to test"


@dataclass(frozen=True)
class Text:
    """``closes``: the results that are right; ``figures_read``: how many "nothing to test" must say."""

    id: str
    kind: str
    text: str
    closes: tuple[str, ...]
    figures_read: int | None = None

    @property
    def planted(self) -> bool:
        """Whether something in it does not close."""
        return self.closes == (NO,)


def load_texts(path: Path) -> list[Text]:
    """The texts of a file; cases of other sections of the law are left out. ValueError for another form."""
    try:
        return [_text(case) for case in load_yaml(path) if _is_text(case)]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: a case needs 'id', 'text' and 'expect: closes' ({error!r})") from None


def _is_text(case: dict[str, Any]) -> bool:
    own = "text" in case and "closes" in case.get("expect", {})
    return own or (case.get("where") == "selfcheck" and isinstance(case.get("want"), str))


def _text(case: dict[str, Any]) -> Text:
    if "input" in case:  # as in found.yaml
        return Text(case["input"][:40], case["kind"], case["input"], (case["want"],))
    expected = case["expect"]
    closes = expected["closes"]
    closes = tuple(closes) if isinstance(closes, list) else (closes,)
    return Text(case["id"], case.get("kind", ""), case["text"], closes, expected.get("figures_read"))


def outcome(text: str) -> tuple[str, list[Check]]:
    """What the checks of a text come to, and the checks."""
    checks = check_text(text)
    results = [check.closes for check in checks]
    if not results:
        return NOTHING, checks
    if False in results:
        return NO, checks
    return (OPEN if None in results else YES), checks


def figures_read(text: str) -> int:
    return len(read(text))


GOLD = Path("tests", "consistency", "cases")
BLIND, SEALED = "blind", "sealed"
ALL = "all"


def texts_table(texts: Iterable[Text]) -> pd.DataFrame:
    """A row a kind, a last row for all: planted slips and those found, right texts and those recomputed, open
    texts; false alarms of the right and open ones."""
    results = [(text, outcome(text.text)[0]) for text in texts]
    kinds = sorted({text.kind for text, _ in results})
    rows = [_row(kind, [one for one in results if one[0].kind == kind]) for kind in kinds]
    return pd.DataFrame([*rows, _row(ALL, results)])


def blind_texts(project: Path | None = None) -> list[Text]:
    """The texts that somebody wrote who had seen neither the rules nor the program (``blind_*.yaml``).

    ``project``: its folder, or else the one around the working folder (BookError if there is none).
    """
    return [text for texts in blind_sets(project).values() for text in texts]


def blind_sets(project: Path | None = None) -> dict[str, list[Text]]:
    """The same by set: the name of each file, without ``blind_``, and its texts."""
    return _sets(BLIND, project)


def sealed_sets(project: Path | None = None) -> dict[str, list[Text]]:
    """The texts by such a person from which nothing was learnt (``sealed_*.yaml``), by set."""
    return _sets(SEALED, project)


def _sets(start: str, project: Path | None) -> dict[str, list[Text]]:
    folder = find_root(project) / GOLD
    return {
        path.stem.removeprefix(f"{start}_").replace("_", " "): load_texts(path)
        for path in sorted(folder.glob(f"{start}_*.yaml"))
    }


def sets_table(sets: Mapping[str, Sequence[Text]]) -> pd.DataFrame:
    """As ``texts_table``, with a row a set."""
    rows = [_row(name, [(text, outcome(text.text)[0]) for text in texts]) for name, texts in sets.items()]
    return pd.DataFrame(rows).rename(columns={"kind": "set"})


def _row(kind: str, results: list[tuple[Text, str]]) -> dict[str, object]:
    planted = [result for text, result in results if text.planted]
    right = [result for text, result in results if text.closes == (YES,)]
    still = [result for text, result in results if not text.planted]
    return {
        "kind": kind.removeprefix("5 "),
        "planted": len(planted),
        "found": planted.count(NO),
        "right": len(right),
        "recomputed": right.count(YES),
        "left open": len(still) - len(right),
        "false alarms": still.count(NO),
    }
