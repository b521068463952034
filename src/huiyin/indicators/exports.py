"""One period of an indicator as a file that explains itself."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from huiyin.indicators.models import Indicator
from huiyin.indicators.queries import Sheet, Standing
from huiyin.indicators.spans import EXAMPLES
from huiyin.people.models import Unit
from huiyin.townhall.sheets import Rows

NOTHING = "—"


def of(sheet: Sheet) -> Mapping[str, Rows]:
    return {str(sheet.indicator): _rows(sheet), _("Definitions"): _about(sheet)}


def _rows(sheet: Sheet) -> Iterator[list[object]]:
    yield [_("Rank"), _("Unit"), *_numbers(), _("Source"), _("Cut-off date")]
    yield from (_row(row) for row in sheet.rows)


def _numbers() -> list[str]:
    return [_("Value"), _("Target"), _("Gap"), _("Score"), _("Light"), _("Change to the period before")]


def _row(row: Standing) -> list[object]:
    numbers = [NOTHING if one is None else float(one) for one in (row.value, row.target, row.gap, row.score)]
    change = NOTHING if row.change is None else float(row.change)
    light = str(row.light.label) if row.light else NOTHING
    return [row.rank, str(row.unit), *numbers, light, change, row.load.source, row.load.cut_off.isoformat()]


def _about(sheet: Sheet) -> list[list[object]]:
    one = sheet.indicator
    return [
        [_("Period"), sheet.said],
        [_("Unit of measure"), one.measured_in],
        [_("Which way is better"), str(one.get_better_display())],
        [_("Units with a value"), sheet.of],
        [_("To be read with"), one.caveat],
    ]


def template(indicator: Indicator) -> Mapping[str, Rows]:
    """The table to be filled in: a row for each ranked unit, the period as it is to be written."""
    example = EXAMPLES[indicator.cycle]  # type: ignore[index]
    units = Unit.objects.filter(active=True, ranked=True)
    rows: list[list[object]] = [["单位", "日期", "数值"]]
    rows += [[unit.name, example, ""] for unit in units]
    return {indicator.name: rows}
