"""The IRIs of the graph: every one is minted here and nowhere else.

IRIs are ASCII, readable, and depend on what a thing is, never on the file it was read from or on
the order of the documents. There are no blank nodes. Chinese names become pinyin, character by
character, so that a name's slug is the same in every context; where a slug alone could stand for
two names, the first digits of a SHA-256 of the name follow it.

>>> document_iri("150700", "呼政办发〔2018〕41号", "…", 2018).removeprefix(ID)
'document/150700/huzhengbanfa-2018-41'
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

import pyoxigraph as ox

from pskg.vocabulary import key

__all__ = [
    "CONCEPT",
    "ID",
    "PREFIXES",
    "PSKG",
    "ThingNames",
    "UnknownPrefixError",
    "activity_iri",
    "body_iri",
    "cited_iri",
    "concept_iri",
    "document_iri",
    "expand_iri",
    "graph_iri",
    "indicator_iri",
    "inferred_graph_iri",
    "make_slug",
    "payer_iri",
    "region_iri",
    "shared_graph_iri",
    "shorten_iri",
    "software_iri",
    "term",
]

PSKG = "https://w3id.org/pskg/ns#"
ID = "https://w3id.org/pskg/id/"
CONCEPT = "https://w3id.org/pskg/concept/"

#: The one table of prefixes: for terms, for queries, for dumps.
PREFIXES: dict[str, str] = {
    "pskg": PSKG,
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: The longest pinyin part of an IRI; what is cut off is in the digits that follow it.
SLUG_LENGTH = 40

_SAFE_LOCAL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9])?")


class UnknownPrefixError(KeyError):
    """A prefixed name whose prefix is not in the table. Says which, and which there are."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no prefix for '{name}'; known prefixes: {', '.join(PREFIXES)}")


@lru_cache(maxsize=1024)
def term(name: str) -> ox.NamedNode:
    """The node of a prefixed name. Raises UnknownPrefixError.

    >>> term("dct:title").value
    'http://purl.org/dc/terms/title'
    """
    prefix, _, local = name.partition(":")
    if prefix not in PREFIXES:
        raise UnknownPrefixError(name)
    return ox.NamedNode(PREFIXES[prefix] + local)


def expand_iri(text: str) -> str:
    """The IRI in full of one that is written short.

    Surface forms: the IRI itself, with or without <>; a prefixed name; the part behind ``id/``
    or ``concept/``.

    >>> expand_iri("document/350000/minzheng-2017-3/item/1")
    'https://w3id.org/pskg/id/document/350000/minzheng-2017-3/item/1'
    >>> expand_iri("pskg:leads"), expand_iri("concept/roles/lead")
    ('https://w3id.org/pskg/ns#leads', 'https://w3id.org/pskg/concept/roles/lead')
    """
    plain = text.strip().removeprefix("<").removesuffix(">")
    prefix, colon, local = plain.partition(":")
    if colon:
        known = not local.startswith("//") and prefix in PREFIXES
        return PREFIXES[prefix] + local if known else plain
    plain = plain.removeprefix("/")
    for start, whole in (("id/", ID), ("concept/", CONCEPT)):
        if plain.startswith(start):
            return whole + plain.removeprefix(start)
    return ID + plain


def shorten_iri(iri: str) -> str:
    """The prefixed name of a term's IRI; any other IRI as it is.

    >>> shorten_iri(PSKG + "leads"), shorten_iri("https://example.org/a")
    ('pskg:leads', 'https://example.org/a')
    """
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and re.fullmatch(r"[A-Za-z][\w-]*", local):
            return f"{prefix}:{local}"
    return iri


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


@lru_cache(maxsize=8192)
def _spell(character: str) -> str:
    """One character in ASCII: pinyin without tones, an ASCII letter or digit, or a hyphen."""
    if character.isascii():
        return character.lower() if character.isalnum() else "-"
    if not character.isalnum():
        return "-"
    # Imported late: the pinyin tables take longer to load than most commands to run.
    from pypinyin import Style, lazy_pinyin

    spelt = lazy_pinyin(character, style=Style.NORMAL)[0].lower()
    return spelt if spelt.isascii() and spelt.isalnum() else f"u{ord(character):x}"


