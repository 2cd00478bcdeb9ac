"""Clauses as plans print them, and the indicators that the rules of the plan record give.

A target is written ``value unit op part-of-the-name``; ``-`` is an empty unit. Targets of a
dated stage follow the date: ``2023-06-30: 30 % eq 工程量``.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from reading_plans import item_of

# (what the rule is about, clause, expected targets of the item)
CLAUSES = [
    # counts and measure words
    ("count", "新开工棚户区改造安置房736套。", ["736 套 eq 棚户区改造安置房"]),
    ("count", "新建公办幼儿园2所。", ["2 所 eq 公办幼儿园"]),
    ("count", "建设12个社区养老服务站。", ["12 个 eq 社区养老服务站"]),
    ("count", "新增停车泊位1200个。", ["1200 个 eq 停车泊位"]),
    ("count", "改造老旧小区23个。", ["23 个 eq 老旧小区"]),
    ("count", "新建2所公办幼儿园，新增学位630个。", ["2 所 eq 公办幼儿园", "630 个 eq 学位"]),
    ("count", "更换老旧路灯560盏。", ["560 盏 eq 路灯"]),
    ("count", "购置新能源公交车30辆。", ["30 辆 eq 新能源公交车"]),
    ("count", "送戏下乡100场次。", ["100 场次 eq 送戏下乡"]),
    ("count", "新增高中学位630 个。", ["630 个 eq 学位"]),
    ("count", "完成筛查1140人。", ["1140 人 eq 筛查"]),
    ("count", "安装电梯20部。", ["20 部 eq 电梯"]),
    ("count", "新打机井15眼。", ["15 眼 eq 机井"]),
    ("count", "植树3000株。", ["3000 株 eq 植树"]),
    ("slash unit", "完成残疾人家庭无障碍改造150户（套）。", ["150 户（套） eq 无障碍改造"]),
    ("slash unit", "婚检20000人（次）。", ["20000 人（次） eq 婚检"]),
    # length, area, volume: never converted
    ("length", "新建改建农村公路150公里。", ["150 公里 eq 农村公路"]),
    ("length", "铺设供水管网23.6千米。", ["23.6 千米 eq 供水管网"]),
    ("length", "改造燃气管网1200米。", ["1200 米 eq 燃气管网"]),
    ("area", "改造面积约5500平方米。", ["5500 平方米 approx 改造面积"]),
    ("area", "新增绿地面积3.2公顷。", ["3.2 公顷 eq 绿地面积"]),
    ("area", "建设高标准农田2万亩。", ["20000 亩 eq 高标准农田"]),
    ("area", "新增集中供热面积100万平方米。", ["1000000 平方米 eq 供热面积"]),
    ("area", "总建筑面积1.2万㎡。", ["12000 ㎡ eq 建筑面积"]),
    ("volume", "日处理污水2万吨。", ["20000 吨 eq 污水"]),
    # multipliers
    ("multiplier", "开展职业技能培训1.75万人次。", ["17500 人次 eq 职业技能培训"]),
    ("multiplier", "城镇新增就业0.885万人。", ["8850 人 eq 城镇新增就业"]),
    ("multiplier", "培训技能人才3千人。", ["3000 人 eq 技能人才"]),
    ("multiplier", "发放创业担保贷款1.2亿元。", ["120000000 元 eq 创业担保贷款"]),
    ("multiplier", "惠及群众0.459666万人。", ["4596.66 人 eq 群众"]),
    ("multiplier", "受益群众1,200人。", ["1200 人 eq 群众"]),
    ("multiplier", "总投资1,234,567元。", ["1234567 元 eq 投资"]),
    ("multiplier", "发放消费券5百万元。", ["5000000 元 eq 消费券"]),
    ("multiplier", "筹集资金2千万元。", ["20000000 元 eq 资金"]),
    ("no unit", "为7.2万中小学生提供体检。", ["72000 - eq 中小学生"]),
    # money
    ("money", "总投资1500万元。", ["15000000 元 eq 总投资"]),
    ("money", "每座补助2000元。", ["2000 元 eq 补助"]),
    ("money", "投入资金16.4亿元。", ["1640000000 元 eq 资金"]),
    ("money", "筹措资金300余万元。", ["3000000 元 ge 资金"]),
    # shares
    ("share", "农村生活污水治理率达到95%。", ["95 % eq 污水治理率"]),
    ("share", "农村自来水普及率达到百分之九十五。", ["95 % eq 自来水普及率"]),
    ("share", "家庭医生签约率达到75％以上。", ["75 % ge 签约率"]),
    ("share", "签约率提高2.5个百分点。", ["2.5 个百分点 eq 签约率"]),
    ("share", "合格率保持在98.5%以上。", ["98.5 % ge 合格率"]),
    # comparators in front
    ("ge", "新增公共停车位不少于500个。", ["500 个 ge 停车位"]),
    ("ge", "空气优良天数比例不低于80%。", ["80 % ge 优良天数比例"]),
    ("ge", "至少建成3个口袋公园。", ["3 个 ge 口袋公园"]),
    ("ge", "城镇新增就业至少4400人。", ["4400 人 ge 城镇新增就业"]),
    ("gt", "城镇新增就业超过4400人。", ["4400 人 gt 城镇新增就业"]),
    ("gt", "普惠性幼儿园覆盖率高于85%。", ["85 % gt 幼儿园覆盖率"]),
    ("gt", "受益人数突破1万人。", ["10000 人 gt 受益"]),
    ("le", "城镇登记失业率控制在5.5%以内。", ["5.5 % le 失业率"]),
    ("le", "居民消费价格涨幅不高于3%。", ["3 % le 价格涨幅"]),
    ("le", "抽检不合格率不超过2%。", ["2 % le 不合格率"]),
    ("lt", "登记失业率低于4%。", ["4 % lt 失业率"]),
    ("approx", "绿化面积约3000平方米。", ["3000 平方米 approx 绿化面积"]),
    ("approx", "受益群众近2万人。", ["20000 人 approx 群众"]),
    ("approx", "受益群众大约2000人。", ["2000 人 approx 群众"]),
    # comparators behind
    ("ge", "新增就业4400人以上。", ["4400 人 ge 就业"]),
    ("ge", "培训农民1000余人。", ["1000 人 ge 农民"]),
    ("ge", "培训农民1000多人。", ["1000 人 ge 农民"]),
    ("ge", "新建充电桩300余个。", ["300 个 ge 充电桩"]),
    ("ge", "解决2万余人的饮水安全问题。", ["20000 人 ge 饮水"]),
    ("approx", "生产总值增长7.5%左右。", ["7.5 % approx 生产总值"]),
    ("approx", "建成充电桩100个左右。", ["100 个 approx 充电桩"]),
    ("le", "失业率在5%以内。", ["5 % le 失业率"]),
    ("eq", "公办村卫生室达56个。", ["56 个 eq 公办村卫生室"]),
    ("eq", "新增学位达到3000个。", ["3000 个 eq 学位"]),
    # from – to: the starting point is a baseline
    ("baseline", "年救助限额由8万元提高到16万元。", ["160000 元 eq 救助限额"]),
    ("baseline", "补助标准从每人60元提高至80元。", ["80 元 eq 补助标准"]),
    ("baseline", "办理时限由20个工作日压缩至5个工作日。", ["5 个工作日 eq 办理时限"]),
    ("baseline", "人均标准由2010年的15元提高到25元。", ["25 元 eq 人均标准"]),
    ("baseline", "床位由100张增加到150张。", ["150 张 eq 床位"]),
    ("baseline", "由家庭年人均收入2650元提高到3000元。", ["3000 元 eq 家庭年人均收入"]),
    # ranges
    ("range", "培育龙头企业1-2家。", ["1 家 ge 龙头企业"]),
    ("range", "建设2至3个示范点。", ["2 个 ge 示范点"]),
    ("range", "新建公厕5—8座。", ["5 座 ge 公厕"]),
    ("range", "新建公厕5～8座。", ["5 座 ge 公厕"]),
    # each: one target per thing
    (
        "each",
        "宫颈癌、乳腺癌筛查各3800人。",
        ["3800 人 eq 宫颈癌", "3800 人 eq 乳腺癌"],
    ),
    (
        "each",
        "新建篮球场、乒乓球、羽毛球场地各1个。",
        ["1 个 eq 篮球场", "1 个 eq 乒乓球", "1 个 eq 羽毛球"],
    ),
    (
        "each",
        "开展宫颈癌、乳腺癌筛查，各完成1300人。",
        ["1300 人 eq 宫颈癌", "1300 人 eq 乳腺癌"],
    ),
    ("each", "建设小学、初中各2所。", ["2 所 eq 小学", "2 所 eq 初中"]),
    (
        "each",
        "城镇居民可支配收入和农民人均纯收入均增长12%。",
        ["12 % eq 城镇居民可支配收入", "12 % eq 农民人均纯收入"],
    ),
    ("joint", "城乡居民人均收入增长8%。", ["8 % eq 居民人均收入"]),
    (
        "each",
        "城乡低保、五保集中供养标准分别提高15%。",
        ["15 % eq 城乡低保", "15 % eq 五保集中供养标准"],
    ),
    ("joint", "建设篮球场、足球场等5个。", ["5 个 eq 篮球场"]),
    # respectively
    (
        "respectively",
        "新建、改建公厕分别为10座、20座。",
        ["10 座 eq 新建", "20 座 eq 改建"],
    ),
    (
        "respectively",
        "养老、医疗保险参保率分别达到95%、98%。",
        ["95 % eq 养老保险参保率", "98 % eq 医疗保险参保率"],
    ),
    (
        "respectively",
        "自来水普及率和污水治理率分别由85%、40%提高到90%、50%。",
        ["90 % eq 自来水普及率", "50 % eq 污水治理率"],
    ),
    (
        "respectively",
        "将城镇、农村低保标准从每人每月600元、450元分别提高到每人每月650元、500元。",
        ["650 元 eq 城镇低保标准", "500 元 eq 农村低保标准"],
    ),
    # of which
    (
        "of which",
        "新增技能人才1.74万人，其中高技能人才0.91万人。",
        ["17400 人 eq 技能人才", "9100 人 eq 高技能人才"],
    ),
    (
        "of which",
        "改造公厕30座，其中新建10座、改建20座。",
        ["30 座 eq 公厕", "10 座 eq 新建", "20 座 eq 改建"],
    ),
    (
        "total",
        "新增示范机构3家，总量达到10家。",
        ["3 家 eq 示范机构", "10 家 eq 总量"],
    ),
    # Chinese numerals that are real counts
    ("chinese count", "更换三栋教学楼窗户。", ["3 栋 eq 教学楼窗户"]),
    ("chinese count", "新建两所幼儿园。", ["2 所 eq 幼儿园"]),
    ("chinese count", "硬化通村公路三百公里。", ["300 公里 eq 通村公路"]),
    (
        "chinese count",
        "“阳光工程”培训八千人，惠及群众两万户。",
        ["8000 人 eq 培训", "20000 户 eq 群众"],
    ),
    ("chinese count", "走进千家万户，开展百日攻坚。", []),
    ("chinese count", "建设十二个口袋公园。", ["12 个 eq 口袋公园"]),
    # time standards
    ("time", "将办理时间压缩至3个工作日。", ["3 个工作日 eq 办理时间"]),
    ("time", "救护车15分钟内到达现场。", ["15 分钟 le 救护车"]),
    ("time", "热线诉求办理时间不超过5个工作日。", ["5 个工作日 le 办理时间"]),
    # undated share of the task
    ("share of task", "完成工程量的30%。", ["30 % eq 工程量"]),
    ("share of task", "完成总工程量的50%以上。", ["50 % ge 工程量"]),
    # a number said twice keeps both, the second optional
    ("change", "财政收入增长6%。", ["6 % eq 财政收入"]),
    ("change", "能耗强度下降3.2%。", ["3.2 % eq 能耗强度"]),
    # traditional script and width
    ("traditional", "新建公辦幼兒園2所，新增學位630個。", ["2 所 eq 公辦幼兒園", "630 個 eq 學位"]),
    ("traditional", "改造老舊小區２３個。", ["23 個 eq 老舊小區"]),
    ("width", "新增停车位１２００个。", ["1200 个 eq 停车位"]),
    ("broken line", "新增停车泊\n位1200\n个。", ["1200 个 eq 停车泊位"]),
    ("spaces", "新增 停车泊位 1200 个。", ["1200 个 eq 停车泊位"]),
    # the names of two things may share words; a name is never empty and never half a bracket
    (
        "brackets",
        "新增公办幼儿园学位630个（其中城区400个，乡镇230个）。",
        ["630 个 eq 幼儿园学位", "400 个 eq 城区", "230 个 eq 乡镇"],
    ),
    (
        "brackets",
        "项目总投资1.2亿元（其中中央资金5000万元）。",
        ["120000000 元 eq 总投资", "50000000 元 eq 中央资金"],
    ),
    ("brackets", "新建（改扩建）学校12所。", ["12 所 eq 学校"]),
    ("brackets", "培训技师（高级技师）100人。", ["100 人 eq 技师（高级技师）"]),
    ("brackets", "完成适龄（35—64周岁）妇女筛查1140人。", ["1140 人 eq 妇女筛查"]),
    ("brackets", "建成托育机构（含社区）8家（新增）。", ["8 家 eq 托育机构"]),
    (
        "brackets",
        "完成老旧小区改造15个、1235户、12.6万平方米。",
        ["15 个 eq 老旧小区改造", "1235 户 eq 老旧小区改造", "126000 平方米 eq 老旧小区改造"],
    ),
    # measure words that other words begin or end with
    (
        "longest unit",
        "组织12支队伍、300余名医生下乡。",
        ["12 支 eq 队伍", "300 名 ge 医生"],
    ),
    ("longest unit", "建设10个工作站。", ["10 个 eq 工作站"]),
    ("longest unit", "组建5个工作专班。", ["5 个 eq 工作专班"]),
    ("longest unit", "服务4000小时志愿活动。", []),
    ("code", "改造G310国道12公里。", ["12 公里 eq 国道"]),
    ("code", "新建5G基站200个。", ["200 个 eq 5G基站"]),
    ("code", "购置64排CT等大型设备5台（件）。", ["5 台（件） eq 设备"]),
    ("lines", "新增监控300路，更新探头800路。", ["300 路 eq 监控", "800 路 eq 探头"]),
    ("lines", "开通5路、6路公交线路2条。", ["2 条 eq 公交线路"]),
    ("feast", "举办“三月会”等活动20场以上。", ["20 场 ge 活动"]),
    ("code", "建成120急救站点3个。", ["3 个 eq 急救站点"]),
    (
        "age",
        "为60岁以上老人购买意外险1.2万份。",
        ["12000 份 eq 意外险"],
    ),
    ("age", "为2.3万名65岁及以上老年人进行体检。", ["23000 名 eq 老年人"]),
    # days that are counted are no mere duration
    ("days", "空气优良天数达到300天以上。", ["300 天 ge 优良天数"]),
    ("days", "优良天数不少于292天。", ["292 天 ge 优良天数"]),
    # concentrations
    (
        "concentration",
        "PM2.5平均浓度控制在35微克/立方米以内。",
        ["35 微克/立方米 le PM2.5平均浓度"],
    ),
    # rates per head
    (
        "baseline",
        "将城乡低保标准由每人每月600元提高到650元。",
        ["650 元 eq 低保标准"],
    ),
    ("baseline", "孤儿生活费由1000元/月提高至1100元/月。", ["1100 元/月 eq 孤儿生活费"]),
    ("rate", "每名学生每天补助5元。", ["5 元 eq 补助"]),
    ("rate", "每村配备1名村医。", ["1 名 eq 村医"]),
    ("rate", "每个社区至少建1个养老服务站。", ["1 个 ge 养老服务站"]),
    ("rate", "每千名老人拥有养老床位35张以上。", ["35 张 ge 养老床位"]),
    # whole words stay whole
    ("whole words", "新增学位630个。", ["630 个 eq 新增学位"]),
    ("whole words", "新建公厕3座。", ["3 座 eq 新建公厕"]),
    ("whole words", "发放补贴300万元，惠及2万人。", ["3000000 元 eq 补贴", "20000 人 eq 惠及"]),
    ("whole words", "参保率稳定在95%以上。", ["95 % ge 参保率"]),
    # two ways of doing one thing are two things
    ("each", "新建、改建公厕各3座。", ["3 座 eq 新建", "3 座 eq 改建"]),
    # a verb and an 和 inside a name make no further thing
    (
        "each",
        "供水管网新建和改造、农村公路新建和改造各37.6公里。",
        ["37.6 公里 eq 供水管网新建和改造", "37.6 公里 eq 农村公路新建和改造"],
    ),
    (
        "each",
        "农村公路新建和改造、健身步道和足球场各70公里。",
        ["70 公里 eq 农村公路新建和改造", "70 公里 eq 健身步道", "70 公里 eq 足球场"],
    ),
    # past results beside new targets
    ("past", "已建成20个站点，今年再建10个。", ["10 个 eq 建"]),
    # past tense of another kind
    ("repeat", "累计建成站点50个。", ["50 个 eq 站点"]),
    ("list", "篮球场1个、足球场2个。", ["1 个 eq 篮球场", "2 个 eq 足球场"]),
    (
        "list",
        "共投放200辆公交车，更新50辆出租车。",
        ["200 辆 eq 公交车", "50 辆 eq 出租车"],
    ),
    (
        "list",
        "完成造林3万亩，森林覆盖率达到45.6%。",
        ["30000 亩 eq 造林", "45.6 % eq 森林覆盖率"],
    ),
    ("list", "改造危房321户，改厕1500座。", ["321 户 eq 危房", "1500 座 eq 改厕"]),
    (
        "range",
        "新增3个至5个示范点。",
        ["3 个 ge 示范点"],
    ),
    ("range", "新增就业10万-20万人。", ["100000 人 ge 就业"]),
    ("money", "给予每户不超过3万元的补助。", ["30000 元 le 补助"]),
    ("share", "行政村通达率100％。", ["100 % eq 通达率"]),
    ("share", "覆盖率达到90﹪以上。", ["90 % ge 覆盖率"]),
    # several in one clause
    (
        "several",
        "新建农村公路20公里、改造30公里。",
        ["20 公里 eq 农村公路", "30 公里 eq 改造"],
    ),
    (
        "several",
        "建设棚改安置房291套，建筑面积3.5万平方米，总投资1.5亿元。",
        ["291 套 eq 棚改安置房", "35000 平方米 eq 建筑面积", "150000000 元 eq 总投资"],
    ),
    (
        "several",
        "为1000名残疾人提供辅具，为200户残疾人家庭进行改造。",
        ["1000 名 eq 残疾人", "200 户 eq 残疾人家庭"],
    ),
]

# (rule of the unused number, clause, its numeral)
ASIDE = [
    ("age", "为35-64岁妇女提供免费检查。", "35-64岁"),
    ("age", "为65周岁以上老人体检。", "65周岁"),
    ("age", "为14周岁女孩接种疫苗。", "14周岁"),
    # open fault 49: the 6 is read apart from 12月龄
    ("age", "为6-12月龄婴儿补充营养。", "6-12月龄"),
    ("ordinal", "完成第3小学改造。", "3"),
    ("ordinal", "迁建第5人民医院。", "5"),
    ("ordinal", "建设服务站6个；2.新增床位90张。", "2"),
    ("ordinal", "内容：2、改造食堂18个。", "2"),
    ("name|code", "实施“1+6”康养工程。", "1"),
    ("name", "按照“四好”和“15分钟”要求推进。", "15分钟"),
    ("name", "打造15分钟生活圈。", "15分钟"),
    ("name", "24小时应诊村卫生室达标。", "24小时"),
    ("name", "建设24小时自助图书馆。", "24小时"),
    ("name", "开展21三体综合征筛查。", "21"),
    ("document-number", "按照平湛办〔2023〕6号要求落实。", "2023"),
    ("number", "改造人民路12号院。", "12"),
    ("code", "完成G107改线。", "107"),
    ("code", "推广5G应用。", "5"),
    ("code", "完成K23+500处边坡治理。", "23"),
    ("date", "推进2023年度老旧小区改造。", "2023"),
    ("duration", "实施3年行动计划。", "3年"),
    ("duration", "质保期2年。", "2年"),
    ("denominator", "按每5户1人的标准配备。", "5户"),
    ("past", "去年已完成改造300户。", "300户"),
    ("past", "截至目前已建成12个站点。", "12个"),
    ("grade|code", "创建3A级景区。", "3"),
    ("grade", "新增5星级酒店。", "5"),
    ("time", "工作日8:30开放。", "8"),
    ("name", "推进12345热线整合。", "12345"),
    ("name", "整合110、120平台。", "110"),
    ("past", "2022年6月底前已完成10户。", "10户"),
    ("baseline", "救助限额由8万元提高到16万元。", "8万元"),
    ("date", "2023年6月底前完工。", "2023年"),
    ("duration", "工作日延时1小时。", "1小时"),
]

# clauses that hold no target at all
NOTHING = [
    "实现应查尽查、应筛尽筛。",
    "实现标准化村卫生室全覆盖。",
    "推进“四好农村路”建设。",
    "实施“十百千”工程。",
    "开展“两癌”筛查。",
    "确保6月底实现“双过半”。",
    "推进“互联网+政务服务”。",
    "加强三个方面的工作。",
    "创建三星级以上饭店。",
    "做好一老一小服务。",
    "全年持续推进。",
    "解决一批急难愁盼问题。",
]


def _targets(indicators: tuple[object, ...]) -> list[tuple[Decimal, str, str, str]]:
    return [(i.value, i.unit, i.op, i.name) for i in indicators]  # type: ignore[attr-defined]


def _wanted(line: str) -> tuple[Decimal, str, str, str]:
    value, unit, op, name = line.split(" ")
    return Decimal(value), "" if unit == "-" else unit, op, name


@pytest.mark.parametrize(
    ("clause", "wanted"), [(c, w) for _, c, w in CLAUSES], ids=[f"{r}:{c}" for r, c, _ in CLAUSES]
)
def test_targets(clause: str, wanted: list[str]) -> None:
    found = _targets(item_of(clause)[0].indicators)
    expected = [_wanted(line) for line in wanted]
    assert [f[:3] for f in found] == [e[:3] for e in expected], found
    wrong = [(f[3], e[3]) for f, e in zip(found, expected, strict=True) if e[3] not in f[3]]
    assert wrong == []


@pytest.mark.parametrize(
    ("rule", "clause", "numeral"), ASIDE, ids=[f"{r}:{c}" for r, c, _ in ASIDE]
)
def test_numbers_set_aside(rule: str, clause: str, numeral: str) -> None:
    item, unused = item_of(clause)
    rules = [u.rule for u in unused if u.text.startswith(numeral)]
    assert len(rules) == 1, (unused, item.indicators)
    assert rules[0] in rule.split("|")
    assert all(numeral not in (i.span.quote if i.span else "") for i in item.indicators)


@pytest.mark.parametrize("clause", NOTHING)
def test_no_target(clause: str) -> None:
    item, _ = item_of(clause)
    assert _targets(item.indicators) == []
    assert [i for m in item.milestones for i in m.indicators] == []


def test_a_starting_point_is_kept_as_baseline() -> None:
    item, unused = item_of("年救助限额由8万元提高到16万元，床位由100张增加到150张。")
    assert [(i.value, i.baseline) for i in item.indicators] == [(160000, 80000), (150, 100)]
    assert [u.rule for u in unused] == ["baseline", "baseline"]


def test_a_range_keeps_its_upper_end_and_is_optional() -> None:
    (indicator,) = item_of("培育龙头企业1-2家。")[0].indicators
    assert (indicator.value, indicator.upper, indicator.optional) == (1, 2, True)


def test_parts_point_at_the_whole() -> None:
    whole, new, old = item_of("改造公厕30座，其中新建10座、改建20座。")[0].indicators
    assert (new.part_of, old.part_of, whole.part_of) == (whole.id, whole.id, "")


def test_what_is_said_twice_is_required_once() -> None:
    text = "新增城镇就业4400人。全年力争完成城镇就业任务，新增城镇就业4400人。"
    found = item_of(text)[0].indicators
    assert [(i.value, i.optional) for i in found] == [(4400, False), (4400, True)]


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("新增城镇就业4400人。", "count"),
        ("污水治理率达到95%。", "share"),
        ("财政收入增长6%。", "change"),
        ("能耗强度下降3.2%。", "change"),
        ("总投资1500万元。", "funding"),
        ("筹措资金300万元。", "funding"),
        ("低保标准达到每月650元。", "money"),
        ("办理时间压缩至3个工作日。", "time standard"),
    ],
)
def test_kind(clause: str, kind: str) -> None:
    assert [i.kind for i in item_of(clause)[0].indicators] == [kind]


@pytest.mark.parametrize(
    ("clause", "basis"), [("完成工程量的30%。", True), ("污水治理率达到95%。", False)]
)
def test_basis(clause: str, basis: bool) -> None:
    (indicator,) = item_of(clause)[0].indicators
    assert (indicator.basis != "absolute") is basis


def test_the_title_names_what_a_bare_quantity_counts() -> None:
    (indicator,) = item_of("新开工291套。", title="棚户区改造工程")[0].indicators
    assert "棚户区改造" in indicator.name


def test_ids_are_positions_among_all_numerals() -> None:
    text = "为35-64岁妇女筛查1140人，宫颈癌、乳腺癌检查各3800人。"
    ids = [i.id for i in item_of(text)[0].indicators]
    assert ids == ["1-1-2", "1-1-3a", "1-1-3b"]


@pytest.mark.parametrize("clause", [c for _, c, _ in CLAUSES])
def test_quotes_digits_and_names_are_printed_there(clause: str) -> None:
    for indicator in item_of(clause)[0].indicators:
        assert indicator.span is not None
        assert clause[indicator.span.begin : indicator.span.end] == indicator.span.quote
        assert indicator.digits
        assert indicator.digits in indicator.span.quote.replace("\n", "")
        assert indicator.name
        assert indicator.name.count("（") == indicator.name.count("）")
        assert set("".join(indicator.name.split())) <= set(clause)
