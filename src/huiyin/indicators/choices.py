from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    AIR = "air", _("Air")
    WASTE = "waste", _("Waste sorting")
    ENVIRONMENT = "environment", _("City environment")
    ECONOMY = "economy", _("Economy")
    OTHER = "other", _("Others")


class Cycle(models.TextChoices):
    HALF = "half", _("half a month")
    MONTH = "month", _("a month")
    QUARTER = "quarter", _("a quarter")


class Better(models.TextChoices):
    UP = "up", _("more is better")
    DOWN = "down", _("less is better")


class Basis(models.TextChoices):
    """What the points of a rule look at."""

    VALUE = "value", _("the value")
    TARGET = "target", _("the value in percent of its target")


class Light(models.TextChoices):
    GREEN = "green", _("green")
    YELLOW = "yellow", _("yellow")
    RED = "red", _("red")
