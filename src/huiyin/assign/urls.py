from django.urls import path

from huiyin.assign import (
    views,
    views_blocked,
    views_changes,
    views_many,
    views_model,
    views_objections,
    views_sessions,
)

app_name = "assign"
urlpatterns = [
    path("assign/", views.desk, name="desk"),
    path("assign/many/", views_many.dispatch, name="many"),
    path("assign/<str:number>/", views.case, name="case"),
    path("assign/<str:number>/plan/", views.plan, name="plan"),
    path("assign/<str:number>/past/", views.past, name="past"),
    path("suggest/", views.suggest, name="suggest"),
    path("catalogue/", views.catalogue, name="catalogue"),
    path("catalogue/changes/", views_changes.changes, name="changes"),
    path("catalogue/changes/<int:pk>/", views_changes.change_set, name="change_set"),
    path("catalogue/changes/<int:pk>/enact/", views_changes.enact, name="enact"),
    path("catalogue/changes/<int:pk>/drop/<int:change>/", views_changes.drop, name="drop"),
    path("catalogue/changes/<int:pk>/rehearsal/", views_changes.rehearsal, name="rehearsal"),
    path("catalogue/changes/<int:pk>/rehearsal.csv", views_changes.rehearsal_csv, name="rehearsal_csv"),
    path("catalogue/changes/<int:pk>/rehearsal/<str:what>/", views_changes.rehearsed_cases, name="rehearsed_cases"),
    path("catalogue/changes/<int:pk>/<str:table>/", views_changes.change, name="change"),
    path("blocked/", views_blocked.blocked, name="blocked"),
    path("suggestions/", views_model.model, name="model"),
    path("sessions/", views_sessions.sessions, name="sessions"),
    path("sessions/new/", views_sessions.new, name="convene"),
    path("sessions/<int:pk>/", views_sessions.session, name="session"),
    path("objections/", views_objections.desk, name="objections"),
    path("objections/<str:number>/", views_objections.objection, name="objection"),
    path("objections/<str:number>/<str:kind>/", views_objections.decide, name="decide"),
]
