"""Downloads: the workbook and the decks of exactly the case that is open, built on request."""

from casebuilder.ui import downloads

downloads.heading()
downloads.choose_and_build()
downloads.offer()
