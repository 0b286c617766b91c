"""The library reaches everybody: each metric has an investment and a reader, each size a source, each guess a name."""

import re
from functools import cache
from typing import Any

import pytest
import yaml

from casebuilder import build
from casebuilder.case import from_data, library, load
from casebuilder.case.library import LibraryInitiative, StartingValues
from casebuilder.model.results import Outcome
from tests.case.tables import OF_THE_CASE, TOTALS
from tests.house.repository import ROOT, files

FOLDER = "casebuilder/library"
SHAPES = ("subscription", "contract", "services", "consumer")
#: What a company must say, and no more.
ASKED = {"customers": 1000, "revenue_per_customer": 5000, "gross_margin": 0.6, "loaded_cost_per_fte": 80000}
#: What may earn where nothing but that is known: churn, growth and days to payment are never nothing.
OPEN = {"retention", "expansion", "cash_collection", "working_capital"}


@cache
def raw(path: str) -> Any:
    """The plain data of a file of the library, read past its loader."""
    return yaml.safe_load((ROOT / FOLDER / path).read_text(encoding="utf-8"))


@cache
def entries() -> dict[str, Any]:
    """The investments as they stand in their files."""
    names = [path.name for path in files() if path.parent.as_posix() == f"{FOLDER}/initiatives"]
    return {name: raw(f"initiatives/{name}") for name in names}


def each_text(data: Any) -> list[str]:
    """Every text inside plain data."""
    if isinstance(data, str):
        return [data]
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for part in inside for text in each_text(part)]


def cited(entry: LibraryInitiative) -> set[str]:
    """Every piece of evidence an entry names."""
    return {*entry.sources, *entry.against, *(source for e in entry.effects for source in e.sources)}


# ---- metrics, investments and readers ---------------------------------------------------------------------------


@pytest.mark.parametrize("lever", library.levers())
def test_every_lever_has_an_investment_that_improves_it(lever: str) -> None:
    improved = {
        name for name, e in entries().items() for x in e["effects"] if x["lever"] == lever and x["base"] > 0
    }
    assert improved


@pytest.mark.parametrize("lever", library.levers())
def test_every_lever_reaches_somebody(lever: str) -> None:
    """A KPI of at least one persona moves with it, the totals into which everything flows not counted."""
    reached = {
        persona.id
        for persona in library.personas().values()
        for kpi in persona.kpis
        if kpi not in TOTALS and lever in library.kpis()[kpi].levers
    }
    assert reached


@cache
def example() -> Outcome:
    """An example in which every part of a company is filled in, in the scenario in which its money comes back."""
    return build.evaluate(load(ROOT / "examples" / "growth_network.yaml")).scenario("optimistic")


@pytest.mark.parametrize("kpi", library.kpis())
def test_every_kpi_is_computed_in_both_worlds(kpi: str) -> None:
    without, with_ = example().kpi(kpi, "without"), example().kpi(kpi, "with")
    assert len(with_) == len(without) > 1
    assert None not in with_
    assert (None in without) == (kpi in OF_THE_CASE)


def test_every_kpi_reads_differently() -> None:
    kpis = library.kpis().values()
    assert len({kpi.label for kpi in kpis}) == len({kpi.description for kpi in kpis}) == len(kpis)


# ---- what a size rests on ---------------------------------------------------------------------------------------


def test_everything_cited_is_there() -> None:
    """Judged on the files as they stand: sources, counter-evidence, metrics and owners of judgements."""
    evidence = {item["id"]: item for item in raw("evidence.yaml")["evidence"]}
    levers = {item["id"] for item in raw("levers.yaml")["levers"]}
    for name, entry in entries().items():
        named = {*entry["sources"], *entry["against"], entry["owner_source"]} - {None}
        for effect in entry["effects"]:
            named |= set(effect["sources"])
            assert effect["lever"] in levers, name
        assert named <= set(evidence), name
    for key, item in evidence.items():
        assert item.get("lever", "churn_rate") in levers, key
        for other in item.get("counter", []):
            assert key in evidence[other]["counter"], f"{key} and {other}"


def test_every_size_is_measured_or_says_that_it_is_ours() -> None:
    use = {item["id"]: item["use"] for item in raw("evidence.yaml")["evidence"]}
    for name, entry in entries().items():
        for effect in entry["effects"]:
            if effect["grade"] == "J":
                assert "our estimate" in effect["note"].lower(), f"{name}: {effect['lever']}"
            else:
                assert "effect" in {use[source] for source in effect["sources"]}, f"{name}: {effect['lever']}"


@pytest.mark.parametrize("name", library.initiatives())
def test_no_entry_holds_a_figure_that_it_does_not_cite(name: str) -> None:
    entry = library.initiatives()[name]
    known = " ".join(library.evidence()[source].statement for source in cited(entry))
    for text in each_text(entries()[f"{name}.yaml"]):
        if text not in cited(entry):
            assert set(re.findall(r"\d[\d.,]*\d|\d", text)) <= set(re.findall(r"\d[\d.,]*\d|\d", known)), text


