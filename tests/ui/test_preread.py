"""What goes with a deck: the e-mail to copy, the page and the guide to download, all of the case on screen."""

import pytest

from casebuilder import build
from casebuilder.ui import preread
from tests.ui import driver
from tests.ui.test_downloads import built, labels


@pytest.mark.parametrize("persona", ["cfo", "committee"])
def test_each_person_s_five_lines_stand_beside_their_deck(persona):
    app = built(persona)
    shown = [code.value for code in app.code]
    email = build.email(build.evaluate(driver.first()), persona)
    assert [email.subject, email.body] == shown
    has_guide = any(label.startswith("Interview guide") for label in labels(app))
    assert has_guide == (persona != "committee")


def test_the_pages_are_those_a_terminal_writes():
    results = build.evaluate(driver.first())
    sure = build.certainty(results)
    driver.start()
    made = preread.made(results.case.fingerprint, "sales", results, sure)
    assert made.page == build.preread_file(results, "sales")
    assert made.guide == build.guide_file(results, "sales")
    assert 2 * len(build.personas_of(results.case)) < preread.MOST_PAGES


def test_results_of_another_version_make_no_page():
    results = build.evaluate(driver.first())
    with pytest.raises(ValueError, match=results.case.fingerprint):
        preread.made("another", "sales", results, build.certainty(results))
