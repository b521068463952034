import csv

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _fresh(settings, tmp_path):
    cache.clear()
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def enter(db):
    """A browser in which this demo account is signed in."""
    from tests.district import account  # noqa: PLC0415 - needs django.setup()

    def enter(username):
        client = Client()
        client.force_login(account(username))
        return client

    return enter


HEADER = ("工单编号", "来电时间", "来电人", "电话", "标题", "主要内容", "二级分类", "社区")


def row(number=1, **changes):
    """One invented order of a hotline, as its export has it."""
    usual = {
        "工单编号": f"K{number}",
        "来电时间": "2026-03-02 08:05:00",
        "来电人": "张三丰",
        "电话": "13900000421",
        "标题": "暖气不热",
        "主要内容": f"东里小区3号楼暖气不热，第{number}次来电。",
        "二级分类": "室温不达标",
        "社区": "晨光社区",
    }
    return {**usual, **changes}


@pytest.fixture
def export(tmp_path):
    """Write rows as a CSV file and return its path."""

    def write(rows, name="export.csv", encoding="utf-8"):
        path = tmp_path / name
        rows = list(rows)
        columns = list(dict.fromkeys(name for one in rows for name in one)) or list(HEADER)
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write
