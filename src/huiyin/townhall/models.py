from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiyin.cases.choices import Satisfaction
from huiyin.cases.models import Case
from huiyin.people.models import Account, Unit
from huiyin.townhall.choices import Group, Kind, Phase, Stage, State, Term, Theme, Via, WordUse


class Season(models.Model):
    """The days within which every ranked unit reports once."""

    title = models.CharField(_("title"), max_length=80)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("season of meetings")
        verbose_name_plural = _("seasons of meetings")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="townhall_season_days",
                violation_error_message=_("A season ends on or after its first day."),
            )
        ]

    def __str__(self) -> str:
        return self.title


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
    # When it was first opened, and last closed: what the clocks of phones say counts for nothing.
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
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
    phase = models.CharField(_("when it came"), max_length=6, choices=Phase)
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
    # Of what stays on a list: the day the residents hear of it next.
    next_on = models.DateField(_("next date"), null=True)
    case = models.OneToOneField(Case, models.SET_NULL, null=True, related_name="question")
    asked_at = models.DateTimeField()
    spotlit_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    # When the answer was last worded anew: everybody sees that it was.
    corrected_at = models.DateTimeField(null=True)

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

    Never changed, but for words and pictures that were taken back.
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


class Guests(models.Model):
    """Of one group of people: how many are invited, and how many came without a phone to sign in with."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests", db_index=False)
    group = models.CharField(_("group"), max_length=10, choices=Group)
    invited = models.PositiveIntegerField(_("invited"), default=0)
    came_on_paper = models.PositiveIntegerField(_("signed in on paper"), default=0)

    class Meta:
        verbose_name = _("guests")
        verbose_name_plural = _("guests")
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "group"], name="townhall_guests_once")]

    def __str__(self) -> str:
        return f"{self.get_group_display()} · {self.invited}"


class SignIn(models.Model):
    """One browser said that it is in the hall, and of which group: no name is asked for."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sign_ins", db_index=False)
    viewer = models.UUIDField()
    group = models.CharField(_("group"), max_length=10, choices=Group)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "viewer"], name="townhall_sign_in_once")]


class Picture(models.Model):
    """A picture of the live page, drawn anew (nothing hidden in the file survives); its post names it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="pictures")
    file = models.FileField(upload_to="meetings/")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()


class Step(models.Model):
    """What was done about a question on a list, for everybody to read, and the day they hear of it next."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="steps")
    text = models.CharField(_("what was done"), max_length=500)
    next_on = models.DateField(_("next date"), null=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()


class Judgement(models.Model):
    """What one who asked says of an answer that was given on the spot; a case is judged by its own receipt."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="judgements", db_index=False)
    viewer = models.UUIDField()
    solved = models.BooleanField(_("solved"))
    satisfaction = models.CharField(_("satisfaction"), max_length=12, choices=Satisfaction)
    words = models.CharField(_("in words"), max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["question", "viewer"], name="townhall_judged_once")]


class Review(models.Model):
    """What is concluded of a meeting, and what comes next: the one part of its report that no figure gives."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="review")
    words = models.TextField(_("conclusions and next steps"), max_length=5000, blank=True)
    # How often it was written: who writes over a text that they have not seen is told.
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("review of a meeting")
        verbose_name_plural = _("reviews of meetings")

    def __str__(self) -> str:
        return str(self.meeting)


class Word(models.Model):
    """A word that is not taken in a question, or has it looked at; found however it is spaced or dotted."""

    text = models.CharField(_("word"), max_length=40, unique=True)
    use = models.CharField(_("what it leads to"), max_length=8, choices=WordUse, default=WordUse.HELD)

    class Meta:
        verbose_name = _("word that is watched for")
        verbose_name_plural = _("words that are watched for")

    def __str__(self) -> str:
        return self.text
