"""The tables of an interview guide: what we know of somebody's numbers, with empty cells for what we do not."""

from __future__ import annotations

from collections.abc import Iterator

from casebuilder.analysis.homework import Task
from casebuilder.analysis.signatures import effects_by_path, signed_by
from casebuilder.analysis.study import effect_path
from casebuilder.analysis.tornado import Bar
from casebuilder.case import ALL, Driver, Initiative, library
from casebuilder.case.library import Lever
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import evidence, stands_behind
from casebuilder.pitch.interview_subject import Subject
from casebuilder.pitch.records import Table
from casebuilder.pitch.words import day, inside

#: A cell to write into, and one where there is nothing to write.
EMPTY, NOTHING = "", "–"
#: Rows of a table at most, so that the guide stays at two printed pages.
MISSING, METRICS, CLAIMS = 5, 5, 5
#: Of the claims, so many are their own homework where there is any.
OWN_CLAIMS = 2
#: Where the numbers of an investment stand.
OWN_PLAN = "Your own plan"
#: The numbers asked for where we know none.
USUAL_NUMBERS = 3
#: Segments whose values stand one by one; of more, the span is said.
ONE_BY_ONE = 2
#: Two numbers for today that differ by more than this share are not the same.
APART = 0.05


# ---- what decides their year


def year(subject: Subject) -> Table:
    """Their numbers, those with something missing first; one empty row for another."""
    rows = [_known(subject, driver) for driver in sorted(subject.drivers, key=lambda d: -d.importance)]
    if not rows:
        usual = library.personas()[subject.persona].kpis
        rows = [_known(subject, Driver(kpi=kpi)) for kpi in list(usual)[:USUAL_NUMBERS]]
    rows.sort(key=lambda row: EMPTY not in row)
    another = ("Another:", NOTHING, *[EMPTY] * 5)
    return Table(
        (
            "Number",
            "The case has, for year 1",
            "Today",
            "Target",
            "By when",
            "Scorecard, tracked or only said",
            "Weight (1 to 5)",
        ),
        (*rows, another),
    )


def _known(subject: Subject, driver: Driver) -> tuple[str, ...]:
    kpi = library.kpis().get(driver.kpi)
    unit = kpi.unit if kpi else driver.unit or "ratio"
    given = driver.model_fields_set
    words = library.words().accountabilities
    of_the_case = driver.kpi in OF_THE_CASE
    return (
        driver.name or (kpi.label if kpi else driver.kpi),
        _in_the_case(subject, driver.kpi, unit),
        NOTHING if of_the_case else _cell(subject, driver.current, unit),
        _cell(subject, driver.target, unit),
        day(driver.due) if driver.due else NOTHING if of_the_case else EMPTY,
        words[driver.held_to] if given & {"accountability", "on_scorecard"} else EMPTY,
        numbers.count(driver.importance) if "importance" in given else EMPTY,
    )


def _cell(subject: Subject, value: float | None, unit: str) -> str:
    return EMPTY if value is None else subject.text(value, unit)


def _in_the_case(subject: Subject, kpi: str, unit: str) -> str:
    value = _baseline(subject, kpi)
    return NOTHING if value is None else subject.text(value, unit)


def _baseline(subject: Subject, kpi: str) -> float | None:
    """What the model has for the first year without the programme, so that they can say whether it is theirs."""
    if kpi not in library.kpis() or kpi in OF_THE_CASE:
        return None
    return subject.outcome.kpi(kpi, "without")[0]


def apart(subject: Subject) -> list[str]:
    """Their numbers whose value for today is another than the case's."""
    names = []
    for driver in subject.drivers:
        ours, told = _baseline(subject, driver.kpi), driver.current
        if ours is not None and told is not None and abs(ours - told) > APART * max(abs(ours), abs(told)):
            names.append(library.kpis()[driver.kpi].label)
    return names


def worse(subject: Subject) -> str:
    """Which of their numbers the programme makes worse, told to the one who bears it; empty where none."""
    said = []
    for kpi in dict.fromkeys(subject.kpis):
        word = library.kpis()[kpi]
        if kpi in OF_THE_CASE or word.direction == "none":
            continue
        before, after = (subject.outcome.kpi(kpi, world)[-1] for world in ("without", "with"))
        if before is None or after is None or (after > before) == (word.direction == "up"):
            continue
        texts = [subject.text(value, word.unit) for value in (before, after)]
        if texts[0] != texts[1]:
            said.append(f"{inside(word.label)} {texts[1]} instead of {texts[0]}")
    horizon = subject.case.company.years
    return (
        f"With the programme, year {horizon} would be worse for you here: {'; '.join(said)}." if said else ""
    )


# ---- what only they can tell


def missing(subject: Subject) -> Table:
    """What their function usually knows and nobody has stated, and their investments without a cost."""
    rows = [*_without_cost(subject), *_not_stated(subject)]
    return Table(("What", "In the case now", "Where it usually stands", "Your answer"), tuple(rows[:MISSING]))


def _without_cost(subject: Subject) -> Iterator[tuple[str, ...]]:
    for initiative in subject.case.initiatives:
        if initiative.enabled and subject.is_them(initiative.owner) and not _costs(initiative):
            yield (
                f"What “{initiative.name}” costs once, a year, and in own people",
                "not stated",
                OWN_PLAN,
                EMPTY,
            )


def _costs(initiative: Initiative) -> bool:
    return bool(initiative.one_time_cost or initiative.annual_cost or initiative.internal_fte)


