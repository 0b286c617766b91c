"""Numbers that nobody stands behind: only those that the case reads, and one count wherever they are told."""

import pytest

from casebuilder.analysis.needed import needed
from casebuilder.pitch.unbacked import starting_words, unbacked
from casebuilder.pitch.view import View
from tests.model.cases import EXAMPLES, case_of, example, moving


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_source_line_tells_the_same_count(name: str) -> None:
    results = example(name)
    many = len(unbacked(results.case).starting)
    assert many and starting_words(many) in View(results, "cfo").basis


def test_what_nothing_reads_is_not_waited_for() -> None:
    data = moving("win_rate", 0.1, 0.2, 0.3)
    read, unread = "segments[North].win_rate", "people.replacement_cost"
    data["inputs"] = {path: {"status": "default"} for path in (read, unread)}
    case = case_of(data)
    found = unbacked(case)
    assert unread not in needed(case)
    assert found.starting == (read,)
    assert set(found.not_stated) == needed(case) - {read}


def test_words() -> None:
    assert [starting_words(many) for many in (0, 1, 2)] == [
        "",
        "one starting value to replace",
        "2 starting values to replace",
    ]
