"""The file itself: repeatable, complete, without strangers, and honest about where it comes from."""

import posixpath
import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree

from casebuilder.case.library import look
from casebuilder.deck import render, template, theme
from tests.deck import samples
from tests.deck.reading import opened, shapes

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DRAWING = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as file:
        assert len(file.namelist()) == len(set(file.namelist()))
        return {name: file.read(name) for name in file.namelist()}


def test_the_same_pitch_gives_the_same_bytes() -> None:
    assert render(samples.pitch()) == render(samples.pitch())


def test_another_stamp_gives_another_date() -> None:
    other = replace(samples.pitch(), stamp=replace(samples.STAMP, as_of="2028-02-03"))
    assert b"2028-02-03T00:00:00Z" in parts(render(other))["docProps/core.xml"]
    assert b"2027-01-01T00:00:00Z" in parts(samples.rendered("sales"))["docProps/core.xml"]


def test_a_stamp_without_a_date_is_no_obstacle() -> None:
    other = replace(samples.pitch(), stamp=replace(samples.STAMP, as_of="next spring"))
    assert opened(render(other)).core_properties.created.year == 2000


def test_no_part_is_orphaned_or_missing() -> None:
    """From the root every part is reached by relationships, and every target exists."""
    for pitch in samples.PITCHES:
        found = parts(samples.rendered(pitch))
        reached, waiting = set(), [""]
        while waiting:
            part = waiting.pop()
            folder, name = posixpath.split(part)
            rels = f"{folder}/_rels/{name}.rels".lstrip("/")
            for rel in etree.fromstring(found[rels]).iter(RELATIONSHIP) if rels in found else ():
                assert rel.get("TargetMode") != "External"
                target = posixpath.normpath(posixpath.join("/", folder, rel.get("Target"))).lstrip("/")
                assert target in found, f"{part} points to {target}"
                if target not in reached:
                    reached.add(target)
                    waiting.append(target)
        others = {name for name in found if not name.endswith(".rels") and name != "[Content_Types].xml"}
        assert others == reached


def test_relationships_are_written_as_the_library_writes_them() -> None:
    ours, stream = samples.rendered("sales"), BytesIO()
    opened(ours).save(stream)
    mine, theirs = _relationships(parts(ours)), _relationships(parts(stream.getvalue()))
    assert len(mine) > 20
    assert mine == theirs


def _relationships(found: dict[str, bytes]) -> dict[str, list[dict[str, str]]]:
    return {
        name: [dict(rel.attrib) for rel in etree.fromstring(content).iter(RELATIONSHIP)]
        for name, content in found.items()
        if name.endswith(".rels")
    }


def test_every_part_has_a_content_type() -> None:
    found = parts(samples.rendered("sales"))
    types = etree.fromstring(found["[Content_Types].xml"])
    known = {item.get("PartName").lstrip("/") for item in types.iter(f"{CONTENT}Override")}
    endings = {item.get("Extension") for item in types.iter(f"{CONTENT}Default")}
    assert all(
        name in known or name.rsplit(".", 1)[1] in endings for name in found if name != "[Content_Types].xml"
    )
    assert known <= set(found)


def test_nothing_of_the_machine_or_of_another_file_is_left() -> None:
    found = parts(samples.rendered("sales"))
    assert not [
        name for name in found if "printer" in name or "thumbnail" in name or name.endswith((".emf", ".bin"))
    ]
    core = found["docProps/core.xml"].decode()
    assert "<dc:creator>Casebuilder</dc:creator>" in core
    assert "Steve Canny" not in core
    assert samples.STAMP.fingerprint in core
    assert b"PowerPoint" not in found["docProps/app.xml"]


def test_worksheets_behind_charts_say_nothing_of_when_and_by_whom() -> None:
    books = [content for name, content in parts(samples.rendered("sales")).items() if name.endswith(".xlsx")]
    assert len(books) == 4
    for book in books:
        with zipfile.ZipFile(BytesIO(book)) as file:
            assert {member.date_time[0] for member in file.infolist()} == {1980}
            assert not [name for name in file.namelist() if "docProps" in name]


def test_the_shipped_template_is_the_one_the_script_makes() -> None:
    assert parts(template.TEMPLATE.read_bytes()) == parts(template.build())


