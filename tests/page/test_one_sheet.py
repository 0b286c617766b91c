"""The pre-read as a document: all of it on one sheet of paper, every text escaped, nothing but itself needed."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from casebuilder import build, page
from casebuilder.case import library
from casebuilder.page import one_sheet as rendering
from casebuilder.pitch.preread import LONGEST, LONGEST_CELL, LONGEST_LABEL, Point, PreRead, preread
from casebuilder.pitch.records import Figure, Stamp, Table
from casebuilder.pitch.together import COMMITTEE
from tests.model.cases import EXAMPLES, example, run
from tests.page.test_page import HOSTILE, Tags, parsed, printed, words
from tests.pitch.saying import CANARY, secretive, sure_of, texts


@pytest.fixture(scope="module")
def read_first() -> PreRead:
    return preread(example("growth_network"), "sales", sure_of(example("growth_network")))


def full(letters: str) -> PreRead:
    """A page on which every text is as long as it can be."""
    text = (letters * LONGEST)[: LONGEST - 1]
    label, cell = text[:LONGEST_LABEL], text[:LONGEST_CELL]
    figures = tuple(Figure(f"{n}", label, 1.0, "money", "EUR 1.23 M", "+1 point, better") for n in range(4))
    table = Table(("Version", "Cost", "Return", "Back"), ((cell, "EUR 1", "EUR 1", "1 month"),) * 6)
    points = tuple(Point(heading, text, (text,)) for heading in ("The money", *"abcdef"))
    stamp = Stamp("abc", "1", "1", "2027-01-01")
    return PreRead(
        "cfo", text[:200], text[:200], text[:200], text, (text, text), figures, points, table, text, stamp
    )


def test_every_text_is_on_the_page(read_first: PreRead) -> None:
    shown = words(page.preread(read_first))
    told = [
        read_first.title,
        read_first.company,
        read_first.case_title,
        read_first.role,
        read_first.stamp.line,
    ]
    told += [f"{read_first.source}.", *read_first.decision, *texts(read_first.points)]
    told += [text for each in read_first.figures for text in (each.text, each.label, each.change)]
    assert read_first.choices is not None
    for said in [*told, *texts(read_first.choices)]:
        assert " ".join(said.split()) in shown, said


def test_the_choices_stand_after_the_money(read_first: PreRead) -> None:
    headings = [each.text for each in parsed(page.preread(read_first)).iter("h2")]
    assert headings.index("The choices") == headings.index("The money") + 1
    assert len(headings) == len(read_first.points) + 1
    (asked,) = parsed(page.preread(read_first)).findall(".//tr[@class='asked']")
    assert asked[0].text == "Growth: returns most"


def test_hostile_texts_stay_texts(read_first: PreRead) -> None:
    point = Point(HOSTILE, HOSTILE, (HOSTILE,))
    table = Table((HOSTILE, HOSTILE), ((HOSTILE, HOSTILE),), emphasised=0)
    stamp = Stamp("abc", '1"; } body { background: url(http://127.0.0.1:9/x) } /*', "1", "2027-01-01")
    figure = Figure("k", HOSTILE, 1.0, "money", HOSTILE, HOSTILE)
    bad = PreRead(
        "cfo", HOSTILE, HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), (figure,), (point,), table, HOSTILE, stamp
    )
    made = page.preread(bad)
    found = Tags()
    found.feed(made.decode())
    assert not {"script", "img"} & found.names
    assert words(made).count("<script>alert(1)</script>") >= 10
    style = parsed(made).find("head/style").text
    assert "url(" not in style and style.count("{") == style.count("}")
    assert not re.search(
        r"@import|javascript:|src=|href=| on\w+=\"| style=", page.preread(read_first).decode()
    )


def test_the_colours_are_ours(read_first: PreRead) -> None:
    style = parsed(page.preread(read_first)).find("head/style").text
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", style)) <= set(library.look().values())
    assert "$" not in style


def test_more_text_takes_smaller_type(read_first: PreRead) -> None:
    longer = [replace(read_first, points=read_first.points * times) for times in (1, 2, 4)]
    styles = [parsed(page.preread(each)).find("head/style").text for each in longer]
    sizes = [float(re.search(r"font: ([\d.]+)pt/1.32", style)[1]) for style in styles]
    assert sizes[0] == rendering.SIZE > sizes[1] > sizes[2] >= rendering.LEAST


def test_the_same_page_gives_the_same_bytes(read_first: PreRead) -> None:
    assert page.preread(read_first) == page.preread(replace(read_first))


def test_nothing_private_is_on_any_page() -> None:
    results = run(secretive())
    for persona in (*library.personas(), COMMITTEE):
        assert CANARY.encode() not in build.preread_file(results, persona)


def sheets(made: bytes, folder: Path) -> int:
    """How many sheets of paper a browser prints."""
    return len(re.findall(rb"/Type\s*/Page\b", printed(made, folder)))


@pytest.mark.judge
@pytest.mark.usefixtures("chromium")
@pytest.mark.parametrize("persona", ["cfo", "service", COMMITTEE])
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_browser_prints_one_sheet(name: str, persona: str, tmp_path: Path) -> None:
    made = build.preread_file(example(name), persona, sure_of(example(name)))
    assert sheets(made, tmp_path) == 1


@pytest.mark.judge
@pytest.mark.parametrize("letters", ["customers stay ", "WIDE WORDS ", "客户流失率的降低"])
@pytest.mark.parametrize("paper", ["", "size: A4; "])
def test_a_browser_prints_one_sheet_whatever_it_says(
    letters: str, paper: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letter where nothing is said, and A4; both are in use."""
    monkeypatch.setattr(rendering, "_RULES", rendering._RULES.replace("@page {", f"@page {{ {paper}"))
    assert sheets(page.preread(full(letters)), tmp_path) == 1
