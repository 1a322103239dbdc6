"""A process that answers strangers' queries gives up what it does not need: here, the network.

SERVICE and LOAD are refused by the check of a query's words; this is the second lock on the same door.
"""

from __future__ import annotations

import ctypes
import platform
import signal
import struct
import sys

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 1, 38, 22, 2
_ALLOW, _DENY = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Machine → its audit architecture and the number of the system call `socket` (linux/audit.h, unistd.h)."""


def die_with_parent() -> None:
    """Let the kernel end this process when the one that started it is gone (Linux; elsewhere nothing)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def drop_network() -> bool:
    """Refuse every new Internet socket in this process from now on; whether the system can do that (Linux)."""
    if sys.platform != "linux" or platform.machine() not in _SOCKET:
        return False
    program = _program(*_SOCKET[platform.machine()])
    code = ctypes.create_string_buffer(program)
    header = struct.pack("HP", len(program) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return int(libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(header), 0, 0)) == 0


def _program(architecture: int, socket: int) -> bytes:
    """The filter in BPF: socket(AF_INET or AF_INET6, …) fails, all else is allowed."""
    load, equal, give = 0x20, 0x15, 0x06
    steps = [
        (load, 0, 0, 4),  # the architecture
        (equal, 0, 5, architecture),
        (load, 0, 0, 0),  # the system call's number
        (equal, 0, 3, socket),
        (load, 0, 0, 16),  # its first argument: the address family
        (equal, 2, 0, 2),
        (equal, 1, 0, 10),
        (give, 0, 0, _ALLOW),
        (give, 0, 0, _DENY),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
