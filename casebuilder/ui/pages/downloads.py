"""Downloads: the workbook and the decks of exactly the case that is open, built on request."""

from casebuilder.ui import downloads, refresh

downloads.heading()
downloads.choose_and_build()
downloads.offer()
refresh.refresh_a_deck()
