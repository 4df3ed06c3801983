"""A suite: a folder with a book, notebooks, a report and tests of its own, and no repository around it.

make_suite(Path("desk"), suite_files(own_wheel()))   # what ``tallybook init desk`` does
"""

from __future__ import annotations

from tallybook.suite.contents import suite_files
from tallybook.suite.errors import SuiteError
from tallybook.suite.folder import make_suite
from tallybook.suite.wheel import Wheel, own_wheel

__all__ = ["SuiteError", "Wheel", "make_suite", "own_wheel", "suite_files"]
