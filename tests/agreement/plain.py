"""A second, plain implementation of the value model: floats, loops, dicts, no code shared with the product.

`answers(case)` takes a case as plain data (what a YAML reader gives for a valid case file), fills in the
defaults itself and returns the JSON object of `docs/model.md`; `option(case, id)` gives one option under the
headline scenario. It is written to be read beside that page, in its order, not to be fast. Money is nominal,
costs are positive, index 0 of every list by period is the decision date, and a missing number is None.
"""

import itertools
import math
from typing import Any

INF = math.inf

# lever: (line, way, kind, scope, lower bound, upper bound, default limit from the base)
# fmt: off
LEVERS: dict[str, tuple[str, str, str, str, float, float, Any]] = {
    "churn_rate": ("retention", "down", "relative", "segment", 0, 1, lambda b: max(0.02, 0.5 * b)),
    "leads": ("demand", "up", "relative", "segment", 0, INF, lambda b: 1.5 * b),
    "lead_to_opportunity": ("conversion", "up", "relative", "segment", 0, 1, lambda b: min(0.90, 1.5 * b)),
    "sales_cycle_days": ("sales_cycle", "down", "relative", "company", 0, INF, lambda b: 0.7 * b),
    "win_rate": ("win_rate", "up", "relative", "segment", 0, 1, lambda b: min(0.80, 1.5 * b)),
    "referral_rate": ("referral", "up", "relative", "segment", 0, INF, lambda b: 2 * b),
    "growth_per_customer": ("expansion", "up", "points", "segment", -0.95, INF, lambda b: b + 0.03),
    "discount": ("price", "down", "relative", "segment", 0, 0.99, lambda b: 0.7 * b),
    "onboarding_days": ("onboarding", "down", "relative", "segment", 0, INF, lambda b: 0.3 * b),
    "credit_rate": ("credits", "down", "relative", "segment", 0, 1, lambda b: 0.3 * b),
    "issues_per_customer": ("contacts_avoided", "down", "relative", "segment", 0, INF, lambda b: 0.5 * b),
    "first_contact_resolution": ("repeat_contacts", "up", "points", "company", 0.05, 1, lambda b: 0.90),
    "self_service_share": ("self_service", "up", "points", "company", 0, 1, lambda b: min(0.90, b + 0.30)),
    "minutes_per_assisted_contact":
        ("handling_time", "down", "relative", "company", 0, INF, lambda b: 0.6 * b),
    "acquisition_cost": ("acquisition_cost", "down", "relative", "segment", 0, INF, lambda b: 0.5 * b),
    "attrition_rate": ("attrition", "down", "relative", "company", 0, INF, lambda b: max(0.05, 0.5 * b)),
    "incidents_per_year": ("incidents", "down", "relative", "company", 0, INF, lambda b: 0.3 * b),
    "days_sales_outstanding":
        ("cash_collection", "down", "relative", "company", 0, INF, lambda b: max(15.0, 0.6 * b)),
}
# fmt: on
LINES = (*(entry[0] for entry in LEVERS.values()), "working_capital")
CLASSES = {
    **{line: "margin" for line in LINES[:9]},
    "credits": "cost_out",
    "contacts_avoided": "capacity",
    "repeat_contacts": "capacity",
    "self_service": "capacity",
    "handling_time": "capacity",
    "acquisition_cost": "cost_out",
    "attrition": "cost_avoided",
    "incidents": "risk",
    "cash_collection": "one_off_cash",
    "working_capital": "one_off_cash",
}
STOCKS = ("retention", "demand", "conversion", "sales_cycle", "win_rate", "referral")

SEGMENT_INPUTS = """
    customers revenue_per_customer gross_margin churn_rate growth_per_customer discount leads
    lead_to_opportunity win_rate acquisition_cost referral_rate issues_per_customer onboarding_days
    credit_rate
"""
GROUPS = {
    "sales": """
        reps quota_per_rep sales_cycle_days capacity_bound referral_cost_share variable_acquisition_share
        acquisition_spend
    """,
    "service": """
        first_contact_resolution self_service_share cost_per_assisted_contact cost_per_self_service_contact
        minutes_per_assisted_contact productive_hours_per_agent outsourced_share
    """,
    "people": "frontline_headcount attrition_rate replacement_cost",
    "risk": "incidents_per_year cost_per_incident",
    "finance": "days_sales_outstanding",
}
WORLD = """
    stay half opening opportunities won referred new closing average arpc price volume revenue earned contacts
    unit_cost serving winning acquiring
"""
DEFAULTS = {"first_contact_resolution": 1.0, "variable_acquisition_share": 0.5}
HAIRCUTS = {"A": 0.05, "B": 0.15, "C": 0.30, "J": 0.30}
BUILT_IN = {
    "conservative": {
        "effects": "low",
        "haircut": False,
        "cost_factor": 1.20,
        "delay_months": 6,
        "benefit_factor": 1.0,
    },
    "base": {
        "effects": "base",
        "haircut": False,
        "cost_factor": 1.00,
        "delay_months": 0,
        "benefit_factor": 1.0,
    },
    "optimistic": {
        "effects": "high",
        "haircut": False,
        "cost_factor": 1.00,
        "delay_months": 0,
        "benefit_factor": 1.0,
    },
    "risk_adjusted": {
        "effects": "base",
        "haircut": True,
        "cost_factor": 1.10,
        "delay_months": 3,
        "benefit_factor": 1.0,
    },
}


# --------------------------------------------------------------------------------------- the case, filled in


