"""Packages that only some commands need: where one is missing, one message says how to get it."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from tallybook.book.problems import BookError, Problem


def extra(module: str, extra_name: str, what: str, name: str = "tallybook") -> ModuleType:
    """A module of an extra of this package. ``what`` cannot be done without it, for the file ``name``.

    BookError where it is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        package = module.partition(".")[0]
        message = f"{what} needs the package {package}. Install it: pip install 'tallybook[{extra_name}]'."
        raise BookError([Problem(name, 1, message)]) from None
