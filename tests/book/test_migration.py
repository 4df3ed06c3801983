"""A book of the first version becomes one of the second; whatever is not old stays as it was written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tallybook.book import migration, yaml_edits
from tallybook.book.migration import plan_migration, write_migration
from tallybook.book.problems import BookError
from tallybook.book.yaml_edits import EditedYaml
from tallybook.book.yaml_lines import LARGEST

MEASURES, ORIGINS = "claims/measures.yaml", "sources/origins.yaml"

BEFORE = {
    MEASURES: """\
# yaml-language-server: $schema=../schemas/measures.schema.json

policy:            # how wide words are
    about:   0.1
    nearly:  0.1   # as in the style book
    window_days: 45
measures:
# what is counted
- id: loaves
  kind: cumulative # it grows
  unit:  loaf
  definition: >
    Loaves sold;
    kind: cumulative is no key here.

- kind:   "event_total"
  id: burnt
  unit: loaf
  definition: 'Loaves burnt.'
- {id: rolls, kind: cumulative, unit: roll,   definition: Rolls.}   # one line
- id: price
  kind: stock
  unit: pound
  definition: Its price.
""",
    ORIGINS: """\
---
"governments": {north: the North,   south: the South}   # two
origins:
   - id: baker
     name: The baker   # government: north is no key here
     government: north

   # a rival
   - {id: miller, name: The miller, 'government': south, shares_intelligence_with: [baker]}
   - id: both
     name: Both
     members: [north, south]
     shares_intelligence_with:
     - baker
""",
}
AFTER = {
    MEASURES: """\
# yaml-language-server: $schema=../schemas/measures.schema.json

policy:            # how wide words are
    about:   0.1
    # as in the style book
    window_days: 45
measures:
# what is counted
- id: loaves
  kind: total # it grows
  cumulative: true
  unit:  loaf
  definition: >
    Loaves sold;
    kind: cumulative is no key here.

- kind:   "total"
  once: true
  id: burnt
  unit: loaf
  definition: 'Loaves burnt.'
- {id: rolls, kind: total, cumulative: true, unit: roll,   definition: Rolls.}   # one line
- id: price
  kind: stock
  unit: pound
  definition: Its price.
""",
    ORIGINS: """\
---
"parties": {north: the North,   south: the South}   # two
origins:
   - id: baker
     name: The baker   # government: north is no key here
     speaks_for: north

   # a rival
   - {id: miller, name: The miller, 'speaks_for': south, shares_with: [baker]}
   - id: both
     name: Both
     members: [north, south]
     shares_with:
     - baker
