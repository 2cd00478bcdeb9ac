"""Forms: one record of labels and values for each task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_plans import plan_of

from mskg.pipeline import read_plan

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "某县2023年民生实事任务分工表\n"
RECORDS = [
    (
        "幼儿园建设工程",
        "新建公办幼儿园2所，改造公厕23座。",
        "县教育局、县住建局",
        "各乡镇",
        "12月底前完成",
    ),
    ("促进就业工程", "新增城镇就业4400人。", "县人社局", "县财政局", "10月底前"),
    ("小区改造工程", "改造老旧小区20个。", "县住建局", "各乡镇", "11月底前"),
]
LABELS = ("项目名称", "工作内容", "责任单位", "配合单位", "完成时限")


def _below(record: tuple[str, ...]) -> str:
    return "".join(f"{label}\n{value}\n" for label, value in zip(LABELS, record, strict=True))


def _under_a_name(record: tuple[str, ...]) -> str:
    name, *rest = record
    pairs = zip(LABELS[1:], rest, strict=True)
    return f"{name}\n" + "".join(f"{label}\n{value}\n" for label, value in pairs)


def _beside(record: tuple[str, ...]) -> str:
    return "".join(f"{label}\t{value}\n" for label, value in zip(LABELS, record, strict=True))


def _beside_twice(record: tuple[str, ...]) -> str:
    name, content, *rest = record
    below = [f"{label}\t{value}" for label, value in zip(LABELS[2:], rest, strict=True)]
    return (
        f"{LABELS[0]}\t{name}\t{below[0]}\n{LABELS[1]}\t{content}\t{below[1]}\n"
        f"{below[2]}\t备注\t续建\n"
    )


@pytest.mark.parametrize("form", [_below, _under_a_name, _beside, _beside_twice])
def test_every_record_is_a_task(form) -> None:  # type: ignore[no-untyped-def]
    plan = plan_of(HEAD + "".join(map(form, RECORDS)))
    assert plan.document.layout == "table-form"
    assert [task.title for task in plan.tasks] == [record[0] for record in RECORDS]
    assert [[(d.name, d.role) for d in task.departments] for task in plan.tasks] == [
        [("县教育局", "responsible"), ("县住建局", "responsible"), ("各乡镇", "related")],
        [("县人社局", "responsible"), ("县财政局", "related")],
        [("县住建局", "responsible"), ("各乡镇", "related")],
    ]
    assert [[int(i.value) for i in task.items[0].indicators] for task in plan.tasks] == [
        [2, 23], [4400], [20],
    ]  # fmt: skip


def test_a_single_record() -> None:
    labels = ("具体任务", "责任单位", "配合单位", "完成时限")
    plan = plan_of(
        HEAD + "".join(f"{a}\n{b}\n" for a, b in zip(labels, RECORDS[0][1:], strict=True))
    )
    assert [len(task.departments) for task in plan.tasks] == [3]
    assert [int(i.value) for i in plan.tasks[0].items[0].indicators] == [2, 23]


def test_labels_and_values_of_a_real_table(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{label}</td><td>{value}</td></tr>"
        for record in RECORDS
        for label, value in zip(LABELS, record, strict=True)
    )
    page = f"<html><body><h1>{HEAD}</h1><table>{rows}</table></body></html>"
    (tmp_path / "plan.html").write_text(page, encoding="utf-8")
    plan = read_plan(tmp_path / "plan.html")
    assert [task.title for task in plan.tasks] == [record[0] for record in RECORDS]


def test_a_real_table_without_header(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td>{r[1]}</td><td>{r[2]}</td><td>目前已完成{n}处。</td></tr>"
        for n, r in enumerate(RECORDS, 1)
    )
    (tmp_path / "plan.html").write_text(
        f"<html><body><h1>{HEAD}</h1><table>{rows}</table></body></html>", encoding="utf-8"
    )
    plan = read_plan(tmp_path / "plan.html")
    assert [task.departments[0].name for task in plan.tasks] == ["县教育局", "县人社局", "县住建局"]
    assert [len(task.items[0].progress) for task in plan.tasks] == [1, 1, 1]


def test_months_on_lines_of_their_own_are_no_marks() -> None:
    text = "".join(f"具体任务\n{r[1]}\n责任单位\n{r[2]}\n完成时限\n{r[4]}\n" for r in RECORDS)
    plan = plan_of(HEAD + text)
    assert len(plan.tasks) == 3


def test_a_list_of_labels_without_units_is_no_form() -> None:
    assert plan_of(HEAD + "工作内容\n新建公办幼儿园2所。\n备注\n无\n完成时限\n年底\n").tasks == ()


@pytest.mark.parametrize("frame", ["{}：{}\n", "{}： | {} |\n"])
def test_records_of_two_labels_that_open_lines(frame: str) -> None:
    text = "".join(frame.format("具体措施", r[1]) + frame.format("责任单位", r[2]) for r in RECORDS)
    plan = plan_of(HEAD + text)
    assert [[d.name for d in task.departments] for task in plan.tasks] == [
        ["县教育局", "县住建局"], ["县人社局"], ["县住建局"],
    ]  # fmt: skip
    assert [int(i.value) for task in plan.tasks for i in task.items[0].indicators] == [
        2, 23, 4400, 20,
    ]  # fmt: skip
    assert plan_of(HEAD + text[: text.index("具体措施", 8)]).tasks == ()


@pytest.mark.parametrize("sign", ["\t", " | ", "："])
@pytest.mark.parametrize("count", ["项目{}\n", "第{}项\n", ""])
def test_a_form_of_two_cells_a_line(sign: str, count: str) -> None:
    records = [
        ("项目名称", "县城第二小学建设", "农村饮水安全提升"),
        ("建设内容及规模", "新增学位2160个。", "建设供水工程16处。"),
        ("总投资", "1.35亿元", "2150万元"),
        ("进度安排", "二季度：开工；四季度：完工。", "6月底前：完成5处。"),
        ("责任单位", "县教育局", "县水利局"),
        ("责任人", "王平（局长）", "李明（局长）"),
    ]
    text = "安平县2024年为民办实事项目责任清单\n"
    for n, no in enumerate("一二", 1):
        text += count.format(no) + "".join(f"{row[0]}{sign}{row[n]}\n" for row in records) + "\n"
    plan = plan_of(text)
    assert [task.title for task in plan.tasks] == ["县城第二小学建设", "农村饮水安全提升"]
    assert [[d.name for d in task.departments] for task in plan.tasks] == [
        ["县教育局"],
        ["县水利局"],
    ]
    assert [[(x.name, x.post) for x in task.leaders] for task in plan.tasks] == [
        [("王平", "局长")],
        [("李明", "局长")],
    ]
    assert [[int(i.value) for i in task.items[0].indicators] for task in plan.tasks] == [
        [2160, 135_000_000],
        [16, 21_500_000],
    ]


def test_cards_with_two_pairs_on_a_line() -> None:
    def card(number: str, record: tuple[str, ...]) -> str:
        name, content, body, other, _ = record
        return (
            f"项目{number}\t{name}\n建设内容\t{content}\n年度投资\t600万元\t挂钩领导\t王平\n"
            f"进度安排\t一季度：完成招标；\n二季度：开工。\n牵头单位\t{body}\t配合单位\t{other}\n\n"
        )

    page = HEAD + "时间：2023-04-10\t来源：县政府办\t点击数：1206\n\n"
    plan = plan_of(page + "".join(map(card, "一二三", RECORDS)) + "项目资金由县财政局统筹。\n")
    assert [task.title for task in plan.tasks] == [record[0] for record in RECORDS]
    assert [[m.due.month for m in t.items[0].milestones if m.due] for t in plan.tasks] == [
        [3, 6]
    ] * 3
    assert [task.leaders[0].name for task in plan.tasks] == ["王平"] * 3


def test_quarters_are_labels_of_a_record() -> None:
    lines = "\n    一季度：完成招标。\n    二季度：完成15座。\n    四季度：全部完成。\n"
    text = "".join(
        f"{name}\n    建设内容：{content}\n    投资及来源：600万元，县级财政。\n"
        f"    责任单位：{body}{lines}"
        for name, content, body, *_ in RECORDS
    )
    plan = plan_of(HEAD + text)
    assert [task.title for task in plan.tasks] == [record[0] for record in RECORDS]
    stages = [
        (m.due.month, [int(i.value) for i in m.indicators])
        for m in plan.tasks[1].items[0].milestones
        if m.due
    ]
    assert stages == [(3, []), (6, [15]), (12, [])]
    assert [d.name for d in plan.tasks[1].departments] == ["县人社局"]
