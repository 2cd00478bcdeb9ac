"""What stands behind the last entry of a list, in many forms, is no part of it."""

# ruff: noqa: E501 - the tables of Chinese text read better with a row on a line

from __future__ import annotations

import pytest
from reading_plans import plan_of

HEAD = (
    "临泉县人民政府关于印发2023年民生实事的通知\n\n各乡镇人民政府，县直各单位：\n\n"
    "2023年，全县办好以下5件民生实事。\n\n"
)
TASKS = (
    ("改造老旧小区", "改造老旧小区12个，惠及居民3400户", "县住建局"),
    ("新建公园", "新建口袋公园5个", "县城管局"),
    ("养老服务", "新建社区养老服务站8个", "县民政局"),
    ("农村公路", "改造农村公路46公里", "县交通运输局"),
    ("校舍改造", "改造校舍9栋", "县教育局"),
)
ENDS = {
    "none": "",
    "sign": "\n临泉县人民政府\n2023年2月3日\n",
    "demand": "\n各责任单位要加强领导，倒排工期，每月25日前将进展情况报县政府督查室，确保12月底前全部完成。\n\n临泉县人民政府\n2023年2月3日\n",
    "chapters": "\n三、工作要求\n（一）加强领导。各单位要高度重视，成立3个工作组。\n（二）强化督查。县政府督查室每月通报一次。\n",
    "plain heads": "\n工作要求\n一是加强领导。各单位要高度重视，成立3个专班。\n二是强化督查。每季度通报一次。\n",
    "attach": "\n附件：1.任务分解表\n2.联系人名单\n\n临泉县人民政府\n2023年2月3日\n",
    "contact": "\n联系人：张伟，联系电话：0558-6512345。\n",
    "cc": "\n抄送：县委各部门，县人大常委会办公室。\n临泉县人民政府办公室  2023年2月4日印发\n",
    "note": "\n注：1.排在首位的为牵头单位；2.以上项目资金由县财政局统筹。\n",
    "feedback": "\n公示期为2023年2月3日至2月9日，如有异议请拨打0558-6512345。\n",
    "news": "\n（记者 王芳）\n责任编辑：李明\n【打印】 【关闭】\n上一篇：关于春节放假的通知\n下一篇：招聘公告20名\n",
    "wish": "\n同志们，做好今年的民生工作任务艰巨、责任重大。让我们团结一心，为实现200亿元目标而努力奋斗！\n",
    "all dates": "\n以上实事除已明确时限的外，其余均在12月20日前完成。\n",
    "money": "\n上述6件实事计划总投资3.6亿元，由县财政局筹措2.1亿元，其余争取上级补助。\n",
    "review": "\n去年确定的8件实事已全部完成，累计投资2.3亿元。\n",
    "site": "\n主办：临泉县人民政府　承办：县政府办\n皖ICP备05000012号  皖公网安备 34122102000001号\n网站标识码：3412210002\n",
    "attachtable": "\n附件2\n实施情况统计表\n项目\t数量\n总数\t60\n完成\t20\n",
}
DUTIES = ["（责任单位：{d}）", "\n责任单位：{d}", "", "（{d}牵头，县财政局配合）"]
MARKS = ["{han}、", "{n}.", "（{han}）", "{han}是", "第{han}项 ", "{circle}"]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("mark", MARKS)
def test_closings(end: str, mark: str) -> None:
    behind = ENDS[end].replace("三、", "六、") if mark == "{han}、" else ENDS[end]
    for duty in DUTIES:
        for gap in ("\n", "\n\n"):
            entries = (
                mark.format(n=n, han="一二三四五"[n - 1], circle="①②③④⑤"[n - 1])
                + f"{name}。{what}。{duty.format(d=unit)}{gap}"
                for n, (name, what, unit) in enumerate(TASKS, 1)
            )
            plan = plan_of(HEAD + "".join(entries) + behind)
            assert len(plan.tasks) == len(TASKS)
            last = plan.tasks[-1].items
            assert [float(i.value) for item in last for i in item.indicators] == [9]
            assert not [m for item in last for m in item.milestones]
