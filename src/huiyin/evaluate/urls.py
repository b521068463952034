from django.urls import path

from huiyin.evaluate import views, views_recurrence, views_track

app_name = "evaluate"
urlpatterns = [
    path("callbacks/", views.desk, name="desk"),
    path("callbacks/next/", views.next_call, name="next"),
    path("callbacks/<str:number>/", views.call, name="call"),
    path("callbacks/<str:number>/number/", views.number_to_call, name="number"),
    path("callbacks/<str:number>/answers/", views.answered, name="answered"),
    path("callbacks/<str:number>/attempt/", views.attempted, name="attempted"),
    path("callbacks/<str:number>/close/", views.unreached, name="unreached"),
    path("recurrence/", views_recurrence.hints, name="recurrence"),
    path("recurrence/<int:pk>/", views_recurrence.hint, name="recurrence_hint"),
    path("track/", views_track.find, name="find"),
    path("track/<str:number>/", views_track.track, name="track"),
    path("track/<str:number>/<str:kind>/", views_track.act, name="act"),
]
