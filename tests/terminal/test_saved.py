"""The commands for saved cases: what is listed, copied, brought back, verified and moved, and what is left alone."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from casebuilder.__main__ import BROKEN, WRONG
from casebuilder.store import VARIABLE, Store
from tests.store.conftest import empty_database
from tests.store.samples import CANARY, case
from tests.store.test_moving import fill, seen
from tests.terminal.acting import inside, run

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the environment says that cases are kept; nothing is there yet."""
    monkeypatch.setenv(VARIABLE, address := f"sqlite:///{tmp_path / 'kept' / 'cases.sqlite'}")
    return address


def test_cases_are_listed_with_what_tells_them_apart(url: str, capsys: Said) -> None:
    fill(url)
    assert run("cases") == 0
    said = capsys.readouterr()
    (line,) = said.out.splitlines()
    title, stamp, versions, waiting, _, author, id = line.split(" · ")
    assert (title, versions, waiting, author) == ("Two", "3 versions", "1 waiting for a choice", "by Ben")
    with Store(url) as store:
        assert (stamp, id) == (store.about(id).fingerprint, store.cases()[0].id)
    assert said.err.startswith("1 case in ")
    assert CANARY not in said.out + said.err


def test_the_bin_is_listed_apart(url: str, capsys: Said) -> None:
    fill(url)
    assert run("cases", "--bin") == 0
    assert capsys.readouterr().out.startswith("Copy of Two · ")


def test_listing_makes_no_store(tmp_path: Path, capsys: Said) -> None:
    assert run("cases") == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == (
        "",
        f"No case is kept yet: {tmp_path / 'kept/cases.sqlite'} is not there.\n",
    )
    assert inside(tmp_path) == []


def test_a_store_may_be_named(url: str, tmp_path: Path, capsys: Said) -> None:
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    fill(other)
    assert run("cases", "--store", other) == 0
    assert "Two" in capsys.readouterr().out


def test_a_backup_comes_back(url: str, tmp_path: Path, capsys: Said) -> None:
    fill(url)
    before, file = seen(url), tmp_path / "backup.sqlite"
    assert run("backup", file) == 0
    assert capsys.readouterr().err == f"Wrote {file}: 2 cases with 4 versions, private notes included.\n"
    with Store(url) as store:
        store.create(case("Later"), author="Ann")
    later = seen(url)
    assert run("restore", file) == WRONG
    assert "--replace" in capsys.readouterr().err
    assert seen(url) == later, "nothing is replaced unasked"
    assert run("restore", file, "--replace") == 0
    assert "lies in a file beside it" in capsys.readouterr().err
    assert seen(url) == before
    (beside,) = (tmp_path / "kept").glob("cases-replaced-*.sqlite")
    assert seen(f"sqlite:///{beside}") == later


def test_a_backup_is_restored_where_nothing_is(url: str, tmp_path: Path, capsys: Said) -> None:
    old, file = f"sqlite:///{tmp_path / 'old.sqlite'}", tmp_path / "backup.sqlite"
    fill(old)
    assert run("backup", file, "--store", old) == 0
    assert run("restore", file) == 0
    assert "beside" not in capsys.readouterr().err
    assert seen(url) == seen(old)


def test_a_backup_writes_over_nothing(url: str, tmp_path: Path, capsys: Said) -> None:
    fill(url)
    file = tmp_path / "mine.txt"
    file.write_text("mine")
    assert run("backup", file) == WRONG
    assert f"{file} is there already" in capsys.readouterr().err
    assert file.read_text() == "mine"


def test_verify_says_that_all_is_well_and_what_is_not(url: str, tmp_path: Path, capsys: Said) -> None:
    fill(url)
    assert run("verify") == 0
    assert capsys.readouterr().out == "2 cases, 4 versions: everything is as it was saved.\n"
    with closing(sqlite3.connect(tmp_path / "kept" / "cases.sqlite")) as raw, raw:
        raw.execute("UPDATE saved_version SET content = x'00' WHERE number = 3")
    assert run("verify") == BROKEN
    said = capsys.readouterr()
    assert "version 3: its text is damaged" in said.out
    assert said.err == "2 cases, 4 versions: 1 problem.\n"


def test_all_cases_move_to_another_place(url: str, tmp_path: Path, capsys: Said) -> None:
    fill(url)
    there = f"sqlite:///{tmp_path / 'there.sqlite'}"
    assert run("migrate", there) == 0
    assert "2 cases with 4 versions copied" in capsys.readouterr().err
    assert seen(there) == seen(url)
    assert run("migrate", there) == WRONG
    assert "name an empty store" in capsys.readouterr().err
    assert run("migrate", url) == WRONG
    assert "name where they are with --store" in capsys.readouterr().err


@pytest.mark.judge
def test_all_cases_move_into_a_real_database(url: str, postgres: str, capsys: Said) -> None:
    fill(url)
    database = empty_database(postgres, 1)
    assert run("migrate", database) == 0
    assert "2 cases with 4 versions copied" in capsys.readouterr().err
    assert seen(database) == seen(url)
    assert run("verify", "--store", database) == 0
    assert run("cases", "--store", database) == 0
    assert capsys.readouterr().out.count("Two") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("backup", "b.sqlite"), "cases.sqlite is not there"),
        (("verify",), "cases.sqlite is not there"),
        (("migrate", "sqlite:///c.sqlite"), "cases.sqlite is not there"),
        (("restore", "b.sqlite"), "b.sqlite cannot be read"),
        (("cases", "--store", "mysql://ann:hush@db/x"), "not kept in mysql"),
    ],
)
def test_what_is_not_there_is_refused_and_not_made(
    words: tuple[str, ...], said: str, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*words) == WRONG
    heard = capsys.readouterr()
    assert said in heard.err
    assert "hush" not in heard.out + heard.err
    assert inside(tmp_path) == []


def test_other_commands_do_not_wait_for_the_store() -> None:
    loaded = "import sys, casebuilder.__main__; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
