"""Who is in charge, in the forms that plans use most, behind entries of a list."""

from __future__ import annotations

import pytest
from reading_plans import plan_of

HEAD = "临泉县人民政府关于印发2023年民生实事的通知\n\n2023年，全县办好以下4件民生实事。\n\n"
TASKS = (
    ("改造老旧小区", "改造老旧小区12个，惠及居民3400户", "县住建局"),
    ("养老服务", "新建社区养老服务站8个", "县民政局"),
    ("农村公路", "改造农村公路46公里", "县交通运输局"),
    ("校舍改造", "改造校舍9栋", "县教育局"),
)
# The form, and the roles of the first unit and of the others.
FORMS: dict[str, tuple[str, ...]] = {
    "（{d}牵头，县财政局、各乡镇配合）": ("lead", "related"),
    "（牵头单位：{d}；配合单位：县财政局、各乡镇）": ("lead", "related"),
    "牵头单位：{d}，配合单位：县财政局、各乡镇。": ("lead", "related"),
    "\n牵头单位：{d}\n配合单位：县财政局、各乡镇": ("lead", "related"),
    "由{d}牵头，县财政局、各乡镇配合。": ("lead", "related"),
    "由{d}负责牵头实施，县财政局、各乡镇协助。": ("lead", "related"),
    "该项工作由{d}牵头负责，县财政局、各乡镇按职责分工配合。": ("lead", "related"),
    "[{d}牵头,县财政局、各乡镇配合]": ("lead", "related"),
    "【责任单位：{d}、县财政局、各乡镇】": ("responsible", "responsible"),
    "（责任单位：{d} 县财政局 各乡镇）": ("responsible", "responsible"),
    "（责任单位:{d},县财政局,各乡镇）": ("responsible", "responsible"),
    "（{d}、县财政局、各乡镇负责）": ("responsible", "responsible"),
    "（{d}、县财政局、各乡镇按职责分工负责）": ("responsible", "responsible"),
    "（{d}，县财政局，各乡镇）": ("responsible", "responsible"),
    "\n责任单位：{d}\n协办单位：县财政局、各乡镇": ("responsible", "related"),
    "\n主办：{d}　协办：县财政局、各乡镇": ("lead", "related"),
    "\n主办单位：{d}\t协办单位：县财政局、各乡镇": ("lead", "related"),
    "\n实施主体：{d}；配合单位：县财政局、各乡镇": ("responsible", "related"),
    "\n责任部门：{d}（牵头）、县财政局、各乡镇": ("lead", "related"),
    "\n责任单位：{d}（牵头单位）、县财政局、各乡镇": ("lead", "related"),
    "\n牵头部门：{d}。\n协同部门：县财政局、各乡镇。": ("lead", "related"),
    "——{d}牵头，县财政局、各乡镇配合": ("lead", "related"),
    "\n牵头单位及责任人：{d}　张伟\n配合单位：县财政局、各乡镇": ("lead", "related"),
    "\n（责任单位：{d}\n配合单位：县财政局、各乡镇）": ("responsible", "related"),
    "{d}牵头，县财政局、各乡镇配合。": ("lead", "related"),
    "牵头单位为{d}，配合单位为县财政局、各乡镇。": ("lead", "related"),
    "责任单位为{d}、县财政局、各乡镇。": ("responsible", "responsible"),
    "请{d}牵头，会同县财政局、各乡镇抓好落实。": ("lead", "related"),
    "{d}会同县财政局、各乡镇实施。": ("responsible", "related"),
    "{d}要会同县财政局、各乡镇抓好落实。": ("responsible", "related"),
    "（牵头领导：张伟；牵头单位：{d}；责任单位：县财政局、各乡镇）": ("lead", "responsible"),
    "\n★责任单位：{d}、县财政局、各乡镇": ("responsible", "responsible"),
    "\n◎牵头单位：{d}\n◎配合单位：县财政局、各乡镇": ("lead", "related"),
    "\n- 牵头单位：{d}\n- 配合单位：县财政局、各乡镇": ("lead", "related"),
    "\n> 牵头单位：{d}；配合单位：县财政局、各乡镇": ("lead", "related"),
    "\n**牵头单位**：{d}；**配合单位**：县财政局、各乡镇": ("lead", "related"),
    "（牵头：{d}，配合：县财政局、各乡镇）": ("lead", "related"),
    "（{d}牵头）": ("lead",),
    "（{d}）": ("responsible",),
    "\n{d}": ("responsible",),
    "\n（牵头单位：{d}，责任单位：县财政局、各乡镇，完成时限：2023年12月）": (
        "lead",
        "responsible",
    ),
    "\n完成时限：2023年12月底；责任单位：{d}、县财政局、各乡镇": ("responsible", "responsible"),
    "\n时间节点：12月底前完成　责任单位：{d}、县财政局、各乡镇": ("responsible", "responsible"),
}


@pytest.mark.parametrize("mark", ["{n}. ", "{han}、"])
@pytest.mark.parametrize(("form", "roles"), FORMS.items(), ids=[repr(f) for f in FORMS])
def test_forms(form: str, roles: tuple[str, ...], mark: str) -> None:
    entries = (
        mark.format(n=n, han="一二三四"[n - 1]) + f"{name}。{what}。{form.format(d=unit)}"
        for n, (name, what, unit) in enumerate(TASKS, 1)
    )
    plan = plan_of(HEAD + "\n\n".join(entries) + "\n\n临泉县人民政府\n2023年2月3日\n")
    found = [[(d.name, d.role) for d in task.departments] for task in plan.tasks]
    others = [(name, roles[-1]) for name in ("县财政局", "各乡镇")] if len(roles) > 1 else []
    assert found == [[(unit, roles[0]), *others] for _, _, unit in TASKS]
