"""The manifest: names and digests of the files in a site's folder that tallybook wrote, kept in that folder.

A name in the manifest is accepted only if it leads, without links, to a regular file inside the site. All
other files are foreign and kept.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from tallybook.book.kept_files import digest, own_file
from tallybook.report.addresses import INDEX

MANIFEST = ".tallybook-files.json"
DRAFT = f"{MANIFEST}.new"  # a manifest that is about to replace the one of a site
_LARGEST = 64_000_000  # bytes: some 500,000 files
_GENERATOR = b'<meta name="generator" content="tallybook '
_OFFERED = re.compile(r'<a href="(data/[^"/<>]{1,200}\.csv)" download>')


def manifest_text(digests: Mapping[str, str]) -> bytes:
    """The manifest as it is stored. ``digests``: SHA-256 in hexadecimal, by path in the site."""
    return (json.dumps({"made by tallybook": dict(sorted(digests.items()))}, indent=1) + "\n").encode()


def read_manifest(folder: Path) -> dict[str, str] | None:
    """The digests by name; None if there is no manifest, or none that we can have written."""
    path = own_file(folder, MANIFEST)
    if path is None or path.stat().st_size > _LARGEST:
        return None
    try:
        held = json.loads(path.read_bytes())["made by tallybook"]
        names = {str(name): str(value) for name, value in held.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return names if all(map(_stays_inside, names)) else None


def files_of_an_older_version(folder: Path) -> dict[str, str] | None:
    """The same for a site that was made before there were manifests; None if it is not one of our sites.

    Ours are the pages with our mark and the tables that the index offers.
    """
    index = own_file(folder, INDEX)
    if index is None or not _is_marked(index):
        return None
    names = [page.name for page in folder.glob("*.html")]
    offered = _OFFERED.findall(index.read_text(encoding="utf-8", errors="replace"))
    files = {name: own_file(folder, name) for name in [*names, *offered]}
    return {
        name: digest(file.read_bytes())
        for name, file in files.items()
        if file is not None and (name in offered or _is_marked(file))
    }


def others(folder: Path, ours: Iterable[str], goal: Path) -> list[str]:
    """The paths in ``folder`` of what is not ours; a folder with nothing of ours is one path.

    Looks inside a folder if it contains a file of ours, or if ``goal`` has a folder of this name too.
    """
    files = {*ours, MANIFEST, DRAFT}
    folders = {str(parent) for name in files for parent in PurePosixPath(name).parents}
    found: list[str] = []

    def look(inside: str) -> None:
        with os.scandir(folder / inside) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                name = f"{inside}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    twin = goal / name
                    if name in folders or (twin.is_dir() and not twin.is_symlink()):
                        look(f"{name}/")
                    else:
                        found.append(name)
                elif name not in files:
                    found.append(name)

    look("")
    return found


def _is_marked(page: Path) -> bool:
    with page.open("rb") as file:
        return _GENERATOR in file.read(4000)


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        bool(path.parts)
        and not path.is_absolute()
        and ".." not in path.parts
        and not any(sign in name for sign in "\\:\0")
    )
