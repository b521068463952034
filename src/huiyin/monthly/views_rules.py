"""The rules of the review: read by all who read it, changed by those who prepare it, what new ones would do."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from huiyin.kernel.roles import Role
from huiyin.monthly import domain_rules, labels_rules, queries, queries_rules
from huiyin.monthly.checking import braced
from huiyin.monthly.forms_rules import RuleBookForm
from huiyin.monthly.models import RuleBook
from huiyin.monthly.rehearsal import Rehearsal, rehearse
from huiyin.monthly.rules import rules_of
from huiyin.monthly.shown_rules import versions
from huiyin.people.access import account_of, staff


@never_cache
@staff(*queries.READS, Role.LEADER)
def rules(request: HttpRequest) -> HttpResponse:
    """GET: the versions and the form; POST with `look`: what it would do; without: from its day on it holds."""
    last = RuleBook.objects.first()
    if request.method != "POST":
        return _show(request, RuleBookForm(last=last))
    if not _may_change(request):
        raise PermissionDenied
    form = RuleBookForm(request.POST, last=last)
    if not form.is_valid():
        return _show(request, form, status=422)
    if "look" in request.POST:
        return _show(request, form, looked=True, rehearsal=rehearse(rules_of(form.values)))
    told = {"valid_from": form.cleaned_data["valid_from"], "ground": form.cleaned_data["ground"]}
    try:
        domain_rules.set_rules(values=form.values, by=account_of(request), **told)
    except ValueError as error:
        form.add_error("valid_from", str(error))
        return _show(request, form, status=422)
    messages.success(
        request, _("Set. Months whose last day is %(day)s or later are drafted by it.") % {"day": told["valid_from"]}
    )
    return redirect("monthly:rules")


def _show(
    request: HttpRequest, form: RuleBookForm, *, looked: bool = False, rehearsal: Rehearsal | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "form": form,
        "words": [(braced([word]), means) for word, means in labels_rules.WORDS.items()],
        "now": queries_rules.book_on(timezone.localdate()),
        "today": timezone.localdate(),
        "versions": versions(),
        "looked": looked,
        "rehearsal": rehearsal,
        "may_change": _may_change(request),
    }
    return render(request, "monthly/rules.html", context, status=status)


def _may_change(request: HttpRequest) -> bool:
    return account_of(request).has_role(*queries.PREPARES)
