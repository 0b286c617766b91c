"""Case: open an example or a file of your own, and keep the open case as a file."""

from casebuilder.ui import cases

cases.heading()
cases.examples()
cases.bring()
cases.keep()
