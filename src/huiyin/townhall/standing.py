"""Where a settled question stands, said once: the register, the review and the season's report all count by it.

Resolved: answered on the spot, and nobody who asked judged it unsolved; or its case is archived and the resident did
not say that it is unsolved. Late: not resolved, and past its date (of a case, while the unit has it and no deferral is
confirmed). Open: everything else. A question that another one stands for stands where that one does.
"""

from typing import Final

from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.states import WITH_UNIT
from huiyin.townhall.choices import SETTLED, Standing, State
from huiyin.townhall.models import Judgement, Question

RESOLVED_MEANS: Final = _(
    "Answered on the spot and not judged unsolved by anybody who asked; or its case is archived and the resident did"
    " not say that it is unsolved."
)
LATE_MEANS: Final = _("Not resolved, and its date has passed; of a case, while the unit has it, without a deferral.")
_ARCHIVED = "archived"
_UNSOLVED: Final = Judgement.objects.filter(question_id=Coalesce(OuterRef("into_id"), OuterRef("pk")), solved=False)
_DONE: Final = Q(stands=State.ANSWERED, unsolved=False) | (
    Q(at=_ARCHIVED) & (Q(said_solved=True) | Q(said_solved__isnull=True))
)
# Who reads a list sees what stands on it: not what is resolved, not what was only answered.
LISTED: Final = Q(stands__in=SETTLED) & ~Q(on="") & ~Q(standing=Standing.DONE)


def standing(questions: QuerySet[Question]) -> QuerySet[Question]:
    """With `standing`, `stands` (the state), `on` (the list), `over` (the term), `by` (the date), of itself or of what
    stands for it. What is not shown is left out.
    """
    known = questions.annotate(
        stands=Coalesce("into__state", "state"),
        on=Coalesce("into__theme", "theme"),
        over=Coalesce("into__term", "term"),
        at=Coalesce("into__case__state", "case__state"),
        said_solved=Coalesce("into__case__solved", "case__solved"),
        by=Coalesce(
            TruncDate("into__case__due_at"), F("into__due"), TruncDate("case__due_at"), F("due"),
            output_field=DateField(),
        ),
        unsolved=Exists(_UNSOLVED),
    )  # fmt: skip
    return known.exclude(stands=State.REFUSED).annotate(standing=_standing())


def _standing() -> Case:
    """Asked with the clock of the moment, so that it is built for every question anew."""
    cases_late = Q(at__in=WITH_UNIT) & (
        Q(into__case__due_at__lt=timezone.now(), into__case__deferral_confirmed=False)
        | Q(case__due_at__lt=timezone.now(), case__deferral_confirmed=False)
    )
    without_case = Q(at__isnull=True, stands__in=SETTLED, by__lt=timezone.localdate())
    return Case(
        When(_DONE, then=Value(Standing.DONE.value)),
        When(cases_late | without_case, then=Value(Standing.LATE.value)),
        default=Value(Standing.OPEN.value),
        output_field=CharField(),
    )
