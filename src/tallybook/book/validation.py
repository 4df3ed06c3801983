"""Plain data as typed records, item by item, so that one wrong record hides nothing of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tallybook.book.problems import Problem, nearest, quoted_value
from tallybook.book.records import Record
from tallybook.book.yaml_lines import UNREAD, KeyPath, LineIndex, YamlFile

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Placed(Generic[R]):
    """A record and where it stands."""

    record: R
    lines: LineIndex
    path: KeyPath

    def problem(self, path: KeyPath, message: str) -> Problem:
        return self.lines.problem((*self.path, *path), message)


@dataclass(frozen=True)
class TypedFile(Generic[R]):
    """``record``: the file as a whole, None where it cannot be; ``items``: the sound records of each of its
    lists; ``problems``: those of types; ``seen``: False where ids may stand where nobody sees them."""

    record: R | None
    items: dict[str, list[Placed[Any]]]
    problems: list[Problem]
    seen: bool = True


def typed_file(file: YamlFile, record: type[R], lists: Mapping[str, type[Record]]) -> TypedFile[R]:
    """The records of one file. ``lists``: the keys that hold lists of records, and of which."""
    if file.data is None:
        return TypedFile(None, {}, [], seen=False)
    try:
        whole = record.model_validate(file.data)
    except ValidationError as error:
        return _in_parts(file, record, lists, error)
    items = {
        key: [Placed(item, file.lines, (key, i)) for i, item in enumerate(getattr(whole, key))]
        for key in lists
    }
    return TypedFile(whole, items, [])


def _in_parts(
    file: YamlFile, record: type[R], lists: Mapping[str, type[Record]], error: ValidationError
) -> TypedFile[R]:
    """Each item by itself, and what they are in without those that are wrong."""
    problems = _problems(file, error, record)
    if not isinstance(file.data, dict):
        return TypedFile(None, {}, problems, seen=False)
    items: dict[str, list[Placed[Any]]] = {}
    sound = dict(file.data)
    for key, model in lists.items():
        given = file.data.get(key)
        if isinstance(given, list):
            valid = [
                (i, raw, item) for i, raw in enumerate(given) if (item := _valid(model, raw)) is not None
            ]
            items[key] = [Placed(item, file.lines, (key, i)) for i, _, item in valid]
            sound[key] = [raw for _, raw, _ in valid]
    if any(e["loc"][0] not in items or len(e["loc"]) == 1 for e in error.errors() if e["loc"]):
        return TypedFile(None, items, problems, seen=False)
    if any(file.data[key] and not items[key] for key in items):
        return TypedFile(None, items, problems)
    try:
        return TypedFile(record.model_validate(sound), items, problems)
    except ValidationError as more:
        return TypedFile(None, items, sorted({*problems, *_problems(file, more, record)}))


def _valid(model: type[R], raw: Any) -> R | None:
    try:
        return model.model_validate(raw)
    except ValidationError:
        return None


def _problems(file: YamlFile, error: ValidationError, record: type[BaseModel]) -> list[Problem]:
    found = []
    for detail in error.errors():
        path = _data_path(file.data, detail["loc"])
        if detail["input"] is not UNREAD:
            found.append(file.lines.problem(path, _message(detail, record)))
    return found


def _data_path(data: Any, location: tuple[str | int, ...]) -> KeyPath:
    """The part of a pydantic location that stands in the file."""
    path: KeyPath = ()
    for step in location:
        inside = isinstance(data, dict) and step in data
        inside = inside or (isinstance(data, list) and isinstance(step, int) and step < len(data))
        if not inside:
            break
        data, path = data[step], (*path, step)
    return path


def _message(error: ErrorDetails, record: type[BaseModel]) -> str:
    location = error["loc"]
    where = quoted_value(".".join(str(step) for step in location) or "file")
    kind, value = error["type"], error["input"]
    if kind == "extra_forbidden":
        return f"unknown key {where}.{nearest(str(location[-1]), _keys(record, location))}"
    if kind == "missing":
        return f"key {where} is missing."
    given = quoted_value(value) if isinstance(value, str) else f"a {_noun(value)}"
    wanted = _WANTED.get(kind)
    if wanted is not None:
        return f"{where} is {given}; {wanted(error)}"
    said = str(error["msg"]).removeprefix("Value error, ")
    if kind == "value_error":
        return f"{where}: {said}."
    return f"{where} is {given}; {said[:1].lower()}{said[1:]}."


def _noun(value: Any) -> str:
    return {dict: "mapping", list: "list", type(None): "missing value"}.get(type(value), "value")


def _one_of(error: ErrorDetails) -> str:
    return f"it must be one of {error['ctx']['expected']}."


def _say(text: str) -> Callable[[Any], str]:
    return lambda error: text


_A_DATE = _say("it must be a date such as 2025-12-15.")
_A_MAPPING = _say("it must be a mapping of keys to values.")
_A_NUMBER = _say("it must be a number.")
_A_WHOLE_NUMBER = _say("it must be a whole number.")


_WANTED: dict[str, Callable[[Any], str]] = {
    "literal_error": _one_of,
    "enum": _one_of,
    "float_parsing": _A_NUMBER,
    "float_type": _A_NUMBER,
    "int_parsing": _A_WHOLE_NUMBER,
    "int_type": _A_WHOLE_NUMBER,
    "bool_parsing": _say("it must be true or false."),
    "bool_type": _say("it must be true or false."),
    "string_type": _say("it must be text."),
    "list_type": _say("it must be a list."),
    "dict_type": _A_MAPPING,
    "model_type": _A_MAPPING,
    "model_attributes_type": _A_MAPPING,
    "date_from_datetime_parsing": _A_DATE,
    "date_from_datetime_inexact": _A_DATE,
    "date_parsing": _A_DATE,
    "date_type": _A_DATE,
    "string_pattern_mismatch": lambda e: f"it must match {e['ctx']['pattern']}.",
}


def _keys(record: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """The keys that the record around an unknown key has."""
    model: Any = record
    for step in location[:-1]:
        if isinstance(step, str):
            field_info = model.model_fields.get(step)
            model = _model_in(field_info.annotation) if field_info else None
        if model is None:
            return []
    return list(model.model_fields)


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found is not None:
            return found
    return None
