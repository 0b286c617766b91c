"""Start: a case of one's own, an example, a saved case or a file; and the open case as a file."""

from casebuilder.ui import cases, my_cases

cases.heading()
my_cases.go_on()
cases.begin()
cases.examples()
my_cases.mine()
cases.bring()
cases.keep()
my_cases.who()
