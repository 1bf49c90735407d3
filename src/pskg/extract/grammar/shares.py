"""Who pays which share, in the cell 支出责任 of a service list or a clause of running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pskg.extract.grammar import paying
from pskg.extract.grammar.money import MoneyText, squeeze_text
from pskg.extract.grammar.payers import (
    PIECES,
    compile_payers,
    find_payer,
    name_payers,
)
from pskg.extract.grammar.ratios import (
    PARTS,
    RATIO,
    SHARED,
    parse_part,
    read_parts,
    split_ratio,
    write_part,
)
from pskg.extract.grammar.tiers import (
    CASE,
    CLASSES,
    RUNG_ALONE,
    RUNG_MEMBERS,
    TIERS,
    Statement,
    split_cases,
    tidy_case,
)
from pskg.model import Basis, Span
from pskg.vocabulary import Scheme, Vocabulary

__all__ = ["Share", "read_payers", "read_shares"]


@dataclass(frozen=True, slots=True)
class Share:
    """One payer's part. The fields mean what those of :class:`pskg.model.FundingShare` mean."""

    split: int
    condition: str
    payer: str
    payer_concept: str | None
    share: str | None
    basis: Basis
    span: Span


# --- Clauses --------------------------------------------------------------------------------


#: A bracket protects the commas within it; one that is never closed protects nothing.
_STOP = re.compile(r"（[^（）。；]{0,40}）|〔[^〔〕。；]{0,40}〕|(?P<stop>[，。；！？])")


