"""In the browser: pages, their parts and the one owner of session state; the only room that knows streamlit."""
