"""Versions: everything that was kept of this case, what moved from one to another, and the way back."""

from casebuilder.ui import versions

versions.heading()
if versions.some():
    versions.compare()
    versions.history()
