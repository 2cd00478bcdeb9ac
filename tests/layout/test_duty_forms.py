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


def _units(form: str, mark: str) -> list[list[tuple[str, str]]]:
    """Return the units of each task where all tasks name theirs in `form`."""
    entries = (
        mark.format(n=n, han="一二三四"[n - 1]) + f"{name}。{what}。{form.format(d=unit)}"
        for n, (name, what, unit) in enumerate(TASKS, 1)
    )
    plan = plan_of(HEAD + "\n\n".join(entries) + "\n\n临泉县人民政府\n2023年2月3日\n")
    return [[(d.name, d.role) for d in task.departments] for task in plan.tasks]


@pytest.mark.parametrize("mark", ["{n}. ", "{han}、"])
@pytest.mark.parametrize(("form", "roles"), FORMS.items(), ids=[repr(f) for f in FORMS])
def test_forms(form: str, roles: tuple[str, ...], mark: str) -> None:
    others = [(name, roles[-1]) for name in ("县财政局", "各乡镇")] if len(roles) > 1 else []
    assert _units(form, mark) == [[(unit, roles[0]), *others] for _, _, unit in TASKS]


# Two units beside the first, each with a role of its own.
ROLES: dict[str, tuple[str, ...]] = {
    "{d}为牵头单位，县财政局、县审计局协助做好资金保障。": ("lead", "related", "related"),
    "本项牵头单位为{d}，县财政局、县审计局配合。": ("lead", "related", "related"),
    "本项由{d}牵头，县财政局、县审计局协助。": ("lead", "related", "related"),
    "此项由{d}牵头负责，县财政局、县审计局协同。": ("lead", "related", "related"),
    "由{d}牵头，县财政局、县审计局协同配合。": ("lead", "related", "related"),
    "由{d}牵头，县财政局和县审计局配合做好资金保障工作。": ("lead", "related", "related"),
    "由{d}和县财政局牵头，县审计局配合。": ("lead", "lead", "related"),
    "由{d}与县财政局共同牵头，县审计局配合。": ("lead", "lead", "related"),
    "由{d}、县财政局、县审计局共同实施。": ("responsible", "responsible", "responsible"),
    "由{d}具体负责实施。": ("responsible",),
    "该项由{d}主办，县财政局、县审计局协办。": ("lead", "related", "related"),
    "{d}主办，县财政局、县审计局协办。": ("lead", "related", "related"),
    "{d}牵头办理，县财政局、县审计局配合办理。": ("lead", "related", "related"),
    "（{d}主办，县财政局、县审计局协办）": ("lead", "related", "related"),
    "（{d}牵头；县财政局、县审计局配合）": ("lead", "related", "related"),
    "（{d}牵头、县财政局、县审计局配合）": ("lead", "related", "related"),
    "（{d}牵头县财政局、县审计局配合）": ("lead", "related", "related"),
    "（牵头单位{d}，配合单位县财政局、县审计局）": ("lead", "related", "related"),
    "（牵头单位：{d}、配合单位：县财政局、县审计局）": ("lead", "related", "related"),
    "（牵头单位：{d} 配合单位：县财政局、县审计局）": ("lead", "related", "related"),
    "（牵头：{d}；配合：县财政局、县审计局）": ("lead", "related", "related"),
    "\n牵头单位：{d}\u3000配合单位：县财政局、县审计局": ("lead", "related", "related"),
    "\n主办：{d}\u3000会办：县财政局、县审计局": ("lead", "related", "related"),
    "\n主办单位：{d}\u3000会办单位：县财政局、县审计局": ("lead", "related", "related"),
    "\n牵头：{d}\n参与：县财政局、县审计局": ("lead", "related", "related"),
    "\n责任单位：{d}（牵头）、县财政局、县审计局": ("lead", "related", "related"),
    "\n责任单位：{d}【牵头】、县财政局、县审计局": ("lead", "related", "related"),
    "\n责任单位：{d}[牵头]、县财政局、县审计局": ("lead", "related", "related"),
    "\n责任单位：{d}（主办）、县财政局（协办）、县审计局（协办）": ("lead", "related", "related"),
    "\n责任单位：牵头：{d}；配合：县财政局、县审计局": ("lead", "related", "related"),
    "\n责任单位：牵头单位{d}，配合单位县财政局、县审计局": ("lead", "related", "related"),
    "\n责任单位：{d}牵头，县财政局、县审计局配合": ("lead", "related", "related"),
    "\n责任单位：{d}负责实施，县财政局负责资金，县审计局负责审计": (
        "responsible",
        "responsible",
        "responsible",
    ),
    "\n责任单位：{d}；县财政局；县审计局": ("responsible", "responsible", "responsible"),
    "\n责任单位：{d},县财政局,县审计局": ("responsible", "responsible", "responsible"),
    "\n责任单位：{d} 县财政局 县审计局": ("responsible", "responsible", "responsible"),
    "\n责任单位：{d}和县财政局、县审计局": ("responsible", "responsible", "responsible"),
    "\n责任单位：{d}及县财政局、县审计局": ("responsible", "responsible", "responsible"),
    "\n责任单位：{d}（责任人：张伟）、县财政局（责任人：李娜）、县审计局（责任人：王芳）": (
        "responsible",
        "responsible",
        "responsible",
    ),
    "\n责任单位：{d}等": ("responsible",),
    "\n责任单位：{d}、县财政局、县审计局等单位": ("responsible", "responsible", "responsible"),
    "\n责任单位：{d}、县财政局、县审计局按职责分工负责": (
        "responsible",
        "responsible",
        "responsible",
    ),
    "（{d}负责，县财政局、县审计局参与）": ("responsible", "related", "related"),
    "（{d}、县财政局、县审计局分别负责）": ("responsible", "responsible", "responsible"),
    "（{d}牵头，县财政局、县审计局按职责分工负责）": ("lead", "responsible", "responsible"),
    "（{d}牵头负责，县财政局、县审计局等配合）": ("lead", "related", "related"),
    "（责任单位：{d}、县财政局、县审计局。完成时限：2023年12月）": (
        "responsible",
        "responsible",
        "responsible",
    ),
    "——责任单位：{d}、县财政局、县审计局": ("responsible", "responsible", "responsible"),
    "——（{d}、县财政局、县审计局）": ("responsible", "responsible", "responsible"),
    "\n（{d}、县财政局、县审计局）": ("responsible", "responsible", "responsible"),
    "\n【{d}、县财政局、县审计局】": ("responsible", "responsible", "responsible"),
    "\n{d}、县财政局、县审计局": ("responsible", "responsible", "responsible"),
    "\n{d}牵头，县财政局、县审计局配合": ("lead", "related", "related"),
    "\n牵头单位：{d}，县财政局、县审计局配合。": ("lead", "related", "related"),
    "{d}要牵头抓好落实，县财政局、县审计局要积极配合。": ("lead", "related", "related"),
    "{d}负责，县财政局、县审计局配合。": ("responsible", "related", "related"),
    "由{d}负责，县财政局、县审计局配合。": ("responsible", "related", "related"),
    "责任单位{d}、县财政局、县审计局。": ("responsible", "responsible", "responsible"),
    "实施单位：{d}，监管单位：县财政局、县审计局。": ("responsible", "supervisor", "supervisor"),
}


