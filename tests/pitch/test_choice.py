"""What each investment adds and which versions there are: numbers of their record, in sentences that are ones."""

import copy
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis.attribution import Attribution
from casebuilder.analysis.attribution import attribution as attributed
from casebuilder.analysis.options import Choice, options
from casebuilder.analysis.study import study
from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.choice import BARS, attribution, choice_sentence, listed, names_of, versions
from casebuilder.pitch.records import Exhibit, Table
from casebuilder.pitch.view import View
from tests.agreement.random_cases import random_case
from tests.analysis.programme import programme
from tests.model.cases import EXAMPLES, example, few, run
from tests.pitch.saying import SPOILED, shown, texts


def view_of(data: dict[str, Any], persona: str = "cfo") -> View:
    return View(run(data), persona)


def check(exhibit: Exhibit) -> None:
    """Sentences for people, and a chart and table whose parts match."""
    assert exhibit.title
    assert not exhibit.title.endswith(".")
    assert len(exhibit.takeaways) <= 3
    assert all(takeaway.endswith(".") for takeaway in (*exhibit.takeaways, exhibit.notes))
    assert exhibit.source
    table, chart = exhibit.table or Table((), ()), exhibit.chart
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert table.emphasised is None or 0 <= table.emphasised < len(table.rows)
    for text in (exhibit.title, *exhibit.takeaways, exhibit.notes, *texts(table.rows), *texts(table.columns)):
        assert not SPOILED.search(text.replace(numbers.SPACE, " ")), text
    if chart is not None:
        (series,) = chart.series
        assert len(series.values) == len(chart.categories) == len(series.key.split(";"))
        assert not chart.roles or len(chart.roles) == len(chart.categories)
        assert chart.alt.endswith(".")


def check_attribution(results: Results, found: Attribution, exhibit: Exhibit) -> None:
    check(exhibit)
    if not found.members:
        assert (exhibit.chart, exhibit.table) == (None, None)
        return
    assert exhibit.chart is not None
    assert exhibit.table is not None
    names = {initiative.name: initiative.id for initiative in results.case.initiatives}
    values = [value or 0.0 for value in exhibit.chart.series[0].values]
    assert sum(values) + found.rest == pytest.approx(found.whole, rel=1e-9, abs=1e-6)
    assert [names[row[0]] for row in exhibit.table.rows] == sorted(
        found.members, key=lambda id: -found.values[id]
    )
    for name, adds, without in exhibit.table.rows:
        id = names[name]
        assert adds == shown(results, found.values[id], "money")
        lost = found.without_it[id]
        word = "falls by" if lost > 0 else "rises by"
        amount = f"{word} {shown(results, abs(lost), 'money')}"
        assert without == (amount if lost else "stays as it is")
    for name, value, role in zip(exhibit.chart.categories, values, exhibit.chart.roles, strict=True):
        assert role == ("harm" if value < 0 else "programme")
        if name in names:
            assert value == found.values[names[name]]


def each_once(choices: tuple[Choice, ...]) -> list[Choice]:
    """The first choice of every set of investments."""
    sets = [choice.initiatives for choice in choices]
    return [choice for place, choice in enumerate(choices) if sets.index(choice.initiatives) == place]


def check_versions(view: View, choices: tuple[Choice, ...], exhibit: Exhibit) -> None:
    check(exhibit)
    assert exhibit.table is not None
    for row, choice in zip(exhibit.table.rows, each_once(choices), strict=True):
        assert row[2] == shown(view.results, choice.cost, "money")
        assert row[3] == shown(view.results, choice.npv, "money")
        if choice.payback_months is not None:
            assert row[4] == shown(view.results, choice.payback_months, "months")
        assert choice_sentence(view, choice) in exhibit.notes


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    results = example(name)
    for option in ("as_set", results.asked_option):
        studied = study(results.case, None, option)
        view = View(results, "cfo")
        found = attributed(studied)
        check_attribution(results, found, attribution(view, found))
        choices = options(studied)
        exhibit = versions(view, choices)
        check_versions(view, choices, exhibit)
        assert exhibit.table is not None
        assert exhibit.table.emphasised is not None
        asked = next(choice for choice in choices if choice.id == results.asked_option)
        assert each_once(choices)[exhibit.table.emphasised].initiatives == asked.initiatives


@few(0.1)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    view = view_of(random_case(random.Random(seed)))
    studied = study(view.case)
    found = attributed(studied)
    check_attribution(view.results, found, attribution(view, found))
    choices = options(studied)
    check_versions(view, choices, versions(view, choices))


