import csv
import sys
from pathlib import Path

import pytest

from huiyin.packs.reader import STEPS, PackError, built_in, read_pack
from huiyin.packs.shapes import AREA_UNIT

SMALL = {
    "district.toml": """
code = "small"
name = "小区"
prefix = "XQ"
tz = "Asia/Shanghai"
lat = 36.5
lon = 116.0
assessment_start_day = 19
report_hour = 12
languages = ["zh-hans"]
""",
    "units.csv": "code,kind,name,parent,ranked\ndistrict,district,某区,,\neast,street,东街道,district,true\n",
    "areas.csv": "code,kind,parent,name,aliases,unit,lat,lon\neast,street,,东街道,东边;东头,east,36.5,116.0\n",
    "taxonomy.csv": "code,parent,name,words\n01,,供暖,暖气\n01.01,01,不热,家里冷 不暖和\n",
    "deadlines.csv": "name,step,amount,unit,valid_from\n一般事项,handle,7,calendar_days,2020-01-01\n",
    "catalogue.csv": "category,lead,deadline,basis,valid_from\n01.01,@area,一般事项,目录,2020/1/1\n",
    "accounts.csv": "username,name,roles,unit\nanna,坐席,agent;caller,district\n",
}


@pytest.fixture
def pack(tmp_path):
    for name, text in SMALL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def problems(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        read_pack(folder)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def add(folder: Path, file: str, line: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as out:
        out.write(line + "\n")


def test_built_in_lists_both_packs():
    assert built_in() == ["fengtai", "muhe"]


@pytest.mark.parametrize("code", ["fengtai", "muhe"])
def test_built_in_pack_is_whole(code):
    pack = read_pack(code)
    assert pack.district.code == code
    assert sum(unit.ranked for unit in pack.units) == 26
    assert sum(unit.kind == "town" for unit in pack.units if unit.ranked) == 2
    assert sum(area.kind == "street" for area in pack.areas) == 26
    assert sum(not item.parent for item in pack.categories) == 20
    assert sum(bool(item.parent) for item in pack.categories) == 160
    assert len({unit.name for unit in pack.units}) == len(pack.units)
    everything = [*pack.units, *pack.areas, *pack.categories, *pack.deadlines, *pack.accounts, pack.district]
    assert [item for item in everything if not item.name_en] == []


def test_taxonomy_words_tell_categories_apart():
    seen: dict[str, str] = {}
    for item in read_pack("muhe").categories:
        assert 6 <= len(item.words) <= 15, item.code
        for word in item.words if item.parent else ():
            assert seen.setdefault(word, item.code) == item.code, word
    assert seen["十几度"] == "03.01"


def test_taxonomy_keeps_threats_and_reports_confidential():
    assert [c.code for c in read_pack("muhe").categories if c.confidential_default] == ["12.08", "20.06"]


def test_every_step_with_a_timer_has_one_default_deadline():
    deadlines = read_pack("muhe").deadlines
    assert {item.step for item in deadlines} == set(STEPS)
    for step in STEPS:
        whole = [d for d in deadlines if d.step == step and not (d.categories or d.urgency or d.channel or d.kind)]
        assert len(whole) == 1, step


def test_fengtai_ships_no_accounts_no_companies_no_guessed_places():
    pack = read_pack("fengtai")
    assert pack.accounts == ()
    assert {unit.kind for unit in pack.units} == {"district", "street", "town", "bureau"}
    assert {(area.lat, area.lon, area.population) for area in pack.areas} == {(None, None, None)}
    assert not pack.district.fictional


def test_demo_pack_names_no_real_fengtai_street():
    real = {unit.name for unit in read_pack("fengtai").units if unit.ranked}
    demo = read_pack("muhe")
    texts = [name for item in (*demo.units, *demo.areas) for name in (item.name, *getattr(item, "aliases", ()))]
    assert [text for text in texts for name in real if name in text] == []
    assert demo.district.fictional


def test_demo_places_are_unique_and_on_the_map():
    pack = read_pack("muhe")
    names = [name for area in pack.areas for name in (area.name, *area.aliases)]
    assert len(set(names)) == len(names)
    for area in pack.areas:
        assert abs(area.lat - pack.district.lat) < 0.16, area.code
        assert abs(area.lon - pack.district.lon) < 0.16, area.code
        assert (area.population is None) == (area.kind != "street")
    kinds = [area.kind for area in pack.areas]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"street": 26, "community": 104, "estate": 182}


def test_demo_catalogue_gives_a_street_to_every_street_lead():
    pack = read_pack("muhe")
    assert {area.unit for area in pack.areas} == {unit.code for unit in pack.units if unit.ranked}
    leads = {row.category: row.lead for row in pack.catalogue if not row.area}
    assert (leads["03.01"], leads["09.02"], leads["04.05"]) == (AREA_UNIT, "ecology", "gas-co")


def test_small_pack_reads(pack):
    read = read_pack(pack)
    assert read.areas[0].aliases == ("东边", "东头")
    assert read.categories[1].words == ("家里冷", "不暖和")
    assert read.accounts[0].roles == ("agent", "caller")
    assert read.catalogue[0].valid_from.isoformat() == "2020-01-01"


def test_pack_without_own_taxonomy_takes_the_common_one(pack):
    (pack / "taxonomy.csv").unlink()
    assert len([p for p in problems(pack) if "no row with an empty area for category" in p]) == 159


def test_pack_without_accounts_has_none(pack):
    (pack / "accounts.csv").unlink()
    assert read_pack(str(pack)).accounts == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_files_from_a_spreadsheet_read_the_same(pack, encoding):
    plain = read_pack(pack)
    for name, text in SMALL.items():
        (pack / name).write_text(text, encoding=encoding, newline="\r\n")
    assert read_pack(pack) == plain


def test_codes_read_as_json_or_pairs(pack):
    change(pack, "taxonomy.csv", "words\n", "words,codes\n")
    change(pack, "taxonomy.csv", "不暖和\n", '不暖和,"{""gb"": ""110203""}"\n')
    change(pack, "taxonomy.csv", "暖气\n", "暖气,gb=11；city=7\n")
    assert [c.codes for c in read_pack(pack).categories] == [{"gb": "11", "city": "7"}, {"gb": "110203"}]


def test_no_such_pack():
    with pytest.raises(PackError, match="There is no pack 'nowhere'; name one of fengtai, muhe, or a folder"):
        read_pack("nowhere")


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        (
            "units.csv",
            "west,street,西街道,nobody,",
            "units.csv line 4: parent 'nobody' is not a code in this file; add that unit",
        ),
        (
            "units.csv",
            "east,street,西街道,,",
            "units.csv line 4: code 'east' is already on line 3; give every unit its own",
        ),
        (
            "units.csv",
            "west,street,东街道,,",
            "units.csv line 4: name '东街道' is already on line 3; imports find units",
        ),
        (
            "units.csv",
            "west,office,西街道,,",
            "units.csv line 4: kind 'office' is not known; use one of district, bureau",
        ),
        ("units.csv", "west,street,西街道,,maybe", "units.csv line 4: ranked 'maybe' is neither true nor false"),
        ("units.csv", "more,district,二区,,", "units.csv line 4: 'more' is a second unit of kind district"),
        ("units.csv", "west,street,,,", "units.csv line 4: name is empty; fill it in."),
        ("units.csv", "\n\nwest,street,,,", "units.csv line 6: name is empty; fill it in."),
        ("units.csv", "west,street,西街道,,,x", "units.csv line 4: more cells than the first line has columns"),
        ("units.csv", 'west,street,"西"x,,', "units.csv line 4: not readable as CSV"),
        ("areas.csv", "a,estate,,甲,,nobody,,", "areas.csv line 3: unit 'nobody' is not in units.csv; add it there"),
        (
            "areas.csv",
            "a,estate,b,甲,,east,,",
            "areas.csv line 3: parent 'b' is not a code in this file; add that area",
        ),
        ("areas.csv", "a,estate,,甲,,east,36,", "areas.csv line 3: only one of lat and lon is given"),
        (
            "areas.csv",
            "a,estate,,甲,,east,136,1",
            "areas.csv line 3: lat '136' is not a number of degrees from -90 to 90",
        ),
        ("areas.csv", "a,estate,,甲,,east,N,1", "areas.csv line 3: lat 'N' is not a number of degrees"),
        (
            "taxonomy.csv",
            "1.02,1,漏水,",
            "taxonomy.csv line 4: code '1.02' is not of the form 01 or 01.03; if a spread",
        ),
        ("taxonomy.csv", "02.01,01,漏水,", "taxonomy.csv line 4: '02.01' has the parent '01'; write '02'."),
        ("taxonomy.csv", "01.01,01,漏水,", "taxonomy.csv line 4: code '01.01' is already on line 3"),
        (
            "taxonomy.csv",
            "01.02,01,漏水,",
            "catalogue.csv: no row with an empty area for category '01.02' (漏水); add one.",
        ),
        (
            "deadlines.csv",
            "快,handle,soon,hours,2020-01-01",
            "deadlines.csv line 3: amount 'soon' is not a whole number",
        ),
        ("deadlines.csv", "快,handle,,hours,2020-01-01", "deadlines.csv line 3: amount is empty; fill it in."),
        (
            "deadlines.csv",
            "快,handle,2,weeks,2020-01-01",
            "deadlines.csv line 3: unit 'weeks' is not known; use one of",
        ),
        (
            "deadlines.csv",
            "快,sing,2,hours,2020-01-01",
            "deadlines.csv line 3: step 'sing' is not known; use one of handle",
        ),
        (
            "deadlines.csv",
            "快,handle,2,hours,2020-02-30",
            "deadlines.csv line 3: valid_from '2020-02-30' is not a date",
        ),
        (
            "deadlines.csv",
            "一般事项,handle,2,hours,2020-01-01",
            "deadlines.csv line 3: '一般事项' from 2020-01-01 is already on line 2; give the newer one",
        ),
        (
            "catalogue.csv",
            "09.09,east,一般事项,目录,2020-01-01",
            "catalogue.csv line 3: category '09.09' is not in taxon",
        ),
        (
            "catalogue.csv",
            "01,east,一般事项,目录,2020-01-01",
            "catalogue.csv line 3: category '01' is of the first level",
        ),
        (
            "catalogue.csv",
            "01.01,west,一般事项,目录,2020-01-01",
            "catalogue.csv line 3: lead 'west' is not in units.csv",
        ),
        (
            "catalogue.csv",
            "01.01,east,明天,目录,2020-01-01",
            "catalogue.csv line 3: deadline '明天' is not in the 'handle'",
        ),
        ("catalogue.csv", "01.01,east,一般事项,目录,soon", "catalogue.csv line 3: valid_from 'soon' is not a date"),
        (
            "catalogue.csv",
            "01.01,east,一般事项,目录,2021-01-01",
            "catalogue.csv line 3: category '01.01' for any area is already on line 2 for the same days; keep one",
        ),
        (
            "accounts.csv",
            "ben,派单员,boss,district",
            "accounts.csv line 3: roles 'boss' is not understood; name one or more",
        ),
        ("accounts.csv", "ben,派单员,agent,west", "accounts.csv line 3: unit 'west' is not in units.csv"),
        ("accounts.csv", "anna,派单员,agent,east", "accounts.csv line 3: username 'anna' is already on line 2"),
    ],
)
def test_problem_says_where_and_what_to_do(pack, file, line, said):
    read_pack(pack)
    add(pack, file, line)
    assert [problem for problem in problems(pack) if problem.startswith(said)] != []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"area": "nowhere"}, "catalogue.csv line 3: area 'nowhere' is not in areas.csv"),
        ({"helpers": "district;nobody"}, "catalogue.csv line 3: helper 'nobody' is not in units.csv"),
        ({"helpers": "east"}, "catalogue.csv line 3: 'east' leads and helps; remove it from the helpers."),
        ({"valid_to": "2019-12-31"}, "catalogue.csv line 3: valid_to 2019-12-31 is before valid_from 2020-01-01"),
    ],
)
def test_catalogue_row_with_all_columns(pack, cells, said):
    row = {"category": "01.01", "lead": "east", "deadline": "一般事项", "basis": "目录", "valid_from": "2020-01-01"}
    general = row | {"lead": AREA_UNIT}
    with (pack / "catalogue.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, [*row, "area", "helpers", "valid_to"])
        table.writeheader()
        table.writerows([general, row | {"area": "east"} | cells])
    assert [problem for problem in problems(pack) if problem.startswith(said)] != []


def test_cycle_of_units_is_named(pack):
    add(pack, "units.csv", "a,bureau,甲局,b,\nb,bureau,乙局,a,")
    assert problems(pack) == [
        "units.csv line 4: 'a' is its own ancestor (a → b → a); correct the parent.",
        "units.csv line 5: 'b' is its own ancestor (b → a → b); correct the parent.",
    ]


def test_deadline_for_an_unknown_category(pack):
    (pack / "deadlines.csv").write_text(
        "name,step,amount,unit,valid_from,category,first_contact_hours\n一般事项,handle,7,hours,2020-01-01,02;01,24\n",
        encoding="utf-8",
    )
    assert problems(pack) == [
        (
            "deadlines.csv line 2: category '02' is not in taxonomy.csv; add it there or correct it here. "
            "If a spreadsheet dropped the leading zero, format the column as text."
        ),
    ]


@pytest.mark.parametrize("codes", ['"{""gb"""', "gb110203"])
def test_codes_not_understood(pack, codes):
    change(pack, "taxonomy.csv", "words\n", "words,codes\n")
    change(pack, "taxonomy.csv", "暖气\n", f"暖气,{codes}\n")
    assert len(problems(pack)) == 1
    assert "scheme=code;scheme=code" in problems(pack)[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"XQ"', '"xq"', "district.toml: prefix must be 1 to 4 capital letters"),
        ("lat = 36.5", "lat = 365", "district.toml: lat must be a number of degrees from -90 to 90."),
        ("= 19", "= 31", "district.toml: assessment_start_day must be a day of the month from 1 to 28."),
        ("= 12", "= true", "district.toml: report_hour must be an hour from 0 to 23."),
        ("Asia/Shanghai", "Asia/Nowhere", "district.toml: tz must be a time zone"),
        ('["zh-hans"]', '"zh-hans"', "district.toml: languages must be a list of language codes"),
        ("report_hour", "report_hours", "district.toml: report_hours is not a setting; remove or rename it."),
        ("= 36.5", "= ", "district.toml: not readable as TOML"),
    ],
)
def test_district_settings(pack, old, new, said):
    change(pack, "district.toml", old, new)
    assert [problem for problem in problems(pack) if problem.startswith(said)] != []


