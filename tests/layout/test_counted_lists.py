"""Lists of which the text says how many there are, and lists told by nothing but their promises."""

from __future__ import annotations

import pytest
from reading_plans import plan_of

TITLE = "安平县2024年民生实事\n\n"
NAMES = [
    "城东小学改扩建",
    "城西幼儿园新建",
    "口袋公园建设(两处)",
    "“明厨亮灶”改造",
    "农村公路提升工程",
]


def _titles(text: str) -> list[str]:
    return [task.title for task in plan_of(text).tasks]


@pytest.mark.parametrize("separator", ["、", "，"])
@pytest.mark.parametrize("opened", ["包括", "包含5个子项目，即", "分别为："])
def test_names_side_by_side_that_the_sentence_counts(opened: str, separator: str) -> None:
    text = f"{TITLE}会议票决的5个项目{opened}{separator.join(NAMES)}，估算总投资4亿元。\n"
    assert _titles(text) == NAMES


@pytest.mark.parametrize("joined", ["及", "和", "以及"])
def test_the_last_two_names_are_joined_by_a_word(joined: str) -> None:
    names = ["新建社会住宅1200户", "科学知识普及", "更新公交车200辆", "改善步道45公里"]
    listed = "、".join(names[:3]) + joined + names[3]
    assert _titles(f"{TITLE}今年将办四大民生实事，分别为：{listed}。\n") == names


def test_names_of_another_number_are_no_list() -> None:
    text = f"{TITLE}会议票决的9个项目包括{'、'.join(NAMES)}。\n"
    assert _titles(text) == []


def test_clauses_below_lines_that_count_them() -> None:
    text = (
        f"{TITLE}承接市级民生实事3件\n\n发展学前教育，新建幼儿园2所；推进课后服务，惠及学生3000人；改造公厕，新建5座。\n\n"
        "落实县级民生实事4件\n\n资助大学生700人；文化惠民，送戏200场。\n"
    )
    plan = plan_of(text)
    assert [(task.group, task.title) for task in plan.tasks] == [
        ("承接市级民生实事3件", "发展学前教育"), ("承接市级民生实事3件", "推进课后服务"),
        ("承接市级民生实事3件", "改造公厕"),
        ("落实县级民生实事4件", "资助大学生700人"), ("落实县级民生实事4件", "文化惠民"),
    ]  # fmt: skip


def test_lines_that_a_heading_counts_though_numbers_open_them() -> None:
    lines = [
        "20万学生脊柱侧弯筛查",
        "5万名产业技能人才培训",
        "25万名学生参加研学",
        "10个滨江公园建设",
    ]
    plan = plan_of(
        "记者昨日获悉，四大民生实事项目敲定。\n\n四大民生实事项目\n"
        + "\n".join(lines)
        + "\n文/记者：某某\n"
    )
    assert [task.title for task in plan.tasks] == lines
    assert [int(task.items[0].indicators[0].value) for task in plan.tasks] == [
        200_000,
        50_000,
        250_000,
        10,
    ]


def test_numbers_glued_to_quantities_on_lines_without_full_stops() -> None:
    lines = [
        "1.银龄乐享智慧养老",
        "2.20万学生脊柱侧弯筛查",
        "3.5万名技能人才培训",
        "4.10个公园建设",
    ]
    plan = plan_of(TITLE + "\n".join(lines) + "\n")
    assert [task.no for task in plan.tasks] == [1, 2, 3, 4]
    assert [int(i.value) for task in plan.tasks for i in task.items[0].indicators] == [
        200_000,
        50_000,
        10,
    ]


def test_a_decimal_at_the_begin_of_a_line_is_no_entry() -> None:
    plan = plan_of(TITLE + "1.新建幼儿园2所。\n2.改造道路\n2.5公里。\n3.新增就业300人。\n")
    assert [task.no for task in plan.tasks] == [1, 2, 3]


def test_numbers_that_jump_inside_a_paragraph() -> None:
    text = "".join(f"{n}.新建、改造管网{n}公里；" for n in (28, 29, 30, 31, 43, 44))
    plan = plan_of(f"某局2025年为民办实事项目\n下列项目请市民评议：{text}\n")
    assert [task.no for task in plan.tasks] == [28, 29, 30, 31, 43, 44]
    assert [issue.code for issue in plan.issues if issue.code == "number-gap"] == ["number-gap"]


