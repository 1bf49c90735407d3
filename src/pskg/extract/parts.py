"""What each part of a document is about: its kind (tasks, measures, ...) and its field of service.

The kind of a part is told by its heading (``ontology/vocabularies/section-kinds.ttl``) and holds
for the parts within it; the domain likewise (``ontology/vocabularies/domains.ttl``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pskg.extract.outline import Node, Outline, clean_title
from pskg.model import DomainEntry, SectionEntry, Span
from pskg.vocabulary import Concept, Vocabulary, any_of, key

__all__ = [
    "Parts",
    "find_domain",
    "find_fields",
    "is_label",
    "is_noun",
    "list_sections",
    "sort_parts",
]

#: Kinds that hold for everything within: a heading inside does not change them.
_LASTING = frozenset({"task", "measure", "mechanism", "division", "interpretation", "principle"})
#: The verbs that open a heading, with what may stand before them.
_DEED = re.compile(
    r"(?:(?:进一步|全面|着力|大力|积极|加快|切实|不断|扎实|持续)*(?:完善|强化|加强|健全|推进|构建|建立|优化|促进"
    r"|提升|深化|培育|丰富|壮大|推动|打造|改善|创新|拓展|增强|统筹|做[好优强]|发展|扩大|支持|鼓励|提高|保障"
    r"|落实|严格|建设|形成|构筑|加大|抓好|明确|压实|细化|狠抓|注重|突出))+"
)
#: Words around the name of a field of service, in the order in which they are taken away.
_FRAMES = (
    re.compile(r"(?:领域|方面|体系|制度)$"),
    re.compile(r"^(?:推进|促进|发展|完善|加强|健全)"),
    re.compile(r"服务$"),
)
_SUPPORT = "support"
#: Kinds that stand within a part of another kind where a heading is their very name: a chapter
#: 目标与任务 opens with its 指导思想.
_SETS_OUT = frozenset({"guidance", "principle", "basis", "target", "indicators"})
#: Kinds of parts that a field of service has each of its own.
_KINDS_OF_A_FIELD = frozenset({"task", "measure", "mechanism", "service-list"})
#: Verbs and adverbs that open a heading besides those of ``_DEED``: it says what is done.
_DOES = re.compile(
    r"提供|增加|满足|加快|着力|大力|进一步|切实|扎实|不断|开展|实施|组织|深入|聚焦|围绕|坚持|夯实|筑牢|补齐|兜牢|织密|守住|办好|畅通|规范|引导|动员|凝聚|实现|形成"
    r"|确保|营造|紧盯|坚决|防范|化解|盘活|培养|引进|用好|破解|激发|释放|拓宽|调整|合理|稳步|有序|继续|精准|着眼|立足"
    r"|构筑|完成|建成|新建|改造|整治|治理|解决|推行|推广|试点|探索|优先|严厉|巩固|改进|全力|逐步|分类"
    r"|[以让把为向在从由使]|对(?!外)"
)
#: A heading that says what becomes of a field of service: 构建更好的甲体系.
_OF_FIELD = re.compile(r"(?P<about>.+?)(?:服务)?体系(?:建设)?$")
_QUALITY = re.compile(
    r"^(?:多层次|多元化?|多样化|现代化?|新型|高[质品]量|普惠性?|城乡一体化?|立体化|全方位)+"
)
_LONGEST_FIELD = 20
#: Whose power something is: 中央财政事权, 省与市县共同财政事权, 市县级事权和支出责任.
_POWER = re.compile(
    r"(?:[中国][央家]|地方|自治区|[省市县区州盟旗乡镇]级?|[与和及、]|共同|上划|委托)+(?:的?财政)?事权"
    r"(?:[与和及、]支出责任)?(?:事项|部分)?$"
)
_LONGEST_NOUN = 8
_SHORTEST_PLAN = 6
_BRINGS = re.compile("印发|转发|批转|发布|公布|下达")
_LONGEST_PLAN = 60
#: A notice that brings a document and goes on with what it requires: 现将…印发给你们，并要求如下.
_REQUIRES = re.compile(r"(?:印发|转发|批转|下发)给你们[^。]*要求")


@dataclass(frozen=True)
class Parts:
    """Kind and domain of every part of an outline, and the domains in order.

    ``containers`` are the parts whose heading names a kind; ``groups`` those in which tasks are
    grouped under something that is no field of service. Parts are known by their ``id``. ``plan``
    is the heading of the plan that a notice brings, where it stands above the first part.
    """

    kinds: dict[int, str]
    domains: dict[int, DomainEntry]
    entries: tuple[DomainEntry, ...]
    containers: frozenset[int]
    groups: frozenset[int]
    plan: str = ""

    def kind(self, node: Node) -> str:
        """The kind of a part, blank where nothing tells it."""
        return self.kinds.get(id(node), "")

    def domain(self, node: Node) -> DomainEntry | None:
        """The field of service that a part stands under."""
        return self.domains.get(id(node))

    def is_container(self, node: Node) -> bool:
        """Whether a part's heading names a kind, so that it holds undertakings and is none."""
        return id(node) in self.containers

    def section(self, node: Node) -> str:
        """The heading of the nearest part around that is no field of service, or of the plan."""
        for around in node.ancestors():
            named = id(around) in self.containers or id(around) in self.groups
            if named or (around.title and self.kind(around) in ("measure", "mechanism")):
                return around.name
        top = node
        for around in node.ancestors():
            if around.title:
                top = around
        if top is not node and not self.is_field(top):
            return top.name
        return self.plan or (top.name if top is not node else "")

    def is_field(self, node: Node) -> bool:
        """Whether a part's heading is the very name of a field of service."""
        domain = self.domain(node)
        return domain is not None and domain.name == node.name


