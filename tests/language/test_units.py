import pytest

from huiyin.language.units import is_unit, listed, opening


@pytest.mark.parametrize(
    "name",
    ["清源街道", "枫林镇", "东渡乡", "区住建委", "区园林绿化局", "区文化和旅游局", "沐河南里地区管委会", "区接诉即办中心", "沐河城建集团", "幸福社区"],
)  # fmt: skip
def test_names_of_units(name):
    assert is_unit(name)
    assert opening(f"{name}新增车位40个。") == (name, "新增车位40个。")


@pytest.mark.parametrize("text", ["推进老旧街道", "加快城镇", "街道", "清源街道建成", "存在社区", "区长", "老旧街道"])
def test_what_is_no_name(text):
    assert not is_unit(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "清源街道、东里街道依次发言。",
        "区住建委主要负责人参加。",
        "区城管委要牵头抓好。",
        "清源街道作了发言。",
        "加快推进城镇改造。",
        "群众满意。",
    ],
)
def test_sentences_that_are_about_no_unit(sentence):
    assert opening(sentence) is None


@pytest.mark.parametrize("lead", ["一是", "再说", "最后是", "首先，", "对", "点评"])
def test_lead_before_the_name(lead):
    assert (opening(f"{lead}清源街道，环境好。") or ("",))[0] == ("清源街道" if lead != "首先，" else "")


def test_name_that_was_heard_comes_before_a_likely_one():
    assert opening("清源街道办事处服务好", {"清源街道"}) == ("清源街道", "办事处服务好")


def test_units_listed_as_heard():
    assert listed("9月3日开会。清源街道、区文化和旅游局和区住建委等3家单位依次发言，接受点评。区房管局参加。") == {
        "清源街道",
        "区文化和旅游局",
        "区住建委",
    }
