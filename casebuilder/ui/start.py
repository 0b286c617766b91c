"""What happens once when the server starts."""

import gc

import streamlit as st


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Take everything imported so far out of the garbage collector's rounds, which else cost every rerun its time."""
    gc.collect()
    gc.freeze()
