"""The story: every number of every pitch is a number of Results, written as numbers are, in sentences that are ones."""

import random
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis.certainty import Certainty
from casebuilder.case import library
from casebuilder.case.library import Kpi
from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, Exhibit, Figure, Pitch, Table
from casebuilder.pitch.story import pitch, story_of
from casebuilder.pitch.view import View, stamp_of
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, example, few, flows, moving, run, small
from tests.pitch.saying import SPOILED, row_of, shown, sure_of, texts

PERSONAS = tuple(library.personas())


#: Numbers of many runs stand in no result; the tests of their exhibits hold them against the studies.
STUDIED = ("analysis/", "simulation/", "fit/", "-analysis/")


def is_studied(key: str) -> bool:
    """Whether a key names no number of Results."""
    return not key or key.startswith(STUDIED)


def check_figure(results: Results, figure: Figure) -> None:
    if is_studied(figure.key):
        assert figure.text
        return
    if figure.key.endswith("/stage_1"):
        assert figure.text == shown(results, figure.value, figure.unit)
        return
    assert [figure.value] == row_of(results, figure.key), figure.key
    if figure.value is None and figure.text == "not":
        assert figure.label.startswith("back within")
    else:
        assert figure.text == shown(results, figure.value, figure.unit), figure.key
    assert figure.label


def check_chart(results: Results, chart: Chart) -> None:
    for series in chart.series:
        assert len(series.values) == len(chart.categories)
        assert not series.labels or len(series.labels) == len(series.values)
        if any(is_studied(key) for key in series.key.split(";")):
            continue
        rows = [row_of(results, key) for key in series.key.split(";")]
        expected = rows[0] if len(rows) == 1 else [value for row in rows for value in row]
        if chart.kind == "columns" and len(series.values) < len(expected):
            check_grouped(series.name, list(series.values), [value or 0.0 for value in expected])
        else:
            assert list(series.values) == pytest.approx(expected, rel=1e-12, abs=1e-9), series.key
    assert chart.alt.endswith(".")
    assert chart.axis_title
    assert not chart.roles or len(chart.roles) == len(chart.categories)
    if chart.kind == "waterfall":
        (series,) = chart.series
        *steps, total = [value or 0.0 for value in series.values]
        assert chart.totals <= {0, len(steps)}
        assert sum(steps) == pytest.approx(total, abs=1e-6 * max(1.0, *map(abs, [*steps, total])))
        assert len(steps) in chart.totals


def check_grouped(name: str, columns: list[float | None], periods: list[float]) -> None:
    """Columns of more than one period: flows are summed, the running total is the one at their end."""
    width = (len(periods) - 1) // (len(columns) - 1)
    starts = range(1, len(periods), width)
    flows_ = [periods[0], *(sum(periods[start : start + width]) for start in starts)]
    ends = [periods[0], *(periods[start + width - 1] for start in starts)]
    assert columns == pytest.approx(ends if name == "So far" else flows_, rel=1e-9, abs=1e-6)


def check_table(results: Results, table: Table) -> None:
    for row in table.rows:
        assert len(row) == len(table.columns)
    for row, keys in zip(table.rows, table.keys, strict=False):
        for text, key in zip(row, keys, strict=True):
            if is_studied(key):
                continue
            (value,) = row_of(results, key)
            unit = unit_of(key)
            if key.endswith("/payback") and value is None:
                state = results.outcome(*key.split("/")[:2]).payback_state
                assert text == {"not_reached": "not reached", "no_investment": "nothing to pay back"}[state]
            else:
                assert text == shown(results, value, unit)


def unit_of(key: str) -> str:
    """The unit of a cell by its key: a KPI's own, or that of a return."""
    if "/kpi/" in key:
        return library.kpis()[key.split("/")[3]].unit
    return {"roi": "share", "payback": "months"}.get(key.rsplit("/", 1)[1], "money")


def check_words(exhibit: Exhibit) -> None:
    assert exhibit.title
    assert not exhibit.title.endswith(".")
    for takeaway in exhibit.takeaways:
        assert exhibit.id == "cover" or takeaway.endswith((".", "?", "!")), takeaway
    if exhibit.id != "cover":
        assert exhibit.source


