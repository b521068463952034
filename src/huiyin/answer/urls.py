from django.urls import path

from huiyin.answer import views, views_whistles

app_name = "answer"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/accept/", views.accept, name="accept"),
    path("whistles/", views_whistles.whistles_page, name="whistles"),
    path("whistles/<str:number>/rate/", views_whistles.rate, name="rate"),
]
