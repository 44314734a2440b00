"""The pieces of a page: derived from a register's declaration, drawn with Streamlit. ``look`` holds all style."""
