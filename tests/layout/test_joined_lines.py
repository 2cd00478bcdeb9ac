"""A plan whose lines a page broke at its width reads like the plan itself."""

from __future__ import annotations

import pytest
from reading_plans import plan_of

from mskg.layout.joined_lines import with_lines_joined

TASKS = (
    (
        "老旧小区改造",
        "改造老旧小区14个，涉及楼栋96栋、居民3400户，加装电梯20部",
        "县住房城乡建设局",
    ),
    ("公园绿地建设", "新建口袋公园6个，新增城市绿地面积12万平方米，修建绿道18公里", "县城市管理局"),
    ("社区养老服务", "新建社区养老服务站9个，为620户困难老年人家庭实施适老化改造", "县民政局"),
    ("中小学校舍改造", "改造校舍8栋，新增公办学位2100个，8月底前全部交付学校使用", "县教育局"),
    ("农村公路改造", "改造农村公路46公里，改造危桥7座，实施村道安防工程65公里", "县交通运输局"),
)
FORMS = {
    "brackets": "{n}.{0}。{1}。（责任单位：{2}、县财政局、县自然资源和规划局）\n",
    "label lines": "{han}、{0}\n{1}。\n牵头单位：{2}\n配合单位：县自然资源和规划局、各乡镇政府\n",
    "prose": "（{han}）{0}。{1}。由{2}牵头，县财政局、县自然资源和规划局配合。\n",
    "sentences": "{han}是{0}。{1}。（责任单位：{2}、县财政局、各乡镇人民政府）",
    "dash": "{n}、{1}。\n——{2}、县财政局、县自然资源和规划局、各乡镇人民政府\n",
}
HEAD = (
    "某县人民政府办公室关于印发2023年民生实事实施方案的通知\n\n各乡镇人民政府、县直各单位：\n"
    "为贯彻落实县委、县政府决策部署，着力解决群众最关心最直接最现实的利益问题，结合我县实际，制定本方案。\n"
)


def _broken(text: str, width: int) -> str:
    """Break lines at `width`, but not inside numbers nor before signs that open no line."""
    lines: list[str] = []
    for line in text.split("\n"):
        rest = line
        while len(rest) > width:
            at = width
            while rest[at] in "，。；：、）%" or (rest[at - 1].isascii() and rest[at].isascii()):
                at -= 1
            lines.append(rest[:at])
            rest = rest[at:]
        lines.append(rest)
    return "\n".join(lines)


def _facts(text: str) -> list[object]:
    return [
        (
            task.no,
            [(unit.name, unit.role) for unit in task.departments],
            [(x.value, x.unit) for item in task.items for x in item.indicators],
            [str(m.due) for item in task.items for m in item.milestones],
        )
        for task in plan_of(text).tasks
    ]


@pytest.mark.parametrize("width", [22, 26, 30, 34, 38])
@pytest.mark.parametrize("form", FORMS)
def test_broken_lines(form: str, width: int) -> None:
    text = HEAD + "".join(
        FORMS[form].format(*task, n=n, han="一二三四五"[n - 1]) for n, task in enumerate(TASKS, 1)
    )
    whole = _facts(text)
    assert len(whole) == len(TASKS)
    assert _facts(_broken(text, width)) == whole


def test_a_mark_broken_over_lines() -> None:
    form = FORMS["sentences"]
    text = HEAD + "".join(
        form.format(*task, n=0, han=han) for han, task in zip("一二三四五", TASKS, strict=True)
    )
    whole = _facts(text)
    assert len(whole) == len(TASKS)
    for between in ("\n", " ", "\n\n\n"):  # a page that ends there leaves empty lines
        broken = text.replace("二是", f"二{between}是").replace("四是", f"四{between}是")
        assert _facts(broken) == whole


def test_a_text_of_paragraphs_stays() -> None:
    text = "".join(f"{n}.改造小区{n}个。\n" * n for n in range(1, 9))
    assert with_lines_joined(text) is text
