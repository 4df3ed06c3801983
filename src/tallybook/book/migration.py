"""A book of the first version made one of the second: old keys and kinds are written anew where they stand.

It reads YAML and no records: what a record refuses today is what is to be changed. How comments, order and
layout stay: ``yaml_edits``.
"""

from __future__ import annotations

import re
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tallybook.book.characters import unix_lines
from tallybook.book.problems import BookError, Problem, quoted_value
from tallybook.book.project_files import CLAIMS, MEASURES, ORIGINS, SOURCES, folder_files
from tallybook.book.text_files import replacing
from tallybook.book.yaml_edits import Change, EditedYaml, items, pairs, shown
from tallybook.book.yaml_lines import LARGEST, YamlFile

FLAG_OF_KIND = {"cumulative": "cumulative", "event_total": "once"}
"""Kinds of the first version that are totals today, and the key that says what sort of total."""

KEYS_OF_ORIGINS = {"governments": "parties"}
KEYS_OF_AN_ORIGIN = {"government": "speaks_for", "shares_intelligence_with": "shares_with"}

_WINDOW_BEFORE, _WIDTH_BEFORE = 45, "0.1"
_TEMPERATURE = re.compile(r"° ?[CF]|deg[CF]|(?:degrees? )?(?:celsius|fahrenheit|kelvin)", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d) +00:00(?::00)?")
_TRUE = frozenset({"true", "yes", "on", "t", "y", "1"})  # as pydantic reads them
_MARK = "\ufeff"
_OTHER_FILES = 200  # that a process may have open besides


class Rewritten(NamedTuple):
    """A file as it is and as it will be. ``path``: where it lies, links followed."""

    path: Path
    name: str
    before: bytes
    after: bytes


@dataclass
class Migration:
    """What is to be written; ``remarks``: what only a person can decide, with file and line."""

    changes: list[Change] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    files: list[Rewritten] = field(default_factory=list)


def plan_migration(root: Path) -> Migration:
    """What has to change in the project at ``root``; nothing is written.

    BookError with every problem where a file is no YAML that can be read, leads out of the project, or
    holds something old in a way that cannot be changed without a person.
    """
    problems: list[Problem] = []
    found = Migration()
    for folder in (CLAIMS, SOURCES):
        for file in folder_files(root, folder, problems, deep=folder == SOURCES).values():
            edited = _edited(file)
            problems += edited.problems
            if edited.changes and not edited.problems:
                _add(found, root, edited, problems)
    if problems:
        raise BookError(problems)
    return found


def write_migration(migration: Migration) -> None:
    """Write all files, or none: each is made beside the old one, and they change places at the end.

    BookError where that fails; what had changed places by then is put back. Where not even that can be done,
    it is said of which files: each is whole then, old or new, and another run does the rest.
    """
    name = ""
    _have_room_for(len(migration.files))
    try:
        with ExitStack() as stack:
            for file in migration.files:
                name = file.name
                stack.enter_context(replacing(file.path)).write_bytes(file.after)
    except BaseException as error:
        stuck = [file.name for file in migration.files if not _put_back(file)]
        if stuck:
            message = "is written, and others could not be. Run 'tallybook migrate --write' again."
            raise BookError(Problem(name, 1, message) for name in stuck) from error
        if not isinstance(error, OSError):
            raise
        names = {str(file.path): file.name for file in migration.files}
        name = names.get(error.filename2, name)  # of two names the second: what was to be replaced
        message = f"cannot be written: {error.strerror}. No file was changed."
        raise BookError([Problem(name, 1, message)]) from error


