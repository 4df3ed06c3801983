"""Puts a finished site in the place of the older one: whole or not at all, whenever the run ends.

The new site is written into a folder beside the old one, and the two change places in one step
(:mod:`tallybook.report.exchange`). That step decides: before it the old site stands, after it the
new one.

The folder may hold files that are not ours: ``.git``, ``CNAME``, somebody's page. They move from
the old site into the new one after the exchange, each by one rename, so that a large ``.git`` costs
as much as a small one. After, not before, because then files of others leave the folder beside only
in one direction, towards the site. Whatever a killed run leaves there (half a new site, or the old
one with some files of others still in it), one rule mends: what is not in the manifest of that
folder goes to the site, what is in it is removed. If a file cannot move, the folders change places
again and the same rule brings back what had moved. Links or copies would do no better: a program
that writes to ``.git`` meanwhile would write to the one that is about to go.

Files of ours that were edited by hand are overwritten where the new site has a file of that name,
since every build would do so, and kept where it has none; both are told. A file of others where ours
must go is an error, and nothing changes.

A lock lets one builder at a time do all this. It ends with its process, so that what the holder of
the lock finds beside the site was left by a process that is gone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tallybook.report.errors import ReportError
from tallybook.report.exchange import exchange, undo_half_exchange
from tallybook.report.lock import LockHeld, locked
from tallybook.report.manifest import (
    DRAFT,
    MANIFEST,
    digest,
    files_of_an_older_version,
    manifest_text,
    others,
    own_file,
    read_manifest,
)

WAIT = 30.0  # seconds for another builder, which needs less than one for the step that is locked
_OF_A_PUBLISHER = frozenset({".git", ".gitattributes", ".gitignore", ".nojekyll", "CNAME"})
_NAMED = 10


def prepare(out: Path) -> None:
    """Mend what a killed run left of the site ``out``, and raise ReportError if no site may go there."""
    site = _Site(out.resolve())
    with _told(site.out):
        if any(map(os.path.lexists, (site.lock, site.fresh, site.aside))):
            with locked(site.lock, wait=WAIT):
                _recover(site)
        _refuse_what_is_no_site(site.out)


def publish(files: Mapping[str, bytes], out: Path) -> list[str]:
    """Make ``out`` the site of these files (by their paths in it), and keep the files of others there.

    Returns sentences about files that somebody had edited. Raises ReportError, in one message, with
    the old site in place.
    """
    site = _Site(out.resolve())
    with _told(site.out):
        site.out.parent.mkdir(parents=True, exist_ok=True)
        with locked(site.lock, wait=WAIT):
            _recover(site)
            _refuse_what_is_no_site(site.out)
            notes = _settle(site.out, files)
            try:
                _write(files, site.fresh)
                stood = site.out.exists()
                if stood:
                    _put_in_place(site)
                else:
                    site.fresh.rename(site.out)
            except BaseException:
                with contextlib.suppress(OSError, ReportError):
                    _recover(site)
                raise
            if stood:
                _remove_older(site)
    return notes


@dataclass(frozen=True)
class _Site:
    """The folder of a site, and the paths beside it that publishing needs."""

    out: Path

    @property
    def lock(self) -> Path:
        return self._beside("lock")

    @property
    def fresh(self) -> Path:
        """The new site before the exchange, the old one after it."""
        return self._beside("new")

    @property
    def aside(self) -> Path:
        return self._beside("aside")

    def _beside(self, what: str) -> Path:
        return self.out.with_name(f".{self.out.name}.tallybook-{what}")


@contextlib.contextmanager
def _told(out: Path) -> Iterator[None]:
    """Every failure of the system as one message."""
    try:
        yield
    except LockHeld:
        raise ReportError(
            f"another run is writing the report to {out}, and did not end within {WAIT:.0f} s; try again"
        ) from None
    except OSError as error:
        about = f" ({error.filename})" if error.filename else ""
        raise ReportError(
            f"the report could not be written to {out}: {error.strerror or error}{about}"
        ) from error


def _recover(site: _Site) -> None:
    """Make the site whole after a run that did not end, and remove what it left. Needs the lock."""
    undo_half_exchange(site.out, site.aside)
    for left in (site.aside, site.fresh):
        if not os.path.lexists(left):
            continue
        if read_manifest(left) is None and others(left, (), left):
            raise ReportError(f"{left} is in the way, and tallybook did not make it; move it elsewhere")
        _hand_over(left, site.out)
        _remove(left)


def _refuse_what_is_no_site(out: Path) -> None:
    """A site may take the place of nothing, of a site, and of a folder that waits for its first one."""
    if not out.exists():
        return
    if not out.is_dir():
        raise ReportError(f"{out} is a file; the report needs a folder")
    if {entry.name for entry in out.iterdir()} <= _OF_A_PUBLISHER:
        return
    if read_manifest(out) is None and files_of_an_older_version(out) is None:
        raise ReportError(
            f"{out} holds something else than a report of tallybook, and is left alone; name another"
        )


def _settle(out: Path, files: Mapping[str, bytes]) -> list[str]:
    """Make the manifest of the old site list what the exchange may remove; what it says of edits."""
    if not out.exists():
        return []
    listed = read_manifest(out)
    known = listed if listed is not None else files_of_an_older_version(out) or {}
    ours: dict[str, str] = {}
    overwritten: list[str] = []
    kept: list[str] = []
    for name, expected in known.items():
        if (file := own_file(out, name)) is None:
            continue
        edited = digest(file.read_bytes()) != expected
        if edited:
            (overwritten if name in files else kept).append(name)
        if name in files or not edited:
            ours[name] = expected
    _refuse_collisions(out, files, ours)
    if listed is None or not ours.keys() >= listed.keys():
        _write_file(out / DRAFT, manifest_text(ours))
        os.replace(out / DRAFT, out / MANIFEST)
    told = []
    if overwritten:
        told.append(f"edited since the last report, and overwritten: {_some(overwritten)}")
    if kept:
        told.append(f"edited since the last report, and kept, though the report has none: {_some(kept)}")
    return told


def _refuse_collisions(out: Path, files: Iterable[str], ours: Mapping[str, str]) -> None:
    taken: set[str] = set()
    for name in files:
        for folder in [str(parent) for parent in PurePosixPath(name).parents][:-1]:
            if os.path.lexists(out / folder) and ((out / folder).is_symlink() or not (out / folder).is_dir()):
                taken.add(folder)
        if name not in ours and os.path.lexists(out / name):
            taken.add(name)
    if taken:
        raise ReportError(
            f"{out} has files that tallybook did not write where the report must go: {_some(taken)}; "
            "move or rename them"
        )


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    """The files on the disk, the manifest first, so that nothing in the folder is taken for another's."""
    folder.mkdir()
    _write_file(folder / MANIFEST, manifest_text({name: digest(files[name]) for name in files}))
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        _write_file(file, content)


