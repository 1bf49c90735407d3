"""A made-up document with one of every kind of fact, for the tests of ontology and mapping."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from pskg.graph.mapping import to_quads
from pskg.model import (
    Amount,
    Basis,
    Body,
    Citation,
    Comparator,
    Coordination,
    Deadline,
    DeclaredCount,
    Document,
    DomainEntry,
    EffectStatus,
    Finding,
    FundingShare,
    Indicator,
    IndicatorKind,
    Item,
    Passage,
    Reading,
    Relation,
    Responsibility,
    Role,
    SectionEntry,
    Severity,
    Span,
    Stretch,
    StretchKind,
    Task,
    TaskKind,
)
from pskg.vocabulary import Vocabulary, load

CONCEPT = "https://w3id.org/pskg/concept/"
FUNCTIONS = f"{CONCEPT}functions/"
KINDS = f"{CONCEPT}body-kinds/"

TEXT = """陇南市人民政府办公室关于示例工作的意见
陇政办发〔2018〕99号
规划期为2016-2020年。为贯彻落实《示例规划》(示发〔2017〕1号),参照《示例法》制定。
二、重点任务
(一)示例教育
本领域服务项目共2项。
1
免费示例
示例学生
每生每年800元,受教育率达到955%。
中央和示例街道按8∶2比例分担。
市财政局
1.均衡示例资源。2016年巩固率为93%,到2020年,巩固率达到95%以上。(市教育局、省教育厅负责,各县区政府配合)
三、保障措施
(一)加强示例领导。成立示例领导小组,由市政府任组长,市教育局为成员,办公室设在市发展改革委。
"""

#: Vocabularies as small as the sample needs, so that these tests do not hang on the real ones.
VOCABULARIES = {
    "functions": """
        concept:finance a skos:Concept ; skos:notation "finance" ;
            skos:prefLabel "财政"@zh , "finance"@en ; skos:altLabel "财政局"@zh , "财政部"@zh ;
            pskg:atCentre true ; pskg:bodyKind kind:government-department .
        concept:education a skos:Concept ; skos:notation "education" ;
            skos:prefLabel "教育"@zh , "education"@en ;
            skos:altLabel "教育局"@zh , "教育厅"@zh , "教育部"@zh ;
            pskg:bodyKind kind:government-department .
        concept:office a skos:Concept ; skos:notation "office" ;
            skos:prefLabel "政府办公室"@zh , "government office"@en ;
            skos:altLabel "人民政府办公室"@zh , "办公厅"@zh .
        concept:people-government a skos:Concept ; skos:notation "people-government" ;
            skos:prefLabel "人民政府"@zh , "government"@en ; skos:altLabel "政府"@zh .
        concept:tax a skos:Concept ; skos:notation "tax" ;
            skos:prefLabel "税务"@zh , "tax"@en ; skos:altLabel "国家税务局"@zh .
        concept:party a skos:Concept ; skos:notation "party" ;
            skos:prefLabel "党委"@zh , "party"@en ; skos:altLabel "省委"@zh .
        concept:state-council a skos:Concept ; skos:notation "state-council" ;
            skos:prefLabel "国务院"@zh , "State Council"@en .
        concept:staff a skos:Concept ; skos:notation "staff" ;
            skos:prefLabel "组织"@zh , "staff"@en ;
            skos:altLabel "组织部"@zh , "中央组织部"@zh .
        concept:city-works a skos:Concept ; skos:notation "city-works" ;
            skos:prefLabel "市政"@zh , "city works"@en ; skos:altLabel "市政局"@zh .
        concept:bank a skos:Concept ; skos:notation "bank" ;
            skos:prefLabel "银行"@zh , "bank"@en ; skos:altLabel "农业银行"@zh ;
            pskg:bodyKind kind:bank .
        concept:management-committee a skos:Concept ; skos:notation "management-committee" ;
            skos:prefLabel "管委会"@zh , "management committee"@en .
        concept:market a skos:Concept ; skos:notation "market" ;
            skos:prefLabel "市场监督管理"@zh , "market regulation"@en ;
            skos:altLabel "市场监督管理局"@zh , "市场监督管理总局"@zh .
    """,
    "levels": """
        concept:county a skos:Concept ; skos:notation "county" ;
            skos:prefLabel "县级"@zh , "county"@en ; skos:altLabel "县区"@zh .
    """,
    "reorganisations": """
        concept:reform a skos:Concept ; skos:notation "reform" ;
            skos:prefLabel "示例改革"@zh , "sample reform"@en ;
            pskg:endedFunction <https://w3id.org/pskg/concept/functions/education> .
    """,
    "target-groups": """
        concept:pupils a skos:Concept ; skos:notation "pupils" ;
            skos:prefLabel "学生"@zh , "pupils"@en .
        concept:sample-pupils a skos:Concept ; skos:notation "sample-pupils" ;
            skos:prefLabel "示例学生"@zh , "sample pupils"@en ; pskg:minAge 6 ; pskg:maxAge 14 .
    """,
    "national-list-2017": """
        concept:free-sample a skos:Concept ; skos:notation "free-sample" ; pskg:order 1 ;
            skos:prefLabel "免费示例"@zh , "free sample"@en ; skos:altLabel "示例资源"@zh .
    """,
}


@cache
def sample_vocabulary() -> Vocabulary:
    """The vocabularies above, read as pskg reads its own."""
    with TemporaryDirectory() as folder:
        for name, concepts in VOCABULARIES.items():
            text = f"""
                @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
                @prefix pskg: <https://w3id.org/pskg/ns#> .
                @prefix concept: <{CONCEPT}{name}/> .
                @prefix kind: <{KINDS}> .
                <{CONCEPT}{name}> a skos:ConceptScheme .
                {concepts}"""
            (Path(folder) / f"{name}.ttl").write_text(text, encoding="utf-8")
        return load(Path(folder))


def at(words: str, nth: int = 0) -> Span:
    """Where words stand in the sample, for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def passage(words: str) -> Passage:
    return Passage(words, at(words))


