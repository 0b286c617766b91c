"""`new`: from the totals of day one to a case file that checks, evaluates and reproduces the totals."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casebuilder.__main__ import WRONG, main
from casebuilder.case import Case, library, load, loads
from casebuilder.case.catalogue import totals
from tests.terminal.acting import FULL, Refusing, inside, run

#: A company that reads well: 20 % lost, 25 % won, new customers buy half as much as old ones.
GIVEN = {
    "revenue": 10_000_000,
    "customers": 2_000,
    "gross_margin": 0.55,
    "customers_lost": 400,
    "growth_of_existing": 0.03,
    "new_customers": 500,
    "win_rate": 0.25,
    "bookings_target": 2_000_000,
    "bookings": 1_250_000,
    "contacts": 30_000,
    "support_cost": 450_000,
    "support_people": 12,
    "leavers": 3,
    "spend_one_time": 100_000,
    "spend_annual": 50_000,
    "hurdle_rate": 0.12,
    "years": 4,
}
LEAST = {key: GIVEN[key] for key in ("revenue", "customers", "gross_margin")}


def words(given: dict[str, Any], *more: str) -> list[str]:
    """A command line."""
    said = [part for key, value in given.items() for part in (f"--{key.replace('_', '-')}", str(value))]
    return ["new", "--name", "Day One", "--currency", "GBP", *said, *more]


def made(capsys: pytest.CaptureFixture[str], given: dict[str, Any], *more: str) -> Case:
    """The case that stands on standard output."""
    assert main(words(given, *more)) == 0
    return loads(capsys.readouterr().out)


def test_the_totals_come_back(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    assert main(words(GIVEN, "--out", str(path), "--title", "First", "--decision-date", "2027-02-28")) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[-1] == f"Wrote {path}"
    case = load(path)
    assert (case.title, case.company.name, case.company.currency) == ("First", "Day One", "GBP")
    assert (case.company.decision_date, case.company.years, case.company.discount_rate) == (
        date(2027, 2, 28),
        4,
        0.12,
    )
    s = case.segments
    assert sum(x.customers * x.revenue_per_customer for x in s) == pytest.approx(10_000_000)
    assert sum(x.customers for x in s) == 2_000
    assert sum(x.customers * x.churn_rate for x in s) == pytest.approx(400)
    won = [x.leads * x.lead_to_opportunity * x.win_rate for x in s]
    assert sum(won) == pytest.approx(500)
    assert sum(w * x.revenue_per_customer for w, x in zip(won, s, strict=True)) == pytest.approx(1_250_000)
    contacts = sum(x.customers * x.issues_per_customer for x in s) / case.service.first_contact_resolution
    assert contacts == pytest.approx(30_000)
    assert contacts * case.service.cost_per_assisted_contact == pytest.approx(450_000)
    assert case.people.frontline_headcount * case.people.attrition_rate == pytest.approx(3)
    assert case.sales.reps * case.sales.quota_per_rep == 2_000_000
    assert (case.initiatives[0].one_time_cost, case.initiatives[0].annual_cost) == (100_000, 50_000)
    # and nothing is wrong with it: no doubt about its baseline, no value from nothing
    assert main(["check", str(path)]) == 0
    assert "(actuals)" not in capsys.readouterr().err
    assert main(["evaluate", str(path), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    for scenario in answer["scenarios"].values():
        assert all(amount == 0 for row in scenario["benefits"].values() for amount in row)
        assert scenario["npv"] == pytest.approx(-scenario["pv_costs"])


def test_every_step_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words(GIVEN)) == 0
    said = capsys.readouterr()
    case = loads(said.out)
    steps = dict(line.split(" = ", 1) for line in said.err.splitlines())
    assert set(steps) == set(case.inputs)
    assert steps["segments[Customers today].churn_rate"] == "0.2: customers lost / customers, last year"
    assert all(status.source for status in case.inputs.values())


def test_what_is_not_known_is_said_and_worth_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    case = made(capsys, LEAST)
    assert (case.company.years, case.initiatives) == (3, ())
    assert case.company.decision_date == date.today()
    unknown = [status for status in case.inputs.values() if status.status == "default"]
    assert unknown
    assert all(status.source.startswith("Not known") for status in unknown)


def test_a_shape_fills_in_what_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    bare, shaped = made(capsys, LEAST), made(capsys, LEAST, "--shape", "contract")
    start = library.starting_values()["contract"]
    assert bare.segments[0].churn_rate != start.values["churn_rate"].value
    assert shaped.segments[0].churn_rate == start.values["churn_rate"].value
    assert shaped.inputs["segments[Customers today].churn_rate"].status == "default"


@pytest.mark.parametrize("typed", ["10,000,000", "10_000_000", "1e7", "10000000.0"])
def test_numbers_as_people_type_them(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    case = made(capsys, LEAST | {"revenue": typed})
    assert case.actuals.revenue == 10_000_000


def test_every_total_has_its_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["new", "--help"])
    said = capsys.readouterr().out
    for name, word in totals().items():
        assert f"--{name.replace('_', '-')} " in said
        assert word.label.split()[0] in said


WRONGS: list[tuple[dict[str, Any], list[str], str]] = [
    (LEAST | {"revenue": "a lot"}, [], "--revenue a lot: that is not a number"),
    (LEAST | {"revenue": "nan"}, [], "--revenue nan: that is not a number"),
    (LEAST | {"revenue": "1e999"}, [], "--revenue 1e999: that is not a number"),
    (LEAST | {"gross_margin": 55}, [], "gross_margin"),
    (LEAST | {"customers": 0}, [], "customers"),
    ({"revenue": 1}, [], "customers"),
    (LEAST | {"customers_lost": 1, "renewal_rate": 0.9}, [], "what was lost is given more than once"),
    (LEAST | {"customers_lost": 3_000}, [], "more was lost than there is"),
    (LEAST | {"years": 11}, [], "years"),
    (LEAST | {"years": 2.5}, [], "years"),
    (LEAST, ["--currency", "XXQ"], "XXQ"),
    (LEAST, ["--shape", "odd"], "--shape odd: there is no such shape; allowed are subscription, contract,"),
    (LEAST, ["--name", " "], "the text is empty"),
    (LEAST, ["--decision-date", "31.1.2027"], "31.1.2027"),
]


@pytest.mark.parametrize(("given", "more", "named"), WRONGS, ids=[named for *_, named in WRONGS])
def test_what_is_wrong(
    given: dict[str, Any], more: list[str], named: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(*words(given, *more, "--out", str(tmp_path / "case.yaml"))) == WRONG
    said = capsys.readouterr()
    assert said.out == ""
    assert named in said.err
    assert "Traceback" not in said.err
    assert inside(tmp_path) == []


def test_a_file_that_is_there_stays(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("mine")
    assert main(words(LEAST, "--out", str(path))) == WRONG
    assert f"{path} is there already; name another file. Nothing was written." in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert inside(tmp_path) == ["case.yaml"]


def test_a_disk_that_fails(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", Refusing(os.replace, 1, FULL))
    assert main(words(LEAST, "--out", str(tmp_path / "case.yaml"))) == WRONG
    assert "Nothing was written." in capsys.readouterr().err
    assert inside(tmp_path) == []
