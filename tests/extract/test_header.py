"""Heads of documents: number, title, issuer, date and type, as GB/T 9704 and web pages print them."""

# ruff: noqa: E501 - the tables of Chinese text read better with a row on a line

from __future__ import annotations

import pytest
from reading_plans import plan_of

BODY = "\n1.新建公办幼儿园2所。（责任单位：县教育局）\n2.改造老旧小区23个。（责任单位：县住建局）\n"
NOTICE = "某县人民政府办公室关于印发《某县2023年民生实事实施方案》的通知"

# head, foot, title, number, issuer, issued, type
HEADS = [
    # order of the standard: letterhead, number, title, addressees, signature, date, plan
    (
        f"某县人民政府办公室文件\n某政办发〔2023〕4号\n{NOTICE}\n各乡镇人民政府：\n现印发给你们。\n"
        "某县人民政府办公室\n2023年1月31日\n某县2023年民生实事实施方案",
        "", NOTICE, "某政办发〔2023〕4号", "某县人民政府办公室", "2023-01-31", "notice",
    ),
    # title first
    (f"{NOTICE}\n某政办发〔2023〕4号\n各乡镇：", "", NOTICE, "某政办发〔2023〕4号",
     "某县人民政府办公室", None, "notice"),
    # title broken over lines
    ("某县人民政府办公室\n关于印发《某县2023年民生实事\n实施方案》的通知\n某政办发〔2023〕4号", "",
     NOTICE, "某政办发〔2023〕4号", "某县人民政府办公室", None, "notice"),
    # Markdown
    (f"# {NOTICE}\n\n**某政办发〔2023〕4号**", "", NOTICE, "某政办发〔2023〕4号",
     "某县人民政府办公室", None, "notice"),
    # no notice, only the plan
    ("某县2023年民生实事项目清单", "", "某县2023年民生实事项目清单", None, None, None, "plan"),
    ("2023年全县十大民生实事实施方案", "", "2023年全县十大民生实事实施方案", None, None, None, "plan"),
    ("某县2023年民生实事任务分解表", "", "某县2023年民生实事任务分解表", None, None, None, "plan"),
    ("某县2023年民生实事项目责任一览表", "", "某县2023年民生实事项目责任一览表", None, None, None, "plan"),
    ("某市2023年为民办实事项目（征求意见稿）", "", "某市2023年为民办实事项目（征求意见稿）", None, None,
     None, "draft"),
    ("某县2023年民生实事实施方案（草案）", "", "某县2023年民生实事实施方案（草案）", None, None, None,
     "draft"),
    # headlines of news
    ("某区2024年十件民生实事敲定", "", "某区2024年十件民生实事敲定", None, None, None, "plan"),
    ("十件民生实事看得见摸得着\n2015年01月22日  来源：某报", "", "十件民生实事看得见摸得着", None, None,
     None, "plan"),
    ("某县为民办实事项目确定了！\n记者昨日获悉，某县确定了民生实事。", "", "某县为民办实事项目确定了！", None,
     None, None, "plan"),
    ("首页>民生实事\n某报记者获悉，今年要办民生实事。", "", None, None, None, None, "plan"),
    # signature behind the list
    (NOTICE, "某县人民政府办公室\n2023年2月1日", NOTICE, None, "某县人民政府办公室", "2023-02-01", "notice"),
    (NOTICE, "某县人民政府办公室\n二〇二三年二月一日", NOTICE, None, "某县人民政府办公室", "2023-02-01",
     "notice"),
    (NOTICE, "（某县人民政府办公室）\n（2023年2月1日）", NOTICE, None, None, "2023-02-01", "notice"),
    # an office of a city, and the bullet of a page
    ("某市人民政府关于印发《政府工作报告》重点工作的通知\n各区人民政府：\n某市人民政府办公厅\n二○○六年四月二十八日",
     "", "某市人民政府关于印发《政府工作报告》重点工作的通知", None, "某市人民政府办公厅", "2006-04-28", "notice"),
    (f"•   {NOTICE}", "", NOTICE, None, None, None, "notice"),
    # two issuers
    (
        f"中共某县委办公室文件\n某办发〔2023〕6号\n{NOTICE}\n中共某县委办公室\n某县人民政府办公室\n2023年6月27日",
        "", NOTICE, "某办发〔2023〕6号", "中共某县委办公室 某县人民政府办公室", "2023-06-27", "notice",
    ),
    # forms of the number
    (f"某政办字〔2023〕7号\n{NOTICE}", "", NOTICE, "某政办字〔2023〕7号", None, None, "notice"),
    (f"某政发[2023]7号\n{NOTICE}", "", NOTICE, "某政发[2023]7号", None, None, "notice"),
    (f"某政办函（2023）12号\n{NOTICE}", "", NOTICE, "某政办函（2023）12号", None, None, "notice"),
    (f"某办〔2023〕第7号\n{NOTICE}", "", NOTICE, "某办〔2023〕第7号", None, None, "notice"),
    (f"某政规【2023】2号\n{NOTICE}", "", NOTICE, "某政规【2023】2号", None, None, "notice"),
    (f"某政办发〔2023〕 4 号\n{NOTICE}", "", NOTICE, "某政办发〔2023〕4号", None, None, "notice"),
    # traditional script
    (
        "某市人民政府辦公室關於印發《某市2024年民生工程實施方案》的通知\n某政辦字〔2024〕10號\n"
        "某市人民政府辦公室\n2024年2月2日",
        "", "某市人民政府辦公室關於印發《某市2024年民生工程實施方案》的通知", "某政辦字〔2024〕10號",
        "某市人民政府辦公室", "2024-02-02", "notice",
    ),
    # explainers name no number of their own
    ("《某县2023年民生实事实施方案》政策解读\n一、出台背景\n为改善民生。", "", None, None, None, None,
     "explainer"),
    ("某县2023年民生实事实施方案解读", "", "某县2023年民生实事实施方案解读", None, None, None, "explainer"),
    # other kinds of notice
    ("某县人民政府关于2023年民生实事项目及责任分解的通知\n某政〔2023〕6号", "",
     "某县人民政府关于2023年民生实事项目及责任分解的通知", "某政〔2023〕6号", "某县人民政府", None, "notice"),
    ("某县人民政府关于办好2023年八件民生实事的实施意见\n某政发〔2023〕6号", "",
     "某县人民政府关于办好2023年八件民生实事的实施意见", "某政发〔2023〕6号", "某县人民政府", None, "notice"),
    ("某县人民政府办公室关于下达2023年民生实事目标任务的通知\n某政办发〔2023〕9号", "",
     "某县人民政府办公室关于下达2023年民生实事目标任务的通知", "某政办发〔2023〕9号", "某县人民政府办公室",
     None, "notice"),
    # a document number in the text is not the document's own where the head has one
    (f"某政办发〔2023〕4号\n{NOTICE}\n根据市政〔2023〕1号文件精神，制定本方案。", "", NOTICE,
     "某政办发〔2023〕4号", None, None, "notice"),
    # the kinds of tables and reports, framed or with a file name or a cell mark behind them
    ("某县2023年民生实事项目进展情况", "", "某县2023年民生实事项目进展情况", None, None, None, "plan"),
    ("某县2023年1-9月民生实事完成情况表（截至9月30日）|", "", "某县2023年1-9月民生实事完成情况表（截至9月30日）",
     None, None, None, "plan"),
    ("某县2023年民生实事责任分解表.docx", "", "某县2023年民生实事责任分解表", None, None, None, "plan"),
    (f"《{NOTICE.replace('《', '〈').replace('》', '〉')}》\n某县人民政府办公室\n2023年3月1日?????", "",
     NOTICE.replace("《", "〈").replace("》", "〉"), None, "某县人民政府办公室", "2023-03-01", "notice"),
    (f"发文日期：2023-03-02 发布日期：2023-03-05\n{NOTICE}", "", NOTICE, None, None, "2023-03-02", "notice"),
    # nothing printed at all
    ("", "", None, None, None, None, "plan"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "foot", "title", "number", "issuer", "issued", "kind"), HEADS,
    ids=[f"{n}:{h[0][:18]!r}" for n, h in enumerate(HEADS)],
)  # fmt: skip
def test_heads(
    head: str, foot: str, title: str | None, number: str | None, issuer: str | None,
    issued: str | None, kind: str,
) -> None:  # fmt: skip
    plan = plan_of(head + BODY + foot)
    found = plan.document
    assert len(plan.tasks) == 2
    if title is not None:
        assert found.title == title
    assert (found.doc_number or None) == number
    if issuer is not None:
        assert found.issuer == issuer
    assert (found.issued.isoformat() if found.issued else None) == issued
    assert found.type == kind


