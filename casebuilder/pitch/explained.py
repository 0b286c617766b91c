"""Which exhibit explains a number: the one that somebody who doubts it wants to see next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from casebuilder.case.library_records import ExhibitKind
from casebuilder.pitch.records import Exhibit, Figure

#: By what a figure is, the exhibits that show how it comes about; the first that a pitch has is taken.
OF_FIGURES: Mapping[str, tuple[ExhibitKind, ...]] = {
    "npv": ("benefits", "assumptions"),
    "roi": ("benefits", "assumptions"),
    "cash": ("versions", "benefits"),
    "payback": ("cash_flow", "benefits"),
    "peak_funding": ("cash_flow", "benefits"),
    "stage_1": ("proof", "stages", "cash_flow"),
    "kpi": ("kpi", "change", "assumptions"),
    "loss_if_stopped": ("stages", "cash_flow"),
}
#: By exhibit, those that show what stands behind all of it.
OF_EXHIBITS: Mapping[ExhibitKind, tuple[ExhibitKind, ...]] = {
    "kpi": ("change", "assumptions"),
    "change": ("assumptions",),
    "must_be_true": ("assumptions",),
    "tornado": ("assumptions",),
    "benefits": ("assumptions",),
    "cash_flow": ("stages", "roadmap"),
    "versions": ("attribution", "benefits"),
    "against": ("sources",),
    "proof": ("roadmap",),
    "roadmap": ("proof",),
    "ask": ("assumptions",),
    "asks": ("assumptions",),
    "scenarios": ("method",),
    "money": ("method",),
    "assumptions": ("sources",),
}
#: How a speaker gets to what explains a number, and back.
CLICK = "To show more, click {}; the page number of the slide that opens leads back."


def linked(exhibit: Exhibit, shown: Collection[ExhibitKind]) -> Exhibit:
    """The exhibit with the exhibits among `shown` that explain its figures and the whole of it, never itself."""
    others = [kind for kind in shown if kind != exhibit.id]
    figures = tuple(
        replace(figure, more=_first(OF_FIGURES.get(_what(figure), ()), others)) for figure in exhibit.figures
    )
    more = _first(OF_EXHIBITS.get(exhibit.id, ()), others)
    ways = [
        way for way, there in (("a number", any(f.more for f in figures)), ("the source line", more)) if there
    ]
    notes = "\n".join(filter(None, (exhibit.notes, CLICK.format(" or ".join(ways)) if ways else "")))
    return replace(exhibit, figures=figures, more=more, notes=notes)


def _what(figure: Figure) -> str:
    """What a figure is, by the key of the result behind it."""
    line = figure.key.split("/")
    if line[:2] == ["analysis", "cash"]:
        return "cash"
    return "kpi" if line[2:3] == ["kpi"] else line[-1]


def _first(kinds: Collection[ExhibitKind], shown: Collection[ExhibitKind]) -> ExhibitKind | None:
    return next((kind for kind in kinds if kind in shown), None)
