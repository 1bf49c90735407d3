"""Items of regional lists aligned to the national list of 2016-2020, and tables of mappings."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from gold import DATA, gold
from pskg.graph.mapping import to_quads
from pskg.graph.names import shorten_iri
from pskg.link.items import SCHEME, Alignment, align_item, align_items
from pskg.link.sssom import (
    Curated,
    Match,
    Row,
    SssomError,
    load_curated,
    read_mappings,
    write_mappings,
)
from pskg.model import Item, Passage, Span
from pskg.resources import resource_folder
from pskg.vocabulary import Vocabulary, load

NONE = ("", "none")
NATIONAL = "https://w3id.org/pskg/concept/national-list-2017/"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def make_item(name: str, domain: str = "", groups: str = "", no: str = "1") -> Item:
    concept = load()["domains"].find(domain) if domain else None
    cell = Passage(groups, Span(0, len(groups))) if groups else None
    return Item(no, name, domain, concept.iri if concept else None, Span(0, len(name)), cell)


def tell(alignments: Iterable[Alignment]) -> set[tuple[str, str]]:
    """What is asserted, as notation and match; what is unsure is marked so."""
    return {
        (
            one.concept.removeprefix(NATIONAL) if one.concept else "",
            f"unsure {one.match.value}" if one.unsure else one.match.value,
        )
        for one in alignments
    }


# The list


def test_the_list_is_whole_and_in_order(vocabulary: Vocabulary) -> None:
    concepts = list(vocabulary[SCHEME])
    assert [one.properties["order"] for one in concepts] == [(str(n),) for n in range(1, 82)]
    fields = [vocabulary.concept(one.properties["thematicArea"][0]) for one in concepts]
    counts = {field.label: fields.count(field) for field in fields}
    assert counts == {
        "基本公共教育": 8, "基本劳动就业创业": 10, "基本社会保险": 7, "基本医疗卫生": 20,
        "基本社会服务": 13, "基本住房保障": 3, "基本公共文化体育": 10, "残疾人基本公共服务": 10,
    }  # fmt: skip


# One item


@pytest.mark.parametrize(
    ("name", "domain", "expected"),
    [
        # the name itself, in spellings of pages
        ("创业服务", "基本劳动就业创业", {("startup-services", "exact")}),
        ("创业 服务", "劳动就业创业", {("startup-services", "exact")}),
        ("医疗救助", "", {("medical-assistance", "exact")}),
        # renamed: an alternative name, the same words, other words of the vocabulary
        ("公租房保障", "基本住房保障", {("public-rental-housing", "exact")}),
        ("中职免学费", "基本公共教育", {("secondary-vocational-fee-waiver", "exact")}),
        ("藏医药健康管理", "基本医疗卫生", {("traditional-medicine", "close")}),
        ("职业学校", "基本公共教育", {NONE}),
        ("中小城市联合招聘", "基本劳动就业创业", {("joint-recruitment", "unsure close")}),
        ("送花鼓戏等文艺演出", "基本公共文化体育", {("local-opera", "close")}),
        # split: for whom or where, or one of the names that the national one joins
        ("农村最低生活保障", "基本社会服务", {("minimum-living-allowance", "broad")}),
        ("城市最低生活保障", "基本社会服务", {("minimum-living-allowance", "broad")}),
        ("农村居民基本养老保险", "基本社会保险", {("residents-old-age-insurance", "broad")}),
        ("残疾儿童康复", "残疾人基本公共服务", {("disability-rehabilitation", "broad")}),
        ("职业技能鉴定", "基本劳动就业创业", {("skills-training", "broad")}),
        ("重度残疾人护理补贴", "残疾人基本公共服务", {("disability-subsidies", "broad")}),
        # everybody is not a part
        ("城乡居民医疗救助", "基本社会服务", {("medical-assistance", "exact")}),
        ("全体居民健康教育", "基本医疗卫生", {("health-education", "close")}),
        # merged: whole names joined, names that share their end or their beginning
        ("工伤保险、失业保险", "基本社会保险",
         {("work-injury-insurance", "narrow"), ("unemployment-insurance", "narrow")}),
        ("孕产妇和老年人健康管理", "基本医疗卫生",
         {("maternal-health", "narrow"), ("elderly-health", "narrow")}),
        ("残疾人教育及康复", "残疾人基本公共服务",
         {("disability-education", "narrow"), ("disability-rehabilitation", "narrow")}),
        ("职工和城乡居民基本医疗保险", "基本社会保险",
         {("employees-medical-insurance", "narrow"), ("residents-medical-insurance", "narrow")}),
        ("法律援助和村居法律顾问", "基本社会服务", {("legal-aid", "narrow")}),
        # wider than two entries, and not told which
        ("基本医疗保险", "基本社会保险",
         {("employees-medical-insurance", "narrow"), ("residents-medical-insurance", "narrow")}),
        # wider than too many: a guess at most
        ("健康管理", "基本医疗卫生", {("child-health", "unsure narrow")}),
        # additions
        ("农村生活垃圾处理", "", {NONE}),
        ("长期护理保险", "基本社会保险", {NONE}),
        ("残疾人机动轮椅车燃油补贴", "残疾人基本公共服务", {NONE}),
        ("流动人口健康管理", "基本医疗卫生", {NONE}),
        # one word apart, and another service
        ("高等教育资助", "基本公共教育", {NONE}),
        ("城市义务教育学生营养改善", "基本公共教育", {NONE}),
        ("机关事业单位养老保险", "基本社会保险", {NONE}),
        ("地方病患者健康管理", "基本医疗卫生", {("tuberculosis-management", "unsure close")}),
        ("低收入家庭救助", "基本社会服务", {("destitute-support", "unsure close")}),
        # the field tells that it is for some people only, or leaves it unsure
        ("最低生活保障", "残疾人基本公共服务", {("minimum-living-allowance", "broad")}),
        ("藏医药健康管理", "公共文化体育", {("traditional-medicine", "unsure close")}),
    ],
)  # fmt: skip
def test_one_item(
    name: str, domain: str, expected: set[tuple[str, str]], vocabulary: Vocabulary
) -> None:
    assert tell(align_item(make_item(name, domain), vocabulary)) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ("普通高中学生中家庭经济困难的", {("upper-secondary-grant", "close")}),
        ("中等职业学校学生", {("secondary-vocational-grant", "close")}),
        (
            "在校学生",
            {("secondary-vocational-grant", "narrow"), ("upper-secondary-grant", "narrow")},
        ),
    ],
)  # fmt: skip
def test_the_target_group_decides_between_two_entries(
    groups: str, expected: set[tuple[str, str]], vocabulary: Vocabulary
) -> None:
    item = make_item("国家助学金", "基本公共教育", groups)
    assert tell(align_item(item, vocabulary)) == expected


def test_no_list_no_alignment() -> None:
    assert align_item(make_item("创业服务"), Vocabulary({})) == ()


def test_every_alignment_says_why(vocabulary: Vocabulary) -> None:
    for name in ("创业服务", "农村最低生活保障", "健康管理", "长期护理保险"):
        for one in align_item(make_item(name, "基本社会服务"), vocabulary, iri="x:1"):
            assert one.subject == "x:1"
            assert one.reason
            assert one.justification.startswith("semapv:")
            assert 0 < one.confidence <= 1
            assert (one.concept is None) == (one.match is Match.NONE)


# A list


def align_names(names: Iterable[str], domain: str, vocabulary: Vocabulary) -> list[set]:
    items = [make_item(name, domain, no=str(n)) for n, name in enumerate(names, 1)]
    return [tell(one) for one in align_items(items, vocabulary)]


def test_neighbours_in_the_list_settle_a_guess(vocabulary: Vocabulary) -> None:
    names = ["劳动关系协调", "劳动人事争议处理仲裁", "劳动保障监察"]
    field = "基本劳动就业创业"
    assert align_names(names[1:2], field, vocabulary) == [
        {("labour-dispute-resolution", "unsure close")}
    ]
    assert align_names(names, field, vocabulary)[1] == {("labour-dispute-resolution", "close")}
    # Not where they are neighbours of something else, or the guess is taken.
    assert align_names([names[0], names[1], "创业服务"], field, vocabulary)[1] == {
        ("labour-dispute-resolution", "unsure close")
    }
    taken = align_names([*names, "劳动人事争议调解仲裁"], field, vocabulary)
    assert taken[1] == {("labour-dispute-resolution", "unsure close")}


def test_neighbours_do_not_make_an_addition_one_of_the_list(vocabulary: Vocabulary) -> None:
    names = ["临时救助", "困难群众取暖用煤", "法律援助"]
    assert align_names(names, "基本社会服务", vocabulary)[1] == {NONE}


def test_two_items_are_not_one_service(vocabulary: Vocabulary) -> None:
    # The one that bears the name is it; the other is something else.
    told = align_names(["中医药健康管理", "蒙医药健康管理"], "基本医疗卫生", vocabulary)
    assert told == [
        {("traditional-medicine", "exact")},
        {("traditional-medicine", "unsure close")},
    ]


def test_a_list_of_other_fields_is_not_forced(vocabulary: Vocabulary) -> None:
    # The fields of 2021: what bears the name of the older list is close to it, not the same;
    # what has another name is none of it, or a guess.
    names = {
        "幼有所育": ["儿童健康管理", "基本避孕药具发放", "特殊儿童群体生活保障", "婴幼儿照护指导"],
        "学有所教": ["普通高中国家助学金", "义务教育免费教科书", "课后延时照看"],
        "优军服务保障": ["优待抚恤", "军人家庭悬挂光荣牌"],
        "文体服务保障": ["读书看报", "社区智慧书房"],
    }
    told = {
        name: align_item(make_item(name, domain), vocabulary)
        for domain, listed in names.items()
        for name in listed
    }
    asserted = {name for name, found in told.items() if any(one.asserted for one in found)}
    assert asserted == {"儿童健康管理", "普通高中国家助学金", "优待抚恤", "读书看报"}
    assert all(one.match is Match.CLOSE for name in asserted for one in told[name])


def test_the_order_of_words_and_runs_does_not_matter(vocabulary: Vocabulary) -> None:
    items = [make_item(name, "基本医疗卫生") for name in ("健康教育", "慢性病健康服务", "健康")]
    assert align_items(items, vocabulary) == align_items(items, vocabulary)
    assert tell(align_item(make_item("免费开放公共文化设施", "基本公共文化体育"), vocabulary)) == {
        ("free-cultural-facilities", "close")
    }


# Against the annotation


@pytest.mark.parametrize("curated", [None, load_curated()], ids=["rules alone", "with hand-set"])
@pytest.mark.parametrize("stem", ["fujian-action-plan", "hulunbuir-2018-41"])
def test_agrees_with_the_annotation(
    stem: str, curated: Curated | None, vocabulary: Vocabulary
) -> None:
    with (DATA / "gold" / "alignment" / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    items = gold(stem).reading.items
    assert [row["item"] for row in rows] == [item.name for item in items]
    wanted = {(row["no"], row["canonical"], row["match"]) for row in rows if row["canonical"]}
    found = {
        (item.no, notation, match)
        for item, alignments in zip(
            items, align_items(items, vocabulary, curated=curated), strict=True
        )
        for notation, match in tell(alignments)
        if notation and not match.startswith("unsure")
    }
    right = len(found & wanted)
    assert right / len(found) > 0.98
    assert right / len(wanted) > 0.98


# Mappings by hand

HEADER = "#curie_map:\n#  n: https://w3id.org/pskg/concept/national-list-2017/\n#license: x\n"
COLUMNS = (
    "subject_id\tsubject_label\tsubject_type\tpredicate_modifier\tpredicate_id\tobject_id\t"
    "mapping_justification\tconfidence\tcomment\n"
)
HAND = "semapv:ManualMappingCuration"


def write(folder: Path, *rows: str, columns: str = COLUMNS) -> Path:
    path = folder / "items.sssom.tsv"
    path.write_text(HEADER + columns + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_a_hand_set_row_goes_before_what_is_computed(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    path = write(
        tmp_path,
        f"https://e.org/1\t\t\t\tskos:broadMatch\tn:legal-aid\t{HAND}\t\twhy",
        f"https://e.org/2\t\t\t\tskos:exactMatch\tsssom:NoTermFound\t{HAND}\t\t",
        f"\t医疗 救助\trdfs literal\t\tskos:narrowMatch\tn:legal-aid\t{HAND}\t0.9\t",
        f"\t医疗救助\trdfs literal\t\tskos:narrowMatch\tn:medical-assistance\t{HAND}\t0.9\t",
        f"\t创业服务\trdfs literal\tNot\tskos:exactMatch\tn:startup-services\t{HAND}\t\t",
    )
    curated = read_mappings(path)
    cases = (
        ("https://e.org/1", "就业援助", {("legal-aid", "broad")}),
        ("https://e.org/2", "就业援助", {NONE}),
        ("https://e.org/1", "医疗救助", {("legal-aid", "broad")}),  # the IRI before the label
        ("x:3", "医疗救助", {("legal-aid", "narrow"), ("medical-assistance", "narrow")}),
        ("x:4", "创业服务", {NONE}),
        ("x:5", "就业援助", {("employment-assistance", "exact")}),
    )
    for iri, name, expected in cases:
        found = align_item(make_item(name), vocabulary, iri=iri, curated=curated)
        assert tell(found) == expected, (iri, name)
    (one,) = align_item(make_item("就业援助"), vocabulary, iri="https://e.org/1", curated=curated)
    assert (one.justification, one.reason, one.confidence) == (HAND, "why", 1.0)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (f"a:1\t\t\t\tskos:exactMatch\tn:x\t{HAND}", "no prefix a for a:1"),
        (f"\t\t\t\tskos:exactMatch\tn:x\t{HAND}", "the row has no subject"),
        (f"\t名称\t\t\tskos:exactMatch\tn:x\t{HAND}", "the row has no subject"),
        (f"x:1\t\t\t\tskos:relatedMatch\tn:x\t{HAND}".replace("x:1", "n:1"), "no predicate"),
        (f"n:1\t\t\t\tskos:exactMatch\t\t{HAND}", "object_id is blank"),
        ("n:1\t\t\t\tskos:exactMatch\tn:x\t", "mapping_justification is blank"),
        (f"n:1\t\t\t\tskos:exactMatch\tn:x\t{HAND}\thigh", "the confidence high is no number"),
        (f"n:1\t\t\t\tskos:exactMatch\tn:x\t{HAND}\t1.5", "the confidence 1.5 is no number"),
        (f"n:1\t\t\tNo\tskos:exactMatch\tn:x\t{HAND}", "predicate_modifier"),
        (f"n:1\t\t\t\tskos:exactMatch\tn:x\t{HAND}\t1\tc\td", "10 cells under 9 columns"),
    ],
)
def test_a_row_at_fault_is_named_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    good = f"n:0\t\t\t\tskos:exactMatch\tn:y\t{HAND}"
    with pytest.raises(SssomError, match=message) as caught:
        read_mappings(write(tmp_path, good, row))
    assert ":6: " in str(caught.value)
    assert "; " in str(caught.value)


@pytest.mark.parametrize("second", ["sssom:NoTermFound", "n:x"])
def test_rows_that_contradict_each_other_are_told(tmp_path: Path, second: str) -> None:
    rows = [f"n:1\t\t\t\tskos:exactMatch\t{object_}\t{HAND}" for object_ in ("n:x", second)]
    with pytest.raises(SssomError, match=r":6: .*items\.sssom\.tsv:5"):
        read_mappings(write(tmp_path, *rows))


def test_a_table_without_its_columns_is_told(tmp_path: Path) -> None:
    with pytest.raises(SssomError, match="no column predicate_id"):
        read_mappings(write(tmp_path, columns="subject_id\tobject_id\n"))


def test_a_row_for_no_concept_of_the_list_is_told(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = write(tmp_path, f"\t就业援助\trdfs literal\t\tskos:exactMatch\tn:no-such\t{HAND}")
    with pytest.raises(SssomError, match=r":5: .*no-such is no concept"):
        align_item(make_item("就业援助"), vocabulary, curated=read_mappings(path))


def test_what_is_written_can_be_read_and_changes_nothing(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    names = ("就业援助", "工伤保险、失业保险", "长期护理保险")
    rows = [
        Row(f"https://w3id.org/pskg/id/i/{n}", name, one.match, one.concept or "", "",
            one.justification, one.confidence, one.reason)
        for n, name in enumerate(names)
        for one in align_item(make_item(name), vocabulary)
    ]  # fmt: skip
    path = tmp_path / "x.sssom.tsv"
    path.write_text(write_mappings(rows, "title"), encoding="utf-8")
    curated = read_mappings(path)
    for n, name in enumerate(names):
        item, iri = make_item(name), f"https://w3id.org/pskg/id/i/{n}"
        assert align_item(item, vocabulary, iri=iri, curated=curated) == align_item(
            item, vocabulary, iri=iri
        )


def test_shipped_rows_name_concepts_and_settle_what_rules_do_not(vocabulary: Vocabulary) -> None:
    curated = load_curated()
    known = {concept.iri for concept in vocabulary[SCHEME]}
    for label, rows in curated.by_label.items():
        assert {row.object for row in rows} - {""} <= known, label
        assert all(row.comment for row in rows), label
        assert vocabulary[SCHEME].find(label) is None, f"{label} is a name of the list already"
    assert not curated.by_iri


# In the graph


def test_the_graph_says_what_is_asserted_and_only_that() -> None:
    store = ox.Store()
    source = gold("hulunbuir-2018-41")
    store.extend(to_quads(source.reading, source.text, load(), version="0"))
    asked = store.query(
        "PREFIX pskg: <https://w3id.org/pskg/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
        "SELECT ?no ?p ?o { GRAPH ?g { ?i ?p ?o } GRAPH ?h { ?i pskg:no ?no ; a pskg:ServiceItem }"
        " FILTER(STRENDS(STR(?p), 'Match') || ?p = pskg:canonicalItem)"
        " FILTER(STRENDS(STR(?g), '/inferred/item-alignment')) }"
    )
    assert isinstance(asked, ox.QuerySolutions)
    said: dict[str, set[str]] = {}
    for row in asked:
        no, predicate = row["no"], row["p"]
        assert isinstance(no, ox.Literal)
        assert isinstance(predicate, ox.NamedNode)
        said.setdefault(no.value, set()).add(shorten_iri(predicate.value))
    assert said["1"] == {"skos:exactMatch", "pskg:canonicalItem"}
    assert said["13"] == {"skos:closeMatch", "pskg:canonicalItem"}
    assert said["8"] == {"skos:narrowMatch"}
    assert "74" not in said
    assert len(said) == 81


def test_the_mappings_ship_with_the_ontology() -> None:
    assert (resource_folder("ontology") / "mappings" / "items.sssom.tsv").is_file()
