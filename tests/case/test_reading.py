"""The only reader: YAML and JSON become the same plain data, and what could hurt is refused in time."""

import math
import time
from pathlib import Path

import pytest

from casebuilder.case import CaseError, load, loads
from casebuilder.case.building import MAX_DEPTH, MAX_NODES
from casebuilder.case.reading import MAX_BYTES, parse, read_data, read_text, yaml_text
from tests.case.sample import TEXT, changed, fault, faults, line_of

IN_TIME = 2.0

WORDS = {
    "1": 1,
    "-7": -7,
    "1_000": 1000,
    "1.5": 1.5,
    ".5": 0.5,
    "1e6": 1e6,
    "1.0e-3": 0.001,
    "12:30": "12:30",
    "010": "010",
    "0x1F": "0x1F",
    "00.5": "00.5",
    "9" * 61: "9" * 61,
    "٣": "٣",
    "2027-01-31": "2027-01-31",
    "2027-13-45": "2027-13-45",
    "yes": True,
    "On": True,
    "TRUE": True,
    "no": False,
    "off": False,
    "False": False,
    "yEs": "yEs",
    "y": "y",
    "null": None,
    "~": None,
    "": None,
    ".inf": math.inf,
    "-.INF": -math.inf,
    "=": "=",
    "<<": "<<",
    "1.1.2027": "1.1.2027",
    "a # b": "a",
    "'1'": "1",
    '"no"': "no",
}


@pytest.mark.parametrize("word", WORDS)
def test_words_of_yaml(word: str) -> None:
    value = parse(f"key: {word}\n", "x.yaml").data["key"]
    assert value == WORDS[word]
    assert type(value) is type(WORDS[word])


def test_nan_is_read_and_left_to_the_records() -> None:
    assert math.isnan(parse("a: .NaN", "x.yaml").data["a"])


def test_keys_are_always_texts() -> None:
    assert parse("{on: 1, 2027: 2, no: 3}", "x.yaml").data == {"on": 1, "2027": 2, "no": 3}


def test_lines_of_yaml_and_json() -> None:
    yaml = parse("a:\n  - b: 1\n    c: 2\n  - 3\n", "x.yaml")
    json = parse('{"a": [\n{"b": 1,\n"c": 2},\n3]}', "x.json")
    assert yaml.data == json.data == {"a": [{"b": 1, "c": 2}, 3]}
    assert [yaml.line_of(place) for place in (("a",), ("a", 0, "c"), ("a", 1))] == [1, 3, 4]
    assert [json.line_of(place) for place in (("a",), ("a", 0, "c"), ("a", 1))] == [1, 3, 4]
    assert yaml.line_of(("a", 0, "missing")) == 2


def test_json_is_recognised_without_its_name() -> None:
    assert parse('\ufeff {"a": "\\ud83d\\ude00", "b": -0.5e1, "c": []}', "case.yaml").data == {
        "a": "😀",
        "b": -5.0,
        "c": [],
    }
    assert parse("{a: 1, 'b': two}", "case.yaml").data == {"a": 1, "b": "two"}


