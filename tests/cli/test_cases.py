"""What the commands on one article print, on a small made-up book, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml
from typer.testing import Result

from tallybook.tables.opened import open_book

Run = Callable[..., Result]


@pytest.fixture
def lines(run: Run, bread: Path) -> Callable[..., list[str]]:
    """The lines that a command on the small book prints."""

    def printed(*words: str) -> list[str]:
        found = run(*words, "--project", bread)
        assert (found.exit_code, found.stderr) == (0, ""), found.output
        return str(found.stdout).splitlines()

    return printed


def test_verdicts_show_sign_verdict_claim_and_words(lines: Callable[..., list[str]]) -> None:
    printed = lines("verdicts", "bread")
    assert [line for line in printed if not line.startswith(" ")][:-1] == [
        "● corroborated  c0  “over 10,000 loaves”",
        "▲ contradicted  c1  “up to 20–30 loaves of rye”",
        "□ unsourced  c2  “five crumbs”",
    ]
    assert "    for: 2; against: 0; compatible: 0; aside: 2; cited source: no source cited" in printed
    assert printed[-1].startswith("Judged by everything that is known.")


def test_a_verdict_that_was_another_when_written_and_a_review_say_so(run: Run, bread: Path) -> None:
    path = bread / "claims" / "bread.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["published"] = "2025-05-01"
    data["reviews"] = [
        {"claim": "c0", "says": "supported", "by": "A. Editor", "on": "2025-07-01", "why": "Bread."}
    ]
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    printed = run("verdicts", "bread", "--project", bread).stdout
    assert "When the article was written: unsourced." in printed
    assert "Review: supported (A. Editor, 2025-07-01: Bread.)." in printed
    then = run("verdicts", "bread", "--project", bread, "--as-of", "written").stdout
    assert "□ unsourced  c0" in then and "Judged by what certainly was out before the article's day." in then


def test_a_sentence_about_its_own_side_begins_with_a_capital(run: Run, bread: Path) -> None:
    path = bread / "claims" / "bread.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["claims"][0]["origin"] = "a"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    page = bread / "sources" / "p1.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("10,300", "7,300"), encoding="utf-8")
    printed = run("verdicts", "bread", "--project", bread).stdout
    assert "◆ disputed  c0" in printed
    assert "    Its own side (“over 10 400 [bold]loaves[/bold]”, Paper p0) says so; Origin B (" in printed


def test_explain_lists_the_steps_and_the_estimates(lines: Callable[..., list[str]]) -> None:
    printed = lines("explain", "bread/c0")
    assert printed[0] == "words of the article  “over 10,000 loaves” (paragraph 1)"
    starts = [line.split("  ")[0] for line in printed]
    assert starts[starts.index("verdict") :][:6] == ["verdict", "cited source", "", "for *", "for *", "for"]
    assert printed[-1].endswith("with one of: s0, s1, s2, s3, s4")


def test_explain_takes_an_article_and_a_claim_of_it(lines: Callable[..., list[str]]) -> None:
    assert lines("explain", "bread", "c1") == lines("explain", "bread/c1")


def test_explain_takes_one_estimate(lines: Callable[..., list[str]]) -> None:
    printed = lines("explain", "c1", "s3")
    assert printed[-2].startswith("relation              differs: 70 (which allows 67–73)")


def test_compare_shows_both_figures_beside_the_ids(lines: Callable[..., list[str]]) -> None:
    printed = lines("compare", "bread")
    assert printed[:4] == [
        "c0: over 10,000 loaves (“over 10,000 loaves”)",
        "◉ supports *  s0  over 10,400 loaves",
        "    Origin A",
        "    10,400 lies within what the claim suggests",
    ]
    assert printed[-1] == "10 pairs. * speaks for its source group."


@pytest.mark.parametrize(
    ("filters", "heads"),
    [
        (["--claim", "c1", "--relation", "differs"], ["▲ differs *  s3", "▲ differs *  s4"]),
        (
            ["--relation", "agrees", "--relation", "supports"],
            ["◉ supports *  s0", "◉ supports *  s1", "◉ supports  s2"],
        ),
        (["--claim", "c2"], []),
    ],
)  # fmt: skip
def test_compare_can_be_filtered(
    filters: list[str], heads: list[str], lines: Callable[..., list[str]]
) -> None:
    printed = lines("compare", "bread", *filters)
    pairs = [line for line in printed if line.startswith(("●", "◉", "○", "▲", "–"))]
    assert ["  ".join(line.split("  ")[:2]) for line in pairs] == heads
    assert printed[-1].startswith(f"{len(heads)} pair")


def test_drift_ends_in_a_list_of_what_changed_in_plain_words(lines: Callable[..., list[str]]) -> None:
    printed = lines("drift", "bread")
    assert printed[0] == "s0: “over 10 400 [bold]loaves[/bold]”, Paper p0"
    assert "  10,400  “exactly 10,400 loaves”  Paper p2" in printed
    assert printed[-2:] == [
        "1 statement repeated by several pages, 0 of them without distortion. "
        "2 wordings: 1 distorted, 1 materially.",
        "bound_dropped  1 wording: the bound was lost",
    ]


def test_drift_of_one_utterance_has_no_list(lines: Callable[..., list[str]]) -> None:
    assert lines("drift", "bread", "s0")[-2].endswith("the bound was lost [bound_dropped]")


def test_robustness_shows_what_changes_a_verdict_and_counts_the_rest(lines: Callable[..., list[str]]) -> None:
    printed = lines("robustness", "bread")
    part = printed[: printed.index("")]
    assert part[0] == "● corroborated  c0  “over 10,000 loaves”"
    assert [line.split("  ")[2] for line in part[1:]] == [
        "source group left out", "source group left out", "no effect",
    ]  # fmt: skip
    assert part[-1].endswith("9 of 11 changes")
    every = lines("robustness", "bread", "--all")
    assert len(every[: every.index("")]) == 12
    assert printed[-2] == every[-1] == "No verdict is fragile."


def test_selfcheck_counts_in_good_english(run: Run, lines: Callable[..., list[str]]) -> None:
    text = "Warming of 1.6 °C (2.89 °F) hit 34 of 120 towns (28 %)."
    printed = run("selfcheck", "-", input=text).stdout.splitlines()
    assert printed[0] == "inconsistent  unit pair  1.6 °C, 2.89 °F"
    assert printed[-1] == "2 checks: consistent 1, inconsistent 1, cannot tell 0."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nobody came.", "no figure was read."),
        ("Nine men came.", "1 figure was read, and there is no other to test it against."),
        ("Nine men and 5 ships.", "2 figures were read and none of them could be tested against another."),
    ],
)
def test_nothing_to_test_is_no_clean_bill(text: str, told: str, run: Run) -> None:
    assert run("selfcheck", "-", input=text).stdout == f"0 checks: {told}\n"


def test_an_article_whose_figures_cannot_be_tested_says_so(lines: Callable[..., list[str]]) -> None:
    assert lines("selfcheck", "bread") == [
        "0 checks: 3 figures were read and none of them could be tested against another."
    ]


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["verdicts", "brad"], "no article 'brad'. Nearest: 'bread'.", 1),
        (["selfcheck", "brad"], "no article 'brad'. Nearest: 'bread'.", 1),
        (
            ["selfcheck", "no/such.docx"],
            "no/such.docx:1: cannot be read: No such file or directory.\n1 problem",
            1,
        ),
        (["explain", "c00"], "no claim 'c00'. Nearest: 'c0'.", 1),
        (["explain", "bread"], "'bread' is an article. Name a claim of it: bread/c0, bread/c1, bread/c2.", 1),
        (["explain", "bread", "c00"], "no claim 'bread/c00'. Nearest: 'bread/c0'.", 1),
        (["explain", "breed/c0"], "no claim 'breed/c0'. Nearest: 'bread/c0'.", 1),
        (["explain", "c0", "t0"], "no estimate beside 'c0' 't0'. There are: s0, s1, s2, s3, s4.", 1),
        (["drift", "bread", "s00"], "no utterance 's00'. Nearest: 's0'.", 1),
        (["compare", "bread", "--claim", "c00"], "no claim 'c00'. Nearest: 'c0'.", 1),
        (
            ["compare", "bread", "--relation", "differ"],
            "--relation 'differ' is not one of: agrees, supports, compatible, differs, not comparable, "
            "refused. Nearest: 'differs'.",
            2,
        ),
        (["verdicts", "bread", "--as-of", "then"], "--as-of 'then' is not one of: written, today.", 2),
        (["verdicts", "x\x1b[2J"], "no article 'x\\x1b[2J'. There are: bread.", 1),
    ],
)
def test_a_word_that_is_not_known_gets_one_line(
    words: list[str], said: str, code: int, run: Run, bread: Path
) -> None:
    found = run(*words, "--project", bread)
    assert (found.exit_code, found.stdout, found.stderr) == (code, "", f"{said}\n")


def test_a_claim_of_two_articles_needs_the_article(run: Run, bread: Path) -> None:
    first = bread / "claims" / "bread.yaml"
    (bread / "claims" / "rolls.yaml").write_text(
        first.read_text(encoding="utf-8").replace("id: bread", "id: rolls"), encoding="utf-8"
    )
    found = run("explain", "c0", "--project", bread)
    assert found.exit_code == 2
    assert found.stderr == "'c0' is a claim of several articles. Say one of: bread/c0, rolls/c0\n"
    assert run("explain", "rolls/c0", "--project", bread).exit_code == 0
    text = run("check", "--text", first, "--project", bread)
    assert (text.exit_code, text.stderr) == (2, "--text needs --article, with one of: bread, rolls\n")


def test_parquet_has_the_rows_of_the_table(run: Run, bread: Path, tmp_path: Path) -> None:
    file = tmp_path / "new" / "pairs.parquet"
    found = run("compare", "bread", "--parquet", file, "--project", bread)
    assert found.stdout.splitlines() == [f"10 pairs in {file}"]
    kept = pd.read_parquet(file).sort_values(["claim", "estimate"], ignore_index=True)
    table = open_book(bread)["bread"].compare().sort_values(["claim", "estimate"], ignore_index=True)
    days = dict.fromkeys(("published", "period_start", "period_end"), "datetime64[ms]")
    pd.testing.assert_frame_equal(kept.astype(days), table.astype(days))
    assert [path.name for path in file.parent.iterdir()] == ["pairs.parquet"]


def test_parquet_is_streamed_block_by_block(
    run: Run, bread: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tallybook.matching.blocks.compared.__kwdefaults__", {"most": 3}, raising=False)
    run("compare", "bread", "--parquet", tmp_path / "pairs.parquet", "--project", bread)
    assert pq.ParquetFile(tmp_path / "pairs.parquet").num_row_groups > 1


@pytest.mark.parametrize(("filters", "rows"), [(["--relation", "differs"], 2), (["--claim", "c2"], 0)])
def test_parquet_can_be_filtered(
    filters: list[str], rows: int, run: Run, bread: Path, tmp_path: Path
) -> None:
    run("compare", "bread", *filters, "--parquet", tmp_path / "pairs.parquet", "--project", bread)
    assert len(pd.read_parquet(tmp_path / "pairs.parquet")) == rows


@pytest.mark.parametrize(
    "words", [["compare", "bread", "--parquet", "{there}"], ["schema", "--out", "{file}"]]
)
def test_what_cannot_be_written_is_told_and_leaves_nothing(
    words: list[str], run: Run, bread: Path, tmp_path: Path
) -> None:
    there, file = tmp_path / "folder", tmp_path / "file"
    there.mkdir()
    file.write_text("", encoding="utf-8")
    project = [] if words[0] == "schema" else ["--project", str(bread)]
    found = run(*(word.format(there=there, file=file) for word in words), *project)
    assert found.exit_code == 1 and "cannot be written: " in found.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book0", "file", "folder"]
