"""Makes template.pptx, the deck's own 16:9 design; run `python -m casebuilder.deck.template` after changing it.

It starts from the file that python-pptx ships, for its packaging alone: theme, master and layouts are written here.
Five layouts: Cover; Exhibit (with takeaways beside it); Wide exhibit (takeaways below); Table; Text.
"""

# mypy: allow-untyped-calls

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as Deck
from pptx.util import Inches

from casebuilder.case.library import look
from casebuilder.deck import theme
from casebuilder.deck.packing import SOME_DAY, packed
from casebuilder.deck.theme import Box

TEMPLATE = Path(__file__).with_name("template.pptx")


@dataclass(frozen=True)
class Slot:
    """A placeholder of a layout: its kind in the file format, number, box, type size, colour slot and prompt."""

    kind: str
    idx: int
    box: Box
    size: float
    prompt: str
    colour: str = "tx1"
    bold: bool = False
    align: str = "l"
    anchor: str = "t"


TITLE = Slot("title", 0, theme.TITLE, 28, "The conclusion with its number", bold=True)
SOURCE = Slot("body", 13, theme.SOURCE, 10, "Source", "tx2")
FOOTER = Slot("ftr", 14, theme.STAMP, 10, "Version stamp", "tx2", align="r")
NUMBER = Slot("sldNum", 15, theme.NUMBER, 10, "", "tx2", align="r")
EVERY_SLIDE = (SOURCE, FOOTER, NUMBER)

#: Numbers of the placeholders that slides ask for.
EXHIBIT, TAKEAWAYS = 10, 11

LAYOUTS: dict[str, tuple[Slot, ...]] = {
    "Cover": (
        Slot("ctrTitle", 0, theme.COVER_TITLE, 40, "Title of the case", bold=True, anchor="b"),
        Slot("subTitle", 1, theme.COVER_SUBTITLE, 20, "For whom", "tx2"),
        Slot("body", 12, theme.COVER_COMPANY, 16, "Company", "tx2"),
        Slot("body", 13, theme.COVER_STAMP, 12, "Version stamp and date", "tx2"),
    ),
    "Exhibit": (
        TITLE,
        Slot("chart", EXHIBIT, theme.EXHIBIT, 12, "Exhibit"),
        Slot("body", TAKEAWAYS, theme.SIDE, 16, "So what"),
        *EVERY_SLIDE,
    ),
    "Wide exhibit": (
        TITLE,
        Slot("chart", EXHIBIT, theme.WIDE, 12, "Exhibit"),
        Slot("body", TAKEAWAYS, theme.BELOW, 16, "So what"),
        *EVERY_SLIDE,
    ),
    "Table": (
        TITLE,
        Slot("tbl", EXHIBIT, theme.BODY, 12, "Table"),
        Slot("body", TAKEAWAYS, theme.BELOW, 16, "So what"),
        *EVERY_SLIDE,
    ),
    "Text": (TITLE, Slot("body", TAKEAWAYS, theme.BODY, 16, "So what"), *EVERY_SLIDE),
}

_NAMES = {
    "ctrTitle": "Title",
    "subTitle": "Subtitle",
    "tbl": "Table",
    "ftr": "Footer",
    "sldNum": "Slide number",
}
_APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Casebuilder</Application></Properties>"
)


def build() -> bytes:
    """The template as a .pptx without slides; the same bytes each time."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(theme.WIDTH), Inches(theme.HEIGHT)
    size: Any = deck._element.sldSz
    size.attrib.pop("type")
    master = deck.slide_masters[0]
    for layout in list(master.slide_layouts)[len(LAYOUTS) :]:
        master.slide_layouts.remove(layout)
    for layout, (name, slots) in zip(master.slide_layouts, LAYOUTS.items(), strict=True):
        layout.part._element = parse_xml(_layout(name, slots))
    kept = [(item.get("id"), item.rId) for item in master._element.sldLayoutIdLst]
    master.part.part_related_by(RT.THEME)._blob = _theme().encode()
    master.part._element = parse_xml(_master(kept))
    _leave_out(deck)
    deck.core_properties.created = deck.core_properties.modified = SOME_DAY
    return packed(deck)


def _leave_out(deck: Deck) -> None:
    """Drops what describes somebody else's file: a printer, a picture of the first slide, counts of slides."""
    for part, kind in ((deck.part, RT.PRINTER_SETTINGS), (deck.part.package, RT.THUMBNAIL)):
        rels = part._rels
        for rel in [rel for rel in rels.values() if rel.reltype == kind]:
            rels.pop(rel.rId)
    deck.part.package.part_related_by(RT.EXTENDED_PROPERTIES)._blob = _APP.encode()


