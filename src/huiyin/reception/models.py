from typing import ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case
from huiyin.collect.models import KnowledgeItem
from huiyin.people.models import Account, Unit
from huiyin.reception.choices import OPEN, Outcome, State, Topic
from huiyin.reception.phones import STORED, not_personal
from huiyin.townhall.models import Meeting

_PUBLISHED: Final = [not_personal]
_SHORTEST, _LONGEST = 3, 60  # minutes


class Desk(models.Model):
    """An expert beside a meeting, for part of it. What stands here is what the roster publishes."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="desks")
    topic = models.CharField(_("what the desk is about"), max_length=8, choices=Topic)
    title = models.CharField(_("what exactly"), max_length=40, blank=True, validators=_PUBLISHED)
    expert_title = models.CharField(_("expert's public title"), max_length=40, validators=_PUBLISHED)
    organisation = models.CharField(_("organisation"), max_length=60, validators=_PUBLISHED)
    expert_name = models.CharField(
        _("name, as the roster publishes it"), max_length=40, blank=True, validators=_PUBLISHED
    )
    place = models.CharField(_("where the desk stands"), max_length=40, validators=_PUBLISHED)
    begins_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes for one person"), default=10, validators=[MinValueValidator(_SHORTEST), MaxValueValidator(_LONGEST)]
    )
    # The last number given: counted up under the row's lock, so that numbers have no gap.
    numbers = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("expert's desk")
        verbose_name_plural = _("experts' desks")
        ordering: ClassVar = ["begins_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="reception_desk_times",
                violation_error_message=_("A desk ends after it begins: correct one of the two times."),
            )
        ]

    def __str__(self) -> str:
        return self.title or self.get_topic_display()

    @property
    def capacity(self) -> int:
        """How many people fit, each with the minutes of one."""
        return int((self.ends_at - self.begins_at).total_seconds() // 60 // self.slot_minutes)


class Ticket(models.Model):
    """A number at a desk, taken by a browser or given at the door. Who holds it stands in the sealed contact alone."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="tickets", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    slot_at = models.DateTimeField(_("expected at, when it was taken"))
    viewer = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    # What one press of a form's button sent: sent again, it is the same number.
    press = models.CharField(max_length=32)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "number"], name="reception_number_once"),
            models.UniqueConstraint(fields=["desk", "press"], name="reception_press_once"),
            models.UniqueConstraint(
                fields=["desk", "viewer"], condition=Q(state__in=sorted(OPEN)), name="reception_open_once"
            ),
            models.UniqueConstraint(fields=["desk"], condition=Q(state=State.CALLED), name="reception_one_called"),
        ]
        indexes: ClassVar = [models.Index(fields=["viewer"], name="reception_viewer")]

    def __str__(self) -> str:
        return str(self.number)


class Consultation(models.Model):
    """What was asked at a desk and advised, both masked; and what came of it."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="consultations")
    ticket = models.OneToOneField(Ticket, models.PROTECT, null=True, related_name="consultation")
    question = models.CharField(_("what was asked"), max_length=500)
    advice = models.CharField(_("what was advised"), max_length=1000, blank=True)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome)
    case = models.OneToOneField(Case, models.SET_NULL, null=True, related_name="consultation")
    knowledge = models.OneToOneField(KnowledgeItem, models.SET_NULL, null=True, related_name="+")
    press = models.CharField(max_length=32)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "press"], name="reception_record_once")]

    def __str__(self) -> str:
        return self.question[:40]


class Line(models.Model):
    """The line of a unit's party secretary: a form, and a number that leads to an office, never into a pocket."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="line", verbose_name=_("unit"))
    title = models.CharField(_("name of the line"), max_length=60, validators=_PUBLISHED)
    relay_number = models.CharField(
        _("relay or office number"), max_length=30, blank=True, validators=_PUBLISHED,
        help_text=_("Everybody reads it: an office's or a relay's number, never a mobile of somebody's own."),
    )  # fmt: skip
    hours = models.CharField(_("when it is answered"), max_length=80, blank=True, validators=_PUBLISHED)
    active = models.BooleanField(_("published"), default=True)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("secretary's line")
        verbose_name_plural = _("secretaries' lines")
        ordering: ClassVar = ["unit__path"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="reception_line_days",
                violation_error_message=_("A line ends on or after its first day."),
            ),
            # Whatever writes here, a form or a script: no bare mobile number is published.
            models.CheckConstraint(condition=~Q(relay_number__regex=STORED), name="reception_line_not_personal"),
        ]

    def __str__(self) -> str:
        return self.title


class Brought(models.Model):
    """A case that came by a line."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="brought", db_index=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="brought")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["line", "at"], name="reception_line_month")]
