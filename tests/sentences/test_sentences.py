"""The sentences that a reader gets, of a dozen small cases, as they are: a change of one word shows here.

    .venv/bin/pytest tests/sentences --rewrite-sentences

writes ``sentences.yaml`` anew; read the difference as an editor would before you commit it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallybook.tables.case import Case

Make = Callable[..., Case]
SNAPSHOT = Path(__file__).with_name("sentences.yaml")

TWO_OF_ONE_SIDE = [{"id": "b", "speaks_for": "x"}, {"id": "c", "speaks_for": "x"}]
CASES: dict[str, dict[str, Any]] = {
    "two witnesses agree": {
        "said": [{"words": "about 12,000 loaves", "origin": "b"}, {"words": "11,000 loaves", "origin": "c"}],
        "claims": [{"words": "over 10,000 loaves"}],
    },
    "one witness supports": {
        "said": [{"words": "15,000 loaves", "origin": "b"}],
        "claims": [{"words": "as many as 15,000 loaves"}],
    },
    "an estimate that may lie above a ceiling": {
        "said": [{"words": "an estimated 15,000 loaves", "origin": "b"}],
        "claims": [{"words": "as many as 15,000 loaves"}],
    },
    "two witnesses disagree": {
        "said": [{"words": "nine loaves", "origin": "b"}, {"words": "12 loaves", "origin": "c"}],
        "claims": [{"words": "nine loaves"}],
    },
    "contradicted, and its own side says another figure": {
        "said": [{"words": "120 loaves", "origin": "a"}, {"words": "90 loaves", "origin": "b"}],
        "claims": [{"words": "over 200 loaves", "origin": "a"}],
    },
    "only its own side": {
        "said": [{"words": "nine loaves"}, {"words": "nine loaves"}],
        "claims": [{"words": "at least nine loaves", "origin": "a"}],
    },
    "no source at all": {
        "said": [{"measure": "crumbs", "words": "nine loaves"}],
        "claims": [{"words": "nine loaves"}],
    },
    "nothing comparable": {
        "said": [
            {"words": "nine loaves", "origin": "b", "status": "planned"},
            {"words": "nine loaves", "origin": "c", "status": "forecast"},
            {"words": "nine loaves", "origin": "d", "scope": "rye"},
        ],
        "claims": [{"words": "nine loaves"}],
    },
    "a part of it": {
        "said": [{"words": "nine loaves", "origin": "c", "part": "one oven"}],
        "claims": [{"words": "nine loaves"}],
    },
    "only compatible": {
        "said": [{"words": "50,000 loaves", "origin": "b"}, {"words": "3 to 90,000 loaves", "origin": "c"}],
        "claims": [{"words": "over 10,000 loaves"}],
    },
    "an earlier count and a later one": {
        "cumulative": True,
        "said": [
            {"words": "600 loaves", "origin": "b", "reference_period": "2025-01-10"},
            {"words": "2,000 loaves", "origin": "c", "reference_period": "2025-05"},
        ],
        "claims": [{"words": "900 loaves", "reference_period": "2025-03"}],
    },
    "superseded by a later figure": {
        "said": [
            {"words": "600 loaves", "origin": "b", "reference_period": "2025-05", "superseded_by": "s1"},
            {
                "words": "2,000 loaves",
                "origin": "b",
                "reference_period": "2025-05",
                "published": "2025-06-02",
            },
        ],
        "claims": [{"words": "600 loaves", "reference_period": "2025-05"}],
    },
    "a later figure of a later time": {
        "cumulative": True,
        "said": [
            {"words": "600 loaves", "origin": "b", "reference_period": "2025-01-10", "superseded_by": "s1"},
            {"words": "2,000 loaves", "origin": "b", "reference_period": "2025-05-10"},
        ],
        "claims": [{"words": "600 loaves"}],
    },
    "a rate from a total and from a growth": {
        "cumulative": True,
        "said": [
            {"words": "over 1,200 loaves", "origin": "b", "reference_period": "2024-01/2024-12"},
            {"words": "1,000 loaves", "origin": "c", "reference_period": "2024-01-01"},
            {"words": "2,200 loaves", "origin": "c", "reference_period": "2024-12-31"},
        ],
        "claims": [{"measure": "monthly", "words": "100 loaves a month", "reference_period": "2024"}],
    },
    "two offices of one government": {
        "said": [{"words": "nine loaves", "origin": "b"}, {"words": "nine loaves", "origin": "c"}],
        "claims": [{"words": "nine loaves"}],
        "origins": TWO_OF_ONE_SIDE,
        "origins_file": {"parties": {"x": "Xland"}},
    },
    "two claims of one thing": {
        "said": [{"words": "nine loaves", "origin": "b"}],
        "claims": [{"words": "at least nine loaves"}, {"words": "nine loaves"}, {"words": "12 loaves"}],
    },
    "words that change on the way": {
        "said": [
            {"words": "up to 10,000 loaves", "origin": "b", "kind": "primary", "reference_period": "2025-05"},
            {"words": "10,000 loaves", "origin": "b", "relays": "s0"},
            {"words": "at least 12,000 loaves", "origin": "b", "relays": "s0", "status": "planned"},
        ],
        "claims": [{"words": "10,000 loaves"}],
    },
}


def told(case: Case) -> dict[str, Any]:
    """Every sentence that the case says of itself."""
    robust = case.robustness()
    return {
        "answer": case.answer,
        "verdicts": [f"{row.verdict}: {row.why} ({row.witnesses})" for row in case.verdicts().itertuples()],
        "cited source": sorted(set(case.verdicts()["fidelity_why"])),
        "relations": [
            f"{row.claim_words} | {row.words}: {row.relation}; {row.reason}"
            for row in case.compare().itertuples()
        ],
        "drift": [*case.drift_summary()["said"], *case.drift()["why"]],
        "robustness": list(robust.loc[robust["change"] != "", "said"]),
        "checks": [f"{row.result}: {row.why}" for row in case.checks().itertuples()],
        "chain": [f"{row.step}: {row.says}" for row in case.explain("c0").itertuples()],
    }


@pytest.mark.parametrize("name", CASES)
def test_the_sentences_are_those_that_were_read(
    name: str, small_case: Make, request: pytest.FixtureRequest
) -> None:
    case = small_case(**CASES[name])
    found = {key: lines for key, lines in told(case).items() if lines}
    kept = yaml.safe_load(SNAPSHOT.read_text(encoding="utf-8")) if SNAPSHOT.exists() else {}
    if request.config.getoption("--rewrite-sentences"):
        kept = {other: kept.get(other) for other in CASES} | {name: found}
        text = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=110)
        SNAPSHOT.write_text(text, encoding="utf-8")
        return
    assert kept[name] == found
