"""Processes that answer tasks; one that runs too long or grows too big is ended and replaced."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import struct
import sys
from pathlib import Path
from typing import Any

from kg import errors
from kg.api.site.index import FOLDER
from kg.api.worker import NETWORK
from kg.errors import KgError, QueryError, QueryTimeoutError, StoreBusyError, StoreError
from kg.server.cache import Cache
from kg.server.settings import Settings

_LENGTH = struct.Struct(">Q")
_LOOK = 0.05
"""Seconds between looks at a working process's memory."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


class InternalError(Exception):
    """A task failed by a mistake of ours."""


class _Worker:
    """One process, started by the first task."""

    def __init__(self, graph: Path, memory: int, index: Path, *, network: bool) -> None:
        self._graph, self._memory, self._index = graph, memory, index
        self._arguments = [NETWORK] if network else []
        self._process: asyncio.subprocess.Process | None = None
        self._too_big = False

    async def start(self) -> asyncio.subprocess.Process:
        """The running process, a new one where there is none."""
        if self._process is None or self._process.returncode is not None:
            self._too_big = False
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "kg.api.worker",
                str(self._graph),
                *self._arguments,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env={**os.environ, FOLDER: str(self._index)},
                limit=1 << 22,
            )
        return self._process

    async def call(self, task: str, seconds: float, arguments: dict[str, Any]) -> tuple[Any, int]:
        """The task's result and its size in bytes; every other end of the call leaves no process behind."""
        process = await self.start()
        watch = asyncio.get_running_loop().call_later(_LOOK, self._look, process)
        self._watch = watch
        done = False
        try:
            async with asyncio.timeout(seconds):
                answer = await _exchange(process, (task, arguments))
            done = True
        except TimeoutError:
            raise QueryTimeoutError(f"stopped after {seconds:g} s") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            if self._too_big:
                raise QueryError(f"stopped: it needs more than {self._memory >> 20} MiB of memory") from None
            raise StoreError("the process that answers has ended; try again") from None
        finally:
            self._watch.cancel()
            if not done:
                await self.stop()
        kind, value, size = answer
        return _result(kind, value), size

    def _look(self, process: asyncio.subprocess.Process) -> None:
        if _resident(process.pid) > self._memory:
            self._too_big = True
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            return
        self._watch = asyncio.get_running_loop().call_later(_LOOK, self._look, process)

    async def stop(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


class Pool:
    """A number of processes on one graph, and a line of requests that wait for them.

    They share the pages' index in the folder `index`. `network`: their queries may ask other servers.
    """

    def __init__(self, settings: Settings, index: Path, *, size: int, network: bool = False) -> None:
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._workers = [_Worker(settings.graph, settings.memory, index, network=network) for _ in range(size)]
        for worker in self._workers:
            self._idle.put_nowait(worker)
        self._cache = Cache(settings.graph)
        self._running: dict[object, asyncio.Future[Any]] = {}
        self._waiting, self._room, self._patience = 0, settings.waiting, settings.patience

    async def start(self) -> None:
        """Start all processes now, so that the first request does not wait for one."""
        await asyncio.gather(*(worker.start() for worker in self._workers))

    async def call(self, task: str, /, *, seconds: float, **arguments: Any) -> Any:
        """The result of a task (a name in `kg.api.worker.TASKS`).

        Raises what the task raised, `QueryTimeoutError` past its seconds, `StoreBusyError` where no process
        becomes free.
        """
        worker = await self._free()
        try:
            return (await worker.call(task, seconds, arguments))[0]
        finally:
            self._idle.put_nowait(worker)

    async def recall(self, task: str, /, *, seconds: float, **arguments: Any) -> Any:
        """As `call`, but the same question is worked on once: while it runs, and as long as the graph is the same."""
        key = (task, repr(sorted(arguments.items())))
        known = self._cache.get(key)
        if known is not None:
            return known
        if key not in self._running:
            fresh = asyncio.ensure_future(self._fresh(key, task, seconds, arguments))
            self._running[key] = fresh
            fresh.add_done_callback(lambda _: self._running.pop(key))
        return await asyncio.shield(self._running[key])

    async def _fresh(self, key: object, task: str, seconds: float, arguments: dict[str, Any]) -> Any:
        worker = await self._free()
        try:
            value, size = await worker.call(task, seconds, arguments)
        finally:
            self._idle.put_nowait(worker)
        self._cache.put(key, value, size)
        return value

    async def _free(self) -> _Worker:
        if self._waiting >= self._room:
            raise StoreBusyError("too many requests wait; try again later")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                return await self._idle.get()
        except TimeoutError:
            raise StoreBusyError("all processes are busy; try again later") from None
        finally:
            self._waiting -= 1

    async def stop(self) -> None:
        """End all processes."""
        await asyncio.gather(*(worker.stop() for worker in self._workers))


async def _exchange(process: asyncio.subprocess.Process, task: tuple[str, dict[str, Any]]) -> tuple[str, Any, int]:
    assert process.stdin is not None
    assert process.stdout is not None
    body = pickle.dumps(task, protocol=pickle.HIGHEST_PROTOCOL)
    process.stdin.write(_LENGTH.pack(len(body)) + body)
    await process.stdin.drain()
    (length,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
    # The other end is our own code, started by us: what it pickles is trusted.
    kind, value = pickle.loads(await process.stdout.readexactly(length))
    return kind, value, length


def _result(kind: str, value: Any) -> Any:
    if kind == "ok":
        return value
    name, message, suggestions = value
    raised = getattr(errors, name, None)
    if raised is None or not issubclass(raised, KgError):
        raise InternalError(message)
    error: KgError = raised.__new__(raised)
    Exception.__init__(error, message)
    error.suggestions = suggestions  # type: ignore[attr-defined]
    raise error


def _resident(pid: int) -> int:
    """Bytes of memory that a process holds; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