def test_an_announced_list_of_slogans_without_a_number() -> None:
    names = ["食得放心", "行得顺心", "住得舒心", "学得安心"]
    entries = [
        f"{n}.“{name}”：持续加强相关保障，提升群众满意度；" for n, name in enumerate(names, 1)
    ]
    text = TITLE + "会议票决出四件民生实事项目，分别是：\n" + "\n".join(entries) + "\n"
    assert len(plan_of(text).tasks) == 4


def test_promises_between_commas() -> None:
    text = (
        f"{TITLE}今年办好30件民生实事。将新建保障性住房600套，新增学位1.3万个，建成市民中心1座，"
        "改造公厕30座，完成800公里绿道建设，新增停车位2000个。\n"
    )
    assert len(plan_of(text).tasks) == 6
    told = f"{TITLE}今年办好30件民生实事，将新建保障性住房600套，新增学位1.3万个。\n"
    assert plan_of(told).tasks == ()


@pytest.mark.parametrize("mark", ["①②③④", ["1.", "2.", "3.", "4."]])
def test_two_lists_each_under_a_line_that_counts_it(mark: str | list[str]) -> None:
    town = "".join(f"{sign}新建学校{n}所。\n" for n, sign in enumerate(mark, 1))
    land = "".join(f"{sign}新建沼气池{n}0座。\n" for n, sign in enumerate(mark, 1))
    plan = plan_of(f"为城镇居民办好四件实事\n{town}为农民办好四件实事\n{land}")
    assert [task.group for task in plan.tasks] == ["为城镇居民办好四件实事"] * 4 + [
        "为农民办好四件实事"
    ] * 4
    assert plan.tasks[3].items[0].text == "新建学校4所。"


def test_amounts_behind_numbers_do_not_hide_the_headings_of_groups() -> None:
    town = "1.新建学校2所。\n2.20个小区改造。\n3.建设公园5个。\n"
    land = "1.改造公路36公里。\n2.新建厕所800座。\n3.培训农民300人。\n"
    plan = plan_of(
        f"某县2026年六件民生实事敲定！\n\n为城镇居民办好三件实事\n{town}为农民办好三件实事\n{land}"
    )
    assert [task.group for task in plan.tasks] == ["为城镇居民办好三件实事"] * 3 + [
        "为农民办好三件实事"
    ] * 3
    assert int(plan.tasks[1].items[0].indicators[0].value) == 20
    assert plan.document.title == "某县2026年六件民生实事敲定！"


def test_a_heading_with_units_and_text_but_no_entries_is_a_task() -> None:
    text = (
        "某州2010年民生工作任务分解\n现将共6项任务分解如下。\n"
        "（一）扎实推进民生工程。（州民政局牵头，州财政局、州教育局负责）\n大力实施就业促进、教育助学等工程。\n"
        "（二）推进扶贫开发。（州扶贫局牵头）\n1.改善12.7万人生产生活条件。（州民宗委）\n2.搬迁1000户。（州自然资源局）\n3.解决10万人饮水。（州水利局）\n"
        "（三）加强就业。（州人社局牵头）\n1.新增就业13000人。\n2.改造棚户区2000户。（州住建局负责）\n"
    )
    plan = plan_of(text)
    assert [task.title for task in plan.tasks][:2] == [
        "扎实推进民生工程",
        "改善12.7万人生产生活条件",
    ]
    assert len(plan.tasks) == 6
    assert [d.name for d in plan.tasks[0].departments] == ["州民政局", "州财政局", "州教育局"]


@pytest.mark.parametrize("zone", ["某某开发区", "高新区", "示范区", "东部新区"])
def test_a_bracket_whose_last_body_is_a_zone(zone: str) -> None:
    entries = "".join(
        f"{n}、改造公厕{n}座（市住建局，各县市区政府，{zone}）。\n" for n in (1, 2, 3)
    )
    plan = plan_of("某市2009年民生工程\n" + entries)
    assert [[d.name for d in task.departments] for task in plan.tasks] == [
        ["市住建局", "各县市区政府", zone]
    ] * 3
    assert plan.tasks[0].title == "改造公厕1座"


