"""What `mask` takes out and what it leaves, on a corpus made here of invented people; then how fast, and on hostile texts.

Every text is made of a frame, and of one to three personal data or look-alikes (amounts, dates, file numbers, hotlines,
buildings) each in one of its writings. A datum counts as found when a span of its kind overlaps it and nothing of its
secret part is left; a span that touches no datum is a false alarm. Baseline in the same run: the pattern for mobile
numbers that most systems start with. On the real messages of `../shared/data/tipdm_c` only counts by kind are printed.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from bench.real import FOLDER
from bench.table import Table, clock
from huiyin.language.mask import mask

TEXTS = 10_000
PLAIN_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"  # fmt: skip
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "皇甫", "慕容")
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛超明霞秀刚平燕辉玲桂英梅红建国华志文海东玉兰春晓云飞鹏宇浩然子涵梓轩思佳雨欣俊峰立新德福永祥淑珍凤"  # fmt: skip
SURE_GIVEN = "伟芳娜敏静丽磊洋勇艳杰娟涛霞秀燕辉玲桂英梅晓鹏宇浩涵梓轩佳欣俊祥淑珍凤"
HAN = "零一二三四五六七八九"
BIG = "零壹贰叁肆伍陆柒捌玖"
CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
NEGATIVE_CIRCLED = "⓿❶❷❸❹❺❻❼❽❾"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLACES = ("沐河小区", "花溪里", "东岭家园", "云庭", "锦绣苑", "和平里", "柳岸新村", "北苑嘉园")
ROADS = ("沐河路", "云岭大街", "东溪巷", "柳岸路", "花溪胡同")


class Datum(NamedTuple):
    """One piece of a text: what stands there, its kind ("" for a look-alike), and what must be gone."""

    kind: str
    text: str
    lead: str = ""  # what must stand before for the datum to be one
    tail: str = ""


class Text(NamedTuple):
    text: str
    data: tuple[tuple[int, int, str], ...]


def chars(rng: random.Random, alphabet: str, size: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(size))


def written(rng: random.Random, digits: str, groups: Sequence[int]) -> str:
    """Digits in one of the ways people write them, a third of the time plainly."""
    ends = list(accumulate(groups))
    parts = [digits[end - size : end] for size, end in zip(groups, ends, strict=True)]
    return digits if rng.random() < 0.3 else rng.choice(WRITINGS)(rng, parts)


WRITINGS: tuple[Callable[[random.Random, list[str]], str], ...] = (
    lambda _, parts: " ".join(parts),
    lambda _, parts: "-".join(parts),
    lambda _, parts: fullwidth("".join(parts)),
    lambda rng, parts: rng.choice((" ", "-", ".", "，", "、", ",")).join("".join(parts)),
    lambda _, parts: "".join(parts).translate(digit_table(HAN)),
    lambda rng, parts: (
        "".join(parts).translate(digit_table(HAN)).replace("一", "幺").replace("零", rng.choice("〇○零"))
    ),
    lambda _, parts: "".join(parts).translate(digit_table(BIG)),
    lambda rng, parts: "".join(parts).translate(digit_table(rng.choice((CIRCLED, NEGATIVE_CIRCLED)))),
    lambda _, parts: "　".join(fullwidth(part) for part in parts),
    lambda rng, parts: " ".join(part.translate(digit_table(HAN)) if rng.random() < 0.5 else part for part in parts),
)


def digit_table(digits: str) -> dict[int, str]:
    return {ord("0") + value: digit for value, digit in enumerate(digits)}


def fullwidth(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def name(rng: random.Random) -> str:
    surname = rng.choice(COMPOUND) if rng.random() < 0.05 else rng.choice(SURNAMES)
    return surname + (rng.choice(SURE_GIVEN) if rng.random() < 0.25 else chars(rng, GIVEN, 2))


def phone(rng: random.Random) -> Datum:
    digits = "1" + rng.choice("3456789") + chars(rng, "0123456789", 9)
    prefix = rng.choice(("", "", "", "", "+86 ", "86-", "0086", "(+86)"))
    text = prefix + digits if prefix else written(rng, digits, rng.choice(((3, 4, 4), (3, 4, 4), (4, 3, 4), (3, 3, 5))))
    return Datum("phone", text, rng.choice(("", "", "电话", "手机：", "请回电", "联系方式 ", "打")))


def landline(rng: random.Random) -> Datum:
    area = rng.choice(("010", "021", "0571", "0731", "0311"))
    local = rng.choice("2345678") + chars(rng, "0123456789", 7)
    form = rng.choice(("{}-{}", "{}{}", "{} {}", "({}){}", "（{}）{}"))
    text = form.format(area, local)
    if rng.random() < 0.2:
        return Datum("landline", local, rng.choice(("座机", "电话：", "家里电话是")))
    return Datum("landline", fullwidth(text) if rng.random() < 0.1 else text, rng.choice(("座机", "电话", "")))


def id_card(rng: random.Random) -> Datum:
    body = (
        rng.choice(("110105", "330106", "430104", "510107"))
        + f"{rng.randint(1940, 2015)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
        + chars(rng, "0123456789", 3)
    )
    check = "10X98765432"[sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body)) % 11]
    lead = rng.choice(("身份证", "身份证号：", "证件号码 ", ""))
    if check == "X":
        return Datum(
            "id_card",
            rng.choice((body, fullwidth(body), f"{body[:6]} {body[6:14]} {body[14:]}")) + rng.choice("XxＸ"),
            lead,
        )
    return Datum("id_card", written(rng, body + check, (6, 8, 4)), lead)


def bank_card(rng: random.Random) -> Datum:
    body = rng.choice(("6222", "6217", "6228", "4367", "5309")) + chars(rng, "0123456789", rng.choice((11, 14)))
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(reversed(body)))
    digits = body + str(-total % 10)
    groups = (4,) * (len(digits) // 4) + ((len(digits) % 4,) if len(digits) % 4 else ())
    return Datum("bank_card", written(rng, digits, groups), rng.choice(("卡号", "银行卡", "账户：", "")))


def passport(rng: random.Random) -> Datum:
    if rng.random() < 0.4:
        text = rng.choice(("E", "G")) + chars(rng, "0123456789", 8)
        return Datum("passport", text, rng.choice(("护照", "护照号", "证件 ", "护照号码：")))
    form = rng.choice("EGDSPHCM") + chars(rng, "123456789", 8)
    text = rng.choice((form, fullwidth(form), f"{form[0]} {form[1:5]} {form[5:]}", form.lower()))
    return Datum("passport", text, rng.choice(("护照号：", "护照号码", "通行证号码：", "护照编号")))


def plate(rng: random.Random) -> Datum:
    head, rest = rng.choice(PROVINCES) + rng.choice("ABCDEFGH"), rng.choice("0123456789") + chars(rng, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 4)  # fmt: skip
    kinds = (head + rest, f"{head}·{rest}", f"{head} {rest}", f"{head}-{rest}", head + "D" + rest, (head + rest).lower(), fullwidth(head + rest),
             head + rest[:4] + rng.choice("挂学警"), head + " " + " ".join(rest))  # fmt: skip
    return Datum("plate", rng.choice(kinds), rng.choice(("车牌", "车号", "一辆", "")))


def email(rng: random.Random) -> Datum:
    local = (
        chars(rng, "abcdefghijklmnopqrstuvwxyz", rng.randint(3, 8))
        + rng.choice(("", ".", "_"))
        + chars(rng, "0123456789", rng.randint(1, 6))
    )
    text = f"{local}@{rng.choice(('example.com', 'qq.example.cn', 'mail.example.org'))}"
    return Datum(
        "email", fullwidth(text) if rng.random() < 0.15 else text, rng.choice(("邮箱", "邮件：", "e-mail ", ""))
    )


def wechat(rng: random.Random) -> Datum:
    account = rng.choice("abcdefghijk") + chars(rng, "abcdefghijklmnop0123456789_-", rng.randint(6, 14))
    if rng.random() < 0.1:
        return Datum("wechat", "wxid_" + chars(rng, "abcdefghij0123456789", 12))
    lead = rng.choice(
        ("微信", "微信号：", "微信 ", "vx：", "VX", "wx:", "加V：", "V信 ", "薇信", "加微", "WeChat: ", "微 信：")
    )
    return Datum("wechat", fullwidth(account) if rng.random() < 0.1 and not lead.isascii() else account, lead)


def qq(rng: random.Random) -> Datum:
    digits = rng.choice("123456789") + chars(rng, "0123456789", rng.randint(5, 9))
    half = len(digits) // 2
    text = written(rng, digits, (half, len(digits) - half))
    return Datum("qq", text, rng.choice(("QQ", "QQ：", "qq号 ", "扣扣", "QQ群", "企鹅号：", "QQ号码是")))


def person(rng: random.Random) -> Datum:
    who = name(rng)
    lead, tail = rng.choice(
        (
            ("我叫", "，"), ("我叫", "，今年六十岁，"), ("我是", "，"), ("我是", "，家住"), ("本人", "，男，"), ("姓名：", "，"), ("联系人：", "，"),
            ("联系人 ", "，"), ("我的名字是", "。"), ("举报人：", "，"), ("我是三号楼的住户", "，"), ("村民", "反映，"), ("业主", "来电称"),
            ("尊敬的", "先生："), ("请找", "女士，"), ("物业的", "经理说不管，"), ("社区", "书记来过，"), ("找", "师傅修的，"), ("户主", "，"), ("名叫", "，"),
        )
    )  # fmt: skip
    if lead in {"我叫", "姓名：", "我是"} and rng.random() < 0.1:
        who = rng.choice(SURNAMES) + "某" * rng.choice((1, 2)) if lead == "我是" else who
    return Datum("name", who, lead, tail)


def door(rng: random.Random) -> Datum:
    place, room = rng.choice(PLACES), f"{rng.randint(1, 28)}0{rng.randint(1, 8)}"
    lead, text, tail = rng.choice(
        (
            (f"{place}{rng.randint(1, 30)}号楼2单元", room, "室"), (f"{place}{rng.randint(1, 30)}栋", room, rng.choice(("室", "", "号"))),
            (f"{place}{rng.randint(1, 9)}-", f"{rng.randint(1, 6)}-{room}", ""), (f"{place}{rng.randint(1, 30)}幢", fullwidth(room), "室"),
            (f"{place}五号楼", room.translate(digit_table(HAN)), "室"), (f"{place}{rng.randint(1, 30)}#", room, ""), (f"{place}7号楼", room, "房"),
            (f"家住{rng.choice(ROADS)}", str(rng.randint(2, 300)), "号"), ("门牌号", str(rng.randint(2, 300)), ""), (f"{place}3号楼", room, " 室"),
            (f"{place}3座", room.translate(digit_table(CIRCLED)), "室"),
        )
    )  # fmt: skip
    return Datum("address_number", text, lead, tail)


def look_alike(rng: random.Random) -> Datum:
    number = rng.randint
    text = rng.choice(
        (
            f"罚款{number(1, 900)}万元", f"共计{number(1, 99)},{number(100, 999)},{number(100, 999)}元", f"{number(10, 99)},{number(100, 999)},{number(100, 999)},{number(100, 999)}元",
            f"{number(2015, 2026)}年{number(1, 12)}月{number(1, 28)}日", f"{number(2015, 2026)}-{number(1, 12):02}-{number(1, 28):02} {number(0, 23):02}:{number(0, 59):02}",
            f"沐政发〔{number(2015, 2026)}〕{number(1, 200)}号", f"工单号{number(2015, 2026)}{number(1, 12):02}{number(1, 28):02}{number(10**5, 10**6)}", "拨打12345没人管", "12320说不归他们",
            "打110、119、120", "96310热线", "客服95588", "400-810-1234", f"共{number(2, 40)}栋楼{number(100, 2000)}户", f"{number(2, 40)}号楼{number(100, 800)}户居民", f"{number(1990, 2024)}年建成",
            f"第{number(1, 300)}号令", f"门前{number(100, 900)}米", f"GB/T {number(1000, 50000)}-{number(2000, 2024)}", f"{number(1, 9)}室{number(1, 2)}厅", f"{number(70, 150)}.{number(10, 99)}平方米",
            f"{number(100, 999)}路公交", f"经度116.{number(10**5, 10**6)}", f"京{number(1, 99)}版", "我是居民", "我是本小区业主", "我是高中生，", "我是一名党员", "我是江苏人，", "我是车主，",
            "王女士说", "张先生反映", "李某来电", "安装师傅没来", "施工师傅说", "居委会主任不管", "项目经理说", "管委会主任", "高级经理", "社区书记", "居民马上要", "业主高度重视", "业主和物业", "村民安全", "老人高兴",
            "微信公众号", "微信小程序", "加微信群", "QQ群里说", "护照办理", "京津冀", "A座大堂", f"{number(1, 9)}号线", f"幸福路{number(1, 99)}号院", f"统一社会信用代码9111010{number(10**5, 10**6)}{number(1000, 9999)}X",
            f"订单8{number(10**14, 10**15)}", f"温度{number(10, 40)}度", f"{number(1, 5)}、{number(1, 5)}、{number(6, 9)}号楼", f"版本{number(1, 9)}.{number(0, 9)}.{number(0, 9)}",
            f"{HAN[number(1, 9)]}百{HAN[number(1, 9)]}十户", f"二〇二{HAN[number(0, 6)]}年", f"{number(10**6, 10**7)}元", f"{number(10**9, 2 * 10**9)}元工程款",
        )
    )  # fmt: skip
    return Datum("", text)


KINDS: tuple[Callable[[random.Random], Datum], ...] = (
    phone, landline, id_card, bank_card, passport, plate, email, wechat, qq, person, door,
)  # fmt: skip
JOINTS = ("，", "。", "；", "\n", "，另外", "。还有", "，麻烦尽快处理。")
STARTS = ("", "", "您好，", "反映小区噪音扰民，", "尊敬的领导：", "楼道灯坏了，")


def corpus(texts: int, seed: int = 20_261_124) -> Iterator[Text]:
    """Seeded texts with where in each which kind of datum stands; a third of the pieces are look-alikes."""
    rng = random.Random(seed)
    for number in range(texts):
        pieces = [KINDS[number % len(KINDS)](rng)]
        pieces += [look_alike(rng) if rng.random() < 0.7 else rng.choice(KINDS)(rng) for _ in range(rng.randrange(3))]
        rng.shuffle(pieces)
        yield joined(rng, pieces)


def joined(rng: random.Random, pieces: Sequence[Datum]) -> Text:
    text, data = rng.choice(STARTS), []
    for piece in pieces:
        text += piece.lead
        if piece.kind:
            data.append((len(text), len(text) + len(piece.text), piece.kind))
        text += piece.text + piece.tail + rng.choice(JOINTS)
    return Text(text, tuple(data))


class Score(NamedTuple):
    found: Counter[str]
    missed: Counter[str]
    false: Counter[str]
    slips: list[str]


def score(texts: Sequence[Text]) -> Score:
    found, missed, false, slips = Counter[str](), Counter[str](), Counter[str](), list[str]()
    for text in texts:
        spans = mask(text.text).spans
        for start, end, kind in text.data:
            hit = any(span.kind == kind and span.start < end and start < span.end for span in spans)
            (found if hit and gone(text.text, start, end, spans) else missed)[kind] += 1
            if not (hit and gone(text.text, start, end, spans)):
                slips.append(f"missed {kind}: {text.text}")
        for span in spans:
            if not any(span.start < end and start < span.end for start, end, _ in text.data) and not context(
                text, span.start, span.kind
            ):
                false[span.kind] += 1
                slips.append(f"false {span.kind}: {text.text[span.start : span.end]} in {text.text}")
    return Score(found, missed, false, slips)


def context(text: Text, start: int, kind: str) -> bool:
    """The unit before a room is a datum too, though not the one counted."""
    return kind == "address_number" and text.text[start + 1 : start + 3] == "单元"


def gone(text: str, start: int, end: int, spans: Sequence[tuple[int, int, str]]) -> bool:
    """All of it is covered; of a mail address the part before the @."""
    stop = next((place for place in range(start, end) if text[place] in "@＠"), end)
    return all(any(a <= place < b for a, b, _ in spans) for place in range(start, stop) if text[place].isalnum())


def run(table: Table) -> None:
    texts = list(corpus(TEXTS))
    result = score(texts)
    for kind in sorted(result.found | result.missed):
        report(table, kind, result.found[kind], result.missed[kind], result.false[kind])
    report(table, "all kinds", result.found.total(), result.missed.total(), result.false.total())
    speed(table, [text.text for text in texts])
    hostile(table)
    real(table)


def report(table: Table, kind: str, found: int, missed: int, false: int) -> None:
    size = f"{found + missed:,}"
    table.add("mask", size, f"recall, {kind}", 100 * found / (found + missed), "%", at_least=99.5)
    table.add("mask", size, f"precision, {kind}", 100 * found / max(1, found + false), "%", at_least=98)


def speed(table: Table, texts: Sequence[str]) -> None:
    with clock() as spent:
        for text in texts:
            mask(text)
    with clock() as plain:
        for text in texts:
            PLAIN_PHONE.sub("***", text)
    ours, theirs = len(texts) / spent[0], len(texts) / plain[0]
    table.add("mask", f"{len(texts):,}", "generated texts, one core", ours, "texts/s", at_least=1_000)
    found = sum(bool(PLAIN_PHONE.search(text)) for text in texts)
    table.add(
        "mask",
        f"{len(texts):,}",
        "baseline: plain pattern for mobile numbers",
        theirs,
        "texts/s",
        note=f"sees a number in {found:,} texts",
    )


PIECES = ("1 ", "13800000421 ", "a@", "一", "①", "1***", "我叫张", "我是张", "张三先生", "1-2-", "1,", "微信", "家住", "护照E", "京A", "QQ", "单元", "路1", "\U0001f600")  # fmt: skip


def hostile(table: Table) -> None:
    """100,000 characters of every piece that could make a pattern go back and forth."""
    worst = 0.0
    for piece in PIECES:
        text = piece * (100_000 // len(piece))
        with clock() as spent:
            mask(text)
        worst = max(worst, spent[0])
    table.add("mask", "100 kB", "slowest of the hostile texts", worst, "s", at_most=1)


def real(table: Table) -> None:
    if not FOLDER.is_dir():
        print(f"  no real messages at {FOLDER}: counts by kind are left out", flush=True)
        return
    import polars as pl

    frame = pl.read_parquet(FOLDER / "messages_train.parquet")
    texts = [
        f"{row['title'] or ''}\n{row['content'] or ''}"
        for row in frame.select("title", "content").iter_rows(named=True)
    ]
    with clock() as spent:
        spans = [mask(text).spans for text in texts]
    table.add("mask", f"{len(texts):,}", "real messages, one core", len(texts) / spent[0], "texts/s", at_least=1_000)
    for kind, count in Counter(span.kind for found in spans for span in found).most_common():
        table.add("mask", f"{len(texts):,}", f"real messages: {kind}", count, "spans")
