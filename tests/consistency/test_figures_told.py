"""What README, CHANGELOG and the method say of found slips and false accusations is what the program does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.evaluation.texts import NO, load_texts, outcome, sealed_sets
from tallybook.evaluation.yaml_cases import load_yaml

ROOT = Path(__file__).resolve().parents[2]
CASES, ACCUSED = ROOT / "tests/consistency/cases", ROOT / "tests/consistency/accused.yaml"


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    names = ("README.md", "CHANGELOG.md", "docs/method.md")
    return {name: " ".join((ROOT / name).read_text(encoding="utf-8").split()) for name in names}


def test_the_sealed_texts_come_out_as_told(told: dict[str, str]) -> None:
    sets = sealed_sets(ROOT)
    said_no = {name: [text for text in texts if outcome(text.text)[0] == NO] for name, texts in sets.items()}
    ordinary, traps = sets["ordinary"], sets["traps"]
    planted = [text for text in ordinary if text.planted]
    found = [text for text in said_no["ordinary"] if text.planted]
    right, accused = len(ordinary) - len(planted), len(said_no["ordinary"]) - len(found)
    assert accused == 0
    for name in ("README.md", "CHANGELOG.md"):
        assert f"{len(found)} of {len(planted)} planted" in told[name]
        assert f"none of {right} right" in told[name]
        assert f"{len(said_no['traps'])}" in told[name].partition(f"none of {right} right")[2][:30]
    method = told["docs/method.md"]
    percent = round(100 * len(found) / len(planted))
    assert f"| {len(found)} of {len(planted)} ({percent}%) |" in method
    assert f"| {len(said_no['traps'])} of {len(traps)} |" in method


def test_the_known_accusations_are_counted(told: dict[str, str]) -> None:
    texts = [text for path in sorted(CASES.glob("*.yaml")) for text in load_texts(path)]
    without = [text for text in texts if NO not in text.closes]
    accused = load_yaml(ACCUSED)
    counted = f"{len(accused)} of {len(without):,} texts without a slip"
    assert counted in told["docs/method.md"], counted
