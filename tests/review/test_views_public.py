import pytest
from tests.district import dispatched, in_progress, received
from tests.review import november

from huiyin.cases.models import Case

TITLE = "东里小区3号楼暖气不热，家里只有15度，老人怕冷"


def titles(response):
    return [case.title for case in response.context["rows"]]


def test_the_front_page_is_open_to_all(client):
    in_progress()
    response = client.get("/")
    assert (response.status_code, response.templates[0].name) == (200, "review/front.html")
    assert [case.ring for case in response.context["wall"]] == ["1120"]


def test_the_front_page_ranks_nobody(client):
    november.load()
    page = client.get("/").content.decode()
    assert [name in page for name in ("清源街道", "河沿街道", "/units/", "/rates/")] == [False] * 4


def test_the_districts_figures_open_without_signing_in(client):
    november.load()
    cells = [cell for _label, cell in client.get("/").context["figures"]]
    assert [client.get(cell.href).status_code for cell in cells] == [200] * 4


def test_the_public_list_would_leak_without_its_filter(client):
    """First that the leak could happen: both cases stand in the same table, then that neither is listed."""
    open_case, secret = dispatched(), dispatched(confidential=True)
    report = dispatched(kind="report")
    assert set(Case.objects.values_list("pk", flat=True)) == {open_case.pk, secret.pk, report.pk}
    assert TITLE[:6] in Case.objects.get(pk=secret.pk).title
    assert len(titles(client.get("/cases-open/"))) == 1
    Case.objects.filter(pk=open_case.pk).update(confidential=True)
    assert titles(client.get("/cases-open/")) == []
    assert list(client.get("/").context["wall"]) == []


def test_what_is_not_dispatched_yet_is_not_public(client):
    received()
    assert titles(client.get("/cases-open/")) == []


def test_a_row_holds_nothing_personal(client):
    case = dispatched()
    (row,) = client.get("/cases-open/").context["rows"]
    assert sorted(field for field in row.__dataclass_fields__) == [
        "category", "closed_at", "received_at", "ring", "state_label", "street", "title",
    ]  # fmt: skip
    page = client.get("/cases-open/").content.decode()
    personal = ("13900000421", "139****0421", "张", case.number, "3号楼2单元")
    assert [word in page for word in personal] == [False] * len(personal)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("street=qingyuan", 16),
        ("street=heyan", 0),
        ("category=03", 9),
        ("category=02", 7),
        ("stage=answer", 4),
        ("stage=done", 12),
        ("stage=done&category=03", 8),
        ("street=nowhere", 16),
        ("stage=nonsense", 16),
    ],
)
def test_filters(client, query, count):
    """A filter that does not exist is marked in the form and filters nothing."""
    november.load()
    assert len(titles(client.get(f"/cases-open/?{query}"))) == count


def test_pages_follow_one_another(client):
    november.load()
    shown = Case.objects.filter(confidential=False, lead__isnull=False).exclude(kind="report")
    Case.objects.bulk_create([_copy(case, index) for index, case in enumerate(shown)])
    page = client.get("/cases-open/")
    assert (len(titles(page)), page.context["page"].prev) == (20, "")
    second = client.get("/cases-open/", {"at": page.context["page"].next})
    assert (len(titles(second)), second.context["page"].next) == (12, "")
    back = client.get("/cases-open/", {"at": second.context["page"].prev})
    assert titles(back) == titles(page)


def _copy(case, index):
    case.pk, case.number = None, f"MH-2512-{index:05d}"
    return case


def test_queries_of_the_public_pages(client, django_assert_num_queries):
    november.load()
    client.get("/")
    client.get("/cases-open/")
    with django_assert_num_queries(1):  # the wall; figures and areas are kept
        client.get("/")
    with django_assert_num_queries(5):  # streets and matters, to check and to choose from; the page
        client.get("/cases-open/")
