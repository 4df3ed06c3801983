"""What a person accepted is kept, and every change since then is told with its cause."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import Result

from tallybook.book.accepted import Accepted, accepted_text
from tallybook.book.yaml_lines import LARGEST, read_yaml
from tallybook.tables.opened import open_book

Run = Callable[..., Result]
Edit = Callable[[dict[str, Any]], object]
ROOT = Path(__file__).resolve().parents[2]
FILE = "claims/accepted/bread.yaml"


@pytest.fixture
def accepted(run: Run, bread: Path) -> Path:
    """The small book, with everything that it says accepted."""
    assert check(run, bread, "--accept").exit_code == 0
    return bread


def check(run: Run, project: Path, *words: str) -> Result:
    return run("check", "--verdicts", *words, "--project", project)


def edit(project: Path, file: str, change: Edit) -> None:
    path = project / file
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def told(run: Run, project: Path) -> list[str]:
    """What the check says of the changes that it finds, without the line about the book."""
    found = check(run, project)
    assert (found.exit_code, found.stderr) == (1, ""), found.output
    return [line.strip() for line in found.stdout.splitlines()[1:]]


def fine(run: Run, project: Path) -> list[str]:
    found = check(run, project)
    assert (found.exit_code, found.stderr) == (0, ""), found.output
    return [line.strip() for line in found.stdout.splitlines()[1:]]


def policy(**widths: float) -> Edit:
    return lambda data: data.update(policy=widths)


def statement(**more: Any) -> Edit:
    return lambda data: data["statements"][0].update(more)


class Said:
    """What the commands say of the small book: these tests do not fix which relation it is."""

    def __init__(self, project: Path) -> None:
        case = open_book(project)["bread"]
        pairs = [row._asdict() for row in case.compare().itertuples()]
        self.relation = {(p["claim"], p["estimate"]): _with(p) for p in pairs}
        self.reason = {(p["claim"], p["estimate"]): p["reason"] for p in pairs}
        self.verdict = {row.claim: row.verdict for row in case.verdicts().itertuples()}
        self.why = {row.claim: row.why for row in case.verdicts().itertuples()}


def _with(pair: dict[str, Any]) -> str:
    return f"{pair['relation']} ({pair['incomparable']})" if pair["incomparable"] else str(pair["relation"])


# The file


def test_the_file_can_be_read_by_a_person(accepted: Path) -> None:
    lines = (accepted / FILE).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../../schemas/accepted.schema.json"
    at = lines.index("  - id: c0")
    said = Said(accepted).relation
    assert lines[at : at + 12] == [
        "  - id: c0",
        "    words: over 10,000 loaves",
        "    today: corroborated",
        "    written: corroborated",
        "    attribution: no source cited",
        "    record: {measure: loaves}",
        "    relations:",
        *(f"      s{k}: {said['c0', f's{k}']}" for k in range(5)),
    ]
    (statement_of,) = [line for line in lines if line.startswith("  s3: ")]
    assert statement_of.startswith("  s3: {words: 70 rye loaves, page: p3, ")


def test_it_is_the_same_each_time(run: Run, accepted: Path) -> None:
    first = (accepted / FILE).read_bytes()
    (accepted / FILE).unlink()
    check(run, accepted, "--accept")
    assert (accepted / FILE).read_bytes() == first


def test_it_is_no_article(accepted: Path) -> None:
    assert list(open_book(accepted)) == ["bread"]


@pytest.mark.parametrize(
    "words",
    [
        "no",
        "~",
        "",
        "null",
        " a ",
        "a: b",
        "# a",
        "{a}, [b]",
        "“a” 'b' \"c\"",
        "1.5",
        "a\nb",
        "\u00a0a",
        "é 약",
    ],
)
def test_any_text_is_on_one_line_and_read_as_it_was(words: str, tmp_path: Path) -> None:
    claim = {"id": "c", "words": words, "today": words or "a", "written": "b", "attribution": "c"}
    record = Accepted.model_validate(
        {
            "published": "2025-01-01",
            "policy": {words or "a": words},
            "claims": [claim | {"relations": {words or "a": words or "a"}}],
            "statements": {"s": {"words": words}},
        }
    )
    text = accepted_text(record)
    assert len(text.split("\n")) == 18 and not re.search("[\r\x85\u2028\u2029]", text)
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    assert Accepted.model_validate(read_yaml(path, "x.yaml").data) == record


# No change


def test_what_was_accepted_passes(run: Run, accepted: Path) -> None:
    assert fine(run, accepted) == ["bread: 3 verdicts and 10 relations, as accepted"]


def test_accepting_again_leaves_the_file_with_what_is_noted_in_it(run: Run, accepted: Path) -> None:
    path = accepted / FILE
    path.write_text(path.read_text(encoding="utf-8") + "# Looked at by A. Editor.\n", encoding="utf-8")
    found = check(run, accepted, "--accept")
    assert found.stdout.splitlines()[-1] == f"{FILE} stays as it is"
    assert path.read_text(encoding="utf-8").endswith("# Looked at by A. Editor.\n")


def test_the_verdicts_of_this_repository_are_accepted(run: Run) -> None:
    found = check(run, ROOT)
    assert found.exit_code == 0, found.output


def test_a_remark_is_nothing_to_accept(run: Run, accepted: Path) -> None:
    edit(accepted, "sources/p0.yaml", statement(remark="Seen twice."))
    assert fine(run, accepted) == ["bread: 3 verdicts and 10 relations, as accepted"]


def test_what_has_no_effect_is_listed_and_no_failure(run: Run, accepted: Path) -> None:
    edit(accepted, "sources/p3.yaml", statement(speaker="A. Baker"))
    edit(accepted, "claims/measures.yaml", policy(window_days=46))
    assert fine(run, accepted) == [
        "bread: 3 verdicts and 10 relations, as accepted",
        "Changed since then, without effect on a verdict or relation:",
        "the policy: window days from “31” to “46”",
        "statement s3 changed: speaker from nothing to “A. Baker”",
    ]


# Changes


def test_a_changed_statement_is_named_with_what_changed_in_it(run: Run, accepted: Path) -> None:
    before = Said(accepted)
    edit(accepted, "sources/p1.yaml", statement(words="7,300 loaves"))
    now = Said(accepted)
    printed = told(run, accepted)
    assert [line for line in printed if "when written" not in line] == [
        f"bread: 4 changes since {FILE} was written",
        "c0 “over 10,000 loaves”",
        "verdict today: from corroborated to disputed",
        *["because: other relations below: s1", f"reason now: {now.why['c0']}"] * 2,
        f"s1 “7,300 loaves”, Paper p1: from {before.relation['c0', 's1']} to differs",
        "because: statement s1 changed: words from “10,300 loaves” to “7,300 loaves”",
        f"reason now: {now.reason['c0', 's1']}",
        "c1 “up to 20–30 loaves of rye”",
        "s1 “7,300 loaves”, Paper p1: words: from “10,300 loaves” to “7,300 loaves”",
        f"because: the relation is still: {now.relation['c1', 's1']}",
        f"reason now: {now.reason['c1', 's1']}",
        "4 changes. Look first (tallybook verdicts bread); then accept: tallybook check --verdicts --accept",
    ]


def test_other_words_are_a_change_even_where_every_relation_stays(run: Run, accepted: Path) -> None:
    edit(
        accepted,
        "claims/bread.yaml",
        lambda data: data["claims"][0]["anchor"].update(exact="more than 10,000 loaves"),
    )
    assert told(run, accepted)[1:3] == [
        "c0 “more than 10,000 loaves”",
        "words: from “over 10,000 loaves” to “more than 10,000 loaves”",
    ]


def test_a_new_claim_is_not_yet_accepted(run: Run, accepted: Path) -> None:
    claim = {"id": "c9", "measure": "loaves", "anchor": {"exact": "10,350 loaves", "paragraph": 3}}
    edit(accepted, "claims/bread.yaml", lambda data: data["claims"].append(claim))
    now = Said(accepted)
    assert told(run, accepted)[:5] == [
        f"bread: 1 change since {FILE} was written",
        "c9 “10,350 loaves”",
        f"claim: new, not yet accepted: {now.verdict['c9']}, with 5 estimates beside it",
        "because: the claim is new",
        f"reason now: {now.why['c9']}",
    ]


def test_a_claim_that_is_gone_is_told_with_its_words(run: Run, accepted: Path) -> None:
    edit(accepted, "claims/bread.yaml", lambda data: data["claims"].pop(1))
    assert told(run, accepted)[1:4] == [
        "c1 “up to 20–30 loaves of rye”",
        "claim: gone; accepted was: contradicted, with 5 estimates beside it",
        "because: the article has no such claim",
    ]


def test_a_statement_that_is_gone_is_told_with_its_words_and_page(run: Run, accepted: Path) -> None:
    was = Said(accepted).relation["c0", "s1"]
    (accepted / "sources/p1.yaml").unlink()
    printed = told(run, accepted)
    at = printed.index(f"s1 “10,300 loaves”, p1: gone; accepted was: {was}")
    assert printed[at + 1] == "because: statement s1 is gone"
    assert "verdict today: from corroborated to supported" in printed


def test_a_new_statement_is_not_yet_accepted(run: Run, accepted: Path) -> None:
    text = (accepted / "sources/p1.yaml").read_text(encoding="utf-8")
    new = text.replace("id: p1", "id: p9").replace("id: s1", "id: s9").replace("origin: b", "origin: c")
    (accepted / "sources/p9.yaml").write_text(new, encoding="utf-8")
    is_ = Said(accepted).relation["c0", "s9"]
    printed = told(run, accepted)
    at = printed.index(f"s9 “10,300 loaves”, Paper p1: new, not yet accepted: {is_}")
    assert printed[at + 1] == "because: statement s9 is new"


def test_a_verdict_that_the_policy_changes_names_the_width(run: Run, accepted: Path) -> None:
    edit(accepted, "claims/measures.yaml", policy(tolerance=0.5))
    printed = told(run, accepted)
    assert "the policy: tolerance from “0” to “0.5”" in " ".join(printed)
    assert [line for line in printed if line.startswith("because") and "statement" in line] == []


def test_a_verdict_that_the_grouping_changes_names_the_statements_of_the_group(
    run: Run, accepted: Path
) -> None:
    edit(
        accepted,
        "sources/origins.yaml",
        lambda data: data["origins"][1].update(shares_with=["a"]),
    )
    printed = told(run, accepted)
    at = printed.index("verdict today: from corroborated to supported")
    assert printed[at + 1] == "because: a statement changed, and not its relation: s0, s1 and s2"


def test_without_another_cause_it_is_a_rule(run: Run, accepted: Path) -> None:
    edit(
        accepted,
        FILE,
        lambda data: data["claims"][0]["relations"].update(s0="of a kind that is no more (why)"),
    )
    edit(accepted, FILE, lambda data: data["claims"][1].update(attribution="lost (a, b)"))
    printed = told(run, accepted)
    now = Said(accepted)
    at = printed.index(
        "s0 “over 10 400 [bold]loaves[/bold]”, Paper p0: from of a kind that is no more (why)"
        f" to {now.relation['c0', 's0']}"
    )
    rule = "because: a rule of tallybook, or an entry of claims/measures.yaml or sources/origins.yaml"
    assert printed[at + 1 : at + 3] == [rule, f"reason now: {now.reason['c0', 's0']}"]
    assert printed[printed.index("cited source: from lost (a, b) to no source cited") + 1] == rule


def test_an_attribution_names_the_page_that_is_cited_now(run: Run, accepted: Path) -> None:
    edit(accepted, "claims/bread.yaml", lambda data: data["claims"][0].update(cites=["p1"]))
    printed = told(run, accepted)
    (at,) = [k for k, line in enumerate(printed) if line.startswith("cited source: from no source cited to ")]
    assert printed[at + 1] == "because: the claim changed: cites from nothing to “p1”"
    assert printed[at + 2].startswith("reason now: The cited page prints “10,300 loaves”")


# Accepting


def test_accepting_says_what_changed_and_writes_it(run: Run, accepted: Path) -> None:
    edit(accepted, "sources/p1.yaml", statement(words="7,300 loaves"))
    found = check(run, accepted, "--accept")
    assert found.exit_code == 0
    assert "verdict today: from corroborated to disputed" in found.stdout
    assert found.stdout.splitlines()[-1] == f"wrote {FILE}: 3 verdicts and 10 relations"
    assert fine(run, accepted) == ["bread: 3 verdicts and 10 relations, as accepted"]
    assert [path.name for path in (accepted / "claims/accepted").iterdir()] == ["bread.yaml"]


def test_one_changed_relation_is_one_changed_line_beside_its_statement(run: Run, accepted: Path) -> None:
    before = (accepted / FILE).read_text(encoding="utf-8").splitlines()
    edit(accepted, "sources/p3.yaml", statement(scope="all"))
    check(run, accepted, "--accept")
    after = (accepted / FILE).read_text(encoding="utf-8").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    relations = [line for line in changed if line.startswith("      s3: ")]
    assert len(relations) == 2 and [line[:6] for line in changed if line.startswith("  s")] == ["  s3: "]


def test_nothing_accepted_yet_is_a_failure_with_its_remedy(run: Run, bread: Path) -> None:
    assert told(run, bread) == [
        f"bread: nothing was accepted yet; {FILE} is missing",
        "1 case never accepted. Look first (tallybook verdicts bread);"
        " then accept: tallybook check --verdicts --accept",
    ]
    found = check(run, bread, "--accept", "--article", "bread")
    assert found.stdout.splitlines()[1:] == [
        f"wrote {FILE}: 3 verdicts and 10 relations, accepted for the first time"
    ]


def test_one_article_is_selected(run: Run, accepted: Path) -> None:
    text = (accepted / "claims/bread.yaml").read_text(encoding="utf-8")
    (accepted / "claims/rolls.yaml").write_text(text.replace("id: bread", "id: rolls"), encoding="utf-8")
    assert check(run, accepted).exit_code == 1
    assert check(run, accepted, "--article", "bread").exit_code == 0
    assert (
        check(run, accepted, "--article", "rolls")
        .stdout.splitlines()[-1]
        .endswith("--verdicts --accept --article rolls")
    )
    check(run, accepted, "--accept", "--article", "bread")
    assert not (accepted / "claims/accepted/rolls.yaml").exists()
    wrong = check(run, accepted, "--accept", "--article", "roll")
    assert (wrong.exit_code, wrong.stderr) == (1, "no article 'roll'. Nearest: 'rolls'.\n")


def test_accept_alone_is_a_wrong_use(run: Run, accepted: Path) -> None:
    found = run("check", "--accept", "--project", accepted)
    assert (found.exit_code, found.stdout) == (2, "") and "--accept needs --verdicts" in found.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(run: Run, accepted: Path) -> None:
    (accepted / FILE).unlink()
    (accepted / "claims/accepted").chmod(0o500)
    found = check(run, accepted, "--accept")
    assert found.exit_code == 1 and f"{FILE}:1: cannot be written" in found.stderr


def test_what_could_not_be_read_again_is_not_written(
    run: Run, accepted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (accepted / FILE).read_bytes()
    edit(accepted, "sources/p1.yaml", statement(words="7,300 loaves"))
    monkeypatch.setattr("tallybook.book.accepted.accepted_text", lambda record: "x: [")
    found = check(run, accepted, "--accept")
    assert found.exit_code == 1 and f"{FILE}:2: not valid YAML" in found.stderr
    assert (accepted / FILE).read_bytes() == before
    assert [path.name for path in (accepted / "claims/accepted").iterdir()] == ["bread.yaml"]


# Broken and hostile files

HARM: dict[str, tuple[Callable[[str], str], str]] = {
    "a merge conflict": (lambda t: t.replace("claims:", "<<<<<<< HEAD\nclaims:", 1), ":7: not valid YAML"),
    "a wrong key": (lambda t: t.replace("today:", "tody:", 1), "'claims.0.tody'. Nearest: 'today'."),
    "a relation that is a list": (lambda t: re.sub(" s0: .*", " s0: [a]", t, count=1), "must be text."),
    "a claim twice": (lambda t: t.replace("- id: c1", "- id: c0", 1), "claim id 'c0' is a duplicate."),
    "a claim that is text": (lambda t: t.replace("  - id: c0\n", "  - c\n  - id: c0\n", 1), "a mapping"),
    "an alias": (lambda t: t.replace("today: ", "today: &a ", 1), "anchors and aliases"),
    "empty": (lambda t: "", ":1: the file is empty"),
    "a list": (lambda t: "[" * 30, "it is nested too deeply"),
    "too large": (lambda t: t + "#" * LARGEST, f"at most {LARGEST:,} are read"),
    "a control character": (lambda t: t.replace("over", "ov\x1ber", 1), FILE),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("more", [(), ("--accept",)])
def test_a_broken_file_is_told_and_never_replaced(
    run: Run, accepted: Path, harm: str, more: tuple[str, ...]
) -> None:
    change, wanted = HARM[harm]
    path = accepted / FILE
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    broken = path.read_bytes()
    found = check(run, accepted, *more)
    assert found.exit_code == 1 and found.exception is not None
    first = found.stderr.splitlines()[0]
    assert first.startswith(f"{FILE}:") and wanted in found.stderr and "restore the file" in first
    assert "Traceback" not in found.output and "\x1b" not in found.output
    assert path.read_bytes() == broken


def test_hostile_words_of_the_file_are_shown_and_not_obeyed(run: Run, accepted: Path) -> None:
    attack = "[bold red]x[/bold red] <script> $x$ \\u001b[2J"
    edit(accepted, FILE, lambda data: data["claims"][0].update(today=attack))
    edit(
        accepted,
        FILE,
        lambda data: data["claims"].append(
            {**data["claims"][0], "id": "c8", "words": attack, "record": {}, "relations": {}}
        ),
    )
    printed = told(run, accepted)
    assert f"verdict today: from {attack} to corroborated" in printed
    assert f"c8 “{attack}”" in printed


def test_a_file_of_no_article_is_told(run: Run, accepted: Path) -> None:
    (accepted / FILE).rename(accepted / "claims/accepted/braed.yaml")
    found = check(run, accepted, "--accept")
    assert found.exit_code == 1
    assert found.stderr.splitlines()[0] == (
        "claims/accepted/braed.yaml:1: no article has this name. Nearest: 'bread'."
        " Delete the file, or rename it."
    )


def test_nothing_is_read_or_written_outside_the_project(run: Run, bread: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (bread / "claims/accepted").symlink_to(outside)
    found = check(run, bread, "--accept")
    assert found.exit_code == 1 and "claims/accepted:1: leads out of the project's folder" in found.stderr
    assert list(outside.iterdir()) == []
