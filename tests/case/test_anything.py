"""Whatever stands in a file, the answer is a case or a list of sentences: never another error."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case import CaseError, from_data, loads
from casebuilder.case.reading import parse
from tests.case.sample import TEXT

SNIPPETS = [
    *(
        "",
        " ",
        "\n",
        "\n  ",
        "\t",
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!!int ",
        "? ",
        "|",
        ">",
        "'",
        '"',
    ),
    *(
        "#",
        "%",
        "---\n",
        "...\n",
        "null",
        "no",
        ".nan",
        "1e999",
        "-1",
        "12:30",
        "\\x",
        "\u202e",
        "\x00",
        "\ud800",
    ),
    *("\ufeff", "\x85", "9" * 99, "<<: ", "<long>: ", "[key]: 1", "private: x"),
]
strange = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.just("all")
    | st.dates()
    | st.just(10**400),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["id", "name", "lever", "kpi", "use", "<short>", "[key]"]) | st.text(max_size=4),
            inner,
            max_size=2,
        )
    ),
    max_leaves=4,
)


def sentences(error: CaseError) -> None:
    assert error.problems
    for fault in error.problems:
        assert str(fault).endswith(".")
        assert "\n" not in str(fault)
        assert fault.found


@given(
    at=st.integers(0, len(TEXT)), cut=st.integers(0, 6), put=st.sampled_from(SNIPPETS) | st.text(max_size=3)
)
def test_any_edit_of_a_file(at: int, cut: int, put: str) -> None:
    try:
        loads(TEXT[:at] + put + TEXT[at + cut :])
    except CaseError as error:
        sentences(error)


@given(
    text=st.text(max_size=40) | st.lists(st.sampled_from([*SNIPPETS, "a", "1"]), max_size=12).map("".join),
    name=st.sampled_from(["case.yaml", "case.json"]),
)
def test_any_text(text: str, name: str) -> None:
    try:
        loads(text, name)
    except CaseError as error:
        sentences(error)


def places(data: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [place, *(found for key, value in inner for found in places(value, (*place, key)))]


PLACES = places(parse(TEXT, "case.yaml").data)[1:]


@given(place=st.sampled_from(PLACES), value=strange)
def test_anything_in_any_place(place: tuple[str | int, ...], value: Any) -> None:
    data = parse(TEXT, "case.yaml").data
    inside = data
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    try:
        from_data(data)
    except CaseError as error:
        sentences(error)
