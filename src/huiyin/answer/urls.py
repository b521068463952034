from django.urls import path

from huiyin.answer import views, views_bulk, views_cover, views_replies, views_whistles

app_name = "answer"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/accept/", views.accept, name="accept"),
    path("inbox/bulk/", views_bulk.look, name="bulk"),
    path("inbox/bulk/do/", views_bulk.do, name="bulk_do"),
    path("inbox/cover/", views_cover.cover, name="cover"),
    path("inbox/cover/<int:pk>/end/", views_cover.end, name="end_cover"),
    path("inbox/templates/", views_replies.templates, name="templates"),
    path("inbox/templates/<int:pk>/end/", views_replies.end_template, name="end_template"),
    path("inbox/ahead/<str:number>/<slug:kind>/", views_replies.ahead, name="ahead"),
    path("whistles/", views_whistles.whistles_page, name="whistles"),
    path("whistles/<str:number>/rate/", views_whistles.rate, name="rate"),
]
