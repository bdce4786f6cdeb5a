"""A template's text as plain data with the line of each part: YAML without anything that could run or explode.

Scalars stay strings. Tags are refused, aliases are few, and depth and number of parts are bounded before anything is
built.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

MOST_BYTES = 256 * 1024
MOST_DEPTH = 12
MOST_NODES = 20_000
MOST_ALIASES = 20

Path = tuple[str | int, ...]


class TemplateFault(Exception):
    """What is wrong with a template, and where: on which line (1-based), or at which path of keys."""

    def __init__(self, message: str, line: int | None = None, path: Path = ()) -> None:
        super().__init__(message)
        self.message, self.line, self.path = message, line, path


@dataclass
class Parsed:
    """Dictionaries, lists and strings, and the line on which each of them begins, by its path."""

    data: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Path) -> int | None:
        """The line of a part, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def parsed(content: bytes) -> Parsed:
    """The text of a template. Raises TemplateFault."""
    if len(content) > MOST_BYTES:
        raise TemplateFault(f"it has {len(content)} bytes; {MOST_BYTES} are allowed")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateFault("it is no text in UTF-8", content[: error.start].count(b"\n") + 1) from None
    try:
        _check_events(yaml.parse(text, Loader=yaml.SafeLoader))
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise _yaml_fault(error) from None
    if node is None:
        raise TemplateFault("it is empty; a template has at least the keys `template` and `fields`")
    found = Parsed(None)
    found.data = _Builder(found.lines).build(node, (), 1)
    return found


def _check_events(events: Iterator[yaml.Event]) -> None:
    depth = count = aliases = documents = 0
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else None
        documents += isinstance(event, yaml.DocumentStartEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        count += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if documents > 1:
            raise TemplateFault("a file holds one template; put the next one into a file of its own", line)
        if aliases > MOST_ALIASES:
            raise TemplateFault(f"it has more than {MOST_ALIASES} aliases (*name)", line)
        if depth > MOST_DEPTH:
            raise TemplateFault(f"it is nested deeper than {MOST_DEPTH} levels", line)
        if count > MOST_NODES:
            raise TemplateFault(f"it has more than {MOST_NODES} parts", line)
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            raise TemplateFault(f"the tag {tag} is not allowed; a template holds plain text, lists and mappings", line)


def _yaml_fault(error: yaml.YAMLError) -> TemplateFault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return TemplateFault(f"it is no YAML: {problem}", mark.line + 1 if mark else None)


@dataclass
class _Builder:
    """Nodes as plain data. An alias is built again wherever it stands, so that all of it counts."""

    lines: dict[Path, int]
    count: int = 0

    def build(self, node: yaml.Node, path: Path, depth: int) -> Any:
        line = node.start_mark.line + 1
        self.count += 1
        if self.count > MOST_NODES or depth > MOST_DEPTH + 1:
            raise TemplateFault(f"its aliases make more than {MOST_NODES} parts, or an endless one", line)
        self.lines[path] = line
        if isinstance(node, yaml.ScalarNode):
            return node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index), depth + 1) for index, item in enumerate(node.value)]
        return self._mapping(node, path, depth)

    def _mapping(self, node: yaml.Node, path: Path, depth: int) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise TemplateFault("a key must be a text", line)
            name = key.value
            if name in built:
                first = self.lines[(*path, name)]
                raise TemplateFault(f"the key {name!r} stands twice; the first is on line {first}", line)
            built[name] = self.build(value, (*path, name), depth + 1)
            self.lines[(*path, name)] = line
        return built
