"""What is private reaches no message, whatever is wrong with it or around it."""

import pytest

from casebuilder.case import CaseError, loads
from tests.case.sample import TEXT, changed

CANARY = "canary"

#: Something wrong in, at or around private words, each with the canary in the private part.
WRONG = {
    "number": ("stance: doubtful", f"stance: [{CANARY}]"),
    "key": ("stance: doubtful", f"{CANARY}: x"),
    "deep": ("stance: doubtful", f"stance: {{{CANARY}: {CANARY}}}"),
    "long": ('"was burnt once"', CANARY * 1000),
    "list": ('["My people will leave"]', f"{{{CANARY}: 1}}"),
    "not a list": ('["My people will leave"]', CANARY),
    "block": (
        'private: {stance: doubtful, notes: "was burnt once", objections: ["My people will leave"]}',
        f"private: {CANARY}",
    ),
    "direction": ('"was burnt once"', f'"{CANARY} \u202e"'),
    "twice": ("stance: doubtful", f"{CANARY}: 1, {CANARY}: 2"),
    "broken": ('"was burnt once"', f'"{CANARY}'),
    "at": ('"was burnt once"', f"@{CANARY}"),
    "alias": ('"was burnt once"', f"*{CANARY}"),
    "anchor": ('"was burnt once"', f"&{CANARY} x"),
    "tag": ('"was burnt once"', f"!{CANARY} x"),
    "escape": ('"was burnt once"', f'"\\{CANARY}"'),
    "wrong key": ("    private: {stance: doubtful", f"    privat: {{stance: {CANARY}"),
    "quote": ('quote: "I gave up twice"', f"quote: [{CANARY}]"),
    "words": ('words: "cheaper calls"', f"words: {{{CANARY}: 1}}"),
    "elsewhere": ("stance: doubtful", f"stance: {CANARY}}}\n    name: 1\n    x: {{"),
}


@pytest.mark.parametrize("what", WRONG)
def test_no_message_repeats_it(what: str) -> None:
    with pytest.raises(CaseError) as caught:
        loads(changed(*WRONG[what]))
    assert CANARY not in str(caught.value)
    for fault in caught.value.problems:
        assert CANARY not in repr(fault)


def test_json_does_not_repeat_it_either() -> None:
    for text in (
        f'{{"a": {CANARY}}}',
        f'{{"private": {{"{CANARY}": 1, "{CANARY}": 2}}}}',
        f'{{"a": "\\{CANARY}"}}',
    ):
        with pytest.raises(CaseError) as caught:
            loads(text, "case.json")
        assert CANARY not in str(caught.value)


def test_nothing_private_has_a_path() -> None:
    text = changed("  segments[Offices].win_rate: {status", "  stakeholders[service].private.nots: {status")
    with pytest.raises(CaseError) as caught:
        loads(text)
    assert "did you mean stakeholders[service].private" not in str(caught.value)


def test_the_path_ends_where_it_becomes_private() -> None:
    with pytest.raises(CaseError) as caught:
        loads(changed("stance: doubtful", "stance: 12"))
    (fault,) = caught.value.problems
    assert fault.path == "stakeholders[service].private"
    assert fault.line == TEXT[: TEXT.index("private:")].count("\n") + 1
