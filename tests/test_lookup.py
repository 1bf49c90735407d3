"""What the graph says of an item or a body, by name."""

from __future__ import annotations

import json
from dataclasses import replace

import pyoxigraph as ox
import pytest

from gold import STEMS, gold, gold_graph
from lookup_sample import CENTRAL, TextGraph, first, quad, sample_graph, second
from pskg.graph.names import ID, PREFIXES
from pskg.graph.store import Answer, BuildGraph, Graph, MemoryGraph, open_graph
from pskg.use.lookup import (
    UnknownNameError,
    choose_documents,
    choose_type,
    find_body,
    find_item,
    label_concept,
    list_documents,
)

PSKG = PREFIXES["pskg"]


class CountingGraph(TextGraph):
    """A graph that knows how many rows its longest answer had."""

    most = 0

    def query(self, sparql: str) -> Answer:
        answer = super().query(sparql)
        self.most = max(self.most, len(answer.rows))
        return answer


def names_of(graph: Graph, name: str, region: str | None = None) -> list[tuple[str, str, str]]:
    return [
        (answer.document.region, answer.name, answer.match)
        for answer in find_item(graph, name, region)
    ]


@pytest.mark.parametrize(
    ("name", "region", "expected"),
    [
        # the very name, in each region; brackets of either width
        (
            "免费示例教育(站)",
            None,
            [
                ("台山市", "免费示例教育（站）", "exact"),
                ("福建省", "免费示例教育(站)", "exact"),
                ("陇南市", "免费示例教育(站)", "exact"),
            ],
        ),
        # white space in what is asked for does not count
        (" 免费 示例教育 （站）", "陇南", [("陇南市", "免费示例教育(站)", "exact")]),
        # a part of the name
        ("示例教育", "621200", [("陇南市", "免费示例教育(站)", "part")]),
        # the very name in one document does not hide a part of a name in another
        (
            "城镇示例保险",
            None,
            [("陇南市", "城镇示例保险", "exact")],
        ),
        (
            "示例保险",
            None,
            [("台山市", "城乡示例保险", "part"), ("陇南市", "城镇示例保险", "part")],
        ),
        # no item of that name: tasks are looked for
        (
            "均衡示例资源",
            None,
            [("福建省", "均衡示例资源", "exact"), ("陇南市", "均衡示例资源", "exact")],
        ),
        # and groups
        ("领导小组", None, [("陇南市", "示例领导小组", "part")]),
    ],
)
def test_items_are_found_by_name(
    name: str, region: str | None, expected: list[tuple[str, str, str]]
) -> None:
    assert sorted(names_of(sample_graph(), name, region)) == sorted(expected)


def test_exact_names_come_first_and_hide_parts_in_their_document_only() -> None:
    graph = MemoryGraph()
    reading, text = first()
    for quad_ in TextGraph([(reading, text), second()]).store:
        graph.store.add(quad_)
    # 示例送戏 of 台山 is renamed: one document has the name, the other has it within a longer one
    graph.store.update(
        """
        PREFIX dct: <http://purl.org/dc/terms/>
        DELETE { GRAPH ?g { ?i dct:title "示例送戏"@zh } }
        INSERT { GRAPH ?g { ?i dct:title "新城镇示例保险"@zh } }
        WHERE { GRAPH ?g { ?i dct:title "示例送戏"@zh } }
        """
    )
    assert names_of(graph, "城镇示例保险") == [
        ("陇南市", "城镇示例保险", "exact"),
        ("台山市", "新城镇示例保险", "part"),
    ]
    assert names_of(graph, "城镇示例保险", "陇南市") == [("陇南市", "城镇示例保险", "exact")]


def test_an_item_tells_cells_bodies_and_payers_with_their_words() -> None:
    graph = sample_graph()
    (answer,) = find_item(graph, "免费示例教育(站)", "陇南市")
    assert (answer.no, answer.kind, answer.domain) == ("1", "item", "示例教育")
    assert answer.document.number == "陇示发〔2019〕1号"
    assert (answer.target_groups, answer.standard) == ("示例学生", "每生每年800元。")
    assert answer.leads == ("市教育局", "市财政局")
    assert [(part.name, part.role, part.function, part.order) for part in answer.bodies] == [
        ("市教育局", "lead", "教育", 1),
        ("市财政局", "lead", "财政", 2),
    ]
    assert [(part.name, part.share, part.basis, part.split) for part in answer.payers] == [
        ("中央财政", "0.8", "ratio", 1),
        ("地方财政", "0.2", "ratio", 1),
    ]
    text = graph.text(answer.document.iri)
    assert text is not None
    for part in (answer, *answer.bodies, *answer.payers):
        assert text[part.start : part.end] == part.quote


