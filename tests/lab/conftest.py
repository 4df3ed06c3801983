"""A JupyterLab on a folder of the test's own, and the questions that tests ask of its open notebook."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from ..imported import Importer

START_SECONDS = 60
# No pop-up of news; every cell in the page, whether or not it is in sight.
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
}

Serve = Callable[[Path], AbstractContextManager[Callable[[str], str]]]


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Starts a JupyterLab with settings of its own on a folder; gives the address of a notebook in it."""

    @contextmanager
    def run(folder: Path) -> Iterator[Callable[[str], str]]:
        own = tmp_path_factory.mktemp("lab")
        for name, values in SETTINGS.items():
            file = own / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        token = secrets.token_hex(16)
        environment = {
            **os.environ,
            **{f"JUPYTER_{name}": str(own / name) for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")},
            "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
            "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
            "IPYTHONDIR": str(own / "ipython"),
            "JUPYTER_TOKEN": token,
        }
        command = [
            sys.executable, "-m", "jupyterlab", "--notebook-dir", str(folder), "--no-browser",
            "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0", "--LabApp.expose_app_in_browser=True",
            "--LabApp.extension_manager=readonly",
        ]  # fmt: skip
        log = own / "lab.log"
        with log.open("wb") as out:
            server = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
        try:
            _wait(f"http://127.0.0.1:{port}/api?token={token}", server, log)
            yield lambda notebook: f"http://127.0.0.1:{port}/lab/tree/{notebook}?token={token}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:  # it waits for its kernels; what was asked of it is answered
                server.kill()
                server.wait()

    return run


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="session", autouse=True)
def builds_are_quick(imported: Importer) -> None:
    """See tests/imported.py."""