def rest_from(words: str) -> Span:
    return Span(at(words).start, len(TEXT))


DOCUMENT = Document(
    title="陇南市人民政府办公室关于示例工作的意见",
    source="sample.txt",
    sha256="0123456789abcdef" * 4,
    media_type="text/plain",
    encoding="utf-8",
    length=len(TEXT),
    doc_number="陇政办发〔2018〕99号",
    index_number="620000/2018-1",
    issuer="陇南市人民政府办公室",
    region="陇南市",
    region_code="621200",
    issued_on=date(2018, 4, 24),
    published_on=date(2018, 4, 30),
    effect_status=EffectStatus.IN_FORCE,
    period_start=2016,
    period_end=2020,
    subject="示例",
    valid_from=date(2018, 5, 1),
    valid_until=date(2023, 4, 30),
    provisional=True,
    spans={
        "title": at("陇南市人民政府办公室关于示例工作的意见"),
        "doc_number": at("陇政办发〔2018〕99号"),
    },
)
DOMAIN = DomainEntry("1", "示例教育", f"{CONCEPT}domains/education", at("示例教育"))
ITEM = Item(
    no="1",
    name="免费示例",
    domain="示例教育",
    domain_concept=f"{CONCEPT}domains/education",
    span=at("免费示例"),
    target_groups=passage("示例学生"),
    standard=passage("每生每年800元,受教育率达到955%。"),
    funding=passage("中央和示例街道按8∶2比例分担。"),
    lead=passage("市财政局"),
)
TASK = Task(
    TaskKind.TASK,
    "1",
    "均衡示例资源",
    "示例教育",
    f"{CONCEPT}domains/education",
    "重点任务",
    at("均衡示例资源"),
    Span(at("1.均衡").start, at("配合)").end),
)
OTHERS = tuple(
    Task(kind, "1", "加强示例领导", "", None, "保障措施", at("加强示例领导"), at("加强示例领导。"))
    for kind in (TaskKind.MEASURE, TaskKind.MECHANISM, TaskKind.DIVISION, TaskKind.TARGET)
)
GROUP = Coordination("1", "示例领导小组", at("示例领导小组"), passage("市发展改革委"))
FINANCE = Body("市财政局", f"{FUNCTIONS}finance", f"{KINDS}government-department")
EDUCATION = Body("市教育局", f"{FUNCTIONS}education")
PROVINCE = Body("省教育厅", f"{FUNCTIONS}education")
GOVERNMENT = Body("市政府", f"{FUNCTIONS}people-government")
COUNTIES = Body("各县区政府", f"{FUNCTIONS}people-government", None, collective=True)

