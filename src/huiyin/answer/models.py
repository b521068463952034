from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.answer.choices import Score, WhistleKind, remark_choices
from huiyin.cases.models import Case
from huiyin.people.effective import EffectiveDated
from huiyin.people.models import Unit


class Whistle(models.Model):
    """A projection of a case's events (`answer.projection`): a whistle, or the draft of one until it is blown."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="whistles_blown", db_index=False)
    # Of the event that drafted or blew it.
    seq = models.PositiveIntegerField()
    street = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("kind of whistle"), max_length=10, choices=WhistleKind)
    reason = models.TextField()
    place = models.CharField(max_length=200, blank=True)
    meet_at = models.DateTimeField(null=True)
    drafted_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    result = models.TextField(blank=True)
    resulted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("whistle")
        verbose_name_plural = _("whistles")
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "seq"], name="answer_whistle_once")]
        indexes: ClassVar = [
            models.Index(F("street"), F("id").desc(), name="answer_whistles_of_street"),
            models.Index(F("called_at"), name="answer_whistles_by_time"),
            models.Index(F("street"), name="answer_whistle_drafts", condition=Q(called_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq}"


class ReplyTemplate(EffectiveDated):
    """How replies of a unit may begin; without a unit, of the whole district. {number}, {due}, {unit} are filled in."""

    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=60)
    text = models.TextField(_("text"), max_length=2000)

    class Meta:
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")

    def __str__(self) -> str:
        return self.name


class HeldBack(EffectiveDated):
    """Remarks of this kind keep a reply from being sent for approval; all others only advise."""

    code = models.CharField(_("remark"), max_length=20, choices=remark_choices)

    class Meta:
        verbose_name = _("remark that holds a reply back")
        verbose_name_plural = _("remarks that hold a reply back")

    def __str__(self) -> str:
        return self.code


class WhistleCall(models.Model):
    """One unit called by a whistle, its arrival clock, and how street and unit rated one another."""

    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="calls")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    arrive_by = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_reason = models.TextField(blank=True)
    # By the called unit of the street, and by the street of the called unit.
    rating_given = models.CharField(max_length=4, choices=Score, blank=True)
    rating_received = models.CharField(max_length=4, choices=Score, blank=True)

    class Meta:
        verbose_name = _("called unit")
        verbose_name_plural = _("called units")
        constraints: ClassVar = [models.UniqueConstraint(fields=["whistle", "unit"], name="answer_call_once")]
        indexes: ClassVar = [models.Index(F("unit"), F("whistle").desc(), name="answer_calls_of_unit")]

    def __str__(self) -> str:
        return f"{self.whistle_id}/{self.unit_id}"

    @property
    def is_late(self) -> bool:
        """Came after its time, or is still not there past it."""
        if self.arrive_by is None or (self.arrived_at is None and self.refused_at is not None):
            return False
        return (self.arrived_at or timezone.now()) > self.arrive_by
