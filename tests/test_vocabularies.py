"""The vocabularies: each file is whole, and finds the names that documents use."""

from __future__ import annotations

import re
from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pskg.regions import get_region
from pskg.resources import resource_folder
from pskg.vocabulary import SKOS, Concept, Scheme, Vocabulary, any_of, key, load

FOLDER = resource_folder("ontology") / "vocabularies"
FILES = sorted(FOLDER.glob("*.ttl"))
CONCEPT = "https://w3id.org/pskg/concept/"
DCT = "http://purl.org/dc/terms/"

#: The schemes that the extractor asks for by name.
WANTED = {
    "boilerplate", "columns", "domains", "effect-status", "finding-kinds", "levels",
    "masthead-fields", "region-changes", "section-kinds", "target-groups",
}  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return load()[request.param.stem]


@pytest.fixture(scope="module")
def store(scheme: Scheme) -> ox.Store:
    found = ox.Store()
    found.load(path=str(FOLDER / f"{scheme.name}.ttl"), format=ox.RdfFormat.TURTLE)
    return found


def literals(store: ox.Store, subject: str, predicate: str) -> list[ox.Literal]:
    quads = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]


def languages(store: ox.Store, subject: str, predicate: str) -> Counter[str]:
    return Counter(value.language or "" for value in literals(store, subject, predicate))


def test_every_wanted_scheme_is_there(vocabulary: Vocabulary) -> None:
    assert set(vocabulary) >= WANTED


def test_a_scheme_has_a_whole_header(scheme: Scheme, store: ox.Store) -> None:
    assert scheme.iri == CONCEPT + scheme.name
    for predicate in ("title", "description"):
        assert languages(store, scheme.iri, DCT + predicate) == {"zh": 1, "en": 1}
    version = literals(store, scheme.iri, "http://www.w3.org/2002/07/owl#versionInfo")
    assert [value.value for value in version] == ["0.1.0"]
    licence = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
    found = store.quads_for_pattern(
        ox.NamedNode(scheme.iri), ox.NamedNode(DCT + "license"), licence
    )
    assert list(found)


def test_a_concept_is_labelled_and_defined_once_in_each_language(
    scheme: Scheme, store: ox.Store
) -> None:
    wrong = [
        concept.notation
        for concept in scheme
        if languages(store, concept.iri, SKOS + "prefLabel") != {"zh": 1, "en": 1}
        or languages(store, concept.iri, SKOS + "definition") != {"zh": 1, "en": 1}
    ]
    assert not wrong


def test_a_concept_stands_at_the_iri_of_its_notation(scheme: Scheme) -> None:
    for concept in scheme:
        assert concept.iri == f"{CONCEPT}{scheme.name}/{concept.notation}"
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", concept.notation), concept.notation
    assert len({concept.notation for concept in scheme}) == len(scheme.concepts)


def test_a_concept_is_in_its_scheme_and_either_at_the_top_or_below_another(
    scheme: Scheme, store: ox.Store
) -> None:
    top = ox.NamedNode(SKOS + "topConceptOf")
    for concept in scheme:
        node, of = ox.NamedNode(concept.iri), ox.NamedNode(scheme.iri)
        assert list(store.quads_for_pattern(node, ox.NamedNode(SKOS + "inScheme"), of))
        at_top = bool(list(store.quads_for_pattern(node, top, of)))
        assert at_top != bool(concept.broader), concept.notation


def test_broader_leads_to_a_concept_of_the_scheme_and_never_round(scheme: Scheme) -> None:
    above = {concept.iri: concept.broader for concept in scheme}
    for concept in scheme:
        seen: set[str] = set()
        waiting = list(concept.broader)
        while waiting:
            iri = waiting.pop()
            assert iri in above, f"{concept.notation} is below {iri}, which is not there"
            assert iri != concept.iri, f"{concept.notation} is broader than itself"
            if iri not in seen:
                seen.add(iri)
                waiting.extend(above[iri])


