"""Builds plain data part by part, and refuses what is nested too deep, too much, or there twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casebuilder.case.errors import CaseError, Fault, Flaw, Place
from casebuilder.case.paths import readable

#: A case nests six levels deep; twenty leave room and stay far from any recursion limit.
MAX_DEPTH = 20
#: A file of 256 KB written by people holds some 15,000 values.
MAX_NODES = 20_000
#: A file with more mistakes of one sort than this is no case with mistakes; a check stops there.
MOST_FLAWS = 200


@dataclass(frozen=True)
class Parsed:
    """The plain data of a file, and where in the file each part stands."""

    file: str
    data: Any
    lines: Mapping[Place, int]
    flaws: tuple[Flaw, ...] = ()

    def line_of(self, place: Place) -> int | None:
        """Line (from 1) of a place, or of the nearest part around it that the file holds; None without lines."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place)

    def fault(self, flaw: Flaw) -> Fault:
        """The flaw as a sentence with file, line and a path that names records instead of counting them."""
        path = readable(flaw.place, self.data)
        return Fault(self.file, self.line_of(flaw.place), path, flaw.found, flaw.allowed)

    def error(self, flaws: Iterable[Flaw]) -> CaseError:
        """All flaws in the order of the file; a flaw said twice is said once."""
        order = {place: position for position, place in enumerate(self.lines)}
        faults: dict[Fault, int] = {}
        for flaw in flaws:
            place = flaw.place
            while place and place not in order:
                place = place[:-1]
            faults.setdefault(self.fault(flaw), order.get(place, 0))
        return CaseError(sorted(faults, key=lambda fault: faults[fault]))


@dataclass
class _Level:
    place: Place
    container: dict[str, Any] | list[Any]
    key: str | None = None


@dataclass
class Builder:
    """Receives the parts of a file in order and holds the data built so far; it never recurs."""

    file: str
    root: Any = None
    nodes: int = 0
    lines: dict[Place, int] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)

    def open(self, container: dict[str, Any] | list[Any], line: int) -> None:
        """A mapping or list begins."""
        place = self._put(container, line)
        if len(self.levels) >= MAX_DEPTH:
            self.levels.clear()
            raise self.refuse(
                line, f"values are nested more than {MAX_DEPTH} levels deep", f"{MAX_DEPTH} levels"
            )
        self.levels.append(_Level(place, container))

    def close(self) -> None:
        """The mapping or list opened last ends."""
        self.levels.pop()

    @property
    def inside(self) -> bool:
        """True while a mapping or list is open."""
        return bool(self.levels)

    @property
    def in_mapping(self) -> bool:
        """True where the mapping or list opened last is a mapping."""
        return self.inside and isinstance(self.levels[-1].container, dict)

    @property
    def wants_key(self) -> bool:
        """True where the next scalar is a key of a mapping."""
        return self.in_mapping and self.levels[-1].key is None

    def key(self, text: str, line: int) -> None:
        """A key of the mapping opened last; a key given twice is a flaw, and the later value stays."""
        level = self.levels[-1]
        place = (*level.place, text)
        if text in level.container and len(self.flaws) < MOST_FLAWS:
            lines = f"lines {self.lines[place]} and {line}"
            self.flaws.append(Flaw(place, f"this key stands twice, in {lines}", "each key once"))
        self.lines[place] = line
        level.key = text

    def value(self, value: object, line: int) -> None:
        """A value that is neither a mapping nor a list."""
        self._put(value, line)

    def refuse(self, line: int, found: str, allowed: str = "") -> CaseError:
        """The error for a file that must not be read any further."""
        place = self.levels[-1].place if self.levels else ()
        return CaseError([Fault(self.file, line, readable(place, self.root), found, allowed)])

    def done(self) -> Parsed:
        """What was built, with the flaws met on the way."""
        return Parsed(self.file, self.root, self.lines, tuple(self.flaws))

    def _put(self, value: Any, line: int) -> Place:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.refuse(line, f"the file holds more than {MAX_NODES:,} values", f"{MAX_NODES:,} values")
        if not self.levels:
            self.root = value
            self.lines[()] = line
            return ()
        level = self.levels[-1]
        if isinstance(level.container, list):
            place: Place = (*level.place, len(level.container))
            level.container.append(value)
            self.lines[place] = line
            return place
        assert level.key is not None
        place, level.key = (*level.place, level.key), None
        level.container[str(place[-1])] = value
        return place
