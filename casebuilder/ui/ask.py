"""Ask a number: from any figure on screen to its formula, what it reads, who stands behind that, and its cell."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from casebuilder import build
from casebuilder.pitch.origin import Origin, Part, origin, part_of
from casebuilder.pitch.origin_keys import Spot
from casebuilder.pitch.origin_points import Point, point, points
from casebuilder.pitch.records import Exhibit, Figure
from casebuilder.ui import state, tables
from casebuilder.ui.ask_studies import about_study, large
from casebuilder.ui.wording import listing, plain

_TRAIL, _WHICH, _TIME = "ask:trail", "ask:which", "ask:time"
_LABEL, _HELP = "Where from?", "The formula in words, the numbers behind it and the cell in the workbook"


def figure(asked: Figure) -> None:
    """The way to where one figure comes from, to be put below it; nothing is worked out before it is taken."""
    if _button(f"ask:{asked.key}"):
        _open((point(state.results(), asked),))


def exhibit(shown: Exhibit, name: str = "") -> None:
    """The way to where the numbers of an exhibit come from, where it has any; `name` tells two of a kind apart."""
    cells = shown.table is not None and bool(shown.table.keys)
    if (shown.figures or shown.chart is not None or cells) and _button(f"ask:{name or shown.id}"):
        _open(points(state.results(), shown))


def _button(key: str) -> bool:
    pressed = st.button(_LABEL, key=key, type="tertiary", icon=":material/help:", help=_HELP)
    if pressed:
        for kept in (_TRAIL, _WHICH, _TIME):
            st.session_state.pop(kept, None)
    return pressed


@st.dialog("Where this number comes from", width="large", icon=":material/help:")
def _open(asked: Sequence[Point]) -> None:
    body(asked)


def body(asked: Sequence[Point]) -> None:
    """What the dialog shows: the number chosen, or the one that was reached from it."""
    if not asked:
        st.markdown("These numbers take many runs of the model, and none of them is one cell or one formula.")
        return
    chosen = asked[0]
    if len(asked) > 1:
        names = [f"{each.label}: {each.text}" for each in asked]
        place = st.selectbox(
            "Which number",
            range(len(names)),
            key=_WHICH,
            format_func=lambda n: plain(names[n]),
            on_change=_leave,
        )
        chosen = asked[place]
    trail: list[Spot] = st.session_state.get(_TRAIL, [])
    if trail:
        _way_back(trail)
        _number(origin(state.results(), trail[-1]))
    elif not chosen.spots:
        about_study(chosen)
    elif len(chosen.spots) > 1:
        _sum(chosen)
    else:
        _number(origin(state.results(), chosen.spots[0]))


def _leave() -> None:
    st.session_state.pop(_TRAIL, None)


def _deeper(spot: Spot) -> None:
    st.session_state[_TRAIL] = [*st.session_state.get(_TRAIL, []), spot]


def _back() -> None:
    st.session_state[_TRAIL] = st.session_state.get(_TRAIL, [])[:-1]


def _way_back(trail: Sequence[Spot]) -> None:
    """One level back, and how one came here."""
    back, way = st.columns([1, 6], vertical_alignment="center")
    back.button("Back", key="ask:back", on_click=_back, icon=":material/arrow_back:", type="tertiary")
    names = [origin(state.results(), spot).name for spot in trail]
    way.caption(plain(" › ".join(names)))


def _sum(chosen: Point) -> None:
    """A number that adds several up."""
    large(chosen.text)
    st.caption(plain(chosen.label))
    st.markdown("**How it comes about**: these numbers added up, each with its sign")
    _parts([part_of(state.results(), spot) for spot in chosen.spots])


def _number(found: Origin) -> None:
    """One number of a run, from what it is to its cell."""
    large(found.text)
    st.caption(plain(listing([found.name, found.run, found.exact])))
    if found.is_input:
        st.markdown(f"**Who stands behind it**: {plain(found.stands)}")
    else:
        st.markdown(f"**How it comes about**: {plain(found.formula)}")
        _parts(found.parts)
        _over_time(found)
        _effects(found)
    _cell(found)


def _parts(parts: Sequence[Part]) -> None:
    """What a formula reads, a row each: a computed number leads deeper, an input says who stands behind it."""
    some = [part for part in parts if part.stands or not part.nothing]
    with st.container(gap="xsmall"):
        for number, part in enumerate(some):
            name, value, stands = st.columns([5, 2, 4], vertical_alignment="center")
            if part.stands:
                name.markdown(plain(part.name))
                stands.caption(plain(part.stands))
            else:
                _way_deeper(name, part, number)
            value.markdown(f"**{plain(part.text)}**")
    nothing = [part.name for part in parts if part not in some]
    if nothing:
        st.caption(plain(f"Nothing in this run: {'; '.join(nothing)}"))


def _way_deeper(place: DeltaGenerator, part: Part, number: int) -> None:
    """The name of a computed number, which leads to where that one comes from."""
    depth = len(st.session_state.get(_TRAIL, []))
    place.button(
        plain(part.name),
        key=f"ask:part:{depth}:{number}",
        type="tertiary",
        icon=":material/subdirectory_arrow_right:",
        on_click=_deeper,
        args=(part.spot,),
    )


def _over_time(found: Origin) -> None:
    """A whole line at its times; choosing one leads to it."""
    times = found.over_time
    if not times:
        return
    labels = {f"{when}: {text}": spot for when, text, spot in times}

    def choose() -> None:
        chosen = st.session_state.get(_TIME)
        if chosen in labels:
            _deeper(labels[chosen])

    st.selectbox(
        "One of its values over time", list(labels), index=None, key=_TIME, on_change=choose,
        placeholder="Choose a time to go deeper", format_func=plain,
    )  # fmt: skip


def _effects(found: Origin) -> None:
    """The effects it rests on, the scenario's adjustment, and how many of the case's numbers are behind it."""
    if found.effects:
        with st.expander(f"Effects behind it ({len(found.effects)})"):
            tables.show(
                [
                    {
                        "Investment": plain(each.investment),
                        "Moves": plain(each.moves),
                        "In this scenario": plain(each.size),
                        "Evidence": plain(each.grade),
                        "Sources": plain("; ".join(each.sources)),
                        "Signed by": plain(each.agreed),
                    }
                    for each in found.effects
                ],
                "Effects that this number rests on, with their evidence",
            )
            st.caption(plain(found.adjusted))
    if found.rests_on:
        st.caption(plain(f"Rests in the end on {found.rests_on}"))


def _cell(found: Origin) -> None:
    """Where the workbook has it."""
    at = build.cell_of(found.results, found.spot)
    said = f"**In the workbook**: {plain(at.text)}"
    if at.choose:
        said += plain(f", after choosing {at.choose} on Inputs")
    if at.negative:
        said += ", there with the other sign"
    st.markdown(said)
