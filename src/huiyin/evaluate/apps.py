from django.apps import AppConfig


class EvaluateConfig(AppConfig):
    name = "huiyin.evaluate"
    label = "evaluate"
