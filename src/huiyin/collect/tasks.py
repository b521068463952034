"""What the worker does for this room."""

from concurrent.futures import BrokenExecutor
from pathlib import Path

from django.db import OperationalError
from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.collect import uploads
from huiyin.collect.frequent import forget_persons
from huiyin.collect.importing import FileProblem, find_map, run
from huiyin.collect.importing.lock import held
from huiyin.collect.importing.runs import Busy
from huiyin.collect.models import ImportRun
from huiyin.collect.senders import forget_old


@app.task(name="collect.import")
def import_run(run_id: int) -> None:
    """Import an uploaded file, or go on where a killed worker left it."""
    record = ImportRun.objects.get(pk=run_id)
    if record.state not in uploads.UNFINISHED or not record.file:
        return
    try:
        run(Path(record.file.path), find_map(record.map_name), dry_run=record.dry_run, record=record)
    except Busy:
        return
    except FileProblem as problem:
        uploads.fail(record, f"{problem.zh}\n{problem.en}")
    except (OperationalError, BrokenExecutor):
        raise  # the database or a process went away: `look_after_imports` begins again
    except Exception:
        uploads.fail(record, "导入意外中断,已导入的行都在。请联系管理员。\nThe import broke; imported rows are kept.")
        raise
    if record.state == ImportRun.State.DONE and not record.dry_run:
        uploads.forget_file(record)


@app.periodic(cron="* * * * *")
@app.task(name="collect.look_after_imports", queueing_lock="collect.look_after_imports")
def look_after_imports(timestamp: int) -> None:  # noqa: ARG001 procrastinate's signature
    """Begin again what nobody works on any more: its process was killed."""
    for record in ImportRun.objects.filter(state=ImportRun.State.RUNNING):
        with held(record.pk) as free:
            if not free:
                continue
            record.refresh_from_db()
        if record.state != ImportRun.State.RUNNING:
            continue
        if record.file:
            import_run.defer(run_id=record.pk)
        else:
            uploads.fail(record, "导入中断了,再运行一次会接着导入。\nInterrupted; run the import again, it goes on.")


@app.periodic(cron="17 3 * * *")
@app.task(name="collect.tidy", queueing_lock="collect.tidy")
def tidy(timestamp: int) -> None:  # noqa: ARG001 procrastinate's signature
    """Rate windows that ended, files that nobody imported within a week, whose a review was once nobody knows them."""
    forget_old()
    forget_persons()
    uploads.forget_files(before=timezone.now() - uploads.KEPT)
