"""The page: well-formed, self-contained, every text escaped, two sheets of paper, and the same in a browser."""

import re
import subprocess
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from casebuilder import build, page
from casebuilder.case import library
from casebuilder.page.markup import element, text
from casebuilder.pitch.interview import Guide, Question, Section, interview
from casebuilder.pitch.records import Stamp, Table
from tests.judges import CHROMIUM_ARGS, chromium
from tests.model.cases import example, run, small
from tests.pitch.saying import CANARY, secretive, texts

HOSTILE = "</style></title><script>alert(1)</script>&amp; \"'<img src=x onerror=alert(1)> ]]> <!-- {{x}} -->"


@pytest.fixture(scope="module")
def guide() -> Guide:
    return interview(build.certainty(example("growth_network")), "cmo")


def hostile() -> Guide:
    """A guide in which every text is hostile."""
    table = Table((HOSTILE, "Answer"), ((HOSTILE, ""), (HOSTILE, HOSTILE)))
    part = Section(HOSTILE, HOSTILE, table, (Question(HOSTILE, HOSTILE),))
    stamp = Stamp("abc", '1"; } body { background: url(http://127.0.0.1:9/x) } /*', "1", "2027-01-01")
    return Guide("sales", HOSTILE, HOSTILE, HOSTILE, ((HOSTILE, HOSTILE),), (part,), stamp, HOSTILE)


def parsed(made: bytes) -> ElementTree.Element:
    """The document as any strict parser reads it."""
    return ElementTree.fromstring(made.decode().removeprefix("<!DOCTYPE html>\n"))


def words(made: bytes) -> str:
    return " ".join(" ".join(parsed(made).find("body").itertext()).split())


def test_every_text_of_the_guide_is_on_the_page(guide: Guide) -> None:
    shown = words(page.render(guide))
    told = [guide.title, guide.promise, guide.company, guide.case_title, guide.stamp.line]
    for said in [*told, *texts(guide.about), *texts(guide.sections)]:
        assert " ".join(said.split()) in shown, said


def test_empty_cells_are_boxes_and_lines_are_there(guide: Guide) -> None:
    root = parsed(page.render(guide))
    boxes = sum(
        cell == "" for part in guide.sections if part.table for row in part.table.rows for cell in row[1:]
    )
    assert len(root.findall(".//td[@class='box']")) == boxes > 10
    lines = sum(question.lines for part in guide.sections for question in part.questions)
    assert len(root.findall(".//span[@class='line']")) == lines


def test_it_is_a_document_of_headings_and_tables(guide: Guide) -> None:
    root = parsed(page.render(guide))
    assert root.get("lang") == "en"
    assert root.find("head/title").text == f"{guide.title}: {guide.case_title}"
    assert len(root.findall(".//h1")) == 1
    assert len(root.findall(".//h2")) == len(guide.sections)
    for table in root.iter("table"):
        heads = table.findall("thead/tr/th")
        assert {head.get("scope") for head in heads} == {"col"}
        for row in table.findall("tbody/tr"):
            assert len(list(row)) == len(heads)
            assert row[0].get("scope") == "row"


def test_hostile_texts_stay_texts() -> None:
    made = page.render(hostile())
    root = parsed(made)
    allowed = {"html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer", "h1", "h2", "p",
               "dl", "dt", "dd", "ol", "li", "span", "table", "thead", "tbody", "tr", "th", "td", "br"}  # fmt: skip
    assert {node.tag for node in root.iter()} <= allowed
    assert {key for node in root.iter() for key in node.attrib} <= {
        "lang", "charset", "http-equiv", "content", "name", "class", "title", "scope"
    }  # fmt: skip
    assert words(made).count("<script>alert(1)</script>") >= 8
    found = Tags()
    found.feed(made.decode())
    assert "script" not in found.names and "img" not in found.names, "nor to a parser that forgives"
    style = root.find("head/style").text
    assert "url(" not in style and style.count("{") == style.count("}")


class Tags(HTMLParser):
    """The names of all tags, as a browser's forgiving parser finds them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.add(tag)


def test_markup_escapes_texts_and_attributes() -> None:
    assert text('a < b & "c"\nd') == "a &lt; b &amp; &quot;c&quot;<br/>d"
    assert element("p", text("x"), class_='a"b') == '<p class="a&quot;b">x</p>'
    assert element("meta", http_equiv="y") == '<meta http-equiv="y"/>'


def test_it_may_do_nothing_but_look(guide: Guide) -> None:
    made = page.render(guide)
    root = parsed(made)
    policy = next(m for m in root.iter("meta") if m.get("http-equiv") == "Content-Security-Policy").get(
        "content"
    )
    style = re.search(r"<style>(.*)</style>", made.decode(), re.S)[1]
    known = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{known}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"https?:|//|@import|url\(|javascript:|src=|href=| on\w+=| style=", made.decode())


def test_the_colours_are_ours(guide: Guide) -> None:
    style = parsed(page.render(guide)).find("head/style").text
    colours = set(re.findall(r"#[0-9A-Fa-f]{6}", style))
    assert colours and colours <= set(library.look().values())
    assert "$" not in style


def test_the_stamp_is_at_the_foot_of_every_sheet(guide: Guide) -> None:
    style = parsed(page.render(guide)).find("head/style").text
    assert f'content: "{guide.stamp.line}"' in style


def test_the_same_case_gives_the_same_bytes(guide: Guide) -> None:
    assert page.render(guide) == page.render(replace(guide))


def test_nothing_private_is_on_any_page() -> None:
    found = build.certainty(run(secretive()))
    for persona in library.personas():
        made = page.render(interview(found, persona))
        assert CANARY.encode() not in made


@pytest.mark.judge
@pytest.mark.parametrize("name", ["contract_services"])
def test_a_browser_prints_two_sheets(name: str, tmp_path: Path) -> None:
    made = build.guide_file(example(name), "cfo")
    paper = printed(made, tmp_path)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2


@pytest.mark.judge
def test_a_browser_prints_hostile_texts(tmp_path: Path) -> None:
    assert printed(page.render(hostile()), tmp_path).startswith(b"%PDF")


def test_a_long_case_is_no_trouble() -> None:
    long = "word " * 38
    people = [{"persona": "sales", "role": long, "ask": long * 20}]
    made = build.guide_file(run(small(title=long.strip(), stakeholders=people)), "sales")
    assert words(made)


def printed(made: bytes, folder: Path) -> bytes:
    """The document as Chromium prints it."""
    source, paper = folder / "guide.html", folder / "guide.pdf"
    source.write_bytes(made)
    command = [chromium(), "--headless", *CHROMIUM_ARGS, "--no-pdf-header-footer", f"--print-to-pdf={paper}"]
    subprocess.run(
        [*command, f"--user-data-dir={folder}", source.as_uri()], check=True, timeout=60, capture_output=True
    )
    return paper.read_bytes()
