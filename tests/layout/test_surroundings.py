"""What stands before and behind a list of tasks is none of it, and changes nothing in it."""

from __future__ import annotations

import pytest
from reading_plans import plan_of

TASKS = (
    ("老旧小区改造", "改造老旧小区", 12, "个", "县住建局"),
    ("公园绿地建设", "新建口袋公园", 5, "个", "县城管局"),
    ("社区养老服务", "新建社区养老服务站", 8, "个", "县民政局"),
    ("职业技能培训", "开展职业技能培训", 2600, "人次", "县人社局"),
    ("农村公路改造", "改造农村公路", 46, "公里", "县交通运输局"),
)
HEAD = (
    "某县人民政府关于办好2023年民生实事的通知\n某政发〔2023〕5号\n\n"
    "各乡镇人民政府、县直各单位：\n\n"
)
LISTS = {
    "label lines": "{han}、{0}\n{1}{2}{3}。\n责任单位：{4}\n",
    "brackets": "{n}.{0}。{1}{2}{3}。（{4}）\n",
    "prose": "（{han}）{1}{2}{3}。由{4}牵头。\n",
}
BEFORE = {
    "none": "",
    "past": (
        "2022年，全县共完成民生实事10件，改造老旧小区8个，新增就业3200人，群众满意率98.2%。\n\n"
    ),
    "pastlist": (
        "2022年民生实事完成情况：一是改造老旧小区8个；二是新增就业3200人；三是新建公园3个。\n\n"
    ),
    "pastnum": (
        "一年来，全县办成了三件大事：（1）改造老旧小区8个。（2）新增就业3200人。"
        "（3）新建公园3个。\n\n"
    ),
    "principles": "工作原则：\n1.坚持以人为本。\n2.坚持量力而行。\n3.坚持公开透明。\n\n",
    "process": "经过以下程序产生：一是征集建议156条；二是梳理候选项目12个；三是人代会票决5个。\n\n",
    "goal": "全年计划投资3.6亿元，其中财政资金1.2亿元，惠及群众12万人。现将有关事项通知如下：\n\n",
    "req": "请各单位于3月15日前报送实施方案（联系人：张伟，电话：0558-6512345）。\n\n",
    "decl": "2023年，县政府将办好5件民生实事：\n\n",
}
BEHIND = {
    "none": "",
    "req1": "\n各责任单位要高度重视，确保12月底前全面完成。\n",
    "req2": (
        "\n有关要求：\n1.加强领导。各单位要成立专班。\n2.强化督导。每月25日前报送进展。\n"
        "3.严格考核。12月底前组织验收。\n"
    ),
    "req3": (
        "\n工作要求\n（一）加强领导。各单位要成立专班。\n（二）强化督导。"
        "每月25日前报送进展。\n（三）严格考核。12月底前组织验收。\n"
    ),
    "req4": "\n要求：一要加强领导；二要强化督导；三要严格考核。\n",
    "sign": "\n某县人民政府\n2023年2月20日\n",
    "annex": "\n附件：1.民生实事推进计划表\n2.民生实事联络员名单\n\n某县人民政府\n2023年2月20日\n",
    "contact": "\n联系人：张伟；联系电话：0558-6512345；邮箱：office@example.org。\n",
    "cc": (
        "\n抄送：县委各部门，县人大常委会办公室，县政协办公室。\n"
        "某县人民政府办公室 2023年2月20日印发\n"
    ),
    "web": (
        "\n【打印本页】【关闭窗口】\n上一篇：关于2022年财政决算的报告\n"
        "下一篇：关于开展安全检查的通知\n"
        "主办：某县人民政府 承办：县政务公开办 皖ICP备05012345号\n"
    ),
    "sup": "\n监督电话：0558-12345。群众可通过以下方式监督：1.拨打热线；2.登录网站；3.来信来访。\n",
    "resp": "\n县发改委负责统筹协调，县财政局负责资金保障，县政府督查室负责督查。\n",
}


@pytest.mark.parametrize("form", LISTS)
@pytest.mark.parametrize("before", BEFORE)
def test_surroundings(before: str, form: str) -> None:
    entries = "".join(
        LISTS[form].format(*task, n=n, han="一二三四五"[n - 1]) for n, task in enumerate(TASKS, 1)
    )
    wrong = []
    for name, behind in BEHIND.items():
        plan = plan_of(HEAD + BEFORE[before] + entries + behind)
        found = [
            (
                [x.value for item in task.items for x in item.indicators],
                [unit.name for unit in task.departments],
                [m.due for item in task.items for m in item.milestones if m.due],
            )
            for task in plan.tasks
        ]
        if found != [([value], [unit], []) for _, _, value, _, unit in TASKS]:
            wrong.append((name, found))
    assert not wrong
