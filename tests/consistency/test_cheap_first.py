"""What is asked first because it is cheap rules nothing out that the dear question would let through."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tallybook.consistency import changes_apart, check_text, weighed
from tallybook.consistency import timed as timed_figures
from tallybook.consistency.ages import ages
from tallybook.consistency.averages import averages
from tallybook.consistency.counts import count_shares
from tallybook.consistency.dates_in_text import dates
from tallybook.consistency.figures import sentences_of
from tallybook.consistency.level_units import with_a_pair_beside
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.means_apart import means_apart
from tallybook.consistency.multiples import multiples
from tallybook.consistency.parts_alone import parts_alone
from tallybook.consistency.parts_apart import parts_apart
from tallybook.consistency.passage_amounts import amounts_by_sentence, plain_amounts
from tallybook.consistency.passages import sentences
from tallybook.consistency.percent_lists import percentages
from tallybook.consistency.rates import rates
from tallybook.consistency.rates_alone import rates_alone
from tallybook.consistency.records import records
from tallybook.consistency.repeats_alone import repeats_alone
from tallybook.consistency.shares import SHARES
from tallybook.consistency.shares_apart import shares_apart
from tallybook.consistency.shares_near import shares_near
from tallybook.consistency.steps import Steps
from tallybook.consistency.summed_lists import summed_lists
from tallybook.consistency.sums import sums
from tallybook.consistency.timed import timed
from tallybook.consistency.weighed import Candidate, candidates, marks_of
from tallybook.consistency.weighed_words import first_marks, word_marks
from tallybook.consistency.weights import weights_of
from tallybook.evaluation.texts import load_texts
from tallybook.reading import Mention, read

HERE = Path(__file__).parent
NEWS = HERE.parents[1] / "benchmarks" / "news.txt"
NUMBERS = st.one_of(
    st.integers(1, 3_000_000).map(float),
    st.integers(1, 99_999).map(lambda n: n / 100),
    st.tuples(st.integers(1, 99), st.integers(0, 9)).map(lambda two: float(two[0] * 10 ** two[1])),
)


def _texts() -> list[str]:
    """Some texts of every file of cases, and the news."""
    some: list[str] = []
    for file in sorted(HERE.glob("cases/*.yaml")):
        some += [text.text for text in load_texts(file)][::25]
    lines = NEWS.read_text("utf-8").splitlines()
    return some + [line for line in lines if line and not line.startswith("#")]


def _candidates_of(text: str) -> list[Candidate]:
    reading = read(text)
    amounts = amounts_by_sentence(reading, sentences(reading))
    return list(candidates(reading, amounts, timed(reading), Steps(text)))


@pytest.fixture(scope="module")
def found() -> list[tuple[str, Candidate]]:
    found = [(text, one) for text in _texts() for one in _candidates_of(text)]
    assert len(found) > 400
    return found


def test_a_relation_closes_where_its_check_does(found: list[tuple[str, Candidate]]) -> None:
    for text, one in found:
        check = one.relation.make()
        assert one.relation.closes() is (check is not None and bool(check.closes)), text
        assert one.relation.closes() or not one.closes


def test_the_tables_of_weights_add_what_each_mark_weighs(found: list[tuple[str, Candidate]]) -> None:
    stored = json.loads(resources.files("tallybook.consistency").joinpath("weights.json").read_text("utf-8"))
    for text, one in found[::5]:
        table = weights_of(one.relation.kind, one.slip)
        first = first_marks(text, one.relation, one.slip, one.around)
        told = table.first + table.of(first) + table.of(word_marks(text, one.relation))
        singly = math.fsum(stored["weights"].get(mark, 0.0) for mark in marks_of(text, one))
        assert told == pytest.approx(singly, abs=1e-9)


def test_what_units_and_forms_rule_out_no_words_would_have_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the questions that are asked first, the same is found; and they rule out most."""
    texts = _texts()
    expected = [check_text(text) for text in texts]
    assert sum(map(len, expected)) > 100
    ruled_out = 0

    def all_may(figures: Sequence[Mention]) -> list[bool]:
        nonlocal ruled_out
        ruled_out += with_a_pair_beside(figures).count(False)
        return [True] * len(figures)

    def in_words_too(lowered: str, _start: int, _end: int, *, inside: bool) -> list[int]:
        return periods_in(lowered, 0, len(lowered), inside=True)

    periods_in = timed_figures._periods_in
    for module in (changes_apart, weighed):
        monkeypatch.setattr(module, "with_a_pair_beside", all_may)
    monkeypatch.setattr(weighed, "may_relate", lambda *_: True)
    monkeypatch.setattr(timed_figures, "_periods_in", in_words_too)
    monkeypatch.setattr(timed_figures, "_nothing_beside", lambda *_: False)
    for text, checks in zip(texts, expected, strict=True):
        assert check_text(text) == checks, text
    assert ruled_out > 100


