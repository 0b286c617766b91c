"""How cells look, as the file's table of styles says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS

from casebuilder.workbook.review.package import Package
from casebuilder.workbook.review.records import Look

#: Colours of a theme in the order in which styles count them; the file holds dark before light.
_THEME = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
#: LibreOffice marks these as plain characters in number formats; Excel knows them as such without.
_ESCAPED = re.compile(r"\\([() ])")


class Looks:
    """The looks of a workbook by the number that cells give for them."""

    def __init__(self, package: Package) -> None:
        self.theme = _theme(package.xml("xl/theme/theme1.xml"))
        root = package.xml("xl/styles.xml")
        self.all: tuple[Look, ...] = () if root is None else tuple(self._read(root))

    def __getitem__(self, number: int) -> Look:
        return self.all[number] if 0 <= number < len(self.all) else Look()

    def _read(self, root: Any) -> list[Look]:
        formats = dict(BUILTIN_FORMATS) | {
            int(each.get("numFmtId")): _ESCAPED.sub(r"\1", each.get("formatCode", ""))
            for each in root.iterfind("{*}numFmts/{*}numFmt")
        }
        fonts = [self.colour(font.find("{*}color")) for font in root.iterfind("{*}fonts/{*}font")]
        fills = [self._fill(fill) for fill in root.iterfind("{*}fills/{*}fill")]
        return [self._look(xf, formats, fonts, fills) for xf in root.iterfind("{*}cellXfs/{*}xf")]

    @staticmethod
    def _look(xf: Any, formats: Mapping[int, str], fonts: list[str], fills: list[str]) -> Look:
        protection = xf.find("{*}protection")
        locked = protection is None or protection.get("locked", "1") in ("1", "true")
        font, fill = int(xf.get("fontId", 0)), int(xf.get("fillId", 0))
        return Look(
            formats.get(int(xf.get("numFmtId", 0)), "General"),
            fonts[font] if font < len(fonts) else "",
            fills[fill] if fill < len(fills) else "",
            locked,
        )

    def _fill(self, fill: Any) -> str:
        pattern = fill.find("{*}patternFill")
        solid = pattern is not None and pattern.get("patternType") == "solid"
        return self.colour(pattern.find("{*}fgColor")) if solid else ""

    def colour(self, given: Any) -> str:
        """A colour as six capital digits; empty where none is given or the program is to choose."""
        if given is None or given.get("auto"):
            return ""
        if given.get("rgb"):
            return str(given.get("rgb"))[-6:].upper()
        if given.get("theme"):
            return self.theme.get(int(given.get("theme")), "")
        number = int(given.get("indexed", 64))
        return COLOR_INDEX[number][-6:].upper() if number < len(COLOR_INDEX) else ""


def _theme(root: Any) -> dict[int, str]:
    if root is None:
        return {}
    found: dict[int, str] = {}
    for number, name in enumerate(_THEME):
        given = root.find(f".//{{*}}clrScheme/{{*}}{name}/*")
        if given is not None:
            found[number] = str(given.get("lastClr") or given.get("val", ""))[-6:].upper()
    return found
