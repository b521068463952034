"""Twenty cases of November 2025, counted by hand (as in tests/kernel/test_measures.py): who, when, how it ended."""

from datetime import datetime
from zoneinfo import ZoneInfo

from huiyin.cases.models import Case, Category
from huiyin.people.models import Area, Unit

TZ = ZoneInfo("Asia/Shanghai")
PERIOD = "2025-11"
GOOD, BASIC, BAD = "satisfied", "basic", "dissatisfied"
A, B, C = "qingyuan", "heyan", "citymgmt"


def nov(day, *clock):
    return datetime(2025, 11, day, *clock, tzinfo=TZ)


def october(day, *clock):
    return datetime(2025, 10, day, *clock, tzinfo=TZ)


ROWS = [
    # number, lead, created, closed, due, valid, contacted, solved, satisfaction, excluded
    (1, A, nov(2), nov(5), nov(7), True, True, True, GOOD, False),
    (2, A, nov(3), nov(6), nov(9), True, True, True, BASIC, False),
    (3, A, nov(4), nov(10), nov(8), True, True, False, BAD, False),  # closed late
    (4, A, nov(5), nov(12), nov(15), True, False, None, None, False),  # not contacted
    (5, A, nov(6), nov(13), nov(14), False, True, True, GOOD, False),  # callback not valid
    (6, A, nov(7), None, nov(20), None, False, None, None, False),  # open and late
    (7, A, nov(3), nov(9), nov(8), True, True, False, BAD, True),  # excluded, closed late
    (8, A, nov(1), nov(3), nov(5), True, True, True, GOOD, False),  # the period's first moment
    (9, B, nov(10), nov(12), nov(15), True, True, True, GOOD, False),
    (10, B, nov(11), nov(20), nov(15), True, True, True, GOOD, False),  # closed late
    (11, B, nov(12), nov(14), nov(20), True, True, False, BASIC, False),
    (12, B, october(31, 23, 59), nov(2), nov(5), True, True, True, GOOD, False),  # closed in the period only
    (13, B, datetime(2025, 12, 1, tzinfo=TZ), None, None, None, False, None, None, False),  # after the period
    (14, B, nov(30, 23, 59, 59, 999999), None, None, None, None, None, None, False),  # its last moment; never due
    (15, C, nov(15), None, nov(30), None, False, None, None, False),  # open and late
    (16, C, nov(16), nov(17), nov(18), False, False, None, None, False),
    (17, C, nov(17), nov(18), nov(20), True, True, True, GOOD, True),  # the unit's only valid callback is excluded
    (18, None, nov(20), None, nov(23), None, False, None, None, False),
    (19, None, nov(21), None, nov(23), None, False, None, None, False),
    (20, A, october(20), october(25), october(22), True, True, True, GOOD, False),  # before the period
]
CONFIDENTIAL, REPORT = 9, 11
NAMES = ("received", "closed", "overdue", "response", "resolution", "satisfaction", "score")
# By hand: unit → all cases, and after exclusions; rates as text and numerator / denominator.
GOLDEN = {
    A: [
        ("8", ""), ("7", ""), ("3", ""),
        ("83.3%", "5 / 6"), ("50.0%", "3 / 6"), ("48.3%", "2.9 / 6"), ("52.7", "316 / 6"),
    ],
    B: [
        ("4", ""), ("4", ""), ("1", ""),
        ("100.0%", "3 / 3"), ("66.7%", "2 / 3"), ("96.7%", "2.9 / 3"), ("82.0", "246 / 3"),
    ],
    C: [
        ("3", ""), ("2", ""), ("1", ""),
        ("100.0%", "1 / 1"), ("100.0%", "1 / 1"), ("100.0%", "1 / 1"), ("100.0", "100 / 1"),
    ],
    "": [("2", ""), ("0", ""), ("2", ""), ("—", "0 / 0"), ("—", "0 / 0"), ("—", "0 / 0"), ("—", "0 / 0")],
}  # fmt: skip
GOLDEN_NET = {
    A: [
        ("7", ""), ("6", ""), ("2", ""),
        ("80.0%", "4 / 5"), ("60.0%", "3 / 5"), ("58.0%", "2.9 / 5"), ("61.2", "306 / 5"),
    ],
    B: GOLDEN[B],
    C: [("2", ""), ("1", ""), ("1", ""), ("—", "0 / 0"), ("—", "0 / 0"), ("—", "0 / 0"), ("—", "0 / 0")],
    "": GOLDEN[""],
}  # fmt: skip
POOLED = [
    ("17", ""), ("13", ""), ("7", ""),
    ("90.0%", "9 / 10"), ("60.0%", "6 / 10"), ("68.0%", "6.8 / 10"), ("66.2", "662 / 10"),
]  # fmt: skip
# (83.3… + 100 + 100) / 3, (50 + 66.6… + 100) / 3, (48.3… + 96.6… + 100) / 3, (52.6… + 82 + 100) / 3
MEAN = {"response": "94.4%", "resolution": "72.2%", "satisfaction": "81.7%", "score": "78.2"}
MEAN_NET = {"response": "90.0%", "resolution": "63.3%", "satisfaction": "77.3%", "score": "71.6"}


def load():
    """The twenty rows, as projections without events: number → case."""
    heating, parking = Category.objects.get(code="03.01"), Category.objects.get(code="02.01")
    area = Area.objects.get(code="qingyuan-c1")
    units = {unit.code: unit for unit in Unit.objects.all()}
    made = {}
    for number, lead, created, closed, due, valid, contacted, solved, satisfaction, excluded in ROWS:
        made[number] = Case.objects.create(
            number=f"MH-2511-{number:05d}", head="0" * 64, title=f"第{number}件", channel="phone",
            kind="report" if number == REPORT else "help", confidential=number == CONFIDENTIAL,
            state="archived" if closed else "in_progress" if lead else "registered", area=area,
            category=heating if lead == A else parking if lead else None, lead=units[lead] if lead else None,
            created_at=created, closed_at=closed, due_at=due, valid_callback=valid, contacted=contacted,
            solved=solved, satisfaction=satisfaction, excluded=excluded, changed_at=created,
        )  # fmt: skip
    return made
