"""Small cases that tell versions apart, with something private in them."""

from casebuilder.case import Case, from_data

#: What may stand in no error, no log and no repr.
CANARY = "canary7f3a"


def case(title: str = "Call back instead of hold", note: str = CANARY) -> Case:
    """A case with one investment and a private note about a colleague."""
    return from_data(
        {
            "casebuilder": 1,
            "title": title,
            "company": {"name": "Harbour", "currency": "EUR", "decision_date": "2027-03-01", "years": 3},
            "segments": [
                {"name": "Homes", "customers": 40000, "revenue_per_customer": 480, "gross_margin": 0.6}
            ],
            "stakeholders": [{"persona": "cfo", "name": "Ann", "private": {"notes": note}}],
        }
    )


def titled(title: str, like: Case | None = None) -> Case:
    """The same case under another title, without being checked again: quick."""
    return (like or case()).model_copy(update={"title": title})
