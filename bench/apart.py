"""Work in a process of its own. One that breaks off ends the bench with the last it said: nobody waits for it."""

import multiprocessing
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

_AT_ONCE_SECONDS = 10


class BrokeOff(Exception):  # noqa: N818 reads as what happened
    """What a process said last."""


class _Last(NamedTuple):
    words: str


class Apart:
    """Runs `work(pipe, *args)`; `send` and `receive` are this end of the pipe. Raises `BrokeOff` where it has died.

    `daemon`: it ends with the bench, and may start no process itself.
    """

    def __init__(
        self, work: Callable[..., object], *args: object, method: str = "spawn", daemon: bool = False, name: str = ""
    ) -> None:
        context: Any = multiprocessing.get_context(method)
        self._name = name or _name(work)
        self._pipe, self._theirs = context.Pipe()
        self._process = context.Process(target=_begin, args=(self._theirs, work, args), daemon=daemon)

    def start(self) -> "Apart":
        self._process.start()
        self._theirs.close()
        return self

    @property
    def pid(self) -> int:
        return int(self._process.pid or 0)

    def send(self, what: object) -> None:
        try:
            self._pipe.send(what)
        except OSError:
            self.receive(_AT_ONCE_SECONDS)  # it has said why
            raise

    def receive(self, seconds: float | None = None) -> Any:
        """What it sends next; TimeoutError after `seconds` without a word."""
        if not wait([self._pipe, self._process.sentinel], seconds):
            raise TimeoutError(f"{self._name} said nothing for {seconds:g} seconds.")
        try:
            found = self._pipe.recv() if self._pipe.poll() else _Last("")
        except (EOFError, OSError):
            found = _Last("")
        if isinstance(found, _Last):
            raise BrokeOff(self._ended(found.words))
        return found

    def _ended(self, words: str) -> str:
        self._process.join(_AT_ONCE_SECONDS)
        code = self._process.exitcode
        how = f"by {signal.Signals(-code).name}" if code and code < 0 else f"with {code}"
        return f"{self._name} ended {how}, and said last:\n{words or 'nothing but what stands above'}"

    def join(self) -> None:
        self._process.join()

    def kill(self) -> None:
        self._process.kill()
        self._process.join()


def apart(work: Callable[..., object], *args: object, method: str = "spawn") -> Any:
    """What `work(*args)` returns, from a process of its own."""
    process = Apart(_returned, work, args, method=method, name=_name(work)).start()
    try:
        found = process.receive()
        process.join()
    finally:
        process.kill()
    return found


def _name(work: Callable[..., object]) -> str:
    return getattr(work, "__qualname__", str(work))


def _returned(pipe: Connection, work: Callable[..., object], args: tuple[object, ...]) -> None:
    pipe.send(work(*args))


def _begin(pipe: Connection, work: Callable[..., object], args: tuple[object, ...]) -> None:
    try:
        work(pipe, *args)
    except BaseException:  # noqa: BLE001 whatever it was: who waits is told
        pipe.send(_Last(traceback.format_exc()))
        raise SystemExit(1) from None
