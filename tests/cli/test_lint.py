"""``tallybook lint``: what it says of a draft, and above all what it does not say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import Result

from tallybook.book.problems import BookError
from tallybook.book.text_files import read_text
from tallybook.intake.draft import draft_of
from tallybook.intake.known import KnownFigures
from tallybook.intake.lint import LintedDraft, lint, summary
from tallybook.tables.case import Case
from tallybook.terms import Known

from ..intake.made_files import docx, paragraph, pdf
from ..intake.made_files import run as words_of

Run = Callable[..., Result]

HALLS = {
    "id": "halls", "kind": "total", "once": True, "unit": "hall",
    "definition": "Market halls of Breadford that the storm destroyed, without those that were only damaged.",
    "nouns": ["building", "pavilion"],
    "scopes": {"town": "in all of the town", "harbour": "at the harbour of the town"},
}  # fmt: skip
STALLS = {
    "id": "stalls", "kind": "total", "once": True, "unit": "stall",
    "definition": "Market stalls of Breadford that the storm destroyed.", "nouns": ["pavilion"],
}  # fmt: skip


@pytest.fixture
def storm(small_case: Callable[..., Case]) -> Case:
    """A book on a storm: 12 halls by two sources, 3 of them at the harbour; 40 stalls."""
    return small_case(
        [
            {"words": "12 market halls", "measure": "halls", "origin": "a"},
            {"words": "twelve halls destroyed", "measure": "halls", "origin": "b"},
            {"words": "3 halls", "measure": "halls", "origin": "b", "scope": "harbour"},
            {"words": "15 halls", "measure": "halls", "origin": "c", "status": "forecast"},
            {"words": "40 stalls", "measure": "stalls", "origin": "a"},
        ],
        [{"words": "nine loaves"}],
        measures=[HALLS, STALLS],
    )  # fmt: skip


@pytest.fixture
def linted(storm: Case) -> Callable[..., LintedDraft]:
    book = KnownFigures(storm.evidence, date(2025, 6, 30))
    return lambda text, **more: lint(draft_of(text, **more), book)


def only(linted: LintedDraft) -> Known:
    (finding,) = linted.findings
    return finding.known


@pytest.mark.parametrize(
    "text",
    [
        "The storm destroyed 20 market halls of Breadford.",
        "The storm destroyed at least 20 market halls of Breadford, officials said.",
        "In Breadford the storm destroyed 7 market halls.",
    ],
)
def test_another_number_of_the_same_thing_is_contradicted(
    text: str, linted: Callable[..., LintedDraft]
) -> None:
    (finding,) = linted(text).findings
    assert finding.known is Known.CONTRADICTED
    assert finding.sentence.startswith("a source contradicts it: Paper p0, “12 market halls” and 1 more page")
    assert finding.measure == "halls"


@pytest.mark.parametrize(
    "text",
    [
        "The storm destroyed 20 market halls.",
        "It destroyed 20 halls.",
        "The storm destroyed 20 halls of Millford.",
        "The storm destroyed 20 market halls of Breadford and Millford.",
        "The storm destroyed 5 market halls of Breadford at the harbour.",
        "The storm destroyed 5 wooden market halls of Breadford.",
        "The storm damaged 20 market halls of Breadford.",
        "The storm did not destroy 20 market halls of Breadford.",
        "The storm might have destroyed 20 market halls of Breadford.",
        "The storm destroyed another 5 market halls of Breadford.",
        "The storm destroyed 5 market halls of Breadford a day.",
        "The storm destroyed 5 of the 30 market halls of Breadford.",
        "The storm destroyed 20% of the market halls of Breadford.",
        "The storm destroyed 3 market halls of Breadford.",
        "The storm destroyed 15 market halls of Breadford.",
        "The storm destroyed 20 market buildings and 50 houses of Breadford.",
        "The storm destroyed market halls of Breadford worth 20 dollars.",
        "The storm destroyed all but 20 market halls of Breadford.",
        "In Spain, the storm destroyed 20 market halls of Breadford.",
        "Millford: the storm destroyed 20 market halls of Breadford.",
        "In 1987, the storm destroyed 20 market halls of Breadford.",
        "A fake claim: “The storm destroyed 20 market halls of Breadford.”",
        "Had the storm destroyed 20 market halls of Breadford, all would have left.",
        "Did the storm destroy 20 market halls of Breadford?",
        "“The storm destroyed 20 market halls of Breadford?” No.",
        "The storm destroyed 5 market halls of Breadford, then 7.",
        "By noon the storm destroyed 5 market halls of Breadford.",
        "By 3 May the storm destroyed 5 market halls of Breadford.",
        "Nobody came.",
    ],
)  # fmt: skip
def test_where_anything_is_open_nobody_is_accused(text: str, linted: Callable[..., LintedDraft]) -> None:
    assert not linted(text).failing


@pytest.mark.parametrize("number", ["12", "Twelve", "about 12", "10 to 15"])
def test_a_number_that_agrees_is_stated_or_left_alone(
    number: str, linted: Callable[..., LintedDraft]
) -> None:
    assert not linted(f"{number} market halls of Breadford were destroyed by the storm.").failing


def test_a_source_that_states_a_figure_is_named(linted: Callable[..., LintedDraft]) -> None:
    (finding,) = linted("The storm destroyed 12 market halls of Breadford.").findings
    assert finding.known is Known.STATED
    assert finding.sentence == "a source states it: Paper p0, “12 market halls” and 1 more page (halls)."


def test_a_figure_that_two_measures_may_own_contradicts_neither(
    linted: Callable[..., LintedDraft],
) -> None:
    """Pavilions are halls and stalls of the book, and their definitions say the same."""
    assert only(linted("The storm destroyed 20 market pavilions of Breadford.")) is Known.UNKNOWN


def test_the_text_is_tested_against_itself(linted: Callable[..., LintedDraft]) -> None:
    found = linted("It hit 34 of 120 towns (29 %).").failing
    assert [(one.known, one.words) for one in found] == [(Known.INCONSISTENT, "34 of 120 towns (29 %")]


def test_places_are_those_of_the_file(linted: Callable[..., LintedDraft]) -> None:
    text = "<p>News</p>\n<p>The storm destroyed <b>20</b> market halls of Breadford.</p>"
    (finding,) = linted(text, kind="html").failing
    assert (finding.start.line, finding.start.column) == (2, 27)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nobody came.", "nothing to test: no figure was read."),
        ("It baked 7 rolls.", "nothing to test: 1 figure read, and the book knows nothing of it."),
        (
            "It baked 7 rolls. We saw 9 cats.",
            "nothing to test: 2 figures read, the book knows nothing of them, and no two of them could be "
            "tested against each other.",
        ),
    ],
)
def test_nothing_to_test_is_no_clean_bill(text: str, told: str, linted: Callable[..., LintedDraft]) -> None:
    assert summary([linted(text)]) == told


# The command


@pytest.fixture
def root(storm: Case, tmp_path: Path) -> Path:
    return tmp_path / "book0"


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text("# News\n\nThe storm destroyed **20** market halls of Breadford.\n", encoding="utf-8")
    return path


def test_a_finding_is_a_line_and_exit_code_1(run: Run, root: Path, wrong: Path) -> None:
    found = run("lint", wrong, "--project", root)
    assert found.exit_code == 1
    first, last = found.stdout.splitlines()
    assert first.startswith(f"{wrong}:3:23: 20 market halls: a source contradicts it: Paper p0, “12 market")
    assert (
        last
        == "1 figure read: contradicted 1, stated 0, nothing known 0. 0 tests of the text against itself."
    )


def test_nothing_found_is_exit_code_0(run: Run, root: Path) -> None:
    found = run("lint", "-", "--project", root, input="The storm destroyed 12 market halls of Breadford.")
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout.startswith("stdin:1:21: 12 market halls: a source states it")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nofile.md"], "cannot be read"),
        (["-", "--format", "xml"], "--format 'xml' is not one of"),
        (["-", "--read-as", "rtf"], "--read-as 'rtf' is not one of"),
        (["-", "--language", "xx"], "--language 'xx' is not one of"),
        (["-", "--project", "/"], "no project here"),
    ],
)
def test_bad_input_is_exit_code_2(run: Run, root: Path, words: list[str], told: str) -> None:
    project = [] if "--project" in words else ["--project", root]
    found = run("lint", *words, *project, input="12 loaves")
    assert found.exit_code == 2
    assert told in found.stderr and found.stdout == ""


def test_no_utf8_and_a_draft_that_is_too_large_are_bad_input(run: Run, root: Path) -> None:
    assert run("lint", "-", "--project", root, input=b"12 \xff").exit_code == 2
    found = run("lint", "-", "--project", root, input="a" * 1_000_001)
    assert found.exit_code == 2 and "Split it" in found.stderr


@pytest.mark.parametrize("output", ["text", "json", "sarif", "junit", "github"])
def test_hostile_drafts_leave_every_format_whole(run: Run, root: Path, output: str) -> None:
    text = "The storm destroyed 20\x1b[31m <b>halls\u202e</b>\n::error::12 loaves\r%0A 5 ‘]]>’ cats & 7 dogs"
    found = run("lint", "-", "--project", root, "--format", output, input=text)
    assert found.exit_code == 0
    assert all(line.isprintable() for line in found.stdout.split("\n"))
    if output in ("json", "sarif"):
        json.loads(found.stdout)
    if output == "github":
        assert [line.split("::")[1].split(" ")[0] for line in found.stdout.splitlines()] == ["notice"]


def test_the_same_number_of_the_same_noun_is_pointed_at(linted: Callable[..., LintedDraft]) -> None:
    (finding,) = linted("The fire spared 12 halls.").findings
    assert finding.known is Known.PERHAPS and not finding.known.fails
    assert finding.sentence == (
        "the same number stands in the book: Paper p0, “12 market halls” and 1 more page. See whether it is "
        "of the same thing: Market halls of Breadford that the storm destroyed, without those that were only "
        "damaged (halls)."
    )


@pytest.mark.parametrize("text", ["The fire spared 3 halls.", "The fire spared 12 barns.", "12 to 20 halls."])
def test_a_number_that_stands_anywhere_points_nowhere(text: str, linted: Callable[..., LintedDraft]) -> None:
    assert only(linted(text)) is Known.UNKNOWN


def test_a_claim_of_a_case_is_known_by_its_words(small_case: Callable[..., Case]) -> None:
    """The claim says 20 in words that by themselves are of no measure; the case knows which."""
    case = small_case(
        [{"words": "12 market halls", "measure": "halls", "origin": "a"}],
        [
            {
                "words": "20 of them fell",
                "measure": "halls",
                "anchor": {"exact": "20 of them fell", "prefix": "The wind rose, and so ", "suffix": "."},
            }
        ],
        measures=[HALLS],
    )
    book = KnownFigures(case.evidence, date(2025, 6, 30))
    (finding,) = lint(draft_of("The wind rose, and so 20 of them\nfell."), book).findings
    assert finding.known is Known.CONTRADICTED and finding.measure == "halls"
    assert finding.sentence.startswith("claim c0 of ") and "contradicted" in finding.sentence
    (elsewhere,) = lint(draft_of("Of the trees 20 of them fell!"), book).findings
    assert elsewhere.known is not Known.CONTRADICTED


CALIBRES = [
    {
        "words": "12 halls",
        "measure": "halls",
        "anchor": {"exact": "20 halls of 30 metres", "prefix": "the gale tore down ", "suffix": "."},
    },
    {
        "words": "nine halls",
        "measure": "halls",
        "anchor": {"exact": "nine halls", "prefix": "in which ", "suffix": " were torn down by the gale"},
    },
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("The gale, they say: the gale tore down 20 halls of 30 metres.", ["20 halls"]),
        ("We saw 20 halls of 30 metres.", []),  # a full stop is no sign of a claim
        ("It is a town in which nine halls stand.", []),  # nor are two small words
        ("Later nine halls were torn down by the gale.", ["nine halls"]),
        ("Later ninety-nine halls were torn down by the gale.", []),
        ("Later at least nine halls were torn down by the gale.", []),
    ],
)
def test_words_are_those_of_a_claim_only_beside_what_stands_beside_them_there(
    text: str, claimed: list[str], small_case: Callable[..., Case]
) -> None:
    case = small_case(
        [{"words": "12 market halls", "measure": "halls", "origin": "a"}], CALIBRES, measures=[HALLS]
    )
    found = lint(draft_of(text), KnownFigures(case.evidence, date(2025, 6, 30))).findings
    assert [one.words for one in found if one.sentence.startswith("claim ")] == claimed


def test_a_closed_standard_input_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallybook.book.text_files.sys.stdin", None)
    with pytest.raises(BookError, match="cannot be read"):
        read_text(Path("-"))


def test_a_measure_that_names_nobody_contradicts_nobody(small_case: Callable[..., Case]) -> None:
    """Homes that the flood damaged are those of any flood."""
    homes = {
        "id": "homes", "kind": "total", "once": True, "unit": "home",
        "definition": "Homes that the flood damaged.",
    }  # fmt: skip
    case = small_case([{"words": "4,230 homes", "measure": "homes"}], [{}], measures=[homes])
    book = KnownFigures(case.evidence, date(2025, 6, 30))
    assert only(lint(draft_of("A flood damaged 20 homes."), book)) is Known.UNKNOWN
    assert only(lint(draft_of("The flood damaged 4,230 homes."), book)) is Known.STATED


# Documents of an office program, and PDF: they have paragraphs and no lines

WRONG = "The storm destroyed 20 market halls of Breadford."
UP = '<w:vertAlign w:val="superscript"/>'


@pytest.fixture
def document(tmp_path: Path) -> Callable[[str], Path]:
    """A DOCX draft with a heading, a paragraph and the given one; its inside is XML."""

    def write(inner: str) -> Path:
        pytest.importorskip("lxml")
        file = tmp_path / "draft.docx"
        first = paragraph(words_of("News"), "Heading1") + paragraph(words_of("Nobody came."))
        file.write_bytes(docx(first + paragraph(inner)))
        return file

    return write


def test_a_finding_of_a_document_names_its_paragraph(
    run: Run, root: Path, document: Callable[[str], Path]
) -> None:
    file = document(words_of("The storm destroyed 2") + words_of("0", "<w:b/>") + words_of(WRONG[22:]))
    found = run("lint", file, "--project", root)
    assert found.exit_code == 1
    first, _ = found.stdout.splitlines()
    assert first.startswith(f"{file}: paragraph 3: 20 market halls: a source contradicts it: Paper p0, “12")


def test_what_a_tracked_change_took_out_is_not_read(
    run: Run, root: Path, document: Callable[[str], Path]
) -> None:
    gone = f"<w:del>{words_of('20', tag='delText')}</w:del><w:ins>{words_of('12')}</w:ins>"
    file = document(words_of("The storm destroyed ") + gone + words_of(" market halls of Breadford."))
    found = run("lint", file, "--project", root)
    assert found.exit_code == 0
    assert "paragraph 3: 12 market halls: a source states it" in found.stdout
    assert "“20”" in found.stdout.splitlines()[0].partition("In the file")[2]


def test_a_raised_digit_and_a_note_of_a_document_change_no_figure(
    run: Run, root: Path, document: Callable[[str], Path]
) -> None:
    """The number of a note behind "12" is no 121."""
    file = document(
        words_of("The storm destroyed 12 market halls") + words_of("1", UP) + words_of(" of Breadford.")
    )
    found = run("lint", file, "--project", root)
    assert found.exit_code == 0 and "12 market halls: a source states it" in found.stdout


def test_a_figure_with_a_lost_character_is_accused_of_nothing(
    run: Run, root: Path, document: Callable[[str], Path]
) -> None:
    lost = '<w:r><w:sym w:font="Wingdings" w:char="F0AA"/></w:r>'
    file = document(words_of("The storm destroyed ") + lost + words_of("20 market halls of Breadford."))
    found = run("lint", file, "--project", root)
    assert found.exit_code == 0 and "a character of it could not be read" in found.stdout


def test_the_rows_of_a_table_are_paragraphs_and_their_cells_no_sentence(
    run: Run, root: Path, tmp_path: Path
) -> None:
    pytest.importorskip("lxml")
    cells = "".join(
        f"<w:tc>{paragraph(words_of(words))}</w:tc>" for words in ("Halls of Breadford", "20", WRONG)
    )
    file = tmp_path / "table.docx"
    file.write_bytes(docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))
    (told,) = json.loads(run("lint", file, "--project", root, "--format", "json").stdout)["drafts"]
    failing = [f for f in told["findings"] if f["known"] != "unknown"]
    assert [(f["words"], f["paragraph"]) for f in failing] == [("20 market halls", 1)]


@pytest.mark.parametrize("output", ["text", "json", "sarif", "junit", "github"])
def test_every_format_tells_the_paragraph_and_no_line(
    run: Run, root: Path, document: Callable[[str], Path], output: str
) -> None:
    found = run("lint", document(words_of(WRONG)), "--project", root, "--format", output)
    assert found.exit_code == 1
    assert re.search(r'paragraph(": | )3', found.stdout)
    assert not re.search(r'"(?:start|end)?_?[lL]ine":|(?:^|[ ,])line=', found.stdout)


@pytest.mark.parametrize(
    ("cited", "draft", "known"),
    [
        ("30 million loaves", "30 billion loaves", Known.DISTORTED),
        ("30 million loaves", "30 million loaves", None),
        ("30 million loaves", "about 30 million loaves", None),
    ],
)
def test_a_number_that_its_cited_page_has_otherwise_fails_though_others_only_differ(
    small_case: Callable[..., Case], cited: str, draft: str, known: Known | None
) -> None:
    claim = {
        "words": draft, "attributed_to": "Origin A", "origin": "a", "cites": ["p0"],
        "anchor": {"exact": draft, "prefix": "The bakers baked ", "suffix": ", Origin A said"},
    }  # fmt: skip
    case = small_case(
        [{"words": cited, "origin": "a"}, {"words": "30 million loaves", "origin": "b"}], [claim]
    )
    book = KnownFigures(case.evidence, date(2025, 7, 1))
    linted = lint(draft_of(f"The bakers baked {draft}, Origin A said."), book)
    (finding,) = linted.findings
    assert [f.known for f in linted.failing] == ([known] if known else [])
    if known:
        assert f"The cited page prints “{cited}”" in finding.sentence
        assert "distorted 1" in summary([linted])


@pytest.mark.parametrize("raw", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_a_draft_without_a_word_is_exit_code_2_and_no_approval(
    run: Run, root: Path, tmp_path: Path, raw: bytes
) -> None:
    (tmp_path / "draft.md").write_bytes(raw)
    found = run("lint", tmp_path / "draft.md", "--project", root)
    assert (found.exit_code, found.stdout) == (2, "") and "has no text that could be read" in found.stderr


def test_a_pdf_and_standard_input(run: Run, root: Path, tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    made = pdf([(72, 700, 10, "The storm destroyed 20 market"), (72, 688, 10, "halls of Breadford.")])
    (tmp_path / "draft.pdf").write_bytes(made)
    found = run("lint", tmp_path / "draft.pdf", "--project", root)
    assert found.exit_code == 1 and "draft.pdf: paragraph 1: 20 market halls" in found.stdout
    found = run("lint", "-", "--read-as", "pdf", "--project", root, input=made)
    assert found.exit_code == 1 and found.stdout.startswith("stdin: paragraph 1: 20 market halls")


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("draft.docx", b"12 loaves", "is no whole DOCX file"),
        ("draft.docx", b"PK\x03\x04 12 loaves", "is no whole DOCX file"),
        ("draft.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as DOCX"),
        ("draft.pdf", b"%PDF-1.4 12 loaves", "is no whole PDF"),
        ("draft.docx", docx(paragraph(words_of("12 loaves ")) * 100_001), "Split it"),
    ],
)
def test_a_document_that_cannot_be_read_is_exit_code_2(
    run: Run, root: Path, tmp_path: Path, name: str, raw: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    found = run("lint", tmp_path / name, "--project", root)
    assert (found.exit_code, found.stdout) == (2, "")
    assert told in found.stderr and len(found.stderr.splitlines()) == 1