def scenario_table(case: dict) -> dict[str, dict]:
    """The scenarios by id in the order of the case; the four built in where the case has none of its own."""
    table = {}
    for name, given in (case.get("scenarios") or dict.fromkeys(BUILT_IN, "builtin")).items():
        fields = BUILT_IN[name] if given == "builtin" else given
        table[name] = {
            "effects": fields.get("effects", "base"),
            "haircut": fields.get("haircut", False),
            "cost_factor": fields.get("cost_factor", 1.0),
            "delay_months": fields.get("delay_months", 0),
            "benefit_factor": fields.get("benefit_factor", 1.0),
        }
    return table


def headline_scenario(case: dict) -> str:
    """The id of the headline scenario: the one named, else `risk_adjusted`, else the first."""
    table = scenario_table(case)
    named = case["company"].get("headline")
    return named or ("risk_adjusted" if "risk_adjusted" in table else next(iter(table)))


def filled(case: dict) -> dict:
    """Every number the model reads, with its default where the case leaves it out."""
    company = case["company"]
    inputs = {}
    for group, names in GROUPS.items():
        given = case.get(group) or {}
        for name in names.split():
            inputs[name] = given.get(name, DEFAULTS.get(name, 0.0))
    segments = []
    for given in case.get("segments") or []:
        numbers = {name: given.get(name, 0.0) for name in SEGMENT_INPUTS.split()}
        segments.append({"name": given["name"], **numbers})
    initiatives = {}
    for given in case.get("initiatives") or []:
        people = given.get("internal_fte", 0.0) * company.get("loaded_cost_per_fte", 0.0)
        initiatives[given["id"]] = {
            "enabled": given.get("enabled", True),
            "start": given.get("start_month", 0),
            "build": given.get("build_months", 0),
            "ramp": given.get("ramp_months", 0),
            "adoption": given.get("adoption", 1.0),
            "one_time": given.get("one_time_cost", 0.0),
            "annual": given.get("annual_cost", 0.0) + people,
            "requires": list(given.get("requires") or []),
            "effects": [dict(effect) for effect in given.get("effects") or []],
        }
    return {
        "N": company["years"],
        "P": company["periods_per_year"],
        "discount_rate": company.get("discount_rate", 0.10),
        "mid": company.get("discounting", "end") == "mid",
        "tax_rate": company.get("tax_rate", 0.0),
        "release": company.get("release_working_capital", True),
        "inputs": inputs,
        "segments": segments,
        "initiatives": initiatives,
        "limits": case.get("limits") or {},
        "headline_shares": case.get("headline_shares") or {},
        "haircuts": {**HAIRCUTS, **(case.get("haircuts") or {})},
        "custom": [dict(line) for line in case.get("custom_lines") or []],
        "actuals": case.get("actuals") or {},
        "plan": (case.get("plan") or {}).get("revenue") or [],
    }


# -------------------------------------------------------------------------------------- effects and delivery


def prerequisites(initiatives: dict, name: str) -> set[str]:
    """Everything `name` requires, directly or not, itself left out."""
    found: set[str] = set()
    waiting = list(initiatives[name]["requires"])
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting.extend(initiatives[other]["requires"])
    return found


def is_on(book: dict, name: str, kept: set[str] | None) -> bool:
    """Whether an initiative runs: enabled, inside the option, and started before the horizon ends."""
    initiative = book["initiatives"][name]
    inside = kept is None or name in kept
    return bool(initiative["enabled"] and inside and initiative["start"] < 12 * book["N"])


def is_active(book: dict, name: str, kept: set[str] | None) -> bool:
    """Whether an initiative can earn: on, and everything it requires on."""
    return all(is_on(book, n, kept) for n in {name} | prerequisites(book["initiatives"], name))


def area_under_ramp(month: float, begin: float, ramp: float) -> float:
    """F(m): full-effect months earned up to `month` by a straight ramp that begins at `begin`."""
    x = min(max(month - begin, 0.0), ramp)
    rising = x * x / (2.0 * ramp) if ramp > 0 else 0.0
    return rising + max(month - begin - ramp, 0.0)


def delivery(book: dict, name: str, scenario: dict, kept: set[str] | None) -> list[float]:
    """delivery(i, t) for t = 0..T, 0 at t = 0."""
    years, per_year = book["N"], book["P"]
    series = [0.0] * (years * per_year + 1)
    if not is_active(book, name, kept):
        return series
    initiatives = book["initiatives"]
    chain = {name} | prerequisites(initiatives, name)
    begin = max(initiatives[n]["start"] + initiatives[n]["build"] for n in chain) + scenario["delay_months"]
    ramp = initiatives[name]["ramp"]
    for t in range(1, years * per_year + 1):
        earned = area_under_ramp(12 * t / per_year, begin, ramp)
        earned -= area_under_ramp(12 * (t - 1) / per_year, begin, ramp)
        series[t] = initiatives[name]["adoption"] * earned * per_year / 12
    return series


def size(book: dict, effect: dict, scenario: dict) -> float:
    """The size of an effect under a scenario, positive in the lever's good direction."""
    if scenario["haircut"]:
        return effect["base"] - book["haircuts"][effect.get("grade", "J")] * abs(effect["base"])
    return effect[scenario["effects"]]


# ---------------------------------------------------------------------------------------------------- levers


