"""Replaces a site with a finished new one: completely or not at all, whenever the run ends.

The new site is written into a folder next to the old one, and the two folders are exchanged in one
operation (:mod:`tallybook.report.exchange`). Before it the old site is in place, after it the new one.

The folder may contain foreign files: ``.git``, ``CNAME``, a page of another author. They are moved from
the old site to the new one after the exchange, each by one rename, so that a large ``.git`` takes no longer
than a small one. They are moved after the exchange, not before, so that foreign files move only in one
direction: from the other folder to the site. Whatever a killed run leaves in the other folder (half a
new site, or the old one with some foreign files) is handled by one rule: what is not in the manifest of
that folder is moved to the site, what is in it is removed. If a file cannot be moved, the folders are
exchanged again, and the same rule brings back what was moved. Links or copies would not be better: a program
that writes to ``.git`` meanwhile would write to the one that is about to be removed.

Files of ours that were edited by hand are overwritten if the new site has a file of that name, because
every build would do so, and kept if it has none; both are reported. A foreign file where one of ours must
be written is an error, and nothing changes.

A lock allows one builder at a time. It ends with its process, so that whatever the holder of the lock
finds next to the site was left by a process that has ended.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tallybook.book.kept_files import digest, own_file
from tallybook.book.lock import LockHeld, locked
from tallybook.report.errors import ReportError
from tallybook.report.exchange import exchange, undo_half_exchange
from tallybook.report.kept import Kept
from tallybook.report.manifest import (
    DRAFT,
    MANIFEST,
    files_of_an_older_version,
    manifest_text,
    others,
    read_manifest,
)

WAIT = 30.0  # seconds for another builder, which holds the lock for less than one
_OF_A_PUBLISHER = frozenset({".git", ".gitattributes", ".gitignore", ".nojekyll", "CNAME"})
_NAMED = 10


def prepare(out: Path) -> None:
    """Recover the site ``out`` after a killed run. ReportError if no site may be written there."""
    site = _Site(out.resolve())
    with _told(site.out):
        if any(map(os.path.lexists, (site.lock, site.fresh, site.aside))):
            with locked(site.lock, wait=WAIT):
                _recover(site)
        _refuse_what_is_no_site(site.out)


class Replaced(Exception):
    """A file that was to be taken over is not what it was: another build has replaced the site."""


def publish(files: Mapping[str, bytes | Kept], out: Path) -> list[str]:
    """Make ``out`` the site of these files (by their paths in it), and keep the foreign files there.

    A file of the old site that is kept is a second name of the same file, so that it need not be written
    again.
    Returns sentences about files that were edited by hand. ReportError, in one message, if the old site could
    not be replaced and is still in place, or if only its remains could not be removed; Replaced, with nothing
    changed, if a kept file was replaced meanwhile.
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
    """The folder of a site, and the paths next to it that publishing needs."""

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
    """Turn every failure of the system into a ReportError."""
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
    """Complete the site after a run that was killed, and remove what it left. Needs the lock."""
    undo_half_exchange(site.out, site.aside)
    for left in (site.aside, site.fresh):
        if not os.path.lexists(left):
            continue
        if read_manifest(left) is None and others(left, (), left):
            raise ReportError(f"{left} is in the way, and tallybook did not make it; move it elsewhere")
        _hand_over(left, site.out)
        _remove(left)


def _refuse_what_is_no_site(out: Path) -> None:
    """A site may replace an older site, a folder with only a publisher's files, or nothing."""
    if not out.exists():
        return
    if not out.is_dir():
        raise ReportError(f"{out} is a file; the report needs a folder")
    if {entry.name for entry in out.iterdir()} <= _OF_A_PUBLISHER:
        return
    if read_manifest(out) is None and files_of_an_older_version(out) is None:
        raise ReportError(
            f"{out} holds files that are not a report of tallybook, and is left alone; name another folder"
        )


def _settle(out: Path, files: Mapping[str, object]) -> list[str]:
    """Make the old site's manifest list what the exchange may remove; returns notes about edited files."""
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


def _write(files: Mapping[str, bytes | Kept], folder: Path) -> None:
    """Write the files, the manifest first, so that none of them is taken for a foreign file."""
    folder.mkdir()
    digests = {name: digest(file) if isinstance(file, bytes) else file.digest for name, file in files.items()}
    _write_file(folder / MANIFEST, manifest_text(digests))
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            _write_file(file, content)
        else:
            _take_over(content, file)


def _take_over(kept: Kept, file: Path) -> None:
    """Under the lock, so that no other build replaces it between the look and the link."""
    if not kept.stands():
        raise Replaced(str(kept.path))
    try:
        os.link(kept.path, file, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a file system without links, or with too many
        _write_file(file, kept.path.read_bytes())


def _write_file(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # a power cut after the exchange must not leave empty pages


def _put_in_place(site: _Site) -> None:
    """Exchange the folders, then move the foreign files; both or neither."""
    shutil.copymode(site.out, site.fresh)
    exchange(site.fresh, site.out, site.aside)
    try:
        _hand_over(site.fresh, site.out)
    except BaseException:
        exchange(site.fresh, site.out, site.aside)
        raise  # the caller's recovery moves the foreign files back


def _hand_over(source: Path, goal: Path) -> None:
    """Move the foreign files from the folder ``source`` to ``goal``, each by one rename."""
    for name in others(source, read_manifest(source) or (), goal):
        target = goal / name
        if os.path.lexists(target):
            raise FileExistsError(
                errno.EEXIST, f"a file from {source} cannot go back to its place", str(target)
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(source / name, target)


def _remove(folder: Path) -> None:
    """Remove our files, then the empty folders, the manifest last. Nothing else."""
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
            f"the report is in {site.out}, but the older one could not be removed from {site.fresh}: "
            f"{error.strerror or error}"
        ) from error


def _some(names: Iterable[str]) -> str:
    listed = sorted(names)
    more = f" and {len(listed) - _NAMED} more" if len(listed) > _NAMED else ""
    return ", ".join(listed[:_NAMED]) + more
