from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Category
from huiyin.people.models import Account, Unit


class ImportMap(models.Model):
    """A named map made in the browser; maps that ship are TOML files in `collect/maps`."""

    name = models.SlugField(unique=True)
    toml = models.TextField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)


class ImportRun(models.Model):
    """One file on its way in: how far it has come, what it refused. Resumable: rows are known by their source id."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    file = models.FileField(upload_to="imports/%Y/%m/")
    name = models.CharField(max_length=200)
    map_name = models.CharField(max_length=80)
    source = models.CharField(max_length=40)
    dry_run = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    report = models.FileField(upload_to="imports/%Y/%m/", blank=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-started_at"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")


class RateWindow(models.Model):
    """How often one sender (a keyed hash, never an address) used a public door in one hour."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)


class KnowledgeItem(models.Model):
    """What is known about one question, and who looks after it. What it says is in its versions."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    owner = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit that looks after it")
    )

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = _("knowledge item")
        verbose_name_plural = _("knowledge items")

    def __str__(self) -> str:
        return self.code


class KnowledgeVersion(models.Model):
    """An answer as it held from one day up to, and not including, another. Never edited: a change is a new version."""

    item = models.ForeignKey(KnowledgeItem, models.PROTECT, related_name="versions", verbose_name=_("knowledge item"))
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    words = models.CharField(_("words people use for it"), max_length=300, blank=True)
    text = models.TextField(_("what to answer"))
    source = models.CharField(_("source"), max_length=200)
    law = models.CharField(_("law"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until (not including)"), null=True, blank=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", editable=False)
    added_at = models.DateTimeField(auto_now_add=True)
    # Search terms: of title and words, and of everything.
    keys = ArrayField(models.CharField(max_length=40), default=list, editable=False)
    terms = ArrayField(models.CharField(max_length=40), default=list, editable=False)

    class Meta:
        ordering: ClassVar = ["item", "-version"]
        verbose_name = _("knowledge version")
        verbose_name_plural = _("knowledge versions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "version"], name="collect_knowledge_once"),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["keys"], name="collect_knowledge_keys"),
            GinIndex(fields=["terms"], name="collect_knowledge_terms"),
        ]

    def __str__(self) -> str:
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title

    def get_absolute_url(self) -> str:
        return reverse("collect:knowledge_version", args=[self.item.code, self.version])


class FrequentLimit(models.Model):
    """From how many requests in how many days a person is shown to supervisors. A view, never a limit on anybody."""

    valid_from = models.DateField(_("valid from"), unique=True)
    days = models.PositiveSmallIntegerField(_("days"))
    requests = models.PositiveSmallIntegerField(_("requests"))
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-valid_from"]
        verbose_name = _("frequent caller rule")
        verbose_name_plural = _("frequent caller rules")

    def __str__(self) -> str:
        return f"{self.requests} / {self.days} d"


class FrequentReview(models.Model):
    """Whether somebody who asks again and again is helped by another way. Opened by one, decided by another person.

    It never keeps anybody from asking: nothing but its own page reads it.
    """

    class Outcome(models.TextChoices):
        CONTACT = "contact", _("One contact person for everything")
        VISIT = "visit", _("A visit at home")
        LEGAL_AID = "legal_aid", _("Legal aid")
        NOTHING = "nothing", _("Nothing out of the ordinary")

    phone_index = models.CharField(max_length=32)
    reason = models.TextField(_("reason"))
    numbers = ArrayField(models.CharField(max_length=20))
    opened_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    words = models.TextField(_("what was decided"), blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-opened_at"]
        verbose_name = _("review of a frequent caller")
        verbose_name_plural = _("reviews of frequent callers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["phone_index"],
                name="collect_one_open_review",
                condition=models.Q(decided_at__isnull=True) & ~models.Q(phone_index=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["phone_index"], name="collect_review_of_person")]
