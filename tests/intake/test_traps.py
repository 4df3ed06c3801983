"""What falsifies a figure before it is read: each is read right or left alone, and marked in both cases.

All sentences are made up.
"""

from __future__ import annotations

import pytest

from tallybook.intake.article_text import ArticleText, read_article

from .made_files import docx, paragraph, pdf, run

for package in ("lxml", "pypdfium2", "trafilatura"):
    pytest.importorskip(package)

UP, DOWN = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'


def page(inner: str, head: str = "") -> ArticleText:
    """A page of one paragraph among others."""
    more = "<p>The miller of the town said so on Monday, and his wife said it on Tuesday as well.</p>"
    html = f"<html><head>{head}</head><body><article>{more}<p>{inner}</p>{more}</article></body></html>"
    return read_article(html.encode(), kind="html")


def first(found: ArticleText) -> str:
    return found.paragraphs[1].text if len(found.paragraphs) > 2 else found.paragraphs[0].text


def marks(found: ArticleText) -> list[str]:
    return [mark.kind for mark in found.marks]


HTML = [
    ("over 10<sup>6</sup> rounds", "over 10⁶ rounds", "superscript"),
    ("some 3.1 × 10<sup>−6</sup> g", "some 3.1 × 10⁻⁶ g", "superscript"),
    ("10<sup><span>1</span>2</sup> stars", "10¹² stars", "superscript"),
    ("3,400 km<sup>2</sup> of land", "3,400 km² of land", "superscript"),
    ("40 m<sup>-3</sup> of it", "40 m⁻³ of it", "superscript"),
    ("10<span style='vertical-align: super; font-size: 60%'>6</span> rounds", "10⁶ rounds", "superscript"),
    ("the 21<sup>st</sup> of 30", "the 21st of 30", None),
    ("10<sup>o</sup>C at night", "10°C at night", "superscript"),
    ("in a month<sup>1</sup> it sold 12", "in a month it sold 12", "footnote mark"),
    ("it is £12.<sup>50</sup> a day", "it is £12.50 a day", "superscript"),
    ("it is £12<sup>50</sup> a day", "it is £12.50 a day", "superscript"),
    ("it is $1,299.<sup>99</sup> now", "it is $1,299.99 now", "superscript"),
    ("it sold 12.<sup>3</sup> So", "it sold 12. So", "footnote mark"),
    ("it cost £12.<sup>3</sup> So", "it cost £12. So", "footnote mark"),
    ("in room.<sup>12</sup> It", "in room. It", "footnote mark"),
    ("some 12<sup>3</sup> loaves", "some 12 loaves", "footnote mark"),
    ("over $5.6<sup>4</sup> billion", "over $5.6 billion", "footnote mark"),
    ("over 10<sup><a href='#n6'>6</a></sup> loaves", "over 10 loaves", "footnote mark"),
    ("over 10<a href='#cite_note-6'><sup>6</sup></a> loaves", "over 10 loaves", "footnote mark"),
    ("over 12<sup>[7]</sup> loaves", "over 12 loaves", "footnote mark"),
    ("over 12<sup>a</sup> loaves", "over 12 loaves", "footnote mark"),
    ("over 12<sup>†</sup> loaves", "over 12 loaves", "footnote mark"),
    ("over 12<a class='footnote-ref' href='#fn:3'>3</a> loaves", "over 12 loaves", "footnote mark"),
    ("for $5<sup>99</sup> each", "for $5.99 each", "superscript"),
    ("CO<sub>2</sub> of 5 mills", "CO₂ of 5 mills", "subscript"),
    ("PM<sub>2.5</sub> in 3 towns", "PM2.5 in 3 towns", "subscript"),
    ("2<sup>1</sup>/<sub>2</sub> cups", "2 1/2 cups", "fraction"),
    ("2<sup>3</sup>⁄<sub>4</sub> cups", "2 3/4 cups", "fraction"),
    ("about <del>200</del><ins>260</ins> men", "about 260 men", "struck out"),
    ("about <s>200</s> 260 men", "about 260 men", "struck out"),
    ("about <span style='text-decoration:line-through'>200</span> 260 men", "about 260 men", "struck out"),
    ("cost $5.6<br>billion", "cost $5.6 billion", "line break"),
    ("a drop of 5\ufffd7 men", "a drop of 5\ufffd7 men", "replaced character"),
    ("1\u202e2 loaves", "12 loaves", "removed character"),
    ("1\x002 loaves", "1\ufffd2 loaves", "replaced character"),
    ("1,2\u00ad00 loaves of con\u00adtainers", "1,200 loaves of containers", None),
    ("minus &#150;5 degrees", "minus –5 degrees", None),
    ("over 1<span hidden>7</span>2 loaves", "over 12 loaves", None),
    ("over 1<span style='display: none'>7</span>2 loaves", "over 12 loaves", None),
    ("over $12 <span class='sr-only'>twelve dollars</span>each", "over $12 each", None),
    ("12<script>99</script> loaves<noscript>7</noscript>", "12 loaves", None),
]


