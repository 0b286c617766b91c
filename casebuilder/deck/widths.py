"""Writes widths.json, how wide each character of Carlito is; run once, with `python -m casebuilder.deck.widths FOLDER`.

Carlito has the metrics of Calibri, the typeface of the deck, so text can be measured on machines that have neither.
FOLDER holds Carlito-Regular.ttf and Carlito-Bold.ttf (Debian and Ubuntu: the package fonts-crosextra-carlito).
"""

import json
import struct
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

WIDTHS = Path(__file__).with_name("widths.json")
NOTE = (
    "Advance widths of Carlito 1.103, (c) 2010-2013 tyPoland Lukasz Dziedzic, SIL Open Font License 1.1,"
    " github.com/googlefonts/carlito. Measurements only: no outline of the typeface is copied."
    " Per weight: width in units -> the characters that have it."
)


def advances(font: bytes) -> dict[str, int]:
    """Character -> advance width in font units, for the printable characters of the Basic Multilingual Plane."""
    tables = {font[at : at + 4]: struct.unpack_from(">II", font, at + 8) for at in _records(font)}
    hmtx = tables[b"hmtx"][0]
    measured = struct.unpack_from(">H", font, tables[b"hhea"][0] + 34)[0]
    widths = {
        character: int(struct.unpack_from(">H", font, hmtx + 4 * min(glyph, measured - 1))[0])
        for character, glyph in _glyphs(font, tables[b"cmap"][0])
        if unicodedata.category(character)[0] in "LNPS" or unicodedata.category(character) == "Zs"
    }
    return {character: width for character, width in widths.items() if width}


def units_per_em(font: bytes) -> int:
    """The size of the design grid, in which widths are counted."""
    records = [(font[at : at + 4], struct.unpack_from(">I", font, at + 8)[0]) for at in _records(font)]
    head = dict(records)[b"head"]
    return int(struct.unpack_from(">H", font, head + 18)[0])


def _records(font: bytes) -> range:
    return range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)


def _glyphs(font: bytes, cmap: int) -> list[tuple[str, int]]:
    """Characters with their glyph, from the Unicode table of format 4: segments with a shift or a list of glyphs."""
    tables = struct.unpack_from(">H", font, cmap + 2)[0]
    encodings = [struct.unpack_from(">HHI", font, cmap + 4 + 8 * i) for i in range(tables)]
    table = cmap + next(offset for platform, encoding, offset in encodings if (platform, encoding) == (3, 1))
    doubled = struct.unpack_from(">H", font, table + 6)[0]
    glyphs = []
    for at in range(table + 14, table + 14 + doubled, 2):
        last, first, delta, shift = (struct.unpack_from(">H", font, at + row)[0] for row in _rows(doubled))
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if shift:
                glyph = struct.unpack_from(">H", font, at + _rows(doubled)[3] + shift + 2 * (code - first))[0]
            if not shift or glyph:
                glyphs.append((chr(code), (glyph + delta) % 0x10000))
    return [(character, glyph) for character, glyph in glyphs if glyph]


def _rows(doubled: int) -> tuple[int, int, int, int]:
    """Where a segment's end, start, delta and range offset lie, seen from its end; two spare bytes follow the ends."""
    return 0, doubled + 2, 2 * doubled + 2, 3 * doubled + 2


def _grouped(font: bytes) -> dict[str, str]:
    groups: defaultdict[int, str] = defaultdict(str)
    for character, width in sorted(advances(font).items()):
        groups[width] += character
    return {str(width): groups[width] for width in sorted(groups)}


def main(folder: Path) -> None:
    """Reads both weights from `folder` and writes the table beside this file."""
    regular, bold = ((folder / f"Carlito-{weight}.ttf").read_bytes() for weight in ("Regular", "Bold"))
    table = {
        "note": NOTE,
        "units_per_em": units_per_em(regular),
        "regular": _grouped(regular),
        "bold": _grouped(bold),
    }
    WIDTHS.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
