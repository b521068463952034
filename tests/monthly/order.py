"""A directive of a meeting, as it reaches its unit."""

from datetime import timedelta

from django.utils import timezone

from huiyin.cases.domain import open_cases
from huiyin.cases.models import Case
from huiyin.monthly.domain_demands import directive

TEXT = "逐件复盘东里小区暖气不热的诉求，限期整改。"


def ordered(text=TEXT, lead="qingyuan", source_id="2025-11/1"):
    draft = directive(
        text, lead=lead, due=timezone.localdate() + timedelta(days=21), basis="点评会", source_id=source_id
    )
    open_cases([draft])
    return Case.objects.get(pk=draft.id)
