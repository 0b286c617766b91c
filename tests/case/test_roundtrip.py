"""What is loaded can be written and loaded again without loss, as YAML and as JSON, whatever somebody typed."""

import string
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case import Case, dump, from_data, loads
from tests.case.sample import TEXT, sample

FORMATS = ("yaml", "json")

turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
visible = st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters=f"{turning}\u2028\u2029")
texts = st.text(visible | st.sampled_from("\n\t\r:#'\"{}[]-&*!|>%@`, =~"), max_size=60)
names = st.text(visible, max_size=30).map(lambda text: f"{text}.")
ids = st.text(string.ascii_letters + string.digits, min_size=1, max_size=1).flatmap(
    lambda first: st.text(string.ascii_letters + string.digits + "_.-", max_size=12).map(
        lambda rest: first + rest
    )
)
shares = st.floats(0, 1)
amounts = st.floats(0, 1e15)
days = st.dates(date(1990, 1, 1), date(2099, 12, 31))


def maybe(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """A record in which each of the fields may be left out."""
    return st.fixed_dictionaries({}, optional=fields)


segments = st.builds(
    lambda needed, more: needed | more,
    st.fixed_dictionaries(
        {"name": names, "customers": amounts, "revenue_per_customer": amounts, "gross_margin": shares}
    ),
    maybe(
        {
            "churn_rate": shares,
            "growth_per_customer": st.floats(-0.95, 3),
            "leads": amounts,
            "discount": st.floats(0, 0.99),
        }
    ),
)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """The data of a case that keeps every rule."""
    years = draw(st.integers(1, 10))
    own = draw(st.lists(segments, min_size=1, max_size=3, unique_by=lambda one: one["name"].strip()))
    keys = draw(st.lists(ids.filter(lambda key: key != "do_nothing"), max_size=3, unique=True))
    effects = st.lists(st.floats(-1, 1), min_size=3, max_size=3).map(sorted)
    initiatives = []
    for position, key in enumerate(keys):
        low, base, high = draw(effects)
        effect = {"lever": "churn_rate", "low": low, "base": base, "high": high, "note": draw(texts)}
        more = draw(
            maybe(
                {"name": names, "adoption": shares, "enabled": st.booleans(), "start_month": st.floats(0, 99)}
            )
        )
        if "name" in more:
            more["name"] += key
        initiatives.append({"id": key, "effects": [effect], "requires": keys[:position], **more})
    lines = st.fixed_dictionaries(
        {"name": names, "kind": st.just("cost"), "by_year": st.lists(amounts, min_size=years, max_size=years)}
    )
    data = {
        "casebuilder": 1,
        "title": draw(names),
        "company": {"name": draw(names), "currency": "JPY", "decision_date": draw(days), "years": years},
        "segments": own,
        "initiatives": initiatives,
        "options": {"all_of_it": "all", "some": keys[:1]},
        "custom_lines": draw(st.lists(lines, max_size=2, unique_by=lambda line: line["name"].strip())),
        "decision": draw(maybe({"ask": texts, "by": days, "decider": names})),
        "stakeholders": [
            {
                "persona": "cfo",
                "private": {"notes": draw(texts), "objections": draw(st.lists(texts, max_size=2))},
            }
        ],
    }
    return {key: value for key, value in data.items() if value or key in ("casebuilder", "segments")}


@pytest.mark.parametrize("fmt", FORMATS)
@given(data=cases())
def test_any_case_comes_back(fmt: str, data: dict[str, Any]) -> None:
    case = from_data(data)
    again = loads(dump(case, fmt), f"case.{fmt}")
    assert again == case
    assert again.model_fields_set == case.model_fields_set
    assert again.fingerprint == case.fingerprint
    assert dump(again, fmt) == dump(case, fmt)


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_sample_comes_back(fmt: str) -> None:
    case = sample()
    assert loads(dump(case, fmt)) == case
    assert loads(dump(loads(dump(case, "json")), fmt)) == case


def unset(record: Any) -> Any:
    """A record as what was given in it, and nothing else."""
    return record.model_dump(by_alias=True, exclude_unset=True)


def test_only_what_was_given_is_written() -> None:
    case = loads(dump(sample()))
    assert unset(case.segments[1]) == {
        "name": "Offices",
        "customers": 1800,
        "revenue_per_customer": 6000,
        "gross_margin": 0.55,
    }
    assert "quota" not in dump(
        Case(casebuilder=1, title="x", company=case.company.model_copy(update={"headline": None}))
    )


def test_a_file_a_person_wrote_stays_short_and_in_order() -> None:
    text = dump(sample())
    assert len(text.splitlines()) < 1.8 * len(TEXT.splitlines())
    keys = [line.split(":")[0] for line in text.splitlines() if line[0].isalpha()]
    assert keys == list(Case.model_fields)
    assert "- {name: Offices, customers: 1800, revenue_per_customer: 6000, gross_margin: 0.55}" in text
    assert "decision_date: 2027-03-01" in text
    assert "class: one_off_cash" in text


@pytest.mark.parametrize("fmt", FORMATS)
def test_private_parts_are_left_out_on_request(fmt: str) -> None:
    assert "was burnt once" in dump(sample(), fmt)
    shared = dump(sample(), fmt, private=False)
    assert "private" not in shared
    assert "was burnt once" not in shared
    assert loads(shared).fingerprint == sample().fingerprint
    assert sample().stakeholders[0].private is not None


def test_dates_are_read_alike() -> None:
    data = sample().model_dump(by_alias=True, exclude_unset=True)
    assert isinstance(data["company"]["decision_date"], date)
    as_text = data | {"company": data["company"] | {"decision_date": "2027-03-01"}}
    assert from_data(as_text) == from_data(data)


def test_numbers_are_written_as_people_write_them() -> None:
    text = dump(sample())
    assert "customers: 40000," in text
    assert "start_month: 1.5" in text
    assert ".0" not in dump(sample(), "json").replace("0.0", "")
