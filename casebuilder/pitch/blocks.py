"""How sure we are as tables of numbers, for an output that keeps values: what takes many runs is no formula."""

from __future__ import annotations

from casebuilder.analysis.certainty import Certainty
from casebuilder.pitch.assumed import Assumed, assumed, evidence, person, stands_behind
from casebuilder.pitch.exhibits.choice import choice_label, names_of
from casebuilder.pitch.exhibits.ruling import NAMES, reasons
from casebuilder.pitch.records import Block
from casebuilder.pitch.reviewing_blocks import reviewed_blocks
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, scenario_label

#: Assumptions listed; the others move less.
TOP = 20


def blocks(view: View, certainty: Certainty) -> tuple[Block, ...]:
    """The verdict and its studies, in the order in which a reviewer asks for them."""
    words = assumed(view.case)
    return (
        _verdict(view, certainty),
        _tornado(view, certainty, words),
        _break_even(view, certainty, words),
        _simulation(view, certainty),
        _attribution(view, certainty),
        _options(view, certainty),
        *_stages(view, certainty),
        _homework(view, certainty, words),
        *reviewed_blocks(view, certainty),
    )


def _verdict(view: View, certainty: Certainty) -> Block:
    found = certainty.verdict
    rows = tuple((text,) for text in reasons(view, found))
    return Block(f"Verdict: {NAMES[found.id]}", view.basis, ("Why",), ("text",), rows)


def _tornado(view: View, certainty: Certainty, words: dict[str, Assumed]) -> Block:
    bars = [bar for bar in certainty.tornado.bars[:TOP] if bar.swing]
    return Block(
        "What matters most: net present value with one assumption low and high, all others as they are",
        "Effects by their own range, without risk adjustment; other numbers by their stated one, else 10% either way",
        ("Assumption", "Low", "In force", "High", "Value at low", "Value at high", "Rests on"),
        ("text", "own", "own", "own", "money", "money", "text"),
        tuple(
            (
                words[bar.range.path].name,
                bar.range.low,
                bar.range.at,
                bar.range.high,
                bar.at_low,
                bar.at_high,
                evidence(view.case, bar.range.path, bar.range.kind),
            )
            for bar in bars
        ),
        tuple(words[bar.range.path].unit for bar in bars),
    )


def _break_even(view: View, certainty: Certainty, words: dict[str, Assumed]) -> Block:
    return Block(
        "What must be true: where one assumption alone brings net present value to zero",
        "Empty: no value that it can have does",
        ("Assumption", "In force", "Breaks even at", "Room, share of today", "Who stands behind it"),
        ("text", "own", "own", "share", "text"),
        tuple(
            (
                words[each.range.path].name,
                each.range.at,
                each.value,
                each.room,
                stands_behind(view.case, each.range.path),
            )
            for each in certainty.break_evens
        ),
        tuple(words[each.range.path].unit for each in certainty.break_evens),
    )


def _simulation(view: View, certainty: Certainty) -> Block:
    found = certainty.simulation
    return Block(
        "How likely: net present value of many draws of the effects",
        f"{found.settings.draws} draws, {found.settings.shape.upper()}, seed {found.settings.seed}, "
        f"method {found.algorithm}",
        ("", "Net present value", "Chance"),
        ("text", "money", "share"),
        (
            ("One chance in ten that it is worse than", found.npv.p10, None),
            ("As likely better as worse than", found.npv.p50, None),
            ("One chance in ten that it is better than", found.npv.p90, None),
            ("Mean", found.mean, None),
            ("With every effect as expected", found.expected, None),
            (f"Counted: {inside(scenario_label(view.asked.scenario))}", found.counted, None),
            ("Chance of a loss", None, found.probability_of_loss),
            ("Chance that the money is back within the horizon", None, found.share_paid_back),
            ("Standard error of the mean", found.convergence.mean, None),
        ),
    )


def _attribution(view: View, certainty: Certainty) -> Block:
    found, names = certainty.attribution, names_of(view)
    rows = [(names[id], found.values[id], found.without_it[id]) for id in found.members]
    rest = [("What belongs to no investment", found.rest, None)] if found.rest else []
    return Block(
        "What each investment adds",
        "Its mean addition over every order of adding them, costs with their owner; beside it what is lost without it",
        ("Investment", "Adds", "Lost without it"),
        ("text", "money", "money"),
        (*rows, *rest, ("Together", found.whole, None)),
    )


def _options(view: View, certainty: Certainty) -> Block:
    names = names_of(view)
    return Block(
        "Choices",
        "Cost as paid, not discounted; cash alone leaves out every promise about freed hours",
        (
            "Choice",
            "Net present value",
            "On cash alone",
            "Cost",
            "First-year cost",
            "Payback",
            "What is in it",
        ),
        ("text", "money", "money", "money", "money", "months", "text"),
        tuple(
            (
                choice_label(choice),
                choice.npv,
                choice.npv_on_cash,
                choice.cost,
                choice.first_year_cash,
                choice.payback_months,
                ", ".join(names[id] for id in choice.initiatives),
            )
            for choice in certainty.options
        ),
    )


def _stages(view: View, certainty: Certainty) -> tuple[Block, ...]:
    if not certainty.stages:
        return ()
    names = names_of(view)
    block = Block(
        "Released in stages: what is lost by stopping at a checkpoint",
        "Spent and still to spend as paid; the loss and going on as present values",
        (
            "Checkpoint of",
            "Month",
            "Spent until then",
            "Lost if stopped",
            "Still to spend",
            "Going on is worth",
        ),
        ("text", "months", "money", "money", "money", "money"),
        tuple(
            (
                ", ".join(names[id] for id in stage.gates) or "End of the first release",
                stage.month,
                stage.spent,
                stage.loss_if_stopped,
                stage.to_spend,
                stage.worth_of_going_on,
            )
            for stage in certainty.stages
        ),
    )
    return (block,)


def _homework(view: View, certainty: Certainty, words: dict[str, Assumed]) -> Block:
    tasks = [task for task in certainty.homework if task.swing][:TOP]
    return Block(
        "To be confirmed: what nobody has signed, the largest swing first",
        "Swing: how far net present value moves between low and high",
        ("Assumption", "In force", "Swing", "Turns the verdict", "Who could confirm it", "Where it stands"),
        ("text", "own", "money", "text", "text", "text"),
        tuple(
            (
                words[task.path].name,
                task.range.at,
                task.swing,
                "yes" if task.flips else "",
                person(view.case, task.owner),
                task.report,
            )
            for task in tasks
        ),
        tuple(words[task.path].unit for task in tasks),
    )
