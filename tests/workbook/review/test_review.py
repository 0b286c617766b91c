"""The review as a whole: which rules there are, how findings are counted, listed and said, and our own workbooks."""

from collections.abc import Iterator

import pytest

from casebuilder.workbook import review
from casebuilder.workbook.review import AT_MOST, RULES, Findings, Rule, Violation, judged
from casebuilder.workbook.review.reader import read_bytes
from casebuilder.workbook.review.records import BookRead
from tests.workbook import made

EMPTY = BookRead(())


def broken(count: int, sheet: str = "A", rule: str = "W1") -> tuple[Violation, ...]:
    return tuple(Violation(rule, sheet, f"A{number}", "wrong") for number in range(1, count + 1))


def test_every_rule_has_its_number_and_a_sentence() -> None:
    assert list(RULES) == sorted(RULES, key=lambda id: int(id[1:]))
    assert {f"W{number}" for number in range(1, 9)} <= set(RULES)
    for rule in RULES.values():
        assert rule.text[0].isupper() and not rule.text.endswith(".")


@pytest.mark.parametrize(
    ("count", "last"),
    [(0, "No rule is broken."), (1, "1 violation of the rules."), (2, "2 violations of the rules.")],
)
def test_the_last_line_counts(count: int, last: str) -> None:
    assert Findings(broken(count)).lines[-1] == last


def test_a_line_says_rule_place_and_what_is_wrong() -> None:
    assert Findings(broken(1)).lines[0] == "W1  A!A1: wrong"
    assert Violation("W5", "", "", "macros").line == "W5  workbook: macros"


def test_many_of_one_rule_on_one_sheet_are_counted_and_not_listed() -> None:
    found = Findings((*broken(AT_MOST), *broken(AT_MOST + 7, "B"), *broken(AT_MOST + 1, "B", "W2")))
    assert len(found.shown) == 3 * AT_MOST + 2
    assert found.lines[2 * AT_MOST] == "W1  B: and 7 more"
    assert found.lines[-2:] == ["W2  B: and 1 more", f"{3 * AT_MOST + 8} violations of the rules."]


def test_what_could_not_be_judged_is_said_and_what_takes_long_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(_: BookRead) -> Iterator[Violation]:
        return iter(())

    def later(_: BookRead) -> Iterator[Violation]:
        return iter(broken(1, rule="W12"))

    rules = {
        "W12": Rule("No errors.", none, "nothing was computed", later),
        "W13": Rule("Units.", none, "no engine"),
    }
    monkeypatch.setattr(review, "RULES", rules)
    assert judged(EMPTY).lines == [
        "Not checked, W12: nothing was computed",
        "Not checked, W13: no engine",
        "No rule is broken.",
    ]
    assert judged(EMPTY, thorough=True).lines == [
        "W12  A!A1: wrong",
        "Not checked, W13: no engine",
        "1 violation of the rules.",
    ]


@pytest.mark.parametrize("path", made.EXAMPLES)
def test_the_workbooks_of_the_examples_break_no_rule(path: str) -> None:
    book = read_bytes(made.whole(path), path)
    assert not [each.line for id in list(RULES)[:8] for each in RULES[id].find(book)]
