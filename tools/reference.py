"""Writes the pages of the handbook that the program itself knows best: commands, fields, words, Python.

    python tools/reference.py        # or: make docs

Each page is made of one source: the help of the command, the records of the book, the vocabulary, the
docstrings. A test compares what is committed with what this gives.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from typer.main import get_command
from typer.testing import CliRunner

import tallybook
from tallybook import charts, terms
from tallybook.book.schema import ALL
from tallybook.cli.app import app
from tallybook.tables.opened import OpenBook

DOCS = Path(__file__).resolve().parents[1] / "docs"
WIDTH = 84
FILES = {
    "article": ("claims/ARTICLE.yaml", "an article and its claims; the file has the article's id"),
    "measures": ("claims/measures.yaml", "what is counted, how wide vague words reach, who publishes"),
    "source": ("sources/PAGE.yaml", "a page and the statements on it; the file has the page's id"),
    "origins": ("sources/origins.yaml", "who produced the figures, and who repeats whom"),
    "accepted": (
        "claims/accepted/ARTICLE.yaml",
        "the verdicts that a person accepted; `check --accept` writes it",
    ),
}
MADE = "The program writes this page."
OF_FIELDS = ("Modifier", "Kind", "Status", "State", "Kept", "Tier")


def pages() -> dict[str, str]:
    """The text of each page by its name in docs/."""
    return {"commands.md": commands(), "fields.md": fields(), "words.md": words(), "python.md": python()}


# Commands


def commands() -> str:
    """The help of every command, as it prints it."""
    told = list(_commands(get_command(app), ()))
    table = _table(("command", "what it does"), ((f"[`{_call(path)}`](#{_anchor(_call(path))})", first)
                                                 for path, first in told if path))  # fmt: skip
    parts = [
        "# Commands",
        f"What each command takes, in the words of its own `--help`. {MADE} "
        "[exit-codes.md](exit-codes.md) says what each ends with.",
        table,
        *(f"## `{_call(path)}`\n\n```text\n{_help(path)}\n```" for path, _ in told),
    ]
    return "\n\n".join(parts) + "\n"


def _commands(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The command and those below it, each with the first sentence of its help."""
    yield path, " ".join((command.help or "").strip().split("\n\n")[0].split()).split(". ")[0].rstrip(".")
    for name, one in getattr(command, "commands", {}).items():
        yield from _commands(one, (*path, name))


def _call(path: tuple[str, ...]) -> str:
    return " ".join(("tallybook", *path))


def _anchor(title: str) -> str:
    return title.replace(" ", "-")


def _help(path: tuple[str, ...]) -> str:
    run = CliRunner().invoke(
        app, [*path, "--help"], prog_name="tallybook", terminal_width=WIDTH, max_content_width=WIDTH,
        env={"COLUMNS": str(WIDTH), "NO_COLOR": "1"},
    )  # fmt: skip
    if run.exit_code != 0:
        raise SystemExit(f"{_call(path)} --help ends with {run.exit_code}: {run.output}")
    return "\n".join(line.rstrip() for line in run.output.strip().splitlines())


# Fields


def fields() -> str:
    """Every key of every YAML file, by the records that the book is loaded with."""
    parts = [
        "# Fields of the YAML files",
        f"What may stand in the files of a book. {MADE} Editors that know YAML schemas complete and check "
        "the same while you type (`schemas/`); `tallybook check` says more, with file, line and remedy.",
        "An id has small letters, digits, `_` and `-`. A period is written in EDTF: `2024`, `2024-11`, "
        "`2024-11-03`, `2024-01/2024-06`, `../2025-07`. What you do not know, leave out.",
        _table(
            ("file", "what it holds"),
            ((f"[`{place}`](#{_file_anchor(place)})", holds) for place, holds in FILES.values()),
        ),
    ]
    for name, (place, _) in FILES.items():
        schema = ALL[name].model_json_schema()
        records = schema.get("$defs", {})
        parts += [f"## `{place}`", _fields(schema, name)]
        for title, record in records.items():
            if "properties" in record:
                parts += [f"### {_title(name, title)}", *_about(record), _fields(record, name)]
    parts += ["## Words that a field takes", "[words.md](words.md) says what each means."]
    parts.append(
        _table(
            ("word of", "one of"),
            ((name.lower(), ", ".join(f"`{term}`" for term in getattr(terms, name))) for name in OF_FIELDS),
        )
    )
    return "\n\n".join(parts) + "\n"


