"""What is said about doubt: titles that follow the numbers, every value as people read it, e-mails fit to be sent."""

import functools
import random
from dataclasses import dataclass
from typing import Any

import pytest

from casebuilder.analysis import results
from casebuilder.analysis.break_even import BreakEven, benefits_needed, break_evens, costs_bearable
from casebuilder.analysis.homework import Task, homework, signed_share
from casebuilder.analysis.ranges import ranges
from casebuilder.analysis.study import Study, study
from casebuilder.analysis.tornado import KpiYear, Tornado, tornado
from casebuilder.case import Case, library
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import NOBODY, assumed, evidence, person, stands_behind
from casebuilder.pitch.exhibits import doubt
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.requests import FORM, Request, requests
from casebuilder.pitch.view import View
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, case_of, example, flows, small
from tests.pitch.saying import CANARY, SPOILED, secretive, texts

CHURN = "initiatives[act].effects[churn_rate,all]"


@dataclass(frozen=True)
class Doubt:
    """A case, and everything that is found out and said about it."""

    view: View
    study: Study
    tornado: Tornado
    break_evens: tuple[BreakEven, ...]
    tasks: tuple[Task, ...]
    exhibits: tuple[Exhibit, Exhibit, Exhibit]
    requests: tuple[Request, ...]


def doubt_of(case: Case, persona: str = "cfo", option: str | None = None) -> Doubt:
    """All of it, for what the decision asks for."""
    view = View(results(case), persona)
    found = study(case, option=option or view.results.asked_option)
    bars = tornado(found)
    turns, tasks = break_evens(found, bars), homework(found, bars)
    said = (
        doubt.tornado(view, bars),
        doubt.must_be_true(view, turns, benefits_needed(found), costs_bearable(found)),
        doubt.homework(view, tasks, signed_share(found)),
    )
    return Doubt(view, found, bars, turns, tasks, said, requests(view, tasks))


@functools.cache
def of(name: str) -> Doubt:
    return doubt_of(example(name).case)


def plain(text: str) -> str:
    return text.replace(numbers.SPACE, " ")


def asking(data: dict[str, Any]) -> Doubt:
    return doubt_of(case_of(data))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_tornado_shows_its_bars(name: str) -> None:
    found = of(name)
    chart = found.exhibits[0].chart
    assert (
        chart is not None
        and chart.kind == "range"
        and chart.centre == found.tornado.at == found.view.asked.npv
    )
    names = assumed(found.view.case)
    shown = [bar for bar in found.tornado.bars if bar.swing][: doubt.BARS]
    assert chart.categories == tuple(names[bar.range.path].name for bar in shown)
    low, high = chart.series
    for n, bar in enumerate(shown):
        assert {low.values[n], high.values[n]} == {bar.at_low, bar.at_high}
        ends = {bar.at_low: bar.range.low, bar.at_high: bar.range.high}
        for series in (low, high):
            words = names[bar.range.path]
            assert series.labels[n] == words.text(ends[series.values[n]], found.view.currency)
        assert low.values[n] <= chart.centre <= high.values[n]  # type: ignore[operator]


def test_the_tornado_s_title_names_the_longest_bar_and_its_ends() -> None:
    title = plain(of("contract_services").exhibits[0].title)
    assert title.startswith(
        "What “Call back everybody who complains” does to revenue churn matters most: a return of "
    )
    first = of("contract_services").tornado.bars[0]
    assert first.at_low is not None and first.at_high is not None
    assert title.endswith(
        plain(f"{numbers.money(first.at_low, 'EUR')} to {numbers.money(first.at_high, 'EUR')}")
    )


def test_a_bar_holds_the_value_in_force() -> None:
    """Risk adjusted, the size in force is below the effect's own low: the bar begins there, and says so."""
    data = small()
    data["initiatives"][1]["effects"][0] |= {"low": 0.058, "base": 0.06, "high": 0.1, "grade": "J"}
    exhibit = asking(data).exhibits[0]
    assert exhibit.chart is not None
    place = exhibit.chart.categories.index("Revenue churn: Act on it")
    assert exhibit.chart.series[0].values[place] == exhibit.chart.centre
    assert exhibit.chart.series[0].labels[place] == "−4.2%"


