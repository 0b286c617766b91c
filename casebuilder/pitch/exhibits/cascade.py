"""Whose scorecard the investments reach, from the objectives at the top down, and where the chain breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from casebuilder.analysis.cascade import Break, Cascade, Goal, Link
from casebuilder.case import library
from casebuilder.pitch import numbers
from casebuilder.pitch.cited import study_named
from casebuilder.pitch.exhibits.choice import KEY, investments, listed, names_of
from casebuilder.pitch.records import Exhibit, Figure, Table
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside

#: Rows of the table and rows of breaks among them, names of one kind in one cell, and sentences, each at most.
ROWS, BREAKS, FEW, SAID = 7, 3, 2, 2
COLUMNS = ("Objective", "Answers for it on a scorecard", "Operational metric", "Investment", "Worth")
EVIDENCE = ("cascade", "success-drivers")
NO_SCORECARD = "on no function's scorecard"


def cascade(view: View, found: Cascade) -> Exhibit:
    """The chain of the run that is asked for.

    Of others it shows only what is on their scorecard; what is tracked is shown to the reader it belongs to, and
    what somebody only says is in no chain.
    """
    if not found.members or not any(goal.on_scorecard for goal in found.functions):
        return _nothing_to_follow(view, found)
    told = replace(found, breaks=tuple(each for each in found.breaks if _may_be_told(view, found, each)))
    return Exhibit(
        "cascade",
        _title(view, told, whole=len(told.breaks) == len(found.breaks)),
        takeaways=_takeaways(view, told),
        figures=(_figure(found),),
        table=Table(COLUMNS, _rows(view, told), numeric=frozenset({4})),
        source=_source(view),
        notes=_notes(view, found),
    )


def _may_be_told(view: View, found: Cascade, each: Break) -> bool:
    """That somebody delivers and gains nothing is theirs to know, not for others."""
    if each.kind != "not_moved" or each.goal is None or _mine(view, each.goal):
        return True
    person = each.goal.person
    gains = any(goal.person == person and goal.on_scorecard for link in found.links for goal in link.goals)
    return gains or view.case.stakeholders[person].part != "delivers"


def _nothing_to_follow(view: View, found: Cascade) -> Exhibit:
    if not found.members:
        return Exhibit(
            "cascade",
            "No investment is switched on: there is no chain to follow",
            source=view.basis,
            empty=True,
        )
    return Exhibit(
        "cascade",
        f"No function's scorecard is on file, so nobody can say whom {investments(len(found.members))} would reach",
        takeaways=("Ask the heads of function which two or three numbers are on their scorecard this year.",),
        source=_source(view),
        empty=True,
    )


def _title(view: View, found: Cascade, whole: bool) -> str:
    """How many investments reach a scorecard, and the gravest break; `whole` where no break is left out."""
    many, reaching = len(found.members), len(found.reaching)
    verb = "reach" if many > 1 else "reaches"
    counted = numbers.count(reaching) if reaching else "None"
    if reaching == many:
        said = f"All {numbers.count(many)} investments reach" if many > 1 else "The one investment reaches"
    else:
        said = f"{counted} of {investments(many)} {verb}"
    where = next((_where(view, each) for each in found.breaks if each.kind != "not_computed"), None)
    if where is not None:
        return f"{said} a function's scorecard; the chain breaks at {where}"
    holds = ", and the chain holds up to the top" if whole and found.top is not None else ""
    return f"{said} a function's scorecard{holds}"


def _where(view: View, each: Break) -> str:
    """What a break is about, inside a sentence."""
    if each.lever is not None:
        return inside(library.levers()[each.lever].label)
    if each.investment is not None:
        return f"“{names_of(view)[each.investment]}”"
    if each.goal is None:
        raise ValueError("a break is about a goal, a metric or an investment")
    if each.kind == "not_carried":
        return _phrase(each.goal)
    return "your own scorecard" if _mine(view, each.goal) else f"the {_role(view, each.goal)}"


def _takeaways(view: View, found: Cascade) -> tuple[str, ...]:
    """One sentence for each kind of break, the gravest first; where nothing breaks, what that means."""
    worth = {link.lever: link for link in found.links}
    said = [
        *_not_carried(found),
        *_no_scorecard(view, [worth[lever] for lever in _levers(found, "no_scorecard")]),
        *_no_room(_levers(found, "no_room")),
        *_no_metric(view, found),
        *_not_moved(view, found),
        *_not_computed(found),
    ]
    if found.top is None:
        said.append("Nobody's objectives are on file for the company as a whole: ask for them first.")
    return tuple(said[:SAID]) or ("Each metric that moves has somebody who answers for it.",)


def _not_carried(found: Cascade) -> list[str]:
    said = _phrases(each.goal for each in found.breaks if each.kind == "not_carried")
    return [f"No function's scorecard carries {said}: ask who answers for it below the top."] if said else []


def _no_scorecard(view: View, links: Sequence[Link]) -> list[str]:
    """The most valuable metric that nobody answers for, with its worth; the others by name."""
    if not links:
        return []
    first, *rest = [library.levers()[link.lever].label for link in links]
    worth = f", worth {_worth(view, links[0])}" if _has_worth(view, links[0]) else ""
    more = f" The same holds for {_inside(rest)}." if rest else ""
    ask = "name who answers for it, or count on less"
    return [f"No function's scorecard on file holds {inside(first)}{worth}: {ask}.{more}"]


def _no_room(levers: Sequence[str]) -> list[str]:
    names = _inside([library.levers()[lever].label for lever in levers])
    return [f"Nothing comes of working on {names}: there is no room to improve."] if levers else []


def _no_metric(view: View, found: Cascade) -> list[str]:
    names = [f"“{names_of(view)[each.investment]}”" for each in found.breaks if each.investment is not None]
    if not names:
        return []
    verb = "moves" if len(names) == 1 else "move"
    return [f"{_all(names)} {verb} no operational metric and prepare{'s' * (len(names) == 1)} nothing else."]


def _not_moved(view: View, found: Cascade) -> list[str]:
    """What nothing here improves, the reader's own numbers first; all of one person in one sentence."""
    people = _people(view, found)
    if not people:
        return []
    first = people[0]
    whose = "your own scorecard" if _mine(view, first[0]) else f"the scorecard of the {_role(view, first[0])}"
    rest = f"; the same holds for {_others(len(people) - 1)}" if len(people) > 1 else ""
    return [f"Nothing that is asked for improves {_phrases(first)}, on {whose}{rest}."]


