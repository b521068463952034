import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.language.mask import Masked, mask, mask_name, mask_phone

PIECES = [
    "13800000421", "138", "0000", "0421", "一三八", "零零零零", "幺", "四二一", "010", "88886666", "86", "+", "-", " ", "·", "(", ")",
    "*", "****", "X", "@", "qq.com", "a", "abc_123456", "微信", "vx", "QQ", "：", "是", "京", "A", "12345", "号楼", "单元", "室",
    "房", "3", "501", "栋", "小区", "我叫", "本人", "姓名", "我是", "村民", "反映", "护照", "①", "、", "家住", "路", "书记", "敬礼！", "张", "三", "丰", "先生", "女士", "欧阳", "住", "，", "\n", "电话",
    "11010519491231002X", "6222020000000000000", "联系人", "某", "于", "٣", "😀", "１３８", "\u200b", "挂", "138****0421",
]  # fmt: skip
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


@pytest.mark.parametrize(
    ("text", "masked", "kinds"),
    [
        ("请回电13800000421，谢谢", "请回电138****0421，谢谢", ["phone"]),
        ("手机 138-0000-0421", "手机 138****0421", ["phone"]),
        ("手机 1 3 8 0 0 0 0 0 4 2 1", "手机 138****0421", ["phone"]),
        ("手机１３８０００００４２１", "手机138****0421", ["phone"]),
        ("幺三八 零零零零 零四二幺", "138****0421", ["phone"]),
        ("+86 13800000421", "+138****0421", ["phone"]),
        ("**13800000421**", "**138****0421**", ["phone"]),
        ("13800000421，13900000422、13700000423", "138****0421，139****0422、137****0423", ["phone"] * 3),
        ("138，0000，0421", "138****0421", ["phone"]),
        ("1、3、8、0、0、0、0、0、4、2、1", "138****0421", ["phone"]),
        ("①③⑧⓪⓪⓪⓪⓪④②①", "138****0421", ["phone"]),
        ("①13800000421", "①138****0421", ["phone"]),
        ("壹叁捌零零零零零肆贰壹", "138****0421", ["phone"]),
        ("1\ufe0f\u20e33\ufe0f\u20e38\ufe0f\u20e300000421", "138****0421", ["phone"]),
        ("座机010-88886666转8001", "座机010****6666转8001", ["landline"]),
        ("（0571）8888 6666", "（057****6666", ["landline"]),
        ("电话：88886666", "电话：8****66", ["landline"]),
        ("身份证11010519491231002X。", "身份证110*************2X。", ["id_card"]),
        ("身份证110105194912310021。", "身份证110105194912310021。", []),
        ("卡号6222 0200 0000 0000 000", "卡号6222***********0000", ["bank_card"]),
        ("京A12345和京AD12345堵门", "京A*****和京A******堵门", ["plate", "plate"]),
        ("邮箱zhang.san@example.com", "邮箱z***@example.com", ["email"]),
        ("微信号：abc_12345", "微信号：a****", ["wechat"]),
        ("QQ:12345678", "QQ:1****78", ["qq"]),
        ("扣扣一二三四五六七八", "扣扣1****78", ["qq"]),
        ("加V：abc-12345", "加V：a****", ["wechat"]),
        ("ｗｘｉｄ_abc12345", "w****", ["wechat"]),
        ("护照号：E12345678，", "护照号：E****8，", ["passport"]),
        ("通行证号码Ｃ 1234 5678", "通行证号码C****8", ["passport"]),
        ("京A 1 2 3 4 5和京A·1234学", "京A*****和京A*****", ["plate", "plate"]),
        ("我叫张三丰，今年六十", "我叫张**，今年六十", ["name"]),
        ("本人王小明，男", "本人王**，男", ["name"]),
        ("姓名：李四联系电话", "姓名：李*联系电话", ["name"]),
        ("联系人欧阳娜娜，女", "联系人欧***，女", ["name"]),
        ("物业张三丰先生说不管", "物业张**先生说不管", ["name"]),
        ("我是张三，住在三号楼", "我是张*，住在三号楼", ["name"]),
        ("我是李某某。", "我是李**。", ["name"]),
        ("我是沐河小区的业主王小明，", "我是沐河小区的业主王**，", ["name"]),
        ("村民于大山反映", "村民于**反映", ["name"]),
        ("请找刘建国13800000421", "请找刘**138****0421", ["name", "phone"]),
        ("此致敬礼！\n赵小兰\n2025年", "此致敬礼！\n赵**\n2025年", ["name"]),
        ("尊敬的孙大伟书记：", "尊敬的孙**书记：", ["name"]),
        ("我叫阿卜杜拉·买买提", "我叫阿*******", ["name"]),
        ("花家地小区3号楼2单元501室", "花家地小区3号楼*单元***室", ["address_number", "address_number"]),
        ("花家地小区3-2-501漏水", "花家地小区3-*-***漏水", ["address_number"]),
        ("家住沐河路18号，", "家住沐河路**号，", ["address_number"]),
        ("云庭３＃５０１，门牌18", "云庭３＃***，门牌**", ["address_number", "address_number"]),
        ("住五号楼二单元五〇一室", "住五号楼*单元***室", ["address_number", "address_number"]),
    ],
)  # fmt: skip
def test_mask_what_is_personal(text, masked, kinds):
    result = mask(text)
    assert (result.text, [span.kind for span in result.spans]) == (masked, kinds)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "小区南门外路灯不亮。",
        "王女士说楼下太吵",
        "2024年5月13日10时30分，2024-05-13 10:30",
        "订单号2024051300012345678",
        "拨打12345或者110",
        "三室一厅，20户居民，费用10-1000元",
        "本人于去年三月买房",
        "张某先生",
        "3号楼2023年交房",
        "共6栋楼，3号楼500户，1栋120米",
        "我是居民，我是高中生，我是江苏人，我是车主。",
        "居民马上要，业主安全，村民曾于去年反映，审理过程中法官说",
        "方便老同志，于李先生不利，文明城市长青",
        "QQ群不加；2018年3月21日，507路公交，村民方便出行",
        "请安装师傅来，班主任张老师和城管局袁局长、欧阳先生都知道",
        "沐政发〔2025〕12号，工程款13,800,000,421元，热线12320",
        "统一社会信用代码91110108676666081X",
        "我是E栋的，加微信群\n2204524元",
    ],
)
def test_mask_leaves_what_the_unit_needs(text):
    assert mask(text) == Masked(text, [])


