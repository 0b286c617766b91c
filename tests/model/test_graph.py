"""The graph: what it refuses and in whose name, and what holds of the models it makes: no dead row, short formulas."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from casebuilder.model.expressions import (
    Line,
    call,
    ceiling,
    in_year,
    minimum,
    over_time,
    pick,
    previous,
    sumproduct,
)
from casebuilder.model.graph import ALLOWED_NUMBERS, WIDEST, Graph, unread
from casebuilder.model.inputs import values
from casebuilder.model.model import Model, model_of
from casebuilder.model.results import Results
from casebuilder.model.structure import structure
from casebuilder.workbook.layout import Layout
from casebuilder.workbook.spelling import Speller
from tests.model.cases import EXAMPLES, case_of, example, flows, moving, run, small


@pytest.fixture
def graph() -> Graph:
    """Two years of two periods, with one line of every shape and a row without period 0."""
    made = Graph(4, 2)
    x = made.input("x", "X", "ratio")
    constant = made.constant("constant", "Constant", "ratio", x + 1)
    period = made.later("period", "Period", "period", 0)
    made.place(period, previous(period) + 1)
    made.period("row", "Row", "ratio", period * constant)
    made.total("total", "Total", "ratio", over_time("sum", period))
    made.year("year", "Year", "ratio", in_year("sum", period), 0)
    return made


# What is asked of the graph, and what its refusal must say; every refusal names the line.
REFUSED: dict[str, tuple[Callable[[Graph], Any], str]] = {
    "a number of the world": (
        lambda g: g.constant("vat", "VAT", "share", g["x"] * 1.19),
        r"vat: 1\.19 is a number of the world",
    ),
    "a number of the world deep inside": (
        lambda g: g.constant("vat", "VAT", "share", -(1 - minimum(g["x"], g["x"] * 0.5))),
        r"vat: 0\.5 is a number of the world",
    ),
    "a number of the world alone": (lambda g: g.constant("three", "Three", "ratio", 3), r"three: 3\.0"),
    "a number of the world as opening": (
        lambda g: g.period("some", "Some", "ratio", g["row"], 7),
        r"some: 7\.0",
    ),
    "previous of a row without opening": (
        lambda g: g.period("before", "Before", "ratio", previous(g["row"])),
        "row: has no opening value",
    ),
    "an opening that reads a row without one": (
        lambda g: g.period("late", "Late", "ratio", g["row"], g["row"]),
        "late: its opening reads row",
    ),
    "an opening that reads the period before": (
        lambda g: g.level("level", "Level", "ratio", previous(g["period"]) + 1),
        "level: its opening reads the period before",
    ),
    "products of rows that begin apart": (
        lambda g: g.total("pv", "PV", "money", sumproduct(g["row"], g["period"])),
        "row and period: one has a period 0",
    ),
    "a constant that reads a row": (
        lambda g: g.constant("wrong", "Wrong", "ratio", g["row"] * 2),
        "wrong: a constant line cannot read the period line row",
    ),
    "a total that reads a row": (
        lambda g: g.total("wrong", "Wrong", "ratio", over_time("sum", g["row"]) + g["row"]),
        "wrong: a total line cannot read the period line row",
    ),
    "a row that reads a year": (
        lambda g: g.period("wrong", "Wrong", "ratio", g["year"]),
        "wrong: a period line cannot read the year line year",
    ),
    "a year that reads a row": (
        lambda g: g.year("wrong", "Wrong", "ratio", g["row"]),
        "wrong: a year line cannot read the period line row",
    ),
    "a total that reads a year": (
        lambda g: g.total("wrong", "Wrong", "ratio", g["year"] + 1),
        "wrong: a total line cannot read the year line year",
    ),
    "a sum over time in a constant": (
        lambda g: g.constant("wrong", "Wrong", "ratio", over_time("sum", g["row"])),
        "wrong: only a total reduces over time",
    ),
    "a sum over time in a row": (
        lambda g: g.period("wrong", "Wrong", "ratio", g["row"] - over_time("low", g["row"])),
        "wrong: only a total reduces over time",
    ),
    "a sum over a year in a row": (
        lambda g: g.period("wrong", "Wrong", "ratio", in_year("sum", g["row"])),
        "wrong: only a year line reduces over a year",
    ),
    "a key twice": (lambda g: g.constant("total", "Another", "ratio", g["x"]), "total: a line of this key"),
    "a key of an input": (lambda g: g.constant("x", "Another", "ratio", g["x"]), "x: a line of this key"),
    "a label twice": (
        lambda g: g.constant("another", "Total", "ratio", g["x"]),
        "another: the label 'Total' is taken",
    ),
    "a row further down": (
        lambda g: g.period("early", "Early", "ratio", g.later("late", "Late", "ratio", 0) + 1),
        "early: reads late, which does not stand above it",
    ),
    "itself": (
        lambda g: g.place(line := g.later("self", "Self", "ratio", 0), line + 1),
        "self: reads self, which does not stand above it",
    ),
    "a line of another model": (
        lambda g: g.constant("stolen", "Stolen", "ratio", Line("x", "X", "ratio", "input", index=0) + 1),
        "stolen: reads x, which does not stand above it",
    ),
    "the smallest of too many": (
        lambda g: g.constant("wide", "Wide", "ratio", minimum(*[g["x"]] * (WIDEST + 1))),
        f"wide: minimum of more than {WIDEST}",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(graph: Graph, what: str) -> None:
    ask, said = REFUSED[what]
    before = list(graph.lines)
    with pytest.raises(ValueError, match=said):
        ask(graph)
    assert graph.lines == before, "a line that was refused stands in the model"


def test_an_operator_that_is_not_on_the_list() -> None:
    with pytest.raises(KeyError, match="'sine' is not an operator"):
        call("sine", 1)


def test_allowed(graph: Graph) -> None:
    """Numbers of arithmetic, as many choices of a row as there are, and an input asked for twice."""
    for number in ALLOWED_NUMBERS:
        graph.constant(f"n{number}", f"N {number}", "ratio", graph["x"] * number)
    graph.constant("choice", "Choice", "ratio", pick(graph["x"], *[graph["x"]] * 30))
    assert graph.input("x", "Whatever", "whatever") is graph["x"]
    line = graph.level("again", "Again", "ratio", ceiling(graph["period"] / 2))
    assert (line.opening is line.formula, line.index, graph.lines[line.index]) == (True, line.index, line)


def test_a_sum_of_no_rows_is_nothing(graph: Graph) -> None:
    assert graph.sum("nothing", "Nothing", "money", []).opening is not None


# ---- what holds of every model

#: Lines that people see though no other line reads them; `year` is read by the sheet's yearly columns, and the settings
#: of the run stand at the top of every sheet.
OUTPUTS = (
    r"npv|roi|irr|irr_state|payback_months|payback_state|peak_funding",
    r"pv_(benefits|costs|tax|tied_back|capacity_not_counted|risk_not_counted)|value_after_horizon",
    r"pv\..+|kpi\..+\.(with|without)|ok\.\w+|hours_freed|custom:.+",
    r"year|horizon_months|scenario\.\w+|run\.\w+",
)
#: Rows of the whole company that only segments read: without segments they stand idle.
OF_SEGMENTS = r"month|(sales|service)\..+|unit_cost\..+|speed\.with"
LONG = "Kundinnen und Kunden der öffentlichen Hand, Bund, Länder, Gemeinden und Zweckverbände"


def hard() -> dict[str, Any]:
    """Twelve initiatives, each requiring all before it, in six segments with long names, ten years, many scenarios."""
    data = small()
    segment = data["segments"][0]
    data["segments"] = [{**segment, "name": f"{number} {LONG}"} for number in range(6)]
    levers = [
        "churn_rate",
        "win_rate",
        "leads",
        "discount",
        "first_contact_resolution",
        "days_sales_outstanding",
    ]
    data["initiatives"] = [
        {
            "id": f"i{number}",
            "name": f"Maßnahme {number}: {LONG}",
            "requires": [f"i{before}" for before in range(number)],
            "one_time_cost": 1_000,
            "effects": [{"lever": lever, "low": 0.0, "base": 0.01, "high": 0.02} for lever in levers],
        }
        for number in range(12)
    ]
    data["company"]["years"] = 10
    data["scenarios"] = {f"szenario_{number}": {} for number in range(9)}
    data["options"] = {f"option_{number}": ["i0", f"i{number}"] for number in range(1, 10)}
    data["custom_lines"] = [
        {"name": f"{kind} {LONG} {n}", "kind": kind, "class": cls, "by_year": [n] * 10, "initiative": "i3"}
        for kind in ("benefit", "cost")
        for n, cls in enumerate(("margin", "capacity", "risk", "one_off_cash", "cost_out", "one_off_cash"))
    ]
    return data


def wide() -> dict[str, Any]:
    """As many segments as a case may have, monthly."""
    data = small()
    segment = data["segments"][0]
    data["segments"] = [{**segment, "name": f"Segment {number}"} for number in range(30)]
    data["initiatives"][1]["effects"][1]["segment"] = "Segment 7"
    data["company"]["periods_per_year"] = 12
    return data


CASES: dict[str, Callable[[], Results]] = {
    **{name: lambda name=name: example(name) for name in EXAMPLES},  # type: ignore[misc]
    "small": lambda: run(small(), keep=["npv"]),
    "hard": lambda: run(hard(), keep=["npv"]),
    "wide": lambda: run(wide(), keep=["npv"]),
    "table": lambda: run(flows([-100.0, *[30.0] * 9]), keep=["npv"]),
}
each = pytest.mark.parametrize("name", CASES)


def model(name: str) -> Model:
    return CASES[name]().model


@each
def test_no_line_is_dead(name: str) -> None:
    lines = model(name).lines
    patterns = OUTPUTS if model(name).shape.segments else (*OUTPUTS, OF_SEGMENTS)
    shown = [line for line in lines if any(re.fullmatch(pattern, line.key) for pattern in patterns)]
    assert unread(lines, shown) == ()


def test_a_dead_line_is_found(graph: Graph) -> None:
    assert {line.key for line in unread(graph.lines, [graph["total"]])} == {"row", "year"}


@each
def test_labels_are_unique(name: str) -> None:
    lines = model(name).lines
    assert len({line.key for line in lines}) == len(lines)
    labels = [line.label for line in lines]
    assert sorted(labels) == sorted(set(labels))
    assert all(line.label.strip() and line.unit for line in lines)


@each
def test_what_is_read_stands_above(name: str) -> None:
    for number, line in enumerate(model(name).lines):
        assert line.index == number


@each
def test_formulas_are_short(name: str) -> None:
    """At most 120 characters, 8 references and one IF, in the columns where addresses are longest."""
    results = CASES[name]()
    layout = Layout(results.case, results.model)
    columns = {
        "constant": layout.VALUE,
        "total": layout.VALUE,
        "period": layout.last,
        "year": layout.year_last,
    }
    long = {}
    for line in results.model.lines:
        if line.shape == "input":
            continue
        spelled = [(Speller(layout, columns[line.shape]), line.formula)]
        spelled += [(Speller(layout, layout.OPENING), line.opening)]
        for speller, formula in spelled:
            text = "" if formula is None else speller.formula(formula)
            references = re.findall(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?", text)
            if len(text) > 120 or len(references) > 8 or text.count("IF(") - text.count("SUMIF(") > 1:
                long[line.key] = text
    assert long == {}


def test_rows_do_not_depend_on_numbers() -> None:
    """Other numbers, the same rows: what is 0, off or unmoved today may be anything tomorrow."""
    data = small()
    before = model_of(structure(case_of(data)))
    for segment in data["segments"]:
        segment |= {key: 0 for key in segment if key not in ("name", "gross_margin")}
    for group in ("sales", "service", "people", "risk", "finance"):
        data[group] = {}
    data["company"] |= {"tax_rate": 0.3, "discounting": "mid", "loaded_cost_per_fte": 0, "discount_rate": 0}
    for initiative in data["initiatives"]:
        initiative |= {"enabled": False, "start_month": 99, "annual_cost": 0}
        for effect in initiative.get("effects", ()):
            effect |= {"low": -0.5, "base": 0, "high": 0.9}
    assert model_of(structure(case_of(data))) is before


def test_every_lever_has_its_row_whatever_moves() -> None:
    """Which metric moves adds rows for the effect, and changes no other row."""
    plans = [
        [line.key for line in run(moving(lever, 0, 0.1, 0.2)).model.lines]
        for lever in ("churn_rate", "attrition_rate", "growth_per_customer")
    ]
    bare = [
        {key for key in plan if not key.startswith(("after.", "size[", "initiatives[one].effects"))}
        for plan in plans
    ]
    assert bare[0] == bare[1] == bare[2]


@each
def test_every_input_that_is_read_is_known(name: str) -> None:
    case, made = CASES[name]().case, model(name)
    known = set(values(case, made.shape)) | {"run.scenario", "run.option"}
    assert {line.key for line in made.lines if line.shape == "input"} <= known


def test_an_announced_balance_must_be_placed() -> None:
    graph = Graph(2, 2)
    graph.later("stock", "Stock", "count", 0)
    with pytest.raises(ValueError, match="stock: was announced as a balance and never placed"):
        graph.finish()
