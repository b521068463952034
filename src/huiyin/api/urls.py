from django.urls import path

from huiyin.api.views import api

urlpatterns = [path("", api.urls)]
