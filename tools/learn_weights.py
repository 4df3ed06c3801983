"""Learn how much each mark of a relation between figures counts: makes consistency/weights.json.

    make weights

The texts are those of tests/consistency/cases: right ones, ones with a planted slip, and ones made to
mislead; and the ordinary sentences of the tests of the reader, which are taken as right. The files named
sealed_* are left out: they serve to count. A relation that a planted slip is of, or that a right text
states, belongs together; any other that the program sets up does not. A logistic regression (scikit-learn)
weighs the marks. With --report the weights stay as they are; printed is what the program makes of the texts
of each writer with weights learnt from the others, beside what the tests by words alone find.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import compress
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tallybook.consistency import weights as weighing
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.passage_amounts import amounts_by_sentence
from tallybook.consistency.passages import sentences
from tallybook.consistency.steps import Steps
from tallybook.consistency.text import check_by_words
from tallybook.consistency.timed import timed
from tallybook.consistency.weighed import Candidate, candidates, marks_of
from tallybook.evaluation.sentences import load_sentences
from tallybook.evaluation.texts import NO, YES, Text, load_texts, outcome
from tallybook.reading import Mention, read

ROOT = Path(__file__).resolve().parents[1]
CASES, SENTENCES = ROOT / "tests/consistency/cases", ROOT / "tests/reading/kinds"
NEWS, MADE = ROOT / "benchmarks/news.txt", ROOT / "src/tallybook/consistency/weights.json"
SEALED, WRITERS = "sealed_", ("blind_", "writer_")
"""Files of texts that only serve to count; of writers who had seen neither the rules nor the program."""
SELDOM = 30
"""A mark that fewer relations bear is not weighed."""
STRENGTH, NEGLIGIBLE = 0.06, 0.005
"""How freely the weights may grow (the inverse of the penalty of a logistic regression); the least kept."""
MISSES, CLOSES, FIRST, DOUBTED = 0.8, 0.65, 0.25, 0.04
"""The least probabilities; ``Least`` in weighed.py says of what."""
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
KINDS = {
    "percent change": "change times", "by N to B": "difference", "points": "change difference",
    "times": "times change", "doubled": "times change", "rate": "rate total mean", "mean": "mean",
    "part": "sum above", "share": "share times", "percentages": "whole", "duration": "years", "ages": "years",
    "twice": "again",
}  # fmt: skip
"""Which relations the texts of a kind are about, by a word of its name."""
ANY = "change difference times share mean sum rate total years whole"


class Row(NamedTuple):
    """A candidate of a text.

    ``belongs``: whether its figures belong together.
    """

    writer: str
    text: str
    belongs: bool
    marks: list[str]


def main(arguments: list[str] | None = None) -> int:
    """Learn and write the weights; with --report only print how texts of unseen writers fare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--report", action="store_true", help="print only; leave weights.json as it is")
    asked = parser.parse_args(arguments)
    rows = list(_rows())
    belong = sum(row.belongs for row in rows)
    texts = len({(row.writer, row.text) for row in rows})
    print(f"{len(rows):,} relations of {texts:,} texts, {belong:,} belong together")
    if asked.report:
        _report(rows)
    else:
        told = _told(*_learn(rows))
        MADE.write_text(json.dumps(told, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        print(f"Made {MADE.relative_to(ROOT)}.")
    return 0


# The rows


def _rows() -> Iterator[Row]:
    for path in sorted(CASES.glob("*.yaml")):
        if path.name.startswith(SEALED):
            continue
        writer = _writer(path)
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            expected = case.get("expect", {}).get("closes")
            results = {expected} if isinstance(expected, str) else set(expected or ())
            if results and (NO not in results or results == {NO}):
                yield from _of_case(writer, case, results)
    for text in sorted(_ordinary()):
        for one, _ in _of_text(text):
            yield Row("ordinary", text, False, marks_of(text, one))


def _writer(path: Path) -> str:
    return "_".join(path.stem.split("_")[:2])


def _ordinary() -> set[str]:
    texts = {s.text for path in SENTENCES.glob("*.yaml") for s in load_sentences(path) if s.language == "en"}
    lines = NEWS.read_text(encoding="utf-8").splitlines()
    return texts | {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def _of_text(text: str) -> Iterator[tuple[Candidate, Check]]:
    reading = read(text)
    amounts = amounts_by_sentence(reading, sentences(reading))
    for one in candidates(reading, amounts, timed(reading), Steps(text)):
        check = one.relation.make()
        if check is not None and bool(check.closes) is one.closes:
            yield one, check


def _of_case(writer: str, case: dict[str, Any], results: set[str]) -> Iterator[Row]:
    text, planted = case["text"], results == {NO}
    missed = [set(check.about) for check in check_by_words(text) if check.closes is False]
    found = [(one, check) for one, check in _of_text(text) if not (planted and one.closes)]
    belong = [_belongs(case, one, check, missed) for one, check in found if planted or one.closes]
    told = iter(_surest(case, belong))
    own = [
        next(told) if (planted or one.closes) and (planted or results == {YES}) else False for one, _ in found
    ]
    if planted and not any(own):
        if len(found) != 1:
            return  # its slip is of a kind that no relation is set up for
        own = [True]
    for (one, _), belongs in zip(found, own, strict=True):
        yield Row(writer, text, belongs, marks_of(text, one))


def _belongs(case: dict[str, Any], one: Candidate, check: Check, missed: list[set[str]]) -> tuple[bool, bool]:
    """(whether the figures are those that a case is about, whether the stated one is named too)."""
    if one.relation.kind not in _kinds(case["kind"]):
        return False, False
    words = case["expect"].get("figures")
    if words:
        return _are(one.relation.figures, words), True
    numbers = _numbers(str(case["expect"].get("test", "")))
    if numbers:
        all_known = all(_is_among(m.low, numbers) for m in one.relation.others)
        return all_known, _is_among(one.relation.stated.low, numbers)
    about = set(check.about)
    return one.closes or any(about <= other or other <= about for other in missed), True


def _surest(case: dict[str, Any], belong: list[tuple[bool, bool]]) -> list[bool]:
    """Where the stated figure of some is named, those alone."""
    named = any(all(pair) for pair in belong)
    return [known and (stated or not named) for known, stated in belong]


def _kinds(kind: str) -> list[str]:
    return next((told for word, told in KINDS.items() if word in kind), ANY).split()


def _are(figures: Iterable[Mention], words: list[str]) -> bool:
    told = [m.words for m in figures]
    known = all(any(one in word or word in one for word in words) for one in told)
    digits = [word for word in words if any(char.isdigit() for char in word)]
    return known and all(any(one in word or word in one for one in told) for word in digits)


def _numbers(words: str) -> set[float]:
    return {float(found.replace(",", "")) for found in NUMBER.findall(words)}


def _is_among(value: float, numbers: set[float]) -> bool:
    powers = (0, 3, 6, 9, -2, 2)
    return any(math.isclose(value / 10**power, one, rel_tol=1e-6) for power in powers for one in numbers)


# Learning


def _learn(rows: list[Row]) -> tuple[dict[str, float], float]:
    """(the weight of each mark, the constant)."""
    often = Counter(mark for row in rows for mark in set(row.marks))
    vectors = DictVectorizer()
    made = vectors.fit_transform([{m: 1.0 for m in row.marks if often[m] >= SELDOM} for row in rows])
    made.indices, made.indptr = made.indices.astype(np.int32), made.indptr.astype(np.int32)
    model = LogisticRegression(C=STRENGTH, max_iter=2000, solver="liblinear", random_state=1)
    model.fit(made, [row.belongs for row in rows])
    return dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)), float(model.intercept_[0])


def _told(weights: dict[str, float], constant: float) -> dict[str, Any]:
    """What weights.json holds."""
    weights["all"] = weights.get("all", 0.0) + constant
    least = {"misses": MISSES, "closes": CLOSES, "first": FIRST, "doubted": DOUBTED}
    kept = sorted((name, weight) for name, weight in weights.items() if abs(weight) >= NEGLIGIBLE)
    return {
        "made": "by tools/learn_weights.py from tests/consistency/cases; not to be edited by hand",
        "least": {name: round(math.log(p / (1 - p)), 3) for name, p in least.items()},
        "weights": {name: round(weight, 3) for name, weight in kept},
    }


def _report(rows: list[Row]) -> None:
    """What the program makes of the texts of each writer with weights learnt from the others."""
    print("writer          planted  by words  weighed    others  by words  weighed")
    for writer, texts in _by_writer().items():
        told = _told(*_learn([row for row in rows if row.writer != writer]))
        with mock.patch.object(weighing, "_learnt", lambda told=told: told):
            _forget()
            with_weights = [outcome(text.text)[0] == NO for text in texts]
        _forget()
        by_words = [any(c.closes is False for c in check_by_words(text.text)) for text in texts]
        counts = [
            (sum(which), sum(compress(by_words, which)), sum(compress(with_weights, which)))
            for which in ([t.planted for t in texts], [not t.planted for t in texts])
        ]
        told_counts = "    ".join(f"{all_:7} {words:9} {weighed:8}" for all_, words, weighed in counts)
        print(f"{writer:15} {told_counts}", flush=True)


def _forget() -> None:
    """Have the weights looked up anew."""
    weighing.weights_of.cache_clear()
    weighing.least.cache_clear()


def _by_writer() -> dict[str, list[Text]]:
    found: dict[str, list[Text]] = defaultdict(list)
    for path in sorted(CASES.glob("*.yaml")):
        if path.name.startswith((*WRITERS, SEALED)):
            found[_writer(path)] += load_texts(path)
    return found


if __name__ == "__main__":
    sys.exit(main())
