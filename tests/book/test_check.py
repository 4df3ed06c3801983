"""Bad input: one clear message, with file, line, value and mend; all of them at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from tallybook.book import BookError, load_book


def told(project: Path) -> str:
    with pytest.raises(BookError) as error:
        load_book(project)
    return str(error.value)


def edit(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_small_project_is_sound(project: Path) -> None:
    book = load_book(project)
    assert list(book.statements) == ["gazette-1", "herald-1"]
    assert book.group_of["herald-1"] == "market_day"


@pytest.mark.parametrize(
    ("file", "old", "new", "wanted"),
    [
        pytest.param(
            "sources/gazette.yaml", "low: 4000", "low: many",
            ["gazette.yaml:11", "'many'", "must be a number"],
            id="wrong type",
        ),
        pytest.param(
            "sources/gazette.yaml", "publisher:", "publischer:",
            ["gazette.yaml:2", "unknown key 'publischer'", "Nearest: 'publisher'", "'publisher' is missing"],
            id="unknown key",
        ),
        pytest.param(
            "sources/gazette.yaml", "    origin: baker", "    orign: baker",
            ["gazette.yaml:10", "Nearest: 'origin'"],
            id="unknown key in a list",
        ),
        pytest.param(
            "sources/herald.yaml", "id: herald-1", "id: gazette-1",
            ["herald.yaml:7", "'gazette-1' is a duplicate of sources/gazette.yaml:7"],
            id="duplicate id",
        ),
        pytest.param(
            "claims/bread.yaml", "cites: [gazette]", "cites: [gazete]",
            ["bread.yaml:11", "cites 'gazete', but sources/ has no such file", "Nearest: 'gazette'"],
            id="missing source",
        ),
        pytest.param(
            "sources/gazette.yaml", "    recorded:", "    relays: herald-1\n    recorded:",
            ["'relays' is a circular reference", "gazette-1", "herald-1"],
            id="cyclic relays",
        ),
        pytest.param(
            "sources/gazette.yaml", "published: 2025-03-02", "published: 2025-02-30",
            ["gazette.yaml:3", "'published'", "there is no 30 February 2025"],
            id="a date that is none",
        ),
        pytest.param(
            "sources/gazette.yaml", "reference_period: 2025-03", "reference_period: last spring",
            ["gazette.yaml:12", "'last spring'", "2024-11-12"],
            id="a period that is none",
        ),
        pytest.param(
            "sources/herald.yaml", "words: 4,000 loaves", "words: the loaves of our town",
            ["herald.yaml:9", "'the loaves of our town'", "carry no figure"],
            id="words that carry no figure",
        ),
        pytest.param(
            "sources/gazette.yaml", "low: 4000", "low: 5000",
            ["gazette.yaml:11", "read as over 4,000", "recorded is low 5,000"],
            id="a number that differs from the words",
        ),
        pytest.param(
            "sources/gazette.yaml", "low: 4000", "open_low: true, low: 4000",
            ["gazette.yaml:11", "read as over 4,000", "open below"],
            id="a ceiling that the words do not set",
        ),
        pytest.param(
            "sources/gazette.yaml", ", open_high: true", "",
            ["gazette.yaml:11", "recorded is not open above"],
            id="a bound that differs from the words",
        ),
        pytest.param(
            "sources/herald.yaml", "words: 4,000 loaves", "words: 4,000 hectares",
            ["herald.yaml:9", "measure 'loaves' counts loaf, bread"],
            id="another unit",
        ),
        pytest.param(
            "sources/herald.yaml", "measure: loaves", "measure: loafs",
            ["herald.yaml:8", "'loafs' is not known", "Nearest: 'loaves'"],
            id="unknown measure",
        ),
        pytest.param(
            "sources/herald.yaml", "id: herald\n", "id: ../../etc/herald\n",
            ["herald.yaml:1", "'../../etc/herald'", "must match"],
            id="an id that climbs",
        ),
        pytest.param(
            "sources/herald.yaml", "id: herald\n", "id: harold\n",
            ["herald.yaml:1", "name the file 'harold.yaml'"],
            id="an id that is not the file's name",
        ),
        pytest.param(
            "sources/herald.yaml", "kind: secondary", "kind: gossip",
            ["herald.yaml:5", "'gossip'", "'primary', 'secondary' or 'tertiary'"],
            id="a kind that is none",
        ),
        pytest.param(
            "sources/herald.yaml", "kind: secondary", "kind: &k secondary",
            ["herald.yaml:5", "anchors and aliases"],
            id="an anchor",
        ),
        pytest.param(
            "sources/herald.yaml", "kind: secondary", "kind: [secondary",
            ["herald.yaml:", "not valid YAML"],
            id="broken YAML",
        ),
        pytest.param(
            "sources/herald.yaml", "publisher: The Herald", "publisher: The Herald\npublisher: The Herald",
            ["herald.yaml:3", "'publisher' is a duplicate"],
            id="a key twice",
        ),
        pytest.param(
            "sources/origins.yaml", "[gazette-1, herald-1]", "[gazette-1, herold-1]",
            ["origins.yaml:12", "'herold-1' is not known", "Nearest: 'herald-1'"],
            id="a group of nobody",
        ),
        pytest.param(
            "claims/bread.yaml", "measure: loaves", "measure: opening\n    reference_period: 2025-03",
            ["bread.yaml:8", "'opening' is a date", "'set_aside'"],
            id="a claim of a date",
        ),
        pytest.param(
            "claims/bread.yaml", "    origin: baker", "    base: sold\n    origin: baker",
            ["bread.yaml:10", "'base' is a circular reference"],
            id="a claim that is a share of itself",
        ),
        pytest.param(
            "sources/herald.yaml", "    relays: gazette-1", "    base: gazette-1",
            ["herald.yaml:11", "read as 4,000 loaves, which is not a share"],
            id="a base without a share",
        ),
        pytest.param(
            "claims/measures.yaml", "loaf / month", "loaf / moonth",
            ["measures.yaml:11", "'loaf / moonth' is not a rate over time"],
            id="a rate without a time",
        ),
        pytest.param(
            "sources/gazette.yaml", "low: 4000", "low: nan", ["gazette.yaml:11", "finite number"],
            id="no number",
        ),
        pytest.param(
            "sources/origins.yaml", "speaks_for: north", "speaks_for: nort",
            ["origins.yaml:5", "'nort' is not known", "Nearest: 'north'"],
            id="an unknown party",
        ),
    ],
)  # fmt: skip
def test_one_readable_message(project: Path, file: str, old: str, new: str, wanted: list[str]) -> None:
    edit(project, file, old, new)
    message = told(project)
    for part in wanted:
        assert part in message


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b"# only a comment\n", "the file is empty", id="a comment"),
        pytest.param(b"id: herald\npublisher: Th\xe9 Herald\n", "byte 0xe9 is not valid UTF-8", id="latin-1"),
        pytest.param(b"id: her\x00ald\n", "control character", id="a control character"),
        pytest.param(b"[" * 5000, "nested too deeply", id="a deep nest"),
        pytest.param(b"- a\n- b\n", "must be a mapping", id="a list"),
        pytest.param(
            b"a: &a [x, x, x, x, x, x, x, x, x]\n"
            + b"".join(b"%c: &%c [*%c, *%c, *%c, *%c]\n" % (n, n, *[n - 1] * 4) for n in b"bcdefghijklmnop"),
            "anchors and aliases",
            id="an alias bomb",
        ),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused(project: Path, content: bytes, wanted: str) -> None:
    (project / "sources/herald.yaml").write_bytes(content)
    assert wanted in told(project)


def test_a_large_file_is_refused_unread(project: Path) -> None:
    with (project / "sources/herald.yaml").open("wb") as stream:
        stream.truncate(100_000_000)
    assert "the file has 100,000,000 bytes; at most 4,000,000 are read" in told(project)


def test_a_link_out_of_the_project_is_refused(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text("id: secret\n")
    (project / "sources/secret.yaml").symlink_to(outside)
    assert "leads out of the project's folder" in told(project)


def test_origins_in_a_folder_of_sources_are_told_and_where_they_belong(project: Path) -> None:
    (project / "sources/2025").mkdir()
    (project / "sources/origins.yaml").rename(project / "sources/2025/origins.yaml")
    wanted = (
        "sources/2025/origins.yaml:1: lists the origins of the whole book. Move it to sources/origins.yaml."
    )
    assert told(project) == wanted


def test_a_link_to_itself_and_a_folder_are_told(project: Path) -> None:
    (project / "sources/loop.yaml").symlink_to("loop.yaml")
    (project / "sources/folder.yaml").mkdir()
    message = told(project)
    assert "sources/loop.yaml:1: is a link that leads nowhere" in message
    assert "sources/folder.yaml:1: is not a regular file" in message


def test_all_problems_are_told_at_once_in_the_order_of_the_files(project: Path) -> None:
    edit(project, "claims/bread.yaml", "[gazette]", "[gazete]")
    edit(project, "sources/gazette.yaml", "low: 4000", "low: 5000")
    edit(project, "sources/herald.yaml", "origin: baker", "origin: bakre")
    lines = told(project).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "claims/bread.yaml",
        "sources/gazette.yaml",
        "sources/herald.yaml",
    ]


def test_the_command_says_so_without_a_traceback_and_writes_nothing(project: Path) -> None:
    edit(project, "claims/bread.yaml", "[gazette]", "[gazete]")
    before = sorted(project.rglob("*"))
    run = subprocess.run(
        [sys.executable, "-m", "tallybook", "check", "--project", str(project)],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert "Nearest: 'gazette'" in run.stderr and "1 problem" in run.stderr
    assert "Traceback" not in run.stderr
    assert sorted(project.rglob("*")) == before
