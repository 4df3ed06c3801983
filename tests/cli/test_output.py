"""Every command, at every width and in every encoding: nothing too wide, no traceback, nothing obeyed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from rich.cells import cell_len

import tallybook
from tallybook.cli.app import main
from tallybook.cli.terminal import console

from .conftest import LONG_WORD

COMMANDS = [
    ["check"],
    ["verdicts", "bread"],
    ["explain", "c0"],
    ["explain", "c1", "s4"],
    ["compare", "bread"],
    ["drift", "bread"],
    ["robustness", "bread", "--all"],
    ["selfcheck", "bread"],
    ["explain", "최대–“x”"],
    ["compare", "bread", "--relation", "최대"],
]
TALLYBOOK = [sys.executable, "-m", "tallybook"]


def environment(**more: str) -> dict[str, str]:
    gone = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "LC_ALL", "LANG")
    return {name: value for name, value in os.environ.items() if name not in gone} | {"TERM": "xterm"} | more


def on_a_terminal(words: list[str], width: int, cwd: Path) -> str:
    """What a terminal of ``width`` columns is sent."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")
    termios = pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, width))
    with subprocess.Popen(
        [*TALLYBOOK, *words], stdin=subprocess.DEVNULL, stdout=theirs, cwd=cwd, env=environment()
    ):
        os.close(theirs)
        raw = b""
        while piece := _read(ours):
            raw += piece
    os.close(ours)
    return raw.decode().replace("\r\n", "\n")


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65_536)
    except OSError:  # how Linux says that nobody is left
        return b""


def without_styles(text: str) -> str:
    for style in ("0", "1", "2", "31", "32", "33", "1;31", "1;32"):
        text = text.replace(f"\x1b[{style}m", "")
    return text


class Stream(io.TextIOWrapper):
    """An output of any encoding, a terminal or not."""

    def __init__(self, encoding: str, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="\n", write_through=True)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def read_back(self) -> str:
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode(self.encoding)


@pytest.fixture
def started(bread: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[str, str]]:
    """(standard output, standard error) of the command, run in this process."""

    def start(
        *words: str, width: int | None = None, encoding: str = "utf-8", columns: int = 80
    ) -> tuple[str, str]:
        out, err = Stream(encoding, width is not None), Stream(encoding, False)
        with monkeypatch.context() as patch:
            patch.chdir(bread)
            patch.setenv("COLUMNS", str(width or columns))
            patch.setenv("TERM", "xterm")
            patch.setattr("sys.argv", ["tallybook", *words])
            patch.setattr("sys.stdout", out)
            patch.setattr("sys.stderr", err)
            console.cache_clear()
            with pytest.raises(SystemExit) as ended:
                main()
        told = err.read_back()
        assert (ended.value.code == 0) == (told == ""), told
        return out.read_back(), told

    return start


@pytest.mark.parametrize("width", [40, 80, 99, 100, 120, 200])
@pytest.mark.parametrize("words", COMMANDS[1:8], ids=" ".join)
def test_a_terminal_of_any_width_is_not_overrun(
    width: int, words: list[str], started: Callable[..., tuple[str, str]]
) -> None:
    printed = without_styles(started(*words, width=width)[0])
    assert printed and "\x1b" not in printed
    assert all(cell_len(line) <= width for line in printed.splitlines()), printed
    if words[0] == "verdicts":
        assert ("    for: 2" in printed) == (width < 200)


ATTRIBUTED = "speaker changed; the finding: ● corroborated"


@pytest.mark.parametrize("width", [20, 40, 80, 99, 100, 120, 160, 200, None])
def test_a_claim_headed_by_its_source_keeps_to_the_terminal(
    width: int | None, bread: Path, started: Callable[..., tuple[str, str]]
) -> None:
    path = bread / "claims" / "bread.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["claims"][0] |= {"attributed_to": "Bakers of the Town", "origin": "d", "cites": ["p1"]}
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    printed = started("verdicts", "bread", width=width)[0]
    if width is None:
        assert printed.startswith(f"{ATTRIBUTED}  c0  “over 10,000 loaves”\n    On the finding: ")
        return
    assert "\x1b[1mspeaker changed\x1b[0m;" in printed.replace("\x1b[0m\x1b[0m", "\x1b[0m")
    assert "\x1b[32m● corroborated\x1b[0m" in printed, "a sign stays with its word, in their colour"
    lines = without_styles(printed).splitlines()
    assert all(cell_len(line) <= width for line in lines), printed
    finding, _, told = " ".join(" ".join(lines).split()).partition(". ")
    assert finding == "Of 3 figures in “Bread”, 1 is corroborated, 1 is contradicted and 1 is unsourced"
    if width < 160:
        assert told.startswith(f"{ATTRIBUTED} “over 10,000 loaves” On the")
    else:
        head, first, second, *_ = lines[lines.index("") + 1 :]
        assert first.startswith("speaker changed;  ") and first.index("c0") == head.rindex("id")
        assert second.startswith("the finding: ● corroborated  ")


def test_on_a_terminal_a_count_of_nothing_is_not_told(started: Callable[..., tuple[str, str]]) -> None:
    printed = without_styles(started("verdicts", "bread", width=80)[0])
    assert "    for: 2; aside: 2; cited source: no source cited; id: c0\n" in printed
    assert "against: 0" in started("verdicts", "bread")[0], "a pipe has every count"


