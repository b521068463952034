from django.apps import AppConfig


class EvaluateConfig(AppConfig):
    name = "huiyin.evaluate"
    label = "evaluate"

    def ready(self) -> None:
        from huiyin.cases.panels import on_case_page
        from huiyin.cases.reactions import on_moved, on_opened
        from huiyin.evaluate.domain import follow_up
        from huiyin.evaluate.panels import came_back
        from huiyin.evaluate.recurrence import watch, watch_again

        on_moved(follow_up)
        on_opened(watch)
        on_moved(watch_again)
        on_case_page(came_back)
