"""Whom the clauses before a sum name: 对孤儿,每人每月…; 为50户困难家庭实施改造,每户…."""

from __future__ import annotations

import re

from pskg.extract.grammar.money import MoneyText
from pskg.extract.grammar.receivers import (
    INSURED_SUM,
    IS_SOMEBODY,
    LABEL_START,
    LOOK_BACK,
    MADE_GOOD,
    NOT_WHO,
    PERSON,
    WHO,
    find_clause,
    measure_benefit,
    strip_deed,
)

__all__ = ["find_whom"]


#: A clause that says for whom the next ones are: 资助对象为X, 享受政策的为X, 对X, 资助X, X alone.
_FOR_WHOM = re.compile(
    r"(?:[^，。；：]{0,20}：)?(?:并|其中|同时)?(?:[^，。；：对]{0,8}财政(?=对))?"
    r"(?P<how>[^，。；]{0,30}?(?:的|对象|范围|人员)(?:主要|具体)?(?:为|是|包括)"
    r"|对于?|向|给|为|资助|补助|救助|奖励|扶助|支持|扶持)?"
    r"：?(?P<who>[^，。；：]{2,40})"
)
#: X alone is a noun.
_NOT_BARE = re.compile(
    r"[由将给为要应]|^(?:[从按经凡使让把在是]|根据|依据|结合|鉴于|随着)|负责|发放|确定|认定|提高|[0-9][余多]?[十百千万]*[户人名个]$"
)
#: What is no thing that a sum is for: 对加强建设,每个…, 对上述情形,每人….
_NO_THING = re.compile(
    r"^(?:加强|推进|实施|开展|完成|上述|以上|其他|其它)|给予|予以|进行|发放|资助|补助|补贴|奖励|救助"
    r"|(?:情形|情况|部分|费用|支出|工作|问题|行为|方面|资金|经费|线索|案件)(?:的)?$"
)
#: 列入计划的剧目: what a work must be like to be given a sum.
_CHOSEN = re.compile(
    "(?:经|被|新|首次)?(?:列入|完成|纳入|入选|符合|获得|取得|通过|达到|评为|认定为)[^，。；]{2,30}的[^，。；的]{2,12}"
)
#: What may be given money as if it were somebody.
_IS_THING = re.compile(r"(?:项目|基地|平台|园区|合作社|机构|中心)$")
#: A sentence that says of a person what he is: 纳税人为独生子女的.
_IS_ONE = re.compile(rf"[^，。；]{{0,8}}?{PERSON}(?:为|是|属于)(?P<who>[^，。；]{{2,20}})的")
#: 为50户困难家庭实施改造: those for whom something is done.
_DONE_FOR = re.compile(
    rf"(?:每年|全年|年内|今年|[0-9]{{4}}年)?(?:免费)?(?:为|对|给)(?:[约近超]?[0-9.]+[余多]?[百千万]?[余多]?[户名人个])?(?P<who>[^，。；]{{0,20}}?{PERSON})"
    r"(?:统一|免费|集中|逐步|全部)?(?:实施|进行|开展|提供|发放|给予|予以|配备|办理|购买|投保|缴纳|安装|参加)"
)
#: 落实乡村教师补助政策: what is done with a benefit is no part of a name.
_SETS = re.compile(
    r"(?:全面|继续|逐步|稳步|持续|按时|足额)*(?:落实|完善|发放|提高|执行|实施|建立|健全|调整|完成|推进|开展|负责)+"
)
#: 完成困难家庭危房改造: whose houses are made good.
_HOUSED = re.compile(
    rf"{_SETS.pattern}(?P<who>[^，。；0-9]{{0,20}}{PERSON})"
    r"(?:的)?(?:住房|危房|危旧房|房屋|居家|无障碍|适老化)[^，。；]{0,24}"
)
#: 贫困人口个人缴费部分: whose own part a treasury pays.
_OWN_PART = re.compile(
    rf"(?:[^，。；：由]{{0,12}}对)?(?P<who>[^，。；：由对]{{0,20}}?(?:{PERSON}|人口))(?:的)?(?:参保|参合|医保)?(?:个人)?(?:缴费|自付|自负|自费)(?:费用|部分|资金|所需)*(?:给予|予以)?(?:补贴|补助)?"
)
#: 失业人员按月领取失业保险金: who draws it.
_DRAWS = re.compile(
    rf"(?P<who>[^，。；：由对按]{{0,20}}?{PERSON})(?:可以?|均|按规定|按照规定|依法|每[月年]|按[月季年]|逐月){{0,3}}"
    r"(?:领取|享受|申领)[^，。；：0-9]{2,20}"
)
#: Over how many clauses the words about a sum may reach.
_CLAUSES = 4
#: What a benefit is measured by, in a clause that first says whose it is.
_MEASURED = re.compile("按|不超过|不低于|不高于")


def find_whom(line: MoneyText, end: int, floor: int, *, person: bool) -> str:
    """The nearest clause of this part of the sentence that names those who get it.

    ``person`` says that the sum is one for each: then a noun alone in its clause is enough.
    """
    norm = line.norm
    floor = max(floor, end - LOOK_BACK)
    for _ in range(_CLAUSES):
        if end <= floor or norm[end - 1] != "，":
            return ""
        start = max(floor, find_clause(norm, end - 1))
        found = _FOR_WHOM.fullmatch(norm, start, end - 1)
        # 对达到收费标准的机构: what they are like may speak of money.
        if found and not NOT_WHO.search(found["who"].rpartition("的")[2]):
            bare = not found["how"]
            fits = IS_SOMEBODY.search(strip_deed(found["who"])) and not _NOT_BARE.search(
                found["who"]
            )
            named = WHO.search(MADE_GOOD.sub("", found["who"])) or (
                found["how"] in ("对", "对于")
                and (
                    _IS_THING.search(found["who"])
                    or (person and not _NO_THING.search(found["who"]))
                )
            )
            chosen = bare and person and _CHOSEN.fullmatch(found["who"])
            if chosen or (((person or "的" in found["who"]) and fits) if bare else named):
                return line.kept[slice(*found.span("who"))]
        if one := _IS_ONE.fullmatch(norm, start, end - 1) or _DONE_FOR.match(norm, start, end):
            return line.kept[slice(*one.span("who"))]
        if person and (draws := _DRAWS.fullmatch(norm, start, end - 1)):
            return line.kept[slice(*draws.span("who"))]
        if person and (own := _OWN_PART.fullmatch(norm, start, end - 1)):
            return line.kept[slice(*own.span("who"))]
        if person and (housed := _HOUSED.fullmatch(norm, start, end - 1)):
            return line.kept[slice(*housed.span("who"))]
        if person and (insured := INSURED_SUM.search(norm, start, end - 1)):
            return line.kept[slice(*insured.span("who"))]
        opening = _SETS.match(norm, start, end - 1)
        words = opening.end() if opening else start
        label = LABEL_START.match(norm[words : end - 1])
        words += label.end() if label else 0
        # 特困人员基本生活标准按低保标准的1.3倍确定，为每人…
        until = _MEASURED.search(norm, words + 1, end - 1)
        told = norm[words : until.start() if until else end - 1]
        if person and (length := measure_benefit(told)):
            return line.kept[words : words + length]
        end = start
    return ""
