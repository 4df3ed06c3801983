"""``check --format``: problems, warnings and changed verdicts for programs, at the line of the claim."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from defusedxml.ElementTree import fromstring
from typer.testing import Result

from tallybook.exchange.check_formats import FORMATS, MOST_CHANGES

Run = Callable[..., Result]
HOSTILE = "::error file=x::gone %0A [a](b) {0} <script>"


@pytest.fixture
def accepted(run: Run, bread: Path) -> Path:
    assert run("check", "--verdicts", "--accept", "--project", bread).exit_code == 0
    return bread


def edit(project: Path, file: str, change: Callable[[dict[str, Any]], object]) -> None:
    path = project / file
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def contradict(project: Path) -> None:
    """Two of the pages that bear out the first claim say something else now."""
    for page in ("p0", "p1"):
        edit(project, f"sources/{page}.yaml", lambda data: data["statements"][0].update(words="30 loaves"))


def told(run: Run, project: Path, output: str, *words: str, code: int = 0) -> str:
    found = run("check", "--format", output, *words, "--project", project)
    assert (found.exit_code, found.stderr) == (code, ""), found.output
    assert found.exception is None or isinstance(found.exception, SystemExit)
    return found.stdout


def line_of(project: Path, claim: str) -> int:
    lines = (project / "claims" / "bread.yaml").read_text(encoding="utf-8").splitlines()
    return lines.index(f"- id: {claim}") + 1


def cases(xml: str) -> dict[str, Any]:
    return {case.get("name"): case for case in fromstring(xml).iter("testcase")}


def test_junit_has_a_case_a_claim_whatever_came_of_it(run: Run, accepted: Path) -> None:
    before = cases(told(run, accepted, "junit", "--verdicts"))
    assert {"c0", "c1", "c2"} < set(before)
    assert all(case.find("failure") is None for case in before.values())
    contradict(accepted)
    after = cases(told(run, accepted, "junit", "--verdicts", code=1))
    assert {"c0", "c1", "c2"} < set(after)
    (failure,) = after["c0"].findall("failure")
    assert "verdict today: from corroborated to " in failure.get("message")
    assert "statement s0 changed: words from “over 10 400 [bold]loaves[/bold]” to “30 loaves”" in failure.get(
        "message"
    )
    assert after["c0"].get("line") == str(line_of(accepted, "c0"))


def test_junit_counts_what_it_holds(run: Run, accepted: Path) -> None:
    contradict(accepted)
    root = fromstring(told(run, accepted, "junit", "--verdicts", code=1))
    for suite in (root, *root.findall("testsuite")):
        for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
            assert suite.get(attribute) == str(len(list(suite.iter(tag)))), (suite.get("name"), attribute)


def test_sarif_and_github_name_claim_verdicts_and_statement_at_the_claim(run: Run, accepted: Path) -> None:
    contradict(accepted)
    (sarif,) = json.loads(told(run, accepted, "sarif", "--verdicts", code=1))["runs"]
    results = {result["locations"][0]["physicalLocation"]["region"]["startLine"]: result for result in
               sarif["results"] if result["level"] == "error"}  # fmt: skip
    found = results[line_of(accepted, "c0")]
    assert found["ruleId"] == "changed"
    github = told(run, accepted, "github", "--verdicts", code=1).splitlines()
    (line,) = [line for line in github if f"line={line_of(accepted, 'c0')},title=changed::" in line]
    for message in (found["message"]["text"], line):
        assert "c0 “over 10,000 loaves”: verdict today: from corroborated to" in message
        assert "statement s0 changed" in message


def test_the_file_is_named_as_the_working_folder_sees_it(
    run: Run, bread: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bread.parent)
    (line,) = [line for line in told(run, bread, "github", "--verdicts", code=1).splitlines()
               if "title=never accepted" in line]  # fmt: skip
    assert line.startswith("::error file=book0/claims/bread.yaml,line=1,")


@pytest.mark.parametrize("output", sorted(FORMATS))
def test_a_problem_is_told_in_the_format_too(run: Run, bread: Path, output: str) -> None:
    edit(bread, "sources/p0.yaml", lambda data: data["statements"][0].update(measure="no_such"))
    found = told(run, bread, output, "--verdicts", code=1)
    assert "sources/p0.yaml" in found and "no_such" in found


@pytest.mark.parametrize("output", sorted(FORMATS))
def test_a_warning_fails_only_where_it_is_asked_to(run: Run, bread: Path, output: str) -> None:
    edit(bread, "claims/bread.yaml", lambda data: data["claims"][0].update(attributed_to="experts"))
    assert "names nobody" in told(run, bread, output)
    assert "names nobody" in told(run, bread, output, "--strict", code=1)


@pytest.mark.parametrize("output", sorted(FORMATS))
def test_no_words_end_a_line_or_become_markup(run: Run, accepted: Path, output: str) -> None:
    plain = told(run, accepted, output, "--verdicts")
    words = f"30 loaves {HOSTILE}"
    edit(accepted, "sources/p0.yaml", lambda data: data["statements"][0].update(words=words))
    found = told(run, accepted, output, "--verdicts", code=1)
    assert "30 loaves" in found
    assert all(line.isprintable() for line in found.splitlines())
    if output == "github":
        assert all(re.match(r"::(error|warning|notice) ", line) for line in found.splitlines())
        assert len(found.splitlines()) <= len(plain.splitlines()) + 3
    elif output == "sarif":
        texts = [result["message"]["text"] for result in json.loads(found)["runs"][0]["results"]]
        assert any("30 loaves" in text for text in texts)
        assert not any(re.search(r"(?<!\\)\[a(?<!\\)\]\(", text) for text in texts)
    else:
        assert "<script>" not in found
        fromstring(found)


def test_many_changes_of_a_claim_are_counted(run: Run, accepted: Path) -> None:
    edit(accepted, "claims/bread.yaml", lambda data: data["claims"][0]["anchor"].update(exact="30 loaves"))
    found = told(run, accepted, "github", "--verdicts", code=1)
    (line,) = [line for line in found.splitlines() if "title=changed" in line]
    assert line.count(" | ") == MOST_CHANGES and re.search(r"\d+ more changes?: tallybook check", line)


def test_a_draft_is_neither_accepted_nor_a_failure(run: Run, bread: Path) -> None:
    edit(bread, "claims/bread.yaml", lambda data: data.update(state="draft"))
    case = cases(told(run, bread, "junit", "--verdicts"))["bread"]
    assert case.find("skipped") is not None


def test_nothing_is_accepted_in_a_format_for_programs(run: Run, bread: Path) -> None:
    found = run("check", "--verdicts", "--accept", "--format", "junit", "--project", bread)
    assert found.exit_code == 2 and not (bread / "claims" / "accepted").exists()