def _split_clauses(norm: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and closing mark of each clause, brackets heeded."""
    start = 0
    for found in _STOP.finditer(norm):
        if found["stop"]:
            # 8，400 is one number.
            if found["stop"] == "，" and _THOUSANDS.match(norm, max(found.start() - 1, 0)):
                continue
            if found.start() > start:
                yield start, found.start(), found["stop"]
            start = found.end()
    if start < len(norm):
        yield start, len(norm), ""


_THOUSANDS = re.compile(r"[0-9０-９]，[0-9０-９]{3}(?![0-9０-９])")

_JOINS = ("、", "和", "与", "及")

# --- Statements ---------------------------------------------------------------------------


def read_shares(text: str, offset: int, vocabulary: Vocabulary) -> tuple[Share, ...]:
    """Who pays, under which condition, and which share where one is stated.

    ``text`` is a cell that says who pays, or a clause of running text; ``offset`` is where it
    starts. Handles

    - ratios: 按8∶2比例分担, 4:3:3 among three, 六四比例;
    - percentages: 缴纳工资总额的6%左右, 各承担50%, 分别承担80%和20%, 其余由市县财政承担,
      对西部、中部地区分别按80%、60%补助;
    - ladders: 按比例分担,第一档8∶2、第二档6∶4, each rung a split of its own;
    - words alone: 全额承担 (which is no figure), 按比例分担, 地方人民政府负责, 中央财政适当补助,
      在工伤保险基金中支出.

    A sentence that names no payer, or a payer that does not pay, gives nothing; no string is an
    error.

    >>> from pskg.vocabulary import load
    >>> for share in read_shares("所需资金由省与市县财政按6：4比例分担。", 0, load()):
    ...     print(share.split, share.payer, share.share, share.basis)
    1 省财政 0.6 ratio
    1 市县财政 0.4 ratio
    """
    line = squeeze_text(text, offset)
    reader = _Reader(line, vocabulary["payers"])
    shares = [share for share in reader.read() if not _is_urged(share, text, offset)]
    numbers = {split: number for number, split in enumerate(sorted({s.split for s in shares}), 1)}
    if all(split == number for split, number in numbers.items()):
        return tuple(shares)
    return tuple(replace(share, split=numbers[share.split]) for share in shares)


#: Whoever is urged to pay does not pay yet: 引导社会资金投入.
_URGED = re.compile(r"(?:引导|吸引|鼓励|撬动|带动|动员)[^，,。；;]{0,6}$")


def _is_urged(share: Share, text: str, offset: int) -> bool:
    clause = "".join(text[share.span.start - offset : share.span.end - offset].split())
    before, found, _ = clause.partition(share.payer)
    return bool(found and _URGED.search(before))


class _Reader:
    """Reads the clauses of one text in turn; remembers the condition that still holds."""

    def __init__(self, line: MoneyText, scheme: Scheme) -> None:
        self.line = line
        self.scheme = scheme
        self.grammar = compile_payers(scheme.names)
        self.split = 0
        self.condition = ""
        #: Where a condition that fills a clause of its own starts, waiting for its payer.
        self.pending: int | None = None
        #: The part of the money (地方分担部分) that the rungs of this part of a sentence share.
        self.part = ""
        #: The split, payers, sum and condition of the last percentages of one whole.
        self.open: tuple[int, frozenset[str], Decimal, str] | None = None
        #: The rungs of a ladder whose rest is not yet told.
        self.rungs: set[str] = set()
        #: The split of the words alone in this sentence.
        self.words: int | None = None
        #: Whether what was just read is a rung of a ladder.
        self.laddered = False
        #: Who pays what was just read: the next clause may name another case only.
        self.payers: tuple[str, ...] = ()

    def read(self) -> Iterator[Share]:
        sentence = 0
        told: list[tuple[Statement, tuple[Share, ...]]] = []
        weighing: int | None = None
        for start, end, mark in _split_clauses(self.line.norm):
            statements = self._read_clause(start, end) if end - start <= paying.LONGEST else []
            if not statements and weighing is not None and end - weighing <= paying.LONGEST:
                statements = self._read_clause(weighing, end)
                start = weighing if statements else start
            goes_on = mark == "，" and not statements and self._weighs(start, end)
            weighing = start if goes_on else None
            if not statements:
                self._await_payer(start, end)
            told += [(statement, tuple(self._tell(statement, start))) for statement in statements]
            if mark == "。" and told and self._goes_on(told[-1][0], end + 1):
                # 按比例分担。第一档8∶2；…: the rungs stand in a sentence of their own.
                self.condition, self.pending, self.part = "", None, ""
                continue
            if mark in ("。", "！", "？", ""):
                for index, (_, shares) in enumerate(told):
                    if not self._is_spelt_out(told, index):
                        yield from shares
                if not told and end - sentence <= paying.LONGEST:
                    yield from self._read_bare_parts(sentence, end)
                sentence, told = end + 1, []
            if mark != "，":
                self.condition, self.pending, self.words, self.part = "", None, None, ""
            if mark not in ("，", "；"):
                self.payers = ()

    def _weighs(self, start: int, end: int) -> bool:
        """Whether a clause says by what a payer goes (省财政根据…等), and the next what it does."""
        start = _strip_opening(self.line.norm, start, end)
        group = self.grammar.group.match(self.line.norm, start, end)
        return (
            group is not None and paying.WEIGHS.match(self.line.norm, group.end(), end) is not None
        )

    def _goes_on(self, last: Statement, start: int) -> bool:
        """Whether the sentence that starts here tells how those who pay together share it."""
        words = self.line.norm[last.by_end : last.end]
        if last.basis is not Basis.QUALITATIVE or not paying.TOGETHER.search(words):
            return False
        opening = paying.RUNGS_OPEN.match(self.line.norm, start)
        start = opening.end() if opening else start
        stops = (found.start() for found in _STOP.finditer(self.line.norm, start) if found["stop"])
        end = next(stops, len(self.line.norm))
        group = self.grammar.group.search(self.line.norm, start, end)
        rung = TIERS.match(self.line.norm, start, end) or CASE.fullmatch(self.line.norm, start, end)
        return rung is not None and group is None

    def _is_spelt_out(
        self, told: Sequence[tuple[Statement, tuple[Share, ...]]], index: int
    ) -> bool:
        """Whether words that several pay together (按比例分担) are spelt out in what follows.

        That is a ladder of two rungs or more, parts that make a whole, or a part for each.
        """
        statement, _ = told[index]
        words = self.line.norm[statement.by_end : statement.end]
        if statement.basis is not Basis.QUALITATIVE or not paying.TOGETHER.search(words):
            return False
        if len(statement.payers) < 2 and not paying.IN_CLASSES.search(words):
            return False
        alone = len(statement.payers) < 2
        in_proportion = paying.IN_PROPORTION.search(words) is not None
        splits: dict[int, Decimal] = {}
        told_of: set[str] = set()
        rungs = 0
        for place in range(index + 1, len(told)):
            later, shares = told[place]
            if later.basis is Basis.QUALITATIVE and later.case is None:
                break
            told_of.update(later.payers)
            if later.of_wages:
                continue
            # 按比例分担 only leads on to the rungs; 共同承担 says that all of them pay.
            rungs += later.case is not None or (
                in_proportion and any(TIERS.match(share.condition) for share in shares[:1])
            )
            for share in shares:
                splits[share.split] = splits.get(share.split, Decimal(0)) + Decimal(
                    share.share or 0
                )
        # 按比例分担，各地区均为5∶5: one rung that holds for all of them.
        case = told[index + 1][0].case if len(told) == index + 2 else None
        if in_proportion and case is not None and (not case or paying.FOR_ALL.match(case)):
            return True
        whole = not rungs and 1 in splits.values()
        if alone:
            return rungs > 1 and told_of.issuperset(statement.payers)
        return rungs > 1 or whole or (not rungs and told_of.issuperset(statement.payers))

    def _await_payer(self, start: int, end: int) -> None:
        """A clause without a payer may be the condition of the next one."""
        words = _strip_opening(self.line.norm, start, end)
        clause = self.line.norm[words:end]
        if rung := RUNG_MEMBERS.search(clause):
            self.pending = words + rung.start()
        elif paying.PART_OF.fullmatch(clause) or (
            paying.CONDITION_END.search(clause[-4:]) and not paying.NO_CONDITION.match(clause)
        ):
            self.pending = words if self.pending is None else self.pending
        else:
            self.pending = None

    def _waiting(self, end: int) -> str:
        """The condition that waits for its payer, as printed, up to ``end``."""
        if self.pending is None:
            return ""
        words = self.line.kept[self.pending : end].strip("，,：:∶、")
        if rung := RUNG_MEMBERS.match(words):
            return self._of_part(rung["rung"])
        first = paying.COMMA.split(words)[0]
        if paying.PART_OF.fullmatch(first):
            self.part = first
            return words
        *before, last = paying.COMMA.split(words)
        if before and paying.ONLY_MONEY.fullmatch(last):
            words = words[: -len(last) - 1]
        return "" if paying.HELPED.fullmatch(words) else self._of_part(words)

    def _of_part(self, words: str) -> str:
        """A condition within the part of the money that is being shared out."""
        return f"{self.part}，{words}" if self.part and words else words or self.part

    def _read_clause(self, start: int, end: int) -> list[Statement]:
        norm = self.line.norm
        statements: list[Statement] = []
        position = start
        if norm[end - 1] == "的" and norm[end : end + 1] == "，":
            return []  # 由市县财政承担的，…: a case, and no statement
        # 二类县补助60%: another rung, no county that pays.
        if rungs := self._read_rungs(start, end):
            return rungs
        if across := self._read_across(start, end):
            return across
        while position < end:
            statement = self._read_frame(start, position, end)
            if statement is None:
                statement = self._read_plain(start, position, end)
            if statement is None:
                break
            statements += split_cases(self.line, statement)
            position = statement.end
        if not statements and (found := self.grammar.wages.search(norm, start, end)):
            return [
                Statement(
                    (self.line.kept[slice(*found.span("payer"))],),
                    (parse_part(found["part"]),),
                    Basis.PERCENTAGE, start, start, start, end, of_wages=True,
                )
            ]  # fmt: skip
        if not statements:
            return (
                self._read_case(start, end)
                or self._read_stated(start, end)
                or self._read_help(start, end)
            )
        last = statements[-1]
        joined = paying.JOINED.search(norm, last.lead, last.end)
        if joined and len(statements) > 1 and joined.start() > last.by_end:
            statements[-1] = replace(last, end=joined.start())
        return statements

    def _read_across(self, start: int, end: int) -> list[Statement]:
        """省与一档、二档市县分别按8∶2、6∶4分担: the classes stand before the second payer."""
        norm, plain = self.line.norm, self.line.kept
        classes = CLASSES.search(norm, start, end)
        if classes is None:
            return []
        lead = _strip_opening(norm, start, end)
        two = self.grammar.group.match(norm, classes.end(), end)
        two = two or paying.PLACES_ALONE.match(norm, classes.end(), end)
        one = self.grammar.group.search(norm, lead, end)
        if not (one and two and one.end() == classes.start("and")):
            return []
        ratios = list(RATIO.finditer(norm, two.end(), end))
        cases = [
            plain[slice(*each.span())] for each in PIECES.finditer(norm, *classes.span("cases"))
        ]
        parts = [split_ratio(ratio.group()) for ratio in ratios]
        if len(ratios) != len(cases) or any(len(each) != 2 for each in parts):
            return []
        payers = (plain[slice(*one.span())], plain[slice(*two.span())])
        return [
            Statement(
                payers, tuple(part / sum(each) for part in each), Basis.RATIO,
                start, one.start(), two.end(), end, case=case,
            )
            for each, case in zip(parts, cases, strict=True)
        ]  # fmt: skip

    def _read_help(self, start: int, end: int) -> list[Statement]:
        """在争取中央、省补助的基础上, 除中央补助外: who helps, before the rest is shared out."""
        norm = self.line.norm
        before = paying.BEFORE_HELP.match(norm, start, end)
        group = self.grammar.group.match(norm, before.end(), end) if before else None
        helps = paying.HELPS.match(norm, group.end(), end) if group else None
        if not group or not helps:
            return []
        payers = self._payers(group.start(), group.end(), end)
        parts: tuple[Decimal | None, ...] = (None,) * len(payers)
        return [Statement(payers, parts, Basis.QUALITATIVE, start, start, group.end(), end)]

    def _read_stated(self, start: int, end: int) -> list[Statement]:
        """其中市级50%、区级50%: no verb, but a whole, of those of whom the clause before tells."""
        found = list(self.grammar.stated.finditer(self.line.norm, start, end))
        parts = [parse_part(each["part"]) for each in found]
        if not self.payers or len(found) < 2 or sum(part or 0 for part in parts) != 1:
            return []
        return [
            Statement(
                (self.line.kept[slice(*each.span("payer"))],), (part,), Basis.PERCENTAGE,
                each.start(), each.start(), each.end("payer"), each.end(),
            )
            for each, part in zip(found, parts, strict=True)
        ]  # fmt: skip

    def _read_rungs(self, start: int, end: int) -> list[Statement]:
        """第一档补助80%、第二档60%: rungs alone, on which those pay who were just named."""
        rungs: list[Statement] = []
        at = start
        while self.payers and at < end and (found := RUNG_ALONE.match(self.line.norm, at, end)):
            # 第二档为6:4 leaves out that the ratio is one of sharing, too.
            count = len(self.payers)
            parts, basis = read_parts((found["share"] or "") + "分担", "", count)
            if found["share"] and None in parts:
                return []
            case = tidy_case(self.line.kept[slice(*found.span("case"))])
            rung = Statement(self.payers, parts, basis, at, at, at, found.end(), case=case)
            rungs.append(rung)
            at = found.end() + (self.line.norm[found.end() : found.end() + 1] in _JOINS)
        return rungs if at >= end else []

    def _read_case(self, start: int, end: int) -> list[Statement]:
        """其他县按60%补助, 第二档为6:4: the payers of the clause before, in another case."""
        norm = self.line.norm
        if not self.payers:
            return []
        none: tuple[Decimal | None, ...] = (None,) * len(self.payers)
        listed = Statement(self.payers, none, Basis.PERCENTAGE, start, start, start, end)
        if "分别" in norm[start:end] and len(cases := split_cases(self.line, listed)) > 1:
            return cases
        if not (found := CASE.fullmatch(norm, start, end)):
            return []
        case = found.span("case")
        # 第二档为6:4 leaves out that the ratio is one of sharing, too.
        parts, basis = read_parts(norm[case[1] : end] + "分担", "", len(self.payers))
        if None in parts:
            return []
        words = tidy_case(self.line.kept[slice(*case)])
        if not words or paying.TOGETHER.fullmatch(words):
            # 分担比例为8∶2 names no case of its own.
            words = self._waiting(start)
        return [Statement(self.payers, parts, basis, start, start, start, end, case=words)]

    def _read_frame(self, start: int, position: int, end: int) -> Statement | None:
        """由…承担, 在…中列支, 从…中支付, 列入…预算."""
        norm, plain = self.line.norm, self.line.kept
        for found in paying.BY.finditer(norm, position, end):
            if statement := self._read_by(start, position, found.start(), end):
                return statement
        for found in paying.FROM.finditer(norm, position, end):
            by, by_end = found.span(found.lastgroup or 0)
            payers = name_payers(norm[by:by_end], plain[by:by_end])
            known = any(find_payer(self.scheme, payer) for payer in payers)
            if payers and (known or re.search(r"金$|资金|经费|预算", norm[by:by_end])):
                cut = self._find_end(found.end(), end)
                return self._state(payers, found.start(), position, by_end, cut)
        return None

    def _read_by(self, start: int, position: int, at: int, end: int) -> Statement | None:
        """由…承担, at ``at``: payers the vocabulary knows, or any where money is spoken of."""
        norm = self.line.norm
        lead = norm[start:at]
        if "职责分工" in norm[at:end] or paying.SPARED.search(norm, start, at + 1):
            return None
        money = self.pending is not None or bool(paying.MONEY_LEAD.search(lead[-12:]))
        tails = [found.start() for found in paying.BY_END.finditer(norm, at + 2, min(end, at + 50))]
        stated: list[tuple[int, tuple[str, ...]]] = []
        for by_end in tails:
            # 由甲基金和就业补助资金支付: the list goes on behind the conjunction.
            if norm[by_end - 1] not in _JOINS and self._acts(by_end, end, money=money or not lead):
                first = self._skip_place(at + 1, by_end)
                stated.append((by_end, name_payers(norm[first:by_end], norm[first:by_end])))
        known = (by_end for by_end, payers in stated if self._are_payers(payers))
        chosen = next(known, stated[0][0] if stated and money else None)
        if chosen is None:
            return None
        cut = self._find_end(chosen, end)
        first = self._skip_place(at + 1, chosen)
        return self._state(self._payers(first, chosen, cut), at, position, chosen, cut)

    def _are_payers(self, names: tuple[str, ...]) -> bool:
        """Whether these are payers: those beside one that is known may be any money."""
        known = [find_payer(self.scheme, name) is not None for name in names]
        of_money = [ok or paying.IS_MONEY.search(n) for ok, n in zip(known, names, strict=True)]
        return any(known) and all(of_money)

    def _skip_place(self, start: int, end: int) -> int:
        """Where a payer starts behind the words for the place that it is of."""
        found = paying.PLACE_OF.fullmatch(self.line.norm, start, end)
        return found.start("payer") if found else start

    def _acts(self, start: int, end: int, *, money: bool) -> bool:
        """Whether a verb of paying or a ratio follows."""
        return (
            self._find_verb(start, end, money=money) is not None
            or self._find_ratio(start, end) is not None
        )

    def _read_plain(self, start: int, position: int, end: int) -> Statement | None:
        """中央财政适当补助, 个人自筹, 省财政补助60%."""
        norm = self.line.norm
        opening = _strip_opening(norm, position, end)
        for found in self.grammar.group.finditer(norm, position, end):
            by, by_end = found.span()
            if self._names_part(by_end, end):
                continue
            lead = norm[opening:by]
            if paying.SPARED.search(lead):
                continue
            region = paying.CLOSING.sub("", lead) and paying.REGION.fullmatch(lead)
            if region and not lead.endswith("部分") and paying.PLACED.match(found.group()):
                by, lead = opening, ""
            bare = paying.CLOSING.sub("", lead)
            apart = not bare or bool(paying.CONDITION_END.search(bare[-4:]))
            # 定向就业的县级财政负担20%
            share = PARTS.search(norm, by_end, min(end, by_end + 8))
            place = share and paying.ENDS_IN_NOUN.search(found.group())
            if (lead.endswith("的") and not place) or (
                paying.RECEIVER.search(lead) and not paying.MONEY_LEAD.search(bare)
            ):
                continue
            verb = self._find_verb(by_end, end, money=apart and position == start)
            if verb is None and self._find_ratio(by_end, end) is None:
                continue
            cut = self._find_end(verb or by_end, end)
            if apart or PARTS.search(norm, by_end, cut) or RATIO.search(norm, by_end, cut):
                return self._state(self._payers(by, by_end, cut), by, position, by_end, cut)
        return None

    def _names_part(self, start: int, end: int) -> bool:
        """Whether the payer who ends here only names a part (地方分担部分), and others share it."""
        norm = self.line.norm
        part = paying.ITS_PART.match(norm, start, end)
        group = self.grammar.group.match(norm, part.end(), end) if part else None
        return group is not None and self._acts(group.end(), end, money=True)

    def _payers(self, by: int, by_end: int, cut: int) -> tuple[str, ...]:
        norm = self.line.norm
        ratio = RATIO.search(norm, by_end, cut)
        if ratio is None and paying.IN_PROPORTION.search(norm, by_end, cut):
            # 按比例分担，其中对甲市按3∶7: how many they are, the first rung tells.
            stop = norm.find("。", cut)
            ratio = RATIO.search(norm, cut, stop if stop >= 0 else len(norm))
        count = len(split_ratio(ratio.group())) if ratio else None
        return name_payers(self.line.norm[by:by_end], self.line.kept[by:by_end], count)

    def _find_verb(self, start: int, end: int, *, money: bool) -> int | None:
        """The end of the verb of paying that follows a payer, None where there is none near."""
        norm = self.line.norm
        for found in paying.VERB.finditer(norm, start, min(end, start + 70)):
            between = norm[start : found.start()]
            if between and not paying.ADVERBS.match(between):
                return None
            # 对地方实施制度给予补助: what is carried out is what the money is for.
            towards = found["give"] and between.startswith("对")
            if paying.NOT.search(between) or (paying.NOT_PAYING.search(between) and not towards):
                return None
            duty = paying.DUTY.match(found["pay"] or "") and not paying.ALL.search(between)
            if duty and not paying.MONEY_OBJECT.match(found["object"]):
                continue
            closes = found.end() == end or norm[found.end()] in "，；、（"
            if found["aid"] == "负责" and not (money and closes):
                continue
            return found.end()
        return None

    def _find_ratio(self, start: int, end: int) -> int | None:
        found = RATIO.search(self.line.norm, start, min(end, start + 40))
        if found and SHARED.search(self.line.norm, start, end):
            return found.end()
        return None

    def _find_end(self, after: int, end: int) -> int:
        """Where a statement closes: before the next payer that pays, or with the clause."""
        norm = self.line.norm
        for found in paying.SEPARATOR.finditer(norm, after, end):
            group = self.grammar.group.match(norm, found.end(), end)
            if group and self._find_verb(group.end(), end, money=False) is not None:
                return found.start()
        return end

    def _state(
        self, payers: tuple[str, ...], lead: int, start: int, by_end: int, end: int
    ) -> Statement | None:
        if not payers:
            return None
        norm = self.line.norm
        before = norm[start:lead]
        rest = bool(paying.REST.fullmatch(before[_strip_opening(before, 0, len(before)) :]))
        parts, basis = read_parts(norm[by_end:end], before, len(payers))
        if len(payers) > 1 and basis is Basis.QUALITATIVE:
            # 市、县财政承担50%: the part is of both together, who stand as written.
            together, share = read_parts(norm[by_end:end], "", 1)
            if share is Basis.PERCENTAGE and together[0] is not None:
                payers, parts, basis = (
                    (self.line.kept[lead:by_end].lstrip("由在从用"),),
                    together,
                    share,
                )
        of_wages = basis is Basis.PERCENTAGE and bool(paying.WAGES.search(norm, by_end, end))
        return Statement(payers, parts, basis, start, lead, by_end, end, rest, of_wages)

    def _tell(self, statement: Statement, clause: int) -> Iterator[Share]:
        norm, plain = self.line.norm, self.line.kept
        start = _strip_opening(norm, statement.start, statement.lead)
        lead_end = start + len(paying.CLOSING.sub("", norm[start : statement.lead]))
        words = norm[start:lead_end]
        if moved := paying.MOVED.match(words):
            words = words[moved.end() :]
        # 其余40％由省与市县按3∶1: a part that is named is shared out by a split of its own.
        named = statement.basis is Basis.RATIO and PARTS.search(norm, start, statement.lead)
        told_apart = statement.rest and named
        if told_apart:
            words = norm[start : statement.lead]
            lead_end = statement.lead
        if statement.case is not None:
            if paying.PART_OF.fullmatch(words):
                self.part = plain[lead_end - len(words) : lead_end]
            elif self.pending is not None and statement.start == clause:
                self._waiting(clause)
            elif not self.laddered and self.condition and not TIERS.match(self.condition):
                self.part = self.part or self.condition  # 县属学校由…分担，第一档8∶2
            self.condition = self._of_part(statement.case)
            self.words = None
        elif statement.rest and not told_apart:
            statement = self._take_rest(statement, plain[lead_end - len(words) : lead_end])
        elif self.pending is not None and statement.start == clause:
            start = self.pending
            self.condition = self._waiting(lead_end if words else clause)
        elif _is_condition(words):
            words = plain[lead_end - len(words) : lead_end].strip("，,：:∶、")
            self.condition = self._of_part(words)
            self.words = None
        self.pending = None
        self.payers = () if statement.of_wages else statement.payers
        self.laddered = bool(statement.case)
        split = self._number(statement)
        if statement.case is not None:
            self.open = None  # 其余 could not say of which case
        span = self.line.span(start, max(statement.end, start + 1))
        for payer, part in zip(statement.payers, statement.parts, strict=True):
            concept = find_payer(self.scheme, payer)
            yield Share(
                split, self.condition, payer, concept.iri if concept else None,
                None if part is None else write_part(part), statement.basis, span,
            )  # fmt: skip

    def _take_rest(self, statement: Statement, words: str) -> Statement:
        """其余由…承担: what the percentages before it leave of the whole, else ``words`` alone."""
        if self.open is None or len(self.rungs) > 1 or not self.open[2]:
            # 第一档省级负担80%，第二档60%，其余由市县负担: of each rung another rest, as of
            # several parts of one payer (对三档分别负担80%、60%和40%).
            self.open = None
            self.rungs.clear()
            self.condition = self._of_part(words)
            self.words = None
            return statement
        _, _, total, condition = self.open
        self.rungs.clear()
        self.condition = condition
        left = 1 - total
        if left < 0:  # what was stated is more than the whole: nothing can be told of the rest
            parts: tuple[Decimal | None, ...] = (None,) * len(statement.payers)
        elif statement.basis is Basis.RATIO:
            parts = tuple(None if part is None else part * left for part in statement.parts)
        elif len(statement.payers) == 1:
            parts = (left,)
        else:
            parts = statement.parts
        stated = left < 0 or any(part is not None for part in parts)
        basis = Basis.PERCENTAGE if stated else Basis.QUALITATIVE
        return replace(statement, parts=parts, basis=basis)

    def _number(self, statement: Statement) -> int:
        """The number of the split that a statement belongs to."""
        if statement.basis is Basis.QUALITATIVE:
            if self.words is None:
                self.split += 1
                self.words = self.split
            return self.words
        stated = [part for part in statement.parts if part is not None]
        total = sum(stated, Decimal(0))
        if statement.basis is Basis.PERCENTAGE and not statement.of_wages:
            names = frozenset(statement.payers)
            if self.open is not None:
                split, payers, before, condition = self.open
                if condition == self.condition and not payers & names and before + total <= 1:
                    self.open = (split, payers | names, before + total, condition)
                    return split
            self.split += 1
            self.open = (self.split, names, total, self.condition)
            if TIERS.match(statement.case or self.condition):
                self.rungs.add(self.condition)
            return self.split
        self.split += 1
        return self.split

    def _read_bare_parts(self, start: int, end: int) -> Iterator[Share]:
        """中央80%、地方20%: percentages without a verb, believed where they make a whole."""
        found = list(self.grammar.stated.finditer(self.line.norm, start, end))
        parts = [parse_part(each["part"]) for each in found]
        known = [part for part in parts if part is not None]
        of_wages = re.search(r"费率|缴费比例", self.line.norm[start:end])
        if len(found) < 2 or len(known) < len(found) or not (of_wages or sum(known) == 1):
            return
        self.split += 1
        for number, (each, part) in enumerate(zip(found, known, strict=True)):
            self.split += bool(of_wages and number)
            payer = self.line.kept[slice(*each.span("payer"))]
            concept = find_payer(self.scheme, payer)
            yield Share(
                self.split, "", payer, concept.iri if concept else None, write_part(part),
                Basis.PERCENTAGE, self.line.span(*each.span()),
            )  # fmt: skip


def read_payers(text: str, offset: int, vocabulary: Vocabulary) -> tuple[Share, ...]:
    """The payers that a cell about funding names and says no more of: 中央财政资金, 市、区财政.

    Nothing where the cell says anything else; no string is an error.

    >>> from pskg.vocabulary import load
    >>> [share.payer for share in read_payers("市、区财政资金", 0, load())]
    ['市财政资金', '区财政资金']
    """
    line = squeeze_text(text, offset)
    scheme = vocabulary["payers"]
    norm = line.norm.rstrip("。；")
    if len(norm) > paying.LONGEST or not compile_payers(scheme.names).group.fullmatch(norm):
        return ()
    span = line.span(0, len(norm))
    payers = name_payers(norm, line.kept[: len(norm)])
    concepts = [find_payer(scheme, payer) for payer in payers]
    return tuple(
        Share(1, "", payer, concept.iri if concept else None, None, Basis.QUALITATIVE, span)
        for payer, concept in zip(payers, concepts, strict=True)
    )


def _strip_opening(norm: str, start: int, end: int) -> int:
    found = paying.OPENING.match(norm, start, end)
    return found.end() if found else start


def _is_condition(words: str) -> bool:
    """Whether the words before a payer say when the split applies: 所需资金 alone does not."""
    if not words or len(words) > 100:
        return False
    money = paying.ONLY_MONEY.match(words)
    rest = words[money.end() :] if money else words
    return bool(rest) and not (paying.NO_CONDITION.match(words) or paying.NO_CONDITION.match(rest))
