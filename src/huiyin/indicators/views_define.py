"""Which indicators there are: a new one, and how an old one is read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from huiyin.indicators import domain, queries
from huiyin.indicators.forms_define import IndicatorForm
from huiyin.indicators.models import Indicator
from huiyin.people.access import staff


@never_cache
@staff(*queries.BRING)
def new(request: HttpRequest) -> HttpResponse:
    return _define(request, None)


@never_cache
@staff(*queries.BRING)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    return _define(request, get_object_or_404(Indicator, code=code))


def _define(request: HttpRequest, indicator: Indicator | None) -> HttpResponse:
    form = IndicatorForm(request.POST if request.method == "POST" else None, indicator=indicator)
    if request.method == "POST" and form.is_valid():
        try:
            kept = domain.define(indicator=indicator, **form.cleaned_data)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            next_ = _("It is there. Now say how it scores, and bring its values.")
            messages.success(request, _("Saved.") if indicator else next_)
            return redirect("indicators:indicator" if indicator else "indicators:rule", kept.code)
    context = {"indicator": indicator, "form": form}
    return render(request, "indicators/define.html", context, status=422 if form.errors else 200)
