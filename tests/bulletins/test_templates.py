"""Templates that offices bring: what is refused, and in which words."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.utils import timezone
from tests.bulletins.desk import drafted, issued, lines
from tests.district import account
from tests.review import november

from huiyin.bulletins import domain_templates, filling, layouts, queries
from huiyin.bulletins.checking import require_sound
from huiyin.bulletins.choices import Kind
from huiyin.bulletins.sandbox import Unfit
from huiyin.documents.official import Official

pytestmark = pytest.mark.django_db
MONTH = "assess:2025-11"


def paper(*told):
    made = Official("{{ title }}")
    for line in told:
        made.line(line)
    return made.as_bytes()


def packed(body, **parts):
    """The file with these parts added or replaced."""
    out = BytesIO()
    with ZipFile(BytesIO(body)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def upload(body, *, kind=Kind.MONTHLY, days=0, name="通报.docx"):
    start = timezone.localdate() + timedelta(days=days)
    return domain_templates.upload(kind=kind, name=name, body=body, valid_from=start, by=account("analyst"))


@pytest.mark.parametrize("kind", Kind.values)
def test_the_houses_own_are_fit(kind):
    require_sound("own.docx", layouts.template(kind))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("成绩{{ scroe }}分", "未知字段 {{ scroe }}，是不是 score？"),
        ("{%p for section in sections %}|{{ section.headng }}|{%p endfor %}", "未知字段 {{ section.headng }}"),
        (
            "{%p for one in units %}|{{ one.name }}|{%p endfor %}|{%p for one in numbers %}|{{ one.place }}|{%p endfor %}",
            "未知字段 {{ one.place }}",
        ),
        ("{% if units %}{{ recieved_chnge }}{% endif %}", "是不是 received_change？"),
        ("{{ zzzzzzzz }}", "不在字段表里"),
        ("{{ score.__class__ }}", "下划线"),
        ("{{ title.upper() }}", "call"),
        ("{{ 'a' * 999999999 }}", "mul"),
        ("{% for a in units %}{% for b in units %}{% for c in units %}x{% endfor %}{% endfor %}{% endfor %}", "循环"),
        ("{% for a in range(9) %}x{% endfor %}", "call"),
        ("{% for a in '" + "x" * 9000 + "' %}{% for b in 'xx' %}{% endfor %}{% endfor %}", "循环"),
        ("{{ " + "(" * 3000 + "score" + ")" * 3000 + " }}", "填不进数"),
        ("{% if score %}" * 300 + "{% endif %}" * 300, "填不进数"),
        ("{{ score | pprint }}", "字段表"),
        ("{% for one in units %}", "字段表"),
        ("{{ score", "字段表"),
    ],
)
def test_a_field_that_is_not_known_or_not_allowed_is_named(told, says):
    with pytest.raises(Unfit) as refused:
        require_sound("own.docx", paper(*told.split("|") if "p for" in told else (told,)))
    assert says in str(refused.value)


def torn(body):
    """The first part's stream is none."""
    return body[:60] + bytes(byte ^ 0xFF for byte in body[60:120]) + body[120:]


def locked(body):
    """As if every part asked for a password."""
    marks = ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8))
    for mark, flags in marks:
        head, *rest = body.split(mark)
        body = head + b"".join(mark + one[: flags - 4] + bytes([one[flags - 4] | 1]) + one[flags - 3 :] for one in rest)
    return body


def test_a_file_that_is_no_plain_word_file_is_refused():
    good = paper("{{ score }}")
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://x/attachedTemplate" Target="http://elsewhere/t.dotm" TargetMode="External"/></Relationships>'
    )
    cases = [
        ("own.docm", good, "宏"),
        ("own.docx", packed(good, **{"word/vbaProject.bin": b"x"}), "宏"),
        ("own.docx", packed(good, **{"word/_rels/settings.xml.rels": link}), "从别处取"),
        ("own.doc", good, ".docx"),
        ("own.docx", b"PK\x03\x04 broken", "不是能打开的"),
        ("own.docx", good[:-200], "不是能打开的"),
        ("own.docx", b"", "不是能打开的"),
        ("own.docx", torn(good), "不是能打开的"),
        ("own.docx", locked(good), "不是能打开的"),
        ("own.docx", packed(good, **{"[Content_Types].xml": "<x/>"}), "不是能打开的"),
        ("own.docx", b"x" * (2 * 1024 * 1024 + 1), "2 MB"),
        ("own.docx", packed(good, **{"word/media/zero.bin": b"\0" * (17 * 1024 * 1024)}), "解开"),
    ]
    for name, body, says in cases:
        with pytest.raises(Unfit, match=says):
            require_sound(name, body)


def test_an_offices_own_holds_from_its_day_and_what_was_issued_stays():
    november.load()
    first = issued(drafted(Kind.MONTHLY, MONTH))
    made = upload(paper("本办模板：{{ score }}分"))
    later = upload(paper("新模板"), days=3)
    assert (made.version, later.version, queries.template_of(Kind.MONTHLY)) == (1, 2, made)
    second = issued(drafted(Kind.MONTHLY, MONTH))
    assert (first.template, second.template) == (None, made)
    with second.file.open("rb") as file:
        assert lines(file.read())[1] == f"本办模板：{second.counted['whole']['score']['text']}分"


def test_yesterday_is_refused_and_the_house_comes_back():
    with pytest.raises(ValueError, match="今天"):
        upload(paper("x"), days=-1)
    upload(paper("本办"))
    domain_templates.back_to_the_house(kind=Kind.MONTHLY)
    assert queries.template_of(Kind.MONTHLY) is None


def test_the_example_fills_every_field():
    assert "1625" in lines(filling.sample(paper("{{ received }}")))
