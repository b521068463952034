from django.apps import AppConfig


class EvaluateConfig(AppConfig):
    name = "huiyin.evaluate"
    label = "evaluate"

    def ready(self) -> None:
        from huiyin.cases.reactions import on_moved
        from huiyin.evaluate.domain import follow_up

        on_moved(follow_up)
