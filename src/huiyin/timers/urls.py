from django.urls import path

from huiyin.timers import views

app_name = "timers"
urlpatterns = [path("extensions/", views.extensions, name="extensions")]
