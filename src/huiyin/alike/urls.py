from django.urls import path

from huiyin.alike import views

app_name = "alike"
urlpatterns = [
    path("topics/", views.topics, name="topics"),
    path("topics/<int:pk>/", views.topic, name="topic"),
]
