"""Puts a finished slide into somebody's design: their colours, typeface and text styles, at their slides' size."""

# mypy: allow-untyped-calls

from collections.abc import Iterator
from typing import Any

from lxml import etree
from pptx.enum.shapes import MSO_SHAPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide

from casebuilder.deck.brand import Dress, Template
from casebuilder.deck.fitting import Scale
from casebuilder.deck.kept import Kept
from casebuilder.deck.palette import Palette
from casebuilder.deck.theme import Box

_TITLES = ("title", "ctrTitle")
_FOOT = ("ftr", "sldNum")
_TEXT = tuple(qn(f"a:{name}") for name in ("rPr", "defRPr", "endParaRPr"))
_INSETS = ("lIns", "tIns", "rIns", "bIns")
#: Parts of a shape's name that say where it stands on the cover.
_COVER = {"subtitle", "company", "stamp"}
_MARGIN = 0.12


def dress(slide: Slide, template: Template) -> None:
    """One slide that was drawn in our own inches, points and colours. Call it once."""
    cover = any(shape.name == "cover/title" for shape in slide.shapes)
    chosen = template.cover if cover else template.inner
    tree, charts = slide.shapes._spTree, _charts(slide)
    for each in (tree, *charts):
        _colour(each, chosen.palette)
        if template.typeface:
            _typeset(each, template.typeface)
        _enlarge(each, template.fitted.scale)
    for chart in charts:
        _transparent(chart)
    for shape in tree.iterchildren(qn("p:sp")):
        _follow(shape, chosen, cover)
    if chosen.panel:
        _panel(slide, *chosen.panel)
    _title_first(tree)


def _charts(slide: Slide) -> list[Any]:
    parts: list[Any] = [rel.target_part for rel in slide.part.rels.values() if rel.reltype == RT.CHART]
    return [part._element for part in parts]


# Text in placeholders


def _follow(shape: Any, chosen: Dress, cover: bool) -> None:
    """Text in a placeholder takes its look from the design; on the cover so do the words beside it."""
    name = shape.xpath("string(./*/p:cNvPr/@name)").rsplit("/", 1)[-1]
    placeholder = shape.xpath("./p:nvSpPr/p:nvPr/p:ph")
    kind = placeholder[0].get("type", "obj") if placeholder else ""
    said = "title" if kind in _TITLES else name if cover and name in _COVER else kind
    if said in chosen.kept:
        _as_kept(shape, chosen.kept[said], bool(placeholder), kind)
    elif placeholder:
        _as_plain(shape)


def _as_kept(shape: Any, kept: Kept, inherits: bool, kind: str) -> None:
    """Colour, typeface and alignment as the design has them; a title also its weight and its place."""
    title = kind in _TITLES
    for run in _runs(shape):
        _without(run, "solidFill")
        _without(run, "latin")
        if kept.colour:
            run.insert(0, parse_xml(f"<a:solidFill {nsdecls('a')}>{kept.colour}</a:solidFill>"))
        if kept.typeface:
            _set_face(run, kept.typeface)
        run.set("cap", "none")
        run.set("spc", "0")
        if title:
            run.attrib.pop("b", None)
    for properties in shape.iter(qn("a:pPr")):
        properties.attrib.pop("algn", None)
        if kept.align:
            properties.set("algn", kept.align)
    if inherits and kind not in _FOOT:
        _without_bullets(shape)
    body = shape.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}")
    if title:
        for side in _INSETS:
            body.attrib.pop(side, None)
        if kept.box:
            _put(shape, kept.box)
            for side in _INSETS:
                body.set(side, "0")


def _as_plain(shape: Any) -> None:
    """Takeaways: our own paragraphs from the upper left corner, whatever the placeholder does to lists."""
    body = shape.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}")
    if body is not None:
        for name, value in (
            ("anchor", "t"),
            ("anchorCtr", "0"),
            ("vert", "horz"),
            ("numCol", "1"),
            ("rot", "0"),
        ):
            body.set(name, value)
        _without_bullets(shape)
        _unfilled(shape)
        for run in _runs(shape):
            run.set("cap", "none")


def _unfilled(shape: Any) -> None:
    """Our text stands on the slide itself: its colours were chosen for that."""
    properties = shape.find(qn("p:spPr"))
    for child in (f"<a:noFill {nsdecls('a')}/>", f"<a:ln {nsdecls('a')}><a:noFill/></a:ln>"):
        properties.append(parse_xml(child))


def _without_bullets(shape: Any) -> None:
    """Paragraphs from edge to edge in lines of their usual height, as they were measured."""
    for paragraph in shape.iter(qn("a:p")):
        properties = paragraph.get_or_add_pPr()
        properties.set("marL", "0")
        properties.set("indent", "0")
        _without(properties, "lnSpc")
        properties.insert(0, parse_xml(f'<a:lnSpc {nsdecls("a")}><a:spcPct val="100000"/></a:lnSpc>'))
        _without(properties, "buNone")
        after = [properties.find(qn(f"a:{name}")) for name in ("lnSpc", "spcBef", "spcAft")]
        [last for last in after if last is not None][-1].addnext(parse_xml(f"<a:buNone {nsdecls('a')}/>"))


