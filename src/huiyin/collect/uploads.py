"""Files that came through the browser: kept only as long as they are needed, for they name people."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from huiyin.collect.importing.maps import Map
from huiyin.collect.importing.preview import Preview, preview
from huiyin.collect.models import ImportRun
from huiyin.people.models import Account

UNFINISHED = (ImportRun.State.WAITING, ImportRun.State.RUNNING)
KEPT = timedelta(days=7)


def take_in(file: UploadedFile[Any], by: Account) -> ImportRun:
    """Store the file and look into it. Raises `FileProblem`, and then nothing is kept."""
    record = ImportRun(name=(file.name or "")[:200], by=by)
    record.file.save(file.name or "import", file, save=False)
    try:
        record.rows = preview(path_of(record)).count
        record.save()
    except BaseException:
        record.file.delete(save=False)
        raise
    return record


def path_of(record: ImportRun) -> Path:
    return Path(record.file.path)


def look(record: ImportRun) -> Preview:
    return preview(path_of(record))


def start(record: ImportRun, map_: Map, *, dry_run: bool) -> None:
    """Hand the file to the worker; the task commits with the row."""
    from huiyin.collect.tasks import import_run  # noqa: PLC0415 tasks import this module

    with transaction.atomic():
        waiting = ImportRun.objects.filter(pk=record.pk).exclude(state=ImportRun.State.RUNNING).update(
            map_name=map_.name, source=map_.source, dry_run=dry_run, state=ImportRun.State.WAITING,
            done=0, created=0, known=0, refused=0, message="", report="", finished_at=None,
        )  # fmt: skip
        if waiting:
            import_run.defer(run_id=record.pk)


def fail(record: ImportRun, message: str) -> None:
    record.state, record.message, record.finished_at = ImportRun.State.FAILED, message[:300], timezone.now()
    record.save(update_fields=["state", "message", "finished_at"])


def forget_file(record: ImportRun) -> None:
    record.file.delete(save=True)


def forget_files(*, before: datetime) -> None:
    for record in ImportRun.objects.filter(started_at__lt=before).exclude(file=""):
        forget_file(record)
