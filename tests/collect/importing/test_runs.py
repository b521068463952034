import csv
import json
import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from click.testing import CliRunner
from django.db import OperationalError, connection
from django.utils import timezone
from tests.collect.conftest import row

from huiyin.cases.models import Case, Event
from huiyin.cli.main import cli
from huiyin.collect.importing import FileProblem, find_map, runs
from huiyin.collect.importing.runs import Busy, run
from huiyin.collect.models import ImportRun

BEIJING = ZoneInfo("Asia/Shanghai")
PAST = {
    "主办单位": "清源街道",
    "签收时间": "2026-03-02 09:00:00",
    "首次联系时间": "2026-03-02 10:00:00",
    "回复内容": "已上门排气，电话13900000421可联系。",
    "办理结果": "排气测温",
    "回复时间": "2026-03-03 09:00:00",
    "办结时间": "2026-03-03 12:00:00",
    "回访时间": "2026-03-04 15:00:00",
    "是否联系": "是",
    "是否解决": "是",
    "是否满意": "满意",
    "是否有效回访": "是",
}


@pytest.fixture
def hotline(db):
    return find_map("hotline12345")


@pytest.fixture
def _small_batches(monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 3)


def counts(result):
    return result.rows, result.created, result.known, result.refused


def lines(result):
    with Path(result.report).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def test_rows_become_cases_that_are_dispatched_when_sure(hotline, export):
    result = run(export([row(1), row(2, 二级分类="", 主要内容="有一件说不清楚的事", 标题="")]), hotline)
    assert counts(result) == (2, 2, 0, 0)
    assert result.report is None
    states = dict(Case.objects.values_list("source_id", "state"))
    assert states == {"K1": "to_accept", "K2": "received"}
    case = Case.objects.get(source_id="K1")
    assert (case.created_at, case.lead.code) == (datetime(2026, 3, 2, 8, 5, tzinfo=BEIJING), "qingyuan")


def test_nothing_is_dispatched_when_asked_not_to(hotline, export):
    run(export([row()]), hotline, assign=False)
    assert Case.objects.get().state == "received"


def test_the_same_file_again_changes_nothing(hotline, export):
    path = export([row(1), row(2)])
    run(path, hotline)
    before = list(Event.objects.values_list("hash", flat=True))
    assert counts(run(path, hotline)) == (2, 0, 2, 0)
    assert list(Event.objects.values_list("hash", flat=True)) == before


def test_a_dry_run_writes_no_case_and_counts_the_same(hotline, export):
    path = export([row(1), row(2, 来电时间="2026-02-30"), row(1)])
    dry = run(path, hotline, dry_run=True)
    assert (Case.objects.count(), ImportRun.objects.get().dry_run) == (0, True)
    assert counts(dry) == counts(run(path, hotline)) == (3, 1, 0, 2)


def test_the_report_says_which_row_why_and_what_to_do(hotline, export):
    result = run(export([row(1, 电话="1" * 30), row(2, 标题="=1+1"), row(3, 来电时间="=2026-02-30")]), hotline)
    assert result.problems == {"too_long": 1, "bad_time": 1}
    assert lines(result) == [
        ["2", "电话", "***", "否 no", "太长", "请缩短;系统不会替您截断", "is too long", "shorten it; nothing is cut for you"],
        ["4", "来电时间", "'=2026-02-30", "否 no", "不是存在的日期时间", "改成 2026-01-31 08:05 的样子",
         "is not a date and time that exists", "write it like 2026-01-31 08:05"],
    ]  # fmt: skip


def test_a_past_becomes_the_moves_it_was_at_the_times_it_was(hotline, export):
    run(export([row(**PAST)]), hotline)
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == [
        "receive",
        "register",
        "dispatch",
        "accept",
        "first_contact",
        "submit",
        "approve",
        "evaluate",
        "archive",
    ]
    case = Case.objects.get()
    assert (case.state, case.ring, case.solved, case.satisfaction) == ("archived", "1111", True, "satisfied")
    times = (case.accepted_at, case.first_contact_at, case.replied_at, case.closed_at, case.evaluated_at)
    assert [at.astimezone(BEIJING).strftime("%d %H") for at in times] == ["02 09", "02 10", "03 09", "03 12", "04 15"]
    assert case.body.reply == "已上门排气，电话139****0421可联系。"


@pytest.mark.parametrize(
    ("changes", "state", "solved"),
    [
        ({"是否解决": "否"}, "evaluated", False),
        ({"是否有效回访": "否"}, "archived", None),
        ({"是否解决": ""}, "to_call_back", None),
        ({"是否联系": "", "是否满意": "", "是否解决": ""}, "to_call_back", None),
    ],
)
def test_only_a_whole_verdict_closes_and_an_unsolved_one_waits(hotline, export, changes, state, solved):
    run(export([row(**{**PAST, **changes})]), hotline)
    case = Case.objects.get()
    assert (case.state, case.solved) == (state, solved)


def test_times_out_of_order_on_one_day_never_go_back(hotline, export):
    run(export([row(**{**PAST, "回复时间": "2026-03-02", "办结时间": "2026-03-02 07:00:00", "回访时间": ""})]), hotline)
    times = list(Event.objects.order_by("seq").values_list("at", flat=True))
    assert times == sorted(times)


def test_a_past_without_category_or_unit_takes_the_last_resort_of_its_map(hotline, export):
    unclear = {"二级分类": "", "主办单位": "", "标题": "一件说不清的事", "主要内容": "一件说不清的事"}
    run(export([row(**{**PAST, **unclear})]), hotline)
    case = Case.objects.get()
    assert (case.state, case.category.code, case.lead.code) == ("archived", "20", "hotline")


