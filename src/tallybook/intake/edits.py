"""What a person says of a figure of a draft, as a change of the data of its file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tallybook.intake.case_lines import FIELDS
from tallybook.intake.sheet import Difference

NOT_A_CLAIM = "no claim"
_ORDER = (
    "id", "measure", "anchor", "also", "attributed_to", "origin", "cites", "status", "outcome",
    "reference_period", "base_period", "supersedes", "joined", "part", "scope", "base", "dates", "within",
    "recorded", "remark", "guessed",
)  # fmt: skip


def claim_of(data: Any, id_: str) -> Any:
    return next(claim for claim in data["claims"] if claim["id"] == id_)


def give(data: Any, id_: str, field: str, value: Any) -> None:
    """Set a field, or take it out where the value is empty; it is a guess no longer."""
    claim = claim_of(data, id_)
    if value in (None, "", []):
        claim.pop(field, None)
    elif field in claim or not hasattr(claim, "insert"):
        claim[field] = value
    else:
        later = set(_ORDER[_ORDER.index(field) + 1 :])
        place = next((i for i, key in enumerate(claim) if key in later), len(claim))
        claim.insert(place, field, value)
    _looked_at(claim, [field])


def typed(field: str, text: str) -> Any:
    """What a person typed, as the file has it: ids with commas are a list, "observed" is no status."""
    if field == "cites":
        return [name.strip() for name in text.split(",") if name.strip()]
    return "" if (field, text) == ("status", "observed") else text


def keep(data: Any, id_: str) -> None:
    """A person has looked at the figure, and what is said of it is right."""
    claim = claim_of(data, id_)
    _looked_at(claim, list(claim.get("guessed", ())))


def set_aside(data: Any, id_: str, because: str, kind: str = NOT_A_CLAIM) -> None:
    """The figure is no claim: its words, wherever they are said, go to the end of what is set aside."""
    claim = claim_of(data, id_)
    aside = data.setdefault("set_aside", [])
    for anchor in [claim["anchor"], *claim.get("also", [])]:
        aside.append({"anchor": anchor, "kind": kind, "because": because})
    data["claims"].remove(claim)


def take(data: Any, differences: Iterable[Difference]) -> None:
    """What a sheet says: the fields first, then what is kept or set aside."""
    last = {"keep": 1}
    for one in sorted(differences, key=lambda one: last.get(one.field, 0)):
        if one.field == "keep" and one.after == "no":
            set_aside(data, one.id, "a person says that it is no claim")
        elif one.field == "keep" and one.after == "yes":
            keep(data, one.id)
        elif one.field in FIELDS:
            give(data, one.id, FIELDS[one.field], typed(FIELDS[one.field], one.after))


def _looked_at(claim: Any, fields: Iterable[str]) -> None:
    done = set(fields)
    left = [field for field in claim.get("guessed", ()) if field not in done]
    if left:
        claim["guessed"] = left
    else:
        claim.pop("guessed", None)
