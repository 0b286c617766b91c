"""What is shown to one stakeholder: frozen display records, rendered by deck, screen and page without deciding."""

from dataclasses import dataclass, field
from typing import Literal

from casebuilder.case.library_records import ExhibitKind

#: What a mark means, and therefore its colour everywhere (library/look.yaml holds the colours).
Role = Literal["do_nothing", "programme", "cost", "capacity", "risk", "harm", "muted"]


def role_of(amount: float) -> Role:
    """What an amount of the whole case means: the programme, or harm where it is below zero."""
    return "programme" if amount >= 0 else "harm"


ChartKind = Literal["waterfall", "columns", "line", "bars", "range", "spans"]


@dataclass(frozen=True)
class Figure:
    """One number that leaves the model: its value, unit, text as shown, and the key of the result it is.

    `key` names the number in Results ("risk_adjusted/npv", "risk_adjusted/kpi/quota_attainment/with/3"),
    so that a reader of an artefact can check text against value and value against Results. `more` is the exhibit that
    explains it, where the same pitch has one.
    """

    key: str
    label: str
    value: float | None
    unit: str
    text: str
    change: str = ""
    role: Role = "programme"
    more: ExhibitKind | None = None


@dataclass(frozen=True)
class Series:
    """One row of values of a chart, one per category; None leaves a gap."""

    name: str
    values: tuple[float | None, ...]
    role: Role
    labels: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart as data. `waterfall`: one series whose `roles` colour each step and whose `totals` stand on the axis.

    `range`: two series, the low and the high end of every bar; the bars meet at `centre`. `roles` colour the columns of
    `columns` one by one where they are given. `spans`: in each row the first series says where it begins, the others
    how long each part of it lasts, one after the other.
    """

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    axis_title: str
    alt: str
    roles: tuple[Role, ...] = ()
    totals: frozenset[int] = frozenset()
    scale: float = 1.0
    centre: float | None = None


@dataclass(frozen=True)
class Table:
    """Rows of text, already formatted; numeric columns are right-aligned; `keys` names the result behind a cell.

    `defaults` are the rows that rest on a starting value nobody stands behind; their cell in column `chip` is amber.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    emphasised: int | None = None
    keys: tuple[tuple[str, ...], ...] = ()
    defaults: frozenset[int] = frozenset()
    chip: int = 0


@dataclass(frozen=True)
class Block:
    """A table of numbers that an output keeps as values, computed when it was made: it does not follow its inputs.

    `units` has one unit per column, `text` for words; a column of unit `own` takes the unit that `row_units` gives the
    row. None is no number.
    """

    title: str
    note: str
    columns: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    row_units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exhibit:
    """One slide or one block on a page: a conclusion as title, its evidence, where it comes from.

    `section` is the part of the deck it belongs to, where a deck has parts; `more` is the exhibit of the same pitch
    that shows what stands behind it. `empty`: it has nothing to say yet, so that no deck shows it; its author hears
    why from its title.
    """

    id: ExhibitKind
    title: str
    takeaways: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    source: str = ""
    notes: str = ""
    section: str = ""
    more: ExhibitKind | None = None
    empty: bool = False


@dataclass(frozen=True)
class Stamp:
    """What ties an output to its case: version stamp of the case, model and product versions, date of the decision."""

    fingerprint: str
    model_version: str
    version: str
    as_of: str

    @property
    def line(self) -> str:
        """The stamp as one line for a footer."""
        return f"Version {self.fingerprint} · model {self.model_version} · {self.as_of}"


@dataclass(frozen=True)
class Pitch:
    """Everything said to one stakeholder, in order; `left_out` has nothing to say yet: for the author alone."""

    persona: str
    role: str
    case_title: str
    company: str
    currency: str
    stamp: Stamp
    exhibits: tuple[Exhibit, ...] = field(default=())
    left_out: tuple[Exhibit, ...] = ()

    def exhibit(self, id: ExhibitKind) -> Exhibit:
        """The exhibit of this id; KeyError names it where it is missing."""
        for exhibit in self.exhibits:
            if exhibit.id == id:
                return exhibit
        raise KeyError(id)
