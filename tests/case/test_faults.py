"""Everything wrong with a case is said in a sentence: file, line, path, what was found, what is allowed."""

from pathlib import Path

import pytest

from casebuilder.case import Case, CaseError, from_data, loads
from casebuilder.case.building import MOST_FLAWS
from casebuilder.case.reading import read_data
from tests.case.sample import TEXT, changed, fault, faults, line_of, sample

CHURN = "churn_rate: 0.15"

#: Mistake -> the words in the sample, what is typed instead, path, what is found, what is allowed; the line is
#: the one on which the typed words begin.
WRONG: dict[str, list[str]] = read_data(Path(__file__).parent / "wrong.yaml")


@pytest.mark.parametrize("what", WRONG)
def test_one_thing_wrong_is_one_sentence(what: str) -> None:
    old, new, path, found, allowed = WRONG[what]
    text = changed(old, new)
    said = [one for one in faults(text) if one.path == path]
    assert len(said) == 1, f"nothing about {path}"
    assert found in said[0].found
    assert allowed in said[0].allowed
    first = len(TEXT) - len(TEXT[TEXT.index(old) :])
    assert said[0].line == text[:first].count("\n") + 1
    assert str(said[0]).startswith(f"case.yaml, line {said[0].line}, {path}: ")
    assert str(said[0]).endswith(f"; allowed is {said[0].allowed}.")


@pytest.mark.parametrize("what", [what for what in WRONG if what not in {"lever", "unknown key", "id"}])
def test_nothing_else_is_said(what: str) -> None:
    """One mistake brings one sentence, unless others refer to what it renames."""
    old, new, *_ = WRONG[what]
    about = {one.path for one in faults(changed(old, new))}
    renamed = {"two segments", "segment all", "two cost items", "segment", "two lines", "two initiatives"}
    assert len(about) == 1 or what in renamed, about


MISSING = {
    "company:\n": ("compny:\n", "company", 1),
    "title: Shorter waits, fewer goodbyes\n": ("", "title", 1),
    "customers: 1800, ": ("", "segments[Offices].customers", None),
    "revenue_per_customer: 6000, ": ("", "segments[Offices].revenue_per_customer", None),
    ", gross_margin: 0.55": ("", "segments[Offices].gross_margin", None),
    "name: Offices, ": ("", "segments[2].name", None),
    "  currency: EUR\n": ("", "company.currency", 3),
    "kind: cost, ": ("", "custom_lines[Dual running].kind", None),
    "{status: estimate}": ("{owner: me}", "inputs[segments[Offices].win_rate].status", None),
}


@pytest.mark.parametrize("old", MISSING)
def test_what_is_required_is_missed_where_it_belongs(old: str) -> None:
    new, path, line = MISSING[old]
    (one,) = [one for one in faults(changed(old, new)) if one.path == path]
    assert one.found == "this is missing"
    assert one.line == (line or line_of(TEXT, old))


def test_the_version_is_missed() -> None:
    one = fault(changed("casebuilder: 1\n", ""))
    assert (one.path, one.line) == ("casebuilder", 1)
    assert "the version of the file format is missing" in one.found


def test_a_newer_file_is_told_nothing_else() -> None:
    text = changed("casebuilder: 1", "casebuilder: 7").replace(CHURN, "churn_rate: 9")
    assert "newer version" in fault(text).found


def test_a_circle_is_named() -> None:
    one = fault(changed("name: One contact log,", "name: One contact log, requires: [callback],"))
    assert one.path == "initiatives[callback].requires"
    assert one.found == "a circle of requirements: callback needs log needs callback"


def test_an_initiative_that_needs_itself_is_a_circle() -> None:
    one = fault(changed("requires: [log]", "requires: [callback]"))
    assert one.found == "a circle of requirements: callback needs callback"


def test_a_long_circle_is_named_in_short() -> None:
    ring = "".join(f"  - {{id: r{n}, requires: [r{(n + 1) % 60}]}}\n" for n in range(60))
    one = fault(changed("options:\n", f"{ring}options:\n"))
    assert one.found.startswith("a circle of requirements: r0 needs r1 needs r2")
    assert one.found.endswith("needs 52 more needs r0")


EMPTY = {
    "segments: []": "segments",
    "scenarios: {}": "scenarios",
}


@pytest.mark.parametrize("text", EMPTY)
def test_left_out_is_allowed_and_empty_is_not(text: str) -> None:
    head = TEXT[: TEXT.index("  headline:")]
    assert loads(head).segments == ()
    one = fault(f"{head}{text}\n")
    assert (one.path, one.found) == (EMPTY[text], "there is nothing in it")


def test_without_segments_effects_and_limits_are_errors() -> None:
    head = TEXT[: TEXT.index("  headline:")]
    effect = "{lever: churn_rate, low: 0, base: 0, high: 0}"
    one = fault(f"{head}initiatives: [{{id: a, effects: [{effect}]}}]\n")
    assert (one.path, one.found) == (
        "initiatives[a].effects[churn_rate,all]",
        "an effect stands in a case without segments",
    )
    one = fault(f"{head}limits: {{churn_rate: 0.1}}\n")
    assert (one.path, one.found) == ("limits.churn_rate", "a limit stands in a case without segments")


def test_a_limit_of_zero_is_fine_where_the_base_is_zero() -> None:
    text = changed("limits: {churn_rate: 0.08}", "limits: {sales_cycle_days: 0}")
    assert loads(text.replace("sales_cycle_days: 40, ", "")).limits == {"sales_cycle_days": 0}


def test_all_faults_are_said_at_once_in_the_order_of_the_file() -> None:
    text = TEXT
    for old, new in (
        ("kpi: payback", "kpi: hope"),
        ("currency: EUR", "currency: EURO"),
        (CHURN, "churn_rate: .inf"),
        ("requires: [log]", "requires: [dog]"),
        ("risk: {", "risk: {luck: 1, "),
    ):
        text = text.replace(old, new)
    said = faults(text)
    assert [one.path for one in said] == [
        "company.currency",
        "segments[Homes].churn_rate",
        "risk.luck",
        "initiatives[callback].requires[1]",
        "stakeholders[service].drivers[hope].kpi",
    ]
    assert [one.line for one in said] == sorted(one.line or 0 for one in said)


def test_two_stakeholders_of_one_persona_need_another_role() -> None:
    twins = changed(
        "  - {persona: cfo, part: approves}", "  - {persona: cfo}\n  - {persona: cfo, part: funds}"
    )
    assert fault(twins).found == "cfo stands here a second time"
    loads(twins.replace("{persona: cfo}", "{persona: cfo, role: Group}"))


def test_plain_data_has_no_lines() -> None:
    data = sample().model_dump(by_alias=True, exclude_unset=True)
    data["company"]["years"] = 11
    with pytest.raises(CaseError) as caught:
        from_data(data, "the form")
    assert str(caught.value).startswith("the form, company.years: 11 is above what is possible; allowed is")


def test_a_case_built_in_python_keeps_the_same_rules() -> None:
    data = sample().model_dump(by_alias=True, exclude_unset=True)
    data["options"]["lean"] = ["nothing_of_the_kind"]
    with pytest.raises(ValueError, match=r"options\.lean\[1\]: nothing_of_the_kind is not an initiative"):
        Case.model_validate(data)


def test_endless_mistakes_are_not_said_endlessly() -> None:
    said = faults(TEXT + "".join(f"key_{number}: 1\n" for number in range(1000)))
    assert len(said) == MOST_FLAWS
