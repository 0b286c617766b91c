"""The case page: cases come and go as files, a wrong one changes nothing, and nothing is lost on the way."""

import pytest

from casebuilder.case import CaseError, dump, loads
from casebuilder.case.reading import MAX_BYTES
from casebuilder.ui import files
from tests.ui import driver
from tests.ui.driver import WIN_RATE

OWN = (
    "{casebuilder: 1, title: Our own case, company: {name: Ours, currency: EUR, decision_date: 2027-01-01, years: 2},"
    " segments: [{name: All of them, customers: 100, revenue_per_customer: 500, gross_margin: 0.5}]}"
)


@pytest.mark.parametrize("name", files.examples())
def test_an_example_opens(name):
    app = driver.go(driver.start(), "start")
    if name != driver.FIRST:
        driver.sound(app.button(key=f"open:{name}").click().run())
        driver.go(app, "answer")
    assert files.example(name).title in driver.texts(app)
    assert "Nothing changed since opening" in driver.texts(driver.go(app, "answer"))


def test_changes_wait_while_another_case_is_open():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    driver.go(app, "start")
    app.button(key="open:contract_services").click().run()
    driver.go(app, "answer")
    assert app.metric[0].value.startswith("EUR")
    driver.go(app, "start")
    assert "As you left it: 1 change since opening" in driver.texts(app)
    app.button(key=f"open:{driver.FIRST}").click().run()
    driver.go(app, "answer")
    assert "17.2% → **20%**" in driver.texts(app)
    assert driver.field(app, f"type:{WIN_RATE}").value == "20%"


@pytest.mark.parametrize(("name", "fmt"), [("own.yaml", "yaml"), ("own.yml", "yaml"), ("own.json", "json")])
def test_a_file_of_ones_own_opens(name, fmt):
    app = driver.bring(driver.start(), name, dump(loads(OWN), fmt=fmt).encode())
    assert "Open now: Our own case" in driver.texts(app)
    assert "Our own case · Ours" in driver.texts(driver.go(app, "answer"))
    assert files.example(driver.FIRST).title in driver.texts(driver.go(app, "start")), "what was open stays"


WRONG = {
    "churn.yaml": (OWN.replace("customers: 100", "customers: -1"), "segments[All of them].customers"),
    "word.yaml": (OWN.replace("gross_margin", "gros_margin"), "gros_margin"),
    "newer.yaml": (OWN.replace("casebuilder: 1", "casebuilder: 99"), "99"),
    "bomb.yaml": ("[" * 5000, "bomb.yaml"),
    "alias.yaml": ("a: &a [1]\nb: *a", "alias.yaml, line 1"),
    "infinite.json": ('{"casebuilder": 1e999}', "infinite.json"),
    "empty.yaml": ("", "the file is empty"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_gets_sentences_and_changes_nothing(name):
    content, place = WRONG[name]
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    driver.bring(app, name, content.encode())
    text = driver.texts(app)
    assert app.error[0].value == "This file was not opened; the case that was open is as it was."
    assert name in text.replace("\\", "")
    assert place.replace("_", "") in text.replace("\\", "").replace("_", "")
    assert "Traceback" not in text
    assert "17.2% → **20%**" in driver.texts(driver.go(app, "answer"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"#" * (MAX_BYTES + 1), "the file is too large for a case; allowed is at most 256 KB"),
        (b"title: \xff\xfe", "line 1: byte 8 is not UTF-8 text; allowed is a file saved as UTF-8"),
        (b"PK\x03\x04" + b"\x00" * 40, "case.yaml"),
    ],
)
def test_what_is_no_text_is_refused(content, said):
    with pytest.raises(CaseError) as refused:
        files.uploaded("case.yaml", content)
    assert said in str(refused.value)
    app = driver.bring(driver.start(), "case.yaml", content)
    assert app.error


def test_a_case_too_large_for_a_page_is_refused_before_it_is_evaluated():
    segments = ", ".join(
        f"{{name: S{number}, customers: 1, revenue_per_customer: 1, gross_margin: 1}}" for number in range(30)
    )
    scenarios = ", ".join(f"s{number}: {{effects: base}}" for number in range(12))
    options = ", ".join(f"o{number}: all" for number in range(12))
    content = (
        "{casebuilder: 1, title: t, company: {name: n, currency: EUR, decision_date: 2027-01-01, years: 10,"
        f" periods_per_year: 12}}, segments: [{segments}], scenarios: {{{scenarios}}}, options: {{{options}}}}}"
    )
    with pytest.raises(CaseError, match=r"together make [\d.]+.M numbers; allowed is at most 8.M"):
        files.uploaded("large.yaml", content.encode())


@pytest.mark.parametrize("name", files.examples())
def test_the_examples_are_far_from_too_large(name):
    assert files.numbers_of(files.example(name)) < files.MOST_NUMBERS / 5


def test_the_case_file_carries_the_changes_and_opens_again():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    driver.go(app, "start")
    assert not app.get("download_button"), "nothing is offered before it is asked for"
    driver.sound(app.button(key="case:prepare").click().run())
    assert [button.label for button in app.get("download_button")] == [
        "Download the case file, without private notes"
    ]
    edited = driver.first(**{WIN_RATE: 0.2})
    kept = files.case_file(edited, private=False)
    again = loads(kept.decode())
    assert again.fingerprint == edited.fingerprint
    assert again.segments == edited.segments
    assert all(person.private is None for person in again.stakeholders)
    assert loads(files.case_file(edited, private=True).decode()) == edited


def test_a_prepared_file_is_not_offered_under_other_conditions():
    app = driver.go(driver.start(), "start")
    driver.sound(app.button(key="case:prepare").click().run())
    assert app.get("download_button")
    driver.sound(app.toggle(key="case:private").set_value(True).run())
    assert not app.get("download_button")
    driver.sound(app.button(key="case:prepare").click().run())
    assert app.get("download_button")[0].label == "Download the case file, with private notes"
    driver.type_in(driver.go(app, "answer"), WIN_RATE, 20.0)
    assert not driver.go(app, "start").get("download_button")
