"""The minutes of a review: where the case stood and stands, what was changed, doubted, agreed and put aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casebuilder.analysis.cuts import cut, cuts_of
from casebuilder.analysis.signatures import effects_by_path
from casebuilder.analysis.standing import Standing
from casebuilder.analysis.study import study
from casebuilder.case import Case, HeadlineShare
from casebuilder.case.edits import value_at
from casebuilder.case.records.initiatives import Agreed
from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import NOBODY, assumed, person
from casebuilder.pitch.changed import changed
from casebuilder.pitch.exhibits.moving import cut_label
from casebuilder.pitch.records import Stamp, Table
from casebuilder.pitch.reviewing import Reviewed, compared, conclusion, payback
from casebuilder.pitch.view import View, stamp_of
from casebuilder.pitch.words import day, label_of, option_label, plain_text, scenario_label

#: Whose eyes the minutes are made for: nobody's own number leads.
FINANCE = "cfo"


@dataclass(frozen=True)
class Part:
    """One heading of the minutes with its table, or the sentence that says that there is nothing."""

    title: str
    table: Table | None
    nothing: str = ""
    note: str = ""


@dataclass(frozen=True)
class Minutes:
    """A review on paper; every number is one of the case's or the review's, every name was typed for all to see."""

    title: str
    case_title: str
    company: str
    held: str
    present: str
    basis: str
    parts: tuple[Part, ...]
    stamp: Stamp


def minutes(
    results: Results,
    start: Case,
    before: Standing,
    found: Reviewed,
    held: date,
    present: str = "",
    versions: Sequence[tuple[str, Reviewed]] = (),
) -> Minutes:
    """The minutes of a review that began with the case `start`, standing as `before`; `present` as it was typed.

    `versions` are the snapshots that were taken, by name; they stand beside the case as it is at the end.
    """
    view = View(results, FINANCE)
    case = view.case
    return Minutes(
        title=conclusion(view, found),
        case_title=case.title,
        company=case.company.name,
        held=day(held),
        present=plain_text(present),
        basis=f"{scenario_label(case.headline)}, {option_label(results.asked_option)}",
        parts=(
            _numbers(view, before, found),
            _changes(view, start, found),
            _doubts(view, found),
            _agreed(view, start),
            _open(case),
            _kept(view),
            _side_by_side(view, found, versions),
        ),
        stamp=stamp_of(case),
    )


def _numbers(view: View, before: Standing, found: Reviewed) -> Part:
    sides = [before, found.ours, *([found.theirs] if found.cuts.steps else [])]
    heads = ("", "At the start", "At the end", *(["With every doubt"] if found.cuts.steps else []))
    rows = (
        ("Spent to the first checkpoint", *(view.text(each.first_money, "money") for each in sides)),
        ("Net present value", *(view.text(each.npv, "money") for each in sides)),
        ("Return on cost", *(numbers.percent(each.roi) for each in sides)),
        ("Payback", *(payback(each) for each in sides)),
        ("Net present value on cash alone", *(view.text(each.npv_on_cash, "money") for each in sides)),
    )
    return Part("The numbers", Table(heads, rows, numeric=frozenset(range(1, len(heads)))))


def _changes(view: View, start: Case, found: Reviewed) -> Part:
    """What was changed in the case with what each change moved; the changes sum to the difference."""
    moved = found.moved
    if moved is None or not (moved.steps or moved.silent):
        return Part("What was changed", None, "No number of the case was changed.")
    words = changed(start, view.case)

    def text(path: str, value: float | None) -> str:
        return "" if value is None or path not in words else words[path].text(value, view.currency)

    rows = [
        (
            words[step.path].name if step.path in words else step.path,
            text(step.path, step.before),
            text(step.path, step.after),
            numbers.money(step.amount, view.currency, signed=True),
        )
        for step in moved.steps
    ]
    rows += [(words[path].name, "", "", "moves nothing") for path in moved.silent if path in words]
    table = Table(("Change", "Before", "Now", "Net present value"), tuple(rows), numeric=frozenset({1, 2, 3}))
    return Part("What was changed", table)


def _doubts(view: View, found: Reviewed) -> Part:
    rows = tuple(
        (
            cut_label(step.cut),
            numbers.money(step.step, view.currency, signed=True),
            view.text(step.npv, "money"),
        )
        for step in found.cuts.steps
    )
    heads = ("Doubt, one on top of the other", "Takes", "Leaves")
    note = "The doubts change no number of the case: they say what is left of it."
    if not rows:
        return Part("What was doubted", None, "Nothing was taken off.")
    return Part("What was doubted", Table(heads, rows, numeric=frozenset({1, 2})), note=note)


@dataclass(frozen=True)
class _Signed:
    """One number that somebody put their name to."""

    path: str
    name: str
    text: str
    by: str
    on: date | None


def _agreed(view: View, start: Case) -> Part:
    """What somebody put their name to since the start."""
    before = set(_signatures(start))
    new = [each for each in _signatures(view.case) if each not in before]
    rows = tuple(
        (each.name, each.text, person(view.case, each.by), day(each.on) if each.on else "") for each in new
    )
    if not rows:
        return Part("What was agreed", None, "Nobody put their name to a number.")
    return Part(
        "What was agreed", Table(("Number", "Value", "Agreed by", "On"), rows, numeric=frozenset({1}))
    )


def _signatures(case: Case) -> Iterator[_Signed]:
    """Every number of the case that somebody stands behind with their name."""
    named, currency = assumed(case), case.company.currency
    for path, effect in effects_by_path(case).items():
        if effect.agreed is not None:
            words = named[path]
            text = words.text(effect.base, currency)
            yield _Signed(path, words.name, text, effect.agreed.by, effect.agreed.on)
    for path, said in case.inputs.items():
        value = value_at(case, path) if said.status == "confirmed" and said.owner and path in named else None
        if isinstance(value, int | float) and said.owner:
            yield _Signed(path, named[path].name, named[path].text(value, currency), said.owner, said.as_of)
    for line, given in case.headline_shares.items():
        if isinstance(given, HeadlineShare) and given.agreed is not None:
            yield _promise(line, given, given.agreed)


def _promise(line: str, given: HeadlineShare, agreed: Agreed) -> _Signed:
    share = f"{numbers.percent(given.share)} counts as cash"
    positions = given.positions_not_refilled
    many = "position" if positions == 1 else "positions"
    text = f"{numbers.count(positions)} {many} not refilled, {share}" if positions else share
    return _Signed(f"headline_shares.{line}", label_of(line), text, agreed.by, agreed.on)


def _open(case: Case) -> Part:
    rows = tuple(
        (
            point.what,
            person(case, point.owner) if point.owner else NOBODY,
            day(point.due) if point.due else "",
            f"settled {day(point.settled)}" if point.settled else "open",
        )
        for point in case.review.open_points
    )
    if not rows:
        return Part("Parking lot", None, "No question was put aside.")
    return Part("Parking lot", Table(("Question", "Answered by", "Until", ""), rows))


def _kept(view: View) -> Part:
    """Doubts kept under a name, each with all it holds and what it leaves of the return."""
    case = view.case
    counted = study(case, option=view.results.asked_option)
    rows = tuple(
        (
            each.name,
            person(case, each.by) if each.by else "",
            day(each.on) if each.on else "",
            "; ".join(cut_label(one) for one in cuts_of(each.doubts)),
            view.text(cut(counted, cuts_of(each.doubts)).end, "money"),
        )
        for each in case.review.kept
    )
    if not rows:
        return Part("Kept beside ours", None, "No doubts were kept under a name.")
    heads = ("Name", "Whose", "On", "Doubts", "Leaves")
    return Part("Kept beside ours", Table(heads, rows, numeric=frozenset({4})))


def _side_by_side(view: View, found: Reviewed, versions: Sequence[tuple[str, Reviewed]]) -> Part:
    """The snapshots beside the case at the end."""
    if not versions:
        return Part("Snapshots", None, "No snapshot was taken.")
    return Part("Snapshots", compared(view, [*versions, ("At the end", found)]))
