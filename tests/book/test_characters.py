"""Characters that show a reader something else than what is written are refused, raw and as YAML escapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.book import BookError, load_book

REFUSED = [
    *("\x01", "\x1b", "\x7f", "\x85", "\x9b"),  # control characters
    *("\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"),  # directions of text
    *("\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff"),  # no characters
    *("\ufeff", "\u2028", "\u2029"),
]


def put(project: Path, old: str, new: str) -> None:
    file = project / "sources/herald.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(project: Path) -> list[str]:
    with pytest.raises(BookError) as error:
        load_book(project)
    return [str(problem) for problem in error.value.problems]


def escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


@pytest.mark.parametrize("character", REFUSED, ids=lambda c: f"U+{ord(c):04X}")
@pytest.mark.parametrize("written", [str, escaped], ids=["raw", "escaped"])
def test_a_character_is_named_with_its_line(project: Path, character: str, written: object) -> None:
    assert callable(written)
    put(project, "publisher: The Herald", f'publisher: "The {written(character)}Herald"')
    (problem,) = told(project)
    assert problem.startswith(f"sources/herald.yaml:2: the character U+{ord(character):04X}")
    assert problem.endswith("Take it out.")


@pytest.mark.parametrize("old", ["  - id: herald-1", "    words:", "    relays: gazette-1"])
def test_it_is_found_in_every_value_and_key_and_hides_nothing_else(project: Path, old: str) -> None:
    put(project, old, f"{old[:-1]}\u202e{old[-1]}")
    put(project, "kind: secondary", "kind: gossip")
    problems = told(project)
    assert len(problems) == 2
    assert "'gossip'" in problems[0] and "U+202E (right-to-left override)" in problems[1]


def test_a_key_may_not_hold_one_as_an_escape(project: Path) -> None:
    put(project, "publisher:", '"publisher\\u202e":')
    assert len(told(project)) == 1


def test_half_a_surrogate_pair_is_refused(project: Path) -> None:
    put(project, "publisher: The Herald", 'publisher: "The \\ud800 Herald"')
    (problem,) = told(project)
    assert problem.startswith("sources/herald.yaml:2: ")


@pytest.mark.parametrize(
    "kept",
    [
        "نامه\u200cها",
        "क्\u200dष",
        "👩\u200d🚀",
        "tab\there",
        "line\\nline",
        "no\u00a0break",
        "soft\u00adhyphen",
    ],
)
def test_what_scripts_need_stays(project: Path, kept: str) -> None:
    put(project, "publisher: The Herald", f'publisher: "{kept}"')
    assert load_book(project).sources["herald"].publisher == kept.replace("\\n", "\n")


def test_line_ends_of_windows_and_a_mark_at_the_start_are_no_part_of_the_text(project: Path) -> None:
    file = project / "sources/herald.yaml"
    raw = file.read_bytes()
    file.write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert load_book(project).sources["herald"].publisher == "The Herald"


def test_a_file_full_of_them_is_told_briefly(project: Path) -> None:
    (project / "sources/herald.yaml").write_bytes(b"\x00\n" * 100_000)
    assert 1 <= len(told(project)) <= 101
