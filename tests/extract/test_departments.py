"""Departments: separators, brackets, roles, collectives' names, broken lines, leaders."""

# ruff: noqa: E501 - the tables of Chinese text read better with a row on a line

from __future__ import annotations

import pytest
from reading_plans import item_of, plan_of

from mskg.extract.departments import first_is_lead


def test_prose_that_says_who_carries_on_the_work() -> None:
    for words in ("组织推进和落实", "负责推进落实", "牵头实施", "具体落实"):
        plan = plan_of(
            f"某县2023年民生实事\n1.新建学校2所。由县教育局{words}。\n2.改造公厕3座。由县住建局{words}。\n"
        )
        assert [[d.name for d in t.departments] for t in plan.tasks] == [["县教育局"], ["县住建局"]]


def test_several_who_share_the_work() -> None:
    plan = plan_of(
        "某县2023年民生实事\n1.新建学校2所。（县教育局牵头，各县区政府分工负责）\n2.改造公厕3座。（县住建局牵头）\n"
    )
    assert [d.name for d in plan.tasks[0].departments] == ["县教育局", "各县区政府"]


def test_who_carries_on_behind_those_who_help() -> None:
    plan = plan_of(
        "某省2023年民生实事\n1.新建学校2所。由省教育厅牵头，会同省财政厅推进，各市（州）政府组织实施。\n2.改造公厕3座。由省住房城乡建设厅牵头，会同省财政厅落实。\n"
    )
    assert [[d.role for d in task.departments] for task in plan.tasks] == [
        ["lead", "related", "responsible"],
        ["lead", "related"],
    ]


@pytest.mark.parametrize("label", ["实施村", "实施村居", "所在村", "涉及村居", "建设村"])
def test_villages_where_the_work_is_done_are_no_units(label: str) -> None:
    plan = plan_of(
        f"桃源镇2023年民生实事\n1.改造公厕3座。\n责任单位：镇村建办\n{label}：东山村、西溪村\n2.新建水池2个。\n责任单位：镇农业服务中心\n{label}：上洋村\n"
    )
    assert [[d.name for d in task.departments] for task in plan.tasks] == [
        ["镇村建办"],
        ["镇农业服务中心"],
    ]


def test_a_title_ends_before_a_bracket_with_stops() -> None:
    plan = plan_of(
        "某市2024年十大工程\n一、科教惠民工程（项目6个，其中基建类5个）。新建学校2所。\n二、健康惠民工程（项目8个，其中基建类5个）。新建医院1所。\n"
    )
    assert [task.title for task in plan.tasks] == ["科教惠民工程", "健康惠民工程"]


SEPARATED = [
    ("县教育局", ["县教育局"]),
    ("县教育局、县财政局", ["县教育局", "县财政局"]),
    ("县教育局，县财政局", ["县教育局", "县财政局"]),
    ("县教育局及各乡镇政府、县残联", ["县教育局", "各乡镇政府", "县残联"]),
    ("县妇联和各县（区）政府", ["县妇联", "各县（区）政府"]),
    ("★县教育局、●县财政局", ["县教育局", "县财政局"]),
    ("2020-20226000700完工、县财政局", ["县财政局"]),
    ("县12345热线办、县财政局", ["县12345热线办", "县财政局"]),
    ("县教育局；县财政局", ["县教育局", "县财政局"]),
    ("县教育局,县财政局", ["县教育局", "县财政局"]),
    ("县教育局/县财政局", ["县教育局", "县财政局"]),
    ("县教育局 县财政局", ["县教育局", "县财政局"]),
    ("县教育局　县财政局", ["县教育局", "县财政局"]),
    ("县教育局\n县财政局", ["县教育局", "县财政局"]),
    ("县教育局、县财政局。", ["县教育局", "县财政局"]),
    # 和 joins words inside names, so it never splits
    ("县发展和改革局、县文化和旅游局", ["县发展和改革局", "县文化和旅游局"]),
    ("县自然资源和规划局", ["县自然资源和规划局"]),
    # brackets keep their content together
    ("县政务服务中心（县大数据局、县审批局）、县财政局",
     ["县政务服务中心（县大数据局、县审批局）", "县财政局"]),
    ("各乡（街道）、县财政局", ["各乡（街道）", "县财政局"]),
    ("各乡镇人民政府（街道办事处）", ["各乡镇人民政府（街道办事处）"]),
    # one body printed once for all kinds of places is one name
    ("县财政局、各乡、镇人民政府", ["县财政局", "各乡、镇人民政府"]),
    ("各市、县（区）人民政府，省财政厅", ["各市、县（区）人民政府", "省财政厅"]),
    ("有关县（市）、区政府", ["有关县（市）、区政府"]),
    # words behind the names
    ("县教育局、县财政局等部门", ["县教育局", "县财政局"]),
    ("县教育局、县财政局等", ["县教育局", "县财政局"]),
    ("县教育局等有关单位", ["县教育局"]),
    ("县教育局、县财政局按职责分工负责", ["县教育局", "县财政局"]),
    ("县教育局、县财政局等县级有关部门", ["县教育局", "县财政局"]),
    # a sentence about the names
    ("县教育局，各乡镇。以下任务均需各乡镇落实，不再一一列出。", ["县教育局", "各乡镇"]),
    ("县教育局、财政局。一项任务涉及多个部门的，由首位部门牵头。下同", ["县教育局", "财政局"]),
    ("县教育局。县财政局。", ["县教育局", "县财政局"]),
    ("县教育局。县一中、县财政局", ["县教育局", "县一中", "县财政局"]),
    ("县重点任务推进办、县教育局", ["县重点任务推进办", "县教育局"]),
    # names whose separators were lost; a body below another one is no second name
    ("教育局经开区各街道市国有公司", ["教育局", "经开区", "各街道", "市国有公司"]),
    ("县教育局县财政局县住建局", ["县教育局", "县财政局", "县住建局"]),
    ("五星街道南大街街道荷花池街道", ["五星街道", "南大街街道", "荷花池街道"]),
    ("县财政局国库支付中心、县公安局交警大队", ["县财政局国库支付中心", "县公安局交警大队"]),
    ("国家税务总局某县税务局", ["国家税务总局某县税务局"]),
    # names broken over lines
    ("县住房和城乡\n建设局、县发改委", ["县住房和城乡建设局", "县发改委"]),
    ("县人力资源和社会保\n障局", ["县人力资源和社会保障局"]),
    ("县教育\n局", ["县教育局"]),
    ("县公 安 局", ["县公安局"]),
    # traditional names stay traditional
    ("縣教育局、縣衛生健康局", ["縣教育局", "縣衛生健康局"]),
    ("县教育局、、县财政局", ["县教育局", "县财政局"]),
    ("—", []),
    ("", []),
]  # fmt: skip

