"""What nobody has looked at, taken out of its list before records are made, so that nothing compares it.

These are the claims of a draft that have no measure yet, and the statements that a program drafted (they have
"guessed"). In the file they stand among the others, where a person completes them. Each keeps its line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tallybook.book.project_files import ProjectFiles
from tallybook.book.yaml_lines import YamlFile
from tallybook.terms import State

_APART = "unmeasured"
_DRAFTED = "drafted"


def drafts_apart(files: ProjectFiles) -> ProjectFiles:
    """The same files, where no claim without a measure is among the claims of a draft, and no statement that
    a program drafted among those of a page."""
    return replace(
        files,
        articles={name: article_apart(file) for name, file in files.articles.items()},
        sources={name: source_apart(file) for name, file in files.sources.items()},
    )


def _without_key(file: YamlFile, key: str, remedy: str) -> YamlFile:
    """The file without a key that only the loader makes; in a file it is a problem."""
    if key not in file.data:
        return file
    problem = file.lines.problem((key,), f"unknown key '{key}'. {remedy}")
    data = {name: value for name, value in file.data.items() if name != key}
    return replace(file, data=data, problems=[*file.problems, problem])


def source_apart(file: YamlFile) -> YamlFile:
    """A page without the statements that a program drafted among the others."""
    if not isinstance(file.data, dict):
        return file
    file = _without_key(file, _DRAFTED, "Write what is drafted under 'statements', with 'guessed'.")
    statements = file.data.get("statements")
    if not isinstance(statements, list) or not any(_is_drafted(one) for one in statements):
        return file
    apart = [i for i, one in enumerate(statements) if _is_drafted(one)]
    others = [i for i, one in enumerate(statements) if not _is_drafted(one)]
    lists = {"statements": others, _DRAFTED: apart}
    parts = {key: [statements[i] for i in places] for key, places in lists.items()}
    return replace(file, data=file.data | parts, lines=file.lines.regrouped("statements", lists))


def _is_drafted(statement: Any) -> bool:
    return isinstance(statement, dict) and "guessed" in statement


def article_apart(file: YamlFile) -> YamlFile:
    """An article without the claims that have no measure among the others."""
    if not isinstance(file.data, dict):
        return file
    file = _without_key(file, _APART, "Of a draft, write claims without a measure under 'claims'.")
    data: dict[str, Any] = file.data
    claims = data.get("claims")
    if data.get("state") != State.DRAFT or not isinstance(claims, list):
        return replace(file, data=data)
    without = [i for i, claim in enumerate(claims) if _lacks_measure(claim)]
    with_it = [i for i in range(len(claims)) if i not in set(without)]
    lists = {"claims": with_it, _APART: without}
    parts = {key: [_plain(claims[i]) for i in places] for key, places in lists.items()}
    return replace(file, data=data | parts, lines=file.lines.regrouped("claims", lists))


def _lacks_measure(claim: Any) -> bool:
    return isinstance(claim, dict) and claim.get("measure") is None


def _plain(claim: Any) -> Any:
    """A claim without the key of a measure that is left open."""
    if not _lacks_measure(claim):
        return claim
    return {key: value for key, value in claim.items() if key != "measure"}
