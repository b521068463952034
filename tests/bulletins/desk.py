"""Shorthands: a bulletin of the counted November, as far along as a test needs it."""

from io import BytesIO

from docx import Document
from tests.district import account
from tests.review import november

from huiyin.bulletins import domain
from huiyin.bulletins.choices import Kind
from huiyin.cases.models import Category
from huiyin.review import periods


def drafted(kind=Kind.TOPIC, period=november.PERIOD, **changes):
    """A topic may count a calendar month, as the counted November is one."""
    if kind == Kind.TOPIC and "topic" not in changes:
        changes["topic"] = Category.objects.get(code="03")
    return domain.draft(kind=kind, period=periods.read(period), by=account("supervisor"), **changes)


def saved(bulletin, **texts):
    words = {"title": bulletin.title, "office": bulletin.office}
    domain.save(bulletin=bulletin, version=bulletin.version, texts=texts, **words)
    return bulletin


def signed(bulletin):
    domain.sign(bulletin=bulletin, by=account("supervisor"), version=bulletin.version)
    return bulletin


def issued(bulletin):
    domain.issue(bulletin=signed(bulletin), by=account("supervisor"), version=bulletin.version)
    return bulletin


def read(body):
    return Document(BytesIO(body))


def lines(body):
    return [line.text for line in read(body).paragraphs if line.text]
