"""Links inside a deck: from a number and from a source line to the slide that explains it, and from there back."""

# mypy: allow-untyped-calls

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide

from casebuilder.case.library_records import ExhibitKind
from casebuilder.deck.text import one_line
from casebuilder.deck.xml import qn
from casebuilder.pitch.records import Exhibit

_JUMP, _BACK = "ppaction://hlinksldjump", "ppaction://hlinkshowjump?jump=lastslideviewed"


class _Page:
    """A slide of an exhibit, with what links start from and choose by; read once, for slides are looked at often."""

    def __init__(self, exhibit: Exhibit, slide: Slide) -> None:
        self.exhibit, self.slide = exhibit, slide
        self._tree = slide.shapes._spTree

    @cached_property
    def shapes(self) -> list[tuple[str, Any]]:
        """The name of each shape, with the element that a link belongs in."""
        found = ((each, each.getparent().getparent()) for each in self._tree.iter(qn("p:cNvPr")))
        return [(each.get("name"), each) for each, shape in found if shape.getparent() is self._tree]

    @cached_property
    def rows(self) -> set[str]:
        """The first cells of the rows of all tables, heads left out."""
        rows = [row for table in self._tree.iter(qn("a:tbl")) for row in table.findall(qn("a:tr"))[1:]]
        return {"".join(text.text or "" for text in row.find(qn("a:tc")).iter(qn("a:t"))) for row in rows}


def connect(slides: Sequence[tuple[Exhibit, Slide]]) -> None:
    """Links every figure and source line that an exhibit explains, once all slides exist; that exhibit leads back.

    `slides` are those of the deck, each with its exhibit. The whole text box is the link: a link on words would be
    underlined.
    """
    pages, reached = [_Page(exhibit, slide) for exhibit, slide in slides], set[ExhibitKind]()
    explaining = defaultdict[ExhibitKind, list[_Page]](list)
    for page in pages:
        explaining[page.exhibit.id].append(page)
    for page in pages:
        for element, more in _asking(page):
            if more in explaining:
                _click(element, page, _row_by_row(page, explaining[more]))
                reached.add(more)
    for page in pages:
        if page.exhibit.id in reached:
            _lead_back(page)


def _asking(page: _Page) -> Iterator[tuple[Any, ExhibitKind]]:
    """The shapes on a slide that another exhibit explains, each with that one."""
    leading = {one_line(f"/figure {figure.key}"): figure.more for figure in page.exhibit.figures}
    leading["/source"] = page.exhibit.more
    for name, element in page.shapes:
        more = next((kind for part, kind in leading.items() if name.endswith(part)), None)
        if more is not None:
            yield element, more


def _row_by_row(page: _Page, targets: Sequence[_Page]) -> _Page:
    """The first of these slides with a row that has the name of one on this slide, else the first of all."""
    return next((target for target in targets if page.rows & target.rows), targets[0])


def _click(element: Any, page: _Page, target: _Page) -> None:
    """A click anywhere on the shape leads to the target."""
    id = page.slide.part.relate_to(target.slide.part, RELATIONSHIP_TYPE.SLIDE)
    _set(element, f'r:id="{id}" action="{_JUMP}"')


def _lead_back(page: _Page) -> None:
    """A click on the number of the page leads to the slide that was seen before."""
    for name, element in page.shapes:
        if name.endswith("/page"):
            _set(element, f'r:id="" action="{_BACK}"')


def _set(element: Any, what: str) -> None:
    element.insert(0, parse_xml(f"<a:hlinkClick {nsdecls('a', 'r')} {what}/>"))
