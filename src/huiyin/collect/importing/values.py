"""One cell → one value. Raises `Wrong` with the code of what is wrong."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import isnan
from typing import Any
from zoneinfo import ZoneInfo

# Excel counts days from here; these serial numbers are the years 1990 to 2099.
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 a sheet's clock has no zone
_FIRST_SERIAL, _LAST_SERIAL = 32874, 73050
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# Clocks of two systems may differ a little.
_SKEW = timedelta(hours=1)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_DATE_CHARS = len("2026年01月31日")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BROKEN = re.compile(r"[\ud800-\udfff\ufffd]")
_YES = {"是", "有", "已", "真", "对", "y", "yes", "true", "1", "√", "t"}
_NO = {"否", "无", "未", "假", "不", "n", "no", "false", "0", "×", "f", "没有"}
_USUAL = (
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d",
    "%Y%m%d%H%M%S",
    "%Y%m%d",
)


class Wrong(Exception):  # noqa: N818 it is an answer, not a fault
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def empty(cell: Any) -> bool:
    """Nothing, blanks, or the number that is none."""
    return cell is None or (isinstance(cell, str) and not cell.strip()) or (isinstance(cell, float) and isnan(cell))


def text_of(cell: Any) -> str:
    """A cell as text, with no decimal point on whole numbers: a telephone number is often a number to a sheet."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def shown(cell: Any, longest: int) -> str:
    """The beginning of a cell for a sentence about it: bytes that are no text cannot be sent back as they are."""
    return text_of(cell)[:longest].encode(errors="replace").decode()


def clean(text: str, longest: int) -> str:
    """The text as it is. Raises `Wrong` for what cannot be stored or read."""
    if len(text) > longest:
        raise Wrong("too_long")
    if not text.isprintable():
        if _BROKEN.search(text):
            raise Wrong("unreadable")
        if _UNSEEN.search(text):
            raise Wrong("control")
    elif "\ufffd" in text:
        raise Wrong("unreadable")
    return text


def time_of(cell: Any, formats: Sequence[str], zone: ZoneInfo) -> datetime:
    """Aware. A time without zone is local to the district; a date alone is its noon."""
    found = _read(cell, formats)
    aware = found if found.tzinfo else found.replace(tzinfo=zone)
    if not _EARLIEST <= aware < _LATEST:
        raise Wrong("bad_time")
    return aware


def not_future(at: datetime, now: datetime) -> datetime:
    if at > now + _SKEW:
        raise Wrong("future")
    return at


def _read(cell: Any, formats: Sequence[str]) -> datetime:
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return _noon(datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001 zone is added by the caller
    if isinstance(cell, int | float) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return _EXCEL_EPOCH + timedelta(days=cell)
    text = text_of(cell)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = _by_formats(text, formats)
    return _noon(found) if len(text) <= _DATE_CHARS and found.time() == time(0) else found


def _noon(day: datetime) -> datetime:
    return day.replace(hour=12)


def _by_formats(text: str, formats: Sequence[str]) -> datetime:
    for form in (*formats, *_USUAL):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 zone is added by the caller
        except ValueError:
            continue
    raise Wrong("bad_time")


def yes_of(word: str) -> bool | None:
    """None for a word that is neither."""
    return True if word in _YES else False if word in _NO else None
