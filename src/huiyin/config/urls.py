"""Every path of the product, one line a room."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("huiyin.review.urls")),
    path("", include("huiyin.people.urls")),
    path("", include("huiyin.notices.urls")),
    path("", include("huiyin.timers.urls")),
    path("", include("huiyin.collect.urls")),
    path("cases/", include("huiyin.cases.urls")),
    path("", include("huiyin.alike.urls")),
    path("", include("huiyin.assistant.urls")),
    path("", include("huiyin.assign.urls")),
    path("", include("huiyin.answer.urls")),
    path("", include("huiyin.evaluate.urls")),
    path("", include("huiyin.rounds.urls")),
    path("", include("huiyin.townhall.urls")),
    path("", include("huiyin.reception.urls")),
    path("", include("huiyin.polls.urls")),
    path("", include("huiyin.cockpit.urls")),
    path("", include("huiyin.bulletins.urls")),
    path("", include("huiyin.indicators.urls")),
    path("", include("huiyin.standing.urls")),
    path("", include("huiyin.monthly.urls")),
    path("api/v1/", include("huiyin.api.urls")),
    path("", include("huiyin.site.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
