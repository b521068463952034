from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from tests.district import account, dispatched, in_progress, received, submitted, to_call_back
from tests.townhall import hall

from huiyin.alike.models import Topic, TopicCase
from huiyin.cases.models import Case
from huiyin.cockpit import areas, flow, makers, tiles, unit_rings
from huiyin.cockpit.access import leads_district
from huiyin.cockpit.counts import STEPS
from huiyin.cockpit.tiles import Place, Tile
from huiyin.townhall.models import Watching

pytestmark = pytest.mark.django_db


def aged(case, **changes):
    Case.objects.filter(pk=case.pk).update(**changes)
    return case


def late(case):
    return aged(case, due_at=timezone.now() - timedelta(hours=3))


def ring(code="qingyuan"):
    return next(one for one in unit_rings.rings(tiles.moment()) if one.unit.code == code)


def percents(one):
    return [arc.percent for arc in one.arcs]


def test_a_place_takes_a_maker_once_and_shows_what_has_something_to_say():
    place = Place()

    def outlook(_moment):
        return Tile("outlook", "foresee/_outlook.html", {})

    for maker in (outlook, outlook, lambda _moment: None):
        place(maker)
    assert [tile.name for tile in place.at(tiles.moment())] == ["outlook"]


def test_a_later_rooms_tile_is_shown_and_an_empty_place_is_not(enter, monkeypatch):
    client = enter("supervisor")
    assert "tiles-with-more" not in client.get("/cockpit/").content.decode()
    outlook = Tile("outlook", "site/components/empty.html", {"title": "供暖季"})
    monkeypatch.setattr(tiles, "on_cockpit", Place([*makers.OWN, lambda _moment: outlook]))
    cache.clear()
    page = client.get("/cockpit/").content.decode()
    assert ("tiles-with-more" in page, 'id="tile-outlook"' in page) == (True, True)


def test_figures_are_kept_for_some_seconds():
    first = tiles.screen()
    received()
    assert tiles.screen().at == first.at
    cache.clear()
    assert tiles.screen().at > first.at


def test_the_flow_counts_by_the_hour_of_the_district():
    now = timezone.localtime()
    to_call_back(), received()
    steps = {step.name: step for step in flow.steps(tiles.moment())}
    assert [step.cases for step in steps.values()] == [2, 1, 1, 0]
    assert [bar.cases for bar in steps["received"].bars if bar.hour == now.hour] == [2]


def test_what_was_yesterday_is_not_in_the_flow():
    aged(to_call_back(), **dict.fromkeys(STEPS.values(), timezone.now() - timedelta(days=1)))
    assert [step.cases for step in flow.steps(tiles.moment())] == [0, 0, 0, 0]


def test_a_ring_fills_as_the_units_cases_go_round():
    assert percents(ring()) == [None] * 4
    dispatched()
    assert percents(ring()) == [100, 0, 0, 0]
    in_progress()
    assert percents(ring()) == [100, 50, 0, 0]
    submitted(), to_call_back()
    assert percents(ring()) == [100, 75, 25, 0]


def test_a_ring_breaks_where_something_is_late():
    late(dispatched()), late(in_progress()), late(in_progress()), in_progress()
    one = ring()
    assert ([arc.late for arc in one.arcs], one.late, one.in_hand) == ([0, 1, 2, 0], 3, 4)


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 0, None), (0, 3, 0), (3, 3, 100), (1, 1000, 1), (999, 1000, 99), (1, 3, 33)]
)
def test_a_share_never_rounds_to_all_or_nothing(part, whole, percent):
    assert unit_rings.share(part, whole) == percent


def test_a_spot_is_an_area_with_what_is_open_and_late():
    late(dispatched()), dispatched(), received()
    area = Case.objects.first().area
    spots = {spot.name: spot for spot in areas.picture(tiles.moment()).spots}
    street = area.parent or area
    while street.parent:
        street = street.parent
    found = spots.pop(str(street))
    assert (found.open, found.late, found.tone) == (2, 1, 4)
    assert {(spot.open, spot.late, spot.tone) for spot in spots.values()} == {(0, 0, 0)}


def test_spots_stay_in_the_picture_north_up():
    spots = {spot.name: spot for spot in areas.picture(tiles.moment()).spots}
    assert all(0 < spot.x < areas.WIDTH and 0 < spot.y < areas.HEIGHT for spot in spots.values())
    assert spots["北庄镇"].y < spots["佐河镇"].y


@pytest.mark.parametrize(("still", "late", "tone"), [(0, 0, 0), (9, 0, 0), (100, 5, 1), (100, 6, 2), (100, 31, 4)])
def test_tones(still, late, tone):
    assert areas.tone(still, late) == tone


def test_late_ones_are_counted_beyond_those_shown():
    for _nth in range(makers.LATE_ROWS + 1):
        late(dispatched())
    tile = makers.late(tiles.moment())
    assert (len(tile.context["late"]), tile.context["cases"]) == (makers.LATE_ROWS, makers.LATE_ROWS + 1)


def test_a_meeting_on_air_says_how_many_watch():
    meeting, now = hall.live(), timezone.now()
    hall.meeting("heyan", begins_at=now + timedelta(days=1))
    for process, streams, ago in (("1" * 32, 3, 1), ("2" * 32, 4, 1), ("3" * 32, 50, 60)):
        Watching.objects.create(meeting=meeting, process=process, streams=streams, at=now - timedelta(seconds=ago))
    context = makers.meetings(tiles.moment()).context
    assert ([(one.pk, one.watching) for one in context["live"]], context["next"]) == ([(meeting.pk, 7)], [])


def test_without_a_meeting_on_air_the_next_are_said():
    soon = hall.meeting(begins_at=timezone.now() + timedelta(days=1))
    hall.meeting("heyan", begins_at=timezone.now() - timedelta(days=1))
    context = makers.meetings(tiles.moment()).context
    assert (context["live"], context["next"]) == ([], [soon])


def test_a_topic_rises_when_it_has_more_a_day_than_before():
    now = timezone.now()
    rising, falling = (Topic.objects.create(place=name, heat=1, people=1, found_at=now) for name in ("东里", "西里"))
    for topic, days in ((rising, [0, 1, 10]), (falling, [1, *range(4, 30)])):
        for ago in days:
            TopicCase.objects.create(topic=topic, case=aged(received(), created_at=now - timedelta(days=ago)))
    hidden = aged(received(), created_at=now, confidential=True)
    TopicCase.objects.create(topic=rising, case=hidden)
    found = makers.topics(tiles.moment()).context["topics"]
    assert [(topic.pk, topic.new, topic.cases) for topic, _before in found] == [(rising.pk, 2, 3)]


def test_who_leads_the_district_is_not_who_leads_a_unit():

    assert leads_district(account("leader.qingyuan")) is False
