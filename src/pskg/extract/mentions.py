"""Where running text tells of the items of a service list, by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pskg.extract.outline import Outline
from pskg.extract.parts import Parts
from pskg.extract.tasks import Undertaking
from pskg.model import Item, Span, TaskKind
from pskg.read import Block
from pskg.vocabulary import key

__all__ = ["ItemNames", "Mention", "find_mentions"]

_SENTENCE = re.compile(r"[,，;；]|[:：].")
_WHOLE_SENTENCE = re.compile(r"[^。]+")
_BREAK = re.compile(r"[;；:：,，]")
#: What follows a name that opens a clause about its money alone.
_ITS_MONEY = re.compile("(?:项目)?(?:所需|补助|相关|有关)?(?:资金|经费|费用)[由按]")
#: What opens a sentence about an item and is no part of its name.
_OPENING = re.compile(
    r"\s*(?:[(（]?[\d一二三四五六七八九十]{1,3}(?:[)）、.．]|是)\s*)?(?:对于?|关于|其中)?[,，:：]?"
)
#: What opens the paragraph of a field that is about all its items: 主要包括甲和乙,明确为….
_HOLDS = re.compile(r"\s*(?:(?:主要|具体|分别)?(?:包括|包含|涵盖)|主要[有指是为])[:：]?")
_HOLDS_ALL = re.compile("[^,，。;；、]{0,12}[,，。]")
#: Shorter names are words of any sentence.
_SHORTEST_NAME = 4
#: What is longer, in characters, is no name but a text that was taken for one: it is not told of
#: again, and to look for it would take the square of its length.
_LONGEST_NAME = 100
#: What may be left out of a name, and how much must be left then.
_GIVEN = re.compile(r"(?:补助|补贴|保障|项目|经费|资金)$")
_SHORTEST_BARE = 6
#: What a heading may add to the name of an item.
_TITLE_END = re.compile("(?:项目|事项|方面|标准|制度|政策|经费|资金|工作)?[:：]?")
#: What opens a sentence that is about more than the item of its paragraph.
_ELSEWHERE = re.compile(
    r"\s*(?:除[上前以此本]|对?[上前]述|对?以上|各|共同财政事权|其[他它余](?!由)|超出|高于|高出)"
)
_FIRST_WORDS = re.compile(r"[^,，:：。]{2,30}(?=[,，:：])")
#: What joins the names of items, and what closes a list of them: …等7个事项.
_AND = re.compile(r"、|以及|[和与及]")
_SOME = re.compile(
    r"等?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s?(?:个|大)?(?:类|项)?(?:事项|项目|补助|项|政策)?"
)
#: What may follow the name of an item where its money is told of.
_GOES_ON = re.compile(
    r"\s*(?:[,，:：]|[^,，。;；]{0,16}(?:资金|经费|费用|支出|补助|补贴|缴费|由)|由|按|实行)"
)
#: The name alone opens the sentence, which is about the item to its end.
_TOPIC = re.compile(r"\s*[,，:：]")
#: What goes on with the split of the sentence before: another rung, or the rest.
_RUNG_OR_REST = re.compile(
    r"\s*(?:其中[,，]?|对)?(?:第[一二三四五六七八九十]{1,2}[档类]|[一二三四五六七八九十]类|[东中西]部|其余|剩余|余下|其他(?=[由地按])|不足|差额|缺口"
    r"|地方(?:财政)?(?:应?[分承负]担)?(?:的?部分|资金))"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of running text that is about items: from behind their names on.

    ``loose`` says that it does not open with them: it stands under their heading, or goes on in
    a paragraph that opens with one.
    """

    items: tuple[Item, ...]
    span: Span
    loose: bool = False


