"""Kinds of bulletins, and how far one has come."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    MONTHLY = "monthly", _("Monthly")
    TOPIC = "topic", _("Topic")


class Stage(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SIGNED = "signed", _("Signed")
    ISSUED = "issued", _("Issued")


# What stands before the year in the number, and in the red head; official papers are in Chinese.
WORDS: Final[Mapping[str, str]] = {Kind.DAILY: "日报", Kind.WEEKLY: "周报", Kind.MONTHLY: "通报", Kind.TOPIC: "专报"}
# Which written period each kind counts (`kernel.periods`); a topic may count any.
PERIODS: Final[Mapping[str, str]] = {Kind.DAILY: "report-day", Kind.WEEKLY: "week", Kind.MONTHLY: "assess"}
EXAMPLES: Final[Mapping[str, str]] = {
    Kind.DAILY: "day:2026-11-27",
    Kind.WEEKLY: "2026-W48",
    Kind.MONTHLY: "assess:2026-11",
}
