from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Account


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
