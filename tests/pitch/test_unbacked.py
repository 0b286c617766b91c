"""How many numbers nobody stands behind, in words, wherever they are told."""

import pytest

from casebuilder.analysis.unbacked import unbacked
from casebuilder.pitch.unbacked import starting_words
from casebuilder.pitch.view import View
from tests.model.cases import EXAMPLES, example


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_source_line_tells_the_same_count(name: str) -> None:
    results = example(name)
    many = len(unbacked(results.case).starting)
    assert many and starting_words(many) in View(results, "cfo").basis


def test_words() -> None:
    assert [starting_words(many) for many in (0, 1, 2)] == [
        "",
        "one starting value to replace",
        "2 starting values to replace",
    ]
