"""Two investments of one name: nobody could tell them apart on a sheet or a slide."""

import pytest

from casebuilder.case import CaseError
from tests.model.cases import case_of, small


def test_two_investments_of_one_name_are_refused() -> None:
    data = small()
    first = data["initiatives"][0]
    data["initiatives"] = [{**first, "name": "One"}, {"id": "another", "name": "One"}]
    with pytest.raises(CaseError, match="One stands here a second time"):
        case_of(data)


def test_an_investment_without_a_name_is_called_by_its_id() -> None:
    data = small()
    first = data["initiatives"][0]
    data["initiatives"] = [{**first, "name": "another"}, {"id": "another"}]
    with pytest.raises(CaseError, match="another stands here a second time"):
        case_of(data)
