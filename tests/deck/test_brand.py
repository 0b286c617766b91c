"""Decks in somebody else's design: everything on its slide, readable, in their layouts, and nothing of their slides."""

import posixpath
import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from pptx.oxml.ns import qn

from casebuilder.__main__ import _template as of_a_command
from casebuilder.case.errors import CaseError
from casebuilder.case.library import look
from casebuilder.deck import brand, measure, render
from casebuilder.deck.brand import Template
from casebuilder.deck.colours import contrast, hue, of_hex
from casebuilder.deck.ground import Ground
from casebuilder.deck.theme import Box
from tests import judges
from tests.deck import samples, templates
from tests.deck.reading import TOLERANCE, inches, opened, shapes, where
from tests.deck.templates import OLD, TEMPLATES
from tests.deck.test_package import RELATIONSHIP, parts

#: A realistic story, and the hardest tables.
PITCHES = ("sales", "tables")
READABLE, LARGE = 4.4, 2.9


@cache
def template(name: str) -> Template:
    return brand.opened(templates.raw(name), f"{name}.pptx")


@cache
def rendered(name: str, pitch: str = "sales") -> bytes:
    return render(samples.PITCHES[pitch], template(name))


@pytest.fixture(params=TEMPLATES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("pitch", PITCHES)
def test_nothing_leaves_its_slide_or_lies_on_anything_else(name: str, pitch: str) -> None:
    deck = opened(rendered(name, pitch))
    width, height = inches(deck.slide_width), inches(deck.slide_height)
    for slide in deck.slides:
        boxes = [(box(shape), shape) for shape in slide.shapes if not shape.name.endswith("/panel")]
        for number, (one, shape) in enumerate(boxes):
            inside = min(one.left, one.top) >= -TOLERANCE
            inside = inside and one.right <= width + TOLERANCE and one.bottom <= height + TOLERANCE
            assert inside, f"{where(slide, shape)} leaves the slide"
            for other, beside in boxes[number + 1 :]:
                wide = min(one.right, other.right) - max(one.left, other.left)
                tall = min(one.bottom, other.bottom) - max(one.top, other.top)
                assert wide <= TOLERANCE or tall <= TOLERANCE, f"{where(slide, shape)} overlaps {beside.name}"


@pytest.mark.parametrize("pitch", PITCHES)
def test_text_has_room_in_its_box_also_where_the_typeface_runs_wider(name: str, pitch: str) -> None:
    scale = template(name).fitted.scale
    for slide, shape in shapes(opened(rendered(name, pitch))):
        if shape.has_text_frame and shape.text_frame.text and not shape.name.endswith("/page"):
            body = shape.text_frame._txBody.find(qn("a:bodyPr"))
            sides = [int(body.get(side, usual)) for side, usual in EDGES.items()]
            room = inches(shape.width - sides[0] - sides[2]) / scale.across * 72
            tall = sum(
                measure.height(
                    "".join(run.text for run in paragraph.runs),
                    max(run.font.size.pt for run in paragraph.runs) / scale.type,
                    room,
                    any(run.font.bold for run in paragraph.runs),
                )
                + (paragraph.space_after.pt / scale.down if paragraph.space_after else 0.0)
                for paragraph in shape.text_frame.paragraphs
                if paragraph.runs
            )
            needed, given = tall / 72 * scale.down, inches(shape.height - sides[1] - sides[3])
            assert needed <= given + 2 * TOLERANCE, f"{where(slide, shape)} overflows"


EDGES = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}


def box(shape) -> Box:
    return Box(inches(shape.left), inches(shape.top), inches(shape.width), inches(shape.height))


def test_no_type_is_smaller_than_slides_of_that_size_allow(name: str) -> None:
    """Ten points on a slide of 7.5 inches, less a tenth where room is short, and in proportion to its height."""
    deck = opened(rendered(name))
    least = 10 * 0.9 * min(inches(deck.slide_height) / 7.5, inches(deck.slide_width) / 10)
    for slide, shape in shapes(deck):
        sizes = [int(run.get("sz")) / 100 for run in shape._element.iter(qn("a:rPr")) if run.get("sz")]
        assert min(sizes, default=99) >= least - 0.1, where(slide, shape)


