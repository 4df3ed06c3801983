"""The files that a suite shares with the project's own repository, each under the same path in both.

The wheel carries them in ``shared/`` beside this module (tools/shared_files.py puts them there); a checkout
has them where they are written.
"""

from __future__ import annotations

from pathlib import Path

import tallybook

SHARED = (
    ".pre-commit-config.yaml",
    "docs/article.md",
    "docs/assistants.md",
    "docs/bounds.md",
    "docs/commands.md",
    "docs/correct.md",
    "docs/exit-codes.md",
    "docs/exports.md",
    "docs/fields.md",
    "docs/first-verdict.md",
    "docs/index.md",
    "docs/kinds.md",
    "docs/limits.md",
    "docs/lint.md",
    "docs/match.md",
    "docs/method.md",
    "docs/notebooks.md",
    "docs/publish.md",
    "docs/python.md",
    "docs/reading.md",
    "docs/review.md",
    "docs/scale.md",
    "docs/servers.md",
    "docs/sources.md",
    "docs/tables.md",
    "docs/words.md",
    "notebooks/00_start.ipynb",
    "notebooks/01_figures.ipynb",
    "notebooks/02_sources.ipynb",
    "notebooks/03_comparison.ipynb",
    "notebooks/08_robustness.ipynb",
    "requirements.lock",
    "tools/bootstrap.py",
    "tools/suite.mk",
)
PACKED = Path(__file__).parent / "shared"


def shared_file(name: str) -> bytes:
    """One of SHARED. OSError where it cannot be read."""
    source = checkout()
    return Path(source or PACKED, name).read_bytes()


def checkout() -> Path | None:
    """The source tree that this package is run from; None for an installed wheel."""
    package = Path(tallybook.__file__).resolve().parent
    root = package.parents[1]
    in_tree = package.parent.name == "src" and all(
        (root / name).is_file() for name in ("pyproject.toml", *SHARED)
    )
    return root if in_tree else None
