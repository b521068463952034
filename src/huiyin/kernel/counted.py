"""What each counter of `kernel.facts` counts, in words: for the pages that explain a figure. Pure data."""

from collections.abc import Mapping
from typing import Final

COUNTED_AS: Final[Mapping[str, tuple[str, str]]] = {
    "received": ("受理的", "cases received"),
    "valid": ("有效回访的", "valid callbacks"),
    "contacted": ("有效回访里说“联系过”的", "valid callbacks that say the unit got in touch"),
    "solved": ("有效回访里说“解决了”的", "valid callbacks that say it is solved"),
    "satisfied": ("有效回访里满意的", "valid callbacks that are satisfied"),
    "basic": ("有效回访里基本满意的", "valid callbacks that are basically satisfied"),
    "solved_first": ("有效回访里第一轮就解决的", "valid callbacks that say it is solved, in the first round"),
    "solved_second": ("有效回访里第二轮解决的", "valid callbacks that say it is solved, in the second round"),
    "solved_third": ("有效回访里第三轮解决的", "valid callbacks that say it is solved, in the third round"),
    "overdue": (
        "过了期限才办结、或到统计时过了期限还没办结的",
        "closed after the date, or open past it",
    ),
    "closed_in_time": ("在期限前（含当时）办结的", "closed by the date, that moment included"),
    "accept_owed": ("已签收或签收期限已过的", "accepted, or past the time for it"),
    "accepted_in_time": ("按时签收的", "accepted in time"),
    "contact_owed": ("已首次联系或联系期限已过的", "contacted, or past the time for it"),
    "contacted_in_time": ("按时首次联系的", "first contact made in time"),
    "repeated": ("并入其他诉求的", "merged into another case"),
    "dispatched": ("派出的", "dispatched"),
    "moved_on": ("派出后改派过的", "dispatched and dispatched anew"),
    "redispatches": ("改派次数", "times dispatched anew"),
    "objections": ("提出异议次数", "times objected"),
    "checks": ("外部核查次数", "external checks"),
    "mismatches": ("核查不符次数", "checks that did not fit"),
    "left_out": ("已认定剔除的", "excluded cases"),
    "closed": ("办结的", "cases closed"),
    "residents": ("辖区人口", "residents"),
}
