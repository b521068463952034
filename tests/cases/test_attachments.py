import io

import pytest
from PIL import Image
from tests.district import in_progress

from huiyin.cases import attachments as pictures
from huiyin.cases.attachments import NotAPicture, attachments, read_pictures, redraw
from huiyin.kernel.moves import Refused


def drawn(size=(60, 40), *, kind="PNG", mode="RGB", color="red", **options):
    file = io.BytesIO()
    Image.new(mode, size, color).save(file, kind, **options)
    return io.BytesIO(file.getvalue())


def opened(data):
    with Image.open(io.BytesIO(data)) as picture:
        return picture.format, picture.size, dict(picture.getexif())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_usual_kind_becomes_a_plain_jpeg(kind):
    assert opened(redraw(drawn(kind=kind))) == ("JPEG", (60, 40), {})


def test_place_and_camera_are_gone_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    file = drawn(kind="JPEG", exif=exif)
    assert b"SECRET-CAMERA" in file.getvalue()  # it could leak
    data = redraw(file)
    assert (opened(data), b"SECRET-CAMERA" in data) == (("JPEG", (40, 60), {}), False)


def test_what_is_appended_to_a_picture_does_not_survive():
    file = io.BytesIO(drawn(kind="JPEG").getvalue() + b"<script>alert(1)</script>")
    assert b"<script>" not in redraw(file)


def test_transparent_becomes_white():
    data = redraw(drawn(mode="RGBA", color=(0, 0, 0, 0)))
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_a_large_picture_is_made_smaller():
    assert opened(redraw(drawn((4096, 1024))))[1] == (2048, 512)


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe0 broken", drawn(kind="JPEG").getvalue()[:200]])
def test_what_is_no_picture_is_said_to_be_none(data):
    with pytest.raises(NotAPicture) as refused:
        redraw(io.BytesIO(data))
    assert "JPEG" in str(refused.value)


@pytest.mark.parametrize(("limit", "value"), [("MOST_BYTES", 100), ("MOST_PIXELS", 100)])
def test_too_much_is_refused(monkeypatch, limit, value):
    monkeypatch.setattr(pictures, limit, value)
    with pytest.raises(NotAPicture):
        redraw(drawn())


def test_a_bomb_is_refused_before_it_is_opened(monkeypatch):
    for limit in (1000, 2000):  # an error, a warning
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit)
        with pytest.raises(NotAPicture):
            redraw(drawn())


def test_the_same_picture_twice_is_one_and_ten_are_too_many():
    assert len(read_pictures([drawn(), drawn(), drawn(color="blue")])) == 2
    with pytest.raises(NotAPicture):
        read_pictures([drawn() for _ in range(10)])


@pytest.mark.django_db
def test_a_picture_the_case_has_is_left_out_and_too_many_are_refused(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    case, (picture,) = in_progress(), read_pictures([drawn()])
    (row,) = attachments(case.pk, [picture], by="account:1")
    row.save()
    assert attachments(case.pk, [picture], by="account:1") == []
    monkeypatch.setattr(pictures, "MOST_ON_A_CASE", 1)
    with pytest.raises(Refused):
        attachments(case.pk, read_pictures([drawn(color="blue")]), by="account:1")


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # the very thing that is tried
def test_a_damaged_note_of_the_camera_does_not_cost_the_picture():
    plain = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(
        plain, "JPEG", exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\xff\xff"
    )
    plain.seek(0)
    assert Image.open(io.BytesIO(redraw(plain))).size == (40, 20)
