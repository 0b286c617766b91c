"""Bring back: a workbook that finance edited, what each of its changes is worth, and which of them to take over."""

from casebuilder.ui import returned

returned.heading()
found = returned.brought()
if found is not None:
    returned.notices(found)
    returned.choose(found)
    returned.beside(found)
