"""Nothing is lost in a real browser: a server that is killed, a line that is cut, two people in one case."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from casebuilder.case import Case, dump, loads
from casebuilder.case.edits import value_at
from casebuilder.store import Store, verify
from casebuilder.ui import files
from tests.browser.conftest import ROOT, wait_until_served

pytestmark = [pytest.mark.judge, pytest.mark.browser, pytest.mark.slow]

WIN_RATE, RATE = "segments[Enterprise].win_rate", "company.discount_rate"
WIN_RATE_FIELD, RATE_FIELD = "Win rate, Enterprise, %", "Hurdle rate, %"
LURE = "http://127.0.0.1:9/x.png"
HOSTILE = f"![x]({LURE}) [l]({LURE}) <img src={LURE}> {LURE} :red[a] $x$ ~~b~~"
Somebody = Callable[[], BrowserContext]


class Server:
    """The app on a port of its own, that can be killed and started again on the same store."""

    def __init__(self, url: str) -> None:
        self.url = url
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Serve again, at the same address."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
        self.process = subprocess.Popen(
            [*command, f"--server.port={self.port}"],
            cwd=ROOT,
            env={**os.environ, "CASEBUILDER_DATABASE_URL": self.url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        wait_until_served(self.address, self.process)

    def kill(self) -> None:
        """End at once, with nothing tidied up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=10)


@contextlib.contextmanager
def served(url: str) -> Iterator[Server]:
    server = Server(url)
    try:
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(f"sqlite:///{tmp_path_factory.mktemp('store') / 'cases.sqlite'}") as found:
        yield found


@pytest.fixture
def somebody(browser: Browser) -> Iterator[Somebody]:
    """Makes people at machines of their own."""
    made: list[BrowserContext] = []

    def new() -> BrowserContext:
        made.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        made[-1].set_default_timeout(30_000)
        return made[-1]

    yield new
    for context in made:
        context.close()


def answer(context: BrowserContext, address: str) -> Page:
    """The answer page, painted."""
    page = context.new_page()
    page.goto(address)
    expect(page.locator("svg.marks")).to_have_count(2, timeout=60_000)
    return page


def field(page: Page, label: str = WIN_RATE_FIELD) -> Any:
    return page.get_by_role("textbox", name=label)


def edit(page: Page, value: str, label: str = WIN_RATE_FIELD) -> None:
    """A number typed, and left."""
    field(page, label).fill(value)
    field(page, label).press("Tab")


def kept_as(page: Page, number: int) -> None:
    """Wait until the page says that the change is kept."""
    expect(page.get_by_text(re.compile(rf"kept as number {number}\b"))).to_be_visible()


def id_of(page: Page) -> str:
    found = re.search(r"case=([0-9a-f]{32})", page.url)
    assert found, page.url
    return found[1]


def scenario(page: Page) -> Any:
    return page.get_by_role("combobox", name="Scenario")


def killed_and_back(somebody: Somebody, server: Server) -> None:
    """An edit and another scenario; the server is killed; the page comes back by itself, and by a reload."""
    page = answer(somebody(), f"{server.address}/answer")
    edit(page, "20")
    kept_as(page, 2)
    scenario(page).click()
    page.get_by_role("option", name="Expected").click()
    expect(page.get_by_text("17.2% → 20%")).to_be_visible()
    time.sleep(0.5)
    address, before = page.url, page.get_by_test_id("stMetricValue").all_inner_texts()
    server.kill()
    server.start()
    for come_back in (lambda: None, page.reload):
        come_back()
        expect(field(page)).to_be_enabled(timeout=60_000)
        expect(page.get_by_text("17.2% → 20%")).to_be_visible()
        expect(field(page)).to_have_value("20%")
        expect(page.get_by_test_id("stMetricValue").first).to_have_text(before[0])
        assert page.url == address
    with Store(server.url) as store:
        assert [each.number for each in store.versions(id_of(page))] == [2, 1]
        assert value_at(store.read(id_of(page)).case, WIN_RATE) == 0.2


def test_a_killed_server_comes_back_to_the_same_place(somebody: Somebody, server: Server) -> None:
    killed_and_back(somebody, server)


def test_likewise_with_postgresql(somebody: Somebody, postgres: str) -> None:
    with served(postgres) as server:
        killed_and_back(somebody, server)


def typed(page: Page, label: str, text: str) -> None:
    """A field of the page of a new case, typed and left."""
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_label(label, exact=True).press("Tab")


