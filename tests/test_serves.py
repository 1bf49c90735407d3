"""Which services tasks and indicators serve: only what the words say."""

from __future__ import annotations

import pytest

from pskg.link.serves import served_by_name, served_by_text
from pskg.vocabulary import Vocabulary, load

DOMAINS = "https://w3id.org/pskg/concept/domains/"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def notations(iris: tuple[str, ...]) -> list[str]:
    return [iri.rsplit("/", 1)[-1] for iri in iris]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("孕产妇健康管理率", ["maternal-health"]),
        ("推进农村危房改造", ["rural-dilapidated-housing"]),
        ("劳动关系协调和法律援助", ["labour-relations", "legal-aid"]),
        # the longest name at a place, not those within it
        ("城乡居民基本医疗保险参保率", ["residents-medical-insurance"]),
        # short names stand for people and money as often
        ("低保户数", []),
        ("新增床位", []),
    ],
)
def test_a_title_or_a_name(name: str, expected: list[str], vocabulary: Vocabulary) -> None:
    assert notations(served_by_name(name, vocabulary)) == expected


@pytest.mark.parametrize(
    ("text", "domain", "expected"),
    [
        # acted on, by one verb or two, with words between, in a list
        ("完善临时救助制度。", None, ["temporary-assistance"]),
        ("改进和完善劳动保障监察。", None, ["labour-inspection"]),
        ("落实国家基本药物制度,扩大范围。", None, ["essential-medicines"]),
        ("做好健康教育、预防接种、老年人健康管理等工作。", "basic-health",
         ["health-education", "vaccination", "elderly-health"]),
        # mentioned: as a condition, as people, as money, as a place, after another word
        ("符合条件的可享受临时救助待遇。", None, []),
        ("健全医疗救助对象认定办法。", None, []),
        ("提高失业保险金标准。", None, []),
        ("加强公共就业服务机构建设。", None, []),
        ("加强残疾人康复服务中心建设。", None, []),
        ("与医疗救助衔接。", None, []),
        # another field: there it is mentioned
        ("落实城乡居民基本养老保险政策。", "basic-social-insurance",
         ["residents-old-age-insurance"]),
        ("落实城乡居民基本养老保险政策。", "basic-disability", []),
        # nothing
        ("", None, []),
    ],
)  # fmt: skip
def test_a_sentence(
    text: str, domain: str | None, expected: list[str], vocabulary: Vocabulary
) -> None:
    iri = DOMAINS + domain if domain else None
    assert notations(served_by_text(text, iri, vocabulary)) == expected


def test_an_item_that_the_document_adds(vocabulary: Vocabulary) -> None:
    own = {"困难家庭取暖补助": "https://e.org/item/9"}
    assert served_by_name("发放困难家庭取暖补助", vocabulary, own) == ("https://e.org/item/9",)
    assert served_by_text("落实困难家庭取暖补助政策。", None, vocabulary, own) == (
        "https://e.org/item/9",
    )


def test_without_the_list_nothing_is_served() -> None:
    assert served_by_name("法律援助", Vocabulary({})) == ()
    assert served_by_text("开展法律援助。", None, Vocabulary({})) == ()
