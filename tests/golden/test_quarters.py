"""Quarterly compounding, referrals by extra customers, a start that is not the decision date, limits that bind."""

from collections.abc import Callable
from typing import Any

from tests.golden.reading import warned

# do nothing: 400 * 0.5 * 0.5 / 4 = 25 won a quarter, opening * 0.01 referred
#   opening 1000         841.5 (1000 * 0.81 + 35 * 0.9)  711.6885           605.3728815
#   new     35           33.415                          32.116885          31.053728815
#   closing 841.5        711.6885                        605.3728815        518.3003899485
#   average 920.75       776.59425                       658.53069075       561.83663572425
#   revenue of a customer in a quarter, 400 * 1.01 / 4, then * 1.0201 each
#           101              103.0301                        105.10100501          107.213535210701
#   volume = average * that - new * 4 * that * 36.5 / 365
#           91581.75     78635.482920325                 67862.0306712382731175  58904.7399077914436115
# with: the same in quarter 1; from quarter 2 a quarter keeps 0.92^2 = 0.8464 (half: 0.92), grows by 1.02^2 = 1.0404
#   closing 841.5        742.9874 (841.5 * 0.8464 + 33.415 * 0.92)  658.70001944   586.583736632864
#   new     35           33.415                          32.429874          31.5870001944
#   average 920.75       792.2437                        700.84370972       622.641878036432
#   revenue of a customer  101, 400 * 1.0201 * 1.02 / 4 = 104.0502, * 1.0404: 108.25382808, 112.627282734432
#   volume  91581.75     81042.38046054                  74464.7512611174801696  68703.4396392560539688


def test_lines(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    lines = scenarios("quarters")["base"]["benefits"]
    # customers more at the end of quarters 2, 3, 4 (they refer 0.01 a quarter from the quarter after):
    #   841.5 * 0.0364 + 33.415 * 0.02 = 31.2989
    #   31.2989 * 0.8464 + 0.312989 * 0.92 + 711.6885 * 0.0364 + 32.116885 * 0.02 = 53.32713794
    #   53.32713794 * 0.8464 + 0.5332713794 * 0.92 + 605.3728815 * 0.0364 + 31.053728815 * 0.02 = 68.283346684364
    # worth 0.6 of today's revenue less service, 4 / 0.5 * 10 / 4 = 20 a quarter, less 0.2 * 100 * 0.5 per referral:
    #   15.64945 * 103.0301 * 0.6 - 15.64945 * 20
    #   (42.31301897 * 105.10100501 - 0.312989 * 105.10100501 * 4 * 0.1) * 0.6 - 42.31301897 * 20 - 0.312989 * 10
    #   (60.805242312182 * 107.213535210701 - 0.5332713794 * 107.213535210701 * 4 * 0.1) * 0.6
    #     - 60.805242312182 * 20 - 0.5332713794 * 10
    assert lines["retention"] == same([0, 0, 654.429639067, 1810.9993118228190502, 2676.3276941868400482])
    #   (792.2437 - 33.415 * 0.4) * (104.0502 - 103.0301) * 0.6
    #   (700.84370972 - 32.429874 * 0.4) * (108.25382808 - 105.10100501) * 0.6
    #   (622.641878036432 - 31.5870001944 * 0.4) * (112.627282734432 - 107.213535210701) * 0.6
    assert lines["expansion"] == same([0, 0, 476.719885062, 1301.242772704705181, 1981.4545846542861662])
    # receivables: 36.5 / 365 of the year's revenue, that is 0.4 of a quarter's; more by 0, 962.759016086,
    # 2641.0882359516828208, 3919.479892585844143; all of it back in the last quarter:
    #   -962.759016086;  -(2641.088236 - 962.759016);  -(3919.479893 - 2641.088236) + 3919.479893
    assert lines["working_capital"] == same(
        [0, 0, -962.759016086, -1678.3292198656828208, 2641.0882359516828208]
    )
    others = set(lines) - {"retention", "expansion", "working_capital"}
    assert len(others) == 16
    for line in others:
        assert lines[line] == [0, 0, 0, 0, 0], line


def test_returns(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    got = scenarios("quarters")["base"]
    # month 3 is the end of quarter 1: the 5,000 fall there, 2,000 a quarter after it
    assert got["costs"] == same([0, 5000, 2000, 2000, 2000])
    # 168.390508043 - 2000;  1433.9128646618 - 2000;  7298.8705147928 - 2000
    net = [0, -5000, -1831.609491957, -566.0871353381585896, 5298.8705147928090353]
    assert got["net"] == same(net)
    # -5000/1.02 - 1831.609491957/1.02^2 - 566.0871353382/1.02^3 + 5298.8705147928/1.02^4
    assert got["npv"] == same(-2300.5459101327657579)
    assert got["npv_by_year"] == same([-2300.5459101327657579])
    assert got["payback_state"] == "not_reached"
    # 5000 + 1831.609491957 + 566.0871353382
    assert got["peak_funding"] == same(7397.6966272951585896)
    # 1.02^-4 * 68.283346684364 customers * (428.854140842804 * 0.6 - 80) * (x + ... + x^5),
    # x = 0.43046721 / 1.08243216 = 0.397685163012895: x + ... + x^5 = 0.6536935844427396
    assert got["value_after_horizon"] == same(7311.8563285139196028)
    assert warned(got) >= {"at_limit", "beyond_horizon"}


def test_kpis(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    kpis = scenarios("quarters")["base"]["kpis"]
    assert kpis["customers"] == {"without": same([518.3003899485]), "with": same([586.583736632864])}
    # 91581.75 + 78635.482920325 + 67862.0306712383 + 58904.7399077914, and with
    revenue0, revenue = 296984.0034993547167290, 315792.3213609135341384
    assert kpis["revenue"] == {"without": same([revenue0]), "with": same([revenue])}
    # won 25 a quarter: 25 * 4 * (101 + 103.0301 + 105.10100501 + 107.213535210701)
    assert kpis["bookings"]["without"] == same([41634.4640220701])
    # 25 * 4 * (101 + 104.0502 + 108.25382808 + 112.627282734432)
    assert kpis["bookings"]["with"] == same([42593.1310814432])
    # 4 * 25 + referred (10 + 8.415 + 7.116885 + 6.053728815);  (10 + 8.415 + 7.429874 + 6.5870001944)
    assert kpis["new_customers"] == {"without": same([131.585613815]), "with": same([132.4318741944])}
    assert kpis["referred_customers"] == {"without": same([31.585613815]), "with": same([32.4318741944])}
    assert kpis["opportunities"] == {"without": same([200]), "with": same([200])}
    # (1 - 0.56953279) * 1.0828567056280801;  (1 - 0.4867811268624384) * 1.1716593810022656
    assert kpis["net_revenue_retention"]["without"] == same([0.4661343049015109])
    assert kpis["net_revenue_retention"]["with"] == same([0.6013177072190357])
    # 4 / 0.5 / 4 = 2 contacts a quarter: 2 * (920.75 + 776.59425 + 658.53069075 + 561.83663572425)
    assert kpis["contacts"]["without"] == same([5835.4231529485])
