"""Templates to download and to bring, the list of their fields, and the classes that are reported apart."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.bulletins import domain_templates, layouts, queries
from huiyin.bulletins.choices import Kind
from huiyin.bulletins.fields import FIELDS, LISTS
from huiyin.bulletins.forms import SensitiveForm, UploadForm
from huiyin.bulletins.models import Sensitive, Template
from huiyin.bulletins.views_paper import sent
from huiyin.people.access import account_of, staff


@never_cache
@staff(*queries.DRAFT)
def templates(request: HttpRequest) -> HttpResponse:
    """GET: which holds for each kind; POST: a new one."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid() and _keep(request, form):
        return redirect("bulletins:templates")
    context = {
        "form": form,
        "kinds": [(kind, label, queries.template_of(kind)) for kind, label in Kind.choices],
        "templates": Template.objects.select_related("by").order_by("kind", "-version"),
        "today": timezone.localdate(),
    }
    return render(request, "bulletins/templates.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, form: UploadForm) -> bool:
    given = form.cleaned_data
    file = given["file"]
    told = {"name": file.name, "body": file.read(), "by": account_of(request)}
    try:
        made = domain_templates.upload(kind=given["kind"], valid_from=given["valid_from"], **told)
    except ValueError as error:
        form.add_error("file", str(error))
        return False
    messages.success(request, _("Version %(version)d is kept.") % {"version": made.version})
    return True


@never_cache
@staff(*queries.DRAFT)
@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    lists = [(name, list(known.items())) for name, known in LISTS.items()]
    return render(request, "bulletins/fields.html", {"fields": list(FIELDS.items()), "lists": lists})


@never_cache
@staff(*queries.DRAFT)
@require_safe
def house(_request: HttpRequest, kind: str) -> HttpResponse:
    """The house's own, to change in Word and bring back."""
    if kind not in Kind.values:
        raise Http404
    return sent(layouts.template(kind), f"template-{kind}.docx")


@never_cache
@staff(*queries.DRAFT)
@require_POST
def back(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in Kind.values:
        raise Http404
    domain_templates.back_to_the_house(kind=kind)
    messages.success(request, _("From today the house's own template holds."))
    return redirect("bulletins:templates")


@never_cache
@staff(*queries.DRAFT)
@require_safe
def template(_request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Template, pk=pk)
    name = f"template-{found.kind}-{found.version}.docx"
    with found.file.open("rb") as kept:
        return sent(kept.read(), name)


@never_cache
@staff(*queries.DRAFT)
def sensitive(request: HttpRequest) -> HttpResponse:
    form = SensitiveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            domain_templates.add_class(**form.cleaned_data)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            return redirect("bulletins:sensitive")
    context = {"form": form, "classes": Sensitive.objects.order_by("valid_to", "order", "pk")}
    return render(request, "bulletins/sensitive.html", context, status=422 if form.errors else 200)


@never_cache
@staff(*queries.DRAFT)
@require_POST
def end(_request: HttpRequest, pk: int) -> HttpResponse:
    domain_templates.end_class(sensitive=get_object_or_404(Sensitive, pk=pk))
    return redirect("bulletins:sensitive")
