from django.apps import AppConfig


class MonthlyConfig(AppConfig):
    name = "huiyin.monthly"
    label = "monthly"
