"""The file keeps the rules of its format: order of elements, ids, relationships, and sheets that agree with charts."""

import posixpath
import re
import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from lxml import etree

from tests.deck import decks

RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FOUND = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
SPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
}

#: Element -> its children in the one order that the format (ISO/IEC 29500) allows; PowerPoint repairs any other.
ORDER = {
    "c:chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotFmts protection chart spPr "
    "txPr externalData printSettings userShapes extLst",
    "c:chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly "
    "dispBlanksAs showDLblsOverMax extLst",
    "c:plotArea": "layout barChart lineChart catAx valAx dTable spPr extLst",
    "c:manualLayout": "layoutTarget xMode yMode wMode hMode x y w h extLst",
    "c:barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
    "c:lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId extLst",
    "c:ser": "idx order tx spPr invertIfNegative marker pictureOptions dPt dLbls trendline errBars cat val smooth "
    "shape extLst",
    "c:dPt": "idx invertIfNegative marker bubble3D explosion spPr pictureOptions extLst",
    "c:marker": "symbol size spPr extLst",
    "c:dLbls": "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize separator showLeaderLines leaderLines extLst",
    "c:dLbl": "idx delete layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName "
    "showPercent showBubbleSize separator extLst",
    "c:catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossesAt auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl "
    "extLst",
    "c:valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossesAt crossBetween majorUnit minorUnit dispUnits extLst",
    "c:scaling": "logBase orientation max min extLst",
    "c:rich": "bodyPr lstStyle p",
    "c:txPr": "bodyPr lstStyle p",
    "c:numCache": "formatCode ptCount pt extLst",
    "c:strCache": "ptCount pt extLst",
    "a:tbl": "tblPr tblGrid tr",
    "a:tr": "tc extLst",
    "a:tc": "txBody tcPr extLst",
    "a:txBody": "bodyPr lstStyle p",
    "a:tcPr": "lnL lnR lnT lnB lnTlToBr lnBlToTr cell3D noFill solidFill headers extLst",
    "a:p": "pPr r br fld endParaRPr",
    "a:pPr": "lnSpc spcBef spcAft buClrTx buClr buSzTx buFontTx buFont buNone buAutoNum buChar tabLst defRPr extLst",
    "a:r": "rPr t",
    "a:rPr": "ln noFill solidFill gradFill effectLst highlight latin ea cs sym hlinkClick hlinkMouseOver rtl extLst",
    "a:ln": "noFill solidFill gradFill pattFill prstDash custDash round bevel miter headEnd tailEnd extLst",
    "p:sld": "cSld clrMapOvr transition timing extLst",
    "p:cSld": "bg spTree custDataLst controls extLst",
    "p:sp": "nvSpPr spPr style txBody extLst",
    "p:spPr": "xfrm custGeom prstGeom noFill solidFill gradFill ln effectLst extLst",
    "p:txBody": "bodyPr lstStyle p",
    "p:graphicFrame": "nvGraphicFramePr xfrm graphic extLst",
    "p:presentation": "sldMasterIdLst notesMasterIdLst handoutMasterIdLst sldIdLst sldSz notesSz embeddedFontLst "
    "custShowLst photoAlbum custDataLst kinsoku defaultTextStyle modifyVerifier extLst",
}


def _places(said: str, children: str) -> dict[str, int]:
    """The place of each child; the parts of a paragraph may take turns."""
    names = children.split()
    turns = ("r", "br", "fld") if said == "a:p" else ()
    return {child: names.index("r" if child in turns else child) for child in names}


PLACES = {f"{{{SPACES[said[0]]}}}{said[2:]}": _places(said, children) for said, children in ORDER.items()}

EVERY = pytest.mark.parametrize(("name", "persona"), decks.SHOWN + decks.HARD)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as file:
        assert len(file.namelist()) == len(set(file.namelist()))
        return {name: file.read(name) for name in file.namelist()}


@EVERY
def test_elements_stand_in_the_order_of_the_format(name: str, persona: str) -> None:
    for part, content in parts(decks.rendered(name, persona)).items():
        if re.fullmatch(
            r"ppt/(presentation|slides/slide\d+|charts/chart\d+|notesSlides/notesSlide\d+)\.xml", part
        ):
            for element in etree.fromstring(content).iter(*PLACES):
                _ordered(element, part)


