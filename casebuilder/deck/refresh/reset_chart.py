"""Puts the values of a fresh chart into an edited one: numbers, names, labels and axes follow, looks and place stay."""

# mypy: allow-untyped-calls

from typing import Any

from pptx.oxml.ns import qn
from pptx.parts.chart import ChartWorkbook

from casebuilder.deck.refresh import chart_data as data
from casebuilder.deck.refresh.names import Tag
from casebuilder.deck.refresh.record import Record
from casebuilder.deck.refresh.rewords import colour, portable, say

_NUMBERS = qn("c:numFmt")
#: Elements of a label in the order of the file format, from where its words stand on.
_LABEL = tuple(
    qn(f"c:{name}") for name in ("idx", "delete", "layout", "tx", "numFmt", "spPr", "txPr", "dLblPos")
)
_SCALING = tuple(qn(f"c:{name}") for name in ("logBase", "orientation", "max", "min"))
_AXIS_END = {
    "c:crossesAt": ("c:crosses",),
    "c:majorUnit": ("c:crossBetween", "c:crossesAt", "c:crosses"),
    "c:tickLblSkip": ("c:lblOffset", "c:lblAlgn", "c:auto", "c:crosses", "c:crossesAt"),
}


def reset_chart(tag: Tag, part: Any, source: Any, record: Record, theme: dict[str, str]) -> bool:
    """Makes a chart show what the source shows; whether it had to be drawn anew, in our looks.

    Both are parts of a package. Where the chart is of our kind and the fresh one of another, or has other series, its
    looks cannot be kept.
    """
    space, fresh = part._element, source._element
    kind_is_ours = not record or data.plots_fact(tag, space) in record
    fits = len(data.series(space)) == len(data.series(fresh))
    anew = not fits or (kind_is_ours and data.kinds(space) != data.kinds(fresh))
    if anew:
        _draw_anew(part, fresh)
    else:
        _merge(tag, space, fresh, record, theme)
    ChartWorkbook(part._element, part).update_from_xlsx_blob(source.chart_workbook.xlsx_part.blob)
    return anew


def _draw_anew(part: Any, fresh: Any) -> None:
    """The fresh chart in place of the old one, on the worksheet that the part has."""
    old = part._element.xlsx_part_rId
    space = portable(fresh)
    for link in space.findall(qn("c:externalData")):
        space.remove(link)
    part._element = space
    part.__dict__.pop("chart", None)
    part.__dict__.pop("chart_workbook", None)
    if old is not None:
        space.get_or_add_externalData().rId = old


def _merge(tag: Tag, space: Any, fresh: Any, record: Record, theme: dict[str, str]) -> None:
    own_marks = not record or any(data.marks_fact(tag, space, each) in record for each in ({}, theme))
    own_axes = not record or data.axes_fact(tag, space) in record
    own_layout = not record or data.layout_fact(tag, space) in record
    for number, (row, model) in enumerate(zip(data.series(space), data.series(fresh), strict=True)):
        _values(row, model)
        _marks(row, model, own_marks)
        _labels(tag, number, row, model, record)
        if own_marks:
            _label_colours(row, model)
    for axis, model in zip(data.axes(space), data.axes(fresh), strict=False):
        _number_format(tag, axis, model, record)
        if own_axes:
            _axis(axis, model)
    if own_layout:
        _layout(space, fresh)


def _values(row: Any, model: Any) -> None:
    """Name, names of the marks and values, with where they stand in the worksheet."""
    for name in ("tx", "cat", "val"):
        old, new = row.find(qn(f"c:{name}")), model.find(qn(f"c:{name}"))
        if old is not None and new is not None:
            row.replace(old, portable(new))
        elif new is not None:
            getattr(row, f"_insert_{name}")(portable(new))


def _marks(row: Any, model: Any, ours: bool) -> None:
    """Colours of single marks: those of the source where they are ours, else for new marks alone."""
    old = {data.index_of(point): point for point in row.findall(qn("c:dPt"))}
    new = {data.index_of(point): point for point in model.findall(qn("c:dPt"))}
    count = len(data.values(model))
    for index, point in old.items():
        if index >= count or (ours and index not in new):
            row.remove(point)
    for index, point in sorted(new.items()):
        kept = old.get(index)
        if kept is not None and not ours:
            continue
        if kept is not None and data.fill(kept, {}) == data.fill(point, {}):
            continue
        if kept is not None:
            row.replace(kept, portable(point))
        else:
            row._insert_dPt(portable(point))


def _labels(tag: Tag, number: int, row: Any, model: Any, record: Record) -> None:
    """Words at the marks, and the number format of the others."""
    shown, wanted = row.find(qn("c:dLbls")), model.find(qn("c:dLbls"))
    if wanted is None:
        _drop(tag, number, row, {}, record)
        return
    if shown is None:
        row._insert_dLbls(portable(wanted))
        return
    for owner in (shown, *shown.findall(qn("c:dLbl"))):
        _number_format(tag, owner, wanted, record)
    ours = {data.index_of(label): label for label in data.labels(model)}
    there = {data.index_of(label): label for label in shown.findall(qn("c:dLbl"))}
    _drop(tag, number, row, ours, record)
    for index, label in sorted(ours.items()):
        kept = there.get(index)
        if kept is None or kept.getparent() is None:
            _place(shown, portable(label))
        elif not _is_own(tag, number, kept, record):
            continue
        elif kept.find(qn("c:tx")) is None:
            shown.replace(kept, portable(label))
        else:
            _relabel(kept, label)