def find_mentions(
    outline: Outline, parts: Parts, undertakings: Sequence[Undertaking], names: ItemNames
) -> tuple[Mention, ...]:
    """The sentences of running text that tell of items, in the order of the text."""
    if not names.by_name:
        return ()
    titled: dict[int, tuple[Item, ...]] = {}
    blocks: dict[int, Block] = {}
    for one in undertakings:
        blocks.update((block.start, block) for block in one.paragraphs)
        if one.task.kind is not TaskKind.DIVISION and (about := names.find_titled(one.task.title)):
            titled.update((block.start, about) for block in one.paragraphs)
    inner = {block.end: start for start, block in blocks.items()}
    headed: dict[int, tuple[Item, ...]] = {}
    for node in outline.walk():
        if parts.kind(node) == "interpretation":
            continue
        # A sentence may be all there is of a numbered part, and stands for its heading then.
        title = [node.title] if node.title and _SENTENCE.search(node.title.text) else []
        for block in (*title, *node.paragraphs):
            # The paragraph of an undertaking is the same one without the heading it opens with.
            start = inner.get(block.end, block.start)
            if start <= block.start:
                blocks.setdefault(block.start, block)
        about = names.find_titled(node.name) if node.title else ()
        about = about or (headed.get(id(node.parent), ()) if node.parent else ())
        if about:
            headed[id(node)] = about
            titled.update((block.start, about) for block in node.paragraphs)
    words = {start: key(block.text) for start, block in blocks.items() if start not in titled}
    names.look_through("\n".join(words.values()))
    mentions: list[Mention] = []
    for start, block in sorted(blocks.items()):
        if start not in titled:
            mentions += names.find_told(block) if names.are_in(words[start]) else ()
            continue
        for found in _split_sentences(block.text):
            mentions.append(Mention(titled[start], block.part(*found.span()).span, loose=True))
    return tuple(mentions)


def _split_sentences(text: str) -> Iterator[re.Match[str]]:
    """The sentences, without what is only white space between two stops."""
    return (found for found in _WHOLE_SENTENCE.finditer(text) if found.group().strip())


