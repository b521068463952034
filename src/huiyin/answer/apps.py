from django.apps import AppConfig


class AnswerConfig(AppConfig):
    name = "huiyin.answer"
    label = "answer"

    def ready(self) -> None:
        from huiyin.answer import ahead, panels, projection, proof, whistles
        from huiyin.answer.domain import to_stand_in
        from huiyin.cases.filling import on_aside, on_form, on_record
        from huiyin.cases.panels import on_case_page
        from huiyin.cases.reactions import on_moved, on_written

        on_moved(proof.hold)
        on_moved(whistles.check)
        on_moved(whistles.tell)
        on_written(projection.keep)
        on_form("whistle", whistles.drafted)
        on_record("whistle", whistles.with_arrival)
        on_record("reassign", to_stand_in)
        on_record("submit", proof.promised)
        on_form("extend", ahead.asked_until)
        for kind in ahead.SHOWN:
            on_aside(kind, ahead.aside)
        on_case_page(panels.whistling)
        on_case_page(proof.read_over)
