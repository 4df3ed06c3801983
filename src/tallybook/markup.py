"""Text as HTML that shows it as it stands: nothing in it is an element, a link or mathematics."""

from __future__ import annotations

import re
from html import escape

TEX_SIGN = "tb-sign"
"""Class of the elements that hold a ``$`` or a backslash each; a page without MathJax needs none."""

_TEX_SIGNS = re.compile(r"[$\\]")


def text_as_html(text: str) -> str:
    """For the inside of an element; an attribute needs ``html.escape`` alone.

    MathJax looks for mathematics in runs of text that no element interrupts, so that a ``$`` with an
    element of its own never opens a formula, whatever the page's settings and whichever classes its
    sanitiser lets through.
    """
    return _TEX_SIGNS.sub(rf'<span class="{TEX_SIGN}">\g<0></span>', escape(text))