def moved_lever(
    book: dict,
    lever: str,
    base: float,
    segment: str | None,
    scenario: dict,
    deliveries: dict[str, list[float]],
) -> tuple[list[float], bool]:
    """The lever's with-value for t = 0..T (base at 0), and whether the cap cut an improvement anywhere."""
    _, way, kind, scope, lower, upper, default_limit = LEVERS[lever]
    limit = book["limits"].get(lever)
    if limit is None:
        limit = default_limit(base)
    acting = []
    for name, initiative in book["initiatives"].items():
        for effect in initiative["effects"]:
            at = effect.get("segment", "all")
            if effect["lever"] == lever and (scope == "company" or at == "all" or at == segment):
                acting.append((size(book, effect, scenario), deliveries[name]))
    values, cut = [base], False
    for t in range(1, book["N"] * book["P"] + 1):
        if kind == "relative":
            sign = -1.0 if way == "down" else 1.0
            value = base
            for amount, series in acting:
                value = value * (1.0 + sign * amount * series[t])
        else:
            value = base + sum(amount * series[t] for amount, series in acting)
        if way == "down":
            best = min(limit, base)
            cut = cut or value < best
            value = min(upper, max(best, value))
        else:
            best = max(limit, base)
            cut = cut or value > best
            value = max(lower, min(upper, best, value))
        values.append(value)
    return values, cut


# ------------------------------------------------------------------------------------------------ two worlds


def ratio(part: float, whole: float) -> float:
    """part / whole, 1 where the base is 0 (sales cycle and handling minutes)."""
    return part / whole if whole != 0 else 1.0


def segment_world(
    book: dict, segment: dict, moved: dict[str, list[float]], today: dict | None
) -> dict[str, list[float]]:
    """One segment in one world, each quantity for t = 0..T; `today` is its without-world (None: make it)."""
    inputs, per_year = book["inputs"], book["P"]
    world: dict[str, list[float]] = {name: [0.0] for name in WORLD.split()}
    world["closing"][0] = segment["customers"]
    level = segment["revenue_per_customer"]
    bound = inputs["capacity_bound"]
    for t in range(1, book["N"] * per_year + 1):
        at = {lever: values[t] for lever, values in moved.items()}
        stay = (1.0 - at["churn_rate"]) ** (1.0 / per_year)
        half = stay**0.5
        opening = world["closing"][t - 1]
        free = (1.0 - bound) * at["leads"] * at["lead_to_opportunity"]
        cycle = 1.0 / ratio(at["sales_cycle_days"], inputs["sales_cycle_days"])
        opportunities = free + bound * segment["leads"] * segment["lead_to_opportunity"] * cycle
        won = opportunities * at["win_rate"] / per_year
        referred = opening * at["referral_rate"] / per_year
        new = won + referred
        closing = opening * stay + new * half
        average = (opening + closing) / 2.0
        growth = 1.0 + at["growth_per_customer"]
        arpc = level * growth ** (1.0 / (2 * per_year))
        level = level * growth ** (1.0 / per_year)
        price = (1.0 - at["discount"]) / (1.0 - segment["discount"])
        volume = average * arpc / per_year - new * arpc * at["onboarding_days"] / 365.0
        revenue = volume * price
        earned = volume * (price * (1.0 - at["credit_rate"]) - (1.0 - segment["gross_margin"]))
        contacts = average * at["issues_per_customer"] / at["first_contact_resolution"] / per_year
        minutes = ratio(at["minutes_per_assisted_contact"], inputs["minutes_per_assisted_contact"])
        unit_cost = (1.0 - at["self_service_share"]) * inputs["cost_per_assisted_contact"] * minutes
        unit_cost += at["self_service_share"] * inputs["cost_per_self_service_contact"]
        serving = contacts * unit_cost
        winning = won + inputs["referral_cost_share"] * referred
        usual = winning if today is None else today["winning"][t]
        variable = inputs["variable_acquisition_share"]
        acquiring = at["acquisition_cost"] * (usual + variable * (winning - usual))
        now = (stay, half, opening, opportunities, won, referred, new, closing, average, arpc, price, volume)
        now += (revenue, earned, contacts, unit_cost, serving, winning, acquiring)
        for name, value in zip(WORLD.split(), now, strict=True):
            world[name].append(value)
    return world


def company_world(book: dict, segments: list[dict], moved: dict[str, list[float]]) -> dict[str, list[float]]:
    """One world's company totals for t = 0..T: revenue, leaving, incident, contribution, receivables."""
    inputs, per_year = book["inputs"], book["P"]
    names = ("revenue", "leaving", "incident", "contribution", "receivables")
    world: dict[str, list[float]] = {name: [0.0] for name in names}
    cost_of_leaver = inputs["replacement_cost"]
    for t in range(1, book["N"] * per_year + 1):
        revenue = sum(s["revenue"][t] for s in segments)
        leaving = inputs["frontline_headcount"] * moved["attrition_rate"][t] * cost_of_leaver / per_year
        incident = moved["incidents_per_year"][t] * inputs["cost_per_incident"] / per_year
        margin = sum(s["earned"][t] - s["serving"][t] - s["acquiring"][t] for s in segments)
        world["revenue"].append(revenue)
        world["leaving"].append(leaving)
        world["incident"].append(incident)
        world["contribution"].append(margin - leaving - incident)
        world["receivables"].append(revenue * per_year * moved["days_sales_outstanding"][t] / 365.0)
    return world


# ----------------------------------------------------------------------- benefit lines, shares, custom lines


