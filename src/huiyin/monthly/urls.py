from django.urls import path

from huiyin.monthly import views, views_card, views_demands, views_rules, views_screen

app_name = "monthly"
urlpatterns = [
    path("monthly/", views.months, name="months"),
    path("monthly/new/", views.new, name="new"),
    path("monthly/topics/", views.topics, name="topics"),
    path("monthly/rules/", views_rules.rules, name="rules"),
    path("monthly/<str:period>/", views.review, name="review"),
    path("monthly/<str:period>/speakers/", views.speakers, name="speakers"),
    path("monthly/<str:period>/screen/", views_screen.screen, name="screen"),
    path("monthly/<str:period>/turn/", views_screen.turn, name="turn"),
    path("monthly/<str:period>/demands/", views_demands.demands, name="demands"),
    path("monthly/<str:period>/demands/<int:pk>/", views_demands.settle, name="settle"),
    path("monthly/<str:period>/cards.docx", views_card.paper, name="paper"),
    path("monthly/<str:period>/cards/<str:unit>/", views_card.card, name="card"),
    path("monthly/<str:period>/cards/<str:unit>/sign/", views_card.sign, name="sign"),
    path("monthly/<str:period>/cards/<str:unit>/withdraw/", views_card.withdraw, name="withdraw"),
    path("monthly/<str:period>/cards/<str:unit>/comment/", views_card.comment, name="comment"),
    path("monthly/<str:period>/<str:name>/", views.step, name="step"),
]