PROSE = [
    ("县民政局牵头，县财政局、县残联配合",
     [("县民政局", "lead"), ("县财政局", "related"), ("县残联", "related")]),
    ("县教育局负责", [("县教育局", "responsible")]),
    ("省体育局牵头，各市州、县市区人民政府配合",
     [("省体育局", "lead"), ("各市州、县市区人民政府", "related")]),
    ("自治区民政厅牵头，各盟行政公署、市人民政府配合",
     [("自治区民政厅", "lead"), ("各盟行政公署、市人民政府", "related")]),
    ("社会事业局牵头，各办事处、镇配合",
     [("社会事业局", "lead"), ("各办事处、镇", "related")]),
    ("由县教育局、县人社局分别负责", [("县教育局", "responsible"), ("县人社局", "responsible")]),
    ("县教育局、县财政局负责", [("县教育局", "responsible"), ("县财政局", "responsible")]),
    ("县教育局牵头", [("县教育局", "lead")]),
    ("县水利局（牵头）、县发改局", [("县水利局", "lead"), ("县发改局", "related")]),
    ("县水利局（牵头单位）、县发改局（配合）", [("县水利局", "lead"), ("县发改局", "related")]),
    ("县水利局和县商务局分别牵头、县发改局",
     [("县水利局", "lead"), ("县商务局", "lead"), ("县发改局", "related")]),
    ("县住建局牵头负责；县城管局协同配合", [("县住建局", "lead"), ("县城管局", "related")]),
    ("县卫计委，县民政局、县妇联配合",
     [("县卫计委", "responsible"), ("县民政局", "related"), ("县妇联", "related")]),
    ("县城管局负责，县公安局交警大队配合做好交通组织",
     [("县城管局", "responsible"), ("县公安局交警大队", "related")]),
    ("县教育局主办，县财政局协办", [("县教育局", "lead"), ("县财政局", "related")]),
    ("县教育局、县人社局按职责分工负责", [("县教育局", "responsible"), ("县人社局", "responsible")]),
    ("县民政局牵头，县财政局配合，各乡镇负责落实",
     [("县民政局", "lead"), ("县财政局", "related"), ("各乡镇", "responsible")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), SEPARATED, ids=[repr(s[0]) for s in SEPARATED])
def test_names(text: str, names: list[str]) -> None:
    item, _ = item_of(text, kind="department", role="responsible")
    assert [d.name for d in item.departments] == names
    assert [d.order for d in item.departments] == list(range(1, len(names) + 1))
    assert {d.role for d in item.departments} <= {"responsible"}


@pytest.mark.parametrize(("text", "names"), SEPARATED, ids=[repr(s[0]) for s in SEPARATED])
def test_the_quote_is_the_printed_name(text: str, names: list[str]) -> None:
    for department in item_of(text, kind="department", role="lead")[0].departments:
        assert department.span is not None
        assert text[department.span.begin : department.span.end] == department.span.quote
        assert "".join(department.span.quote.split()) == department.name
        assert department.split is ("\n" in department.span.quote)


@pytest.mark.parametrize(("text", "wanted"), PROSE, ids=[p[0] for p in PROSE])
def test_roles_in_prose(text: str, wanted: list[tuple[str, str]]) -> None:
    item, _ = item_of(text, kind="department", role="prose")
    assert [(d.name, d.role) for d in item.departments] == wanted


LABELS = [
    ("牵头单位", "lead"), ("牵头部门", "lead"), ("主办单位", "lead"), ("牵头责任单位", "lead"),
    ("责任单位", "responsible"), ("主要责任单位", "responsible"), ("责任部门", "responsible"),
    ("实施主体", "responsible"), ("责任主体", "responsible"),
    ("配合单位", "related"), ("相关责任单位", "related"), ("协办单位", "related"),
    ("协同配合单位", "related"), ("配合部门", "related"), ("协同单位", "related"),
    ("数据提供单位", "related"), ("技术指导部门", "related"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "role"), LABELS)
@pytest.mark.parametrize(
    "form", ["。{}：{}\n", "。（{}：{}）\n", "。\n{}：{}\n", "。\n**{}：**{}\n"]
)
def test_labels_give_the_role(label: str, role: str, form: str) -> None:
    def entry(n: int, text: str, unit: str) -> str:
        return f"{n}.{text}" + form.format(label, unit)

    plan = plan_of(
        "某县2023年民生实事\n"
        + entry(1, "新建公办幼儿园2所", "县教育局")
        + entry(2, "改造老旧小区23个", "县住建局、县发改委")
        + entry(3, "新增城镇就业4400人", "县人社局")
    )
    found = [[(d.name, d.role) for d in task.departments] for task in plan.tasks]
    assert found == [
        [("县教育局", role)], [("县住建局", role), ("县发改委", role)], [("县人社局", role)],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("end", "wanted"),
    [
        ("部门分工：县财政局牵头，县商务局、各乡镇配合。",
         [("县财政局", "lead"), ("县商务局", "related"), ("各乡镇", "related")]),
        ("责任单位：县政府办、县财政局牵头，县商务局",
         [("县政府办", "lead"), ("县财政局", "lead"), ("县商务局", "related")]),
        ("（人社局、各开发区）", [("人社局", "responsible"), ("各开发区", "responsible")]),
        ("（县人社局牵头，县财政局、县妇联配合",
         [("县人社局", "lead"), ("县财政局", "related"), ("县妇联", "related")]),
        ("（社会事业局、党办）", [("社会事业局", "responsible"), ("党办", "responsible")]),
        ("配合单位：县城管局、县财政局 实际完成情况：设备调试、设备安装已完成55%",
         [("县城管局", "related"), ("县财政局", "related")]),
    ],
)  # fmt: skip
def test_duties_behind_the_text(end: str, wanted: list[tuple[str, str]]) -> None:
    texts = ["新建公办幼儿园2所", "改造老旧小区23个", "新增城镇就业4400人"]
    plan = plan_of(
        "某县2023年民生实事\n" + "".join(f"{n}.{t}。{end}\n" for n, t in enumerate(texts, 1))
    )
    assert [[(d.name, d.role) for d in task.departments] for task in plan.tasks] == [wanted] * 3


@pytest.mark.parametrize(
    "rule", ["排在首位的为牵头单位", "列第一位者为牵头单位", "排在第一位的单位为牵头单位"]
)
def test_the_first_named_is_lead_where_the_document_says_so(rule: str) -> None:
    assert first_is_lead(rule) == 1

    plan = plan_of(
        f"某县2023年民生实事（责任单位中{rule}）\n"
        "1.新建公办幼儿园2所。（责任单位：县教育局、县财政局）\n"
        "2.改造老旧小区23个。（责任单位：县住建局、县发改委）\n"
    )
    found = [[(d.name, d.role, d.stated) for d in task.departments] for task in plan.tasks]
    assert found[0] == [("县教育局", "lead", False), ("县财政局", "related", False)]
    assert found[1] == [("县住建局", "lead", False), ("县发改委", "related", False)]


def test_without_that_rule_nobody_is_promoted() -> None:
    plan = plan_of(
        "某县2023年民生实事\n1.新建公办幼儿园2所。（责任单位：县教育局、县财政局）\n"
        "2.改造老旧小区23个。（责任单位：县住建局）\n"
    )
    assert {(d.role, d.stated) for t in plan.tasks for d in t.departments} == {
        ("responsible", True)
    }


def test_the_first_of_several_leads_and_a_lone_one_does_not() -> None:
    assert first_is_lead("注：1.表中责任单位为多个的，排在第一位的为牵头单位。") == 2
    assert first_is_lead("责任单位有两个以上的，列首位的为牵头单位。") == 2
    assert first_is_lead("县教育局负责。") == 0


@pytest.mark.parametrize(
    "cell", ["扶贫办\n发改局", "妇联\n财政局", "残联\n民政局", "县住建局\n财政局"]
)
def test_short_names_on_lines_of_one_cell(cell: str) -> None:
    item, _ = item_of(cell, kind="department", role="responsible")
    assert [found.name for found in item.departments] == cell.split("\n")


@pytest.mark.parametrize(
    "cell", ["农业\n农村局", "县交通\n运输局", "县自然资源\n局", "城管局\n办公室"]
)
def test_one_name_broken_over_lines(cell: str) -> None:
    item, _ = item_of(cell, kind="department", role="responsible")
    assert [found.name for found in item.departments] == [cell.replace("\n", "")]
