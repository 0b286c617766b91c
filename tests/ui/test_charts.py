"""The charts: specs without data that stay the same, and rows that end where the numbers say."""

import json
import re
from dataclasses import replace

import pytest

from casebuilder import build
from casebuilder.case import library
from casebuilder.pitch import exhibits
from casebuilder.pitch.records import Chart, Series
from casebuilder.ui import charts, files
from casebuilder.ui.screen import Screen

CASES = [(name, option) for name in files.examples() for option in files.example(name).option_table]


@pytest.mark.parametrize("spec", [charts.WATERFALL, charts.LINES, charts.RANGES, charts.COLUMNS])
def test_a_spec_holds_no_data_and_only_colours_with_a_meaning(spec):
    text = json.dumps(spec)
    assert "values" not in spec.get("data", {})
    assert "datasets" not in spec
    used = set(re.findall("#[0-9A-Fa-f]{6}", text))
    assert used <= set(library.look().values())


@pytest.mark.parametrize(("name", "option"), CASES)
def test_the_steps_of_a_waterfall_lead_to_its_total(name, option):
    results = build.evaluate(files.example(name))
    for scenario in results.model.shape.scenarios:
        outcome = results.outcome(scenario, option)

        class Run(Screen):
            asked = outcome

        chart = exhibits.benefits(Run(results, "cfo")).chart
        rows = charts.waterfall_rows(chart, results.case.company.currency).to_pandas()
        assert rows["begin"].tolist()[1:-1] == pytest.approx(rows["end"].tolist()[:-2])
        assert rows["end"].iloc[-1] == pytest.approx(outcome.npv)
        assert rows["begin"].iloc[-1] == 0
        assert (rows["room"] > rows["edge"]).all()


def test_the_higher_line_is_labelled_above():
    results = build.evaluate(files.example(files.FIRST))
    chart = exhibits.kpi(Screen(results, "sales")).chart
    rows = charts.line_rows(chart, "USD", 0.95).to_pandas()
    for _, year in rows[rows["role"] != "muted"].groupby("year"):
        above, below = (year[year["side"] == side].iloc[0] for side in ("above", "below"))
        assert above["value"] >= below["value"]
    assert rows[rows["tag"].fillna("") != ""]["year"].unique().tolist() == ["Year 5"]


ENDS = ((-4e5, 3e6), (1.5e6, 2.4e6), (0.2e6, 0.8e6), (1e6, 1.9e6), (None, 1.6e6))


def ranges(*ends, centre=1e6, labels=("", "")):
    low, high = zip(*ends, strict=True)
    series = tuple(
        Series(name, values, role, (text,) * len(ends) if text else ())
        for name, values, role, text in zip(
            ("Low end", "High end"), (low, high), ("harm", "programme"), labels, strict=True
        )
    )
    names = tuple(f"Assumption with a name of some length, number {i} of them all" for i in range(len(ends)))
    return Chart("range", names, series, "money", "USD million", "Tornado", scale=1e6, centre=centre)


def test_a_bar_of_a_tornado_shows_what_lies_between_its_ends():
    rows = charts.range_rows(ranges(*ENDS), "USD").to_pandas()
    bars = rows[rows["part"] == "end"]
    for (low, high), (_, bar) in zip(ENDS, bars.groupby("key"), strict=True):
        known = [end for end in (low, high) if end is not None]
        assert bar["end"].tolist() == known
        drawn = [*bar["begin"], *bar["end"]]
        whole = [*known, *([1e6] if None in (low, high) else [])]
        assert (min(drawn), max(drawn)) == (min(whole), max(whole))
        assert bar["side"].tolist() == ["left", "right"][-len(known) :]


