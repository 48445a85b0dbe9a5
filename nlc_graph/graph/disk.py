"""A store on disk: built whole beside its place and then moved there, opened read-only, refused where it is not sound.

The folder is an Oxigraph (RocksDB) store with one file more, :data:`ABOUT`, which is written last. It says what was
loaded, by which version, and which files the store consists of, so that a store that is incomplete, damaged, of another
version or changed since by another program is told from a sound one in the time of listing a folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, BinaryIO, NamedTuple

import pyoxigraph as ox

from .. import resources
from ..cleanup import remove_folder, undivided, undone_at_end
from ..errors import StoreError, UnreadableFileError
from ..evidence.summary import write_summary
from ..vocabulary import PREFIXES, is_iri
from .graph import Graph, files_in

#: The file that makes a folder one of our stores.
ABOUT = "nlc-graph.json"
#: Counted up whenever an older store could no longer answer rightly.
FORMAT = 4

#: How the engine begins what it says of its own files, and what to do where they cannot be written.
_ENGINE_FAILED = "IO error: "
_MAKE_ROOM = "nothing was changed; make room and try again"

#: Told what is being done, how far, and of how much; bytes while files are read, else 0 of 0.
Progress = Callable[[str, int, int], None]


class Loaded(NamedTuple):
    """What a store holds: numbers of triples, of those derived by rules among them, claims, networks and links."""

    triples: int
    derived: int
    claims: int
    networks: int
    links: int


def build_store(
    place: str | os.PathLike[str],
    *paths: str | os.PathLike[str],
    bundled: bool = True,
    force: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> Loaded:
    """Load the ontology, the bundled evidence and files into a store on disk, and derive what the rules say.

    The store is built in a folder beside ``place`` and moved there when it is complete: whatever happens before, what
    was there stays.

    :param place: folder to make; its parent must exist
    :param paths: files, or folders whose files are loaded
    :param bundled: whether the evidence of the 2005 enquiry belongs to it
    :param force: replace a store that is there already; never anything else
    :raises UnreadableFileError: if a file is missing, malformed or of an unknown suffix
    :raises StoreError: if the place is taken, cannot be written, or another process is loading it
    """
    from importlib.metadata import version  # 25 ms that only loading should pay

    place = os.path.realpath(place)
    _check_free(place, force)
    own = [*resources.ontology_files(), *(resources.data_files() if bundled else [])]
    files = [*own, *files_in(paths)]
    with _beside(place) as building:
        store = ox.Store(building)
        graph = Graph(store)
        try:
            fingerprint = _read(graph, files, len(own), progress)
            progress("applying the rules", 0, 0)
            before = len(graph)
            graph.derive()
            progress("putting it in order", 0, 0)
            store.optimize()  # which it needs anyway, and what is in order is read faster
            progress("counting links", 0, 0)
            loaded = _count(graph, before, write_summary(graph, store, fingerprint))
        except UnreadableFileError as error:
            if error.reason.startswith(_ENGINE_FAILED):  # it was the store that could not be written
                raise StoreError(place, error.reason.split(": ")[1], _MAKE_ROOM) from error
            raise
        finally:
            graph.close()
            del store
        progress("putting it in order", 0, 0)
        about = {
            "format": FORMAT,
            "version": version("nlc-graph"),
            "rules": rules_digest(),
            "fingerprint": fingerprint,
            "files": [os.path.basename(path) for path in files],
            "prefixes": {name: iri for name, iri in graph.prefixes.items() if name not in PREFIXES},
            **loaded._asdict(),
        }
        _settle(building)
        _write_about(building, {**about, "parts": _parts(building)})
        _replace(building, place)
    progress("done", 0, 0)
    return loaded


def open_store(place: str | os.PathLike[str]) -> Graph:
    """Open a store on disk for reading; any number of processes may do so at once.

    :raises StoreError: if there is none, or it is incomplete, damaged, of another version, or was changed since it was
        loaded
    """
    place = os.path.realpath(place)
    if not os.path.lexists(place) and os.path.isdir(_older(place)):
        place = _older(place)  # a load was killed between the two renames that put a new store in its place
    about = read_about(place)
    changed = "parts of it are missing, or another program has changed it since it was loaded"
    try:
        # Opening a pipe that was put there would wait for ever.
        if about["parts"] != _parts(place) or not all(entry.is_file() for entry in os.scandir(place)):
            raise StoreError(place, changed)
    except OSError as error:
        raise StoreError(place, changed) from error
    for entry in os.scandir(place):
        if entry.name.startswith("LOG.old."):  # every opening leaves one, and nobody reads them
            with suppress(OSError):
                os.unlink(entry.path)
    try:
        graph = Graph(ox.Store.read_only(place), about["prefixes"], read_only=True)
    except (OSError, RuntimeError) as error:
        raise StoreError(place, f"the store is damaged ({str(error).splitlines()[0]})") from error
    graph.fingerprint = about["fingerprint"]
    return graph


def read_about(place: str) -> dict[str, Any]:
    """Return what a store says of itself: see :func:`build_store`.

    :raises StoreError: if there is no store, or it is incomplete or of another version
    """
    if not os.path.isdir(place):
        if os.path.isdir(_building(place)):
            raise StoreError(place, "its loading was interrupted or is still running")
        raise StoreError(place, "no such store", f"build one with: nlc-graph load {place}")
    name = os.path.join(place, ABOUT)
    try:
        if os.path.lexists(name) and not os.path.isfile(name):
            raise ValueError("no file")
        with open(name, encoding="utf-8") as file:
            about = json.load(file)
        written, by = int(about["format"]), str(about["version"])
        about["parts"], about["rules"], about["fingerprint"]
        if not all(is_iri(iri) and isinstance(prefix, str) for prefix, iri in about["prefixes"].items()):
            raise ValueError("prefixes")
    except FileNotFoundError as error:
        if os.path.exists(os.path.join(place, "CURRENT")):
            raise StoreError(place, f"incomplete, or not loaded by nlc-graph (no {ABOUT} in it)") from error
        raise StoreError(place, "no store", f"build one with: nlc-graph load {place}") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise StoreError(place, f"its {ABOUT} cannot be read") from error
    if written > FORMAT:
        raise StoreError(place, f"it was written by a newer nlc-graph ({by})", "use that version, or load it again")
    if written < FORMAT or about["rules"] != rules_digest():
        raise StoreError(place, f"it was written by an older nlc-graph ({by}), whose ontology or rules were others")
    return dict(about)


def rules_digest() -> str:
    """Return a digest of the ontology, the vocabularies and the rules: what the derived triples depend on."""
    digest = hashlib.sha256()
    for path in (*resources.ontology_files(), *resources.rule_files()):
        digest.update(resources.read_bytes(path))
    return digest.hexdigest()


def _read(graph: Graph, files: list[str], own: int, progress: Progress) -> str:
    """Read files, of which the first so many are our own; return a fingerprint of the rules and of the files."""
    digest = hashlib.sha256(rules_digest().encode())
    total, before = sum(map(_size, files)), 0
    for number, path in enumerate(files):

        def told(data: bytes, done: int, before: int = before) -> None:
            digest.update(data)
            progress("reading", before + done, total)

        def watched(file: BinaryIO, told: Callable[[bytes, int], None] = told) -> Any:
            return _Watched(file, told)

        graph.read(path, watched, learn=number >= own)  # what prefixes our own declare is no news
        before += _size(path)
    return digest.hexdigest()


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError as error:  # it was there when the files were listed
        raise UnreadableFileError(path, error.strerror or str(error)) from error


def _check_free(place: str, force: bool) -> None:
    if not os.path.isdir(os.path.dirname(place)):
        raise StoreError(place, "the folder that it would be in does not exist", "make that first")
    if not os.path.lexists(place) or (os.path.isdir(place) and not os.listdir(place)):
        return
    if not os.path.isdir(place) or not {ABOUT, "CURRENT"} & set(os.listdir(place)):
        raise StoreError(place, "something else is there", "give a new folder")
    if not force:
        raise StoreError(place, "a store is there", "use --force to replace it, or give another folder")


@contextmanager
def _beside(place: str) -> Iterator[str]:
    """Give an empty folder beside a place; take away what is left in it at the end."""
    building = _building(place)
    try:
        if os.path.isdir(building):
            with suppress(FileNotFoundError):
                ox.Store(building)  # fails while another process is at it; closed again at once
            shutil.rmtree(building)
        os.mkdir(building)
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            raise StoreError(place, "another process is loading it", "wait until it is done") from error
        raise StoreError(place, str(getattr(error, "strerror", None) or error), "give another folder") from error
    with undone_at_end(lambda: remove_folder(building)):
        try:
            yield building
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError(place, reason, _MAKE_ROOM) from error


def _building(place: str) -> str:
    folder, name = os.path.split(place)
    return os.path.join(folder, f".{name}.loading")


def _older(place: str) -> str:
    """Return where the store that is being replaced waits until the new one is in its place."""
    return f"{_building(place)}.old"


def _count(graph: Graph, before: int, links: int) -> Loaded:
    triples = len(graph)
    claims, networks = (
        int(str(graph.select(f"SELECT (COUNT(*) AS ?n) {{ ?x a nlc:{kind} }}").rows[0][0]))
        for kind in ("Claim", "Network")
    )
    return Loaded(triples, triples - before, claims, networks, links)


def _settle(building: str) -> None:
    """Merge the parts, until opening the store changes them no more: opening moves in what the log still holds."""
    ox.Store(building).optimize()
    before: dict[str, int] = {}
    while before != (before := _parts(building)):
        ox.Store(building).flush()


def _parts(place: str) -> dict[str, int]:
    """Return the files that hold triples, with their sizes in bytes. What opening alone leaves does not count."""
    return {
        entry.name: entry.stat().st_size
        for entry in sorted(os.scandir(place), key=lambda entry: entry.name)
        if entry.name.endswith(".sst") or (entry.name.endswith(".log") and entry.stat().st_size)
    }


def _write_about(building: str, about: dict[str, Any]) -> None:
    with open(os.path.join(building, ABOUT), "w", encoding="utf-8") as file:
        json.dump(about, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _replace(building: str, place: str) -> None:
    old = _older(place)
    if os.path.isdir(place):
        remove_folder(old)
    with ExitStack() as stack:
        with undivided():
            if os.path.isdir(place):
                os.rename(place, old)
            try:
                os.rename(building, place)
            except OSError:
                if os.path.isdir(old):
                    os.rename(old, place)
                raise
            stack.enter_context(undone_at_end(lambda: remove_folder(old)))


class _Watched:
    """A file that tells what is read from it, and how far it has been read."""

    def __init__(self, file: BinaryIO, told: Callable[[bytes, int], None]) -> None:
        self._file, self._told, self._read = file, told, 0

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes."""
        data = self._file.read(size)
        self._read += len(data)
        self._told(data, self._read)
        return data
