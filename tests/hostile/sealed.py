"""A process that the kernel ends when it opens an internet socket, be it in Python or in a compiled library."""

from __future__ import annotations

import ctypes
import platform
import socket
import struct
import sys

#: Machine to its number in Linux's audit.h and to the number of the call ``socket``.
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
CAN_SEAL = sys.platform.startswith("linux") and platform.machine() in _MACHINES
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06


def seal() -> None:
    """End this process, and those that it starts, by SIGSYS when it opens an IPv4 or IPv6 socket.

    A filter for the calls of the kernel (seccomp, Linux 3.17): load a word, compare, jump, return.
    """
    machine, number = _MACHINES[platform.machine()]
    program = [
        (_LOAD, 0, 0, 4),  # the machine
        (_EQUAL, 0, 5, machine),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_EQUAL, 0, 3, number),
        (_LOAD, 0, 0, 16),  # its first argument, the family of the socket
        (_EQUAL, 2, 0, socket.AF_INET),
        (_EQUAL, 1, 0, socket.AF_INET6),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _KILL),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    buffer = ctypes.create_string_buffer(code)
    filter_ = struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(_SECCOMP, _FILTER, ctypes.c_char_p(filter_), 0, 0):
        raise OSError(ctypes.get_errno(), "cannot be sealed")
