"""What the product brings along, read from data files: metrics, KPIs, personas, investments, evidence and words.

Every loader returns the same checked records each time it is called. A wrong file raises `LibraryError`, whose text
names the file, the place and what is wrong.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Protocol, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from casebuilder.case.catalogue import InputWord, inputs
from casebuilder.case.errors import CaseError
from casebuilder.case.reading import read_data
from casebuilder.case.units import Unit

__all__ = [
    "Evidence",
    "InputWord",
    "Kpi",
    "Lever",
    "LibraryError",
    "LibraryInitiative",
    "LimitRule",
    "Persona",
    "ProposedEffect",
    "Words",
    "evidence",
    "initiatives",
    "inputs",
    "kpis",
    "levers",
    "library_version",
    "look",
    "no_credible_effect_size",
    "not_known",
    "personas",
    "words",
]

LIBRARY = Path(__file__).parents[1] / "library"
PERSONAS = Path(__file__).parents[2] / "personas"


class LibraryError(Exception):
    """A data file of the product is wrong; the text names the file, the place and what is wrong."""


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value


Text = Annotated[str, AfterValidator(_text)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Class = Literal["margin", "cost_out", "cost_avoided", "capacity", "risk", "one_off_cash"]
Grade = Literal["A", "B", "C", "J"]
Stage = Literal["aware", "evaluate", "buy", "onboard", "use", "support", "renew", "leave"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LimitRule(_Record):
    """The best level believed achievable, from today's value b; parts left out do not count.

    A metric that improves by falling reaches max(floor, share * b), one that improves by rising
    min(cap, share * b + points). In the unit of the metric.
    """

    share: float | None = Field(default=None, ge=0)
    points: float | None = Field(default=None, ge=0)
    floor: float | None = Field(default=None, ge=0)
    cap: float | None = Field(default=None, ge=0)


class Lever(_Record):
    """One operational metric an investment can move; `id` is the input it moves (and its unit), `line` its benefit."""

    id: Id
    label: Text
    meaning: Text
    way: Literal["down", "up"]
    kind: Literal["relative", "points"]
    scope: Literal["segment", "company"]
    limit: LimitRule
    line: Id
    class_: Class = Field(alias="class")

    @model_validator(mode="after")
    def _limit_fits_way(self) -> Self:
        limit = self.limit
        if limit.share is None and limit.points is None:
            raise ValueError("its limit needs `share` or `points`")
        if self.way == "down" and (limit.cap is not None or limit.points is not None):
            raise ValueError("a metric that improves by falling has a limit of `share` and `floor` only")
        if self.way == "up" and limit.floor is not None:
            raise ValueError("a metric that improves by rising has a limit of `share`, `points` and `cap` only")
        return self


class Kpi(_Record):
    """One number people are measured on; `direction` is the better one, `levers` the metrics that move it."""

    id: Id
    label: Text
    description: Text
    unit: Unit
    direction: Literal["up", "down", "none"]
    levers: tuple[Id, ...]

    @model_validator(mode="before")
    @classmethod
    def _spell_out_all(cls, data: object) -> object:
        if isinstance(data, dict) and data.get("levers") == "all":
            return {**data, "levers": tuple(levers())}
        return data


class Persona(_Record):
    """One kind of person we speak to; `kpis` run from the heaviest to the lightest in their year.

    `source` is the evidence behind `measured_on`; without one the sentence is our own judgement.
    """

    id: Id
    title: Text
    kpis: tuple[Id, ...] = Field(min_length=1)
    measured_on: Text
    source: Id | None = None
    words: tuple[Text, ...] = ()


class ProposedEffect(_Record):
    """A size to start from: signed share, or points for a metric counted in points; positive is better."""

    lever: Id
    segment: Literal["all"] = "all"
    low: float = Field(ge=-1, le=1)
    base: float = Field(ge=-1, le=1)
    high: float = Field(ge=-1, le=1)
    grade: Grade
    sources: tuple[Id, ...]
    note: Text

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.base <= self.high:
            raise ValueError(f"low <= base <= high does not hold for {self.low}, {self.base}, {self.high}")
        return self


class LibraryInitiative(_Record):
    """An investment to choose from; its fields are proposals for a case's own.

    `requires` names library entries it is best built on, `needs` says in words what else must be in place,
    `pilot` what to try first where no credible effect size is known, `owner_source` the evidence for the owner.
    """

    id: Id
    name: Text
    description: Text
    owner: Id
    owner_source: Id | None = None
    journey_stage: Stage
    build_months: float = Field(ge=0)
    ramp_months: float = Field(ge=0)
    requires: tuple[Id, ...] = ()
    effects: tuple[ProposedEffect, ...] = ()
    needs: tuple[Text, ...] = ()
    pilot: Text | None = None


class Evidence(_Record):
    """One thing that may be cited; only `use: effect` may inform a proposed size. `year` is None where not stated."""

    id: Id
    grade: Literal["A", "B", "C"]
    use: Literal["context", "effect"]
    lever: Id | None = None
    source: Text
    year: int | None
    statement: Text
    caveat: Text | None = None


class Words(_Record):
    """What people read for each identifier, one table a kind: identifier -> words."""

    lines: dict[str, Text]
    classes: dict[str, Text]
    scenarios: dict[str, Text]
    grades: dict[str, Text]
    worlds: dict[str, Text]
    journey_stages: dict[str, Text]
    statuses: dict[str, Text]
    parts: dict[str, Text]
    meetings: dict[str, Text]
    accountabilities: dict[str, Text]
    payback_states: dict[str, Text]
    irr_notes: dict[str, Text]
    terms: dict[str, Text]


class _Colour(_Record):
    colour: str = Field(pattern=r"^#[0-9A-F]{6}$")
    means: Text


class _LeverFile(_Record):
    levers: tuple[Lever, ...]


class _KpiFile(_Record):
    kpis: tuple[Kpi, ...]


class _EvidenceFile(_Record):
    evidence: tuple[Evidence, ...]
    no_credible_effect_size: tuple[Text, ...]
    not_known: tuple[Text, ...]


class _LookFile(_Record):
    colours: dict[str, _Colour]


class _VersionFile(_Record):
    version: Text


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=BaseModel)
N = TypeVar("N", bound=_WithId)


def read_record(path: Path, kind: type[R]) -> R:
    """The record of `kind` that the data file at `path` holds; raises `LibraryError` where it does not fit."""
    try:
        return kind.model_validate(read_data(path))
    except CaseError as error:
        raise LibraryError(str(error)) from error
    except ValidationError as error:
        raise LibraryError(_sentence(path, error)) from error


def _sentence(path: Path, error: ValidationError) -> str:
    first = error.errors()[0]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
    found = "" if isinstance(first["input"], dict | list | tuple) else f" (found {first['input']!r})"
    return f"{path.parent.name}/{path.name}, {place or 'the file'}: {first['msg']}{found}."


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
            raise LibraryError(
                f"{path.parent.name}/{path.name}, {place}: {name!r} is not known; allowed is {', '.join(allowed)}."
            )


def read_levers(path: Path) -> dict[str, Lever]:
    """The metrics of the file at `path`, in its order; each must be an input of the catalogue."""
    table = _by_id(path, read_record(path, _LeverFile).levers)
    _known(path, "levers", table, inputs())
    return table


def read_kpis(path: Path) -> dict[str, Kpi]:
    """The KPIs of the file at `path`, in its order; their levers must exist."""
    table = _by_id(path, read_record(path, _KpiFile).kpis)
    for kpi in table.values():
        _known(path, f"{kpi.id}.levers", kpi.levers, levers())
    return table


def read_personas(folder: Path) -> dict[str, Persona]:
    """The personas of the files in `folder`, by file name; a file is named by its id, its KPIs must exist."""
    table: dict[str, Persona] = {}
    for path in sorted(folder.glob("*.yaml")):
        persona = read_record(path, Persona)
        _named_by_id(path, persona.id)
        _known(path, "kpis", persona.kpis, kpis())
        _known(path, "source", [persona.source] if persona.source else [], evidence())
        table[persona.id] = persona
    return table


def read_initiatives(folder: Path) -> dict[str, LibraryInitiative]:
    """The investments of the files in `folder`, by file name; levers, sources, owners and needs must exist."""
    table: dict[str, LibraryInitiative] = {}
    for path in sorted(folder.glob("*.yaml")):
        entry = read_record(path, LibraryInitiative)
        _named_by_id(path, entry.id)
        _known(path, "owner", [entry.owner], personas())
        _known(path, "owner_source", [entry.owner_source] if entry.owner_source else [], evidence())
        for effect in entry.effects:
            _known(path, "effects.lever", [effect.lever], levers())
            _known(path, "effects.sources", effect.sources, evidence())
        table[entry.id] = entry
    for entry in table.values():
        _known(folder / f"{entry.id}.yaml", "requires", entry.requires, table)
    return table


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
def _evidence_file() -> _EvidenceFile:
    return read_record(LIBRARY / "evidence.yaml", _EvidenceFile)


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
def words() -> Words:
    """The one table of what people read."""
    return read_record(LIBRARY / "words.yaml", Words)


@lru_cache(maxsize=1)
def look() -> dict[str, str]:
    """Colour tokens: name -> `#RRGGBB`."""
    return {name: token.colour for name, token in read_record(LIBRARY / "look.yaml", _LookFile).colours.items()}


@lru_cache(maxsize=1)
def library_version() -> str:
    """The version of the library's proposals, kept in a case that used one."""
    return read_record(LIBRARY / "version.yaml", _VersionFile).version
