from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.townhall.hall import live

from huiyin.townhall.domain_feed import take_back
from huiyin.townhall.models import Picture, Post

pytestmark = pytest.mark.django_db
OWNER, COLLEAGUE, OUTSIDER = "leader.qingyuan", "supervisor", "handler.heyan"
SCRIPT = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hall(db):
    return live()


def photograph(kind="JPEG", size=(640, 480), **more):
    made = BytesIO()
    Image.new("RGB", size, "gray").save(made, kind, **more)
    return made.getvalue()


def sent(data, name="a.jpg"):
    return SimpleUploadedFile(name, data, "image/jpeg")


def send(client, hall, press="p1", **fields):
    return client.post(f"/meetings/{hall.code}/feed/", {"press": press, **fields})


def test_the_unit_and_the_district_write_and_another_unit_does_not(enter, hall):
    answers = [send(enter(who), hall, who, text="开始了").status_code for who in (OWNER, COLLEAGUE, OUTSIDER)]
    assert (answers, Post.objects.count()) == ([302, 302, 404], 2)


def test_everybody_reads_text_and_picture_without_a_script(enter, hall):
    send(enter(OWNER), hall, "p1", text="书记在讲")
    send(enter(OWNER), hall, "p2", text="会场坐满了", pictures=sent(photograph()))
    page, one = Client().get(f"/live/{hall.code}/").content.decode(), Picture.objects.get()
    wanted = f'src="/live/{hall.code}/pictures/{one.pk}.jpg" width="640" height="480" alt="会场坐满了" loading="lazy"'
    assert ("书记在讲" in page, wanted in page) == (True, True)


def test_a_picture_is_public_kept_for_an_hour_and_of_its_meeting_alone(enter, hall):
    send(enter(OWNER), hall, pictures=sent(photograph()))
    one, other = Picture.objects.get(), live(code="other")
    got = Client().get(f"/live/{hall.code}/pictures/{one.pk}.jpg")
    assert b"".join(got.streaming_content)[:2] == b"\xff\xd8"
    told = got.status_code, got["Content-Type"], got["Cache-Control"], got["X-Content-Type-Options"]
    assert told == (200, "image/jpeg", "public, max-age=3600, immutable", "nosniff")
    assert Client().get(f"/live/{other.code}/pictures/{one.pk}.jpg").status_code == 404


def test_what_the_camera_noted_does_not_survive(enter, hall):
    hidden = Image.Exif()
    hidden[0x010E] = "36.5012, 116.0034"
    send(enter(OWNER), hall, pictures=sent(photograph(exif=hidden)))
    with Picture.objects.get().file.open() as file, Image.open(file) as stored:
        assert dict(stored.getexif()) == {}


def test_taken_back_it_is_found_nowhere(enter, hall, django_capture_on_commit_callbacks):
    send(enter(OWNER), hall, text="会场坐满了", pictures=sent(photograph()))
    address = Post.objects.get().body["picture"]
    assert enter(OUTSIDER).post(f"/meetings/{hall.code}/feed/1/back/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        statuses = [enter(OWNER).post(f"/meetings/{hall.code}/feed/1/back/").status_code for _ in range(2)]
    pages = [Client().get(f"/live/{hall.code}/{path}").content.decode() for path in ("", "snapshot.json")]
    assert (statuses, Client().get(address).status_code) == ([302, 302], 404)
    assert [word in page for page in pages for word in ("会场坐满了", address)] == [False] * 4


def test_a_file_that_is_lost_is_not_found(enter, hall):
    send(enter(OWNER), hall, pictures=sent(photograph()))
    one = Picture.objects.get()
    one.file.storage.delete(one.file.name)
    assert Client().get(Post.objects.get().body["picture"]).status_code == 404


BOMB = photograph("GIF", (9000, 9000))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"not a picture", "读不出图片"),
        (photograph()[:200], "读不出图片"),
        (BOMB, "像素太多"),
        (b"\xff\xd8" + bytes(13 * 1024 * 1024), "12 MB"),
    ],
    ids=["a text", "broken", "a bomb", "too large"],
)
def test_a_file_that_cannot_be_shown_is_said_and_the_words_stay(enter, hall, data, sentence):
    back = send(enter(OWNER), hall, text="会场坐满了", pictures=sent(data))
    page = back.content.decode()
    assert (back.status_code, sentence in page, "会场坐满了" in page) == (422, True, True)
    assert Post.objects.count() == 0


def test_nothing_and_ten_pictures_are_not_sent(enter, hall):
    ten = [sent(photograph()) for _ in range(10)]
    assert [send(enter(OWNER), hall, **said).status_code for said in ({}, {"pictures": ten})] == [422, 422]


def test_what_looks_like_somebodys_number_is_asked_about_once(enter, hall):
    said = {"text": "请打 13900000517 报名"}
    first = send(enter(OWNER), hall, **said)
    assert (first.status_code, "13900000517" in first.context["form"].errors["sure"][0]) == (422, True)
    assert (send(enter(OWNER), hall, **said, sure="on").status_code, Post.objects.get().body["text"]) == (
        302,
        said["text"],
    )


def test_a_script_is_told_in_json_so_that_it_loses_no_picture(enter, hall):
    client = enter(OWNER, **SCRIPT)
    refused, taken = send(client, hall, pictures=sent(b"none")), send(client, hall, pictures=sent(photograph()))
    assert (refused.status_code, bool(refused.json()["error"]), taken.json()) == (
        422, True, {"next": f"/meetings/{hall.code}/feed/"},
    )  # fmt: skip


def test_one_press_is_one_post_however_often_it_is_sent(enter, hall):
    for _ in range(2):
        send(enter(OWNER), hall, pictures=sent(photograph()))
    assert (Post.objects.count(), Picture.objects.count()) == (1, 1)


def test_whoever_follows_by_snapshots_hears_that_it_is_gone(enter, hall):
    send(enter(OWNER), hall, text="错了")
    take_back(Post.objects.get())
    told = Client().get(f"/live/{hall.code}/snapshot.json?after=1").json()["posts"]
    assert [(post["kind"], post["data"]["of"]) for post in told] == [("gone", 1)]
