from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case
from huiyin.people.effective import EffectiveDated
from huiyin.people.models import Unit


class Tell(models.TextChoices):
    PERSON = "person", _("who has it on the desk")
    LEADER = "leader", _("the unit's leader")
    DISTRICT = "district", _("the district's supervisors")


class WarningRule(EffectiveDated):
    """At which part of a step's time who is told. An empty step means every step that has no rows of its own."""

    step = models.CharField(_("step"), max_length=20, blank=True)
    percent = models.PositiveSmallIntegerField(_("percent"))
    tell = models.CharField(_("tell"), max_length=8, choices=Tell)

    class Meta:
        verbose_name = _("warning rule")
        verbose_name_plural = _("warning rules")

    def __str__(self) -> str:
        return f"{self.step or '*'} {self.percent} % → {self.get_tell_display()}"


class Timer(models.Model):
    """A clock that runs, or ran, on a case, as the rules stood when it began: they may change, it does not."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="timers")
    step = models.CharField(max_length=20)
    # Of the event that began it.
    seq = models.PositiveIntegerField()
    # The helping unit whose part it is; NULL for the clocks of the case itself.
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    rule = models.CharField(max_length=260, blank=True)
    # Language → the reckoning, line by line; without English where only an event tells it.
    trace = models.JSONField(default=dict)
    # Warned also outside office hours.
    urgent = models.BooleanField(default=False)
    percents = models.JSONField(default=list)
    # The last percent that was told.
    told = models.PositiveSmallIntegerField(default=0)
    # When the next percent is told; NULL when none is left, or the clock has stopped.
    next_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "step", "seq", "unit"], name="timers_once", nulls_distinct=False)
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="timers_next", condition=Q(next_at__isnull=False)),
        ]


class TimerMark(models.Model):
    """A percent of a clock that was passed and told, once. `late`: no worker ran when it should have been told."""

    timer = models.ForeignKey(Timer, models.CASCADE, related_name="marks", db_index=False)
    percent = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    late = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["timer", "percent"], name="timers_mark_once")]


class Watched(models.Model):
    """Up to which event the clocks of an open case are set. No row: not yet, or nothing runs any more."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    seq = models.PositiveIntegerField()
