"""What people tell together: the topics of the last weeks, and the cases of each."""

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.alike.models import Topic
from huiyin.alike.queries_topics import PEOPLE, cases_of, lines
from huiyin.cases.paging import paged
from huiyin.cases.queries import as_rows
from huiyin.cases.seen import mark_news
from huiyin.language.summary import summary
from huiyin.people.access import account_of, staff

_READ = 50  # the newest cases that the summary is made of


@never_cache
@staff()
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:60]
    found = lines(account_of(request), words)
    return render(request, "alike/topics.html", {"lines": found, "q": words})


@never_cache
@staff()
@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Its cases within the reader's rights; whoever may see none of them learns nothing of it."""
    found, account = get_object_or_404(Topic, pk=pk), account_of(request)
    cases = cases_of(found, account)
    newest = list(cases.select_related("body").only("title", "body__text").order_by("-pk")[:_READ])
    if not newest:
        raise Http404
    page = paged(as_rows(cases), order=("-id",), cursor=request.GET.get("cursor", ""))
    mark_news(account, page.rows)
    counted = cases.aggregate(cases=Count("pk"), people=PEOPLE)
    context = {"topic": found, "page": page, "said": summary([case.told for case in newest]), **counted}
    return render(request, "alike/topic.html", context)
