from django.urls import path

from huiyin.timers import views, views_ageing

app_name = "timers"
urlpatterns = [
    path("extensions/", views.extensions, name="extensions"),
    path("ageing/", views_ageing.old, name="ageing"),
]
