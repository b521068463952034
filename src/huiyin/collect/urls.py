from django.urls import path

from huiyin.collect import views, views_agent, views_frequent, views_imports, views_knowledge, views_repeats

app_name = "collect"
urlpatterns = [
    path("say/", views.say, name="say"),
    path("say/receipt/", views.receipt, name="said"),
    path("areas.json", views.areas, name="areas"),
    path("say/alarm/", views.alarm, name="alarm"),
    path("agent/", views_agent.agent, name="agent"),
    path("agent/preview/", views_agent.preview, name="preview"),
    path("agent/look/", views_agent.look, name="look"),
    path("repeats/<str:number>/", views_repeats.repeats, name="repeats"),
    path("repeats/<str:number>/merge/", views_repeats.merge, name="merge"),
    path("repeats/<str:number>/answer/", views_repeats.answer, name="answer"),
    path("knowledge/", views_knowledge.items, name="knowledge"),
    path("knowledge/<slug:code>/<int:version>/", views_knowledge.version, name="knowledge_version"),
    path("frequent/", views_frequent.persons, name="frequent"),
    path("frequent/<str:number>/", views_frequent.person, name="person"),
    path("frequent/<str:number>/decide/<int:pk>/", views_frequent.decide, name="decide"),
    path("imports/", views_imports.imports, name="imports"),
    path("imports/<int:pk>/", views_imports.one, name="import"),
    path("imports/<int:pk>/draw/", views_imports.draw, name="draw"),
    path("imports/<int:pk>/start/", views_imports.start, name="start"),
    path("imports/<int:pk>/progress/", views_imports.progress, name="progress"),
    path("imports/<int:pk>/report/", views_imports.report, name="report"),
]