@lru_cache(maxsize=1024)
def find_domain(name: str, vocabulary: Vocabulary) -> Concept | None:
    """The field of service with this name, with or without 领域, 服务 and the like around it."""
    scheme = vocabulary["domains"]
    found = scheme.find(name)
    for frame in _FRAMES:
        if found:
            break
        name = frame.sub("", name)
        found = scheme.find(name)
    return found


@lru_cache(maxsize=8)
def _field_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Any name of a field of service."""
    fields = (one for one in vocabulary["domains"] if is_field_of_service(one, vocabulary))
    return re.compile(any_of(name for concept in fields for name in concept.names))


def find_fields(names: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, Concept | None]:
    """Which of the headings beside each other name fields of service, and which these are.

    One that the vocabulary does not know is a field where half or more of those that name
    something do: 便民服务 is one beside 公共教育, and 加快智慧城市建设 is work.

    >>> from pskg.vocabulary import load
    >>> found = find_fields(["公共教育", "甲乙丙事", "完善丁"], load())
    >>> list(found), found["甲乙丙事"] is None
    (['公共教育', '甲乙丙事'], True)
    """
    named = [name for name in dict.fromkeys(names) if is_noun(name)]
    known: dict[str, Concept | None] = {}
    for name in named:
        concept = find_domain(name, vocabulary)
        if concept is None and (found := _field_pattern(vocabulary).search(name)):
            concept = vocabulary["domains"].find(found.group())
        known[name] = concept
    fields = {
        name: concept
        for name, concept in known.items()
        if concept is None or is_field_of_service(concept, vocabulary)
    }
    about = [name for name, concept in fields.items() if concept]
    return fields if 2 * len(about) >= len(named) else {name: fields[name] for name in about}


def _is_nominal(node: Node) -> bool:
    """Whether a heading names something, and does not say what is to be done."""
    return is_noun(node.name)


_SIGN = re.compile("[,，、;；:：]")


def is_noun(name: str) -> bool:
    """Whether a heading by this name names something, and does not say what is to be done."""
    return not (_DEED.match(name) or _DOES.match(name) or _SIGN.search(name))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the numbered headings of one part have in common.

    ``named``: all name something and have numbered points; ``fields``: half or more name a field
    of service; ``about``: most are fields or say what becomes of one; ``parted``: all name
    something, half or more are fields and some have numbered points, so each is a field;
    ``served``: most have numbered points and name a field or end in 服务, so these are fields.
    """

    named: bool
    fields: bool
    about: bool
    parted: bool
    served: bool

    @property
    def has_fields(self) -> bool:
        """Whether a heading that names something else is no group of its own: 要素支持."""
        return self.fields or self.parted or self.served


