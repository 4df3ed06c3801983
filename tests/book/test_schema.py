"""The schemas that the YAML files name are the ones that the records give."""

import json
import re
from pathlib import Path

from tallybook.book.schema import schemas

ROOT = Path(__file__).resolve().parents[2]


def test_the_committed_schemas_are_those_of_the_records() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").iterdir()}
    assert committed == schemas()


def test_a_schema_refuses_unknown_keys() -> None:
    for text in schemas().values():
        assert json.loads(text)["additionalProperties"] is False


def test_each_file_names_a_schema_that_exists() -> None:
    files = [*ROOT.glob("claims/**/*.yaml"), *ROOT.glob("sources/*.yaml")]
    assert len(files) > 100
    for path in files:
        named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text(encoding="utf-8"))
        assert named and (path.parent / named[1]).is_file(), path.name
