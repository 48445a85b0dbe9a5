"""Stores on disk: built in a folder beside the target, renamed when complete, and opened read-only.

The folder is an Oxigraph (RocksDB) store with one more file, :data:`ABOUT`, which is written last. It records what was
loaded, and by which version with which rules, so that an incomplete store or one of another version is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple

import pyoxigraph as ox

from .. import resources
from ..errors import StoreError
from ..vocabulary import PREFIXES, is_iri
from ..write import replace_folder
from .graph import Graph, files_in

#: The file that makes a folder a store.
ABOUT = "nlc-graph.json"
#: Increased whenever a store of an older version can no longer be used.
FORMAT = 6

PathLike = str | os.PathLike[str]
#: Called with the name of a step, and the bytes read so far and in all; these are 0 while nothing is read.
Progress = Callable[[str, int, int], None]


class Building(NamedTuple):
    """A store that is nearly complete.

    :param folder: where further files of the store may be written
    :param identity: identifies the store; such files should carry it
    """

    graph: Graph
    store: ox.Store
    folder: str
    identity: str


class Built(NamedTuple):
    """The numbers of triples in a store, and of those derived by rules."""

    triples: int
    derived: int


class StoredGraph(Graph):
    """A graph in a store on disk, which cannot be changed.

    :ivar folder: folder of the store
    :ivar identity: identifies the store
    """

    def __init__(self, folder: str, about: dict[str, Any]) -> None:
        super().__init__(ox.Store.read_only(folder), about["prefixes"], read_only=True)
        self.folder = folder
        self.identity: str = about["identity"]


def build_store(
    place: PathLike,
    *paths: PathLike,
    bundled: bool = True,
    force: bool = False,
    progress: Progress = lambda step, done, total: None,
    finish: Callable[[Building], object] = lambda building: None,
) -> Built:
    """Load the ontology, the bundled evidence and files into a store on disk, and derive triples by the rules.

    :param place: folder to create; its parent must exist
    :param paths: files, or folders whose files are loaded
    :param bundled: whether the evidence of the 2005 enquiry is loaded
    :param force: replace a store in ``place``, but nothing else
    :param finish: adds files to the store
    :raises UnreadableFileError: if a file is missing, malformed or of an unknown suffix
    :raises StoreError: if something else is in ``place``
    :raises UnwritableFileError: if the store cannot be written
    """
    place = os.path.realpath(place)
    _check_free(place, force)
    own = [*resources.ontology_files(), *(resources.data_files() if bundled else [])]
    files = [*own, *files_in(paths)]
    identity = os.urandom(8).hex()
    with replace_folder(place) as folder:
        store = ox.Store(folder)
        graph = Graph(store)
        _read(graph, files, own, progress)
        progress("applying the rules", 0, 0)
        before = len(graph)
        graph.derive()
        built = Built(len(graph), len(graph) - before)
        progress("sorting", 0, 0)
        store.optimize()
        progress("counting links", 0, 0)
        finish(Building(graph, store, folder, identity))
        prefixes = {name: iri for name, iri in graph.prefixes.items() if name not in PREFIXES}
        graph.close()
        del store
        _write_about(folder, identity=identity, files=list(map(os.path.basename, files)), prefixes=prefixes)
    progress("done", 0, 0)
    return built


def open_store(place: PathLike) -> StoredGraph:
    """Open a store on disk for reading; several processes may do so at once.

    :raises StoreError: if there is none, or it is incomplete, damaged or of another version
    """
    place = os.path.realpath(place)
    about = read_about(place)
    for name in os.listdir(place):
        if name.startswith("LOG.old."):  # each opening adds one
            with suppress(OSError):
                os.unlink(os.path.join(place, name))
    try:
        return StoredGraph(place, about)
    except (OSError, RuntimeError) as error:
        raise StoreError(place, f"the store is damaged ({str(error).splitlines()[0]})") from error


def read_about(place: str) -> dict[str, Any]:
    """Return what :data:`ABOUT` records about a store.

    :raises StoreError: if there is no store, or it is incomplete or of another version
    """
    name = os.path.join(place, ABOUT)
    if not os.path.isfile(name):
        if os.path.exists(os.path.join(place, "CURRENT")):
            raise StoreError(place, f"incomplete, or not loaded by nlc-graph (no {ABOUT} in it)")
        raise StoreError(place, "no such store", f"build one with: nlc-graph load {place}")
    try:
        with open(name, encoding="utf-8") as file:
            about = dict(json.load(file))
        version, is_current = str(about["version"]), (about["format"], about["rules"]) == (FORMAT, rules_digest())
        if is_current and not all(map(is_iri, about["prefixes"].values())):
            raise ValueError("a prefix without IRI")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreError(place, f"its {ABOUT} cannot be read") from error
    if not is_current:
        reason = f"it was written by nlc-graph {version}, with another format, ontology or rules"
        raise StoreError(place, reason, "load it again, or use that version")
    return about


def rules_digest() -> str:
    """Return a digest of the ontology, the vocabularies and the rules, on which derived triples depend."""
    digest = hashlib.sha256()
    for path in (*resources.ontology_files(), *resources.rule_files()):
        digest.update(resources.read_bytes(path))
    return digest.hexdigest()


def _check_free(place: str, force: bool) -> None:
    if not os.path.isdir(os.path.dirname(place)):
        raise StoreError(place, "the folder that would contain it does not exist", "create that first")
    if not os.path.lexists(place) or (os.path.isdir(place) and not os.listdir(place)):
        return
    if not os.path.isdir(place) or not {ABOUT, "CURRENT"} & set(os.listdir(place)):
        raise StoreError(place, "it exists and is not a store", "give a new folder")
    if not force:
        raise StoreError(place, "it is a store already", "use --force to replace it, or give another folder")


def _read(graph: Graph, files: Iterable[str], own: Iterable[str], progress: Progress) -> None:
    sizes = {path: os.path.getsize(path) for path in files}
    before = 0
    for path, size in sizes.items():

        def watched(file: BinaryIO, before: int = before) -> Any:
            return _Watched(file, lambda done: progress("reading", before + done, sum(sizes.values())))

        graph.read(path, watched, learn=path not in own)
        before += size


class _Watched:
    """A file that reports how far it has been read."""

    def __init__(self, file: BinaryIO, report: Callable[[int], None]) -> None:
        self._file, self._report, self._done = file, report, 0

    def read(self, size: int = -1) -> bytes:
        """Read some bytes."""
        data = self._file.read(size)
        self._done += len(data)
        self._report(self._done)
        return data


def _write_about(folder: str, **about: object) -> None:
    from importlib.metadata import version  # 25 ms that only loading needs

    about = {"format": FORMAT, "version": version("nlc-graph"), "rules": rules_digest(), **about}
    with open(os.path.join(folder, ABOUT), "w", encoding="utf-8") as file:
        json.dump(about, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
