"""Who: the people to convince, what decides their year, and what they answered, written into the case."""

from casebuilder.ui import people

people.heading()
chosen = people.choose()
people.about(chosen)
