"""From an exception to the sentence a person can act on."""

import errno
import sys

import click

from huiyin.config.database_server import DatabaseUnavailableError

ADVICE = {
    errno.ENOSPC: "the disk is full; df -h shows where",
    errno.EDQUOT: "your disk quota is used up",
    errno.EACCES: "you may not read or write it",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "there is no such file",
    errno.EISDIR: "it is a folder",
}


def explain(error: Exception) -> str | None:
    """One sentence; None for what nobody foresaw."""
    if isinstance(error, click.UsageError):
        return f"{error.format_message()} ({error.ctx.command_path if error.ctx else 'huiyin'} --help says more)"
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, DatabaseUnavailableError):
        return str(error)
    if isinstance(error, OSError) and error.errno in ADVICE:
        return f"{error.filename or 'Writing'}: {ADVICE[error.errno]}."
    return _database(error) if "django.db" in sys.modules else None


def _database(error: Exception) -> str | None:
    from django.db import OperationalError, ProgrammingError

    first = (str(error).strip().splitlines() or [""])[0]
    if isinstance(error, ProgrammingError) and "does not exist" in first:
        return f"The database is behind this program ({first}): run huiyin migrate."
    if isinstance(error, OperationalError):
        return f"The database does not answer ({first}): huiyin doctor says more."
    return None