class ItemNames:
    """The items of a document by their names, alone and behind the name of their field."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.by_name: dict[str, Item] = {}
        for item in items:
            if len(item.name) >= _SHORTEST_NAME:
                self.by_name.setdefault(key(item.name), item)
                self.by_name.setdefault(key(item.domain + item.name), item)
        for item in items:
            # 养老保险补助 is told of as 养老保险, too.
            bare = _GIVEN.sub("", item.name)
            if len(bare) >= _SHORTEST_BARE:
                self.by_name.setdefault(key(bare), item)
        #: Names too short to be looked for in a sentence, which part what stands around them.
        self._short = frozenset(
            name
            for item in items
            for name in (key(item.name), key(_GIVEN.sub("", item.name)))
            if len(name) > 1
        )
        #: One of these stands wherever a name does: the names without what may be left out.
        self._least = frozenset(
            key(bare if len(bare) >= _SHORTEST_BARE else item.name)
            for item in items
            for bare in (_GIVEN.sub("", item.name),)
            if len(item.name) >= _SHORTEST_NAME
        )
        self._longest = min(_LONGEST_NAME, max(map(len, self.by_name), default=0))
        self._firsts = frozenset(name[0] for name in self.by_name)

    def look_through(self, words: str) -> None:
        """From now on only the names that stand in these words are looked for in parts of them.

        Words are in the form of :func:`key`.
        """
        self._least = frozenset(name for name in self._least if name in words)

    def are_in(self, words: str) -> bool:
        """Whether any name may stand in these words."""
        return any(name in words for name in self._least)

    def find_titled(self, title: str) -> tuple[Item, ...]:
        """The items that a heading is the very names of, with or without words for what is told."""
        if title[:1] == "关":
            title = title.removeprefix("关于")
        if title[:1] not in self._firsts:
            return ()
        found, end = self._read_names(title, 0, len(title))
        return found if found and _TITLE_END.fullmatch(title, end) else ()

    def find_told(self, block: Block) -> Iterator[Mention]:
        """The items that the sentences of a paragraph tell of, each with the words about it.

        A sentence is about the items that it opens with. What follows a semicolon goes on with
        them, unless it opens with another: so do rungs and the rest in a sentence of their own,
        and all sentences of a paragraph that opens with the name of one alone, or says which
        items a field holds.
        """
        about: tuple[Item, ...] = ()
        topic = whole = False
        for sentence in _split_sentences(block.text):
            told: list[list[int]] = []
            first = True
            for start, stop in self._parts(block.text, *sentence.span()):
                named, end = self._match(block.text, start, stop)
                loose = whole and first and not named
                if named:
                    yield from self._places(block, about, told)
                    alone = bool(_TOPIC.match(block.text, end)) or end == stop
                    topic = len(named) > 1 or alone
                    one = (alone and len(named) == 1) or _HOLDS.match(block.text, start)
                    whole = (whole or sentence.start() == 0) and bool(one)
                    about, told = named, [[end, stop]]
                elif about and (
                    (topic and not first) or _RUNG_OR_REST.match(block.text, start, stop)
                ):
                    if told and told[-1][1] == start - 1:
                        told[-1][1] = stop
                    else:
                        told.append([start, stop])
                elif about and loose and not self._leaves(block.text, start, stop):
                    yield Mention(about, block.part(*sentence.span()).span, loose=True)
                    break
                else:
                    yield from self._places(block, about, told)
                    about, told, whole = (), [], False
                first = False
            yield from self._places(block, about, told)

    def _leaves(self, text: str, start: int, end: int) -> bool:
        """Whether a sentence is about something else than the one item of its paragraph."""
        if _ELSEWHERE.match(text, start, end):
            return True
        opening = _OPENING.match(text, start, end)
        first = opening.end() if opening else start
        topic = _FIRST_WORDS.match(text, first, end)
        return topic is not None and key(topic.group()) in self._short

    def _parts(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a sentence: between semicolons, and behind a colon that a name follows.

        So does one behind a comma where the money of an item is told of (…,甲所需资金由…承担).
        """
        for mark in _BREAK.finditer(text, start, end):
            parts = mark.group() in ";；"
            if not parts:
                named, after = self._match(text, mark.end(), end)
                alone = mark.group() in ":：" or _ITS_MONEY.match(text, after, end)
                parts = bool(named and alone)
            if parts:
                yield start, mark.start()
                start = mark.end()
        yield start, end

    @staticmethod
    def _places(
        block: Block, about: tuple[Item, ...], told: Sequence[Sequence[int]]
    ) -> Iterator[Mention]:
        for start, end in told:
            if start < end:
                yield Mention(about, block.part(start, end).span)

    def _match(self, text: str, start: int, end: int) -> tuple[tuple[Item, ...], int]:
        """The items that a part of a sentence opens with, and where their names end."""
        opening = _OPENING.match(text, start, end)
        start = opening.end() if opening else start
        holds = _HOLDS.match(text, start, end)
        start = holds.end() if holds else start
        if text[start : start + 1] not in self._firsts:
            return (), start
        found, place = self._read_names(text, start, end)
        goes_on = _HOLDS_ALL if holds and len(found) > 1 else _GOES_ON
        if not found or not (place == end or goes_on.match(text, place, end)):
            return (), start
        return found, place

    def _read_names(self, text: str, start: int, end: int) -> tuple[tuple[Item, ...], int]:
        """The items whose names stand here, one or a list of them, and where the list ends."""
        found: list[Item] = []
        item, place = self._name_at(text, start, end)
        while item:
            found.append(item)
            joined = _AND.match(text, place, end)
            item, after = self._name_at(text, joined.end(), end) if joined else (None, place)
            place = after if item else place
        if len(found) > 1 and (closing := _SOME.match(text, place, end)):
            place = closing.end()
        return tuple(found), place

    def _name_at(self, text: str, start: int, end: int) -> tuple[Item | None, int]:
        """The item whose name, the longest one that fits, stands here, and where the name ends."""
        for stop in range(min(end, start + self._longest), start + _SHORTEST_NAME - 1, -1):
            if item := self.by_name.get(key(text[start:stop])):
                return item, stop
        return None, start
