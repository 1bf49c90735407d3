"""Indicators of a whole document: where figures are read, and by which year and kind."""

from __future__ import annotations

import pytest

from pskg.extract import extract
from pskg.model import Indicator
from pskg.read import read_bytes
from pskg.vocabulary import load

HEAD = "甲市人民政府关于印发公共服务方案的通知\n甲政发〔2023〕3号\n各县：\n"
FOOT = "\n甲市人民政府\n2023年3月9日\n"


def indicators(text: str, name: str = "a.txt") -> tuple[Indicator, ...]:
    return extract(read_bytes(text.encode(), name), load()).indicators


def brief(found: tuple[Indicator, ...]) -> list[tuple[str, str, str, int | None, str]]:
    return [(one.name, one.value, one.unit, one.year, one.kind.value) for one in found]


def page(*rows: str) -> str:
    cells = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows
    )
    lines = "".join(f"<p>{line}</p>" for line in (HEAD + FOOT).splitlines() if line)
    lines += "<p>一、主要任务</p><p>项目如下。</p>"
    return f"<html><body>{lines}<table>{cells}</table></body></html>"


def test_rows_of_a_list_of_works_are_read_by_the_year_of_their_deadline() -> None:
    found = indicators(
        page(
            "序号|项目名称|建设内容|牵头单位|责任单位|完成时限",
            "1|新建幼儿园|新建幼儿园2所，新增学位180个。|市教育局|市财政局|2024年3月—2025年12月底",
            "2|课后服务|课后服务覆盖率达到100%。|市教育局|市财政局|全年",
            "3|文化惠民|开展送戏演出120场。|市文旅局|各县|2024年9月底",
        ),
        "a.html",
    )
    assert brief(found) == [
        ("幼儿园", "2", "所", 2025, "target"),
        ("新增学位", "180", "个", 2025, "target"),
        ("课后服务覆盖率", "100", "%", None, "target"),
        ("送戏演出", "120", "场", 2024, "target"),
    ]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("甲市2024年民生实事实施方案", 2024),
        ("甲市2024年度基本公共服务重点工作任务", 2024),
        ("甲市2024—2025年公共服务行动方案", None),
        ("甲市公共服务标准（2024年版）", None),
        ("甲市贯彻2021年版标准的2024年工作方案", None),
    ],
)
def test_what_a_plan_for_one_year_is_to_reach_is_of_that_year(title: str, year: int | None) -> None:
    text = f"{title}\n甲政发〔2024〕3号\n一、主要任务\n（一）养老服务。新增养老床位300张。{FOOT}"
    assert [(one.value, one.year) for one in indicators(text)] == [("300", year)]


def test_the_contents_of_a_service_are_read_beside_its_standard() -> None:
    found = indicators(
        page(
            "序号|服务项目|服务对象|服务内容|服务标准|牵头负责单位",
            "1|健康管理|6岁以下儿童|提供1次健康检查。|健康管理率达到90%。|市卫生健康委",
            "2|预防接种|3岁以下儿童|免费接种。|接种率不低于95%。|市卫生健康委",
        ),
        "a.html",
    )
    assert [one[:3] for one in brief(found)] == [
        ("健康检查", "1", "次"),
        ("健康管理率", "90", "%"),
        ("接种率", "95", "%"),
    ]
    assert {one.subject.title for one in found if one.subject} == {"健康管理", "预防接种"}


def test_how_many_a_service_reaches_is_read_in_the_field_of_its_chapter() -> None:
    text = (
        "第三章 基本公共教育\n第二节 基本标准\n服务项目\n服务对象\n保障标准\n支出责任\n覆盖水平\n"
        "书包发放\n小学新生\n每人发放1个书包\n地方政府负责\n目标人群覆盖率100%\n"
        "夏令营活动\n中学学生\n免费参加夏令营\n地方政府负责\n参加人数达到2.5万人，满意率90%以上\n"
        "第三节 保障工程\n◎营地建设工程。建设营地30个。"
    )
    found = indicators(text)
    assert [(one.name, one.value, one.unit, one.domain) for one in found[1:]] == [
        ("目标人群覆盖率", "100", "%", "基本公共教育"),
        ("参加人数", "2.5", "万人", "基本公共教育"),
        ("满意率", "90", "%", "基本公共教育"),
        ("营地", "30", "个", "基本公共教育"),
    ]


