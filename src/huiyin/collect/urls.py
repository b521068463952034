from django.urls import path

from huiyin.collect import views, views_imports

app_name = "collect"
urlpatterns = [
    path("say/", views.say, name="say"),
    path("say/receipt/", views.receipt, name="said"),
    path("areas.json", views.areas, name="areas"),
    path("agent/", views.agent, name="agent"),
    path("agent/preview/", views.preview, name="preview"),
    path("imports/", views_imports.imports, name="imports"),
    path("imports/<int:pk>/", views_imports.one, name="import"),
    path("imports/<int:pk>/draw/", views_imports.draw, name="draw"),
    path("imports/<int:pk>/start/", views_imports.start, name="start"),
    path("imports/<int:pk>/progress/", views_imports.progress, name="progress"),
    path("imports/<int:pk>/report/", views_imports.report, name="report"),
]
