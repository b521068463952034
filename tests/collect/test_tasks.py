from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.utils import timezone
from tests.collect.conftest import row

from huiyin.cases.models import Case
from huiyin.collect import tasks
from huiyin.collect.models import ImportRun, RateWindow

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(export):
    made = ImportRun(name="t.csv", map_name="hotline12345")
    made.file.save("t.csv", ContentFile(export([row(1), row(2)]).read_bytes()))
    return made


@pytest.fixture
def deferred(monkeypatch):
    found = []
    monkeypatch.setattr(tasks.import_run, "defer", lambda **given: found.append(given))
    return found


def state(record):
    record.refresh_from_db()
    return record.state


def test_a_finished_run_is_not_begun_again(record):
    tasks.import_run(record.pk)
    tasks.import_run(record.pk)
    assert (state(record), record.created, Case.objects.count()) == ("done", 2, 2)


def test_a_killed_run_is_begun_again_and_counts_what_it_did_before(record, deferred):
    ImportRun.objects.filter(pk=record.pk).update(state="running")
    tasks.look_after_imports(0)
    assert deferred == [{"run_id": record.pk}]
    tasks.import_run(record.pk)
    assert (state(record), record.created) == ("done", 2)


def test_a_killed_command_is_told_to_be_run_again(db, deferred):
    record = ImportRun.objects.create(name="t.csv", state="running")
    tasks.look_after_imports(0)
    assert (state(record), deferred) == ("failed", [])
    assert "run the import again" in record.message


def test_a_lost_database_leaves_the_run_to_be_begun_again(record, monkeypatch):
    def gone(*_args, **_kwargs):
        ImportRun.objects.filter(pk=record.pk).update(state="running")
        raise OperationalError("gone")

    monkeypatch.setattr(tasks, "run", gone)
    with pytest.raises(OperationalError):
        tasks.import_run(record.pk)
    assert state(record) == "running"


def test_what_nobody_foresaw_fails_the_run_and_is_not_tried_for_ever(record, monkeypatch):
    def breaks(*_args, **_kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "run", breaks)
    with pytest.raises(ZeroDivisionError):
        tasks.import_run(record.pk)
    assert state(record) == "failed"


def test_files_nobody_imported_within_a_week_are_forgotten(record):
    ImportRun.objects.filter(pk=record.pk).update(started_at=timezone.now() - timedelta(days=8))
    RateWindow.objects.create(key="old", expires_at=timezone.now() - timedelta(minutes=1))
    tasks.tidy(0)
    record.refresh_from_db()
    assert (bool(record.file), RateWindow.objects.count()) == (False, 0)
