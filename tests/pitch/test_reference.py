"""What waits behind the story: others' numbers as they may be shown, what rests on which source, the method."""

import copy
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis.certainty import Certainty
from casebuilder.case import library
from casebuilder.model.checks import CHECKS
from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.reference import method, others, sources
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests.agreement.random_cases import random_case
from tests.analysis.programme import programme
from tests.model.cases import EXAMPLES, example, few, moving, run, small
from tests.pitch.saying import CANARY, SPOILED, row_of, secretive, shown, texts

PLAIN = {"scenarios": {"base": "builtin"}}


def certain(results: Results) -> Certainty:
    return Certainty(results, results.asked_option)


def check(exhibit: Exhibit) -> Exhibit:
    assert len(exhibit.takeaways) <= 3
    assert all(text.endswith(".") for text in exhibit.takeaways)
    assert not exhibit.title.endswith(".")
    rows = exhibit.table.rows if exhibit.table else ()
    for text in texts([exhibit.title, *exhibit.takeaways, exhibit.source, exhibit.notes, rows]):
        assert not SPOILED.search(text), text
    if exhibit.table:
        assert {len(row) for row in exhibit.table.rows} == {len(exhibit.table.columns)}
    return exhibit


def made(data: dict[str, Any], what: Any, persona: str = "cfo") -> Exhibit:
    results = run(data)
    return check(what(View(results, persona), certain(results)))


def cells(exhibit: Exhibit) -> list[list[str]]:
    assert exhibit.table is not None
    return [[cell.replace(numbers.SPACE, " ") for cell in row] for row in exhibit.table.rows]


def read_back(results: Results, exhibit: Exhibit) -> None:
    """Every number of the table is the number of the results that its key names."""
    assert exhibit.table is not None
    for row, keys in zip(exhibit.table.rows, exhibit.table.keys, strict=True):
        for text, key in zip(row, keys, strict=True):
            if key:
                unit = library.kpis()[key.split("/")[3]].unit
                assert text == shown(results, row_of(results, key)[0], unit)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    results = example(name)
    certainty = certain(results)
    people = results.case.stakeholders
    for person in people:
        view = View(results, person.persona)
        exhibit = check(others(view, certainty))
        read_back(results, exhibit)
        told = [row[0] for row in cells(exhibit)]
        assert sorted(told) == sorted(each.role for each in people if each is not person)
        words = [driver.words for each in people for driver in each.drivers if driver.words]
        assert not [text for text in texts(exhibit) if any(word in text for word in words)]
        page = check(method(view, certainty))
        assert page.table is not None
        assert len(page.table.rows) <= 7
        assert page.title.endswith(f"all {len(CHECKS)} checks hold")
    listing = check(sources(View(results, "cfo"), certainty))
    active = [i for i in results.case.initiatives if results.asked.number(f"active[{i.id}]") == 1.0]
    cited = {id for i in active for effect in i.effects for id in effect.sources}
    said = " ".join(text for row in cells(listing) for text in row)
    assert all(library.evidence()[id].statement in said for id in cited)
    assert len(cells(listing)) >= len(cited) + sum(len(i.effects) for i in active)


@few(0.15)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    data = random_case(random.Random(seed))
    data["stakeholders"] = [{"persona": "ceo"}, {"persona": "service"}, {"persona": "cio"}]
    results = run(data)
    for what in (others, sources, method):
        check(what(View(results, "cfo"), certain(results)))


def person(persona: str, *drivers: dict[str, Any]) -> dict[str, Any]:
    return {"persona": persona, "role": f"Head of {persona}", "drivers": list(drivers)}


def goal(kpi: str, importance: int, accountability: str, **more: Any) -> dict[str, Any]:
    return {"kpi": kpi, "importance": importance, "accountability": accountability, "target": 0.1, **more}


def test_only_what_is_on_a_scorecard() -> None:
    """What is only said is theirs to know; without a scorecard stands what the function is known for."""
    service = person("service", goal("agents_needed", 5, "said"), goal("churn_rate", 2, "scorecard"))
    sales = person("sales", goal("churn_rate", 5, "tracked"))
    exhibit = made(programme(**PLAIN, stakeholders=[service, sales, {"persona": "cfo"}]), others)
    assert [row[:2] for row in cells(exhibit)] == [
        ["Head of service", "Revenue churn, year 2"],
        ["Head of sales", "Attainment on new business, year 2"],
    ]


def test_harm_first_with_its_number_and_what_is_behind_it() -> None:
    """Desk settles calls at once, act wins deals: with the first turned to harm, service pays more for contacts."""
    data = programme(**PLAIN)
    data["initiatives"][2]["effects"][0].update(low=-0.1, base=-0.1, high=-0.1)
    data["initiatives"] = data["initiatives"][:3]
    data["options"] = {}
    data["stakeholders"] = [
        person("sales", goal("win_rate", 3, "scorecard")),
        person("service", goal("first_contact_resolution", 3, "scorecard")),
    ]
    exhibit = made(data, others)
    first, second = cells(exhibit)
    assert first[0] == "Head of service"
    assert first[4].endswith("worse")
    assert first[5] == "Fewer repeat contacts"
    assert second[4].endswith("better")
    assert second[5] == "More deals won"
    assert exhibit.title.replace(numbers.SPACE, " ") == (
        "1 of 2 other functions gains; for the Head of service first-contact resolution gets worse, "
        f"{first[2]} to {first[3]}"
    )
    assert exhibit.table is not None
    assert exhibit.table.emphasised == 0
    assert "before this page is shown" in exhibit.notes