def _theme() -> str:
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{look()[token].removeprefix("#")}"/></a:{slot}>'
        for slot, token in theme.THEME.items()
    )
    font = f'<a:latin typeface="{theme.FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    flat = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{flat}<a:prstDash val="solid"/></a:ln>'
    fonts = f"<a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont>"
    return (
        f'<a:theme {nsdecls("a")} name="Casebuilder"><a:themeElements>'
        f'<a:clrScheme name="Casebuilder">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Casebuilder">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Casebuilder"><a:fillStyleLst>{flat * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{flat * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _master(layouts: Sequence[tuple[str, str]]) -> str:
    slots = (TITLE, Slot("body", 1, theme.BODY, 16, "Text"), FOOTER, NUMBER)
    ids = "".join(f'<p:sldLayoutId id="{number}" r:id="{rel}"/>' for number, rel in layouts)
    return (
        f"<p:sldMaster {nsdecls('a', 'r', 'p')}>{_tree('', slots, _rule())}"
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3"'
        ' accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        f"<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>"
        f"<p:txStyles><p:titleStyle>{_level(28, 'tx1', 'mj', True)}</p:titleStyle>"
        f"<p:bodyStyle>{_level(16, 'tx1')}</p:bodyStyle><p:otherStyle>{_level(16, 'tx1')}</p:otherStyle></p:txStyles>"
        "</p:sldMaster>"
    )


def _layout(name: str, slots: Sequence[Slot]) -> str:
    cover = name == "Cover"
    drawn = _bar() if cover else ""
    shown = ' showMasterSp="0"' if cover else ""
    return (
        f'<p:sldLayout {nsdecls("a", "r", "p")} preserve="1" userDrawn="1"{shown}>{_tree(name, slots, drawn)}'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _tree(name: str, slots: Sequence[Slot], drawn: str) -> str:
    named = f' name="{name}"' if name else ""
    ground = (
        ""
        if name
        else '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    )
    shapes = "".join(_placeholder(number, slot) for number, slot in enumerate(slots, start=10))
    return (
        f'<p:cSld{named}>{ground}<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        f"<p:grpSpPr/>{drawn}{shapes}</p:spTree></p:cSld>"
    )


def _placeholder(number: int, slot: Slot) -> str:
    idx = f' idx="{slot.idx}"' if slot.idx else ""
    text = f'<a:r><a:rPr lang="en-US"/><a:t>{slot.prompt}</a:t></a:r>'
    if slot.kind == "sldNum":
        text = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-US"/>'
        text += "<a:t>‹#›</a:t></a:fld>"
    level = _level(slot.size, slot.colour, bold=slot.bold, align=slot.align)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{_NAMES.get(slot.kind, slot.prompt)}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{slot.kind}"{idx}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{_place(slot.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{slot.anchor}">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle>{level}</a:lstStyle>"
        f"<a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _level(size: float, colour: str, font: str = "mn", bold: bool = False, align: str = "l") -> str:
    """One level of text, without bullets and without space around paragraphs."""
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}" kern="0">'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:latin typeface="+{font}-lt"/>'
        f'<a:ea typeface="+{font}-ea"/><a:cs typeface="+{font}-cs"/></a:defRPr></a:lvl1pPr>'
    )


def _place(box: Box) -> str:
    left, top, width, height = box.emu
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _rule() -> str:
    """The thin line above the footer."""
    box = Box(theme.MARGIN, theme.RULE_TOP, theme.WIDTH - 2 * theme.MARGIN, 0)
    return (
        '<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="2" name="Rule"/><p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr>'
        f'<p:spPr>{_place(box)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        '<a:ln w="9525"><a:solidFill><a:schemeClr val="bg2"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
    )


def _bar() -> str:
    """The one accent of the cover, left of the title."""
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Accent"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{_place(theme.COVER_BAR)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


if __name__ == "__main__":
    TEMPLATE.write_bytes(build())
