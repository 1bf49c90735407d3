"""Which services of the national list a task, a measure or an indicator serves.

Only what the words say is linked: a title or an indicator's name that holds the name of a
service; in running text a service that the sentence acts on (完善临时救助制度), not one that is
merely mentioned (纳入最低生活保障范围). A mention that is missed costs less than a wrong link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pskg.link.items import SCHEME, field_fits
from pskg.vocabulary import Vocabulary, any_of, key

__all__ = ["served_by_name", "served_by_text"]

#: Shorter names (低保) stand for people and money as often as for the service.
_SHORTEST = 4

_VERB = (
    r"(?:落实|完善|健全|推进|推行|推动|实施|开展|加强|强化|做好|建立|提供|巩固|改进|规范|发展|提升|提高"
    r"|扩大|丰富|促进|执行|普及|优化|加快|深化|支持)"
)
#: A verb that acts on a service, and what may stand between it and the name.
_ACTED_ON = re.compile(
    rf"{_VERB}(?:和?{_VERB})?"
    r"(?:好|统一的|城乡统一的|各类|全民|农村|农村牧区|城乡|免费|国家|以)?[“《]?$"
)
#: What may follow the name of a service that is acted on: the end of the clause, another of a
#: list, or a word for the service as a whole.
_ENDS = re.compile(
    r"[”》]?(?:$|[，。；、]|和|与|及|等|制度|政策|服务|工作|项目|体系|力度|机制|建设|水平|能力|保障|均等)"
)
#: What makes the name one of a place, of money or of people.
_NOT_SERVICE = re.compile(
    r"[”》]?(?:服务)?(?:机构|人员|对象|中心|平台|网络|设施|场所|站|室|标准|基金|金|户|家庭)"
)


def served_by_name(
    name: str, vocabulary: Vocabulary, own: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The IRIs of the services that a title or an indicator's name holds the name of.

    ``own`` gives further services by name: items that the document adds to the national list.

    >>> from pskg.vocabulary import load
    >>> [iri.rsplit("/", 1)[-1] for iri in served_by_name("老年人健康管理率", load())]
    ['elderly-health']
    """
    if not own:
        return _served_by_known(key(name), vocabulary)
    return tuple(dict.fromkeys(iri for iri, _, _ in _find(key(name), vocabulary, own)))


# Plans have many titles and indicators in common.
@lru_cache(maxsize=8192)
def _served_by_known(name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(dict.fromkeys(iri for iri, _, _ in _find(name, vocabulary, None)))


def served_by_text(
    text: str,
    domain: str | None,
    vocabulary: Vocabulary,
    own: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """The IRIs of the services that a sentence of a paragraph acts on.

    One of another field of service than the paragraph's is not taken: there it is mentioned.

    >>> from pskg.vocabulary import load
    >>> found = served_by_text("完善临时救助制度。健全医疗救助对象认定办法。", None, load())
    >>> [iri.rsplit("/", 1)[-1] for iri in found]
    ['temporary-assistance']
    """
    plain = key(text)
    found: dict[str, None] = {}
    reached = -1
    for iri, start, end in _find(plain, vocabulary, own):
        listed = start - reached == 1 and plain[reached] in "、和与及"
        acted = listed or _ACTED_ON.search(plain, max(0, start - 12), start)
        if not acted or _NOT_SERVICE.match(plain, end) or not _ENDS.match(plain, end):
            continue
        reached = end
        if field_fits(iri, domain, vocabulary):
            found.setdefault(iri)
    return tuple(found)


def _find(
    text: str, vocabulary: Vocabulary, own: Mapping[str, str] | None
) -> Iterator[tuple[str, int, int]]:
    """The names of services in a text, the longest at each place: IRI, start, end.

    The national list comes first where ``own`` has a name of it.
    """
    lists = [_known_names(vocabulary)]
    if own:
        lists.append(_own_names(tuple(own.items())))
    ahead = [pattern.search(text) for pattern, _ in lists]
    while places := [(one.start(), -one.end(), at) for at, one in enumerate(ahead) if one]:
        start, minus_end, nearest = min(places)
        end = -minus_end
        yield lists[nearest][1][text[start:end]], start, end
        for at, (pattern, _) in enumerate(lists):
            if (one := ahead[at]) and one.start() < end:
                ahead[at] = pattern.search(text, end)


_Names = tuple[re.Pattern[str], dict[str, str]]


@lru_cache(maxsize=8)
def _known_names(vocabulary: Vocabulary) -> _Names:
    scheme = vocabulary.get(SCHEME)
    return _names_of((name, concept.iri) for concept in scheme or () for name in concept.names)


# Apart from the national list: a long list takes long to make ready, and each document has its own.
@lru_cache(maxsize=8)
def _own_names(own: tuple[tuple[str, str], ...]) -> _Names:
    return _names_of(own)


def _names_of(names: Iterable[tuple[str, str]]) -> _Names:
    """The names to find, and the IRI that each stands for: the first that is given for it."""
    iris: dict[str, str] = {}
    for name, iri in names:
        if len(plain := key(name)) >= _SHORTEST:
            iris.setdefault(plain, iri)
    return re.compile(any_of(iris)), iris