def _told(text: str | None) -> bool:
    """Whether a docstring says more than a path."""
    return bool(text) and not str(text).strip().startswith("``")


def _about(record: Mapping[str, Any]) -> list[str]:
    return [_plain(str(record["description"]))] if _told(record.get("description")) else []


def _file_anchor(place: str) -> str:
    return re.sub(r"[^\w\- ]", "", place.lower())


def _title(file: str, record: str) -> str:
    """A record of two files has a heading in each."""
    words = re.sub(r"(?<!^)([A-Z])", r" \1", record).lower()
    return f"{words[0].upper()}{words[1:]} ({file})"


def _fields(schema: Mapping[str, Any], file: str) -> str:
    needed = set(schema.get("required", ()))
    more = schema.get("then", {}).get("properties", {})  # what a draft may have instead
    return _table(
        ("field", "needed", "takes", "what it is"),
        (
            (
                f"`{name}`",
                "yes" if name in needed else "",
                _takes(field | more.get(name, {}), file),
                _cell(field.get("description", "")),
            )
            for name, field in schema["properties"].items()
        ),
    )


def _takes(field: Mapping[str, Any], file: str) -> str:
    """What may stand in a field, in words."""
    if "anyOf" in field:
        kinds = [one for one in field["anyOf"] if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(_takes(one, file) for one in kinds))
    if "$ref" in field:
        name = str(field["$ref"]).rpartition("/")[2]
        if name in OF_FIELDS:
            return f"a word of {name.lower()}"
        title = _title(file, name)
        anchor = _anchor(re.sub(r"[^a-z -]", "", title.lower()))
        return f"[{title.partition(' (')[0].lower()}](#{anchor})"
    if "enum" in field:
        return "one of " + ", ".join(f"`{word}`" for word in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    kind = field.get("type")
    if kind == "array":
        return f"list: {_takes(field.get('items', {}), file)}"
    if kind == "object":
        inside = next(iter(field.get("patternProperties", {}).values()), field.get("additionalProperties"))
        return f"by id: {_takes(inside, file)}" if isinstance(inside, dict) else "keys with values"
    return _simple(field, kind)


def _simple(field: Mapping[str, Any], kind: Any) -> str:
    if kind == "boolean":
        return "`true` or `false`"
    if kind in ("integer", "number"):
        low = field.get("minimum", field.get("exclusiveMinimum"))
        high = field.get("maximum", field.get("exclusiveMaximum"))
        bounds = (
            [f"above {low:g}" if "exclusiveMinimum" in field else f"from {low:g}"] if low is not None else []
        )
        bounds += [f"to {high:g}"] if high is not None else []
        return " ".join(["a whole number" if kind == "integer" else "a number", *bounds])
    if field.get("format") == "date":
        return "a day: `2025-12-15`"
    pattern = field.get("pattern", "")
    for start, told in (
        ("^[a-z0-9][a-z0-9_-]", "an id"),
        ("^https?://", "a link"),
        ("^[a-z]{2,3}$", "a language: `en`"),
        ("^[0-9a-f]{64}$", "a SHA-256"),
    ):
        if pattern.startswith(start):
            return told
    longest = field.get("maxLength")
    return f"text, at most {longest:,} characters" if longest else "text"


# Words


def words() -> str:
    """The whole vocabulary, as terms.py has it."""
    kinds = [
        kind for _, kind in inspect.getmembers(terms, inspect.isclass)
        if issubclass(kind, terms.Term) and kind is not terms.Term
    ]  # fmt: skip
    kinds.sort(key=lambda kind: inspect.getsourcelines(kind)[1])
    parts = [
        "# Words",
        f"Every word that tallybook uses for a verdict, a relation, a reason or a kind. {MADE} "
        "[method.md](method.md) says when each holds.",
    ]
    for kind in kinds:
        signs = any(term.sign for term in kind)
        head = (*(("sign",) if signs else ()), "word", "called", "meaning")
        rows = (
            (*((term.sign,) if signs else ()), f"`{term}`", _cell(term.label), _cell(term.meaning))
            for term in kind
        )
        parts += [f"## {_words_of(kind.__name__)}", _plain(_first(kind)), _table(head, rows)]
    return "\n\n".join(parts) + "\n"


def _words_of(name: str) -> str:
    spaced = re.sub(r"(?<!^)([A-Z])", r" \1", name).lower()
    return spaced[0].upper() + spaced[1:]


def _first(thing: Any) -> str:
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


# Python


def python() -> str:
    """Signatures and docstrings of what `import tallybook as tb` gives."""
    parts = [
        "# Python",
        "What `import tallybook as tb` gives, in the words of the code. "
        f"{MADE} [notebooks.md](notebooks.md) shows it in use.",
        "## Functions",
        *_described("tb.", (getattr(tallybook, name) for name in tallybook.__all__ if _is_function(name))),
        "## Charts",
        "Each returns a chart with its alt text, its caption and the rows that it draws.",
        *_described(
            "tb.charts.", (one for one in map(vars(charts).get, charts.__all__) if inspect.isfunction(one))
        ),
        "## An open book",
        *_members("book", OpenBook),
        "## A case",
        *_members("case", tallybook.Case),
        "## A figure that was read",
        _plain_doc(tallybook.Mention),
        *_members("figure", tallybook.Mention),
        "## The widths",
        _plain_doc(tallybook.Policy),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _is_function(name: str) -> bool:
    return inspect.isfunction(getattr(tallybook, name))


def _described(before: str, functions: Iterable[Callable[..., Any] | None]) -> Iterator[str]:
    for one in functions:
        if one is not None:
            yield f"### `{before}{one.__name__}`"
            yield f"```text\n{before}{one.__name__}{_signature(one)}\n```"
            yield _plain_doc(one)


def _members(name: str, kind: type) -> Iterator[str]:
    for key, one in vars(kind).items():
        if key.startswith("_") or not (inspect.isfunction(one) or isinstance(one, property)):
            continue
        doc = _plain_doc(one)
        if not doc:
            continue
        yield f"### `{name}.{key}`"
        if inspect.isfunction(one):
            yield f"```text\n{name}.{key}{_signature(one)}\n```"
        yield doc


def _signature(function: Callable[..., Any]) -> str:
    """Names, types and defaults as they are written."""
    told, star = [], False
    for one in inspect.signature(function).parameters.values():
        if one.name == "self":
            continue
        if one.kind is one.KEYWORD_ONLY and not star:
            told.append("*")
            star = True
        mark = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
        star = star or mark == "*"
        kind = f": {one.annotation}" if isinstance(one.annotation, str) else ""
        default = "" if one.default is one.empty else f" = {_default(one.default)}"
        told.append(f"{mark}{one.name}{kind}{default}")
    returns = inspect.signature(function).return_annotation
    return f"({', '.join(told)})" + (f" -> {returns}" if isinstance(returns, str) else "")


def _default(value: object) -> str:
    if isinstance(value, StrEnum):
        return repr(str(value))
    return value.__name__ if inspect.isfunction(value) else repr(value)


def _plain_doc(thing: Any) -> str:
    """A docstring as Markdown: paragraphs of words, and nothing that is markup by accident."""
    text = inspect.getdoc(thing) or ""
    return "\n\n".join(_plain(" ".join(part.split())) for part in text.split("\n\n"))


def _plain(text: str) -> str:
    """Names between double backticks as code; every other sign of Markdown as itself."""
    text = re.sub(r":meth:`(\w+)`", r"``\1()``", text)
    pieces = re.split(r"``(.+?)``", text)
    return "".join(
        f"`{piece}`" if place % 2 else re.sub(r"([\\`*_<>\[\]|])", r"\\\1", piece)
        for place, piece in enumerate(pieces)
    )


def _cell(text: str) -> str:
    return _plain(" ".join(str(text).split()))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
        print(f"wrote docs/{name}")


if __name__ == "__main__":
    sys.exit(main())
