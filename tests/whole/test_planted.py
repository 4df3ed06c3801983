"""One error at a time, planted in a copy of the first case: does the result notice it that should?

The errors stand in ``planted.yaml``. Each is looked at before and after: a result that was wrong before,
or that stays as it was, fails. The tally at the end of a run is printed by ``conftest.py``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tallybook.book import BookError, load
from tallybook.book.project_files import MEASURES, ORIGINS, ProjectFiles
from tallybook.book.yaml_lines import YamlFile, read_yaml
from tallybook.consistency import check_claims
from tallybook.consistency.text import check_text
from tallybook.evaluation.yaml_cases import load_yaml
from tallybook.prose import number
from tallybook.reading import read
from tallybook.tables.case import Case
from tallybook.tables.opened import OpenBook

ROOT = Path(__file__).resolve().parents[1] / "data" / "first-case"
PLANTED: list[dict[str, Any]] = load_yaml(Path(__file__).parent / "planted.yaml")
CASE = "kursk-engineers"
TEXTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for folder in ("claims", "sources")
    for path in sorted(ROOT.glob(f"{folder}/*.yaml"))
}
STANDS_IN = {
    found: name
    for name, text in TEXTS.items()
    for found in re.findall(r"^ *- id: (\S+)$", text, re.MULTILINE)
}
CLOSES = {True: "closes", False: "does not close", None: "cannot be told"}
Look = Callable[..., str]


class Copy:
    """The texts of the case by file. Only what was changed is parsed anew."""

    parsed: ClassVar[dict[str, YamlFile]] = {}

    def __init__(self, folder: Path) -> None:
        self.folder, self.texts = folder, dict(TEXTS)

    def case(self) -> Case:
        return OpenBook(load.book_of(self._files(), self.folder))[CASE]

    def change(self, edit: dict[str, Any]) -> None:
        name = edit["in"] if "in" in edit else self._file_of(edit["of"])
        if "write" in edit:
            assert name not in self.texts, f"{name} is there already"
            self.texts[name] = edit["write"]
            return
        if "of" not in edit and edit.get("take_out"):
            del self.texts[name]
            return
        text = self.texts[name]
        start, end = self._record(text, edit["of"]) if "of" in edit else (0, len(text))
        record = text[start:end]
        if not edit.get("take_out"):
            assert record.count(edit["old"]) == 1, f"{edit['old']!r} must stand once in {record}"
            record = record.replace(edit["old"], edit["new"])
        else:
            record = ""
        assert record != text[start:end]
        self.texts[name] = text[:start] + record + text[end:]

    def _files(self) -> ProjectFiles:
        files = {name: self._parsed(name, text) for name, text in self.texts.items()}
        measures, origins = files.pop(MEASURES), files.pop(ORIGINS)
        folders: dict[str, dict[str, YamlFile]] = {"claims": {}, "sources": {}}
        for name in sorted(files):
            folder, _, stem = name.removesuffix(".yaml").partition("/")
            folders[folder][stem] = files[name]
        return ProjectFiles(measures, origins, folders["claims"], folders["sources"])

    def _parsed(self, name: str, text: str) -> YamlFile:
        """As a file is read; of what did not change, once for all tests."""
        if text != TEXTS.get(name):
            path = self.folder / "changed.yaml"
            path.write_text(text, encoding="utf-8")
            return read_yaml(path, name)
        if name not in self.parsed:
            self.parsed[name] = read_yaml(ROOT / name, name)
        return self.parsed[name]

    def _file_of(self, id_: str) -> str:
        """Of the real case; or one that this case was given."""
        mark = re.compile(rf"^ *- id: {re.escape(id_)}$", re.MULTILINE)
        if id_ in STANDS_IN:
            return STANDS_IN[id_]
        new = [name for name, text in self.texts.items() if mark.search(text)]
        assert len(new) == 1, f"'{id_}' stands in {new}"
        return new[0]

    @staticmethod
    def _record(text: str, id_: str) -> tuple[int, int]:
        """From the dash of a list item to the next line that is indented no deeper."""
        begin = re.search(rf"^( *)- id: {re.escape(id_)}\n", text, re.MULTILINE)
        assert begin is not None
        after = re.compile(rf"^ {{0,{len(begin[1])}}}\S", re.MULTILINE).search(text, begin.end())
        return begin.start(), after.start() if after else len(text)


def verdict(case: Case, claim: str) -> str:
    return str(case.verdicts().set_index("claim").loc[claim, "verdict"])


def written(case: Case, claim: str) -> str:
    return str(case.verdicts().set_index("claim").loc[claim, "written"])


def witnesses(case: Case, claim: str) -> str:
    return str(case.verdicts().set_index("claim").loc[claim, "witnesses"])


def groups_of(case: Case, claim: str) -> str:
    """How many source groups give a figure of the claim's measure."""
    return str(case.verdicts().set_index("claim").loc[claim, "families"])


