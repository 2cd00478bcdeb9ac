"""The place that a document speaks for."""

from __future__ import annotations

import pytest

from mskg.lexicon.regions import region_table
from mskg.resolve import find_region, read_region

# title, issuer, text, code; a code that ends in - is a place without a code inside that one.
CASES = [
    ("山海关区2023年民生实事项目实施方案", "", "", "130303"),
    ("", "中共平顶山市湛河区委办公室 平顶山市湛河区人民政府办公室", "", "410411"),
    ("", "中共湛河区委办公室", "", "410411"),
    ("唐山市2024年民生工程實施方案", "唐山市人民政府辦公室", "", "130200"),
    ("", "泾源县人民政府办公室", "", "640424"),
    ("关于印发2023年献县民生实事的通知", "", "", "130929"),
    ("河北省2023年20项民生工程实施方案", "河北省人民政府办公厅", "", "130000"),
    ("上海市2024年为民办实事项目", "", "", "310000"),
    ("重庆市渝北区2023年重点民生实事", "", "", "500112"),
    ("浦东新区2023年为民办实事项目", "浦东新区人民政府办公室", "", "310115"),
    ("天津市滨海新区20项民心工程", "", "", "120116"),
    ("2022年海淀区重要民生实事项目", "", "", "110108"),
    ("关于恩施州2024年民生实事的通知", "恩施州人民政府办公室", "", "422800"),
    ("", "恩施土家族苗族自治州人民政府办公室", "", "422800"),
    ("", "恩施市人民政府办公室", "", "422801"),
    ("", "黔东南苗族侗族自治州人民政府", "", "522600"),
    ("凉山州2023年30件民生实事", "", "", "513400"),
    ("", "四子王旗人民政府办公室", "", "150929"),
    ("", "锡林郭勒盟行政公署办公室", "", "152500"),
    ("", "大兴安岭地区行政公署", "", "232700"),
    ("", "阿克苏地区行署办公室", "", "652900"),
    ("", "神农架林区人民政府", "", "429021"),
    ("", "六枝特区人民政府办公室", "", "520203"),
    ("", "石河子市人民政府办公室", "", "659001"),
    ("", "仙桃市人民政府办公室", "", "429004"),
    ("", "昌江黎族自治县人民政府办公室", "", "469026"),
    ("山西河津承诺今年办好6件民生实事", "", "山西省运城市河津市", "140882"),
    ("2021年河北省石家庄10件惠民实事公布", "", "", "130100"),
    ("山西和平新建十件实事", "", "山西省", "140000"),
    (
        "县人民政府办公室关于对涉及嘉鱼的重点事项进行责任分解的通知",
        "",
        "县人民政府要求嘉鱼经济开发区落实。",
        "421221",
    ),
    ("", "长阳县人民政府办公室", "", "420528"),
    ("", "儋州市人民政府办公室", "", "460400"),
    ("", "东莞市人民政府办公室", "", "441900"),
    ("关于印发中山市十件民生实事的通知", "", "", "442000"),
    # renamed and former places
    ("", "襄樊市人民政府办公室", "", "420600"),
    ("", "密云县人民政府", "", "110228"),
    ("", "米林县人民政府", "", "542623"),
    ("", "郫县人民政府办公室", "", "510124"),
    # ambiguous names
    ("", "南京市鼓楼区人民政府", "", "320106"),
    (
        "鼓楼区2023年民生实事",
        "鼓楼区人民政府办公室",
        "为贯彻落实福州市委、福州市人民政府部署，市公安局鼓楼分局配合。",
        "350102",
    ),
    ("鼓楼区2023年民生实事", "鼓楼区人民政府办公室", "", None),
    ("朝阳区2022年为民办实事", "", "各街道，区属各部门。北京市朝阳区人民政府", "110105"),
    ("朝阳区2022年为民办实事", "", "长春市朝阳区", "220104"),
    ("", "城关区人民政府办公室", "落实兰州市2023年为民兴办实事", "620102"),
    ("", "城关区人民政府办公室", "落实拉萨市民生实事", "540102"),
    ("", "市中区人民政府办公室", "乐山市委、市政府", "511102"),
    ("", "枣庄市市中区人民政府办公室", "", "370402"),
    ("", "西湖区人民政府", "南昌市下达我区任务", "360103"),
    ("", "晋城市城区人民政府办公室", "", "140502"),
    ("", "和平区人民政府", "沈阳市", "210102"),
    ("", "白云区人民政府办公室", "贵阳市白云区", "520113"),
    ("", "新城区人民政府", "", None),
    # a place inside other text does not win
    (
        "山海关区2023年民生实事方案",
        "山海关区人民政府办公室",
        "按秦皇岛市2023年民生实项目实施方案分解。秦皇岛市秦皇岛市秦皇岛市。",
        "130303",
    ),
    ("关于贯彻落实河北省2023年民生工程唐山市实施方案", "", "", "130200"),
    ("贯彻落实《广东省十件民生实事》中山市任务分工", "", "", "442000"),
    ("", "", "根据秦皇岛市部署。山海关区人民政府办公室\n2023年3月30日\n全区各部门", "130303"),
    (
        "",
        "",
        "一是新开工291套，改造献县城北新村，献县廉租房。全县新增5200人。主办单位:献县人民政府办公室主办",
        "130929",
    ),
    (
        "",
        "",
        "全市新建充电桩80座。德州市人民政府\n在德城区、陵城区、禹城市建设。全市各部门。",
        "371400",
    ),
    (
        "2023年民生实事",
        "",
        "全县新建公厕。项目位于泾源县香水镇、泾源县六盘山镇，县政府督查室负责，全县推进。",
        "640424",
    ),
    # a verb and its object are no place, an organ of the people's congress speaks for one
    ("", "", "全市新增城市公共自行车3000辆，新增城市公厕20座，新增城市绿地5处。", None),
    ("", "", "湖南省第十三届人民代表大会第二次会议开幕。", "430000"),
    ("", "", "重庆市第六届人民代表大会第三次会议开幕，市长作报告。", "500000"),
    ("民生实事", "", "全面推进各项工作，市和县区落实。", None),
    # a district that a text of a city names is not where the text is from
    (
        "",
        "",
        "责任单位：市规划局、市文化局。责任单位：东城区管委会、市发改委。东城区管委会。",
        None,
    ),
    # what the city decided does not make the text one of a city
    (
        "",
        "",
        "秦安县人代会闭幕，在落实省、市政府确定的实事时，秦安县将办好十件实事。",
        "620522",
    ),
    ("2023年十件实事", "市人民政府办公室", "", None),
    ("", "", "", None),
    # the province set before the title
    ("(湖北省)2023年咸宁市《政府工作报告》任务分解", "", "", "421200"),
    # places without a code
    ("", "唐山高新技术产业开发区管理委员会", "", "130200-"),
    ("", "苏州工业园区管理委员会", "", "320500-"),
    ("", "昆山市千灯镇人民政府", "", "320583-"),
    ("", "曹镇乡人民政府", "", "x-"),
    ("", "雄安新区管理委员会", "", "x-"),
    ("2024年青石镇十件民生实事候选项目", "", "", "x-"),
    ("2024年全镇民生实事项目", "泾源县香水镇人民政府", "", "640424-"),
    ("2012年全县城乡民生工程", "泾源县人民政府", "", "640424"),
    ("2023年合肥高新区民生实事", "合肥高新区管委会", "", "340100-"),
    # header with short names
    ("2023年唐山民生工程", "", "唐山市各部门", "130200"),
    ("关于2022年为民办实事项目完成情况的公示（献县）", "", "", "130929"),
    ("市人民政府关于2019年十件实事的通知", "武汉市人民政府", "各区人民政府", "420100"),
    ("关于做好2021年全省民生实事的通知", "山西省人民政府办公厅", "", "140000"),
    ("2020年山西省泽州县十件实事", "", "", "140525"),
    ("", "中共永州市委办公室", "", "431100"),
    ("", "中国共产党祁阳市委员会", "", "431181"),
    ("", "乾县人民政府办公室", "", "610424"),
    ("昆明市五华区2023年惠民实事", "", "", "530102"),
    ("", "广西壮族自治区人民政府办公厅", "", "450000"),
    ("宁夏2024年民生实事", "", "宁夏回族自治区人民政府", "640000"),
    ("", "内蒙古自治区包头市昆都仑区人民政府", "", "150203"),
    ("包头市青山区2022年民生实事", "", "", "150204"),
    ("", "武汉市青山区人民政府", "", "420107"),
]