def test_there_are_enough_heads() -> None:
    assert len(HEADS) >= 25


YEARS = [
    ("某县2023年民生实事清单", 2023),
    ("2024年某县民生实事清单", 2024),
    ("某县人民政府关于印发《某县2022年民生实事实施方案》的通知\n2022年3月1日", 2022),
    ("某县民生实事清单\n某县人民政府办公室\n2021年2月1日", 2021),
    # without 年 in the title, or only in the line of a web page
    ("《政府工作报告》解读2017：十件实事", 2017),
    ("发布时间：2020-07-23 15:38 来源：县人大\n今年，县政府将办好民生实事，到2025年全部见效", 2020),
    ("2021-03-01 来源：县融媒体中心\n今年办好以下实事", 2021),
    ("过去的2015年，全县20件民生实事全部办结。2016年是开局之年，再办12件实事。", 2016),
    ("关于2014年民生实事完成情况和2015年民生实事安排的报告", 2015),
    ("某县民生实事三年行动计划（2023—2025年）", 2023),
    ("某县民生实事\n2023年，全县继续实施民生工程。2022年已完成。", 2023),
]


@pytest.mark.parametrize(("head", "year"), YEARS)
def test_programme_year(head: str, year: int) -> None:
    assert plan_of(head + BODY).program.year == year


