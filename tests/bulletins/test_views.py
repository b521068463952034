import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.bulletins.desk import drafted, issued, read
from tests.review import november

from huiyin.bulletins.choices import Kind, Stage
from huiyin.bulletins.models import Bulletin, Sensitive
from huiyin.bulletins.views_paper import address
from huiyin.cases.models import Case
from huiyin.documents.official import Official

pytestmark = pytest.mark.django_db
MONTH = "assess:2025-11"
SIGNS, DRAFTS, READS, OUTSIDER = "supervisor", "analyst", "leader.qingyuan", "handler.qingyuan"


@pytest.fixture
def made(db):
    november.load()
    return drafted(Kind.MONTHLY, MONTH)


def at(name, *args):
    return reverse(f"bulletins:{name}", args=args)


def words(bulletin, **texts):
    given = {f"text_{one['key']}": one["text"] for one in bulletin.sections} | texts
    return {"version": bulletin.version, "title": bulletin.title, "office": bulletin.office, **given}


def test_a_draft_is_for_those_who_draft_and_an_issued_one_for_leaders_too(made, enter):
    pages = [at("bulletin", made.pk), at("paper", made.pk), at("file", made.pk)]
    everybody = (SIGNS, DRAFTS, READS, OUTSIDER)
    before = [[enter(who).get(page).status_code for page in pages] for who in everybody]
    issued(made)
    after = [[enter(who).get(page).status_code for page in pages] for who in everybody]
    assert before == [[200] * 3, [200] * 3, [404] * 3, [403] * 3]
    assert after == [[200] * 3, [200] * 3, [200] * 3, [403] * 3]


def test_drafted_saved_signed_and_issued_on_its_page(enter):
    november.load()
    analyst, supervisor = enter(DRAFTS), enter(SIGNS)
    opened = analyst.post(at("new"), {"kind": "monthly", "period": MONTH})
    made = Bulletin.objects.get()
    assert opened.url == at("bulletin", made.pk)
    told = analyst.post(at("autosave", made.pk), words(made, text_next="下周再报。"))
    assert 'value="2" id="id_version"' in told.content.decode()
    assert analyst.post(at("sign", made.pk), {"version": 2}).status_code == 403
    supervisor.post(at("sign", made.pk), {"version": 2})
    supervisor.post(at("issue", made.pk), {"version": 3})
    made.refresh_from_db()
    assert (made.stage, made.number, made.sections[-1]["text"]) == (Stage.ISSUED, 1, "下周再报。")
    sent = supervisor.get(at("file", made.pk))
    assert read(sent.content).core_properties.title == made.title


def test_a_period_that_cannot_be_reported_is_said_and_kept(made, enter):
    page = enter(SIGNS).post(at("new"), {"kind": "monthly", "period": "assess:1999-01"})
    assert (page.status_code, "没有受理诉求" in page.content.decode(), "assess:1999-01" in page.content.decode()) == (
        422, True, True,
    )  # fmt: skip
    assert enter(SIGNS).post(at("new"), {"kind": "weekly", "period": "soon"}).status_code == 422


def test_who_comes_late_loses_nothing(made, enter):
    typed = words(made, text_next="第一个人写的")
    page = enter(DRAFTS)
    page.post(at("bulletin", made.pk), typed)
    late = page.post(at("bulletin", made.pk), {**typed, "text_next": "第二个人写的"})
    assert (late.status_code, "第二个人写的" in late.content.decode()) == (409, True)
    assert "别人刚改过" in page.post(at("autosave", made.pk), typed).content.decode()


def test_the_print_page_links_every_mark_to_the_appendix_and_that_to_the_cases(made, enter):
    page = enter(DRAFTS).get(at("paper", made.pk)).content.decode()
    assert [f'href="#n{row["mark"]}"' in page and f'id="n{row["mark"]}"' in page for row in made.numbers] == [
        True
    ] * len(made.numbers)
    assert f"/figures/received/?frozen={made.freeze_id}" in page


def test_a_number_opens_into_the_cases_that_were_counted_then(made, enter):
    Case.objects.update(solved=False, lead=None)
    reader = enter(DRAFTS)
    page = reader.get(at("paper", made.pk)).content.decode()
    found = [row for row in made.numbers if row["name"] in ("received", "resolution") and row["by"] is not None]
    opened = [reader.get(address(made, row)).content.decode() for row in found]
    assert [(address(made, row).replace("&", "&amp;") in page) for row in found] == [True] * len(found)
    assert [row["text"] in body for row, body in zip(found, opened, strict=True)] == [True] * len(found)


def test_a_topics_own_numbers_open_into_its_matter(enter):
    november.load()
    made = drafted()
    first = enter(DRAFTS).get(address(made, made.numbers[0])).content.decode()
    assert ("category=03" in address(made, made.numbers[0]), made.numbers[0]["text"] in first) == (True, True)
    assert {address(made, row) for row in made.numbers if row["by"] == "unit"} <= {""}


def test_a_misspelt_field_is_named_beside_the_file(enter):
    paper = Official("{{ title }}")
    paper.line("{{ scroe }}")
    file = SimpleUploadedFile("own.docx", paper.as_bytes())
    given = {"kind": "monthly", "valid_from": "2099-01-01", "file": file}
    page = enter(DRAFTS).post(at("templates"), given)
    assert (page.status_code, "未知字段 {{ scroe }}，是不是 score？" in page.content.decode()) == (422, True)


def test_templates_of_the_house_are_there_to_be_changed(enter):
    analyst = enter(DRAFTS)
    assert [analyst.get(at("house", kind)).status_code for kind in (*Kind.values, "none")] == [200] * len(Kind) + [404]
    assert "{{ score_change }}" in analyst.get(at("fields")).content.decode()


def test_classes_are_ended_and_added_never_changed(enter):
    analyst = enter(DRAFTS)
    heating = Sensitive.objects.get(name="供暖")
    given = {"name": "供暖", "words": "供暖  供热"}
    assert analyst.post(at("sensitive"), given).status_code == 422
    analyst.post(at("end", heating.pk))
    analyst.post(at("sensitive"), given)
    assert list(Sensitive.objects.filter(name="供暖").values_list("words", "valid_to").order_by("pk"))[1] == (
        "供暖 供热",
        None,
    )
