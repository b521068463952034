"""A cycle up to the proposed list: begin, bring sheets in, score, propose."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.language.mask import mask
from huiyin.people.effective import in_force
from huiyin.people.models import Account
from huiyin.review import periods
from huiyin.standing import queries, scoring
from huiyin.standing.choices import BROUGHT, DEDUCTION, VETO, Listed, Part, Stage, State, Verb
from huiyin.standing.counted import Counts, count
from huiyin.standing.log import Late, note
from huiyin.standing.models import Company, Cycle, Entry, Mark, ScoreSheet
from huiyin.standing.reading import Line
from huiyin.standing.scoring import Share
from huiyin.standing.wording import reasons_of


def begin(*, period: str, by: Account) -> Cycle:
    """A cycle for a period that is over, by the sheet in force on its last day. ValueError."""
    stretch = periods.read(period)
    last = (stretch.end - timedelta(microseconds=1)).astimezone(periods.zone()).date()
    sheet = ScoreSheet.objects.filter(in_force(last)).first()
    if stretch.end > timezone.now():
        raise ValueError(_("This period is not over yet: choose an earlier one."))
    if sheet is None:
        raise ValueError(_("No score sheet holds at the end of this period: set one first."))
    try:
        with transaction.atomic():
            cycle = Cycle.objects.create(period=stretch.label, sheet=sheet)
            note(cycle, Verb.BEGUN, by)
    except IntegrityError as error:
        raise ValueError(_("This period has been begun already: open it in the list.")) from error
    return cycle


@transaction.atomic
def bring(*, cycle: Cycle, lines: Sequence[Line], by: Account, filename: str = "") -> None:
    """Marks of a sheet; of a company and part it names, the former ones go. `Late` once the list is proposed."""
    _hold(cycle, Stage.COLLECT, Stage.SCORED)
    for code in {line.code for line in lines}:
        companies = {line.company.pk for line in lines if line.code == code}
        cycle.marks.filter(code=code, company__in=companies).delete()
    Mark.objects.bulk_create(Mark(cycle=cycle, **line._asdict()) for line in lines)
    note(cycle, Verb.BROUGHT, by, note=_("%(file)s · %(rows)d rows") % {"file": filename, "rows": len(lines)})


@transaction.atomic
def compute(*, cycle: Cycle, by: Account) -> None:
    """Every company's score as things stand now; scored again, it replaces the former one."""
    _hold(cycle, Stage.COLLECT, Stage.SCORED)
    now = timezone.now()
    counts = count(cycle.stretch, now)
    marks = list(cycle.marks.all())
    entries = [_entry(cycle, company, counts, marks) for company in Company.objects.select_related("unit")]
    found = scoring.ranks({one.company_id: one.score for one in entries if one.score is not None})
    for entry in entries:
        entry.rank = found.get(entry.company_id)
    cycle.entries.all().delete()
    Entry.objects.bulk_create(entries)
    Cycle.objects.filter(pk=cycle.pk).update(stage=Stage.SCORED, counted_at=now)
    cycle.refresh_from_db()
    note(cycle, Verb.SCORED, by, at=now)


def _entry(cycle: Cycle, company: Company, counts: Counts, marks: Iterable[Mark]) -> Entry:
    own = [mark for mark in marks if mark.company_id == company.pk]
    estates = queries.estates(company, cycle)
    households = [estate.households for estate in estates]
    known = None if not households or None in households else sum(filter(None, households))
    figures = counts.of([estate.area_id for estate in estates])["all"]
    shares = {Part.VOLUME: Share(Part.VOLUME, figures["received"].numerator, known)}
    for part, name in ((Part.RESOLUTION, "resolution"), (Part.REPEAT, "repeats")):
        shares[part] = Share(part, figures[name].numerator, figures[name].denominator)
    shares |= {
        Part(mark.code): Share(Part(mark.code), mark.earned, mark.possible) for mark in own if mark.code in BROUGHT
    }
    off = [mark for mark in own if mark.code == DEDUCTION]
    result = scoring.scored(cycle.sheet.parts, shares, sum((mark.earned for mark in off), Decimal(0)))
    return Entry(
        cycle=cycle, company=company, parts=result.parts, score=result.score, left_out=_why(result.missing, households),
        deductions=[{"points": str(mark.earned), "note": mark.note} for mark in off],
        veto="；".join(mark.note for mark in own if mark.code == VETO)[:200],
    )  # fmt: skip


def _why(missing: Sequence[Part], households: Sequence[int | None]) -> str:
    if not missing:
        return ""
    if Part.VOLUME in missing:
        return _("no estate on record") if not households else _("households of an estate are not known")
    return _("not brought in: %(parts)s") % {"parts": "、".join(str(part.label) for part in missing)}


@transaction.atomic
def propose(*, cycle: Cycle, by: Account) -> None:
    """Red and black by the sheet's shares, with drafted reasons. `Late`; ValueError where nobody has a score."""
    _hold(cycle, Stage.SCORED)
    entries = list(cycle.entries.select_related("company__unit"))
    scores = {one.pk: one.score for one in entries if one.score is not None}
    if not scores:
        raise ValueError(_("No company has a score yet: bring the sheets in and score again."))
    sheet = cycle.sheet
    found = scoring.lists(scores, [one.pk for one in entries if one.veto], sheet.red_percent, sheet.black_percent)
    if not found:
        raise ValueError(_("By the shares of its score sheet nobody comes on a list: there is nothing to propose."))
    for entry in entries:
        entry.listed = found.get(entry.pk, Listed.NONE)
        if entry.listed != Listed.NONE:
            entry.state, entry.proposed_by = State.PROPOSED, by
            entry.reasons = mask(reasons_of(entry, len(scores))).text
    Entry.objects.bulk_update(entries, ["listed", "state", "proposed_by", "reasons"])
    Cycle.objects.filter(pk=cycle.pk).update(stage=Stage.PROPOSED)
    cycle.refresh_from_db()
    note(cycle, Verb.PROPOSED, by)


def _hold(cycle: Cycle, *stages: Stage) -> None:
    """The cycle's row, locked, if it stands in one of `stages`; else `Late`."""
    if not Cycle.objects.select_for_update().filter(pk=cycle.pk, stage__in=stages).exists():
        raise Late
