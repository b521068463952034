"""A model before anything was dispatched: the taxonomy's words name the clearest texts, and these teach the rest."""

from huiyin.assign.triage import started_file, taxonomy_words
from huiyin.cases.models import Case
from huiyin.cases.queries import of_residents

FEWEST_TEXTS = 300
MOST = 20_000


def start() -> int:
    """Learn from the latest texts, none of them labelled; from how many.

    0 where there are too few, or where the words find fewer than two categories in them: the words then answer alone.
    """
    from huiyin.language.selftraining import ColdStart  # noqa: PLC0415 scikit-learn stays out of the web process

    shown = of_residents(Case.objects.filter(confidential=False, withdrawn=False)).select_related("body")
    texts = [case.told for case in shown.only("title", "body__text").order_by("-pk")[:MOST]]
    if len(texts) < FEWEST_TEXTS:
        return 0
    try:
        model = ColdStart(taxonomy_words()).fit(texts).model_
    except ValueError:
        return 0
    started_file().parent.mkdir(parents=True, exist_ok=True)
    model.save(started_file())
    return len(texts)
