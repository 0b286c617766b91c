"""Words of the case file that mean something of their own, wherever they stand."""

#: As a segment: every segment. As an option: every initiative.
ALL = "all"
#: The option that is always there, with no initiative in it.
DO_NOTHING = "do_nothing"
#: As a scenario: the built-in one of the same id.
BUILTIN = "builtin"
#: As a KPI: one the model does not compute.
OTHER_KPI = "other"
#: The line no lever moves: cash tied up in growth always counts in full.
WORKING_CAPITAL = "working_capital"