def test_every_slide_has_its_title_first_and_no_empty_placeholder(name: str) -> None:
    for slide in opened(rendered(name)).slides:
        read = [shape for shape in slide.shapes if not shape.name.endswith("/panel")]
        assert read[0].is_placeholder, slide.part.partname
        assert read[0].name.endswith("/title")
        for shape in slide.placeholders:
            filled = shape.has_chart or shape.has_table or shape.text_frame.text
            assert filled, f"{where(slide, shape)} is empty"
        assert len({shape.shape_id for shape in slide.shapes}) == len(slide.shapes)


def test_slides_use_the_layouts_of_the_file(name: str) -> None:
    theirs = {layout.name for layout in opened(templates.as_opened(templates.raw(name))).slide_layouts}
    deck = opened(rendered(name))
    assert {slide.slide_layout.name for slide in deck.slides} <= theirs
    if name != "no_cover":
        assert [slide.slide_layout.name for slide in deck.slides][:2] == ["Title Slide", "Title and Content"]


def test_every_text_can_be_read_on_what_it_stands_on(name: str) -> None:
    """Against a picture of the layout that is painted anew, with the panel where there is one."""
    deck = opened(rendered(name))
    for slide in deck.slides:
        ground = Ground(slide.slide_layout, inches(deck.slide_width), inches(deck.slide_height))
        for shape in slide.shapes:
            if shape.name.endswith("/panel"):
                paper = ground.scheme.fill(shape._element.spPr.find(qn("a:solidFill")))
                assert paper
                ground = ground.beneath(shape._element.spPr, slide.part, box(shape))
            for run in shape._element.iter(qn("a:rPr")):
                fill = run.find(qn("a:solidFill"))
                behind = run.xpath("ancestor::a:tc/a:tcPr/a:solidFill")
                if fill is None:
                    continue
                colour, _ = ground.scheme.fill(fill) or ((0, 0, 0), 1)
                paper = ground.scheme.fill(behind[0])[0] if behind else ground.mean(box(shape))
                least = LARGE if int(run.get("sz")) >= 1800 or shape.name.endswith("/title") else READABLE
                assert contrast(colour, paper) >= least, f"{where(slide, shape)}: {colour} on {paper}"


def test_marks_of_charts_are_seen_and_mostly_the_colours_of_the_theme(name: str) -> None:
    deck = opened(rendered(name))
    layout = deck.slides[1].slide_layout
    ground = Ground(layout, inches(deck.slide_width), inches(deck.slide_height))
    paper = ground.mean(template(name).fitted.room)
    if template(name).inner.panel:
        paper = ground.scheme.named["bg1"]
    found = []
    for _, shape in shapes(deck):
        for fill in shape.chart._chartSpace.xpath("//c:ser/c:spPr/a:solidFill/*") if shape.has_chart else ():
            found.append(fill.tag)
            colour = ground.scheme.look(fill)
            assert colour
            assert contrast(colour[0], paper) > 1.9, shape.name
    assert found.count(qn("a:schemeClr")) >= 0.6 * len(found)


def test_red_says_harm_and_never_the_programme() -> None:
    chosen = template("red_brand").inner.palette
    scheme = Ground(opened(rendered("red_brand")).slides[1].slide_layout, 10, 7.5).scheme
    programme, harm = (scheme.look(etree.fromstring(chosen.marks[slot])) for slot in ("accent1", "accent6"))
    assert programme
    assert harm
    assert 40 < hue(programme[0]) < 320
    assert not 20 < hue(harm[0]) < 340


def test_nothing_of_its_own_slides_is_left() -> None:
    content = rendered("used")
    found = parts(content)
    text = b"".join(found.values()).decode("utf-8", "ignore")
    assert OLD not in text
    assert "Party" not in text
    slides = [name for name in found if re.match(r"ppt/slides/slide\d+\.xml", name)]
    assert len(slides) == len(opened(content).slides) == len(opened(samples.rendered("sales")).slides)
    assert not [name for name in found if "media" in name or "thumbnail" in name or "printer" in name]


