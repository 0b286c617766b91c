"""How sure we are: scenarios and options as one batch of model runs."""

from casebuilder.analysis.scenarios import results, results_on_demand

__all__ = ["results", "results_on_demand"]
