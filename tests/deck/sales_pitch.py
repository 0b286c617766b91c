"""A realistic pitch for a head of sales, exhibit by exhibit."""

from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, Exhibit, Figure, Pitch, Role, Series, Stamp, Table

STAMP = Stamp(fingerprint="3f9a1c27", model_version="1", version="0.1.0", as_of="2027-01-01")

WITHOUT = (0.82, 0.818, 0.815)
WITH = (0.829, 0.866, 0.891)

STEPS: tuple[tuple[str, float, Role], ...] = (
    ("More deals won", 1_480_000, "programme"),
    ("Better conversion of leads", 690_000, "programme"),
    ("Customers kept", 520_000, "programme"),
    ("More referrals", 310_000, "programme"),
    ("Shorter sales cycle", 240_000, "programme"),
    ("Earlier first revenue", 130_000, "programme"),
    ("Contacts avoided", 60_000, "capacity"),
    ("Cash tied up in growth", -180_000, "harm"),
    ("Cost of the programme", -1_940_000, "cost"),
)
NPV = float(sum(value for _, value, _ in STEPS))

FLOWS = (
    -420_000.0,
    -310_000,
    -160_000,
    -40_000,
    90_000,
    180_000,
    260_000,
    310_000,
    350_000,
    370_000,
    390_000,
    400_000,
    410_000,
)


def figure(
    key: str, label: str, value: float | None, unit: str, change: str = "", role: Role = "programme"
) -> Figure:
    """A figure with its text as the product writes it."""
    return Figure(key, label, value, unit, numbers.for_unit(value, unit, "USD"), change, role)


def cover() -> Exhibit:
    return Exhibit("cover", "Fix onboarding, close the loop", takeaways=("For the Chief Revenue Officer",))


def decision() -> Exhibit:
    return Exhibit(
        "decision",
        "Release stage 1: USD 0.73 M, paid back in 22 months, attainment from 82% to 89%",
        takeaways=(
            "Decide by 20 January in the investment committee; the CFO decides, you approve.",
            "Stage 1 is lost-sale interviews and the closed loop, until June 2027; stage 2 waits for it.",
            "From you: half a position of sales operations, and one hour a month of each regional head.",
        ),
        figures=(
            figure("risk_adjusted/npv", "Net present value over 3 years, risk-adjusted", NPV, "money"),
            figure("risk_adjusted/payback", "until the money is back", 22.0, "months"),
            figure(
                "risk_adjusted/kpi/quota_attainment/with/3",
                "attainment on new business in year 3",
                WITH[-1],
                "share",
                numbers.change(WITHOUT[-1], WITH[-1], "share", "up"),
            ),
            figure(
                "risk_adjusted/peak_funding", "most cash out at any time", 930_000.0, "money", role="cost"
            ),
        ),
        source="Case file, risk-adjusted scenario; before tax, hurdle rate 10%",
        notes="Thirty seconds: this is about your number. Likely objection: my reps have no time for this.",
    )


def kpi() -> Exhibit:
    return Exhibit(
        "kpi",
        "Attainment rises from 82% to 89% in three years: half of your gap to 95%, not all of it",
        takeaways=(
            "Six points come from deals we lose today for reasons customers can name.",
            "Do nothing drifts down slightly, because more renewals fail before a referral is made.",
            "The rest of the gap needs capacity: a tenth of deals waits for a rep's time.",
        ),
        figures=(
            figure(
                "risk_adjusted/kpi/quota_attainment/with/3",
                "attainment on new business in year 3",
                WITH[-1],
                "share",
                numbers.change(WITHOUT[-1], WITH[-1], "share", "up"),
            ),
        ),
        chart=Chart(
            "line",
            ("Year 1", "Year 2", "Year 3"),
            (
                Series("Do nothing", WITHOUT, "do_nothing", key="risk_adjusted/kpi/quota_attainment/without"),
                Series(
                    "With the programme", WITH, "programme", key="risk_adjusted/kpi/quota_attainment/with"
                ),
            ),
            "share",
            "Attainment on new business, per cent of quota",
            "Line chart: attainment with the programme rises to 89%, do nothing stays at 82%.",
        ),
        source="Bookings against the quota of 40 reps; CRM export of September 2026",
    )


def benefits() -> Exhibit:
    values = (*tuple(value for _, value, _ in STEPS), NPV)
    scale = numbers.chart_scale(values, "money")
    return Exhibit(
        "benefits",
        "More deals won pays for the programme: it is worth USD 1.31 M after its cost",
        takeaways=(
            "Two thirds of the value is new business: it lands on your number first.",
            "Freed service hours count only where finance has agreed to them.",
            "Growth ties up cash, and that stands against the case.",
        ),
        chart=Chart(
            "waterfall",
            (*(name for name, _, _ in STEPS), "Net present value"),
            (Series("Value", values, "programme", key="risk_adjusted/lines"),),
            "money",
            f"Present value over 3 years, risk-adjusted, {scale.title('money', 'USD')}",
            "Waterfall: nine steps from benefits to cost end in a net present value of USD 1.31 M.",
            roles=(*(role for _, _, role in STEPS), "programme"),
            totals=frozenset({len(STEPS)}),
            scale=scale.factor,
        ),
        source="Case file, risk-adjusted scenario; before tax, hurdle rate 10%",
        notes="Every step is a line of the model and can be followed in the workbook.",
    )


