"""How it is said: the topic's sentence in a resident's or an agent's way of speaking, 30 to 250 characters."""

from random import Random
from typing import Final

from huiyin.cli.simulate.persons import Person
from huiyin.cli.simulate.slots import Slots
from huiyin.cli.simulate.topics import Topic

SHORTEST, LONGEST = 30, 250
_OPENINGS: Final = (
    "我是{p}{b}的居民，", "{p}{b}，", "我住{p}，", "您好，我是{p}的住户，", "{p}这边，", "我家在{p}{b}{u}，", "你好，{p}居民，", "",
    "在{p}住了十几年了，", "代家里老人反映，{p}，", "我在{p}租房住，", "{p}{b}{u}业主，",
)  # fmt: skip
_OUTDOORS: Final = (
    "在{p}，",
    "{p}这边，",
    "路过{p}，",
    "我每天经过{p}，",
    "您好，{p}，",
    "说的是{p}，",
    "我在{p}附近上班，",
    "地点是{p}，",
)
_NEUTRAL: Final = ("", "", "", "您好，", "你好，", "反映一个情况，", "想说个事，", "我要反映，", "请问有人管吗，")
_AGENTS: Final = (
    "来电人反映：", "市民反映，", "居民来电称，", "诉求人表示，", "来电人称，", "市民来电，",
)  # fmt: skip
_TRIED: Final = (
    "。跟社区说过，让再等等", "。找过物业，没有结果", "。打过{n}次电话都没有下文", "，邻居们也都反映过", "。之前有人来看过一眼就走了", "，周围几户都是这样",
    "。发过照片到群里，没人回", "，已经{days}了", "。说了也白说", "。拍了视频可以提供", "，大家都挺着急",
)  # fmt: skip
_FEELING: Final = (
    "，严重影响生活", "，{who}受不了", "，每天提心吊胆", "，实在没办法才打这个电话", "，真出了事谁负责", "，大伙儿意见很大", "，觉都睡不好",
    "，日子没法过了", "，进出都不方便",
)  # fmt: skip
_ASKS: Final = (
    "。希望尽快处理。", "。请派人来看看，谢谢。", "，请相关部门核实一下。", "，麻烦给个说法。", "。盼回复！", "，希望能彻底解决。", "，请帮忙协调。", "，望尽快。",
    "。能不能这两天就解决？", "，希望有人管。", "。请回电告知结果。", "，辛苦了。", "。", "！",
)  # fmt: skip
_AGENTS_ASK: Final = (
    "，希望相关部门核实处理并回复。", "。诉求：尽快解决。", "，要求给予答复。", "，希望协调处理。", "。诉求人要求上门查看。", "，来电人要求保密个人信息。", "，请承办单位与诉求人联系。",
)  # fmt: skip
_ANGRY: Final = (
    "再不管我就天天打！", "养着你们这些部门干什么吃的！", "真的忍无可忍了！！！", "别再拿官话糊弄人！", "有没有人管啊😡", "不给解决我就去区里找领导！", "一拖再拖，太让人寒心了！",
)  # fmt: skip
_JOINTS: Final = ("。另外，", "。还有，", "；而且", "。再说一件，", "。", "，加上", "。顺便说一下，")
_AGAIN: Final = (
    "{before}天前打过一次12345，回复说已经处理，可是没变化。", "这是第二次反映了，{before}天前那次没解决。", "上回的单子给办结了，问题还在，", "还是{before}天前那件事，",
    "之前反映过，有人来看了看，没动静。",
)  # fmt: skip
_CONTACTS: Final = (
    "我姓{surname}，电话{phone}。", "联系电话{phone}，{name}。", "方便的话打我手机{phone}。", "我叫{surname}某，{phone}，下午在家。", "家住{address}，来之前请打{phone}。",
)  # fmt: skip
_OWN_WORDS: Final = (
    "{p}附近{w}的问题一直没有解决，{since}更明显了，{who}意见很大",
    "想反映一下{w}，{days}了没有人管，{p}好多人都遇到了",
    "关于{w}，打听了{n}个地方都说不清楚，想问问到底该怎么办",
    "{p}这边{w}，同时还有{v}的情况，请派人看看",
    "我遇到{w}的事，前后跑了{n}趟，材料交了也没个结果",
    "请查一下{p}的{w}，{since}邻居们都在议论",
    "{w}这件事拖了{days}，中间花了{m}元，还是没有个准信",
    "家里{who}碰上{w}的事，不知道找哪个窗口，网上也查不明白",
)  # fmt: skip
_SLIPS: Final = (
    ("已经", "以经"),
    ("在", "再"),
    ("的", "地"),
    ("没有", "莫有"),
    ("希望", "希忘"),
    ("，", " "),
    ("。", "  "),
    ("处理", "外理"),
)


