"""What: the problems customers have, the investments against them, and the library to choose from."""

from casebuilder.ui import what

what.heading()
what.parts()
