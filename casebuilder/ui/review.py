"""Review: four numbers for those who decide, the doubts of one key each, and the way from our number to theirs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from casebuilder.analysis.cuts import Cut, cuts_of, next_steps, one_key_cuts
from casebuilder.analysis.themes import value_by_theme
from casebuilder.case import Doubt, library
from casebuilder.case.reviewed import with_doubts
from casebuilder.model.benefits import LINES
from casebuilder.pitch.exhibits.moving import cut_label
from casebuilder.pitch.reviewing import basis, conclusion, figures, strip, takes
from casebuilder.ui import review_style, state, typed_fields
from casebuilder.ui.live_fields import live, renew
from casebuilder.ui.review_moment import Moment
from casebuilder.ui.typed_fields import LONGEST, Unreadable
from casebuilder.ui.wording import listing, plain

_SIZE, _LAST, _THEME, _WHY = "review:size:", "review:last:", "review:theme", "review:why"


@dataclass(frozen=True)
class Typed:
    """How an amount is typed: a number of a unit, added to or taken off what it changes, in which words, up to what."""

    unit: str
    words: str
    highest: float
    base: float = 0.0
    sign: int = 1

    def shown(self, amount: float) -> str:
        """An amount as it stands in its field."""
        return typed_fields.shown(round((amount - self.base) * self.sign, 12), self.unit)

    def amount(self, text: str | None) -> float | None:
        """The amount that was typed, None where nothing was; Unreadable says why it is none."""
        found = typed_fields.read(text, self.unit, "")
        if found is None:
            return None
        why = typed_fields.outside(found.value, self.unit, "", 0.0, self.highest)
        if why:
            raise Unreadable(why)
        return round(self.base + self.sign * found.value, 12)


#: Costs that come to three times what was planned are another investment.
_TYPED = {
    "benefits": Typed("share", "% smaller", 1.0, base=1.0, sign=-1),
    "later": Typed("months", "months", 120.0),
    "costs": Typed("share", "% higher", 2.0, base=1.0),
    "hurdle": Typed("share", "% a year", 1.0),
}


@dataclass(frozen=True)
class Key:
    """A doubt on a key: the doubt as it would be made now, and whether it is made."""

    cut: Cut
    made: bool


def heading(moment: Moment) -> None:
    """The state of the review in one sentence, and on what it is counted."""
    st.title(plain(conclusion(moment.view, moment.found)), anchor=False)
    st.caption(plain(basis(moment.view, moment.found)))


def numbers(moment: Moment) -> None:
    """The four numbers, large; with doubts beside each what we say."""
    found = figures(moment.view, moment.found)
    with st.container(key="review-figures"):
        for column, figure in zip(st.columns([1, 1, 1, 1]), found, strict=True):
            with column.container(key=f"review-{figure.role}-{figure.key.rpartition('/')[2]}"):
                st.metric(
                    plain(figure.label[:1].upper() + figure.label[1:]),
                    plain(figure.text),
                    delta=plain(figure.change) or None,
                    delta_color="off",
                    delta_arrow="off",
                )


def doubts(moment: Moment) -> None:
    """One key for each doubt, what it takes, and how large it is; made ones come first into effect."""
    keys = _keys(moment)
    made = {step.cut: step.step for step in moment.found.cuts.steps}
    waiting = [key.cut for key in keys if not key.made]
    would = dict(zip(waiting, next_steps(moment.study, [*made], waiting), strict=True))
    with st.container(key="review-doubts"):
        for place, (column, key) in enumerate(zip(st.columns(len(keys)), keys, strict=True), 1):
            with column.container(gap="xsmall"):
                _key(place, key)
                amount = made.get(key.cut, would.get(key.cut, 0.0))
                said = plain(takes(moment.view, amount, key.made))
                st.markdown(f"**{said}**" if key.made else said)
                _size(moment, key)
    _refused()


def _refused() -> None:
    why = st.session_state.pop(_WHY, "")
    if why:
        st.error(plain(why))


def _key(place: int, key: Key) -> None:
    st.button(
        plain(cut_label(key.cut)),
        key=f"review:doubt:{key.cut.kind}",
        on_click=_toggle,
        args=(key.cut,),
        type="primary" if key.made else "secondary",
        icon=":material/check:" if key.made else None,
        shortcut=str(place),
        width="stretch",
        wrap=True,
    )


def _keys(moment: Moment) -> list[Key]:
    """Every doubt in the order of its keys: as it is made, else as large as it was typed last."""
    made = {cut.kind: cut for cut in cuts_of(moment.view.case.review.doubts)}
    *first, last = one_key_cuts()
    usual = [*(_sized(one) for one in first), Cut(kind="theme", theme=_theme(moment)), last]
    return [Key(made.get(one.kind, one), one.kind in made) for one in usual]


def _sized(one: Cut) -> Cut:
    """A doubt with the amount that was typed for it, or the theme that was chosen."""
    if one.kind == "theme":
        return one.model_copy(update={"theme": st.session_state.get(state.key(_THEME), one.theme)})
    amount = st.session_state.get(state.key(_LAST + one.kind))
    return one if amount is None else one.model_copy(update={"amount": amount})


def _theme(moment: Moment) -> str:
    """The theme that was chosen, at first the one with most of the value."""
    chosen = st.session_state.get(state.key(_THEME))
    if chosen in library.words().themes:
        return str(chosen)
    worth = {line: moment.view.asked.amount(f"pv.{line}") for line in LINES}
    shares = value_by_theme(worth)
    return max(shares, key=lambda theme: shares[theme]) if shares else next(iter(library.words().themes))


def _size(moment: Moment, key: Key) -> None:
    """How large a doubt is: a number to type, or the theme to choose."""
    kind = key.cut.kind
    if kind == "theme":
        words = library.words().themes
        themes, theme = list(words), str(key.cut.theme)
        st.selectbox(
            "Theme to leave out", themes, themes.index(theme), format_func=words.__getitem__,
            label_visibility="collapsed", **live(state.key(_SIZE + kind), theme, _retold),
        )  # fmt: skip
    elif kind in _TYPED:
        typed = _TYPED[kind]
        text = typed.shown(key.cut.amount or 0.0)
        st.text_input(
            plain(f"{cut_label(key.cut)}: {typed.words}"), text, max_chars=LONGEST, autocomplete="off",
            label_visibility="collapsed", **live(state.key(_SIZE + kind), text, partial(_retyped, key.cut)),
        )  # fmt: skip


def _toggle(one: Cut) -> None:
    """Make a doubt on top of the others, or take it back; of the size that was typed, painted or not."""
    one = _sized(one)
    others = [doubt for doubt in _made() if doubt.kind != one.kind]
    _write(others if len(others) < len(_made()) else [*others, _doubt(one)])


def _retyped(one: Cut, text: str | None) -> None:
    """An amount was typed. The next key makes a doubt again, and is not typed where the last number was."""
    renew(state.key(_SIZE + one.kind))
    try:
        amount = _TYPED[one.kind].amount(text)
    except Unreadable as problem:
        st.session_state[_WHY] = str(problem)
        return
    if amount is not None:
        st.session_state[state.key(_LAST + one.kind)] = amount
        _resized(_doubt(one.model_copy(update={"amount": amount})))


def _retold(theme: str) -> None:
    st.session_state[state.key(_THEME)] = theme
    _resized(Doubt(kind="theme", theme=theme))


def _resized(new: Doubt) -> None:
    """Another size: of a doubt that is made it counts at once, of another when it is made."""
    if new.kind in {doubt.kind for doubt in _made()}:
        _write([new if doubt.kind == new.kind else doubt for doubt in _made()])


def _doubt(one: Cut) -> Doubt:
    assert one.kind != "stress"
    return Doubt(kind=one.kind, amount=one.amount, theme=one.theme)


def _made() -> list[Doubt]:
    return list(state.desk().case.review.doubts)


def _write(new: list[Doubt]) -> None:
    st.session_state[_WHY] = state.write(lambda case: with_doubts(case, new))


def clear() -> None:
    """Take every doubt back."""
    _write([])


def way(moment: Moment) -> None:
    """From our number to theirs, over what was changed since the start and what is taken off."""
    chart = strip(moment.view, moment.found)
    if chart is None:
        st.caption("Press 1 to 7 to take something off: each key makes its doubt and takes it back.")
        return
    said, back = st.columns([6, 1], vertical_alignment="center")
    said.caption(plain(listing([chart.axis_title, "from our number to theirs"])))
    if moment.found.cuts.steps:
        back.button(
            "Back to ours", key="review:clear", on_click=clear, shortcut="0", type="tertiary", width="stretch"
        )
    review_style.strip(chart, moment.view.currency)