def test_the_theme_has_the_colours_of_the_look_and_one_typeface() -> None:
    xml = etree.fromstring(parts(template.TEMPLATE.read_bytes())["ppt/theme/theme1.xml"])
    for slot, token in theme.THEME.items():
        assert xml.xpath(f".//a:clrScheme/a:{slot}/a:srgbClr/@val", namespaces=DRAWING) == [
            look()[token].removeprefix("#")
        ]
    assert set(xml.xpath(".//a:fontScheme//a:latin/@typeface", namespaces=DRAWING)) == {"Calibri"}


def test_slides_name_no_colour_or_typeface_of_their_own() -> None:
    """So that a deck recolours with its theme; the amber of starting values and the quiet panel have no slot there."""
    allowed = {look()[token].removeprefix("#") for token in ("default_text", "default_fill", "panel")}
    for name, content in parts(samples.rendered("sales")).items():
        if re.match(r"ppt/(slides|charts)/[a-z]+\d+\.xml", name):
            xml = etree.fromstring(content)
            assert set(xml.xpath(".//a:srgbClr/@val", namespaces=DRAWING)) <= allowed, name
            assert not xml.xpath(".//a:latin", namespaces=DRAWING), name


def test_layouts_are_real_and_used() -> None:
    deck = opened(samples.rendered("sales"))
    names = [layout.name for layout in deck.slide_layouts]
    assert names == ["Cover", "Exhibit", "Wide exhibit", "Table", "Text"]
    used = [slide.slide_layout.name for slide in deck.slides]
    assert used == ["Cover", "Text", "Exhibit", "Exhibit", "Exhibit", "Exhibit", "Table", "Table"]
    for _, shape in shapes(deck):
        if shape.has_chart and not shape.name.startswith("scenarios"):
            assert shape.is_placeholder
        if shape.name.endswith("/title") or (shape.has_table and shape.name.startswith("assumptions")):
            assert shape.is_placeholder


def test_charts_and_tables_say_what_they_show_to_a_screen_reader() -> None:
    found = [
        shape for _, shape in shapes(opened(samples.rendered("sales"))) if shape.has_chart or shape.has_table
    ]
    assert len(found) == 7
    assert all(len(shape._element.xpath(".//p:cNvPr/@descr")[0]) > 20 for shape in found)


def test_the_title_is_read_first() -> None:
    for slide in opened(samples.rendered("sales")).slides:
        assert next(iter(slide.shapes)).name.endswith("/title")


def test_notes_stand_only_where_there_are_some() -> None:
    slides = list(opened(samples.rendered("sales")).slides)
    with_notes = [number for number, slide in enumerate(slides, start=1) if slide.has_notes_slide]
    assert with_notes == [2, 4]
    assert "Likely objection" in slides[1].notes_slide.notes_text_frame.text


def test_sections_group_the_slides_where_the_pitch_has_parts() -> None:
    story = [
        replace(e, section="Backup" if e.id == "assumptions" else "Story") for e in samples.pitch().exhibits
    ]
    content = parts(render(samples.pitch(*story)))["ppt/presentation.xml"].decode()
    assert re.findall(r'section name="(\w+)"', content) == ["Story", "Backup"]
    ids = re.findall(r'p14:sldId id="(\d+)"', content)
    assert len(ids) == 8
    assert set(ids) == set(re.findall(r'<p:sldId[^>]* id="(\d+)"', content))
    assert "sectionLst" not in parts(samples.rendered("sales"))["ppt/presentation.xml"].decode()


@pytest.mark.parametrize("bad", ["\x00", "\x1b[31m", "\ud800", "\uffff", "\u202e"])
def test_what_no_file_can_hold_is_left_out(bad: str) -> None:
    exhibit = samples.with_chart(
        samples.kpi(), f"Title{bad}", categories=(f"A{bad}", "B", "C"), axis_title=bad, alt=bad
    )
    exhibit = replace(exhibit, takeaways=(f"One{bad}two",), source=bad, notes=f"N{bad}", section=f"S{bad}")
    deck = opened(render(replace(samples.pitch(exhibit), company=f"C{bad}", case_title=bad)))
    assert next(iter(deck.slides)).shapes.title.text_frame.text == "Title" + bad[1:]