READING = Reading(
    document=DOCUMENT,
    sections=(
        SectionEntry(
            "二", "重点任务", 1, ("重点任务",), at("二、重点任务"),
            Span(at("二、重点").start, at("三、保障").start),
        ),
        SectionEntry(
            "一", "示例教育", 2, ("重点任务", "示例教育"), at("(一)示例教育"),
            Span(at("(一)示例").start, at("三、保障").start),
        ),
        SectionEntry("三", "保障措施", 1, ("保障措施",), at("三、保障措施"), rest_from("三、保障")),
    ),
    domains=(DOMAIN,),
    items=(ITEM,),
    tasks=(TASK, *OTHERS),
    responsibilities=(
        Responsibility(ITEM.subject, FINANCE, Role.LEAD, 1, at("市财政局")),
        Responsibility(TASK.subject, EDUCATION, Role.RESPONSIBLE, 1, at("市教育局"), "2020年底前"),
        Responsibility(TASK.subject, PROVINCE, Role.RESPONSIBLE, 2, at("省教育厅")),
        Responsibility(TASK.subject, COUNTIES, Role.COOPERATING, 3, at("各县区政府")),
        Responsibility(GROUP.subject, GOVERNMENT, Role.LEAD, 1, at("市政府")),
        Responsibility(GROUP.subject, EDUCATION, Role.MEMBER, 2, at("市教育局", 1)),
    ),
    funding=(
        FundingShare(
            ITEM.subject, 1, "所需资金", "中央财政", f"{CONCEPT}payers/central", "0.8",
            Basis.RATIO, at("中央和示例街道按8∶2比例分担"),
        ),
        FundingShare(
            ITEM.subject, 1, "所需资金", "示例街道", None, "0.2",
            Basis.RATIO, at("中央和示例街道按8∶2比例分担"),
        ),
    ),
    indicators=(
        Indicator(
            "受教育率", "955", "%", None, Comparator.EQUAL, IndicatorKind.TARGET, False,
            "示例教育", f"{CONCEPT}domains/education", at("受教育率达到955%"), ITEM.subject,
        ),
        Indicator(
            "巩固率", "93", "%", 2016, Comparator.EQUAL, IndicatorKind.BASELINE, False,
            "示例教育", None, at("2016年巩固率为93%"), TASK.subject,
        ),
        Indicator(
            "巩固率", "95", "%", 2020, Comparator.AT_LEAST, IndicatorKind.TARGET, False,
            "示例教育", None, at("到2020年,巩固率达到95%以上"), TASK.subject,
        ),
    ),
    amounts=(Amount(ITEM.subject, "800", "元/生/年", "学生", at("每生每年800元")),),
    deadlines=(Deadline(TASK.subject, "到2020年", at("到2020年")),),
    coordination=(GROUP,),
    citations=(
        Citation(
            "示例规划", "示发〔2017〕1号", Relation.IMPLEMENTS, at("《示例规划》(示发〔2017〕1号)")
        ),
        Citation("示例法", None, Relation.CITES, at("《示例法》")),
    ),
    counts=(DeclaredCount("item", 2, 1, "示例教育", at("共2项")),),
    findings=(
        Finding("count-mismatch", Severity.MEDIUM, "声明 2 项，读到 1 项。", at("共2项")),
        Finding("lost-decimal-point", Severity.HIGH, "百分比超过 100。", at("955"), "95.5"),
    ),
    coverage=(
        Stretch(StretchKind.FACT, Span(0, 100)),
        Stretch(StretchKind.NOT_UNDERSTOOD, Span(100, len(TEXT))),
    ),
)  # fmt: skip


def sample_quads(reading: Reading = READING, text: str = TEXT) -> Iterator[ox.Quad]:
    """The quads of the sample, or of another reading."""
    return to_quads(reading, text, sample_vocabulary(), version="0.1.0")