def _look_beside(parent: Node, vocabulary: Vocabulary) -> _Beside:
    beside = [one for one in parent.children if one.ordinal]
    named = all(_is_nominal(one) and _has_points(one) for one in beside)
    pattern = _field_pattern(vocabulary)
    fields = sum(bool(pattern.search(one.name)) for one in beside) if named else 0
    about = sum(
        bool(find_domain(one.name, vocabulary) or _find_field_within(one.name, vocabulary))
        for one in beside
    )
    known = sum(
        bool(find_domain(one.name, vocabulary) or _is_divided(one))
        for one in beside
        if one.children or not one.lead
    )
    parted = (
        len(beside) > 2
        and 2 * known >= len(beside)
        and all(map(_is_nominal, beside))
        and any(map(_has_points, beside))
    )
    nouns = [one.name for one in beside if _is_nominal(one) and _has_points(one)]
    known_fields = [name for name in nouns if pattern.search(name)]
    services = {name for name in nouns if name.endswith("服务")}.union(known_fields)
    served = bool(known_fields) and len(services) > 1 and 2 * len(services) > len(beside)
    return _Beside(
        named=named,
        fields=len(beside) > 1 and 2 * fields >= len(beside),
        about=2 * about > len(beside),
        parted=parted,
        served=served,
    )


def _has_points(node: Node) -> bool:
    return any(child.ordinal for child in node.children)


def _is_service_beside(node: Node, beside: _Beside) -> bool:
    """Whether a heading is the name of a service among fields of service: 甲乙服务."""
    return (
        beside.served
        and node.name.endswith("服务")
        and len(node.name) <= _LONGEST_FIELD
        and _is_nominal(node)
        and _has_points(node)
    )


def _find_named_field(
    node: Node, kind: str, beside: _Beside, vocabulary: Vocabulary
) -> Concept | None:
    """The field of a heading that names a part of it, or an action: 健康教育与管理, 就业促进行动.

    It stands among headings that all name something, each with its own numbered points, or most
    of which name fields. Where no heading around calls them tasks, most must be fields.
    """
    if (
        len(node.name) > _LONGEST_FIELD
        or not (beside.named or (beside.served and _is_nominal(node)))
        or (kind != "task" and not (beside.fields or beside.served))
    ):
        return None
    found = _field_pattern(vocabulary).search(node.name)
    return vocabulary["domains"].find(found.group()) if found else None


def _find_field_within(name: str, vocabulary: Vocabulary) -> tuple[str, Concept] | None:
    """The field of service, as written, in a heading that says what becomes of it.

    ``构建更好的甲体系`` is about 甲, where that is a field.
    """
    deed = _DEED.match(name)
    about = _OF_FIELD.fullmatch(name, deed.end()) if deed else None
    if about is None:
        return None
    attributes, _, noun = about["about"].rpartition("的")
    noun = _QUALITY.sub("", noun)
    if not attributes or len(noun) > _LONGEST_NOUN:
        concept = vocabulary["domains"].find(noun)
        return (noun, concept) if concept else None
    found = _field_pattern(vocabulary).search(noun)
    concept = vocabulary["domains"].find(found.group()) if found else None
    return (noun, concept) if concept else None