def test_a_name_stands_for_one_concept(scheme: Scheme) -> None:
    holders = {(key(name), concept.notation) for concept in scheme for name in concept.names}
    twice = [name for name, number in Counter(name for name, _ in holders).items() if number > 1]
    assert not twice
    for concept in scheme:
        for name in concept.names:
            assert scheme.find(name) is concept


def test_no_name_is_blank_or_has_white_space_at_its_ends(scheme: Scheme) -> None:
    for concept in scheme:
        for name in concept.names:
            assert name.strip() == name != "", f"{concept.notation}: {name!r}"


@pytest.mark.parametrize(
    ("scheme_name", "name", "notation"),
    [
        # fields: the eight of 2017, the ten of some provinces, the nine of 2021, with variants
        ("domains", "基本公共教育", "basic-public-education"),
        ("domains", "劳动就业创业", "basic-employment"),
        ("domains", "残疾人服务", "basic-disability"),
        ("domains", "公共教育", "public-education"),
        ("domains", "生态环保", "ecology"),
        ("domains", "优军服务保障", "service-of-veterans"),
        ("domains", "弱有所扶", "support-for-the-weak"),
        ("domains", "创新服务供给", "supply-innovation"),
        # columns: broken headings, half-width brackets, white space inside
        ("columns", "牵头负责\n\n单位", "lead"),
        ("columns", "指 标", "indicator"),
        ("columns", "牵头单位(部门)", "lead"),
        ("columns", "支出责任", "funding"),
        ("columns", "服务指导标准", "standard"),
        ("columns", "责任单位", "responsible"),
        ("columns", "配合单位", "cooperating"),
        ("columns", "单位", "unit"),
        ("columns", "完成时限", "deadline"),
        # masthead: labels as sites print them
        ("masthead-fields", "索  引  号", "index-number"),
        ("masthead-fields", "标      题", "title"),
        ("masthead-fields", "发文字号", "doc-number"),
        ("masthead-fields", "公文时效", "effect-status"),
        ("masthead-fields", "成文日期", "issued-on"),
        ("masthead-fields", "发表时间", "published-on"),
        ("masthead-fields", "责任编辑", "author"),
        ("effect-status", "现行有效", "in-force"),
        ("effect-status", "已废止", "expired"),
        ("boilerplate", "您现在的位置", "navigation"),
        ("boilerplate", "扫一扫在手机打开当前页", "tools"),
        ("boilerplate", "此件公开发布", "publication-note"),
        ("boilerplate", "技术支持", "footer"),
        ("levels", "盟市", "prefectural"),
        ("levels", "旗县", "county"),
        ("levels", "苏木", "township"),
    ],
)
def test_a_name_finds_its_concept(
    vocabulary: Vocabulary, scheme_name: str, name: str, notation: str
) -> None:
    found = vocabulary[scheme_name].find(name)
    assert found is not None
    assert found.notation == notation


@pytest.mark.parametrize(
    ("heading", "notation"),
    [
        ("“十三五”呼和浩特市基本公共服务清单", "service-list"),  # a name before the kind
        ("重点任务分工方案", "division"),  # not 重点任务: the longest name at the end
        ("明确责任分工", "measure"),  # a duty, not a table of duties
        ("指导思想和主要目标", "guidance"),  # begins with the guidance
        ("基本公共服务领域主要发展指标", "indicators"),
        ("全省主要目标", "target"),
        ("保障工程和措施", "measure"),
        ("体制机制创新", "mechanism"),
        ("资金投入保障机制", "mechanism"),  # ends with 机制, whatever it secures
        ("目标任务", "task"),
        ("政策解读", "interpretation"),
    ],
)
def test_a_heading_shows_its_kind_by_its_ending(
    vocabulary: Vocabulary, heading: str, notation: str
) -> None:
    found = vocabulary["section-kinds"].find_ending(heading)
    assert found is not None
    assert found.notation == notation


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        ("公共教育", "基本公共教育", "education"),
        ("学有所教", "基本公共教育", "education"),
        ("就业保障", "劳有所得", "employment"),
        ("医疗保障", "病有所医", "health"),
        ("公共文化体育", "文体服务保障", "culture-sport"),
        ("住有所居", "基本住房保障", "housing"),
        ("生活保障", "基本社会服务", "social-services"),
    ],
)
def test_names_of_different_lists_meet_in_one_field(
    vocabulary: Vocabulary, one: str, other: str, field: str
) -> None:
    def top(concept: Concept | None) -> str:
        assert concept is not None
        while concept.broader:
            concept = vocabulary.concept(concept.broader[0])
        return concept.notation

    domains = vocabulary["domains"]
    assert top(domains.find(one)) == top(domains.find(other)) == field


