import re
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Account

_NUMBER = re.compile(r"[A-Z]{1,4}-\d{4}-\d{5,}")


class Notice(models.Model):
    """One fact for one person, told once: `key` names the fact, and begins with its kind and a colon."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="notices", db_index=False)
    key = models.CharField(max_length=120)
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=200)
    urgent = models.BooleanField(_("urgent"), default=False)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    # Taken for sending: claimed before the message goes out, so that two workers never send it twice.
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "key"], name="notices_once")]
        indexes: ClassVar = [
            models.Index(F("account"), F("id").desc(), name="notices_of_account"),
            models.Index(F("account"), name="notices_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def bundled(self) -> list[tuple[str, str]]:
        """Lines of a notice that stands for many, each with the number of the case it names; of any other none."""
        if ":bundle:" not in self.key:
            return []
        found = [(line, _NUMBER.search(line)) for line in self.text.splitlines()]
        return [(line, number[0] if number else "") for line, number in found]

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]


class Preference(models.Model):
    """Where a person wants to be told besides the bell, and when not. No row: the bell only."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="+")
    # Apprise addresses, one a line, encrypted: they hold numbers and tokens. Empty: the bell only.
    sealed = models.BinaryField(default=b"")
    # What was told before the addresses were set is not sent after them.
    since = models.DateTimeField(default=timezone.now)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("quiet to"), null=True, blank=True)
    # "HH:MM", local.
    digests = models.JSONField(default=list)
    muted = models.JSONField(default=list)
    digested_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice preference")
        verbose_name_plural = _("notice preferences")
