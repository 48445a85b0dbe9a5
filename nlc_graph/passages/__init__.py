"""A reader's copy of a source, and the passages that are located in it."""