def check(results: Results, persona: str, sure: Certainty | None = None) -> Pitch:
    """A pitch, once every number and sentence in it was checked."""
    told = pitch(results, persona, sure)
    story, backup = story_of(View(results, persona))
    empty = {exhibit.id for exhibit in told.left_out}
    assert [exhibit.id for exhibit in told.exhibits] == [
        "cover",
        *(id for id in (*story, *backup) if id not in empty),
    ]
    assert not empty & {"decision", "must_be_true", "against", "proof", "ask"}
    assert not any(exhibit.empty for exhibit in told.exhibits)
    assert told.stamp == stamp_of(results.case)
    assert told.role
    for exhibit in told.exhibits:
        check_words(exhibit)
        for figure in exhibit.figures:
            check_figure(results, figure)
        if exhibit.chart:
            check_chart(results, exhibit.chart)
        if exhibit.table:
            check_table(results, exhibit.table)
        keys = {key for figure in exhibit.figures for key in (figure.key,)}
        keys |= {series.key for series in (exhibit.chart.series if exhibit.chart else ())}
        keys |= {key for row in (exhibit.table.keys if exhibit.table else ()) for key in row}
        for text in texts(exhibit):
            if text not in keys and text not in (exhibit.id, *ROLES):
                assert not SPOILED.search(text.replace(numbers.SPACE, " ")), text
    return told


@lru_cache
def studies(name: str) -> Certainty:
    """How sure we are of an example; all stories of it share one."""
    return sure_of(example(name))


ROLES = ("do_nothing", "programme", "cost", "capacity", "risk", "harm", "muted", "cash_flow")


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str, persona: str) -> None:
    told = check(example(name), persona, studies(name))
    if told.exhibits[1].id == "heads_up":
        assert [exhibit.id for exhibit in told.exhibits] == ["cover", "heads_up"]
        return
    keys = (figure.key for figure in told.exhibit("decision").figures if not is_studied(figure.key))
    assert {key.split("/")[1] for key in keys} == {example(name).asked_option}


@few(0.4)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    rng = random.Random(seed)
    results = run(random_case(rng))
    sure = Certainty(results, results.asked_option)
    for persona in rng.sample(PERSONAS, 3):
        check(results, persona, sure)


def losing() -> dict[str, Any]:
    data = moving("win_rate", 0.01, 0.02, 0.03)
    data["initiatives"][0]["one_time_cost"] = 9e6
    return data


def one_period() -> dict[str, Any]:
    data = small()
    data["company"] |= {"years": 1, "periods_per_year": 1}
    return data


def nobody() -> dict[str, Any]:
    """Everything that can be 0 is 0: most KPIs divide by nothing."""
    data = small(sales={}, service={}, people={}, risk={}, finance={})
    for segment in data["segments"]:
        segment |= {key: 0 for key in segment if key != "name"}
    return data


def no_effects() -> dict[str, Any]:
    data = small()
    for initiative in data["initiatives"]:
        initiative.pop("effects", None)
    return data


HARD: dict[str, Any] = {
    "no stakeholders": small,
    "custom lines alone": lambda: flows([-100_000.0, 60_000.0, 90_000.0]),
    "custom lines that lose": lambda: flows([-100_000.0, 50_000.0]),
    "nothing at all": lambda: flows([0.0, 0.0]),
    "no effects": no_effects,
    "no investments": lambda: small(initiatives=[], options={}),
    "no numbers": nobody,
    "drivers without a number": lambda: (
        nobody()
        | {
            "stakeholders": [
                {"persona": p, "drivers": [{"kpi": "churn_rate", "target": 0.1}]} for p in PERSONAS
            ]
        }
    ),
    "a loss": losing,
    "one period": one_period,
    "one scenario": lambda: small(scenarios={"only_one": {}}),
    "harm": lambda: moving("churn_rate", -0.3, -0.2, -0.1),
    "an effect of nothing": lambda: moving("churn_rate", 0.0, 0.0, 0.0),
    "taxed": lambda: small(company=small()["company"] | {"tax_rate": 0.3, "discounting": "mid"}),
    "ten years, monthly": lambda: small(company=small()["company"] | {"years": 10, "periods_per_year": 12}),
    "asked for nothing": lambda: small(
        decision={"stage_1": {"option": "do_nothing", "until": "2027-06-30"}}, initiatives=[], options={}
    ),
}


@lru_cache
def hard(name: str) -> Results:
    """A hard case, evaluated."""
    return run(HARD[name]())


@pytest.mark.parametrize("name", HARD)
def test_hard_cases(name: str) -> None:
    results = hard(name)
    for persona in PERSONAS:
        check(results, persona, sure_of(results))


def test_a_loss_is_called_one() -> None:
    """The product must be able to say no, to everybody."""
    results = run(losing())
    sure = Certainty(results, results.asked_option)
    for persona in PERSONAS:
        told = pitch(results, persona, sure)
        assert told.exhibit("decision").title.startswith("Do not invest")
        assert "not back" in told.exhibit("cash_flow").title
        (worth,) = (figure for figure in told.exhibit("decision").figures if figure.key.endswith("/npv"))
        assert worth.role == "harm"


def stakeholder(**driver: Any) -> dict[str, Any]:
    return small(
        stakeholders=[{"persona": "sales", "role": "CRO", "drivers": [{"kpi": "churn_rate", **driver}]}]
    )


