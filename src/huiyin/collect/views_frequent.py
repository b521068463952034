"""People who ask often, masked: who they are, what they asked, how they are helped."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.labels import say
from huiyin.cases.models import Case
from huiyin.collect import frequent
from huiyin.collect.forms import DecideForm, ReviewForm
from huiyin.collect.models import FrequentReview
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff

for_reviewers = staff(Role.SUPERVISOR, Role.REVIEWER)
_OPEN = frequent.MAY_OPEN


@never_cache
@for_reviewers
@require_safe
def persons(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    limit = frequent.limit_on(now)
    found = frequent.persons(limit, now) if limit else []
    waiting = FrequentReview.objects.filter(decided_at=None).select_related("opened_by")
    return render(request, "collect/frequent.html", {"limit": limit, "persons": found, "waiting": waiting})


@never_cache
@staff(Role.AGENT, Role.DISPATCHER, Role.SUPERVISOR, Role.REVIEWER)
def person(request: HttpRequest, number: str) -> HttpResponse:
    """GET: what the person of this case asked; POST: open a review of it. The address never names the person."""
    case = get_object_or_404(Case, number=number.upper(), confidential=False)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            frequent.open_review(case=case, account=account_of(request), reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, say(refused))
        else:
            messages.success(request, _("The review is open: a reviewer decides."))
            return redirect("collect:person", case.number)
    return _person(request, case, form)


def _person(request: HttpRequest, case: Case, form: ReviewForm, decision: DecideForm | None = None) -> HttpResponse:
    account, reviews = account_of(request), frequent.reviews_of(case)
    waiting = next((review for review in reviews if review.decided_at is None), None)
    decides = waiting is not None and account.has_role(Role.REVIEWER) and waiting.opened_by_id != account.pk
    context = {
        "case": case,
        "cases": frequent.cases_of(case),
        "reviews": reviews,
        "waiting": waiting,
        "form": form if waiting is None and account.has_role(*_OPEN) else None,
        "decision": (decision or DecideForm()) if decides else None,
    }
    wrong = form.errors or (decision and decision.errors)
    return render(request, "collect/person.html", context, status=422 if wrong else 200)


@for_reviewers
@require_POST
def decide(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    case = get_object_or_404(Case, number=number.upper(), confidential=False)
    review = get_object_or_404(FrequentReview.objects.exclude(phone_index=""), pk=pk, phone_index=case.phone_index)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _person(request, case, ReviewForm(), form)
    try:
        frequent.decide(review=review, account=account_of(request), **form.cleaned_data)
    except Refused as refused:
        messages.warning(request, say(refused))
    else:
        messages.success(request, _("Decided."))
    return redirect("collect:person", case.number)
