from django.urls import path

from huiyin.standing import views, views_companies, views_entry, views_manage

app_name = "standing"
urlpatterns = [
    path("standing/", views.public, name="public"),
    path("standing/mine/", views.mine, name="mine"),
    path("standing/mine/<int:pk>/", views.own, name="own"),
    path("standing/e/<str:token>/", views.linked, name="linked"),
    path("standing/evidence/<int:pk>/", views.evidence, name="evidence"),
    path("standing/manage/", views_manage.manage, name="manage"),
    path("standing/manage/rules/", views_manage.rules, name="rules"),
    path("standing/manage/companies/", views_companies.companies, name="companies"),
    path("standing/manage/companies/<int:pk>/", views_companies.company, name="company"),
    path("standing/manage/estates/<int:pk>/end/", views_companies.end, name="end"),
    path("standing/manage/<int:pk>/", views_manage.cycle, name="cycle"),
    path("standing/manage/<int:pk>/sheet/", views_manage.bring, name="bring"),
    path("standing/manage/<int:pk>/template.xlsx", views_manage.template, name="template"),
    path("standing/manage/<int:pk>/<slug:verb>/", views_manage.do, name="do"),
    path("standing/manage/entries/<int:pk>/", views_entry.entry, name="entry"),
    path("standing/manage/entries/<int:pk>/cases/<slug:part>/", views_entry.cases, name="cases"),
    path("standing/manage/entries/<int:pk>/<slug:verb>/", views_entry.do, name="entry_do"),
]
