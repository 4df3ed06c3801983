"""The formats of lint: each valid by its own rules, and none that a draft could break out of."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

from tallybook.exchange.lint_formats import FORMATS, as_text
from tallybook.exchange.plain import file_uri, shown
from tallybook.intake.draft import Place
from tallybook.intake.known import NOTHING
from tallybook.intake.lint import Finding, LintedDraft
from tallybook.terms import Consistency, Known

HOSTILE = (
    "12\n::error file=x::gone\r\n\x1b[31m<script>alert(1)</script>]]>&amp;\x00\u202e%0A::warning::x "
    "[a](https://a.example) {0} \ufffe\ud800 \u2028“q”"
)
NAME = "dra\nft, a:b%.md"


def draft(words: str = "12 loaves", sentence: str = "a source says 9.", name: str = NAME) -> LintedDraft:
    findings = tuple(
        Finding(Place(line, 3), Place(line, 12), words, known, sentence)
        for line, known in enumerate(Known, start=1)
    )
    return LintedDraft(name, 3, findings, Counter({Consistency.INCONSISTENT: 1, Consistency.CONSISTENT: 2}))


def told(output: str, *drafts: LintedDraft) -> str:
    return FORMATS[output](drafts or [draft()])


@pytest.mark.parametrize("output", sorted(FORMATS))
@pytest.mark.parametrize("hostile", [HOSTILE, "::stop-commands::x", "##[error]x", "\r\n\r\n", ""])
def test_no_words_of_a_draft_end_a_line_or_steer_a_terminal(output: str, hostile: str) -> None:
    plain, found = told(output), told(output, draft(hostile, hostile, name=hostile or "a"))
    assert found.count("\n") == plain.count("\n")
    assert all(line.isprintable() for line in found.split("\n"))
    found.encode("utf-8")


def test_shown_names_what_is_not_printable() -> None:
    assert shown("a\n\tb\x1b\u202e\U000e0001") == "a b\\x1b\\u202e\\U000e0001"
    assert shown("“12 %” – naïve") == "“12 %” – naïve"


def test_text_has_a_line_a_finding_and_the_summary() -> None:
    lines = told("text", draft(name="a.md")).splitlines()
    assert lines[0] == "a.md:1:3: 12 loaves: a source says 9."
    assert len(lines) == len(Known) + 1
    assert lines[-1].startswith(
        "3 figures read: contradicted 1, distorted 1, disputed 1, stated 1, "
        "perhaps stated 1, nothing known 1. 3 tests"
    )


def test_figures_that_nothing_is_known_of_are_one_line_and_hide_nothing() -> None:
    known = [Known.CONTRADICTED, *[Known.UNKNOWN] * 5, Known.STATED]
    said = {Known.UNKNOWN: NOTHING.sentence}
    findings = tuple(
        Finding(Place(n, 3), Place(n, 12), f"{n} loaves", one, said.get(one, "a."))
        for n, one in enumerate(known, start=1)
    )
    linted = LintedDraft("a.md", 7, findings, Counter())
    lines = as_text([linted]).splitlines()
    assert lines[:2] == ["a.md:1:3: 1 loaves: a.", "a.md:7:3: 7 loaves: a."]
    assert lines[2].startswith(
        "a.md: “2 loaves”, “3 loaves”, “4 loaves”, “5 loaves” and “6 loaves”: nothing known: "
    )
    assert len(lines) == 4 and "nothing known 5" in lines[3]
    assert len(as_text([linted], every=True).splitlines()) == 8
    one = LintedDraft("a.md", 2, findings[:2], Counter())
    assert as_text([one]).splitlines()[1].startswith("a.md:2:3: 2 loaves: nothing known: ")


def test_json_keeps_the_words_as_they_are() -> None:
    found = json.loads(told("json", draft(HOSTILE)))
    (one,) = found["drafts"]
    assert one["file"] == NAME and one["figures"] == 3
    assert one["tests"] == {"consistent": 2, "inconsistent": 1, "cannot tell": 0}
    assert one["findings"][0] == {
        "line": 1, "column": 3, "end_line": 1, "end_column": 12, "words": HOSTILE, "known": "contradicted",
        "sentence": "a source says 9.", "measure": None, "url": None,
    }  # fmt: skip


def test_sarif_has_what_its_schema_requires() -> None:
    log = json.loads(told("sarif", draft(HOSTILE, HOSTILE)))
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "tallybook"
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    assert [result["ruleId"] for result in run["results"]] == ["contradicted", "distorted", "inconsistent"]
    for rule in driver["rules"]:
        assert rule["id"] and rule["shortDescription"]["text"].endswith(".")
        assert rule["defaultConfiguration"]["level"] == "error"
    for result in run["results"]:
        _check_result(result, driver["rules"])


def _check_result(result: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] in ("none", "note", "warning", "error")
    message = result["message"]["text"]
    assert not re.search(r"(?<!\\)\[[^\]]*(?<!\\)\]\(", message)  # no link
    assert not re.search(r"(?<!\{)\{\d+\}(?!\})", message)  # no placeholder
    (place,) = result["locations"]
    uri = place["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
    region = place["physicalLocation"]["region"]
    assert 1 <= region["startLine"] <= region["endLine"]
    assert 1 <= region["startColumn"] < region["endColumn"]


def test_a_uri_is_relative_where_the_name_is() -> None:
    assert file_uri("a b/ü.md") == "a%20b/%C3%BC.md"
    assert file_uri("/a b.md") == "file:///a%20b.md"
    assert file_uri("-") == "stdin"


def test_junit_counts_what_it_holds() -> None:
    root = fromstring(told("junit", draft(HOSTILE, HOSTILE), draft(name="b.md")).encode("utf-8"))
    suites = root.findall("testsuite")
    assert root.tag == "testsuites" and len(suites) == 2
    for suite in suites:
        cases = suite.findall("testcase")
        assert all(case.get("name") and case.get("classname") for case in cases)
        counted = {
            "tests": cases,
            "failures": suite.findall("*/failure"),
            "skipped": suite.findall("*/skipped"),
        }
        assert {name: suite.get(name) for name in counted} == {k: str(len(v)) for k, v in counted.items()}
    assert root.get("tests") == "14" and root.get("failures") == "6" and root.get("skipped") == "2"
    assert "<script>" in (suites[0].find("*/failure").get("message") or "")


def unescaped(text: str, rules: dict[str, str]) -> str:
    """As a runner reads it: %25 last."""
    for code, character in rules.items():
        text = text.replace(code, character)
    return text.replace("%25", "%")


def test_github_gets_one_command_a_line() -> None:
    lines = told("github", draft(HOSTILE, HOSTILE)).split("\n")
    assert len(lines) == 4
    for line in lines[:-1]:
        found = re.fullmatch(r"::error ([^:\r\n]*)::([^\r\n]*)", line)
        assert found, line
        properties = dict(pair.split("=", 1) for pair in found[1].split(","))
        assert list(properties) == ["file", "line", "col", "endLine", "endColumn", "title"]
        file = unescaped(properties["file"], {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","})
        assert file == shown(NAME)
        assert unescaped(found[2], {}) == f"{shown(HOSTILE)}: {shown(HOSTILE)}"
    assert lines[-1].startswith("::notice title=tallybook::3 figures read")
