from django.urls import path

from huiyin.review import (
    views,
    views_cut_offs,
    views_exclusions,
    views_public,
    views_rankings,
    views_rules,
)

app_name = "review"
urlpatterns = [
    path("", views_public.front, name="front"),
    path("cases-open/", views_public.public_list, name="public_list"),
    path("home/", views.home, name="home"),
    path("units/<str:code>/", views.unit, name="unit"),
    path("rates/", views.rates, name="rates"),
    path("rates/export.<str:form>", views.export, name="export"),
    path("rates/rules/", views_rules.weights, name="weights"),
    path("rates/rules/months/", views_rules.months, name="months"),
    path("rates/exclusions/", views_exclusions.exclusions, name="exclusions"),
    path("rates/cut-offs/", views_cut_offs.cut_offs, name="cut_offs"),
    path("rates/cut-offs/keep/", views_cut_offs.keep, name="keep"),
    path("rates/cut-offs/<int:pk>/changes/", views_cut_offs.changes, name="changes"),
    path("rankings/", views_rankings.rankings, name="rankings"),
    path("rankings/export.<str:form>", views_rankings.export, name="export_ranking"),
    path("rankings/rules/", views_rules.classes, name="classes"),
    path("rankings/rules/group/", views_rules.group, name="group"),
    path("rankings/rules/<str:kind>/<int:pk>/end/", views_rules.end, name="end_rule"),
    path("figures/<str:name>/", views.figure, name="figure"),
]
