"""The deck that is timed is the one that the goal names, the caches are empty, and one call says how far it is."""

from benchmarks import decks
from benchmarks.writing import goal_case
from casebuilder import deck
from casebuilder.deck import measure


def test_the_deck_that_is_timed_has_fifteen_slides_and_seven_native_charts() -> None:
    slides, charts = decks.counted(deck.render(decks.short_pitch()))
    assert (slides.total(), charts.total()) == (15, 7)


def test_the_floor_is_the_template_without_a_slide() -> None:
    slides, _ = decks.counted(decks.opened_and_saved())
    assert slides.total() == 0


def test_every_deck_is_measured_anew() -> None:
    first = measure.wrap("How wide a text is that no deck holds", 12, 60)
    assert measure._measured.cache_info().currsize
    decks.forget()
    assert not measure._measured.cache_info().currsize
    assert measure.wrap("How wide a text is that no deck holds", 12, 60) == first


def test_one_call_says_of_each_deck_that_it_is_being_written() -> None:
    said = decks.made(goal_case(1, 2), ("cfo", "coo", "ceo"))
    assert [line.rpartition(" ")[2] for line in said[-3:]] == ["cfo", "coo", "ceo"]
