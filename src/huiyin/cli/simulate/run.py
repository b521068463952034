"""Draw a year, walk every case through it, store all of it or nothing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from huiyin.assign.domain import suggest
from huiyin.cases import store
from huiyin.cases.domain import new_drafts
from huiyin.cases.draft import Draft
from huiyin.cases.models import Case
from huiyin.cli.simulate import outbreaks
from huiyin.cli.simulate.character import draw_characters
from huiyin.cli.simulate.checks import write_checks
from huiyin.cli.simulate.requesting import request
from huiyin.cli.simulate.staff import Staff
from huiyin.cli.simulate.story import live
from huiyin.cli.simulate.summary import Summary
from huiyin.cli.simulate.walk import Stage, Walk
from huiyin.cli.simulate.world import load_world
from huiyin.cli.simulate.year import Seed, draw_year
from huiyin.kernel.states import BEFORE_DISPATCH

BATCH = 2_000
SEED = 20261123


def simulate(
    *,
    cases: int,
    seed: int = SEED,
    until: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
    on_empty_only: bool = True,
) -> Summary:
    """A year of the loaded fictional district, up to `until` (aware; now). One transaction: all of it or nothing.

    The same seed and `until` give the same cases, texts, times and outcomes. `progress` hears (done, cases). Where
    there are cases already nothing is done, unless `on_empty_only` is False. Raises ValueError for a real district.
    """
    if on_empty_only and Case.objects.exists():
        return Summary()
    rng = np.random.default_rng(seed)
    world, until = load_world(), until or timezone.now()
    stage = Stage(world, Staff(), draw_characters(world, rng), until)
    year = draw_year(world, cases, until, rng)
    summary = Summary(outbreaks=[planted.outbreak for planted in year.outbreaks])
    with transaction.atomic():
        for batch in _batches(year.seeds()):
            drafts = _live(batch, stage, seed)
            store.insert(drafts)
            summary.add(drafts)
            if progress:
                progress(summary.cases, cases)
        write_checks(until)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner knows the new tables before the first page asks
    outbreaks.write(summary.outbreaks, outbreaks_file())
    return summary


def outbreaks_file() -> Path:
    return Path(settings.HOME) / "demo" / "outbreaks.json"


def story_rng(seed: int, index: int) -> Random:
    """A case's own chances, so that one case's story does not move the next one's."""
    return Random(seed * 2**32 + index)


def _batches(seeds: Iterator[Seed]) -> Iterator[Sequence[Seed]]:
    while batch := list(islice(seeds, BATCH)):
        yield batch


def _live(batch: Sequence[Seed], stage: Stage, seed: int) -> list[Draft]:
    drafts = new_drafts([one.at for one in batch])
    for draft, one in zip(drafts, batch, strict=True):
        rng = story_rng(seed, one.number)
        live(Walk(draft, request(one, stage.world, rng), stage, rng, one.at))
    suggest([draft for draft in drafts if draft.row["state"] in BEFORE_DISPATCH])
    return drafts
