"""One slide while it is being filled: places of the layout by number, shapes named by exhibit, notes."""

# mypy: allow-untyped-calls

from collections.abc import Sequence
from typing import Any, Literal
from xml.sax.saxutils import quoteattr

from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from casebuilder.deck import measure, xml
from casebuilder.deck.design import Design
from casebuilder.deck.text import Para, body_xml, largest, one_line, para, written
from casebuilder.deck.theme import FOOT_SIZES, MUTED, Box
from casebuilder.pitch.records import Exhibit, Stamp

#: Numbers of the places in the layouts.
EXHIBIT, TAKEAWAYS, COMPANY, SOURCE = 10, 11, 12, 13

_NUMBER = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


class Canvas:
    """A new slide of one layout. `part` tells the slides of one exhibit apart: "1", "2" and so on, or nothing.

    Shapes are kept as text of the file format, in the order in which they are read, until the slide is finished.
    """

    def __init__(self, design: Design, layout: str, name: str, part: str = "") -> None:
        self._design, self._layout = design, design.layouts[layout]
        self.grid = design.grid
        self.slide = xml.add_slide(design.file, self._layout.layout)
        self.number = len(design.file.slides)
        self.prefix = f"{name}/{part}" if part else name
        self._free = dict(self._layout.free)
        self._shapes: list[str] = []
        self._notes: list[str] = []

    def title(self, text: str, sizes: Sequence[float] = (), box: Box | None = None) -> None:
        """The title at the largest size that fits; one too long for its box ends in an ellipsis, whole in the notes."""
        whole, sizes, box = para(text, bold=True), sizes or self.grid.title_sizes, box or self.grid.title
        if not whole.text.strip():
            return
        if largest((whole,), box, sizes) is None:
            self.note(text)
            whole = para(_shortened(whole.text, sizes[-1], box, bold=True), bold=True)
        said = written((whole,), box, _fewest_lines(whole.text, box, sizes))[0]
        self._add("title", said, self._free.pop(0).said)

    def body(
        self, idx: int, part: str, paras: Sequence[Para], box: Box, sizes: Sequence[float]
    ) -> tuple[Para, ...]:
        """Text in a place of the layout, which is moved to `box`; the rest that did not fit. No text, no shape.

        Where the layout has no such place it stands in a text box.
        """
        if not any(paragraph.text.strip() for paragraph in paras):
            return ()
        said, rest = written(paras, box, sizes)
        place = self._free.pop(idx, None)
        self._add(part, said, place.said if place else "", box)
        return rest

    def text(
        self,
        part: str,
        paras: Sequence[Para],
        box: Box,
        sizes: Sequence[float],
        *,
        anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
        align: PP_ALIGN = PP_ALIGN.LEFT,
    ) -> None:
        """A text box of its own; what does not fit at the smallest size stands in the notes."""
        said, rest = written(paras, box, sizes, anchor=anchor, align=align)
        self._add(part, said, "", box)
        if rest:
            self.note(" ".join(paragraph.text for paragraph in paras))

    def chart(self, part: str, alt: str, box: Box, source: Any) -> None:
        """A native chart, of which `source` gives the library the parts of the package (xml_bytes, xlsx_blob)."""
        relation = self.slide.part.add_chart_part(XL_CHART_TYPE.COLUMN_CLUSTERED, source)
        self._frame(part, alt, box, "chart", f'<c:chart r:id="{relation}"/>')

    def table(self, alt: str, box: Box, content: str) -> None:
        """A native table, as text of the file format."""
        self._frame("table", alt, box, "table", content)

    def _frame(self, part: str, alt: str, box: Box, kind: Literal["chart", "table"], content: str) -> None:
        """In the place of the exhibit, if that is still free and may hold such a thing; `alt` is said in its place."""
        place, said = self._free.get(EXHIBIT), ""
        if place and place.kind in ({"chart": "chart", "table": "tbl"}[kind], "obj"):
            said = self._free.pop(EXHIBIT).said
        (left, top, width, height), named = box.emu, self._named(part, alt)
        self._shapes.append(
            f"<p:graphicFrame><p:nvGraphicFramePr>{named}"
            f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr>{said}</p:nvPr>'
            f'</p:nvGraphicFramePr><p:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></p:xfrm>'
            f'<a:graphic><a:graphicData uri="{_DRAWING}/{kind}">{content}</a:graphicData></a:graphic></p:graphicFrame>'
        )

    def _add(self, part: str, body: str, place: str, box: Box | None = None) -> None:
        """A text in a place of the layout, in a box of its own where that is given; without a place in a text box."""
        properties = ""
        if box:
            left, top, width, height = box.emu
            properties = f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        if not place:
            properties += '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        own = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>' if place else '<p:cNvSpPr txBox="1"/>'
        self._shapes.append(
            f"<p:sp><p:nvSpPr>{self._named(part)}{own}<p:nvPr>{place}</p:nvPr></p:nvSpPr>"
            f"<p:spPr>{properties}</p:spPr>{body}</p:sp>"
        )

    def _named(self, part: str, alt: str | None = None) -> str:
        """Names a shape by exhibit and part, so that it can be found again in a deck that somebody has edited."""
        name = quoteattr(one_line(f"{self.prefix}/{part}"))
        described = "" if alt is None else f" descr={quoteattr(xml.printable(alt))}"
        return f'<p:cNvPr id="{len(self._shapes) + 2}" name={name}{described}/>'

    def note(self, text: str) -> None:
        """Adds a paragraph to the speaker notes."""
        if text:
            self._notes.append(xml.printable(text))

    def close(self, exhibit: Exhibit, stamp: Stamp) -> None:
        """Source, stamp, page number and notes; a source too long for its lines stands whole in the notes."""
        source, box = para(exhibit.source, colour=MUTED), self.grid.source
        if largest((source,), box, FOOT_SIZES) is None:
            self.note(exhibit.source)
            source = para(_shortened(source.text, FOOT_SIZES[-1], box), colour=MUTED)
        self.body(SOURCE, "source", (source,), box, FOOT_SIZES)
        self._foot(stamp)
        self.finish()

    def _foot(self, stamp: Stamp) -> None:
        """Stamp and page number in the places that the layout has for them, else in text boxes."""
        foot, box, counted = self._layout.foot, self.grid.stamp, self.grid.number
        said = written((para(stamp.line, colour=MUTED),), box, FOOT_SIZES, align=PP_ALIGN.RIGHT)[0]
        if "ftr" in foot:
            self._add("stamp", said, foot["ftr"].said)
        else:
            self._add("stamp", said, "", box)
        if "sldNum" in foot:
            self._add("page", self._layout.number(self.number), foot["sldNum"].said)
        else:
            self._add("page", self._counted(), "", counted)

    def _counted(self) -> str:
        """The number of the slide, which counts on when slides are moved."""
        colour = f'<a:solidFill><a:schemeClr val="{MUTED.xml_value}"/></a:solidFill>'
        look = f'<a:rPr sz="{round(100 * FOOT_SIZES[0])}">{colour}</a:rPr>'
        field = f'<a:fld id="{_NUMBER}" type="slidenum">{look}<a:t>{self.number}</a:t></a:fld>'
        return body_xml(f'<a:p><a:pPr algn="r"/>{field}</a:p>')

    def finish(self) -> None:
        """Puts the shapes on the slide, and the notes where there are any."""
        self.slide.shapes._spTree.extend(xml.elements("".join(self._shapes)))
        if self._notes:
            xml.add_notes(self.slide, self._design.blank_notes, "\n".join(self._notes).split("\n"))


def _shortened(text: str, size: float, box: Box, bold: bool = False) -> str:
    """The text as far as the box has lines for it."""
    lines = int(box.height * 72 // measure.line_height(text, size))
    return measure.shortened(text, size, box.width * 72, max(1, lines), bold)


def _fewest_lines(title: str, box: Box, sizes: Sequence[float]) -> Sequence[float]:
    """The sizes from the one on that saves a line, if a slightly smaller one does."""
    near = [size for size in sizes if size >= 0.92 * sizes[0]]
    lines = [len(measure.wrap(title, size, box.width * 72, bold=True)) for size in near]
    return sizes[lines.index(min(lines)) :]