def segment_lines(
    book: dict, segment: dict, moved: dict[str, list[float]], today: dict, then: dict
) -> dict[str, list[float]]:
    """The lines 1..15 that belong to one segment, for t = 0..T."""
    inputs, per_year = book["inputs"], book["P"]
    lines: dict[str, list[float]] = {line: [0.0] for line in LINES[:15]}
    extra = {stock: 0.0 for stock in STOCKS}
    bound, fcr0 = inputs["capacity_bound"], inputs["first_contact_resolution"]
    leads0, opp0, win0 = (segment[n] for n in ("leads", "lead_to_opportunity", "win_rate"))
    self0, assisted = inputs["self_service_share"], inputs["cost_per_assisted_contact"]
    own, onboarding0 = inputs["cost_per_self_service_contact"], segment["onboarding_days"]
    rc, variable = inputs["referral_cost_share"], inputs["variable_acquisition_share"]
    kappa = segment["gross_margin"] - segment["credit_rate"]
    unit0 = (1.0 - self0) * assisted + self0 * own
    serve = segment["issues_per_customer"] / fcr0 * unit0 / per_year
    for t in range(1, book["N"] * per_year + 1):
        w = {lever: values[t] for lever, values in moved.items()}
        arpc0 = today["arpc"][t]
        cycle = 1.0 / ratio(w["sales_cycle_days"], inputs["sales_cycle_days"])
        arrivals = {
            "retention": 0.0,
            "demand": (1.0 - bound) * (w["leads"] - leads0) * opp0 * win0 / per_year,
            "conversion": (1.0 - bound) * w["leads"] * (w["lead_to_opportunity"] - opp0) * win0 / per_year,
            "sales_cycle": bound * leads0 * opp0 * (cycle - 1.0) * win0 / per_year,
            "win_rate": then["opportunities"][t] * (w["win_rate"] - win0) / per_year,
            "referral": then["opening"][t] * (w["referral_rate"] - segment["referral_rate"]) / per_year,
        }
        saved = today["opening"][t] * (then["stay"][t] - today["stay"][t])
        saved += today["new"][t] * (then["half"][t] - today["half"][t])
        for stock in STOCKS:
            came = arrivals[stock]
            before = extra[stock]
            referred = before * segment["referral_rate"] / per_year
            after = before * then["stay"][t] + (came + referred) * then["half"][t]
            after += saved if stock == "retention" else 0.0
            average = (before + after) / 2.0
            share = rc if stock == "referral" else 1.0
            paid = average * arpc0 / per_year - (came + referred) * arpc0 * onboarding0 / 365.0
            winning = (came * share + referred * rc) * segment["acquisition_cost"] * variable
            lines[stock].append(paid * kappa - average * serve - winning)
            extra[stock] = after
        new, average, arpc = then["new"][t], then["average"][t], then["arpc"][t]
        volume, price, contacts = then["volume"][t], then["price"][t], then["contacts"][t]
        minutes = ratio(w["minutes_per_assisted_contact"], inputs["minutes_per_assisted_contact"])
        paying = average / per_year - new * onboarding0 / 365.0
        lines["expansion"].append(paying * (arpc - arpc0) * kappa)
        lines["onboarding"].append(new * arpc * (onboarding0 - w["onboarding_days"]) / 365.0 * kappa)
        lines["price"].append(volume * (price - 1.0) * (1.0 - segment["credit_rate"]))
        lines["credits"].append(volume * price * (segment["credit_rate"] - w["credit_rate"]))
        fewer = segment["issues_per_customer"] - w["issues_per_customer"]
        lines["contacts_avoided"].append(average * fewer / fcr0 * unit0 / per_year)
        repeats = 1.0 / fcr0 - 1.0 / w["first_contact_resolution"]
        lines["repeat_contacts"].append(average * w["issues_per_customer"] * repeats * unit0 / per_year)
        lines["self_service"].append(contacts * (w["self_service_share"] - self0) * (assisted - own))
        lines["handling_time"].append(contacts * (1.0 - w["self_service_share"]) * assisted * (1.0 - minutes))
        usual = today["winning"][t]
        wins = usual + variable * (then["winning"][t] - usual)
        lines["acquisition_cost"].append(wins * (segment["acquisition_cost"] - w["acquisition_cost"]))
    return lines


def benefit_lines(
    book: dict, segments: list[dict], company: dict, today: dict, then: dict
) -> dict[str, list[float]]:
    """All 19 lines for t = 0..T; `segments` are their lines 1..15, `company` the moved company levers."""
    inputs, per_year = book["inputs"], book["P"]
    last = book["N"] * per_year
    lines = {line: [sum(s[line][t] for s in segments) for t in range(last + 1)] for line in LINES[:15]}
    days, cost_of_leaver = inputs["days_sales_outstanding"], inputs["replacement_cost"]
    released, tied = [0.0], [0.0]
    for line in LINES[15:]:
        lines[line] = [0.0]
    for t in range(1, last + 1):
        fewer = inputs["attrition_rate"] - company["attrition_rate"][t]
        lines["attrition"].append(inputs["frontline_headcount"] * fewer * cost_of_leaver / per_year)
        fewer = inputs["incidents_per_year"] - company["incidents_per_year"][t]
        lines["incidents"].append(fewer * inputs["cost_per_incident"] / per_year)
        sooner = days - company["days_sales_outstanding"][t]
        released.append(then["revenue"][t] * per_year * sooner / 365.0)
        tied.append((then["revenue"][t] - today["revenue"][t]) * per_year * days / 365.0)
        lines["cash_collection"].append(released[t] - released[t - 1])
        lines["working_capital"].append(-(tied[t] - tied[t - 1]))
    if book["release"]:
        lines["working_capital"][last] += tied[last]
    return lines


def line_share(book: dict, line: str) -> float:
    """The share of a line counted as cash: its class's, unless an override of the case counts."""
    if line == "working_capital":
        return 1.0
    given = book["headline_shares"].get(line)
    if isinstance(given, dict):
        given = given["share"] if given.get("agreed") else None
    if given is not None:
        return given
    by_class = {"risk": 0.0, "capacity": book["inputs"]["outsourced_share"]}
    return by_class.get(CLASSES[line], 1.0)


def counted(value: float, share: float) -> float:
    """What a line brings to the headline: its share, or all of it where it is negative."""
    return value if value < 0 else value * share


