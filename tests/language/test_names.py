import pytest

from huiyin.language.names import find


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("姓名:张 三", ["张 三"]),
        ("我叫高峰，", ["高峰"]),
        ("我是高中生，", []),
        ("业主王小明来电", ["王小明"]),
        ("王小明，电话13800000421", ["王小明"]),
        ("我叫阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("向李先生反映", []),
        ("请方小兰女士来", ["方小兰"]),
        ("欧阳先生和欧阳小兰女士", ["欧阳小兰"]),
        ("王小明走过云庭小区", []),
    ],
)
def test_names_where_somebody_is_introduced_or_addressed(text, names):
    assert [text[start:end] for start, end in sorted(set(find(text)))] == names