def test_harm_that_comes_after_the_year_that_counts() -> None:
    """More customers bring more contacts; in a year that ends before any effect nothing is seen of it."""
    data = programme(**PLAIN)
    for initiative in data["initiatives"]:
        initiative["start_month"] = 13
    data["initiatives"], data["options"] = data["initiatives"][:2], {}
    data["initiatives"][1]["effects"] = data["initiatives"][1]["effects"][:2]
    data["stakeholders"] = [person("service", goal("cost_to_serve", 3, "scorecard", due="2027-12-30"))]
    exhibit = made(data, others)
    (row,) = cells(exhibit)
    assert row[4:] == ["no change", ""]
    assert exhibit.title.startswith(
        "The one other function does not gain; by year 2 it gets worse for the Head of service"
    )
    assert exhibit.takeaways == ()


def test_nobody_else() -> None:
    exhibit = made(small(stakeholders=[{"persona": "cfo"}]), others)
    assert exhibit.table is None
    assert exhibit.title == "No other function is on file with a number that the case can tell"


def benefits_without(data: dict[str, Any], *places: tuple[int, int]) -> float:
    """Present value of benefits of the case with some effects typed as nothing."""
    data = copy.deepcopy(data)
    for initiative, effect in places:
        data["initiatives"][initiative]["effects"][effect].update(low=0.0, base=0.0, high=0.0)
    return run(data).asked.amount("pv_benefits")


def test_what_rests_on_a_source_and_on_a_judgement() -> None:
    data = programme(**PLAIN)
    act = data["initiatives"][1]["effects"]
    act[0].update(sources=["loop-3x"], grade="J", note="A guess of ours", owner="Customer care")
    act[1].update(note="Two regions for a year", agreed={"by": "Sales Director"})
    data["custom_lines"][1]["owner"] = "cio"
    exhibit = made(data, sources)
    whole = run(data).asked.amount("pv_benefits")
    lost = whole - benefits_without(data, (1, 0))
    rests = f"{numbers.money(lost, 'EUR')} ({numbers.percent(lost / whole, 0)} of the benefits)"
    rests = f"“Act on it” (revenue churn): {rests}".replace(numbers.SPACE, " ")
    table = cells(exhibit)
    assert table[0] == [
        "Vendor study: CustomerGauge, 2022",
        "Where the loop was closed a vendor found three times as many promoters at the next survey.",
        "Not stated",
        "A score, not churn; a vendor's own figure.",
        rests,
    ]
    assert [
        "Our estimate, signed by nobody yet; Customer care owns it",
        "A guess of ours",
        "Not measured",
        "",
        rests,
    ] in table
    measured = next(row for row in table if row[1] == "Two regions for a year")
    assert measured[:4] == ["Measured here, signed by Sales Director", "Two regions for a year", "Small", ""]
    assert table[-1][0] == "The company's own amount, owned by Chief Information Officer"
    left = shown(run(data), whole - lost, "money")
    assert (
        exhibit.title
        == f"Without our own estimates {left} of the benefits of {shown(run(data), whole, 'money')} is left"
    )


def test_where_all_is_estimated_nothing_is_left_without_it() -> None:
    data = moving("win_rate", 0.05, 0.1, 0.2)
    data["initiatives"][0]["effects"][0]["grade"] = "J"
    assert made(data, sources).title.startswith("Without our own estimates nothing of the benefits of EUR")


def test_a_source_of_the_company_s_own_and_the_risk_that_is_taken_off() -> None:
    data = programme()
    data["initiatives"][1]["effects"][1]["sources"] = ["regional_pilot"]
    table = cells(made(data, sources))
    assert table[0][0] == "regional pilot"
    assert table[0][3] == "Named in the case"
    assert {row[3] for row in table[1:-1]} == {
        "5% is taken off for risk",
        "15% is taken off for risk",
        "30% is taken off for risk",
    }


def test_no_effect() -> None:
    assert made(small(initiatives=[], options={}), sources).title == "Nothing is counted on"


def test_the_method_names_this_case_s_own_rules() -> None:
    data = small(
        scenarios={"mine": {"effects": "low", "cost_factor": 1.3, "delay_months": 4, "benefit_factor": 0.9}}
    )
    data["company"] |= {"tax_rate": 0.25, "discounting": "mid"}
    table = dict(cells(made(data, method)))
    assert table["How is doubt treated?"] == (
        "Once. Mine: sizes at their low end, costs times 1.3, benefits 4 months later, gains times 0.9. "
        "Nothing is taken off a second time."
    )
    assert table["What do the scenarios mean?"] == "There is one scenario only."
    assert "over 2 years in quarters" in table["What is compared?"]
    assert "after 25% tax" in table["What is the return?"]
    assert "the middle of its period, at a hurdle rate of 10% a year" in table["What is the return?"]
    assert run(data).case.fingerprint in table["How can it be checked?"]


def test_nothing_private() -> None:
    results = run(secretive())
    for persona in library.personas():
        for what in (others, sources, method):
            exhibit = what(View(results, persona), certain(results))
            assert not [text for text in texts(exhibit) if CANARY in text or "Keep them" in text]
