"""What a page of the site may contain: tags, attributes, addresses and style functions.

Anything that is not listed here stops the report and is named. A page that needs more must add it here.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The inside of a page.
PLAIN_TAGS = _words(
    """abbr article aside b bdi bdo blockquote br caption cite code dd del dfn div dl dt em figcaption figure
    fieldset footer h1 h2 h3 h4 h5 h6 header hr i ins kbd legend main mark nav p pre q s samp section small
    span strong sub summary sup table tbody tfoot thead tr u ul var wbr"""
)
EVERYWHERE = _words("class id lang dir title role tabindex")  # and aria-*
TAGS_WITH_ATTRIBUTES = {
    "a": _words("href rel download hreflang"),
    "details": _words("open"),
    "img": _words("src alt width height"),
    "input": _words("name checked"),
    "label": _words("for"),
    "li": _words("value"),
    "ol": _words("start"),
    "td": _words("colspan rowspan headers data-label"),
    "th": _words("colspan rowspan headers scope"),
    "time": _words("datetime"),
}
EXACT_VALUES = {"input": {"type": {"radio"}}}
OUTSIDE = re.compile(r"(?:https?://|mailto:)[^\s\\]+")

# Drawings in the page: the row of a chart.
PRESENTATION = _words(
    """fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit opacity color display visibility transform font-family
    font-size font-style font-weight text-anchor dominant-baseline vector-effect"""
)
DRAWING_TAGS = {
    "svg": _words("x y width height viewBox preserveAspectRatio xmlns focusable"),
    "g": frozenset[str](),
    "rect": _words("x y width height rx ry"),
    "line": _words("x1 y1 x2 y2"),
    "circle": _words("cx cy r"),
    "path": _words("d"),
    "text": _words("x y dx dy"),
    "title": frozenset[str](),
}

# Drawings as a picture: <img src="data:image/svg+xml;base64,…">.
PICTURE_ELEMENTS = _words(
    """svg g defs symbol use title desc metadata style path rect line circle ellipse polyline polygon text
    tspan clipPath linearGradient radialGradient stop"""
)
PICTURE_ATTRIBUTES = _words(
    """id class type version viewBox preserveAspectRatio role width height d points pathLength x y dx dy x1 y1
    x2 y2 cx cy r rx ry offset clipPathUnits gradientUnits gradientTransform
    {http://www.w3.org/XML/1998/namespace}space {http://www.w3.org/XML/1998/namespace}lang"""
)
PICTURE_STYLES = PRESENTATION | _words("style clip-path clip-rule stop-color stop-opacity")
# What matplotlib writes into the <metadata> of a drawing; browsers ignore it.
DESCRIBING_NAMESPACES = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/elements/1.1/",
)

# Styles, in the head and in pictures.
AT_RULES = _words("bottom-right media page supports")
STYLE_FUNCTIONS = _words(
    """attr calc clamp color-mix counter fit-content has hsl hsla inset is lang light-dark matrix max min
    minmax not nth-child nth-of-type repeat rgb rgba rotate scale skewx skewy translate var where"""
)

# The head, which only our templates write. Values have no bracket and no quotation mark, so that every
# parser reads them alike.
_POLICY = (
    r"default-src 'none'; img-src data:; style-src 'sha256-(?P<digest>[A-Za-z0-9+/]{43}=)'; "
    r"base-uri 'none'; form-action 'none'"
)
HEAD = re.compile(
    r'(?P<charset><meta charset="utf-8">)'
    rf'|(?P<policy><meta http-equiv="Content-Security-Policy" content="{_POLICY}">)'
    r'|(?P<other><meta name="viewport" content="width=device-width, initial-scale=1">'
    r'|<meta name="color-scheme" content="light dark">'
    r'|<meta name="referrer" content="no-referrer">'
    r'|<meta name="(?:generator|description)" content="[^"<>]*">'
    r'|<meta property="og:(?:type|title|url|image|image:alt)" content="[^"<>]*">'
    r'|<meta name="twitter:card" content="summary_large_image">'
    r'|<link rel="icon" href="data:,">)'
    r"|<title>(?P<title>[^<>]+)</title>"
    r"|<style>(?P<style>[^<]*)</style>"
    r'|<script type="application/ld\+json">(?P<data>[^<]*)</script>'
    r"|(?P<space>\s+)"
)
