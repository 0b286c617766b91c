"""Reads a JSON Schema: what may stand at a place of the data, in words, and which paths the data has."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from casebuilder.case.catalogue import span
from casebuilder.case.errors import Place
from casebuilder.case.paths import PRIVATE, item_name, key_name
from casebuilder.case.words import A_DAY, AN_ID, one_of

Node = Mapping[str, Any]

#: More than any case has whose lists are of a permitted length.
MOST_PATHS = 60_000
#: Where a further step of a path may begin.
_STEP = re.compile(r"[.[]")


@dataclass(frozen=True)
class Shape:
    """The JSON Schema of a case, to be asked about places."""

    schema: Node
    #: Alternatives already followed, by the identity of their node, which lives as long as the schema.
    _followed: dict[int, list[Node]] = field(default_factory=dict, repr=False, compare=False)

    def at(self, place: Place) -> Node | None:
        """The part of the schema that describes `place`; None where it knows no such place."""
        node: Node | None = self.schema
        for step in place:
            node = self._below(node, step) if node is not None else None
        return node

    def allowed(self, place: Place) -> str:
        """What may stand at `place`, in words; empty where the schema says nothing."""
        node = self.at(place)
        return " or ".join(self._words(branch) for branch in self._branches(node)) if node is not None else ""

    def allowed_key(self, place: Place) -> str:
        """What the key at the end of `place` may be, in words."""
        node = self.at(place[:-1])
        names = node.get("propertyNames") if node is not None else None
        return " or ".join(self._words(branch) for branch in self._branches(names)) if names else "a text"

    def bounds(self, place: Place) -> tuple[float | None, float | None, bool]:
        """Lowest and highest number at `place` (None is no bound), and whether a number stands there at all."""
        node = self.at(place)
        branches = self._branches(node) if node is not None else []
        numbers = [branch for branch in branches if branch.get("type") in ("number", "integer")]
        first: Node = numbers[0] if numbers else {}
        return first.get("minimum"), first.get("maximum"), bool(numbers)

    def keys(self, place: Place) -> list[str]:
        """The keys a record at `place` may have, in their order."""
        node = self.at(place)
        branches = self._branches(node) if node is not None else []
        return [key for branch in branches for key in branch.get("properties", {})]

    def paths(self, data: Any, towards: Iterable[str] | None = None) -> dict[str, tuple[Place, Any]]:
        """Every path a case with this data has, with place and value; what is left out has its default.

        Private parts and the statuses of inputs have no path of their own. Where `towards` names the paths that are
        wanted, only these and what they lie in are looked at.
        """
        on_the_way = None if towards is None else {part for path in towards for part in _beginnings(path)}
        walked = islice(self._walk(self.schema, data, (), "", on_the_way), MOST_PATHS)
        return {path: (place, value) for path, place, value in walked}

    def find(self, path: str, data: Any) -> tuple[Place, Any] | None:
        """What `paths` says of one path, None where there is none; it looks nowhere else."""
        return self.paths(data, (path,)).get(path)

    def _walk(
        self, node: Node, data: Any, place: Place, path: str, on_the_way: AbstractSet[str] | None
    ) -> Iterator[tuple[str, Place, Any]]:
        if path:
            yield path, place, data
        for key, item, name in self._inside(data, node, place, path):
            if on_the_way is not None and name not in on_the_way:
                continue
            below = self._below(node, key)
            if below is not None:
                value = below.get("default") if isinstance(key, str) and key not in data else item
                yield from self._walk(below, value, (*place, key), name, on_the_way)

    def _inside(self, data: Any, node: Node, place: Place, path: str) -> Iterator[tuple[str | int, Any, str]]:
        """Each key or position below a place, what the data has there, and its path."""
        if isinstance(data, Mapping):
            for key in self._keys_of(node, data):
                if key != PRIVATE and (place or key != "inputs"):
                    yield key, data.get(key), path + key_name(key, path)
        elif isinstance(data, list | tuple):
            for position, item in enumerate(data):
                yield position, item, f"{path}[{item_name(item, position)}]"

    def _keys_of(self, node: Node, data: Mapping[Any, Any]) -> list[str]:
        known = [key for branch in self._branches(node) for key in branch.get("properties", {})]
        return list(dict.fromkeys([*known, *(key for key in data if isinstance(key, str))]))

    def _branches(self, node: Node) -> list[Node]:
        """The node itself with references followed, or its alternatives; "nothing" is not offered as one."""
        if id(node) not in self._followed:
            self._followed[id(node)] = self._follow(node)
        return self._followed[id(node)]

    def _follow(self, node: Node) -> list[Node]:
        if "$ref" in node:
            name = str(node["$ref"]).rsplit("/", 1)[-1]
            return self._branches(self.schema["$defs"][name])
        for several in ("anyOf", "oneOf"):
            if several in node:
                return [inner for branch in node[several] for inner in self._branches(branch)]
        return [] if node.get("type") == "null" else [node]

    def _below(self, node: Node, step: str | int) -> Node | None:
        for branch in self._branches(node):
            below = branch.get("items") if isinstance(step, int) else _entry(branch, step)
            if isinstance(below, Mapping):
                return below
        return None

    def _words(self, node: Node) -> str:
        if "const" in node:
            return str(node["const"])
        if "enum" in node:
            return one_of([str(choice) for choice in node["enum"]])
        if node.get("type") in _WORDS:
            return _WORDS[node["type"]](node)
        keys = list(node.get("properties", {}))
        return f"a block with the keys {', '.join(keys)}" if keys else "a block of keys"


def _beginnings(path: str) -> Iterator[str]:
    """Whatever the path may lie in, as it would be written, and the path itself."""
    yield from (path[: found.start()] for found in _STEP.finditer(path))
    yield path


def _entry(branch: Node, key: str) -> object:
    """What describes `key` of a mapping: the field of that name, or what all entries are."""
    patterns = [*branch.get("patternProperties", {}).values(), branch.get("additionalProperties")]
    return branch.get("properties", {}).get(key, patterns[0])


def _number(node: Node) -> str:
    words = "a whole number" if node["type"] == "integer" else "a number"
    limits = (node.get("minimum"), node.get("maximum"))
    return words if limits == (None, None) else f"{words}, {span(*limits)}"


def _text(node: Node) -> str:
    if node.get("format") == "date":
        return A_DAY
    return AN_ID if "pattern" in node else "a text"


_WORDS: Mapping[str, Callable[[Node], str]] = {
    "number": _number,
    "integer": _number,
    "string": _text,
    "boolean": lambda node: "true or false",
    "array": lambda node: "a list of at least one" if node.get("minItems") else "a list",
}
