"""The claims of a draft that have no measure yet, taken out of the list before records are made of it.

In the file they stand among the others, where a person gives them a measure. Each keeps its line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tallybook.book.project_files import ProjectFiles
from tallybook.book.yaml_lines import YamlFile
from tallybook.terms import State

_APART = "unmeasured"


def drafts_apart(files: ProjectFiles) -> ProjectFiles:
    """The same files, where no claim without a measure is among the claims of a draft."""
    return replace(files, articles={name: _apart(file) for name, file in files.articles.items()})


def _apart(file: YamlFile) -> YamlFile:
    data = file.data
    if not isinstance(data, dict):
        return file
    if _APART in data:
        message = f"unknown key '{_APART}'. Of a draft, write claims without a measure under 'claims'."
        file = replace(file, problems=[*file.problems, file.lines.problem((_APART,), message)])
        data = {key: value for key, value in data.items() if key != _APART}
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
