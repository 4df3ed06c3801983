"""The server for assistants, asked by the SDK's own client over standard input and output."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters

from tallybook.book.problems import BookError
from tallybook.exchange.assistant import LONGEST_TEXT, MOST_LISTED, Assistant, AssistantError
from tallybook.exchange.assistant_server import server
from tallybook.tables.case import Case

from .conftest import DATA, opened

SUITE = DATA / "made-up-flood-toll"
CASE = "made-up-flood-toll"
DRAFT = "Over 12,000 soldiers and 34 of 120 towns (25 %).\n"
Ask = Callable[..., Any]


def asked(questions: Callable[[Client], Awaitable[None]], at: Any) -> None:
    async def run() -> None:
        async with Client(at, read_timeout_seconds=60) as client:
            await questions(client)

    anyio.run(run)


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A copy of a suite, with a draft in it, one beside it, and links that lead out."""
    root = tmp_path / "suite"
    shutil.copytree(SUITE, root)
    (root / "draft.md").write_text(f"# A draft\n\n{DRAFT}")
    (root / ".secret.md").write_text("5,000 soldiers")
    (root / "notes.yaml").write_text("a: 5,000 soldiers")
    (tmp_path / "outside.md").write_text("5,000 soldiers")
    (root / "link.md").symlink_to(tmp_path / "outside.md")
    (root / "folder").symlink_to(tmp_path)
    (root / "loop.md").symlink_to(root / "loop.md")
    return root


@pytest.fixture
def ask(suite: Path) -> Ask:
    """Ask one tool in this process; its answer, or its complaint as a text."""

    def ask(tool: str, **given: Any) -> Any:
        found: list[Any] = []

        async def questions(client: Client) -> None:
            answer = await client.call_tool(tool, given)
            found.append(answer.content[0].text if answer.is_error else answer.structured_content)

        asked(questions, server(suite))
        return found[0]

    return ask


def state_of(folder: Path) -> list[tuple[Path, int, int]]:
    """Every file and folder with its time and size."""
    found = [(path, path.lstat()) for path in sorted(folder.rglob("*"))]
    return [(path, state.st_mtime_ns, state.st_size) for path, state in found]


def test_an_assistant_asks_over_stdio_and_is_answered_in_structures(suite: Path) -> None:
    case, before = opened(CASE), state_of(suite)
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "tallybook", "mcp", "--project", str(suite)],
        env=dict(os.environ),
    )

    async def questions(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == {"cases", "verdicts", "explain", "read", "selfcheck", "lint"}
        for tool in tools:
            assert tool.annotations is not None and tool.annotations.read_only_hint is True
            assert tool.output_schema is not None and tool.description
        cases = (await client.call_tool("cases", {})).structured_content
        assert cases is not None and [one["case"] for one in cases["cases"]] == [CASE]
        told = (await client.call_tool("verdicts", {"case": CASE})).structured_content
        assert told is not None and told["answer"] == case.answer
        table = case.verdicts()
        assert [line["verdict"] for line in told["verdicts"]] == table["verdict"].tolist()
        assert [line["why"] for line in told["verdicts"]] == table["why"].tolist()
        read = (await client.call_tool("read", {"text": DRAFT})).structured_content
        assert read is not None and read["figures"][0]["low"] == 12_000

    asked(questions, parameters)
    assert state_of(suite) == before


def test_a_verdict_has_the_words_of_the_claim_and_their_place(ask: Ask) -> None:
    case = opened(CASE)
    for line, claim in zip(ask("verdicts", case=CASE)["verdicts"], case.article.claims, strict=True):
        assert (line["claim"], line["words"]) == (claim.id, claim.anchor.exact)
        assert line["place"] == {
            "paragraph": claim.anchor.paragraph, "start": claim.anchor.start, "end": claim.anchor.end
        }  # fmt: skip
        assert line["judgement"] == (
            line["verdict"] in ("corroborated", "supported", "disputed", "contradicted")
        )


def test_an_explanation_has_the_steps_and_each_figure_with_its_page(ask: Ask) -> None:
    case = opened(CASE)
    claim = case.article.claims[0].id
    told = ask("explain", case=CASE, claim=claim)
    pairs = case.comparison().pairs[claim]
    assert {one["estimate"] for one in told["estimates"]} == {pair.estimate.id for pair in pairs}
    assert "words of the article" in [step["step"] for step in told["steps"]]
    one = ask("explain", case=CASE, claim=claim, estimate=pairs[0].estimate.id)
    assert "relation" in [step["step"] for step in one["steps"]] and one["estimates"] == []


def test_figures_have_their_words_limits_and_place(ask: Ask) -> None:
    first, *_ = ask("read", text=f"Nothing.\n{DRAFT}")["figures"]
    assert first["words"] == "Over 12,000 soldiers" and first["modifier"] == "over"
    assert first["place"] == {"line": 2, "column": 1, "paragraph": None}
    kinds = {one["kind"] for one in ask("read", text="In May 2024, 5 dogs.", asides=True)["figures"]}
    assert "figure" in kinds and len(kinds) > 1


def test_a_text_is_tested_against_itself_and_against_the_book(ask: Ask) -> None:
    (check,) = [one for one in ask("selfcheck", text=DRAFT)["checks"] if one["result"] == "inconsistent"]
    assert "34 of 120 towns" in check["words"] and check["place"]["line"] == 1
    told = ask("lint", text="At least 63 people died.")
    assert told["summary"].startswith("1 figure read")
    assert told["findings"][0]["words"] == "At least 63 people"


def test_a_draft_in_the_folder_is_read_by_its_path(ask: Ask) -> None:
    (first, *_) = ask("lint", file="draft.md")["findings"]
    assert first["place"]["line"] == 3


@pytest.mark.parametrize(
    "name",
    ["../outside.md", "link.md", "folder/outside.md", "loop.md", "/etc/passwd", "", ".", "claims", "no.md",
     ".secret.md", "a\0b.md", "x" * 900, "draft.md/", "~/draft.md", "..", "folder/suite/draft.md"],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder_or_to_what_is_hidden(name: str, ask: Ask) -> None:
    told = ask("read", file=name)
    if name in ("draft.md/", "folder/suite/draft.md"):  # the same file by another name
        assert told["figures"]
    else:
        assert "is no file of this folder" in told
        assert "5,000" not in told


def test_only_drafts_are_read(ask: Ask) -> None:
    assert "is no draft" in ask("read", file="notes.yaml")
    assert "is no draft" in ask("lint", file="claims/measures.yaml")


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("verdicts", {"case": "made-up-flood-tol"}, "Nearest: 'made-up-flood-toll'"),
        ("explain", {"case": CASE, "claim": "nobody"}, "no claim 'nobody'"),
        ("read", {}, "one of the two"),
        ("read", {"text": "a", "file": "draft.md"}, "one of the two"),
        ("read", {"text": "a", "language": "xx"}, "is not one of"),
        ("verdicts", {"case": CASE, "as_of": "tomorrow"}, "as_of"),
        ("read", {"text": "a" * (LONGEST_TEXT + 1)}, "at most 100,000 are read at once"),
        ("read", {"text": 5}, "text"),
    ],
)
def test_a_wrong_question_is_told_what_would_be_right(
    tool: str, given: dict[str, Any], said: str, ask: Ask
) -> None:
    told = ask(tool, **given)
    assert isinstance(told, str) and said in told and len(told) < 2_000


