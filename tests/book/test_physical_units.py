"""What is known of units without pint is what pint says, and pint is asked wherever nothing is known."""

from __future__ import annotations

import importlib.util
import itertools
import random
import warnings
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tallybook.book import physical_units
from tallybook.book.physical_units import (
    conversion_of,
    is_physical_unit,
    may_be_unit,
    pint_conversion,
    pint_unit,
    unit_key,
)

ROOT = Path(__file__).resolve().parents[2]
WAYS = [
    "American football fields", "degree Celsius", "Degree Celsius", "degree fahrenheit", "°C", "°F", "kelvin",
    "month", "Months", "day", "year", "kWh", "KWh", "square kilometer", "cubic meters", "mile per hour",
    "kilometers per hour", "miles per gallon", "soldier", "explosive device", "Megalitre", "microfortnight",
    "fraction", "percent", "percentage point", "dollar", "decade", "decibel", "pH", "delta_degC", "Δ°C",
    "length", "in", "nan", "inf", "pi", "dimensionless", "per", "a per b", "meter per", " per day", "square",
    "square ", "", " ", "_", "7", "7 meter", "m", "ms", "as", "°", "µg", "μg", "Å", "Ω", "метр", "s", "kilo",
    "ss", "¼", "¼ mile", "ª",
]  # fmt: skip


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("conversions", ROOT / "tools" / "conversions.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_of_pint(unit: str) -> bool:
    """Whether pint has a unit when it is asked first; later it takes another prefix before one with a prefix
    that it has met ("kilomillimeter")."""
    if pint_unit(unit) is not None and not is_physical_unit(unit):
        physical_units._registry.cache_clear()
        pint_unit.cache_clear()
    return pint_unit(unit) is not None


def test_what_is_kept_is_what_pint_says(tool: ModuleType) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # pint's, of a logarithm of 0
        made = tool.content()
    told = "src/tallybook/book/conversions.json is not what pint says now: 'make docs' writes it"
    assert tool.FILE.read_text(encoding="utf-8") == made, told


@pytest.mark.filterwarnings("ignore:divide by zero:RuntimeWarning")
def test_a_conversion_is_pints_however_its_units_are_written() -> None:
    for unit, to in itertools.product(WAYS, repeat=2):
        assert conversion_of(unit, to) == pint_conversion(unit, to), (unit, to)


def test_a_name_of_pint_is_never_passed_over() -> None:
    """Every name that pint has or makes: with a prefix, in the plural, of a difference."""
    registry, draw = physical_units._registry(), random.Random(1)
    names, prefixes = sorted(registry._units), sorted(registry._prefixes)
    made = [draw.choice(prefixes) + name + draw.choice(["", "s"]) for name in names for _ in range(2)]
    for name in [*names, *made, *(f"{name}s" for name in names)]:
        assert is_physical_unit(name) == is_of_pint(name), name


@given(
    st.lists(st.sampled_from([*WAYS, "square", "per", "k", "milli", "s"]), min_size=1, max_size=4),
    st.sampled_from(["", " ", "-", "_"]),
)
@example(["delta", "degree", "Celsius"], "_")
def test_words_put_together_are_units_where_pint_says_so(words: list[str], between: str) -> None:
    unit = between.join(words)
    assert is_physical_unit(unit) == is_of_pint(unit)


@given(st.text(max_size=12))
def test_any_text_is_a_unit_where_pint_says_so(unit: str) -> None:
    assert is_physical_unit(unit) == is_of_pint(unit)


def test_units_that_nobody_kept_are_asked_of_pint(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(physical_units, "pint_unit", lambda unit: asked.append(unit) or pint_unit(unit))
    is_physical_unit.cache_clear()
    assert conversion_of("furlong", "microleague") == pint_conversion("furlong", "microleague") is not None
    assert "microleague" in asked and "furlong" in asked
    asked.clear()
    assert conversion_of("month", "day") == (30.4375, 0.0) and conversion_of("soldier", "day") is None
    assert not asked


def test_without_pints_definitions_pint_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Another version of pint may have them elsewhere."""

    class Found:
        submodule_search_locations = (str(tmp_path),)

    for found in (None, Found()):
        monkeypatch.setattr(physical_units, "find_spec", lambda name, found=found: found)
        physical_units._pint_words.cache_clear()
        assert may_be_unit("soldier")
    monkeypatch.undo()
    physical_units._pint_words.cache_clear()
    assert not may_be_unit("soldier")


def test_one_key_for_one_name() -> None:
    assert unit_key("Degree  Celsius") == unit_key("degree celsius") == "degree_celsius"
    assert unit_key("square kilometer") == "kilometer^2" != unit_key("cubic kilometer")
    assert unit_key("kW") != unit_key("KW") and unit_key("mile per hour") == "mile per hour"


@pytest.mark.parametrize(
    ("unit", "to", "factor"),
    [
        ("decade", "year", 10.0),
        ("decades", "month", 120.0),
        ("century", "decade", 10.0),
        ("fraction", "permille", 1000.0),
        ("percent", "ppm", 10_000.0),
        ("decade", "percent", None),  # pint's own "decade" is the tenfold of a signal
        ("decibel", "percent", None),  # two decibels are not twice one
        ("degree", "percent", None),  # for pint all three are plain numbers
        ("bit", "percent", None),
    ],
)
def test_what_is_of_another_kind_does_not_convert(unit: str, to: str, factor: float | None) -> None:
    found = conversion_of(unit, to)
    assert found == pint_conversion(unit, to)
    assert found == (None if factor is None else (pytest.approx(factor), 0.0))
