"""The currencies that a typed amount may name: codes, signs and short names, and which codes each can mean."""

from functools import lru_cache

from babel.numbers import get_currency_symbol, list_currencies

_SIGNS = {
    "€": "EUR",
    "£": "GBP EGP FKP GIP SHP",
    "¥": "JPY CNY",
    "$": "USD ARS AUD BBD BMD BND BSD CAD CLP COP FJD GYD HKD JMD LRD MXN NAD NZD SBD SGD SRD TTD TWD UYU",
    "US$": "USD", "C$": "CAD", "AU$": "AUD", "NZ$": "NZD", "S$": "SGD", "HK$": "HKD", "NT$": "TWD",
    "₹": "INR", "RS": "INR PKR LKR NPR MUR", "R": "ZAR", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₪": "ILS", "฿": "THB",
    "₱": "PHP", "₴": "UAH", "₫": "VND", "₦": "NGN", "FR": "CHF", "SFR": "CHF", "KR": "SEK NOK DKK ISK", "ZŁ": "PLN",
    "KČ": "CZK", "FT": "HUF", "LEI": "RON", "RP": "IDR", "RM": "MYR",
}  # fmt: skip


def meant(word: str) -> frozenset[str]:
    """The codes that a word or sign in front of an amount can mean, empty where it names no currency."""
    return _known().get(word.upper(), frozenset())


@lru_cache(maxsize=1)
def _known() -> dict[str, frozenset[str]]:
    codes = list_currencies()
    found = {get_currency_symbol(code, "en").upper(): frozenset({code}) for code in codes}
    found |= {code: frozenset({code}) for code in codes}
    return found | {sign: frozenset(codes.split()) for sign, codes in _SIGNS.items()}