def is_field_of_service(concept: Concept, vocabulary: Vocabulary) -> bool:
    """Whether a domain is a field of service, and not a way of supporting them all."""
    seen = {concept.iri}
    todo = [concept]
    while todo:
        one = todo.pop()
        if one.notation == _SUPPORT:
            return False
        for iri in one.broader:
            if iri not in seen:
                seen.add(iri)
                todo.append(vocabulary.concept(iri))
    return True


@lru_cache(maxsize=1024)
def _find_kind(name: str, vocabulary: Vocabulary) -> tuple[str, bool]:
    """The section kind of a heading, and whether the heading is its very name."""
    scheme = vocabulary["section-kinds"]
    found = scheme.find(name)
    if found:
        return found.notation, True
    ending = scheme.find_ending(name)
    if ending is None or _is_deed(name, ending):
        return "", False
    if ending.notation == "division":
        # 重点任务及责任分工 heads the tasks, with who does them.
        before = scheme.find_ending(re.sub(r"(?:及其?|和|与|、)\w{2,6}$", "", name))
        if before and before.notation == "task":
            return before.notation, False
    return ending.notation, False


#: What a heading without a number may be called.
_LABELS = frozenset({"task", "measure", "mechanism", "service-list", "target", "guidance"})


def is_label(name: str, vocabulary: Vocabulary) -> bool:
    """Whether these words alone are the heading of tasks, of measures or of a list of services.

    >>> from pskg.vocabulary import load
    >>> is_label("保障工程", load()), is_label("保障性住房", load())
    (True, False)
    """
    found = vocabulary["section-kinds"].find(name)
    return found is not None and found.notation in _LABELS


def _is_deed(name: str, ending: Concept) -> bool:
    """Whether a heading says what is to be done and only happens to end like a label.

    完善健康教育制度体系 is a deed, and so are 提高服务标准 and 优化发展环境: nobody raises a
    list or does what was found. 切实加强组织领导 and 甲市重点任务 are labels.
    """
    words = key(name)
    ended = max((len(key(n)) for n in ending.names if words.endswith(key(n))), default=0)
    before = words[: len(words) - ended]
    if ending.notation == "basis" and (_DEED.match(before) or _DOES.match(before)):
        return True
    deed = _DEED.match(before)
    if deed is None:
        return False
    return deed.end() < len(before) or ending.notation == "service-list"


def _find_last_chapter(body: Node, vocabulary: Vocabulary) -> Node | None:
    """The last numbered chapter that is more than supplementary, where there is one before it."""
    chapters = [
        node
        for node in body.children
        if node.ordinal
        and not node.annex
        and not node.is_article
        and _find_kind(node.name, vocabulary)[0] != "supplementary"
    ]
    return chapters[-1] if len(chapters) > 1 else None


def _find_steps(body: Node, vocabulary: Vocabulary) -> Node | None:
    """The chapter 工作措施 that tells the work: no other has tasks, but a later one measures."""
    chapters = [node for node in body.children if node.title and not node.annex]
    kinds = [_find_kind(node.name, vocabulary)[0] for node in chapters]
    if any(kind == "task" and node.children for node, kind in zip(chapters, kinds, strict=True)):
        return None
    measures = [node for node, kind in zip(chapters, kinds, strict=True) if kind == "measure"]
    first = measures[0] if len(measures) > 1 else None
    return first if first and re.search(r"(?<!保障)(?<!组织)措施$", first.name) else None


def _find_required(outline: Outline) -> frozenset[int]:
    """The points (by ``id``) of a notice that say what is required of those it brings a plan to.

    Each is told in its own paragraphs: a chapter with points is a part of the plan itself.
    """
    if not any(_REQUIRES.search(block.text) for block in outline.head[-1:]):
        return frozenset()
    points = [node for node in outline.root.children if node.ordinal and not node.annex]
    plain = all(node.lead and not node.children for node in points)
    return frozenset(map(id, points)) if plain else frozenset()


