"""A Jupyter kernel of the running interpreter, in an environment that makes its output repeatable.

Installed kernel specifications are not used: a "python3" in the user's own folder may belong to another
environment, with other versions or without this package.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

import tallybook
from tallybook.report.serving import WITNESS
from tallybook.report.warm_client import WarmProcess

# Settings that would otherwise make two runs or two machines print something different.
FIXED_ENVIRONMENT = {
    "COLUMNS": "100",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "NO_COLOR": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
}
_LONGEST_SOCKET = 100
"""Bytes of the path of a socket; Linux takes 107, macOS 103."""
LOG = "asked.jsonl"
"""The file in a kernel's own folder to which its witness writes."""


class OwnKernelManager(AsyncKernelManager):
    """Starts ``sys.executable`` as the kernel, whatever kernel the notebook names."""

    warm: WarmProcess | None = None
    """What forks the kernel; None if it is started from nothing."""

    own: Path | None = None
    """The folder of its run, for the file that tells how to reach it; None: where Jupyter puts it."""

    def __init__(self, **traits: Any) -> None:
        if self.own is not None:
            traits.setdefault("connection_file", str(self.own / "kernel.json"))
        if self.own is not None and _has_room_for_sockets(self.own):
            traits.setdefault("transport", "ipc")
        # ipykernel 7.4 prints a line about plain TCP at each start unless the link is encrypted.
        elif self.has_trait("transport_encryption"):
            traits.setdefault("transport_encryption", "auto")
        super().__init__(**traits)
        if self.warm is not None:
            self.provisioner = _Forked(self.warm, kernel_spec=self.kernel_spec, parent=self)

    @property
    def kernel_spec(self) -> KernelSpec:
        argv = [sys.executable, "-m", "tallybook.report.serving", "-f", "{connection_file}"]
        return KernelSpec(resource_dir="", **{**get_kernel_dict(), "argv": argv})


def _has_room_for_sockets(own: Path) -> bool:
    """Whether a kernel can be reached by sockets in the folder of its run: nobody else on the machine reaches
    these, and no other program takes one before it, as happens with ports that were free a moment ago."""
    return os.name == "posix" and len(os.fsencode(own / "kernel-ipc-5")) <= _LONGEST_SOCKET


def manager_of(process: WarmProcess | None, own: Path) -> type[OwnKernelManager]:
    """What manages the kernel of a run, which this process forks. ``own``: the folder of the run."""
    return type("KernelManager", (OwnKernelManager,), {"warm": process, "own": own})


class _Forked(LocalProvisioner):
    """Has a kernel forked instead of started."""

    process: Any

    def __init__(self, warm: WarmProcess, **traits: Any) -> None:
        super().__init__(**traits)
        self._warm = warm

    async def launch_kernel(self, cmd: list[str], **given: Any) -> KernelConnectionInfo:
        self.process = await self._warm.start(cmd[3:], given["env"], given["cwd"])
        self.pid = self.pgid = self.process.pid
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Through the process that forked it: only that one knows whether it still runs."""
        if self.process is not None:
            self.process.send_signal(signum)


def kernel_environment(own: Path) -> dict[str, str]:
    """Environment variables of a kernel. ``own``: an empty folder, for IPython's files and the witness.

    So the user's IPython start-up files are not run. The kernel imports the package that runs now, even if
    that was found through a relative PYTHONPATH.
    """
    package_home = str(Path(tallybook.__file__).resolve().parents[1])
    search_path = [package_home, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {
        **os.environ,
        **FIXED_ENVIRONMENT,
        "IPYTHONDIR": str(own),
        WITNESS: str(own / LOG),
        "PYTHONPATH": os.pathsep.join(search_path),
    }