@pytest.mark.parametrize(("title", "issuer", "text", "code"), CASES)
def test_region(title: str, issuer: str, text: str, code: str | None) -> None:
    found = find_region(title, issuer, "", text)
    if code is None:
        assert found is None
    elif code.endswith("-"):
        assert found is not None
        assert found.code.startswith(code)
    else:
        assert found is not None
        assert found.code == code


def test_an_undecided_name_keeps_its_choices() -> None:
    found = read_region("", "鼓楼区人民政府办公室")
    assert found.region is None
    assert found.name == "鼓楼区"
    assert {choice.code for choice in found.choices} == {"320106", "320302", "350102", "410204"}


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        ("唐山高新技术产业开发区管理委员会", "唐山高新技术产业开发区"),
        ("昆山市千灯镇人民政府", "千灯镇"),
        ("湛河区轻工路街道办事处", "轻工路街道"),
        ("中共树林召镇委员会树林召镇人民政府", "树林召镇"),
    ],
)
def test_places_without_a_code_have_a_stable_id(issuer: str, name: str) -> None:
    one, other = find_region("", issuer), find_region("", issuer)
    assert one is not None
    assert one == other
    assert one.name == name


def test_the_place_read_earlier_counts_when_nothing_else_does() -> None:
    found = read_region("", "", "", "", "泾源县")
    assert found.region is not None
    assert (found.region.code, found.evidence) == ("640424", "printed")


