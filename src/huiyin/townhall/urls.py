from django.urls import path

from huiyin.townhall import views, views_feed, views_host, views_public, views_words

app_name = "townhall"
urlpatterns = [
    path("meetings/", views.season, name="season"),
    path("meetings/new/", views.new, name="new"),
    path("meetings/words/", views_words.words, name="words"),
    path("meetings/words/try/", views_words.tried, name="try_words"),
    path("meetings/words/<int:pk>/remove/", views_words.remove, name="remove_word"),
    path("meetings/<slug:code>/", views.meeting, name="meeting"),
    path("meetings/<slug:code>/edit/", views.edit, name="edit"),
    path("meetings/<slug:code>/clerk/", views_host.clerk, name="clerk"),
    path("meetings/<slug:code>/host/", views_host.host, name="host"),
    path("meetings/<slug:code>/feed/", views_feed.feed, name="feed"),
    path("meetings/<slug:code>/feed/<int:post>/back/", views_feed.take_back, name="take_back"),
    path("meetings/<slug:code>/stage/<slug:stage>/", views_host.stage, name="stage"),
    path("meetings/<slug:code>/questions/<int:pk>/settle/", views_host.settle, name="settle"),
    path("meetings/<slug:code>/questions/<int:pk>/<slug:verb>/", views_host.act, name="act"),
    path("live/<slug:code>/", views_public.live, name="live"),
    path("live/<slug:code>/snapshot.json", views_public.snapshot, name="snapshot"),
    path("live/<slug:code>/ask", views_public.ask, name="ask"),
    path("live/<slug:code>/like", views_public.like, name="like"),
    path("live/<slug:code>/pictures/<int:pk>.jpg", views_feed.picture, name="picture"),
    path("live/<slug:code>/mine/", views_public.mine, name="mine"),
    path("live/<slug:code>/screen/", views_public.screen, name="screen"),
    path("live/<slug:code>/progress/", views_public.progress, name="progress"),
]
