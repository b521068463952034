from django.urls import path

from huiyin.answer import views

app_name = "answer"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/accept/", views.accept, name="accept"),
]
