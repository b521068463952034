"""Any bulletin, made again from the ledger's Parquet alone, says the same: figures, sentences and appendix."""

import random
from datetime import timedelta
from io import BytesIO

import pyarrow.parquet as pq
import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils import timezone
from tests.bulletins.desk import drafted
from tests.review import ledger

from huiyin.bulletins import drafting
from huiyin.bulletins.choices import Kind
from huiyin.bulletins.counting import counted
from huiyin.cases.models import Case
from huiyin.review.models import Freeze

pytestmark = pytest.mark.django_db
BULLETINS = [
    (Kind.MONTHLY, "assess:2026-02"),
    (Kind.WEEKLY, "2026-W06"),
    (Kind.DAILY, "day:{day}"),
    (Kind.TOPIC, "2026-01"),
]


def from_the_ledger(frozen, folder):
    """The cut-off with its facts folded from the two files, and nothing kept in memory of those before."""
    out = BytesIO()
    pq.write_table(ledger.retold(folder, ledger.codes(), frozen.as_of), out)
    Freeze.objects.get(pk=frozen.pk).file.delete()
    again = Freeze.objects.get(pk=frozen.pk)
    again.file.save("again.parquet", ContentFile(out.getvalue()))
    cache.clear()
    return again


def a_day():
    """A report day, noon to noon, that somebody asked for something in."""
    return timezone.localdate(Case.objects.latest("created_at").created_at + timedelta(hours=12))


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(("kind", "period"), BULLETINS)
def test_any_bulletin_of_any_lives_is_the_same_from_the_ledger(kind, period, seed, tmp_path):
    ledger.lives(random.Random(seed))  # noqa: S311 a story, not a secret
    ledger.export(tmp_path)
    made = drafted(kind, period.format(day=a_day()))
    again = counted(from_the_ledger(made.freeze, tmp_path), topic=made.topic)
    assert (again, drafting.sections(kind, again)) == (made.counted, (made.sections, made.numbers))
