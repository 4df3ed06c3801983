"""A Jupyter kernel of the running interpreter, in an environment that makes its output repeatable.

Installed kernel specifications are not used: a "python3" in the user's own folder may belong to another
environment, with other versions or without this package.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

import tallybook

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


class OwnKernelManager(AsyncKernelManager):
    """Starts ``sys.executable`` as the kernel, whatever kernel the notebook names."""

    def __init__(self, **traits: Any) -> None:
        # ipykernel 7.4 prints a line about plain TCP at each start unless the link is encrypted.
        if self.has_trait("transport_encryption"):
            traits.setdefault("transport_encryption", "auto")
        super().__init__(**traits)

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(resource_dir="", **get_kernel_dict())


def kernel_environment(profile: Path) -> dict[str, str]:
    """Environment variables of a kernel. ``profile``: an empty folder for IPython's own files.

    So the user's IPython start-up files are not run. The kernel imports the package that runs now, even if
    that was found through a relative PYTHONPATH.
    """
    package_home = str(Path(tallybook.__file__).resolve().parents[1])
    search_path = [package_home, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {
        **os.environ,
        **FIXED_ENVIRONMENT,
        "IPYTHONDIR": str(profile),
        "PYTHONPATH": os.pathsep.join(search_path),
    }
