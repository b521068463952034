from django.urls import path

from huiyin.townhall import (
    views,
    views_guests,
    views_host,
    views_opinions,
    views_public,
    views_season,
    views_speaker,
)

app_name = "townhall"
urlpatterns = [
    path("meetings/", views_season.season, name="season"),
    path("meetings/plan.<slug:form>", views_season.export, name="export"),
    path("meetings/seasons/new/", views_season.new, name="new_season"),
    path("meetings/seasons/<int:pk>/", views_season.edit, name="edit_season"),
    path("meetings/new/", views.new, name="new"),
    path("meetings/<slug:code>/", views.meeting, name="meeting"),
    path("meetings/<slug:code>/edit/", views.edit, name="edit"),
    path("meetings/<slug:code>/clerk/", views_host.clerk, name="clerk"),
    path("meetings/<slug:code>/host/", views_host.host, name="host"),
    path("meetings/<slug:code>/stage/<slug:stage>/", views_host.stage, name="stage"),
    path("meetings/<slug:code>/questions/<int:pk>/settle/", views_host.settle, name="settle"),
    path("meetings/<slug:code>/questions/<int:pk>/<slug:verb>/", views_host.act, name="act"),
    path("meetings/<slug:code>/guests/", views_guests.guests, name="guests"),
    path("meetings/<slug:code>/invitation/", views_guests.invitation, name="invitation"),
    path("meetings/<slug:code>/opinions/", views_opinions.opinions, name="opinions"),
    path("meetings/<slug:code>/speaker/", views_speaker.speaker, name="speaker"),
    path("meetings/<slug:code>/speaker/opinions/", views_speaker.opinions, name="heard"),
    path("live/<slug:code>/here/", views_guests.here, name="here"),
    path("live/<slug:code>/", views_public.live, name="live"),
    path("live/<slug:code>/snapshot.json", views_public.snapshot, name="snapshot"),
    path("live/<slug:code>/ask", views_public.ask, name="ask"),
    path("live/<slug:code>/like", views_public.like, name="like"),
    path("live/<slug:code>/mine/", views_public.mine, name="mine"),
    path("live/<slug:code>/screen/", views_public.screen, name="screen"),
    path("live/<slug:code>/progress/", views_public.progress, name="progress"),
]
