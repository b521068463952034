from django.urls import path

from huiyin.assistant import views

app_name = "assistant"
urlpatterns = [
    path("assistant/<str:number>/plainer/", views.plainer, name="plainer"),
    path("assistant/<str:number>/summary/", views.summary, name="summary"),
    path("assistant/<str:number>/opinion/", views.opinion, name="opinion"),
]