@pytest.mark.parametrize("mark", ["{n}. ", "{han}、"])
@pytest.mark.parametrize(("form", "roles"), ROLES.items(), ids=[repr(f) for f in ROLES])
def test_roles(form: str, roles: tuple[str, ...], mark: str) -> None:
    others = ("县财政局", "县审计局")
    wanted = [list(zip((unit, *others), roles, strict=False)) for _, _, unit in TASKS]
    assert _units(form, mark) == wanted


@pytest.mark.parametrize("mark", ["", "{n}.", "（{han}）"])
@pytest.mark.parametrize(
    ("verb", "role"), [("", "responsible"), ("负责", "responsible"), ("牵头", "lead")]
)
def test_units_where_others_have_a_name(verb: str, role: str, mark: str) -> None:
    text = HEAD + "".join(
        mark.format(n=n, han="一二三四"[n - 1]) + f"{unit}{verb}：{text}。\n"
        for n, (_, text, unit) in enumerate(TASKS, 1)
    )
    tasks = plan_of(text).tasks
    assert [[(x.name, x.role) for x in t.departments] for t in tasks] == [
        [(unit, role)] for *_, unit in TASKS
    ]
    assert [t.title for t in tasks] == [text.partition("，")[0] for _, text, _ in TASKS]


def test_a_name_that_ends_like_a_unit_stays() -> None:
    names = ("政务服务集成办", "乡镇综合养老服务中心", "农村公路管理处")
    text = HEAD + "".join(f"{n}.建设{x}：投入{n}0万元。\n" for n, x in enumerate(names, 1))
    tasks = plan_of(text).tasks
    assert [t.title for t in tasks] == [f"建设{name}" for name in names]
    assert [t.departments for t in tasks] == [(), (), ()]