def _runs(shape: Any) -> Iterator[Any]:
    yield from shape.iter(*_TEXT)


def _without(element: Any, name: str) -> None:
    for child in element.findall(qn(f"a:{name}")):
        element.remove(child)


# The whole slide


def _colour(tree: Any, palette: Palette) -> None:
    """Every slot of our theme by the colour that stands for it, every token of our look by its own."""
    for element in list(tree.iter(qn("a:schemeClr"))):
        text = element.getparent().getparent().tag in _TEXT
        stand_in = (palette.texts if text else palette.marks).get(element.get("val"))
        if stand_in:
            new = parse_xml(stand_in)
            new.extend(_paler(list(element), palette.dark))
            element.getparent().replace(element, new)
    for element in tree.iter(qn("a:srgbClr")):
        element.set("val", palette.tokens.get(element.get("val", "").upper(), element.get("val")))


def _paler(changes: list[Any], dark: bool) -> list[Any]:
    """On a dark ground a pale mark is a darker one."""
    if not dark or not changes:
        return changes
    return [change for change in changes if change.tag == qn("a:lumMod")]


def _typeset(tree: Any, typeface: str) -> None:
    """The design's typeface where text would get another."""
    for run in tree.iter(*_TEXT):
        _set_face(run, typeface)


def _set_face(run: Any, typeface: str) -> None:
    _without(run, "latin")
    face = parse_xml(f'<a:latin {nsdecls("a")} typeface=""/>')
    face.set("typeface", typeface)
    before = [child for child in run if child.tag in _BEFORE_FACE]
    if before:
        before[-1].addnext(face)
    else:
        run.insert(0, face)


_BEFORE_FACE = {
    qn(f"a:{name}") for name in ("ln", "noFill", "solidFill", "gradFill", "effectLst", "highlight")
}

#: Attributes that are lengths across and down, and sizes of type, by the element that has them.
_ACROSS = {"off": "x", "ext": "cx", "gridCol": "w"}
_DOWN = {"off": "y", "ext": "cy", "tr": "h"}
_CELL = {"marL": "across", "marR": "across", "marT": "down", "marB": "down"}


def _enlarge(tree: Any, scale: Scale) -> None:
    """Lengths and type from our inches and points to those of the slide."""
    if scale.across == scale.down == scale.type == 1.0:
        return
    for element in tree.iter(f"{{{_DRAWING}}}*"):
        name = etree.QName(element).localname
        _times(element, _ACROSS.get(name), scale.across)
        _times(element, _DOWN.get(name), scale.down)
        if name == "tcPr":
            for side, way in _CELL.items():
                _times(element, side, getattr(scale, way))
        elif name in ("rPr", "defRPr", "endParaRPr") and element.get("sz"):
            element.set("sz", str(int(int(element.get("sz")) * scale.type / 10) * 10))
        elif name == "spcPts":
            element.set("val", str(round(int(element.get("val")) * scale.down)))


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _times(element: Any, attribute: str | None, factor: float) -> None:
    if attribute and element.get(attribute):
        element.set(attribute, str(round(int(element.get(attribute)) * factor)))


def _transparent(chart: Any) -> None:
    """A chart stands on the slide's own ground."""
    if chart.find(qn("c:spPr")) is None:
        ground = parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
        chart.find(qn("c:chart")).addnext(ground)


def _put(shape: Any, box: Box) -> None:
    """Gives a placeholder a box of its own, in inches of the slide."""
    properties = shape.find(qn("p:spPr"))
    _without(properties, "xfrm")
    left, top, width, height = box.emu
    properties.insert(
        0,
        parse_xml(
            f'<a:xfrm {nsdecls("a")}><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        ),
    )


def _panel(slide: Slide, room: Box, fill: str) -> None:
    """A plain rectangle behind everything that stands on the slide."""
    box = Box(room.left - _MARGIN, room.top - _MARGIN, room.width + 2 * _MARGIN, room.height + 2 * _MARGIN)
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    exhibit = next(iter(slide.shapes)).name.split("/")[0]
    shape.name = f"{exhibit}/panel"
    properties = shape._element.spPr
    for part in (
        f"<a:solidFill {nsdecls('a')}>{fill}</a:solidFill>",
        f"<a:ln {nsdecls('a')}><a:noFill/></a:ln>",
    ):
        properties.append(parse_xml(part))
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)
    slide.shapes._spTree.insert(2, shape._element)


def _title_first(tree: Any) -> None:
    """What is read first comes first, right above the panel where there is one."""
    title = tree.xpath("./p:sp[p:nvSpPr/p:nvPr/p:ph[@type='title' or @type='ctrTitle']]")
    if title:
        tree.insert(3 if tree.xpath("./p:sp[1]/p:nvSpPr/p:cNvPr[contains(@name, '/panel')]") else 2, title[0])