BROKEN = {
    "alias": ("a: *b", 1, "an alias (*)", "written out"),
    "anchor": ("a: 1\nb: &x [1, 2]\nc: *x", 2, "an anchor (&)", "written out"),
    "tag": ("a: !!python/object:os.system ls", 1, "a tag (!)", "plain texts"),
    "named tag": ("a: !<tag:x> 1", 1, "a tag (!)", "plain texts"),
    "documents": ("--- {a: 1}\n--- {b: 1}", 2, "a second document", "one case in one file"),
    "list as key": ("? [a]\n: 1", 1, "stands where a key belongs", "a plain word"),
    "tab": ("a:\n\tb: 1", 2, "a tab stands where YAML wants spaces", ""),
    "colon": ("a: 1\nb: c: d", 2, "a colon or an indentation too many", ""),
    "bracket": ("a: {b: 1\nc: [2", 2, "a comma or a closing bracket is missing", ""),
    "quote": ('a: "b', 1, "a quotation mark is not closed", ""),
    "at": ("a: @b", 1, "put it in quotes", ""),
    "control": ("a: 1\nb: \x07", 2, "the character U+0007 is invisible", ""),
    "surrogate": ("a: \ud800", 1, "the character U+D800 is invisible", ""),
    "no character": ('a: "\\UFFFFFFFF"', 1, "this is not YAML", ""),
    "version": ("%YAML " + 5000 * "9" + ".1\n--- 1", 1, "this is not YAML", ""),
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_yaml(what: str) -> None:
    text, line, found, allowed = BROKEN[what]
    said = fault(text)
    assert (said.file, said.line) == ("case.yaml", line)
    assert found in said.found
    assert allowed in said.allowed


NOT_JSON = {
    '{"a": 1,}': "a key in quotation marks is expected",
    '{"a": [1,\n]}': "a value is expected",
    '{"a" 1}': "a colon is expected",
    '{"a": 1 "b": 2}': "a comma or a closing bracket is expected",
    '{"a": 1} 2': "the end of the file is expected",
    '{"a": [1}': "a comma or a closing bracket is expected",
    '{"a": 01}': "a value is expected",
    '{"a": NaN}': "a value is expected",
    '{"a": Infinity}': "a value is expected",
    '{"a": "x': "a text closed by a quotation mark",
    '{"a": "\\q"}': "a letter that JSON knows",
    "": "a value is expected",
}


@pytest.mark.parametrize("text", NOT_JSON)
def test_broken_json(text: str) -> None:
    said = fault(text, "case.json")
    assert NOT_JSON[text] in said.found
    assert said.line == text.count("\n") + 1


def test_numbers_json_makes_infinite() -> None:
    company = '{"name": "x", "currency": "EUR", "decision_date": "2027-01-01",\n"years": 1e999}'
    text = f'{{"casebuilder": 1, "title": "x", "company": {company}}}'
    said = fault(text, "case.json")
    assert (said.path, said.line) == ("company.years", 2)
    assert "infinity" in said.found
    assert "60" not in str(said)
    assert "a number of 5000 characters" in fault('{"a": ' + 5000 * "1" + "}", "x.json").found


def test_a_key_twice() -> None:
    text = changed("churn_rate: 0.15,", "churn_rate: 0.15, churn_rate: 0.16,")
    said = fault(text)
    assert said.path == "segments[Homes].churn_rate"
    assert "this key stands twice" in said.found
    assert said.allowed == "each key once"
    assert said.line == line_of(TEXT, "churn_rate: 0.15,")
    assert "this key stands twice, in lines 1 and 2" in str(faults('{"a": 1,\n"a": 2}', "x.json"))


@pytest.mark.parametrize("text", ["", "# nothing but a remark\n", "[1, 2]", "just words", "12"])
def test_what_is_not_a_case_at_all(text: str) -> None:
    said = fault(text)
    assert said.path == ""
    assert said.allowed == "a case, which begins with casebuilder: 1"


HALF = MAX_BYTES // 2
HEAD = TEXT[: TEXT.index("decision:")]
BOMBS = {
    "brackets": "[" * HALF,
    "braces": "{a: " * (HALF // 4),
    "nested json": '{"a":' * (HALF // 5),
    "indentation": "".join(" " * depth + "a:\n" for depth in range(500)),
    "dashes": "- " * HALF,
    "aliases": "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30)),
    "many values": "[" + "1," * (HALF - 1) + "1]",
    "many pairs": "{" + "a: b, " * (HALF // 6) + "}",
    "many json values": '{"a": [' + "1," * (HALF - 10) + "1]}",
    "too large": "a: " + "x" * MAX_BYTES,
    "accents": HEAD + "decision: {ask: 'a" + "\u0315\u0300" * (HALF // 3) + "'}",
    "many keys": HEAD + "".join(f"key{n}: 1\n" for n in range(9000)),
    "many paths": f"{HEAD}segments: [{{}}]\ninputs:\n"
    + "".join(f"  segments[1].churn{n}: {{}}\n" for n in range(5000)),
    "many records": HEAD + "initiatives: [" + "{}, " * 15000 + "]",
    "a long chain": f"{HEAD}initiatives:\n"
    + "".join(f"- {{id: a{n}, requires: [a{n + 1}]}}\n" for n in range(4000)),
    "many effects": f"{HEAD}initiatives: [{{id: a, effects: [" + "{lever: leads}, " * 5000 + "]}]",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_in_time(name: str) -> None:
    start = time.process_time()
    with pytest.raises(CaseError) as caught:
        loads(BOMBS[name])
    assert time.process_time() - start < IN_TIME
    assert str(caught.value.problems[0]).startswith("case.yaml")


def test_the_limits_are_named() -> None:
    assert f"more than {MAX_DEPTH} levels" in fault("[" * 50).found
    assert f"more than {MAX_NODES:,} values" in fault("[" + "1," * MAX_NODES + "1]").found
    assert fault("x" * (MAX_BYTES + 1)).allowed == "at most 256 KB"
    parse("[" * MAX_DEPTH + "]" * MAX_DEPTH, "x.yaml")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    missing = tmp_path / "missing.yaml"
    with pytest.raises(CaseError, match=r"missing\.yaml: the file cannot be read: No such file"):
        load(missing)
    with pytest.raises(CaseError, match="the file cannot be read"):
        load(tmp_path)
    with pytest.raises(CaseError, match="this is not a file name"):
        load("a\0b")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("a: 1\ntitle: café\n".encode("latin-1"))
    with pytest.raises(CaseError, match=r"latin.yaml, line 2: byte 16 is not UTF-8 text"):
        load(latin)
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(CaseError, match="too large"):
        read_text(large)


def test_a_file_and_its_text_are_the_same_case(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert load(str(file)) == load(file) == loads(TEXT)


def test_a_wrong_data_file_of_ours_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "data.yaml"
    file.write_text("a: 1\na: 2\n")
    with pytest.raises(CaseError, match="stands twice"):
        read_data(file)


@pytest.mark.parametrize(
    "value",
    ["1e6", "12:30", "no", "2027-01-31", "", "~", " a", "a: b", "#", "=", "on", "a\nb", "'", "😀", "1_0"],
)
def test_texts_are_written_so_that_they_stay_texts(value: str) -> None:
    data = {"a": value, "b": [value, value], value or "x": 1}
    assert parse(yaml_text(data), "x.yaml").data == data
