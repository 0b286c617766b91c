"""Findings: what stands between a case and one person's yes, each with its id and its arithmetic in people's words."""

from casebuilder.pitch.findings.finding import PRIVATE, Finding, FindingId
from casebuilder.pitch.findings.people import all_findings, findings
from casebuilder.pitch.findings.whole import of_the_case

__all__ = ["PRIVATE", "Finding", "FindingId", "all_findings", "findings", "of_the_case"]
