"""Cases about the same place and matter as a text, out of all that the district has. Advice, never a fact."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
import psycopg
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from huiyin.alike.models import Fingerprint
from huiyin.cases.models import Case
from huiyin.language import fingerprints
from huiyin.language.fingerprints import Reading
from huiyin.language.lookup import Lookup, lookup
from huiyin.language.reasons import Legend, Reason, shared_keys
from huiyin.language.resemblance import compare, nearness
from huiyin.people import memory

_READ = 1_500  # rows that the rare keys may bring together
_NAMED = 500
_LOOKED_AT = 100  # of those compared, the likeliest are asked for in the table of cases
_KEPT_SECONDS = 10 * 60
_DAY = 86_400

_SAID: Final = {
    "place": _("same place: %(detail)s"),
    "matter": _("same matter: %(detail)s"),
    "words": _("same words: %(detail)s"),
    "days": _("%(detail)s days apart"),
}
_FREQUENCIES = """
    SELECT reltuples, most_common_elems::text::int[], most_common_elem_freqs
    FROM pg_class LEFT JOIN pg_stats ON tablename = relname AND attname = 'keys' AND schemaname = current_schema()
    WHERE oid = %s::regclass
"""


class Alike(NamedTuple):
    """A case, how surely it is about the same, 0..1, and why."""

    case: Case
    score: float
    reasons: tuple[Reason, ...]

    @property
    def said(self) -> list[str]:
        """The reasons in the reader's language."""
        return [str(_SAID[reason.kind]) % {"detail": reason.detail} for reason in self.reasons]


def alike(
    text: str, place: str | None = None, at: datetime | None = None, *, among: QuerySet[Case] | None = None, k: int = 10
) -> list[Alike]:
    """The k likeliest of `among` (all cases), best first. Confidential and withdrawn cases are never among them.

    `text` and `place` must be masked already, as the others are. Only the hundred likeliest of all cases are looked for
    in `among`.
    """
    reading = Reading(text, place)
    mine = reading.fingerprint()
    rows = _candidates(mine)
    if not rows:
        return []
    ids, others = np.asarray([pk for pk, _packed in rows]), fingerprints.unpacked([packed for _pk, packed in rows])
    score = compare(mine, *others).score
    likeliest = [row for row in np.lexsort((-ids, -score))[:_LOOKED_AT].tolist() if score[row] > 0]
    shown = (Case.objects.all() if among is None else among).filter(confidential=False, withdrawn=False)
    began = dict(shown.filter(pk__in=ids[likeliest].tolist()).values_list("pk", "created_at"))
    kept = [row for row in likeliest if int(ids[row]) in began]
    days = [abs((at - began[int(ids[row])]).total_seconds()) / _DAY if at else np.nan for row in kept]
    near = score[kept] * nearness(np.asarray(days, dtype=np.float64))
    best = np.lexsort((-ids[kept], -near))[:k].tolist()
    cases = shown.in_bulk(ids[kept][best].tolist())
    legend = Legend(reading)
    found = []
    for nth in best:
        row = kept[nth]
        theirs = fingerprints.Fingerprint(*(part[row] for part in others))
        reasons = legend.reasons(shared_keys(mine, theirs), days[nth] if at else None)
        found.append((int(ids[row]), float(near[nth]), reasons))
    return [Alike(cases[pk], sure, reasons) for pk, sure, reasons in found if pk in cases]


def _candidates(mine: fingerprints.Fingerprint) -> list[tuple[int, bytes]]:
    """Ids with packed fingerprints: what shares a rare key, and what has the whole name of a common place."""
    asked = lookup(mine, _rows_of, _READ)
    parts = list(_parts(asked))
    if not parts:
        return []
    return _fetched(parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0])


def _fetched(rows: QuerySet[Fingerprint, Any]) -> list[tuple[int, bytes]]:
    """Bytes as bytes: in the text format each is two digits, which costs ten milliseconds for a thousand rows."""
    sql, params = rows.query.sql_with_params()
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(sql, params, binary=True).fetchall()


def _parts(asked: Lookup) -> list[QuerySet[Fingerprint, Any]]:
    newest = Fingerprint.objects.order_by("-case_id").values_list("case_id", "packed")
    parts = [newest.filter(keys__overlap=asked.rare)[: 2 * _READ]] if asked.rare else []
    if asked.named:
        named = newest.filter(keys__contains=asked.named)
        parts.append(named[:_NAMED])
        if asked.matters:
            parts.append(named.filter(keys__overlap=asked.matters)[:_READ])
    return parts


def _rows_of(keys: NDArray[np.int32]) -> NDArray[np.float64]:
    rows, shares, rarest = _frequencies(int(memory.now()) // _KEPT_SECONDS)
    return np.asarray([rows * shares.get(key, rarest) for key in keys.tolist()])


@lru_cache(maxsize=1)
def _frequencies(_slot: int) -> tuple[float, Mapping[int, float], float]:
    """Rows of the table, the share of them that each common key has, and what is taken for every other key.

    PostgreSQL counts them whenever it analyses the table; before the first time every key passes for rare.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FREQUENCIES, [Fingerprint._meta.db_table])
        told = cursor.fetchone()
    if told is None or told[1] is None:
        return 0.0, {}, 0.0
    rows, keys, shares = told
    *counted, rarest, _most, _null = shares
    return float(rows), dict(zip(keys, counted, strict=True)), rarest / 2
