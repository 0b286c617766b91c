"""Where a store is: a file without any set-up, or what the environment names."""

from pathlib import Path

import pytest

from casebuilder.store import VARIABLE, Store, StoreError, default_url
from casebuilder.store.address import file_of, parsed, where


def test_without_set_up_it_is_a_file_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "100 % ours #1?"
    Store(default_url(folder, {})).close()
    assert (folder / "cases.sqlite").is_file()


def test_the_environment_may_name_another(tmp_path: Path) -> None:
    url = "postgresql://ann:x@db/cases"
    assert default_url(tmp_path, {VARIABLE: url}) == url
    assert default_url(tmp_path, {VARIABLE: ""}) == default_url(tmp_path, {})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_takes_the_one_driver(scheme: str) -> None:
    address = parsed(f"{scheme}://ann:hush@db.example:5433/cases?sslmode=require")
    assert (address.drivername, address.port, address.query["sslmode"]) == (
        "postgresql+psycopg",
        5433,
        "require",
    )
    assert where(address) == "the database cases on db.example"
    assert file_of(address) is None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "cases.sqlite",
        "mysql://ann:hush@db/cases",
        "sqlite://",
        "sqlite:///:memory:",
        "http://[x",
        "sqlite:///file:x",
    ],
)
def test_any_other_address_is_refused_and_says_how_to_write_one(url: str) -> None:
    with pytest.raises(StoreError, match=f"write .*{VARIABLE}") as caught:
        parsed(url)
    assert "hush" not in str(caught.value)
