"""What a table is: its kind, columns, rows and cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pskg.extract.grammar.periods import read_column_year
from pskg.extract.tables.lines import SENTENCE, strip_group_number
from pskg.model import Span
from pskg.read import Block, Cell
from pskg.vocabulary import Vocabulary

__all__ = [
    "BODY_COLUMNS",
    "LONGEST_HEADING",
    "SERVICE_COLUMNS",
    "WORK_COLUMNS",
    "Column",
    "DataTable",
    "Row",
    "TableKind",
    "find_caption",
    "first_cell",
    "hull_block",
    "read_column",
    "sort_table",
    "tell_duties",
    "tell_goals",
]


class TableKind(StrEnum):
    """What a table lists."""

    SERVICES = "service-list"
    DIVISION = "division"
    INDICATORS = "indicators"


_AROUND_PAYER = re.compile(
    r"(?:应?(?:承担|负担|分担|补助|出资))?(?:的?(?:比例|部分|份额|支出责任))?(?:[(（][%％][)）])?$"
    r"|(?:共同|的)?(?:财政)?事权(?:[和与及、]支出责任)?(?:事项)?$"
)
#: A heading about who pays that opens with the word for it: 支出责任及分担说明.
_OPENS_FUNDING = re.compile(
    r"(?:财政)?(?:支出责任|(?:资金|经费)(?:分担|负担|承担|来源|筹集|筹措|保障))"
    r"(?:[和与及、]\S{2,8}|\S{0,4}(?:方式|办法|比例|情况|说明|意见|划分|机制|安排|要求))"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading as printed and what it holds (the notation of a column concept).

    ``holds`` is ``value`` for a column of figures, whose ``year`` is in the heading, ``payer`` for
    the shares of the one payer whom the heading names, and blank where the heading is not known.
    A value column without a year holds the whole period's sum (累计), or is said to be the
    baseline or the goal.
    """

    heading: str
    holds: str
    span: Span
    year: int | None = None

    @property
    def payer(self) -> str:
        """The payer whose column it is: the heading without the words around a name.

        >>> Column("省级承担比例(%)", "payer", Span(0, 9)).payer
        '省级'
        """
        return _AROUND_PAYER.sub("", self.heading)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, one for each column, and the group heading it stands under."""

    cells: tuple[Cell, ...]
    heading: Block | None
    span: Span
    number: str = ""

    @property
    def group(self) -> Block | None:
        """The group heading without its number."""
        return strip_group_number(self.heading) if self.heading else None


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of a known kind. ``caption`` is the line above it.

    ``notes`` are its words outside of cells: the notes below it, the headings of parts of a
    group, column headings repeated on a new page, labels and numbers that open a cell.
    """

    kind: TableKind
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    span: Span
    caption: Block | None = None
    notes: tuple[Block, ...] = ()

    def cell(self, row: Row, *holds: str) -> Cell:
        """The cell of a row in the first column that holds one of these, empty if none does."""
        for wanted in holds:
            for column, cell in zip(self.columns, row.cells, strict=True):
                if column.holds == wanted and cell:
                    return cell
        return Cell(())


_FEWEST_COLUMNS = 2
#: The columns that hold bodies, and those of which a service list has two or more.
BODY_COLUMNS = frozenset({"lead", "responsible", "cooperating", "guiding", "unit"})
#: A heading that may name those who do something or what they do.
_DUTIES = re.compile("职责|分工")
#: The columns that say what is to be done.
WORK_COLUMNS = frozenset({"name", "task", "content"})
SERVICE_COLUMNS = frozenset({
    "target-groups", "standard", "content", "funding", "coverage", "lead"
})  # fmt: skip


#: What is listed under such a heading is a service, and under 项目 alone may be a work.
_SERVICE = re.compile(r"服务|事项|保障|清单")
#: A numbered list of what is given needs no other column than how much of it, or to whom.
_GIVEN = re.compile(r"服务|事项|保障|清单|补[助贴偿]|救助|资助|奖[励补]|待遇|津贴|扶[持助]")
#: A list of what is paid for together needs no other column.
_SHARED = re.compile(r"支出责任|分担")
#: A single character (号, 序) is a heading, but none that another one ends with.
_SHORTEST_ENDING = 2
_LONGEST_ENDED = 14


