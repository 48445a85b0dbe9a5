"""One HTML page, offline and self-contained: the linkage drawn by pyvis, and the same as a table with its evidence."""

from .page import render_page

__all__ = ["render_page"]