def test_on_a_terminal_compare_begins_with_what_differs_and_counts_the_rest(
    started: Callable[..., tuple[str, str]],
) -> None:
    printed = without_styles(started("compare", "bread", width=80)[0]).splitlines()
    heads = [line for line in printed if line[:1] and line[0] in "●◉◐▲–"]
    assert heads == [
        "◉ supports *  over 10,400 loaves", "◉ supports *  10,300 loaves",
        "▲ differs *  70 loaves", "▲ differs *  about 90 loaves",
    ]  # fmt: skip
    assert not any(line.strip().startswith("id: ") for line in printed)
    assert "    and 3 more figures: 2 that cannot be compared and 1 of the same source" in printed
    assert printed[-2:] == [
        "10 pairs. * speaks for its source group.",
        "--all lists every pair; --claim and --relation select some.",
    ]
    every = without_styles(started("compare", "bread", "--all", width=80)[0]).splitlines()
    assert sum(line.startswith("    id: ") for line in every) == 10
    of_c1 = [line for line in every[every.index("") :] if line and line[0] in "●◉◐▲–"]
    assert [head[0] for head in of_c1] == sorted((head[0] for head in of_c1), key="▲●◉◐–".index)
    assert "--all" not in every[-1]


def test_on_a_terminal_drift_and_robustness_begin_with_what_was_found(
    started: Callable[..., tuple[str, str]],
) -> None:
    drift = without_styles(started("drift", "bread", width=80)[0]).splitlines()
    assert drift[0].startswith("1 statement repeated by several pages, 0 of them without distortion.")
    assert "bound lost  1 wording: the bound was lost" in drift
    assert not any("[bound_dropped]" in line or line.strip() == "nearest to the origin" for line in drift)
    one = without_styles(started("drift", "bread", "s0", width=80)[0])
    assert "    nearest to the origin\n" in one, "one statement is told whole"
    assert without_styles(started("robustness", "bread", width=80)[0]).startswith("No verdict is fragile.\n")


def test_figures_of_a_text_keep_to_40_columns(bread: Path, started: Callable[..., tuple[str, str]]) -> None:
    file = bread / "text.txt"
    file.write_text(f"Nobody in {LONG_WORD} knew that over 10,000 shells a month came.\n", encoding="utf-8")
    printed = without_styles(started("read", "text.txt", width=40)[0])
    assert all(cell_len(line) <= 40 for line in printed.splitlines()), printed
    assert "low: 10,000; high: 10,000" in printed


def test_a_real_terminal_shows_colours_and_no_markup(bread: Path) -> None:
    printed = on_a_terminal(["verdicts", "bread"], 80, bread)
    assert "\x1b[32m● corroborated\x1b[0m" in printed and "\x1b[31m▲ contradicted\x1b[0m" in printed
    assert "[bold]loaves[/bold]" in printed


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8", "utf-16"])
@pytest.mark.parametrize("words", [*COMMANDS, ["--help"], ["compare", "--help"], ["--version"]], ids=" ".join)
def test_no_encoding_stops_a_command(
    encoding: str, words: list[str], started: Callable[..., tuple[str, str]]
) -> None:
    out, err = started(*words, encoding=encoding)
    assert out or err
    assert "Traceback" not in err


def test_a_plain_locale_is_one_more_encoding(bread: Path) -> None:
    plain = environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    run = subprocess.run([*TALLYBOOK, "verdicts", "bread"], capture_output=True, cwd=bread, env=plain)
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout.decode("ascii").startswith('* corroborated  c0  "over 10,000 loaves"\n')


def test_what_an_encoding_lacks_is_written_as_the_nearest(started: Callable[..., tuple[str, str]]) -> None:
    assert '* corroborated  c0  "over 10,000 loaves"' in started("verdicts", "bread", encoding="ascii")[0]
    assert '! contradicted  c1  "up to 20-30' in started("verdicts", "bread", encoding="latin-1")[0]
    assert "“over 10,000 loaves”" in started("verdicts", "bread", encoding="cp1252")[0]
    assert r'"\uc57d 90 rye" (Paper p4' in started("explain", "c1", encoding="ascii")[0]
    assert r"no claim '\ucd5c-" in started("explain", "최–“x”", encoding="ascii")[1]


def test_json_and_csv_are_utf8_in_every_encoding() -> None:
    for form in ("--json", "--csv"):
        run = subprocess.run(
            [*TALLYBOOK, "read", form],
            input="“Nine” – 5 men".encode(),
            capture_output=True,
            env=environment(PYTHONIOENCODING="ascii"),
        )
        assert "“Nine” – 5 men" in run.stdout.decode("utf-8")


@pytest.mark.parametrize("words", COMMANDS[1:8], ids=" ".join)
def test_the_output_in_a_pipe_does_not_depend_on_the_terminal(
    words: list[str], started: Callable[..., tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = started(*words)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert started(*words, columns=200) == before


def test_a_file_name_never_commands_the_terminal(bread: Path) -> None:
    (bread / "sources" / "x\x1b[2J.yaml").write_text("- 1\n", encoding="utf-8")
    run = subprocess.run([*TALLYBOOK, "check"], capture_output=True, cwd=bread, env=environment())
    assert run.returncode == 1 and b"\x1b" not in run.stderr


def test_version() -> None:
    run = subprocess.run([*TALLYBOOK, "--version"], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, f"tallybook {tallybook.__version__}\n")


def test_each_command_is_told_in_one_whole_sentence(started: Callable[..., tuple[str, str]]) -> None:
    printed, _ = started("--help")
    commands = printed.partition("Commands:\n")[2].splitlines()
    assert len(commands) >= 13
    assert all(line.endswith(".") and not line.endswith("...") for line in commands), printed
