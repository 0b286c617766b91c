"""What is said around the exhibits: the committee's order of them, and what a speaker needs for each."""

from typing import Self

from pydantic import Field, model_validator

from casebuilder.case.library_records import ExhibitKind, LibraryRecord, Many, Objection, Text


class Committee(LibraryRecord):
    """The file committee.yaml: what a group that decides together is shown, in order, and what waits behind it."""

    title: Text
    story: Many[ExhibitKind] = Field(min_length=1, max_length=8)
    backup: Many[ExhibitKind] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        shown = (*self.story, *self.backup)
        for name in shown:
            if shown.count(name) > 1:
                raise ValueError(f"{name!r} is shown twice")
        return self


class Spoken(LibraryRecord):
    """For one exhibit: what anybody may object to it, and where its numbers are found again."""

    objection: Objection
    numbers: Text


class SpeakingFile(LibraryRecord):
    """The file speaking.yaml: one entry for each exhibit that can stand in a story."""

    exhibits: dict[ExhibitKind, Spoken]
