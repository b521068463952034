"""From the proposed list to its end: tell, explain, decide, publish, coach, re-check, take off, expire."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.assign.queries import calendar
from huiyin.kernel.clock import Rule, deadline
from huiyin.language.mask import mask
from huiyin.notices.domain import notify as tell
from huiyin.people.models import Account
from huiyin.standing import links, queries
from huiyin.standing.choices import ON_THE_LIST, Listed, Stage, State, Verb
from huiyin.standing.log import Late, note, step
from huiyin.standing.models import Coaching, Cycle, Entry, Evidence, Recheck

_TO_PUBLISH: Final = (State.NOTIFIED, State.EXPLAINING, State.DECIDED)


@transaction.atomic
def reword(entry: Entry, *, by: Account, reasons: str) -> None:
    """Reasons as everybody will read them: names and numbers of persons are masked."""
    step(entry, [State.PROPOSED], reasons=mask(reasons.strip()).text)
    note(entry.cycle, Verb.REWORDED, by, entry=entry)


@transaction.atomic
def notify(cycle: Cycle, *, by: Account) -> None:
    """Tell every company on the proposed list, with the time it has. `Late`; ValueError where a reason is missing."""
    if not Cycle.objects.filter(pk=cycle.pk, stage=Stage.PROPOSED).update(stage=Stage.NOTICE):
        raise Late
    entries = list(cycle.entries.filter(state=State.PROPOSED).select_related("company__unit"))
    if not entries:
        raise ValueError(_("Nobody is on the proposed list: there is nobody to tell."))
    if unsaid := [str(entry) for entry in entries if not entry.reasons.strip()]:
        raise ValueError(_("Say why first: %(companies)s.") % {"companies": "、".join(unsaid)})
    now = timezone.now()
    until = deadline(now, Rule(cycle.sheet.explain_days, "working_days"), calendar()).due_at
    for entry in entries:
        entry.notified_at = now
        link = links.digest(links.token_of(entry))
        step(entry, [State.PROPOSED], state=State.NOTIFIED, notified_at=now, explain_until=until, link=link)
        note(cycle, Verb.NOTIFIED, by, entry=entry, at=now)
        _tell_company(entry)
    cycle.refresh_from_db()


def _tell_company(entry: Entry) -> None:
    unit = entry.company.unit_id
    accounts = Account.objects.filter(memberships__unit=unit, memberships__role__in=queries.ANSWER).distinct()
    tell(
        accounts=accounts,
        key=f"standing:{entry.pk}:notice",
        subject=f"红黑榜告知书 · {entry.get_listed_display()}",
        text="请在期限内说明情况，逾期视为没有意见。",
        url=f"/standing/mine/{entry.pk}/",
    )


@transaction.atomic
def explain(entry: Entry, *, by: Account | None, words: str, pictures: Sequence[bytes] = ()) -> None:
    """The company's own words, once, within its time. ValueError after it, `Late` where it has explained already."""
    now = timezone.now()
    if entry.explain_until and now >= entry.explain_until:
        raise ValueError(_("The time to explain ended on %(at)s.") % {"at": _at(entry)})
    step(
        entry, [State.NOTIFIED], Q(explain_until__gt=now), state=State.EXPLAINING, explanation=words.strip(),
        explained_at=now,
    )  # fmt: skip
    for picture in pictures:
        Evidence.objects.create(entry=entry, file=ContentFile(picture, name=f"{entry.pk}.jpg"))
    note(entry.cycle, Verb.EXPLAINED, by, entry=entry, at=now)


@transaction.atomic
def decide(entry: Entry, *, by: Account, accepted: bool, reasons: str) -> None:
    """Accepted, it is not listed. ValueError for whoever proposed it; of two deciders the second is `Late`."""
    if entry.proposed_by_id == by.pk:
        raise ValueError(_("You proposed this entry: somebody else decides on the explanation."))
    state = State.SPARED if accepted else State.DECIDED
    said, now = mask(reasons.strip()).text, timezone.now()
    step(entry, [State.EXPLAINING], state=state, decided_by=by, decided_at=now, decision=said)
    note(entry.cycle, Verb.ACCEPTED if accepted else Verb.REFUSED, by, entry=entry, note=said)


