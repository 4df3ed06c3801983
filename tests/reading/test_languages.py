"""A language is a file: what German and Ukrainian must read, and what holds of every lexicon."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.evaluation.yaml_cases import load_yaml
from tallybook.reading import read
from tallybook.reading.lexicon import toml_files
from tallybook.reading.lexicon.language import Language, languages, load_language
from tallybook.reading.lexicon.toml_files import TrackedTable, load_table, load_toml, refuse_unread
from tallybook.terms import Modifier

from ..fuzz.invariants import check

HERE = Path(__file__).parent
OTHERS = [code for code in languages() if code != "en"]
# a folder a language, named by its code, and a YAML file a kind of figure
FILES = [path for code in OTHERS for path in sorted(HERE.glob(f"{code}/*.yaml"))]
CASES = [
    pytest.param(case, path.parent.name, id=f"{path.parent.name} {path.stem}: {case['text'][:40]}")
    for path in FILES
    for case in load_yaml(path)
]


@pytest.mark.parametrize("code", OTHERS)
def test_there_are_phrases(code: str) -> None:
    assert sum(1 for case in CASES if case.values[1] == code) >= 100


@pytest.mark.parametrize(("case", "code"), CASES)
def test_phrase(case: dict[str, Any], code: str) -> None:
    reading = read(case["text"], language=code)
    assert [str(mention) for mention in reading] == case["figures"]
    assert {aside.words: aside.kind for aside in reading.asides} == case.get("asides", {})
    if "of" in case:
        assert [mention.of for mention in reading] == case["of"]


@pytest.mark.parametrize("code", languages())
def test_a_lexicon_names_itself_as_its_file(code: str) -> None:
    assert load_language(code).code == code


@pytest.mark.parametrize("code", languages())
def test_words_are_small_as_they_are_looked_up(code: str) -> None:
    assert [word for word in _words(load_toml(code)) if word != word.lower()] == []


def _words(value: Any) -> Iterator[str]:
    """Everything that a lexicon lists, and the keys that are words of the text."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(inner, (list, Mapping)):
                yield key
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("code", [*languages(), "units"])
def test_a_table_by_itself_is_the_one_among_all(code: str) -> None:
    whole = load_toml(code)
    tables = [name for name, value in whole.items() if isinstance(value, TrackedTable)]
    assert tables and all(_plain(load_table(code, name)) == _plain(whole[name]) for name in tables)


def _plain(value: Any) -> Any:
    return {key: _plain(value[key]) for key in value} if isinstance(value, TrackedTable) else value


@pytest.mark.parametrize("code", languages())
def test_a_word_stands_once_in_a_list(code: str) -> None:
    """A noun of two names, or a unit of two, would be read as the one that stands last."""
    data = load_toml(code)
    for section in ("units", "nouns"):
        words = [(word, name) for name, found in data.get(section, {}).items() for word in set(found)]
        twice = {word: name for word, name in words if sum(word == other for other, _ in words) > 1}
        assert twice == {}, section


@pytest.mark.parametrize(
    "phrase", sorted({*load_toml("en")["near"]["bounds"], *load_toml("en")["near"]["sides"]})
)
def test_what_says_how_near_a_number_is_is_a_modifier(phrase: str) -> None:
    """One that the reader leaves out of the figure's words would say nothing."""
    (figure,) = read(f"It has {phrase} 3,000 men.")
    assert figure.words == f"{phrase} 3,000 men" and figure.modifier is not Modifier.EXACT
    assert load_language("en").bounds.say_near(figure.words)


@pytest.mark.parametrize(
    ("wrong", "wanted"),
    [
        ({"modifers": {"words": ["x"]}}, "there is 'modifers', which nothing reads"),
        ({"words": {"determinrs": ["x"]}}, r"\[words\] has 'determinrs', .*nearest: 'determiners'"),
        ({"numbers": {"word": {}}}, r"\[numbers\] has 'word', .*nearest: 'words'"),
        ({"numbers": {"words": {"poinnt": []}}}, r"\[numbers.words\] has 'poinnt', .*nearest: 'point'"),
        ({"dates": {"month": ["x"], "clocks": []}}, r"\[dates\] has 'month'.*; \[dates\] has 'clocks'"),
    ],
)
def test_a_key_that_nothing_reads_is_an_error(wrong: dict[str, Any], wanted: str) -> None:
    data = TrackedTable({"language": "xx", **wrong})
    Language(data, load_toml("units"))
    with pytest.raises(ValueError, match="lexicon/xx.toml: " + wanted):
        refuse_unread("xx", data)