COUNTS = [
    ("决定投资8.6亿元，再办12件看得见、摸得着的惠民实事。", 12),
    ("现将12个项目的建设内容、责任单位公布如下。", 12),
    ("以省下达的33项民生工程中由我县承担的为准，本表列18项。", 18),
    ("全县共实施20项民生实事。", 20),
    ("今年集中办好十件民生实事。", 10),
    ("确定2023年民生实事共计12项。", 12),
    ("今年继续实施20项民生工程，其中省达15项。", 20),
    ("重点抓好15件大事和民生实事。", 15),
    ("实施十大民生实事。", 10),
    ("办好民生实事。", None),
    ("今年惠民工程共涉及20项。", 20),
    ("项目共涉及23个乡镇，办好民生实事。", None),
    ("将全年目标分解成70项具体工作任务。", 70),
    # of another year, or of another list
    ("抓好落实，同时谋划2024年20项民生工程。", None),
    ("十方面民生实事的责任单位另文明确。", None),
    ("2022年5大类26项民生实事全部完成。今年计划实施民生实事5大类15项。", 15),
    ("今年办好13件民生实事，其中承接省、市民生实事8件，县级民生实事5件。", 13),
    ("今年确定为民办实事10件。2022年确定的10件38项实事已全部完成。", 10),
    ("“民生微实事”项目16个，其中工程类8个、服务类5个。", 16),
    ("民生实事（共5个方面23项）", 23),
    ("2022年，28项民生工程全面完成，今年决定实施14项民生工程。", 14),
    ("去年26项民生实事全部完成。", None),
    ("确定实施民生实事12件，其中市级6件、县级及县人大票决6件。", 12),
    ("计划安排资金12.6亿元，实施民生实事15件。优先保障新增的3件实事。", 15),
    ("2022年，全镇投入1130万元办成民生实事8件。2023年，确定实施民生实事9件。", 9),
    ("根据《省政府关于2023年实施33项民生工程的通知》，今年突出抓好以下16项。", 16),
]


@pytest.mark.parametrize(("prose", "count"), COUNTS)
def test_declared_count(prose: str, count: int | None) -> None:
    plan = plan_of("某县2023年民生实事实施方案\n" + prose + BODY)
    assert plan.program.declared_count == count
    span = plan.program.declared_count_span
    assert (span is None) == (count is None)
    if span:
        assert span.quote in prose


OPENING = "某县2023年民生实事实施方案\n一、总体要求\n坚持以人民为中心。\n二、主要任务"
TAIL = "三、保障措施\n"
DUTIES = [
    # open fault 50: the headings are taken for the tasks
    ("县发改局负责总协调。", [("县发改局", "coordinator")]),
    ("县政府督查室要加强督查。", [("县政府督查室", "supervisor")]),
    ("县财政局要及时拨付资金。", [("县财政局", "finance")]),
    ("镇财政所负责资金拨付和监管。", [("镇财政所", "finance")]),
    ("街道财政办公室负责落实资金。", [("街道财政办公室", "finance")]),
    ("市财政局要将实事资金4.86亿元列入预算。", [("市财政局", "finance")]),
    ("考核工作由市政府督查室牵头。", [("市政府督查室", "supervisor")]),
    ("项目资金由县财政局统筹。", [("县财政局", "finance")]),
    ("审计局对财政投入项目实行全过程跟踪审计。", [("审计局", "audit")]),
    ("县监察局、县审计局要加强资金监管。", [("县监察局", "audit"), ("县审计局", "audit")]),
    ("县民生办负责日常工作。", [("县民生办", "coordinator")]),
    ("县审计局、县财政局加强资金监管。", [("县审计局", "audit"), ("县财政局", "audit")]),
    ("县委县政府督查局每月督查通报一次。", [("县委县政府督查局", "supervisor")]),
    ("今年安排资金2360万元，镇财政办按进度拨付。", [("镇财政办", "finance")]),
    ("计划总投资3亿元，由财政局统筹解决。", [("财政局", "finance")]),
    ("县民生办（设县财政局）负责统筹协调。", [("县民生办", "coordinator")]),
    ("县审计局对资金使用情况进行审计监督。", [("县审计局", "audit")]),
    (
        "县财政局要管好用好民生资金，县审计局要做好跟踪审计，项目资金要及时拨付到位。",
        [("县财政局", "finance"), ("县审计局", "audit")],
    ),
    ("各部门要高度重视。", []),
]


