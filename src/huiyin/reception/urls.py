from django.urls import path

from huiyin.reception import views, views_desk, views_lines, views_public

app_name = "reception"
urlpatterns = [
    path("meetings/<slug:code>/desks/", views.desks, name="desks"),
    path("meetings/<slug:code>/desks/new/", views.new, name="new"),
    path("meetings/<slug:code>/desks/<int:pk>/", views_desk.desk, name="desk"),
    path("meetings/<slug:code>/desks/<int:pk>/edit/", views.edit, name="edit"),
    path("meetings/<slug:code>/desks/<int:pk>/remove/", views.remove, name="remove"),
    path("meetings/<slug:code>/desks/<int:pk>/door/", views_desk.door, name="door"),
    path("meetings/<slug:code>/desks/<int:pk>/next/", views_desk.call_next, name="next"),
    path("meetings/<slug:code>/desks/<int:pk>/numbers/<int:turn>/<slug:verb>/", views_desk.act, name="act"),
    path("meetings/<slug:code>/desks/<int:pk>/receipts/<int:record>/", views_desk.receipt, name="receipt"),
    path("live/<slug:code>/desks/", views_public.desks, name="public"),
    path("live/<slug:code>/desks/screen/", views_public.screen, name="screen"),
    path("live/<slug:code>/desks/<int:pk>/take/", views_public.take, name="take"),
    path("live/<slug:code>/desks/<int:pk>/<int:turn>/cancel/", views_public.cancel, name="cancel"),
    path("lines/", views_lines.lines, name="lines"),
    path("lines/manage/", views_lines.manage, name="manage"),
    path("lines/manage/new/", views_lines.new, name="line_new"),
    path("lines/manage/<int:pk>/", views_lines.edit, name="line_edit"),
    path("lines/<slug:code>/", views_lines.line, name="line"),
]