@pytest.mark.parametrize("name", library.initiatives())
def test_every_entry_can_be_followed_and_stopped(name: str) -> None:
    entry = library.initiatives()[name]
    assert entry.build_months < entry.checkpoint.month <= entry.build_months + entry.ramp_months + 1
    assert not set(entry.sources) & set(entry.against), "for and against at once"
    assert entry.checkpoint.stop_if[0].islower(), "it follows `we stop if`"
    texts = each_text(entries()[f"{name}.yaml"])
    assert all(text == text.strip() and text for text in texts)


def test_no_two_entries_read_alike_and_none_needs_itself() -> None:
    found = library.initiatives()
    assert len({entry.name for entry in found.values()}) == len(found)
    assert len({entry.leading_indicator for entry in found.values()}) == len(found)
    left = {name: set(entry.requires) for name, entry in found.items()}
    while ready := [name for name, needed in left.items() if not needed & left.keys()]:
        for name in ready:
            del left[name]
    assert not left, "these need each other first"


def test_a_better_price_comes_with_what_customers_do_about_it() -> None:
    """Less discount, or fewer prospects paid for, is never proposed as if nobody answered."""
    for entry in library.initiatives().values():
        low = {effect.lever: effect.low for effect in entry.effects}
        if "discount" in low:
            assert min(low.get("win_rate", 0), low.get("churn_rate", 0)) < 0, entry.id
        if "acquisition_cost" in low:
            assert low.get("leads", 0) < 0, entry.id


# ---- starting values --------------------------------------------------------------------------------------------


def amounts(start: StartingValues) -> dict[str, float]:
    """Every input of a company of this shape that knows nothing but what is asked."""
    known = dict(ASKED)
    later = [(key, value) for key, value in start.values.items() if value.of]
    for key, value in [*((k, v) for k, v in start.values.items() if not v.of), *later]:
        known[key] = value.amount(known)
    return known


def company(start: StartingValues, effects: list[dict[str, Any]]) -> Outcome:
    """What such a company gains from an investment with these effects."""
    groups: dict[str, dict[str, Any]] = {"segments": {"name": "All"}}
    for key, value in amounts(start).items():
        groups.setdefault(library.inputs()[key].group, {})[key] = value
    groups["company"] |= {"name": "One", "currency": "EUR", "decision_date": "2027-01-01", "years": 3}
    only = {"id": "only", "name": "Only", "effects": effects}
    rest = {"casebuilder": 1, "title": "Unknown", "initiatives": [only], "scenarios": {"base": "builtin"}}
    return build.evaluate(from_data({**groups, "segments": [groups["segments"]], **rest})).headline


def moved(outcome: Outcome) -> set[str]:
    """The benefits that are not zero throughout."""
    return {line for line in library.words().lines if any(abs(x) > 1e-9 for x in outcome.flow(line))}


def effect(lever: str) -> dict[str, Any]:
    return {"lever": lever, "segment": "all", "low": 0.1, "base": 0.1, "high": 0.1}


def test_every_number_is_asked_or_has_a_starting_value_in_each_shape() -> None:
    assert tuple(library.starting_values()) == SHAPES
    numbers = {key for key, word in library.inputs().items() if word.unit not in ("choice", "flag")}
    for shape, start in library.starting_values().items():
        assert set(start.values) | set(library.to_be_asked()) == numbers, shape
        assert not set(start.values) & set(library.to_be_asked()), shape
        assert list(start.values) == [key for key in library.inputs() if key in start.values], "in its order"
    assert set(ASKED) == set(library.to_be_asked())


@pytest.mark.parametrize("shape", SHAPES)
def test_starting_values_are_ours_have_few_digits_and_stay_in_bounds(shape: str) -> None:
    start = library.starting_values()[shape]
    for key, value in start.values.items():
        assert (value.status, value.grade) == ("default", "J")
        assert value.value == float(f"{value.value:.2g}"), f"{key}: {value.value}"
        assert library.inputs()[key].holds(amounts(start)[key])
        assert value.note


@pytest.mark.parametrize("shape", SHAPES)
def test_what_nobody_knows_earns_nothing(shape: str) -> None:
    """Every metric improved by a tenth: what is unknown stays closed, and so does what is said to be neutral."""
    start = library.starting_values()[shape]
    neutral = {
        lever.line
        for lever in library.levers().values()
        if start.values[lever.id].neutral and lever.id != "growth_per_customer"
    }
    found = moved(company(start, [effect(lever) for lever in library.levers()]))
    assert found <= OPEN - neutral
    assert {"retention", "expansion"} <= found, "the judge sees what does earn"


def test_amounts_follow_what_they_are_a_multiple_of() -> None:
    start = library.starting_values()["subscription"]
    assert amounts(start)["acquisition_cost"] == 2500
    assert start.values["cost_per_self_service_contact"].amount({"cost_per_assisted_contact": 30}) == 3
