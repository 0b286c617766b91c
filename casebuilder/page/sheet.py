"""The look of a page, on screen and in print, in the colours that everything of ours has."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from casebuilder.case import library
from casebuilder.page.markup import Node

#: Signs that may stand in a text of the style itself; anything else could end it.
_HARMLESS = re.compile(r"[^A-Za-z0-9 .·:-]")

_RULES = """
@page { margin: 13mm 14mm 15mm;
  @bottom-left { content: "$stamp"; font: 7.5pt Calibri, Carlito, Arial, sans-serif; color: $muted; }
  @bottom-right { content: counter(page) " of " counter(pages); font: 7.5pt Calibri, Carlito, Arial, sans-serif;
    color: $muted; } }
* { box-sizing: border-box; }
html { background: $panel; }
body { margin: 0 auto; max-width: 190mm; padding: 10mm 12mm; background: $paper; color: $ink;
  font: 9.5pt/1.35 Calibri, Carlito, Arial, sans-serif; font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere; }
h1 { margin: 0 0 1.5mm; font-size: 19pt; line-height: 1.15; font-weight: 600; }
h2 { margin: 0 0 0.6mm; font-size: 12pt; line-height: 1.25; font-weight: 600; color: $programme; }
p { margin: 0; }
section { margin-top: 4.2mm; }
.over, .known, .promise, footer { color: $muted; }
.over { font-size: 9pt; }
.known { font-size: 8.5pt; }
.promise { font-size: 9pt; }
.who { margin: 3mm 0 2.5mm; }
.blank { display: inline-block; width: 55mm; margin: 0 3mm; border-bottom: 0.3mm solid $muted; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.4mm 4mm; margin: 0; padding: 1.8mm 0;
  border-top: 0.3mm solid $line; border-bottom: 0.3mm solid $line; }
dt { color: $muted; }
dd { margin: 0; }
table { width: 100%; margin-top: 1.2mm; border-collapse: collapse; table-layout: fixed; font-size: 8.5pt; }
thead th { padding: 0 1.5mm 0.8mm; border-bottom: 0.35mm solid $ink; color: $muted; font-weight: 400; text-align: left;
  vertical-align: bottom; line-height: 1.2; }
tbody th, td { height: 7.6mm; padding: 0.8mm 1.5mm; border-bottom: 0.2mm solid $line; text-align: left;
  vertical-align: middle; font-weight: 400; line-height: 1.2; }
tbody th { font-weight: 600; }
th:first-child { padding-left: 0; }
td.box { border: 0.3mm solid $muted; background: $paper; }
tr { break-inside: avoid; }
.of7 th:first-child { width: 24%; } .of7 th:nth-child(2) { width: 13%; } .of7 th:nth-child(5) { width: 17%; }
.of7 th:last-child { width: 8%; }
.of4 th:first-child { width: 38%; } .of4 th:last-child { width: 24%; }
.of5 th:first-child { width: 17%; } .of5 th:nth-child(2), .of5 th:nth-child(3) { width: 17%; }
.of5 td { height: 10.5mm; }
.of6 th:first-child { width: 33%; } .of6 th:nth-child(2) { width: 18%; } .of6 th:nth-child(3) { width: 19%; }
ol { margin: 0; padding: 0; list-style: none; }
li { margin-top: 1.8mm; break-inside: avoid; }
.ask, .line { display: block; }
.ask { font-weight: 600; }
li .known { display: block; }
.line { height: 6.6mm; border-bottom: 0.25mm solid $muted; }
h2, .known, thead { break-after: avoid; }
section { break-inside: avoid; }
section:last-of-type { break-inside: auto; }
footer { margin-top: 5mm; font-size: 8pt; }
@media print {
  html { background: none; }
  body { max-width: none; padding: 0; }
  footer { display: none; }
}
"""


def style(stamp: str, rules: str = _RULES) -> Node:
    """The style sheet, with the stamp at the foot of every printed page; `rules` name colours as in `$ink`."""
    tokens = {"stamp": _HARMLESS.sub(" ", stamp), **library.look()}
    return Node(re.sub(r"\$(\w+)", lambda found: tokens[found[1]], rules).strip())


def policy(look: str) -> str:
    """What the document may do: use this very style, and nothing else at all."""
    known = b64encode(sha256(look.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{known}'; base-uri 'none'; form-action 'none'"
