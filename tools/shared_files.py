"""Puts the files that `tallybook init` copies into a suite (tallybook.suite.shared) into the wheel.

Not into the one of an editable installation, which finds them where they are written: a copy would grow old.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SharedFiles(BuildHookInterface[Any]):
    """``files`` of its section in pyproject.toml, each under its path below tallybook/suite/shared."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            packed = {name: f"tallybook/suite/shared/{name}" for name in self.config["files"]}
            build_data["force_include"].update(packed)
