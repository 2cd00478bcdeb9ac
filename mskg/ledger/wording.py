"""The words of bulletins and review sheets, in Chinese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

__all__ = ["day_words", "heading", "say"]

_NUMERALS: Final = "一二三四五六七八九十"
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_WORDS: Final = {
    "title": ("{}民生实事进展通报", "Progress of livelihood projects: {}"),
    "one": ("{}{}年", "{}, {}"),
    "many": ("{}个地区{}份清单", "{} regions, {} programs"),
    "as_of": ("截至{}", "As of {}"),
    "department": ("责任部门：{}", "Department: {}"),
    "sources": ("依据文件：{}", "Documents: {}"),
    "more_sources": ("等{}份", "and others, {} in all"),
    "profile": ("状态按方案“{}”计算", "Statuses by profile “{}”"),
    "contents": ("通报", "Bulletin"),
    "foot": (
        "由 mskg 生成。状态由目标、已报数据和日期算出，不是人工评定；"
        "同一日期、同样数据得到同样的通报。",
        "Made by mskg. Statuses are computed from targets, reports and the date, not rated by"
        " people; the same date and data give the same bulletin.",
    ),
    "left": ("另有 {} 行未列出，全部见 .xlsx。", "{} more rows are not shown; the .xlsx has all."),
    "before": (
        "注意：日期早于计划年度{}，多数内容尚未到期。",
        "Note: the date is before the year of the plan ({}), so little is due yet.",
    ),
    "after": (
        "注意：日期晚于计划年度{}，计划内的期限都已过去。",
        "Note: the date is after the year of the plan ({}), so every deadline has passed.",
    ),
    "no_reports": (
        "截至这一天没有收到任何进展数据。“无数据”不等于滞后：已到期的行列在“没有数据”一节，"
        "请先用 mskg ledger export 发表、mskg ledger import 收表。",
        "No progress was reported up to this day. No data is not the same as behind: rows that"
        " are due stand under “No data”. Send out a sheet with mskg ledger export and read it"
        " back with mskg ledger import.",
    ),
    # sections
    "overview": ("总体情况", "Overview"),
    "lagging": ("逾期和慢于序时", "Overdue and behind schedule"),
    "soon": ("未来{}天到期", "Due within {} days"),
    "half": ("双过半", "Half-way mark"),
    "ranking": ("排名", "Ranking"),
    "tasks": ("各任务", "Every task"),
    "missing": ("没有数据", "No data"),
    "charts": ("进度图", "Charts"),
    "notes": ("每个数字的依据", "What every figure rests on"),
    "rules": ("说明", "How to read this"),
    # figures
    "f_tasks": ("任务", "tasks"),
    "f_rows": ("指标和节点", "indicators and milestones"),
    "f_done": ("已完成", "done"),
    "f_closed": ("已销号", "closed"),
    "f_ended": ("已终止", "ended"),
    "f_completed": ("完成率", "share done"),
    # columns
    "region": ("地区", "Region"),
    "number": ("序号", "No."),
    "task": ("任务", "Task"),
    "leader": ("责任领导", "Leader"),
    "unit": ("责任部门", "Department"),
    "what": ("指标或节点", "Indicator or milestone"),
    "target": ("目标", "Target"),
    "expected": ("应达到", "Expected"),
    "actual": ("实际", "Actual"),
    "as_of_day": ("数据日期", "Data of"),
    "due": ("期限", "Due"),
    "days": ("逾期天数", "Days over"),
    "days_left": ("剩余天数", "Days left"),
    "status": ("状态", "Status"),
    "basis": ("依据", "Basis"),
    "half_value": ("全年一半", "Half"),
    "of_year": ("占全年", "Of the year"),
    "reached": ("过半", "Reached"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "rank": ("名次", "Rank"),
    "c_tasks": ("任务", "Tasks"),
    "c_rows": ("行数", "Rows"),
    "c_done": ("完成", "Done"),
    "kept": ("未滞后率", "Not lagging"),
    "completed": ("完成率", "Done, share"),
    "worst": ("任务状态", "Status of the task"),
    "meaning": ("含义", "Meaning"),
    "colour": ("颜色", "Colour"),
    "word": ("状态", "Status"),
    "rests": ("怎样得出", "How it was found"),
    "quote": ("原文", "Source text"),
    "place": ("位置", "Place"),
    # tables
    "t_tasks": ("各任务状态", "Status of each task"),
    "t_regions": ("各地区", "Regions"),
    "t_departments": ("各责任部门", "Departments in charge"),
    "t_duties": ("各部门承担的任务", "Tasks of each department"),
    "t_rows": ("各任务的指标和节点", "Indicators and milestones of each task"),
    "t_missing": ("到期而没有数据", "Due, without data"),
    "t_bars": ("各任务进度", "Progress of each task"),
    "t_bars_regions": ("各地区进度", "Progress of each region"),
    "t_timeline": ("各任务节点", "Milestones of each task"),
    "t_growth": ("累计到期与累计完成", "Due and done, cumulative"),
    "nobody": ("（未写明责任部门）", "(no department named)"),
    "none_lagging": ("没有逾期或慢于序时的行。", "No row is overdue or behind schedule."),
    "none_soon": ("没有将要到期的行。", "Nothing falls due in this time."),
    "none_half": ("没有可比较的全年数量指标。", "No yearly count can be compared."),
    "none_missing": ("到期的行都有数据。", "Every row that is due has data."),
    "more_missing": (
        "另有 {} 行没有数据，但尚未到期。",
        "{} more rows have no data but are not due yet.",
    ),
    # rules
    "r_rows": (
        "一行是一个指标、一个阶段目标、一个没有数字的节点，或一项两者都没有的任务。",
        "A row is an indicator, a stage target, a milestone without a number, or a task that has"
        " none of them.",
    ),
    "r_task": (
        "任务的状态取各行中最差的；没有数据的行不拉低任务，只有一行都不能判断时才算“无数据”。",
        "A task has the worst status of its rows; rows without data do not make it worse, they"
        " count only where no row could be judged.",
    ),
    "r_ranking": (
        "排名规则：只计能判断的行（不计无数据、未到期、不可比、已终止）。先比未滞后率"
        "（1－（逾期＋慢于序时）÷能判断的行），再比完成率（完成÷全部行），再比逾期行数（少者在前）；"
        "都相同的并列，下一名次顺延（1、2、2、4）。没有一行能判断的不排名。"
        "几个部门共同负责的行，每个部门各计一次。"
        "带 * 的：需要数据的行有数据的不足一半，名次仅供参考。",
        "Ranking: only rows that could be judged count (not those without data, not due, not"
        " comparable or ended). First the share that does not lag (1 − (overdue + behind) ÷"
        " judged), then the share done (done ÷ all rows), then fewer overdue rows; equal ones"
        " share a rank and the next is skipped (1, 2, 2, 4). Without a judged row there is no"
        " rank. A row with several departments in charge counts for each. *: fewer than half of"
        " the rows that need data have it, so the rank says little.",
    ),
    "r_half": (
        "本节把全年目标的一半（有基数的，基数加增量的一半）与已报数比较，只列数量类累计指标。"
        "这是推算，不是计划写明的目标，不改变上面的状态；季节性工作不宜这样比较。",
        "Half of the yearly target (with a baseline: the baseline plus half of the change) beside"
        " what was reported, for cumulative counts. This is derived, not promised, and changes no"
        " status; seasonal work should not be compared so.",
    ),
    "r_assumed": (
        "应达到值带 * 的：计划没有写阶段目标，按假设推算，依据一节写明假设。",
        "Expected values with * rest on an assumption, because the plan states no stage; the"
        " basis says which.",
    ),
    "r_warn": (
        "期限有两种读法的（如“10月前”），按较早的一天提醒，按较晚的一天算逾期。",
        "Where a deadline has two readings (10月前), it is announced for the earlier day and"
        " overdue after the later one.",
    ),
    "r_bars": (
        "条的长度：已完成的行占全部行；竖线：截至这一天到期的行占全部行。",
        "Bar: share of rows done; line: share of rows due by the date.",
    ),
    "bar": ("完成 {}/{}，到期 {}，{}", "{}/{} done, {} due, {}"),
    "g_day": ("月末", "End of month"),
    "g_due": ("累计到期", "due so far"),
    "g_done": ("累计完成", "done so far"),
    "b_share": ("完成", "Done"),
    "b_due": ("到期", "Due"),
    "progress": ("进度", "Progress"),
    "at_word": ("报告日 {}", "report {}"),
    # notes
    "n_rule": ("规则 {}：{}", "Rule {}: {}"),
    "n_actual": ("已报：{}（{}）", "Reported: {} ({})"),
    "n_leader": ("责任领导：{}", "Leader: {}"),
    "n_by": ("报告人：{}", "reported by {}"),
    "n_from_text": ("读自文件的进展说明", "read from the document"),
    "n_none": ("没有数据", "No data"),
    "n_note": ("说明：{}", "Note: {}"),
    "n_evidence": ("佐证：{}", "Evidence: {}"),
    "n_adjusted": ("目标值由 {} 调整为 {}", "Target adjusted from {} to {}"),
    "n_due": ("期限：{}（{}）", "Due: {} ({})"),
    "event_started": ("启动", "started"),
    "event_closed": ("销号", "closed"),
    "event_reopened": ("重启", "reopened"),
    "event_adjusted": ("调整", "adjusted"),
    "scope_own": ("自身期限", "its own"),
    "scope_item": ("沿用分项期限", "of its item"),
    "scope_task": ("沿用任务期限", "of its task"),
    "scope_program": ("沿用清单总期限", "of the whole program"),
    # people's congress
    "title_mid-year": ("{}民生实事年中评议表", "Mid-year review of livelihood projects: {}"),
    "title_year-end": (
        "{}民生实事满意度测评情况",
        "Satisfaction with livelihood projects: {}",
    ),
    "no_origin": (
        "文件没有写明哪些任务由人大代表票决，以下列出全部任务。",
        "The documents do not say which tasks the people's congress voted for; all are listed.",
    ),
    "ballot": ("表决日期：{}", "Ballot of {}"),
    "no_ballot": (
        "还没有录入表决结果，票数一栏留空供填写。",
        "No votes were entered yet; their cells are left to be filled in.",
    ),
    "promised": ("年度目标", "Promised"),
    "reported": ("已报完成", "Reported"),
    "satisfied": ("满意", "Satisfied"),
    "fairly": ("基本满意", "Fairly"),
    "dissatisfied": ("不满意", "Not"),
    "rate": ("满意率", "Rate"),
    "problems": ("存在问题", "Problems"),
    "opinion": ("评议意见", "Opinion"),
    "and_more": ("另有{}项", "and {} more"),
    "r_rate": (
        "满意率＝（满意＋基本满意）÷全部票数；名次按满意率，相同的按满意票占比，都相同的并列。",
        "Rate: (satisfied + fairly satisfied) ÷ all votes. Ranked by the rate, then by the share"
        " of satisfied votes; equal ones share a rank.",
    ),
    # calendar
    "whole_program": ("整份清单", "The whole program"),
    "every_monthly": ("每月", "every month"),
    "every_quarterly": ("每季度", "every quarter"),
    "every_half-yearly": ("每半年", "every half-year"),
    "every_yearly": ("每年", "every year"),
    "every_weekly": ("每周", "every week"),
    "every_ten-daily": ("每旬", "every ten days"),
    "every_daily": ("每天", "every day"),
    "assumed_day": (
        "文中没有写明日子的，按每月（季、年）最后一天、每周五。",
        "Where the text names no day: the last one of the month (quarter, year), or Friday.",
    ),
    "calendar": ("{}民生实事期限", "Deadlines of livelihood projects: {}"),
}


def say(key: str, lang: str, *values: object) -> str:
    """Return the words `key` in `lang` (``zh`` or ``en``) with `values` in their places."""
    text = _WORDS[key][lang == "en"]
    return text.format(*values) if values else text


def heading(number: int, text: str, lang: str) -> str:
    """Return a numbered heading: 三、排名, ``3. Ranking``; `number` is at most 10."""
    return f"{_NUMERALS[number - 1]}、{text}" if lang == "zh" else f"{number}. {text}"


def day_words(day: date, lang: str) -> str:
    """Return a day as people write it: 2023年6月30日, ``30 June 2023``."""
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