def test_spans_stand_in_the_original():
    text = "我叫张三丰，电话138 0000 0421，京A12345"
    assert [(text[span.start : span.end], span.kind) for span in mask(text).spans] == [
        ("张三丰", "name"),
        ("138 0000 0421", "phone"),
        ("京A12345", "plate"),
    ]


def test_short_forms():
    assert [mask_name(name) for name in ("张三丰", "张三", "张", "", "张**")] == ["张**", "张*", "张", "", "张**"]
    phones = ("13800000421", "+86 138 0000 0421", "010-88886666", "88886666", "138****0421", "", "12")
    assert [mask_phone(phone) for phone in phones] == [
        "138****0421", "138****0421", "010****6666", "8****66", "138****0421", "", "**",
    ]  # fmt: skip


@settings(max_examples=400)
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
def test_mask_holds_for_any_text(text):
    masked = mask(text)
    assert mask(masked.text).text == masked.text
    assert PHONE.search(masked.text) is None
    ends = [0, *(span.end for span in masked.spans)]
    assert all(end <= span.start < span.end <= len(text) for end, span in zip(ends, masked.spans, strict=False))


@given(
    st.text(alphabet="小区物业的，。 \n"),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(["", "-", " "]),
)
def test_no_phone_survives(around, phone, gap):
    written = gap.join((phone[:3], phone[3:7], phone[7:]))
    assert mask(around + written + around).text == around + mask_phone(phone) + around


@pytest.mark.parametrize(
    "piece", ["1 ", "13800000421 ", "a@", "一", "1***", "我叫张", "张三先生", "1-2-", "１一", "\U0001f600"]
)
def test_mask_ends_on_hostile_text(piece):
    text = piece * (100_000 // len(piece))
    assert mask(mask(text).text).text == mask(text).text