@pytest.mark.parametrize(
    ("narrow", "broad"),
    [
        ("重度残疾人", "persons-with-disabilities"),
        ("65岁及以上老年人", "old-people"),
        ("寄宿生", "pupils"),
        ("低保对象", "persons-in-hardship"),
        ("农村居民", "residents"),
        ("退役军人", "entitled-groups"),
    ],
)
def test_a_target_group_lies_in_a_broader_one(
    vocabulary: Vocabulary, narrow: str, broad: str
) -> None:
    concept = vocabulary["target-groups"].find(narrow)
    assert concept is not None
    above: set[str] = set()
    waiting = list(concept.broader)
    while waiting:
        wider = vocabulary.concept(waiting.pop())
        above.add(wider.notation)
        waiting.extend(wider.broader)
    assert broad in above


def test_every_column_says_in_which_tables_it_occurs(vocabulary: Vocabulary) -> None:
    for column in vocabulary["columns"]:
        kinds = set(column.properties.get("tableKind", ()))
        assert kinds, column.notation
        assert kinds <= {"service-list", "division", "indicators"}


def test_every_kind_of_finding_is_there(vocabulary: Vocabulary) -> None:
    assert {kind.notation for kind in vocabulary["finding-kinds"]} >= {
        "spam-text", "lost-decimal-point", "lost-slash", "lost-bracket", "missing-annex",
        "missing-table", "count-mismatch", "total-mismatch", "target-below-baseline",
        "conflicting-values", "misspelt-name", "number-gap", "unnumbered-point", "share-sum",
        "out-of-range", "unknown-body", "unknown-domain", "unclear-cell", "region-conflict",
        "year-outside-period", "not-understood", "undecodable",
    }  # fmt: skip


def test_a_meta_name_stands_for_one_field(vocabulary: Vocabulary) -> None:
    names = [
        name
        for concept in vocabulary["masthead-fields"]
        for name in concept.properties.get("metaName", ())
    ]
    assert {"ArticleTitle", "PubDate", "ContentSource", "Keywords"} <= set(names)
    assert len(names) == len(set(names))


def test_a_changed_region_replaces_regions_that_were_there(vocabulary: Vocabulary) -> None:
    for change in vocabulary["region-changes"]:
        assert re.fullmatch(r"\d{6}", change.notation)
        for code in change.properties.get("replacesCode", ()):
            assert get_region(code).code[:2] == change.notation[:2]


@given(
    st.sets(st.text("市县财局.（", min_size=1, max_size=6), max_size=12),
    st.text("市县财局.（", max_size=8),
)
def test_the_longest_of_the_names_is_found(names: set[str], text: str) -> None:
    found = re.match(any_of(names), text)
    expected = max((name for name in names if text.startswith(name)), key=len, default=None)
    assert (found and found.group()) == expected


@pytest.mark.parametrize(
    "names",
    [["局" * 30_000, "市局"], ["局" * length for length in range(1, 300)]],
    ids=["a very long name", "names that each begin the next"],
)
def test_names_may_be_long_and_begin_one_another(names: list[str]) -> None:
    pattern = re.compile(any_of(names))
    assert all(pattern.fullmatch(name) for name in names)