@pytest.mark.parametrize(("prose", "wanted"), DUTIES)
def test_programme_departments(prose: str, wanted: list[tuple[str, str]]) -> None:
    plan = plan_of(OPENING + BODY + TAIL + prose)
    required = [(d.name, d.role) for d in plan.program.departments if not d.optional]
    assert required == wanted


DEADLINES = [
    ("所有项目12月底前全面完成。", [("2023-12-31", "")]),
    ("6月底前实现“双过半”，12月底前全面完成目标任务。", [("2023-06-30", ""), ("2023-12-31", "")]),
    (
        "6月底前完成全年任务的50%以上，11月底前全部任务完成率不低于95%。",
        [("2023-06-30", ""), ("2023-11-30", "")],
    ),
    ("确保3月底前项目开工率达到50%。", [("2023-03-31", "")]),
    (
        "工程类项目6月底前完成年度投资的50%以上，12月20日前全面完成任务。",
        [("2023-06-30", ""), ("2023-12-20", "")],
    ),
    (
        "一季度全部开工，上半年完成50%，年底全面完成。",
        [("2023-03-31", ""), ("2023-06-30", ""), ("2023-12-31", "")],
    ),
    (
        "工程类项目11月底前完工，补助类12月20日前发放到位。",
        [("2023-11-30", ""), ("2023-12-20", "")],
    ),
    ("2023年底前，各项实事要见到成效。", [("2023-12-31", "")]),
    ("6月底前自来水普及率达到90%。", []),
    ("各单位每月25日前报送工作进展。", [("None", "monthly")]),
    ("县政府督查室每季度开展一次专项督查。", [("None", "quarterly")]),
    ("各部门要高度重视。", []),
]


@pytest.mark.parametrize(("prose", "wanted"), DEADLINES)
def test_programme_deadlines(prose: str, wanted: list[tuple[str, str]]) -> None:
    plan = plan_of(OPENING + BODY + TAIL + prose)
    found = plan.program.deadlines
    assert [(str(d.due), d.recurrence) for d in found] == wanted
    assert all(d.optional for d in found if d.recurrence)


LINKS = [
    (NOTICE, "issues", "某县2023年民生实事实施方案"),
    ("根据《某市2023年民生实事方案》，制定本方案。", "basis", "某市2023年民生实事方案"),
    ("某县关于转发《某市2023年民生实事方案》的通知", "forwards", "某市2023年民生实事方案"),
    ("《某县2023年民生实事实施方案》解读", "explains", "某县2023年民生实事实施方案"),
]


@pytest.mark.parametrize(("prose", "relation", "words"), LINKS)
def test_links(prose: str, relation: str, words: str) -> None:
    plan = plan_of(prose + BODY)
    assert (relation, words) in [(link.relation, link.text) for link in plan.document.links]


DAMAGE = [
    ("接种HPV疫苗工程。??茖W有序引导", 1),
    ("提供优质服务 and 有力保障", 1),
    ("锟斤拷", 1),
    ("文字\ufffd损坏", 1),
    ("为什么要这样做？因为需要。", 0),
    ("今年要办哪些实事?今天，会议作了决定", 0),
    ("今年要办十件实事?今天，会议作了决定", 1),
    ("推广B超和CT检查", 0),
    ("WiFi and LED", 0),
]


@pytest.mark.parametrize(("text", "count"), DAMAGE)
def test_damaged_characters_are_reported(text: str, count: int) -> None:
    plan = plan_of(f"某县2023年民生实事清单\n{text}\n" + BODY)
    found = [issue for issue in plan.issues if issue.code == "garbled"]
    assert len(found) == count
    for issue in found:
        assert issue.span is not None
        assert issue.message
        assert issue.message_en


