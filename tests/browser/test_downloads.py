"""The race for a stale file in a real browser: whatever is clicked when, no file says another version than it is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Download, Page, expect
from pptx import Presentation

from casebuilder.case.edits import with_inputs
from casebuilder.ui import files
from tests.browser.test_journey import until

pytestmark = [pytest.mark.judge, pytest.mark.browser, pytest.mark.slow]

WIN_RATE = "segments[Enterprise].win_rate"
FIELD = "Win rate, Enterprise, %"
#: Where the app shows which version it has; only there, so that no file's name is mistaken for it.
STAMP = re.compile(r"of version ([0-9a-f]{12})")


def version(value: float) -> str:
    """The stamp of the example with this win rate, in per cent."""
    return with_inputs(files.example(files.FIRST), {WIN_RATE: value / 100}).fingerprint


def to(tab: Page, name: str) -> None:
    """The page of this name, at the first click, also where that ends typing."""
    shown = {"Pitch": tab.locator(".st-key-files"), "Answer": tab.get_by_role("textbox", name=FIELD)}[name]
    tab.get_by_role("link", name=name, exact=True).click()
    expect(shown).to_be_visible(timeout=20_000)
    tab.wait_for_timeout(1_500)  # a rerun of the page that was left could still bring it back
    expect(shown).to_be_visible()


def on_screen(tab: Page) -> str:
    """The version that the box of files says it is of."""
    box = tab.locator(".st-key-files")
    expect(box).to_contain_text("of version")
    found = STAMP.search(str(box.inner_text()))
    assert found is not None
    return found[1]


def inside(path: Path) -> set[str]:
    """Every version stamp in a deck or a workbook."""
    if path.suffix == ".pptx":
        slides = Presentation(str(path)).slides
        said = " ".join(s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame)
    else:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
            said = book.read("docProps/core.xml").decode()
    return set(re.findall(r"Version ([0-9a-f]{12})", said))


def taken(download: Download, folder: Path) -> tuple[str, set[str]]:
    """A file's stamp by its name, and the stamps inside it."""
    path = folder / download.suggested_filename
    download.save_as(path)
    named = re.search(r"-([0-9a-f]{12})\.", path.name)
    assert named is not None, path.name
    return named[1], inside(path)