@transaction.atomic
def publish(cycle: Cycle, *, by: Account) -> int:
    """The whole list, or none of it. ValueError while an explanation is open or a company still has time."""
    if not Cycle.objects.select_for_update().filter(pk=cycle.pk, stage=Stage.NOTICE).exists():
        raise Late
    now, today = timezone.now(), timezone.localdate()
    held = cycle.entries.select_for_update(of=("self",)).filter(state__in=_TO_PUBLISH)
    entries = list(held.select_related("company__unit"))
    _require_closed(entries)
    until = today + timedelta(days=cycle.sheet.listed_days)
    for entry in entries:
        step(entry, [State.NOTIFIED, State.DECIDED], state=State.PUBLISHED, published_at=now, expires_on=until)
        note(cycle, Verb.PUBLISHED, by, entry=entry, at=now)
    Cycle.objects.filter(pk=cycle.pk).update(stage=Stage.PUBLISHED)
    note(cycle, Verb.PUBLISHED, by, at=now)
    cycle.refresh_from_db()
    return len(entries)


def _require_closed(entries: Sequence[Entry]) -> None:
    waiting = [str(entry) for entry in entries if entry.state == State.EXPLAINING]
    if waiting:
        raise ValueError(
            _("The explanation of %(companies)s is open: decide on it first.") % {"companies": "、".join(waiting)}
        )
    early = [entry for entry in entries if entry.explain_until and entry.explain_until > timezone.now()]
    if early:
        told = {"companies": "、".join(map(str, early)), "at": _at(early[0])}
        raise ValueError(_("%(companies)s may explain until %(at)s: publish after that.") % told)


@transaction.atomic
def coach(entry: Entry, *, by: Account, on: date, words: str, mend_by: date) -> None:
    """A talk, a training, help; any number of them while it stands on the black list."""
    published = timezone.localdate(entry.published_at) if entry.published_at else on
    if not published <= on <= timezone.localdate():
        raise ValueError(_("The day of the talk lies between the publication of the list and today."))
    if mend_by < on:
        raise ValueError(_("The day by which it is mended cannot lie before the day of the talk."))
    step(entry, [State.PUBLISHED, State.COACHING], Q(listed=Listed.BLACK), state=State.COACHING)
    Coaching.objects.create(entry=entry, on=on, words=mask(words).text, mend_by=mend_by, by=by)
    note(entry.cycle, Verb.COACHED, by, entry=entry, note=mask(words).text)


@transaction.atomic
def recheck(entry: Entry, *, by: Account, on: date, passed: bool, words: str) -> None:
    """Passed, it may be taken off; not passed, coaching goes on. ValueError for a day before a talk, or ahead."""
    talk = entry.coachings.aggregate(last=Max("on"))["last"]
    if (talk and on < talk) or on > timezone.localdate():
        raise ValueError(_("The day of the re-check lies between the last talk and today."))
    step(entry, [State.COACHING], state=State.RECHECK if passed else State.COACHING)
    Recheck.objects.create(entry=entry, on=on, passed=passed, words=mask(words).text, by=by)
    note(entry.cycle, Verb.PASSED if passed else Verb.FAILED, by, entry=entry, note=mask(words).text)


@transaction.atomic
def remove(entry: Entry, *, by: Account, why: str) -> None:
    """Off the list before its time: a black entry after a re-check, a red one that was not deserved."""
    now = timezone.now()
    allowed = Q(state=State.RECHECK) | Q(listed=Listed.RED, state=State.PUBLISHED)
    said = mask(why.strip()).text[:300]
    step(entry, ON_THE_LIST, allowed, state=State.REMOVED, ended_at=now, removal=said)
    note(entry.cycle, Verb.REMOVED, by, entry=entry, note=said, at=now)


@transaction.atomic
def expire(today: date) -> int:
    """What has stood its time leaves the list by itself."""
    expired = 0
    for entry in queries.due_to_expire(today):
        left = Entry.objects.filter(pk=entry.pk, state__in=ON_THE_LIST)
        if left.update(state=State.EXPIRED, ended_at=timezone.now()):
            note(entry.cycle, Verb.EXPIRED, None, entry=entry)
            expired += 1
    return expired


def _at(entry: Entry) -> str:
    return date_format(timezone.localtime(entry.explain_until), "Y-m-d H:i") if entry.explain_until else "—"