def cash_flow() -> Exhibit:
    total, running = 0.0, []
    for flow in FLOWS:
        total += flow
        running.append(total)
    scale = numbers.chart_scale((*FLOWS, *running), "money")
    marks = {3: scale.text(running[3]), 8: "Paid back: month 22", 12: scale.text(running[12])}
    labels = tuple(marks.get(i, "") for i in range(len(FLOWS)))
    return Exhibit(
        "cash_flow",
        "The money is back after 22 months; never more than USD 930 K is out",
        takeaways=(
            "Spending stops growing after three quarters; a checkpoint stands before each.",
            "At the checkpoint in June we stop if fewer than half of lost deals were interviewed.",
        ),
        figures=(
            figure("risk_adjusted/payback", "until the money is back", 22.0, "months"),
            figure(
                "risk_adjusted/peak_funding", "most cash out at any time", 930_000.0, "money", role="cost"
            ),
        ),
        chart=Chart(
            "columns",
            ("Start", *(f"Q{1 + i % 4} {27 + i // 4}" for i in range(12))),
            (
                Series("Net cash of the quarter", FLOWS, "programme", key="risk_adjusted/net"),
                Series("So far", tuple(running), "muted", labels, key="risk_adjusted/cumulative"),
            ),
            "money",
            f"Net cash, {scale.title('money', 'USD')}",
            "Columns of net cash by quarter, negative for a year, and the running total, positive from month 22.",
            roles=tuple("cost" if flow < 0 else "programme" for flow in FLOWS),
            scale=scale.factor,
        ),
        source="Case file, risk-adjusted scenario; before tax",
    )


def scenarios() -> Exhibit:
    names = ("Everything low at once", "Expected", "Everything high", "Risk-adjusted")
    values = (-640_000.0, 2_240_000.0, 4_900_000.0, NPV)
    scale = numbers.chart_scale(values, "money")
    rows = tuple(
        (name, numbers.percent(roi), numbers.months(months))
        for name, roi, months in zip(names, (-0.31, 1.15, 2.4, 0.68), (None, 18, 13, 22), strict=True)
    )
    return Exhibit(
        "scenarios",
        "It pays in every case but one: everything low at once loses USD 0.64 M",
        takeaways=(
            "We show you the risk-adjusted one; it is the one we will be held to.",
            "The stress has six months of delay, a fifth more cost and every effect at its low end.",
        ),
        chart=Chart(
            "bars",
            names,
            (Series("Net present value", values, "programme", key="npv"),),
            "money",
            f"Net present value, {scale.title('money', 'USD')}",
            "Bars of net present value: low -0.64 M, expected 2.24 M, high 4.9 M, risk-adjusted 1.31 M.",
            roles=("harm", "do_nothing", "do_nothing", "programme"),
            scale=scale.factor,
        ),
        table=Table(
            ("Scenario", "Return on cost", "Paid back after"),
            rows,
            numeric=frozenset({1, 2}),
            emphasised=3,
            keys=tuple(("", f"{name}/roi", f"{name}/payback") for name in names),
        ),
        source="Case file, all scenarios; before tax, hurdle rate 10%",
    )


def assumptions(count: int = 10) -> Exhibit:
    rows = (
        ("Win rate of opportunities, all segments", "20%", "+4%", "Confirmed", "VP Sales"),
        ("Revenue churn, Enterprise", "10%", "−6%", "Confirmed", "FP&A"),
        ("Leads that become opportunities, Mid-market", "10%", "+5%", "Estimate", "Marketing operations"),
        ("Sales cycle", "90 days", "−8%", "Estimate", "Sales operations"),
        ("Referrals per customer and year", "0.02", "+20%", "Starting value to replace", "Nobody yet"),
        ("Days to first revenue", "45 days", "−25%", "Confirmed", "Onboarding"),
        ("Cost of one more win", "USD 9 K", "0%", "Starting value to replace", "Nobody yet"),
        ("Cases per account, repeats not counted", "20", "−10%", "Estimate", "Service operations"),
        ("Take-up of the closed loop", "80%", "", "Estimate", "Service operations"),
        ("Share of deals that wait for a rep's time", "40%", "", "Starting value to replace", "Nobody yet"),
    )
    chosen = tuple(rows[i % len(rows)] for i in range(count))
    return Exhibit(
        "assumptions",
        "Ten assumptions carry the case; three are starting values that nobody stands behind yet",
        takeaways=("Put your name to the win rate, or tell us the one you would sign.",),
        table=Table(
            ("What must be true", "Today", "Effect", "Status", "Owner"),
            chosen,
            numeric=frozenset({1, 2}),
            defaults=frozenset(i for i, row in enumerate(chosen) if row[3].startswith("Starting")),
            chip=3,
        ),
        source="Case file, inputs and effects with their owners",
    )


def pitch(*exhibits: Exhibit) -> Pitch:
    """The sales pitch, or one of the given exhibits."""
    return Pitch(
        persona="sales",
        role="Chief Revenue Officer",
        case_title="Fix onboarding, close the loop",
        company="Example Networks",
        currency="USD",
        stamp=STAMP,
        exhibits=exhibits
        or (cover(), decision(), kpi(), benefits(), cash_flow(), scenarios(), assumptions()),
    )
