"""Whom a service is for: groups and ages from the words of a target group."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from gold import gold
from pskg.link.audience import AgeBand, identify_audience
from pskg.vocabulary import load

VOCABULARY = load()
ABOVE = {concept.iri: concept.broader for concept in VOCABULARY["target-groups"]}
STEM = "hulunbuir-2018-41"
TABLE = Path(__file__).parents[1] / "data" / "gold" / STEM / "linked" / "audience.csv"


def groups(text: str) -> list[str]:
    concepts = identify_audience(text, VOCABULARY).concepts
    return [concept.rsplit("/", 1)[1] for concept in concepts]


def bound(age: AgeBand) -> str:
    low, high = ("" if end is None else str(end) for end in (age.minimum, age.maximum))
    return f"{low}-{high}"


def ages(text: str) -> list[str]:
    return [bound(age) for age in identify_audience(text, VOCABULARY).ages]


def wider(names: Iterable[str]) -> set[str]:
    """The names of all groups in which these lie."""
    base = "https://w3id.org/pskg/concept/target-groups/"
    waiting, seen = [base + name for name in names], set[str]()
    while waiting:
        for iri in ABOVE[waiting.pop()]:
            if iri not in seen:
                seen.add(iri)
                waiting.append(iri)
    return {iri.removeprefix(base) for iri in seen}


def annotated() -> list[tuple[str, set[str], set[str]]]:
    """Each cell of the list with what a reader finds in it."""
    cells = {row["no"]: row["target_groups"] for row in gold(STEM).rows("items")}
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            (cells[row["item_no"]], set(row["groups"].split()), set(row["ages"].split()))
            for row in csv.DictReader(file)
        ]


def test_the_annotated_list() -> None:
    """Precision and recall over the 82 cells; a group that holds an annotated one is not wrong."""
    rows = annotated()
    assert len(rows) == 82
    found = [(set(groups(cell)), wanted) for cell, wanted, _ in rows]
    right = sum(len(got & wanted) for got, wanted in found)
    wrong = sum(len(got - wanted - wider(wanted)) for got, wanted in found)
    missing = sum(len(wanted - got) for got, wanted in found)
    assert right / (right + wrong) > 0.98
    assert right / (right + missing) > 0.98


def test_the_annotated_ages() -> None:
    assert [(cell, set(ages(cell))) for cell, *_ in annotated()] == [
        (cell, wanted) for cell, _, wanted in annotated()
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("65岁及以上老年人", ["65-"]),
        ("６５ 周岁以上老人", ["65-"]),  # full width, white space
        ("六十五周岁以上老年人", ["65-"]),
        ("65周岁（含）以上居民", ["65-"]),
        ("超过60周岁的职工", ["61-"]),  # 超过 leaves the figure out
        ("0—6岁儿童", ["0-6"]),
        ("0-6岁儿童", ["0-6"]),
        ("0~6周岁儿童", ["0-6"]),
        ("0一6岁儿童", ["0-6"]),  # the digit one in Chinese for the dash
        ("3至6岁幼儿", ["3-6"]),
        ("未满16周岁的居民", ["-15"]),
        ("不满十八周岁的未成年人", ["-17"]),
        ("不满1周岁婴儿", ["-0"]),
        ("14周岁以下（不含14周岁）的居民", ["-13"]),
        ("14周岁以下居民", ["-14"]),  # 以下 includes the figure
        ("7岁以下儿童", ["-6"]),  # whose name is that of the children below seven
        ("18岁以下未成年人", ["-17"]),
        ("年满60周岁的居民", ["60-"]),
        ("年满16周岁、未满60周岁的劳动者", ["16-59"]),
        ("16周岁以上60周岁以下的失业人员", ["16-60"]),
        ("80周岁以上老人、60周岁以下妇女", ["80-", "-60"]),  # two bands: nothing lies between
        ("35—64岁妇女", ["35-64"]),
        ("男性18—60岁、女性18—55岁的劳动者", ["18-60", "18-55"]),
        ("男60周岁、女55周岁以上的居民", ["60-", "55-"]),
        ("男满60、女满55周岁及以上居民", ["60-", "55-"]),
        ("0—36个月婴幼儿", ["0-3"]),
        ("6—24月龄婴幼儿", ["0-2"]),
        ("不满6个月的婴儿", ["-0"]),
        ("失业6个月以上的人员", []),  # how long, not how old
        ("65岁老人", ["60-"]),  # a figure alone tells nothing, the name does
        ("老年人", ["60-"]),
        ("60—69岁老年人", ["60-69"]),  # the figure, not the name
        ("残疾儿童", ["0-17"]),
        ("2岁至1岁的儿童", ["0-17"]),  # no band ends before it starts
        ("300岁以上老人", ["60-"]),
        ("居民（不含60周岁以上人员）", []),
        ("城乡居民", []),
        ("0—6岁视力、听力、言语等残疾儿童", ["0-6"]),  # the words between name no group
        ("65岁以上老人、0—3岁儿童", ["65-", "0-3"]),
    ],
)
def test_ages(cell: str, expected: list[str]) -> None:
    assert ages(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        # composition: residence, condition and role stand side by side
        ("农村义务教育学生", ["rural-residents", "compulsory-education-pupils"]),
        ("农村低保对象", ["rural-residents", "low-income-allowance"]),
        ("城镇户籍居民", ["urban-residents", "registered-residents"]),
        ("农村0—6岁儿童", ["rural-residents", "children-under-seven"]),
        ("年满70周岁的居民", ["old-people-65", "residents"]),  # by the figure
        ("16—24岁失业青年", ["unemployed", "young-people"]),
        # the longest name
        ("重度残疾人", ["severely-disabled"]),
        ("未就业高校毕业生", ["graduates"]),  # a name may begin with a denial
        ("残疾军人", ["veterans"]),
        # what narrows takes the place of what it narrows
        ("老年人", ["old-people"]),
        ("65岁以上老年人", ["old-people-65"]),
        ("老年人、65岁以上老年人", ["old-people", "old-people-65"]),  # but not in another part
        ("城乡居民（包括农村居民）", ["urban-and-rural-residents", "rural-residents"]),
        # a last word that several share
        ("贫困和重度残疾人", ["disabled-in-hardship", "severely-disabled"]),
        ("高龄、失能老年人", ["old-people-80", "frail-old-people"]),
        ("残疾儿童、青少年", ["disabled-children", "adolescents"]),
        # attributes count before their own kind
        ("义务教育家庭经济困难寄宿学生", ["persons-in-hardship", "boarders"]),
        ("普通高中正式学籍在校学生", ["upper-secondary-pupils"]),
        ("普通高中教师", ["teachers"]),
        # exceptions and denials
        ("城乡居民（不含在校学生、参保职工）", ["urban-and-rural-residents"]),
        ("城乡居民，不包括在校学生", ["urban-and-rural-residents"]),
        ("除特困人员、低保对象以外的困难群众", ["persons-in-hardship"]),
        ("除低保对象外的居民", ["residents"]),
        ("除低保对象外，还包括残疾人", ["low-income-allowance", "persons-with-disabilities"]),
        ("未参加职工医疗保险的居民", ["residents"]),
        ("不享受低保的残疾人", ["persons-with-disabilities"]),
        ("非农村居民", []),
        ("非国家机关和事业单位工作人员的居民", ["residents"]),
        ("无雇工的个体工商户", ["workers"]),
        # things that are called after a group
        ("残疾人联合会", []),
        ("儿童福利机构", []),
        ("城乡居民基本医疗保险", []),
        ("企业、社会团体等组织的职工", ["employees"]),
        ("用人单位及其职工", ["employers", "employees"]),
        ("子女", []),
        ("", []),
    ],
)
def test_groups(cell: str, expected: list[str]) -> None:
    assert groups(cell) == expected


def test_places_are_those_of_the_text_as_it_is() -> None:
    text = "农村 65 岁\n及以上老人"
    said = identify_audience(text, VOCABULARY)
    assert [text[group.start : group.end] for group in said.groups] == ["农村", "65 岁\n及以上"]
    (age,) = said.ages
    assert text[age.start : age.end] == "65 岁\n及以上"


def test_ages_are_those_of_the_groups_beside_them() -> None:
    said = identify_audience("农村65岁以上老人、0—3岁婴幼儿", VOCABULARY)
    of = [[iri.rsplit("/", 1)[1] for iri in age.concepts] for age in said.ages]
    assert of == [["rural-residents", "old-people-65"], ["infants"]]
    said = identify_audience("男性18—60岁的劳动者", VOCABULARY)
    assert [iri.rsplit("/", 1)[1] for iri in said.ages[0].concepts] == ["men", "workers"]


@pytest.mark.parametrize(
    ("narrow", "broad"),
    [
        ("infants", "children-under-seven"),
        ("old-people-80", "old-people"),
        ("disabled-children", "children"),  # two parents
        ("disabled-children", "persons-with-disabilities"),
        ("pupils-in-hardship", "persons-in-hardship"),
        ("pupils-in-hardship", "pupils"),
        ("orphans", "minors"),
    ],
)
def test_broader(narrow: str, broad: str) -> None:
    assert broad in wider([narrow])


def test_a_group_s_ages_lie_within_those_of_wider_groups() -> None:
    scheme = VOCABULARY["target-groups"]
    for concept in scheme:
        for name, is_within in (("minAge", int.__ge__), ("maxAge", int.__le__)):
            for value in concept.properties.get(name, ()):
                for other in wider([concept.notation]):
                    for limit in scheme.get(other).properties.get(name, ()):
                        assert is_within(int(value), int(limit)), (concept.notation, other)
