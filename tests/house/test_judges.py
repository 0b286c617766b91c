"""The judges themselves: LibreOffice truly recalculates, and neither failure nor absence passes for agreement."""

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from pptx import Presentation

from tests import judges

POISON = 999.0


@pytest.fixture
def poisoned(tmp_path: Path) -> Path:
    """A workbook whose formula cells hold a wrong cached value: 2 + 3 "is" 999, and so is the rest."""
    path = tmp_path / "poisoned.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Calc")
        sheet.write_number("A1", 2)
        sheet.write_number("A2", 3)
        sheet.write_formula("A3", "=A1+A2", None, POISON)
        sheet.write_formula("A4", "=A3*10", None, POISON)
        sheet.write_formula("A5", "=IRR(A6:A7)", None, POISON)
        sheet.write_number("A6", -100)
        sheet.write_number("A7", 121)
    return path


def values(path: Path) -> list[object]:
    """The cached values of the formula cells A3 to A5."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Calc"]
    return [sheet[cell].value for cell in ("A3", "A4", "A5")]


@pytest.mark.judge
def test_libreoffice_recalculates_a_poisoned_cache(soffice: str, poisoned: Path, tmp_path: Path) -> None:
    assert values(poisoned) == [POISON, POISON, POISON]
    back = judges.libreoffice_recalculate(poisoned, tmp_path / "out")
    assert values(back) == [5, 50, pytest.approx(0.21)]
    assert openpyxl.load_workbook(back)["Calc"]["A3"].value == "=A1+A2", "still a formula"


@pytest.mark.judge
def test_libreoffice_never_overwrites_the_file_it_judges(soffice: str, poisoned: Path) -> None:
    with pytest.raises(ValueError, match="overwritten"):
        judges.libreoffice_recalculate(poisoned, poisoned.parent)


@pytest.mark.judge
def test_an_output_that_was_not_written_is_a_failure(soffice: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "gone.xlsx").write_bytes(b"left from an earlier run")
    with pytest.raises(judges.JudgeFailed):
        judges.libreoffice_recalculate(tmp_path / "gone.xlsx", out)
    assert not (out / "gone.xlsx").exists()


@pytest.mark.judge
def test_a_deck_becomes_one_picture_per_slide(soffice: str, pdftoppm: str, tmp_path: Path) -> None:
    deck = Presentation()
    for _ in range(11):
        deck.slides.add_slide(deck.slide_layouts[0])
    path = tmp_path / "deck.pptx"
    deck.save(str(path))
    pages = judges.render_pages(judges.to_pdf(path), resolution=20)
    assert [page.name for page in pages] == [f"deck-page-{number:02d}.png" for number in range(1, 12)]


@pytest.mark.judge
def test_chromium_answers(chromium: str) -> None:
    assert "Chrom" in subprocess.check_output([chromium, "--version"], text=True, timeout=60)


def test_a_judge_that_hangs_is_stopped() -> None:
    with pytest.raises(judges.JudgeFailed, match="more than"):
        judges.run([sys.executable, "-c", "import time; time.sleep(60)"], timeout=0.5)


def test_a_missing_judge_skips_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEBUILDER_JUDGES", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.skip.Exception, match=r"LibreOffice .* is not on this machine; `make judges`"):
        judges.soffice()


def test_a_missing_judge_fails_where_judges_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBUILDER_JUDGES", "required")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.fail.Exception, match="LibreOffice"):
        judges.soffice()
    with pytest.raises(pytest.fail.Exception, match="poppler"):
        judges.pdftoppm()
