from functools import cache
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.cases.choices import STATE_CHOICES, Channel, Kind, Light, Purpose, Satisfaction, Urgency
from huiyin.kernel.ring import ring
from huiyin.kernel.states import BEING_JUDGED, OPEN, STATES, WITH_UNIT
from huiyin.people.models import Account, Area, Named, Unit

_NUMBER = "0000"  # stands for a number in an address
# What the unit's answer said is not what somebody independent found or heard.
CONTRADICTED = Q(mismatches__gt=0) | Q(solved=True, second_solved=False)
# Decisions on whether a case counts: few, and asked for by period.
CLAIMS = ("apply_exclusion", "exclude", "refuse_exclusion", "appeal", "uphold_appeal", "refuse_appeal")


class Category(Named):
    """Two levels (domain.md 13); `codes` maps to the city's and the national schemes."""

    code = models.CharField(max_length=12, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    words = models.TextField(blank=True)
    codes = models.JSONField(default=dict, blank=True)
    urgency_default = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    confidential_default = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class Case(models.Model):
    """The projection of a case's events: `kernel.fold` gives this row again. Written only by `cases.store`."""

    number = models.CharField(_("number"), max_length=20)
    seq = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=12, choices=STATE_CHOICES)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, blank=True)
    title = models.CharField(_("title"), max_length=120)
    category = models.ForeignKey(Category, models.PROTECT, null=True, verbose_name=_("category"), db_index=False)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default=Urgency.NORMAL)
    confidential = models.BooleanField(_("confidential"), default=False)
    area = models.ForeignKey(Area, models.PROTECT, null=True, verbose_name=_("area"), db_index=False)
    place = models.CharField(_("place"), max_length=120, blank=True)
    # Thousandths of a degree, about 100 m: the exact pin is in the private payload.
    lat_e3 = models.IntegerField(null=True)
    lon_e3 = models.IntegerField(null=True)
    source = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=80, null=True)  # noqa: DJ001 NULL keeps the unique index out of the way
    person = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    # Keyed hash of the phone number: finds one person's cases without storing the number.
    phone_index = models.CharField(max_length=32, blank=True)

    lead = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("lead unit"), db_index=False
    )
    assignee = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_by = models.CharField(max_length=24, null=True)  # noqa: DJ001 the fold knows None, not ""
    replied_by = models.CharField(max_length=24, null=True)  # noqa: DJ001
    back_to = models.CharField(max_length=12, null=True)  # noqa: DJ001
    evaluated_by = models.CharField(max_length=24, null=True)  # noqa: DJ001
    # The number of the case that this one is answered with.
    parent = models.CharField(max_length=20, null=True)  # noqa: DJ001
    emergency = models.BooleanField(_("emergency"), default=False)

    created_at = models.DateTimeField(_("received"))
    registered_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    lead_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    first_contact_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(_("due"), null=True)
    replied_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(_("closed by the unit"), null=True)
    evaluated_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    next_call_at = models.DateTimeField(null=True)
    next_report_on = models.DateField(null=True)
    changed_at = models.DateTimeField()

    attempts = models.PositiveSmallIntegerField(default=0)
    objections = models.PositiveSmallIntegerField(default=0)
    redispatches = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    rounds = models.PositiveSmallIntegerField(default=1)
    reopened = models.PositiveSmallIntegerField(default=0)
    sent_back = models.PositiveSmallIntegerField(default=0)
    urged = models.PositiveSmallIntegerField(default=0)
    whistles = models.PositiveSmallIntegerField(default=0)
    mismatches = models.PositiveSmallIntegerField(default=0)
    rebounds = models.PositiveSmallIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)
    excluded = models.BooleanField(default=False)
    deferral_confirmed = models.BooleanField(default=False)
    long_term = models.CharField(max_length=40, blank=True)
    light = models.CharField(max_length=6, choices=Light, null=True)  # noqa: DJ001

    # Four separate facts (design.md 5): closed_at, verified, solved, satisfaction.
    valid_callback = models.BooleanField(null=True)
    contacted = models.BooleanField(null=True)
    solved = models.BooleanField(null=True)
    satisfaction = models.CharField(max_length=12, choices=Satisfaction, null=True)  # noqa: DJ001
    verified = models.BooleanField(null=True)
    # What a second, independent call heard; it never overwrites the first.
    second_solved = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints: ClassVar = [
            # Not unique=True: that keeps a second index for LIKE, which nothing asks for.
            models.UniqueConstraint(fields=["number"], name="cases_number"),
            models.UniqueConstraint(
                fields=["source", "source_id"], name="cases_once_a_source", condition=Q(source_id__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            # With what the tabs of an inbox are told apart by: they are counted without reading a row.
            models.Index(
                fields=["lead", "due_at", "id"], name="cases_inbox", condition=Q(state__in=WITH_UNIT),
                include=["state", "rounds", "sent_back"],
            ),
            models.Index(F("due_at"), F("id"), name="cases_overdue", condition=Q(state__in=WITH_UNIT)),
            models.Index(F("lead"), F("id").desc(), name="cases_of_unit"),
            models.Index(F("state"), F("id").desc(), name="cases_in_state"),
            models.Index(F("lead"), F("id").desc(), name="cases_judged", condition=Q(state__in=BEING_JUDGED)),
            models.Index(F("category"), F("id").desc(), name="cases_of_kind"),
            models.Index(F("created_at"), name="cases_by_time"),
            models.Index(F("parent"), name="cases_merged_into", condition=Q(parent__isnull=False)),
            models.Index(F("area"), F("category"), F("id").desc(), name="cases_at_point"),
            models.Index(F("closed_at"), name="cases_by_close", condition=Q(closed_at__isnull=False)),
            models.Index(F("phone_index"), name="cases_of_person", condition=~Q(phone_index="")),
            models.Index(
                Greatest("closed_at", "next_call_at"), F("id"),
                name="cases_callbacks", condition=Q(state="to_call_back"),
            ),
            models.Index(F("evaluated_at"), name="cases_by_word", condition=Q(evaluated_at__isnull=False)),
            models.Index(F("verified_at"), name="cases_by_check", condition=Q(verified_at__isnull=False)),
            models.Index(F("id").desc(), name="cases_lit", condition=Q(light__isnull=False)),
            models.Index(F("id").desc(), name="cases_contradicted", condition=CONTRADICTED),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return _address().replace(_NUMBER, self.number)

    @cached_property
    def url(self) -> str:
        return self.get_absolute_url()

    @property
    def told(self) -> str:
        """Title and text as language reads them, masked; a title that the text begins with is said once."""
        text = self.body.text
        return text if text.startswith(self.title) else f"{self.title}\n{text}"

    @property
    def about(self) -> str:
        """What and where it is, and whose: the second line of a row."""
        what = Kind.DIRECTIVE.label if self.kind == Kind.DIRECTIVE else self.category
        return " · ".join(str(name) for name in (what, self.area, self.lead) if name)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        """Past its date and still on the unit's desk. A confirmed deferral has a date of its own: the next report."""
        waits = self.state in WITH_UNIT and not self.deferral_confirmed
        return waits and self.due_at is not None and self.due_at < timezone.now()

    @property
    def ring(self) -> str:
        return ring(self.state, late=self.is_late, solved=self.solved)

    @property
    def state_label(self) -> str:
        state = STATES[self.state]
        return state.en if (get_language() or "").startswith("en") else state.zh


@cache
def _address() -> str:
    """Of a case's page, asked for once: a list has fifty of them."""
    return reverse("cases:case", args=[_NUMBER])


class SynonymGroup(models.Model):
    """Words that mean the same to whoever searches here, beside the groups that come with the programme."""

    words = models.CharField(_("words"), max_length=200, help_text=_("two or more, separated by commas"))

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("groups of synonyms")

    def __str__(self) -> str:
        return self.words


class CaseText(models.Model):
    """What a case says, masked, with its search terms: apart, so that moving a case never rewrites them."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="body")
    text = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    terms = SearchVectorField()

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["terms"], name="cases_terms")]


class Event(models.Model):
    """Append-only: a trigger refuses update, delete and truncate, whoever asks (design.md 4)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()
    actor = models.CharField(max_length=24)
    role = models.CharField(max_length=12)
    unit = models.CharField(max_length=40, null=True)  # noqa: DJ001 hashed as null
    public = models.JSONField()
    private_digest = models.CharField(max_length=64, null=True)  # noqa: DJ001
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["case", "seq"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "seq"], name="cases_event_once")]
        indexes: ClassVar = [models.Index(F("at"), F("id"), name="cases_claims", condition=Q(kind__in=CLAIMS))]


class PrivatePayload(models.Model):
    """The originals of an event, encrypted; erasing the row keeps the chain whole (salted digest in the event)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="private", db_index=False)
    seq = models.PositiveIntegerField()
    salt = models.BinaryField(max_length=16)
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "seq"], name="cases_private_once")]


class CasePart(models.Model):
    """A helping unit's part in a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="parts", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    part = models.CharField(_("part"), max_length=200, blank=True)
    due_at = models.DateTimeField(_("due"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "unit"], name="cases_part_once")]
        # In the order of cases: the newest that a unit helps with, without reading all of them.
        indexes: ClassVar = [models.Index(F("unit"), F("case").desc(), name="cases_helped")]


class Attachment(models.Model):
    """A picture, re-encoded so that nothing hidden in the file survives (EXIF, scripts)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    file = models.FileField(upload_to="attachments/%Y/%m/")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text=_("bytes"))
    by = models.CharField(max_length=24)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "sha256"], name="cases_attachment_once")]


class Receipt(models.Model):
    """What opens a case for the person who brought it: a keyed hash of the secret, never the secret."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="receipt")
    secret_digest = models.CharField(max_length=64)


class AccessLog(models.Model):
    """Every un-masking: who, whose, why, when."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="accesses")
    purpose = models.CharField(max_length=10, choices=Purpose)
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at"]
        verbose_name = _("access")
        verbose_name_plural = _("accesses")


class Seen(models.Model):
    """Up to which event an account has looked at a case; no row: never."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    seq = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "case"], name="cases_seen_once")]


class SavedFilter(models.Model):
    """A question that an account asks of a list again and again: the query part of the list's address."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="saved_filters", db_index=False)
    # The name of the list's view: "cases:search", "answer:inbox".
    page = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "page", "name"], name="cases_saved_filter_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"{reverse(self.page)}?{self.query}"
