"""What a page may hold, and by which words everything else is refused."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tallybook.book.records import Imprint
from tallybook.report.addresses import from_page
from tallybook.report.check import anchors, faults
from tallybook.report.footing import footing
from tallybook.report.pages import Menu, index_page
from tallybook.report.policy import policy_of
from tallybook.report.runs import Run
from tallybook.report.site import compose
from tallybook.tables.case import Case

from .made_up import FIGURE, SVG, notebook, says, shows

PAGE = index_page([], [], Menu([]), footing(Imprint(), []))
FILES = {name: frozenset({"part"}) for name in ("index.html", "other.html", "data/a.csv", "method.html")}
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def page(inside: str = "", head: str = "", style: str = "") -> str:
    """A page of our templates with this at the end of its content, its head or its style sheet."""
    before = PAGE.partition("<style>")[2].partition("</style>")[0]
    return (
        PAGE.replace("</main>", f"{inside}</main>")
        .replace("</head>", f"{head}</head>")
        .replace("</style>", f"{style}</style>")
        .replace(policy_of(before), policy_of(before + style))
    )


def picture(svg: str, kind: str = "image/svg+xml") -> str:
    return f'<img alt="x" src="data:{kind};base64,{base64.b64encode(svg.encode()).decode()}">'


def drawing(inside: str = "", root: str = "", before: str = "") -> str:
    return picture(
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{root}>{inside}</svg>'
    )


def test_a_page_of_the_templates_is_good() -> None:
    assert faults(PAGE, FILES) == []


def test_the_pages_of_a_case_with_hostile_text_in_every_place_are_good(case: Case) -> None:
    prose = (
        "# A\n\n*b* `c` ~~d~~ <br> 1 < 2 & 3\n\n|e|f|\n|:-|-:|\n|1|2|\n\n```python\nx = 1\n```\n\n***\n\n> g"
    )
    cells = says(prose), shows(FIGURE)
    executed = {
        run: notebook(*cells) for run in (Run(Path("a.ipynb")), Run(Path("a.ipynb"), case.id, given=True))
    }
    made = compose(executed, [case])
    places = {name: anchors(content.decode()) for name, content in made.items() if name.endswith(".html")}
    for name, content in made.items():
        if name.endswith(".html"):
            files = {from_page(file, name): places.get(file, frozenset()) for file in made}
            assert faults(content.decode(), files) == []


def test_line_ends_of_any_system_are_one() -> None:
    assert faults(page("<p>a\r\nb\rc</p>").replace("\n", "\r\n"), FILES) == []


@pytest.mark.parametrize(
    "good",
    [
        '<p lang="ko" dir="ltr" aria-label="x">a<br>b &amp; c &lt;script&gt; &nbsp; é “x”</p>',
        '<a href="other.html#part" rel="next">x</a><a href="data/a.csv" download>y</a>',
        '<a href="https://paper.example/a?b=1&amp;c=2#d">x</a><a href="mailto:desk@paper.example">y</a>',
        "<details open><summary>x</summary><pre>\n\n  a\n</pre></details>",
        '<table><caption>c</caption><thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><td colspan="2">b</td></tr></tbody></table>',
        '<svg role="img" width="100%" height="12"><title>200 to 300</title><g fill="none" class="is-agrees">'
        '<rect x="10%" width="30%" height="8" fill="var(--agree)"/><line x1="0" x2="100%" stroke="#ccc"/>'
        '<circle cx="50%" cy="6" r="3" transform="translate(0 1)"/><path d="M0 0L1 1"/><text x="1">a</text>'
        "</g></svg>",
        picture(SVG.decode()),
        picture("not looked into", kind="image/png"),
        drawing(
            '<defs><clipPath id="c"><path id="p" d="M0 0"/></clipPath><style>*{fill:var(--a)}</style></defs>'
            '<use xlink:href="#p" clip-path="url(#c)" style="clip-path:url(\'#c\')"/><title>t</title>',
            before='<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
            '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<!-- a comment -->',
        ),
    ],
)
def test_what_a_page_may_hold(good: str) -> None:
    assert faults(page(good), FILES) == []


# Each attack, and a part of the message that must name it.
ATTACKS = [
    # scripts
    ("<script>alert(1)</script>", "has a <script>"),
    ("<ScRiPt/x>alert(1)</sCrIpT>", "has a <script>"),
    ('<p onclick="x()">y</p>', "a script in the attribute 'onclick' of a <p>"),
    ('<img alt="x" src="data:image/png;base64,AAAA" onerror=x()>', "a script in the attribute 'onerror'"),
    ('<img alt="x"/onerror=x()>', "a script in the attribute 'onerror'"),
    ('<details ontoggle="x()" open><summary>a</summary></details>', "'ontoggle' of a <details>"),
    ("<svg onload=x()></svg>", "a script in the attribute 'onload' of a <svg>"),
    ("<svg><script>alert(1)</script></svg>", "has a <script>"),
    ("<svg><animate attributeName=href values=javascript:x() /></svg>", "has a <animate>"),
    ("<svg><set attributeName=onmouseover to=x() /></svg>", "has a <set>"),
    ("<svg><foreignObject><p>x</p></foreignObject></svg>", "has a <foreignobject>"),
    ("<svg><title><img alt=x src=x onerror=x()></title></svg>", "has tags that do not fit|asks for|script"),
    ("<math><mtext><table><mglyph><style><img src=x onerror=x()>", "has a <math>"),
    ('<noscript><p title="</noscript><img src=x onerror=x()>"></noscript>', "has a <noscript>"),
    ("<template><p>x</p></template>", "has a <template>"),
    # links
    ('<a href="javascript:alert(1)">x</a>', "links to 'javascript:alert(1)'"),
    ('<a href=" JaVaScRiPt:alert(1)">x</a>', "links to ' JaVaScRiPt:alert(1)'"),
    ('<a href="java&#10;script:alert(1)">x</a>', "links to 'java\\nscript:alert(1)'"),
    ('<a href="&#1;javascript:alert(1)">x</a>', "links to 'javascript:alert(1)'"),
    ('<a href="vbscript:x">x</a>', "links to 'vbscript:x'"),
    ('<a href="data:text/html,x">x</a>', "links to 'data:text/html,x'"),
    ('<a href="file:///etc/passwd">x</a>', "links to 'file:///etc/passwd'"),
    ('<a href="//tracker.example">x</a>', "links to '//tracker.example'"),
    ('<a href="https:\\\\tracker.example">x</a>', "links to 'https:"),
    ('<a href="javascript:x" href="https://a.example">x</a>', "links to|on a <a>"),
    ('<map name=m><area href="javascript:alert(1)"></map>', "has a <area>"),
    ("<svg><a xlink:href='javascript:x'><text>x</text></a></svg>", "asks for another file: <a xlink:href="),
    ('<a href="index.html" ping="https://tracker.example">x</a>', "asks for another file: <a ping="),
    ('<a href="index.html" target="_blank">x</a>', "has target='_blank' on a <a>"),
    # other files
    ('<img alt="x" src="https://tracker.example/p.gif">', "asks for another file: <img src="),
    ('<img alt="x" src="p.gif">', "asks for another file: <img src="),
    (
        '<img alt="x" src="data:image/png;base64,AAAA" srcset="p.gif 2x">',
        "asks for another file: <img srcset=",
    ),
    ("<svg><image href=https://tracker.example/p.gif /></svg>", "has a <image>"),
    ("<svg><use href=https://tracker.example/s.svg#x /></svg>", "has a <use>"),
    ('<svg><rect fill="url(https://tracker.example/#x)" /></svg>', "has fill='url(https:"),
    ('<svg><rect fill="u\\72l(https://tracker.example/#x)" /></svg>', "has fill="),
    ("<svg><style>@import 'https://tracker.example'</style></svg>", "has a <style>"),
    ('<p style="background:url(https://tracker.example)">x</p>', "has style='background:url"),
    ('<div style="white-space: pre-wrap">x</div>', "has style='white-space: pre-wrap' on a <div>"),
    ('<p style="text-align:right">x</p>', "has style='text-align:right' on a <p>"),
    ('<svg><rect style="fill:red" /></svg>', "has style='fill:red' on a <rect>"),
    ("<style>p { color: red }</style>", "has a <style>"),
    ('<link rel="stylesheet" href="https://tracker.example/s.css">', "has a <link>"),
    ('<table background="p.gif"><tbody><tr><td>x</td></tr></tbody></table>', "<table background="),
    ('<video poster="p.gif"></video>', "has a <video>"),
    ('<object data="x.svg"></object>', "has a <object>"),
    ('<embed src="x.svg">', "has a <embed>"),
    ('<iframe srcdoc="x"></iframe>', "has a <iframe>"),
    # other ways to change the page or take the reader elsewhere
    ('<base href="https://tracker.example/">', "has a <base>"),
    ('<meta http-equiv="refresh" content="0;url=x">', "has a <meta>"),
    ('<form action="https://tracker.example"><button>x</button></form>', "has a <form>"),
    ('<input type="image" src="p.gif">', "asks for another file: <input src=|has type='image'"),
    ('<input type="text">', "has type='text' on a <input>"),
    ("<marquee>x</marquee>", "has a <marquee>"),
    ("<x-custom>x</x-custom>", "has a <x-custom>"),
    ('<p is="x-p">x</p>', "has is='x-p' on a <p>"),
    ('<p tabindex="5">x</p>', "has tabindex='5' on a <p>"),
    ('<p contenteditable="true">x</p>', "has contenteditable='true'"),
    # what parsers do not agree on
    ("<!-- <p>x</p> -->", "has a comment"),
    ("<!--><img src=x onerror=x()>-->", "has "),
    ("<![CDATA[<img src=x onerror=x()>]]>", "has a"),
    ("<?php x ?>", "has a processing instruction"),
    ("<!DOCTYPE html>", "has a declaration"),
    ("<plaintext>", "has a <plaintext>"),
    ("<textarea><p title='</textarea><img src=x onerror=x()>'>", "has a <textarea>"),
    ("<p>a<div>b</div></p>", "has tags that do not fit together"),
    ("<table><tbody><tr><td>x</td></tr></tbody>y</table>", "has tags that do not fit together"),
    ("<p>never closed", "has tags that do not fit together"),
    ("</body></html><p>x</p>", "has a <body>"),
    ("<p>a\0b</p>", "has tags that do not fit together"),
    ("<div/><p>x</p>", "has tags that do not fit together"),
]


@pytest.mark.parametrize(("attack", "named"), ATTACKS, ids=[attack for attack, _ in ATTACKS])
def test_what_no_page_may_hold(attack: str, named: str) -> None:
    found = faults(page(attack), FILES)
    assert any(part in fault for fault in found for part in named.split("|")), found


@pytest.mark.parametrize(
    ("attack", "named"),
    [
        (drawing("<script>alert(1)</script>"), "has a drawing with a <script>"),
        (
            drawing(f"<script {XHTML}>alert(1)</script>"),
            "has a drawing with a <{http://www.w3.org/1999/xhtml}script>",
        ),
        (drawing("<foreignObject/>"), "has a drawing with a <foreignObject>"),
        (drawing("<animate/>"), "has a drawing with a <animate>"),
        (drawing("<a/>"), "has a drawing with a <a>"),
        (drawing(root=' onload="x()"'), "has a drawing with the attribute 'onload' on a <svg>"),
        (drawing('<image xlink:href="https://tracker.example/p.gif"/>'), "has a drawing with a <image>"),
        (drawing('<use xlink:href="https://tracker.example/s.svg#x"/>'), "asks for another file: <use href="),
        (drawing('<use href="data:image/svg+xml,x#x"/>'), "asks for another file: <use href="),
        (drawing("<style>@import 'https://tracker.example';</style>"), "has a style with @import"),
        (drawing("<style>@font-face{src:url(x)}</style>"), "has a style with @font-face"),
        (
            drawing('<path style="fill:url(https://tracker.example/#x)"/>'),
            "asks for another file: url(https:",
        ),
        (
            drawing("<path fill=\"url('https://tracker.example/#x')\"/>"),
            "has a style with the function url()",
        ),
        (drawing('<path style="fill:expression(x)"/>'), "has a style with the function expression()"),
        (drawing(before='<?xml-stylesheet href="https://tracker.example"?>'), "a processing instruction"),
        (drawing(before='<?xml version="1.0" encoding="utf-16"?>'), "a processing instruction"),
        (drawing("&a;", before='<!DOCTYPE svg [<!ENTITY a "b">]>'), "has a picture that cannot be read"),
        (drawing(before='<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x()">]>'), "the attribute 'onload'"),
        (picture("<svg>"), "has a picture that cannot be read"),
        (picture("<svg/>"), "has a drawing with a <svg>"),
        (picture("<html/>"), "has a drawing with a <html>"),
        ('<img alt="x" src="data:image/svg+xml;base64,?">', "has a picture that cannot be read"),
        ('<img alt="x" src="data:image/svg+xml,<svg/>">', "has a picture of another kind"),
        (picture("x", kind="image/jpeg"), "has a picture of another kind than PNG and SVG"),
        (picture("x", kind="text/html"), "has a picture of another kind than PNG and SVG"),
    ],
)
def test_what_no_drawing_may_hold(attack: str, named: str) -> None:
    found = faults(page(attack), FILES)
    assert any(named in fault for fault in found), found


@pytest.mark.parametrize(
    ("style", "named"),
    [
        ("p { background: url(https://tracker.example/p.gif) }", "asks for another file: url(https:"),
        ("p { background: u\\72l(https://tracker.example/p.gif) }", "asks for another file: url(https:"),
        (
            "p { background: var(--a, url(https://tracker.example/p.gif)) }",
            "asks for another file: url(https:",
        ),
        ("p { background: URL( 'https://tracker.example/p.gif' ) }", "the function URL()"),
        ("p { background: image-set('https://tracker.example/p.gif' 1x) }", "the function image-set()"),
        ("@import 'https://tracker.example/s.css';", "@import"),
        ("@IMPORT 'https://tracker.example/s.css';", "@IMPORT"),
        ("@media print { @font-face { font-family: x } }", "@font-face"),
        ("p { width: expression(x) }", "the function expression()"),
        ("p { color: red; } }", "cannot be read"),
        ("p { content: '<' }", "in its head what no template writes"),
    ],
)
def test_what_no_style_sheet_may_say(style: str, named: str) -> None:
    found = faults(page(style=style), FILES)
    assert any(named in fault for fault in found), found


@pytest.mark.parametrize(
    "head",
    [
        "<script>alert(1)</script>",
        '<link rel="stylesheet" href="https://tracker.example/s.css">',
        '<link rel="icon" href="https://tracker.example/i.png">',
        '<meta http-equiv="refresh" content="0;url=https://tracker.example">',
        '<meta http-equiv="Content-Security-Policy" content="default-src *">',
        '<meta name="referrer" content="unsafe-url">',
        '<base href="https://tracker.example/">',
        "<!-- x -->",
        "text",
        "</head><body onload=x()>",
        '<script type="application/ld+json">{"a": "</script><script>alert(1)"}</script>',
        '<script type="module">1</script>',
    ],
)
def test_what_no_head_may_hold(head: str) -> None:
    found = faults(page(head=head), FILES)
    assert any("in its head what no template writes" in fault for fault in found), found


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('<meta http-equiv="Content-Security-Policy"', '<meta name="description"', "policy that forbids"),
        ('<meta charset="utf-8">\n', "", "does not begin with its character set"),
        ("<title>", "<title>a</title><title>", "has 2 titles"),
        ("<!DOCTYPE html>", "", "one head and one body"),
        ("<body>", '<body onload="x()">', "one head and one body"),
        ("</html>\n", "</html>\n<script>alert(1)</script>\n", "one head and one body"),
    ],
)
def test_the_frame_of_a_page_is_that_of_the_templates(before: str, after: str, named: str) -> None:
    assert PAGE.count(before) == 1
    found = faults(PAGE.replace(before, after), FILES)
    assert any(named in fault for fault in found), found


def test_data_for_machines_must_be_json() -> None:
    script = '<script type="application/ld+json">{}</script>'
    assert faults(page(head=script.format('{"a": "\\u003cb"}')), FILES) == []
    assert faults(page(head=script.format("{'a'}")), FILES)[0].startswith("has data that are no JSON")


def test_a_style_that_the_policy_does_not_name_is_a_fault() -> None:
    changed = PAGE.replace("</style>", "p { color: red } </style>")
    assert faults(changed, FILES) == ["has a style that its policy does not allow by its digest"]


def test_a_link_to_a_place_that_another_page_lacks_is_a_fault() -> None:
    (fault,) = faults(page('<a href="other.html#gone">x</a>'), FILES)
    assert fault.startswith("links to 'gone' of other.html, which is not there")


def test_a_fault_says_below_which_heading_it_stands() -> None:
    assert faults(page("<h2>Who <em>said</em> it</h2><blink>x</blink>"), FILES) == [
        "has a <blink> (below the heading “Who said it”)"
    ]


def test_all_faults_of_a_page_are_told_at_once() -> None:
    found = faults(page('<blink>x</blink><p id="a" onclick="x">y</p><p id="a">z</p><h6>d</h6>'), FILES)
    assert len(found) == 4, found
