from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case
from huiyin.people.models import Unit
from huiyin.townhall.choices import Kind, Stage, State, Term, Theme, Via


class Meeting(models.Model):
    """A unit reports to its residents (domain.md 1)."""

    code = models.SlugField(_("code"), unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=80)
    theme = models.CharField(_("theme activity"), max_length=120, blank=True)
    venue = models.CharField(_("venue"), max_length=120)
    sub_venues = models.TextField(_("sub-venues, one a line"), max_length=1000, blank=True)
    agenda = models.TextField(_("agenda"), max_length=4000, blank=True)
    invited = models.CharField(_("who is invited"), max_length=300, blank=True)
    account = models.TextField(_("the unit's account, in plain words"), max_length=20_000, blank=True)
    begins_at = models.DateTimeField(_("begins at"))
    stage = models.CharField(_("stage"), max_length=8, choices=Stage, default=Stage.PLANNED)
    moderated = models.BooleanField(_("questions are looked at before they are shown"), default=True)
    # How many posts the live page has: taken under the row's lock, so that posts are numbered without a gap.
    posts = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes: ClassVar = [models.Index(fields=["begins_at"], name="townhall_meeting_day")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("townhall:live", args=[self.code])


class Question(models.Model):
    """What somebody asked, before, at or after a meeting: masked; who asked is sealed. Advice by topic, until answered.

    `asker` is the random word of a browser: one person's questions and likes, without a name.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="questions")
    via = models.CharField(_("how it came"), max_length=10, choices=Via)
    text = models.TextField(_("question"), max_length=500)
    sealed = models.BinaryField(null=True)
    asker = models.UUIDField(null=True)
    # What one press of a form's button sent: sent again, it is the same question.
    press = models.CharField(max_length=32)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="folded")
    likes = models.PositiveIntegerField(_("likes"), default=0)
    theme = models.CharField(_("list"), max_length=10, choices=Theme, blank=True)
    term = models.CharField(_("term"), max_length=4, choices=Term, blank=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("lead unit"))
    due = models.DateField(_("by"), null=True)
    case = models.OneToOneField(Case, models.SET_NULL, null=True, related_name="question")
    asked_at = models.DateTimeField()
    spotlit_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes: ClassVar = [
            models.Index(fields=["meeting", "state", "-likes"], name="townhall_queue"),
            models.Index(fields=["meeting", "asker"], name="townhall_asker"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "press"], name="townhall_press_once")]

    def __str__(self) -> str:
        return self.text[:40]


class Post(models.Model):
    """What stands on the live page, numbered from 1 without a gap. `body` is what a browser draws.

    Never changed, but for the words of a question that was taken back.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="feed", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    body = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "number"], name="townhall_post_number")]

    def __str__(self) -> str:
        return f"{self.meeting_id} · {self.number}"


class Like(models.Model):
    """One browser likes one question, once."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="+", db_index=False)
    viewer = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["question", "viewer"], name="townhall_like_once")]


class Viewer(models.Model):
    """A browser that opened the live page's stream of a meeting: counted once, however often it came back."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+", db_index=False)
    viewer = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "viewer"], name="townhall_viewer_once")]


class Watching(models.Model):
    """How many streams of a meeting a live process held when it last said so."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+", db_index=False)
    process = models.UUIDField()
    streams = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "process"], name="townhall_watching_once")]