@pytest.mark.parametrize(("inner", "text", "kind"), HTML)
def test_a_page(inner: str, text: str, kind: str | None) -> None:
    found = page(inner)
    assert first(found) == text
    assert (kind in marks(found)) if kind else not marks(found)


def test_a_class_that_the_page_itself_hides_or_raises() -> None:
    style = "<style>.q1, #z {display:none} p .up {color: red} .up{vertical-align:super}</style>"
    found = page("over 10<span class=up>6</span> <b class=q1>99</b><b id=z>7</b>men", style)
    assert first(found) == "over 10⁶ men"
    assert [left.words for left in found.left_out if left.reason == "hidden"] == ["99", "7"]


MARKDOWN = [
    ("over 10<sup>6</sup> rounds", "over 10⁶ rounds", "superscript"),
    ("over 10^6^ rounds", "over 10⁶ rounds", "superscript"),
    ("3,400 km<sup>2</sup> of land", "3,400 km² of land", "superscript"),
    ("CO~2~ of 5 mills", "CO₂ of 5 mills", "subscript"),
    ("in a month[^1] of 12", "in a month of 12", None),
    ("in a month<sup>1</sup> of 12", "in a month of 12", "footnote mark"),
    ("about ~~200~~ 260 men", "about 260 men", "struck out"),
    ("about <del>200</del>260 men", "about 260 men", "struck out"),
    ("cost $5.6\nbillion", "cost $5.6 billion", "line break"),
    ("some 1,000 con-\ntainers", "some 1,000 containers", "line-end hyphen"),
    ("some 40-\nyear-old mills", "some 40-year-old mills", "line-end hyphen"),
    ("5&nbsp;000 &times; 3", "5\u00a0000 × 3", None),
]


@pytest.mark.parametrize(("source", "text", "kind"), MARKDOWN)
def test_markdown(source: str, text: str, kind: str | None) -> None:
    found = read_article(source.encode(), kind="md")
    assert found.text == text
    assert (kind in marks(found)) if kind else not marks(found)