@lru_cache(maxsize=8192)
def make_slug(text: str, length: int = SLUG_LENGTH) -> str:
    """A name in ASCII letters, digits and hyphens; blank where nothing of it can be spelt.

    Runs of Chinese become pinyin, digits part from letters, everything else is a hyphen. Full
    width counts as half width.

    >>> make_slug("市教育局"), make_slug("呼政办发〔２０１８〕41"), make_slug("——")
    ('shijiaoyuju', 'huzhengbanfa-2018-41', '')
    """
    spelt: list[str] = []
    room = length
    was_digit: bool | None = None
    for character in unicodedata.normalize("NFKC", text):
        part = _spell(character)
        is_digit = None if part == "-" else part.isdigit()
        if is_digit is not None and was_digit is not None and is_digit != was_digit:
            part = "-" + part
        if len(part) > room:
            break
        was_digit = is_digit
        room -= len(part)
        spelt.append(part)
    return re.sub(r"-+", "-", "".join(spelt)).strip("-")


def _slug_and_digest(name: str, digits: int) -> str:
    digest = _digest(key(name), digits)
    slug = make_slug(key(name))
    return f"{slug}-{digest}" if slug else digest


def _number_slug(number: str) -> str:
    """The slug of a document's number, blank where there is no figure in it (无, 暂缺)."""
    plain = re.sub(r"第|[号號]$|(?<=\d)年", "", key(unicodedata.normalize("NFKC", number)))
    return make_slug(plain, 80) if re.search(r"\d", plain) else ""


def document_iri(
    region_code: str | None, doc_number: str | None, title: str, year: int | None
) -> str:
    """The IRI of a document, from its own identity.

    The number where it has one (呼政办发〔2018〕41号, 呼政办发[2018]41号 and
    呼政办发(2018)第41号 are one), else the year and a digest of the title.

    >>> document_iri(None, None, "某某规划", None).removeprefix(ID)
    'document/unknown/undated-bc7352fc'
    """
    slug = _number_slug(doc_number or "") or f"{year or 'undated'}-{_digest(key(title), 8)}"
    return f"{ID}document/{_safe_code(region_code)}/{slug}"


def graph_iri(document: str) -> str:
    """The named graph that holds what was read from a document.

    >>> graph_iri("https://w3id.org/pskg/id/document/350000/minzheng-2017-3")
    'https://w3id.org/pskg/id/document/350000/minzheng-2017-3/graph'
    """
    return f"{document}/graph"


def inferred_graph_iri(document: str, rule: str) -> str:
    """The named graph that holds what a rule computed from what was read from a document.

    >>> inferred_graph_iri(ID + "document/350000/minzheng-2017-3", "direct-edge").removeprefix(ID)
    'document/350000/minzheng-2017-3/inferred/direct-edge'
    """
    return f"{document}/inferred/{rule}"


def shared_graph_iri(name: str) -> str:
    """The named graph of the ontology, or of a vocabulary: what all documents share.

    >>> shared_graph_iri("vocabulary/domains")
    'https://w3id.org/pskg/id/graph/vocabulary/domains'
    """
    return f"{ID}graph/{name}"


def _safe_code(code: str | None) -> str:
    return code if code and re.fullmatch(r"[0-9A-Za-z]{1,12}", code) else "unknown"


@lru_cache(maxsize=8192)
def region_iri(code: str) -> str:
    """The IRI of a region, by its administrative division code.

    >>> region_iri("440781")
    'https://w3id.org/pskg/id/region/440781'
    """
    return f"{ID}region/{_safe_code(code)}"


def body_iri(region_code: str | None, function: str | None, name: str) -> str:
    """The IRI of a body: by region and function, or by region and name where no function is given.

    >>> body_iri("621200", "finance", "市财政局").removeprefix(ID)
    'body/621200/finance'
    >>> body_iri("621200", None, "各县区政府").removeprefix(ID)
    'body/621200/gexianquzhengfu-19ba1e'
    """
    local = function if function else _slug_and_digest(name, 6)
    return f"{ID}body/{_safe_code(region_code)}/{local}"


def payer_iri(name: str) -> str:
    """The IRI of a payer that no vocabulary knows.

    >>> payer_iri("街道").removeprefix(ID)
    'payer/jiedao-ee10a1'
    """
    return f"{ID}payer/{_slug_and_digest(name, 6)}"


