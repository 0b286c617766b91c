"""The sheet Evidence: every study that is cited, every effect, every number with its status; nothing private."""

import io
import zipfile
from collections import Counter
from typing import Any

import formualizer
import pytest

from casebuilder import workbook
from casebuilder.analysis.study import study
from casebuilder.analysis.unbacked import STATUSES
from casebuilder.build import evaluate
from casebuilder.case import library
from casebuilder.model.inputs import values
from casebuilder.model.results import Results
from casebuilder.pitch.view import stamp_of
from casebuilder.workbook.layout import EVIDENCE, INPUTS, Layout
from casebuilder.workbook.sheets.evidence import count_cell, default_count_cell
from casebuilder.workbook.sheets.standing import standing
from casebuilder.workbook.sheets.studies import studies_against, studies_cited
from tests.model.cases import case_of, run, small
from tests.pitch.saying import CANARY, secretive
from tests.workbook import made

EXAMPLE = "examples/contract_services.yaml"


@pytest.fixture(scope="module")
def results() -> Results:
    return made.results(EXAMPLE)


@pytest.fixture(scope="module")
def file() -> bytes:
    return made.content(EXAMPLE)


@pytest.fixture(scope="module")
def read() -> Any:
    """The workbook as another program reads it, stored values only."""
    return made.stored(EXAMPLE)


@pytest.fixture(scope="module")
def stored(read: Any) -> Any:
    return read[EVIDENCE]


NUMBERS = "Who stands behind each number"
#: The column that says what a number counted as when the workbook was made, and that nothing read it.
COUNTS_AS, IDLE = 10, "read by nothing"


def block(sheet: Any, title: str) -> list[list[Any]]:
    """The rows of a block below its heads, up to an empty one."""
    all_rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(n for n, row in enumerate(all_rows) if row[0] == title) + 2
    found = []
    for row in all_rows[first:]:
        if row[0] is None:
            break
        found.append(row)
    return found


def test_every_study_that_an_effect_cites(results: Results, stored: Any) -> None:
    table = library.evidence()
    ids = {id for i in results.case.initiatives for effect in i.effects for id in effect.sources}
    rows = block(stored, "Studies cited")
    assert {row[4] for row in rows} == {table[id].statement for id in ids}
    assert len(rows) == len(ids)
    order = ["Measured", "Independent study", "Vendor study"]
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), key=order.index)
    education = next(row for row in rows if row[4] == table["education"].statement)
    assert education[5] == table["education"].caveat
    assert education[6].split("\n") == [
        "Guided start for new contracts: revenue churn, Single-site (measured here)",
        "Guided start for new contracts: cases per account, repeats not counted, Single-site (our estimate)",
    ]


def test_counter_evidence_names_what_it_speaks_against(results: Results, stored: Any) -> None:
    rows = block(stored, "What points the other way")
    assert [row[4] for row in rows] == [each.statement for each in studies_against(results.case)]
    cited = {id for i in results.case.initiatives for e in i.effects for id in e.sources}
    others = {o for id in cited for o in library.evidence()[id].counter}
    assert {row[4] for row in rows} & {library.evidence()[id].statement for id in others}


def test_a_source_that_only_the_case_knows() -> None:
    effect = {"lever": "win_rate", "low": 0.1, "base": 0.1, "high": 0.1, "grade": "J"}
    one = {"id": "a", "name": "One", "effects": [effect | {"sources": ["Our own pilot, 2025"]}]}
    two = {
        "id": "b",
        "name": "Two",
        "effects": [effect | {"lever": "churn_rate", "sources": ["Our own pilot, 2025"]}],
    }
    (found,) = studies_cited(case_of(small(initiatives=[one, two], options={})))
    assert (found.name, found.grade) == ("Our own pilot, 2025", "Named by the case")
    assert found.effects == ("One: win rate (our estimate)", "Two: revenue churn (our estimate)")


def test_effects_without_a_source_stand_first_as_our_own_estimate(results: Results, stored: Any) -> None:
    rows = block(stored, "Effects of the investments, positive is better")
    effects = [(i, e) for i in results.case.initiatives for e in i.effects]
    assert len(rows) == len(effects)
    bare = sum(not e.sources for _, e in effects)
    assert bare
    assert [row[4] == "No source: our own estimate" for row in rows] == [True] * bare + [False] * (
        len(rows) - bare
    )
    call = next(row for row in rows if row[0] == "Call back everybody who complains: revenue churn")
    assert (call[2], call[5], call[8], call[9]) == (0.06, "Head of Customer Service", 0.02, 0.12)


def test_every_status_of_the_case_is_listed_and_counted(results: Results, stored: Any) -> None:
    rows = block(stored, NUMBERS)
    words = library.words().statuses
    order = [words[status] for status in STATUSES]
    assert [row[3] for row in rows] == sorted((row[3] for row in rows), key=order.index)
    counted = Counter(row[3] for row in rows if row[COUNTS_AS] == row[3])
    for status in STATUSES:
        cell = count_cell(status).split("!")[1].replace("$", "")
        assert stored[cell].value == counted[words[status]], status
    # What the model does not read has no cell: how fast an investment without effects ramps up.
    foundations = [i.id for i in results.case.initiatives if not i.effects]
    unread = {f"initiatives[{id}].ramp_months" for id in foundations}
    stated = Counter(given.status for path, given in results.case.inputs.items() if path not in unread)
    idle = Counter(row[3] for row in rows if row[COUNTS_AS] == IDLE)
    signed_only = {"confirmed": 1}  # the share counted as cash of shorter contacts
    for status in ("default", "confirmed", "estimate"):
        found = counted[words[status]] + idle[words[status]]
        assert found == stated[status] + signed_only.get(status, 0), status
    assert counted[words["default"]] == 1


