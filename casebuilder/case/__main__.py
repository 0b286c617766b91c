"""Prints the JSON Schema of the case file, to be kept in docs/case.schema.json."""

import sys

from casebuilder.case.schema import schema_text

sys.stdout.write(schema_text())
