from django.apps import AppConfig


class EvaluateConfig(AppConfig):
    name = "huiyin.evaluate"
    label = "evaluate"

    def ready(self) -> None:
        from huiyin.cases.asking import asks
        from huiyin.cases.moving import made_by
        from huiyin.cases.panels import on_case_page
        from huiyin.cases.reactions import on_moved, on_opened
        from huiyin.cases.values import tells
        from huiyin.evaluate import second
        from huiyin.evaluate.domain import follow_up
        from huiyin.evaluate.doors import heard, heard_again, tried
        from huiyin.evaluate.panels import came_back
        from huiyin.evaluate.recurrence import watch, watch_again
        from huiyin.evaluate.rules import reason_field, reason_words
        from huiyin.evaluate.supervision import tell
        from huiyin.evaluate.telling import tell_of_date

        on_moved(follow_up)
        made_by(heard, "evaluate", "call_when_due")
        made_by(heard_again, "call_again", why_not=second.not_drawn)
        made_by(tried, "attempt")
        on_opened(watch)
        on_moved(watch_again)
        on_case_page(came_back)
        on_moved(tell)
        on_moved(tell_of_date)
        asks("category_of_reason", reason_field)
        tells("category_of_reason", reason_words)