""",
}

Make = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Make:
    """A project of the files given, by name; text or bytes."""

    def make(files: dict[str, str | bytes]) -> Path:
        root = tmp_path.resolve() / f"book{len(list(tmp_path.iterdir()))}"
        for folder in ("claims", "sources"):
            (root / folder).mkdir(parents=True)
        for name, content in files.items():
            (root / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make


def migrated(root: Path) -> dict[str, str]:
    write_migration(plan_migration(root))
    return texts(root)


def texts(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def measures(root: Path) -> str:
    return migrated(root)[MEASURES]


def problems(root: Path) -> list[str]:
    with pytest.raises(BookError) as found:
        plan_migration(root)
    return list(map(str, found.value.problems))


def remarks(root: Path) -> list[str]:
    return list(map(str, plan_migration(root).remarks))


def test_comments_order_and_layout_stay(book: Make) -> None:
    assert migrated(book(BEFORE)) == AFTER


def test_each_change_is_told_with_its_line(book: Make) -> None:
    assert list(map(str, plan_migration(book(BEFORE)).changes)) == [
        "claims/measures.yaml:5: nearly: 0.1 → (taken out)",
        "claims/measures.yaml:10: kind: cumulative → kind: total, cumulative: true",
        "claims/measures.yaml:16: kind: event_total → kind: total, once: true",
        "claims/measures.yaml:20: kind: cumulative → kind: total, cumulative: true",
        "sources/origins.yaml:2: governments: → parties:",
        "sources/origins.yaml:6: government: north → speaks_for: north",
        "sources/origins.yaml:9: government: south → speaks_for: south",
        "sources/origins.yaml:9: shares_intelligence_with: → shares_with:",
        "sources/origins.yaml:13: shares_intelligence_with: → shares_with:",
    ]


def test_a_second_run_changes_nothing(book: Make) -> None:
    root = book(BEFORE)
    migrated(root)
    times = [path.stat().st_mtime_ns for path in sorted(root.rglob("*"))]
    assert not plan_migration(root).changes
    assert migrated(root) == AFTER
    assert [path.stat().st_mtime_ns for path in sorted(root.rglob("*"))] == times


def test_planning_writes_nothing(book: Make) -> None:
    root = book(BEFORE)
    plan_migration(root)
    assert texts(root) == BEFORE


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_stay(book: Make, end: str, mark: str) -> None:
    before = {name: mark + text.replace("\n", end) for name, text in BEFORE.items()}
    assert migrated(book(before)) == {name: mark + text.replace("\n", end) for name, text in AFTER.items()}


def test_each_line_keeps_an_end_of_its_own(book: Make) -> None:
    before = "measures:\r\n- id: a\n  kind: cumulative\r\n  unit: b\n- id: c\n  kind: event_total"
    after = (
        "measures:\r\n- id: a\n  kind: total\r\n  cumulative: true\r\n  unit: b\n"
        "- id: c\n  kind: total\r\n  once: true"
    )
    assert measures(book({MEASURES: before})) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{about: 0.1, nearly: 0.2, window_days: 9}", "{about: 0.1, window_days: 9}"),
        ("{nearly: 0.2, about: 0.1}", "{about: 0.1}"),
        ("{about: 0.1 , nearly: 0.2 } # wide", "{about: 0.1  } # wide"),
        ("{nearly: 0.2}", "{}"),
        ("{\n  about: 0.1,\n  nearly: 0.2, # why\n  window_days: 9}",
         "{\n  about: 0.1,\n  # why\n  window_days: 9}"),
        ("{about: 0.1\n  , nearly: 0.2 # why\n  , window_days: 9}",
         "{about: 0.1\n  # why\n  , window_days: 9}"),
        ("{\n  about: 0.1,\n  nearly: 0.2}", "{\n  about: 0.1,\n  }"),
        ("\n  nearly: 0.2", "\n  {}"),
        ("\n  nearly: 0.2 # why", "\n  {} # why"),
        ("\n  nearly:\n  about: 0.1", "\n  about: 0.1"),
        ("\n  'nearly': '0.2'\n  about: 0.1", "\n  about: 0.1"),
        ("\n  about: 0.1\n  nearly: 0.2", "\n  about: 0.1"),
    ],
)  # fmt: skip
def test_the_width_of_nearly_is_taken_out(book: Make, before: str, after: str) -> None:
    assert (
        measures(book({MEASURES: f"policy: {before}\nmeasures: []\n"})) == f"policy: {after}\nmeasures: []\n"
    )


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ("{nearly: 0.1, window_days: 45}", ["'nearly' has the width of 'about' now, as it had here before."]),
        ("{nearly: 0.10, about: 0.1, window_days: 9}",
         ["'nearly' has the width of 'about' now, as it had here before."]),
        ("{nearly: 0.2, window_days: 45}",
         ["'nearly' had the width 0.2, and has that of 'about' now, 0.1: "
          "look at the verdicts on figures with 'nearly'."]),
        ("{about: 0.2, window_days: 45}",
         ["'nearly' had the width 0.1, and has that of 'about' now, 0.2: "
          "look at the verdicts on figures with 'nearly'."]),
        ("{nearly: wide, window_days: 45}",
         ["'nearly' had the width wide, and has that of 'about' now, 0.1: "
          "look at the verdicts on figures with 'nearly'."]),
        ("{}",
         ["'window_days' is left out, which meant 45 and means 31 now: write 'window_days: 45' to keep it."]),
        ("{window_days: 45}", []),
    ],
)  # fmt: skip
def test_a_person_is_told_what_a_policy_means_now(book: Make, policy: str, told: list[str]) -> None:
    root = book({MEASURES: f"measures: [{{id: a, kind: event_total}}]\npolicy: {policy}\n"})
    assert remarks(root) == [f"{MEASURES}:2: {one}" for one in told]
    assert "window_days: 31" not in measures(root)


def test_without_a_policy_the_window_is_told_too_but_only_to_a_book_of_the_first_version(book: Make) -> None:
    (told,) = remarks(book({MEASURES: "measures: [{id: a, kind: event_total}]\n"}))
    assert told.startswith(f"{MEASURES}:1: 'window_days' is left out")
    assert remarks(book({MEASURES: "measures: [{id: a, kind: total}]\n"})) == []


@pytest.mark.parametrize("unit", ["°C", "° F", "degree Celsius"])
def test_a_temperature_is_left_to_a_person(book: Make, unit: str) -> None:
    old = f"measures:\n- {{kind: stock, unit: {unit}}}\n- {{kind: event_total, unit: {unit}}}\n"
    told = remarks(book({MEASURES: f"policy: {{window_days: 45}}\n{old}"}))
    assert told == [
        f"{MEASURES}:{k}: '{unit}': a temperature may be of kind 'level' now, a warming of 'change'."
        for k in (3, 4)
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{kind: cumulative, cumulative: true}", "{kind: total, cumulative: true}"),
        ("{once: yes, kind: event_total}", "{once: yes, kind: total}"),
        ("{kind: total, once: true}", "{kind: total, once: true}"),
        ("{unit: event_total, kind: event_total}", "{unit: event_total, kind: total, once: true}"),
        ("\n  kind:\n    cumulative # it grows\n  unit: a",
         "\n  kind:\n    total # it grows\n  cumulative: true\n  unit: a"),
        ("[kind: cumulative]", "[kind: cumulative]"),
        ("kind", "kind"),
    ],
)  # fmt: skip
def test_old_and_new_may_stand_together(book: Make, before: str, after: str) -> None:
    first = "measures:\n- {kind: total, cumulative: true}\n- "
    assert measures(book({MEASURES: first + before + "\n"})) == first + after + "\n"


def test_a_book_that_was_migrated_by_half_is_finished(book: Make) -> None:
    assert migrated(book({**BEFORE, MEASURES: AFTER[MEASURES]})) == AFTER


def test_the_loader_may_refuse_the_book_for_other_reasons(book: Make) -> None:
    root = book({MEASURES: "measures:\n- {kind: cumulative, colour: red}\n- 7\nmore: [x]\n"})
    assert measures(root) == "measures:\n- {kind: total, cumulative: true, colour: red}\n- 7\nmore: [x]\n"


@pytest.mark.parametrize("text", ["[]\n", "measures\n", "measures: {a: b}\n", "measures:\npolicy: 3\n"])
@pytest.mark.parametrize("name", [MEASURES, ORIGINS])
def test_whatever_else_a_file_may_be_is_left_alone(book: Make, name: str, text: str) -> None:
    assert migrated(book({name: text})) == {name: text}


def test_the_hour_of_a_day_is_taken_out(book: Make) -> None:
    page = "id: a\npublished: '2025-03-02 00:00:00' # by the feed\nread_on: 2025-03-02 00:00:00\n"
    root = book({"sources/a.yaml": page, "claims/b.yaml": "published: 2025-03-02\n"})
    assert list(map(str, plan_migration(root).changes)) == [
        "sources/a.yaml:2: published: 2025-03-02 00:00:00 → published: 2025-03-02"
    ]
    assert migrated(root)["sources/a.yaml"] == page.replace("'2025-03-02 00:00:00'", "'2025-03-02'")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (MEASURES, "measures:\n- {kind: cumulative, cumulative: false}\n",
         "2: 'kind: cumulative' and 'cumulative: false' contradict each other. Keep one."),
        (ORIGINS, "origins:\n- id: a\n  government: x\n  speaks_for: y\n",
         "3: 'government' is now written 'speaks_for', which is here too. Keep one of the two."),
        (ORIGINS, "governments: {}\nparties: {}\n",
         "1: 'governments' is now written 'parties', which is here too. Keep one of the two."),
        (MEASURES, "measures:\n- kind: !!str cumulative\n",
         "2: is of the first version, in a notation that only a person can change. "
         "Write 'kind: total, cumulative: true' instead."),
        (MEASURES, 'measures:\n- kind: "event\\x5ftotal"\n',
         "2: is of the first version, in a notation that only a person can change. "
         "Write 'kind: total, once: true' instead."),
        (ORIGINS, 'origins:\n- {? "govern\\\n    ment" : x}\n',
         "2: is of the first version, in a notation that only a person can change. "
         "Write 'speaks_for:' instead."),
        (MEASURES, "measures:\n- ? kind\n  : cumulative\n",
         "2: is of the first version, in a notation that only a person can change. "
         "Write 'kind: total, cumulative: true' instead."),
        (MEASURES, "policy:\n  nearly:\n    0.1\n  about: 0.1\n",
         "2: is of the first version, in a notation that only a person can change. Take it out."),
        (MEASURES, "policy: {nearly: 0.1\n  , about: 0.1}\nmeasures: [{kind: cumulative}]\n",
         "1: is of the first version, in a notation that only a person can change. Take it out."),
        (MEASURES, "policy:\n  ? nearly\n  : 0.1\n",
         "2: is of the first version, in a notation that only a person can change. Take it out."),
    ],
)  # fmt: skip
def test_what_only_a_person_can_change_is_told(book: Make, name: str, text: str, told: str) -> None:
    root = book({**BEFORE, name: text})
    assert problems(root) == [f"{name}:{told}"]
    assert texts(root) == {**BEFORE, name: text}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("sources/page.yaml", "id: page\ntitle: 'open\n",
         "3: not valid YAML: found unexpected end of stream."),
        (ORIGINS, "origins:\n- {id: a, id: b}\n", "2: key 'id' is a duplicate. Keep one."),
        (ORIGINS, "a: &a x\ngovernments: *a\n",
         "1: YAML anchors and aliases (&, *) are not read here. Write the value out."),
        (ORIGINS, b"governments:\n  a: \xff\n", "2: byte 0xff is not valid UTF-8. Save the file as UTF-8."),
        (ORIGINS, "[" * 40, "1: not valid YAML: it is nested too deeply."),
        (ORIGINS, "#" * LARGEST + "\n",
         f"1: the file has {LARGEST + 1:,} bytes; at most {LARGEST:,} are read. "
         "Quote only words with figures."),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_and_nothing_is_written(
    book: Make, name: str, text: str | bytes, told: str
) -> None:
    root = book({**BEFORE, name: text})
    assert f"{name}:{told}" in problems(root)
    assert (root / MEASURES).read_text() == BEFORE[MEASURES]


def test_a_file_that_would_grow_too_large_is_told(book: Make) -> None:
    old = "measures: [{kind: cumulative}] #"
    root = book({MEASURES: old + "#" * (LARGEST - len(old))})
    (told,) = problems(root)
    assert (
        told
        == f"{MEASURES}:1: would have {LARGEST + 13:,} bytes; at most {LARGEST:,} are read. Split it first."
    )


def test_a_link_out_of_the_project_is_not_followed(book: Make, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(BEFORE[ORIGINS])
    root = book({MEASURES: BEFORE[MEASURES]})
    (root / ORIGINS).symlink_to(outside)
    assert problems(root) == [f"{ORIGINS}:1: leads out of the project's folder. Copy the file here."]
    assert outside.read_text() == BEFORE[ORIGINS]
    assert (root / MEASURES).read_text() == BEFORE[MEASURES]


def test_a_folder_out_of_the_project_is_not_followed(book: Make, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "origins.yaml").write_text(BEFORE[ORIGINS])
    root = book({})
    (root / "sources").rmdir()
    (root / "sources").symlink_to(outside)
    assert problems(root) == ["sources:1: leads out of the project's folder. Copy the folder here."]
    assert (outside / "origins.yaml").read_text() == BEFORE[ORIGINS]


def test_another_name_of_a_file_outside_leaves_that_file_as_it_is(book: Make, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(BEFORE[MEASURES])
    root = book({})
    os.link(outside, root / MEASURES)
    assert measures(root) == AFTER[MEASURES]
    assert outside.read_text() == BEFORE[MEASURES]


def test_a_link_within_the_project_stays_a_link(book: Make) -> None:
    root = book({})
    (root / "common.yaml").write_text(BEFORE[MEASURES])
    (root / MEASURES).symlink_to("../common.yaml")
    migrated(root)
    assert (root / MEASURES).is_symlink()
    assert (root / "common.yaml").read_text() == AFTER[MEASURES]


def test_two_links_to_one_file_are_told(book: Make) -> None:
    root = book({"common.yaml": "published: 2025-03-02 00:00\n"})
    for name in ("a", "b"):
        (root / f"sources/{name}.yaml").symlink_to("../common.yaml")
    assert problems(root) == ["sources/b.yaml:1: is a link to another file of the book. Copy the file here."]


def test_a_file_keeps_its_mode(book: Make) -> None:
    root = book(BEFORE)
    (root / MEASURES).chmod(0o640)
    migrated(root)
    assert (root / MEASURES).stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("failing", [1, 2])
@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_all_files_are_written_or_none(
    book: Make, monkeypatch: pytest.MonkeyPatch, step: str, failing: int
) -> None:
    """A disk that is full, or a name that cannot be taken, at any file: what was there is there again."""
    root = book(BEFORE)
    plan = plan_migration(root)
    assert len(plan.files) == 2
    real, calls = getattr(Path, step), []

    def fails(path: Path, argument: object) -> object:
        calls.append(path)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        return real(path, argument)

    monkeypatch.setattr(Path, step, fails)
    with pytest.raises(
        BookError, match=r"\.yaml:1: cannot be written: No space left on device\. No file was"
    ):
        write_migration(plan)
    assert texts(root) == BEFORE


def test_the_file_that_could_not_change_places_is_named(book: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = book(BEFORE)
    plan = plan_migration(root)
    real = Path.replace

    def fails(path: Path, target: Path) -> object:
        if target.name == "origins.yaml":
            raise OSError(1, "Operation not permitted", str(path), None, str(target))
        return real(path, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(
        BookError, match=r"sources/origins\.yaml:1: cannot be written: Operation not permitted"
    ):
        write_migration(plan)
    assert texts(root) == BEFORE


def test_a_run_that_is_broken_off_changes_nothing(book: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = book(BEFORE)
    plan = plan_migration(root)
    real, calls = Path.replace, []

    def broken_off(path: Path, target: Path) -> object:
        calls.append(path)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", broken_off)
    with pytest.raises(KeyboardInterrupt):
        write_migration(plan)
    assert texts(root) == BEFORE


def test_what_cannot_be_put_back_is_named(book: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = book(BEFORE)
    plan = plan_migration(root)
    real, calls = Path.replace, []

    def fails(path: Path, target: object) -> object:
        calls.append(path)
        if len(calls) > 1:
            raise OSError(30, "Read-only file system", str(path))
        return real(path, target)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fails)
        with pytest.raises(BookError, match="Run 'tallybook migrate --write' again"):
            write_migration(plan)
    there = texts(root)
    assert sorted(there) == sorted(BEFORE), "nothing is left beside them"
    assert all(there[name] in (BEFORE[name], AFTER[name]) for name in there)
    assert migrated(root) == AFTER


def test_a_file_that_changes_meanwhile_is_not_overwritten(
    book: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book({MEASURES: BEFORE[MEASURES]})
    real = migration._edit_measures

    def slowly(edited: EditedYaml) -> None:
        real(edited)
        (root / MEASURES).write_text("measures: []\n")

    monkeypatch.setattr(migration, "_edit_measures", slowly)
    assert problems(root) == [f"{MEASURES}:1: was changed while it was read. Run this again."]


def test_the_python_parser_gives_the_same(book: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_edits, "_PARSER", yaml.BaseLoader)
    assert migrated(book(BEFORE)) == AFTER


words = st.sampled_from(
    ["kind", "cumulative", "event_total", "once", "nearly", "true", "unit", "a # b", "ü", ""]
)
mappings = st.dictionaries(words.filter(bool), words, max_size=4)
flows = st.one_of(st.none(), st.booleans())


@given(st.lists(mappings, max_size=4), mappings, flows, st.integers(2, 7))
def test_whatever_a_book_says_otherwise_it_says_afterwards(
    tmp_path_factory: pytest.TempPathFactory,
    said: list[dict[str, str]],
    policy: dict[str, str],
    flow: bool | None,
    indent: int,
) -> None:
    """In every style that PyYAML writes; what is contradictory is told instead."""
    root = tmp_path_factory.mktemp("book").resolve()
    (root / "claims").mkdir()
    (root / "sources").mkdir()
    data = {"policy": policy, "measures": said}
    text = yaml.dump(data, default_flow_style=flow, indent=indent, allow_unicode=True, sort_keys=False)
    (root / MEASURES).write_text(text)
    try:
        after = yaml.load(measures(root), Loader=yaml.BaseLoader)
    except BookError:
        assert any(set(one) & {"cumulative", "once"} for one in said)
        return
    flags = {"cumulative": "cumulative", "event_total": "once"}
    for one in said:
        if one.get("kind") in flags:
            one |= {flags[one["kind"]]: "true", "kind": "total"}
    policy.pop("nearly", None)
    assert after == data
