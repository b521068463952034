import pytest
from django.utils import timezone
from tests.district import account, dispatched, received

from huiyin.assign.domain import dispatch
from huiyin.assign.models import BlockedPush, CatalogueRule
from huiyin.assign.queries import forget_rules
from huiyin.cases.domain import Step, act, new_drafts, open_cases
from huiyin.cases.draft import SYSTEM
from huiyin.cases.models import Case
from huiyin.kernel.moves import Refused
from huiyin.people.models import Unit

pytestmark = pytest.mark.django_db
HEATING = {"category__code": "03.01", "area": None}


@pytest.fixture
def community():
    street = Unit.objects.get(code="qingyuan")
    yield Unit.objects.create(
        code="chenguang", kind="community", name="晨光社区居委会", parent=street, path=f"{street.path}chenguang."
    )
    forget_rules()


def push(**changes):
    order = {"lead": "qingyuan", "reason": "就近", "category": "03.01", "helpers": []}
    return dispatch(case=received(), account=account("dispatcher"), **{**order, **changes})


@pytest.mark.parametrize("order", [{"lead": "chenguang"}, {"helpers": ["chenguang"]}])
def test_what_the_list_does_not_hold_is_refused_and_the_attempt_is_kept(community, order):
    with pytest.raises(Refused) as refused:
        push(**order)
    kept = BlockedPush.objects.get()
    assert (refused.value.code, kept.account.username, kept.by_unit.code, kept.community, kept.reason) == (
        "community", "dispatcher", "hotline", community, "就近",
    )  # fmt: skip
    assert (kept.case.state, kept.case.events.count()) == ("received", 1)


def test_a_community_that_the_catalogue_names_may_be_sent_it(community):
    rule = CatalogueRule.objects.get(**HEATING)
    rule.helpers.add(community)
    forget_rules()
    case = push(helpers=["chenguang"])
    assert ([part.unit.code for part in case.parts.all()], BlockedPush.objects.count()) == (["chenguang"], 0)


def test_for_help_only_does_not_let_a_community_lead(community):
    CatalogueRule.objects.filter(**HEATING).update(communities_help=True)
    forget_rules()
    assert push(helpers=["chenguang"]).state == "to_accept"
    with pytest.raises(Refused):
        push(lead="chenguang")


def test_it_holds_for_every_move_that_gives_a_case_away(community):
    case = dispatched()
    act(
        case=case,
        steps=[Step("object", {"reason": "不归我们", "basis": "职责清单"})],
        account=account("handler.qingyuan"),
    )
    with pytest.raises(Refused):
        act(case=case, steps=[Step("redispatch", {"lead": "chenguang", "reason": "就近"})], account=account("reviewer"))
    case.refresh_from_db()
    assert (case.state, BlockedPush.objects.get().account.username) == ("objected", "reviewer")


@pytest.mark.parametrize(
    ("who", "status"), [("supervisor", 200), ("analyst", 200), ("dispatcher", 403), ("handler.heyan", 403)]
)
def test_attempts_are_counted_by_who_tried(community, enter, who, status):
    for _ in range(2):
        with pytest.raises(Refused):
            push(lead="chenguang")
    page = enter(who).get("/blocked/")
    assert page.status_code == status
    if status == 200:
        assert (page.context["total"], [(row["by_unit__name"], row["number"]) for row in page.context["by_unit"]]) == (
            2, [("沐河区接诉即办中心", 2)],
        )  # fmt: skip


def test_an_import_that_names_a_community_leaves_it_to_the_dispatcher(community):
    """A door may dispatch at once when all is sure; what no list names waits for a person instead."""

    def opened(hint):
        (draft,) = new_drafts([timezone.now()])
        draft.add(
            "receive",
            at=timezone.now(),
            actor=SYSTEM,
            public={
                "channel": "import",
                "title": "暖气不热",
                "text": "家里暖气不热，只有十五度",
                "category": "03.01",
                "place": "东里小区",
            },
        )
        draft.auto_dispatch, draft.lead_hint = True, hint
        open_cases([draft])
        return Case.objects.get(pk=draft.id).state

    assert [opened("qingyuan"), opened("chenguang")] == ["to_accept", "received"]
