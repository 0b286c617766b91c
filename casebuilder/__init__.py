"""Casebuilder: sell a customer-experience investment inside a company, in the reader's own terms."""

__version__ = "0.1.0"

#: Bumped whenever a change moves a number; stamped in every output and named in the CHANGELOG.
MODEL_VERSION = "1"