@pytest.mark.parametrize("file", ["district.toml", "units.csv", "areas.csv", "catalogue.csv"])
def test_a_missing_file_is_one_problem(pack, file):
    (pack / file).unlink()
    assert problems(pack) == [f"{file} is missing; add it to {pack}."]


@pytest.mark.parametrize("file", ["taxonomy.csv", "deadlines.csv"])
def test_a_file_that_cannot_be_read_is_one_problem(pack, file):
    change(pack, "deadlines.csv", "valid_from\n", "valid_from,category\n")
    change(pack, "deadlines.csv", "2020-01-01\n", "2020-01-01,01\n")
    (pack / file).write_text("nothing\n", encoding="utf-8")
    assert {problem.split(":")[0] for problem in problems(pack)} == {f"{file} line 1"}


def test_missing_and_unknown_columns(pack):
    change(pack, "units.csv", "kind,name,parent", "sort,name,parent")
    assert problems(pack) == [
        "units.csv line 1: no column kind; add it to the first line.",
        (
            "units.csv line 1: unknown column sort; remove or rename it "
            "(columns: code, kind, name, name_en, parent, ranked, basis)."
        ),
    ]


def test_a_file_in_no_known_encoding(pack):
    (pack / "areas.csv").write_bytes(b"\xff\xff\xff")
    assert problems(pack) == ["areas.csv is neither UTF-8 nor GBK text; save it again as CSV UTF-8."]


def test_all_problems_are_told_at_once(pack):
    add(pack, "units.csv", "west,office,西街道,nobody,")
    change(pack, "areas.csv", "116.0", "")
    (pack / "district.toml").unlink()
    assert [problem.split(":")[0].split(" is missing")[0] for problem in problems(pack)] == [
        "district.toml",
        "units.csv line 4",
        "units.csv line 4",
        "areas.csv line 2",
    ]


def test_reading_needs_no_django():
    source = Path(sys.modules["huiyin.packs.reader"].__file__).parent
    assert [file.name for file in source.glob("*.py") if "django" in file.read_text(encoding="utf-8")] == []