def begun(context: BrowserContext, address: str) -> Page:
    """The page of a new case, to its end."""
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", name="What follows")).to_be_visible(timeout=60_000)
    return page


def test_what_is_typed_for_a_new_case_outlives_a_killed_server(somebody: Somebody, server: Server) -> None:
    context = somebody()
    page = begun(context, f"{server.address}/new")
    typed(page, "Company", "Harbour Foods")
    typed(page, "Customers lost (Renewals or retention report)", "250 to 304")
    expect(page.get_by_text("1 of 12 answered")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/new\?draft=[0-9a-f]{32}$"))
    server.kill()
    lost = page.get_by_role("dialog")
    expect(lost).to_be_visible(timeout=30_000)
    assert "Streamlit" not in lost.inner_text()
    server.start()
    for come_back in (lambda: None, page.reload):
        come_back()
        expect(page.get_by_label("Company", exact=True)).to_be_enabled(timeout=60_000)
        expect(page.get_by_label("Company", exact=True)).to_have_value("Harbour Foods")
        expect(page.get_by_text("1 of 12 answered")).to_be_visible()
    other = begun(somebody(), page.url)
    expect(other.get_by_text("0 of 12 answered")).to_be_visible()
    expect(other.get_by_label("Company", exact=True)).to_have_value("")
    expect(other.get_by_text("Begun before")).to_have_count(0)
    page.get_by_role("button", name="Empty this page").click()
    expect(page.get_by_text("Thrown away: Harbour Foods.")).to_be_visible()
    page.get_by_text("Consumers", exact=True).click()
    expect(page.get_by_text("0 of 12 answered")).to_be_visible()
    expect(page.get_by_label("Company", exact=True)).to_have_value("")


def test_a_name_and_its_place_outlive_a_reload_and_nobody_else_gets_them(
    somebody: Somebody, server: Server
) -> None:
    context = somebody()
    page = context.new_page()
    page.goto(server.address)
    name = page.get_by_label("Your name, as it shall stand beside your changes")
    name.fill("Anna O'Neil; 東京")
    name.press("Tab")
    page.get_by_role("link", name="Answer", exact=True).first.click()
    expect(page.locator("svg.marks")).to_have_count(2, timeout=60_000)
    edit(page, "20")
    kept_as(page, 2)
    address = page.url
    page.goto(server.address)
    expect(name).to_have_value("Anna O'Neil; 東京", timeout=60_000)
    expect(page.get_by_text("You were last in")).to_be_visible()
    page.get_by_role("button", name="Go on there").click()
    expect(page.get_by_text("17.2% → 20%")).to_be_visible(timeout=60_000)
    other = answer(somebody(), address)
    kept_as(other, 2)
    expect(other.get_by_text("17.2% → 20%")).to_have_count(0)
    other.goto(server.address)
    expect(other.get_by_label("Your name, as it shall stand beside your changes")).to_have_value(
        "", timeout=60_000
    )
    expect(other.get_by_text("You were last in")).to_have_count(0)
    with Store(server.url) as store:
        assert store.versions(id_of(page))[0].author == "Anna O'Neil; 東京"


def both_edit(one: Page, two: Page, rate: str, win: str) -> None:
    """The first edits what the second has not seen yet, and the second edits something else."""
    one.reload()
    expect(field(one)).to_be_enabled(timeout=60_000)
    edit(one, rate, RATE_FIELD)
    expect(one.get_by_text("kept as number")).to_contain_text("just now")
    edit(two, win)
    expect(two.get_by_text("somebody saved version")).to_be_visible()


def test_of_two_people_in_one_case_nobody_loses_whatever_is_chosen(
    somebody: Somebody, server: Server
) -> None:
    one = answer(somebody(), f"{server.address}/answer")
    edit(one, "20")
    kept_as(one, 2)
    two = answer(somebody(), one.url)
    kept_as(two, 2)
    for way, rate, win, left in (
        ("Both together", "15", "22", ("22", "15")),
        ("Keep mine", "14", "23", ("23", "15")),
        ("Take theirs", "13", "24", ("23", "13")),
    ):
        both_edit(one, two, rate, win)
        if way == "Both together":
            two.reload()
            expect(field(two)).to_have_value(f"{win}%", timeout=60_000)
        two.get_by_role("button", name=way).click()
        expect(two.get_by_text("somebody saved version")).to_have_count(0)
        expect(field(two)).to_have_value(f"{left[0]}%")
        expect(field(two, RATE_FIELD)).to_have_value(f"{left[1]}%")
    two.goto(two.url.replace("/answer", "/versions"))
    expect(two.get_by_text("not chosen, kept beside")).to_have_count(3, timeout=60_000)
    with Store(server.url) as store:
        saved = store.versions(id_of(two))
        cases = [store.read(each.case_id, each.number).case for each in saved]
    values = {(value_at(case, WIN_RATE), value_at(case, RATE)) for case in cases}
    assert values >= {
        (0.2, 0.15),
        (0.22, 0.11),
        (0.22, 0.15),
        (0.22, 0.14),
        (0.23, 0.15),
        (0.23, 0.13),
        (0.24, 0.15),
    }
    assert sorted(each.state for each in saved if each.state != "kept") == ["settled"] * 3


def test_an_edit_while_the_line_is_cut_is_impossible_or_arrives(somebody: Somebody, server: Server) -> None:
    context = somebody()
    page = answer(context, f"{server.address}/answer")
    edit(page, "20")
    kept_as(page, 2)
    context.set_offline(True)
    try:
        field(page).fill("30", timeout=2_000)
        field(page).press("Tab", timeout=2_000)
    finally:
        context.set_offline(False)
    expect(field(page)).to_be_enabled(timeout=60_000)
    expect(field(page)).to_have_value(re.compile("%$"))
    shown = float(field(page).input_value().removesuffix("%")) / 100
    page.reload()
    expect(field(page)).to_have_value(f"{shown * 100:g}%", timeout=60_000)
    edit(page, "31")
    expect(page.get_by_text("17.2% → 31%")).to_be_visible()
    with Store(server.url) as store:
        assert value_at(store.read(id_of(page)).case, WIN_RATE) == 0.31
        assert {each.state for each in store.versions(id_of(page))} == {"kept"}


def test_killed_at_any_time_only_the_last_keystroke_is_at_stake(somebody: Somebody, server: Server) -> None:
    dice = random.Random(11)
    page = answer(somebody(), f"{server.address}/answer")
    edit(page, "20")
    kept_as(page, 2)
    shown = 20
    for turn in range(2):
        for value in range(21 + 2 * turn, 23 + 2 * turn):
            edit(page, str(value))
            expect(page.get_by_text(f"17.2% → {value}%")).to_be_visible()
            shown = value
        edit(page, "30")
        time.sleep(dice.uniform(0.0, 0.4))
        server.kill()
        with Store(server.url) as store:
            assert value_at(store.read(id_of(page)).case, WIN_RATE) in (shown / 100, 0.3)
            assert verify(server.url).problems == ()
        server.start()
        page.reload()
        expect(field(page)).to_have_value(re.compile(rf"^({shown}|30)%$"), timeout=60_000)


def hostile(case: Case) -> Case:
    """The case with words everywhere that would fetch a picture or open a link, were they read as more than words."""
    data = json.loads(dump(case, "json"))
    data["title"] = data["company"]["name"] = HOSTILE
    for group in ("initiatives", "problems", "stakeholders"):
        for place, each in enumerate(data[group]):
            each |= {key: f"{HOSTILE} {place}" for key in ("name", "role", "title", "what") if key in each}
    data["review"] = {
        "open_points": [{"what": HOSTILE, "owner": HOSTILE}],
        "kept": [{"name": HOSTILE, "by": HOSTILE, "doubts": [{"kind": "costs", "amount": 1.2}]}],
    }
    return loads(json.dumps(data), "hostile")


def test_words_meant_to_do_harm_ask_nobody_on_any_page(somebody: Somebody, server: Server) -> None:
    with Store(server.url) as store:
        first = store.create(hostile(files.example(files.FIRST)), author=HOSTILE, comment=HOSTILE)
        store.snapshot(first.case_id, 1, HOSTILE, author=HOSTILE)
    context, asked, broken = somebody(), [], []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: broken.append(str(error)))
    for name in ("", "people", "what", "numbers", "answer", "pitch", "review", "certainty", "versions"):
        page.goto(f"{server.address}/{name}?case={first.case_id}")
        expect(page.get_by_text("kept as number 1")).to_be_visible(timeout=60_000)
        expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
        assert page.get_by_test_id("stException").count() == 0
        assert page.locator(f"img[src*='{LURE}'], a[href*='{LURE}']").count() == 0, name
    ours = (server.address, server.address.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(ours)] == []
    assert broken == []