def test_no_part_is_orphaned_missing_or_without_a_type(name: str) -> None:
    found = parts(rendered(name))
    reached, waiting = set(), [""]
    while waiting:
        part = waiting.pop()
        folder, last = posixpath.split(part)
        rels = f"{folder}/_rels/{last}.rels".lstrip("/")
        for rel in etree.fromstring(found[rels]).iter(RELATIONSHIP) if rels in found else ():
            if rel.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, rel.get("Target"))).lstrip("/")
            assert target in found, f"{part} points to {target}"
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    assert reached == {each for each in found if not each.endswith(".rels") and each != "[Content_Types].xml"}


def test_the_size_of_the_slides_stays(name: str) -> None:
    before, after = opened(templates.as_opened(templates.raw(name))), opened(rendered(name))
    assert (before.slide_width, before.slide_height) == (after.slide_width, after.slide_height)


def test_the_same_pitch_and_template_give_the_same_bytes() -> None:
    assert rendered("standard") == render(samples.pitch(), templates.raw("standard"))


def test_a_design_taken_down_can_be_opened_again() -> None:
    again = brand.opened(template("used").file, "again.pptx")
    assert again.fitted == template("used").fitted
    assert len(template("used").file) < 0.7 * len(templates.raw("used"))


def test_the_logo_stays_free() -> None:
    logo = Box(8.6, 0.3, 0.9, 1.1)
    for slide in opened(rendered("logo_in_the_way")).slides:
        for shape in slide.shapes:
            one = box(shape)
            clear = (
                one.right <= logo.left + 0.1 or one.top >= logo.bottom - 0.05 or shape.name == "cover/title"
            )
            assert clear, where(slide, shape)


def test_an_uneven_ground_gets_a_panel_and_a_sentence() -> None:
    assert any("panel" in sentence for sentence in template("busy").said)
    assert any(shape.name.endswith("/panel") for _, shape in shapes(opened(rendered("busy"))))
    assert not any(shape.name.endswith("/panel") for _, shape in shapes(opened(rendered("standard"))))


@pytest.mark.parametrize(
    ("of", "word"), [("no_cover", "title slide"), ("no_foot", "slide numbers"), ("busy", "background")]
)
def test_what_was_not_usable_is_said(of: str, word: str) -> None:
    assert [sentence for sentence in template(of).said if word in sentence]
    assert not [sentence for sentence in template("standard").said if word in sentence]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (templates.no_title, "title"),
        (templates.upright, "upright"),
        (lambda: b"no deck", "not a .pptx"),
        (
            lambda: templates.rewritten(
                templates.standard(), "ppt/presentation.xml", "<p:sldMasterIdLst>", "<"
            ),
            "read",
        ),
        (lambda: templates.standard()[:-2000], "too early"),
    ],
)
def test_a_file_that_is_no_template_is_refused_in_a_sentence(raw, word: str) -> None:
    with pytest.raises(CaseError) as refused:
        brand.opened(raw(), "Brand.potx")
    assert str(refused.value).startswith("Brand.potx: ")
    assert word in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_command_goes_on_in_our_design(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "Brand.pptx"
    assert of_a_command(str(path)) is None
    path.write_bytes(b"no deck")
    assert of_a_command(str(path)) is None
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert all("Brand.pptx" in line and line.endswith("The decks have the built-in design.") for line in said)
    path.write_bytes(templates.raw("no_foot"))
    found = of_a_command(str(path))
    assert found
    assert capsys.readouterr().err.count("slide numbers") == 1


def test_the_panel_of_our_look_is_not_taken_into_a_dark_design() -> None:
    pale = look()["panel"].removeprefix("#").upper()
    assert contrast(of_hex(pale), (1, 1, 1)) < 1.2
    with zipfile.ZipFile(BytesIO(rendered("dark"))) as file:
        slides = [file.read(each).decode() for each in file.namelist() if each.startswith("ppt/slides/slide")]
    assert not [text for text in slides if f'val="{pale}"' in text]


@pytest.mark.judge
@pytest.mark.parametrize("of", ["dark", "small", "used"])
def test_libreoffice_draws_every_slide(of: str, soffice: str, pdftoppm: str, tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(rendered(of))
    pages = judges.render_pages(judges.to_pdf(path), 20)
    assert len(pages) == len(opened(rendered(of)).slides)
