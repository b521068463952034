import pytest

from huiyin.collect.importing import FileProblem, find_map, fitting_map, read_map
from huiyin.collect.importing.drawing import draw
from huiyin.collect.importing.maps import plain, shipped

pytestmark = pytest.mark.django_db
LEAST = 'source = "s"\n[columns]\ntext = "内容"\n'


def test_every_shipped_map_reads():
    assert sorted(shipped()) == ["hotline12345", "tipdm_c", "tipdm_c_messages", "tipdm_c_replies"]


def test_the_least_map_is_a_source_and_a_column():
    map_ = read_map(LEAST, "m")
    assert (map_.source, map_.columns, map_.required, map_.refuse_unknown) == (
        "s",
        {"text": ("内容",)},
        ("text",),
        False,
    )
    assert map_.values["satisfaction"]["非常满意"] == "satisfied"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("source =", "is not valid TOML"),
        ('[columns]\ntext = "t"', "needs a source"),
        ('source = "s"', r"needs a table \[columns\]"),
        (LEAST + 'phnoe = "电话"', "has no field"),
        ('colour = "red"\n' + LEAST, "knows no"),
        ('on_unknown = "guess"\n' + LEAST, "on_unknown"),
        (LEAST + '[history]\nunit = "x"', "history"),
        (f'source = "{"s" * 41}"\n[columns]\ntext = "t"', "at most 40"),
    ],
)
def test_a_map_that_is_wrong_says_where(text, sentence):
    with pytest.raises(FileProblem, match=sentence):
        read_map(text, "m")


@pytest.mark.parametrize("name", ["主要内容", " 主要 内容", "主要内容（必填）", "主要内容(必填)*", "主要内容："])
def test_names_of_columns_are_compared_plainly(name):
    assert plain(name) == "主要内容"


def test_an_unknown_map_names_the_known_ones():
    with pytest.raises(FileProblem, match="known: hotline12345, tipdm_c"):
        find_map("hotline")


def test_a_map_is_found_by_its_columns():
    found = fitting_map(["工单编号", "创建时间", "标题", "主要内容", "社区"])
    assert found is not None
    assert found.name == "hotline12345"
    assert fitting_map(["a", "b"]) is None


def test_a_drawn_map_is_found_by_name():
    from tests.district import account  # noqa: PLC0415

    drawn = draw(
        name="mine", source='so "urce', channel="web", pairs={"text": 'co"l\\umn', "title": "标题"}, by=account("agent")
    )
    assert find_map("mine") == drawn
    assert (drawn.source, drawn.columns["text"]) == ('so "urce', ('co"l\\umn',))


def test_a_map_may_be_a_file(tmp_path):
    path = tmp_path / "my.toml"
    path.write_text(LEAST, encoding="utf-8")
    assert find_map(str(path)).name == "my"
    with pytest.raises(FileProblem, match="no map file"):
        find_map(str(tmp_path / "other.toml"))
