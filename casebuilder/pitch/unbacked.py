"""How many numbers nobody stands behind, in words."""


def starting_words(many: int) -> str:
    """So many starting values, in words; empty where there is none."""
    return {0: "", 1: "one starting value to replace"}.get(many, f"{many} starting values to replace")
