"""What README.md names exists; its commands and code are run by ``test_pages_run.py``."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_make_targets_of_the_readme_exist() -> None:
    targets = set(re.findall(r"(?:`|^\$ )make ([a-z]+)\b", README, re.MULTILINE))
    assert {"report", "test", "lab"} <= targets
    makefile = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", "tools/suite.mk"))
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_each_notebook_is_listed() -> None:
    listed = set(re.findall(r"^\| `([\w/-]+)` \|", README, re.MULTILINE))
    folders = (ROOT / "notebooks", ROOT / "notebooks" / "kursk-engineers")
    there = [path for folder in folders for path in folder.glob("*.ipynb")]
    assert listed == {path.relative_to(ROOT / "notebooks").with_suffix("").as_posix() for path in there}
