"""Relations that no fixed words bind: how they are set up, what slip explains one, how they are weighed."""

from __future__ import annotations

import json
import math
from importlib import resources

import pytest

from tallybook.consistency import check_text, weighed
from tallybook.consistency.passage_amounts import amounts_by_sentence
from tallybook.consistency.passages import sentences
from tallybook.consistency.steps import Steps
from tallybook.consistency.text import check_by_words
from tallybook.consistency.timed import timed
from tallybook.consistency.weighed import Candidate, candidates, marks_of
from tallybook.consistency.weighed_kinds import MOST_FIGURES
from tallybook.consistency.weighed_slips import odds
from tallybook.reading import read

BONUS = "Dunmore Stores will pay a bonus of €400 to each of 15,000 staff, costing it €60m."


def candidates_of(text: str) -> list[Candidate]:
    reading = read(text)
    amounts = amounts_by_sentence(reading, sentences(reading))
    return list(candidates(reading, amounts, timed(reading), Steps(text)))


def the(text: str, kind: str, said: float) -> Candidate:
    """The one candidate of a kind that states a number."""
    (found,) = [
        one
        for one in candidates_of(text)
        if one.relation.kind == kind and math.isclose(one.relation.said, said)
    ]
    return found


@pytest.mark.parametrize(
    ("text", "said", "closes"),
    [
        ("Milk was £1.20 in the spring. It is £1.65 now, 45p more than before.", 0.45, True),
        ("Milk was £1.20 in the spring. It is £1.95 now, 45p more than before.", 0.45, False),
        ("The rate was $16.29. It is $17.40 now, 65 cents more than before.", 0.65, False),
    ],
)
def test_a_difference_in_another_unit_is_as_fine_as_it_is_printed(
    text: str, said: float, closes: bool
) -> None:
    found = the(text, "difference", said)
    check = found.relation.make()
    assert check is not None
    assert (found.closes, check.closes) == (closes, closes)


@pytest.mark.parametrize(
    ("text", "kind", "said", "right", "slip"),
    [
        ("Visits to the harbour fell 50% to 200,000 from 300,000.", "change", 50, 100 / 3, "base"),
        ("Of the 120 pupils 30 stayed, the school said: 75%.", "share", 75, 25, "base"),
        (BONUS, "mean", 400, 4000, "power"),
        ("The fund had 185 boats. Later the 158 boats were sold.", "again", 158, 185, "swap"),
        ("The zoo freed 845 of 1,100 toads. It keeps the other 355.", "sum", 1100, 1200, "digit"),
        ("Shares fell 12% to $40.75 from $48.10.", "change", 12, 15.28, "size"),
        ("A hall has 44 seats. The 620 guests stood.", "again", 620, 44, "none"),
    ],
)
def test_a_slip_is_known_by_what_it_does_to_a_number(
    text: str, kind: str, said: float, right: float, slip: str
) -> None:
    found = the(text, kind, said)
    assert found.relation.right == pytest.approx(right, rel=1e-3)
    assert (found.slip, found.closes) == (slip, False)


def test_a_slip_that_chance_seldom_looks_like_has_longer_odds() -> None:
    power, near = the(BONUS, "mean", 400), the("A hall has 44 seats. The 620 guests stood.", "again", 620)
    swapped = the("The fund had 185 boats. Later the 158 boats were sold.", "again", 158)
    assert float(odds(power.relation, "power")) > 0
    assert float(odds(swapped.relation, "swap")) > float(odds(swapped.relation, "digit"))
    assert odds(near.relation, "none") == "none"