def _write_file(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # a power cut after the exchange must not leave empty pages


def _put_in_place(site: _Site) -> None:
    """The exchange, and after it the files of others; both or neither."""
    shutil.copymode(site.out, site.fresh)
    exchange(site.fresh, site.out, site.aside)
    try:
        _hand_over(site.fresh, site.out)
    except BaseException:
        exchange(site.fresh, site.out, site.aside)
        raise  # the caller's recovery hands back what had moved


def _hand_over(source: Path, goal: Path) -> None:
    """Move what is not ours from the folder ``source`` into ``goal``, each by one rename."""
    for name in others(source, read_manifest(source) or (), goal):
        target = goal / name
        if os.path.lexists(target):
            raise FileExistsError(
                errno.EEXIST, f"a file from {source} cannot go back to its place", str(target)
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(source / name, target)


def _remove(folder: Path) -> None:
    """Remove our files, the manifest last, and the folders that are then empty. Nothing else."""
    for name in [*(read_manifest(folder) or ()), DRAFT]:
        if (file := own_file(folder, name)) is not None:
            file.unlink()
    inside = [Path(path) for path, _, _ in os.walk(folder, topdown=False)]
    for path in inside[:-1]:
        path.rmdir()
    (folder / MANIFEST).unlink(missing_ok=True)
    folder.rmdir()


def _remove_older(site: _Site) -> None:
    try:
        _remove(site.fresh)
    except OSError as error:
        raise ReportError(
            f"the report stands in {site.out}, but the older one could not be removed from {site.fresh}: "
            f"{error.strerror or error}"
        ) from error


def _some(names: Iterable[str]) -> str:
    listed = sorted(names)
    more = f" and {len(listed) - _NAMED} more" if len(listed) > _NAMED else ""
    return ", ".join(listed[:_NAMED]) + more
