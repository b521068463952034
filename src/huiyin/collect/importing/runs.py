"""One file from its first row to its report: the same for the command, the task and the browser."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.utils import timezone

from huiyin.collect.crew import crew
from huiyin.collect.importing.batch import Order, Stored, advance, known_ids, store
from huiyin.collect.importing.lock import held
from huiyin.collect.importing.maps import Map
from huiyin.collect.importing.names import Directory
from huiyin.collect.importing.problems import FileProblem, Problem
from huiyin.collect.importing.report import Report
from huiyin.collect.importing.rows import Incoming, RowReader
from huiyin.collect.importing.sheet import Numbered, open_sheet
from huiyin.collect.models import ImportRun

BATCH = 2_000
Progress = Callable[[int, int], None]
Batches = Iterator[tuple[list[Incoming], int]]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file. `rows` = created + known + refused; in a dry run `created` would be."""

    run: int
    file: str
    map: str
    dry_run: bool
    rows: int
    created: int
    known: int
    refused: int
    problems: dict[str, int]
    unused_columns: tuple[str, ...]
    report: str | None
    seconds: float


class Busy(FileProblem):
    def __init__(self) -> None:
        super().__init__("这次导入正在另一个进程里进行。", "Another process is already working on this import.")


def silent(_done: int, _rows: int) -> None:
    """Nobody is looking."""


def run(
    path: Path,
    map_: Map,
    *,
    dry_run: bool = False,
    assign: bool = True,
    progress: Progress = silent,
    record: ImportRun | None = None,
) -> Result:
    """Import the file, or only check it. Raises `FileProblem`, also while another process works on `record`.

    Whatever kills it, running it again goes on: rows are known by their source id. A record that was begun before
    keeps what it created; everything else about it is counted anew.
    """
    record = record or ImportRun.objects.create(name=path.name, map_name=map_.name, dry_run=dry_run)
    with held(record.pk) as mine:
        if not mine:
            raise Busy
        began = monotonic()
        try:
            return _run(path, map_, record, assign=assign, progress=progress, began=began)
        except FileProblem as problem:
            _end(record, ImportRun.State.FAILED, message=f"{problem.zh}\n{problem.en}"[:300])
            raise


def _run(path: Path, map_: Map, record: ImportRun, *, assign: bool, progress: Progress, began: float) -> Result:
    before = 0 if record.dry_run else record.created
    sheet = open_sheet(path)
    directory = Directory()
    reader = RowReader(map_, sheet.columns, directory)
    order = Order(record.pk, map_.source, directory.known(map_.history), assign)
    _begin(record, map_, sheet.count, before)
    progress(0, sheet.count)
    with closing(Report(report_path(record))) as report:
        read = _read(sheet.rows(), reader, report)
        stored = _check(record, map_, read) if record.dry_run else _store(order, read, sheet.count)
        done = 0
        for one in stored:
            done += one.rows
            report.add(Problem(row, "", "", "not_replayed", refused=False) for row in one.waiting)
            progress(done, sheet.count)
    record.refresh_from_db()
    _end(record, ImportRun.State.DONE, known=record.known - before, rows=done, report=report)
    return Result(
        run=record.pk, file=path.name, map=map_.name, dry_run=record.dry_run, rows=done, created=record.created,
        known=record.known, refused=record.refused, problems=dict(report.counts), unused_columns=tuple(reader.unused),
        report=str(report.path) if report.lines else None, seconds=round(monotonic() - began, 2),
    )  # fmt: skip


def report_path(record: ImportRun) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / f"report-{record.pk}.csv"


def _read(rows: Iterator[Numbered], reader: RowReader, report: Report) -> Batches:
    """Batches of what can be imported, each with how many rows beside them cannot."""
    while batch := list(islice(rows, BATCH)):
        good: list[Incoming] = []
        for numbered in batch:
            incoming, problems = reader.read(numbered)
            if problems:
                report.add(problems)
            if incoming is not None:
                good.append(incoming)
        yield good, len(batch) - len(good)


def _check(record: ImportRun, map_: Map, read: Batches) -> Iterator[Stored]:
    for good, refused in read:
        known = len(known_ids(map_.source, good))
        stored = Stored(len(good) + refused, len(good) - known, known, refused)
        advance(record.pk, stored)
        yield stored


def _store(order: Order, read: Batches, rows: int) -> Iterator[Stored]:
    """Reading goes on while batches are stored; at most two a worker are in memory."""
    executor, workers = crew(rows)
    pending: deque[Future[Stored]] = deque()
    try:
        for good, refused in read:
            pending.append(executor.submit(store, order, good, refused))
            if len(pending) >= workers * 2:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        executor.shutdown(cancel_futures=True)


def _begin(record: ImportRun, map_: Map, rows: int, before: int) -> None:
    record.state, record.message, record.map_name, record.source = ImportRun.State.RUNNING, "", map_.name, map_.source
    record.rows, record.done, record.known, record.refused, record.created = rows, 0, 0, 0, before
    record.finished_at = None
    record.save()


def _end(record: ImportRun, state: str, *, report: Report | None = None, **changes: object) -> None:
    if report is not None and report.lines:
        changes["report"] = str(report.path.relative_to(settings.MEDIA_ROOT))
    for name, value in {**changes, "state": state, "finished_at": timezone.now()}.items():
        setattr(record, name, value)
    record.save()
