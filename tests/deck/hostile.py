"""Cases that are hard to show: an example changed until something is too long, too many or too foreign."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from casebuilder.case import Case, from_data
from casebuilder.case.reading import parse, read_text

Data = dict[str, Any]

SOURCE = Path("examples/contract_services.yaml")

#: Eighty characters, as long as a name of an investment may sensibly be.
LONG = "Close the loop with every detractor in all the regions in forty-eight hours, {:03}"

ROLES = {
    "ceo": "Генеральный директор и председатель правления",
    "cfo": "最高財務責任者兼経営企画本部長",
    "coo": "Διευθύνων Σύμβουλος Λειτουργιών και Εφοδιασμού",
    "service": "رئيس خدمة العملاء ومراكز الاتصال",
    "sales": "销售总监兼大客户部负责人",
    "cmo": "Руководитель отдела маркетинга",
}

FOREIGN = (
    "顧客の声を毎日聞いて、すぐに改善へつなげる仕組みづくり",
    "在四十八小时内回访每一位提出投诉的客户并解决问题",
    "الاتصال بكل عميل يشتكي خلال ثمان وأربعين ساعة",
    "Перезванивать каждому недовольному клиенту в течение двух суток",
    "Επικοινωνία με κάθε δυσαρεστημένο πελάτη μέσα σε δύο ημέρες",
    "ติดต่อกลับลูกค้าทุกคนที่ร้องเรียนภายในสองวัน",
    "불만을 제기한 모든 고객에게 이틀 안에 다시 전화하기",
    "हर शिकायत करने वाले ग्राहक को दो दिन में वापस फ़ोन करना",
)

#: Amounts of money in a case file, wherever they stand.
MONEY = {
    "revenue_per_customer",
    "acquisition_cost",
    "quota_per_rep",
    "acquisition_spend",
    "cost_per_assisted_contact",
    "cost_per_self_service_contact",
    "replacement_cost",
    "cost_per_incident",
    "loaded_cost_per_fte",
    "one_time_cost",
    "annual_cost",
    "one_time",
    "annual",
}


def example() -> Data:
    """The data of the example, free to be changed."""
    data = copy.deepcopy(parse(read_text(SOURCE), str(SOURCE)).data)
    assert isinstance(data, dict)
    return data


def many_long_names() -> Data:
    """Twelve investments of eighty characters, six segments of forty, eight stakeholders with long titles."""
    data = _of_six_segments(_of_twelve_investments(example()))
    for number, each in enumerate(data["initiatives"]):
        each["name"] = LONG.format(number)
    data["stakeholders"] += [{"persona": persona, "part": "delivers"} for persona in ("cio", "chro")]
    for each in data["stakeholders"]:
        each["role"] = (
            f"{each.get('role', each['persona'])} and acting head of customer experience, all regions"
        )
    for said in data["inputs"].values():
        if "source" in said:
            said["source"] = (
                f"{said['source']}, {'as agreed with the regions and filed in the register, ' * 4}"[:240]
            )
    return data


def _of_twelve_investments(data: Data) -> Data:
    """The ten of the example, and two more like its last ones."""
    for number in (1, 2):
        more = copy.deepcopy(data["initiatives"][1])
        more["id"] = f"{more['id']}_{number}"
        data["initiatives"].append(more)
        data["options"]["lean"].append(more["id"])
    return data


def _of_six_segments(data: Data) -> Data:
    """Each segment of the example in three parts, with names of about forty characters."""
    parts, found = ("North and West", "South and Overseas", "Public sector"), []
    for segment in data["segments"]:
        for part in parts:
            found.append({**segment, "name": f"{segment['name']}, {part}"[:48]})
            found[-1]["customers"] = round(segment["customers"] / 3)
            found[-1]["leads"] = round(segment["leads"] / 3)
    first = {s["name"]: f"{s['name']}, {parts[0]}" for s in data["segments"]}
    data["segments"] = found
    return _renamed(data, first)


def _renamed(data: Any, names: dict[str, str]) -> Any:
    """The data with other names of segments wherever one is pointed at, alone or in a path."""
    if isinstance(data, list):
        return [_renamed(each, names) for each in data]
    if isinstance(data, dict):
        return {
            _path(key, names): names.get(value, value) if key == "segment" else _renamed(value, names)
            for key, value in data.items()
        }
    return _path(data, names)


def _path(text: Any, names: dict[str, str]) -> Any:
    if isinstance(text, str):
        for old, new in names.items():
            text = text.replace(f"segments[{old}]", f"segments[{new}]").replace(f",{old}]", f",{new}]")
    return text


def times(factor: float, currency: str = "EUR") -> Data:
    """Every amount of money so many times as large."""
    data = example()
    data["company"]["currency"] = currency
    _multiply(data, factor)
    for said_of in ("actuals", "plan"):
        data.pop(said_of, None)
    return data


def _multiply(data: Any, factor: float) -> None:
    if isinstance(data, list):
        for each in data:
            _multiply(each, factor)
    if isinstance(data, dict):
        for key, value in data.items():
            if key in MONEY and isinstance(value, int | float):
                data[key] = round(value * factor, 6)
            elif key == "by_year":
                data[key] = [round(each * factor, 6) for each in value]
            else:
                _multiply(value, factor)
    if isinstance(data, dict) and "inputs" in data:
        for path, said in data["inputs"].items():
            if path.rpartition(".")[2] in MONEY:
                said.update({end: said[end] * factor for end in ("low", "high") if end in said})


def without_benefit() -> Data:
    """Nothing moves for the better, everything costs ten times as much."""
    data = example()
    for each in data["initiatives"]:
        for cost in ("one_time_cost", "annual_cost"):
            each[cost] *= 10
        for item in each.get("cost_items", ()):
            item.update({key: item[key] * 10 for key in ("one_time", "annual") if key in item})
        for effect in each["effects"]:
            effect.update(low=-0.05, base=-0.02, high=0.0)
            effect.pop("agreed", None)
    return data


def one_investment() -> Data:
    """A single investment, in no option but its own."""
    data = example()
    return _kept(data, {"closed_loop"}, {})


def _kept(data: Data, ids: set[str], names: dict[str, str]) -> Data:
    data["initiatives"] = [each for each in data["initiatives"] if each["id"] in ids]
    for each in data["initiatives"]:
        each["requires"] = [id for id in each.get("requires", ()) if id in ids]
    data["options"] = {"full": "all"}
    data["decision"]["stage_1"]["option"] = "full"
    data["decision"].pop("option", None)
    data["custom_lines"] = []
    data["headline_shares"] = {}
    said = data["inputs"].items()
    data["inputs"] = {
        path: each
        for path, each in said
        if not path.startswith("initiatives[") or path.split("[")[1].split("]")[0] in ids
    }
    for person in data["stakeholders"]:
        person["signed"] = [path for path in person.get("signed", ()) if any(f"[{id}]" in path for id in ids)]
    return data


def one_year() -> Data:
    """A horizon of one year, by month."""
    return _years(1)


def ten_years() -> Data:
    """A horizon of ten years, by month."""
    return _years(10)


def _years(count: int) -> Data:
    data = example()
    data["company"].update(years=count, periods_per_year=12)
    data.pop("plan", None)
    for line in data["custom_lines"]:
        line["by_year"] = (line["by_year"] * 3)[:count]
    return data


def foreign() -> Data:
    """Names, titles and sources in scripts that the deck's typeface does not have."""
    data = _renamed(example(), {"Multi-site": "複数拠点のお客様", "Single-site": "Единственная площадка"})
    for segment, name in zip(data["segments"], ("複数拠点のお客様", "Единственная площадка"), strict=True):
        segment["name"] = name
    data["title"] = "一度で答え、予定どおりに始める"
    data["company"]["name"] = "北日本技術サービス株式会社"
    for number, each in enumerate(data["initiatives"]):
        each["name"] = FOREIGN[number % len(FOREIGN)] + (" II" if number >= len(FOREIGN) else "")
    for person in data["stakeholders"]:
        person["role"] = ROLES.get(person["persona"], person.get("role", ""))
    for number, said in enumerate(data["inputs"].values()):
        if "source" in said:
            said["source"] = FOREIGN[number % len(FOREIGN)]
    return data


HOSTILE: dict[str, Callable[[], Data]] = {
    "many long names": many_long_names,
    "thousands": lambda: times(1e-3),
    "billions": lambda: times(1e4, "USD"),
    "yen": lambda: times(160, "JPY"),
    "no benefit": without_benefit,
    "one investment": one_investment,
    "one year": one_year,
    "ten years by month": ten_years,
    "foreign": foreign,
}


def case(name: str) -> Case:
    """One of the hard cases."""
    return from_data(HOSTILE[name](), name)
