"""What the tests of findings share: the findings of a case by id, and a case with one free investment."""

from typing import Any

from casebuilder.analysis import results
from casebuilder.analysis.certainty import Certainty
from casebuilder.case import Case
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.findings import Finding, all_findings
from tests.analysis.test_fit import moved
from tests.model.cases import run

Found = dict[str, list[Finding]]


def found(data: dict[str, Any] | Case, option: str = AS_SET) -> list[Found]:
    """The findings about each stakeholder, by id."""
    certainty = Certainty(run(data) if isinstance(data, dict) else results(data), option)
    return [by_id(findings) for findings in all_findings(certainty)]


def by_id(findings: tuple[Finding, ...]) -> Found:
    """Findings by id, in their order."""
    table: Found = {}
    for finding in findings:
        table.setdefault(finding.id, []).append(finding)
    return table


def one(sizes: dict[str, float], *drivers: dict[str, Any], **case: Any) -> Found:
    """The findings about the only stakeholder, a head of service, of a free investment that works from day one."""
    return found({**moved(sizes, *drivers), **case})[0]


def kpis(findings: Found, id: str) -> list[str | None]:
    """The KPIs that findings of one kind are about."""
    return [finding.kpi for finding in findings.get(id, [])]
