"""The catalogue of numbers: name, unit, bounds and default of each input, read from data files."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from casebuilder.case.reading import read_data
from casebuilder.case.units import Unit

LIBRARY = Path(__file__).parents[1] / "library"

Group = Literal[
    "segments",
    "sales",
    "service",
    "people",
    "risk",
    "finance",
    "company",
    "initiatives",
    "scenarios",
    "custom_lines",
    "totals",
]


class InputWord(BaseModel):
    """One number a case can hold: in which group it stands, its words, unit, bounds and default.

    `lower` and `upper` are inclusive and None where there is no bound; `default` None means that the number
    is required. `report` says where the number usually stands in a company, `owner` which persona usually answers
    for it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str
    group: Group
    label: str
    unit: Unit
    lower: float | None = None
    upper: float | None = None
    default: int | float | bool | str | None = None
    report: str = ""
    owner: str | None = None
    note: str = ""

    @model_validator(mode="after")
    def _default_fits(self) -> Self:
        default = self.default
        if isinstance(default, float) and not isinstance(default, bool) and not self.holds(default):
            raise ValueError(f"the default of {self.id} lies outside its bounds")
        return self

    def holds(self, value: float) -> bool:
        """True where `value` is within the bounds."""
        return (self.lower is None or value >= self.lower) and (self.upper is None or value <= self.upper)

    @property
    def range(self) -> str:
        """The bounds in words: `0 to 1`, `0 or more`, `any number`."""
        return span(self.lower, self.upper)


def span(lower: float | None, upper: float | None) -> str:
    """Bounds in words; None is no bound."""
    if lower is None and upper is None:
        return "any number"
    if upper is None:
        return f"{lower:g} or more"
    return f"{lower:g} to {upper:g}" if lower is not None else f"{upper:g} or less"


def _read(name: str) -> dict[str, InputWord]:
    words = TypeAdapter(tuple[InputWord, ...]).validate_python(
        tuple({"id": key, **word} for key, word in read_data(LIBRARY / name).items())
    )
    return {word.id: word for word in words}


@lru_cache(maxsize=1)
def inputs() -> dict[str, InputWord]:
    """Every input of the model by id, in the order of the case file: segments first, then the company."""
    return _read("inputs.yaml")


@lru_cache(maxsize=1)
def settings() -> dict[str, InputWord]:
    """The other numbers of a case by id: of time, investments, scenarios and custom lines."""
    return _read("settings.yaml")


@lru_cache(maxsize=1)
def totals() -> dict[str, InputWord]:
    """The totals people have on day one, by id, in the order in which they are asked for."""
    return _read("totals.yaml")


@lru_cache(maxsize=1)
def usual_scenarios() -> dict[str, Any]:
    """The plain data of the built-in scenarios and risk adjustments, under `scenarios` and `haircuts`."""
    return dict(read_data(LIBRARY / "scenarios.yaml"))


def quantity(name: str) -> Any:
    """The pydantic field of the input or setting `name`, with bounds, default and description."""
    word = inputs().get(name) or settings()[name]
    return _field(word, ... if word.default is None else word.default)


def total(name: str, required: bool = False) -> Any:
    """The pydantic field of the total `name`; one that is not required may be None, "don't know"."""
    return _field(totals()[name], ... if required else None)


def _field(word: InputWord, default: object) -> Any:
    words = ". ".join(part for part in (word.label, word.note) if part)
    return Field(
        default=default,
        ge=word.lower,
        le=word.upper,
        description=f"{words} ({word.unit.replace('_', ' ')})",
    )
