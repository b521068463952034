import pytest
from tests.district import account, dispatched, received

from huiyin.cases.queries import as_rows, led_by, scopes, visible_to

pytestmark = pytest.mark.django_db
STAFF = ["agent", "handler.qingyuan", "leader.heyan", "handler.heat", "checker", "analyst", "admin"]


def test_scopes_are_what_is_visible_in_parts():
    received(), dispatched(), dispatched(lead="heyan"), dispatched(lead="heat-co")
    for who in STAFF:
        parts = {case.pk for scope in scopes(account(who)) for case in scope}
        assert parts == set(visible_to(account(who)).values_list("pk", flat=True))


def test_a_unit_sees_what_it_leads_and_what_it_helps_with():
    received()
    own, other = dispatched(), dispatched(lead="heyan")
    seen = {
        who: set(visible_to(account(who))) for who in ("handler.qingyuan", "handler.heyan", "handler.heat", "admin")
    }
    assert seen == {"handler.qingyuan": {own}, "handler.heyan": {other}, "handler.heat": {own, other}, "admin": set()}
    assert (list(led_by(account("handler.heat"))), list(led_by(account("handler.heyan")))) == ([], [other])


def test_rows_draw_without_asking_again(django_assert_num_queries):
    dispatched()
    rows = as_rows(visible_to(account("supervisor")))
    with django_assert_num_queries(1):
        (row,) = rows
        assert all(
            (
                row.url,
                row.ring,
                row.state_label,
                str(row.category),
                str(row.area),
                str(row.lead),
                row.place,
                row.created_at,
            )
        )