@lru_cache(maxsize=8192)
def indicator_iri(name: str) -> str:
    """The IRI of what is measured, shared by all documents that write the name alike.

    >>> indicator_iri("婴儿死亡率").removeprefix(ID)
    'indicator/yingersiwanglv-b160a3'
    """
    return f"{ID}indicator/{_slug_and_digest(name, 6)}"


def cited_iri(scope: str, title: str, issuer: str = "", number: str | None = None) -> str:
    """The IRI of a document known by what others say of it: its title, else its number.

    ``scope`` is the code of the issuer's region, or the words that say within what the title
    means one document.

    >>> cited_iri("100000", "中华人民共和国残疾人保障法").removeprefix(ID)
    'cited/100000/zhonghuarenmingongheguocanjirenbaozhang-a444ff607d'
    >>> cited_iri("620000", "", number="甘政发[2017]第46号").removeprefix(ID)
    'cited/620000/ganzhengfa-2017-46-0fe020'
    """
    code = _safe_code(scope)
    if title or not number:
        digest = _digest(f"{scope} {issuer} {key(title)}", 10)
        return f"{ID}cited/{code}/{make_slug(key(title)) or 'untitled'}-{digest}"
    # Brackets are lost in conversion: they do not count.
    plain = re.sub(
        r"[^\u4e00-\u9fff0-9A-Za-z]|第|年|[号號]$", "", unicodedata.normalize("NFKC", number)
    )
    slug = re.sub(r"((?:19|20)[0-9]{2})([0-9]{1,5})$", r"\1-\2", make_slug(plain, 80))
    return f"{ID}cited/{code}/{slug}-{_digest(f'{scope} {plain}', 6)}"


def concept_iri(scheme: str, notation: str) -> str:
    """The IRI of a concept of one of pskg's vocabularies.

    >>> concept_iri("roles", "lead")
    'https://w3id.org/pskg/concept/roles/lead'
    """
    return f"{CONCEPT}{scheme}/{notation}"


def software_iri(version: str) -> str:
    """The IRI of a version of pskg.

    >>> software_iri("0.1.0")
    'https://w3id.org/pskg/id/software/pskg-0.1.0'
    """
    return f"{ID}software/pskg-{re.sub(r'[^0-9A-Za-z.]', '-', version)}"


def activity_iri(version: str) -> str:
    """The IRI of reading documents with a version of pskg.

    >>> activity_iri("0.1.0")
    'https://w3id.org/pskg/id/activity/read-0.1.0'
    """
    return f"{ID}activity/read-{re.sub(r'[^0-9A-Za-z.]', '-', version)}"


class ThingNames:
    """Mints the IRIs of the things in one document, each once.

    >>> names = ThingNames("https://w3id.org/pskg/id/document/350000/minzheng-2017-3")
    >>> names.mint("item", "1.3", 400).rsplit("/document/350000/")[1]
    'minzheng-2017-3/item/1.3'

    A second thing of that kind and number has its position added; a number that is not ASCII
    is replaced by the position.

    >>> names.mint("item", "1.3", 900).rsplit("/", 1)[1], names.mint("item", "十", 950)[-6:]
    ('1.3-900', 'at-950')
    """

    def __init__(self, document: str) -> None:
        self.document = document
        self._taken: set[str] = set()

    def mint(self, kind: str, local: str, start: int) -> str:
        """A new IRI for a thing of this kind and number that starts here in the text."""
        plain = unicodedata.normalize("NFKC", local)
        safe = plain if _SAFE_LOCAL.fullmatch(plain) else f"at-{start}"
        wanted = f"{self.document}/{kind}/{safe}"
        if wanted in self._taken:
            wanted = f"{wanted}-{start}"
        minted, count = wanted, 1
        while minted in self._taken:
            count += 1
            minted = f"{wanted}-{count}"
        self._taken.add(minted)
        return minted

    def part(self, kind: str, local: str = "") -> str:
        """The IRI of a part that its kind and local name alone identify: the same each time.

        >>> ThingNames(ID + "document/a/b").part("span", "3-9").removeprefix(ID)
        'document/a/b/span/3-9'
        """
        return f"{self.document}/{kind}/{local}" if local else f"{self.document}/{kind}"
