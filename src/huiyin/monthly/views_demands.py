"""What the last meeting demanded, as it stands: checked off, or sent back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.labels import say
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import Refused
from huiyin.monthly import domain, domain_demands, queries
from huiyin.monthly.forms import SendBackForm
from huiyin.monthly.models import Point, Review
from huiyin.monthly.views import review_of
from huiyin.people.access import account_of, staff
from huiyin.review import beside, periods

SHOWN = ("all", "done", "open", "late")


@never_cache
@require_safe
@staff(*queries.READS)
def demands(request: HttpRequest, period: str) -> HttpResponse:
    return _show(request, review_of(period))


def _show(
    request: HttpRequest, review: Review, *, at: Point | None = None, form: SendBackForm | None = None
) -> HttpResponse:
    settled = queries.settled(review, request.GET.get("unit", ""))
    what = request.GET.get("show", "all")
    context = {
        "review": review,
        "period": periods.said(beside.period_of(review.freeze)),
        "settled": settled,
        "what": what if what in SHOWN else "all",
        "points": [
            (point, form if point == at else SendBackForm()) for point in settled.points if _wanted(point, what)
        ],
        "prepares": account_of(request).has_role(*queries.PREPARES),
    }
    return render(request, "monthly/demands.html", context, status=422 if form else 200)


def _wanted(point: Point, what: str) -> bool:
    case = point.case
    if case is None:
        return False
    asked = {"done": queries.is_done(case), "open": not queries.is_done(case), "late": case.is_late}
    return asked.get(what, True)


@require_POST
@never_cache
@staff(*queries.PREPARES)
def settle(request: HttpRequest, period: str, pk: int) -> HttpResponse:
    """`done`: checked off; else sent back with a reason and a new date."""
    review = review_of(period)
    point = Point.objects.filter(card__review=review, pk=pk, case__isnull=False).select_related("case").first()
    if point is None or point.case is None:
        raise Http404
    form = SendBackForm(request.POST)
    if "done" not in request.POST and not form.is_valid():
        return _show(request, review, at=point, form=form)
    account = account_of(request)
    try:
        if "done" in request.POST:
            domain_demands.check_off(point.case, by=account)
        else:
            told = {"reason": form.cleaned_data["reason"], "due_at": form.due_at}
            domain_demands.send_back(point.case, by=account, **told)
    except (domain.Late, Conflict):
        messages.warning(request, _("Somebody was faster: this is how it stands now."))
    except Refused as refused:
        messages.warning(request, say(refused))
    else:
        messages.success(request, _("Saved."))
    return redirect("monthly:demands", period)
