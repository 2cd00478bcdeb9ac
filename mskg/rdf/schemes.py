"""Concept schemes (SKOS) and the graph of regions, each made from its table and nothing else.

``ontology/schemes`` holds one file a scheme and ``ontology/regions.ttl`` the regions; both are
written by ``mskg ontology build``, and a test compares them with the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.lexicon.tables import read_table
from mskg.ns import DATA
from mskg.rdf import details
from mskg.rdf import vocabulary as v
from mskg.rdf.concepts import TABLES, Label
from mskg.rdf.terms import Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "SCHEMES",
    "Scheme",
    "reference_triples",
    "scheme_iri",
    "scheme_triples",
]


class Scheme(NamedTuple):
    """A concept scheme: its file under ``ontology/schemes``, name, and what it holds."""

    file: str
    label: Label
    description: Label
    concepts: Callable[[str], Iterator[Triple]]
    in_stores: bool = True


SCHEMES: Final = {
    "role": Scheme(
        "roles",
        Label("责任角色", "roles of departments"),
        Label("部门以什么角色参加任务。", "In which role a department takes part in a task."),
        details.plain,
    ),
    "function": Scheme(
        "functions",
        Label("部门职能", "functions of departments"),
        Label(
            "各地共用的部门职能；同一职能在各地的机构名称不同，旧名称带停用时间。",
            "Functions shared by all places; the bodies that serve one have different names, and"
            " former names have dates.",
        ),
        details.functions,
    ),
    "department-name": Scheme(
        "department-names",
        Label("机构名称词干", "stems of names of departments"),
        Label(
            "机构名称的词干（地名与“局、委、办”之间的部分），写法、职能和有效时间。",
            "Stems of names, between the place and the suffix: written forms, functions, dates.",
        ),
        details.department_names,
        in_stores=False,
    ),
    "area": Scheme(
        "areas",
        Label("政策领域", "policy areas"),
        Label(
            "任务的政策领域，对应“七有”等基本公共服务和可持续发展目标。",
            "Policy areas of tasks, mapped to the basic public services and to the goals of the"
            " 2030 agenda.",
        ),
        details.areas,
    ),
    "service": Scheme(
        "basic-services",
        Label("基本公共服务", "basic public services"),
        Label(
            "“幼有所育”等七个方面，加优军服务保障和文体服务保障。",
            "The seven fields from care for the young to support for the weak, and two more.",
        ),
        details.plain,
    ),
    "sdg": Scheme(
        "sdg",
        Label("可持续发展目标", "sustainable development goals"),
        Label(
            "联合国 2030 年议程的 17 个目标和政策领域用到的具体目标，附联合国的标识。",
            "The 17 goals of the 2030 agenda and the targets that policy areas name, with the"
            " identifiers of the United Nations.",
        ),
        details.goals,
        in_stores=False,
    ),
    "thing": Scheme(
        "things",
        Label("计量对象", "counted things"),
        Label(
            "计划反复承诺的东西；同一计量对象的目标值可以比较。",
            "What plans promise again and again; targets for one thing may be compared.",
        ),
        details.things,
    ),
    "thing-family": Scheme(
        "thing-families",
        Label("计量对象的类", "families of counted things"),
        Label(
            "看起来相近、但未必可比的一组计量对象。",
            "Groups of counted things that look alike but can't always be compared.",
        ),
        details.plain,
    ),
    "stage": Scheme(
        "work-stages",
        Label("工作阶段", "stages of the work"),
        Label("计量对象数的是哪一阶段的工作。", "Which stage of the work a thing counts."),
        details.plain,
    ),
    "counting": Scheme(
        "counting",
        Label("计数单位", "counting units"),
        Label(
            "一个计量对象是什么：人、人次、户、件……",
            "What one of a counted thing is: a person, a person-time, a household, a case.",
        ),
        details.plain,
    ),
    "comparability": Scheme(
        "comparability",
        Label("可比性规则", "rules of comparability"),
        Label(
            "同一类里哪两个计量对象的目标值不可比，以及原因。",
            "Which two things of one family can't be compared, and why.",
        ),
        details.comparability,
    ),
    "measure-word": Scheme(
        "measure-words",
        Label("量词和计量单位", "measure words and units"),
        Label(
            "数字后面的量词或单位；有标准单位的对应 QUDT 和 UCUM。",
            "Words after a number, with the unit of QUDT and UCUM where one exists.",
        ),
        details.measure_words,
        in_stores=False,
    ),
    "target-group": Scheme(
        "target-groups",
        Label("服务对象", "target groups"),
        Label("任务惠及的人群。", "The people that a task is for."),
        details.target_groups,
    ),
    "origin": Scheme(
        "origins",
        Label("任务来源", "sources of tasks"),
        Label("任务由谁确定。", "Who set a task."),
        details.origins,
    ),
    "status": Scheme(
        "statuses",
        Label("任务状态", "statuses of tasks"),
        Label(
            "报告的状态，和由目标值、实际值、日期计算的状态；状态不存储。",
            "Statuses that are reported, and those computed from targets, actual values and a"
            " date; none is stored.",
        ),
        details.statuses,
    ),
    "region-type": Scheme(
        "region-types",
        Label("行政区类型", "types of regions"),
        Label("省、地、县三级行政区的类型。", "Types of divisions at the three levels."),
        details.plain,
        in_stores=False,
    ),
    "issue": Scheme(
        "issue-kinds",
        Label("疑点类型", "kinds of issues"),
        Label("读取时发现疑点的规则。", "The rules that find issues while a document is read."),
        details.plain,
    ),
}
"""The concept schemes by the name that stands in the IRIs of their concepts."""

_LICENCE: Final = "https://www.apache.org/licenses/LICENSE-2.0"


def scheme_iri(scheme: str) -> str:
    """Return the IRI of a scheme, such as ``…/concept/role``."""
    return f"{DATA}concept/{scheme}"


def reference_triples() -> Iterator[Triple]:
    """Yield the concept schemes that a store holds for queries."""
    for name, scheme in SCHEMES.items():
        if scheme.in_stores:
            yield from scheme_triples(name)


def scheme_triples(name: str) -> Iterator[Triple]:
    """Yield the scheme `name` with its concepts; a key of `SCHEMES`.

    Concepts without a broader one in the scheme are its top concepts.
    """
    scheme, iri = SCHEMES[name], scheme_iri(name)
    yield iri, v.TYPE, v.CONCEPT_SCHEME
    yield from details.labelled(iri, v.PREF_LABEL, *scheme.label)
    yield from details.labelled(iri, v.DEFINITION, *scheme.description)
    yield iri, v.CREATOR, Literal("The mskg project")
    yield iri, v.LICENCE, _LICENCE
    for source in sorted({row["source"] for row in read_table(TABLES.get(name, "things"))}):
        yield iri, v.SOURCE, Literal(source)
    triples = list(scheme.concepts(name))
    yield from triples
    inside = {s for s, p, o in triples if p == v.TYPE and o == v.CONCEPT}
    below = {s for s, p, o in triples if p == v.BROADER and o in inside}
    for concept in sorted(inside):
        yield concept, v.IN_SCHEME, iri
        if concept not in below:
            yield iri, v.HAS_TOP_CONCEPT, concept
            yield concept, v.TOP_CONCEPT_OF, iri