def _secures(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a heading says how the work is secured: 做好组织实施工作, 密切配合，强化资金保障.

    Asked of the last chapter alone: elsewhere such words may name work.
    """
    scheme = vocabulary["section-kinds"]
    clauses = re.split(r"[,，、;；\s]|(?<=.)[和与及](?=.)", name)
    found = [scheme.find_ending(re.sub(r"工作$", "", clause)) for clause in clauses]
    return any(concept is not None and concept.notation == "measure" for concept in found)


def _find_field(
    node: Node, kind: str, beside: _Beside, vocabulary: Vocabulary
) -> tuple[str, Concept] | None:
    """The field of service that a part is about, with its name as written.

    完善公共教育体系 is about one beside 完善住房保障体系; beside 培育市场主体 it is work like any.
    """
    concept = find_domain(node.name, vocabulary)
    # A point of its own with a text (完善就业服务。…) is work in a field.
    alone = bool(node.lead) and not node.children and (kind == "task" or not _is_nominal(node))
    deed = bool(_DEED.match(node.name)) and not beside.about
    if concept and is_field_of_service(concept, vocabulary) and not deed:
        return None if alone else (node.name, concept)
    if not _has_points(node):
        return None
    within = None if deed else _find_field_within(node.name, vocabulary)
    if within is None and kind in ("task", ""):
        named = _find_named_field(node, kind, beside, vocabulary)
        within = (node.name, named) if named else None
    return within if within and is_field_of_service(within[1], vocabulary) else None


def _is_divided(node: Node) -> bool:
    """Whether the points of a part say whose fiscal powers are what: then it is about a field.

    (一)甲 with 1.中央财政事权, 2.中央与地方共同财政事权, 3.地方财政事权: any name may stand there.
    """
    points = [child.name for child in node.children if child.ordinal]
    return len(points) > 1 and _is_nominal(node) and all(map(_POWER.match, points))


def _is_aspect(node: Node) -> bool:
    """Whether a part is a field by its name, as most beside it with points of their own: 甲方面.

    What closes such a list is called otherwise and is none: 其他事项.
    """
    if not (node.parent and node.name.endswith("方面") and _has_points(node)):
        return False
    beside = [one for one in node.parent.children if one.ordinal]
    alike = [one for one in beside if one.name.endswith("方面") and _has_points(one)]
    return len(alike) > 1 and 3 * len(alike) >= 2 * len(beside)


def sort_parts(outline: Outline, vocabulary: Vocabulary) -> Parts:
    """Find the kind and the domain of every part of an outline."""
    kinds: dict[int, str] = {}
    domains: dict[int, DomainEntry] = {}
    entries: dict[str, DomainEntry] = {}
    containers: set[int] = set()
    groups: set[int] = set()
    looked: dict[int, _Beside] = {}
    body = outline.body
    last = _find_last_chapter(body, vocabulary)
    steps = _find_steps(body, vocabulary)
    required = _find_required(outline)
    for node in outline.walk():
        parent = node.parent
        inherited = kinds.get(id(parent), "") if parent else ""
        named, exact = _find_kind(node.name, vocabulary) if node.title else ("", False)
        if node is steps:
            named = "task"
        within = _find_field_within(node.name, vocabulary) if node.children else None
        secures = node is last and not within and _secures(node.name, vocabulary)
        if not named and node.children and secures:
            named = "measure"
        if node.annex and not named and node is not body:
            named = "annex"
        top = parent is None or parent.title is None or parent is body
        sets_out = exact and named in _SETS_OUT and inherited == "task"
        around = domains.get(id(parent)) if parent else None
        # A chapter about a field has its own 重点任务, 服务项目 and 保障措施.
        own = exact and named in _KINDS_OF_A_FIELD and _is_headed_by(parent, around)
        lasting = inherited in _LASTING and not (sets_out or node.label or own)
        if id(node) in required:
            kinds[id(node)] = "measure"
        elif node.box:
            # What a box holds goes with the part around it only where it is of a kind as well.
            kinds[id(node)] = "measure" if "measure" in (named, inherited) else "box"
            containers.add(id(node))
        elif named and not lasting and (exact or top or node.children):
            kinds[id(node)] = named
            containers.add(id(node))
        else:
            kinds[id(node)] = inherited
        if around:
            # A field of service within another one is a part of it.
            domains[id(node)] = around
        if id(node) in containers or not node.title:
            continue
        if kinds[id(node)] not in ("task", "service-list", "annex", ""):
            continue
        field: tuple[str, Concept | None] | None = None
        if around is None and parent is not None:
            if id(parent) not in looked:
                looked[id(parent)] = _look_beside(parent, vocabulary)
            field = _find_field(node, kinds[id(node)], looked[id(parent)], vocabulary)
            listed = node.ordinal and kinds[id(node)] == "task" and looked[id(parent)].parted
            listed = listed or _is_service_beside(node, looked[id(parent)])
            if field is None and (listed or _is_divided(node) or _is_aspect(node)):
                field = (node.name, find_domain(node.name, vocabulary))
        if field:
            name, concept = field
            entry = DomainEntry(
                no=str(node.ordinal or ""),
                name=name,
                concept=concept.iri if concept else None,
                span=node.title.span,
            )
            domains[id(node)] = entries.setdefault(name, entry)
        elif kinds[id(node)] in ("task", "") and _has_points(node):
            beside = looked.get(id(parent))
            if not (beside and beside.has_fields and _is_nominal(node)):
                groups.add(id(node))
    return Parts(
        kinds,
        domains,
        tuple(entries.values()),
        frozenset(containers),
        frozenset(groups),
        _find_plan(outline, vocabulary),
    )


def _find_plan(outline: Outline, vocabulary: Vocabulary) -> str:
    """The heading of the plan below its notice, or of one that divides work; blank without one.

    It is the last line above the first part that is no sentence, named by the notice's title
    (关于印发甲方案的通知), or any that is called a division (甲任务分解表).
    """
    heads = [
        clean_title(block.text)
        for block in outline.head
        if len(block.text) <= _LONGEST_PLAN and not re.search("[。；：:;]", block.text)
    ]
    if not heads:
        return ""
    name = heads[-1]
    titles = (clean_title(block.text) for block in outline.head[:-1])
    # Where sentences stand below it, it may be the document's own title once more.
    last = name == clean_title(outline.head[-1].text)
    befores = (title.partition(name)[0] for title in titles if name in title and name != title)
    if len(name) >= _SHORTEST_PLAN and any(last or _BRINGS.search(one) for one in befores):
        return name
    ends = {name[-1] for name in vocabulary["section-kinds"].get("division").names}
    called = (head for head in reversed(heads) if head[-1:] in ends)
    return next((head for head in called if _find_kind(head, vocabulary)[0] == "division"), "")


def _is_headed_by(node: Node | None, domain: DomainEntry | None) -> bool:
    """Whether a part's own heading names this field of service."""
    return (
        node is not None
        and domain is not None
        and node.title is not None
        and domain.name == node.name
    )


def list_sections(outline: Outline) -> tuple[SectionEntry, ...]:
    """The headings with the stretches of text under them, in order."""
    sections = []
    for node in outline.walk():
        if node.heading is None:
            continue
        path = [around.name for around in node.ancestors() if around.title]
        start = node.title.start if node.title else node.heading.start
        heading = Span(node.heading.start, node.title.end if node.title else node.heading.end)
        sections.append(
            SectionEntry(
                number=node.number,
                title=node.name,
                level=node.level,
                path=(*reversed(path), node.name),
                heading=heading,
                span=Span(min(start, heading.start), max(node.end, heading.end)),
                ordinal=node.ordinal,
            )
        )
    return tuple(sections)
