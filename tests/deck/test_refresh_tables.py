"""Tables of an edited deck: our cells follow, somebody's own cells and rows stay beside the right words."""

import io
from dataclasses import replace
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Pt

from casebuilder.deck import render, theme
from casebuilder.pitch.records import Exhibit, Pitch, Table
from tests.deck.edited_decks import deck, refreshed, said, shape
from tests.deck.samples import pitch

NAME = "versions/table"
COLUMNS = ("Version", "Returns", "Costs", "Owner")


def versions(*rows: tuple[str, ...], columns: tuple[str, ...] = COLUMNS, **changes: Any) -> Pitch:
    """A deck of one table."""
    table = Table(columns, rows, frozenset({1, 2}), **changes)
    return pitch(Exhibit("versions", "Three versions", table=table))


BEFORE = versions(
    ("Full", "EUR 3 M", "EUR 2 M", "Ann"),
    ("Lean", "EUR 2 M", "EUR 1 M", "Bob"),
    ("Half", "EUR 1 M", "EUR 1 M", "Cy"),
)
LATER = (
    ("Full", "EUR 4 M", "EUR 2 M", "Ann"),
    ("Lean", "EUR 5 M", "EUR 1 M", "Bob"),
    ("Half", "EUR 6 M", "EUR 2 M", "Cy"),
)
AFTER = versions(*LATER)


def rows(content: bytes) -> list[list[str]]:
    """The table as it is read, without its head."""
    return list(said(content)["versions/1/table"][0][1:])


def table(edited: Any) -> Any:
    """The table of the deck."""
    return shape(edited, NAME).table


def test_a_cell_keeps_its_format_and_the_cells_that_did_not_change_are_untouched() -> None:
    edited = deck(BEFORE)
    run = table(edited).cell(1, 1).text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.color.rgb = Pt(9), RGBColor(9, 9, 9)
    table(edited).columns[0].width = 999_999
    done = refreshed(edited, AFTER)
    again = table(Presentation(io.BytesIO(done.content)))
    run = again.cell(1, 1).text_frame.paragraphs[0].runs[0]
    assert (run.text, run.font.size, run.font.color.rgb) == ("EUR 4 M", Pt(9), RGBColor(9, 9, 9))
    assert again.columns[0].width == 999_999
    assert rows(done.content) == [list(row) for row in LATER]
    told = [(each.piece, each.old, each.new) for each in done.only("changed")]
    assert told == [
        ("table, row “Full”, Returns", "EUR 3 M", "EUR 4 M"),
        ("table, row “Lean”, Returns", "EUR 2 M", "EUR 5 M"),
        ("table, row “Half”, Returns", "EUR 1 M", "EUR 6 M"),
        ("table, row “Half”, Costs", "EUR 1 M", "EUR 2 M"),
    ]


def test_rows_are_added_and_taken_off_at_the_end() -> None:
    more = versions(*LATER, ("Tiny", "EUR 0.1 M", "EUR 0", "Di"))
    edited = deck(BEFORE)
    table(edited).cell(3, 0).text_frame.paragraphs[0].runs[0].font.italic = True
    done = refreshed(edited, more)
    added = table(Presentation(io.BytesIO(done.content)))
    assert rows(done.content) == rows(render(more))
    assert added.cell(4, 0).text_frame.paragraphs[0].runs[0].font.italic
    frame = shape(Presentation(io.BytesIO(done.content)), NAME)
    assert frame.height == sum(row.height for row in frame.table.rows)
    told = [(each.piece, each.new) for each in done.only("changed")]
    assert ("table, a row added", "Tiny | EUR 0.1 M | EUR 0 | Di") in told
    assert [each.new for each in done.only("look")] == ["one more row: see that all stands well on the slide"]
    fewer = refreshed(deck(BEFORE), versions(*LATER[:1]))
    assert rows(fewer.content) == [list(LATER[0])]
    assert [each.piece for each in fewer.findings if "off" in each.piece] == ["table, a row taken off"] * 2


def test_a_cell_changed_by_hand_stays_and_is_told() -> None:
    edited = deck(BEFORE)
    table(edited).cell(2, 1).text = "about EUR 2 M"
    done = refreshed(edited, AFTER)
    assert rows(done.content) == [list(LATER[0]), ["Lean", "about EUR 2 M", "EUR 1 M", "Bob"], list(LATER[2])]
    assert [(each.piece, each.old, each.new) for each in done.only("yours")] == [
        ("table, row “Lean”, Returns", "about EUR 2 M", "EUR 5 M")
    ]


def test_a_note_in_a_row_stays_beside_what_it_was_about_when_rows_change_their_places() -> None:
    edited = deck(BEFORE)
    table(edited).cell(1, 3).text = "Ann, from March"
    done = refreshed(edited, versions(LATER[2], LATER[0], LATER[1]))
    assert rows(done.content) == [
        ["Full", "EUR 4 M", "EUR 2 M", "Ann, from March"],
        list(LATER[1]),
        list(LATER[2]),
    ]


def test_rows_taken_out_stay_out_and_new_ones_are_told() -> None:
    edited = deck(BEFORE)
    body = table(edited)._tbl
    body.remove(body.tr_lst[1])
    done = refreshed(edited, versions(*LATER[:2], ("Tiny", "EUR 7 M", "EUR 0", "Di")))
    assert rows(done.content) == [list(LATER[1]), ["Half", "EUR 1 M", "EUR 1 M", "Cy"]]
    assert [each.piece for each in done.only("gone")] == ["table, row “Half”"]
    assert [each.piece for each in done.only("added")] == ["table, row “Tiny”"]


def test_other_columns_are_set_anew_unless_somebody_changed_the_table() -> None:
    other = versions(*((*row, "yes") for row in LATER), columns=(*COLUMNS, "Asked for"))
    edited = deck(BEFORE)
    wide = shape(edited, NAME).width
    done = refreshed(edited, other)
    assert rows(done.content) == rows(render(other))
    assert [each.what for each in done.findings] == ["redrawn"]
    columns = table(Presentation(io.BytesIO(done.content))).columns
    assert abs(sum(column.width for column in columns) - wide) < 20
    edited = deck(BEFORE)
    table(edited).cell(1, 3).text = "Zoe"
    done = refreshed(edited, other)
    assert rows(done.content)[0] == ["Full", "EUR 3 M", "EUR 2 M", "Zoe"]
    assert [each.what for each in done.findings] == ["yours"]


def test_the_ground_of_a_starting_value_follows_and_a_colour_of_the_user_stays() -> None:
    before = replace(BEFORE, exhibits=(replace(BEFORE.exhibits[0], table=_marked({0, 1})),))
    edited = deck(before)
    cell = table(edited).cell(2, 3)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor(7, 7, 7)
    after = replace(AFTER, exhibits=(replace(AFTER.exhibits[0], table=_marked({2}, "stands")),))
    again = table(Presentation(io.BytesIO(refreshed(edited, after).content)))
    grounds = [_ground(again.cell(row, 3)) for row in (1, 2, 3)]
    assert grounds == [None, RGBColor(7, 7, 7), theme.rgb("default_fill")]


def _marked(defaults: set[int], said: str = "start") -> Table:
    shown = tuple((*row[:3], said) for row in LATER)
    return Table(COLUMNS, shown, frozenset({1, 2}), defaults=frozenset(defaults), chip=3)


def _ground(cell: Any) -> RGBColor | None:
    return cell.fill.fore_color.rgb if cell.fill.type == 1 else None
