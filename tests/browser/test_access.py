"""Every page for everybody: judged by axe-core, as wide as a tablet or a wall, by keyboard alone, and on paper."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.judge, pytest.mark.browser, pytest.mark.slow]

PAGES = (
    "",
    "people",
    "what",
    "numbers",
    "answer",
    "pitch",
    "review",
    "certainty",
    "returned",
    "versions",
    "new",
)
SIZES = {820: 1180, 1280: 900, 1920: 1080}
GRAVE = ("serious", "critical")
#: What a page has to say before it is judged, where its heading comes long before its end.
LAST = {
    "answer": "checks hold",
    "certainty": "To be confirmed",
    "pitch": "Refresh a deck",
    "new": "What follows",
}


def painted(browser: Browser, address: str, name: str, width: int = 1280) -> Page:
    """A page at rest, at a width; the tablet's is touched."""
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]}, has_touch=width == 820)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/{name}")
    expect(page.get_by_test_id("stMain").get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    if name in LAST:
        expect(page.get_by_text(LAST[name]).first).to_be_attached(timeout=60_000)
    at_rest(page)
    return page


def at_rest(page: Page) -> None:
    """Wait until nothing of the page is on its way any more."""
    page.wait_for_load_state("networkidle")
    expect(
        page.locator("[data-test-script-state=running], [data-stale=true], [data-testid=stSkeleton]")
    ).to_have_count(0, timeout=60_000)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_keeps_anybody_out(browser: Browser, address: str, name: str) -> None:
    page = painted(browser, address, name)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    found = Axe().run(page).response["violations"]
    grave = [
        (each["id"], node["html"][:200])
        for each in found
        for node in each["nodes"]
        if each["impact"] in GRAVE or each["id"] == "heading-order"
    ]
    assert grave == []
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        main = "const main = document.querySelector('[data-testid=stMain]');"
        page.wait_for_function(
            f"() => {{ {main} return main.scrollWidth <= main.clientWidth }}", timeout=5_000
        )
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
    page.context.close()


def test_axe_would_have_found_it(browser: Browser, address: str) -> None:
    """The judge is awake: a picture without words and letters too pale are found on a page of ours."""
    page = painted(browser, address, "returned")
    page.evaluate(
        """document.querySelector('[data-testid=stMain] h1').insertAdjacentHTML('afterend',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p style="color:#ccc;background:#fff">pale</p>')"""
    )
    found = {each["id"] for each in Axe().run(page).response["violations"] if each["impact"] in GRAVE}
    assert found == {"image-alt", "color-contrast"}
    page.context.close()


@pytest.mark.parametrize("name", ["answer", "review"])
def test_no_number_is_cut_on_a_tablet(browser: Browser, address: str, name: str) -> None:
    page = painted(browser, address, name, 820)
    values = page.get_by_test_id("stMetricValue")
    assert values.count() >= 4
    cut = "nodes => nodes.filter(n => [n, ...n.querySelectorAll('*')].some(e => e.scrollWidth > e.clientWidth + 1))"
    assert values.evaluate_all(f"nodes => ({cut})(nodes).map(n => n.innerText)") == []
    page.context.close()


def test_undo_and_redo_stand_in_one_line_beside_the_open_side_bar(browser: Browser, address: str) -> None:
    for width in SIZES:
        page = painted(browser, address, "answer", width)
        boxes = [page.locator(f".st-key-shell-{step} button").bounding_box() for step in ("undo", "redo")]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[0]["y"] == pytest.approx(boxes[1]["y"], abs=1)
        page.context.close()


def test_tab_reaches_every_control_of_the_answer_in_the_order_it_is_read(
    browser: Browser, address: str
) -> None:
    page = painted(browser, address, "answer")
    wanted = page.evaluate(
        """[...document.querySelectorAll('[data-testid=stMain] button, [data-testid=stMain] input')]
        .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility()).map((e, i) => e.dataset.walk = i).length"""
    )
    reached: list[int] = []
    for _ in range(150):
        page.keyboard.press("Tab")
        place = page.evaluate("document.activeElement.dataset.walk ?? null")
        if place is not None:
            if int(place) in reached:
                break
            reached.append(int(place))
    assert wanted > 8
    assert reached == sorted(reached)
    assert (
        len(reached) >= wanted - 4
    )  # of a group of choices one button takes the focus; arrows reach the others
    page.context.close()


#: Every control in the order it is written, with how it and what holds it are drawn while it has no focus.
MARKED = """() => {
  const drawn = e => { let said = ''; for (let n = 0; e && n < 5; n++, e = e.parentElement) {
    const s = getComputedStyle(e); said += [s.outlineStyle, s.outlineColor, s.boxShadow, s.borderColor] + '|' }
    return said };
  const seen = e => { let rest = 1; for (; e; e = e.parentElement) rest *= getComputedStyle(e).opacity; return rest };
  const all = [...document.querySelectorAll('button, input, textarea, a[href], summary, [tabindex]')]
    .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility() && e.tagName != 'MAIN');
  const before = all.map(drawn);
  all.forEach((e, place) => e.dataset.walk = place);
  window.here = () => { document.getAnimations().forEach(each => each instanceof CSSTransition && each.finish());
    const e = document.activeElement, place = e.dataset.walk ?? e.tagName;
    return [place, place in before && drawn(e) !== before[place] && seen(e) > 0.5,
      (e.ariaLabel || e.innerText || '').slice(0, 60)] };
  const top = document.createElement('span'); top.tabIndex = -1; document.body.prepend(top); top.focus();
  return all.map(e => e.closest('[data-testid=stButtonGroup]') !== null) }"""


@pytest.mark.parametrize("name", ["what", "pitch"])
def test_tab_goes_through_a_page_as_it_is_read_and_shows_where_it_is(
    browser: Browser, address: str, name: str
) -> None:
    page = painted(browser, address, name)
    if name == "what":
        page.get_by_text("Investments (").click()
        page.get_by_role("button", name="Open", exact=True).nth(4).click()
        expect(page.get_by_role("button", name="Another cost")).to_be_visible()
        at_rest(page)
    one_of_several = page.evaluate(MARKED)
    reached, unseen = [], []
    for _ in range(len(one_of_several) + 2):
        page.keyboard.press("Tab")
        place, shown, words = page.evaluate("here()")
        if place == "BODY":
            break
        if place == "MAIN":
            continue
        reached.append(int(place))
        unseen += [] if shown else [words]
    else:
        pytest.fail("the last control is a trap")
    assert reached == sorted(set(reached))
    left = [place for place in range(len(one_of_several)) if place not in reached]
    assert [place for place in left if not one_of_several[place]] == [], "of a group arrows reach the others"
    assert unseen == []
    page.context.close()


def test_keys_take_a_change_back_and_make_it_again(browser: Browser, address: str) -> None:
    page = painted(browser, address, "answer")
    value = page.get_by_test_id("stMetricValue").first
    before = value.inner_text()
    field = page.get_by_test_id("stSidebar").get_by_test_id("stTextInput").first.get_by_role("textbox")
    field.fill("25")
    field.press("Enter")
    expect(value).not_to_have_text(before)
    after = value.inner_text()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("Control+z")
    expect(value).to_have_text(before)
    page.keyboard.press("Control+Shift+Z")
    expect(value).to_have_text(after)
    page.context.close()


@pytest.mark.parametrize("name", ["answer", "certainty", "review"])
def test_paper_shows_what_is_said_and_nothing_to_press(
    browser: Browser, address: str, name: str, tmp_path: Path
) -> None:
    page = painted(browser, address, name)
    page.emulate_media(media="print")
    for hidden in ("stSidebar", "stHeader", "stFileUploader"):
        for part in page.get_by_test_id(hidden).all():
            expect(part).to_be_hidden()
    expect(page.locator(".st-key-shell-undo button")).to_be_hidden()
    title = page.get_by_role("heading", level=1)
    assert title.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    said = subprocess.run(
        ["pdftotext", "-raw", str(tmp_path / "page.pdf"), "-"],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    ).stdout
    assert "".join(title.inner_text().split()) in "".join(said.split())
    page.context.close()
