"""An edited workbook comes home: what was changed in it, what each change is worth, and the case with the changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from casebuilder import MODEL_VERSION
from casebuilder.analysis.returned import Effects, alone, effects, together
from casebuilder.analysis.study import Study, study
from casebuilder.case import Case, CaseError, Fault
from casebuilder.case.keys import with_keys
from casebuilder.model.inputs import values
from casebuilder.model.results import Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.view import stamp_of
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook import render
from casebuilder.workbook.back.compared import Comparison, address
from casebuilder.workbook.back.found_inputs import Inputs
from casebuilder.workbook.back.judged import SELECTOR, Judge, Judged, open_numbers
from casebuilder.workbook.back.opened import Opened, Origin
from casebuilder.workbook.back.part_readers import Content, Place
from casebuilder.workbook.back.returned import Actual, Change, FormulaChange, Returned, Selected, Stale
from casebuilder.workbook.back.typed_over import typed_over
from casebuilder.workbook.edition import edition
from casebuilder.workbook.layout import CERTAINTY, CHECKS, INPUTS, SELECTED, SUMMARY, TRACKING, Layout
from casebuilder.workbook.outside import outside
from casebuilder.workbook.sheets.calc import period_word

#: How the case says where a number that came home is from.
BY_FINANCE = "Changed by finance in the workbook, was"
#: The stored return may differ from ours by this share of the larger one, or of the benefits: programs add up alike.
_TOLERANCE = 1e-6
#: The label of the row that may be typed on Tracking ends like this.
_ACTUAL = ": actual"
_EMPTY = Content(None)


def read_back(results: Results, raw: bytes, name: str) -> Returned:
    """Read an edited workbook against its evaluated case; the case is left as it is.

    `name` is what messages call the file. The current value of an input is read from the sheet Inputs; stored results
    are never believed. CaseError with one sentence where the file must not be opened, is no workbook of ours, or is
    that of another case.
    """
    book = Opened(raw, name)
    origin = _origin(book, results.case)
    return _Reading(results, book, origin).returned()


def applied(case: Case, returned: Returned, keys: Collection[str] | None = None) -> Case:
    """The case with the changes of these keys taken over, by default all of those without conflict.

    Each number becomes an estimate that says it came from the workbook and what it was. ValueError where the case is
    not the one that the workbook was read against; KeyError where a key is not among the changes.
    """
    if returned.fingerprint != case.fingerprint:
        raise ValueError("the case was changed since the workbook was read: read it once more")
    found = {change.key: change.new for change in returned.changes}
    wanted = [change.key for change in returned.open] if keys is None else keys
    return with_keys(case, {key: found[key] for key in wanted}, BY_FINANCE)


def _origin(book: Opened, case: Case) -> Origin:
    origin = book.origin
    if origin is None:
        found = "no sheet says in its second row which case it was made from"
        allowed = "a workbook that this program wrote, with its second row as it was"
        raise CaseError([Fault(book.name, None, "", found, allowed)])
    company = book.company or case.company.name
    if origin.title != case.title or company != case.company.name:
        found = f"this is the workbook of “{origin.title}” ({company}), and the case is “{case.title}”"
        allowed = "the case it was made from; nothing was taken over"
        raise CaseError([Fault(book.name, None, "", f"{found} ({case.company.name})", allowed)])
    return origin


class _Reading:
    """Reads one workbook against one case."""

    def __init__(self, results: Results, book: Opened, origin: Origin) -> None:
        self.results, self.book, self.origin = results, book, origin
        self.case, self.shape = results.case, results.model.shape
        self.layout = Layout(self.case, results.model)
        beside = {each.key: each.value for block in outside(self.case).values() for each in block}
        self.given = values(self.case, self.shape) | beside
        self.inputs = Inputs(book, self.layout)
        if not self.inputs.sheet or self.inputs.sheet not in book.sheets:
            found, allowed = "the sheet Inputs is missing", "the workbook with its sheet Inputs"
            raise CaseError([Fault(book.name, None, INPUTS, found, allowed)])
        self.found = list(self.inputs.all())

    def returned(self) -> Returned:
        """Everything that came home."""
        judge = Judge(self.case, self.given, self.origin.fingerprint == self.case.fingerprint)
        judged = judge.judge(self.found)
        kept = [change for change in judged.changes if judge.kept(change)]
        others = [change for change in judged.changes if not judge.kept(change)]
        worth = effects(self.asked, _numbers(change for change in kept if not change.conflict))
        comparison = self._comparison(judge.same_version)
        unread = self._unread(comparison)
        return Returned(
            name=self.book.name,
            title=self.case.title,
            currency=self.case.company.currency,
            fingerprint=self.case.fingerprint,
            exported_as=self.origin.fingerprint,
            program=self.book.program,
            changes=self._with_worth(kept, worth),
            not_kept=self._with_worth(others, None),
            refused=tuple(judged.refused),
            moved_on=tuple(judged.moved_on),
            selected=tuple(self._selected()),
            actuals=tuple(self._actuals()),
            compared=comparison is not None,
            formulas=tuple(self._formulas(comparison, unread)),
            sheets=tuple(comparison.sheets()) if comparison else (),
            stale=self._stale(judged, comparison),
            start=worth.start,
            together=worth.together,
            workbook=together(self.asked, _numbers(judged.changes)),
            error=worth.error,
            unread=unread,
            reprinted=self._is_reprinted(comparison, judge.same_version),
        )

    @cached_property
    def asked(self) -> Study:
        """What the decision asks for, in the scenario that counts."""
        return study(self.case, self.case.headline, self.results.asked_option)

    def _with_worth(self, changes: list[Change], worth: Effects | None) -> tuple[Change, ...]:
        """The changes with what each moves alone, and where they are made together what each adds."""
        moved = alone(self.asked, _numbers(changes))
        shares = worth.shares if worth else {}
        return tuple(replace(each, effect=moved[each.key], share=shares.get(each.key)) for each in changes)

    def _comparison(self, same_version: bool) -> Comparison | None:
        """Our own workbook beside theirs; None where it has other rows, or another model computes it."""
        own = {key for row in self.layout.inputs if not row.key and not row.locked for _, key in row.cells}
        alike = same_version or own == set(self.inputs.links)
        if self.origin.model_version != MODEL_VERSION or not alike:
            return None
        ours = Opened(render(self.results, stamp_of(self.case), ()), self.book.name)
        found = Comparison(ours, self.book, frozenset(self._not_compared(same_version)), same_version)
        return found if self.book.edition == edition() else replace(found, leave_out=self._printed(found))

    def _printed(self, found: Comparison) -> frozenset[str]:
        """What is not compared with a workbook of another edition: sheets that only print, and print otherwise now."""
        computed = {INPUTS, SELECTED, *self.layout.calc_names.values()}
        return found.leave_out.union(found.apart(self._beside)) - (computed - found.leave_out)

    def _is_reprinted(self, comparison: Comparison | None, same_version: bool) -> bool:
        """Whether sheets were left out because another edition of the program printed them."""
        return comparison is not None and comparison.leave_out > {*self._not_compared(same_version)}

    def _unread(self, comparison: Comparison | None) -> tuple[str, ...]:
        """Sheets of the workbook whose formulas are not compared with ours; the sheet of values has none."""
        names = comparison.names if comparison else {name: name for name in self.book.sheets}
        left = comparison.leave_out if comparison else frozenset(names)
        return tuple(name for mine, name in names.items() if mine in left and mine != CERTAINTY)

    def _formulas(self, comparison: Comparison | None, unread: Collection[str]) -> Iterator[FormulaChange]:
        """Formulas that are not ours, and on sheets that are not compared the numbers typed over formulas."""
        if comparison:
            yield from comparison.formulas(self._beside)
        yield from typed_over(self.book, [name for name in self.book.sheets if name not in unread])

    def _not_compared(self, same_version: bool) -> Iterator[str]:
        """Sheets of values alone; of another version also those whose rows follow what the case says in words."""
        yield CERTAINTY
        computed = (INPUTS, SUMMARY, CHECKS, SELECTED, *self.layout.calc_names.values())
        if not same_version:
            yield from (name for name in self.layout.sheets if name not in computed)

    @property
    def _beside(self) -> Mapping[str, frozenset[Place]]:
        """Places of ours that are inputs: they are judged on their own."""
        places = [
            (self.layout.input_cell(key).row, self.layout.input_cell(key).column)
            for row in self.layout.inputs
            if not row.key
            for _, key in row.cells
        ]
        return {INPUTS: frozenset(places)}

    def _selected(self) -> Iterator[Selected]:
        """Selectors that show another scenario or option than the case counts and asks for."""
        ours = {
            "scenario": scenario_label(self.case.headline),
            "option": option_label(self.results.asked_option),
        }
        for found in self.found:
            kind, shown = found.key.removeprefix(SELECTOR), found.content.value
            if found.key.startswith(SELECTOR) and shown != ours[kind]:
                yield Selected(kind, ours[kind], str(shown or ""))  # type: ignore[arg-type]

    def _actuals(self) -> Iterator[Actual]:
        """Numbers typed in the rows of Tracking that are left open."""
        sheet = next((name for name in self.book.sheets if name.casefold() == TRACKING.casefold()), None)
        cells = self.book.cells(sheet) if sheet else {}
        for (row, column), content in sorted(cells.items()):
            label = cells.get((row, 0), _EMPTY).value
            typed = isinstance(label, str) and label.endswith(_ACTUAL) and column >= Layout.OPENING
            if typed and isinstance(content.value, float):
                period = column - Layout.OPENING
                when = (
                    period_word(period, self.case.company.periods_per_year) if period else "at the decision"
                )
                place = f"{sheet}!{address((row, column))}"
                yield Actual(str(label).removesuffix(_ACTUAL), when, place, content.value)

    def _stale(self, judged: Judged, comparison: Comparison | None) -> Stale | None:
        """Where the stored return is not what the model makes of the inputs; unknown where some cannot be read."""
        if comparison is None:
            return None
        typed = dict(open_numbers(self.found))
        counted = study(self.case, self.case.headline, AS_SET)
        state = {key: value for key, value in typed.items() if key in counted.inputs}
        computed = counted.npv(state)
        stored = self._stored("npv", comparison)
        size = max(abs(computed), abs(self.results.headline.amount("pv_benefits")), 1.0)
        if not isinstance(stored, float):
            return Stale(None, computed)
        agrees = bool(judged.refused) or abs(stored - computed) <= _TOLERANCE * size
        return None if agrees else Stale(stored, computed)

    def _stored(self, key: str, comparison: Comparison) -> float | str | bool | None:
        """The value stored for a total of the scenario that counts."""
        sheet = self.layout.calc_names[self.case.headline]
        row = comparison.rows[sheet].theirs.get(self.layout.row(key)) if sheet in comparison.rows else None
        if row is None:
            return None
        return self.book.cells(comparison.names[sheet]).get((row, Layout.VALUE), _EMPTY).value


def _numbers(changes: Iterable[Change]) -> dict[str, float]:
    return {change.key: change.new for change in changes}