def custom_amounts(book: dict, line: dict, scenario: dict, kept: set[str] | None) -> list[float]:
    """A custom line's money for t = 0..T after risk adjustment; a cost also times the cost factor."""
    last = book["N"] * book["P"]
    owner = line.get("initiative")
    if owner:
        runs = is_active(book, owner, kept) if line["kind"] == "benefit" else is_on(book, owner, kept)
        if not runs:
            return [0.0] * (last + 1)
    by_year = list(line.get("by_year") or [])
    series = []
    for t in range(last + 1):
        if t == 0:
            amount = line.get("initial", 0.0)
        else:
            year = (t - 1) // book["P"]
            amount = by_year[year] / book["P"] if year < len(by_year) else 0.0
        risk = line.get("risk_adjustment", 0.0) if scenario["haircut"] else 0.0
        if line["kind"] == "benefit":
            amount = amount - risk * abs(amount)
        else:
            amount = amount * (1.0 + risk) * scenario["cost_factor"]
        series.append(amount)
    return series


# ----------------------------------------------------------------------------------------------------- costs


def initiative_costs(book: dict, scenario: dict, kept: set[str] | None) -> list[float]:
    """One-time and running cost of all initiatives that are on, for t = 0..T, times the cost factor."""
    per_year = book["P"]
    costs = [0.0] * (book["N"] * per_year + 1)
    for name, initiative in book["initiatives"].items():
        if not is_on(book, name, kept):
            continue
        start = initiative["start"]
        costs[math.floor(start * per_year / 12)] += initiative["one_time"] * scenario["cost_factor"]
        for t in range(1, len(costs)):
            running = min(max((12 * t / per_year - start) / (12 / per_year), 0.0), 1.0)
            costs[t] += initiative["annual"] / per_year * running * scenario["cost_factor"]
    return costs


# -------------------------------------------------------------------------------------- cash flow and return


def discount_factor(book: dict, t: int) -> float:
    """factor(t)."""
    when = t - 0.5 if book["mid"] and t >= 1 else t
    return (1.0 + book["discount_rate"]) ** (-when / book["P"])


def sign_changes(amounts: list[float], zero: float) -> int:
    """How often the sign changes along `amounts`, amounts within `zero` left out."""
    signs = [amount > 0 for amount in amounts if abs(amount) > zero]
    return sum(1 for before, after in itertools.pairwise(signs) if before != after)


def running_total(flows: list[float]) -> list[float]:
    """Cumulative sums."""
    totals, total = [], 0.0
    for flow in flows:
        total += flow
        totals.append(total)
    return totals


def yearly_irr(net: list[float], per_year: int) -> tuple[float | None, str | None]:
    """(IRR a year, None) or (None, why there is none)."""
    zero = 1e-9 * max(abs(flow) for flow in net)
    flows = [flow for flow in net if abs(flow) > zero]
    changes = sign_changes(net, zero)
    if changes == 0:
        return None, "no_sign_change"
    if flows[0] > 0:
        return None, "not_meaningful"
    if changes == 1:
        low = -0.8
    elif sign_changes(running_total(net), zero) == 1:
        low = 0.0
    else:
        return None, "several_possible"

    def worth(rate: float) -> float:
        return sum(flow * (1.0 + rate) ** (-t / per_year) for t, flow in enumerate(net))

    high = 10.0
    at_low, at_high = worth(low), worth(high)
    if at_low == 0:
        return low, None
    if at_high == 0:
        return high, None
    if (at_low > 0) == (at_high > 0):
        return None, "not_meaningful"
    for _ in range(200):
        middle = (low + high) / 2.0
        if (worth(middle) > 0) == (at_low > 0):
            low = middle
        else:
            high = middle
    return (low + high) / 2.0, None


def payback(net: list[float], per_year: int) -> tuple[float | None, str]:
    """(months or None, state): the latest crossing of zero by the cumulative net."""
    zero = 1e-9 * max(abs(flow) for flow in net)
    totals = [total if abs(total) > zero else 0.0 for total in running_total(net)]
    below = [t for t, total in enumerate(totals) if total < 0]
    if not below:
        return None, "no_investment"
    t = below[-1]
    if t == len(totals) - 1:
        return None, "not_reached"
    return (t - totals[t] / (totals[t + 1] - totals[t])) * 12 / per_year, "reached"


# ------------------------------------------------------------------------------------------------------ KPIs


def divide(top: float, bottom: float) -> float | None:
    """top / bottom, None where the bottom is 0."""
    return top / bottom if bottom != 0 else None


def weighted(pairs: list[tuple[float | None, float]]) -> float | None:
    """The average of (value, weight) pairs; None where a value is None or the weights sum to 0."""
    if any(value is None for value, _ in pairs):
        return None
    return divide(
        sum(value * weight for value, weight in pairs if value is not None), sum(w for _, w in pairs)
    )


def customer_margin(segment: dict, moved: dict[str, list[float]], world: dict, t: int) -> float:
    """m: margin per customer per year after credits and service, in that world and period."""
    price, credit = world["price"][t], moved["credit_rate"][t]
    serve = moved["issues_per_customer"][t] / moved["first_contact_resolution"][t] * world["unit_cost"][t]
    return world["arpc"][t] * (price * (1.0 - credit) - (1.0 - segment["gross_margin"])) - serve


def lifetime_value(book: dict, margin: float, churn: float) -> float | None:
    """CLV of one customer, None where it would have no end."""
    stays, hurdle = 1.0 - churn, 1.0 + book["discount_rate"]
    return None if hurdle <= stays else margin * stays / (hurdle - stays)