def test_payers_stand_split_by_split_with_their_condition() -> None:
    (answer,) = find_item(sample_graph(), "城镇示例保险")
    assert [(part.split, part.condition, part.name, part.share) for part in answer.payers] == [
        (1, "试点县所需资金", "中央财政", ""),
        (2, "", "街道", ""),
    ]


def test_an_item_of_which_the_document_gives_the_name_alone() -> None:
    (answer,) = find_item(sample_graph(), "示例送戏", "福建")
    assert (answer.standard, answer.lead, answer.bodies, answer.payers) == ("", "", (), ())


def test_all_roles_of_a_task() -> None:
    (answer,) = find_item(sample_graph(), "均衡示例资源", "陇南")
    assert {(part.name, part.role) for part in answer.bodies} == {
        ("市教育局", "lead"),
        ("省教育厅", "cooperating"),
        ("各县区政府", "responsible"),
    }


def test_answers_are_plain_data() -> None:
    (item,) = find_item(sample_graph(), "城镇示例保险")
    (body,) = find_body(sample_graph(), "各县区政府")
    assert json.loads(json.dumps(item.to_dict()))["bodies"][0]["name"] == "市教育局"
    assert json.loads(json.dumps(body.to_dict()))["duties"][0]["role"] == "responsible"


@pytest.mark.parametrize(
    ("name", "region", "what", "near"),
    [
        # likeness of spelling
        ("免费示例育教(站)", None, "item", "免费示例教育(站)"),
        # an item of another region says where it is
        ("城镇示例保险", "台山", "item", "城乡示例保险"),
        ("示例学生营养改善", "福建", "item", "示例学生营养改善（陇南市）"),
        # a region that is none, and one that has no document
        ("示例送戏", "火星", "region", "福建省"),
        ("示例送戏", "北京市", "region", "台山市"),
        # nothing is no name: it is not part of every name
        ("", None, "item", ""),
        ("  ", None, "item", ""),
    ],
)
def test_unknown_items_are_errors_with_near_names(
    name: str, region: str | None, what: str, near: str
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_item(sample_graph(), name, region)
    assert caught.value.what == what
    assert near in caught.value.near if near else not caught.value.near


@pytest.mark.parametrize(
    ("name", "region", "expected"),
    [
        # a label of the vocabulary for a payer
        ("中央财政", None, [("中央财政", "name")]),
        # as a document writes it; the same words are a body of each region
        ("市教育局", None, [("教育（陇南市）", "name")]),
        # a function: all its bodies
        (
            "教育",
            None,
            [
                ("教育（福建省）", "function"),
                ("教育（台山市）", "function"),
                ("教育（甘肃省）", "function"),
                ("教育（陇南市）", "function"),
            ],
        ),
        # a name as written in one region and one of the function's names in others
        (
            "教育局",
            None,
            [
                ("教育（台山市）", "name"),
                ("教育（福建省）", "function"),
                ("教育（甘肃省）", "function"),
                ("教育（陇南市）", "function"),
            ],
        ),
        # in one region: its own bodies, and others that its documents speak of
        ("教育", "陇南市", [("教育（甘肃省）", "function"), ("教育（陇南市）", "function")]),
        ("教育", "甘肃", [("教育（甘肃省）", "function")]),
        # the region before the name, or a level: 市教委 is written nowhere
        (
            "市教委",
            None,
            [
                ("教育（福建省）", "function"),
                ("教育（台山市）", "function"),
                ("教育（甘肃省）", "function"),
                ("教育（陇南市）", "function"),
            ],
        ),
        # a function that was taken over by another one, asked for by the older name
        ("卫生局", None, [("卫生健康（台山市）", "succession")]),
        ("陇南市教育局", None, [("教育（陇南市）", "function")]),
        # a label
        ("教育（台山市）", None, [("教育（台山市）", "name")]),
        # a payer that no vocabulary knows
        ("街道", None, [("街道", "name")]),
        # part of a name, when nothing else fits
        ("县区", None, [("各县区政府", "part")]),
    ],
)
def test_bodies_are_found_by_name(
    name: str, region: str | None, expected: list[tuple[str, str]]
) -> None:
    found = find_body(sample_graph(), name, region)
    assert sorted((answer.label, answer.match) for answer in found) == sorted(expected)
    assert [answer.match for answer in found] == sorted(
        (answer.match for answer in found), key=("name", "function", "succession", "part").index
    )


def test_a_body_tells_its_duties_in_the_order_of_the_text() -> None:
    graph = sample_graph()
    (answer,) = find_body(graph, "市教育局")
    assert (answer.function, answer.region, answer.collective) == ("教育", "陇南市", False)
    assert [(duty.role, duty.subject_kind, duty.subject) for duty in answer.duties] == [
        ("lead", "item", "免费示例教育(站)"),
        ("lead", "item", "城镇示例保险"),
        ("lead", "task", "均衡示例资源"),
        ("member", "organisation", "示例领导小组"),
    ]
    assert [duty.subject for duty in answer.in_role("member")] == ["示例领导小组"]
    text = graph.text(answer.duties[0].document.iri)
    assert text is not None
    assert all(text[duty.start : duty.end] == "市教育局" for duty in answer.duties)


def test_a_payer_tells_what_it_pays() -> None:
    (answer,) = find_body(sample_graph(), "中央财政", "陇南市")
    assert answer.iri == CENTRAL
    assert [(part.subject, part.share, part.condition) for part in answer.payments] == [
        ("免费示例教育(站)", "0.8", ""),
        ("城镇示例保险", "", "试点县所需资金"),
    ]


def test_a_collective_body_says_so() -> None:
    (answer,) = find_body(sample_graph(), "各县区政府")
    assert answer.collective
    assert answer.function == ""


@pytest.mark.parametrize(
    ("name", "region", "what", "near"),
    [
        ("市教育居", None, "body", "市教育局"),
        ("市卫健局", "陇南市", "body", "卫生健康（台山市）"),
        ("市教育局", "火星", "region", "陇南市"),
        ("", None, "body", ""),
    ],
)
def test_unknown_bodies_are_errors_with_near_names(
    name: str, region: str | None, what: str, near: str
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_body(sample_graph(), name, region)
    assert caught.value.what == what
    assert near in caught.value.near if near else not caught.value.near


def test_names_with_quotes_and_backslashes_do_no_harm() -> None:
    with pytest.raises(UnknownNameError):
        find_item(sample_graph(), 'a"\\ } DELETE {')
    with pytest.raises(UnknownNameError):
        find_body(sample_graph(), "a'\n<b>")


def test_an_empty_graph_has_no_names() -> None:
    with pytest.raises(UnknownNameError):
        find_item(MemoryGraph(), "免费教育")
    with pytest.raises(UnknownNameError):
        find_body(MemoryGraph(), "财政局")


def test_a_graph_of_bare_edges_is_answered_as_far_as_it_goes() -> None:
    graph = MemoryGraph()
    document, item = f"{ID}document/a", f"{ID}document/a/item/1"
    type_ = PREFIXES["rdf"] + "type"
    graph.store.extend(
        [
            quad(document, type_, ox.NamedNode(PSKG + "PolicyDocument")),
            quad(item, type_, ox.NamedNode(PSKG + "ServiceItem")),
            quad(item, PREFIXES["dct"] + "title", ox.Literal("某项目")),
            quad(item, PREFIXES["dct"] + "isPartOf", ox.NamedNode(document)),
        ]
    )
    (answer,) = find_item(graph, "某项目")
    assert (answer.quote, answer.start, answer.document.title) == ("", -1, "")


def test_documents_of_a_region_without_a_code_are_chosen_by_name() -> None:
    graph = MemoryGraph()
    document = f"{ID}document/a"
    graph.store.extend(
        [
            quad(document, PREFIXES["rdf"] + "type", ox.NamedNode(PSKG + "PolicyDocument")),
            quad(document, PSKG + "regionAsWritten", ox.Literal("某开发区")),
        ]
    )
    documents = list_documents(graph)
    assert list(choose_documents(documents, "某开发区")) == [document]
    with pytest.raises(UnknownNameError, match="某开发区"):
        choose_documents(documents, "陇南市")


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ([PSKG + "Undertaking", PSKG + "Measure"], "Measure"),  # the narrower of pskg's
        (["http://purl.org/vocab/cpsv#PublicService", PSKG + "ServiceItem"], "ServiceItem"),
        (["http://www.w3.org/2004/02/skos/core#Concept"], "Concept"),  # none of pskg's
        ([], ""),
    ],
)
def test_the_most_telling_class_is_chosen(types: list[str], expected: str) -> None:
    assert choose_type(types) == choose_type(reversed(types)) == expected


