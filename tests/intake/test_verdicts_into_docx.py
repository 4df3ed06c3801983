"""An annotated draft makes a case, and its verdicts come back as comments in a copy. All of it is made up."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tallybook.book.load import load_book
from tallybook.book.problems import BookError
from tallybook.book.records import Anchor
from tallybook.intake.article_text import Annotation, read_article
from tallybook.intake.docx_comments import Remark, commented

from .conftest import Run
from .made_files import docx, paragraph, run

pytest.importorskip("lxml")

DAY = "2025-06-20"


def remarked(
    body: str, *anchors: Anchor, **parts: str
) -> tuple[bytes, list[tuple[str, str]], tuple[str, ...]]:
    """(the copy, (words, comment) of each comment of ours, ids that were lost)"""
    raw = docx(body, **parts)
    remarks = [Remark(f"c{n}", anchor, (f"remark {n}",)) for n, anchor in enumerate(anchors)]
    made = commented(raw, "draft.docx", remarks, "tallybook", DAY)
    before, after = read_article(raw), read_article(made.raw)
    assert after.text == before.text
    ours = [note for note in after.annotations if note.author == "tallybook"]
    assert [note for note in after.annotations if note.author != "tallybook"] == list(before.annotations)
    return made.raw, [(after.text[note.start : note.end], note.text) for note in ours], made.lost


def anchor(exact: str, prefix: str = "", suffix: str = "", number: int = 1) -> Anchor:
    return Anchor(exact=exact, prefix=prefix, suffix=suffix, paragraph=number)


def test_words_in_one_run_across_runs_and_in_a_tracked_insertion() -> None:
    body = (
        paragraph(run("The mill sold 1,200 loaves in May.", "<w:i/>"))
        + paragraph(run("It sold ") + run("3", "<w:b/>") + run("00 rolls") + run(" in June."))
        + paragraph(run("And ") + '<w:ins w:id="9" w:author="Ed">' + run("40 buns, at least") + "</w:ins>")
    )
    _, found, lost = remarked(body, anchor("1,200 loaves"), anchor("300 rolls"), anchor("40 buns"))
    assert found == [("1,200 loaves", "remark 0"), ("300 rolls", "remark 1"), ("40 buns", "remark 2")]
    assert lost == ()


def test_two_comments_on_the_same_words_and_one_beside() -> None:
    body = paragraph(run("It sold 12 loaves and 30 rolls."))
    _, found, _ = remarked(body, anchor("12 loaves"), anchor("30 rolls"), anchor("12 loaves and 30 rolls"))
    assert sorted(words for words, _ in found) == ["12 loaves", "12 loaves and 30 rolls", "30 rolls"]


def test_of_equal_words_those_with_the_same_neighbours() -> None:
    body = paragraph(run("In May it sold 12 loaves, in June 12 loaves.")) + paragraph(run("Then 112 loaves."))
    raw, _, _ = remarked(body, anchor("12 loaves", prefix="in June "))
    (note,) = read_article(raw).annotations
    assert note.start == len("In May it sold 12 loaves, in June ")
    _, found, lost = remarked(
        paragraph(run("It sold 112 loaves or 12,000.")), anchor("12 loaves"), anchor("12")
    )
    assert (found, lost) == ([], ("c0", "c1"))


def test_words_that_were_struck_out_have_no_place() -> None:
    gone = '<w:del w:id="9" w:author="Ed">' + run("200 loaves", tag="delText") + "</w:del>"
    _, found, lost = remarked(paragraph(run("It sold ") + gone + run("260 loaves")), anchor("200 loaves"))
    assert (found, lost) == ([], ("c0",))


def test_comments_of_others_stay_and_ids_are_free() -> None:
    body = paragraph(
        '<w:commentRangeStart w:id="7"/>' + run("It sold 12 loaves")
        + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>' + run(".")
    )  # fmt: skip
    comments = f'<w:comment w:id="7" w:author="Ed"><w:p>{run("Source?")}</w:p></w:comment>'
    raw, found, _ = remarked(body, anchor("12 loaves"), comments=comments)
    assert found == [("12 loaves", "remark 0")]
    assert b'w:id="8"' in zipfile.ZipFile(BytesIO(raw)).read("word/comments.xml")


def test_all_other_parts_stay_as_they_are_and_the_new_one_is_announced() -> None:
    raw = docx(paragraph(run("It sold 12 loaves.")), footnotes="")
    copy = commented(raw, "d", [Remark("c", anchor("12 loaves"), ("<b>&", "x\x07y"))], "tallybook", DAY).raw
    old, new = zipfile.ZipFile(BytesIO(raw)), zipfile.ZipFile(BytesIO(copy))
    assert new.testzip() is None
    for name in set(old.namelist()) - {"word/document.xml", "[Content_Types].xml"}:
        assert old.read(name) == new.read(name)
    assert b"/word/comments.xml" in new.read("[Content_Types].xml")
    assert b"comments.xml" in new.read("word/_rels/document.xml.rels")
    (note,) = read_article(copy).annotations
    assert note == Annotation(8, 17, "comment", "<b>& x y", "tallybook")


def test_a_picture_that_unpacks_to_too_much_is_refused() -> None:
    out = BytesIO(docx(paragraph(run("It sold 12 loaves."))))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as made, made.open("word/media/a.bin", "w") as part:
        for _ in range(160):
            part.write(bytes(1_000_000))
    with pytest.raises(BookError, match="unpacks to more than 150,000,000 bytes"):
        commented(out.getvalue(), "d", [Remark("c", anchor("12 loaves"), ("x",))], "tallybook", DAY)


# From a draft with notes to a draft with verdicts


def draft() -> bytes:
    note = '<w:footnote w:id="{0}"><w:p>' + "{1}" + "</w:p></w:footnote>"
    mark = '<w:r><w:footnoteReference w:id="{0}"/></w:r>'
    body = (
        paragraph(run("Made-up Harbour in figures"), "Title")
        + paragraph(run("The trams had 27.4 million passengers") + mark.format(2) + run(" in 2024."))
        + paragraph(
            run("It filled 18,500 potholes") + mark.format(3) + run(" in 2024 and owes 40 million euros.")
        )
        + paragraph(
            '<w:commentRangeStart w:id="1"/>' + run("The council employs 900 officers.")
            + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
        )
        + paragraph(run("The libraries had 310,000 visits."))
        + paragraph(run("Nobody") + mark.format(4) + run(" was asked."))
    )  # fmt: skip
    notes = (
        note.format(2, run("Yearbook, https://www.trams.example/yearbook#p4 and https://city.example/b."))
        + note.format(3, run("Ibid."))
        + note.format(4, run("We tried."))
    )
    comment = f'<w:comment w:id="1" w:author="Ed"><w:p>{run("Police, by phone")}</w:p></w:comment>'
    return docx(body, footnotes=notes, comments=comment)


@pytest.fixture
def noted(city: Path, tb_run: Run) -> Path:
    (city / "draft.docx").write_bytes(draft())
    done = tb_run("new", city / "draft.docx", "--id", "town", "--published", "2025-06-20")
    assert done.exit_code == 0, done.output
    (city / "told.txt").write_text(done.output, encoding="utf-8")
    return city


def test_each_note_goes_to_the_figures_of_its_words_or_sentence(noted: Path) -> None:
    book = load_book(noted)
    cites = {figure.anchor.exact: figure.cites for figure in book.articles["town"].figures}
    pages = ["town-note-1", "town-note-1-2"]
    assert cites == {
        "27.4 million passengers": pages, "18,500 potholes": pages, "40 million euros": pages,
        "900 officers": ["town-note-3"], "310,000 visits": [],
    }  # fmt: skip
    assert book.sources["town-note-3"].what == "comment of Ed: Police, by phone"
    assert [book.sources[page].url for page in pages] == [
        "https://www.trams.example/yearbook#p4", "https://city.example/b",
    ]  # fmt: skip
    assert not any(book.sources[page].seen for page in pages)


def test_what_nobody_annotated_is_listed(noted: Path, tb_run: Run) -> None:
    told = (noted / "told.txt").read_text(encoding="utf-8")
    assert "notes  4 of 5 figures name a source" in told
    assert "nobody annotated: 310000-visits" in told
    assert "at no figure: footnote: We tried." in told
    status = tb_run("status", "town").output
    assert (
        "for the reader of sources to be seen: town-note-1: https://www.trams.example/yearbook#p4" in status
    )


def test_a_page_that_the_book_knows_is_taken(city: Path, tb_run: Run) -> None:
    (city / "sources" / "yearbook.yaml").write_text(
        "id: yearbook\npublisher: Trams\nurl: http://trams.example/yearbook/\nkind: primary\nseen: false\n",
        encoding="utf-8",
    )
    (city / "draft.docx").write_bytes(draft())
    assert tb_run("new", city / "draft.docx", "--id", "town").exit_code == 0
    book = load_book(city)
    assert book.articles["town"].figures[0].cites == ["yearbook", "town-note-1"]


def test_verdicts_come_back_as_comments_and_the_draft_is_never_written(noted: Path, tb_run: Run) -> None:
    file = noted / "draft.docx"
    before = hashlib.sha256(file.read_bytes()).digest()
    for name in ("draft-verdicts.docx", "draft-verdicts-2.docx"):
        done = tb_run("verdicts", "town", "--into", file)
        assert done.exit_code == 0, done.output
        assert f"{name}: 5 comments" in done.output
        found = read_article(noted / name)
        ours = {found.text[n.start : n.end]: n.text for n in found.annotations if n.author == "tallybook"}
        assert set(ours) == {f.anchor.exact for f in load_book(noted).articles["town"].figures}
        assert all("no verdict here is final" in text for text in ours.values())
        assert found.text == read_article(file).text
    assert hashlib.sha256(file.read_bytes()).digest() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--into", "draft.docx", "--out", "draft.docx"), "is there already"),
        (("--into", "no.docx"), "cannot be read"),
        (("--into", "article.txt"), "is no whole DOCX file"),
        (("--out", "x.docx"), "--out needs --into"),
    ],
)
def test_what_cannot_be_written_is_told(
    noted: Path, tb_run: Run, words: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(noted)
    done = tb_run("verdicts", "town", *words)
    assert done.exit_code in (1, 2)
    assert told in done.output
