"""The outline of a shape of a design, as points: rectangles, ellipses and drawn paths, flipped and turned."""

# mypy: allow-untyped-calls

import math
from itertools import pairwise
from typing import Any

from pptx.oxml.ns import qn

Point = tuple[float, float]


def frame(form: Any, at: str = "off", size: str = "ext") -> tuple[float, float, float, float] | None:
    """Left, top, width and height of a shape in the units of what holds it."""
    first = form.find(qn(f"a:{at}")) if form is not None else None
    second = form.find(qn(f"a:{size}")) if form is not None else None
    if first is None or second is None:
        return None
    return float(first.get("x")), float(first.get("y")), float(second.get("cx")), float(second.get("cy"))


def outlines(properties: Any, box: tuple[float, float, float, float]) -> list[list[Point]]:
    """The corners of a shape: of its drawn paths, of an ellipse, else of its rectangle."""
    left, top, width, height = box
    drawn = [path for path in properties.iter(qn("a:path")) if path.tag == qn("a:path") and len(path)]
    free = properties.find(qn("a:custGeom"))
    found: list[list[Point]] = []
    for path in drawn if free is not None else ():
        wide, tall = float(path.get("w", "0") or 0), float(path.get("h", "0") or 0)
        for outline in _path(path):
            scaled = [
                (left + x * (width / wide if wide else 1), top + y * (height / tall if tall else 1))
                for x, y in outline
            ]
            found.append(scaled)
    preset = properties.find(qn("a:prstGeom"))
    if preset is not None and preset.get("prst") == "ellipse":
        steps = [math.tau * step / 24 for step in range(24)]
        found = [
            [(left + width / 2 * (1 + math.cos(t)), top + height / 2 * (1 + math.sin(t))) for t in steps]
        ]
    found = found or [[(left, top), (left + width, top), (left + width, top + height), (left, top + height)]]
    return [_turned(outline, properties.find(qn("a:xfrm")), box) for outline in found]


def _path(path: Any) -> list[list[Point]]:
    """The points of a drawn path, curves by their control points; nothing where they are not plain numbers."""
    outlines: list[list[Point]] = []
    try:
        for step in path:
            points = [(float(at.get("x")), float(at.get("y"))) for at in step.iter(qn("a:pt"))]
            if step.tag == qn("a:moveTo"):
                outlines.append([])
            if outlines and points:
                curve = step.tag in (qn("a:cubicBezTo"), qn("a:quadBezTo"))
                outlines[-1] += _curve(outlines[-1][-1], points) if curve and outlines[-1] else points
    except ValueError:
        return []
    return [outline for outline in outlines if len(outline) > 2]


def _curve(start: Point, points: list[Point]) -> list[Point]:
    """Some points of a Bezier curve from `start`."""
    controls, found = [start, *points], []
    for step in (0.25, 0.5, 0.75, 1.0):
        level = controls
        while len(level) > 1:
            level = [(a[0] + step * (b[0] - a[0]), a[1] + step * (b[1] - a[1])) for a, b in pairwise(level)]
        found.append(level[0])
    return found


def _turned(outline: list[Point], form: Any, box: tuple[float, float, float, float]) -> list[Point]:
    """The outline flipped and turned around its middle as the shape is."""
    across, down = box[0] + box[2] / 2, box[1] + box[3] / 2
    flat, steep = (-1 if form.get(name) in ("1", "true") else 1 for name in ("flipH", "flipV"))
    angle = math.radians(float(form.get("rot", "0")) / 60_000)
    cos, sin = math.cos(angle), math.sin(angle)
    moved = [((x - across) * flat, (y - down) * steep) for x, y in outline]
    return [(across + x * cos - y * sin, down + x * sin + y * cos) for x, y in moved]
