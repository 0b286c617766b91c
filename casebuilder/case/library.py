"""What the product brings along, from data files: metrics, KPIs, personas, investments, evidence, values, words.

Every loader returns the same checked records each time it is called. A wrong file raises `LibraryError`, whose text
names the file, the place and what is wrong.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from casebuilder.case.catalogue import InputWord, inputs
from casebuilder.case.errors import CaseError
from casebuilder.case.library_records import (
    Evidence,
    EvidenceFile,
    Kpi,
    KpiFile,
    Lever,
    LeverFile,
    LibraryInitiative,
    LimitRule,
    LookFile,
    Persona,
    ProposedEffect,
    StartingFile,
    StartingValue,
    StartingValues,
    VersionFile,
    Words,
)
from casebuilder.case.method_records import MethodFile
from casebuilder.case.readiness_records import Factor, ReadinessFile
from casebuilder.case.reading import read_data

__all__ = [
    "Evidence",
    "Factor",
    "InputWord",
    "Kpi",
    "Lever",
    "LibraryError",
    "LibraryInitiative",
    "LimitRule",
    "MethodFile",
    "Persona",
    "ProposedEffect",
    "ReadinessFile",
    "StartingValue",
    "StartingValues",
    "Words",
    "evidence",
    "initiatives",
    "inputs",
    "kpis",
    "levers",
    "library_version",
    "look",
    "method",
    "no_credible_effect_size",
    "not_known",
    "personas",
    "readiness",
    "starting_values",
    "to_be_asked",
    "words",
]

LIBRARY = Path(__file__).parents[1] / "library"
PERSONAS = Path(__file__).parents[2] / "personas"
#: In a KPI's list of levers: every one of them.
ALL = ("all",)


class LibraryError(Exception):
    """A data file of the product is wrong; the text names the file, the place and what is wrong."""


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=BaseModel)
N = TypeVar("N", bound=_WithId)


def read_record(path: Path, kind: type[R]) -> R:
    """The record of `kind` that the data file at `path` holds; raises `LibraryError` where it does not fit."""
    try:
        data = read_data(path)
        return kind.model_validate(data)
    except CaseError as error:
        raise LibraryError(str(error)) from error
    except ValidationError as error:
        raise LibraryError(_sentence(path, data, error)) from error


def _sentence(path: Path, data: Any, error: ValidationError) -> str:
    first = error.errors()[0]
    found = "" if isinstance(first["input"], dict | list | tuple) else f" (found {first['input']!r})"
    return _wrong(path, _place(data, first["loc"]) or "the file", f"{first['msg']}{found}")


def _wrong(path: Path, place: str, what: str) -> str:
    return f"{path.parent.name}/{path.name}, {place}: {what}."


def _place(data: Any, parts: tuple[int | str, ...]) -> str:
    """Where in the data it is, an item of a list by its id or metric: `evidence[nps-growth].grade`."""
    place = ""
    for part in parts:
        inside = (isinstance(data, dict) and part in data) or isinstance(data, list)
        data = data[part] if inside else None
        name = part
        if isinstance(part, int) and isinstance(data, dict):
            name = data.get("id") or data.get("lever") or part
        place += f"[{name}]" if isinstance(part, int) else f".{part}"
    return place.lstrip(".")


def _by_id(path: Path, records: Iterable[N]) -> dict[str, N]:
    table: dict[str, N] = {}
    for record in records:
        if record.id in table:
            raise LibraryError(f"{path.parent.name}/{path.name}: the id {record.id!r} stands there twice.")
        table[record.id] = record
    return table


def _known(path: Path, place: str, found: Iterable[str], allowed: Mapping[str, object]) -> None:
    for name in found:
        if name not in allowed:
            raise LibraryError(_wrong(path, place, f"{name!r} is not known; allowed is {', '.join(allowed)}"))


def read_levers(path: Path) -> dict[str, Lever]:
    """The metrics of the file at `path`, in its order; each must be an input of the catalogue."""
    table = _by_id(path, read_record(path, LeverFile).levers)
    _known(path, "levers", table, inputs())
    return table


def read_kpis(path: Path) -> dict[str, Kpi]:
    """The KPIs of the file at `path`, in its order; their levers must exist."""
    every = tuple(levers())
    table = _by_id(path, read_record(path, KpiFile).kpis)
    for kpi in table.values():
        _known(path, f"{kpi.id}.levers", () if kpi.levers == ALL else kpi.levers, levers())
    return {
        kpi.id: kpi.model_copy(update={"levers": every}) if kpi.levers == ALL else kpi
        for kpi in table.values()
    }


def read_personas(folder: Path) -> dict[str, Persona]:
    """The personas of the files in `folder`, by file name; a file is named by its id, KPIs and benefits must exist."""
    table: dict[str, Persona] = {}
    for path in _files(folder):
        persona = read_record(path, Persona)
        _named_by_id(path, persona.id)
        _known(path, "kpis", persona.kpis, kpis())
        _known(path, "source", [persona.source] if persona.source else [], evidence())
        _known(path, "lead_with", persona.lead_with, words().lines)
        _known(path, "never_lead_with", persona.never_lead_with, {**words().lines, **kpis()})
        table[persona.id] = persona
    return table


def read_initiatives(folder: Path) -> dict[str, LibraryInitiative]:
    """The investments of the files in `folder`, by file name; levers, sources, owners and needs must exist."""
    table: dict[str, LibraryInitiative] = {}
    for path in _files(folder):
        entry = read_record(path, LibraryInitiative)
        _named_by_id(path, entry.id)
        _known(path, "owner", [entry.owner], personas())
        _known(path, "owner_source", [entry.owner_source] if entry.owner_source else [], evidence())
        _known(path, "sources", entry.sources, evidence())
        _known(path, "against", entry.against, evidence())
        for effect in entry.effects:
            _rests_on_known(path, effect)
        table[entry.id] = entry
    for entry in table.values():
        _known(folder / f"{entry.id}.yaml", "requires", entry.requires, table)
    return table


def _rests_on_known(path: Path, effect: ProposedEffect) -> None:
    place = f"effects[{effect.lever}]"
    _known(path, place, [effect.lever], levers())
    _known(path, f"{place}.sources", effect.sources, evidence())
    measured = any(evidence()[source].use == "effect" for source in effect.sources)
    if effect.grade != "J" and not measured:
        what = f"a size of grade {effect.grade} needs a source of `use: effect`"
        raise LibraryError(_wrong(path, f"{place}.sources", what))


def read_evidence(path: Path) -> EvidenceFile:
    """The evidence of the file at `path`; levers must exist, and counter-evidence names each other."""
    file = read_record(path, EvidenceFile)
    table = _by_id(path, file.evidence)
    for item in file.evidence:
        _known(path, f"evidence[{item.id}].lever", [item.lever] if item.lever else [], levers())
        _known(path, f"evidence[{item.id}].counter", item.counter, table)
        for other in item.counter:
            if item.id not in table[other].counter or other == item.id:
                what = f"{other!r} does not name {item.id!r} as its counter-evidence in return"
                raise LibraryError(_wrong(path, f"evidence[{item.id}].counter", what))
    return file


def read_readiness(path: Path) -> ReadinessFile:
    """The self-assessment of the file at `path`; its sources and the investments that build a factor must exist."""
    file = read_record(path, ReadinessFile)
    _known(path, "obstacles_source", [file.obstacles_source], evidence())
    for place, item in file.items.items():
        _known(path, f"{place}.sources", item.sources, evidence())
    for factor in file.factors:
        _known(path, f"{factor.id}.practices", [one.source for one in factor.practices], evidence())
        _known(path, f"{factor.id}.builds", factor.builds, initiatives())
    return file


def read_starting_values(path: Path) -> StartingFile:
    """The starting values of the file at `path`: each number of the catalogue once, for every shape of company."""
    file = read_record(path, StartingFile)
    _by_id(path, file.shapes)
    _known(path, "ask", file.ask, _numbers())
    for name, values in [("common", file.common)] + [(f"shapes[{s.id}]", s.values) for s in file.shapes]:
        _known(path, name, values, _numbers())
        for key, start in values.items():
            _in_bounds(path, f"{name}.{key}", _numbers()[key], start)
    for shape in file.shapes:
        _each_once(path, shape, [*file.ask, *file.common, *shape.values])
    return file


def _numbers() -> dict[str, InputWord]:
    return {key: word for key, word in inputs().items() if word.unit not in ("choice", "flag")}


def _in_bounds(path: Path, place: str, word: InputWord, start: StartingValue) -> None:
    if not word.holds(start.value):
        raise LibraryError(_wrong(path, place, f"{start.value:g} is outside its bounds, {word.range}"))
    if start.of is None:
        return
    same = {key: other for key, other in _numbers().items() if other.group == word.group}
    _known(path, f"{place}.of", [start.of], same)


def _each_once(path: Path, shape: StartingValues, found: list[str]) -> None:
    for key in _numbers():
        if found.count(key) != 1:
            times = "more than once" if found.count(key) else "nowhere"
            raise LibraryError(_wrong(path, f"shapes[{shape.id}]", f"{key!r} stands {times}"))


def _files(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.yaml"))
    if not found:
        raise LibraryError(f"{folder}: no .yaml file stands in this folder.")
    return found


def _named_by_id(path: Path, found: str) -> None:
    if found != path.stem:
        raise LibraryError(f"{path.parent.name}/{path.name}, id: {found!r} is not the name of the file.")


@lru_cache(maxsize=1)
def levers() -> dict[str, Lever]:
    """The 18 operational metrics by id, in the order of their benefits in the catalogue."""
    return read_levers(LIBRARY / "levers.yaml")


@lru_cache(maxsize=1)
def kpis() -> dict[str, Kpi]:
    """Every KPI the model computes, by id."""
    return read_kpis(LIBRARY / "kpis.yaml")


@lru_cache(maxsize=1)
def personas() -> dict[str, Persona]:
    """The people we speak to, by id."""
    return read_personas(PERSONAS)


@lru_cache(maxsize=1)
def initiatives() -> dict[str, LibraryInitiative]:
    """The investments to choose from, by id."""
    return read_initiatives(LIBRARY / "initiatives")


@lru_cache(maxsize=1)
def _evidence_file() -> EvidenceFile:
    return read_evidence(LIBRARY / "evidence.yaml")


@lru_cache(maxsize=1)
def evidence() -> dict[str, Evidence]:
    """Everything that may be cited, by id."""
    return _by_id(LIBRARY / "evidence.yaml", _evidence_file().evidence)


def no_credible_effect_size() -> tuple[str, ...]:
    """Practices for which no credible effect size is known: propose a pilot instead of a number."""
    return _evidence_file().no_credible_effect_size


def not_known() -> tuple[str, ...]:
    """Figures of the cited sources that are not known here and must not be filled in."""
    return _evidence_file().not_known


@lru_cache(maxsize=1)
def _starting_file() -> StartingFile:
    return read_starting_values(LIBRARY / "starting_values.yaml")


@lru_cache(maxsize=1)
def starting_values() -> dict[str, StartingValues]:
    """What to begin with where a company does not know a number, by shape of company, then by input."""
    file = _starting_file()
    return {shape.id: _whole(shape, file.common) for shape in file.shapes}


def _whole(shape: StartingValues, common: Mapping[str, StartingValue]) -> StartingValues:
    values = {**common, **shape.values}
    return shape.model_copy(update={"values": {key: values[key] for key in inputs() if key in values}})


def to_be_asked() -> dict[str, str]:
    """Inputs without a starting value, because any guess would decide the case: id -> the reason."""
    return dict(_starting_file().ask)


@lru_cache(maxsize=1)
def readiness() -> ReadinessFile:
    """How to find out whether a company can deliver: what to rate, what it means and what to ask for."""
    return read_readiness(LIBRARY / "readiness.yaml")


@lru_cache(maxsize=1)
def words() -> Words:
    """The one table of what people read."""
    return read_record(LIBRARY / "words.yaml", Words)


@lru_cache(maxsize=1)
def look() -> dict[str, str]:
    """Colour tokens: name -> `#RRGGBB`."""
    return {
        name: token.colour for name, token in read_record(LIBRARY / "look.yaml", LookFile).colours.items()
    }


@lru_cache(maxsize=1)
def method() -> MethodFile:
    """What the workbook says about itself: use, method, what is not counted, weaknesses, signs, rules, sheets."""
    return read_record(LIBRARY / "method.yaml", MethodFile)


@lru_cache(maxsize=1)
def library_version() -> str:
    """The version of the library's proposals, kept in a case that used one."""
    return read_record(LIBRARY / "version.yaml", VersionFile).version
