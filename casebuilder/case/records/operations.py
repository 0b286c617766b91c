"""The company-wide inputs of the model, by function."""

from casebuilder.case.catalogue import quantity
from casebuilder.case.records.base import Record


class Sales(Record):
    """Selling capacity and what winning a customer costs."""

    reps: float = quantity("reps")
    quota_per_rep: float = quantity("quota_per_rep")
    sales_cycle_days: float = quantity("sales_cycle_days")
    capacity_bound: float = quantity("capacity_bound")
    referral_cost_share: float = quantity("referral_cost_share")
    variable_acquisition_share: float = quantity("variable_acquisition_share")
    acquisition_spend: float = quantity("acquisition_spend")


class Service(Record):
    """Contacts with customers: how they are settled, by whom and at what cost."""

    first_contact_resolution: float = quantity("first_contact_resolution")
    self_service_share: float = quantity("self_service_share")
    cost_per_assisted_contact: float = quantity("cost_per_assisted_contact")
    cost_per_self_service_contact: float = quantity("cost_per_self_service_contact")
    minutes_per_assisted_contact: float = quantity("minutes_per_assisted_contact")
    productive_hours_per_agent: float = quantity("productive_hours_per_agent")
    outsourced_share: float = quantity("outsourced_share")


class People(Record):
    """The front line, and what its turnover costs."""

    frontline_headcount: float = quantity("frontline_headcount")
    attrition_rate: float = quantity("attrition_rate")
    replacement_cost: float = quantity("replacement_cost")


class Risk(Record):
    """Incidents that cost money when they happen."""

    incidents_per_year: float = quantity("incidents_per_year")
    cost_per_incident: float = quantity("cost_per_incident")


class Finance(Record):
    """How soon customers pay."""

    days_sales_outstanding: float = quantity("days_sales_outstanding")
