"""A finished picture: the figure, its SVG, and the words that stand for it."""

from __future__ import annotations

import base64
import html
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG

from tallybook.charts.style import PALETTE, RC
from tallybook.markup import text_as_html

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Chart:
    """One picture.

    ``figure``: the matplotlib figure; ``alt``: what it shows, for who cannot see it, made from the
    rows that draw it; ``caption``: what each mark is; ``data``: the rows drawn; ``svg``: a whole
    SVG document, byte-identical for the same rows, light or dark as the reader's device asks.
    """

    figure: Figure
    title: str
    alt: str
    caption: str
    data: pd.DataFrame
    svg: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "svg", _svg(self.figure, self.title, self.alt))

    def _repr_html_(self) -> str:
        """For a notebook: an image that loads nothing, with its alt text and caption, escaped."""
        data = base64.b64encode(self.svg.encode()).decode()
        return (
            f'<figure class="tb-chart"><img alt="{html.escape(self.alt)}" '
            f'src="data:image/svg+xml;base64,{data}">'
            f"<figcaption>{text_as_html(self.caption)}</figcaption></figure>"
        )


_COMMENT = re.compile(r"<!--[^<>]*-->")
_METADATA = re.compile(r"<metadata>[^\x00]*?</metadata>")
_BETWEEN_TAGS = re.compile(r">\s+<")
_WHITE_SPACE = re.compile(r"\s+")
_FIRST_TAG = re.compile(r"<svg [^<>]*>")
_GROUP_ID = re.compile(r'<g id="[^"]*">')
_GLYPH_PLACE = re.compile(r' transform="translate\(([-\d.]+) 0\)"')
_GLYPH_ID = re.compile(r'id="(DejaVuSans[-\w]*)"')
_GLYPH_NAME = re.compile(r'(xlink:href="#|id=")(DejaVuSans[-\w]*)"')
_PLACES = re.compile(r' (?:d|x|y)="[^"]*"|translate\([^()]*\)')
_LONG_NUMBER = re.compile(r"\d+\.\d{3,}")
_LONE_GROUP = re.compile(r"<g>(<(?:path|use) [^<>]*/>)</g>")
_STYLE = re.compile(r'style="[^"<>]*"')
_AROUND_COMMAND = re.compile(r" ?([A-Za-z]) ?")


def _svg(figure: Figure, title: str, alt: str) -> str:
    """Saves the figure, makes it small, and gives it its two colour schemes."""
    buffer = io.StringIO()
    with matplotlib.rc_context(dict(RC)):
        FigureCanvasSVG(figure).print_svg(
            buffer, metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    text = buffer.getvalue()
    text = _schemed(_small(text[text.index("<svg ") :]))
    head = _FIRST_TAG.match(text)
    if head is None:
        raise RuntimeError("matplotlib wrote an SVG whose first tag is not <svg …>")
    opening = f'{head.group()[:-1]} role="img" aria-label={quoteattr(alt)}>'
    return f"{opening}<title>{escape(title)}</title>{_style_sheet()}{text[head.end() :]}\n"


def _small(text: str) -> str:
    """The same picture in half the bytes: pages of a report carry many of them.

    Glyphs get short names and a plain ``x`` in whole units (a twentieth of a point); places are
    rounded to a hundredth of a point; comments, metadata and names of groups go.
    """
    text = _COMMENT.sub("", _METADATA.sub("", text))
    text = _WHITE_SPACE.sub(" ", _BETWEEN_TAGS.sub("><", text))
    text = _GROUP_ID.sub("<g>", text)
    text = _GLYPH_PLACE.sub(lambda found: f' x="{round(float(found.group(1)))}"', text)
    short = {name: f"g{number:x}" for number, name in enumerate(dict.fromkeys(_GLYPH_ID.findall(text)))}
    text = _GLYPH_NAME.sub(lambda found: f'{found.group(1)}{short[found.group(2)]}"', text)
    text = text.replace("xlink:href=", "href=")
    text = _LONE_GROUP.sub(r"\1", text)
    text = _STYLE.sub(lambda found: _short_style(found.group()), text)
    return _PLACES.sub(_short_places, text)


def _short_style(style: str) -> str:
    return style.replace("stroke-dashoffset: 0;", "").replace("; ", ";").replace(": ", ":")


def _short_places(found: re.Match[str]) -> str:
    rounded = _LONG_NUMBER.sub(
        lambda number: f"{float(number.group()):.2f}".rstrip("0").rstrip("."), found.group()
    )
    if rounded.startswith(' d="'):
        return ' d="' + _AROUND_COMMAND.sub(r"\1", rounded[4:])
    return rounded


def _schemed(text: str) -> str:
    """Each colour of the palette gets its variable; the plain colour stays for viewers without them."""
    role_at = {light: role for role, (light, _) in PALETTE.items()}
    return re.sub(
        r"(fill|stroke): ?(#[0-9a-f]{6})",
        lambda found: (
            f"{found.group(1)}:{found.group(2)};{found.group(1)}:var(--{role_at[found.group(2)]})"
            if found.group(2) in role_at
            else found.group()
        ),
        text,
    )


def _style_sheet() -> str:
    light = "".join(f"--{role}:{colours[0]};" for role, colours in PALETTE.items())
    dark = "".join(f"--{role}:{colours[1]};" for role, colours in PALETTE.items())
    return (
        f"<style>svg{{color-scheme:light dark;{light}}}"
        f"@media (prefers-color-scheme:dark){{svg{{{dark}}}}}"
        f"@media print{{svg{{{light}}}}}</style>"
    )
