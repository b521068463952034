"""The companies and the estates they look after."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.people.access import staff
from huiyin.standing import domain_companies, queries
from huiyin.standing.forms_companies import CompanyForm, EndForm, EstateForm
from huiyin.standing.models import Company, Estate


@never_cache
@staff(*queries.RUN)
def companies(request: HttpRequest) -> HttpResponse:
    """GET: all of them; POST: one more."""
    form = CompanyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = domain_companies.add(form.cleaned_data["unit"])
        except ValueError as error:
            form.add_error("unit", str(error))
        else:
            return redirect("standing:company", made.pk)
    context = {"companies": queries.companies(), "form": form}
    return render(request, "standing/companies.html", context, status=422 if form.errors else 200)


@never_cache
@staff(*queries.RUN)
def company(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: its estates, those that were and those to come; POST: one more, or another number of households."""
    found = get_object_or_404(Company.objects.select_related("unit"), pk=pk)
    form = EstateForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(request, found, form)
    return _do(request, found, form, lambda: domain_companies.look_after(found, **form.cleaned_data))


@never_cache
@staff(*queries.RUN)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    estate = get_object_or_404(Estate.objects.select_related("company__unit"), pk=pk)
    form = EndForm(request.POST)
    return _do(request, estate.company, form, lambda: domain_companies.end(estate, **form.cleaned_data))


def _do(request: HttpRequest, found: Company, form: Form, verb: Callable[[], object]) -> HttpResponse:
    if form.is_valid():
        try:
            verb()
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("standing:company", found.pk)
    return _show(request, found, form, status=422)


def _show(request: HttpRequest, found: Company, form: Form, status: int = 200) -> HttpResponse:
    typed = form if isinstance(form, EstateForm) else EstateForm()
    context = {
        "company": found,
        "estates": found.estates.select_related("area").order_by("area__code", "-valid_from"),
        "form": typed,
        "errors": () if typed is form else [error for found in form.errors.values() for error in found],
        "today": timezone.localdate(),
    }
    return render(request, "standing/company.html", context, status=status)