def _others(many: int) -> str:
    return "one more scorecard" if many == 1 else f"{numbers.count(many)} more scorecards"


def _not_computed(found: Cascade) -> list[str]:
    said = _phrases(each.goal for each in found.breaks if each.kind == "not_computed")
    return [f"The model has no number for {said}, so nobody can tell what moves it."] if said else []


def _rows(view: View, found: Cascade) -> tuple[tuple[str, ...], ...]:
    """Metrics, the most valuable first, then what is carried or moved by nothing; what has no room is counted."""
    ends = _ends(view, found)
    room = ROWS - min(len(ends), BREAKS)
    if len(found.links) <= room and len(ends) <= ROWS - len(found.links):
        return (*(_row(view, link) for link in found.links), *ends)
    links, breaks = found.links[: room - 1], ends[:BREAKS]
    left, missing = len(found.links) - len(links), len(ends) - len(breaks)
    more = [f"{numbers.count(left)} more metric{'s' * (left > 1)}"] if left else []
    more += [f"{numbers.count(missing)} more break{'s' * (missing > 1)}"] if missing else []
    return (*(_row(view, link) for link in links), *breaks, _empty(metric=" and ".join(more)))


def _row(view: View, link: Link) -> tuple[str, ...]:
    names = names_of(view)
    return (
        _few(_named(_shown(view, link.objectives))) or "none",
        _scorecards(view, link),
        library.levers()[link.lever].label,
        _few([names[id] for id in link.investments]),
        _worth(view, link),
    )


def _scorecards(view: View, link: Link) -> str:
    """Who answers for it, each with their numbers; what the reader only tracks says so."""
    shown = _shown(view, link.goals)
    said = [_cell(view, [goal for goal in shown if goal.person == one]) for one in _each(shown)]
    return " · ".join(said if link.reaches else [*said, NO_SCORECARD])


def _cell(view: View, goals: Sequence[Goal]) -> str:
    names = [_label(goal) + ("" if goal.on_scorecard else " (tracked)") for goal in goals]
    return f"{_who(view, goals[0])}: {_few(names)}"