def yearly_kpis(book: dict, side: dict) -> dict[str, list]:
    """Every KPI of one world by year, those of the whole case left out."""
    moved, company, worlds, total = side["moved"], side["company"], side["segments"], side["total"]
    inputs, per_year, years = book["inputs"], book["P"], book["N"]
    segments = book["segments"]
    spots = range(len(segments))
    kpis: dict[str, list] = {}

    def put(name: str, value: float | None) -> None:
        kpis.setdefault(name, []).append(value)

    before = sum(s["customers"] * s["revenue_per_customer"] for s in segments)
    for year in range(1, years + 1):
        during = range((year - 1) * per_year + 1, year * per_year + 1)
        end = year * per_year

        def over_year(name: str, during: range = during) -> float:
            return sum(world[name][t] for world in worlds for t in during)

        def at_end(value: str, weights: list[float], end: int = end) -> float | None:
            return weighted([(moved[k][value][end], weights[k]) for k in spots])

        def total_of(formula: Any, during: range = during) -> float:
            return sum(formula(worlds[k], moved[k], t) for k in spots for t in during)

        revenue = over_year("revenue")
        contribution = sum(total["contribution"][t] for t in during)
        contacts, new, serving = over_year("contacts"), over_year("new"), over_year("serving")
        bookings = total_of(lambda w, m, t: w["won"][t] * w["arpc"][t] * w["price"][t])
        put("revenue", revenue)
        put("contribution", contribution)
        put("contacts", contacts)
        put("bookings", bookings)
        put("new_customers", new)
        put("referred_customers", over_year("referred"))
        put("opportunities", over_year("opportunities") / per_year)
        growth = divide(revenue, before)
        put("revenue_growth", None if growth is None else growth - 1.0)
        before = revenue
        put("contribution_margin", divide(contribution, revenue))
        put("customers", sum(world["closing"][end] for world in worlds))
        put("receivables", total["receivables"][end])

        opening = [world["opening"][end] for world in worlds]
        base = [world["opening"][end] * world["arpc"][end] * world["price"][end] for world in worlds]
        stays = [1.0 - m["churn_rate"][end] for m in moved]
        grows = [1.0 + m["growth_per_customer"][end] for m in moved]
        put("churn_rate", at_end("churn_rate", opening))
        put("gross_retention", weighted([(stays[k], base[k]) for k in spots]))
        put("net_revenue_retention", weighted([(stays[k] * grows[k], base[k]) for k in spots]))
        put(
            "pipeline_value",
            total_of(lambda w, m, t: w["opportunities"][t] / per_year * w["arpc"][t] * w["price"][t]),
        )
        put("quota_attainment", divide(bookings, inputs["reps"] * inputs["quota_per_rep"]))
        spend = inputs["acquisition_spend"] if inputs["acquisition_spend"] > 0 else over_year("acquiring")
        per_win = divide(spend, new)
        put("acquisition_cost_per_win", per_win)

        values = [
            lifetime_value(
                book, customer_margin(segments[k], moved[k], worlds[k], end), moved[k]["churn_rate"][end]
            )
            for k in spots
        ]
        put("customer_lifetime_value", weighted([(values[k], worlds[k]["closing"][end]) for k in spots]))
        by_new = weighted([(values[k], sum(worlds[k]["new"][t] for t in during)) for k in spots])
        put("clv_to_cac", None if by_new is None or per_win is None else divide(by_new, per_win))

        put("lead_to_opportunity", at_end("lead_to_opportunity", [m["leads"][end] for m in moved]))
        put("win_rate", at_end("win_rate", [world["opportunities"][end] for world in worlds]))
        listed = [
            worlds[k]["opening"][end] * worlds[k]["arpc"][end] / (1.0 - segments[k]["discount"])
            for k in spots
        ]
        put("average_discount", at_end("discount", listed))
        put("credit_rate", at_end("credit_rate", [world["revenue"][end] for world in worlds]))
        put("issues_per_customer", at_end("issues_per_customer", [world["average"][end] for world in worlds]))
        put("onboarding_days", at_end("onboarding_days", [world["new"][end] for world in worlds]))
        put("contacts_per_customer", divide(contacts, over_year("average") / per_year))
        put("cost_to_serve", serving)
        put("cost_per_contact", divide(serving, contacts))
        minutes = total_of(
            lambda w, m, t: (
                w["contacts"][t] * (1.0 - m["self_service_share"][t]) * m["minutes_per_assisted_contact"][t]
            )
        )
        put("agents_needed", divide(minutes / 60.0, inputs["productive_hours_per_agent"]))
        leavers = sum(inputs["frontline_headcount"] * company["attrition_rate"][t] / per_year for t in during)
        put("leavers", leavers)
        put("incidents", sum(company["incidents_per_year"][t] / per_year for t in during))
        put("expected_incident_cost", sum(total["incident"][t] for t in during))
        for name in (
            "attrition_rate",
            "first_contact_resolution",
            "self_service_share",
            "sales_cycle_days",
            "days_sales_outstanding",
        ):
            put(name, company[name][end])
    return kpis


# ---------------------------------------------------------------------------------------------- one scenario


