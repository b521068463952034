from django.urls import path

from huiyin.evaluate import (
    views,
    views_claims,
    views_coached,
    views_link,
    views_recurrence,
    views_second,
    views_supervision,
    views_track,
)

app_name = "evaluate"
urlpatterns = [
    path("callbacks/", views.desk, name="desk"),
    path("callbacks/late/", views.late, name="late"),
    path("callbacks/next/", views.next_call, name="next"),
    path("callbacks/second/", views_second.desk, name="second"),
    path("callbacks/second/<str:number>/", views_second.call, name="second_call"),
    path("callbacks/second/<str:number>/number/", views_second.number_to_call, name="second_number"),
    path("callbacks/second/<str:number>/answers/", views_second.answered, name="second_answered"),
    path("callbacks/second/<str:number>/unreached/", views_second.unreached, name="second_unreached"),
    path("supervision/", views_supervision.desk, name="supervision"),
    path("coached/", views_coached.signs, name="coached"),
    path("coached/call/", views_coached.call_again, name="call_again"),
    path("exclusions/", views_claims.desk, name="claims"),
    path("exclusions/figures/", views_claims.figures, name="claim_figures"),
    path("exclusions-open/", views_claims.open_to_all, name="claims_open"),
    path("second-calls/", views_second.compared, name="compared"),
    path("callbacks/<str:number>/", views.call, name="call"),
    path("callbacks/<str:number>/text/", views.text_message, name="text"),
    path("callbacks/<str:number>/number/", views.number_to_call, name="number"),
    path("callbacks/<str:number>/answers/", views.answered, name="answered"),
    path("callbacks/<str:number>/attempt/", views.attempted, name="attempted"),
    path("callbacks/<str:number>/close/", views.unreached, name="unreached"),
    path("recurrence/", views_recurrence.hints, name="recurrence"),
    path("recurrence/<int:pk>/", views_recurrence.hint, name="recurrence_hint"),
    path("track/", views_track.find, name="find"),
    path("track/<str:number>/", views_track.track, name="track"),
    path("e/<str:token>", views_link.answer, name="link"),
    path("track/<str:number>/code/", views_link.code, name="code"),
    path("track/<str:number>/<str:kind>/", views_track.act, name="act"),
]
