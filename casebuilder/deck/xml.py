"""What python-pptx has no call for, each a few elements of the file format: alt text, fixed sizes, sections."""
# mypy: allow-untyped-calls

import copy
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.chart.chart import Chart
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from casebuilder.case.text import forbidden

_SECTIONS = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_SECTION_LIST = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def printable(text: str) -> str:
    """The text without what no file of this kind can hold and a case refuses: controls, halves of pairs, the like."""
    if text.isprintable() or forbidden(text) is None:
        return text
    return "".join(c for c in text if forbidden(c) is None)


def describe(shape: BaseShape, text: str) -> None:
    """Gives a chart, table or picture the text that a screen reader says in its place."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", printable(text))


def elements(text: str) -> list[Any]:
    """The elements of drawing that a text of the file format holds, one after another."""
    return list(parse_xml(f"<a:p {nsdecls('a')}>{text}</a:p>"))


def remove(shape: BaseShape) -> None:
    """Takes a shape off its slide."""
    shape._element.getparent().remove(shape._element)


def add_footers(slide: Slide, number: int) -> dict[str, Any]:
    """Puts the layout's footer and slide number on the slide, which python-pptx leaves out; by type: ftr, sldNum."""
    added = {}
    for placeholder in list(slide.slide_layout.placeholders):
        kind = placeholder._element.xpath("string(.//p:ph/@type)")
        if kind in ("ftr", "sldNum"):
            element = copy.deepcopy(placeholder._element)
            element.xpath(".//p:cNvPr")[0].set("id", str(slide.shapes._next_shape_id))
            for child in element.xpath("./p:spPr/* | .//a:lstStyle/* | .//a:p/a:r"):
                child.getparent().remove(child)
            for text in element.xpath(".//a:fld/a:t"):
                text.text = str(number)
            slide.shapes._spTree.append(element)
            added[kind] = slide.shapes[-1]
    return added


def plain(table_frame: BaseShape) -> None:
    """A table without the banding and colours of PowerPoint's default style."""
    properties = table_frame._element.xpath(".//a:tblPr")[0]
    for name in list(properties.attrib):
        if name != "firstRow":
            del properties.attrib[name]
    properties.find(qn("a:tableStyleId")).text = _PLAIN_TABLE


def refill(table_frame: BaseShape, text: str) -> None:
    """Puts columns and rows, as a text of the file format, into a table in place of those that it has."""
    table = table_frame._element.xpath(".//a:tbl")[0]
    for old in table.findall(qn("a:tblGrid")) + table.findall(qn("a:tr")):
        table.remove(old)
    table.extend(elements(text))


