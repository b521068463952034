from django.urls import path

from huiyin.assign import views, views_objections, views_sessions

app_name = "assign"
urlpatterns = [
    path("assign/", views.desk, name="desk"),
    path("assign/<str:number>/", views.case, name="case"),
    path("assign/<str:number>/plan/", views.plan, name="plan"),
    path("suggest/", views.suggest, name="suggest"),
    path("catalogue/", views.catalogue, name="catalogue"),
    path("sessions/", views_sessions.sessions, name="sessions"),
    path("sessions/new/", views_sessions.new, name="convene"),
    path("sessions/<int:pk>/", views_sessions.session, name="session"),
    path("objections/", views_objections.desk, name="objections"),
    path("objections/<str:number>/", views_objections.objection, name="objection"),
    path("objections/<str:number>/<str:kind>/", views_objections.decide, name="decide"),
]