def _label_colours(row: Any, model: Any) -> None:
    """The colours of values at single marks, which say what they mean as the marks do."""
    shown, wanted = row.find(qn("c:dLbls")), model.find(qn("c:dLbls"))
    if shown is None or wanted is None:
        return
    bare = {
        data.index_of(label): label
        for label in wanted.findall(qn("c:dLbl"))
        if label.find(qn("c:tx")) is None
    }
    there = {data.index_of(label): label for label in shown.findall(qn("c:dLbl"))}
    for index, label in there.items():
        if label.find(qn("c:tx")) is None and index >= len(data.values(model)):
            shown.remove(label)
    for index, label in sorted(bare.items()):
        kept = there.get(index)
        if kept is None:
            _place(shown, portable(label))
        elif kept.find(qn("c:tx")) is None and colour(kept, {}) != colour(label, {}):
            shown.replace(kept, portable(label))


def _drop(tag: Tag, number: int, row: Any, wanted: dict[int, Any], record: Record) -> None:
    """Takes off words of ours where the source has none."""
    for label in data.labels(row):
        if data.index_of(label) not in wanted and _is_own(tag, number, label, record):
            label.getparent().remove(label)


def _is_own(tag: Tag, number: int, label: Any, record: Record) -> bool:
    return not record or label.find(qn("c:tx")) is None or data.label_fact(tag, number, label) in record


def _place(labels: Any, label: Any) -> None:
    """A label among the others, which stand in the order of their marks."""
    index = data.index_of(label)
    before = [each for each in labels.findall(qn("c:dLbl")) if data.index_of(each) < index]
    if before:
        before[-1].addnext(label)
    else:
        labels.insert(0, label)


def _relabel(label: Any, model: Any) -> None:
    """The words of a label in the format it has, at the side of the mark where they belong now."""
    old = label.findall(f"{qn('c:tx')}//{qn('a:p')}")
    new = model.findall(f"{qn('c:tx')}//{qn('a:p')}")
    if len(old) == len(new):
        for paragraph, source in zip(old, new, strict=True):
            say(paragraph, source)
    else:
        label.replace(label.find(qn("c:tx")), portable(model.find(qn("c:tx"))))
    for name in ("layout", "dLblPos"):
        kept, wanted = label.find(qn(f"c:{name}")), model.find(qn(f"c:{name}"))
        if wanted is None:
            continue
        if kept is not None:
            label.replace(kept, portable(wanted))
        else:
            _in_order(label, portable(wanted), _LABEL)


def _in_order(parent: Any, child: Any, order: tuple[str, ...]) -> None:
    """Puts a child behind those that come before it in the file format."""
    earlier = order[: order.index(child.tag)]
    before = [each for each in parent if each.tag in earlier]
    if before:
        before[-1].addnext(child)
    else:
        parent.insert(0, child)


def _number_format(tag: Tag, owner: Any, model: Any, record: Record) -> None:
    """How numbers are written: as in the source where that is ours or the unit is another, else as it is.

    The line above the chart names the unit, thousands or millions, and the format must say the same.
    """
    new = model.find(_NUMBERS)
    for old in owner.findall(_NUMBERS) if new is not None else ():
        code = old.get("formatCode") or ""
        ours = code == "General" or data.code_fact(tag, code) in record
        if ours or _magnitude(code) != _magnitude(new.get("formatCode") or ""):
            old.set("formatCode", new.get("formatCode"))
            old.set("sourceLinked", "0")


def _magnitude(code: str) -> tuple[int, bool]:
    """By how many thousands a format divides, and whether it is per cent."""
    first = code.split(";", maxsplit=1)[0]
    digits = first.rstrip('"\\ ')
    return len(digits) - len(digits.rstrip(",")), "%" in first


def _axis(axis: Any, model: Any) -> None:
    """Where an axis begins, ends and is crossed, and how many of its names are shown."""
    scaling, wanted = axis.find(qn("c:scaling")), model.find(qn("c:scaling"))
    if scaling is not None and wanted is not None:
        for name in data.SCALING:
            _take_over(scaling, wanted, name)
    for name in data.OF_AXIS:
        _take_over(axis, model, name)


def _take_over(owner: Any, model: Any, name: str) -> None:
    """The value of a setting as the source has it; none where it has none."""
    old, new = owner.find(qn(name)), model.find(qn(name))
    if old is not None and new is not None:
        old.set("val", new.get("val"))
    elif old is not None:
        owner.remove(old)
    elif new is not None:
        _add_setting(owner, portable(new), name)


def _add_setting(owner: Any, setting: Any, name: str) -> None:
    if setting.tag in _SCALING:
        _in_order(owner, setting, _SCALING)
        return
    before = [child for each in _AXIS_END[name] for child in owner.findall(qn(each))]
    if not before:
        return
    if name == "c:crossesAt":
        owner.replace(before[0], setting)
    else:
        max(before, key=owner.index).addnext(setting)


def _layout(space: Any, fresh: Any) -> None:
    """Where the marks stand: more room for longer names."""
    area, model = (each.find(f".//{qn('c:plotArea')}") for each in (space, fresh))
    old, new = area.find(qn("c:layout")), model.find(qn("c:layout"))
    if old is not None and new is not None:
        area.replace(old, portable(new))


def changed_values(space: Any, fresh: Any) -> tuple[int, int]:
    """How many values, names and words of a fresh chart another one does not show, and how many there are."""
    shown = _shown(space)
    wanted = _shown(fresh)
    pairs = zip(shown, wanted, strict=False)
    return sum(a != b for a, b in pairs) + abs(len(shown) - len(wanted)), len(wanted)


def _shown(space: Any) -> list[str]:
    rows = data.series(space)
    names = [*(data.name(row) for row in rows), *(data.categories(rows[0]) if rows else ())]
    numbers = [each for row in rows for each in data.values(row)]
    return [*names, *numbers, *(data.label_text(label) for row in rows for label in data.labels(row))]
