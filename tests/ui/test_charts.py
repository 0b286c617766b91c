"""The charts: specs without data that stay the same, and rows that end where the numbers say."""

import json
import re

import pytest

from casebuilder import build
from casebuilder.case import library
from casebuilder.pitch import exhibits
from casebuilder.ui import charts, files
from casebuilder.ui.screen import Screen

CASES = [(name, option) for name in files.examples() for option in files.example(name).option_table]


@pytest.mark.parametrize("spec", [charts.WATERFALL, charts.LINES])
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
        rows = charts.waterfall_rows(chart, results.case.company.currency)
        assert rows["begin"].tolist()[1:-1] == pytest.approx(rows["end"].tolist()[:-2])
        assert rows["end"].iloc[-1] == pytest.approx(outcome.npv)
        assert rows["begin"].iloc[-1] == 0
        assert (rows["room"] > rows["edge"]).all()


def test_the_higher_line_is_labelled_above():
    results = build.evaluate(files.example(files.FIRST))
    chart = exhibits.kpi(Screen(results, "sales")).chart
    rows = charts.line_rows(chart, "USD", 0.95)
    for _, year in rows[rows["role"] != "muted"].groupby("year"):
        above, below = (year[year["side"] == side].iloc[0] for side in ("above", "below"))
        assert above["value"] >= below["value"]
    assert rows[rows["tag"].fillna("") != ""]["year"].unique().tolist() == ["Year 5"]
