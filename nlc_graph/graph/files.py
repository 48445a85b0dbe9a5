"""Read RDF files: find them, parse them, name their errors, and refuse what a parser would not survive.

Oxigraph crashes on deeply nested triple terms, takes hours over deeply nested XML and fills memory with XML entities.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from ..errors import UnknownFormatError, UnreadableFileError

if TYPE_CHECKING:
    from mmap import mmap

PathLike = str | os.PathLike[str]

#: Suffixes of the files that can be read.
READERS: dict[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}
#: Those without named graphs, which Oxigraph loads three times as fast.
_TRIPLES_ONLY = (".ttl", ".nt", ".rdf", ".owl")
_TURTLE = (".nt", ".nq", ".ttl", ".trig")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

#: What to do with a malformed file.
MEND = "correct the file and try again"

#: Nesting deeper than any person or program writes.
MAX_DEPTH = 500
#: Characters of an XML entity: longer than any namespace, which is what RDF/XML uses entities for.
MAX_ENTITY = 1000
#: Bytes of JSON-LD and RDF/XML, whose parsers take up to 50 and 5 times as much memory.
MAX_JSON, MAX_XML = 32_000_000, 100_000_000
_MAX_BYTES = {".jsonld": MAX_JSON, ".rdf": MAX_XML, ".owl": MAX_XML}


def files_in(paths: Iterable[PathLike]) -> Iterator[str]:
    """Yield files, and the readable files of folders and their sub-folders in order of name.

    :raises UnreadableFileError: if a path does not exist or a folder holds no readable file
    :raises UnknownFormatError: if the suffix of a file that was named is unknown
    """
    for given in paths:
        path = os.fspath(given)
        if os.path.isdir(path):
            yield from _files_of_folder(path)
        elif not os.path.exists(path):
            raise UnreadableFileError(path, "no such file or folder", code="missing-file")
        elif _suffix(path) not in READERS:
            raise UnknownFormatError(os.path.basename(path), READERS)
        else:
            yield path


def triples_in(path: str) -> Iterator[ox.Triple]:
    """Yield the triples of a file.

    :raises UnreadableFileError: if it cannot be read or is malformed
    """
    with _opened(path) as file:
        for quad in _parse(file, path):
            yield quad.triple


def load_file(store: ox.Store, path: str, watch: Callable[[BinaryIO], BinaryIO] = lambda file: file) -> dict[str, str]:
    """Load all triples of a file into the default graph of a store, or none of them.

    :param watch: may wrap the open file, to see how far it was read
    :returns: the prefixes declared at its head
    :raises UnreadableFileError: if it cannot be read or is malformed
    """
    with _opened(path) as file:
        start = file.tell()
        parser = _parse(file, path)
        for _ in islice(parser, 1):  # reads the prefixes
            pass
        file.seek(start)
        if _suffix(path) in _TRIPLES_ONLY:
            store.bulk_load(watch(file), format=READERS[_suffix(path)], base_iri=_base(path))
        else:
            store.bulk_extend(ox.Quad(*quad.triple) for quad in _parse(watch(file), path))
    return parser.prefixes


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    """Open a file after its byte order mark, and raise our errors for those of the system and the parser.

    :raises UnreadableFileError: if it cannot be read or is malformed
    """
    try:
        check_limits(path)
        with open(path, "rb") as file:
            if file.read(len(_BYTE_ORDER_MARK)) != _BYTE_ORDER_MARK:
                file.seek(0)
            yield file
    except SyntaxError as error:
        if kind := what_it_is(path):
            raise UnreadableFileError(path, kind[0], None, kind[1], code="wrong-kind-of-file") from error
        reason = str(error.msg).split(": ", 1)[-1]
        raise UnreadableFileError(path, reason, error.lineno, MEND, error.offset, code="bad-syntax") from error
    except OSError as error:
        reason = re.sub(r" \(os error \d+\)$", "", error.strerror or str(error))
        raise UnreadableFileError(path, reason) from error


def _parse(file: BinaryIO, path: str) -> ox.QuadParser:
    # Renamed: _:b0 of one file is not that of another. bulk_load does this by itself.
    return ox.parse(file, format=READERS[_suffix(path)], base_iri=_base(path), rename_blank_nodes=True)


def _files_of_folder(folder: str) -> list[str]:
    def refuse(error: OSError) -> None:  # evidence in a part that cannot be read would be missed
        raise UnreadableFileError(str(error.filename), error.strerror or str(error)) from error

    walk = os.walk(folder, onerror=refuse)
    found = sorted(os.path.join(place, name) for place, _, names in walk for name in names)
    readable = [file for file in found if _suffix(file) in READERS]
    if not readable:
        raise UnreadableFileError(folder, f"no file in this folder ends in {', '.join(READERS)}", code="missing-file")
    return readable


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _base(path: str) -> str:
    from pathlib import Path  # costs as much at the start as a third of the bundled evidence

    return Path(path).resolve().as_uri()


# -- what an unreadable file is instead -------------------------------------------------------------------------------

_SAVE_SHEET = "open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8"
_UNPACK = "unpack it first"
#: First bytes to the kind of file and what to do.
_KINDS: dict[bytes, tuple[str, str]] = {
    b"\x1f\x8b": ("it is compressed (gzip)", _UNPACK),
    b"BZh": ("it is compressed (bzip2)", _UNPACK),
    b"\xfd7zXZ": ("it is compressed (xz)", _UNPACK),
    b"\x28\xb5\x2f\xfd": ("it is compressed (zstd)", _UNPACK),
    b"7z\xbc\xaf": ("it is a 7z archive", _UNPACK),
    b"PK\x03\x04": ("it is a ZIP archive or an office document", f"unpack it; if it is a table, {_SAVE_SHEET}"),
    b"\xd0\xcf\x11\xe0": (
        "it is an office document of the older kind (.xls, .doc), or one with a password",
        f"{_SAVE_SHEET}, without a password",
    ),
    b"%PDF": ("it is a PDF", "give the data itself"),
    b"\xff\xfe": ("it is text in UTF-16", "save it as UTF-8"),
    b"\xfe\xff": ("it is text in UTF-16", "save it as UTF-8"),
    b"version https://git-lfs": ("it is a Git LFS pointer", "fetch the file itself: git lfs pull"),
    b"\0": ("it is not a text file", "give another file"),
}
_HTML = rb"(?i)\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body|table)\b"


def what_it_is(path: str) -> tuple[str, str] | None:
    """Return the kind of a file that is not text, and what to do with it; None if it may be text or cannot be read.

    >>> what_it_is(__file__) is None
    True
    """
    try:
        with open(path, "rb") as file:
            head = file.read(1024)
    except OSError:
        return None
    for start, kind in _KINDS.items():
        if head.startswith(start):
            return kind
    if re.match(_HTML, head.removeprefix(_BYTE_ORDER_MARK)):
        return "it is an HTML page", f"download the file itself; if the page is a table, {_SAVE_SHEET}"
    return None


# -- limits -----------------------------------------------------------------------------------------------------------

# Texts, not patterns: re compiles them when first needed, and most files need none.
_ENTITY = rb"""<!ENTITY\s+(?P<parameter>%\s+)?[^\s>]+\s+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|\w*)"""
#: For each format what opens and closes a level of nesting. Comments, texts and IRIs match too, so that what looks like
#: a bracket in them does not count; one that never ends matches to the end of the file.
_NESTING = {
    "elements": rb"""(?xs)<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|(?P<close></)
        |(?P<open><[^\s<>/!?])[^<>"'/]*+(?:"[^"]*"[^<>"'/]*+|'[^']*'[^<>"'/]*+|/(?!>))*+(?P<whole>/)?>""",
    "brackets": rb'(?s)"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)|(?P<open>[\[{])|(?P<close>[\]}])',
    "triple terms": rb'''(?xs)"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)|"(?!"")(?:[^"\\\n]|\\.)*+"?
        |\'\'\'(?:[^'\\]|\\.|'(?!\'\'))*+(?:\'\'\'|\Z)|'(?!\'\')(?:[^'\\\n]|\\.)*+'?
        |\#[^\n]*+|(?P<open><<\()|<[^<>\s]*+>|(?P<close>\)>>)''',
}
_TRIPLE_TERM = b"<<("
_PIECE = 1 << 20


def check_limits(path: str) -> None:
    """Refuse a file that could make its parser fill memory, crash or wait for ever.

    :raises UnreadableFileError: if it is no regular file, too large for its format, nested deeper than
        :data:`MAX_DEPTH`, or has XML entities other than short texts
    :raises OSError: if it cannot be read
    """
    check_file(path)
    suffix = _suffix(path)
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > _MAX_BYTES.get(suffix, size):
            reason = f"larger than {_MAX_BYTES[suffix] // 1_000_000} MB"
            hint = "write it as Turtle or N-Triples, or split it"
            raise UnreadableFileError(path, reason, hint=hint, code="too-large")
        if not size or (suffix in _TURTLE and not _holds_triple_term(file)):
            return
        from mmap import ACCESS_READ, mmap

        with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            check_nesting(path, content, suffix)


def check_file(path: str) -> None:
    """Refuse a folder, pipe or device, which might be read for ever.

    :raises UnreadableFileError: if it is one
    :raises OSError: if nothing is there
    """
    if not os.path.isfile(path):
        os.stat(path)
        kind = "a folder" if os.path.isdir(path) else "a device or a pipe"
        raise UnreadableFileError(path, kind, hint="give a file", code="wrong-kind-of-file")


def check_nesting(name: str, content: bytes | mmap, suffix: str) -> None:
    """Refuse deep nesting, and XML entities that could fill memory.

    :param name: path or other name of the content, for the error
    :param suffix: the format, as the suffix of a file
    :raises UnreadableFileError: if the content is refused
    """
    if suffix in _TURTLE:
        if content.find(_TRIPLE_TERM) >= 0:
            _check_depth(name, content, "triple terms")
    elif suffix == ".jsonld":
        _check_depth(name, content, "brackets")
    else:
        _check_entities(name, content)
        _check_depth(name, content, "elements")


def _check_depth(name: str, content: bytes | mmap, what: str) -> None:
    depth = 0
    for found in re.finditer(_NESTING[what], content):
        marks = found.groupdict()
        if marks["close"]:
            depth -= 1
        elif marks["open"] and not marks.get("whole"):
            depth += 1
        if depth > MAX_DEPTH:
            line = content[: found.start()].count(b"\n") + 1
            reason = f"{what} are nested more than {MAX_DEPTH} deep"
            raise UnreadableFileError(name, reason, line, "write the file flatter", code="too-deep")


def _check_entities(name: str, content: bytes | mmap) -> None:
    for found in re.finditer(_ENTITY, content):
        value = found["double"] if found["double"] is not None else found["single"]
        if value is None or found["parameter"] or b"&" in value or len(value) > MAX_ENTITY:
            line = content[: found.start()].count(b"\n") + 1
            reason = "an XML entity that could fill memory"
            raise UnreadableFileError(name, reason, line, "write its text out instead", code="xml-entity")


def _holds_triple_term(file: BinaryIO) -> bool:
    """Search a file piece by piece: few files hold triple terms, and a mapped file counts as memory."""
    before = b""
    while piece := file.read(_PIECE):
        if _TRIPLE_TERM in before + piece:
            return True
        before = piece[1 - len(_TRIPLE_TERM) :]
    return False
