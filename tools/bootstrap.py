"""Make this checkout ready to run: .venv with the locked packages, and the project in it.

Standard library only, and no syntax newer than Python 3.8, so that an interpreter that is too
old can still read this file and say so. Called by the Makefile before every task; when nothing
has changed since the last call it does nothing and takes a tenth of a second.

The project is the tallybook of this checkout; or, in a suite that `tallybook init` made, the wheel that
tallybook.lock pins, which lies in the suite.

What "unchanged" means stands in a stamp inside .venv, written last: which interpreter, which
lock, which project file, where the environment lies (environments cannot be moved), and what
was installed. No stamp, or one that does not hold, and the environment is built again.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from typing import Any, Iterator, Sequence

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
ROOT = Path(__file__).resolve().parent.parent
STAMP = "tallybook-setup.json"
WHEEL_LOCK = "tallybook.lock"
STEPS = 1  # raise when the steps of the set-up change, so that older environments are built again

READY = "ready"
PROJECT = "project"
ENVIRONMENT = "environment"


class SetupError(Exception):
    """What went wrong, in words for the person at the keyboard."""


def main(root: Path = ROOT) -> int:
    """Bring the environment of ``root`` up to date; 0 when it is ready, 1 with a line why not."""
    try:
        refuse_old_python(sys.version_info)
        what, _ = missing(root)
        if what != READY:
            with alone(root):
                mend(root)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Set-up stopped; the next call starts it again.", file=sys.stderr)
        return 130
    return 0


def refuse_old_python(version: Sequence[Any]) -> None:
    """Raise SetupError unless ``version`` (as sys.version_info) is new enough."""
    if tuple(version[:2]) >= OLDEST:
        return
    newer = next((name for name in NEWER if _new_enough(name)), None)
    way = f"Run it with the one you have: make PYTHON={newer}" if newer else "Install a newer one."
    raise SetupError(
        f"tallybook needs Python {_dotted(OLDEST)} or newer; "
        f"this is Python {_dotted(version[:3])} ({sys.executable}). {way}"
    )


def missing(root: Path) -> tuple[str, str]:
    """What has to be made, and why: READY, PROJECT or ENVIRONMENT, with a reason in words."""
    venv = root / ".venv"
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
        held = {key: stamp[key] for key in ("setup", "project", "contents")}
        contents = {str(folder): set(names) for folder, names in held["contents"].items()}
    except FileNotFoundError:
        return ENVIRONMENT, "it is not finished" if venv.exists() else ""
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ENVIRONMENT, "its stamp cannot be read"
    for key, value in wanted(root).items():
        if held["setup"].get(key) != value:
            return ENVIRONMENT, REASONS[key]
    for folder, names in contents.items():
        lost = names - _names(venv / folder)
        if lost:
            return ENVIRONMENT, f"{min(lost)} is gone from it"
    if interpreter_version(venv) != held["setup"]["python"]:
        return ENVIRONMENT, "its interpreter does not run"
    if held["project"] != _digest(project_file(root)):
        return PROJECT, f"{project_file(root).name} changed"
    return READY, ""


REASONS = {
    "steps": "the steps of the set-up changed",
    "python": "the Python version changed",
    "machine": "it was made on another kind of machine",
    "venv": "the checkout was moved",
    "lock": "requirements.lock changed",
}


def project_file(root: Path) -> Path:
    """The file that says what the project is: of a suite its lock, else that of the checkout."""
    lock = root / WHEEL_LOCK
    return lock if lock.exists() else root / "pyproject.toml"


def wanted(root: Path) -> dict[str, Any]:
    """What the environment depends on; the keys are those of REASONS."""
    return {
        "steps": STEPS,
        "python": _dotted(sys.version_info[:2]),
        "machine": f"{sys.platform} {platform.machine()}",
        "venv": str(root / ".venv"),
        "lock": _digest(root / "requirements.lock"),
    }


def interpreter_version(venv: Path) -> str | None:
    """The version that the environment's own interpreter says it is; None if it does not run."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(venv / "bin" / "python"), "-I", "-S", "-c", ask],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=30,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.decode("ascii", "replace").strip()


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the set-up of ``root`` for this process; a second caller waits for the first.

    The kernel drops the hold when the last process that has the file open ends. The installers
    inherit it: after a killed set-up, one that is still writing is waited for.
    """
    try:
        handle = os.open(str(root / ".venv.lock"), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise SetupError(f"Cannot write in {root}: {error.strerror}.") from error
    os.set_inheritable(handle, True)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Another set-up of this checkout is at work; waiting for it ...", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def mend(root: Path) -> None:
    """Make what is missing. Asks again first: another process may just have made it."""
    began = time.monotonic()
    what, why = missing(root)
    if what == READY:
        return
    venv = root / ".venv"
    if what == ENVIRONMENT:
        again = f" again, because {why}" if why else " once"
        print(f"Setting up .venv{again} (about a minute) ...", flush=True)
        make_environment(venv)
        _say(began, "environment made; fetching the locked packages, each checked by its hash")
        install_packages(root, began)
    else:
        print(f"Installing the project again, because {why} ...", flush=True)
    install_project(root)
    mend_program(venv)
    write_stamp(root)
    _say(began, "ready")


def make_environment(venv: Path) -> None:
    """An empty environment with pip, in the place of whatever was there."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SetupError(_no_venv())
    import venv as maker

    try:
        if venv.is_symlink() or venv.is_file():
            venv.unlink()
        elif venv.exists():
            shutil.rmtree(venv)
        maker.EnvBuilder(symlinks=True, with_pip=True).create(str(venv))
    except (OSError, ValueError) as error:  # ValueError: a path that no environment can have
        raise SetupError(f"Cannot make {venv}: {getattr(error, 'strerror', None) or error}.") from error
    except (SystemExit, subprocess.CalledProcessError) as error:
        # Debian's venv ends the process where ensurepip is not installed in full.
        raise SetupError(_no_venv()) from error


