"""Finds shapes of ours whose names were lost: LibreOffice gives the places of a layout names of its own."""

# mypy: allow-untyped-calls

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches

from casebuilder.deck.refresh import facts
from casebuilder.deck.refresh.names import PAGE, Place, Shape, Tag, elements, name_of, tag_of
from casebuilder.deck.refresh.record import Record

#: Programs round places; two pieces of ours are never this near to each other.
_NEAR = Inches(0.05)


class Fresh(Protocol):
    """A slide of the fresh deck."""

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """Its shapes by piece."""


def with_names(
    slide: Slide, shapes: Sequence[Shape], fresh: Mapping[Place, Any], known: Record
) -> list[Shape]:
    """The shapes of ours on a slide with those found again, which get their names back.

    A text is known by its mark; one that somebody changed stands where ours stood.
    """
    if not known:
        return list(shapes)
    found = list(shapes)
    lost = [element for element in elements(slide) if _lost(element)]
    places = list(dict.fromkeys(shape.tag.place for shape in shapes)) or list(fresh)
    for place in places:
        model: Fresh | None = fresh.get(place)
        if model is None:
            continue
        wanted = [each for each in model.shapes.values() if each.kind == "text" and each.tag.piece != PAGE]
        for each in wanted:
            if any(shape.tag == each.tag for shape in found):
                continue
            again = _by_mark(lost, each.tag, known)
            if again is not None:
                lost.remove(again)
                found.append(_called(again, slide, each))
    here = {shape.tag.place for shape in found}
    for place in here & fresh.keys():
        for each in fresh[place].shapes.values():
            element = _by_place(lost, each) if not any(shape.tag == each.tag for shape in found) else None
            if element is not None:
                lost.remove(element)
                found.append(_called(element, slide, each))
    return found


def _lost(element: Any) -> bool:
    """Whether this is the place of a layout with a text, under a name that is not ours."""
    is_place = element.find(f"./*/*/{qn('p:ph')}") is not None
    return is_place and element.find(qn("p:txBody")) is not None and tag_of(name_of(element)) is None


def _by_mark(lost: Sequence[Any], tag: Tag, known: Record) -> Any:
    return next((each for each in lost if facts.text_fact(tag, each.find(qn("p:txBody"))) in known), None)


def _by_place(lost: Sequence[Any], model: Shape) -> Any:
    """The text that stands where the piece of ours stands in the fresh deck."""
    wanted = _corner(model.element) or _of_layout(model)
    if wanted is None or model.kind != "text":
        return None
    near = ((each, _corner(each)) for each in lost)
    return next(
        (
            e
            for e, corner in near
            if corner and all(abs(a - b) < _NEAR for a, b in zip(corner, wanted, strict=True))
        ),
        None,
    )


def _corner(element: Any) -> tuple[int, int] | None:
    offset = element.find(f"{qn('p:spPr')}/{qn('a:xfrm')}/{qn('a:off')}")
    return None if offset is None else (int(offset.get("x")), int(offset.get("y")))


def _of_layout(model: Shape) -> tuple[int, int] | None:
    """Where a piece stands that takes its place from the layout."""
    shape = next((each for each in model.slide.shapes if each._element is model.element), None)
    return None if shape is None or shape.left is None else (int(shape.left), int(shape.top))


def _called(element: Any, slide: Slide, model: Shape) -> Shape:
    return Shape(element, slide, model.tag).called(model.tag, model.properties.get("name"))
