from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Account, Unit
from huiyin.polls.choices import Shown, Stage, Verb
from huiyin.townhall.models import Meeting

MOST_OPTIONS = 12


class Poll(models.Model):
    """A question that residents decide, each phone once, and on paper.

    `version` counts what the staff did: who acts on an older one is told so.
    """

    code = models.SlugField(_("code"), unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="polls", verbose_name=_("unit"))
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="polls", verbose_name=_("meeting")
    )
    question = models.CharField(_("question put to the vote"), max_length=120)
    why = models.TextField(_("why it is put to the vote, and what follows"), max_length=2000, blank=True)
    pick = models.PositiveSmallIntegerField(
        _("how many one may choose"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_OPTIONS)]
    )
    opens_at = models.DateTimeField(_("voting begins at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("voting ends at"))
    eligible = models.PositiveIntegerField(_("how many are entitled to vote"), null=True, blank=True)
    eligible_source = models.CharField(_("where that number comes from"), max_length=120, blank=True)
    shown = models.CharField(_("result is shown"), max_length=6, choices=Shown, default=Shown.AFTER)
    opened_at = models.DateTimeField(null=True, editable=False)
    # Ballots of paper that were handed in, invalid ones among them; null until somebody has counted.
    paper_ballots = models.PositiveIntegerField(_("ballots handed in"), null=True, editable=False)
    paper_invalid = models.PositiveIntegerField(_("invalid ones among them"), default=0, editable=False)
    paper_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("vote of residents")
        verbose_name_plural = _("votes of residents")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pick__gte=1), name="polls_pick_one"),
            models.CheckConstraint(
                condition=models.Q(paper_ballots=None) | models.Q(paper_invalid__lte=models.F("paper_ballots")),
                name="polls_paper_invalid",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("polls:vote", args=[self.code])

    @property
    def stage(self) -> Stage:
        return self.stage_at(timezone.now())

    @property
    def result_is_open(self) -> bool:
        """Whether anybody may read the result now."""
        stage = self.stage
        return stage == Stage.CLOSED or (stage == Stage.OPEN and self.shown == Shown.ALWAYS)

    def stage_at(self, now: datetime) -> Stage:
        if self.opened_at is None:
            return Stage.DRAFT
        if now >= self.closes_at:
            return Stage.CLOSED
        return Stage.ANNOUNCED if self.opens_at and now < self.opens_at else Stage.OPEN


class Option(models.Model):
    """One of two to twelve; never changed once voting has been opened, but for what was counted on paper."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options", db_index=False)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("option"), max_length=60)
    details = models.CharField(_("details"), max_length=300, blank=True)
    yuan = models.PositiveIntegerField(_("cost in yuan"), null=True, blank=True)
    paper = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["poll", "position"], name="polls_option_position")]

    def __str__(self) -> str:
        return self.title


class Voter(models.Model):
    """One phone has voted in one poll: all that is known of it, by a keyed hash that is another one in every poll."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="voters", db_index=False)
    phone = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["poll", "phone"], name="polls_voter_once")]


class Ballot(models.Model):
    """What one phone chose. No time, no number that counts upwards, nothing of whose it is; mixed (`mixing.py`)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    # Ids of options; a table between the two would be numbered in the order of voting.
    options = ArrayField(models.BigIntegerField())


class Code(models.Model):
    """Six digits that went to a phone. `line` is a keyed hash of the number, not the one that `Voter` has."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="+", db_index=False)
    line = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["line", "-sent_at"], name="polls_code_line")]


class Entry(models.Model):
    """What the staff did with a vote, who and when. `note` is for everybody where it was extended or ended early."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="log")
    verb = models.CharField(max_length=9, choices=Verb)
    note = models.CharField(_("note for everybody"), max_length=200, blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
