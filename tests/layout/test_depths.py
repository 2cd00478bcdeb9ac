"""Lists whose entries lie at several depths, under several headings, or have damaged marks."""

from __future__ import annotations

from reading_plans import plan_of

HEAD = "某县2023年《政府工作报告》重点任务分工方案\n"


def _read(text: str, head: str = HEAD) -> list[tuple[int | None, str, list[str]]]:
    return [
        (task.no, task.title or "", [d.name for d in task.departments])
        for task in plan_of(head + text).tasks
    ]


def _found(text: str, head: str = HEAD) -> list[tuple[int | None, str]]:
    return [(number, title) for number, title, _ in _read(text, head)]


def test_duties_at_different_depths_are_one_list() -> None:
    text = (
        "一、主要目标\n(一)生产总值增长8%。(县发改局负责)\n(二)公共收入增长9%。(县财政局主办)\n"
        "(三)固定投资增长10%。(县统计局负责)\n"
        "二、推进产业\n(一)推进项目建设。\n1.建设产业项目60个。(县工信局主办，县科技局协办)\n"
        "2.引进企业20家。(县商务局主办)\n三、保障措施\n(一)加强组织领导。各部门要高度重视。\n"
        "(二)加强督促检查。定期通报。\n"
    )
    assert _read(text) == [
        (1, "生产总值增长8%", ["县发改局"]),
        (2, "公共收入增长9%", ["县财政局"]),
        (3, "固定投资增长10%", ["县统计局"]),
        (1, "建设产业项目60个", ["县工信局", "县科技局"]),
        (2, "引进企业20家", ["县商务局"]),
    ]


def test_numbers_that_run_on_below_a_deeper_heading() -> None:
    text = "一、主要目标\n" + "".join(
        f"{n}.任务{'甲乙丙'[n - 1]}增长{n}%。(牵头单位：县发改局)\n" for n in (1, 2, 3)
    )
    text += "二、主要工作\n(一)做强引擎\n加强设施建设\n4.新建公园5个。(牵头单位：县住建局)\n"
    assert [number for number, _ in _found(text)] == [1, 2, 3, 4]


def test_a_group_without_figures_whose_numbers_run_on() -> None:
    text = (
        "一、生态方面\n1、完成3处矿坑修复。\n2、完成9个村改水。\n"
        "二、治安方面\n3、在重要节点，广泛开展普法宣传。\n4、实行法律顾问坐班制度。\n"
        "三、文体方面\n5、建设阅读吧1处。\n6、开展演出106场。\n"
    )
    head = "某镇2021年民生实事\n"
    assert [number for number, _ in _found(text, head)] == [1, 2, 3, 4, 5, 6]


def test_a_number_that_lost_its_sign() -> None:
    text = "1、新建公园5个。\n" + "".join(f"{n}、改造公厕{n}座。\n" for n in range(2, 11))
    text += "11开展老年人免费体检。\n12、建设食堂1处。\n"
    found = _found(text, "某镇2021年民生实事\n")
    assert found[10:] == [(11, "开展老年人免费体检"), (12, "建设食堂1处")]


def test_numbers_alone_on_a_line_and_counted_headings() -> None:
    text = (
        "三大工程\n\n1\n\n实施道路改造工程，方便群众出行；\n\n2\n\n实施河道整治工程，打造景观带；\n\n"
        "3\n\n实施搬迁工程，安置3036户；\n\n"
        "三件民生实事\n\n1\n\n新建小学2所；\n\n2\n\n新建医院综合楼1栋；\n\n3\n\n改造公厕20座。\n"
    )
    plan = plan_of("某区2018年十大工程和民生实事\n" + text)
    assert [(task.no, task.group) for task in plan.tasks] == [
        (1, "三大工程"), (2, "三大工程"), (3, "三大工程"),
        (1, "三件民生实事"), (2, "三件民生实事"), (3, "三件民生实事"),
    ]  # fmt: skip


def test_numbers_of_pages_are_no_marks() -> None:
    entries = [f"{'一二三四五六'[n]}、新建公园{n + 2}个。责任单位：县住建局\n" for n in range(6)]
    pages = entries[0] + "1\n" + "".join(entries[1:3]) + "2\n" + "".join(entries[3:5]) + "3\n"
    found = _read(pages + entries[5], "某县2023年民生实事\n")
    assert [number for number, *_ in found] == [1, 2, 3, 4, 5, 6]
    assert {name for *_, names in found for name in names} == {"县住建局"}


def test_numbers_that_run_on_at_several_depths_whatever_the_headings() -> None:
    text = (
        "一、目标分解\n1、生产总值增长6%。\n(市发改委、统计局)\n2、减少排放4%。\n(市环保局)\n"
        "二、任务分解\n(一)改善民生\n3、新增就业10万人。\n(市人社局,各市(县)、区政府)\n"
        "(二)加强治理\n4、推行网上办事。\n(市政务办)\n5、完善信访制度。\n(市信访局)\n"
    )
    assert _read(text) == [
        (1, "生产总值增长6%", ["市发改委", "统计局"]),
        (2, "减少排放4%", ["市环保局"]),
        (3, "新增就业10万人", ["市人社局", "各市(县)、区政府"]),
        (4, "推行网上办事", ["市政务办"]),
        (5, "完善信访制度", ["市信访局"]),
    ]


