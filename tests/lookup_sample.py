"""Three made-up documents of three regions, for the tests of lookups, comparison and network.

The graph keeps their texts, as a build does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pyoxigraph as ox

from pskg.graph.mapping import document_iri_of, to_quads
from pskg.graph.store import MemoryGraph
from pskg.model import (
    Amount,
    Basis,
    Body,
    Citation,
    Comparator,
    Coordination,
    Document,
    DomainEntry,
    FundingShare,
    Indicator,
    IndicatorKind,
    Item,
    Passage,
    Reading,
    Relation,
    Responsibility,
    Role,
    Span,
    Subject,
    Task,
    TaskKind,
)
from pskg.vocabulary import load

FIRST = """陇南市示例服务清单
陇示发〔2019〕1号
根据《示例条例》(示发〔2017〕1号)制定,参照《示例法》。
一、示例教育
1 免费示例教育(站) 示例学生 每生每年800元。 中央和地方财政按8∶2比例分担。 市教育局、市财政局
2 城镇示例保险 职工 按工资缴费。 试点县所需资金由中央财政承担,其他由街道负责。 市教育局
3 示例学生\x0b营养改善 学生 每生每天4元。 市财政局
到2020年,示例巩固率达到95%以上。
二、重点任务
1.均衡示例资源。(市教育局牵头,省教育厅配合,各县区政府负责)
成立示例领导小组,市教育局为成员。
"""
SECOND = """台山市示例服务清单
台示〔2020〕2号
1 免费示例教育（站） 示例学生 每生每年900元。 中央与地方财政按8:2比例分担。 教育局、财政局
2 城乡示例保险 职工 按工资缴费。 地方财政负责。 市卫健局
3 示例送戏 居民 每年1场。 地方财政负责。 市文广局
"""
THIRD = """福建省示例计划
本领域服务项目共2项,具体包括:免费示例教育(站)、示例送戏。
1.均衡示例资源。(省教育厅负责)
"""

CONCEPT = "https://w3id.org/pskg/concept/"
CENTRAL = f"{CONCEPT}payers/central-government"
LOCAL = f"{CONCEPT}payers/local-government"


class Sample:
    """A text and the facts in it, told by their words."""

    def __init__(self, text: str, title: str, number: str | None, region: str, code: str) -> None:
        self.text = text
        self.document = Document(
            title=title,
            source=f"{code}.txt",
            sha256=code.rjust(64, "0"),
            media_type="text/plain",
            encoding="utf-8",
            length=len(text),
            doc_number=number,
            region=region,
            region_code=code,
            spans={"title": self.at(title)},
        )

    def at(self, words: str, after: str = "") -> Span:
        """Where words stand, the first time, or the first time after other words."""
        start = self.text.index(words, self.text.index(after) if after else 0)
        return Span(start, start + len(words))

    def item(self, no: str, name: str, *cells: str) -> Item:
        passages = [Passage("".join(cell.split()), self.at(cell, name)) for cell in cells]
        return Item(no, "".join(name.split()), "示例教育", None, self.at(name), *passages)

    def parts(self, subject: Subject, role: Role, *names: str, after: str) -> list[Responsibility]:
        return [
            Responsibility(subject, make_body(name), role, order, self.at(name, after))
            for order, name in enumerate(names, 1)
        ]


def make_body(name: str) -> Body:
    """A body as the extractor makes it: function and kind by the end of its name."""
    concept = load()["functions"].find_ending(name)
    collective = name.startswith("各")
    if concept is None or collective:
        return Body(name, collective=collective)
    return Body(name, concept.iri, next(iter(concept.properties.get("bodyKind", ())), None))


def share(
    subject: Subject, split: int, payer: str, part: str | None, span: Span, condition: str = ""
) -> FundingShare:
    concept = {"中央财政": CENTRAL, "地方财政": LOCAL}.get(payer)
    basis = Basis.RATIO if part else Basis.QUALITATIVE
    return FundingShare(subject, split, condition, payer, concept, part, basis, span)


def first() -> tuple[Reading, str]:
    sample = Sample(FIRST, "陇南市示例服务清单", "陇示发〔2019〕1号", "陇南市", "621200")
    ratio = "中央和地方财政按8∶2比例分担。"
    education = sample.item(
        "1", "免费示例教育(站)", "示例学生", "每生每年800元。", ratio, "市教育局、市财政局"
    )
    insurance = sample.item(
        "2",
        "城镇示例保险",
        "职工",
        "按工资缴费。",
        "试点县所需资金由中央财政承担,其他由街道负责。",
        "市教育局",
    )
    meals = sample.item("3", "示例学生\x0b营养改善", "学生", "每生每天4元。")
    domain = DomainEntry("1", "示例教育", f"{CONCEPT}domains/education", sample.at("示例教育"))
    title, passage = sample.at("均衡示例资源"), sample.at("均衡示例资源").to(sample.at("负责)"))
    task = Task(TaskKind.TASK, "1", "均衡示例资源", "", None, "重点任务", title, passage)
    group = Coordination("1", "示例领导小组", sample.at("示例领导小组"))
    fund = sample.at(ratio)
    rate = sample.at("示例巩固率达到95%以上")
    reading = Reading(
        sample.document,
        domains=(domain,),
        items=(education, insurance, meals),
        tasks=(task,),
        coordination=(group,),
        responsibilities=(
            *sample.parts(education.subject, Role.LEAD, "市教育局", "市财政局", after=ratio),
            *sample.parts(insurance.subject, Role.LEAD, "市教育局", after="街道负责"),
            *sample.parts(meals.subject, Role.RESPONSIBLE, "市财政局", after="4元"),
            *sample.parts(task.subject, Role.LEAD, "市教育局", after="均衡"),
            *sample.parts(task.subject, Role.COOPERATING, "省教育厅", after="均衡"),
            *sample.parts(task.subject, Role.RESPONSIBLE, "各县区政府", after="均衡"),
            *sample.parts(group.subject, Role.MEMBER, "市教育局", after="成立"),
        ),
        funding=(
            share(education.subject, 1, "中央财政", "0.8", fund),
            share(education.subject, 1, "地方财政", "0.2", fund),
            share(
                insurance.subject,
                1,
                "中央财政",
                None,
                sample.at("试点县所需资金由中央财政承担"),
                "试点县所需资金",
            ),
            share(insurance.subject, 2, "街道", None, sample.at("其他由街道负责")),
        ),
        indicators=(
            Indicator(
                "示例巩固率",
                "95",
                "%",
                2020,
                Comparator.AT_LEAST,
                IndicatorKind.TARGET,
                False,
                "",
                None,
                rate,
            ),
        ),
        amounts=(
            Amount(education.subject, "800", "元/生/年", "示例学生", sample.at("每生每年800元")),
        ),
        citations=(
            Citation("示例条例", "示发〔2017〕1号", Relation.IMPLEMENTS, sample.at("《示例条例》")),
            Citation("示例法", None, Relation.CITES, sample.at("《示例法》")),
        ),
    )
    return reading, FIRST


def second() -> tuple[Reading, str]:
    sample = Sample(SECOND, "台山市示例服务清单", "台示〔2020〕2号", "台山市", "440781")
    ratio = "中央与地方财政按8:2比例分担。"
    alone = "地方财政负责。"
    education = sample.item(
        "1", "免费示例教育（站）", "示例学生", "每生每年900元。", ratio, "教育局、财政局"
    )
    insurance = sample.item("2", "城乡示例保险", "职工", "按工资缴费。", alone, "市卫健局")
    plays = sample.item("3", "示例送戏", "居民", "每年1场。", alone, "市文广局")
    reading = Reading(
        sample.document,
        items=(education, insurance, plays),
        responsibilities=(
            *sample.parts(education.subject, Role.LEAD, "教育局", "财政局", after=ratio),
            *sample.parts(insurance.subject, Role.LEAD, "市卫健局", after="城乡"),
            *sample.parts(plays.subject, Role.LEAD, "市文广局", after="送戏"),
        ),
        funding=(
            share(education.subject, 1, "中央财政", "0.8", sample.at(ratio)),
            share(education.subject, 1, "地方财政", "0.2", sample.at(ratio)),
            share(insurance.subject, 1, "地方财政", None, sample.at(alone, "城乡")),
            share(plays.subject, 1, "地方财政", None, sample.at(alone, "送戏")),
        ),
    )
    return reading, SECOND


def third() -> tuple[Reading, str]:
    sample = Sample(THIRD, "福建省示例计划", None, "福建省", "350000")
    title, passage = sample.at("均衡示例资源"), sample.at("均衡示例资源").to(sample.at("负责)"))
    task = Task(TaskKind.TASK, "1", "均衡示例资源", "", None, "", title, passage)
    reading = Reading(
        sample.document,
        items=(sample.item("1", "免费示例教育(站)"), sample.item("2", "示例送戏")),
        tasks=(task,),
        responsibilities=tuple(
            sample.parts(task.subject, Role.RESPONSIBLE, "省教育厅", after="均衡")
        ),
    )
    return reading, THIRD


class TextGraph(MemoryGraph):
    """A graph in memory that keeps the texts of its documents."""

    def __init__(self, readings: Sequence[tuple[Reading, str]]) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        for reading, text in readings:
            self.store.extend(list(to_quads(reading, text, load(), version="0.1.0")))
            self.texts[document_iri_of(reading.document)] = text

    def text(self, document: str) -> str | None:
        return self.texts.get(document)


@cache
def sample_graph() -> TextGraph:
    return TextGraph((first(), second(), third()))


def quad(subject: str, predicate: str, object_: ox.NamedNode | ox.Literal) -> ox.Quad:
    """A quad outside any document."""
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), object_)
