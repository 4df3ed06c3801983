"""A draft whose footnotes, endnotes and comments name the sources of its figures. All of it is made up."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from tallybook.intake.article_text import Annotation, ArticleText, read_article

from .made_files import docx, paragraph, part, run

pytest.importorskip("lxml")


def comment(id_: str, author: str, text: str, paragraph_id: str = "") -> str:
    told = f' w14:paraId="{paragraph_id}"' if paragraph_id else ""
    return f'<w:comment w:id="{id_}" w:author="{author}"><w:p{told}>{run(text)}</w:p></w:comment>'


def begin(id_: str) -> str:
    return f'<w:commentRangeStart w:id="{id_}"/>'


def end(id_: str) -> str:
    return f'<w:commentRangeEnd w:id="{id_}"/><w:r><w:commentReference w:id="{id_}"/></w:r>'


def words(found: ArticleText, note: Annotation) -> str:
    return found.text[note.start : note.end]


def test_a_comment_hangs_on_its_words_across_runs() -> None:
    body = paragraph(
        run("The mill ")
        + begin("3")
        + run("sold ")
        + run("1,2", "<w:b/>")
        + run("00 loaves")
        + end("3")
        + run(" in May.")
    )
    found = read_article(docx(body, comments=comment("3", "Ed", "Mill sheet, p. 4")))
    (note,) = found.annotations
    assert words(found, note) == "sold 1,200 loaves"
    assert (note.kind, note.text, note.author, note.resolved) == ("comment", "Mill sheet, p. 4", "Ed", False)


def test_a_comment_over_two_paragraphs_and_a_table() -> None:
    cells = "".join(f"<w:tc>{paragraph(run(words))}</w:tc>" for words in ("Ada", "340"))
    table = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    body = (
        paragraph(run("It sold ") + begin("1") + run("12 loaves."))
        + table
        + paragraph(run("And 30") + end("1") + run("."))
    )
    found = read_article(docx(body, comments=comment("1", "Ed", "?")))
    assert words(found, found.annotations[0]) == "12 loaves.\n\nAda | 340\n\nAnd 30"


def test_answers_and_what_is_done() -> None:
    body = paragraph(
        begin("1") + begin("2") + run("12 loaves") + end("1") + end("2") + begin("4") + run(" 30") + end("4")
    )
    made = docx(
        body,
        comments=comment("1", "Ed", "Source?", "A1")
        + comment("2", "Jo", "The sheet.", "A2")
        + comment("4", "Ed", "Ok", "A4"),
        commentsExtended='<w15:commentEx w15:paraId="A1" w15:done="1"/>'
        '<w15:commentEx w15:paraId="A2" w15:paraIdParent="A1" w15:done="0"/>'
        '<w15:commentEx w15:paraId="A4" w15:done="0"/>',
    )
    first, second = read_article(made).annotations
    assert (first.text, first.resolved, first.replies) == ("Source?", True, ("Jo: The sheet.",))
    assert (second.text, second.resolved, second.replies) == ("Ok", False, ())


def test_a_comment_without_words_stands_where_its_mark_is() -> None:
    body = paragraph(run("It sold 12") + '<w:r><w:commentReference w:id="1"/></w:r>' + run(" loaves"))
    (note,) = read_article(docx(body, comments=comment("1", "Ed", "?"))).annotations
    assert (note.start, note.end) == (10, 10)


def test_footnotes_and_endnotes_stand_behind_their_figures() -> None:
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{0}Reference w:id="2"/></w:r>'
    body = paragraph(
        run("It sold 12 loaves") + mark.format("footnote") + run(" and 30 rolls") + mark.format("endnote")
    )
    separator = '<w:{0} w:id="0" w:type="separator"><w:p/></w:{0}>'
    note = '<w:{0} w:id="2"><w:p><w:r><w:{0}Ref/></w:r>' + run(" {1}") + "</w:p></w:{0}>"
    made = docx(
        body,
        footnotes=separator.format("footnote")
        + note.format("footnote", "Mill sheet, https://mill.example/7"),
        endnotes=separator.format("endnote") + note.format("endnote", "Told by phone"),
    )
    found = read_article(made)
    assert found.text == "It sold 12 loaves and 30 rolls"
    assert [(n.kind, n.text, found.text[: n.start]) for n in found.annotations] == [
        ("footnote", "Mill sheet, https://mill.example/7", "It sold 12 loaves"),
        ("endnote", "Told by phone", "It sold 12 loaves and 30 rolls"),
    ]


def test_a_note_of_its_own_number_glues_nothing_to_a_figure() -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>7</w:t></w:r>'
    body = paragraph(run("It sold 12") + own + run(" loaves"))
    found = read_article(docx(body, footnotes=f'<w:footnote w:id="2"><w:p>{run("Sheet")}</w:p></w:footnote>'))
    assert found.text == "It sold 12 loaves" and found.annotations[0].text == "Sheet"


def test_a_note_on_words_that_were_taken_out_is_gone() -> None:
    gone = f'<w:del>{run("12", tag="delText")}<w:r><w:footnoteReference w:id="2"/></w:r></w:del>'
    body = paragraph(run("It sold ") + gone + run("some loaves"))
    found = read_article(docx(body, footnotes=f'<w:footnote w:id="2"><w:p>{run("Sheet")}</w:p></w:footnote>'))
    assert found.text == "It sold some loaves" and not found.annotations


def test_kinds_come_from_the_styles() -> None:
    body = (
        paragraph(run("Bread"), "Title") + paragraph(run("In May"), "Heading1") + paragraph(run("12 loaves"))
        + paragraph(run("Said one"), "Zitat") + paragraph(run("30 rolls"), "ListBullet")
    )  # fmt: skip
    found = read_article(docx(body))
    assert [p.kind for p in found.paragraphs] == ["heading", "heading", "text", "quote", "list"]
    assert found.title == "Bread"


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    inner = f"<w:txbxContent>{paragraph(run('99 in a box'))}</w:txbxContent>"
    either = f"<mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:r><mc:AlternateContent {mc}>{either}</mc:AlternateContent></w:r>"
    found = read_article(docx(paragraph(run("It sold 12") + box + run(" loaves."))))
    assert [p.text for p in found.paragraphs] == ["It sold 12 loaves.", "99 in a box"]


def test_footnotes_of_a_markdown_draft() -> None:
    source = (
        "It sold 12 loaves[^a], 30[^2] rolls.\n\n[^a]: Mill sheet,\n    [page 7](https://mill.example/a_b_c)\n"
        "[^2]: <https://x.example> told *so*\n"
    )
    found = read_article(source.encode(), kind="md")
    assert found.text == "It sold 12 loaves, 30 rolls."
    assert [(n.text, found.text[: n.start]) for n in found.annotations] == [
        ("Mill sheet, page 7 (https://mill.example/a_b_c)", "It sold 12 loaves"),
        ("https://x.example told so", "It sold 12 loaves, 30"),
    ]


def test_parts_are_found_where_the_document_says() -> None:
    """As some programs name them: comments2.xml, or a main part with another name in another folder."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    body = paragraph(begin("1") + run("12 loaves") + end("1"))
    made = zipfile.ZipFile(out := BytesIO(), "w")
    with made:
        link = '<Relationship Id="r1" Type="{}/{}" Target="{}"/>'
        for name, links in {
            "_rels/.rels": [("officeDocument", "/text/main.xml")],
            "text/_rels/main.xml.rels": [("comments", "../more/remarks.xml"), ("styles", "/nowhere.xml")],
        }.items():
            inner = "".join(link.format(kinds, *one) for one in links)
            space = "http://schemas.openxmlformats.org/package/2006/relationships"
            made.writestr(name, f'<Relationships xmlns="{space}">{inner}</Relationships>')
        made.writestr("text/main.xml", part("document", f"<w:body>{body}</w:body>"))
        made.writestr("more/remarks.xml", part("comments", comment("1", "Ed", "Mill sheet")))
    found = read_article(out.getvalue())
    assert found.text == "12 loaves" and [note.text for note in found.annotations] == ["Mill sheet"]
