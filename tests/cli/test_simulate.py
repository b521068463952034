"""The simulated year: made by the table's own moves, the same for the same seed, believable in its sums."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import orjson
import polars as pl
import pytest
from django.db.models import Count, Max, Min
from python_calamine import CalamineWorkbook

from huiyin.assign.models import Suggestion
from huiyin.cases.domain import originals
from huiyin.cases.models import Case, CaseText, Event, PrivatePayload
from huiyin.cases.private import unseal
from huiyin.cases.projection import to_row
from huiyin.cli.simulate import messages, simulate, write_export
from huiyin.cli.simulate.outbreaks import KINDS
from huiyin.cli.simulate.requesting import request
from huiyin.cli.simulate.run import outbreaks_file, story_rng
from huiyin.cli.simulate.stream import COLUMNS
from huiyin.cli.simulate.topics import load_topics
from huiyin.cli.simulate.voices import LONGEST, SHORTEST
from huiyin.cli.simulate.world import load_world
from huiyin.cli.simulate.year import draw_year
from huiyin.kernel import chain
from huiyin.kernel.fold import fold
from huiyin.kernel.states import BEFORE_DISPATCH, WITH_UNIT
from huiyin.people.models import District

UNTIL = datetime(2026, 11, 23, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def year(cases=400, **changes):
    return simulate(**{"cases": cases, "seed": 7, "until": UNTIL, **changes})


def told():
    """What everybody may read of every event, case by case in order of receipt."""
    events = Event.objects.order_by("case_id", "seq")
    return list(events.values_list("seq", "kind", "at", "actor", "role", "unit", "public"))


def test_year_comes_to_what_its_summary_says():
    summary = year()

    states = Counter(Case.objects.values_list("state", flat=True))
    assert (summary.cases, summary.by_state, summary.events) == (400, states, Event.objects.count())
    valid = Case.objects.filter(valid_callback=True)
    assert (summary.valid, summary.solved) == (valid.count(), valid.filter(solved=True).count())
    assert CaseText.objects.exclude(terms=None).count() == 400


def test_year_same_seed_and_end_same_cases():
    year(cases=120)
    first = told()
    year(cases=120, on_empty_only=False)

    assert told() == first * 2


def test_year_other_seed_other_cases():
    year(cases=60)
    first = told()
    year(cases=60, on_empty_only=False, seed=8)

    assert told()[len(first) :] != first


def test_year_where_there_are_cases_already_does_nothing():
    year(cases=5)

    assert year(cases=50).cases == 0
    assert Case.objects.count() == 5


def test_year_of_a_real_district_is_refused():
    District.objects.update(fictional=False)

    with pytest.raises(ValueError, match="fictional"):
        year(cases=5)
    assert Case.objects.count() == 0


def test_year_that_breaks_off_leaves_nothing():
    def full_disk(done, total):
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        year(cases=30, progress=full_disk)
    assert Case.objects.count() == 0


def test_year_reports_how_far_it_is():
    heard = []
    year(cases=30, progress=lambda done, total: heard.append((done, total)))

    assert heard == [(30, 30)]


def test_year_without_a_case():
    assert year(cases=0).resolution_rate is None


def test_cases_are_what_their_events_say():
    year(cases=150)
    private = {(row.case_id, row.seq): unseal(bytes(row.sealed)) for row in PrivatePayload.objects.all()}

    for case in Case.objects.select_related("body").prefetch_related("events", "parts__unit"):
        events = [(_event(case, row), row.hash) for row in case.events.all()]
        assert chain.verify(events) is None
        row = fold((event, private.get((case.pk, event.seq)), digest) for event, digest in events)
        helpers = {part.unit.code for part in case.parts.all()}
        assert {**row, "helpers": helpers & set(row["helpers"] or ())} == {
            **to_row(case, text=case.body.text, reply=case.body.reply),
            "helpers": helpers,
        }


def _event(case, row):
    digest = row.private_digest
    return chain.Event(
        case.number, row.seq, row.kind, row.at, row.actor, row.role, row.unit, row.public, digest, row.prev
    )


def test_events_come_in_order_and_never_from_the_future():
    year()

    spans = Event.objects.aggregate(Min("at"), Max("at"))
    assert UNTIL - timedelta(days=366) < spans["at__min"] < spans["at__max"] <= UNTIL
    times = list(Event.objects.order_by("case_id", "seq").values_list("case_id", "at"))
    assert [pair for pair in pairwise(times) if pair[0] > pair[1]] == []


def test_solved_rests_on_a_valid_callback_by_somebody_else():
    year()

    assert Case.objects.filter(solved=True).exclude(valid_callback=True).count() == 0
    assert Case.objects.filter(satisfaction__isnull=False).exclude(events__kind="evaluate").count() == 0
    judged = Event.objects.filter(kind__in=("evaluate", "attempt", "close_unreached"), unit__isnull=False)
    own = [
        event for event in judged.select_related("case__lead") if event.case.lead and event.unit == event.case.lead.code
    ]
    assert own == []


def test_year_is_believable():
    summary = year(cases=2_500)

    rates = {
        "valid": (0.85, 0.95, summary.valid_rate),
        "response": (0.97, 1, summary.response_rate),
        "resolution": (0.93, 0.98, summary.resolution_rate),
        "satisfaction": (0.93, 0.985, summary.satisfaction_rate),
        "on time": (0.92, 0.985, summary.on_time_rate),
    }
    assert {name: rate for name, (least, most, rate) in rates.items() if not least <= rate <= most} == {}
    leads = Case.objects.filter(lead__isnull=False).values("lead").annotate(n=Count("pk"))
    assert leads.count() > 40
    inboxes = Case.objects.filter(state__in=WITH_UNIT).values("lead").annotate(n=Count("pk"))
    assert 1 < max(box["n"] for box in inboxes) <= 60


def test_desk_is_never_empty_and_has_suggestions():
    year()

    waiting = Case.objects.filter(state__in=BEFORE_DISPATCH)
    assert waiting.count() > 0
    assert set(Suggestion.objects.values_list("case_id", flat=True)) == set(waiting.values_list("pk", flat=True))


def test_outbreaks_are_in_the_cases_and_in_the_file():
    summary = year()

    written = orjson.loads(outbreaks_file().read_bytes())
    assert [found["n"] for found in written] == [outbreak.n for outbreak in summary.outbreaks]
    assert len(written) == len(KINDS)
    for found in written:
        start, end = (datetime.fromisoformat(found[name]) for name in ("start", "end"))
        around = (start - timedelta(seconds=1), end + timedelta(seconds=1))  # a case knows whole seconds
        cases = Case.objects.filter(area__code__in=found["places"], created_at__range=around)
        assert cases.filter(category__code=found["category"]).count() >= found["n"]


def test_small_year_has_no_outbreaks():
    assert year(cases=50).outbreaks == []


def test_persons_are_sealed_and_invented():
    year(cases=150)

    for case in Case.objects.select_related("body"):
        private = originals(case)
        assert re.fullmatch(r"13\d0000\d{4}", private["number"])
        assert private["number"] not in case.body.text + case.title or case.confidential
        assert re.fullmatch(r"13\d\*{4}\d{4}", case.phone)


def test_confidential_cases_keep_their_words_private():
    year(cases=1_500)

    hidden = Event.objects.filter(kind="receive", case__confidential=True)
    assert hidden.count() > 0
    assert [event for event in hidden if "text" in event.public or "title" in event.public] == []


# --- the year without a life


def drawn(cases=20_000):
    world = load_world()
    return world, draw_year(world, cases, UNTIL, np.random.default_rng(3))


def by_month(topic):
    world, found = drawn()
    index = next(i for i, known in enumerate(world.topics) if known.code == topic)
    return Counter(seed.at.month for seed in found.seeds() if seed.topic == index and not seed.before)


def test_heating_is_a_thing_of_winter():
    months = by_month("03.01")

    assert [months[month] for month in (4, 5, 6, 7, 8, 9, 10)] == [0, 0, 0, 0, 0, 0, 0]
    assert min(months[12], months[1]) > 100


@pytest.mark.parametrize(
    ("topic", "busy", "calm"), [("10.02", 5, 1), ("16.02", 9, 7), ("08.01", 6, 1), ("07.07", 7, 12)]
)
def test_topics_have_their_seasons(topic, busy, calm):
    months = by_month(topic)

    assert months[busy] > 2 * months[calm]


def test_nights_and_weekends_are_calmer():
    _, found = drawn()
    hours = Counter(seed.at.hour for seed in found.seeds() if not seed.fresh)
    days = Counter(seed.at.weekday() for seed in found.seeds() if not seed.fresh)

    assert hours[10] > 5 * hours[3]
    assert days[0] > 1.2 * days[6]


def test_some_ask_again_about_the_same():
    _, found = drawn(2_000)
    seeds = list(found.seeds())
    before = {(seed.person, seed.topic, seed.place) for seed in seeds if not seed.before}
    again = [seed for seed in seeds if seed.before]

    assert 60 < len(again) < 180
    assert [seed for seed in again if (seed.person, seed.topic, seed.place) not in before] == []


def test_every_sentence_can_be_said():
    world, found = drawn(4_000)
    for seed in found.seeds():
        text = request(seed, world, story_rng(1, seed.number)).message.text
        assert SHORTEST <= len(text) <= LONGEST + 80  # a telephone number may follow
        assert not re.search(r"[{}]", text)


def test_sixty_most_common_topics_have_six_sentences_of_their_own():
    topics = sorted(load_topics(), key=lambda topic: -topic.weight)

    assert len(topics) == 160
    assert [topic.code for topic in topics[:60] if len(topic.said) < 6] == []


# --- messages and exports for the benches


def test_messages_are_the_same_for_a_seed():
    first = list(messages(30, 5, UNTIL))

    assert first == list(messages(30, 5, UNTIL))
    assert len({message.text for message, _ in first}) == 30
    assert [at for _, at in first] == sorted(at for _, at in first)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_export_has_the_columns_of_the_hotline(tmp_path, ending):
    path = write_export(tmp_path / f"orders.{ending}", 25, 5, UNTIL)

    rows = {"csv": _csv, "xlsx": _sheet, "parquet": _parquet}[ending](path)
    assert rows[0] == list(COLUMNS)
    assert len(rows) == 26
    assert len({row[0] for row in rows}) == 26


def _csv(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    frame = pl.read_csv(path, infer_schema=False)
    return [frame.columns, *map(list, frame.rows())]


def _parquet(path):
    frame = pl.read_parquet(path)
    return [frame.columns, *map(list, frame.rows())]


def _sheet(path):
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def test_export_of_another_kind_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"\.csv, \.xlsx or \.parquet"):
        write_export(tmp_path / "orders.doc", 1)


def test_export_too_long_for_a_sheet_is_refused(tmp_path):
    with pytest.raises(ValueError, match="1,048,575"):
        write_export(tmp_path / "orders.xlsx", 1_048_576)