def test_concepts_outside_the_vocabularies_keep_their_iri() -> None:
    assert label_concept("https://example.org/x") == "https://example.org/x"


def test_what_many_documents_say_alike_is_said_once() -> None:
    # a store that answers once for each graph must not multiply regions, labels and functions
    reading, text = first()
    readings = [(reading, text)]
    for no in range(2, 40):
        document = replace(reading.document, doc_number=f"陇示发〔2019〕{no}号")
        readings.append((replace(reading, document=document), text))
    graph = CountingGraph(readings)
    assert len(list_documents(graph)) == 39
    assert len(find_item(graph, "城镇示例保险")) == 39
    (body,) = find_body(graph, "市教育局")
    assert len(body.duties) == 39 * 4
    assert graph.most < 39 * 4 * 25


# Against the hand-made annotations of the five documents


@pytest.mark.parametrize("stem", STEMS)
def test_each_annotated_item_has_its_leads_and_payers(stem: str) -> None:
    graph = gold_graph()
    source = gold(stem)
    items = source.rows("items")
    wanted: dict[str, tuple[list[str], set[tuple[str, str]]]] = {}
    for row in items:
        leads = [
            part["body"]
            for part in source.rows("responsibilities")
            if (part["subject_kind"], part["subject_no"], part["role"])
            == ("item", row["no"], "lead")
        ]
        payers = {
            (part["payer"], part["share"])
            for part in source.rows("funding")
            if part["item_no"] == row["no"] and part["item"] == row["name"]
        }
        wanted[row["no"]] = leads, payers
    for row in items[::7]:  # every seventh: each asks several questions
        answers = [
            answer
            for answer in find_item(graph, row["name"])
            if answer.document.iri == source.iri and answer.no == row["no"]
        ]
        assert len(answers) == 1, row["name"]
        leads, payers = wanted[row["no"]]
        assert list(answers[0].leads) == leads
        assert {(part.name, part.share) for part in answers[0].payers} == payers


