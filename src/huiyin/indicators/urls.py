from django.urls import path

from huiyin.indicators import views, views_bring, views_define, views_rules

app_name = "indicators"
urlpatterns = [
    path("indicators/", views.board, name="board"),
    path("indicators/import/", views_bring.bring, name="bring"),
    path("indicators/import/take/", views_bring.take, name="take"),
    path("indicators/new/", views_define.new, name="new"),
    path("indicators/<slug:code>/", views.indicator, name="indicator"),
    path("indicators/<slug:code>/export.<str:form>", views.export, name="export"),
    path("indicators/<slug:code>/template.xlsx", views_bring.template, name="template"),
    path("indicators/<slug:code>/edit/", views_define.edit, name="edit"),
    path("indicators/<slug:code>/rule/", views_rules.rule, name="rule"),
    path("indicators/<slug:code>/target/", views_rules.target, name="target"),
]
