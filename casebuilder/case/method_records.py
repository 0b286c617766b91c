"""What the workbook says about itself: the records of the file that holds its statements."""

from typing import Literal

from casebuilder.case.library_records import Id, LibraryRecord, Many, Text

#: What a case chooses for itself and the workbook states beside the method.
Choice = Literal["horizon", "periods", "discount_rate", "discounting", "tax_rate", "release", "currency"]


class Statement(LibraryRecord):
    """One thing said in plain words, under its name."""

    name: Text
    text: Text


class States(LibraryRecord):
    """What it means that a number is there or not, by the model's states; `found` is what people read for the first."""

    found: Text
    irr: dict[Id, Text]
    payback: dict[Id, Text]


class MethodFile(LibraryRecord):
    """The file method.yaml."""

    use: Many[Statement]
    method: Many[Statement]
    choices: dict[Choice, Statement]
    states: States
    not_counted: Many[Statement]
    weaknesses: Many[Statement]
    signs: Many[Statement]
    rules: Many[Statement]
    sheets: dict[Text, Text]