def test_headings_that_name_their_units_are_tasks_with_parts() -> None:
    text = (
        "一、解决住房困难。(责任单位:市住建局,各县区政府)\n1.新建保障房200套。(责任单位:市住建局)\n"
        "2.发放补贴300户。(责任单位:市财政局)\n二、解决6万人饮水安全。(责任单位:市水务局)\n"
    )
    assert _found(text, "某市2019年十件实事\n") == [(1, "解决住房困难"), (2, "解决6万人饮水安全")]


def test_brackets_of_another_kind_in_a_list_of_units() -> None:
    text = "".join(
        f"{n}.生产总值增长{n}%。(市发展改革委,各县〔市、区〕政府)\n" for n in range(1, 4)
    )
    assert {tuple(names) for *_, names in _read(text)} == {("市发展改革委", "各县〔市、区〕政府")}


def test_a_label_that_lost_its_bracket() -> None:
    text = "(一)适龄女生疫苗接种牵头责任部门:县卫健委\n接种1800剂次。\n"
    text += "(二)教室照明改造牵头责任部门:县教育局\n改造教室60间。\n(三)道路照明责任单位:县住建局\n"
    assert [(title, names) for _, title, names in _read(text, "某县2022年为民办实事\n")] == [
        ("适龄女生疫苗接种", ["县卫健委"]),
        ("教室照明改造", ["县教育局"]),
        ("道路照明", ["县住建局"]),
    ]


def test_a_title_below_a_page_head_with_blank_lines() -> None:
    lines = ["文档库", "下载", "镇政办发15号", "镇政办发〔2011〕15号", "关于2011年工作报告"]
    head = "\n\n\n".join([*lines, "任务分解的通知", ""])
    text = "".join(f"{n}.经济增长1{n}%。(区发改局)\n" for n in range(1, 4))
    assert [number for number, _ in _found(text, head)] == [1, 2, 3]


def test_headings_without_numbers_over_lists_that_begin_again() -> None:
    names = ["缓解停车难问题", "加大扶贫保障力度", "综合整治水环境", "优化教育资源配置"]
    names += ["提升污水处理能力", "推进绿色家园建设"]
    text = "".join(
        f"{name}\n\n1.新建项目{n + 2}处。\n\n2.改造设施{n + 3}处。\n\n\n"
        for n, name in enumerate(names)
    )
    plan = plan_of("某市2019十件民生实事交卷\n\n2019-12-25\n\n" + text)
    assert [task.title for task in plan.tasks] == names
    assert {len(task.items) for task in plan.tasks} == {2}
    assert plan.program.declared_count == 10


def test_the_sentence_behind_a_unit_is_no_unit() -> None:
    text = "".join(
        f"{n}.农村{name}工程,牵头部门:市{name}局。建设进度较慢的县区为甲县。\n"
        for n, name in enumerate(("交通", "教育", "民政"), 1)
    )
    found = _read(text, "某市2017年民生工程\n")
    assert [names for *_, names in found] == [["市交通局"], ["市教育局"], ["市民政局"]]


def test_the_name_of_a_site_above_the_title() -> None:
    head = "豆豆简历馆\n\n2021年市政府工作报告重点工作责任分解\n"
    text = "".join(f"{n}.新建公园{n}个。(市住建局)\n" for n in range(1, 4))
    assert [number for number, _ in _found(text, head)] == [1, 2, 3]


def test_an_attachment_ends_the_list_above_it() -> None:
    text = (
        "一、明确责任。各单位主要负责人负总责。\n二、保障资金。县财政局足额安排资金300万元。\n"
        "三、强化考核。县政府督查室按季调度。\n附件\n2023年民生实事考核指标\n"
        + "".join(
            f"第{han}项　{name}\n考核指标：改造{n}0处。\n牵头单位：县住建局\n"
            for n, (han, name) in enumerate(zip("一二三四", NAMES, strict=True), 1)
        )
    )
    assert _read(text) == [(n, name, ["县住建局"]) for n, name in enumerate(NAMES, 1)]


NAMES = ("公厕建设", "道路改造", "危房改造", "路灯安装")


def test_what_closes_the_document_is_no_part_of_the_last_entry() -> None:
    text = (
        "一、城镇建设\n（1）改造小区8个；（县住建局）\n（2）新增车位300个。（县城管局）\n"
        "二、农村建设\n（1）建设公路60公里；（县交通局）\n（2）改造户厕900座。（县农业农村局）\n"
        "三、文化惠民\n（1）送戏120场；（县文旅局）\n（2）新建步道6公里。（县体育局）\n"
        "\n各责任单位要按季度报送进展情况，确保各项实事年底前全面完成。\n"
    )
    plan = plan_of("某县2023年民生实事\n" + text)
    last = plan.tasks[-1].items[-1]
    assert [int(i.value) for i in last.indicators] == [6]
    assert not last.milestones
    assert [str(entry.due) for entry in plan.program.deadlines if entry.due] == ["2023-12-31"]


