"""What a new suite holds: the same files whatever the folder is called."""

from __future__ import annotations

from importlib import resources
from pathlib import PurePosixPath

from tallybook.book.schema import schemas
from tallybook.suite.blank import blank
from tallybook.suite.errors import SuiteError
from tallybook.suite.shared import SHARED, shared_file
from tallybook.suite.wheel import Wheel

LOCK = "tallybook.lock"
WHEELS = "wheels"
OWN = {
    ".gitattributes": "gitattributes",
    ".github/workflows/test.yml": "github.yml",
    ".github/workflows/verdicts-comment.yml": "verdicts-comment.yml",
    ".gitignore": "gitignore",
    ".gitlab-ci.yml": "gitlab-ci.yml",
    "Makefile": "Makefile",
    "README.md": "README.md",
    "claims/measures.yaml": "measures.yaml",
    "notebooks/10_own_question.ipynb": "own_question.ipynb",
    "sources/origins.yaml": "origins.yaml",
    "tests/test_book.py": "test_book.py",
}
"""The files that only a new suite has, by their path in it, with their name in ``files/``."""

_LOCKED = """\
# tallybook itself, which `make` installs: the wheel in this folder, and no other with its name.
./{wheels}/{name} --hash=sha256:{sha256}
"""


def suite_files(wheel: Wheel) -> dict[str, bytes]:
    """All files of a new suite by their path in it, with tallybook's ``wheel``. SuiteError: one is lost."""
    own = resources.files("tallybook.suite") / "files"
    try:
        files = {path: (own / name).read_bytes() for path, name in OWN.items()}
        files |= {path: shared_file(path) for path in SHARED}
    except OSError as error:
        raise SuiteError(f"{error.filename} of tallybook is lost: install tallybook again.") from None
    files |= {f"schemas/{name}": text.encode() for name, text in schemas().items()}
    names = {PurePosixPath(path).name for path in files if path.endswith(".ipynb")}
    files |= {path: blank(content, names) for path, content in files.items() if path.endswith(".ipynb")}
    files[f"{WHEELS}/{wheel.name}"] = wheel.content
    files[LOCK] = _LOCKED.format(wheels=WHEELS, name=wheel.name, sha256=wheel.sha256).encode()
    return dict(sorted(files.items()))