def test_a_bracket_before_the_line_of_the_newspaper_and_one_that_is_not_closed() -> None:
    text = (
        "某区2014年十件实事\n1、新建学校2所。（区教育局负责）\n"
        "2、改造公厕3座。（牵头单位：区住建局\n\n推进情况：可研报告6月29日获批，完成投资1.12亿元。\n"
        "3、培训500人。（区人社局、金融办负责） 本报记者 某某\n"
    )
    plan = plan_of(text)
    assert [[d.name for d in task.departments] for task in plan.tasks] == [
        ["区教育局"], ["区住建局"], ["区人社局", "金融办"],
    ]  # fmt: skip


def test_what_follows_a_verdict_is_a_report() -> None:
    text = (
        "某区2019年实事项目“成绩单”\n"
        "(1)增加100张养老床位\n全面完成目标任务。2019年，新增床位146张，其中新建4家。\n"
        "(2)增加180公顷绿地\n超额完成年度任务，新增绿地182公顷。\n"
        "(3)改造公厕20座\n已完成目标任务。改造公厕20座，新建2座。\n"
    )
    plan = plan_of(text)
    assert [[int(i.value) for i in task.items[0].indicators] for task in plan.tasks] == [
        [100],
        [180],
        [20],
    ]
    assert plan.tasks[1].items[0].progress[0].text.startswith("超额完成年度任务，新增绿地182公顷")
    assert plan.tasks[0].title == "增加100张养老床位"


def test_clauses_that_count_themselves_behind_commas() -> None:
    plan = plan_of(
        f"{TITLE}三件民生实事：一是解决出行难问题，二是解决停车难问题，三是新建学校2所。\n"
    )
    assert [task.title for task in plan.tasks] == [
        "解决出行难问题",
        "解决停车难问题",
        "新建学校2所",
    ]


def test_a_number_alone_over_a_quantity() -> None:
    lines = ["新建公园7处。", "300家养老机构安装喷水系统。", "改造公厕10座。"]
    plan = plan_of(TITLE + "".join(f"{n}\n\n{line}\n\n" for n, line in enumerate(lines, 1)))
    assert [task.no for task in plan.tasks] == [1, 2, 3]
    assert [int(i.value) for task in plan.tasks for i in task.items[0].indicators] == [7, 300, 10]


def test_results_told_as_shares_of_the_plan() -> None:
    plan = plan_of(
        f"{TITLE}1.新增养老床位7069张，为计划的101%。\n2.新建学校2所，完成年度目标的100%。\n3.新建公园5个。\n"
    )
    assert [[str(i.value) for i in t.items[0].indicators] for t in plan.tasks] == [[], [], ["5"]]
    assert {number.rule for number in plan.unused_numbers} == {"past"}


def test_a_signature_closes_the_last_entry() -> None:
    entries = "".join(
        f"{n}、{name}\n"
        for n, name in zip("一二三", ("强化急救", "推广健身", "改造公厕"), strict=True)
    )
    for between in ("", "\n"):
        plan = plan_of(
            f"某市民生实事项目\n共三件民生实事：\n{entries}{between}某市第六次会议主席团\n{between}2026年1月24日\n"
        )
        assert (plan.document.issuer, str(plan.document.issued)) == (
            "某市第六次会议主席团",
            "2026-01-24",
        )
        assert plan.tasks[-1].items[0].text in {"", "改造公厕"}
        assert plan.tasks[-1].items[0].milestones == ()


def test_names_of_projects_one_a_line() -> None:
    names = ["校舍建设工程项目", "人居环境提升项目", "道路畅通工程", "惠民文化工程"]
    assert (
        _titles(f"{TITLE}(按得票多少排序)\n\n" + "\n\n".join(names) + "\n\n感谢阅读。\n") == names
    )
    assert (
        _titles(f"{TITLE}(按得票多少排序)\n\n" + "\n\n".join(names[:3]) + "\n\n感谢阅读。\n") == []
    )


def test_a_clause_of_a_sentence_is_the_title() -> None:
    text = (
        "（一）新增就业300人，就业稳定。（县人社局）\n"
        "（二）生态环境进一步好转，完成上级下达的指标任务\n责任单位：县生态环境局\n"
        "（三）改造公厕3座，环境改善。（县住建局）\n"
    )
    assert _titles(TITLE + text)[1] == "生态环境进一步好转"


