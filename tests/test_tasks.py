"""Undertakings: their kinds, numbers and titles."""

from __future__ import annotations

import pytest

from pskg.extract import extract
from pskg.read import read_bytes
from pskg.vocabulary import load

#: A first line with a number, so that a text without facts is a document all the same.
HEAD = "某某办法\n国发〔2020〕1号\n"


def tasks(text: str) -> list[tuple[str, str, str, str]]:
    reading = extract(read_bytes((HEAD + text).encode(), "a.txt"), load())
    return [(t.kind.value, t.no, t.title, t.domain) for t in reading.tasks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Numbers that restart under each field of service.
        (
            "一、重点任务\n(一)基本公共教育\n1.甲事。做好。\n2.乙事。做好。\n(二)基本医疗卫生\n1.丙事。做好。",
            [
                ("task", "1.1", "甲事", "基本公共教育"),
                ("task", "1.2", "乙事", "基本公共教育"),
                ("task", "2.1", "丙事", "基本医疗卫生"),
            ],
        ),
        # Numbers that run through.
        (
            "一、重点任务\n(一)基本公共教育\n1.甲事。做好。\n(二)基本医疗卫生\n2.丙事。做好。",
            [("task", "1", "甲事", "基本公共教育"), ("task", "2", "丙事", "基本医疗卫生")],
        ),
        # Headings without numbers under a field of service, with and without dashes.
        (
            "一、重点任务\n(一)基本公共教育\n——甲事。做好。\n乙事。做好。",
            [("task", "1.1", "甲事", "基本公共教育"), ("task", "1.2", "乙事", "基本公共教育")],
        ),
        # A heading parted by a colon; one that holds its bodies; one without a stop.
        (
            "一、重点任务\n1.甲事：做好。\n2.乙事（市财政局牵头）\n3.丙事",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", ""), ("task", "3", "丙事", "")],
        ),
        # Points within an undertaking are none; neither are chapters without work in them.
        (
            "一、重点任务\n1.甲事。如下：\n(1)乙。\n①丙。\n二、附则\n施行。",
            [("task", "1.1", "甲事", "")],
        ),
        # 1.1 under 一、 counts as 1. would.
        (
            "一、重点任务\n1.1甲事。做好。\n1.2乙事。做好。\n二、保障措施\n2.1丙事。做好。",
            [
                ("task", "1.1", "甲事", ""),
                ("task", "1.2", "乙事", ""),
                ("measure", "2.1", "丙事", ""),
            ],
        ),
        # No part is headed as tasks, but most bear a list of bodies.
        (
            "一、甲事。做好。（责任单位：市教育局）\n二、乙事。做好。\n三、总结\n（一）上报。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        # An enumeration that says what it enumerates.
        (
            "一、总则\n建立三大实施机制，包括：①甲机制。做好。②乙机制。做好。",
            [("mechanism", "1", "甲机制", ""), ("mechanism", "2", "乙机制", "")],
        ),
        # The last chapter sees to it that the work is done, whatever verb opens its heading.
        (
            "一、丰富供给\n（一）甲事。做好。\n二、做好规划组织实施工作\n（二）乙事。做好。",
            [("task", "1", "甲事", ""), ("measure", "2", "乙事", "")],
        ),
        (
            "一、加强资金保障\n（一）甲事。做好。\n二、密切协调配合，加大资金保障\n（二）乙事。做好。"
            "\n三、附则\n自印发之日起施行。",
            [("measure", "1", "甲事", ""), ("measure", "2", "乙事", "")],
        ),
        (
            "一、完善人才队伍保障政策\n（一）甲事。做好。\n二、完善制度\n（二）乙事。做好。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        # Steps are measures; the title keeps its bracket.
        (
            "一、重点任务\n（一）甲事。做好。\n二、实施步骤\n（一）动员阶段（3月底前）。部署。",
            [("task", "1.1", "甲事", ""), ("measure", "2.1", "动员阶段（3月底前）", "")],
        ),
        # Points of one chapter are numbered within it where there are other chapters.
        (
            "一、总体要求\n坚持。\n二、组织实施\n（一）甲事。做好。\n（二）乙事。做好。",
            [("measure", "2.1", "甲事", ""), ("measure", "2.2", "乙事", "")],
        ),
        # Tasks are headed as such within a field of service only: other chapters tell work too.
        (
            "一、公共教育\n（一）重点任务\n甲事。做好。\n乙事。做好。\n二、促进共享\n（一）丙事。做好。",
            [
                ("task", "1.1", "甲事", "公共教育"),
                ("task", "1.2", "乙事", "公共教育"),
                ("task", "2.1", "丙事", ""),
            ],
        ),
        # So do chapters beside one headed as tasks where its numbers run on.
        (
            "一、重点任务\n（一）甲事。做好。\n二、深化改革\n（二）乙事。做好。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        (
            "一、重点任务\n（一）甲事。做好。\n二、申报条件\n（一）乙条件。具备。",
            [("task", "1.1", "甲事", "")],
        ),
        # A last chapter without points is one of several pieces of work.
        (
            "一、新建学校。做好。\n二、加强市场监督管理。做好。",
            [("task", "1", "新建学校", ""), ("task", "2", "加强市场监督管理", "")],
        ),
        # A goal with a figure is indicators.
        (
            "一、主要目标\n1.甲更加公平。机会均等。\n2.乙不断提高。到2025年，覆盖率达到95%。",
            [("target", "1", "甲更加公平", "")],
        ),
        # Numbers and headings of other shapes.
        (
            "一、主要任务\n（1）甲事。做好。\n（2）乙事。做好。\n①丙。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        (
            "一、主要任务\n任务一：甲事。做好。\n任务二：乙事。做好。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        (
            "一、主要任务\n１．甲事。做好。\n２．2025年底前完成乙事。",
            [("task", "1", "甲事", ""), ("task", "2", "2025年底前完成乙事", "")],
        ),
        (
            "一、主要任务\n●甲事。做好工作。\n●乙事。做好工作。",
            [("task", "1.1", "甲事", ""), ("task", "1.2", "乙事", "")],
        ),
        (
            "第一章 重点任务及责任分工\n第一节 甲事\n做好。\n第二节 乙事\n做好。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        # 工作措施 are the work where nothing else is, and measures where they support it.
        (
            "一、目标任务\n到2025年完成。\n二、工作措施\n（一）甲事。做好。\n三、工作要求\n（一）乙事。做好。",
            [("task", "2.1", "甲事", ""), ("measure", "3.1", "乙事", "")],
        ),
        (
            "一、主要任务\n（一）甲事。做好。\n二、工作措施\n（一）乙事。做好。",
            [("task", "1.1", "甲事", ""), ("measure", "2.1", "乙事", "")],
        ),
        # Articles are work where bodies are named for it; elsewhere they are provisions.
        (
            "第一章 总则\n第一条 为了甲，制定本办法。\n第二章 保障措施\n第二条 乙应当做好："
            "\n（一）丙。\n（二）丁。\n第三条 戊要做好。\n第三章 附则\n第四条 本办法自印发起施行。",
            [],
        ),
        # Chapters that build systems of services are work in a field, the last one too.
        (
            "一、建设更加完善的公共教育体系\n1.甲事。做好。\n2.乙事。做好。\n"
            "二、构建高效的住房保障体系\n3.完善公共文化服务。做好。",
            [
                ("task", "1", "甲事", "公共教育"),
                ("task", "2", "乙事", "公共教育"),
                ("task", "3", "完善公共文化服务", "住房保障"),
            ],
        ),
        # Headings that name parts of fields, or actions in them, head their points.
        (
            "一、重点任务\n（一）就业促进行动\n1.甲事。做好。\n（二）老年人健康管理\n2.乙事。做好。",
            [("task", "1", "甲事", "就业促进行动"), ("task", "2", "乙事", "老年人健康管理")],
        ),
        (
            "一、重点任务\n（一）促进就业增收\n1.甲事。做好。\n（二）老年人健康管理\n2.乙事。做好。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        # What ends like a chapter on the situation may be work.
        (
            "一、培育主体\n1.甲事。做好。（市教育局负责）\n二、营造良好发展环境\n2.乙事。做好。（市财政局负责）",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        # Chapters of a list of works are fields where most of them are.
        (
            "一、教育惠民\n1.甲事。做好。\n二、健康惠民\n2.乙事。做好。\n三、宜居惠民\n3.丙事。做好。",
            [
                ("task", "1", "甲事", "教育惠民"),
                ("task", "2", "乙事", "健康惠民"),
                ("task", "3", "丙事", ""),
            ],
        ),
        # Works with their contents and bodies in lines of their own are no list of services.
        (
            "一、提升学位供给\n主要内容：新增学位300个。\n牵头单位：市教育局\n"
            "二、改造老旧小区\n主要内容：改造小区4个。\n牵头单位：市住建局",
            [("task", "1", "提升学位供给", ""), ("task", "2", "改造老旧小区", "")],
        ),
        # What is done to a field is one only beside others of that kind.
        (
            "一、重点任务\n（一）完善养老服务体系\n1.甲事。做好。\n（二）培育市场主体\n2.乙事。做好。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        # A chapter of tasks may open with its thoughts and goals.
        (
            "一、目标与任务\n（一）指导思想\n坚持。\n（二）总体目标\n1.甲更好。\n2.乙更好。"
            "\n（三）工作任务\n1.丙事。做好。",
            [
                ("target", "2.1", "甲更好", ""),
                ("target", "2.2", "乙更好", ""),
                ("task", "3.1", "丙事", ""),
            ],
        ),
        # Notes and final provisions are no work.
        (
            "一、重点任务\n1.甲事。做好。\n2.乙事。做好。\n注：1.丙是指丁。\n2.戊是指己。\n3.庚。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        (
            "一、甲事。做好。\n二、乙事。做好。\n三、本意见由市某局负责解释，自2020年1月1日起施行。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        # A box: what is headed as measures in it, or stands in it under measures, counts.
        (
            "一、公共教育\n（一）保障措施\n专栏1 教育保障措施\n甲事。做好。\n乙事。做好。",
            [("measure", "1.1", "甲事", "公共教育"), ("measure", "1.2", "乙事", "公共教育")],
        ),
        (
            "一、重点任务\n（一）甲事。做好。\n专栏1 托育服务行动\n1.丙。建设。\n2.丁。建设。"
            "\n（二）乙事。做好。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        (
            "一、重点任务\n1.甲事。做好。\n专栏1 重点工程\n1.丙。建设。\n2.丁。建设。\n3.戊。建设。"
            "\n二、组织实施\n1.己。做好。",
            [
                ("task", "1.1", "甲事", ""),
                ("measure", "1.1", "丙", ""),
                ("measure", "1.2", "丁", ""),
                ("measure", "1.3", "戊", ""),
                ("measure", "2.1", "己", ""),
            ],
        ),
        # The plan may be an annex of a notice that has no chapters itself.
        (
            "附件\n某市行动方案\n一、总体要求\n坚持。\n二、提升服务\n（一）甲事。做好。"
            "\n三、强化组织保障工作\n（二）乙事。做好。",
            [("task", "1", "甲事", ""), ("measure", "2", "乙事", "")],
        ),
        # A field of service without points is one task.
        (
            "一、重点任务\n（一）公共教育\n1.甲事。做好。\n（二）住房保障\n扩大供给，解决困难。新增一批。",
            [("task", "1.1", "甲事", "公共教育"), ("task", "2", "住房保障", "住房保障")],
        ),
        # The rows of a table in the body are work; those of a table of who does what divide it.
        (
            "一、项目内容\n如下：\n序号\t项目名称\t牵头单位\n1\t甲事\t市教育局\n2\t乙事\t市民政局\n"
            "二、保障措施\n（一）丙事。做好。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", ""), ("measure", "2.1", "丙事", "")],
        ),
        (
            "一、重点任务\n（一）甲事。做好。\n附件1\n任务分解表\n序号\t项目名称\t牵头单位\n"
            "1\t甲事\t市教育局\n2\t乙事\t市民政局\n",
            [
                ("task", "1.1", "甲事", ""),
                ("division", "1", "甲事", ""),
                ("division", "2", "乙事", ""),
            ],
        ),
        # What is divided by whose fiscal power it is, is a field whatever its name.
        (
            "一、主要内容\n（一）渔业。要分清。\n1.中央财政事权。远洋。\n2.省与市县共同财政事权。近海。\n"
            "（二）牧业。要分清。\n1.中央财政事权。草场。\n2.地方财政事权。围栏。",
            [
                ("task", "1.1", "中央财政事权", "渔业"),
                ("task", "1.2", "省与市县共同财政事权", "渔业"),
                ("task", "2.1", "中央财政事权", "牧业"),
                ("task", "2.2", "地方财政事权", "牧业"),
            ],
        ),
        # So is what is called 方面 among its like.
        (
            "一、主要内容\n（一）渔业生产方面。要分清。\n1.甲事。做好。\n2.乙事。做好。\n"
            "（二）牧场经营方面。要分清。\n1.丙事。做好。",
            [
                ("task", "1.1", "甲事", "渔业生产方面"),
                ("task", "1.2", "乙事", "渔业生产方面"),
                ("task", "2.1", "丙事", "牧场经营方面"),
            ],
        ),
        # What closes such a list is none, and its number goes on with theirs.
        (
            "一、主要内容\n（一）渔业生产方面。要分清。\n1.甲事。做好。\n2.乙事。做好。\n"
            "（二）牧场经营方面。要分清。\n1.丙事。做好。\n（三）其他事项。按规定办理。\n"
            "二、保障措施\n（一）丁事。加强。",
            [
                ("task", "1.1", "甲事", "渔业生产方面"),
                ("task", "1.2", "乙事", "渔业生产方面"),
                ("task", "2.1", "丙事", "牧场经营方面"),
                ("task", "3", "其他事项", ""),
                ("measure", "2.1", "丁事", ""),
            ],
        ),
        # An article that divides the work has measures for points, and is no division itself.
        (
            "第一章 总则\n第一条 为做好工作，制定本办法。\n第二章 职责分工\n"
            "第二条 有关部门按照下列分工做好工作：\n"
            "（一）制定规划。由市民政局牵头，市财政局配合。\n"
            "（二）核对信息。由市公安局负责，定期比对。\n"
            "第三章 附则\n第三条 本办法自印发之日起施行。",
            [("measure", "2.1", "制定规划", ""), ("measure", "2.2", "核对信息", "")],
        ),
        # What a notice requires of those it brings a standard to is how it is carried out.
        (
            "各县人民政府：\n现将《某某标准》印发给你们，并提出以下要求，请遵照执行。\n"
            "一、抓好落实。各县要逐项落实。\n二、强化资金保障。各级财政要安排预算。\n"
            "附件\n某某标准\n正文如下。",
            [("measure", "1", "抓好落实", ""), ("measure", "2", "强化资金保障", "")],
        ),
        # A chapter of no kind between the tasks and the measures is work as well.
        (
            "一、主要内容\n（一）甲事。做好。\n二、申请程序\n（一）乙事。提交。\n（二）丙事。审核。\n"
            "三、保障措施\n（一）丁事。加强。",
            [
                ("task", "1.1", "甲事", ""),
                ("task", "2.1", "乙事", ""),
                ("task", "2.2", "丙事", ""),
                ("measure", "3.1", "丁事", ""),
            ],
        ),
        # So is one between fields of service and the measures, paragraph by paragraph.
        (
            "第一章 公共教育\n第一节 重点任务\n甲事。做好。\n乙事。做好。\n"
            "第二章 促进共享\n要统筹。\n——丙事。\n做好。\n——丁事。\n做好。\n"
            "第三章 保障措施\n第一节 加强投入\n增加。",
            [
                ("task", "1.1", "甲事", "公共教育"),
                ("task", "1.2", "乙事", "公共教育"),
                ("task", "2.1", "丙事", ""),
                ("task", "2.2", "丁事", ""),
                ("measure", "3.1", "加强投入", ""),
            ],
        ),
        # A heading of two deeds runs into its text; a chapter has lost the mark of its number.
        (
            "一、重点任务\n（一）推进信息建设，健全管理机制大力推进信息系统的建设，完善数据采集。",
            [("task", "1", "推进信息建设，健全管理机制", "")],
        ),
        (
            "一、提高标准\n逐步提高。\n二、完善待遇\n稳步完善。\n三加强基金监管\n严格监管。\n"
            "四、优化服务\n不断优化。",
            [
                ("task", "1", "提高标准", ""),
                ("task", "2", "完善待遇", ""),
                ("task", "3", "加强基金监管", ""),
                ("task", "4", "优化服务", ""),
            ],
        ),
        # A chapter on who does what is a division: as a whole, or body by body.
        (
            "一、主要任务\n（一）甲事。做好。\n二、职责分工\n市教育局负责认定，市财政局负责资金。\n"
            "三、工作要求\n（一）乙事。加强。",
            [
                ("task", "1.1", "甲事", ""),
                ("division", "2", "职责分工", ""),
                ("measure", "3.1", "乙事", ""),
            ],
        ),
        (
            "一、主要任务\n（一）甲事。做好。\n二、部门职责\n（一）市教育局。负责认定。\n"
            "（二）市财政局：负责资金。\n三、工作要求\n（一）乙事。加强。",
            [
                ("task", "1.1", "甲事", ""),
                ("division", "2.1", "市教育局", ""),
                ("division", "2.2", "市财政局", ""),
                ("measure", "3.1", "乙事", ""),
            ],
        ),
        # What a sentence charges a body with is what it is called.
        (
            "一、主要任务\n（一）甲事。做好。\n二、职责分工\n（一）市教育局负责认定对象，做好统计。\n"
            "（二）市财政局牵头负责资金安排。按时拨付。\n三、工作要求\n（一）乙事。加强。",
            [
                ("task", "1.1", "甲事", ""),
                ("division", "2.1", "认定对象，做好统计", ""),
                ("division", "2.2", "资金安排", ""),
                ("measure", "3.1", "乙事", ""),
            ],
        ),
        (
            "一、主要任务\n（一）甲事。做好。\n二、部门职责\n市教育局：认定对象。\n"
            "市财政局主要负责资金安排。\n三、工作要求\n（一）乙事。加强。",
            [
                ("task", "1.1", "甲事", ""),
                ("division", "1", "认定对象", ""),
                ("division", "2", "资金安排", ""),
                ("measure", "3.1", "乙事", ""),
            ],
        ),
        # A heading of points is work beside work without any; what only says so is none.
        (
            "一、制度内容\n（一）甲对象。有困难的。\n（二）乙程序。\n1.申请。提交。\n2.审核。核实。\n"
            "（三）丙标准。按年调整。\n二、保障措施\n（一）丁事。加强。",
            [
                ("task", "1.1", "甲对象", ""),
                ("task", "1.2", "乙程序", ""),
                ("task", "1.2.1", "申请", ""),
                ("task", "1.2.2", "审核", ""),
                ("task", "1.3", "丙标准", ""),
                ("measure", "2.1", "丁事", ""),
            ],
        ),
        (
            "一、主要任务\n（一）甲事。做好。\n（二）主要措施\n1.乙事。做好。\n2.丙事。做好。",
            [
                ("task", "1", "甲事", ""),
                ("task", "2.1", "乙事", ""),
                ("task", "2.2", "丙事", ""),
            ],
        ),
        # A heading runs on into who has to do it.
        (
            "一、重点任务\n1.审核程序县级某某部门应当核实申请人提交的全部材料，按时答复。再做。\n2.乙事。做好。",
            [("task", "1", "审核程序", ""), ("task", "2", "乙事", "")],
        ),
        # A heading runs on into a sentence of figures.
        (
            "一、重点任务\n1.健全医疗保障制度职工和居民住院费用支付比例稳定在80%左右。再做。\n2.乙事。做好。",
            [("task", "1", "健全医疗保障制度", ""), ("task", "2", "乙事", "")],
        ),
        # Beside fields of service with their points, what has a text alone is a field as well.
        (
            "一、主要内容\n（一）公共教育方面。主要包括。\n1.甲事。做好。\n2.乙事。做好。\n"
            "（二）公共文化方面\n1.丙事。做好。\n（三）能力建设方面\n1.丁事。做好。\n"
            "（四）其他事项。由地方负责。",
            [
                ("task", "1.1", "甲事", "公共教育方面"),
                ("task", "1.2", "乙事", "公共教育方面"),
                ("task", "2.1", "丙事", "公共文化方面"),
                ("task", "3.1", "丁事", "能力建设方面"),
                ("task", "4", "其他事项", "其他事项"),
            ],
        ),
        # A notice's points without headings are work by their first sentences.
        (
            "一、明确对象\n（一）甲对象。有困难的。\n二、确定标准\n"
            "（一）甲救助按照低保标准的两倍给予一次性救助，每人最高不超过八千元，特别困难的可以提高\n"
            "（二）乙救助按照实际费用的一定比例给予救助，每人最高不超过五千元，由县级财政列支\n"
            "三、工作要求\n（一）丙事。加强。",
            [
                ("task", "1.1", "甲对象", ""),
                (
                    "task",
                    "2.1",
                    "甲救助按照低保标准的两倍给予一次性救助，每人最高不超过八千元，特别困难的可以提高",
                    "",
                ),
                (
                    "task",
                    "2.2",
                    "乙救助按照实际费用的一定比例给予救助，每人最高不超过五千元，由县级财政列支",
                    "",
                ),
                ("measure", "3.1", "丙事", ""),
            ],
        ),
        # Points that say what is done and then by whom divide the work, where they are headed so.
        (
            "第一章 住房保障\n第一节 重点任务\n甲事。做好。\n乙事。做好。\n"
            "第二节 保障工程\n◎丙事。建设。\n◎丁事。建设。\n"
            "第二章 规划实施\n第一节 组织协调\n加强领导。\n第二节 明确责任分工\n分工如下：\n"
            "1.甲事。市教育局牵头，市财政局配合。\n"
            "2.乙事。（市民政局牵头，市财政局按职责分工负责\n3.戊事。市财政局负责。",
            [
                ("task", "1.1", "甲事", "住房保障"),
                ("task", "1.2", "乙事", "住房保障"),
                ("measure", "1.1", "丙事", "住房保障"),
                ("measure", "1.2", "丁事", "住房保障"),
                ("measure", "2.1", "组织协调", ""),
                ("measure", "2.2", "明确责任分工", ""),
                ("division", "1", "甲事", ""),
                ("division", "2", "乙事", ""),
                ("division", "3", "戊事", ""),
            ],
        ),
        (
            "一、重点任务\n（一）甲事。做好。\n二、任务分工\n——甲事。市教育局牵头，市财政局配合。\n"
            "——乙事。市民政局负责。",
            [
                ("task", "1.1", "甲事", ""),
                ("division", "1", "甲事", ""),
                ("division", "2", "乙事", ""),
            ],
        ),
        # Headings without numbers: in brackets within each field of service, or bare words.
        (
            "第一节 公共教育\n【重点任务】\n甲事。做好。\n乙事。做好。\n"
            "【保障工程】\n●丙事。建设。\n●丁事。\n"
            "第二节 住房保障\n【重点任务】\n甲事。做好。\n戊事。做好。",
            [
                ("task", "1.1", "甲事", "公共教育"),
                ("task", "1.2", "乙事", "公共教育"),
                ("measure", "1.1", "丙事", "公共教育"),
                ("measure", "1.2", "丁事", "公共教育"),
                ("task", "2.1", "甲事", "住房保障"),
                ("task", "2.2", "戊事", "住房保障"),
            ],
        ),
        (
            "重点任务\n（一）甲事。做好。\n（二）乙事。做好。\n保障措施\n（一）丙事。做好。",
            [
                ("task", "1", "甲事", ""),
                ("task", "2", "乙事", ""),
                ("measure", "1", "丙事", ""),
            ],
        ),
        # Chapters of a book (篇) run on through the books; each has its tasks and measures.
        (
            "第一篇 重点领域\n第一章 公共教育\n1、重点任务\n（1）甲事。做好。\n（2）乙事。做好。\n"
            "2、保障措施\n◎丙事。建设。\n◎丁事。建设。\n"
            "第二章 住房保障\n1、重点任务\n（1）戊事。做好。\n"
            "第二篇 组织实施\n第三章 加强领导\n做好。\n第四章 强化监督\n做好。",
            [
                ("task", "1.1", "甲事", "公共教育"),
                ("task", "1.2", "乙事", "公共教育"),
                ("measure", "1.1", "丙事", "公共教育"),
                ("measure", "1.2", "丁事", "公共教育"),
                ("task", "2.1", "戊事", "住房保障"),
                ("measure", "3", "加强领导", ""),
                ("measure", "4", "强化监督", ""),
            ],
        ),
        # The works of a box, in any section, are numbered within the box.
        (
            "第一章 甲\n第一节 甲事\n做好。\n第二节 乙事\n做好。\n"
            "专栏1 重点工程\n1.丙事。建设。\n2.丁事。建设。\n"
            "第二章 乙\n第一节 己事\n做好。\n第二节 庚事\n做好。\n"
            "专栏2 重点项目\n——辛事。建设。\n——壬事。建设。",
            [
                ("task", "1.1", "甲事", ""),
                ("task", "1.2", "乙事", ""),
                ("measure", "1.1", "丙事", ""),
                ("measure", "1.2", "丁事", ""),
                ("task", "2.1", "己事", ""),
                ("task", "2.2", "庚事", ""),
                ("measure", "2.1", "辛事", ""),
                ("measure", "2.2", "壬事", ""),
            ],
        ),
        # A list of services is no work to be done.
        ("一、幼有所育\n1.优孕服务\n2.儿童服务\n二、学有所教", []),
    ],
)
def test_tasks(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert tasks(text) == expected


@pytest.mark.parametrize(
    ("last", "domain", "section"),
    [
        ("戊己服务", "戊己服务", "重点任务"),  # one ends as they do
        ("资源支持", "", "重点任务"),  # it names something else
        ("强化资源支持", "", "强化资源支持"),  # work like any
    ],
)
def test_a_heading_beside_fields_of_service(last: str, domain: str, section: str) -> None:
    text = (
        "一、重点任务\n（一）甲类养老服务\n1.甲事。做好。\n（二）乙丙服务\n2.乙事。做好。\n"
        f"（三）农村养老服务\n3.丙事。做好。\n（四）{last}\n4.丁事。做好。"
    )
    reading = extract(read_bytes((HEAD + text).encode(), "a.txt"), load())
    assert [(task.no, task.domain, task.section) for task in reading.tasks] == [
        ("1", "甲类养老服务", "重点任务"),
        ("2", "乙丙服务", "重点任务"),
        ("3", "农村养老服务", "重点任务"),
        ("4", domain, section),
    ]


def test_works_whose_names_stand_behind_a_label() -> None:
    text = (
        "某市人民政府关于印发2023年某市实事安排的通知\n某政办〔2023〕1号\n2023年某市实事安排\n"
        "为了做好今年的工作，安排如下。\n"
        "一、教育惠民\n1.项目名称：新建学校\n目标任务：新建学校8所。\n牵头单位：市教育局\n"
        "2．项目名 称：解决就餐问题。目标任务：新建食堂9所。牵头单位：市财政局。\n"
        "二、健康服务\n3项目名称：改造病房\n目标任务：改造病房7间。\n责任单位：市卫生健康委\n"
        "三、工作要求\n（一）加强领导。做好。"
    )
    reading = extract(read_bytes(text.encode(), "a.txt"), load())
    plan = "2023年某市实事安排"
    assert [(task.no, task.title, task.domain, task.section) for task in reading.tasks] == [
        ("1", "新建学校", "教育惠民", plan),
        ("2", "解决就餐问题", "教育惠民", plan),
        ("3", "改造病房", "健康服务", plan),
        ("3.1", "加强领导", "", "工作要求"),
    ]
    assert [(one.subject.title, one.body.name) for one in reading.responsibilities] == [
        ("新建学校", "市教育局"),
        ("解决就餐问题", "市财政局"),
        ("改造病房", "市卫生健康委"),
    ]
    # A heading that says what is done about a problem is no list of problems.
    assert [one.value for one in reading.indicators] == ["8", "9", "7"]


def test_the_numbered_points_of_an_annex_that_tell_who_does_what() -> None:
    text = (
        "一、主要任务\n（一）甲事。做好。\n附件1\n部门职责分工\n"
        "一、教育部门负责乙事，指导丙事。\n二、财政部门负责资金安排。按时拨付。\n三、各乡镇人民政府：受理申请。"
    )
    reading = extract(read_bytes((HEAD + text).encode(), "a.txt"), load())
    assert [(one.kind.value, one.no, one.title) for one in reading.tasks][1:] == [
        ("division", "1", "乙事，指导丙事"),
        ("division", "2", "资金安排"),
        ("division", "3", "受理申请"),
    ]
    assert [(one.subject.no, one.body.name) for one in reading.responsibilities] == [
        ("1", "教育部门"),
        ("2", "财政部门"),
        ("3", "各乡镇人民政府"),
    ]


def test_an_annex_that_tells_body_by_body_who_does_what() -> None:
    text = (
        "一、主要任务\n（一）甲事。做好。\n附件\n甲事工作\n部门职责分工\n"
        "教育部门负责乙事，指导丙事。\n财政部门负责资金安排。\n结余资金收回。\n妇联组织负责参与宣传。\n"
        "某某基金会负责募集资金\n相关阅读\n解读：甲事怎么做"
    )
    reading = extract(read_bytes((HEAD + text).encode(), "a.txt"), load())
    divided = [one for one in reading.tasks if one.kind.value == "division"]
    assert [(one.no, one.title) for one in divided] == [
        ("1", "乙事，指导丙事"),
        ("2", "资金安排"),
        ("3", "参与宣传"),
        ("4", "募集资金"),
    ]
    assert {one.section for one in divided} == {"甲事工作部门职责分工"}
    assert [
        (one.subject.no, one.body.name, one.role.value) for one in reading.responsibilities
    ] == [
        ("1", "教育部门", "responsible"),
        ("2", "财政部门", "responsible"),
        ("3", "妇联组织", "responsible"),
        ("4", "某某基金会", "responsible"),
    ]


@pytest.mark.parametrize(
    ("paragraph", "title"),
    [
        ("<b>1．健全某项制度</b>接送服务人数分别达到三百和五百，补贴按月发放。", "健全某项制度"),
        ("<strong>1．</strong><strong>健全某项制度</strong>接送服务人数达到三百。", "健全某项制度"),
        ("<b>1．健全某项制度。</b>接送服务人数达到三百。", "健全某项制度"),
        # Bold words within a sentence head nothing.
        ("1．坚持<b>健全某项制度</b>为先，办好。", "坚持健全某项制度为先，办好"),
    ],
)
def test_a_heading_that_only_bold_letters_part_from_its_text(paragraph: str, title: str) -> None:
    page = f"<p>某某办法</p><p>国发〔2020〕1号</p><p>一、重点任务</p><p>{paragraph}</p>"
    reading = extract(read_bytes(page.encode(), "a.html"), load())
    assert [task.title for task in reading.tasks] == [title]


def test_to_raise_a_standard_is_work_and_no_list() -> None:
    text = (
        "甲市民政局关于提高补助标准的通知\n甲民发〔2023〕2号\n各县民政局：\n"
        "一、提高保障标准\n（一）提高低保标准。每人每月690元。\n（二）完善救助标准。分档救助。\n"
        "二、规范审核确认\n（一）优化办理流程。下放权限。\n（二）强化动态管理。每年核查。\n"
        "三、服务标准\n（一）示例服务。每年一次。\n（二）示例照料。每月一次。\n"
        "四、工作要求\n（一）加强组织领导。明确专人。\n（二）强化监督检查。严肃处理。\n"
    )
    reading = extract(read_bytes(text.encode(), "a.txt"), load())
    assert [(task.kind.value, task.no) for task in reading.tasks] == [
        ("task", "1.1"),
        ("task", "1.2"),
        ("task", "2.1"),
        ("task", "2.2"),
        ("measure", "4.1"),
        ("measure", "4.2"),
    ]


def test_works_under_a_name_that_spans_their_rows() -> None:
    rows = (
        "<tr><th>序号</th><th>重点任务</th><th>具体内容</th><th>责任单位</th></tr>"
        "<tr><td rowspan=2>1</td><td rowspan=2>甲事</td><td>先做</td><td>市教育局</td></tr>"
        "<tr><td>后做</td><td>市财政局</td></tr>"
        "<tr><td>2</td><td>乙事</td><td>再做</td><td>市民政局</td></tr>"
    )
    page = f"<p>某某办法</p><p>一、主要任务</p><p>见表。</p><table>{rows}</table>"
    reading = extract(read_bytes(page.encode(), "a.html"), load())
    assert [(one.no, one.title) for one in reading.tasks] == [
        ("1.1", "先做"),
        ("1.2", "后做"),
        ("2", "乙事"),
    ]
    assert [(one.subject.no, one.body.name) for one in reading.responsibilities] == [
        ("1.1", "市教育局"),
        ("1.2", "市财政局"),
        ("2", "市民政局"),
    ]


def test_an_entry_of_an_enumeration_may_have_lost_its_words() -> None:
    text = "一、总则\n建立三大实施机制，包括：①甲机制。做好。② ③丙机制。做好。"
    assert tasks(text)[-2:] == [("mechanism", "1", "甲机制", ""), ("mechanism", "3", "丙机制", "")]


def test_a_mark_may_have_lost_its_words() -> None:
    text = "一、重点任务\n●甲事。做好。\n●\n●乙事。做好。"
    assert tasks(text)[-2:] == [("task", "1.1", "甲事", ""), ("task", "1.2", "乙事", "")]
