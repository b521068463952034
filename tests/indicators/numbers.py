"""An indicator with rule and target, and files for it."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from tests.district import account

from huiyin.indicators import domain, reading
from huiyin.indicators.models import Indicator


def dust():
    told = {"name": "道路积尘", "kind": "environment", "measured_in": "g/m²", "better": "down", "cycle": "month"}
    one = Indicator.objects.create(code="dust", source="检查", **told)
    begins = date(2026, 1, 1)
    domain.set_target(indicator=one, unit=None, value=Decimal(20), valid_from=begins)
    domain.set_rule(
        indicator=one, by=None, points=[["10", "100"], ["70", "0"]], basis="value", green=Decimal(80), yellow=Decimal(60),
        valid_from=begins, ground="考评办法",
    )  # fmt: skip
    return one


def file(*rows):
    return BytesIO("\n".join(["单位,日期,数值", *rows]).encode())


def taken(indicator, *rows, cut_off=date(2026, 10, 31)):
    table = reading.table_of(file(*rows), indicator)
    return domain.take_in(
        indicator=indicator, lines=table.lines, by=account("analyst"), filename="a.csv", sha256=table.sha256,
        source="检查", cut_off=cut_off,
    )  # fmt: skip