def test_a_kind_that_is_not_begun_would_have_found_nothing() -> None:
    """``text.py`` begins a kind of test only where the figures are enough for it."""
    not_begun = 0
    for text in _texts():
        for sentence in read(text), *map(read, text.split(". ")):
            grouped, in_periods = sentences_of(sentence), timed(sentence)
            apart = sentences(sentence)
            amounts = amounts_by_sentence(sentence, apart)
            fitting = plain_amounts(sentence.text, amounts)
            nothing: list[object] = []
            if len(sentence) < 3:
                nothing += [*sums(sentence), *averages(sentence.text, grouped)]
                nothing += [*multiples(sentence.text, grouped), *records(sentence, lambda _: False)]
            if not any(figure.unit in SHARES for figure in sentence):
                nothing += [*count_shares(sentence, "en"), *percentages(sentence)]
                nothing += [
                    *shares_apart(sentence.text, apart),
                    *shares_near(sentence.text, amounts, fitting, ()),
                ]
            if not in_periods:
                nothing += [*rates(sentence, in_periods), *rates_alone(sentence, in_periods, ())]
            if not sentence.asides:
                nothing += [*ages(sentence), *dates(sentence)]
            if len(apart) < 2:
                nothing += repeats_alone(sentence.text, apart, ())
            if sum(map(len, amounts)) < 3:
                nothing += [*means_apart(sentence.text, apart), *parts_apart(sentence.text, apart)]
                nothing += summed_lists(sentence.text, amounts, fitting, ())
                nothing += parts_alone(sentence, apart, ())
                not_begun += 1
            assert nothing == [], sentence.text
    assert not_begun > 200


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Up 5%: $40 then, $42 now.", [True, False, False]),
        ("Up 5%: 40 cents then, $42 now.", [True, False, False]),  # so many cents are dollars
        ("It took 90 minutes, 2 hours and 7 men.", [False, False, True]),
        ("It was 5%, then 300 men, then $42.", [False, False, False]),
        ("It was 5%, then 300, then $42.", [True, True, True]),  # 300 of whatever
        ("It was 300 men, then 310 men.", [False, False]),
    ],
)
def test_a_figure_may_be_the_difference_of_two_others_of_one_kind(text: str, expected: list[bool]) -> None:
    assert list(with_a_pair_beside(read(text)[:])) == expected


def test_no_text_that_is_prose_is_taken_for_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    is_table = weighed._is_table

    def ask(amounts: Sequence[Sequence[Mention]]) -> bool:
        asked.append(is_table(amounts))
        return asked[-1]

    monkeypatch.setattr(weighed, "_is_table", ask)
    for text in _texts():
        check_text(text)
    assert len(asked) > 150
    assert not any(asked)


def test_figures_that_run_on_as_in_a_table_are_not_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    bonus = "A bonus of €400 to each of 15,000 staff will cost €60m. "
    assert [check.closes for check in check_text(bonus)] == [False]
    rows = bonus + "It was 10. It is 12, 5 more. " * 20
    assert check_text(rows) == []
    monkeypatch.setattr(weighed, "_MANY", math.inf)
    assert "60 million ÷ 15,000 = 4,000, not €400." in [check.why for check in check_text(rows)]


@given(NUMBERS, NUMBERS)
@example(1.5, 1.59)
@example(15.0, 1500.0)
@example(410.0, 310.0)
@example(71_000.0, 17_000.0)
@example(1.23, 321.0)
def test_a_slip_is_what_its_plain_definition_says(stated: float, right: float) -> None:
    assert is_slip(stated, right) is _is_about(stated, right)
    assert is_slip(stated, right, exact=True) is _is_exactly(stated, right)


def _is_about(stated: float, right: float) -> bool:
    """Within a factor of 2.6, or of a power of ten but for 6 %, or the same first digits in another order."""
    size = abs(math.log10(stated / right))
    shown = f"{stated:.0f}".rstrip("0")
    made = f"{right:.{max(len(shown) - 1, 0)}e}".partition("e")[0].replace(".", "")
    near_power = abs(size - round(size)) <= math.log10(1.06) and size < 4
    return size <= math.log10(2.6) or near_power or (size < 1 < len(shown) and sorted(shown) == sorted(made))


def _is_exactly(stated: float, right: float) -> bool:
    """Off by a power of ten, by one digit at a place above the units, or by the order of the digits."""
    powers = (math.isclose(stated * 10.0**power, right, rel_tol=0.01) for power in (-3, -2, -1, 1, 2, 3))
    apart, said, made = f"{abs(stated - right):.6g}", f"{stated:.12g}", f"{right:.12g}"
    one_digit = len(apart.strip("0.")) == 1 and float(apart) >= 10
    return any(powers) or one_digit or (len(said) == len(made) > 1 and sorted(said) == sorted(made))
