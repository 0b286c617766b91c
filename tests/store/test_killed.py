"""Killed in the middle of saves: afterwards the store opens, is sound, and holds every save that was answered."""

import random
import time
from pathlib import Path

import pytest

from casebuilder.store import Store, verify
from tests.store import writers


def kill_in_the_middle(url: str, name: str, after: float) -> list[tuple[str, int, str]]:
    """Every save that a writer told of before it was killed, `after` seconds from its first."""
    process, answers = writers.started(writers.write_until_killed, url, name)
    told = [answers.recv()]
    end = time.monotonic() + after
    while time.monotonic() < end:
        if answers.poll(max(0.0, end - time.monotonic())):
            told.append(answers.recv())
    process.kill()
    process.join(30)
    try:
        while answers.poll(0):
            told.append(answers.recv())
    except (EOFError, OSError):
        pass  # the last message may be torn: then nobody was told
    assert process.exitcode == -9
    return told


def check_kills(url: str, kills: int) -> None:
    """After each kill everything that was told is there, and at most one save that was under way."""
    chance, many = random.Random(20261121), 0
    for kill in range(kills):
        told = kill_in_the_middle(url, f"K{kill}", chance.uniform(0, 0.25))
        with Store(url) as store:
            theirs = [listed.id for listed in store.cases() if listed.author == f"K{kill}"]
            held = {(id, each.number, each.title) for id in theirs for each in store.versions(id)}
        assert set(told) <= held
        assert len(held) - len(told) <= 1
        many += len(told)
    assert many > 3 * kills
    assert verify(url).problems == ()


def test_twelve_kills_lose_nothing(url: str) -> None:
    check_kills(url, 12)


@pytest.mark.thorough
def test_a_hundred_kills_lose_nothing(url: str) -> None:
    check_kills(url, 100)


def test_a_kill_while_the_store_is_made_leaves_none_or_a_whole_one(tmp_path: Path) -> None:
    chance = random.Random(7)
    for turn in range(12):
        file = tmp_path / str(turn) / "cases.sqlite"
        process, _ = writers.started(writers.write_until_killed, f"sqlite:///{file}", "K")
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        process.join(30)
        with Store(f"sqlite:///{file}") as store:
            store.cases()
