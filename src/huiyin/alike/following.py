"""What was read of a case is forgotten where a move changes what it tells, or hides it; the worker reads it anew."""

from collections.abc import Sequence
from typing import Final

from huiyin.alike.models import Fingerprint, TopicCase
from huiyin.cases.draft import Draft

_READ: Final = frozenset({"title", "place", "confidential"})


def forget(drafts: Sequence[Draft]) -> None:
    """Reaction to stored moves: two statements where one of them matters, none otherwise."""
    changed = [draft.id for draft in drafts if _told_anew(draft)]
    if changed:
        TopicCase.objects.filter(case__in=changed).delete()
        Fingerprint.objects.filter(case__in=changed).delete()


def _told_anew(draft: Draft) -> bool:
    if draft.entries[0].event.seq == 1:  # of a new case nothing was read yet
        return False
    return any(entry.event.kind == "withdraw" or _READ & entry.event.public.keys() for entry in draft.entries)
