"""Keeping a fingerprint of every case that is not confidential, made from its masked text after it arrived."""

import time
from collections.abc import Sequence

import numpy as np
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from huiyin.alike.models import Fingerprint
from huiyin.cases.models import Case
from huiyin.cases.queries import of_residents
from huiyin.language import fingerprints
from huiyin.language.fingerprints import MATTERS, PART_BITS
from huiyin.language.lookup import signed

_BATCH = 1_000
# Numbers are given out before cases are written: what was written late lies at most so far behind the newest.
_BEHIND = 100_000


def read_new(*, seconds: float, everything: bool = False) -> int:
    """Make the fingerprints that are missing, the newest cases first, for at most about so long; how many.

    Without `everything` only the newest hundred thousand cases are looked through.
    """
    until = time.monotonic() + seconds
    missing, made = _missing(everything=everything), 0
    while time.monotonic() < until and (batch := list(missing[:_BATCH])):
        _read(batch)
        made += len(batch)
    return made


def forget_sealed() -> int:
    """Drop what is kept of cases that became confidential since; how many."""
    sealed = Case.objects.filter(confidential=True).values("pk")
    return Fingerprint.objects.filter(case__in=sealed).delete()[0]


def _without_one() -> QuerySet[Case]:
    has_one = Exists(Fingerprint.objects.filter(case=OuterRef("pk")))
    wanted = of_residents(Case.objects.filter(~has_one, confidential=False))
    return wanted.select_related("body").only("title", "place", "body__text")


def _missing(*, everything: bool) -> QuerySet[Case]:
    newest = None if everything else Case.objects.aggregate(newest=Max("pk"))["newest"]
    missing = _without_one().order_by("-pk")
    return missing.filter(pk__gt=newest - _BEHIND) if newest else missing


@transaction.atomic
def _read(cases: Sequence[Case]) -> None:
    made = ((case, fingerprints.fingerprint(case.told, case.place or None)) for case in cases)
    rows = [Fingerprint(case=case, keys=keys_of(one), packed=one.packed()) for case, one in made]
    Fingerprint.objects.bulk_create(rows, ignore_conflicts=True)


def keys_of(one: fingerprints.Fingerprint) -> list[int]:
    """What the index finds a case by."""
    wanted = fingerprints.finding(one.keys, one.weights) | (one.keys >> np.uint32(PART_BITS) == MATTERS)
    found: list[int] = signed(one.keys[wanted]).tolist()
    return found
