"""Versions agree: what the product says it is, what the change log tells, what is required and what was tested."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import casebuilder
from tests.house.repository import read


def requirements(name: str) -> list[Requirement]:
    """The requirements in a file, without comments and options."""
    lines = (line.partition("#")[0].strip() for line in read(name).splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def pinned() -> dict[str, Version]:
    """The tested set: one version per package."""
    exact = [(canonicalize_name(r.name), str(r.specifier)) for r in requirements("constraints.txt")]
    assert all(version.startswith("==") for _, version in exact), "one exact version each"
    return {name: Version(version.removeprefix("==")) for name, version in exact}


def test_every_floor_is_met_by_the_pinned() -> None:
    versions = pinned()
    for required in requirements("requirements.txt") + requirements("requirements-dev.txt"):
        assert str(required.specifier), f"{required.name} has no floor"
        version = versions.get(canonicalize_name(required.name))
        assert version is not None, f"{required.name} is not in constraints.txt"
        assert required.specifier.contains(version), f"{required} against {version}"


def test_the_pinned_names_packages_only() -> None:
    """No address, no path: it must install on any machine."""
    assert not re.search(r"@|://|^-e", read("constraints.txt"), flags=re.M)


def test_parts_that_read_files_and_requests_from_outside_have_their_floors() -> None:
    floors = {canonicalize_name(r.name): r.specifier for r in requirements("requirements.txt")}
    for name, too_old in {
        "streamlit": "1.66",
        "lxml": "6.0",
        "pillow": "12.2",
        "python-multipart": "0.0.33",
    }.items():
        assert not floors[canonicalize_name(name)].contains(too_old), name


def test_the_change_log_opens_with_this_version_and_its_model() -> None:
    newest = re.split(r"^## ", read("CHANGELOG.md"), flags=re.M)[1]
    assert newest.startswith(casebuilder.__version__)
    assert f"Model version {casebuilder.MODEL_VERSION}" in newest


def test_every_release_says_whether_numbers_change() -> None:
    for release in re.split(r"^## ", read("CHANGELOG.md"), flags=re.M)[1:]:
        assert re.search(r"^### Numbers change\n\n\S", release, flags=re.M), release.splitlines()[0]


def test_the_project_takes_its_version_from_the_package() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "casebuilder.__version__"}
    assert project["project"]["requires-python"] == ">=3.11"
