"""Every block of README.md and docs/ is run: commands print what is shown, code runs, YAML is of its schema.

The blocks of a page are run in their order, in a folder of its own: a copy of the first case, or a suite that
the page makes or goes on with. What cannot be run says why, and is counted here.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from typer.main import get_command
from typer.testing import CliRunner

from tallybook.book.schema import schemas
from tallybook.cli.app import app

from ..intake.made_files import docx, paragraph
from ..intake.made_files import run as run_of_text
from .blocks import KINDS, Block, as_shown, blocks_of, commands_of, lines_of, pages, typed

ROOT = Path(__file__).resolve().parents[2]
FIRST_CASE = ROOT / "tests" / "data" / "first-case"  # so that an article more changes no example
BIN = Path(sys.executable).parent
PAGES = pages(ROOT)
BLOCKS = {name: blocks_of(text) for name, text in PAGES.items()}
MADE = frozenset({"docs/commands.md", "docs/python.md"})
"""Made by the program, whose own texts they show."""

SIMPLE = re.compile(r"""(?:echo '([^']*)' \| )?tallybook ([^|;&<>$`]*?)( \|\| echo "exit code \$\?")?""")

NEW, EMPTY = "a new suite", "an empty folder"
BEGINS_IN = {
    "docs/first-verdict.md": EMPTY,
    "docs/correct.md": "docs/first-verdict.md",
    "docs/review.md": NEW,
    "docs/sources.md": "docs/review.md",
    "docs/tables.md": NEW,
}
"""Where a page's blocks are run, if not in a copy of the first case; behind a page: as that has left it."""

ANSWERS = {
    "tallybook review town": "m\n1\npassenger\ntrams: Passengers of the trams.\nq\n",
    "tallybook source review": "l\nl\nl\nq\n",
}
"""What a person types in a block that is run in a new suite, where the page does not say it."""

NOT_RUN = {"README.md": 1, "docs/assistants.md": 1, "docs/first-verdict.md": 1, "docs/publish.md": 1}
"""How many blocks say that they cannot be run."""

CHECKED_ELSEWHERE = {"docs/kinds.md": "tests/house/test_kinds.py"}
"""Pages whose YAML is parts of files, which another test puts together and loads."""

TEXT = (
    "Made up: Made-up Harbour in figures",
    "The trams of Made-up Harbour had 27.4 million passengers in 2024, the Tram Company says.",
    "The council filled 18,500 potholes in 2024.",
)
HTML = (
    "<html lang='en'><head><title>Made up: {title}</title><meta property='og:site_name' content='{title}'>"
    "<meta property='article:published_time' content='2025-02-10'></head><body><article><h1>{title}</h1>"
    "<p>{said}</p></article></body></html>"
)
WEB_PAGES = {
    "trams.html": ("Tram Company", "In 2024 the trams had 27,412,000 passengers, the Tram Company says."),
    "pages/council.html": ("Town Council", "In 2024 the council filled 18,400 potholes."),
    "pages/paper.html": ("The Made-up Echo", "The trams had 27 million passengers in 2024."),
}


COMMAND = get_command(app)


