"""Pitch: whom it is for, the files of exactly the open case, and the story of the deck."""

import streamlit as st

from casebuilder.ui import decision, downloads, pitch_reader, pitch_story, refresh, template

reader = pitch_reader.choose()
decision.reminder()
box = st.container()
template.choose()
with box:
    downloads.files_of(reader)
pitch_story.story(reader)
refresh.refresh_a_deck()
