from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.district import account
from tests.townhall.hall import live, posts, shown

from huiyin.townhall import domain_feed
from huiyin.townhall.domain import Late
from huiyin.townhall.models import Picture
from huiyin.townhall.queries_feed import entries

pytestmark = pytest.mark.django_db


def jpeg(shade=120):
    made = BytesIO()
    Image.new("RGB", (64, 48), (shade, shade, shade)).save(made, "JPEG")
    return made.getvalue()


def pictured(hall, *pictures, caption="会场", press="p"):
    return domain_feed.show(hall, pictures or [jpeg()], caption=caption, by=account("leader.qingyuan"), press=press)


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def files(settings):
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*.jpg"))


def test_a_text_stands_with_chinese_marks_and_one_press_is_one_post():
    hall = live()
    first, again = (domain_feed.write(hall, text="开始了,书记在讲", press="p") for _ in range(2))
    assert (first.body["text"], first.pk, posts(hall)) == ("开始了，书记在讲", again.pk, [(1, "text", None)])


def test_an_empty_text_is_none():
    with pytest.raises(ValueError, match="needs words"):
        domain_feed.write(live(), text=" \n", press="p")


def test_of_several_pictures_the_first_is_on_top_with_the_caption():
    hall = live()
    pictured(hall, jpeg(1), jpeg(200))
    pictured(hall, jpeg(1), jpeg(200))
    (top, other) = entries(hall)
    first, second = Picture.objects.order_by("pk")
    assert top.body == {
        "picture": f"/live/hall-qingyuan/pictures/{first.pk}.jpg", "width": 64, "height": 48, "text": "会场", "press": "p",
    }  # fmt: skip
    assert (other.body["picture"].endswith(f"/{second.pk}.jpg"), other.body["text"]) == (True, "")


def test_a_picture_taken_back_is_gone_from_its_post_its_table_and_the_disk(
    settings, django_capture_on_commit_callbacks
):
    hall = live()
    (post,) = pictured(hall)
    assert len(files(settings)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        domain_feed.take_back(post)
        domain_feed.take_back(post)
    assert (files(settings), Picture.objects.count(), entries(hall)) == ([], 0, [])
    assert [post.body for post in hall.feed.order_by("number")] == [{"gone": True}, {"of": 1}]


def test_the_file_stays_until_the_taking_back_is_committed(settings):
    (post,) = pictured(live())
    domain_feed.take_back(post)
    assert len(files(settings)) == 1


def test_a_picture_that_was_not_stored_leaves_no_file(settings):
    with pytest.raises(OSError, match="cannot identify"):
        pictured(live(), jpeg(), b"none")
    assert (files(settings), Picture.objects.count()) == ([], 0)


def test_a_question_is_not_taken_back_as_a_text():
    hall = live()
    shown(hall)
    with pytest.raises(Late):
        domain_feed.take_back(hall.feed.get())
