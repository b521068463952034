"""Looking for cases, within what one may see; the same list as a file."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.cases.exports import csv_lines
from huiyin.cases.filters import LONGEST, SearchForm
from huiyin.cases.gist import Gist, gist
from huiyin.cases.models import Case
from huiyin.cases.paging import paged
from huiyin.cases.queries import as_rows, best_first, scopes, visible_one, visible_to
from huiyin.cases.saved import filters_of, question
from huiyin.cases.seen import mark_news
from huiyin.language.keywords import Keyword
from huiyin.people.access import account_of, staff
from huiyin.people.models import Account


@staff()
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if form.is_valid() and (found := _numbered(form, request)):
        return redirect(found)
    account = account_of(request)
    page = paged(*_asked(form, account), order=form.order, cursor=request.GET.get("cursor", ""), shown=as_rows)
    mark_news(account, page.rows)
    context = {"form": form, "page": page, "saved": filters_of(account, "cases:search")}
    return render(request, "cases/search.html", context | {"question": question(request.GET.urlencode())})


def _asked(form: SearchForm, account: Account) -> list[QuerySet[Case]]:
    if form.is_valid() and form.best_first:
        return [best_first(form.narrow(visible_to(account)), form.cleaned_data["q"])]
    return [form.narrow(scope) for scope in scopes(account)]


@staff()
@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """What the cases asked for are about, in words that narrow the search further, and in a few sentences."""
    form = SearchForm(request.GET)
    found = gist(form.narrow(visible_to(account_of(request))))
    words = form.cleaned_data.get("q", "").split() if form.is_valid() else []
    return render(request, "cases/_gist.html", {"gist": found, "chips": list(_narrowing(found, words))})


def _narrowing(found: Gist, words: list[str]) -> Iterator[tuple[Keyword, str]]:
    """Keywords not asked for yet, each with the words that would be asked then, as far as these can be asked."""
    asked = " ".join(words)
    new = ((word, f"{asked} {word.word}".strip()) for word in found.keywords if word.word not in asked.lower())
    return ((word, words) for word, words in new if len(words) <= LONGEST)


def _numbered(form: SearchForm, request: HttpRequest) -> Case | None:
    number = form.number
    return visible_one(account_of(request)).filter(number=number).first() if number else None


@staff()
@require_safe
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """CSV, masked, row by row from the database; its first line says what was asked."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "cases/search.html", {"form": form, "page": None}, status=422)
    cases = form.narrow(visible_to(account_of(request))).order_by(*form.newest_first)
    name = f"cases-{timezone.localtime():%Y%m%d-%H%M}.csv"
    lines: Iterator[str] = csv_lines(cases, asked=form.in_words())
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
