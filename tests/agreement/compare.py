"""What differs between two answers on the same case, as sentences; none where they agree."""

from typing import Any

#: Money agrees to this share of max(1, revenue, largest line); every other number to this share of max(1, itself).
TOLERANCE = 1e-9

MONEY = {
    "npv",
    "peak_funding",
    "pv_benefits",
    "pv_costs",
    "pv_tax",
    "value_after_horizon",
    "npv_by_year",
    "net",
    "costs",
}
MONEY_KPIS = {
    *("npv", "peak_funding", "revenue", "contribution", "bookings", "receivables", "pipeline_value"),
    *("acquisition_cost_per_win", "customer_lifetime_value", "cost_to_serve", "expected_incident_cost"),
}
RATIOS = {"roi", "irr", "payback_months"}
STATES = {"irr_note", "payback_state"}
OF_THE_CASE = {"npv", "roi", "irr", "payback", "peak_funding"}

#: Warnings that both sides work out. Those in EACH belong to a scenario; the others are said of the whole case.
EACH = {"at_limit", "requirement_off", "beyond_horizon", "above_revenue", "one_line"}
WHOLE = {"only_optimistic", "actuals", "plan", "coarse_periods"}


def differences(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Where the product (`ours`) and the plain implementation (`theirs`) disagree over a whole case."""
    found = [
        f"{key}: {ours[key]!r}, not {theirs[key]!r}"
        for key in ("case", "currency", "headline")
        if ours[key] != theirs[key]
    ]
    if list(ours["scenarios"]) != list(theirs["scenarios"]):
        return [*found, f"scenarios {list(ours['scenarios'])}, not {list(theirs['scenarios'])}"]
    for name, scenario in theirs["scenarios"].items():
        found += [f"{name}: {line}" for line in scenario_differences(ours["scenarios"][name], scenario)]
    said, expected = (
        {w["id"] for s in side["scenarios"].values() for w in s["warnings"]} & WHOLE
        for side in (ours, theirs)
    )
    if said != expected:
        found.append(f"warnings of the case {sorted(said)}, not {sorted(expected)}")
    return found


def scenario_differences(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Where two answers for one scenario or option disagree."""
    scale = theirs["scale"]
    found = [line for key in sorted(MONEY) for line in unlike(key, ours[key], theirs[key], scale)]
    found += [line for key in sorted(RATIOS) for line in unlike(key, ours[key], theirs[key])]
    found += [
        f"{key} {ours[key]!r}, not {theirs[key]!r}" for key in sorted(STATES) if ours[key] != theirs[key]
    ]
    for table in ("benefits", "headline_benefits"):
        for line in one_sided(table, ours[table], theirs[table], found):
            found += unlike(f"{table}[{line}]", ours[table][line], theirs[table][line], scale)
    for kpi in one_sided("kpis", ours["kpis"], theirs["kpis"], found):
        found += kpi_differences(kpi, ours["kpis"][kpi], theirs["kpis"][kpi], scale)
    for side in (ours, theirs):
        found += [
            f"check {check['id']} fails by {check['residual']}" for check in side["checks"] if not check["ok"]
        ]
    said, expected = ({warning["id"] for warning in side["warnings"]} & EACH for side in (ours, theirs))
    if said != expected:
        found.append(f"warnings {sorted(said)}, not {sorted(expected)}")
    return found


def one_sided(what: str, ours: dict[str, Any], theirs: dict[str, Any], found: list[str]) -> list[str]:
    """The keys on both sides; those on one side only are added to `found`."""
    if alone := sorted(set(ours) ^ set(theirs)):
        found.append(f"{what} {alone} on one side only")
    return sorted(set(ours) & set(theirs))


def kpi_differences(kpi: str, ours: dict[str, Any], theirs: dict[str, Any], scale: float) -> list[str]:
    """Where two answers for one KPI disagree, year by year in both worlds."""
    # A KPI such as the pipeline can be far larger than revenue and every line; doubles then end before the scale does.
    size = max((abs(value) for value in theirs["with"] if value is not None), default=0.0)
    unit = max(scale, size) if kpi in MONEY_KPIS else None
    found = unlike(f"{kpi} with", ours["with"], theirs["with"], unit)
    if kpi not in OF_THE_CASE:
        return found + unlike(f"{kpi} without", ours["without"], theirs["without"], unit)
    # Doing nothing has no return: nothing at all, or nothing in every year.
    nothing = ours["without"] is None or all(value is None for value in ours["without"])
    return found if nothing else [*found, f"{kpi} without: {ours['without']}, not nothing"]


def unlike(what: str, ours: Any, theirs: Any, scale: float | None = None) -> list[str]:
    """One sentence per number that differs, by more than money may (`scale`) or a plain number (None).

    A missing number equals only a missing one; lists are compared number by number.
    """
    if isinstance(theirs, list):
        if len(ours) != len(theirs):
            return [f"{what}: {len(ours)} numbers, not {len(theirs)}"]
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [line for t, (a, b) in pairs for line in unlike(f"{what}[{t}]", a, b, scale)]
    if ours is None or theirs is None:
        return [] if ours is theirs else [f"{what}: {ours!r}, not {theirs!r}"]
    allowed = TOLERANCE * (max(1.0, abs(theirs)) if scale is None else scale)
    return (
        [] if abs(ours - theirs) <= allowed else [f"{what}: {ours!r}, not {theirs!r} (allowed {allowed:.2g})"]
    )
