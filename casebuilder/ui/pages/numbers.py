"""Numbers: what the case rests on, who stands behind each number, and a table pasted from a spreadsheet."""

from casebuilder.ui import numbers_step, state
from casebuilder.ui.numbers_step_paste import paste

case = state.desk().case
numbers_step.heading(case)
paste(case)
numbers_step.table(case)
numbers_step.scores(case)
