import json

import pytest
from click.testing import CliRunner
from tests.district import account, dispatched, in_progress, submitted, to_call_back

from huiyin.cases import rebuild
from huiyin.cases.domain import Step, act
from huiyin.cases.models import Case, CasePart, CaseText, PrivatePayload
from huiyin.cases.rebuild import check_cases
from huiyin.cli.commands.cases import command

pytestmark = pytest.mark.django_db


def differs():
    return {checked.number: checked.differs for checked in check_cases() if checked.differs}


@pytest.fixture
def walked():
    to_call_back()
    case = submitted(confidential=True)
    act(case=case, steps=[Step("send_back", {"reason": "再说清楚"})], account=account("leader.qingyuan"))
    dispatched()
    return case


def test_stored_cases_agree_with_their_events(walked):
    assert [(checked.events, checked.differs) for checked in check_cases()] == [(7, ()), (7, ()), (3, ())]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "archived"),
        ("title", "别的"),
        ("due_at", None),
        ("lead_id", None),
        ("phone_index", "0"),
        ("urged", 3),
        ("person", "李*"),
    ],
)
def test_a_column_changed_behind_the_events_is_named(walked, column, value):
    Case.objects.filter(pk=walked.pk).update(**{column: value})
    assert differs() == {walked.number: (column,)}


def test_text_reply_and_helpers_are_compared_too(walked):
    CaseText.objects.filter(case=walked).update(text="改了", reply="改了")
    CasePart.objects.filter(case=walked).delete()
    assert differs() == {walked.number: ("text", "reply", "helpers")}


def test_a_case_without_its_texts_differs(walked):
    CaseText.objects.filter(case=walked).delete()
    assert differs() == {walked.number: ("text", "reply")}


def test_erased_private_payloads_leave_the_rest_comparable(walked):
    PrivatePayload.objects.filter(case=walked).delete()
    Case.objects.filter(pk=walked.pk).update(title="", person="", phone="", phone_index="")
    assert differs() == {}
    Case.objects.filter(pk=walked.pk).update(urged=1)
    assert differs() == {walked.number: ("urged",)}


def test_a_private_payload_that_was_swapped_is_found(walked):
    other = PrivatePayload.objects.exclude(case=walked).first()
    PrivatePayload.objects.filter(case=walked, seq=1).update(sealed=other.sealed, salt=other.salt)
    found = differs()[walked.number]
    assert found[0] == "event 1: private payload does not match its digest"


def test_a_broken_chain_is_found_where_it_breaks(walked, monkeypatch):
    monkeypatch.setattr(rebuild, "_EVENTS", _tampered())
    assert differs()[walked.number][0] == "event 4: content does not match its hash"


def _tampered():
    """As if somebody had got past the trigger."""
    return rebuild._EVENTS.replace(
        "e.at,",
        "e.at + CASE WHEN e.seq = 4 AND e.case_id = (SELECT max(id) - 1 FROM cases_case) THEN interval '1 s' ELSE '0' END,",
    )


def test_memory_does_not_grow_with_the_cases(walked):
    assert next(check_cases()).differs == ()  # the first answer comes before the rest is read


def run(*arguments):
    return CliRunner().invoke(command, [*arguments])


def test_rebuild_command_counts_and_exits_by_what_it_finds(walked):
    whole = run("rebuild", "--json")
    assert (whole.exit_code, json.loads(whole.stdout)["agree"], json.loads(whole.stdout)["events"]) == (0, 3, 17)
    Case.objects.filter(pk=walked.pk).update(urged=1)
    broken = run("rebuild", "--json")
    assert (broken.exit_code, json.loads(broken.stdout)["differ"]) == (1, {walked.number: ["urged"]})
    assert f"  {walked.number}: urged" in run("rebuild").stdout.splitlines()
    assert json.loads(run("rebuild", "--json", "--from", str(walked.pk + 1)).stdout)["cases"] == 1


def test_verify_command_follows_one_chain(walked):
    number = in_progress().number
    assert run("verify", number.lower()).stdout == f"{number}: 4 events, chain whole, stored case agrees.\n"
    Case.objects.filter(pk=walked.pk).update(urged=1)
    assert (run("verify", walked.number).exit_code, run("verify", "MH-1").exit_code) == (1, 1)