def test_a_modifier_that_there_is_not_is_an_error() -> None:
    with pytest.raises(ValueError, match="arround"):
        Language(TrackedTable({"language": "xx", "before": {"arround": ["x"]}}), load_toml("units"))


def test_a_lexicon_of_one_word_reads() -> None:
    """Every section may be left out: the grammar then does without it."""
    xx = Language(TrackedTable({"language": "xx", "numbers": {"small": {"dwa": 2}}}), load_toml("units"))
    assert xx.numbers.small("dwa") == 2.0 and "dwa" in xx.starters


def test_the_loader_refuses_a_file_with_a_typo(monkeypatch: pytest.MonkeyPatch) -> None:
    english = toml_files.tomllib.loads
    monkeypatch.setattr(toml_files.tomllib, "loads", lambda text: english(text.replace("[skip]", "[skp]")))
    with pytest.raises(ValueError, match=r"lexicon/en\.toml: there is 'skp'"):
        load_language.__wrapped__("en")


def test_an_apostrophe_is_each_of_its_marks() -> None:
    values = {read(f"дев{mark}ять солдатів", language="uk")[0].low for mark in "'’ʼ"}
    assert values == {9.0}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("einundzwanzig", 21),
        ("hunderteins", 101),
        ("hundertundeins", 101),
        ("zweihundertfünfzig", 250),
        ("sechstausend", 6000),
        ("zwölftausenddreihundert", 12_300),
        ("zweieinhalb", 2.5),
        ("zweieinhalbtausend", 2500),
        ("dreihundertfünfundvierzigtausendsechshundertachtundsiebzig", 345_678),
        ("neunhundertneunundneunzigtausendneunhundertneunundneunzig", 999_999),
    ],
)
def test_a_number_that_is_one_word(word: str, value: float) -> None:
    assert load_language("de").numbers.small(word) == value


@pytest.mark.parametrize(
    "word",
    [
        *[
            "einzig",
            "achtung",
            "einerseits",
            "einem",
            "zweidrei",
            "undzwei",
            "zweiund",
            "zweiundundzwanzig",
            "dreißigzwei",
        ],
        *["tausendtausend", "hunderthundert", "ein" * 30, "zwei" * 10_000],
    ],
)
def test_a_word_that_only_looks_like_a_number(word: str) -> None:
    compounds = load_language("de").numbers.compounds
    assert compounds is not None and compounds.value(word) is None


def test_compound_numbers_are_never_lost_in_a_union() -> None:
    """A set of words that holds every compound number cannot be joined to a plain one by accident."""
    words = load_language("de").numbers.words
    assert "zweihundertfünfzig" in words and "zweidrei" not in words
    with pytest.raises(TypeError):
        _ = words | {"mehr"}  # type: ignore[operator]


def _lexicon_words(code: str) -> list[str]:
    words = {word for word in _words(load_toml(code)) if not re.fullmatch(r"[a-z ]{0,3}", word)}
    return sorted(words) or ["1"]


_JOINTS = [" ", "-", ". ", ", ", "/", "\n", "\u00a0", ""]
_NUMBERS = ["1", "12", "1.000", "2014", "3,5", "½", "152", "1:3", "007", "2.", "٣", "%", "€", "A", "Я", "ʼ"]


def _texts(code: str) -> st.SearchStrategy[str]:
    words = _lexicon_words(code)
    pieces = st.one_of(
        st.sampled_from(_NUMBERS), st.sampled_from(words), st.sampled_from(words).map(str.capitalize)
    )
    return st.lists(st.tuples(pieces, st.sampled_from(_JOINTS)), max_size=30).map(
        lambda found: "".join(piece + joint for piece, joint in found)
    )


@pytest.mark.parametrize("code", OTHERS)
@given(data=st.data())
def test_any_words(code: str, data: st.DataObject) -> None:
    check(data.draw(_texts(code)), code)


@pytest.mark.parametrize("code", OTHERS)
@given(text=st.text(max_size=200))
def test_any_characters(code: str, text: str) -> None:
    check(text, code)


@pytest.mark.parametrize(
    ("code", "piece"),
    [("de", "zwei"), ("de", "ein"), ("de", "2. "), ("de", "Granaten"), ("uk", "тисячі "), ("uk", "до 1 ")],
)
def test_a_long_text_of_one_piece_ends(code: str, piece: str) -> None:
    begin = time.process_time()
    read(piece * (100_000 // len(piece)), language=code)
    assert time.process_time() - begin < 10