def _ordered(element: Any, part: str) -> None:
    if element.tag.endswith("}marker") and "val" in element.attrib:
        return  # of a line chart as a whole: whether points are marked
    allowed, found = PLACES[element.tag], [child.tag.rpartition("}")[2] for child in element]
    assert set(found) <= set(allowed), (part, element.tag, set(found) - set(allowed))
    places = [allowed[child] for child in found]
    assert places == sorted(places), (part, element.tag, found)


@EVERY
def test_ids_and_names_are_told_apart_on_every_slide(name: str, persona: str) -> None:
    for part, content in parts(decks.rendered(name, persona)).items():
        if re.fullmatch(r"ppt/slides/slide\d+\.xml", part):
            shapes = etree.fromstring(content).xpath("//p:cNvPr", namespaces=SPACES)
            ids, names = [each.get("id") for each in shapes], [each.get("name") for each in shapes[1:]]
            assert len(set(ids)) == len(ids), part
            assert all(0 < int(id) < 2**31 for id in ids), part
            assert len(set(names)) == len(names), part
            assert all(names), part


@EVERY
def test_relationships_lead_somewhere_and_each_is_used(name: str, persona: str) -> None:
    found = parts(decks.rendered(name, persona))
    reached = {"[Content_Types].xml"}
    for rels in [part for part in found if part.endswith(".rels")]:
        folder, own = posixpath.split(rels.replace("_rels/", "").removesuffix(".rels"))
        source = found.get(posixpath.join(folder, own), b"")
        named = set(re.findall(rb'\br:(?:id|embed|link|pict)="([^"]+)"', source))
        for rel in etree.fromstring(found[rels]).iter(FOUND):
            assert rel.get("TargetMode") != "External", rels
            target = posixpath.normpath(posixpath.join("/", folder, rel.get("Target"))).lstrip("/")
            assert target in found, (rels, target)
            reached.add(target)
        given = {rel.get("Id").encode() for rel in etree.fromstring(found[rels]).iter(FOUND)}
        assert named <= given, (rels, named - given)
    assert {part for part in found if not part.endswith(".rels")} == reached


@EVERY
def test_every_part_has_one_content_type(name: str, persona: str) -> None:
    found = parts(decks.rendered(name, persona))
    types = etree.fromstring(found["[Content_Types].xml"])
    own = [each.get("PartName").lstrip("/") for each in types.iter(f"{TYPES}Override")]
    endings = {each.get("Extension") for each in types.iter(f"{TYPES}Default")}
    assert len(set(own)) == len(own)
    assert set(own) <= set(found)
    assert all(part in own or part.rsplit(".", 1)[1] in endings for part in found if part[0] != "[")


@EVERY
def test_every_slide_is_in_the_show_and_in_one_section(name: str, persona: str) -> None:
    root = etree.fromstring(parts(decks.rendered(name, persona))["ppt/presentation.xml"])
    shown = root.xpath("//p:sldIdLst/p:sldId/@id", namespaces=SPACES)
    grouped = root.xpath("//*[local-name()='sectionLst']//*[local-name()='sldId']/@id")
    assert grouped == shown
    assert len(decks.read(name, persona).slides) == len(shown)


@EVERY
def test_charts_say_what_the_sheets_behind_them_hold(name: str, persona: str) -> None:
    for slide in decks.read(name, persona).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                blob = shape.chart.part.chart_workbook.xlsx_part.blob
                page = openpyxl.load_workbook(BytesIO(blob)).active
                for kind in ("numRef", "strRef"):
                    for reference in shape.chart._chartSpace.iter(f"{{{SPACES['c']}}}{kind}"):
                        _agrees(reference, page, shape.name)


def _agrees(reference: Any, page: Any, where: str) -> None:
    sheet, _, cells = reference.findtext("{*}f").partition("!")
    assert sheet.strip("'") == page.title
    area = page[cells.replace("$", "")]
    held = [row[0].value for row in area] if isinstance(area, tuple) else [area.value]
    cache = {int(each.get("idx")): each.findtext("{*}v") for each in reference.iter("{*}pt")}
    assert int(next(reference.iter("{*}ptCount")).get("val")) == len(held), where
    for place, value in enumerate(held):
        if isinstance(value, int | float):
            assert float(cache[place]) == value, where
        else:
            assert (cache.get(place) or "").strip() == str(value or "").strip(), where
