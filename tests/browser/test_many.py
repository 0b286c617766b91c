"""Several processes behind one address in a real browser: files are whole, two people meet, no place is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from casebuilder.store import Store
from casebuilder.terminal import serving
from tests.browser.conftest import ROOT
from tests.browser.test_downloads import get, to
from tests.browser.test_kept import answer, edit, field, id_of, kept_as, somebody

pytestmark = [pytest.mark.judge, pytest.mark.browser, pytest.mark.slow]

__all__ = ["somebody"]
Somebody = Callable[[], BrowserContext]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the cases of all processes are kept."""
    return f"sqlite:///{tmp_path_factory.mktemp('store') / 'cases.sqlite'}"


@dataclass(frozen=True)
class Front:
    """The address that two processes of the app share, and these processes."""

    address: str
    processes: Sequence[serving.Process]

    def of(self, context: BrowserContext) -> serving.Process:
        """The process that a browser stays with."""
        mark = next(each["value"] for each in context.cookies() if each["name"] == serving.COOKIE)
        return self.processes[int(mark.removeprefix("app")) - 1]


@pytest.fixture(scope="module")
def front(haproxy: str, url: str) -> Iterator[Front]:
    (port,) = serving.free_ports(1)
    kept = {**os.environ, "CASEBUILDER_DATABASE_URL": url}
    with serving.served(ROOT / "app.py", 2, "127.0.0.1", port, kept) as (_, *apps):
        yield Front(f"http://127.0.0.1:{port}", apps)


def with_another_process(somebody: Somebody, front: Front, place: str, than: serving.Process) -> Page:
    """Somebody else at the same place, served by another process than this one."""
    for _ in range(4):
        context = somebody()
        page = answer(context, place)
        if front.of(context) is not than:
            return page
    raise AssertionError("everybody is served by one process")


def test_a_file_comes_from_the_process_that_built_it(
    somebody: Somebody, front: Front, tmp_path: Path
) -> None:
    page = answer(somebody(), f"{front.address}/answer")
    edit(page, "20")
    kept_as(page, 2)
    to(page, "Pitch")
    page.get_by_role("button", name="Build the files").click()
    for label in ("Workbook", "Deck for the"):
        stamp, inside = get(page, label, tmp_path)
        assert inside == {stamp}


def test_two_people_of_two_processes_see_each_others_change(
    somebody: Somebody, front: Front, url: str
) -> None:
    mine = somebody()
    page = answer(mine, f"{front.address}/answer")
    edit(page, "20")
    kept_as(page, 2)
    other = with_another_process(somebody, front, page.url, front.of(mine))
    expect(field(other)).to_have_value("20%")
    edit(other, "21")
    kept_as(other, 3)
    edit(page, "22")
    expect(page.get_by_role("button", name="Keep mine")).to_be_visible()
    with Store(url) as store:
        states = {each.number: each.state for each in store.versions(id_of(page))}
    assert states == {4: "aside", 3: "kept", 2: "kept", 1: "kept"}


def test_whose_process_is_killed_goes_on_in_another(somebody: Somebody, front: Front) -> None:
    context = somebody()
    page = answer(context, f"{front.address}/answer")
    edit(page, "23")
    kept_as(page, 2)
    place, gone = page.url, front.of(context)
    assert gone.running is not None
    gone.running.send_signal(signal.SIGKILL)
    gone.running.wait(timeout=10)
    for come_back in (lambda: None, page.reload):
        come_back()
        expect(field(page)).to_have_value("23%", timeout=60_000)
        expect(page.get_by_text("17.2% → 23%")).to_be_visible()
        assert page.url == place
    assert front.of(context) is not gone
    edit(page, "24")
    kept_as(page, 3)