def test_a_tornado_of_a_kpi() -> None:
    found = of("growth_network")
    kpi = KpiYear("quota_attainment", 2)
    exhibit = doubt.tornado(found.view, tornado(found.study, kpi))
    assert " matters most: your number ends at " in exhibit.title
    assert exhibit.chart is not None and exhibit.chart.unit == "share"
    known, _ = exhibit.takeaways
    assert known.startswith("How the first is known: "), "no verdict turns on a KPI"


def test_nothing_moves_the_return() -> None:
    found = doubt_of(
        case_of(small(decision={"stage_1": {"option": "none", "until": "2027-12-31"}}, options={"none": []}))
    )
    titles = [exhibit.title for exhibit in found.exhibits]
    assert titles == [
        "No single assumption moves the return",
        "Nothing is gained that counts as cash, so nothing can pay for it",
        "Everything that moves the return is signed",
    ]
    assert found.requests == ()


@pytest.mark.parametrize(
    ("net", "title"),
    [
        ([-1000, 600, 600], "It pays while at least 97% of the gains arrive: EUR 1 K of EUR 1.04 K"),
        (
            [-1000, 500, 500],
            "It pays only if the gains are 16% larger than we count on: EUR 1 K instead of EUR 868",
        ),
        ([0, 500, 500], "It pays even if none of the gains arrive"),
    ],
)
def test_the_share_of_the_gains_as_a_sentence(net: list[float], title: str) -> None:
    """1000 / 1041.32 = 96.03 %, and 1000 / 867.77 = 115.2 %: what must arrive is rounded up."""
    assert plain(asking(flows(net)).exhibits[1].title) == title


def test_the_rooms_in_words() -> None:
    found = of("consumer_subscription")
    table = found.exhibits[1].table
    assert table is not None
    rooms = {row[0]: row[3] for row in table.rows}
    assert rooms["Revenue churn: Call one-star customers back"] == "pays even at zero"
    assert rooms["Revenue churn: Look after the first three boxes"] == "65% less"
    losing = doubt_of(
        example("contract_services").case.model_copy(update={"decision": _no_stage("contract_services")})
    )
    table = losing.exhibits[1].table
    assert table is not None
    rooms = {row[0]: row[3] for row in table.rows}
    assert rooms["Minutes per assisted contact: Site knowledge at the desk"] == "not enough alone"
    assert rooms[
        "Growth of existing customers, Multi-site: Contract managers for multi-site customers"
    ].endswith("as much")
    assert losing.exhibits[1].takeaways[0].startswith("At these gains it would have to cost 42% less")


def _no_stage(name: str) -> Any:
    return example(name).case.decision.model_copy(update={"stage_1": None})


@pytest.mark.parametrize("name", EXAMPLES)
def test_rows_say_what_breaks_even_and_who_stands_behind_it(name: str) -> None:
    found = of(name)
    table = found.exhibits[1].table
    assert table is not None and len(table.rows) == doubt.ROWS
    names = assumed(found.view.case)
    for row, turn in zip(table.rows, found.break_evens, strict=False):
        words = names[turn.range.path]
        assert row[0] == words.name
        assert row[1] == words.text(turn.range.at, found.view.currency)
        assert row[2] == (
            "at no value" if turn.value is None else words.text(turn.value, found.view.currency)
        )
        assert row[4] == stands_behind(found.view.case, turn.range.path)


def test_who_stands_behind_and_on_what_it_rests() -> None:
    data = small(
        stakeholders=[{"persona": "sales", "role": "CRO", "signed": ["segments[North].win_rate"]}],
        inputs={
            "segments[North].leads": {"status": "confirmed", "owner": "cmo"},
            "segments[South].leads": {"status": "confirmed"},
            "people.attrition_rate": {"status": "estimate", "owner": "HR"},
        },
    )
    data["initiatives"][1]["effects"][0]["agreed"] = {"by": "Head of Care"}
    case = case_of(data)
    paths = (CHURN, "segments[North].win_rate", "segments[North].leads", "segments[South].leads")
    assert [stands_behind(case, path) for path in (*paths, "people.attrition_rate")] == [
        "Head of Care",
        "CRO",
        library.personas()["cmo"].title,
        "Confirmed",
        NOBODY,
    ]
    assert evidence(case, CHURN, "effect") == "Vendor study"
    assert evidence(case, "people.attrition_rate", "input") == "Estimate"
    assert evidence(case, "sales.reps", "input") == "Not stated"
    assert person(case, "sales") == "CRO"


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_homework_lists_what_moves_most(name: str) -> None:
    found = of(name)
    table = found.exhibits[2].table
    assert table is not None
    first = found.tasks[0]
    row = table.rows[0]
    assert row[0] == assumed(found.view.case)[first.path].name
    assert row[3] == found.view.text(first.swing, "money")
    assert row[3] in found.exhibits[2].title
    assert row[4] == person(found.view.case, first.owner)
    assert {
        n for n, task in enumerate(found.tasks[: doubt.ROWS]) if task.status == "default"
    } == table.defaults


