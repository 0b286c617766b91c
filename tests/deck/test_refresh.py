"""An edited deck follows its case: what is ours is what a fresh deck says, what is theirs is untouched."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from casebuilder.case import CaseError, library
from casebuilder.deck import render
from casebuilder.deck.refresh import Edited, lines
from tests import judges
from tests.deck.edited_decks import (
    AFTER,
    BEFORE,
    deck,
    drop,
    duplicate,
    forget,
    later,
    refreshed,
    said,
    saved,
    shape,
    slide_of,
    tree,
    turned,
)
from tests.deck.evidence import contents
from tests.deck.samples import pitch

TITLE = "decision/title"
YOURS = "My own words: USD 0.73 M is worth it"


def test_everything_of_ours_says_what_a_fresh_deck_says() -> None:
    found, fresh = said(refreshed(deck()).content), said(render(AFTER))
    assert found == fresh
    assert found != said(render(BEFORE))


def test_other_kinds_of_exhibits_follow_too() -> None:
    for exhibit in contents():
        before = replace(BEFORE, exhibits=(exhibit,))
        after = later(before)
        assert said(refreshed(deck(before), after).content) == said(render(after))


def test_a_deck_of_the_case_as_it_is_stays_as_it_is() -> None:
    done = refreshed(deck(), BEFORE)
    assert not done.findings
    assert "nothing changed" in "\n".join(lines(done))
    edited, again = deck(), Presentation(io.BytesIO(done.content))
    for slide, other in zip(edited.slides, again.slides, strict=True):
        assert tree(slide._element) == tree(other._element)


def test_a_second_refresh_changes_nothing_and_a_third_still_knows_what_is_ours() -> None:
    once = refreshed(deck()).content
    assert not refreshed(once).findings
    assert said(refreshed(once, BEFORE).content) == said(render(BEFORE))


def test_formats_and_places_of_the_user_stay() -> None:
    edited = deck()
    title, figure = shape(edited, TITLE), shape(edited, "decision/figure risk_adjusted/npv")
    title.left, title.top, title.width, title.height = (Inches(each) for each in (1, 2, 8, 1))
    run = title.text_frame.paragraphs[0].runs[0]
    run.font.name, run.font.italic, run.font.size = "Georgia", True, Pt(19)
    figure.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(1, 2, 3)
    again = Presentation(io.BytesIO(refreshed(edited).content))
    title, figure = shape(again, TITLE), shape(again, "decision/figure risk_adjusted/npv")
    run = title.text_frame.paragraphs[0].runs[0]
    assert (title.left, title.width) == (Inches(1), Inches(8))
    assert (run.font.name, run.font.italic, run.font.size) == ("Georgia", True, Pt(19))
    assert title.text_frame.text == said(render(AFTER))["decision/1/title"]
    assert figure.text_frame.paragraphs[0].runs[0].font.color.rgb == RGBColor(1, 2, 3)
    assert figure.text_frame.text == said(render(AFTER))["decision/1/figure risk_adjusted/npv"]


def test_a_word_made_bold_keeps_its_look_and_a_line_break_its_place() -> None:
    before = pitch(replace(BEFORE.exhibits[1], title="It pays EUR\u00a0948\u00a0K in total, in 3 years"))
    after = later(
        before,
        exhibits=(replace(before.exhibits[0], title="It pays EUR\u00a0730\u00a0K in total, in 4 years"),),
    )
    edited = deck(before)
    paragraph = shape(edited, TITLE).text_frame.paragraphs[0]
    paragraph.runs[0].text = "It pays "
    number = paragraph.add_run()
    number.text, number.font.underline = "EUR\u00a0948\u00a0K", True
    paragraph.add_line_break()
    paragraph.add_run().text = "in total, in 3 years"
    again = Presentation(io.BytesIO(refreshed(edited, after).content))
    paragraph = shape(again, TITLE).text_frame.paragraphs[0]
    assert [run.text for run in paragraph.runs] == ["It pays ", "EUR\u00a0730\u00a0K", "in total, in 4 years"]
    assert [bool(run.font.underline) for run in paragraph.runs] == [False, True, False]
    assert "\v" in paragraph.text


def test_what_the_user_added_is_untouched() -> None:
    edited = deck()
    own = edited.slides.add_slide(edited.slide_layouts[1])
    own.shapes.add_textbox(0, 0, Inches(3), Inches(1)).text_frame.text = "EUR 948 K is mine"
    picture = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(picture, "png")
    home = slide_of(edited, "kpi")
    added = (home.shapes.add_picture(picture, 0, 0), home.shapes.add_textbox(0, 0, 99, 99))
    ids = edited.slides._sldIdLst
    ids.insert(0, ids[-1])
    before = [tree(each._element) for each in (own, *added)]
    content = refreshed(edited).content
    again = Presentation(io.BytesIO(content))
    home = slide_of(again, "kpi")
    theirs = [each for each in home.shapes if not each.name.startswith("kpi/")]
    assert [tree(each._element) for each in (again.slides[0], *theirs)] == before
    assert [each.image.blob for each in theirs if hasattr(each, "image")] == [picture.getvalue()]
    assert said(content) == said(render(AFTER))


def test_slides_taken_out_stay_out_and_doubled_ones_follow_twice() -> None:
    edited = deck()
    twin = duplicate(edited, slide_of(edited, "scenarios"))
    drop(edited, slide_of(edited, "kpi"))
    done = refreshed(edited)
    again = Presentation(io.BytesIO(done.content))
    assert not [each for each in said(done.content) if each.startswith("kpi/")]
    assert len(again.slides) == len(edited.slides)
    fresh = said(render(AFTER))
    tables = [s.table for slide in again.slides for s in slide.shapes if s.name == "scenarios/table"]
    assert len(tables) == 2
    for table in tables:
        assert [[cell.text for cell in row.cells] for row in table.rows] == fresh["scenarios/1/table"][0]
    assert twin.slide_id in {slide.slide_id for slide in again.slides}
    assert not done.only("added", "yours", "gone")


def test_a_new_exhibit_is_told_and_one_that_went_keeps_its_old_stamp() -> None:
    before, after = (
        replace(BEFORE, exhibits=BEFORE.exhibits[:-1]),
        replace(AFTER, exhibits=AFTER.exhibits[1:]),
    )
    done = refreshed(deck(before), after)
    assert [(each.exhibit, each.piece) for each in done.only("added")] == [
        ("Assumptions", "slide"),
        ("Assumptions (2)", "slide"),
    ]
    assert [(each.slide, each.exhibit) for each in done.only("gone")] == [(1, "Cover")]
    assert said(done.content)["cover/1/stamp"] == BEFORE.stamp.line
    assert said(done.content)["decision/1/stamp"] == AFTER.stamp.line


def test_a_text_changed_by_hand_is_left_alone_and_told() -> None:
    edited = deck()
    shape(edited, TITLE).text_frame.text = YOURS
    shape(edited, "kpi/takeaways").text_frame.paragraphs[0].runs[0].text = "I say: "
    slide_of(edited, "decision").notes_slide.notes_text_frame.text = "Ask Ann first"
    done = refreshed(edited)
    found, fresh = said(done.content), said(render(AFTER))
    assert found["decision/1/title"] == YOURS
    assert found["kpi/1/takeaways"].startswith("I say: ")
    assert found["decision/1/notes"] == "Ask Ann first"
    told = {(each.exhibit, each.piece): each for each in done.only("yours")}
    assert set(told) == {("Decision", "title"), ("Kpi", "takeaways"), ("Decision", "notes")}
    text = "\n".join(lines(done))
    assert f"“{YOURS}”; ours would be “{fresh['decision/1/title']}”; only in yours: USD 0.73 M" in text
    kept = {"decision/1/title", "kpi/1/takeaways", "decision/1/notes"}
    assert {each for each in fresh if found[each] != fresh[each]} == kept
    assert [each.piece for each in refreshed(done.content, BEFORE).only("yours")] == [
        "title",
        "notes",
        "takeaways",
    ]


def test_words_around_the_stamp_stay() -> None:
    edited = deck()
    run = shape(edited, "decision/stamp").text_frame.paragraphs[0].runs[0]
    run.text = f"Draft, {run.text}, confidential"
    shape(edited, "kpi/stamp").text_frame.text = "Draft"
    done = refreshed(edited)
    found = said(done.content)
    assert found["decision/1/stamp"] == f"Draft, {AFTER.stamp.line}, confidential"
    assert found["kpi/1/stamp"] == "Draft"
    assert [(each.exhibit, each.piece) for each in done.only("yours")] == [("Kpi", "stamp")]
    assert Presentation(io.BytesIO(done.content)).core_properties.keywords == AFTER.stamp.line


def test_a_deck_that_forgot_what_was_written_follows_where_the_words_are_the_same() -> None:
    edited = forget(deck())
    shape(edited, TITLE).text_frame.text = YOURS
    done = refreshed(edited)
    found, fresh = said(done.content), said(render(AFTER))
    assert {each for each in fresh if found[each] != fresh[each]} == {"decision/1/title"}
    assert not done.known
    assert "does not say what was written into it" in "\n".join(lines(done))
    assert said(refreshed(done.content, BEFORE).content) == said(render(BEFORE)) | {"decision/1/title": YOURS}


def test_other_properties_of_the_file_stay(tmp_path: Path) -> None:
    edited = deck()
    part = next(part for part in edited.part.package.iter_parts() if part.partname == "/docProps/custom.xml")
    theirs = b'pid="77" name="Mine"><vt:bool>1</vt:bool></property>'
    mine = b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" ' + theirs
    part._blob = part.blob.replace(b"</Properties>", mine + b"</Properties>")
    content = refreshed(edited).content
    part = next(
        p for p in Presentation(io.BytesIO(content)).part.package.iter_parts() if "custom" in p.partname
    )
    assert theirs in part.blob
    assert said(content) == said(render(AFTER))


@pytest.mark.parametrize("text", [b"", b"no deck", b"PK\x03\x04 cut"], ids=["empty", "text", "cut"])
def test_a_file_that_is_no_deck_is_refused_in_one_sentence(text: bytes) -> None:
    with pytest.raises(CaseError) as refusal:
        Edited(text, "deck.pptx")
    assert str(refusal.value).startswith("deck.pptx: ")
    assert "\n" not in str(refusal.value)


def test_decks_of_others_are_refused() -> None:
    with pytest.raises(
        CaseError, match=f"this is a deck of {BEFORE.company}, and the case is one of Other Ltd"
    ):
        refreshed(deck(), replace(AFTER, company="Other Ltd"))
    strange = forget(deck())
    for slide in strange.slides:
        for each in slide.shapes:
            each.name = "Title 1"
    with pytest.raises(CaseError, match="no shape in it is one that this program made"):
        refreshed(strange)


def test_a_case_of_another_name_is_told() -> None:
    done = refreshed(deck(), replace(AFTER, case_title="Something else"))
    assert f"the deck was made of “{BEFORE.case_title}”, and the case is called “Something else” now" in str(
        lines(done)
    )


def test_it_says_for_whom_it_was_made() -> None:
    assert Edited(saved(deck()), "deck.pptx").persona == BEFORE.persona == "sales"
    role = library.personas()["sales"].title
    nobody = forget(deck(replace(BEFORE, role=role)))
    assert Edited(saved(nobody), "deck.pptx").persona == "sales"
    shape(nobody, "cover/subtitle").text_frame.text = f"For the {role}"
    nobody.core_properties.subject = ""
    assert Edited(saved(nobody), "deck.pptx").persona == "sales"
    shape(nobody, "cover/subtitle").text_frame.text = "For you"
    assert Edited(saved(nobody), "deck.pptx").persona == ""
    with pytest.raises(CaseError, match="--persona"):
        Edited(saved(nobody), "deck.pptx").check_persona("")


@pytest.mark.judge
def test_a_deck_that_libreoffice_saved_follows(soffice: str, tmp_path: Path) -> None:
    edited = deck()
    shape(edited, "kpi/takeaways").text_frame.text = YOURS
    (tmp_path / "deck.pptx").write_bytes(saved(edited))
    theirs = judges.convert(tmp_path / "deck.pptx", "pptx", tmp_path / "saved").read_bytes()
    assert said(theirs).keys() != said(render(BEFORE)).keys(), "LibreOffice lost no names: nothing is tested"
    done = refreshed(theirs)
    found, fresh = said(done.content), said(render(AFTER))
    digits = {each: (plainly(found[each]), plainly(fresh[each])) for each in fresh if each in found}
    assert {each for each, (one, other) in digits.items() if one != other} == {"kpi/1/takeaways"}
    assert {each for each in fresh if each not in found} == set()
    assert [(each.exhibit, each.piece) for each in done.only("yours")] == [("Kpi", "takeaways")]
    (tmp_path / "again.pptx").write_bytes(done.content)
    assert judges.to_pdf(tmp_path / "again.pptx").stat().st_size > 0


def plainly(found: object) -> object:
    """What a shape says without its worksheet and the last digits of its axes: programs differ in these."""
    if isinstance(found, tuple) and len(found) > 2:
        rows, names, ends, described, _ = found
        return rows, names, sorted(f"{float(end):.6g}" for end in ends), described
    return found


def test_turned_numbers_are_other_numbers() -> None:
    assert turned("USD 0.73 M in 19 months") == "USD 1.84 M in 20 months"