@pytest.mark.parametrize(
    ("name", "region", "role", "stem"),
    [
        ("财政局", "呼伦贝尔", "lead", "hulunbuir-2018-41"),
        ("市教育局", "陇南", "responsible", "longnan-2018-45"),
        ("市财政局", "台山", "lead", "taishan-2014-32"),
    ],
)
def test_a_body_has_all_its_annotated_duties(name: str, region: str, role: str, stem: str) -> None:
    found = find_body(gold_graph(), name, region)
    duties = [(duty.start, duty.subject) for answer in found for duty in answer.in_role(role)]
    wanted = [
        (int(row["start"]), row["subject"])
        for row in gold(stem).rows("responsibilities")
        if (row["body"], row["role"]) == (name, role)
    ]
    assert wanted
    assert sorted(start for start, _ in duties) == sorted(start for start, _ in wanted)


# Against the build


def test_the_built_graph_says_who_leads_free_schooling(graph: BuildGraph) -> None:
    # hulunbuir-2018-41.txt: 免费义务教育 … 财政局、教育局
    (answer,) = find_item(graph, "免费义务教育", "呼伦贝尔")
    assert answer.leads == ("财政局", "教育局")
    assert {part.name for part in answer.payers} == {"中央财政", "地方财政"}


def test_a_server_gives_the_same_answers(graph: BuildGraph, endpoint: str) -> None:
    there = open_graph(endpoint)
    for name, region in (("免费义务教育", None), ("养老", "福建"), ("均衡配置城乡教育资源", None)):
        assert find_item(there, name, region) == find_item(graph, name, region)
    for name, region in (("财政局", None), ("中央财政", "呼伦贝尔"), ("各县区政府", None)):
        assert find_body(there, name, region) == find_body(graph, name, region)


def test_the_built_graph_quotes_what_its_texts_hold(graph: BuildGraph) -> None:
    answers = find_body(graph, "财政局")
    assert {answer.region for answer in answers} >= {"呼伦贝尔市", "陇南市", "台山市"}
    for answer in answers:
        for part in (*answer.duties, *answer.payments):
            text = graph.text(part.document.iri)
            assert text is not None
            assert text[part.start : part.end] == part.quote
