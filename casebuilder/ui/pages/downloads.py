"""Downloads: the files of exactly the case that is open, built on request; the step Pitch under its old name."""

import streamlit as st

from casebuilder.ui import downloads, pitch_reader, pitch_story, refresh, template

reader = pitch_reader.choose()
box = st.container()
template.choose()
with box:
    downloads.files_of(reader)
pitch_story.story(reader)
refresh.refresh_a_deck()