PAGES = [
    ("  • 发文机构:\n\n    县政府\n  • 发文日期:\n\n    2024年04月06日 16:40\n", "县政府", "2024-04-06"),
    ("索引号 | A/2022-1 | 公开方式 | 主动公开 |\n发布单位 | 区府办 | 发文日期 | 2022-11-03 |\n", "区府办", "2022-11-03"),
    ("索 引 号 | H/1 | 成文日期 | 2020-12-24 |\n发布机构 | 区政府办 | 主题分类 | 政务 |\n", "区政府办", "2020-12-24"),
    ("发布机构 县信息公开办公室 公开范围 面向全社会\n发文日期：2023-02-22\n", "县信息公开办公室", "2023-02-22"),
    (
        "组配分类 工作报告  发布机构 某县人民政府办公室\n• 发布机构:\n\n某县人民政府办公室\n"
        "• 成文日期:\n\n2023-02-22\n",
        "某县人民政府办公室", "2023-02-22",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("page", "issuer", "issued"), PAGES)
def test_tables_of_web_pages_name_issuer_and_date(page: str, issuer: str, issued: str) -> None:
    document = plan_of(page + "某县2023年民生实事清单\n" + BODY).document
    assert (document.issuer, str(document.issued)) == (issuer, issued)


def test_an_assembly_that_signs_over_two_lines() -> None:
    signed = "某市第十八届人民代表大会\n第二次会议主席团\n2022年12月21日 |\n"
    body = BODY + "3.改造公厕20座。（责任单位：县城管局）\n"
    document = plan_of("某市2023年民生实事项目\n" + body + signed).document
    assert document.issuer == "某市第十八届人民代表大会第二次会议主席团"


def test_an_entry_of_a_menu_is_no_title() -> None:
    page = "民生实事项目\n进入老年模式\n2020年县政府民生实事项目(实事内容)\n"
    assert plan_of(page + BODY).document.title == "2020年县政府民生实事项目(实事内容)"


def test_a_title_that_opens_the_list_with_a_colon() -> None:
    page = (
        "某市第十八届人民代表大会依法票决，现将结果公告如下：\n某市人民政府2023年民生实事项目：\n"
    )
    assert plan_of(page + BODY).document.title == "某市人民政府2023年民生实事项目"


def test_a_letter_to_residents() -> None:
    page = "中共某县委 某县人民政府\n致全县人民的一封信\n全县父老乡亲们：\n今年再办三件实事。\n"
    foot = "中共某县委\n某县人民政府\n2016年2月1日（农历腊月二十三）\n"
    document = plan_of(page + BODY + "3.改造公厕20座。（责任单位：县城管局）\n" + foot).document
    assert document.title == "中共某县委某县人民政府致全县人民的一封信"
    assert str(document.issued) == "2016-02-01"


def test_a_notice_pasted_without_line_breaks() -> None:
    head = "某县人民政府办公室关于印发2023年民生实事方案的通知某政办发〔2023〕7号各乡镇人民政府："
    sign = "现印发给你们，请认真组织实施。某县人民政府办公室2023年2月27日2023年民生实事方案"
    why = (
        "为切实办好民生实事，"
        + "不断增强群众的获得感、幸福感、安全感，" * 8
        + "制定本方案。项目内容"
    )
    tasks = (
        "1.新建学校2所。（责任单位：县教育局）2.改造小区3个。（责任单位：县住建局）3.新建公厕4座。"
    )
    plan = plan_of(head + sign + why + tasks)
    assert [task.no for task in plan.tasks] == [1, 2, 3]
    assert plan.document.title == "某县人民政府办公室关于印发2023年民生实事方案的通知"
    assert plan.document.issuer == "某县人民政府办公室"
    assert str(plan.document.issued) == "2023-02-27"


@pytest.mark.parametrize("before", ["", "定了！", "票决揭晓！"])
@pytest.mark.parametrize("behind", ["", "，件件与你有关", "，快来看！"])
def test_a_headline_that_calls_its_readers(before: str, behind: str) -> None:
    title = f"{before}2025年某某街道十大民生实事出炉{behind}"
    assert plan_of(title + "\n来源：某报\n" + BODY).document.title == title


def test_rules_of_reporting_on_two_lines_are_two() -> None:
    prose = "每月25日前报送进度\n每月底前通报进度\n"
    plan = plan_of(OPENING + BODY + TAIL + prose)
    rules = [m.text for m in plan.program.deadlines if m.recurrence]
    assert rules == ["每月25日前报送进度", "每月底前通报进度"]