def install_packages(root: Path, began: float) -> None:
    """The locked packages, wheels only, each checked against its hash.

    uv, where there is one, does the same faster. It does not read pip's settings (a mirror, a
    certificate), so that pip has the last word where uv fails.
    """
    python = str(root / ".venv" / "bin" / "python")
    same = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", "requirements.lock"]
    uv = shutil.which("uv")
    if uv:
        try:
            run([uv, "pip", "install", "--python", python, "--compile-bytecode", *same], root)
            return
        except SetupError:
            _say(began, "uv could not fetch them; trying pip")
    run([python, "-m", "pip", "install", "--compile", *same], root, began=began)


def install_project(root: Path) -> None:
    """The project itself: nothing is fetched.

    Of a suite the wheel in it, checked against its hash; of a checkout editable, built with the locked tools.
    """
    install = [str(root / ".venv" / "bin" / "python"), "-m", "pip", "install", "--no-deps"]
    if project_file(root).name == WHEEL_LOCK:
        pinned = ["--no-index", "--require-hashes", "--force-reinstall", "-r", WHEEL_LOCK]
        run([*install, *pinned], root)
    else:
        run([*install, "--no-build-isolation", "-e", "."], root)


def mend_program(venv: Path) -> None:
    """pip writes the environment's path into the program, in double quotes, which not every name bears."""
    program = venv / "bin" / "tallybook"
    if set(str(venv)) & set('"$`\\') and program.exists():
        program.write_text('#!/bin/sh\nexec "${0%/*}/python" -m tallybook "$@"\n', encoding="ascii")


def write_stamp(root: Path) -> None:
    """Write down what was made. The last step: a stamp means that all others were done."""
    venv = root / ".venv"
    packages = next(iter(sorted((venv / "lib").glob("python*/site-packages"))))
    folders = [venv / "bin", packages]
    stamp = {
        "setup": wanted(root),
        "project": _digest(project_file(root)),
        "contents": {str(folder.relative_to(venv)): sorted(_names(folder)) for folder in folders},
    }
    unfinished = venv / (STAMP + ".new")
    unfinished.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    unfinished.replace(venv / STAMP)


def run(command: Sequence[str], root: Path, began: float | None = None) -> None:
    """Run an installer in ``root``; SetupError with its last lines if it fails.

    With ``began`` its passage from fetching to installing is told.
    """
    last: deque[str] = deque(maxlen=12)
    try:
        process = subprocess.Popen(
            list(command),
            cwd=str(root),
            env=installer_environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            close_fds=False,
        )
    except OSError as error:
        raise SetupError(f"Cannot run {command[0]}: {error.strerror or error}.") from error
    assert process.stdout is not None
    for raw in process.stdout:
        line = raw.decode("utf-8", "replace").rstrip()
        last.append(line)
        if began is not None and line.startswith("Installing collected packages"):
            _say(began, "fetched; installing")
    code = process.wait()
    if code:
        told = "\n".join(f"    {line}" for line in last)
        what = " ".join(command[:4])
        raise SetupError(f"{told}\nSet-up failed: {what} ... ended with {code} (its last lines above).")


def installer_environment(environ: Any) -> dict[str, str]:
    """The user's environment (mirrors, certificates, proxies) without what leads pip elsewhere."""
    elsewhere = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    kept = {key: value for key, value in environ.items() if key not in elsewhere}
    return {**kept, "PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def _no_venv() -> str:
    return (
        f"This Python ({sys.executable}) cannot make a virtual environment. "
        "Install its venv package (Debian, Ubuntu: apt install python3-venv) and call again."
    )


def _new_enough(name: str) -> bool:
    path = shutil.which(name)
    if path is None:
        return False
    check = f"import sys; sys.exit(sys.version_info[:2] < {OLDEST!r})"
    try:
        subprocess.run([path, "-I", "-c", check], stderr=subprocess.DEVNULL, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _names(folder: Path) -> set[str]:
    try:
        return {name for name in os.listdir(str(folder)) if name != "__pycache__"}
    except OSError:
        return set()


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise SetupError(f"Cannot read {path}: {error.strerror}.") from error


def _dotted(version: Sequence[Any]) -> str:
    return ".".join(str(part) for part in version)


def _say(began: float, what: str) -> None:
    print(f"  {time.monotonic() - began:5.1f} s  {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