def churn_in(data: dict[str, Any], year: int) -> tuple[float, float]:
    outcome = run(data).headline
    row = [outcome.kpi("churn_rate", world)[year - 1] for world in ("without", "with")]
    assert row[0] is not None
    assert row[1] is not None
    return row[0], row[1]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (-1.0, "already meets the target"),
        (0.5, "the target of"),
        (2.0, "50% of the gap"),
        (1.001, "99% of the gap"),
    ],
)
def test_a_target_is_met_in_part_or_whole(part: float, words: str) -> None:
    """A target `part` of the way from doing nothing to what the programme reaches; never 100 % and yet not all."""
    before, after = churn_in(stakeholder(), 2)
    assert (
        words
        in check(run(stakeholder(target=before + part * (after - before))), "sales").exhibit("kpi").title
    )


def test_the_leading_kpi_is_the_most_important_that_can_be_told() -> None:
    drivers = [
        {"kpi": "other", "name": "Smiles", "unit": "count", "importance": 5, "target": 9},
        {"kpi": "npv", "kind": "hurdle", "importance": 5, "target": 9},
        {"kpi": "win_rate", "importance": 2, "target": 0.4},
        {"kpi": "contacts", "importance": 3, "target": 9},
    ]
    data = small(stakeholders=[{"persona": "cfo", "drivers": drivers}])
    told = check(run(data), "cfo")
    expected: Kpi = library.kpis()["contacts"]
    assert told.exhibit("kpi").notes.startswith(expected.label)
    assert told.exhibit("kpi").title.startswith(expected.label)


@pytest.mark.parametrize(
    ("due", "year"), [("2026-05-01", 1), ("2027-12-31", 1), ("2028-01-01", 2), ("2040-01-01", 2)]
)
def test_the_year_is_the_one_of_the_target(due: str, year: int) -> None:
    told = check(run(stakeholder(target=0.1, due=due)), "sales")
    (theirs,) = (figure for figure in told.exhibit("decision").figures if "/kpi/" in figure.key)
    assert theirs.key.endswith(f"kpi/churn_rate/with/{year}")


def test_what_is_released_first_is_spent_by_then() -> None:
    """Costs of whole periods that end by the day: at the decision, and the first and second quarter."""
    data = small(decision={"stage_1": {"option": "all_of_it", "until": "2027-06-30"}})
    data["initiatives"] = [
        {**data["initiatives"][0], "one_time_cost": 20_000, "annual_cost": 40_000},
        {**moving("win_rate", 0.3, 0.4, 0.5)["initiatives"][0], "id": "act"},
    ]
    data["scenarios"] = {"plain": {}}
    figure = pitch(run(data), "ceo").exhibit("decision").figures[1]
    assert figure.value == pytest.approx(20_000 + 2 * 10_000)
    assert "30 June 2027" in figure.label


def test_what_must_be_true_is_about_their_own_number_where_something_moves_it() -> None:
    found = example("growth_network")
    sure = studies("growth_network")
    titles = {p: pitch(found, p, sure).exhibit("must_be_true").title for p in ("sales", "cfo", "service")}
    assert "your number ends at" in titles["sales"]
    assert titles["cfo"] == titles["service"]
    assert "of the gains" in titles["cfo"]


def test_starting_values_are_counted_under_every_number() -> None:
    found = example("growth_network")
    assert sum(said.status == "default" for said in found.case.inputs.values()) == 1
    told = pitch(found, "cfo", studies("growth_network"))
    assert "one starting value to replace" in told.exhibit("decision").source


def test_nobody_of_that_persona() -> None:
    with pytest.raises(KeyError, match="wizard"):
        pitch(run(small()), "wizard")
    with pytest.raises(KeyError, match="epilogue"):
        pitch(run(small()), "cfo").exhibit("epilogue")  # type: ignore[arg-type]


def test_what_has_nothing_to_say_is_for_the_author_alone() -> None:
    """A case of costs alone: nobody's scorecard, no rating, no effect, nobody else."""
    spend = {"id": "spend", "name": "The programme", "one_time_cost": 1e5, "effects": []}
    data = small(initiatives=[spend], options={"all_of_it": "all"})
    told = pitch(run(data), "cfo")
    left = {exhibit.id: exhibit for exhibit in told.left_out}
    assert {"cascade", "readiness", "others", "stages", "assumptions", "sources"} <= set(left)
    assert not set(left) & {exhibit.id for exhibit in told.exhibits}
    assert all(exhibit.title for exhibit in left.values())
    assert "the programme" not in told.exhibit("decision").title, "an investment has that name"
    for name in EXAMPLES:
        assert not pitch(example(name), "cfo", studies(name)).left_out, name
