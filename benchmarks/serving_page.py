"""What streamlit runs to serve the app in other ways; `streamlit run benchmarks/serving_page.py`."""

from benchmarks.serving_ways import serve

serve()
