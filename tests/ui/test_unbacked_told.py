"""How many numbers nobody stands behind: the same on every page, sheet and slide; parts say so and add up."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from casebuilder import build, workbook
from casebuilder.analysis.unbacked import of_investment, unbacked
from casebuilder.case import Case, library, load
from casebuilder.case.edits import with_inputs
from casebuilder.case.investing import from_library
from casebuilder.pitch.numbers import SPACE
from casebuilder.pitch.view import stamp_of
from casebuilder.ui.state import Desk
from tests.analysis.test_lacking import begun
from tests.case.test_totals import KNOWN
from tests.house.repository import ROOT
from tests.ui import driver
from tests.ui.driver import FIRST
from tests.ui.test_what import INVESTMENTS, in_order, look_at, open_one

NEW = "twelve totals"
CASES = [*sorted(path.stem for path in (ROOT / "examples").glob("*.yaml")), NEW]


@lru_cache
def case_of(name: str) -> Case:
    """An example, or a new case with two investments of the library, one of them switched off."""
    if name != NEW:
        return load(ROOT / f"examples/{name}.yaml")
    return with_one_more_off(begun("lost_sale_analysis", **KNOWN))


def with_one_more_off(case: Case) -> Case:
    """The case with another investment of the library, which is switched off."""
    found = from_library(case, "agent_assist")
    return with_inputs(found, {f"initiatives[{found.initiatives[-1].id}].enabled": False})


def looked_at(case: Case, page: str) -> tuple[AppTest, str]:
    """A page of the app with the case on the desk, and everything it says."""
    app = driver.start()
    app.session_state["desks"][FIRST] = Desk(FIRST, case, case, file=case)
    driver.go(app, page)
    return app, driver.texts(app).replace(SPACE, " ").replace("\\", "")


def told(pattern: str, text: str) -> int:
    """The number in a sentence; 0 where it is not said."""
    found = re.search(pattern, text)
    return int(found[1].replace(",", "")) if found else 0


def starting(text: str) -> int:
    return (
        1
        if "one starting value to replace" in text.casefold()
        else told(r"(\d+) starting values to replace", text)
    )


@lru_cache
def book(name: str) -> tuple[bytes, Any]:
    results = build.evaluate(case_of(name))
    raw = workbook.render(results, stamp_of(results.case), ())
    return raw, openpyxl.load_workbook(io.BytesIO(raw), data_only=True)


def cells(name: str, sheet: str) -> dict[str, float]:
    """The number in the third column beside each label."""
    rows = book(name)[1][sheet].iter_rows(max_col=3, values_only=True)
    found: dict[str, float] = {}
    for label, _, value in rows:
        if isinstance(label, str) and isinstance(value, int | float):
            found.setdefault(label, float(value))
    return found


@pytest.mark.parametrize("name", CASES)
def test_every_sheet_of_the_workbook_counts_the_same(name: str) -> None:
    words, found = library.words().statuses, unbacked(case_of(name))
    every = {"default": len(found.starting), "not_stated": len(found.not_stated)}
    for sheet in ("Cover", "Evidence"):
        assert {status: cells(name, sheet)[words[status]] for status in every} == every, sheet
    assert cells(name, "Checks")["Starting values that nobody has replaced"] == every["default"]
    fill = "FF" + library.look()["default_fill"].removeprefix("#")
    inputs = book(name)[1]["Inputs"].iter_rows(min_row=6, min_col=3)
    amber = [
        cell for row in inputs for cell in row if cell.value is not None and cell.fill.fgColor.rgb == fill
    ]
    assert len(amber) == every["default"]
    changes = book(name)[1]["Changes"].iter_rows(min_col=4, max_col=4, values_only=True)
    assert sum(said == words["default"] for (said,) in changes) == every["default"]


def test_a_new_case_keeps_the_rule_that_starting_values_are_flagged_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    path.write_bytes(book(NEW)[0])
    assert [each for each in build.review(path).violations if each.rule == "W7"] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_pages_and_deck_count_the_same(name: str) -> None:
    case = case_of(name)
    found = unbacked(case)
    _, answer = looked_at(case, "answer")
    silent = told(r"(\d+) more numbers? (?:is|are) not stated by anybody", answer)
    assert (starting(answer), silent) == (len(found.starting), len(found.not_stated))
    _, said = looked_at(case, "numbers")
    here = told(r"Nobody stands behind it yet: (\d+)", said)
    ours, own = (told(p, said) for p in (r"(\d+) of investments, on", r"(\d+) of the case's own lines"))
    assert here + ours + own == told(r"(\d+) in the whole case", said) == len(found.every)
    assert ours == sum(path.startswith("initiatives[") for path in found.every)
    slides = Presentation(io.BytesIO(build.deck_file(build.evaluate(case), build.FINANCE))).slides
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    counts = {
        starting(text.replace(SPACE, " ")) for text in texts if "hurdle rate" in text and "Case file" in text
    }
    assert counts == {len(found.starting)}


def test_what_an_investment_costs_tells_its_part() -> None:
    """Of one that is on, what the page What says of it and what stands elsewhere are the whole."""
    case = with_one_more_off(from_library(driver.first(), "knowledge_base"))
    on, off = case.initiatives[-2:]
    assert (on.enabled, off.enabled) == (True, False)
    begun_ = {path for path, said in case.inputs.items() if said.status == "default"}
    parts = {each.id: len(begun_.intersection(of_investment(case, each))) for each in (on, off)}
    app = look_at(looked_at(case, "what")[0], INVESTMENTS)
    for each in reversed([one for one in in_order(case) if one.id in parts]):
        open_one(app, each.id)
        assert any(f"all {parts[each.id]} starting values of this one" in b.label for b in app.button), (
            each.id
        )
    elsewhere = [path for path in unbacked(case).starting if not path.startswith("initiatives[")]
    assert len(elsewhere) + parts[on.id] == len(unbacked(case).starting)
