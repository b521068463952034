import hashlib
import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Account


class ApiToken(models.Model):
    """Lets a program act as an account. Only a digest is kept; the token is shown once, when it is made."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    @classmethod
    def make(cls, account: Account, name: str) -> str:
        token = secrets.token_urlsafe(32)
        cls.objects.create(account=account, name=name, digest=digest(token))
        return token


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
