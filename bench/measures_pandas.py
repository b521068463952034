"""The counters once more, as somebody would write them in pandas: a second opinion, and what DuckDB is compared with."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd  # type: ignore[import-untyped,unused-ignore]

from huiyin.kernel.measures import VARIANTS, sum_name
from huiyin.kernel.periods import Period

COLUMNS: Final = (
    "lead_id", "created_at", "closed_at", "due_at", "dispatched", "accepted_in_time", "contacted_in_time", "rounds",
    "objections", "redispatches", "checks", "mismatches", "repeated", "valid_callback", "contacted", "solved",
    "satisfaction", "excluded",
)  # fmt: skip
Frame = Any
_TRUE: Final = ("accepted_in_time", "contacted_in_time", "dispatched", "repeated")
_NUMBERS: Final = ("redispatches", "objections", "checks", "mismatches")


def read(file: str) -> Frame:
    """Words as categories, the rest as pandas reads it: three-valued booleans are `boolean`."""
    frame = pd.read_parquet(file, columns=list(COLUMNS), dtype_backend="numpy_nullable")
    frame["satisfaction"] = frame["satisfaction"].astype("category")
    return frame


def _yes(column: Any) -> Any:
    return column.fillna(value=False).astype(bool)


def _every(frame: Frame) -> Any:
    return pd.Series(data=True, index=frame.index)


def _column(name: str) -> Callable[[Frame, Any], Any]:
    return lambda frame, _: frame[name]


def _said(name: str) -> Callable[[Frame, Any], Any]:
    return lambda frame, _: _yes(frame[name])


def _solved_in(times: int) -> Callable[[Frame, Any], Any]:
    return lambda frame, _: _yes(frame.valid_callback & frame.solved & (frame.rounds == times))


_COUNTERS: Final[dict[str, Callable[[Frame, Any], Any]]] = {
    "received": lambda frame, _: _every(frame),
    "valid": lambda frame, _: _yes(frame.valid_callback),
    "contacted": lambda frame, _: _yes(frame.valid_callback & frame.contacted),
    "solved": lambda frame, _: _yes(frame.valid_callback & frame.solved),
    "satisfied": lambda frame, _: _yes(frame.valid_callback & (frame.satisfaction == "satisfied")),
    "basic": lambda frame, _: _yes(frame.valid_callback & (frame.satisfaction == "basic")),
    "solved_first": _solved_in(1),
    "solved_second": _solved_in(2),
    "solved_third": _solved_in(3),
    "overdue": lambda frame, as_of: frame.closed_at.fillna(as_of) > frame.due_at,
    "closed_in_time": lambda frame, _: frame.closed_at <= frame.due_at,
    "accept_owed": lambda frame, _: frame.accepted_in_time.notna(),
    "contact_owed": lambda frame, _: frame.contacted_in_time.notna(),
    "moved_on": lambda frame, _: _yes(frame.dispatched & (frame.redispatches > 0)),
    "left_out": lambda frame, _: frame.excluded,
    **{name: _said(name) for name in _TRUE},
    **{name: _column(name) for name in _NUMBERS},
}


def sums(frame: Frame, periods: Sequence[Period], as_of: datetime, counters: Collection[str]) -> list[dict[str, Any]]:
    found = _grouped(
        frame,
        "created_at",
        periods,
        {name: _COUNTERS[name](frame, pd.Timestamp(as_of)) for name in _COUNTERS if name in counters},
    )
    if "closed" in counters:
        closed = _grouped(frame, "closed_at", periods, {"closed": _every(frame)})
        found = found.join(closed, how="outer").fillna(0)
    return list(found.astype(int).reset_index().to_dict("records"))


def _grouped(frame: Frame, time: str, periods: Sequence[Period], weights: dict[str, Any]) -> Frame:
    """Both variants. The periods follow each other without a gap, as months do."""
    ends = pd.DatetimeIndex([pd.Timestamp(one.end).tz_convert("UTC") for one in periods]).as_unit("us")
    at = frame[time].dt.tz_convert("UTC").dt.as_unit("us")
    place = np.searchsorted(ends.asi8, at.astype("int64").to_numpy(), side="right")
    lying = (at >= pd.Timestamp(periods[0].start)) & (place < len(periods)) & at.notna()
    net = ~frame.excluded.astype(bool)
    columns = {
        sum_name(name, variant): one.astype("int8") * (net if variant == "net" else 1)
        for name, one in weights.items()
        for variant in VARIANTS
    }
    counted = pd.DataFrame({"lead_id": frame.lead_id, "period": place, **columns})[lying]
    return counted.groupby(["lead_id", "period"]).sum()
