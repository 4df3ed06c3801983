"""What a person takes or refuses is written to the book, whole or not at all, and asked only once."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from tallybook.book import Book, load_book
from tallybook.book.problems import BookError
from tallybook.intake.candidates import Candidates, FigureBeside
from tallybook.intake.match_decisions import decide, undo
from tallybook.intake.yaml_additions import with_item, with_key
from tallybook.tables.opened import open_book
from tallybook.terms import Beside

sys.path.insert(0, str(Path(__file__).parent))
from made_up_town import write_town

DAY = date(2025, 7, 1)
PAGE = "The town owes €390 million. A year ago the debt was €380 million.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_town(tmp_path / "town")
    pages = root / ".cache" / "pages"
    pages.mkdir(parents=True)
    (pages / "p-debt-0.txt").write_text(PAGE, encoding="utf-8")
    return root


def figures(root: Path, claim: str = "c-debt", *, refused: bool = False) -> tuple[Book, list[FigureBeside]]:
    book = load_book(root)
    return book, Candidates(book, book.articles["town"]).of(claim, refused=refused)


def one(found: list[FigureBeside], words: str) -> FigureBeside:
    return next(figure for figure in found if figure.found.words == words)


def test_statements_of_the_measure_are_beside_the_claim_already(root: Path) -> None:
    _, found = figures(root)
    states = {figure.found.name: figure.state for figure in found}
    assert states["debt-0"] is Beside.COMPARED
    assert states["spending-0"] is Beside.OPEN


def test_what_was_refused_stays_refused(root: Path) -> None:
    book, found = figures(root)
    spending = next(figure for figure in found if figure.found.name == "spending-2")
    decide(book, spending, "refused", DAY)
    assert "spending-2" not in [figure.found.name for figure in figures(root)[1]]
    again = figures(root, refused=True)[1]
    assert next(f for f in again if f.found.name == "spending-2").state is Beside.REFUSED
    other = figures(root, "c-spending")[1]
    assert "spending-2" in [figure.found.name for figure in other]  # of this claim alone
    text = (root / "claims/town.yaml").read_text(encoding="utf-8")
    assert text.endswith(
        "matches:\n  - claim: c-debt\n    statement: spending-2\n    says: refused\n    'on': '2025-07-01'\n"
    )


def test_words_of_a_page_become_a_statement(root: Path) -> None:
    book, found = figures(root)
    told = decide(book, one(found, "€380 million"), "bears", DAY).told
    assert told == ["statement p-debt-0-m1 added to sources/p-debt-0.yaml; look at its origin and period."]
    statement = load_book(root).statements["p-debt-0-m1"]
    assert (statement.measure, statement.words, statement.origin) == ("debt", "€380 million", "a")
    assert [m.says for m in load_book(root).articles["town"].matches] == ["bears"]


def draft(root: Path, **more: str) -> str:
    """A drafted statement of words on the page, as ``source add`` writes it."""
    page = root / "sources" / "p-debt-0.yaml"
    data = yaml.safe_load(page.read_text(encoding="utf-8"))
    made = {"id": "p-debt-0-d1", "words": "€380 million", **more, "guessed": ["words", "origin"]}
    data["statements"].append(made)
    page.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return "p-debt-0-d1"


def test_a_statement_drafted_of_the_words_is_kept_and_no_second_one_is_made(root: Path) -> None:
    id_ = draft(root, origin="a", reference_period="2024")
    book, found = figures(root)
    written = decide(book, one(found, "€380 million"), "bears", DAY)
    assert written.told == [f"statement {id_} was drafted of these words, and is kept; look at its origin."]
    now = load_book(root)
    assert (now.statements[id_].measure, now.statements[id_].reference_period) == ("debt", "2024")
    assert "p-debt-0-m1" not in now.statements and now.sources["p-debt-0"].drafted == []
    undo(now, written)
    assert [one.id for one in load_book(root).sources["p-debt-0"].drafted] == [id_]


def test_a_draft_of_nobody_stays_one_and_the_command_is_told(root: Path) -> None:
    id_ = draft(root)
    book, found = figures(root)
    (told,) = decide(book, one(found, "€380 million"), "bears", DAY).told
    assert f"tallybook source keep {id_} --measure debt --origin" in told
    assert [one.id for one in load_book(root).sources["p-debt-0"].drafted] == [id_]


def test_a_statement_of_another_measure_is_only_noted(root: Path) -> None:
    book, found = figures(root)
    before = {file: file.read_bytes() for file in (root / "sources").iterdir()}
    spending = next(figure for figure in found if figure.found.name == "spending-0")
    told = decide(book, spending, "bears", DAY).told
    assert "the statement is of spending, the claim of debt" in told[0]
    assert {file: file.read_bytes() for file in (root / "sources").iterdir()} == before
    states = {f.found.name: f.state for f in figures(root)[1]}
    assert states["spending-0"] is Beside.BEARS


def test_a_file_of_a_folder_is_noted(root: Path, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("The debt was €395 million.\n", encoding="utf-8")
    book = load_book(root)
    found = Candidates(book, book.articles["town"], folders=[tmp_path / "reports"]).of("c-debt")
    told = decide(book, one(found, "€395 million"), "refused", DAY).told
    assert told == []
    match = load_book(root).articles["town"].matches[0]
    assert (match.file, match.words, match.says) == ("reports/a.txt", "€395 million", "refused")
    again = load_book(root)
    left = Candidates(again, again.articles["town"], folders=[tmp_path / "reports"]).of("c-debt")
    assert "€395 million" not in [figure.found.words for figure in left]


def test_undo(root: Path) -> None:
    before = {file: file.read_bytes() for file in root.rglob("*.yaml")}
    book, found = figures(root)
    written = decide(book, one(found, "€380 million"), "bears", DAY)
    undo(book, written)
    assert {file: file.read_bytes() for file in root.rglob("*.yaml")} == before


def test_undo_does_not_take_back_what_others_wrote(root: Path) -> None:
    book, found = figures(root)
    written = decide(book, one(found, "€380 million"), "refused", DAY)
    with (root / "claims/town.yaml").open("a", encoding="utf-8") as file:
        file.write("# a note\n")
    with pytest.raises(BookError, match="was changed since"):
        undo(book, written)


def test_two_decisions_on_files_read_before_either(root: Path) -> None:
    """Two people at once: neither word is lost."""
    book, found = figures(root)
    for figure in [f for f in found if f.state is Beside.OPEN][:3]:
        decide(book, figure, "refused", DAY)
    assert len(load_book(root).articles["town"].matches) == 3


def test_nothing_is_written_to_a_book_that_would_not_be_sound(root: Path) -> None:
    book, found = figures(root)
    file = root / "claims/town.yaml"
    broken = file.read_text(encoding="utf-8").replace("measure: rain", "measure: no-such")
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(BookError, match="no-such"):
        decide(book, one(found, "€380 million"), "bears", DAY)
    assert file.read_text(encoding="utf-8") == broken
    assert not [f for f in (root / "claims").iterdir() if f.name.startswith(".")]


@pytest.mark.parametrize(
    ("match", "told"),
    [
        ("{claim: nobody, statement: debt-0, says: bears}", "claim 'nobody' is not known"),
        ("{claim: c-debt, statement: debt-99, says: bears}", "statement 'debt-99' is not known"),
        ("{claim: c-debt, source: nowhere, words: x, says: refused}", "source 'nowhere' is not known"),
        ("{claim: c-debt, says: bears}", "names one of 'statement', 'source' and 'file'"),
        ("{claim: c-debt, source: p-debt-0, says: bears}", "'words' go with"),
        ("{claim: c-debt, statement: debt-0, says: maybe}", "'bears' or 'refused'"),
    ],
)
def test_a_wrong_match_is_told(root: Path, match: str, told: str) -> None:
    with (root / "claims/town.yaml").open("a", encoding="utf-8") as file:
        file.write(f"matches:\n  - {match}\n")
    with pytest.raises(BookError, match=told):
        load_book(root)


def test_the_table_of_a_notebook(root: Path) -> None:
    case = open_book(root)["town"]
    table = case.match("c-debt", 5)
    assert list(table["rank"]) == [1, 2, 3, 4, 5]
    assert set(table["claim"]) == {"c-debt"}
    key = next(k for k in table["key"] if "#" in k)
    table = case.match("c-debt", 5, refuse=[key])
    assert key not in list(table["key"])
    assert load_book(root).articles["town"].matches[0].says == "refused"
    with pytest.raises(KeyError, match="no figure"):
        case.match("c-debt", take=["c-debt/nothing"])


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: 1\n", "a: 1\nlist:\n  - x: y\n"),
        ("a: 1", "a: 1\nlist:\n  - x: y\n"),
        ("list: []\na: 1\n", "list:\n  - x: y\na: 1\n"),
        ("list:\n- x: z # why\n# end\na: 1\n", "list:\n- x: z # why\n- x: y\n# end\na: 1\n"),
        ("list:\n    - x: z\n      k:\n        - 1\n\na: 1\n",
         "list:\n    - x: z\n      k:\n        - 1\n    - x: y\n\na: 1\n"),
        ("list:\r\n  - x: z\r\n", "list:\r\n  - x: z\r\n  - x: y\r\n"),
        ("list:\n  - x: z", "list:\n  - x: z\n  - x: y\n"),
        ("list:\n  - {x: z}\n", "list:\n  - {x: z}\n  - x: y\n"),
        ("list:\n  - x: |\n      two\n      lines\na: 1\n",
         "list:\n  - x: |\n      two\n      lines\n  - x: y\na: 1\n"),
    ],
)  # fmt: skip
def test_an_item_is_added_and_nothing_else_changes(text: str, after: str) -> None:
    assert with_item(text, "list", {"x": "y"}) == after


@pytest.mark.parametrize("text", ["list: [{x: z}]\n", "list: word\n", "list: {a: 1}\n"])
def test_other_notations_are_left_to_a_person(text: str) -> None:
    with pytest.raises(BookError, match="only a person can change"):
        with_item(text, "list", {"x": "y"})


def test_a_key_is_added_behind_the_id() -> None:
    text = "claims:\n  - id: a # first\n    x: 1\n  - id: b\n"
    assert with_key(text, ("claims", "a"), "measure", "m") == text.replace(
        "# first\n", "# first\n    measure: m\n"
    )
    with pytest.raises(BookError, match="only a person"):
        with_key("claims:\n  - {id: a}\n", ("claims", "a"), "measure", "m")
    with pytest.raises(BookError, match="only a person"):
        with_key("claims:\n  - id: a\n    measure:\n", ("claims", "a"), "measure", "m")
