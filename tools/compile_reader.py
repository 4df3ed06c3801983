"""Make .compiled: the package with its reader compiled by mypyc, about twice as fast. Optional.

    .venv/bin/python tools/compile_reader.py

Needs a C compiler; nothing else in the project does. The sources stay as they are, and everything uses them:
``PYTHONPATH=.compiled tallybook read FILE`` uses the compiled reader instead, and ``make benchmark`` reports
it beside the other while it is of the same sources.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / ".compiled"
DIGEST = "sources.sha256"
# Modules that stay as they are: a mapping of its own that mypyc would take for a dict.
NOT_COMPILED = ("toml_files.py", "__init__.py")


def main() -> int:
    """Compile into .compiled, which is replaced as a whole; 0, or 1 with the compiler's message."""
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".compiling-") as work:
        made = Path(work) / "made"
        shutil.copytree(
            ROOT / "src" / "tallybook", made / "tallybook", ignore=shutil.ignore_patterns("__pycache__")
        )
        modules = [
            str(path.relative_to(made))
            for path in sorted((made / "tallybook" / "reading").rglob("*.py"))
            if path.name not in NOT_COMPILED
        ]
        print(f"Compiling {len(modules)} modules of the reader; it takes some minutes ...", flush=True)
        command = [sys.executable, "-m", "mypyc", "--config-file", str(ROOT / "pyproject.toml"), *modules]
        done = subprocess.run(
            command, cwd=made, env={**os.environ, "PYTHONPATH": str(made)}, capture_output=True, text=True
        )
        if done.returncode:
            lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
            print("\n".join(lines[-12:]), file=sys.stderr)
            print("The reader was not compiled: is there a C compiler (gcc or clang)?", file=sys.stderr)
            return 1
        for left in (made / "build", *made.rglob(".mypy_cache")):
            shutil.rmtree(left, ignore_errors=True)
        (made / DIGEST).write_text(digest(ROOT / "src" / "tallybook") + "\n", encoding="ascii")
        shutil.rmtree(OUT, ignore_errors=True)
        made.rename(OUT)
    print("Made .compiled.")
    return 0


def digest(package: Path) -> str:
    """The digest of all that is read of the package: its code and its lexicons."""
    found = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".toml", ".txt"):
            found.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def is_current() -> bool:
    """Whether .compiled is there and of the present sources."""
    try:
        made = (OUT / DIGEST).read_text(encoding="ascii").strip()
    except OSError:
        return False
    return made == digest(ROOT / "src" / "tallybook")


if __name__ == "__main__":
    sys.exit(main())
