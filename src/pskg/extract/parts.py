"""What each part of a document is about: its kind (tasks, measures, ...) and its field of service.

The kind of a part is told by its heading (``ontology/vocabularies/section-kinds.ttl``) and holds
for the parts within it; the domain likewise (``ontology/vocabularies/domains.ttl``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pskg.extract.outline import Node, Outline
from pskg.model import DomainEntry, SectionEntry, Span
from pskg.vocabulary import Concept, Vocabulary, key

__all__ = ["Parts", "find_domain", "sort_parts"]

#: Kinds that hold for everything within: a heading inside does not change them.
_LASTING = frozenset({"task", "measure", "mechanism", "division", "interpretation", "principle"})
#: The verbs that open a heading, with what may stand before them.
_DEED = re.compile(
    r"(?:(?:进一步|全面|着力|大力|积极|加快|切实|不断|扎实|持续)*(?:完善|强化|加强|健全|推进|构建|建立|优化|促进"
    r"|提升|深化|培育|丰富|壮大|推动|打造|改善|创新|拓展|增强|统筹|做[好优强]|发展|扩大|支持|鼓励|提高|保障"
    r"|落实|严格|加大|抓好|明确|压实|细化|狠抓|注重|突出))+"
)
#: Words around the name of a field of service, in the order in which they are taken away.
_FRAMES = (
    re.compile(r"(?:领域|方面|体系|制度)$"),
    re.compile(r"^(?:推进|促进|发展|完善|加强|健全)"),
    re.compile(r"服务$"),
)
_SUPPORT = "support"


@dataclass(frozen=True)
class Parts:
    """Kind and domain of every part of an outline, and the domains in order.

    ``containers`` are the parts whose heading names a kind; ``groups`` those in which tasks are
    grouped under something that is no field of service. Parts are known by their ``id``.
    """

    kinds: dict[int, str]
    domains: dict[int, DomainEntry]
    entries: tuple[DomainEntry, ...]
    containers: frozenset[int]
    groups: frozenset[int]

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
        """The heading of the nearest part around that is no field of service."""
        for around in node.ancestors():
            named = id(around) in self.containers or id(around) in self.groups
            if named or (around.title and self.kind(around) in ("measure", "mechanism")):
                return around.name
        top = node
        for around in node.ancestors():
            if around.title:
                top = around
        return top.name if top is not node else ""


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


def _is_deed(name: str, ending: Concept) -> bool:
    """Whether a heading says what is to be done and only happens to end like a label.

    完善国家职业教育制度体系 is a deed, and so is 提高服务标准: nobody raises a list.
    切实加强组织领导 and 甲市重点任务 are labels.
    """
    ended = max((len(key(n)) for n in ending.names if key(name).endswith(key(n))), default=0)
    before = key(name)[: len(key(name)) - ended]
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


def _secures(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a heading says how the work is secured: 做好组织实施工作, 密切配合，强化资金保障.

    Asked of the last chapter alone: elsewhere such words may name work.
    """
    scheme = vocabulary["section-kinds"]
    clauses = re.split(r"[,，、;；\s]|(?<=.)[和与及](?=.)", name)
    found = [scheme.find_ending(re.sub(r"工作$", "", clause)) for clause in clauses]
    return any(concept is not None and concept.notation == "measure" for concept in found)


def sort_parts(outline: Outline, vocabulary: Vocabulary) -> Parts:
    """Find the kind and the domain of every part of an outline."""
    kinds: dict[int, str] = {}
    domains: dict[int, DomainEntry] = {}
    entries: dict[str, DomainEntry] = {}
    containers: set[int] = set()
    groups: set[int] = set()
    body = outline.body
    last = _find_last_chapter(body, vocabulary)
    steps = _find_steps(body, vocabulary)
    for node in outline.walk():
        parent = node.parent
        inherited = kinds.get(id(parent), "") if parent else ""
        named, exact = _find_kind(node.name, vocabulary) if node.title else ("", False)
        if node is steps:
            named = "task"
        if not named and node is last and node.children and _secures(node.name, vocabulary):
            named = "measure"
        if node.annex and not named and node is not body:
            named = "annex"
        top = parent is None or parent.title is None or parent is body
        lasting = inherited in _LASTING
        if node.box:
            # What a box holds goes with the part around it only where it is of a kind as well.
            kinds[id(node)] = "measure" if "measure" in (named, inherited) else "box"
            containers.add(id(node))
        elif named and not lasting and (exact or top or node.children):
            kinds[id(node)] = named
            containers.add(id(node))
        else:
            kinds[id(node)] = inherited
        around = domains.get(id(parent)) if parent else None
        if around:
            # A field of service within another one is a part of it.
            domains[id(node)] = around
        if id(node) in containers or not node.title:
            continue
        concept = find_domain(node.name, vocabulary)
        serves = concept is not None and is_field_of_service(concept, vocabulary)
        may_be = kinds[id(node)] in ("task", "service-list", "annex", "") and around is None
        if concept and serves and may_be and (node.children or not lasting or not node.lead):
            entry = DomainEntry(
                no=str(node.ordinal or ""),
                name=node.name,
                concept=concept.iri,
                span=node.title.span,
            )
            domains[id(node)] = entries.setdefault(node.name, entry)
        elif kinds[id(node)] == "task" and any(child.ordinal for child in node.children):
            groups.add(id(node))
    return Parts(kinds, domains, tuple(entries.values()), frozenset(containers), frozenset(groups))


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