def _have_room_for(drafts: int) -> None:
    """Every draft is open, and so locked, until all change places."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = drafts + _OTHER_FILES
        if soft != resource.RLIM_INFINITY and soft < wanted:
            most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _put_back(file: Rewritten) -> bool:
    """False where the file is written and cannot be as it was before."""
    try:
        if file.path.read_bytes() == file.after:
            with replacing(file.path) as beside:
                beside.write_bytes(file.before)
    except OSError:
        return False
    return True


def _add(found: Migration, root: Path, edited: EditedYaml, problems: list[Problem]) -> None:
    """Put a file that changes among those to be written, unless it is not what was read any more."""
    path = (root / edited.file).resolve()
    try:
        with path.open("rb") as stream:
            before = stream.read(LARGEST + 1)
        text = before.decode()
    except (OSError, UnicodeDecodeError):
        text, before = "", b""
    if not path.is_relative_to(root) or unix_lines(text.removeprefix(_MARK)) != edited.text:
        problems.append(Problem(edited.file, 1, "was changed while it was read. Run this again."))
        return
    mark = _MARK if text.startswith(_MARK) else ""
    after = (mark + edited.applied_to(text.removeprefix(_MARK))).encode()
    if len(after) > LARGEST:
        message = f"would have {len(after):,} bytes; at most {LARGEST:,} are read. Split it first."
        problems.append(Problem(edited.file, 1, message))
    elif any(other.path == path for other in found.files):
        problems.append(Problem(edited.file, 1, "is a link to another file of the book. Copy the file here."))
    else:
        found.files.append(Rewritten(path, edited.file, before, after))
        found.changes += sorted(edited.changes)
        found.remarks += sorted(edited.remarks)


def _edited(file: YamlFile) -> EditedYaml:
    """The edits of one file, as its place in the project asks for them."""
    name = file.lines.file
    edited = EditedYaml(name, file.text or "", list(file.problems))
    if file.problems or not isinstance(file.data, dict):
        return edited
    if name == MEASURES:
        _edit_measures(edited)
    elif name == ORIGINS:
        _edit_origins(edited)
    elif _MIDNIGHT.fullmatch(str(file.data.get("published", "")).strip()):
        _edit_page(edited)
    edited.compare()
    return edited


def _edit_measures(edited: EditedYaml) -> None:
    edited.parse()
    top = pairs(edited.root)
    for node, data in items(top, "measures", edited.data):
        kind = data.get("kind")
        if not isinstance(kind, str):
            continue
        if kind in FLAG_OF_KIND:
            _change_kind(edited, node, data, FLAG_OF_KIND[kind])
        if _is_temperature(data) and data["kind"] in ("total", "stock"):
            unit = quoted_value(data["unit"])
            edited.remark(
                pairs(node)["kind"][0],
                f"{unit}: a temperature may be of kind 'level' now, a warming of 'change'.",
            )
    _edit_policy(edited, *top.get("policy", (edited.root, None)))


def _change_kind(edited: EditedYaml, node: yaml.Node, data: dict[str, Any], flag: str) -> None:
    """Make a kind a total with a flag; in a line of its own where the measure has a line a key."""
    held = pairs(node)
    key, kind = held["kind"]
    if flag in held and str(data[flag]).lower() not in _TRUE:
        other = f"{flag}: {shown(data[flag])}"
        edited.problem(key, f"'kind: {data['kind']}' and '{other}' contradict each other. Keep one.")
        return
    flagged = "" if flag in held else f"{flag}: true"
    flow = bool(getattr(node, "flow_style", False))
    below = " " * key.start_mark.column + flagged if flagged and not flow else None
    behind = f", {flagged}" if flagged and flow else ""
    after = f"kind: total, {flagged}" if flagged else "kind: total"
    if edited.replace(kind, "total", after, behind=behind, below=below):
        edited.told(key, f"kind: {data['kind']}", after)
        data |= {"kind": "total", flag: data.get(flag, "true")}


def _edit_policy(edited: EditedYaml, key: yaml.Node | None, policy: yaml.Node | None) -> None:
    """Take out the width of "nearly", and say what else it was that the file leaves out.

    ``key``: where to say so.
    """
    held = pairs(policy)
    data = edited.data["policy"] if held else {}
    width, about = data.get("nearly", _WIDTH_BEFORE), data.get("about", _WIDTH_BEFORE)
    if "nearly" in held:
        key, value = held["nearly"]
        edited.take_out(policy, key, value)
        data.pop("nearly")
    if _number(width) != _number(about):
        edited.remark(
            key,
            f"'nearly' had the width {shown(width)}, and has that of 'about' now, {shown(about)}: "
            "look at the verdicts on figures with 'nearly'.",
        )
    elif "nearly" in held:
        edited.remark(key, "'nearly' has the width of 'about' now, as it had here before.")
    if "window_days" not in held:
        edited.remark(
            key,
            f"'window_days' is left out, which meant {_WINDOW_BEFORE} and means 31 now: "
            f"write 'window_days: {_WINDOW_BEFORE}' to keep it.",
        )


def _edit_origins(edited: EditedYaml) -> None:
    edited.parse()
    top = pairs(edited.root)
    for old, new in KEYS_OF_ORIGINS.items():
        edited.rename(top, edited.data, old, new)
    for node, data in items(top, "origins", edited.data):
        for old, new in KEYS_OF_AN_ORIGIN.items():
            edited.rename(pairs(node), data, old, new)


def _edit_page(edited: EditedYaml) -> None:
    """A day with the hour 00:00, which a page or article could have and no day has now."""
    edited.parse()
    key, value = pairs(edited.root)["published"]
    day = edited.data["published"].split()[0]
    if edited.replace(value, day, f"published: {day}"):
        edited.told(key, f"published: {edited.data['published']}", f"published: {day}")
        edited.data["published"] = day


def _is_temperature(measure: dict[str, Any]) -> bool:
    return bool(_TEMPERATURE.fullmatch(str(measure.get("unit", ""))))


def _number(text: Any) -> float | None:
    try:
        return float(text)
    except (TypeError, ValueError):
        return None
