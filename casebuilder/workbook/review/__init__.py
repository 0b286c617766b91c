"""Review: what a model reviewer looks for in a workbook, as rules that a program checks."""
