"""What can go wrong while a report is made, told in one message to the person who can mend it."""

from __future__ import annotations


class ReportError(Exception):
    """The report was not made; what stood there before is untouched. ``str()`` is the whole message."""


class NotebookError(ReportError):
    """One or more notebooks did not run to their end, or made a page that must not be published."""
