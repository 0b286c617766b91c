"""Small readers of an answer that several golden tests share."""

from typing import Any


def warned(scenario: dict[str, Any]) -> set[str]:
    """The ids of a scenario's warnings."""
    return {warning["id"] for warning in scenario["warnings"]}
