"""Who: the decision asked for, the people to convince, what decides their year, and what they answered."""

from casebuilder.ui import decision, people

people.heading()
decision.the_decision()
chosen = people.choose()
people.about(chosen)
