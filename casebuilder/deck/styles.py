"""How a design sets its text: colour, typeface, size and alignment that a placeholder hands on to a slide."""

# mypy: allow-untyped-calls

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout, SlideMaster

#: What placeholders of a kind follow on the master, and which of its three styles.
_FOLLOWS = {"ctrTitle": "title", "title": "title", "dt": "dt", "ftr": "ftr", "sldNum": "sldNum"}
_STYLES = {"title": "titleStyle", "body": "bodyStyle"}
_FILLS = {qn(f"a:{name}") for name in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill")}
_EDGES = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}


@dataclass(frozen=True)
class Style:
    """What a slide's text gets by itself, and what only the layout's own sample text shows (`shown`).

    Some programs write a design so that its text style is seen in the sample alone; slides then have to repeat it.
    """

    colour: Any = None
    typeface: str = ""
    size: float | None = None
    align: str = ""
    shown: bool = False


def style_of(layout: SlideLayout, element: Any) -> Style:
    """The style of the first level of a placeholder of a layout."""
    master = layout.slide_master
    levels = [level for holder in _chain(layout, element) for level in holder.iter(qn("a:lvl1pPr"))]
    found = _merged(levels, [level.find(qn("a:defRPr")) for level in levels], _fonts(master))
    if found.colour is not None or found.typeface:
        return found
    paragraph = element.find(f"{qn('p:txBody')}/{qn('a:p')}")
    runs = (
        [*paragraph.iter(qn("a:rPr")), *paragraph.iter(qn("a:endParaRPr"))] if paragraph is not None else []
    )
    shown = _merged([p for p in (paragraph,) if p is not None], runs, _fonts(master))
    align = paragraph.find(qn("a:pPr")).get("algn", "") if paragraph is not None and runs else ""
    return Style(shown.colour, shown.typeface, shown.size, align, shown=bool(runs))


def _merged(levels: list[Any], runs: list[Any], fonts: dict[str, str]) -> Style:
    """Of each property the nearest that says anything."""
    runs = [run for run in runs if run is not None]
    colour = next((fill for run in runs if (fill := run.find(qn("a:solidFill"))) is not None), None)
    faces = (run.find(qn("a:latin")) for run in runs)
    face = next((face.get("typeface", "") for face in faces if face is not None), "")
    size = next((int(run.get("sz")) / 100 for run in runs if run.get("sz")), None)
    align = next((level.get("algn") for level in levels if level.get("algn")), "")
    return Style(colour, fonts.get(face, face), size, align)


def _chain(layout: SlideLayout, element: Any) -> Iterator[Any]:
    """Where a placeholder's style comes from, nearest first."""
    kind = element.xpath("string(.//p:ph/@type)")
    follows = _FOLLOWS.get(kind, "body")
    yield from element.findall(f"{qn('p:txBody')}/{qn('a:lstStyle')}")
    master = layout.slide_master._element
    for other in master.cSld.spTree.iter(qn("p:sp")):
        if other.xpath(f'.//p:nvPr/p:ph[@type="{follows}"]'):
            yield from other.findall(f"{qn('p:txBody')}/{qn('a:lstStyle')}")
    yield from master.findall(f"{qn('p:txStyles')}/{qn('p:' + _STYLES.get(follows, 'otherStyle'))}")


def fill_of(layout: SlideLayout, element: Any) -> tuple[Any, Any]:
    """The shape properties that give a placeholder its fill, its own or its master's, and the part they stand in."""
    own = element.find(qn("p:spPr"))
    if any(child.tag in _FILLS for child in own):
        return own, layout.part
    kind = _FOLLOWS.get(element.xpath("string(.//p:ph/@type)"), "body")
    for other in layout.slide_master._element.cSld.spTree.iter(qn("p:sp")):
        if other.xpath(f'.//p:nvPr/p:ph[@type="{kind}"]'):
            return other.find(qn("p:spPr")), layout.slide_master.part
    return own, layout.part


def _fonts(master: SlideMaster) -> dict[str, str]:
    """What the theme's two typefaces are."""
    theme = parse_xml(master.part.part_related_by(RT.THEME).blob)
    found = {}
    for tag, name in (("majorFont", "+mj-lt"), ("minorFont", "+mn-lt")):
        latin = theme.find(f".//{qn(f'a:{tag}')}/{qn('a:latin')}")
        found[name] = latin.get("typeface", "") if latin is not None else ""
    return found


def typeface_of_theme(master: SlideMaster) -> str:
    """The typeface of text that says nothing else."""
    return _fonts(master)["+mn-lt"]


def edges(layout: SlideLayout, element: Any) -> tuple[float, float, float, float]:
    """How far text stays away from the left, upper, right and lower edge of its placeholder, in inches."""
    kind = _FOLLOWS.get(element.xpath("string(.//p:ph/@type)"), "body")
    bodies = [element.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}")]
    for other in layout.slide_master._element.cSld.spTree.iter(qn("p:sp")):
        if other.xpath(f'.//p:nvPr/p:ph[@type="{kind}"]'):
            bodies.append(other.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}"))
    left, top, right, bottom = (
        next((int(body.get(side)) for body in bodies if body is not None and body.get(side)), usual) / 914_400
        for side, usual in _EDGES.items()
    )
    return left, top, right, bottom
