from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "huiyin.review"
    label = "review"
