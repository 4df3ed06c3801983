"""Several processes work on items: each result once, whatever happens to one of them."""

from __future__ import annotations

import builtins
import math
import os
import time
from itertools import count, islice
from pathlib import Path

import pytest

from tallybook.book.load import load_book
from tallybook.book.problems import BookError
from tallybook.book.processes import ProcessLost, cores, each


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_each_item_is_worked_on_once(processes: int) -> None:
    assert sorted(each(math.factorial, range(7), processes)) == [(n, math.factorial(n)) for n in range(7)]
    assert list(each(math.factorial, [], processes)) == []


@pytest.mark.parametrize("processes", [1, 2])
def test_what_an_item_raises_is_raised(processes: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="factorial"):
        list(each(math.factorial, [3, -1, 4], processes))
    with pytest.raises(BookError, match="no such folder") as told:
        list(each(load_book, [tmp_path / "nowhere"], processes))
    assert [problem.file for problem in told.value.problems] == [str(tmp_path / "nowhere")]


def test_a_process_that_ends_is_told() -> None:
    with pytest.raises(ProcessLost, match=r"A process has ended \(exit code 3\)\."):
        list(each(os._exit, [3], 2))


def test_no_more_items_are_held_than_two_a_process() -> None:
    taken: list[int] = []

    def items() -> object:
        for number in count():
            taken.append(number)
            yield number

    work = each(math.factorial, items(), 2)  # type: ignore[arg-type]
    assert len(list(islice(work, 3))) == 3
    assert len(taken) <= 3 + 4
    work.close()


def test_all_end_with_the_iterator_whatever_they_are_at() -> None:
    work = each(time.sleep, [0, 600, 600, 600], 2)
    assert next(work) == (0, None)
    begin = time.monotonic()
    work.close()
    assert time.monotonic() - begin < 5


def test_what_is_printed_by_the_way_is_no_answer() -> None:
    assert list(each(builtins.print, ["made up"], 2)) == [(0, None)]


def test_a_process_may_use_at_least_one_core() -> None:
    assert cores() >= 1
