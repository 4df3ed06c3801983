"""``claims/accepted/<case>.yaml``: what a person has accepted of a case, read, and written whole.

The file is text throughout, so that a relation, a verdict or a reason that tallybook learns tomorrow needs
nothing new here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, StringConstraints

from tallybook.book.problems import BookError, Problem, nearest
from tallybook.book.project_files import folder_files, raw_file
from tallybook.book.records import Id, Record
from tallybook.book.text_files import replacing
from tallybook.book.validation import typed_file
from tallybook.book.yaml_lines import RawFile, YamlFile, read_yaml

FOLDER = "claims/accepted"
REMEDY = "Mend it or restore the file; or delete it, look at the verdicts, and accept them anew."
_HEAD = """\
# yaml-language-server: $schema=../../schemas/accepted.schema.json
# What a person looked at and accepted. `tallybook check --verdicts` compares it with what the program says
# now; with --accept it writes this file anew.
"""

_BREAK = re.compile("[\n\r\x85\u2028\u2029]")

EstimateId = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=600)]
Text = Annotated[str, StringConstraints(max_length=10_000)]
Fields = dict[Word, Text]


class AcceptedClaim(Record):
    """One claim. ``today``, ``written``: its verdicts; ``attribution``: what came of holding it against the
    page that it cites; ``record``: the rest of its record, as text; ``relations``: by estimate id."""

    id: Id
    words: Text
    today: Word
    written: Word
    attribution: Word
    record: Fields = Field(default_factory=dict)
    relations: dict[EstimateId, Word] = Field(default_factory=dict)


class Accepted(Record):
    """``claims/accepted/<case>.yaml``: one case.

    ``published``: the article's date; ``policy``: the widths; ``statements``: what the statements behind the
    relations said, as text, by id; ``derived``: of which statements a derived estimate is made.
    """

    published: Word
    policy: Fields = Field(default_factory=dict)
    claims: list[AcceptedClaim] = Field(min_length=1)
    statements: dict[Id, Fields] = Field(default_factory=dict)
    derived: dict[EstimateId, list[Id]] = Field(default_factory=dict)


def accepted_name(case: str) -> str:
    """The file of a case, relative to the project."""
    return f"{FOLDER}/{case}.yaml"


def read_accepted(root: Path, cases: Collection[str], known: Collection[str]) -> dict[str, Accepted]:
    """What was accepted of ``cases``, by id, without those that have no file.

    ``known``: all cases of the project; where all are asked for, a file of no case is a problem too. Raises
    BookError with every problem of the files asked for.
    """
    problems: list[Problem] = []
    there = root / FOLDER
    files = folder_files(root, FOLDER, problems) if there.is_dir() or there.is_symlink() else {}
    found = {}
    for name, file in files.items():
        if name in cases:
            record = _typed(file, problems)
            if record is not None:
                found[name] = record
        elif name not in known and set(cases) >= set(known):
            problems.append(_stray(file.lines.file, name, known))
    if problems:
        raise BookError(problems)
    return found


def read_accepted_of(root: Path, case: str) -> Accepted | None:
    """What was accepted of one case, without a look at the files of the others; None where there is no file.

    Raises BookError with every problem of the file.
    """
    file = _raw(root, case)
    if file is None:
        return None
    problems: list[Problem] = [] if file.raw is not None else [Problem(file.name, 1, file.problem)]
    found = None if problems else _typed(file.parsed(), problems)
    if problems:
        raise BookError(problems)
    return found


def accepted_digest(root: Path, case: str) -> str:
    """Another one wherever :func:`read_accepted_of` may give something else."""
    file = _raw(root, case)
    return (file.digest or file.problem) if file else ""


def _raw(root: Path, case: str) -> RawFile | None:
    """The file of a case as it is; None where there is none."""
    name, root = accepted_name(case), root.resolve()
    path = root / name
    if not os.path.lexists(path):
        return None
    if not path.parent.resolve().is_relative_to(root):
        return RawFile(name, problem="leads out of the project's folder. Copy the folder here.")
    return raw_file(root, name, path)


def stray_accepted(root: Path, known: Collection[str]) -> list[Problem]:
    """The files of no case. ``known``: all cases of the project."""
    there = root / FOLDER
    if not there.is_dir():
        return [Problem(FOLDER, 1, "is a link that leads nowhere.")] if there.is_symlink() else []
    if not there.resolve().is_relative_to(root.resolve()):
        return [Problem(FOLDER, 1, "leads out of the project's folder. Copy the folder here.")]
    try:
        files = sorted(name for name in os.listdir(there) if name.endswith((".yaml", ".yml")))
    except OSError as error:
        return [Problem(FOLDER, 1, f"cannot be read: {error.strerror}.")]
    names = {file: file.removesuffix(".yaml") for file in files}
    return [_stray(f"{FOLDER}/{file}", name, known) for file, name in names.items() if name not in known]


def _stray(file: str, name: str, known: Collection[str]) -> Problem:
    message = f"no article has this name.{nearest(name, known)} Delete the file, or rename it."
    return Problem(file, 1, message)


def write_accepted(root: Path, case: str, record: Accepted) -> None:
    """Write the file of a case, whole or not at all.

    BookError where it cannot be written, leads out of the project, or would not be read again as it is.
    """
    name, content = accepted_name(case), accepted_text(record)
    path = root / name
    try:
        if not path.parent.resolve().is_relative_to(root.resolve()):
            raise BookError([Problem(FOLDER, 1, "leads out of the project's folder. Make a folder here.")])
        with replacing(path) as beside:
            beside.write_text(content, encoding="utf-8", newline="\n")
            problems: list[Problem] = []
            if _typed(read_yaml(beside, name), problems) != record:
                raise BookError(problems or [Problem(name, 1, "would not be read as it was written.")])
    except OSError as error:
        raise BookError([Problem(name, 1, f"cannot be written: {error.strerror}.")]) from None


def accepted_text(record: Accepted) -> str:
    """The file: one line a relation, one a statement; the same text for the same record."""
    lines = [f"published: {_scalar(record.published)}", f"policy: {_flow(record.policy)}", "claims:"]
    for claim in record.claims:
        lines.append(f"  - id: {_scalar(claim.id)}")
        lines += [
            f"    {key}: {_scalar(getattr(claim, key), flow=False)}"
            for key in ("words", "today", "written", "attribution")
        ]
        lines.append(f"    record: {_flow(claim.record)}")
        relations = {id_: _scalar(claim.relations[id_], flow=False) for id_ in sorted(claim.relations)}
        lines += _section("relations", relations, indent=4)
    lines += _section("statements", {id_: _flow(record.statements[id_]) for id_ in sorted(record.statements)})
    made = {id_: f"[{', '.join(map(_scalar, record.derived[id_]))}]" for id_ in sorted(record.derived)}
    lines += _section("derived", made)
    return _HEAD + "\n".join(lines) + "\n"


def _typed(file: YamlFile, problems: list[Problem]) -> Accepted | None:
    """The record of a file; what is wrong with it goes to ``problems``, the first with the remedy."""
    typed = typed_file(file, Accepted, {"claims": AcceptedClaim})
    told = [*file.problems, *typed.problems]
    ids: set[str] = set()
    for placed in typed.items.get("claims", []):
        if placed.record.id in ids:
            told.append(placed.problem(("id",), f"claim id '{placed.record.id}' is a duplicate. Keep one."))
        ids.add(placed.record.id)
    if not told:
        return typed.record
    first_of_all, *others = sorted(told)
    problems += [replace(first_of_all, message=f"{first_of_all.message} {REMEDY}"), *others]
    return None


def _section(name: str, lines: Mapping[str, str], indent: int = 0) -> list[str]:
    space = " " * indent
    if not lines:
        return [f"{space}{name}: {{}}"]
    return [f"{space}{name}:", *(f"{space}  {_scalar(key)}: {value}" for key, value in lines.items())]


def _flow(fields: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{_scalar(key)}: {_scalar(value)}' for key, value in fields.items())}}}"


@lru_cache(maxsize=4096)
def _scalar(text: str, *, flow: bool = True) -> str:
    """A text as one YAML scalar on one line, quoted only where it must be. ``flow``: within {} or []."""
    style = '"' if _BREAK.search(text) else None
    shown: str = yaml.safe_dump(
        [text], default_flow_style=flow, default_style=style, width=10**9, allow_unicode=True
    )
    return shown.strip()[1:-1] if flow else shown.removeprefix("- ").rstrip("\n")
