from django.apps import AppConfig


class CollectConfig(AppConfig):
    name = "huiyin.collect"
    label = "collect"
