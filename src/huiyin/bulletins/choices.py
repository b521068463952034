"""Kinds of bulletins, and how far one has come."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Four on requests, by their period or their topic; and one each on what domain.md 7 and 6 report beside them."""

    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    MONTHLY = "monthly", _("Monthly")
    TOPIC = "topic", _("On one topic")
    AIR = "air", _("Clean air")
    WASTE = "waste", _("Waste sorting")
    ENVIRONMENT = "environment", _("City environment")
    PROPERTY = "property", _("Property management")


class Stage(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SIGNED = "signed", _("Signed")
    ISSUED = "issued", _("Issued")


class Series(NamedTuple):
    """As papers name it, which are in Chinese. `head`: red, behind the district's name; `book`: before the year."""

    head: str
    book: str

    @property
    def matter(self) -> str:
        """What it is about: 大气治理."""
        return self.head[:-2]


SERIES: Final[Mapping[str, Series]] = {
    Kind.DAILY: Series("接诉即办日报", "日报"),
    Kind.WEEKLY: Series("接诉即办周报", "周报"),
    Kind.MONTHLY: Series("接诉即办通报", "通报"),
    Kind.TOPIC: Series("接诉即办专报", "专报"),
    Kind.AIR: Series("大气治理通报", "大气治理通报"),
    Kind.WASTE: Series("垃圾分类通报", "垃圾分类通报"),
    Kind.ENVIRONMENT: Series("城市环境通报", "城市环境通报"),
    Kind.PROPERTY: Series("物业管理通报", "物业管理通报"),
}
# Those whose figures come from elsewhere: indicators of the kind of the same name.
MEASURED: Final = (Kind.AIR, Kind.WASTE, Kind.ENVIRONMENT)
REQUESTS: Final = (Kind.DAILY, Kind.WEEKLY, Kind.MONTHLY, Kind.TOPIC)
# Which written period each kind counts (`kernel.periods`); the others may count any.
PERIODS: Final[Mapping[str, str]] = {Kind.DAILY: "report-day", Kind.WEEKLY: "week", Kind.MONTHLY: "assess"}
EXAMPLES: Final[Mapping[str, str]] = {
    Kind.DAILY: "day:2026-11-27",
    Kind.WEEKLY: "2026-W48",
    Kind.MONTHLY: "assess:2026-11",
}
