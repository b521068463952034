"""The address at which a company without an account explains itself, once: made again from the installation's key."""

from huiyin.cases.domain import secret_of
from huiyin.cases.private import keyed
from huiyin.kernel.chain import stamp
from huiyin.standing.models import Entry


def token_of(entry: Entry) -> str:
    """Empty before the notice."""
    return secret_of(f"standing:{entry.pk}:{stamp(entry.notified_at)}") if entry.notified_at else ""


def digest(token: str) -> str:
    return keyed("standing", token.strip().upper())


def find(token: str) -> Entry | None:
    found = Entry.objects.select_related("cycle__sheet", "company__unit").filter(link=digest(token))
    return found.first() if token.strip() else None