def _not_stated(subject: Subject) -> Iterator[tuple[str, ...]]:
    for task in _open(subject):
        words = subject.named[task.path]
        now = words.text(task.range.at, subject.case.company.currency)
        status = inside(library.words().statuses[task.status])
        yield words.name, f"{now} ({status})", task.report or OWN_PLAN, EMPTY


def _open(subject: Subject) -> list[Task]:
    return [
        task
        for task in subject.tasks.values()
        if task.range.kind == "input" and task.status != "estimate" and subject.theirs(task.range)
    ]


# ---- whether it is a problem


def problems(subject: Subject) -> Table:
    """The metrics that the investments improve and that move their numbers: today, best achievable, room to answer."""
    rows = tuple(_metric(subject, library.levers()[lever]) for lever in _moved(subject)[:METRICS])
    heads = (
        "Operational metric",
        "Today",
        "Best achievable",
        "A problem? How do you know?",
        "What was tried?",
    )
    return Table(heads, rows)


def _moved(subject: Subject) -> list[str]:
    """The metrics in the order of how far they move their numbers."""
    effects = effects_by_path(subject.case)
    return list(dict.fromkeys(effects[path].lever for path in subject.helps))


def _metric(subject: Subject, lever: Lever) -> tuple[str, ...]:
    places = _places(subject, lever)
    unit = library.inputs()[lever.id].unit
    now = {place: subject.outcome.number(_key(lever, place)) for place in places}
    best = {place: subject.outcome.number(f"best.{lever.id}[{place}]") for place in places}
    room = _by_place(subject, best, unit) if best != now else "no room left"
    return lever.label, _by_place(subject, now, unit), room, EMPTY, EMPTY


def _places(subject: Subject, lever: Lever) -> list[str]:
    """The segments in which somebody wants to move a metric; one without a name where it is the company's."""
    if lever.scope == "company":
        return [""]
    members = set(subject.found.study.members)
    wanted = {
        effect.segment
        for initiative in subject.case.initiatives
        if initiative.id in members
        for effect in initiative.effects
        if effect.lever == lever.id
    }
    return [s.name for s in subject.case.segments if ALL in wanted or s.name in wanted]


def _key(lever: Lever, place: str) -> str:
    group = library.inputs()[lever.id].group
    return f"segments[{place}].{lever.id}" if place else f"{group}.{lever.id}"


def _by_place(subject: Subject, values: dict[str, float | None], unit: str) -> str:
    texts = {place: subject.text(value, unit) for place, value in values.items()}
    if len(set(texts.values())) == 1:
        return next(iter(texts.values()))
    if len(texts) <= ONE_BY_ONE:
        return "; ".join(f"{place} {text}" for place, text in texts.items())
    known = sorted(value for value in values.values() if value is not None)
    return f"{subject.text(known[0], unit)} to {subject.text(known[-1], unit)}"


# ---- what they would sign


def claims(subject: Subject) -> Table:
    """The sizes that move their numbers most, and what they are to confirm; what nobody has signed comes first."""
    asked = {task.path for task in _open(subject)[:MISSING]}
    bars = [bar for bar in subject.found.tornado.bars if bar.range.path not in asked]
    own = [bar for bar in bars if _is_homework(subject, bar)][:OWN_CLAIMS]
    touching = sorted(
        (bar for bar in bars if bar.range.path in subject.helps), key=lambda bar: _place(subject, bar)
    )
    chosen = [*touching[: CLAIMS - len(own)], *own]
    chosen.sort(key=lambda bar: signed_by(subject.case, bar.range.path) is not None)
    heads = ("Claim", "Expected (low to high)", "Rests on", "Your low", "Likely", "High")
    return Table(heads, tuple(_claim(subject, bar) for bar in chosen))


def _place(subject: Subject, bar: Bar) -> int:
    return list(subject.helps).index(bar.range.path)


def _is_homework(subject: Subject, bar: Bar) -> bool:
    """Whether it is a number that nobody has signed and that is theirs; sizes of effects are asked as claims anyway."""
    path = bar.range.path
    return path in subject.tasks and path not in subject.helps and subject.theirs(bar.range)


def _claim(subject: Subject, bar: Bar) -> tuple[str, ...]:
    path, currency = bar.range.path, subject.case.company.currency
    words = subject.named[path]
    effect = effects_by_path(subject.case).get(path)
    likely = effect.base if effect else bar.range.at
    return (
        words.name,
        words.with_range(likely, bar.range, currency),
        _rests_on(subject, bar),
        EMPTY,
        EMPTY,
        EMPTY,
    )


def _rests_on(subject: Subject, bar: Bar) -> str:
    """The kind of evidence, and who put their name to it."""
    path = bar.range.path
    behind, kind = stands_behind(subject.case, path), evidence(subject.case, path, bar.range.kind)
    if subject.is_them(signed_by(subject.case, path)):
        behind = "you"
    return f"{kind}, signed by {behind}"


# ---- when it must show


def checkpoint(subject: Subject) -> str:
    """The first checkpoint among their own investments and those that move their numbers; empty where there is none."""
    members = set(subject.found.study.members)
    gates = [
        (i.gate.month, i.gate.indicator, i.name)
        for i in subject.case.initiatives
        if i.gate is not None
        and i.id in members
        and (subject.is_them(i.owner) or any(effect_path(i.id, e) in subject.helps for e in i.effects))
    ]
    if not gates:
        return ""
    month, indicator, name = min(gates, key=lambda gate: gate[0])
    looks_at = f"month {numbers.count(month)}, {inside(indicator)} (“{name}”)"
    return f"Our first checkpoint on what can move your numbers: {looks_at}."
