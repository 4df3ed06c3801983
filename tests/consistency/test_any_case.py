"""Patterns of either case find what Python's own find, at the same places; the words are made up."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from tallybook import consistency
from tallybook.consistency.any_case import AnyCase, has_any, in_small_letters

PATTERN = r"\b(?P<what>total|[A-Z]um) of (?:May|\W?it)\b"


@pytest.mark.parametrize("text", ["a Total of May", "SUM OF it", "İ the sum of 'it'", "the sums of it", ""])
def test_finds_what_either_case_finds(text: str) -> None:
    ours, plain = AnyCase(PATTERN), re.compile(PATTERN, re.IGNORECASE)
    for one, other in ((ours.search(text), plain.search(text)), (ours.match(text, 2), plain.match(text, 2))):
        assert (one and one.span()) == (other and other.span())
    assert [m[0] for m in ours.finditer(text)] == [m[0] for m in plain.finditer(text)]


def test_each_small_letter_is_at_its_place() -> None:
    assert in_small_letters("İzmir AND Ünye") == "izmir and ünye"


def test_has_any() -> None:
    assert has_any("in all, 12", ("total", "in all"))
    assert not has_any("12", ("total", "in all"))


def test_every_pattern_can_be_made() -> None:
    """They are made when they are first asked, and a fault in one would be found no sooner."""
    made = 0
    for module in pkgutil.iter_modules(consistency.__path__, "tallybook.consistency."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, AnyCase):
                assert {pattern.groups for pattern in one.compiled()} == {one.compiled()[1].groups}
                made += 1
    assert made > 200