def plot_area(chart: Chart, left: float, top: float, width: float, height: float) -> None:
    """Where the marks of a chart stand, labels of the axes outside; parts of the chart's width and height."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    parts = "".join(
        f'<c:{name} val="{value:.5f}"/>'
        for name, value in zip("xywh", (left, top, width, height), strict=True)
    )
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(
        0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{parts}</c:manualLayout></c:layout>")
    )


def tidy(chart: Chart) -> None:
    """Missing values leave a gap, corners stay square, and axes have numbers that the file format allows."""
    space, body = chart._chartSpace, chart._chartSpace.chart
    for old in [*body.findall(qn("c:plotVisOnly")), *body.findall(qn("c:dispBlanksAs"))]:
        body.remove(old)
    for name, value in (("dispBlanksAs", "gap"), ("plotVisOnly", "1")):
        body.plotArea.addnext(parse_xml(f'<c:{name} {nsdecls("c")} val="{value}"/>'))
    if space.find(qn("c:roundedCorners")) is None:
        after = space.find(qn("c:date1904"))
        corners = parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>')
        space.insert(0 if after is None else space.index(after) + 1, corners)
    for number in space.xpath(".//c:axId | .//c:crossAx"):
        number.set("val", number.get("val").lstrip("-"))


def upright_labels(chart: Chart) -> None:
    """Labels of the categories wrap instead of turning."""
    for body in chart._chartSpace.xpath(".//c:catAx/c:txPr/a:bodyPr"):
        body.set("rot", "0")
        body.set("vert", "horz")


def label_every(chart: Chart, step: int) -> None:
    """Names only every so many categories, because all of them would lie on each other."""
    axis = chart._chartSpace.xpath(".//c:catAx")[0]
    for old in axis.findall(qn("c:tickLblSkip")):
        axis.remove(old)
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{step}"/>')
    axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def on_paper(data_label: Any) -> None:
    """Lays a label of our own words on the colour of the paper, so that no line crosses it."""
    paper = f'<a:solidFill {nsdecls("a")}><a:schemeClr val="bg1"/></a:solidFill><a:ln {nsdecls("a")}><a:noFill/></a:ln>'
    words = data_label._dLbl.find(qn("c:tx"))
    words.addnext(parse_xml(f"<c:spPr {nsdecls('c')}>{paper}</c:spPr>"))


def move_label(data_label: Any, right: float, down: float) -> None:
    """Moves a label from the place its side of the mark gives it, by parts of the chart's width and height."""
    parts = f'<c:manualLayout><c:x val="{right:.5f}"/><c:y val="{down:.5f}"/></c:manualLayout>'
    words = data_label._dLbl.find(qn("c:tx"))
    for old in data_label._dLbl.findall(qn("c:layout")):
        data_label._dLbl.remove(old)
    words.addprevious(parse_xml(f"<c:layout {nsdecls('c')}>{parts}</c:layout>"))


def keep_as_data(chart: Chart, series: int) -> None:
    """Takes a series off the drawing; its column stays in the chart's worksheet for the people who edit it."""
    element = chart._chartSpace.xpath(".//c:ser")[series]
    element.getparent().remove(element)


def turn_into_lines(chart: Chart, first: int) -> None:
    """Draws the series from `first` on as lines over the columns, on the same axes."""
    columns = chart._chartSpace.xpath(".//c:barChart")[0]
    lines = parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/></c:lineChart>'
    )
    for series in columns.findall(qn("c:ser"))[first:]:
        for element in series.findall(qn("c:invertIfNegative")):
            series.remove(element)
        lines.append(series)
        series.append(parse_xml(f'<c:smooth {nsdecls("c")} val="0"/>'))
    lines.append(parse_xml(f'<c:marker {nsdecls("c")} val="1"/>'))
    for axis in columns.findall(qn("c:axId")):
        lines.append(copy.deepcopy(axis))
    columns.addnext(lines)


def add_sections(presentation: Presentation, sections: Sequence[tuple[str, Iterable[int]]]) -> None:
    """Groups slides under named sections; each section has the ids of its slides, in order."""
    parts = "".join(_section(name, slides) for name, slides in sections)
    extension = parse_xml(
        f'<p:ext {nsdecls("p")} uri="{_SECTION_LIST}">'
        f'<p14:sectionLst xmlns:p14="{_SECTIONS}">{parts}</p14:sectionLst></p:ext>'
    )
    root = presentation._element
    listed = root.find(qn("p:extLst"))
    if listed is None:
        listed = parse_xml(f"<p:extLst {nsdecls('p')}/>")
        root.append(listed)
    listed.append(extension)


def _section(name: str, slides: Iterable[int]) -> str:
    ids = "".join(f'<p14:sldId id="{slide}"/>' for slide in slides)
    name = printable(name)
    unique = str(uuid.uuid5(uuid.NAMESPACE_OID, name)).upper()
    start = f'<p14:section name={quoteattr(name)} id="{{{unique}}}">'
    return f"{start}<p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>"


def set_properties(
    presentation: Presentation, title: str, subject: str, keywords: str, created: datetime
) -> None:
    """What the file says about itself; nothing about the machine or the person that made it."""
    properties = presentation.core_properties
    properties.title, properties.subject = printable(title)[:255], printable(subject)[:255]
    properties.keywords, properties.author = printable(keywords)[:255], "Casebuilder"
    properties.last_modified_by, properties.revision = "Casebuilder", 1
    properties.created = properties.modified = created
