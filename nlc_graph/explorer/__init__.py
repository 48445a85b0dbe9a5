"""The explorer: one HTML page that works offline, with an evidence map, a network, a table and the evidence."""

from .page import render_page

__all__ = ["render_page"]
