"""What happens once when the server starts."""

import gc
from importlib import import_module

import streamlit as st

from casebuilder.ui import interruptions, presses, visits
from casebuilder.ui.messages import in_our_words


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Our words for errors, and no change lost; everything imported so far out of the garbage collector's rounds.

    Those would else cost every rerun its time.
    """
    import_module("pandas")  # two first charts at once would find it half imported
    in_our_words()
    interruptions.prevent(visits.begin, presses.once)
    gc.collect()
    gc.freeze()