def two_worlds(book: dict, scenario: dict, kept: set[str] | None) -> dict:
    """Both worlds of a scenario: levers, segment and company quantities, the 19 lines, whether a cap cut."""
    last = book["N"] * book["P"]
    deliveries = {name: delivery(book, name, scenario, kept) for name in book["initiatives"]}
    cut = False
    company0: dict[str, list[float]] = {}
    company: dict[str, list[float]] = {}
    for lever, entry in LEVERS.items():
        if entry[3] == "company":
            base = book["inputs"][lever]
            company0[lever] = [base] * (last + 1)
            company[lever], hit = moved_lever(book, lever, base, None, scenario, deliveries)
            cut = cut or hit
    moved0, moved, worlds0, worlds, per_segment = [], [], [], [], []
    for segment in book["segments"]:
        own0, own = dict(company0), dict(company)
        for lever, entry in LEVERS.items():
            if entry[3] == "segment":
                base = segment[lever]
                own0[lever] = [base] * (last + 1)
                own[lever], hit = moved_lever(book, lever, base, segment["name"], scenario, deliveries)
                cut = cut or hit
        today = segment_world(book, segment, own0, None)
        then = segment_world(book, segment, own, today)
        per_segment.append(segment_lines(book, segment, own, today, then))
        moved0.append(own0)
        moved.append(own)
        worlds0.append(today)
        worlds.append(then)
    total0 = company_world(book, worlds0, company0)
    total = company_world(book, worlds, company)
    return {
        "today": {"company": company0, "moved": moved0, "segments": worlds0, "total": total0},
        "then": {"company": company, "moved": moved, "segments": worlds, "total": total},
        "lines": benefit_lines(book, per_segment, company, total0, total),
        "cut": cut,
    }


def cash_flow(book: dict, lines: dict, scenario: dict, kept: set[str] | None) -> dict:
    """Benefits before and after the share, costs, tax and net for t = 0..T, custom lines among them."""
    last = book["N"] * book["P"]
    benefits = dict(lines)
    factor = {line: 1.0 if line == "working_capital" else scenario["benefit_factor"] for line in LINES}
    headline_benefits = {
        line: [counted(v, line_share(book, line) * factor[line]) for v in lines[line]] for line in LINES
    }
    classes = dict(CLASSES)
    costs = initiative_costs(book, scenario, kept)
    for line in book["custom"]:
        amounts = custom_amounts(book, line, scenario, kept)
        if line["kind"] == "cost":
            costs = [a + b for a, b in zip(costs, amounts, strict=True)]
            continue
        name = "custom:" + line["name"]
        share = 0.0 if line["class"] in ("capacity", "risk") else scenario["benefit_factor"]
        benefits[name] = amounts
        headline_benefits[name] = [counted(v, share) for v in amounts]
        classes[name] = line["class"]
    headline, tax, net = [], [], []
    for t in range(last + 1):
        headline.append(sum(series[t] for series in headline_benefits.values()))
        taxed = sum(
            series[t] for name, series in headline_benefits.items() if classes[name] != "one_off_cash"
        )
        tax.append(book["tax_rate"] * (taxed - costs[t]))
        net.append(headline[t] - costs[t] - tax[t])
    return {
        "benefits": benefits,
        "headline_benefits": headline_benefits,
        "headline": headline,
        "costs": costs,
        "tax": tax,
        "net": net,
    }


def returns(book: dict, flow: dict, both: dict) -> dict:
    """The return figures: present values, NPV, ROI, IRR, payback, peak funding."""
    last = book["N"] * book["P"]
    factors = [discount_factor(book, t) for t in range(last + 1)]

    def present(series: list[float]) -> float:
        return sum(amount * factor for amount, factor in zip(series, factors, strict=True))

    discounted = running_total([n * f for n, f in zip(flow["net"], factors, strict=True)])
    irr, irr_note = yearly_irr(flow["net"], book["P"])
    months, state = payback(flow["net"], book["P"])
    pv_costs = present(flow["costs"])
    return {
        "npv": discounted[-1],
        "roi": divide(discounted[-1], pv_costs),
        "irr": irr,
        "irr_note": irr_note,
        "payback_months": months,
        "payback_state": state,
        "peak_funding": max(0.0, -min(running_total(flow["net"]))),
        "pv_benefits": present(flow["headline"]),
        "pv_costs": pv_costs,
        "pv_tax": present(flow["tax"]),
        "value_after_horizon": factors[last] * value_after(book, both),
        "npv_by_year": [discounted[year * book["P"]] for year in range(1, book["N"] + 1)],
    }


def value_after(book: dict, both: dict) -> float:
    """Five more years of the extra customers at the horizon, at today's margin, in money of period T."""
    last = book["N"] * book["P"]
    value = 0.0
    for k, segment in enumerate(book["segments"]):
        today, then = both["today"]["segments"][k], both["then"]["segments"][k]
        margin = customer_margin(segment, both["today"]["moved"][k], today, last)
        x = (1.0 - segment["churn_rate"]) / (1.0 + book["discount_rate"])
        value += (then["closing"][last] - today["closing"][last]) * margin * sum(x**j for j in range(1, 6))
    return value


def all_kpis(book: dict, both: dict, result: dict) -> dict[str, dict[str, list]]:
    """{kpi: {"without": [N], "with": [N]}}."""
    without, with_ = yearly_kpis(book, both["today"]), yearly_kpis(book, both["then"])
    kpis = {name: {"without": without[name], "with": with_[name]} for name in without}
    for name in ("npv", "roi", "irr", "payback", "peak_funding"):
        value = result["payback_months" if name == "payback" else name]
        kpis[name] = {"without": [None] * book["N"], "with": [value] * book["N"]}
    return kpis


def comparison_scale(both: dict) -> float:
    """max(1, revenue, largest line): what a tolerance of 1e-9 is relative to."""
    revenue = both["today"]["total"]["revenue"] + both["then"]["total"]["revenue"]
    largest = [abs(value) for series in both["lines"].values() for value in series]
    return max([1.0, *(abs(r) for r in revenue), *largest])