def test_a_numbered_list_without_quantities_that_a_heading_counts() -> None:
    lines = ["推动医院建设", "统筹推进街心公园", "推动老年人适老化改造", "优化提升托育服务"]
    entries = "".join(f"{n:02}\n\n{line};\n\n" for n, line in enumerate(lines, 1))
    text = (
        f"某区2024年民生实事项目出炉\n会上票决产生实事\n\n{{}}\n\n具体如下\n\n👇👇👇\n\n{entries}"
    )
    assert len(plan_of(text.format("4项民生实事")).tasks) == 4


def test_paragraphs_behind_an_announcement_on_the_line_of_the_first() -> None:
    entries = [
        "加强教育建设,拓展资源。启用学校2所。",
        "加强公共设施,丰富生活。改造文化站4个。",
        "安居惠民。加快棚户区改造。",
    ]
    plan = plan_of(f"某区今年要办好实事\n4件10项民生实事具体包括：{chr(10).join(entries)}\n")
    assert [task.items[0].text[-6:] for task in plan.tasks] == [entry[-6:] for entry in entries]


def test_bullets_stand_before_titles() -> None:
    entries = "".join(f"●为全县{n}个村新建公园，美化环境。\n" for n in (2, 3, 4, 5))
    assert _titles(TITLE + entries)[0] == "为全县2个村新建公园"


def test_counts_of_roads_and_roads() -> None:
    plan = plan_of(
        f"{TITLE}1.加固桥梁90座，其中县道17座、乡道72座。\n2.改造G320国道和县道312线。\n3.新建公园5个。\n"
    )
    assert [int(i.value) for i in plan.tasks[0].items[0].indicators] == [90, 17, 72]
    assert plan.tasks[1].items[0].indicators == ()


def test_cells_of_collectives_with_brackets() -> None:
    rows = "".join(f"{n}\n新建公园{n}座\n县住建局\n县财政局，各镇(街道、园区)\n" for n in (1, 2, 3))
    plan = plan_of(f"某县2024年民生实事任务分解表\n序号\n工作任务\n牵头单位\n配合单位\n{rows}")
    assert [[d.name for d in task.departments] for task in plan.tasks] == [
        ["县住建局", "县财政局", "各镇(街道、园区)"]
    ] * 3
    assert {task.group for task in plan.tasks} == {""}


def test_marked_labels_are_fields_of_the_entry_above() -> None:
    fields = (
        "（一）责任领导：张三\n（二）责任单位：市教育局\n"
        "（三）协办单位：市财政局\n（四）完成时限：2008年12月\n"
    )
    first, second = (
        "三、实施寄宿制学校建设工程，改造200所中小学。\n",
        "四、建设通村公路1500公里。\n",
    )
    text = first + fields + second + fields
    plan = plan_of("某市2008年十件实事任务分解\n" + text)
    assert [task.no for task in plan.tasks] == [3, 4]
    assert [[d.name for d in task.departments] for task in plan.tasks] == [
        ["市教育局", "市财政局"]
    ] * 2


PROMISES = [
    "建设老年食堂12家",
    "新增养老床位300张",
    "完成居家适老化改造1800户",
    "新增公办幼儿园学位1400个",
    "新建示范性菜场8家",
    "更新公交车120辆",
    "新建社区健身中心9个",
]


@pytest.mark.parametrize(
    ("opening", "sign"),
    [
        ("2023年临海市为民办实事项目主要包括：", "，"),
        ("今年，临海市将重点办好以下实事：", "；"),
        ("2023年临海市将实施一批民生实事，包括", "、"),
    ],
)
def test_a_sentence_that_announces_promises_without_a_count(opening: str, sign: str) -> None:
    text = f"临海市2023年民生实事项目公布\n{opening}{sign.join(PROMISES)}。\n（记者 王平）\n"
    assert [task.title for task in plan_of(text).tasks] == PROMISES


def test_what_a_sentence_reports_is_no_list() -> None:
    text = f"去年，临海市民生实事全部完成，包括{'、'.join(PROMISES)}。\n"
    assert not plan_of("临海市民生实事\n" + text).tasks
