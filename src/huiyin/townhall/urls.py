from django.urls import path

from huiyin.townhall import views, views_after, views_host, views_judge, views_public, views_review, views_report

app_name = "townhall"
urlpatterns = [
    path("meetings/", views.season, name="season"),
    path("meetings/new/", views.new, name="new"),
    path("meetings/report/", views_report.report, name="report"),
    path("meetings/report/questions/", views_report.questions, name="report_questions"),
    path("meetings/report/<slug:kind>/", views_report.export, name="report_export"),
    path("meetings/<slug:code>/", views.meeting, name="meeting"),
    path("meetings/<slug:code>/edit/", views.edit, name="edit"),
    path("meetings/<slug:code>/clerk/", views_host.clerk, name="clerk"),
    path("meetings/<slug:code>/host/", views_host.host, name="host"),
    path("meetings/<slug:code>/stage/<slug:stage>/", views_host.stage, name="stage"),
    path("meetings/<slug:code>/questions/<int:pk>/settle/", views_host.settle, name="settle"),
    path("meetings/<slug:code>/questions/<int:pk>/<slug:verb>/", views_host.act, name="act"),
    path("meetings/<slug:code>/register/<int:pk>/", views_after.item, name="item"),
    path("meetings/<slug:code>/register/<int:pk>/step/", views_after.step, name="step"),
    path("meetings/<slug:code>/register/<int:pk>/case/", views_after.as_case, name="as_case"),
    path("meetings/<slug:code>/register/export/<slug:kind>/", views_after.export, name="register_export"),
    path("meetings/<slug:code>/review/", views_review.review, name="review"),
    path("meetings/<slug:code>/review/docx/", views_review.paper, name="review_paper"),
    path("live/<slug:code>/", views_public.live, name="live"),
    path("live/<slug:code>/snapshot.json", views_public.snapshot, name="snapshot"),
    path("live/<slug:code>/ask", views_public.ask, name="ask"),
    path("live/<slug:code>/like", views_public.like, name="like"),
    path("live/<slug:code>/mine/", views_public.mine, name="mine"),
    path("live/<slug:code>/judge/<int:pk>/", views_judge.judge, name="judge"),
    path("live/<slug:code>/screen/", views_public.screen, name="screen"),
    path("live/<slug:code>/progress/", views_public.progress, name="progress"),
]
