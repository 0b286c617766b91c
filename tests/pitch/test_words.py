"""Words that people read: how many numbers nobody stands behind, wherever that is told."""

import pytest

from casebuilder.analysis.unbacked import unbacked
from casebuilder.pitch.view import View
from casebuilder.pitch.words import starting_words
from tests.model.cases import EXAMPLES, example


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_source_line_tells_the_same_count(name: str) -> None:
    results = example(name)
    many = len(unbacked(results.case).starting)
    assert many and starting_words(many) in View(results, "cfo").basis


def test_starting_values_are_counted_in_words() -> None:
    assert [starting_words(many) for many in (0, 1, 2)] == [
        "",
        "one starting value to replace",
        "2 starting values to replace",
    ]
