"""The verdicts of a case as comments in a copy of its draft."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tallybook.cli.arguments import fail
from tallybook.cli.case_output import verdict_reasons
from tallybook.cli.streams import tell
from tallybook.intake.article_text import LARGEST_FILE, unread
from tallybook.intake.case_file import write_new_bytes
from tallybook.intake.case_lines import ids
from tallybook.intake.docx_comments import Remark, commented
from tallybook.prose import counted
from tallybook.terms import State, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallybook.tables.case import Case

AUTHOR = "tallybook"
_MOST_COPIES = 1_000


def write_comments(case: Case, as_of: str, draft: Path, out: Path | None) -> None:
    """Write a copy of ``draft`` with a comment at each claim; no file that is there is written over."""
    try:
        with draft.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise unread(str(draft), f"cannot be read: {error.strerror}.") from None
    if len(raw) > LARGEST_FILE:
        raise unread(str(draft), f"has more than {LARGEST_FILE:,} bytes.")
    made = commented(raw, str(draft), list(_remarks(case, as_of)), AUTHOR, date.today().isoformat())
    copy = _write_new(out, draft, made.raw)
    tell(f"wrote {copy}: {counted(len(made.placed), 'comment')}; {draft} is as it was")
    if made.lost:
        tell(f"words not found in it: {ids(made.lost)}")


def _remarks(case: Case, as_of: str) -> Iterator[Remark]:
    """A comment a claim, in the order of the text: the verdict first, then why."""
    draft = (f"{State.DRAFT.label}: no verdict here is final",) if case.article.is_draft else ()
    rows = {row.claim: row for row in case.verdicts(as_of).itertuples()}
    for figure in case.article.figures:
        row = rows.get(figure.id)
        if row is None:
            lines: tuple[str, ...] = (f"{figure.id}: no measure yet, so that it is compared with nothing",)
        else:
            lines = (f"{figure.id}: {Verdict(str(row.verdict)).label}", *verdict_reasons(row))
        yield Remark(figure.id, figure.anchor, (*lines, *draft))


def _write_new(out: Path | None, draft: Path, raw: bytes) -> Path:
    """Write a file that is not there yet; without a name one is made of the draft's."""
    names = [out] if out is not None else list(_names(draft))
    for path in names:
        try:
            write_new_bytes(path, raw)
            return path
        except FileExistsError:
            continue
        except OSError as error:
            fail(f"{path} cannot be written: {error.strerror}.")
    fail(f"{names[-1]} is there already. Name another by --out.")


def _names(draft: Path) -> Iterator[Path]:
    yield draft.with_name(f"{draft.stem}-verdicts.docx")
    for number in range(2, _MOST_COPIES):
        yield draft.with_name(f"{draft.stem}-verdicts-{number}.docx")