def test_cells_of_a_table_of_no_known_kind_are_read_where_they_speak_in_sentences() -> None:
    found = indicators(
        page(
            "序号|名称|建设规模",
            *(f"{n}|项目{n}|新建站点{n}0个，{n}5岁以上人员免费。" for n in range(1, 6)),
        ),
        "a.html",
    )
    assert [one[:3] for one in brief(found)] == [("站点", f"{n}0", "个") for n in range(1, 6)]


def test_columns_of_a_table_of_indicators() -> None:
    found = indicators(
        page(
            "序号|指标名称|单位|2020年实际|2022年实际|2025年目标|年均增长|指标性质",
            "1|★高中毛入学率|％|98.1|98.3|≥98.5|—|预期性",
            "2|每千人口床位数|张|9.3|9.6|10.2|1.9％|预期性",
            "3|（1）新增就业|万人|[7.1]|-|[6.5]以上|—|约束性",
        ),
        "a.html",
    )
    assert brief(found) == [
        ("高中毛入学率", "98.1", "%", 2020, "baseline"),
        ("高中毛入学率", "98.3", "%", 2022, "baseline"),
        ("高中毛入学率", "98.5", "%", 2025, "target"),
        ("每千人口床位数", "9.3", "张", 2020, "baseline"),
        ("每千人口床位数", "9.6", "张", 2022, "baseline"),
        ("每千人口床位数", "10.2", "张", 2025, "target"),
        ("每千人口床位数年均增长", "1.9", "%", None, "target"),
        ("新增就业", "7.1", "万人", 2020, "baseline"),
        ("新增就业", "6.5", "万人", 2025, "target"),
    ]
    assert [one.cumulative for one in found[-2:]] == [True, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a year before the document was made
        ("一、任务\n2022年,入园率达到82%。2023年,入园率达到85%。", ["baseline", "target"]),
        # the paragraphs before the first heading
        ("具体目标：到2025年,建设5所高水平学校。\n一、任务\n做好。", ["target"]),
        # a note explains, it sets no goals
        ("一、任务\n注：达标率不低于90%为合格。", []),
    ],
)
def test_running_text(text: str, expected: list[str]) -> None:
    assert [one.kind.value for one in indicators(HEAD + text + FOOT)] == expected


def test_what_is_reported_goes_on_and_what_is_foreseen_is_no_goal() -> None:
    found = indicators(
        HEAD
        + "一、发展基础\n2020年巩固率达到95%。就业稳定，城镇新增就业3万人。\n二、面临的挑战\n"
        + "2025年常住人口将达到50万人。\n三、重点任务\n1.甲事。就业率达到90%。"
        + FOOT
    )
    assert brief(found) == [
        ("巩固率", "95", "%", 2020, "baseline"),
        ("城镇新增就业", "3", "万人", 2020, "baseline"),
        ("就业率", "90", "%", None, "target"),
    ]


def test_work_that_mends_a_lack_sets_goals() -> None:
    found = indicators(HEAD + "一、重点任务\n1.补齐乡村服务短板。驿站覆盖率达到90%。" + FOOT)
    assert [one.name for one in found] == ["驿站覆盖率"]


def test_a_flattened_table_whose_headings_stand_one_below_the_other() -> None:
    lines = (
        "类别\n序号\n指标\n单位\n2020年\n2025年\n属性\n老有\n所养\n1\n护理型床位占比\n%\n41\n55以上"
    )
    lines += "\n约束性\n病有\n所医\n2\n婴儿死亡率\n1/10万\n8.1\n<9\n预期性\n注：无。"
    found = indicators(f"{HEAD}一、目标\n主要指标\n{lines}\n二、任务\n1.甲事。做好。{FOOT}")
    assert [(one.name, one.unit, one.value, one.year) for one in found] == [
        ("护理型床位占比", "%", "41", 2020),
        ("护理型床位占比", "%", "55", 2025),
        ("婴儿死亡率", "1/10万", "8.1", 2020),
        ("婴儿死亡率", "1/10万", "9", 2025),
    ]
    assert [one.domain for one in found[1:3]] == ["老有所养", "病有所医"]
