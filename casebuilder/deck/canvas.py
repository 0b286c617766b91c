"""One slide while it is being filled: placeholders by number, shapes named by exhibit, notes, nothing left empty."""

# mypy: allow-untyped-calls

from collections.abc import Sequence
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape

from casebuilder.deck import measure, theme, xml
from casebuilder.deck.text import Para, fill, largest, one_line, para
from casebuilder.deck.theme import FOOT_SIZES, MUTED, TITLE_SIZES, Box
from casebuilder.pitch.records import Exhibit, Stamp

#: Numbers of the placeholders in the layouts.
EXHIBIT, TAKEAWAYS, COMPANY, SOURCE = 10, 11, 12, 13


class Canvas:
    """A new slide of one layout. `part` tells the slides of one exhibit apart: "1", "2" and so on, or nothing."""

    def __init__(self, deck: Presentation, layout: str, name: str, part: str = "") -> None:
        chosen = next(item for item in deck.slide_layouts if item.name == layout)
        self.slide = deck.slides.add_slide(chosen)
        self.shapes = self.slide.shapes
        self.number = len(deck.slides)
        self.prefix = f"{name}/{part}" if part else name
        self._free = {shape.placeholder_format.idx: shape for shape in self.slide.placeholders}
        self._notes: list[str] = []

    def take(self, idx: int) -> Any:
        """The placeholder of this number, which the caller fills; KeyError where the layout has none."""
        return self._free.pop(idx)

    def place(self, call: str) -> Any:
        """The exhibit placeholder where it is still free and can do `call` (insert_chart, insert_table), else None."""
        shape = self._free.get(EXHIBIT)
        return self.take(EXHIBIT) if shape is not None and hasattr(shape, call) else None

    def name(self, shape: BaseShape, part: str) -> None:
        """Names a shape by exhibit and part, so that it can be found again in a deck that somebody has edited."""
        shape.name = one_line(f"{self.prefix}/{part}")

    def title(
        self, text: str, idx: int = 0, sizes: Sequence[float] = TITLE_SIZES, box: Box = theme.TITLE
    ) -> None:
        """The title at the largest size that fits; one too long for its box ends in an ellipsis, whole in the notes."""
        whole = para(text, bold=True)
        if not whole.text.strip():
            return
        shape = self.take(idx)
        self.name(shape, "title")
        if largest((whole,), box, sizes) is None:
            self.note(text)
            lines = int(box.height * 72 // measure.line_height(whole.text, sizes[-1]))
            whole = para(
                measure.shortened(whole.text, sizes[-1], box.width * 72, lines, bold=True), bold=True
            )
        fill(shape.text_frame, (whole,), box, _fewest_lines(whole.text, box, sizes))

    def body(
        self, idx: int, part: str, paras: Sequence[Para], box: Box, sizes: Sequence[float]
    ) -> tuple[Para, ...]:
        """Text in a placeholder, which is moved to `box`; the rest that did not fit. Without text it is left out."""
        if not any(paragraph.text.strip() for paragraph in paras):
            return ()
        shape = self.take(idx)
        self.name(shape, part)
        shape.left, shape.top, shape.width, shape.height = box.emu
        return fill(shape.text_frame, paras, box, sizes)

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
        shape = self.shapes.add_textbox(*box.emu)
        self.name(shape, part)
        rest = fill(shape.text_frame, paras, box, sizes, anchor=anchor, align=align)
        if rest:
            self.note(" ".join(paragraph.text for paragraph in paras))

    def note(self, text: str) -> None:
        """Adds a paragraph to the speaker notes."""
        if text:
            self._notes.append(xml.printable(text))

    def close(self, exhibit: Exhibit, stamp: Stamp) -> None:
        """Source, stamp, page number and notes; then every placeholder that nobody filled is taken off."""
        source = (para(exhibit.source, colour=MUTED),) if exhibit.source else ()
        if self.body(SOURCE, "source", source, theme.SOURCE, FOOT_SIZES):
            self._shorten_source(exhibit.source)
        footers = xml.add_footers(self.slide, self.number)
        fill(
            footers["ftr"].text_frame,
            (para(stamp.line, colour=MUTED),),
            theme.STAMP,
            FOOT_SIZES,
            align=PP_ALIGN.RIGHT,
        )
        for kind, part in (("ftr", "stamp"), ("sldNum", "page")):
            self.name(footers[kind], part)
        self.finish()

    def finish(self) -> None:
        """Notes, and no placeholder left empty."""
        for shape in self._free.values():
            xml.remove(shape)
        self._free = {}
        if self._notes:
            frame = self.slide.notes_slide.notes_text_frame
            assert frame is not None, "our notes master has a place for text"
            frame.text = "\n".join(self._notes)

    def _shorten_source(self, source: str) -> None:
        """A source line too long for two lines of the footer ends in an ellipsis and stands whole in the notes."""
        self.note(source)
        shape = next(item for item in self.slide.shapes if item.name == f"{self.prefix}/source")
        box = theme.SOURCE
        text = measure.shortened(one_line(source), FOOT_SIZES[-1], box.width * 72, 2)
        shape.text_frame.clear()
        fill(shape.text_frame, (para(text, colour=MUTED),), box, FOOT_SIZES)


def _fewest_lines(title: str, box: Box, sizes: Sequence[float]) -> Sequence[float]:
    """The sizes from the one on that saves a line, if a slightly smaller one does."""
    near = [size for size in sizes if size >= 0.92 * sizes[0]]
    lines = [len(measure.wrap(title, size, box.width * 72, bold=True)) for size in near]
    return sizes[lines.index(min(lines)) :]
