import pytest
from tests.district import account, received

from huiyin.assign.domain import dispatch
from huiyin.assign.models import CatalogueRule, DeadlineRule
from huiyin.assign.queries import forget_rules
from huiyin.cases.domain import Step, act
from huiyin.kernel.moves import Refused

pytestmark = pytest.mark.django_db
ORDER = {"lead": "qingyuan", "reason": "按目录", "category": "03.01"}


@pytest.fixture(autouse=True)
def _fresh_rules():
    yield
    forget_rules()


def kinds(case):
    return list(case.events.order_by("seq").values_list("kind", flat=True))


def registered():
    step = Step("register", {"kind": "help", "category": "03.01", "urgency": "normal", "area": "dongli"})
    return act(case=received(), steps=[step], account=account("agent"))


def test_a_received_case_is_registered_and_dispatched_as_one():
    case = dispatch(case=received(), account=account("dispatcher"), **ORDER)
    assert (kinds(case), case.state, case.lead.code, case.seq) == (
        ["receive", "register", "dispatch"],
        "to_accept",
        "qingyuan",
        3,
    )


def test_what_was_registered_otherwise_is_corrected_first():
    case = dispatch(case=registered(), account=account("dispatcher"), **ORDER, urgency="urgent")
    correct = case.events.get(kind="correct")
    assert (kinds(case)[-2:], correct.public) == (["correct", "dispatch"], {"urgency": "urgent", "reason": "按目录"})


def test_what_was_registered_so_is_not_corrected():
    case = dispatch(case=registered(), account=account("dispatcher"), **ORDER, urgency="normal", area="")
    assert kinds(case) == ["receive", "register", "dispatch"]


def test_without_a_rule_nothing_is_recorded():
    case = received()
    CatalogueRule.objects.all().delete()
    forget_rules()
    with pytest.raises(Refused) as refused:
        dispatch(case=case, account=account("dispatcher"), **ORDER)
    case.refresh_from_db()
    assert (refused.value.code, case.state, kinds(case)) == ("plan", "received", ["receive"])


def test_without_a_deadline_rule_nothing_is_recorded():
    case = received()
    DeadlineRule.objects.all().delete()
    forget_rules()
    with pytest.raises(Refused):
        dispatch(case=case, account=account("dispatcher"), **ORDER)
    assert kinds(case) == ["receive"]


@pytest.mark.parametrize("who", ["handler.qingyuan", "leader.heyan", "caller", "analyst"])
def test_only_dispatchers_dispatch(who):
    with pytest.raises(Refused):
        dispatch(case=received(), account=account(who), **ORDER)


def test_the_lead_is_never_its_own_helper():
    case = dispatch(case=received(), account=account("dispatcher"), **ORDER, helpers=["qingyuan", "heat-co"])
    assert [part.unit.code for part in case.parts.all()] == ["heat-co"]
