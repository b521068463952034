"""Invited and come, by group."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from huiyin.townhall.choices import Group
from huiyin.townhall.models import Meeting


@dataclass(frozen=True, slots=True)
class Attendance:
    """Of one group, or of all (`group` is None): invited, signed in by phone, signed in on paper."""

    group: Group | None
    invited: int
    by_phone: int
    on_paper: int

    @property
    def came(self) -> int:
        return self.by_phone + self.on_paper


def attendance(meeting: Meeting) -> list[Attendance]:
    """Every group in the order of `Group`."""
    known = {one.group: one for one in meeting.guests.all()}
    phones = Counter(meeting.sign_ins.values_list("group", flat=True))
    return [
        Attendance(group, one.invited, phones[group], one.came_on_paper) if (one := known.get(group))
        else Attendance(group, 0, phones[group], 0)
        for group in Group
    ]  # fmt: skip


def in_all(rows: Sequence[Attendance]) -> Attendance:
    return Attendance(
        None, sum(row.invited for row in rows), sum(row.by_phone for row in rows), sum(row.on_paper for row in rows)
    )


def group_of(meeting: Meeting, viewer: UUID | None) -> Group | None:
    """The group this browser signed in with."""
    said = meeting.sign_ins.filter(viewer=viewer).values_list("group", flat=True).first() if viewer else None
    return Group(said) if said else None
