"""Values of a returned workbook: which can be taken, which not and why, and what the case changed meanwhile."""

from __future__ import annotations

from casebuilder.case import from_data
from casebuilder.case.keys import with_keys
from casebuilder.workbook.back.read_back import BY_FINANCE, applied
from casebuilder.workbook.back.returned_words import change, notices, refused
from casebuilder.workbook.layout import INPUTS
from tests.workbook.returning import by_key, full, replaced, sent, sheet_part, why

RATE, CHURN = "company.discount_rate", "segments[North].churn_rate"
EFFECT = "initiatives[act].effects[churn_rate,all]"
#: What is typed where, why it cannot be taken, and what is said of it.
WRONG = {
    RATE: ("12 %", "text", "the text “12 %” stands where a number belongs; type a number"),
    "company.tax_rate": (None, "empty", "the cell is empty"),
    "people.attrition_rate": ("=0.1*2", "no_value", "the formula =0.1*2 has no stored result"),
    "people.replacement_cost": ("#DIV/0!", "error", "shows the error #DIV/0!"),
    CHURN: (1.5, "limits", "1.5 is outside what is possible; allowed is a number from 0 to 1"),
    "initiatives[act].enabled": (True, "flag", "TRUE stands where a number belongs"),
    "initiatives[listen].enabled": (0.5, "limits", "a whole number from 0 to 1"),
    f"{EFFECT}.low": (0.5, "order", "low 0.5, expected 0.06, high 0.1"),
    "company.years": (3.0, "locked", "decides how the sheets are built"),
}


def test_values_that_cannot_be_taken_are_said_and_the_others_are_taken() -> None:
    home = sent().home(
        sent().edited(typed={key: value for key, (value, *_) in WRONG.items()} | {"sales.reps": 20.0})
    )
    assert {key: found.why for key, found in why(home).items()} == {
        key: reason for key, (_, reason, _) in WRONG.items()
    }
    for key, (_, _, words) in WRONG.items():
        said = refused(why(home)[key])
        assert words in said
        assert said.startswith(f"{INPUTS}!{sent().layout.input_cell(key).a1.replace('$', '')} (")
    assert by_key(home.changes).keys() == {"sales.reps"}
    assert applied(sent().case, home) == with_keys(sent().case, {"sales.reps": 20.0}, BY_FINANCE)


def test_a_formula_typed_into_an_input_counts_with_its_stored_value() -> None:
    cell = sent().layout.input_cell(RATE).a1.replace("$", "")
    find = rf'(<c r="{cell}"[^>]*>)<v>[^<]*</v>'
    raw = replaced(sent().raw, sheet_part(sent().raw, INPUTS), find, r"\g<1><f>0.1*1.5</f><v>0.15</v>")
    found = by_key(sent().home(raw).changes)[RATE]
    assert (found.new, found.formula) == (0.15, "=0.1*1.5")
    assert "the formula =0.1*1.5 was typed, the case keeps its value" in change(found, sent().home(raw))


def test_long_numbers_are_shown_with_as_many_digits_as_tell_them_apart() -> None:
    long = 0.096774193548387
    home = sent().home(sent().edited(typed={RATE: long, CHURN: 0.15 + 1e-7, "sales.reps": 1_234_567.25}))
    said = {key: change(each, home) for key, each in by_key(home.changes).items()}
    assert "10 % → 9.677 %," in said[RATE]
    assert "15 % → 15.00001 %," in said[CHURN]
    assert "12 → 1,234,567," in said["sales.reps"]
    assert by_key(home.changes)[RATE].new == long


def test_sizes_that_are_in_order_together_are_taken_together() -> None:
    new = {f"{EFFECT}.low": 0.2, f"{EFFECT}.base": 0.3, f"{EFFECT}.high": 0.4}
    assert by_key(sent().home(sent().edited(typed=new)).changes).keys() == new.keys()


def test_an_older_version_is_read_against_what_the_case_says_now() -> None:
    """Exported, theirs, ours: one only they changed, one only we changed, one both, one both alike."""
    ours = {"sales.reps": 14.0, CHURN: 0.2, "people.attrition_rate": 0.5}
    theirs = {RATE: 0.2, CHURN: 0.3, "people.attrition_rate": 0.5}
    now = with_keys(sent().case, ours)
    home = sent().home(sent().edited(typed=theirs), now)
    assert not home.same_version
    found = by_key(home.changes)
    assert found.keys() == {RATE, CHURN}
    assert (found[RATE].conflict, found[RATE].old, found[RATE].new) == (False, 0.1, 0.2)
    assert (found[CHURN].conflict, found[CHURN].exported) == (True, 0.15)
    assert (found[CHURN].old, found[CHURN].new) == (0.2, 0.3)
    assert [(each.key, each.exported, each.now) for each in home.moved_on] == [("sales.reps", 12.0, 14.0)]
    case = applied(now, home)
    assert (case.company.discount_rate, case.segments[0].churn_rate, case.sales.reps) == (0.2, 0.2, 14.0)
    assert applied(now, home, [CHURN]).segments[0].churn_rate == 0.3, "whoever decides may take it"
    assert "another version of the case" in notices(home)[0]
    assert home.compared
    assert (home.formulas, home.sheets) == ((), ())


def test_an_older_version_of_another_shape_keeps_what_still_has_a_place() -> None:
    data = full()
    data["initiatives"][1]["effects"].pop()
    now = from_data(data)
    gone = "initiatives[act].effects[first_contact_resolution,all].base"
    home = sent().home(sent().edited(typed={gone: 0.04, CHURN: 0.3}), now)
    assert by_key(home.changes).keys() == {CHURN}
    assert {key: each.why for key, each in why(home).items()} == {gone: "gone"}
    assert not home.compared
    assert "could not be looked for" in " ".join(notices(home))
