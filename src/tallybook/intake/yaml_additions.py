"""Lines added to a YAML file: an item at the end of a list, a key in a record. All other lines stay.

What the file says afterwards is read again and compared with what it is meant to say.
"""

from __future__ import annotations

from typing import Any

import yaml

from tallybook.book.problems import BookError, Problem

_PARSER: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_WIDTH = 1 << 20


def with_item(text: str, key: str, item: dict[str, Any]) -> str:
    """The text with an item more in a list of its top level; the list is made where there is none."""
    root, meant = _parsed(text), _data(text)
    pairs = {k.value: (k, v) for k, v in root.value}
    if key not in pairs:
        meant[key] = [_plain(item)]
        end = "" if text.endswith("\n") or not text else "\n"
        added = f"{text}{end}{key}:\n{_lines([item], '  ')}"
        return _checked(added, meant, key)
    node = pairs[key][1]
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        if isinstance(node, yaml.SequenceNode) and not node.value:
            meant[key] = [_plain(item)]
            line = node.end_mark.line
            lines = text.split("\n")
            before = lines[node.start_mark.line][: node.start_mark.column].rstrip()
            behind = lines[line][node.end_mark.column :].strip()
            if node.start_mark.line == line and before.endswith(":") and not behind:
                lines[line] = f"{before}\n{_lines([item], '  ').rstrip()}"
                return _checked("\n".join(lines), meant, key)
        raise _by_hand(key, item)
    meant[key].append(_plain(item))
    indent = " " * (node.start_mark.column)
    return _checked(_inserted(text, _last_line(node), _lines([item], indent)), meant, key)


def with_key(text: str, path: tuple[str, str], key: str, value: str) -> str:
    """The text with a key more in the record of a list that has an id, right behind the id."""
    name, id_ = path
    meant = _data(text)
    for record in meant[name]:
        if record.get("id") == id_:
            record.pop(key, None)
            record[key] = value
    pairs = {k.value: v for k, v in _parsed(text).value}
    for node in pairs[name].value:
        keys = {k.value: (k, v) for k, v in node.value}
        if "id" in keys and keys["id"][1].value == id_:
            if node.flow_style or key in keys:
                break
            column = keys["id"][0].start_mark.column
            line = keys["id"][1].end_mark.line
            return _checked(_inserted(text, line, f"{' ' * column}{key}: {value}\n"), meant, key)
    raise _by_hand(key, {key: value})


def _inserted(text: str, line: int, lines: str) -> str:
    """Some lines below one, with the line ends of the file."""
    end = "\r\n" if "\r\n" in text else "\n"
    there = text.split("\n")
    if line == len(there) - 1:
        there[line] = f"{there[line]}{end[:-1]}"
        return "\n".join(there) + "\n" + lines.replace("\n", end)
    there.insert(line + 1, lines.rstrip("\n").replace("\n", end) + end[:-1])
    return "\n".join(there)


def _last_line(node: yaml.Node) -> int:
    """The line of the last word in a node; its own end may lie behind comments and blank lines."""
    while isinstance(node, yaml.MappingNode | yaml.SequenceNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    mark = node.end_mark
    return int(mark.line - 1 if mark.column == 0 and mark.line > node.start_mark.line else mark.line)


def _lines(items: list[dict[str, Any]], indent: str) -> str:
    dumped: str = yaml.safe_dump(items, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return "".join(f"{indent}{line}\n" for line in dumped.rstrip("\n").split("\n"))


def _plain(item: dict[str, Any]) -> Any:
    return yaml.load(_lines([item], ""), Loader=_PARSER)[0]


def _parsed(text: str) -> yaml.MappingNode:
    root = yaml.compose(text, Loader=_PARSER)
    if not isinstance(root, yaml.MappingNode):
        raise BookError([Problem("the file", 1, "is no mapping. Correct it.")])
    return root


def _data(text: str) -> Any:
    return yaml.load(text, Loader=_PARSER)


def _checked(text: str, meant: Any, key: str) -> str:
    try:
        says = _data(text)
    except yaml.YAMLError:
        says = None
    if says != meant:
        raise _by_hand(key, {})
    return text


def _by_hand(key: str, item: dict[str, Any]) -> BookError:
    what = yaml.safe_dump(item, allow_unicode=True, sort_keys=False, default_flow_style=True, width=_WIDTH)
    message = f"'{key}' is in a notation that only a person can change. Add by hand: {what.strip()}"
    return BookError([Problem("the file", 1, message)])
