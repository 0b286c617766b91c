"""Links inside a deck: from a number and from a source line to the slide that explains it, and from there back."""

# mypy: allow-untyped-calls

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from casebuilder.case.library_records import ExhibitKind
from casebuilder.deck.text import one_line
from casebuilder.pitch.records import Exhibit

#: The slides of each exhibit, in order.
Slides = Mapping[ExhibitKind, Sequence[Slide]]

_JUMP, _BACK = "ppaction://hlinksldjump", "ppaction://hlinkshowjump?jump=lastslideviewed"


def connect(file: Presentation, exhibits: Sequence[Exhibit]) -> None:
    """Links every figure and source line that an exhibit explains, once all slides exist; that exhibit leads back.

    The whole text box is the link: a link on words would be underlined.
    """
    slides, reached = _by_exhibit(file), set[ExhibitKind]()
    for exhibit in exhibits:
        for slide in slides.get(exhibit.id, ()):
            for shape, more in _asking(exhibit, slide):
                if slides.get(more):
                    _click(shape, slide, _row_by_row(slide, slides[more]))
                    reached.add(more)
    for kind in reached:
        for slide in slides[kind]:
            _lead_back(slide)


def _by_exhibit(file: Presentation) -> Slides:
    """The slides of each exhibit, by the names of their shapes."""
    kinds: tuple[ExhibitKind, ...] = get_args(ExhibitKind)
    found: dict[ExhibitKind, list[Slide]] = {kind: [] for kind in kinds}
    for slide in file.slides:
        names = {shape.name.partition("/")[0] for shape in slide.shapes}
        for kind in kinds:
            if kind in names:
                found[kind].append(slide)
    return found


def _asking(exhibit: Exhibit, slide: Slide) -> Iterator[tuple[BaseShape, ExhibitKind]]:
    """The shapes on a slide of an exhibit that another one explains, each with that one."""
    leading = {one_line(f"/figure {figure.key}"): figure.more for figure in exhibit.figures}
    leading["/source"] = exhibit.more
    for shape in slide.shapes:
        more = next((kind for part, kind in leading.items() if shape.name.endswith(part)), None)
        if more is not None:
            yield shape, more


def _row_by_row(slide: Slide, targets: Sequence[Slide]) -> Slide:
    """The first of these slides with a row that has the name of one on this slide, else the first of all."""
    names = _rows(slide)
    return next((target for target in targets if names & _rows(target)), targets[0])


def _rows(slide: Slide) -> set[str]:
    """The first cells of the rows of all tables on a slide, heads left out."""
    rows = [row for table in slide.shapes._spTree.iter(qn("a:tbl")) for row in table.findall(qn("a:tr"))[1:]]
    return {"".join(text.text or "" for text in row.find(qn("a:tc")).iter(qn("a:t"))) for row in rows}


def _click(shape: BaseShape, slide: Slide, target: Slide) -> None:
    """A click anywhere on the shape leads to the target."""
    id = slide.part.relate_to(target.part, RELATIONSHIP_TYPE.SLIDE)
    _set(shape, f'r:id="{id}" action="{_JUMP}"')


def _lead_back(slide: Slide) -> None:
    """A click on the number of the page leads to the slide that was seen before."""
    for shape in slide.shapes:
        if shape.name.endswith("/page"):
            _set(shape, f'r:id="" action="{_BACK}"')


def _set(shape: BaseShape, what: str) -> None:
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.insert(0, parse_xml(f"<a:hlinkClick {nsdecls('a', 'r')} {what}/>"))
