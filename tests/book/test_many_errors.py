"""One error hides no other, and none brings errors where nothing is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tallybook.book import BookError, load_book
from tallybook.book.problems import Problem
from tallybook.book.project_files import book_files, raw_files
from tallybook.book.yaml_lines import LARGEST

Harm = Callable[[str], str | bytes]


def problems(project: Path) -> list[str]:
    """The problems of a book as "file:line", and what they say."""
    with pytest.raises(BookError) as error:
        load_book(project)
    return [str(problem) for problem in error.value.problems]


def edit(project: Path, file: str, *changes: tuple[str, str]) -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{old!r} is not in {file}"
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def told(project: Path, *wanted: tuple[str, str]) -> None:
    """Exactly these problems: where each is, and part of what it says."""
    found = problems(project)
    for place, part in wanted:
        there = [problem for problem in found if problem.startswith(f"{place}: ") and part in problem]
        assert len(there) == 1, f"{place} {part}: {there}\n" + "\n".join(found)
    assert len(found) == len(wanted), "\n".join(found)


ANOTHER = """\
  - id: gazette-2
    measure: loafs
    words: 5,000 loaves
    origin: baker
"""


def test_a_wrong_statement_hides_no_problem_of_its_neighbours(project: Path) -> None:
    (project / "sources/gazette.yaml").open("a", encoding="utf-8").write(ANOTHER)
    edit(project, "sources/gazette.yaml", ("low: 4000", "low: many"), ("publisher:", "publischer:"))
    edit(project, "sources/herald.yaml", ("words: 4,000 loaves", "words: many loaves"))
    told(
        project,
        ("sources/gazette.yaml:1", "'publisher' is missing"),
        ("sources/gazette.yaml:11", "must be a number"),
        ("sources/gazette.yaml:14", "'loafs' is not known"),
        ("sources/gazette.yaml:2", "unknown key 'publischer'"),
        ("sources/herald.yaml:9", "carry no figure"),
    )


def test_a_wrong_claim_hides_no_problem_of_the_next(project: Path) -> None:
    more = '  - {id: eaten, measure: loaves, anchor: {exact: "many", paragraph: 1}, cites: [gazete]}\n'
    (project / "claims/bread.yaml").open("a", encoding="utf-8").write(more)
    edit(project, "claims/bread.yaml", ("    origin: baker", "    orign: baker"))
    told(
        project,
        ("claims/bread.yaml:10", "unknown key 'claims.0.orign'"),
        ("claims/bread.yaml:12", "carry no figure"),
        ("claims/bread.yaml:12", "cites 'gazete'"),
    )


def test_what_is_wrong_with_a_whole_is_told_beside_what_is_wrong_in_it(project: Path) -> None:
    (project / "sources/gazette.yaml").open("a", encoding="utf-8").write(ANOTHER)
    edit(project, "sources/gazette.yaml", ("low: 4000", "low: many"), ("language: en\n", ""))
    told(
        project,
        ("sources/gazette.yaml:1", "needs its 'language'"),
        ("sources/gazette.yaml:10", "must be a number"),
        ("sources/gazette.yaml:13", "'loafs' is not known"),
    )


def test_a_wrong_measure_brings_no_unknown_measures(project: Path) -> None:
    edit(project, "claims/measures.yaml", ("kind: total", "kind: pile"))
    told(project, ("claims/measures.yaml:3", "'pile'"))


def test_a_wrong_origin_and_a_wrong_group_bring_no_unknown_names(project: Path) -> None:
    edit(project, "sources/origins.yaml", ("name: The baker", "nam: The baker"), ("what: the", "waht: the"))
    told(
        project,
        ("sources/origins.yaml:10", "'groups.0.what' is missing"),
        ("sources/origins.yaml:11", "unknown key 'groups.0.waht'"),
        ("sources/origins.yaml:3", "'origins.0.name' is missing"),
        ("sources/origins.yaml:4", "unknown key 'origins.0.nam'"),
    )


@pytest.mark.parametrize(
    "file", ["claims/measures.yaml", "sources/origins.yaml", "sources/gazette.yaml", "claims/bread.yaml"]
)
@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda text: text + "x: [\n", id="not YAML"),
        pytest.param(lambda text: text.encode() + b"# \xe9\n", id="not UTF-8"),
        pytest.param(lambda text: "", id="empty"),
        pytest.param(lambda text: text + "#" * LARGEST, id="too large"),
        pytest.param(lambda text: text.replace(": ", ": &a ", 1), id="an anchor"),
        pytest.param(lambda text: text.replace("id:", "name_of_it:"), id="ids misspelt"),
    ],
)
def test_a_broken_file_brings_no_problems_elsewhere(project: Path, file: str, harm: Harm) -> None:
    path = project / file
    broken = harm(path.read_text(encoding="utf-8"))
    path.write_bytes(broken if isinstance(broken, bytes) else broken.encode())
    assert {problem.partition(":")[0] for problem in problems(project)} == {file}


@pytest.mark.parametrize("file", ["claims/measures.yaml", "sources/origins.yaml"])
def test_a_missing_file_brings_no_problems_elsewhere(project: Path, file: str) -> None:
    (project / file).unlink()
    told(project, (f"{file}:1", "is missing"))


def test_an_alias_is_told_once(project: Path) -> None:
    edit(
        project,
        "sources/origins.yaml",
        ("id: baker", "id: &baker baker"),
        ("[baker]", "[*baker]"),
    )
    told(
        project,
        ("sources/origins.yaml:3", "anchors and aliases"),
        ("sources/origins.yaml:8", "anchors and aliases"),
    )


def test_every_circle_is_told(project: Path) -> None:
    (project / "sources/gazette.yaml").open("a", encoding="utf-8").write(
        ANOTHER.replace("loafs", "loaves") + "    relays: gazette-2\n"
    )
    edit(project, "sources/gazette.yaml", ("    recorded:", "    relays: herald-1\n    recorded:"))
    found = problems(project)
    assert len(found) == 2 and all("circular reference" in problem for problem in found)


def test_the_id_of_a_claim_is_used_once(project: Path) -> None:
    more = '  - {id: sold, measure: loaves, anchor: {exact: "nine loaves", paragraph: 1}}\n'
    (project / "claims/bread.yaml").open("a", encoding="utf-8").write(more)
    told(project, ("claims/bread.yaml:12", "claim id 'sold' is a duplicate of claims/bread.yaml:7"))


def test_a_file_of_another_ending_is_read_and_told(project: Path) -> None:
    text = (project / "sources/herald.yaml").read_text(encoding="utf-8")
    (project / "sources/herald.yml").write_text(text.replace("herald-1", "herald-2"), encoding="utf-8")
    told(project, ("sources/herald.yml:1", "Name the file 'herald.yaml'"))


def test_too_many_files_are_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallybook.book.project_files.MOST_FILES", 2)
    message = (
        "sources/origins.yaml:1: more than 2 files are not read from one folder. Split the project in two."
    )
    assert message in problems(project)


def test_too_many_bytes_are_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallybook.book.project_files.MOST_BYTES", 700)
    message = "more than 700 bytes are not read from one folder. Split the project in two."
    assert f"sources/origins.yaml:1: {message}" in problems(project)


def test_sources_may_lie_in_folders(project: Path) -> None:
    """In any order of folders, with each problem told at its place."""
    before = load_book(project)
    folder = project / "sources" / "2025" / "march"
    folder.mkdir(parents=True)
    (project / "sources/herald.yaml").rename(folder / "herald.yaml")
    (project / "sources" / ".hidden").mkdir()
    (project / "sources/.hidden/gazette.yaml").write_text("no YAML: [")
    (project / "sources" / "tables").mkdir()
    (project / "sources/tables/loaves.csv").write_text("loaves\n4000\n")
    book = load_book(project)
    assert book.sources == before.sources and book.statements == before.statements
    assert book.source_file("herald") == "sources/2025/march/herald.yaml"
    assert book.source_file("gazette") == "sources/gazette.yaml"
    edit(project, "sources/2025/march/herald.yaml", ("measure: loaves", "measure: leaves"))
    assert any(told.startswith("sources/2025/march/herald.yaml:") for told in problems(project))


def test_two_files_of_one_name_are_told(project: Path) -> None:
    (project / "sources" / "old").mkdir()
    shutil.copy(project / "sources/herald.yaml", project / "sources/old/herald.yaml")
    message = (
        "sources/old/herald.yaml:1: has the name of sources/herald.yaml, and the name is its id. Rename one."
    )
    assert problems(project) == [message]


def test_a_folder_that_leads_out_is_told(project: Path) -> None:
    outside = project.parent / "elsewhere"
    outside.mkdir()
    shutil.copy(project / "sources/herald.yaml", outside / "other.yaml")
    (project / "sources" / "more").symlink_to(outside)
    assert problems(project) == ["sources/more:1: leads out of the project's folder. Copy the folder here."]


def test_folders_in_a_circle_are_read_once(project: Path) -> None:
    before = load_book(project)
    (project / "sources" / "again").symlink_to(project / "sources")
    assert load_book(project).sources == before.sources


def test_folders_that_go_too_deep_are_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallybook.book.project_files.DEEPEST_FOLDER", 1)
    (project / "sources" / "a" / "b").mkdir(parents=True)
    assert problems(project) == ["sources/a/b:1: lies too deep (the deepest is 1 folders down). Move it up."]


@pytest.mark.parametrize(
    ("file", "old"),
    [
        pytest.param("claims/measures.yaml", "loaf\n", id="a value"),
        pytest.param("claims/measures.yaml", "id: loaves\n", id="an id that others refer to"),
        pytest.param("sources/origins.yaml", "id: baker\n", id="an origin"),
        pytest.param("sources/origins.yaml", "[baker]", id="a list of names"),
        pytest.param("sources/gazette.yaml", "id: gazette-1\n", id="a statement"),
        pytest.param("sources/gazette.yaml", "{low: 4000, open_high: true}", id="a mapping"),
        pytest.param("claims/bread.yaml", "[gazette]", id="a list of pages"),
    ],
)  # fmt: skip
def test_an_alias_is_one_error(project: Path, file: str, old: str) -> None:
    key = old.partition(": ")[0] if old.startswith("id") else ""
    new = f"{key}{': ' if key else ''}*elsewhere" + ("\n" if old.endswith("\n") else "")
    edit(project, file, (old, new))
    (found,) = problems(project)
    assert "YAML anchors and aliases (&, *) are not read here. Write the value out." in found


def test_an_alias_for_all_statements_is_one_error(project: Path) -> None:
    path = project / "sources/gazette.yaml"
    whole = path.read_text(encoding="utf-8").partition("statements:")[0]
    path.write_text(f"{whole}statements: *elsewhere\n", encoding="utf-8")
    told(project, ("sources/gazette.yaml:6", "aliases"))


def test_a_language_that_is_not_read_is_one_error(project: Path) -> None:
    more = ANOTHER.replace("loafs", "loaves")
    (project / "sources/gazette.yaml").open("a", encoding="utf-8").write(more)
    edit(project, "sources/gazette.yaml", ("language: en", "language: ko"))
    edit(project, "sources/herald.yaml", ("language: en", "language: ko"))
    told(
        project,
        ("sources/gazette.yaml:9", "the figures of 3 records, of which this is the first, are not recorded"),
    )
    edit(project, "sources/gazette.yaml", ("open_high: true}", "open_high: true, because: Korean}"))
    edit(
        project, "sources/gazette.yaml", ("5,000 loaves", "5,000\n    recorded: {low: 5000, because: Korean}")
    )
    edit(
        project, "sources/herald.yaml", ("4,000 loaves", "4,000\n    recorded: {low: 4000, because: Korean}")
    )
    assert len(load_book(project).statements) == 3


def test_what_is_watched_is_what_is_read(project: Path) -> None:
    """Also through links to folders of the project; nothing hidden, and no file of another kind."""
    kept, folder = project / "kept elsewhere", project / "sources" / "2025"
    for place in (kept / "below", folder, project / "sources" / ".old"):
        place.mkdir(parents=True)
    (project / "sources/herald.yaml").rename(kept / "below" / "herald.yaml")
    (project / "sources" / "linked").symlink_to(kept)
    shutil.copy(project / "sources/gazette.yaml", project / "sources/.old/another.yaml")
    shutil.copy(project / "sources/gazette.yaml", folder / "misnamed.yml")
    (folder / "table.csv").write_text("loaves\n4000\n")
    read = {file.name for file in raw_files(project.resolve()).all()}
    assert {*book_files(project)} == read
    assert {"sources/linked/below/herald.yaml", "sources/2025/misnamed.yml"} <= read
    (project / "sources" / "lost").symlink_to(project.parent)
    wrong: list[Problem] = []
    assert {*book_files(project, wrong)} == read and [one.file for one in wrong] == ["sources/lost"]