def test_the_largest_and_what_falls_short() -> None:
    view = view_of(programme())
    found = attributed(study(view.case))
    worth = {
        "listen": 10.0,
        "act": -20_000.0,
        "desk": 90_000.0,
        "quotes": 5_000.0,
        "portal": -1.0,
    }

    def title(without: dict[str, float] | None = None, **values: float) -> str:
        shares = {**worth, **values}
        made = replace(found, values=shares, without_it={**shares, **(without or {})})
        return attribution(view, made).title.replace(numbers.SPACE, " ")

    assert title() == "“Desk” adds EUR 90 K, the most of 5 investments; 2 add less than they cost"
    assert title(act=3.0).endswith("of 5 investments; 1 adds less than it costs")
    assert title({"act": 5_000.0}).endswith("; 1 adds less than it costs"), (
        "the return falls without the other"
    )
    assert title(act=3.0, portal=0.0) == "“Desk” adds EUR 90 K, the most of 5 investments"
    assert title(listen=-1, desk=-70_000, quotes=-1) == (
        "None of 5 investments earns what it costs: together they lose EUR 90 K"
    )


def test_what_rests_on_a_foundation() -> None:
    view = view_of(programme())
    found = attributed(study(view.case))
    without = {"listen": 81_000.0, "act": 70_000.0, "desk": 60_000.0, "quotes": -4_000.0, "portal": -9_000.0}
    exhibit = attribution(view, replace(found, without_it=without, rest=-6_000.0))
    assert [text.replace(numbers.SPACE, " ") for text in exhibit.takeaways] == [
        "Without “Listen” the return falls by EUR 81 K: “Act on it” needs it first.",
        "Without “Portal” the return rises by EUR 9 K.",
        "EUR −6 K is there without any investment.",
    ]


def test_what_shares_its_gains_with_a_foundation_says_why_it_adds_so_little() -> None:
    view = view_of(programme())
    found = attributed(study(view.case))
    values = dict(found.values) | {"act": -5_000.0}
    without = dict(found.without_it) | {"act": 70_000.0}
    said = attribution(view, replace(found, values=values, without_it=without)).takeaways
    shared = (
        "“Act on it” shares its gains with what it needs first: "
        "what it adds is smaller than what is lost without it."
    )
    assert shared in said
    assert shared not in attribution(view, replace(found, without_it=without)).takeaways, "it adds something"


def test_a_foundation_that_earns_what_it_is_missed_for_is_not_spoken_of() -> None:
    view = view_of(programme())
    found = attributed(study(view.case))
    even = replace(found, without_it=dict(found.values), rest=0.0)
    assert not any("needs it first" in text for text in attribution(view, even).takeaways)


def test_one_investment_and_none() -> None:
    data = programme(options={}, custom_lines=[])
    data["initiatives"] = data["initiatives"][2:3]
    view = view_of(data)
    assert attribution(view, attributed(study(view.case))).title.startswith(
        "“Desk” is the only investment and adds "
    )
    data["initiatives"][0]["enabled"] = False
    view = view_of(data)
    exhibit = attribution(view, attributed(study(view.case)))
    assert exhibit.title.startswith("No investment is switched on: ")
    check(exhibit)


def test_many_investments_share_a_bar_and_say_how_they_were_sampled() -> None:
    data = copy.deepcopy(programme(options={}))
    for number in range(9):
        more = copy.deepcopy(data["initiatives"][3])
        data["initiatives"].append({**more, "id": f"more_{number}", "name": f"More {number}"})
    view = view_of(data)
    found = attributed(study(view.case))
    exhibit = attribution(view, found)
    check_attribution(view.results, found, exhibit)
    assert exhibit.chart is not None
    assert len(exhibit.chart.categories) == BARS
    assert exhibit.chart.categories[-1] == f"{14 - BARS + 1} smaller investments"
    assert "sampled" in exhibit.notes
    own = {name: id for id, name in names_of(view).items()}
    large = {own[name] for name in exhibit.chart.categories[:-1]}
    assert max(abs(found.values[id]) for id in own.values() if id not in large) <= min(
        abs(found.values[id]) for id in large
    )


def chosen(id: str, kind: Any, initiatives: tuple[str, ...], npv: float, cost: float, **other: Any) -> Choice:
    values: dict[str, Any] = {
        "npv_on_cash": npv,
        "first_year_cash": cost / 2,
        "peak_funding": cost / 3,
        "payback_months": 14.0 if npv > 0 else None,
        "fit": (),
    }
    return Choice(id, kind, initiatives, npv, cost=cost, **{**values, **other})


NOTHING = chosen("do_nothing", "named", (), 0, 0, peak_funding=0)
LEAN = chosen("lean", "named", ("listen", "act"), 40_000, 90_000)


def said(view: View, *choices: Choice) -> tuple[str, list[str], list[tuple[str, ...]]]:
    exhibit = versions(view, choices)
    assert exhibit.table is not None
    plain = [text.replace(numbers.SPACE, " ") for text in (exhibit.title, *exhibit.takeaways)]
    rows = [tuple(cell.replace(numbers.SPACE, " ") for cell in row) for row in exhibit.table.rows]
    return plain[0], plain[1:], rows


