"""The result of a vote as a file that explains itself."""

import csv
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO, StringIO
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.cases.exports import harmless
from huiyin.polls.models import Poll
from huiyin.polls.results import Result

Row = list[str | int | float]
_NOTHING: Final = "—"


def body(found: Result) -> Iterator[Row]:
    """Head, then one row an option."""
    yield [
        _("Rank"),
        _("Option"),
        _("Cost in yuan"),
        _("By phone"),
        _("On paper"),
        _("Votes counted"),
        _("Share in percent"),
    ]
    for line in found.lines:
        yuan = _NOTHING if line.option.yuan is None else line.option.yuan
        share = _NOTHING if line.percent is None else float(line.percent)
        yield [line.rank, line.option.title, yuan, line.phone, line.paper, line.votes, share]


def about(poll: Poll, found: Result) -> Iterator[Row]:
    """What was asked, when, of how many; how each number is reckoned."""
    cast = found.turnout
    yield [_("What is put to the vote"), poll.question]
    yield [_("How many one may choose"), poll.pick]
    yield [_("Voting begins at"), _moment(poll.opens_at)]
    yield [_("Voting ends at"), _moment(poll.closes_at)]
    yield [_("Ballots by phone"), cast.phone]
    yield [_("Ballots on paper"), _NOTHING if poll.paper_ballots is None else cast.paper]
    yield [_("Invalid ones among them"), cast.invalid]
    yield [_("Entitled to vote"), poll.eligible or _NOTHING, poll.eligible_source]
    yield [_("Turnout in percent"), _NOTHING if cast.percent is None else float(cast.percent), said_turnout()]
    yield [_("Share in percent"), said_share()]
    yield [_("Counted at"), _moment(timezone.now())]


def said_turnout() -> str:
    return _("Ballots by phone and on paper, invalid ones among them, of those entitled to vote.")


def said_share() -> str:
    return _("Of the valid ballots; where one may choose several, the shares add up to more than 100.")


def as_csv(poll: Poll, found: Result) -> bytes:
    """With a byte order mark: spreadsheets then read the Chinese."""
    text = StringIO()
    csv.writer(text).writerows([harmless(one) for one in row] for row in (*body(found), [], *about(poll, found)))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(poll: Poll, found: Result) -> bytes:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - only an export needs it

    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in ((_("Result"), body(found)), (_("Definitions"), about(poll, found))):
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 2, 24)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return file.getvalue()


FORMATS: Final[Mapping[str, tuple[str, Callable[[Poll, Result], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


def _moment(moment: object) -> str:
    return date_format(timezone.localtime(moment), "Y-m-d H:i") if moment else _NOTHING  # type: ignore[arg-type]