def test_a_number_that_nothing_reads_moves_nothing(results: Results, stored: Any) -> None:
    """Judged by the model: each of them alone at another value, and the return stays."""
    own = study(results.case, results.case.headline, results.asked_option)
    listed = standing(results.case, Layout(results.case, results.model))
    idle = [each.key for each in listed if not each.read]
    assert [row[COUNTS_AS] == IDLE for row in block(stored, NUMBERS)] == [not each.read for each in listed]
    assert idle
    found = own.states([{}, *({key: own.inputs[key] * 0.7} for key in idle)])["npv"]
    assert found.tolist() == pytest.approx([found[0]] * len(found), rel=1e-12)
    besides = next(
        row for row in stored.iter_rows(values_only=True) if row[0] == "Besides: read by nothing then"
    )
    assert besides[2] == len(idle)


def test_a_number_says_who_since_when_and_how_far(stored: Any) -> None:
    rows = {row[0]: row for row in block(stored, NUMBERS)}
    churn = rows["Revenue churn today, Multi-site"]
    assert churn[1:4] == ["share", 0.094, "Confirmed"]
    assert churn[4:6] == ["Terminations FY24 to FY26", "Contract control"]
    assert churn[7].date().isoformat() == "2026-09-30"
    assert churn[8:10] == [0.081, 0.108]
    assert rows["Cost of a referred win, share of the cost of a win"][5] == "nobody yet"


def test_amber_inputs_are_those_that_are_counted(read: Any, results: Results) -> None:
    """A starting value that Inputs shows in amber is in the list, whatever kind of number it is."""
    layout = Layout(results.case, results.model)
    listed = {each.key for each in standing(results.case, layout) if each.status == "default" and each.read}
    sheet = read[INPUTS]
    fill = library.look()["default_fill"].removeprefix("#")
    amber = {
        key
        for row in layout.inputs
        for column, key in row.cells
        if sheet.cell(layout.input_cell(key).row + 1, column + 1).fill.fgColor.rgb == f"FF{fill}"
    }
    assert amber == listed


def test_a_signature_is_named() -> None:
    path = "segments[North].churn_rate"
    people = [{"persona": "sales", "role": "CRO", "signed": [path]}]
    case = case_of(small(stakeholders=people, inputs={path: {"status": "estimate", "owner": "Finance"}}))
    found = {each.key: each for each in standing(case, Layout(case, evaluate(case).model))}
    assert (found[path].status, found[path].who) == ("estimate", "Finance; signed: CRO")
    assert found["segments[South].churn_rate"].who == "nobody yet"


def test_values_follow_inputs_and_counts_follow_the_list(file: bytes, results: Results, stored: Any) -> None:
    book = formualizer.load_workbook_bytes(file)
    where = {row[0].value: row[0].row for row in stored.iter_rows(max_col=1) if row[0].value}
    cell = Layout(results.case, results.model).input_cell("sales.referral_cost_share")
    book.set_value(INPUTS, cell.row + 1, cell.column + 1, formualizer.LiteralValue.number(0.25))
    row = where["Cost of a referred win, share of the cost of a win"]
    status = formualizer.LiteralValue.text(library.words().statuses["confirmed"])
    book.set_value(EVIDENCE, row, COUNTS_AS + 1, status)
    book.evaluate_all()
    assert book.get_value(EVIDENCE, row, 3) == 0.25
    sheet, at = default_count_cell().split("!")
    assert (sheet, book.get_value(EVIDENCE, int(at.split("$")[2]), 3)) == (EVIDENCE, 0)


def test_a_number_that_is_no_number_any_more_is_not_counted(file: bytes, results: Results) -> None:
    """A count rests on the cells of Inputs, so that a word typed there shows."""
    book = formualizer.load_workbook_bytes(file)
    cell = Layout(results.case, results.model).input_cell("sales.referral_cost_share")
    book.set_value(INPUTS, cell.row + 1, cell.column + 1, formualizer.LiteralValue.text("soon"))
    book.evaluate_all()
    assert book.get_value(EVIDENCE, int(default_count_cell().split("$")[2]), 3) == 0


def test_labels_stand_once_and_numbers_have_units(stored: Any) -> None:
    labels = [row[0].value for row in stored.iter_rows(max_col=1) if row[0].value]
    assert len(labels) == len(set(labels))
    for row in stored.iter_rows(min_row=4):
        if any(isinstance(cell.value, int | float) for cell in row[2:]):
            assert row[1].value, row[0].value


def test_nothing_is_a_link(stored: Any) -> None:
    assert not [cell for row in stored.iter_rows() for cell in row if cell.hyperlink]


def test_nothing_private_stands_anywhere() -> None:
    """Neither a private note, a quote without leave, nor a person's own words, in any part of the file."""
    found = run(secretive())
    file = workbook.render(found, stamp_of(found.case), ())
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        for name in parts.namelist():
            content = parts.read(name)
            assert CANARY.encode() not in content, name
            assert b"Keep them" not in content, name


def test_every_listed_number_is_the_one_on_inputs(results: Results, stored: Any) -> None:
    given = values(results.case, results.model.shape)
    listed = standing(results.case, Layout(results.case, results.model))
    rows = block(stored, NUMBERS)
    assert [row[2] for row in rows] == [pytest.approx(given[each.key], rel=1e-12) for each in listed]