def asking() -> View:
    return view_of(programme(decision={"stage_1": {"option": "lean", "until": "2027-06-30"}}))


def test_versions_side_by_side() -> None:
    cheap = chosen("cheapest_that_pays", "cheapest_that_pays", ("quotes",), 9_000, 19_000)
    cash = replace(cheap, id="pays_on_cash", kind="pays_on_cash")
    most = chosen("returns_most", "returns_most", ("listen", "act", "quotes"), 52_000, 109_000)
    title, takeaways, rows = said(asking(), NOTHING, LEAN, cheap, cash, most)
    assert (
        title
        == "The cheapest version that pays returns EUR 9 K for EUR 19 K; what we ask for returns EUR 40 K for EUR 90 K"
    )
    assert takeaways == [
        "What is asked for would return EUR 12 K more with “Quotes, fast”.",
        "Nothing here rests on a promise about freed hours: the return is cash as it stands.",
    ]
    assert rows == [
        ("Do nothing", "No investment", "EUR 0", "EUR 0", "nothing to pay back"),
        ("Lean", "Listen and Act on it", "EUR 90 K", "EUR 40 K", "14 months"),
        ("Cheapest that pays, also on cash alone", "Quotes, fast", "EUR 19 K", "EUR 9 K", "14 months"),
        ("Returns most", "Listen; Act on it and Quotes, fast", "EUR 109 K", "EUR 52 K", "14 months"),
    ]


def test_a_version_stands_in_one_row_with_all_that_is_said_of_it() -> None:
    most = replace(LEAN, id="returns_most", kind="returns_most")
    rows = said(asking(), NOTHING, LEAN, most)[2]
    assert [row[0] for row in rows] == ["Do nothing", "Lean: returns most"]


def test_what_waiting_costs() -> None:
    view = asking()
    told = versions(view, [NOTHING, LEAN], view.asked.npv - 7_000.0, 6.0).takeaways[-1]
    assert told.startswith("Begun 6") and told.replace(numbers.SPACE, " ").endswith("EUR 7 K less.")
    assert not any(
        "Begun" in line for line in versions(view, [NOTHING, LEAN], view.asked.npv + 1.0, 6.0).takeaways
    )


def test_what_is_asked_for_beside_the_best() -> None:
    view = asking()
    most = replace(LEAN, id="returns_most", kind="returns_most")
    assert said(view, NOTHING, LEAN, most)[1][0] == "What is asked for is the version that returns most."
    same = replace(most, initiatives=("desk",))
    assert said(view, NOTHING, LEAN, same)[1][0] == "No version returns more than what is asked for."
    other = replace(most, initiatives=("listen", "desk"), npv=43_000.0)
    assert said(view, NOTHING, LEAN, other)[1][0] == (
        "What is asked for would return EUR 3 K more without “Act on it” and with “Desk”."
    )


def test_on_cash_alone() -> None:
    view = asking()
    lean = replace(LEAN, npv_on_cash=-2_000.0)
    cash = chosen("pays_on_cash", "pays_on_cash", ("desk",), 3_000, 5_000)
    assert (
        "On cash alone, with no promise about freed hours, no version pays." in said(view, NOTHING, lean)[1]
    )
    assert said(view, NOTHING, lean, cash)[1] == [
        "What is asked for returns EUR −2 K on cash alone, with no promise about freed hours."
    ]


def test_no_version_pays() -> None:
    title, _, _ = said(asking(), NOTHING, replace(LEAN, npv=-5.0))
    assert title == "No version of these investments pays: doing nothing is the better choice today"


def test_one_sentence_each() -> None:
    view = asking()
    sentences = {
        NOTHING: "Do nothing: EUR 0 is spent and EUR 0 is returned.",
        replace(
            LEAN, npv_on_cash=1_000.0
        ): "Lean: 2 of 5 investments cost EUR 90 K over 2 years and return EUR 40 K "
        "(EUR 1 K on cash alone); the money is back after 14 months.",
        chosen(
            "one", "named", ("desk",), -8_000, 9_000
        ): "One: 1 of 5 investments costs EUR 9 K over 2 years and "
        "loses EUR 8 K; the money is not back within 2 years.",
        chosen(
            "free", "named", ("desk",), 8, 0, peak_funding=0, payback_months=None
        ): "Free: 1 of 5 investments "
        "costs EUR 0 over 2 years and returns EUR 8; there is nothing to pay back.",
    }
    for choice, sentence in sentences.items():
        assert choice_sentence(view, choice).replace(numbers.SPACE, " ") == sentence


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C", "D"], "A, B, C and D"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
        (["A, fast", "B", "C"], "A, fast; B and C"),
    ],
)
def test_names_in_a_row(names: list[str], text: str) -> None:
    assert listed(names) == text