def test_an_answer_is_bounded_and_says_how_much_it_leaves_out(ask: Ask) -> None:
    told = ask("read", text="5 dogs. " * (MOST_LISTED + 7))
    assert len(told["figures"]) == MOST_LISTED and told["left_out"] == 7


def test_the_book_is_read_anew_when_a_file_of_it_changes(suite: Path) -> None:
    assistant = Assistant(suite)
    before = assistant.cases().cases[0].title
    file = suite / "claims" / f"{CASE}.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(before, "Another title"), encoding="utf-8")
    assert assistant.cases().cases[0].title == "Another title"


def test_the_book_is_read_anew_when_a_file_of_a_linked_folder_changes(suite: Path) -> None:
    kept = suite / "kept elsewhere"
    kept.mkdir()
    (suite / "sources" / "linked").symlink_to(kept)
    assistant = Assistant(suite)
    assert assistant.cases().cases
    (kept / "made-up.yaml").write_text("id: [")
    with pytest.raises(BookError, match=r"sources/linked/made-up\.yaml"):
        assistant.cases()
    (kept / "made-up.yaml").unlink()
    assert assistant.cases().cases


def test_a_book_with_problems_is_told_with_file_and_line(suite: Path, ask: Ask) -> None:
    (suite / "claims" / f"{CASE}.yaml").write_text("id: [")
    told = ask("verdicts", case=CASE)
    assert f"claims/{CASE}.yaml:2:" in told and "problem" in told
    assert ask("read", text=DRAFT)["figures"]


def test_a_draft_is_no_judgement(small_case: Callable[..., Case]) -> None:
    said = [{"words": "9,000 loaves", "origin": "b"}]
    claims = [{"words": "10,400 loaves"}, {"words": "five rolls", "measure": None}]
    case = small_case(said, claims, article={"state": "draft"})
    told = Assistant(case.book.root).verdicts("bread", "today")
    assert told.state == "draft, not reviewed" and told.without_measure == ["five rolls"]
    assert [(line.verdict, line.judgement) for line in told.verdicts] == [("contradicted", False)]


def test_words_of_a_hostile_book_are_data(hostile: Case) -> None:
    told = Assistant(hostile.book.root).explain("evil", "c0", None, "today")
    assert told.estimates[0].words == hostile.comparison().pairs["c0"][0].estimate.words
    assert "<" not in (told.estimates[0].url or "")


def test_a_file_that_cannot_be_read_is_an_error_and_no_crash(suite: Path) -> None:
    (suite / "broken.docx").write_bytes(b"PK\x03\x04 no document")
    with pytest.raises(Exception, match=r"broken\.docx"):
        Assistant(suite).read(None, "broken.docx", "en", False)
    with pytest.raises(AssistantError):
        Assistant(suite).read(None, "gone.docx", "en", False)


def test_without_the_extra_the_command_says_how_to_get_it() -> None:
    script = (
        "import sys; sys.modules['mcp'] = None; sys.modules['mcp.server.mcpserver'] = None\n"
        "from tallybook.cli.app import main\n"
        f"sys.argv = ['tallybook', 'mcp', '--project', {str(SUITE)!r}]\n"
        "main()"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert run.returncode == 1
    assert "pip install 'tallybook[mcp]'" in run.stderr and "Traceback" not in run.stderr