class Folders:
    """Where pages are run, each in a folder of its own; ``left``: where a reader stands at a page's end."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.left: dict[str, Path] = {}

    def begin(self, page: str) -> Path:
        """The folder in which a page begins. One that goes on with another runs that first."""
        place = self.base / page.replace("/", "-").removesuffix(".md") / "desk"
        where = BEGINS_IN.get(page)
        if where is None:
            return Path(shutil.copytree(FIRST_CASE, place))
        if where == EMPTY:
            place.mkdir(parents=True)
            return place
        if where == NEW:
            return self.new_suite(page)
        if where not in self.left:
            run_page(where, self)
        return Path(shutil.copytree(self.left[where], place))

    def new_suite(self, page: str) -> Path:
        """A new suite with the files that the pages name: an article, pages and a table of yours."""
        place = self.base / f"suite-of-{page.replace('/', '-')}" / "desk"
        place.parent.mkdir(parents=True)
        printed(place.parent, f"tallybook init {place.name}")
        (place / "article.docx").write_bytes(docx("".join(paragraph(run_of_text(text)) for text in TEXT)))
        (place / "pages").mkdir()
        for name, (title, said) in WEB_PAGES.items():
            (place / name).write_text(HTML.format(title=title, said=said), encoding="utf-8")
        table = ROOT / "sources" / "tables" / "made-up-jobs-register.csv"
        (place / "jobs.csv").write_bytes(table.read_bytes())
        return place


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    return Folders(tmp_path_factory.mktemp("pages"))


def printed(folder: Path, command: str, keys: str = "") -> list[str]:
    """The lines that a command prints; it must end with 0.

    A call of tallybook is run in this process, which has loaded everything once; all else in a shell.
    """
    if (call := SIMPLE.fullmatch(command)) is not None:
        piped, words, told = call.groups()
        with working_in(folder):
            run = CliRunner().invoke(app, shlex.split(words), input=f"{piped}\n" if piped else keys)
        code, out, errors = run.exit_code, run.stdout, run.stderr
        if told and code:
            code, out = 0, f"{out}exit code {code}\n"
    else:
        environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        environment["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
        shell = subprocess.run(
            ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
        )
        code, out, errors = shell.returncode, shell.stdout, shell.stderr
    assert code == 0, f"{command}\n{out}{errors}"
    return lines_of(out)


@contextmanager
def working_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def run_page(page: str, folders: Folders) -> None:
    """Run all blocks of a page, in their order."""
    if page in folders.left:
        return
    here = folders.begin(page)
    names: dict[str, object] = {}
    blocks = [block for block in BLOCKS[page] if not block.not_run]
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        if block.file:
            file = here / block.file
            file.parent.mkdir(exist_ok=True)
            file.write_text(block.content, encoding="utf-8")
        elif block.place == NEW:
            run_in_a_new_suite(folders, page, block)
        elif block.kind == "console":
            here = run_console(here, page, block, typed(after) if after and after.kind == "keys" else "")
        elif block.kind == "python":
            run_python(here, page, block, names)
        elif block.kind == "yaml" and page in BEGINS_IN:
            add_to_file(here, block)
    folders.left[page] = here


def run_console(here: Path, page: str, block: Block, keys: str) -> Path:
    """Returns the folder in which the reader stands afterwards."""
    for command in commands_of(block, keys):
        if command.words.startswith("cd "):
            here = here / command.words.removeprefix("cd ")
            continue
        lines = printed(here, command.words, command.keys)
        told = "\n".join([f"{page}:{block.line}: {command.words}", *lines])
        assert as_shown(lines, command.shown), told
    return here


def run_in_a_new_suite(folders: Folders, page: str, block: Block) -> None:
    """The first two commands make the suite and go there, as ``Folders`` does; the others show nothing."""
    desk = folders.new_suite(page)
    (init, cd, *others) = commands_of(block)
    assert (init.words, cd.words) == (f"tallybook init {desk.name}", f"cd {desk.name}")
    for command in others:
        assert not command.shown
        printed(desk, command.words, ANSWERS.get(command.words, ""))


def run_python(here: Path, page: str, block: Block, names: dict[str, object]) -> None:
    with working_in(here):
        exec(compile("\n" * block.line + block.content, page, "exec"), names)


def add_to_file(here: Path, block: Block) -> None:
    """What a person does who adds the entries of a block to the file that it names."""
    file = here / path_of(block)
    there = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    for key, value in yaml.load(block.content, Loader=yaml.BaseLoader).items():
        there[key] = [*there.get(key, ()), *value] if isinstance(value, list) else value
    file.write_text(yaml.safe_dump(there, sort_keys=False, allow_unicode=True), encoding="utf-8")


def path_of(block: Block) -> str:
    """The file that the first line of a YAML block names."""
    return block.content.partition("\n")[0].removeprefix("#").strip()


def test_there_are_pages_and_blocks() -> None:
    assert len(PAGES) > 15 and "docs/index.md" in PAGES
    assert sum(map(len, BLOCKS.values())) > 60


@pytest.mark.parametrize("page", [page for page, blocks in BLOCKS.items() if blocks and page not in MADE])
def test_a_page_runs_as_it_says(page: str, folders: Folders) -> None:
    run_page(page, folders)


@pytest.mark.parametrize("page", PAGES)
def test_each_block_says_what_it_is(page: str) -> None:
    for block in BLOCKS[page]:
        assert block.kind in KINDS, f"{page}:{block.line}: '{block.kind}': a block says what it is"
        assert block.kind != "text" or page in MADE, f"{page}:{block.line}: nothing runs a text"
        assert block.kind != "html" or block.file, f"{page}:{block.line}: which file is it?"
        assert block.place in ("", NEW), f"{page}:{block.line}: '{block.place}' is no place"


@pytest.mark.parametrize("page", PAGES)
def test_keys_are_typed_while_a_command_runs(page: str) -> None:
    kinds = [block.kind for block in BLOCKS[page]]
    for place, kind in enumerate(kinds):
        assert kind != "keys" or (place and kinds[place - 1] == "console"), page


def test_what_is_not_run_is_counted_and_says_why(record_property: Callable[[str, object], None]) -> None:
    left = [(page, block) for page, blocks in BLOCKS.items() for block in blocks if block.not_run]
    assert Counter(page for page, _ in left) == NOT_RUN
    for page, block in left:
        record_property("not run", f"{page}:{block.line}: {block.not_run}")
        assert len(block.not_run.split()) >= 6, f"{page}:{block.line}: say why"


def yaml_blocks() -> Iterator[tuple[str, Block]]:
    for page, blocks in BLOCKS.items():
        if page not in CHECKED_ELSEWHERE:
            yield from ((page, block) for block in blocks if block.kind == "yaml")


@pytest.mark.parametrize(
    ("page", "block"), [pytest.param(page, one, id=f"{page}:{one.line}") for page, one in yaml_blocks()]
)
def test_yaml_is_of_the_schema_of_its_file(page: str, block: Block, tmp_path: Path) -> None:
    name = path_of(block)
    if name == ".pre-commit-config.yaml":
        (tmp_path / name).write_text(block.content, encoding="utf-8")
        command = [sys.executable, "-m", "pre_commit", "validate-config", name]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        return
    file = Path(name)
    kind = {"measures": "measures", "origins": "origins"}.get(file.stem) or {
        "claims": "article",
        "sources": "source",
    }[file.parent.name]
    # days as text, as the schemas have them, but for numbers and truth
    data = yaml.load(block.content, Loader=_TextOfDays)
    errors = Draft202012Validator(json.loads(schemas()[f"{kind}.schema.json"])).iter_errors(data)
    assert [f"{page}:{block.line}: {error.json_path}: {error.message}" for error in errors] == []


class _TextOfDays(yaml.SafeLoader):
    """Days and years stay the text that they are written as."""


_TextOfDays.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":int"))]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_json_is_json_and_starts_what_there_is() -> None:
    (block,) = [block for blocks in BLOCKS.values() for block in blocks if block.kind == "json"]
    (server,) = json.loads(block.content)["mcpServers"].values()
    assert server["command"] == "tallybook" and unknown_in([server["command"], *server["args"]]) == []


def unknown_in(words: list[str]) -> list[str]:
    """The command or the options of a call that the program does not have."""
    command: Any = COMMAND
    left = words[1:]
    while left and left[0] in getattr(command, "commands", {}):
        command = command.commands[left.pop(0)]
    if getattr(command, "commands", None) and left and re.fullmatch("[a-z]+", left[0]):
        return [left[0]]
    known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)} | {"--help"}
    return [word for word in left if word.startswith("--") and word not in known]


def test_a_call_that_does_not_exist_is_found() -> None:
    assert unknown_in(["tallybook", "chek"]) == ["chek"]
    assert unknown_in(["tallybook", "source", "table", "x.csv", "--agin"]) == ["--agin"]
    assert unknown_in(["tallybook", "check", "--verdicts", "--accept"]) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_call_in_a_sentence_is_one_that_exists(page: str) -> None:
    calls = re.findall(r"`(tallybook [^`\n]*)`", re.sub(r"^```.*?^```", "", PAGES[page], flags=re.M | re.S))
    assert [call for call in calls if unknown_in(call.split())] == []


def test_links_lead_somewhere() -> None:
    for page, text in PAGES.items():
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            assert target.startswith("https://") or (ROOT / page).parent.joinpath(target).exists(), (
                page,
                target,
            )


def test_the_index_lists_every_page() -> None:
    listed = re.findall(r"^- \[[^\]]+\]\(([a-z-]+\.md)\)", PAGES["docs/index.md"], re.MULTILINE)
    there = {Path(page).name for page in PAGES if page.startswith("docs/")} - {"index.md"}
    assert sorted(listed) == sorted(there)


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        (("a", "b", "c"), True),
        (("a", "…"), True),
        (("…", "c"), True),
        (("a", "…", "c"), True),
        (("…", "b", "…"), True),
        (("a", "b"), False),
        (("b", "…"), False),
        (("a", "b", "c", "…"), False),
        (("…", "a", "…"), False),
    ],
)
def test_an_ellipsis_stands_for_lines(shown: tuple[str, ...], right: bool) -> None:
    assert as_shown(["a", "b", "c"], shown) is right