def test_a_tornado_says_its_values_its_centre_and_its_ends():
    rows = charts.range_rows(ranges(*ENDS), "USD").to_pandas().set_index("part")
    assert rows.loc["end", "text"].tolist()[:4] == ["−0.4", "3.0", "1.5", "2.4"]
    assert rows.loc["end", "exact"].tolist()[0] == "USD\u00a0−400,000"
    assert rows.loc["centre", ["end", "text"]].tolist() == [1e6, "1.0"]
    assert (rows.loc["low", "text"], rows.loc["high", "text"]) == ("← Low end", "High end →")
    assert rows.loc["room", "end"].min() < -4e5
    assert rows.loc["room", "end"].max() > 3e6
    assert rows.loc["end", "key"].str.slice(3).str.contains("\n").all(), "long names have lines"
    turned = charts.range_rows(ranges((2e6, 0.5e6)), "USD").to_pandas()
    assert "low" not in set(turned["part"]), "ends that change sides have no name above"


def test_words_too_wide_for_a_mark_stand_in_the_tooltip():
    rows = charts.range_rows(
        ranges(ENDS[0], labels=("at 15%", "at 19% of everything sold")), "USD"
    ).to_pandas()
    ends = rows[rows["part"] == "end"]
    assert ends["text"].tolist() == ["at 15%", "3.0"]
    assert ends["words"].tolist() == ["Low end: at 15%", "High end: at 19% of everything sold"]


def test_a_tornado_has_room_for_every_bar():
    assert charts.range_height(ranges(*ENDS * 2)) > charts.range_height(ranges(*ENDS)) + 5 * 30


def histogram(marks):
    values = tuple(float(min(i, 27 - i)) for i in range(28))
    series = Series("Share of runs", values, "do_nothing", tuple(marks.get(i, "") for i in range(28)))
    roles = tuple("harm" if i < 6 else "do_nothing" for i in range(28))
    return Chart("columns", ("0.1",) * 28, (series,), "share", "Runs", "Histogram", roles=roles)


def test_the_words_of_marked_columns_stand_above_all_columns_and_apart():
    marks = {0: "Worst of a hundred", 12: "Risk-adjusted: 1.05", 13: "Middle: 1.30", 14: "Expected: 1.72"}
    rows = charts.column_rows(histogram(marks), "USD").to_pandas()
    assert rows["key"].is_unique, "equal names keep their own columns"
    assert rows["role"].tolist() == ["harm"] * 6 + ["do_nothing"] * 22
    marked = rows[rows["text"] != ""]
    assert marked["text"].to_dict() == marks
    assert (marked["level"] > rows["value"].max()).all()
    assert (rows["room"] > marked["level"].max()).all()
    assert marked.loc[12:14, "level"].is_unique
    assert marked.loc[0, "level"] == marked["level"].min()
    assert marked["align"].tolist() == ["left", "center", "center", "center"]


def test_columns_without_marks_fill_their_height():
    plain = replace(histogram({}), roles=())
    rows = charts.column_rows(plain, "USD").to_pandas()
    assert rows["room"].max() == rows["value"].max()
    assert set(rows["role"]) == {"do_nothing"}


def test_few_columns_carry_their_values_and_no_series_is_left_out():
    pair = tuple(
        Series(name, values, role)
        for name, values, role in (
            ("Do nothing", (12e3, -3e3), "do_nothing"),
            ("With", (15e3, None), "programme"),
        )
    )
    chart = Chart("bars", ("Large customers of every kind", "Small"), pair, "money", "USD", "Bars", scale=1e3)
    rows = charts.column_rows(chart, "USD").to_pandas()
    assert rows["text"].tolist() == ["12", "−3", "15", "n/a"]
    assert rows["series"].tolist() == [0, 0, 1, 1]
    assert rows["role"].tolist() == ["do_nothing"] * 2 + ["programme"] * 2
    assert rows["name"].tolist()[1] == "Small: Do nothing"
    assert rows["level"].tolist() == [12e3, 0, 15e3, 0], "values stand above their own column"
    assert rows["key"].nunique() == 2
