"""Errors of making a report, each as one message for the person who can correct it."""

from __future__ import annotations


class ReportError(Exception):
    """The report could not be made or written. ``str()`` is the whole message."""


class NotebookError(ReportError):
    """One or more notebooks could not be read or run, or made a page that must not be published."""