def test_the_only_county_that_a_town_names_is_above_it() -> None:
    town = "树林召镇人民政府"
    found = find_region("", town, body="群众满意率位列达拉特旗8个苏木镇第二名。")
    assert found is not None
    assert found.parent == "150621"
    undecided = find_region("", town, body="到达拉特旗和准格尔旗学习。")
    assert undecided is not None
    assert undecided.parent == ""


def test_a_township_whose_organs_the_text_names() -> None:
    text = "今天，在九里亭街道第三届社区代表大会上，九里亭街道2023年度民生实事项目出炉。"
    region = find_region("", "", "", text)
    assert region is not None
    assert (region.name, region.kind) == ("九里亭街道", "乡镇")
    assert find_region("", "", "", text[:20]) is None


def test_every_province_and_autonomous_place_is_found_by_its_own_name() -> None:
    table = region_table()
    named = [
        region
        for region in table.by_code.values()
        if region not in table.former and (region.is_province or "自治" in region.name)
    ]
    found = {region: find_region(f"{region.name}2024年民生实事", "") for region in named}
    assert len(named) > 150
    assert [region for region, other in found.items() if other != region] == []


def test_no_place_stands_twice_below_a_name() -> None:
    assert all(len(set(found)) == len(found) for found in region_table().by_name.values())


def test_words_of_a_sentence_that_are_a_county_too() -> None:
    text = "县审计局要开展审计，县政府督查室要会同县民生办跟踪督导，会同县财政局通报。"
    assert find_region("某县2024年民生实事清单", "", "", text) is None
    text = "全县办好惠民实事，惠民实事由县政府督查室督查。"
    assert find_region("某县2016年惠民实事安排意见", "", "", text) is None
    often = "会同县教育局、会同县民政局、会同县住建局、会同县财政局牵头。"
    found = find_region("2024年民生实事清单", "", "", often)
    assert found is not None
    assert found.name == "会同县"