def get(tab: Page, label: str, folder: Path) -> tuple[str, set[str]]:
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name=label).first.click()
    return taken(waiting.value, folder)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page Answer of the example that the app opens with, painted to its end, so that nothing moves any more."""
    tab = browser.new_page(viewport={"width": 1280, "height": 1200})
    tab.set_default_timeout(60_000)
    tab.goto(f"{address}/answer")
    expect(tab.get_by_role("textbox", name=FIELD)).to_be_visible(timeout=60_000)
    expect(tab.locator("svg.marks")).to_have_count(2, timeout=60_000)
    expect(tab.get_by_text("checks hold")).to_be_visible(timeout=60_000)
    yield tab
    tab.close()


@pytest.fixture
def built(page: Page) -> Iterator[Page]:
    """The page Pitch with the files of the example as it opens."""
    to(page, "Pitch")
    page.get_by_role("button", name="Build the files").click()
    expect(page.get_by_role("button", name="Workbook")).to_be_visible(timeout=60_000)
    yield page


def test_typing_and_leaving_without_a_tab_loses_nothing_and_hands_out_nothing_old(
    built: Page, tmp_path: Path
) -> None:
    """What is still being typed when the page is left is in the case, and the files from before are gone."""
    old = on_screen(built)
    to(built, "Answer")
    field = built.get_by_role("textbox", name=FIELD)
    expect(field).to_have_value("17.2%", timeout=20_000)
    field.click()
    field.fill("21.5")
    to(built, "Pitch")
    expect(built.locator(".st-key-files")).to_contain_text(version(21.5), timeout=20_000)
    expect(built.get_by_role("button", name="Workbook")).to_have_count(0)
    built.get_by_role("button", name="Build the files").click()
    for label in ("Workbook", "Deck for the"):
        assert get(built, label, tmp_path) == (version(21.5), {version(21.5)})
    assert version(21.5) != old


def test_a_click_while_the_case_changes_gets_a_file_of_what_it_says_it_is(
    built: Page, tmp_path: Path
) -> None:
    """Undo and download at once, again and again, on a slowed-down browser: name and content never differ, and the
    button of an old file is gone as soon as the new version is on screen."""
    to(built, "Answer")
    field = built.get_by_role("textbox", name=FIELD)
    field.fill("22")
    field.press("Tab")
    expect(built.get_by_text(version(22)).first).to_be_visible()
    to(built, "Pitch")
    built.get_by_role("button", name="Build the files").click()
    expect(built.get_by_role("button", name="Workbook")).to_be_visible(timeout=60_000)
    slow = built.context.new_cdp_session(built)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    got: list[Any] = []
    built.on("download", lambda download: got.append(download))  # noqa: PLW0108
    for step in ("Undo", "Redo", "Undo"):
        built.get_by_role("button", name=step, exact=False).first.click()
        for _ in range(6):
            clicked(built)
        expect(built.locator(".st-key-files")).to_contain_text(
            version(22) if step == "Redo" else first(), timeout=30_000
        )
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    for download in got:
        named, said = taken(download, tmp_path)
        assert said == {named}
        assert named in (version(22), first())
    until(lambda: not built.get_by_role("button", name="Workbook").count(), 20)
    assert on_screen(built) == first()


def first() -> str:
    return files.example(files.FIRST).fingerprint


def clicked(tab: Page) -> None:
    """One click on the workbook's button where there is one; the screen beside it must say the version of its file.

    Stamp and name are read in one breath, as a person sees them, in the browser itself.
    """
    seen = tab.evaluate(
        """() => {
          const box = document.querySelector('.st-key-files');
          const buttons = [...document.querySelectorAll('.st-key-files button')];
          const button = buttons.find(b => b.innerText.includes('Workbook'));
          const names = box ? [...box.innerText.matchAll(/-([0-9a-f]{12})\\./g)].map(m => m[1]) : [];
          const stamp = box ? (box.innerText.match(/of version ([0-9a-f]{12})/) || [])[1] : null;
          if (button) button.click();
          return {stamp, names: button ? names : []};
        }"""
    )
    assert set(seen["names"]) <= {seen["stamp"]}, seen


def test_a_second_tab_has_its_own_case(built: Page, address: str, tmp_path: Path) -> None:
    """Another tab that changes the example does not touch what this one hands out."""
    browser = built.context.browser
    assert browser is not None
    other = browser.new_page(viewport={"width": 1280, "height": 900})
    other.goto(f"{address}/answer")
    field = other.get_by_role("textbox", name=FIELD)
    field.fill("23")
    field.press("Tab")
    expect(other.get_by_text(version(23)).first).to_be_visible()
    to(other, "Pitch")
    other.get_by_role("button", name="Build the files").click()
    expect(other.get_by_role("button", name="Workbook")).to_be_visible(timeout=60_000)
    assert get(built, "Workbook", tmp_path) == (first(), {first()})
    assert get(other, "Workbook", tmp_path) == (version(23), {version(23)})


def test_a_number_opens_where_it_comes_from(page: Page) -> None:
    """From the return to what it is made of and one level deeper, and back."""
    page.get_by_role("button", name="Where from?").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("sum over time of")
    expect(dialog).to_contain_text("Calc selected")
    dialog.get_by_role("button", name="Net cash flow").click()
    expect(dialog).to_contain_text("[Counted return] - [Costs] - [Tax]")
    dialog.get_by_role("button", name="Costs").click()
    expect(dialog).to_contain_text("Cost of all investments")
    dialog.get_by_role("button", name="Back").click()
    expect(dialog).to_contain_text("[Counted return] - [Costs] - [Tax]")