PLAIN = [
    ("It cost $5.6\nbillion in all.", "It cost $5.6 billion in all.", "line break"),
    ("It cost 12\nmillion in all, or more", "It cost 12 million in all, or more", "line break"),
    ("some 1,000 con-\ntainers came", "some 1,000 containers came", "line-end hyphen"),
    ("some 1,000 con\u00ad\ntainers came", "some 1,000 containers came", "line-end hyphen"),
    ("forty-\nfive men", "forty-five men", "line-end hyphen"),
    ("nearly two-\nthirds of them", "nearly two-thirds of them", "line-end hyphen"),
    ("40-\nyear-old mills", "40-year-old mills", "line-end hyphen"),
    ("a self-\nemployed baker sold 12", "a self-employed baker sold 12", "line-end hyphen"),
    ("a break-\neven of 12; it breakeven", "a breakeven of 12; it breakeven", "line-end hyphen"),
    ("a break-\neven of 12; it break-even", "a break-even of 12; it break-even", "line-end hyphen"),
    ("over 1\u20282 men", "over 1 2 men", None),
    ("over 1\u20662\u2069 men", "over 12 men", "removed character"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text", "kind"), PLAIN)
def test_plain_text(source: str, text: str, kind: str | None) -> None:
    found = read_article(source.encode(), kind="txt")
    assert found.text == text
    assert (kind in marks(found)) if kind else not marks(found)


def test_short_lines_of_a_list_stay_apart_and_an_open_end_is_marked() -> None:
    found = read_article(b"Deaths: 40\nWounded: 30\nMissing: about\n12\n")
    assert [p.text for p in found.paragraphs] == ["Deaths: 40", "Wounded: 30", "Missing: about", "12"]
    assert marks(found) == ["line break", "line break"]


@pytest.mark.parametrize(
    ("header", "charset", "read_as"),
    [
        ("text/plain; charset=utf-8", "cp1252", "cp1252"),
        ("text/plain; charset=iso-8859-1", "utf-8", "utf-8"),
        ("text/plain; charset=windows-1252", "utf-8", "utf-8"),
        ("text/plain; charset=nonsense", "cp1252", "cp1252"),
        (None, "cp1252", "cp1252"),
        ("text/plain; charset=us-ascii", "utf-8", "utf-8"),
    ],
)
def test_a_wrong_charset_is_told(header: str | None, charset: str, read_as: str) -> None:
    raw = "They sold 5–7 loaves for €12 – no more.".encode(charset)
    found = read_article(raw, content_type=header)
    assert found.text == "They sold 5–7 loaves for €12 – no more."
    assert len(found.notes) == 1 and f"read as {read_as}" in found.notes[0]
    assert "guessed charset" in marks(found)


@pytest.mark.parametrize(
    ("header", "charset"),
    [("charset=latin-1", "cp1252"), ("charset=utf-8", "utf-8"), ("charset=koi8-u", "koi8-u"), (None, "utf-8"),
     ("charset=shift_jis", "shift_jis"), ("charset=utf-16", "utf-16")],
)  # fmt: skip
def test_a_right_charset_needs_no_word(header: str | None, charset: str) -> None:
    text = {"koi8-u": "Продали 12 хлібів", "shift_jis": "パン12個"}.get(charset, "They sold 5–7 €")
    found = read_article(text.encode(charset), kind="txt", content_type=header)
    assert (found.text, found.notes, found.marks) == (text, (), ())


def test_a_page_may_name_its_charset_itself() -> None:
    html = "<meta charset=windows-1251><p>Продали понад 12 хлібів за день, сказав пекар.</p>"
    assert "понад 12 хлібів" in read_article(html.encode("cp1251"), kind="html").text
    wrong = "<meta charset=utf-8><p>They sold 5–7 loaves.</p>".encode("cp1252")
    found = read_article(wrong, kind="html")
    assert found.text == "They sold 5–7 loaves." and "guessed charset" in marks(found)


def test_a_few_broken_bytes_do_not_break_the_rest() -> None:
    raw = "Ось – “12” хлібів".encode() + b" 5\xff7 loaves"
    found = read_article(raw, content_type="text/plain; charset=utf-8")
    assert found.text == "Ось – “12” хлібів 5\ufffd7 loaves"
    assert "replaced character" in marks(found)


DOCX = [
    (run("over 10") + run("6", UP) + run(" rounds"), "over 10⁶ rounds", "superscript"),
    (run("over 10") + run("6", '<w:rStyle w:val="Up"/>'), "over 10⁶", "superscript"),
    (run("over 10") + run("6", '<w:position w:val="8"/>'), "over 10⁶", "superscript"),
    (run("a month") + run("1", UP) + run(" of 12"), "a month of 12", "footnote mark"),
    (run("CO") + run("2", DOWN), "CO₂", "subscript"),
    (run("2") + run("1", UP) + run("/") + run("2", DOWN) + run(" cups"), "2 1/2 cups", "fraction"),
    (
        run("about ")
        + f"<w:del>{run('200', tag='delText')}</w:del><w:ins>{run('260')}</w:ins>"
        + run(" men"),
        "about 260 men",
        "tracked change",
    ),
    (run("1") + f"<w:ins>{run('5')}</w:ins>" + run(",000 men"), "15,000 men", "tracked change"),
    (
        f"<w:moveFrom>{run('12 men ')}</w:moveFrom>" + run("and ") + f"<w:moveTo>{run('12 men')}</w:moveTo>",
        "and 12 men",
        "tracked change",
    ),
    (run("about ") + run("200", "<w:strike/>") + run(" 260"), "about 260", "struck out"),
    (run("about ") + run("260", '<w:strike w:val="0"/>'), "about 260", None),
    (run("$5.6") + "<w:r><w:br/></w:r>" + run("billion"), "$5.6 billion", "line break"),
    (run("1") + run("7", "<w:vanish/>") + run("2 men"), "12 men", None),
    (run("5") + '<w:r><w:sym w:font="Symbol" w:char="F0B1"/></w:r>' + run("2"), "5±2", None),
    (
        run("5") + '<w:r><w:sym w:font="Wingdings" w:char="F0AA"/></w:r>' + run("2"),
        "5\ufffd2",
        "replaced character",
    ),
    (run("5") + "<w:r><w:tab/></w:r>" + run("7 men"), "5 7 men", None),
    (run("20") + "<w:r><w:softHyphen/></w:r>" + run("26 men"), "2026 men", None),
    (f"<w:hyperlink>{run('12')}</w:hyperlink>" + run(" men"), "12 men", None),
    (f"<w:sdt><w:sdtContent>{run('12')}</w:sdtContent></w:sdt>" + run(" men"), "12 men", None),
    ("<w:r><w:instrText> PAGE 99 </w:instrText></w:r>" + run("12 men"), "12 men", None),
]


@pytest.mark.parametrize(("inner", "text", "kind"), DOCX)
def test_docx(inner: str, text: str, kind: str | None) -> None:
    found = read_article(docx(paragraph(inner)))
    assert found.text == text
    assert (kind in marks(found)) if kind else not marks(found)


def test_a_formula_of_a_docx_keeps_its_power() -> None:
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    power = (
        f"<m:oMath {math}><m:r><m:t>3×</m:t></m:r><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    assert read_article(docx(paragraph(run("over ") + power + run(" men")))).text == "over 3×10⁶ men"


def test_a_paragraph_whose_end_was_taken_out_goes_on() -> None:
    first_part = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('It cost $5.6 ')}</w:p>"
    assert read_article(docx(first_part + paragraph(run("billion.")))).text == "It cost $5.6 billion."


def test_a_pdf_puts_together_what_its_lines_part() -> None:
    lines = ["The town has 1,000 con-", "tainers, which cost $5.6", "billion for its forty-"]
    lines += ["five mills and 40-", "year-old men in all."]
    found = read_article(pdf([(72, 700 - 12 * n, 10, line) for n, line in enumerate(lines)]))
    whole = (
        "The town has 1,000 containers, which cost $5.6 billion for its forty-five mills and 40-year-old men"
    )
    assert found.text == f"{whole} in all."
    assert sorted(set(marks(found))) == ["line break", "line-end hyphen"]


def test_a_pdf_reads_a_column_after_the_other_however_it_is_written() -> None:
    left = [
        "The first column has the words of",
        "a story that goes to its foot with",
        "12 men in it, and then it goes",
    ]
    right = ["on in the second one, which says", "that 40 more men had come to the", "town by the evening."]
    wanted = " ".join(left + right)
    rows = [[(x, 700 - 12 * n, 10, side[n]) for n in range(3)] for x, side in ((72, left), (320, right))]
    across = [shown for beside in zip(*rows, strict=True) for shown in beside]
    down = rows[0] + rows[1]
    assert read_article(pdf(across)).text == wanted  # type: ignore[arg-type]
    assert read_article(pdf(down)).text == wanted  # type: ignore[arg-type]


def test_the_rows_of_a_table_in_a_pdf_stay_rows() -> None:
    rows = [("Town", "Loaves"), ("Ada", "1,200"), ("Bix", "340")]
    shown = [
        (72 + 150 * at, 700 - 14 * n, 10, cell) for n, row in enumerate(rows) for at, cell in enumerate(row)
    ]
    found = read_article(pdf(shown))  # type: ignore[arg-type]
    assert [(p.text, p.kind) for p in found.paragraphs] == [
        ("Town | Loaves", "table"), ("Ada | 1,200", "table"), ("Bix | 340", "table"),
    ]  # fmt: skip


def test_running_heads_and_page_numbers_part_no_paragraph() -> None:
    pages = [
        [(72, 800, 9, f"The Daily, 3 May, page {n}"), (72, 700, 10, words), (290, 30, 9, str(n))]
        for n, words in enumerate(
            ["The mill of the town sold 12", "million loaves in all, and so", "it went on."], 1
        )
    ]
    found = read_article(pdf(*pages))  # type: ignore[arg-type]
    assert found.text == "The mill of the town sold 12 million loaves in all, and so it went on."
    assert {left.reason for left in found.left_out} == {"head or foot of a page"}


def test_the_footnote_of_a_pdf_hangs_on_its_number() -> None:
    shown = [
        (72, 700, 10, "The mill of the town sold twelve loaves in a month"), (289.6, 704, 6, "1"),
        (293.5, 700, 10, ". So it was said."), (72, 100, 6, "1"),
        (76, 96, 8, "The mill's sheet, with 7 pages."),
    ]  # fmt: skip
    found = read_article(pdf(shown))  # type: ignore[arg-type]
    assert "7 pages" not in found.text
    assert [(n.kind, n.text) for n in found.annotations] == [("footnote", "The mill's sheet, with 7 pages.")]
    assert found.text[: found.annotations[0].start].endswith("in a month")
