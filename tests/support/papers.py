"""A paper with every kind of block, for tests of the writers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mskg.render.paper import (
    Bar,
    Bars,
    Column,
    Figure,
    Figures,
    Grid,
    Growth,
    Lane,
    Moment,
    Note,
    Notes,
    Paper,
    Section,
    Timeline,
    Value,
    Words,
)

EVIL = '=1+1 <script>alert("x")</script>&\x01'
AT = date(2023, 7, 31)
MONTHS = [date(2023, month, 28) for month in range(1, 13)]


def sample_paper(rows: int = 3, lang: str = "zh") -> Paper:
    """Return a paper whose table, bars and timeline have `rows` lines each."""
    numbers = range(1, rows + 1)
    grid = Grid(
        "各任务/明细",
        (Column("序号", 5), Column("任务", 30), Column("目标"), Column("完成率"), Column("期限"),
         Column("状态"), Column("依据", 5)),
        tuple(
            (Value(number), Value(EVIL), Value(Decimal("15000000.50"), sign="≥", unit="元"),
             Value(Decimal("0.9999"), share=True), Value(AT), Value("逾期", colour="#c53030"),
             Value(f"[{number}]", goal=f"e{number}"))
            for number in numbers
        ),
    )  # fmt: skip
    bars = Bars(
        "各任务进度",
        tuple(
            Bar(f"任务{n}" + "很长" * 20, Decimal(n) / rows if n > 1 else None, Decimal("0.5"),
                "#c53030", f"{n}/{rows}")
            for n in numbers
        ),
        "条：已完成；竖线：已到期", ("任务", "进度", ""), ("完成", "到期"),
    )  # fmt: skip
    lanes = tuple(
        Lane(f"任务{n}", (Moment(AT, "#2f855a", f"节点{EVIL}"),) * (n > 1)) for n in numbers
    )
    timeline = Timeline(
        "节点", date(2023, 1, 1), date(2023, 12, 31), AT, lanes, (("#2f855a", "完成"),), "报告日"
    )
    growth = Growth(
        "累计", ("月末", "到期", "完成"),
        tuple((day, n, n // 2 if day <= AT else None) for n, day in enumerate(MONTHS)),
    )  # fmt: skip
    notes = Notes(
        tuple(
            Note(f"e{n}", n, f"任务{n}", (f"规则 {n}", EVIL), f"原文{n}", f"第{n}行")
            for n in numbers
        )
    )
    figures = Figures((
        Figure("任务", rows, goal="all"), Figure("完成率", Decimal("0.125"), "#2f855a", share=True)
    ))  # fmt: skip
    sections = (
        Section("one", "一、概况", (figures, Words("正文" + EVIL), Words("规则", rule=True))),
        Section("all", "二、任务", (grid, Grid("空表", (Column("甲"),), (), "没有行。"))),
        Section("charts", "三、图", (bars, timeline, growth)),
        Section("notes", "四、依据", (notes,)),
        Section("vote", "五、表决", (Grid("", (Column("甲"), Column("乙")),
                                     ((Value("任务"), Value(None)),), blank=True),)),
    )  # fmt: skip
    return Paper(
        lang, "泾源县通报" + EVIL, ("截至2023年7月31日",), sections, "另有 {} 行未列出。", "通报",
        ("怎样得出", "原文", "位置"), "由 mskg 生成。",
    )  # fmt: skip
