from django.apps import AppConfig


class AnswerConfig(AppConfig):
    name = "huiyin.answer"
    label = "answer"