def say(
    topic: Topic,
    who: Person,
    place: str,
    rng: Random,
    *,
    by_agent: bool,
    indoors: bool,
    before: int | None,
    special: bool,
) -> str:
    """What arrives, with whatever personal data people put into it."""
    slots = Slots(rng, who, place)
    sentence = _sentence(topic, rng, special=special)
    parts = [
        _opening(sentence, rng, by_agent=by_agent, indoors=indoors),
        rng.choice(_AGAIN) if before else "",
        sentence,
    ]
    parts += _more(topic, sentence, rng)
    slots["before"] = str(before)
    slots["w"], slots["v"] = _own_words(topic, rng)
    mood = rng.random()
    parts += _ending(rng, mood, by_agent=by_agent)
    text = "".join(parts).format_map(slots)
    if not by_agent:
        text = _in_own_hand(text, who, rng, mood)
    return _fitted(text, topic)


def headline(topic: Topic, place: str, rng: Random) -> str:
    """The title an agent types."""
    return rng.choice(("{0}{1}", "{0}{1}问题", "反映{0}{1}", "{1}（{0}）")).format(
        place, rng.choice((topic.name, *topic.words[:4]))
    )


def _sentence(topic: Topic, rng: Random, *, special: bool) -> str:
    if special and topic.special:
        return rng.choice(topic.special)
    return rng.choice(topic.said or _OWN_WORDS)


def _more(topic: Topic, sentence: str, rng: Random) -> list[str]:
    """A third of the people have more than one thing to say."""
    others = [other for other in topic.said if other != sentence and "{p}" not in other]
    count = (0, 0, 0, 0, 0, 0, 1, 1, 1, 2)[rng.randrange(10)]
    chosen = rng.sample(others, min(count, len(others)))
    return [part for other in chosen for part in (rng.choice(_JOINTS), other)]


def _own_words(topic: Topic, rng: Random) -> tuple[str, str]:
    words = topic.words or (topic.name,)
    return rng.choice(words), rng.choice(words)


def _opening(sentence: str, rng: Random, *, by_agent: bool, indoors: bool) -> str:
    if by_agent:
        return rng.choice(_AGENTS) + ("" if "{p}" in sentence else "{p}，")
    if "{p}" in sentence:
        return rng.choice(_NEUTRAL)
    return rng.choice(_OPENINGS if indoors else _OUTDOORS)


def _ending(rng: Random, mood: float, *, by_agent: bool) -> list[str]:
    tried = rng.choice(_TRIED) if rng.random() < 0.35 else ""
    feeling = rng.choice(_FEELING) if rng.random() < 0.3 else ""
    if by_agent:
        return [tried, rng.choice(_AGENTS_ASK)]
    if mood > 0.92:
        return [tried, feeling, "！", rng.choice(_ANGRY)]
    return [tried, feeling, rng.choice(_ASKS)]


def _in_own_hand(text: str, who: Person, rng: Random, mood: float) -> str:
    if mood < 0.07:
        contact = rng.choice(_CONTACTS)
        return text + contact.format(surname=who.name[0], name=who.name, phone=who.phone, address=who.address)
    if mood < 0.2:
        for right, wrong in rng.sample(_SLIPS, 2):
            text = text.replace(right, wrong, 2)
    return text


def _fitted(text: str, topic: Topic) -> str:
    if len(text) < SHORTEST:
        text += f"就是{topic.parent_name}方面的事，麻烦你们记一下，帮忙转给管这个的单位。"
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "。"
