import io
from pathlib import Path

import pytest
from PIL import Image
from tests.district import received

from huiyin.cases import attachments as pictures
from huiyin.cases import store
from huiyin.cases.attachments import NotAPicture, attachments, read_pictures, redraw, removed_unless_stored
from huiyin.cases.models import Attachment
from huiyin.collect.domain import Message, receive_once
from huiyin.kernel.moves import Refused


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def drawn(kind="JPEG", size=(80, 60), mode="RGB", colour="red", **options):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def files():
    from django.conf import settings  # noqa: PLC0415

    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_kind_of_picture_becomes_a_jpeg(kind):
    with Image.open(io.BytesIO(redraw(io.BytesIO(drawn(kind))))) as picture:
        assert (picture.format, picture.size, picture.mode) == ("JPEG", (80, 60), "RGB")


def test_nothing_hidden_survives_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825)[2] = (36.0, 36.0, 50.0)
    clean = redraw(io.BytesIO(drawn(exif=exif, comment=b"secret")))
    with Image.open(io.BytesIO(clean)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((60, 80), {})
    assert (b"Camera" in clean, b"secret" in clean, b"Exif" in clean) == (False, False, False)


def test_a_large_picture_is_made_smaller_and_a_clear_one_white():
    with Image.open(io.BytesIO(redraw(io.BytesIO(drawn(size=(4096, 1024)))))) as picture:
        assert picture.size == (2048, 512)
    with Image.open(io.BytesIO(redraw(io.BytesIO(drawn("PNG", mode="RGBA", colour=(0, 0, 0, 0)))))) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        drawn()[:200],
        b"\x00" * 5000,
    ],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(NotAPicture):
        redraw(io.BytesIO(data))


def test_a_picture_that_unpacks_to_too_many_pixels_is_refused():
    bomb = drawn("PNG", size=(12_000, 12_000), mode="1", colour=0)
    assert len(bomb) < 50_000
    with pytest.raises(NotAPicture):
        redraw(io.BytesIO(bomb))


def test_too_many_bytes_or_pictures_are_refused_unread(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)
    with pytest.raises(NotAPicture):
        redraw(io.BytesIO(drawn()))
    with pytest.raises(NotAPicture):
        read_pictures(io.BytesIO(b"") for _ in range(10))


def test_the_same_picture_twice_is_one():
    assert len(read_pictures([io.BytesIO(drawn()), io.BytesIO(drawn()), io.BytesIO(drawn(colour="blue"))])) == 2


@pytest.mark.django_db
def test_what_a_case_has_it_is_not_given_again_and_nine_is_all():
    case = received()
    some = [drawn(size=(10 + n, 10)) for n in range(9)]
    Attachment.objects.bulk_create(attachments(case.pk, some, by="resident"))
    assert attachments(case.pk, some, by="resident") == []
    with pytest.raises(Refused, match="9 pictures at most"):
        attachments(case.pk, [drawn(size=(99, 9))], by="resident")


@pytest.mark.django_db
def test_the_file_goes_when_its_case_is_not_stored(monkeypatch):
    insert = store.insert

    def fails(drafts):
        insert(drafts)
        assert len(files()) == 1
        raise RuntimeError("at the very end")

    monkeypatch.setattr(store, "insert", fails)
    with pytest.raises(RuntimeError):
        receive_once(Message(text="暖气不热", channel="web"), press="p", pictures=[drawn()])
    assert (Attachment.objects.count(), files()) == (0, [])


@pytest.mark.django_db
def test_a_file_that_was_written_before_the_fault_is_taken_away():
    rows = attachments(received().pk, [drawn()], by="resident")

    def store_and_fail():
        with removed_unless_stored(rows):
            Attachment.objects.bulk_create(rows)
            assert len(files()) == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        store_and_fail()
    assert files() == []


@pytest.mark.django_db
def test_pictures_of_a_case_that_was_stored_stay():
    receive_once(Message(text="暖气不热", channel="web"), press="p", pictures=[drawn()])
    assert len(files()) == Attachment.objects.count() == 1
