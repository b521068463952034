import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.collect.conftest import row

from huiyin.cases.models import Case
from huiyin.collect.models import ImportMap, ImportRun
from huiyin.collect.tasks import import_run

pytestmark = pytest.mark.django_db


def upload(client, path, name="my.csv"):
    return client.post("/imports/", {"file": SimpleUploadedFile(name, Path(path).read_bytes())})


@pytest.fixture
def agent(enter):
    client = enter("agent")
    client.cookies["lang"] = "en"
    return client


def test_a_file_is_looked_into_before_anything_is_imported(agent, export):
    record_url = upload(agent, export([row(1), row(2)])).url
    page = agent.get(record_url)
    look = page.context["look"]
    assert (look.count, look.fits.name, page.context["form"]["map"].value()) == (2, "hotline12345", "hotline12345")
    assert (Case.objects.count(), ImportRun.objects.get().rows) == (0, 2)


def test_the_preview_shows_no_person(agent, export):
    page = agent.get(upload(agent, export([row(主要内容="我的电话13900000421")])).url).content.decode()
    assert ("张三丰" in page, "13900000421" in page, "139****0421" in page) == (False, False, True)


def test_check_then_import_then_report(agent, export):
    url = upload(agent, export([row(1), row(2, 来电时间="2026-02-30")])).url
    record = ImportRun.objects.get()
    agent.post(f"{url}start/", {"map": "hotline12345", "dry": "1"})
    assert agent.get(url).context["run"].map_name == "hotline12345"
    import_run(record.pk)
    record.refresh_from_db()
    assert (record.state, record.dry_run, record.created, record.refused, Case.objects.count()) == (
        "done",
        True,
        1,
        1,
        0,
    )
    agent.post(f"{url}start/", {"map": "hotline12345"})
    import_run(record.pk)
    record.refresh_from_db()
    assert (record.state, record.dry_run, record.created, record.refused, Case.objects.count()) == (
        "done",
        False,
        1,
        1,
        1,
    )
    report = b"".join(agent.get(f"{url}report/").streaming_content).decode("utf-8-sig")
    assert report.splitlines()[1].startswith("3,来电时间,2026-02-30,否 no")


def test_the_uploaded_file_is_gone_once_it_is_imported(agent, export):
    url = upload(agent, export([row()])).url
    path = Path(ImportRun.objects.get().file.path)
    assert path.exists()
    agent.post(f"{url}start/", {"map": "hotline12345"})
    import_run(ImportRun.objects.get().pk)
    assert (path.exists(), bool(ImportRun.objects.get().file)) == (False, False)
    assert agent.post(f"{url}start/", {"map": "hotline12345"}).status_code == 404


def test_progress_is_asked_for_and_the_page_comes_anew_at_the_end(agent, export):
    url = upload(agent, export([row()])).url
    agent.post(f"{url}start/", {"map": "hotline12345", "dry": "1"})
    assert "HX-Refresh" not in agent.get(f"{url}progress/").headers
    import_run(ImportRun.objects.get().pk)
    assert agent.get(f"{url}progress/").headers["HX-Refresh"] == "true"


def test_a_map_is_drawn_by_pairing_columns(agent, export):
    url = upload(agent, export([{"甲": "东里小区暖气不热", "乙": "2026-03-02"}])).url
    assert agent.get(url).context["look"].fits is None
    values = {"name": "My Map", "source": "mine", "channel": "web", "column_text": "甲", "column_created_at": "乙"}
    assert agent.post(f"{url}draw/", values).url == f"{url}?map=my-map"
    assert ImportMap.objects.get().name == "my-map"
    assert agent.get(f"{url}?map=my-map").context["form"]["map"].value() == "my-map"
    agent.post(f"{url}start/", {"map": "my-map"})
    import_run(ImportRun.objects.get().pk)
    assert Case.objects.get().source == "mine"


def test_pairs_are_proposed_by_the_names_of_the_columns(agent, export):
    url = upload(agent, export([row()])).url
    form = agent.get(f"{url}draw/").context["form"]
    assert (form["column_text"].initial, form["column_created_at"].initial) == ("主要内容", "来电时间")


def test_a_map_without_the_text_is_not_kept(agent, export):
    url = upload(agent, export([row()])).url
    response = agent.post(f"{url}draw/", {"name": "x", "source": "s", "channel": "web"})
    assert (response.status_code, list(response.context["form"].errors), ImportMap.objects.count()) == (
        422,
        ["column_text"],
        0,
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "not a table"),
        (b"PK\x03\x04broken", "damaged"),
    ],
)
def test_what_is_no_table_is_refused_and_not_kept(agent, data, sentence, settings):
    response = agent.post("/imports/", {"file": SimpleUploadedFile("x.csv", data)})
    assert (response.status_code, ImportRun.objects.count()) == (422, 0)
    assert sentence in response.context["form"].errors["file"][0]
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_a_file_lacking_columns_fails_with_a_sentence_in_the_readers_language(agent, export):
    url = upload(agent, export([{"甲": "x", "乙": "y"}])).url
    agent.post(f"{url}start/", {"map": "hotline12345"})
    import_run(ImportRun.objects.get().pk)
    assert agent.get(url).context["message"].startswith("The file lacks columns")
    agent.cookies["lang"] = "zh-hans"
    assert agent.get(url).context["message"].startswith("文件缺少映射")


def test_no_map_chosen_is_asked_for(agent, export):
    url = upload(agent, export([row()])).url
    assert agent.post(f"{url}start/", {"map": ""}).url == url
    assert ImportRun.objects.get().map_name == ""


def test_what_an_administrator_uploaded_an_agent_sees_too(agent, enter, export):
    url = upload(enter("admin"), export([row()])).url
    assert agent.get(url).context["run"].by.username == "admin"


@pytest.mark.parametrize("username", ["handler.qingyuan", "leader.qingyuan", "caller", "analyst"])
def test_other_roles_import_nothing(enter, username):
    client = enter(username)
    assert client.post("/imports/", {"file": io.BytesIO(b"a,b")}).status_code == 403
    assert [client.get(f"/imports/1/{page}").status_code for page in ("", "draw/", "progress/", "report/")] == [403] * 4


def test_strangers_are_led_to_the_sign_in(client):
    assert client.get("/imports/").url == "/login/?next=/imports/"


def test_the_list_asks_little_of_the_database(agent, export, django_assert_max_num_queries):
    for _ in range(3):
        upload(agent, export([row()]))
    agent.get("/imports/")
    with django_assert_max_num_queries(6):
        agent.get("/imports/")
