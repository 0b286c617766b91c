"""How sure we are of one option: every study of this room, each made once and only when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from casebuilder.analysis.attribution import Attribution, attribution
from casebuilder.analysis.break_even import BreakEven, benefits_needed, break_evens, costs_bearable
from casebuilder.analysis.cascade import Cascade, cascade
from casebuilder.analysis.cuts import Cuts, cut, cuts_in_review
from casebuilder.analysis.evidence import npv_without
from casebuilder.analysis.facts import without_facts
from casebuilder.analysis.fit import Fit, all_fits
from casebuilder.analysis.homework import Task, homework, signed_share
from casebuilder.analysis.library_best import Support, supports
from casebuilder.analysis.lifetime import LifetimeValue, Stake, at_stake, lifetime
from casebuilder.analysis.options import Choice, options
from casebuilder.analysis.readiness import Assessment, readiness
from casebuilder.analysis.simulation import Settings, Simulation, simulate
from casebuilder.analysis.stages import Stage, stages
from casebuilder.analysis.study import Study, in_force, study
from casebuilder.analysis.subsets import Versions, all_versions
from casebuilder.analysis.tornado import Tornado, tornado
from casebuilder.analysis.verdict import Grounds, Verdict, verdict
from casebuilder.model.results import Outcome, Results

#: The scenario in which everything comes as expected.
EXPECTED = "base"
#: How far effects succeed or fail together in the prudent simulation: of one investment, and any two. Our judgement.
WITHIN, ACROSS = 0.9, 0.8


@dataclass(frozen=True)
class Certainty:
    """What many runs of the model say about one option in the scenario that counts; see the record of each."""

    results: Results
    option: str
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def raw(self) -> Study:
        """The option with its inputs as the case has them."""
        return study(self.results.case, option=self.option)

    @cached_property
    def study(self) -> Study:
        """The option with the sizes that the scenario uses."""
        return in_force(self.raw)

    @property
    def outcome(self) -> Outcome:
        """The option in the scenario that counts."""
        return self.results.option(self.option)

    @cached_property
    def tornado(self) -> Tornado:
        """Every assumption low and high, on net present value."""
        return tornado(self.study)

    @cached_property
    def break_evens(self) -> tuple[BreakEven, ...]:
        """How far each of the top assumptions alone can move; a fact without a range of its own can not."""
        return break_evens(self.study, without_facts(self.study.case, self.tornado))

    @cached_property
    def benefits_needed(self) -> float | None:
        """The share of all gains at which the option breaks even."""
        return benefits_needed(self.study)

    @cached_property
    def costs_bearable(self) -> float | None:
        """What costs may be multiplied by until the option breaks even."""
        return costs_bearable(self.study)

    @cached_property
    def homework(self) -> tuple[Task, ...]:
        """What nobody has signed, the largest swing first."""
        return homework(self.study, self.tornado)

    @cached_property
    def signed_share(self) -> float | None:
        """The share of the gains that somebody signed."""
        return signed_share(self.raw)

    @cached_property
    def simulation(self) -> Simulation:
        """The returns of many draws."""
        return simulate(self.raw, self.settings)

    @cached_property
    def together(self) -> Simulation:
        """The same where effects succeed or fail together: if take-up disappoints, everything does."""
        shared = replace(self.settings, within=WITHIN, across=ACROSS, pairs=())
        return simulate(self.raw, shared)

    @cached_property
    def attribution(self) -> Attribution:
        """What each investment earns."""
        return attribution(self.study)

    @cached_property
    def versions(self) -> Versions:
        """Every version of the option."""
        return all_versions(self.study)

    @cached_property
    def options(self) -> tuple[Choice, ...]:
        """What can be decided: nothing, the case's options, and the versions that stand out."""
        return options(self.study, self.versions)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The checkpoints, with what is lost by stopping there."""
        return stages(self.study)

    @cached_property
    def cuts(self) -> Cuts:
        """What a finance review takes off, or took off in this case, one on top of the other."""
        return cut(self.study, cuts_in_review(self.results.case))

    @cached_property
    def lifetime(self) -> tuple[LifetimeValue, ...]:
        """Customer lifetime value by segment."""
        return lifetime(self.outcome)

    @cached_property
    def stakes(self) -> tuple[Stake, ...]:
        """The value of the customers who meet a problem, by segment and journey stage."""
        return at_stake(self.study)

    @cached_property
    def fits(self) -> tuple[Fit, ...]:
        """How much of each stakeholder's gap closes, in the case's order."""
        return all_fits(self.study, self.results.case.stakeholders)

    @cached_property
    def supports(self) -> tuple[Support, ...]:
        """The same beside the best that the library could do for them."""
        return supports(self.study)

    @cached_property
    def cascade(self) -> Cascade:
        """From the objectives at the top to the investments, and where the chain breaks."""
        return cascade(self.study)

    @cached_property
    def readiness(self) -> Assessment:
        """What is most likely to stop delivery, and what that would cost."""
        return readiness(self.study)

    @cached_property
    def verdict(self) -> Verdict:
        """What to do, by arithmetic alone."""
        case, found = self.results.case, self.outcome
        every = {name: self.results.outcome(name, self.option).npv for name in case.scenario_table}
        inside = set(self.study.members)
        return verdict(
            Grounds(
                counted=found.npv,
                expected=every.get(EXPECTED),
                stress=min(every.values()),
                proven=npv_without(self.study),
                chance_apart=self.simulation.probability_of_loss,
                chance_together=self.together.probability_of_loss,
                best=float(self.versions.found.npv.max()),
                checkpoints=sum(i.gate is not None and i.id in inside for i in case.initiatives),
                costs=found.amount("pv_costs"),
            )
        )