def checks(book: dict, both: dict) -> list[dict]:
    """The two identities of the lines with their largest residual over the periods, money."""
    last, lines = book["N"] * book["P"], both["lines"]
    today, then = both["today"]["total"], both["then"]["total"]
    summed = cash = 0.0
    for t in range(1, last + 1):
        gain = then["contribution"][t] - today["contribution"][t]
        summed = max(summed, abs(sum(lines[line][t] for line in LINES[:17]) - gain))
        owed = [then["receivables"][u] - today["receivables"][u] for u in (t - 1, t)]
        freed = lines["cash_collection"][t] + lines["working_capital"][t]
        if book["release"] and t == last:
            grown = then["revenue"][t] - today["revenue"][t]
            freed -= grown * book["P"] * book["inputs"]["days_sales_outstanding"] / 365.0
        cash = max(cash, abs(freed + owed[1] - owed[0]))
    allowed = 1e-9 * comparison_scale(both)
    return [
        {"id": "contribution", "ok": summed <= allowed, "residual": summed},
        {"id": "receivables", "ok": cash <= allowed, "residual": cash},
    ]


def evaluate(case: dict, scenario: dict, kept: set[str] | None = None) -> dict:
    """One scenario's answers; `kept` names the initiatives of an option, None keeps all."""
    book = filled(case)
    both = two_worlds(book, scenario, kept)
    flow = cash_flow(book, both["lines"], scenario, kept)
    result = returns(book, flow, both)
    result.update({name: flow[name] for name in ("net", "costs", "benefits", "headline_benefits")})
    result["kpis"] = all_kpis(book, both, result)
    result["checks"] = checks(book, both)
    result["warnings"] = [{"id": name} for name in scenario_warnings(book, both, flow, result, kept)]
    result["scale"] = comparison_scale(both)
    return result


# -------------------------------------------------------------------------------------------------- warnings


def scenario_warnings(book: dict, both: dict, flow: dict, result: dict, kept: set[str] | None) -> list[str]:
    """The warnings of one scenario, `only_optimistic` left out (it compares scenarios)."""
    warnings = []
    if both["cut"]:
        warnings.append("at_limit")
    if any(is_on(book, name, kept) and not is_active(book, name, kept) for name in book["initiatives"]):
        warnings.append("requirement_off")
    if result["payback_state"] == "not_reached":
        warnings.append("beyond_horizon")
    for year in range(1, book["N"] + 1):
        during = range((year - 1) * book["P"] + 1, year * book["P"] + 1)
        revenue = sum(both["today"]["total"]["revenue"][t] for t in during)
        if revenue != 0 and sum(flow["headline"][t] for t in during) > 0.05 * revenue:
            warnings.append("above_revenue")
            break
    worth = []
    for series in flow["headline_benefits"].values():
        worth.append(sum(amount * discount_factor(book, t) for t, amount in enumerate(series)))
    revenue = sum(s["customers"] * s["revenue_per_customer"] for s in book["segments"])
    worth = [value for value in worth if abs(value) > 1e-12 * abs(revenue)]  # what rounding leaves is nothing
    positive = sum(value for value in worth if value > 0)
    if any(value > 0.6 * positive for value in worth if value > 0):
        warnings.append("one_line")
    return warnings + baseline_warnings(book, both["today"]["total"])


def baseline_warnings(book: dict, total0: dict) -> list[str]:
    """The warnings that look at the inputs and the without-world only: actuals, plan, coarse_periods."""
    inputs, segments, per_year = book["inputs"], book["segments"], book["P"]
    warnings = []
    won = [s["leads"] * s["lead_to_opportunity"] * s["win_rate"] for s in segments]
    run_rate = {
        "revenue": sum(s["customers"] * s["revenue_per_customer"] for s in segments),
        "new_customers": sum(won) + sum(s["customers"] * s["referral_rate"] for s in segments),
        "contacts": sum(s["customers"] * s["issues_per_customer"] for s in segments)
        / inputs["first_contact_resolution"],
        "bookings": sum(w * s["revenue_per_customer"] for w, s in zip(won, segments, strict=True)),
    }
    if any(
        known is not None and abs(run_rate[name] - known) > 0.10 * abs(known)
        for name, known in book["actuals"].items()
    ):
        warnings.append("actuals")
    for year, planned in enumerate(book["plan"][: book["N"]]):
        revenue = sum(total0["revenue"][year * per_year + 1 : (year + 1) * per_year + 1])
        if planned is not None and abs(revenue - planned) > 0.05 * abs(planned):
            warnings.append("plan")
            break
    if per_year == 1 and segments:
        warnings.append("coarse_periods")
    return warnings


# ------------------------------------------------------------------------------------------ the whole answer


def answers(case: dict) -> dict:
    """The JSON object without stakeholders, warnings as ids; each scenario has a `scale` for tolerances."""
    table = scenario_table(case)
    results = {name: evaluate(case, scenario) for name, scenario in table.items()}
    high = [name for name, s in table.items() if s["effects"] == "high" and not s["haircut"]]
    rest = [name for name in table if name not in high]
    if rest and any(results[n]["npv"] > 0 for n in high) and all(results[n]["npv"] <= 0 for n in rest):
        for result in results.values():
            result["warnings"].append({"id": "only_optimistic"})
    return {
        "case": case["title"],
        "currency": case["company"]["currency"],
        "headline": headline_scenario(case),
        "scenarios": results,
    }


def option(case: dict, option_id: str) -> dict:
    """One option under the headline scenario: initiatives outside it off, the others by their `enabled`."""
    options = {**(case.get("options") or {}), "do_nothing": []}
    chosen = options[option_id]
    kept = None if chosen == "all" else set(chosen)
    return evaluate(case, scenario_table(case)[headline_scenario(case)], kept)
