"""Texts with what the tests of their own figures must give, as ``cases/arithmetic.yaml`` describes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tallybook.consistency import Check, check_text
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
        return [_text(case) for case in yaml.safe_load(path.read_text(encoding="utf-8")) if _is_text(case)]
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