def test_a_past_that_cannot_be_written_waits_and_is_said(hotline, export):
    unclear = {"二级分类": "", "主办单位": "", "标题": "一件说不清的事", "主要内容": "一件说不清的事"}
    nowhere = replace(hotline, history=replace(hotline.history, lead="没有这个单位"))
    result = run(export([row(**{**PAST, **unclear})]), nowhere)
    assert (Case.objects.get().state, result.problems) == ("received", {"not_replayed": 1})


@pytest.mark.usefixtures("_small_batches")
def test_killed_between_batches_it_goes_on_without_loss_or_double(hotline, export, monkeypatch):
    path = export(row(n) for n in range(10))
    real, calls = runs.store, []

    def killed(*args):
        calls.append(args)
        if len(calls) == 3:
            raise OperationalError("the connection is lost")
        return real(*args)

    monkeypatch.setattr(runs, "store", killed)
    with pytest.raises(OperationalError):
        run(path, hotline)
    record = ImportRun.objects.get()
    assert (record.state, record.done, record.created, Case.objects.count()) == ("running", 6, 6, 6)
    monkeypatch.setattr(runs, "store", real)
    assert counts(run(path, hotline, record=record)) == (10, 10, 0, 0)
    record.refresh_from_db()
    assert (record.state, record.done, record.created, record.known) == ("done", 10, 10, 0)
    assert sorted(Case.objects.values_list("source_id", flat=True)) == sorted(f"K{n}" for n in range(10))


def test_a_batch_is_stored_whole_or_not_at_all(hotline, export, monkeypatch):
    def fails(*_args):
        raise OperationalError("the disk is full")

    monkeypatch.setattr("huiyin.collect.importing.batch.advance", fails)
    with pytest.raises(OperationalError):
        run(export([row(1), row(2)]), hotline)
    assert (Case.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.usefixtures("_small_batches")
def test_progress_is_told_after_every_batch(hotline, export):
    said = []
    run(export(row(n) for n in range(7)), hotline, progress=lambda done, rows: said.append((done, rows)))
    assert said == [(0, 7), (3, 7), (6, 7), (7, 7)]


def test_a_file_that_cannot_be_imported_fails_its_run(hotline, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FileProblem, match="lacks columns"):
        run(path, hotline)
    record = ImportRun.objects.get()
    assert (record.state, record.message.count("\n")) == ("failed", 1)


def test_parquet_with_missing_dates_and_another_systems_classes(tmp_path, db):
    rows = {
        "row_id": [1, 2],
        "created_at": [datetime(2019, 3, 2, 8, 5), None],  # noqa: DTZ001 as the file has it
        "title": ["甲", "乙"],
        "content": ["一件事", "另一件事"],
        "label": ["环境保护", "城乡建设"],
    }
    path = tmp_path / "t.parquet"
    pl.DataFrame(rows).write_parquet(path)
    assert counts(run(path, find_map("tipdm_c"))) == (2, 2, 0, 0)
    found = {
        case.source_id: (case.category and case.category.code, case.created_at.year) for case in Case.objects.all()
    }
    assert found == {"1": ("09", 2019), "2": (None, timezone.now().year)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_small_batches")
def test_two_imports_of_one_file_at_once_import_it_once(export):
    path, map_ = export(row(n) for n in range(30)), find_map("hotline12345")
    results = []

    def work():
        try:
            results.append(run(path, map_))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Case.objects.count(), len(results)) == (30, 2)
    assert sum(result.created for result in results) == 30
    assert [result.created + result.known for result in results] == [30, 30]


@pytest.mark.django_db(transaction=True)
def test_a_large_file_is_stored_by_processes_beside_this_one(export, monkeypatch):
    monkeypatch.setattr("huiyin.collect.crew._SMALL_ROWS", 1)
    monkeypatch.setattr(runs, "BATCH", 20)
    result = run(export(row(n) for n in range(100)), find_map("hotline12345"))
    assert (counts(result), Case.objects.count()) == ((100, 100, 0, 0), 100)


@pytest.mark.django_db(transaction=True)
def test_one_run_is_worked_on_by_one_process(export):
    record = ImportRun.objects.create(name="t")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(467, %s)", [record.pk])
    path, found = export([row()]), []

    def work():
        try:
            run(path, find_map("hotline12345"), record=record)
        except Busy as busy:
            found.append(busy)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(467, %s)", [record.pk])
    assert (len(found), Case.objects.count()) == (1, 0)


# — the command —


def command(*arguments):
    return CliRunner().invoke(cli, ["import", *map(str, arguments)])


def test_the_command_prints_one_object_and_nothing_else(hotline, export):
    done = command(export([row(1), row(2, 主要内容="")]), "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["created"], said["refused"], said["map"]) == (0, 1, 1, "hotline12345")
    assert Path(said["report"]).is_file()


def test_the_command_says_in_words_what_it_did(hotline, export):
    done = command(export([row(1), row(1)], "my.csv"), "--dry-run", "--map", "hotline12345")
    assert "2 rows: 1 would be imported, 0 here already, 1 refused" in done.stdout
    assert Case.objects.count() == 0


@pytest.mark.parametrize("arguments", [["--map", "nothing"], []])
def test_the_command_names_what_is_missing(hotline, tmp_path, arguments):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    done = command(path, *arguments, "--json")
    assert (done.exit_code, list(json.loads(done.stdout)["error"])) == (2, ["zh", "en"])
    plain = command(path, *arguments)
    assert (plain.exit_code, plain.stdout) == (2, "")
    assert "map" in plain.stderr
