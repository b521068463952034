"""The knowledge base: what holds on a day, found by words; every version as it stood."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.collect import knowledge as known
from huiyin.collect.forms import KnowledgeForm
from huiyin.collect.models import KnowledgeVersion
from huiyin.people.access import staff


@never_cache
@staff()
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    form = KnowledgeForm(request.GET)
    return render(request, "collect/knowledge.html", {"form": form, "versions": form.found()})


@never_cache
@staff()
@require_safe
def version(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """One version, as it was cited, with all others beside it."""
    shown = KnowledgeVersion.objects.select_related("item", "by")
    one = get_object_or_404(shown, item__code=code, version=version)
    context = {
        "version": one,
        "versions": one.item.versions.all(),
        "holds": known.versions_on(timezone.localdate()).filter(pk=one.pk).exists(),
    }
    return render(request, "collect/version.html", context)
