"""The reader's copy of a source, and where passages stand in it."""