def test_a_blank_line_ends_the_last_entry_where_no_other_has_one() -> None:
    lines = "\n  一季度：完成招标。\n  四季度：全部完成。\n"
    text = "".join(
        f"{n}.{name}\n  建设内容：改造{n}0处。{lines}" for n, name in enumerate(NAMES, 1)
    )
    text = text.removesuffix("  四季度：全部完成。\n")
    plan = plan_of(f"某县2023年民生实事\n{text}\n县政府督查室每季度进行督查。\n")
    assert [task.title for task in plan.tasks] == list(NAMES)
    assert [d.name for d in plan.program.departments] == ["县政府督查室"]
    assert not plan.tasks[-1].departments


def _marked(mark: str) -> str:
    lines = "公厕建设。新建公厕12座。", "道路改造。改造道路8公里。", "危房改造。改造危房60户。"
    return "".join(mark.format(n) + line + "\n" for n, line in enumerate(lines, 1))


def test_marks_of_other_kinds() -> None:
    wanted = [(1, "公厕建设"), (2, "道路改造"), (3, "危房改造")]
    for mark in ("【{}】", "事项{}：", "实事{}："):
        assert _found(_marked(mark), "某县2023年民生实事\n") == wanted


def test_bold_lines_are_names() -> None:
    text = (
        "👶 **上好学更近啦**\n改扩建幼儿园2所，新增学位540个。\n责任部门：县教育局\n\n"
        "🏥 **看病不用跑远**\n新建卫生站3个。\n责任部门：县卫健局\n\n"
        "🚗 **停车不再难**\n新增车位900个。\n责任部门：县城管局\n\n县政府办公室负责统筹督办。\n"
    )
    assert _read(text, "2023年某县民生实事来了\n") == [
        (1, "上好学更近啦", ["县教育局"]),
        (2, "看病不用跑远", ["县卫健局"]),
        (3, "停车不再难", ["县城管局"]),
    ]


def test_the_chapter_that_holds_as_many_entries_as_are_declared_is_the_list() -> None:
    tasks = ("农村危房改造", "农村饮水安全", "学前教育", "乡镇卫生院建设")
    text = "全省确定的4件为民办实事事项，总体进展顺利。\n一、各事项进展情况\n" + "".join(
        f"（{mark}）{name}\n年度目标：完成{name}{number}处。\n1—6月进展：已完成{number // 2}处。\n"
        f"责任单位：省住房城乡建设厅\n下一步计划：9月底前全部开工。\n"
        for mark, name, number in zip("一二三四", tasks, (320, 41, 30, 96), strict=True)
    )
    text += (
        "二、存在的主要问题\n一是部分市县重视不够，开工率不足七成；二是资金支付慢，有4个市县支付率低于30%。\n"
        "三、下一步工作要求\n各责任单位要倒排工期，省政府督查室要会同有关部门每季度开展一次督查。\n"
    )
    plan = plan_of("某省2017年为民办实事事项上半年完成情况的通报\n" + text)
    assert [task.title for task in plan.tasks] == list(tasks)
    assert [[int(i.value) for i in t.items[0].indicators] for t in plan.tasks] == [
        [320], [41], [30], [96],
    ]  # fmt: skip
    assert all(task.items[0].progress for task in plan.tasks)


def test_the_marks_of_a_note_below_the_list_open_no_tasks() -> None:
    text = (
        "1、改造农村公路36公里。主办单位：县交通局；协办单位：县财政局\n"
        "2、新建幼儿园2所。主办单位：县教育局；协办单位：县发改局\n"
        "3、改造公厕8座。主办单位：县城管局；协办单位：县财政局\n"
        "4、建设农贸市场2个。主办单位：县商务局；协办单位：县城管局\n\n"
        "　　注：1、省定项目以正式下达的为准；2、资金由县财政局于4月底前拨付到位。\n"
    )
    plan = plan_of("某县2014年为民办实事项目责任分解\n" + text)
    assert [task.no for task in plan.tasks] == [1, 2, 3, 4]
    assert not [m for item in plan.tasks[-1].items for m in item.milestones]


def test_a_paragraph_behind_the_units_of_the_last_row_is_no_cell() -> None:
    rows = (
        ("校舍改造", "改造校舍6栋", "县教育局", "县财政局"),
        ("道路提升", "改造道路9条", "县住建局", "县城管局"),
        ("食品安全", "检测食品1200批次", "县市场监管局", "县农业局"),
    )
    cells = "".join(f"{n}\n" + "\n".join(row) + "\n" for n, row in enumerate(rows, 1))
    behind = (
        "各级各部门要逐项制定实施方案。各牵头单位每月底前将进展情况报县政府督查室，年底综合考核。\n"
    )
    plan = plan_of(
        "某县2018年民生实事任务分解表\n序号\n项目名称\n建设内容\n牵头单位\n责任单位\n"
        + cells
        + behind
    )
    last = plan.tasks[-1]
    assert [d.name for item in last.items for d in item.departments] == ["县市场监管局", "县农业局"]
    assert not [m for item in last.items for m in item.milestones]