def test_what_turns_the_verdict_is_said() -> None:
    case = example("consumer_subscription").case
    said = doubt_of(case.model_copy(update={"decision": _no_stage("consumer_subscription")}))
    bars, turns, open_ = said.exhibits
    risky = "what “Tell them before they ask” does to revenue churn (Weekly box)"
    assert bars.takeaways[0].startswith("Each alone can make it lose money: ")
    assert risky in bars.takeaways[0] and risky in turns.takeaways[-1] and risky in open_.takeaways[1]
    assert (
        of("contract_services")
        .exhibits[0]
        .takeaways[0]
        .startswith("No assumption alone can make it lose money")
    )


def test_nothing_is_signed_on_day_one() -> None:
    assert asking(small()).exhibits[2].takeaways[0].startswith("Signed so far: none of the gains of EUR")
    assert plain(of("growth_network").exhibits[2].takeaways[0]).startswith(
        "Signed so far: 75% of the gains, USD 3.95 M of USD 5.29 M."
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_e_mails(name: str) -> None:
    """One for each open number that moves the return, with the number, its weight and room for an answer."""
    found = of(name)
    asked = [task for task in found.tasks if task.swing]
    assert [request.path for request in found.requests] == [task.path for task in asked]
    names = assumed(found.view.case)
    for request, task in zip(found.requests, asked, strict=True):
        words = names[task.path]
        assert request.to == person(found.view.case, task.owner)
        assert words.phrase in request.subject and words.phrase in request.body
        assert words.span(task.range, found.view.currency) in request.body
        assert found.view.text(task.swing, "money") in request.body
        assert (task.report in request.body) and ("pays at all" in request.body) == task.flips
        assert all(line in request.body.splitlines() for line in FORM)
        assert len(request.body) < 1200


def test_an_e_mail_speaks_of_the_expected_size_not_of_the_adjusted_one() -> None:
    """Nobody owns the investment: who usually answers for churn is asked."""
    request = next(r for r in asking(small()).requests if r.path == CHURN)
    assert (
        "What stands there now: −6% of today's value once it works in full, somewhere from −2% to −10%."
        in request.body
    )
    assert request.to == "Head of Sales" and request.body.startswith("Good day,")


def test_an_e_mail_greets_by_name_where_the_case_has_one() -> None:
    data = small(stakeholders=[{"persona": "service", "role": "Head of Care", "name": "Ada Lund"}])
    data["initiatives"][1]["owner"] = "service"
    request = next(r for r in asking(data).requests if r.path == CHURN)
    assert request.to == "Head of Care" and request.body.startswith("Dear Ada Lund,")


def test_nothing_private_leaves() -> None:
    found = doubt_of(case_of(secretive()), "sales")
    said = [*texts(list(found.exhibits)), *texts(list(found.requests))]
    assert len(found.requests) > 20
    assert not [text for text in said if CANARY in text or "Keep them" in text]


@pytest.mark.parametrize("seed", range(8))
def test_random_cases_are_said_in_whole_words(seed: int) -> None:
    """Every assumption has a name, no sentence is spoiled, no exhibit says more than three things."""
    case = case_of(random_case(random.Random(seed)))
    found = doubt_of(case, random.Random(seed).choice(list(library.personas())))
    names = assumed(case)
    assert {each.path for each in ranges(found.study)} <= set(names)
    for exhibit in found.exhibits:
        assert exhibit.title and not exhibit.title.endswith(".") and exhibit.source
        assert len(exhibit.takeaways) <= 3 and all(said.endswith(".") for said in exhibit.takeaways)
        assert exhibit.table is None or all(
            len(row) == len(exhibit.table.columns) for row in exhibit.table.rows
        )
    sentences = [t for e in found.exhibits for t in (e.title, *e.takeaways)]
    sentences += [t for e in found.exhibits if e.table for row in e.table.rows for t in row]
    sentences += [t for request in found.requests for t in request.body.split("\n")]
    assert not [text for text in sentences if SPOILED.search(plain(text))]
