"""The settings the app is served with: closed by default, and coloured by the one table of colours."""

import re
import tomllib

import yaml

from tests.house.repository import read

SETTINGS = tomllib.loads(read(".streamlit/config.toml"))

SAFE = {
    "server": {"address": "127.0.0.1", "maxUploadSize": 10, "maxMessageSize": 50, "enableXsrfProtection": True,
               "fileWatcherType": "none", "showEmailPrompt": False, "allowedHosts": ["127.0.0.1", "localhost"]},
    "client": {"showErrorDetails": "none", "toolbarMode": "minimal"},
    "browser": {"gatherUsageStats": False},
}  # fmt: skip


def test_the_server_is_closed_by_default() -> None:
    for section, wanted in SAFE.items():
        assert {key: SETTINGS[section].get(key) for key in wanted} == wanted


def test_every_setting_is_one_that_streamlit_knows() -> None:
    from streamlit import config

    known = set(config._config_options_template)
    given = {f"{section}.{key}" for section, table in SETTINGS.items() for key in table}
    assert given <= known, "streamlit ignores what it does not know"


def test_every_colour_is_a_token() -> None:
    tokens = {
        entry["colour"] for entry in yaml.safe_load(read("casebuilder/library/look.yaml"))["colours"].values()
    }
    used = set(re.findall(r"#[0-9A-Fa-f]{6}", read(".streamlit/config.toml")))
    assert {colour.upper() for colour in used} <= {colour.upper() for colour in tokens}


def test_no_font_is_fetched() -> None:
    theme = SETTINGS["theme"]
    assert [value for key, value in theme.items() if "font" in key.lower() and "://" in str(value)] == []
    assert "fontFaces" not in theme
