"""What a file that cannot be read may be instead, told by its first bytes: people rename files, and send wrong ones."""

from __future__ import annotations

import re

_SAVE_SHEET = "open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8"
#: First bytes to what it is and what to do.
_KINDS: dict[bytes, tuple[str, str]] = {
    b"\x1f\x8b": ("it is compressed (gzip)", "unpack it first"),
    b"BZh": ("it is compressed (bzip2)", "unpack it first"),
    b"\xfd7zXZ": ("it is compressed (xz)", "unpack it first"),
    b"\x28\xb5\x2f\xfd": ("it is compressed (zstd)", "unpack it first"),
    b"7z\xbc\xaf": ("it is a 7z archive", "unpack it first"),
    b"PK\x03\x04": ("it is a ZIP archive or an office document", f"unpack it; if it is a table, {_SAVE_SHEET}"),
    b"\xd0\xcf\x11\xe0": (
        "it is an office document of the older kind (.xls, .doc), or one with a password",
        f"{_SAVE_SHEET}, without a password",
    ),
    b"%PDF": ("it is a PDF", "give the data itself"),
    b"\xff\xfe": ("it is text in UTF-16", "save it as UTF-8"),
    b"\xfe\xff": ("it is text in UTF-16", "save it as UTF-8"),
    b"version https://git-lfs": ("it only stands for a file kept by Git LFS", "fetch that: git lfs pull"),
    b"\0": ("it is no text", "give another file"),
}
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)


def what_it_is(path: str) -> tuple[str, str] | None:
    """Return what a file is and what to do with it; None for what may well be text, or cannot be opened.

    >>> what_it_is(__file__) is None
    True
    """
    try:
        with open(path, "rb") as file:
            head = file.read(1024)
    except OSError:
        return None
    for begin, kind in _KINDS.items():
        if head.startswith(begin):
            return kind
    return ("it is an HTML page", _SAVE_SHEET) if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) else None