def sort_table(columns: Sequence[Column]) -> TableKind | None:
    """What a table with these columns lists; None where they do not make a table of ours.

    Whom it is for, to what standard or who pays tells a service from a work (项目名称, 主要内容,
    牵头单位), unless what is to be done has a column of its own.
    """
    if len(columns) < _FEWEST_COLUMNS:
        return None
    holds = {column.holds for column in columns}
    if "value" in holds and ("indicator" in holds or "name" in holds):
        return TableKind.INDICATORS
    serves = holds & {"target-groups", "standard", "funding"} or any(
        column.holds == "name" and _SERVICE.search(column.heading) for column in columns
    )
    works = "task" in holds and holds & BODY_COLUMNS
    shared = any(column.holds == "funding" and _SHARED.search(column.heading) for column in columns)
    given = "no" in holds and any(
        column.holds == "name" and _GIVEN.search(column.heading) for column in columns
    )
    enough = (
        shared
        or len(holds & SERVICE_COLUMNS) >= 2
        or (given and bool(holds & {"standard", "target-groups"}))
    )
    if "name" in holds and "payer" in holds and not works:
        return TableKind.SERVICES
    if "name" in holds and enough and serves and not works:
        return TableKind.SERVICES
    if holds & {"task", "name", "content"} and holds & BODY_COLUMNS:
        return TableKind.DIVISION
    return None


def tell_duties(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of a table of bodies, where 职责分工 beside their names is what they do."""
    bodies = [column for column in columns if column.holds in BODY_COLUMNS]
    duties = [column for column in bodies if _DUTIES.search(column.heading)]
    if len(duties) != 1 or len(bodies) < 2 or any(one.holds in WORK_COLUMNS for one in columns):
        return tuple(columns)
    return tuple(
        replace(column, holds="task") if column is duties[0] else column for column in columns
    )


def tell_goals(columns: Sequence[Column]) -> tuple[Column, ...] | None:
    """The columns of a table of works whose goals are no figures but sentences (年度目标).

    None where the table cannot be one: its rows are indicators by name, or no body is named.
    """
    holds = {column.holds for column in columns}
    if "indicator" in holds or not holds & (BODY_COLUMNS - {"unit"}):
        return None
    told = tuple(
        replace(column, holds="content") if column.holds == "value" else column
        for column in columns
    )
    return told if sort_table(told) is TableKind.DIVISION else None


#: The heading of a column is no longer than this.
LONGEST_HEADING = 30
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def read_column(
    heading: str, span: Span, vocabulary: Vocabulary, *, by_ending: bool = False
) -> Column | None:
    """The column with this heading, if it is known by name, names a year or opens with who pays.

    With ``by_ending`` a short heading is also known by what it ends with (财政事权事项).
    """
    text = "".join(heading.split())
    if not text or len(text) > LONGEST_HEADING:
        return None
    bare = _IN_BRACKETS.sub("", text) or text
    for name in (text, bare):
        concept = vocabulary["columns"].find(name)
        summed = concept and concept.notation == "growth" and "累计" in text
        if concept and (summed or concept.notation in ("baseline", "goal")):
            return Column(text, "value", span, None)
        if concept:
            return Column(text, concept.notation, span)
    year = read_column_year(text)
    if year is not None:
        return Column(text, "value", span, year)
    if _OPENS_FUNDING.fullmatch(bare):
        return Column(text, "funding", span)
    if not by_ending or len(bare) > _LONGEST_ENDED:
        return None
    concept = vocabulary["columns"].find_ending(bare)
    if concept is None or not any(
        len(name) >= _SHORTEST_ENDING and bare.endswith(name) for name in concept.names
    ):
        return None
    return Column(text, concept.notation, span)


def first_cell(columns: Sequence[Column], cells: Sequence[Cell], holds: str) -> Cell:
    """The first cell that a column of this sort holds in a row; an empty one if none does."""
    for column, cell in zip(columns, cells, strict=True):
        if column.holds == holds and cell:
            return cell
    return Cell(())


def hull_block(cell: Cell) -> Block:
    """A cell as one block, its words joined."""
    return Block(cell.text, cell.span)


#: A line above a table that says in what its figures are, and those that close what is before it.
_MEASURE = re.compile(r"(?:计量)?单位\s*[:：]")
_CLOSES = re.compile(
    r"[〔\[［【﹝(（]\s*(?:19|20)\d\d\s*[〕\]］】﹞)）]\s*第?\s*\d{1,4}\s*号$|\d\s*日$|附[件表]\s*\d{0,2}\s*[:：]?$"
)


def find_caption(before: Sequence[Block]) -> Block | None:
    """The line above a table that names it, if there is one close by.

    A document's number, a date and the word 附件 alone close what stands before the table.
    """
    for block in reversed(before[-2:]):
        if len(block.text) > 60 or _MEASURE.match(block.text):
            continue
        if _CLOSES.search(block.text):
            return None
        if not SENTENCE.search(block.text):
            return block
    return None