def _ends(view: View, found: Cascade) -> list[tuple[str, ...]]:
    """A row for each objective that nobody carries, investment that moves nothing and person for whom nothing moves."""
    loose = _named(each.goal for each in found.breaks if each.kind == "not_carried")
    idle = [names_of(view)[each.investment] for each in found.breaks if each.investment is not None]
    return [
        *(_empty(objective=name, scorecard="no function carries it") for name in loose),
        *(_empty(metric="none", investment=name) for name in idle),
        *(_empty(scorecard=_cell(view, own), investment="nothing asked for") for own in _people(view, found)),
    ]


def _empty(
    objective: str = "", scorecard: str = "", metric: str = "", investment: str = ""
) -> tuple[str, ...]:
    return objective, scorecard, metric, investment, ""


def _people(view: View, found: Cascade) -> list[list[Goal]]:
    """The goals that nothing moves, by person, the reader first."""
    goals = [each.goal for each in found.breaks if each.kind == "not_moved" and each.goal is not None]
    people = [[goal for goal in goals if goal.person == one] for one in _each(goals)]
    return sorted(people, key=lambda own: not _mine(view, own[0]))


def _each(goals: Iterable[Goal]) -> list[int]:
    return list(dict.fromkeys(goal.person for goal in goals))


def _shown(view: View, goals: Iterable[Goal]) -> list[Goal]:
    """What this reader may see: scorecards, and what they track themselves."""
    return [goal for goal in goals if goal.on_scorecard or _mine(view, goal)]


def _levers(found: Cascade, kind: str) -> list[str]:
    return [each.lever for each in found.breaks if each.kind == kind and each.lever is not None]


def _has_worth(view: View, link: Link) -> bool:
    return view.text(link.value, "money") != view.text(0.0, "money")


def _worth(view: View, link: Link) -> str:
    if not link.moves:
        return "no room"
    return view.text(link.value, "money") if _has_worth(view, link) else "not counted as cash"


def _mine(view: View, goal: Goal) -> bool:
    return view.case.stakeholders[goal.person] is view.stakeholder


def _who(view: View, goal: Goal) -> str:
    return "You" if _mine(view, goal) else _role(view, goal)


def _role(view: View, goal: Goal) -> str:
    person = view.case.stakeholders[goal.person]
    return person.role or library.personas()[person.persona].title


def _named(goals: Iterable[Goal | None]) -> list[str]:
    return list(dict.fromkeys(_label(goal) for goal in goals if goal is not None))


def _inside(names: Sequence[str]) -> str:
    return _all([inside(name) for name in names])


def _phrases(goals: Iterable[Goal | None]) -> str:
    return _all(list(dict.fromkeys(_phrase(goal) for goal in goals if goal is not None)))


def _phrase(goal: Goal) -> str:
    """A goal inside a sentence; a name that the company gave stays as it is."""
    return f"“{goal.driver.name}”" if goal.driver.name else inside(_label(goal))


def _all(names: Sequence[str]) -> str:
    """Names inside a sentence; those that hold a list of their own stay apart."""
    if any("," in name or " and " in name for name in names):
        return "; ".join(names)
    return listed(names)


def _few(names: Sequence[str]) -> str:
    """Names in a cell of the table; those beyond a few are counted."""
    more = [f"{numbers.count(len(names) - FEW)} more"] if len(names) > FEW else []
    return "; ".join([*names[:FEW], *more])


def _label(goal: Goal) -> str:
    kpi = library.kpis().get(goal.driver.kpi)
    return goal.driver.name or (kpi.label if kpi else goal.driver.kpi)


def _figure(found: Cascade) -> Figure:
    reaching = len(found.reaching)
    label = "investments that reach a function's scorecard"
    return Figure(f"{KEY}/cascade/reaching", label, float(reaching), "count", numbers.count(reaching))


def _notes(view: View, found: Cascade) -> str:
    said = "Worth is what the return loses without the metric's effects; the metrics' worths do not add up to it. "
    said += "Whoever answers for the result as a whole, such as finance, is no link of the chain. "
    if found.top is not None:
        role = view.case.stakeholders[found.top].role
        title = role or library.personas()[view.case.stakeholders[found.top].persona].title
        said += f"The objectives are those of the {title}. "
    return said + " ".join([*_not_computed(found), *(library.evidence()[id].statement for id in EVIDENCE)])


def _source(view: View) -> str:
    cited = (library.evidence()[id] for id in EVIDENCE)
    return "; ".join([view.basis, *dict.fromkeys(map(study_named, cited))])
