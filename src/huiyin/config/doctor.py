"""What an installation needs, looked at one by one. Looking changes nothing."""

import datetime as dt
import os
import shutil
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from cryptography.fernet import Fernet

from huiyin.config import doctor_live
from huiyin.config.database import DatabaseUnavailableError, database_url, embedded_folder
from huiyin.config.doctor_database import DATABASE_CHECKS, a_meeting_is_near
from huiyin.config.doctor_finding import Finding
from huiyin.config.home import home, read_secrets, secrets_file
from huiyin.config.server import port_is_free

__all__ = ["Finding", "examine"]

SITE = Path(__file__).resolve().parent.parent / "site"
PYTHON = (3, 11)
FREE_BYTES = 1 << 30
KEY_ADVICE = "restore secrets.toml from your backup; without the old keys personal data cannot be read any more"


def examine(port: int, live_port: int | None = None) -> list[Finding]:
    """`live_port` None: where the settings, or else habit, would have it."""
    simple = (_python, _home, _secrets, _keys, _disk, _time_zone, _holidays, _front_end, doctor_live.open_files)
    findings = [check() for check in simple]
    findings.append(_port(port))
    serving = findings[-1].detail == SERVING
    return [*findings, *_database(serving=serving, live_port=live_port or doctor_live.port(port))]


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", found, "install Python 3.11 or newer", ok=sys.version_info >= PYTHON)


def _home() -> Finding:
    folders = [home(), home() / "media"]
    closed = [folder for folder in folders if folder.exists() and not os.access(folder, os.W_OK | os.X_OK)]
    detail = f"{closed[0]} cannot be written" if closed else f"{home()} and its media folder can be written"
    return Finding("folder", detail, "give the folder to the user who runs huiyin, or set HUIYIN_HOME", ok=not closed)


def _secrets() -> Finding:
    if all(os.environ.get(f"HUIYIN_{name.upper()}") for name in ("secret_key", "private_keys")):
        return Finding("secrets", "from the environment")
    path = secrets_file()
    if not path.exists():
        advice = KEY_ADVICE if embedded_folder().exists() else "the first huiyin migrate or huiyin demo makes them"
        return Finding("secrets", f"{path} is missing", advice, ok=False)
    mode = path.stat().st_mode & 0o777
    private = not mode & 0o077
    detail = f"{path}, readable by its owner only" if private else f"{path} can be read by others ({mode:o})"
    return Finding("secrets", detail, f"chmod 600 {path}", ok=private)


def _keys() -> Finding:
    keys = [key for key in read_secrets()["private_keys"].split(",") if key]
    try:
        for key in keys:
            Fernet(key)
    except ValueError as error:
        return Finding("private keys", str(error), KEY_ADVICE, ok=False)
    return Finding("private keys", f"{len(keys)} for personal data", KEY_ADVICE, ok=bool(keys))


def _disk() -> Finding:
    folder = next(folder for folder in (home(), *home().parents) if folder.exists())
    free = shutil.disk_usage(folder).free
    return Finding("disk", f"{free / 2**30:.1f} GiB free", f"free some space on {folder}", ok=free >= FREE_BYTES)


def _time_zone() -> Finding:
    name = os.environ.get("HUIYIN_TZ", "Asia/Shanghai")
    try:
        now = dt.datetime.now(zoneinfo.ZoneInfo(name))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return Finding("time zone", f"{name} is unknown", "set HUIYIN_TZ, for instance Asia/Shanghai", ok=False)
    return Finding("time zone", f"{name}, where it is {now:%Y-%m-%d %H:%M}")


def _holidays() -> Finding:
    import chinese_calendar  # type: ignore[import-untyped]  # noqa: PLC0415 - heavy

    today = dt.datetime.now(dt.UTC).date()
    try:
        chinese_calendar.is_workday(today)
    except NotImplementedError:
        advice = "pip install --upgrade chinesecalendar; until then deadlines count Monday to Friday as working days"
        return Finding("holidays", f"{today.year} is unknown", advice, ok=False)
    return Finding("holidays", f"{today.year} is known")


def _front_end() -> Finding:
    missing = [name for name in ("app.js", "app.css") if not (SITE / "static" / "dist" / name).exists()]
    detail = f"{' and '.join(missing)} missing" if missing else "built"
    return Finding(
        "front end", detail, "in a source tree: make run; else install the released wheel again", ok=not missing
    )


SERVING = "Huiyin answers there"


def _port(port: int) -> Finding:
    name = f"port {port}"
    if port_is_free("127.0.0.1", port):
        return Finding(name, "free")
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=3)) as connection:
            connection.request("HEAD", "/static/dist/app.css")
            ours = connection.getresponse().status == 200  # noqa: PLR2004
    except (OSError, HTTPException):
        ours = False
    return Finding(name, SERVING if ours else "taken by another program", "choose another with --port", ok=ours)


def _database(*, serving: bool, live_port: int) -> Iterator[Finding]:
    advice = "start it, or correct DATABASE_URL"
    if not os.environ.get("DATABASE_URL") and not embedded_folder().exists():
        yield Finding("database", "there is none yet", "huiyin migrate makes it (huiyin demo fills it, too)", ok=False)
        return
    try:
        os.environ["DATABASE_URL"] = database_url()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
        import django  # noqa: PLC0415 - only now is the address known
        from django.db import Error  # noqa: PLC0415

        django.setup()
    except DatabaseUnavailableError as error:
        yield Finding("database", str(error), advice, ok=False)
        return
    check: Callable[..., Finding]
    for name, check in DATABASE_CHECKS.items():
        try:
            yield check(serving=serving)
        except Error as error:
            yield Finding(name, str(error).strip().split("\n", 1)[0], advice, ok=False)
            return
    try:
        wanted = serving and a_meeting_is_near()
    except Error:  # its tables are missing: said above
        wanted = False
    yield doctor_live.answers(live_port, wanted=wanted)
