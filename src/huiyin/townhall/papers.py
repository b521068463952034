"""Reports as .docx: parts that were drafted, in the layout of official papers."""

from collections.abc import Sequence

from django.utils import timezone

from huiyin.documents.official import Official
from huiyin.townhall.drafting import Part


def paper(title: str, parts: Sequence[Part], *, signed: str) -> bytes:
    """`signed`: whose paper it is."""
    official = Official(title)
    for part in parts:
        official.heading(part.heading)
        for sentence in part.sentences:
            official.paragraph(sentence)
        if part.head:
            official.table(part.head, part.rows)
    today = timezone.localdate()
    official.signed(signed, f"{today.year}年{today.month}月{today.day}日")
    return official.as_bytes()
