"""The ontology and the bundled evidence in a store in memory.

Reading them takes as long as importing the rest of the program, and a second processor can do it meanwhile: the program
calls :func:`begin` first, and what it then opens is there by the time it asks.
"""

from __future__ import annotations

import _thread  # threading would cost a millisecond at every command
import atexit
from collections.abc import Iterable
from contextlib import suppress

import pyoxigraph as ox

from .. import resources
from ..errors import InstallationError

_reading = _thread.allocate_lock()
_ahead: list[ox.Store] = []


def bundled_store(*, evidence: bool = True) -> ox.Store:
    """Return a new store that holds the ontology, its vocabularies and, if wanted, the evidence of the 2005 enquiry."""
    with _reading:
        if evidence and _ahead:
            return _ahead.pop()
    return _loaded(_text([*resources.ontology_files(), *(resources.data_files() if evidence else [])]))


def begin() -> None:
    """Begin to load, in a thread, the store that :func:`bundled_store` will be asked for first."""
    try:  # here: the thread would have to wait for the interpreter at every file
        text = _text([*resources.ontology_files(), *resources.data_files()])
    except InstallationError:  # whoever asks for the store meets it again, and tells
        return

    def load() -> None:
        try:
            with suppress(Exception):  # the same
                _ahead.append(_loaded(text))
        finally:
            _reading.release()

    _reading.acquire()
    atexit.register(_reading.acquire)  # the engine must not come back to an interpreter that is gone
    try:
        _thread.start_new_thread(load, ())
    except RuntimeError:  # the system allows no more of them
        _reading.release()


def _text(files: Iterable[str]) -> bytes:
    # One text and one call: a third faster than a call a file.
    return b"\n".join(map(resources.read_bytes, files))


def _loaded(text: bytes) -> ox.Store:
    store = ox.Store()
    try:
        store.load(text, format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:  # ours are tested to be sound
        raise InstallationError(resources.root(), str(error.msg)) from error
    return store
