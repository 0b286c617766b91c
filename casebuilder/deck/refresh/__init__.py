"""Brings a deck that somebody edited up to date with its case: what is ours follows, what is theirs stays untouched."""

from casebuilder.deck.refresh.edited import Edited
from casebuilder.deck.refresh.findings import Finding, Refreshed
from casebuilder.deck.refresh.whole import refresh
from casebuilder.deck.refresh.words import lines

__all__ = ["Edited", "Finding", "Refreshed", "lines", "refresh"]
