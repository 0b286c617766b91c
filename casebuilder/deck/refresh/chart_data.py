"""What a chart shows and how, read from its part of the package: values, names, labels, axes, colours of its marks."""

# mypy: allow-untyped-calls

from collections.abc import Iterator
from typing import Any

from lxml import etree

from casebuilder.deck.refresh.names import Tag, plain
from casebuilder.deck.refresh.record import Fact
from casebuilder.deck.refresh.rewords import colour
from casebuilder.deck.xml import qn

#: Programs write numbers with different digits; these many are the same in all of them.
_DIGITS, _AXIS_DIGITS, _LAYOUT_DIGITS = 9, 6, 2

#: What of an axis follows the values, below its element or below its scaling.
SCALING, OF_AXIS = ("c:max", "c:min"), ("c:crossesAt", "c:majorUnit", "c:tickLblSkip")


def facts(tag: Tag, space: Any, theme: dict[str, str]) -> Iterator[Fact]:
    """What a chart shows and how."""
    yield data_fact(tag, space)
    yield plots_fact(tag, space)
    yield axes_fact(tag, space)
    yield layout_fact(tag, space)
    yield from (marks_fact(tag, space, each) for each in ({}, theme))
    for code in dict.fromkeys(each.get("formatCode") or "" for each in space.iter(qn("c:numFmt"))):
        yield code_fact(tag, code)
    for number, row in enumerate(series(space)):
        for label in labels(row):
            yield label_fact(tag, number, label)


def series(space: Any) -> list[Any]:
    """The series that are drawn, plot by plot."""
    return list(space.iter(qn("c:ser")))


def plots(space: Any) -> list[Any]:
    """The plots that hold them."""
    return list(dict.fromkeys(row.getparent() for row in series(space)))


def values(row: Any) -> tuple[str, ...]:
    """The values of a series as comparable texts, in order; empty where there is none."""
    return _points(row.find(qn("c:val")), lambda text: _number(text, _DIGITS))


def categories(row: Any) -> tuple[str, ...]:
    """The names of its marks."""
    return _points(row.find(qn("c:cat")), plain)


def name(row: Any) -> str:
    """The name of a series."""
    return plain("".join(each.text or "" for each in row.findall(f"{qn('c:tx')}//{qn('c:v')}")))


def _points(source: Any, read: Any) -> tuple[str, ...]:
    if source is None:
        return ()
    count = max((int(each.get("val") or 0) for each in source.iter(qn("c:ptCount"))), default=0)
    found = {int(each.get("idx")): read(each.findtext(qn("c:v")) or "") for each in source.iter(qn("c:pt"))}
    return tuple(found.get(index, "") for index in range(min(count, 10_000)))


def _number(text: str, digits: int) -> str:
    try:
        return f"{float(text) + 0.0:.{digits}g}"
    except ValueError:
        return plain(text)


def data_fact(tag: Tag, space: Any) -> Fact:
    """The numbers of a chart and what they are called."""
    rows = series(space)
    said = [(name(row), values(row)) for row in rows]
    return ("data", tag, said, categories(rows[0]) if rows else ())


def plots_fact(tag: Tag, space: Any) -> Fact:
    """Of which kind it is."""
    return ("plots", tag, kinds(space))


def kinds(space: Any) -> tuple[list[tuple[str, str, int]], list[bool]]:
    """Kind, direction and number of series of each plot, and which axes show what they count."""
    shown = [
        all(each.get("val") != "none" for each in axis.findall(qn("c:tickLblPos")))
        and all(each.get("val") not in ("1", "true", None) for each in axis.findall(qn("c:delete")))
        for axis in axes(space)
    ]
    return _kinds(space), shown


def _kinds(space: Any) -> list[tuple[str, str, int]]:
    return [
        (
            etree.QName(plot).localname,
            "".join(each.get("val") or "col" for each in plot.findall(qn("c:barDir"))),
            len(plot.findall(qn("c:ser"))),
        )
        for plot in plots(space)
    ]


def axes(space: Any) -> list[Any]:
    """The axes of values, then those of names, each in their order."""
    return [
        *space.iter(qn("c:valAx")),
        *space.iter(qn("c:catAx"), qn("c:dateAx")),
    ]


def axes_fact(tag: Tag, space: Any) -> Fact:
    """Where its axes begin, end, cross and count."""
    said = []
    for axis in axes(space):
        scaling = axis.find(qn("c:scaling"))
        ends = [] if scaling is None else [scaling.find(qn(each)) for each in SCALING]
        said.append([_value(each) for each in (*ends, *(axis.find(qn(each)) for each in OF_AXIS))])
    return ("axes", tag, said)


def _value(element: Any) -> str:
    return "" if element is None else _number(element.get("val") or "", _AXIS_DIGITS)


def layout_fact(tag: Tag, space: Any) -> Fact:
    """Where in the chart its marks stand."""
    return (
        "layout",
        tag,
        [_placed(each) for each in space.findall(f".//{qn('c:plotArea')}/{qn('c:layout')}")],
    )


def _placed(layout: Any) -> list[str]:
    found = (layout.find(f"{qn('c:manualLayout')}/{qn(f'c:{side}')}") for side in "xywh")
    return ["" if each is None else f"{float(each.get('val')) + 0.0:.{_LAYOUT_DIGITS}f}" for each in found]


def marks_fact(tag: Tag, space: Any, theme: dict[str, str]) -> Fact:
    """The colours of marks that have one of their own."""
    found = [
        (number, point.find(qn("c:idx")).get("val"), fill(point, theme))
        for number, row in enumerate(series(space))
        for point in row.findall(qn("c:dPt"))
    ]
    return ("marks", tag, found)


def fill(point: Any, theme: dict[str, str]) -> str:
    """The colour of a mark."""
    return colour(point.find(qn("c:spPr")), theme)


def labels(row: Any) -> list[Any]:
    """The labels of a series with words of their own."""
    return [each for each in row.iter(qn("c:dLbl")) if each.find(qn("c:tx")) is not None]


def label_text(label: Any) -> str:
    """The words of a label."""
    return plain("".join(each.text or "" for each in label.findall(f"{qn('c:tx')}//{qn('a:t')}")))


def index_of(element: Any) -> int:
    """Which mark of its series a label or a colour belongs to."""
    return int(element.find(qn("c:idx")).get("val"))


def label_fact(tag: Tag, number: int, label: Any) -> Fact:
    """What a label said; not at which mark, because marks change their places."""
    return ("label", tag, number, label_text(label))


def code_fact(tag: Tag, code: str) -> Fact:
    """How numbers were written."""
    return ("code", tag, code.replace("\\", ""))
