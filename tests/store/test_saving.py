"""Eight people save into one case at once: each save lands or is kept as a conflict, on both engines."""

from casebuilder.store import Store, verify
from tests.store import writers
from tests.store.samples import case

EDITORS, TIMES = 8, 50


def test_eight_editors_lose_nothing(url: str) -> None:
    with Store(url) as store:
        id = store.create(case("Base"), author="Ann").case_id
        working = [writers.started(writers.edit, url, id, f"E{each}", TIMES) for each in range(EDITORS)]
        answered = [saved for _, answers in working for saved in answers.recv()]
        for process, _ in working:
            process.join(60)
            assert process.exitcode == 0
        versions = store.versions(id)
        about = store.about(id)
    assert len(answered) == EDITORS * TIMES
    held = {version.number: version.title for version in versions}
    assert held == {1: "Base"} | {number: title for title, number in answered}, "each once, none lost"
    line = [version for version in versions if version.state == "kept"]
    assert [version.parent for version in line] == [*(version.number for version in line[1:]), None]
    assert about.version == line[0].number
    assert about.waiting == len(versions) - len(line) > 0, "they did meet"
    assert verify(url).problems == ()
