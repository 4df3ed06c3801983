"""Every command on an output of any encoding, and into a pipe that nobody reads to its end."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
try:
    import commands
    import desk
    import warm
    from stepping import run
finally:
    sys.path.remove(str(HERE))

for package in ("ruamel.yaml", "xlsxwriter", "duckdb", "lxml"):
    pytest.importorskip(package)
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="a run is a copy of this process, and is looked for in /proc"
)

ENCODINGS = ("ascii", "cp1252", "utf-16")
NAME = "Газета 최"
READ = (
    ["verdicts", desk.CASE], ["explain", "potholes"], ["compare", desk.CASE], ["drift", desk.CASE],
    ["robustness", desk.CASE], ["selfcheck", desk.CASE], ["check"], ["status"], ["measures"],
    ["match", desk.CASE], ["quotes"], ["source", "drafts"], ["lint", "draft.txt"], ["read", "foreign.txt"],
    ["read", "foreign.txt", "--json"], ["check", "--verdicts"], ["verdicts", NAME], ["--help"],
)  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book whose publishers and case have a name that most encodings lack."""
    warm.warm()
    folder = tmp_path_factory.mktemp("encodings") / "work"
    desk.with_a_page(folder)
    for file in (*folder.glob("sources/made-up*.yaml"), folder / "claims" / f"{desk.CASE}.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("\npublisher: ", f"\npublisher: {NAME} "), encoding="utf-8")
    (folder / "foreign.txt").write_text(f"{NAME} counted over 300 {NAME} apples.\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("words", READ, ids=" ".join)
def test_no_encoding_stops_a_command_or_drops_a_letter(words: list[str], book: Path) -> None:
    plain = run(words, book)
    assert "Traceback" not in plain.err
    for encoding in ENCODINGS:
        ended = run(words, book, encoding=encoding)
        assert (ended.code, "Traceback" in ended.err) == (plain.code, False), (encoding, ended.err)
        if words[-1] != "--json":  # which is UTF-8 everywhere
            told, wanted = ended.out + ended.err, plain.out + plain.err
            letter = "Г" if encoding == "utf-16" else r"\u0413"
            assert told.count(letter) == wanted.count("Г"), encoding


@pytest.mark.parametrize("words", READ, ids=" ".join)
def test_a_reader_that_leaves_ends_a_command_quietly(words: list[str], book: Path) -> None:
    ended = run(words, book, reader_leaves=True)
    assert "Traceback" not in ended.err and "BrokenPipe" not in ended.err
    assert not ended.left


@pytest.mark.parametrize("name", [n for n, c in commands.COMMANDS.items() if c.alone and n != "export-all"])
def test_what_a_command_writes_does_not_depend_on_the_encoding(name: str, tmp_path: Path) -> None:
    warm.warm()
    command = commands.COMMANDS[name]
    folder = tmp_path / "work"
    command.prepare(folder)
    ended = run(command.arguments, folder, typed=command.typed, encoding="ascii")
    assert "Traceback" not in ended.err and ended.code in (0, 1)
    assert commands.tree(folder)
