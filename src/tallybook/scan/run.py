"""All of a scan: begun, or gone on with where it was stopped, to the finished tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tallybook.book.problems import BookError, Problem
from tallybook.prose import listed
from tallybook.scan.files import LeftOut
from tallybook.scan.inputs import check_paths, parts
from tallybook.scan.local import on_this_machine
from tallybook.scan.manifest import Manifest
from tallybook.scan.part import Counts, Finished, Job
from tallybook.scan.place import MANIFEST, Place, write_part
from tallybook.scan.settings import Settings

Runner = Callable[[Iterable[Job]], Iterator[Finished]]
"""Finishes parts, in whatever order. The files of a part that it has written itself are empty."""

_NAMES = {
    "language": "the language", "text_key": "the key of the text", "id_key": "the key of the id",
    "book_digest": "the book", "day": "the day of the watch", "code": "the version of tallybook",
}  # fmt: skip


@dataclass
class Scan:
    """A scan as far as it is. ``before``: parts that an earlier run had finished; ``counts``: of the finished
    ones, ``anew`` of those of this run alone."""

    place: Place
    parts: int = 0
    before: int = 0
    counts: Counts = field(default_factory=Counts)
    anew: Counts = field(default_factory=Counts)
    left_out: LeftOut = field(default_factory=LeftOut)


def scan(
    paths: Sequence[Path],
    out: Path,
    settings: Settings,
    runner: Runner | None = None,
    *,
    processes: int = 1,
    watch: Callable[[Scan], None] = lambda scan: None,
) -> Scan:
    """Read all texts of some files and folders, and write their figures.

    ``runner``: where the parts are worked on; None: on so many ``processes`` of this machine. ``watch`` is
    called after each part. BookError where the input or the output cannot be, OSError where it cannot be
    written; then what is finished stays, and the same call goes on. So it does after an interruption.
    """
    check_paths(paths)
    place = Place(out)
    with place.alone():
        place.refuse_what_is_there()
        manifest = _manifest(place, settings)
        found = Scan(place)
        try:
            if manifest.all is None:
                run = runner or (lambda jobs: on_this_machine(jobs, settings, processes))
                _finish_parts(found, manifest, paths, settings, run, watch)
            found.parts, found.counts = manifest.all or 0, manifest.counts
            place.finish(manifest)
        except BookError:
            if not manifest.parts:
                place.remove_work()
            raise
        finally:
            manifest.close()
    return found


def day_begun(out: Path) -> str | None:
    """The day of the watch of an unfinished scan, which the same command goes on with; None where there is
    none. BookError where its manifest cannot be read."""
    path = Place(out).work / MANIFEST
    day = Manifest.read(path).facts.get("day") if path.is_file() else None
    return day if isinstance(day, str) else None


def _manifest(place: Place, settings: Settings) -> Manifest:
    path = place.work / MANIFEST
    if not path.is_file():
        place.begin()
        return Manifest.begun(path, settings)
    manifest = Manifest.read(path)
    if manifest.digest != settings.digest and manifest.all is None:
        names = [_NAMES.get(name, name) for name in manifest.differing(settings)]
        message = (
            f"an unfinished scan is there, begun by another setting ({listed(names)}). Take that again to go "
            "on, or remove the folder to begin anew."
        )
        raise BookError([Problem(str(place.work), 1, message)])
    return manifest


def _finish_parts(
    found: Scan,
    manifest: Manifest,
    paths: Sequence[Path],
    settings: Settings,
    run: Runner,
    watch: Callable[[Scan], None],
) -> None:
    place = found.place
    kept = {number: noted for number, noted in manifest.parts.items() if place.has(number, noted)}
    manifest.parts = kept
    asked = 0

    def jobs() -> Iterator[Job]:
        nonlocal asked
        for part in parts(paths, settings, found.left_out, place.own):
            asked += 1
            noted = kept.get(part.number)
            yield Job(part, noted.digest if noted is not None else None)

    for finished in run(jobs()):
        if finished.unchanged:
            found.before += 1
            found.counts += manifest.parts[finished.number].counts
        else:
            if finished.files:
                write_part(place.work, finished, manifest.run)
            manifest.note(finished)
            found.counts += finished.counts
            found.anew += finished.counts
        found.parts += 1
        watch(found)
    if not asked:
        raise BookError([Problem(str(paths[0]), 1, "has no text that is read here.")])
    place.remove_others(range(asked))
    manifest.note_all(asked)
