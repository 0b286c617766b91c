"""How sure we are: scenarios and options as one batch of model runs."""

from casebuilder.analysis.scenarios import results

__all__ = ["results"]
