from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import TEXT, dispatched, received, to_call_back

from huiyin.cases.models import Case, Event
from huiyin.cases.private import phone_index
from huiyin.collect.repeats import Asked, asked_by, likely
from huiyin.language.mask import mask

pytestmark = pytest.mark.django_db
PHONE = "13900000421"
OTHER = "家门口的路灯坏了三天，晚上看不见路。"


def asked(**changes):
    return Asked(**{"text": TEXT, "phone_index": phone_index(PHONE), "place": "东里小区", **changes})


def test_same_person_place_and_matter_come_first_with_their_reasons():
    twin, neighbour = received(), received(phone="13900000499")
    found = likely(asked())
    assert [one.case for one in found] == [twin, neighbour]
    assert [len(one.reasons) for one in found] == [3, 2]


def test_the_same_person_elsewhere_about_something_else_is_no_repeat():
    received(text=OTHER, place="河沿街")
    assert likely(asked()) == []


def test_the_same_matter_of_others_elsewhere_is_no_repeat():
    received(text=TEXT.replace("东里小区", "河沿家园"), phone="13900000499", place="河沿家园")
    assert likely(asked()) == []


def test_a_place_that_only_the_texts_name_is_the_same_place():
    text = TEXT.replace("东里小区", "清源小区")
    case = received(text=text, phone="13900000499", place="")
    (found,) = likely(asked(text=text, place=""))
    assert (found.case, "清源小区" in found.reasons[0]) == (case, True)


def test_the_texts_stand_side_by_side_with_what_they_share():
    received(text="东里小区暖气冰凉，没人管。", phone="", place="东里小区")
    (found,) = likely(asked())
    mine, theirs = found.side_by_side
    whole = ["".join(piece.text for piece in side) for side in (mine, theirs)]
    assert whole == [mask(TEXT).text, "东里小区暖气冰凉，没人管。"]
    assert {piece.text for piece in theirs if piece.why} >= {"东里小区"}


def test_the_same_point_and_category_is_a_repeat_however_it_is_told():
    case = received(text=OTHER, phone="", place="", area="qingyuan-c1", category="03.01")
    (found,) = likely(asked(phone_index="", place="", area="qingyuan-c1", category="03.01"))
    assert (found.case, len(found.reasons)) == (case, 2)


def test_a_whole_street_is_no_point():
    received(text=OTHER, phone="", place="", area="qingyuan", category="03.01")
    assert likely(asked(phone_index="", place="", area="qingyuan", category="03.01")) == []


def test_what_was_closed_long_ago_is_no_repeat_and_lately_is_shown_with_its_answer():
    case = to_call_back()
    (found,) = likely(asked())
    assert (found.case, found.can_take, bool(found.answer)) == (case, False, True)
    Case.objects.filter(pk=case.pk).update(state="archived", closed_at=timezone.now() - timedelta(days=91))
    assert likely(asked()) == []


def test_a_strangers_confidential_case_is_never_shown_the_persons_own_is():
    mine = received(confidential=True)
    assert likely(asked(phone_index=phone_index("13900000499"))) == []
    assert [(one.case, one.can_take) for one in likely(asked(calls=True))] == [(mine, False)]


def test_beside_a_case_nobody_reads_who_is_behind_a_confidential_one():
    """At the telephone the person speaks of it themselves; a dispatcher looks at cases, not at persons."""
    open_case, secret = received(), received(confidential=True)
    seen = {
        case.pk: likely(asked_by(Case.objects.select_related("body").get(pk=case.pk))) for case in (open_case, secret)
    }
    assert [secret.pk in [one.case.pk for one in seen[open_case.pk]], [one.same_person for one in seen[secret.pk]]] == [
        False,
        [False] * len(seen[secret.pk]),
    ]


def test_a_street_that_both_name_is_no_spot():
    text = "清源街道清源大街路灯不亮。"
    received(text=text, phone="", place="", category="03.01")
    assert likely(Asked(text=text, category="03.01")) == []


def test_a_case_is_not_its_own_repeat():
    case = received()
    assert likely(asked_by(Case.objects.select_related("body").get(pk=case.pk))) == []


def test_looking_costs_few_queries(django_assert_max_num_queries):
    received()
    with django_assert_max_num_queries(7):
        likely(asked(area="qingyuan-c1", category="03.01"))


# — the agent's choices —


def call(client, do="save", **changes):
    values = {"text": TEXT, "kind": "help", "urgency": "normal", "channel": "phone", "phone": "13900000455"}
    return client.post("/agent/", {**values, "category": "03.01", "press": "m1", "do": do, **changes})


def test_the_form_shows_who_asked_before(enter):
    case = dispatched()
    page = enter("agent").post("/agent/look/", {"text": TEXT, "phone": PHONE, "place": "东里小区"}).content.decode()
    assert (f'value="urge {case.number}"' in page, f'value="merge {case.number}"' in page) == (True, True)
    assert PHONE not in page


def test_urged_instead_of_a_new_case(enter):
    case = dispatched()
    text = "还是不热，我叫张三丰，电话13900000421。"
    response = call(enter("agent"), f"urge {case.number}", text=text, person="张三丰", phone=PHONE)
    case.refresh_from_db()
    assert (Case.objects.count(), case.urged, response.context["done"].case) == (1, 1, case)
    said = Event.objects.get(kind="urge").public["text"]
    assert (said.startswith("还是不热"), "张三丰" in said, PHONE in said) == (True, False, False)


def test_urged_twice_by_one_press_is_urged_once(enter):
    case, client = dispatched(), enter("agent")
    for _ in range(2):
        call(client, f"urge {case.number}")
    case.refresh_from_db()
    assert case.urged == 1


def test_before_dispatch_the_words_are_added(enter):
    case = received()
    call(enter("agent"), f"urge {case.number}")
    assert [event.kind for event in case.events.order_by("seq")] == ["receive", "supplement"]


def test_what_is_confidential_stays_so_when_urged(enter):
    case = dispatched(confidential=True)
    call(enter("agent"), f"urge {case.number}")
    assert Event.objects.get(kind="urge").public == {}


def test_merged_as_it_is_taken_down(enter):
    parent, client = dispatched(), enter("agent")
    numbers = {call(client, f"merge {parent.number}").context["done"].opened.number for _ in range(2)}
    (number,) = numbers
    case = Case.objects.get(number=number)
    assert (case.state, case.parent, case.phone) == ("merged", parent.number, "139****0455")


def test_merging_into_a_closed_case_opens_none(enter):
    done = to_call_back()
    response = call(enter("agent"), f"merge {done.number}")
    assert (response.status_code, Case.objects.count()) == (422, 1)


@pytest.mark.parametrize("do", ["urge MH-0000-00000", "merge MH-0000-00000", "answer nothing 1"])
def test_what_does_not_exist_is_said_and_keeps_every_word(enter, do):
    response = call(enter("agent"), do, person="李小四")
    assert (response.status_code, Case.objects.count()) == (422, 0)
    assert "李小四" in response.content.decode()


def test_opened_as_new_though_it_was_asked_before(enter):
    dispatched()
    call(enter("agent"))
    assert Case.objects.count() == 2
