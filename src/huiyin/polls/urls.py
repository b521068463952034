from django.urls import path

from huiyin.polls import views, views_public, views_run

app_name = "polls"
urlpatterns = [
    path("polls/", views.polls, name="polls"),
    path("polls/new/", views.new, name="new"),
    path("polls/<slug:code>/edit/", views.edit, name="edit"),
    path("polls/<slug:code>/manage/", views.manage, name="manage"),
    path("polls/<slug:code>/open/", views_run.begin, name="open"),
    path("polls/<slug:code>/extend/", views_run.extend, name="extend"),
    path("polls/<slug:code>/end/", views_run.end, name="end"),
    path("polls/<slug:code>/paper/", views_run.paper, name="paper"),
    path("polls/<slug:code>/result.<slug:form>", views_run.export, name="export"),
    path("vote/<slug:code>/", views_public.vote, name="vote"),
    path("vote/<slug:code>/result/", views_public.result, name="result"),
]