def families_for(case: Case, claim: str) -> str:
    return str(case.verdicts().set_index("claim").loc[claim, "supporting"])


def own_side(case: Case, claim: str) -> str:
    return str(case.verdicts().set_index("claim").loc[claim, "own_relation"]) or "nothing"


def fidelity(case: Case, claim: str) -> str:
    row = case.verdicts().set_index("claim").loc[claim]
    return (row["distortions"] or row["fidelity"]) + (", material" if row["material"] else "")


def relation(case: Case, claim: str, estimate: str) -> str:
    table = case.compare()
    rows = table[(table["claim"] == claim) & (table["estimate"] == estimate)]
    if rows.empty:
        return "absent"
    row = rows.iloc[0]
    return f"{row['relation']}: {row['incomparable']}" if row["incomparable"] else str(row["relation"])


def derived(case: Case, estimate: str) -> str:
    table = case.estimates().set_index("estimate")
    if estimate not in table.index:
        return "absent"
    row = table.loc[estimate]
    unit = case.measures[row["measure"]].unit
    low, high = row["best_low"], row["best_high"]
    if unit == "fraction":
        return f"{number(low, unit)}–{number(high, unit)}"
    return f"{low:,.0f}–{high:,.0f}"


def distortion(case: Case, statement: str) -> str:
    table = case.drift().set_index("statement")
    if statement not in table.index:
        return "absent"
    row = table.loc[statement]
    return (row["codes"] or "faithful") + (", material" if row["material"] else "")


def slip(case: Case, claim: str) -> str:
    """The kind of slip that the hint names."""
    hint = case.comparison().verdicts[claim].slip
    return hint.kind.value if hint is not None else "none"


def self_check(case: Case, *claims: str) -> str:
    comparison = case.comparison()
    denominators = list(comparison.estimates.values())
    checks = check_claims(comparison.claims, denominators, case.policy)
    (found,) = {check.closes for check in checks if check.about == claims}
    return CLOSES[found]


def flips(dial: str) -> Look:
    def look(case: Case, claim: str) -> str:
        table = case.robustness()
        changes = table[(table["claim"] == claim) & (table["dial"] == dial)]["change"]
        return ", ".join(changes)

    return look


LOOKS: dict[str, Look] = {
    "verdict ": verdict,
    "written ": written,
    "witnesses ": witnesses,
    "families for ": families_for,
    "groups of ": groups_of,
    "own side of ": own_side,
    "fidelity of ": fidelity,
    "relation ": relation,
    "derived ": derived,
    "distortion ": distortion,
    "self-check ": self_check,
    "slip of ": slip,
    "width of “about” that changes ": flips("width of “about” and “nearly”"),
    "family left out that changes ": flips("source group left out"),
}


def result(case: Case, sees: str) -> str:
    (start,) = [start for start in LOOKS if sees.startswith(start)]
    return LOOKS[start](case, *sees.removeprefix(start).split(" × "))


@pytest.fixture(scope="module", autouse=True)
def _words_are_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tallybook.book.figures.read", functools.cache(read))
        yield


@pytest.fixture(scope="module")
def sound() -> Case:
    """The case as it is: opening it says nothing."""
    return Copy(ROOT).case()


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.mark.parametrize("error", PLANTED, ids=[error["kind"] for error in PLANTED])
def test_a_planted_error_is_noticed(
    error: dict[str, Any], sound: Case, copy: Copy, record_property: Callable[[str, object], None]
) -> None:
    record_property("planted", error["kind"])
    if error["sees"] == "arithmetic":
        text = error["text"]
        assert [CLOSES[c.closes] for c in check_text(text["old"])] == [error["healthy"]]
        assert [CLOSES[c.closes] for c in check_text(text["new"])] == [error["planted"]]
        return
    before = sound
    if "given" in error:
        for edit in error["given"]:
            copy.change(edit)
        before = copy.case()
    if error["sees"] != "check":
        assert result(before, error["sees"]) == str(error["healthy"]), "before the error"
    for edit in error["edits"]:
        copy.change(edit)
    if error["sees"] != "check":
        assert error["healthy"] != error["planted"]
        assert result(copy.case(), error["sees"]) == str(error["planted"])
        return
    with pytest.raises(BookError) as refused:
        copy.case()
    told = str(refused.value)
    for part in error["planted"]:
        assert str(part) in told


def test_the_kinds_of_errors_are_many_and_all_different() -> None:
    kinds = [error["kind"] for error in PLANTED]
    assert len(set(kinds)) == len(kinds) >= 50
