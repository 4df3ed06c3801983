"""A notebook in JupyterLab, opened and run in a real browser as its user would."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BROWSER_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_SECONDS = 60
RUN_MILLISECONDS = 90_000

READY = """() => {
  const panel = window.jupyterapp?.shell.currentWidget;
  return !!panel?.sessionContext?.isReady && panel.sessionContext.session?.kernel?.status === 'idle'
    && panel.content.model.cells.length > 0;
}"""
FINISHED = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  const cells = [...panel.content.model.cells].filter(c => c.type === 'code');
  return cells.every(c => c.executionCount > 0) && panel.sessionContext.session.kernel.status === 'idle';
}"""
OUTPUTS = """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
  .filter(c => c.type === 'code').flatMap(c => c.outputs.toJSON())"""
CLEAR = """() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')"""
RUN_ALL = """() => window.jupyterapp.commands.execute('notebook:run-all-cells')"""


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab on a copy of the project, with settings of its own."""
    project = tmp_path / "project"
    for folder in ("claims", "sources", "notebooks"):
        shutil.copytree(ROOT / folder, project / folder)
    settings = tmp_path / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    news = {"fetchNews": "false", "checkForUpdates": False}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(news))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    own = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    folders = {f"JUPYTER_{name}": str(tmp_path / name.lower()) for name in own}
    folders |= {
        "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "workspaces"),
        "IPYTHONDIR": str(tmp_path / "ipython"),
    }
    environment = {
        **os.environ,
        **folders,
        "JUPYTER_TOKEN": token,
        "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings"),
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--notebook-dir", str(project / "notebooks"), "--no-browser",
        "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
        "--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly",
    ]  # fmt: skip
    with (tmp_path / "lab.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/api?token={token}", server, tmp_path / "lab.log")
            yield f"http://127.0.0.1:{port}/lab/tree/03_comparison.ipynb?token={token}"
        finally:
            server.terminate()
            server.wait(timeout=20)


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


@pytest.mark.browser
def test_the_comparison_runs_cell_by_cell_in_jupyterlab(lab: str, chromium_path: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=BROWSER_FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(lab)
        page.wait_for_function(READY, timeout=RUN_MILLISECONDS)
        page.evaluate(CLEAR)
        assert page.evaluate(OUTPUTS) == []
        page.evaluate(RUN_ALL)
        page.wait_for_function(FINISHED, timeout=RUN_MILLISECONDS)
        outputs: list[dict[str, Any]] = page.evaluate(OUTPUTS)
        shown = page.locator("figure.tb-chart img, table.tb-table").count()
        browser.close()
    assert outputs and not [o for o in outputs if o["output_type"] in ("error", "stream")]
    assert any("tb-table" in str(o.get("data", {}).get("text/html", "")) for o in outputs)
    assert shown > 0