@pytest.mark.parametrize(
    ("text", "test", "why"),
    [
        (BONUS, "total, number and mean", "60 million ÷ 15,000 = 4,000, not €400."),
        (
            "The zoo released 845 of the 1,100 hatchling toads. It is keeping the other 355 for breeding.",
            "sum of parts",
            "845 + 355 = 1,200, not 1,100 hatchling toads.",
        ),
        (
            "Shares of the mill plunged 12% in after-hours trading, to $40.75, after closing at $48.10.",
            "change between two levels",
            "40.75 ÷ 48.1 − 1 = −15.3%, not 12%.",
        ),
    ],
)
def test_what_a_slip_explains_is_told_with_its_arithmetic(text: str, test: str, why: str) -> None:
    assert check_by_words(text) == []
    (check,) = check_text(text)
    assert (check.test, check.closes, check.why) == (test, False, why)
    assert check.start is not None and check.end is not None
    assert all(words in text[check.start : check.end] for words in check.about)


def test_what_closes_is_told_too() -> None:
    text = "The panto sold 7,500 tickets at £18 and took £135,000, the Grand Opera House said."
    assert check_by_words(text) == []
    assert [(c.closes, c.why) for c in check_text(text)] == [
        (True, "135,000 ÷ 7,500 = 18; the text says £18.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The choir has 44 members. The hall was built in 1911 and seats 620; tickets cost £12.",
        "A shop has 845 shelves. A dog weighs 12 kilos; a bus takes 1,100 people, 355 of them standing.",
    ],
)
def test_figures_that_only_stand_together_are_left_alone(text: str) -> None:
    assert candidates_of(text)
    assert check_text(text) == []


def test_a_test_by_words_that_the_evidence_speaks_against_is_left_out() -> None:
    text = "The party gained nine seats and lost four, going to 42 from 37."
    assert [check.closes for check in check_by_words(text)] == [False]
    assert check_text(text) == []


def test_a_figure_is_told_in_one_weighed_relation() -> None:
    text = f"{BONUS} Poland will buy 96 helicopters. The contract for the 69 aircraft was signed."
    assert check_by_words(text) == []
    spans = [(check.start or 0, check.end or 0) for check in check_text(text)]
    assert len(spans) == 2
    assert spans[0][1] <= spans[1][0]


def test_the_stored_weights_are_finite_and_each_is_of_a_mark_that_is_made() -> None:
    path = resources.files("tallybook.consistency").joinpath("weights.json")
    stored = json.loads(path.read_text(encoding="utf-8"))
    least = stored["least"]
    assert least.keys() == {"misses", "closes", "first", "doubted"}
    assert least["doubted"] < least["first"] < least["closes"] <= least["misses"]
    assert all(math.isfinite(number) for number in [*least.values(), *stored["weights"].values()])
    made = {mark for one in candidates_of(BONUS) for mark in marks_of(BONUS, one)}
    assert {"all", "mean", "slip power", "mean:slip power", "called mean"} <= made
    assert {"all", "mean", "slip power"} <= stored["weights"].keys()


def test_marks_and_results_are_the_same_each_time() -> None:
    text = f"{BONUS} Poland will buy 96 helicopters. The contract for the 69 aircraft was signed."
    first, second = candidates_of(text), candidates_of(text)
    assert [sorted(marks_of(text, one)) for one in first] == [sorted(marks_of(text, one)) for one in second]
    assert check_text(text) == check_text(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "Sales of 12 rose 20% to 14, or £3 each for 44 people in 6 weeks. ",
        "The 12 had 45 of them, not 54. ",
    ],
)
def test_a_text_twice_as_long_has_twice_as_many_relations(sentence: str) -> None:
    once, twice = (len(candidates_of(sentence * n)) for n in (30, 60))
    assert once > 30
    assert twice <= 2.2 * once


def test_doubt_of_many_checks_of_the_same_words_asks_few_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def weigh(*of: object, **least: float) -> float:
        nonlocal asked
        asked += 1
        return 0.0

    monkeypatch.setattr(weighed, "_weight", weigh)
    text = "He ran 5 km a day for 7 days, 45 km in all. "
    assert len(check_text(text * 60)) >= 60
    assert asked <= 120


def test_figures_as_many_as_in_a_table_make_no_relation() -> None:
    row = ", ".join(str(n) for n in range(11, 12 + MOST_FIGURES)) + " tonnes. "
    text = row * (100_000 // len(row))
    assert len(text) > 99_000
    assert candidates_of(text) == []
