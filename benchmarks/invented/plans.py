"""The layouts: each function writes one plan into a draft, with the rows that are true of it.

Headings, numbers, lists of bodies and tables are those of the documents of this kind; what they
say is put together by chance from :mod:`invented.words`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from invented import words
from invented.dice import Dice
from invented.draft import Draft, Place
from invented.places import Origin
from invented.words import Field

_HAN = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
Subject = tuple[str, str, str]


def han(number: int) -> str:
    """A number in Chinese characters.

    >>> han(7), han(12), han(20), han(31)
    ('七', '十二', '二十', '三十一')
    """
    tens, ones = divmod(number, 10)
    return (
        (_HAN[tens - 1] if tens > 1 else "")
        + ("十" if tens else "")
        + (_HAN[ones - 1] if ones else "")
    )


@dataclass(slots=True)
class Plan:
    """A plan while it is written."""

    origin: Origin
    dice: Dice
    draft: Draft
    #: How much there is of everything, about 1.
    size: float
    #: Whether what conversion loses and vandals replace is lost and replaced here.
    damaged: bool
    #: Whether it will be set as a web page, whose cells may reach down over rows.
    web: bool
    spam: str = ""
    point: str = "."
    used: set[str] = field(default_factory=set)
    #: Figures in per cent told so far, of the last year of the period.
    said: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    own: str = ""
    #: Whether issuer and date stand at the end.
    unsigned: bool = False

    def number(self, least: int, most: int) -> int:
        """A number of things, by the size of this plan."""
        return max(1, round(self.dice.between(least, most) * self.size))

    def hurt(self, share: float) -> bool:
        """Whether damage is done here."""
        return self.damaged and self.dice.chance(share)

    def fresh(self, make: Callable[[], str]) -> str:
        """Words that stand nowhere else in this plan as a heading or a name."""
        for _ in range(100):
            made = make()
            if made not in self.used:
                break
        self.used.add(made)
        return made

    # Words

    def we(self) -> None:
        """The region as it speaks of itself; on defaced pages an advertisement in its place."""
        if self.spam and self.dice.chance(0.6):
            place = self.draft.say(self.spam)
            self.draft.find("spam-text", "medium", "an advertisement in place of a name", place)
        else:
            ours = {"自治区": "全区", "地区": "本地区"}
            self.draft.say(ours.get(self.origin.kind, f"我{self.origin.kind}"))

    def sentence(self, theme: Field) -> str:
        pattern = self.dice.pick(words.SENTENCES)
        b, c = self.dice.some(theme.offers, 2)
        return pattern.format(a=self.dice.pick(theme.things), b=b, c=c)

    def fill(self, theme: Field, number: int) -> None:
        """So many sentences without a fact."""
        for _ in range(number):
            self.draft.say(self.sentence(theme) + "。")

    def work(self, theme: Field) -> str:
        return self.fresh(lambda: self.dice.pick(words.VERBS) + self.dice.pick(theme.works))

    def rate(self, theme: Field) -> str:
        """The name of a figure in per cent: two values for one name would be a conflict."""
        return self.fresh(lambda: self.dice.pick(words.KINDS) + self.dice.pick(theme.rates))

    def count(self, theme: Field) -> tuple[str, str]:
        """What is built, and its measure word."""
        units = dict(theme.counts)
        name = self.fresh(lambda: self.dice.pick(words.KINDS) + self.dice.pick(tuple(units)))
        return name, next(unit for kind, unit in units.items() if name.endswith(kind))

    # Facts

    def cite(self, title: str, number: str = "", relation: str = "cites") -> None:
        place = self.draft.say(f"《{title}》")
        lost = number and self.hurt(0.5)
        if number:
            self.draft.say("（")
            shown = self.draft.say(number.replace("〕", "", 1) if lost else number)
            self.draft.say("）")
            if lost:
                self.draft.find("lost-bracket", "medium", "the year has no closing bracket", shown)
            number = self.draft.text(shown)
            place = self.draft.since(place)
        self.draft.add(
            "citations", place, cited_title=title, cited_number=number, relation=relation
        )

    def assign(self, subject: Subject, body: str, role: str, order: int) -> None:
        place = self.draft.say(body)
        self.record(subject, body, role, order, place)

    def record(self, subject: Subject, body: str, role: str, order: int, place: Place) -> None:
        kind, no, title = subject
        self.draft.add(
            "responsibilities", place, subject_kind=kind, subject_no=no, subject=title, body=body,
            role=role, order=str(order),
        )  # fmt: skip

    def assign_all(
        self, subject: Subject, bodies: Sequence[tuple[str, str]], order: int = 1
    ) -> int:
        """Bodies with their roles, 、 between them; the next order."""
        for at, (body, role) in enumerate(bodies):
            if at:
                self.draft.say("、")
            self.assign(subject, body, role, order + at)
        return order + len(bodies)

    def bodies(self, theme: Field, least: int, most: int, own: bool = True) -> list[str]:
        """The body that the field belongs to, and others."""
        keys = [
            theme.bodies[0],
            *self.dice.some(theme.bodies[1:], self.dice.between(least, most) - 1),
        ]
        names = [self.origin.own(key) if own else self.origin.body(key) for key in keys]
        return list(dict.fromkeys(names))

    def bracket(self, subject: Subject, theme: Field) -> None:
        """A list of bodies in brackets, in one of the usual forms."""
        draft, form = self.draft, self.dice.below(4)
        names = self.bodies(theme, 2, 5)
        opening = draft.say("（")
        if form == 0:
            bodies = [(name, "responsible") for name in (*names, self.origin.lower)]
            self.assign_all(subject, bodies)
            draft.say("按职责分工负责")
        elif form == 1:
            order = self.assign_all(subject, [(names[0], "lead")])
            draft.say("牵头，")
            rest = names[1:] or [self.origin.lower]
            self.assign_all(subject, [(name, "responsible") for name in rest], order)
            draft.say("按职责分工负责")
        elif form == 2:
            draft.say("牵头单位：")
            order = self.assign_all(subject, [(names[0], "lead")])
            draft.say("；责任单位：")
            rest = [self.origin.lower, *names[1:]]
            self.assign_all(subject, [(name, "responsible") for name in rest], order)
        else:
            draft.say("牵头单位：")
            order = self.assign_all(subject, [(names[0], "lead")])
            if names[1:]:
                draft.say("；配合单位：")
                self.assign_all(subject, [(name, "cooperating") for name in names[1:]], order)
        if form > 1 and self.hurt(0.4):
            place = draft.since(opening)
            draft.find("lost-bracket", "medium", "the list of bodies is not closed", place)
        else:
            draft.say("）")

    def figures(self, theme: Field, domain: str, number: int, year: int | None) -> None:
        """A sentence of figures. The year holds for all of them."""
        draft, dice = self.draft, self.dice
        if year:
            draft.say(f"到{year}年，")
        add = partial(self.indicator, domain, year)
        for at, kind in enumerate(dice.some(range(7), number)):
            if at:
                draft.say("，")
            if kind < 3:
                name = self.rate(theme)
                value = f"{dice.between(600, 995) / 10:g}"
                start = draft.say(name)
                if kind == 0:
                    draft.say(f"达到{value}%以上")
                elif kind == 1:
                    draft.say(f"不低于{value}%")
                else:
                    draft.say(f"达到{value}%")
                add(start, name, "%", value, "=" if kind == 2 else ">=")
                if kind == 2 and year:
                    self.said.append((name, value))
            elif kind == 3:
                name, unit = self.count(theme)
                value = str(dice.between(2, 90))
                draft.say("新建")
                start = draft.say(name + value + unit)
                add(start, name, unit, value, "=")
            elif kind == 4:
                name, unit = self.count(theme)
                value = str(dice.between(2, 90))
                draft.say("建成")
                start = draft.say(value + unit + name)
                add(start, name, unit, value, "=")
            elif kind == 5:
                name = self.fresh(
                    lambda: "培训" + dice.pick(words.KINDS) + dice.pick(theme.courses)
                )
                value = str(dice.between(2, 60) * 100)
                start = draft.say(f"{name}{value}人次")
                add(start, name, "人次", value, "=")
            else:
                first, second = self.rate(theme), self.rate(theme)
                values = [str(dice.between(60, 99)) for _ in range(2)]
                start = draft.say(f"{first}和{second}分别达到{values[0]}%和{values[1]}%")
                add(start, first, "%", values[0], "=")
                add(start, second, "%", values[1], "=")
        if self.said and self.hurt(0.05):
            # A figure that was told before, with another value.
            name, old = dice.pick(self.said)
            value = f"{float(old) - 3:g}"
            place = draft.say(f"，{name}")
            draft.say(f"达到{value}%")
            add(place, name, "%", value, "=")
            draft.find("conflicting-values", "medium", f"{old} elsewhere", draft.since(place))
        draft.say("。")

    def indicator(
        self, domain: str, year: int | None, start: Place, name: str, unit: str, value: str,
        comparator: str, kind: str = "target", cumulative: bool = False,
    ) -> None:  # fmt: skip
        place = self.draft.since(start) if start.block == len(self.draft.blocks) - 1 else start
        self.draft.add(
            "indicators", place, domain=domain, indicator=name, unit=unit,
            year=str(year or ""), value=value, comparator=comparator, kind=kind,
            cumulative=str(cumulative).lower(),
        )  # fmt: skip

    def impossible(self, domain: str, year: int) -> None:
        """A figure that has lost its point, as can be seen from its size."""
        draft, dice = self.draft, self.dice
        name, unit, value = dice.pick(
            (
                ("人均预期寿命", "岁", f"7{dice.between(5, 9)}{dice.between(1, 9)}"),
                ("人均体育场地面积", "平方米", f"{dice.between(2, 3)}{dice.between(1, 9)}"),
            )
        )
        draft.say(f"到{year}年，")
        place = draft.say(f"{name}达到{value}{unit}")
        draft.say("。")
        self.indicator(domain, year, place, name, unit, value, "=")
        draft.find("lost-decimal-point", "high", "too large to be meant", place)

    # Parts

    def task(
        self, label: str, subject: Subject, theme: Field, *, domain: str, section: str,
        title: str, listed: bool,
    ) -> None:  # fmt: skip
        """A numbered paragraph: heading, sentences, figures, who answers for it."""
        draft, dice = self.draft, self.dice
        kind, no, _ = subject
        start = draft.open("p", label)
        unpointed = label.endswith(self.point) and self.hurt(0.08)
        if unpointed:
            draft.blocks[-1].text = label[: -len(self.point)]
            start = Place(start.block, 0, len(label) - len(self.point))
            draft.find("unnumbered-point", "low", "no point behind the number", start)
        place = draft.say(title)
        draft.add("tasks", place, kind=kind, no=no, title=title, domain=domain, section=section)
        year = self.origin.end if dice.chance(0.7) else None
        if year and not unpointed and self.hurt(0.12):
            draft.find("lost-full-stop", "low", "heading and sentence run together", place)
            self.figures(theme, domain, dice.between(1, 3), year)
            self.fill(theme, self.number(3, 8))
        else:
            draft.say("。")
            self.fill(theme, self.number(3, 8))
            if dice.chance(0.15):
                draft.say("落实")
                self.cite(dice.pick(words.CITED))
                draft.say("。")
            if dice.chance(0.45):
                self.figures(theme, domain, dice.between(1, 3), year)
            self.fill(theme, self.number(2, 6))
            if self.hurt(0.05):
                self.impossible(domain, self.origin.end)
        if listed:
            self.bracket(subject, theme)


def write_plan(origin: Origin, dice: Dice, layout: str, draft: Draft, *, web: bool) -> Plan:
    """One plan, complete with its masthead; four of ten are damaged."""
    size = 0.6 + dice.below(1000) / 1000
    plan = Plan(origin, dice, draft, size, damaged=dice.chance(0.4), web=web)
    plan.point = dice.pick((".", ".", "、", "．"))
    if plan.damaged and dice.chance(0.4):
        plan.spam = f"{dice.between(100, 999)}{dice.pick(words.SPAM)}"
    LAYOUTS[layout](plan)
    return plan


# The masthead


def _masthead(plan: Plan, *, period_in_title: bool, fields: bool) -> None:
    """Title, number, addressees, date, and whose plan is carried out."""
    origin, dice, draft = plan.origin, plan.dice, plan.draft
    where = origin.name
    era = f"“{origin.period}”" if period_in_title else ""
    plan.own = f"{where}{era}推进基本公共服务均等化{dice.pick(('规划', '实施方案', '行动计划'))}"
    issuer = origin.issuer
    notice = origin.has_number and (period_in_title or dice.chance(0.5))
    if notice:
        title = f"{issuer}关于印发{plan.own}的通知"
    elif origin.has_number:
        plan.own = f"{issuer}关于推进基本公共服务均等化的实施意见"
        title = plan.own
    else:
        title = plan.own
    status = ""
    published = dice.chance(0.7)
    if fields and origin.has_number:
        status = dice.pick(("", "有效", "失效"))
        index = f"{origin.region.code}{dice.between(100, 999)}/{dice.between(10000, 99999)}"
        draft.open("meta", f"索引号：{index}")
        draft.open("meta", f"发布机构：{issuer}")
        draft.open("meta", f"文号：{origin.doc_number}")
        draft.open("meta", f"成文日期：{origin.issued.isoformat()}")
        if status:
            draft.open("meta", f"公文时效：{status}")
    place = draft.open("title", title)
    plan.title = draft.text(place)
    if published:
        draft.open("meta", f"发布时间：{origin.published.isoformat()}")
    dated = fields and origin.has_number
    if origin.has_number:
        number = origin.doc_number
        draft.open("center", number)
        addressed = f"{origin.lower.removesuffix('政府')}人民政府，{origin.kind}政府各部门"
        draft.open("p", f"{addressed}：")
        if notice:
            draft.open("p", f"《{plan.own}》已经{origin.government}同意，")
            draft.say("现印发给你们，请认真组织实施。")
            _sign(plan, issuer)
            dated = True
            draft.open("center", plan.own)
    draft.add(
        "documents", place, title=title,
        doc_number=origin.doc_number if origin.has_number else "",
        issuer=issuer if origin.has_number else "",
        region=origin.region.name, region_code=origin.region.code,
        issued_on=origin.issued.isoformat() if dated or origin.has_number else "",
        published_on=origin.published.isoformat() if published else "",
        effect_status={"有效": "in_force", "失效": "expired"}.get(status, "unknown"),
        period_start=str(origin.start) if period_in_title else "",
        period_end=str(origin.end),
    )  # fmt: skip
    draft.open("p", "为贯彻落实")
    above = origin.parent.name if origin.parent.code != "100000" else "国家"
    number = f"{origin.sign[0]}发〔{origin.issued.year}〕{dice.between(1, 60)}号"
    plan.cite(
        f"{above}“{origin.period}”推进基本公共服务均等化规划",
        number if above != "国家" and dice.chance(0.5) else "",
        "implements",
    )
    draft.say("，进一步提高")
    plan.we()
    draft.say("基本公共服务水平，结合实际，制定本方案。")
    plan.unsigned = origin.has_number and not notice


def _sign(plan: Plan, issuer: str) -> None:
    day = plan.origin.issued
    plan.draft.open("right", issuer)
    shown = f"{day.year}年{day.month}月{day.day}日"
    if plan.hurt(0.3):
        place = plan.draft.open("right", shown[:-1])
        plan.draft.find("lost-character", "low", "the date lacks its last character", place)
    else:
        plan.draft.open("right", shown)


# General chapters


def _general(plan: Plan, *, table: str, mechanisms: str = "") -> None:
    """一、总体要求: guidance, principles, targets, perhaps the table of indicators."""
    draft, dice = plan.draft, plan.dice
    draft.open("h", "一、总体要求")
    draft.open("h2", "（一）指导思想")
    draft.open("p", "")
    for opening in dice.some(words.OPENINGS, 3):
        draft.say(opening + "。")
    draft.open("h2", "（二）基本原则")
    for name, text in dice.some(words.PRINCIPLES, dice.between(3, 5)):
        draft.open("p", f"{name}。{text}。")
    draft.open("h2", "（三）主要目标")
    draft.open("p", f"到{plan.origin.end}年，基本公共服务体系更加完善，均等化水平稳步提高。")
    if table == "targets":
        for at, (name, text) in enumerate(dice.some(words.TARGETS, dice.between(3, 4)), 1):
            draft.open("p", f"{at}{plan.point}")
            place = draft.say(name)
            draft.say(f"。{text}。")
            draft.add(
                "tasks", place, kind="target", no=f"3.{at}", title=name, domain="",
                section="主要目标",
            )  # fmt: skip
    elif table == "prose":
        draft.open("p", "")
        plan.figures(dice.pick(words.FIELDS), "", dice.between(3, 6), plan.origin.end)
    elif table == "missing":
        caption = f"“{plan.origin.period}”时期{plan.origin.name}基本公共服务领域主要发展指标"
        place = draft.open("center", caption)
        draft.find("missing-table", "high", "the heading of a table that is not there", place)
    else:
        _indicator_table(plan, stars=table == "stars")


def _indicator_table(plan: Plan, *, stars: bool) -> None:
    """Name with its unit, a baseline, a target; a field of service heads its rows."""
    draft, dice, origin = plan.draft, plan.dice, plan.origin
    base, last = origin.start - 1, origin.end
    draft.open("center", f"“{origin.period}”时期{origin.name}基本公共服务领域主要发展指标")
    grid = draft.begin_grid(("指标", f"{base}年", f"{last}年"))
    summed = False
    for theme in words.FIELDS[: plan.number(4, 8)]:
        domain = theme.names[0]
        grid.rows.append([draft.open("cell", domain).block])
        for name in (plan.rate(theme) for _ in range(dice.between(1, 3))):
            first = dice.between(500, 960) / 10
            second = min(100.0, first + dice.between(0, 120) / 10)
            wrong = plan.hurt(0.06)
            if wrong:
                second = first - dice.between(10, 60) / 10
            cell = draft.open("cell", f"{name}（%）")
            values = (f"{first:g}", f"{second:g}")
            row = [cell.block]
            for year, value, kind in ((base, values[0], "baseline"), (last, values[1], "target")):
                place = draft.open("cell", value)
                row.append(place.block)
                plan.indicator(domain, year, place, name, "%", value, "=", kind)
            if wrong:
                draft.find(
                    "target-below-baseline", "low", "the target is below the baseline", place
                )
            grid.rows.append(row)
        if dice.chance(0.5):
            name = f"培训{dice.pick(theme.courses)}人数"
            star = "*" if stars and dice.chance(0.6) else ""
            cell = draft.open("cell", f"{name}（万人）{star}")
            first, second = dice.between(10, 90) / 100, dice.between(10, 90) / 10
            bracket = not stars and dice.chance(0.6)
            row = [cell.block, draft.open("cell", f"{first:g}").block]
            place = Place(row[1], 0, len(f"{first:g}"))
            plan.indicator(
                domain, base, place, name, "万人", f"{first:g}", "=", "baseline", bool(star)
            )
            place = draft.open("cell", f"【{second:g}】" if bracket else f"{second:g}")
            row.append(place.block)
            plan.indicator(
                domain, last, place, name, "万人", f"{second:g}", "=", "target",
                bracket or bool(star),
            )  # fmt: skip
            summed = summed or bracket or bool(star)
            grid.rows.append(row)
    draft.end_grid(grid)
    if summed:
        note = "带*号的指标为五年累计数" if stars else "【】内的数据为五年累计数"
        draft.open("note", f"注：{note}。")


def _circled_mechanisms(plan: Plan, chapter: str) -> None:
    """The mechanisms as an enumeration within a paragraph."""
    draft = plan.draft
    draft.open("h", f"{chapter}、基本公共服务制度")
    draft.open("h2", "（一）制度框架")
    draft.open("p", "基本公共服务制度以服务清单为核心，以促进城乡、区域、人群均等共享为主线。")
    chosen = plan.dice.some(words.MECHANISMS, plan.dice.between(4, 6))
    draft.open("p", f"{han(len(chosen))}大实施机制包括：")
    for at, (name, text) in enumerate(chosen, 1):
        draft.say(_CIRCLED[at - 1])
        place = draft.say(name)
        draft.say(f"。{text}。")
        draft.add(
            "tasks", place, kind="mechanism", no=str(at), title=name, domain="",
            section="制度框架",
        )  # fmt: skip


def _dashed_mechanisms(plan: Plan) -> None:
    """The mechanisms as paragraphs with a heading and no number, in chapter 二."""
    draft = plan.draft
    draft.open("h", "二、基本公共服务制度")
    draft.open("h2", "（一）服务清单")
    draft.open("p", "建立服务清单制度，向社会公布各领域的服务项目和标准，定期评估，动态调整。")
    draft.open("h2", "（二）实施机制")
    for at, (name, text) in enumerate(plan.dice.some(words.MECHANISMS, 5), 1):
        place = draft.open("p", name)
        draft.say(f"。{text}。")
        draft.add(
            "tasks", place, kind="mechanism", no=f"2.{at}", title=name, domain="",
            section="实施机制",
        )  # fmt: skip


def _measures(plan: Plan, chapter: int, heading: str, *, group: bool) -> None:
    """(一)加强组织领导。… The first may set up a coordination group."""
    draft, dice, origin = plan.draft, plan.dice, plan.origin
    draft.open("h", f"{han(chapter)}、{heading}")
    chosen = [words.MEASURES[0], *dice.some(words.MEASURES[1:], dice.between(2, 5))]
    for at, (name, text) in enumerate(chosen, 1):
        draft.open("p", f"（{han(at)}）")
        place = draft.say(name)
        subject = ("measure", f"{chapter}.{at}", name)
        draft.add(
            "tasks", place, kind="measure", no=subject[1], title=name, domain="", section=heading
        )
        draft.say(f"。{text}。")
        if at == 1 and group:
            _group(plan)
        elif name == "严格督查考核" and dice.chance(0.6):
            plan.assign(subject, origin.own("dev"), "lead", 1)
            draft.say("会同")
            plan.assign(subject, origin.own("stat"), "cooperating", 2)
            draft.say("等有关部门加强跟踪监测，及时通报进展情况。")


def _group(plan: Plan) -> None:
    draft, dice, origin = plan.draft, plan.dice, plan.origin
    name = f"{origin.name}推进基本公共服务均等化工作领导小组"
    subject = ("organisation", "", name)
    draft.say(f"成立{name}，由")
    place = draft.say(origin.government)
    plan.record(subject, origin.government, "lead", 1, place)
    draft.say("主要领导任组长，分管领导任副组长，")
    members = [origin.own(key) for key in dice.some(("edu", "civil", "hr", "health", "housing"), 4)]
    order = plan.assign_all(subject, [(body, "member") for body in members], 2)
    draft.say("主要负责人为成员。领导小组日常工作由")
    plan.assign(subject, origin.own("dev"), "responsible", order)
    draft.say("承担。")


# Service lists


def _standard(plan: Plan, theme: Field, item: Subject, group: str, domain: str) -> str:
    """The cell that says what is provided; its words. The figures in it become rows."""
    draft, dice = plan.draft, plan.dice
    _, no, name = item
    start = draft.open("cell", "")
    offers = dice.some(theme.offers, 3)
    draft.say(f"提供{offers[0]}、{offers[1]}和{offers[2]}等服务。")
    form = dice.below(7)
    amount = str(dice.between(5, 120) * 10)

    def pay(place: Place, amount: str, unit: str, beneficiary: str) -> None:
        draft.add(
            "amounts", place, subject_no=no, subject=name, amount=amount, unit=unit,
            beneficiary=beneficiary,
        )  # fmt: skip

    if form == 0:
        unit, words_ = dice.pick((("元/人/月", "每人每月"), ("元/人/年", "每人每年")))
        pay(draft.say(f"{words_}{amount}元"), amount, unit, group)
        draft.say("。")
    elif form == 1:
        pay(draft.say(f"按照每人每年{amount}元的标准发放"), amount, "元/人/年", group)
        draft.say("。")
    elif form == 2:
        rate = plan.rate(theme)
        value = str(dice.between(60, 98))
        place = draft.say(rate)
        draft.say(f"逐步达到{value}%以上")
        plan.indicator(domain, None, place, rate, "%", value, ">=")
        draft.say("。")
    elif form == 3:
        draft.say(plan.sentence(theme) + "。")
    return draft.text(draft.since(start))


def _funding(plan: Plan, item: Subject) -> str:
    """The cell that says who pays; its words."""
    draft, dice = plan.draft, plan.dice
    _, no, name = item
    start = draft.open("cell", "")
    sign = dice.pick("∶:：比")

    def share(
        place: Place, payer: str, share: str = "", basis: str = "qualitative", scheme: str = ""
    ) -> None:
        draft.add(
            "funding", place, item_no=no, item=name, scheme=scheme, payer=payer, share=share,
            basis=basis,
        )  # fmt: skip

    form = dice.below(8)
    tenths = dice.between(5, 9)
    if form == 0:
        share(draft.say("地方人民政府负责"), "地方人民政府")
    elif form == 1:
        share(draft.say("地方人民政府负责"), "地方人民政府")
        draft.say("，")
        share(draft.say("中央财政适当补助"), "中央财政")
    elif form == 2:
        place = draft.say(f"中央和地方财政按{tenths}{sign}{10 - tenths}比例分担")
        share(place, "中央财政", f"0.{tenths}", "ratio")
        share(place, "地方财政", f"0.{10 - tenths}", "ratio")
    elif form == 3:
        place = draft.say("中央和地方财政按比例分担")
        share(place, "中央财政")
        share(place, "地方财政")
    elif form == 4:
        scheme = "国家试点所需资金"
        share(draft.say(f"{scheme}由中央财政承担"), "中央财政", scheme=scheme)
        draft.say("；")
        scheme = "其他地方所需资金"
        place = draft.say(f"{scheme}由中央和地方财政按{tenths}{sign}{10 - tenths}比例分担")
        share(place, "中央财政", f"0.{tenths}", "ratio", scheme)
        share(place, "地方财政", f"0.{10 - tenths}", "ratio", scheme)
    elif form == 5:
        first, second = dice.between(6, 16), dice.between(1, 8)
        share(
            draft.say(f"用人单位缴纳工资总额的{first}%左右"), "用人单位",
            f"{first / 100:g}", "percentage",
        )  # fmt: skip
        draft.say("，")
        share(
            draft.say(f"职工缴纳本人缴费工资的{second}%"), "职工", f"{second / 100:g}", "percentage"
        )
    elif form == 6:
        place = draft.say("个人缴费和政府补助相结合")
        share(place, "个人")
        share(place, "政府")
    else:
        place = draft.say(f"省、市、县财政按{sign.join('532')}比例分担")
        for payer, part in (("省财政", "0.5"), ("市财政", "0.3"), ("县财政", "0.2")):
            share(place, payer, part, "ratio")
    draft.say("。")
    return draft.text(draft.since(start))


def _service_table(plan: Plan, themes: Sequence[Field], *, shared: bool) -> int:
    """The list of services as a table; ``shared``: a cell may hold for the row below as well."""
    draft, dice = plan.draft, plan.dice
    draft.open("center", f"{plan.origin.name}“{plan.origin.period}”基本公共服务清单")
    grid = draft.begin_grid(
        ("序号", "服务项目", "服务对象", "服务指导标准", "支出责任", "牵头负责单位")
    )
    number = 0
    with_kind = dice.chance(0.5)
    for part, theme in enumerate(themes, 1):
        domain = theme.names[0]
        grid.rows.append([draft.open("cell", f"{han(part)}、{domain}").block])
        above: tuple[list[str], Place] | None = None
        for name, group in _service_items(plan, theme):
            number += 1
            item = ("item", str(number), name)
            row: list[int | None] = [draft.open("cell", str(number)).block]
            place = draft.open("cell", name)
            row += [place.block, draft.open("cell", group).block]
            standard = _standard(plan, theme, item, group, domain)
            row.append(len(draft.blocks) - 1)
            funding = _funding(plan, item)
            row.append(len(draft.blocks) - 1)
            if shared and above and dice.chance(0.3):
                row.append(None)
                names, cell = above
                draft_text = draft.blocks[cell.block].text
                for order, body in enumerate(names, 1):
                    at = draft_text.index(draft.set(body))
                    plan.record(item, body, "lead", order, Place(cell.block, at, at + len(body)))
                lead = draft_text
                above = None
            else:
                names = plan.bodies(theme, 1, 3, own=with_kind)
                cell = draft.open("cell", "")
                row.append(cell.block)
                for order, body in enumerate(names, 1):
                    if order > 1:
                        draft.say("、" if shared or dice.chance(0.5) else "、\n")
                    plan.assign(item, body, "lead", order)
                lead = draft.blocks[-1].text
                above = (names, cell)
            grid.rows.append(row)
            draft.add(
                "items", place, no=str(number), name=name, domain=domain, target_groups=group,
                standard=standard, funding=funding, lead="".join(lead.split()),
            )  # fmt: skip
    draft.end_grid(grid)
    return number


def _service_items(plan: Plan, theme: Field) -> list[tuple[str, str]]:
    chosen = plan.dice.some(theme.items, plan.number(5, 10))
    return [(name, group) for name, group in theme.items if (name, group) in chosen]


def _division_table(plan: Plan, themes: Sequence[Field]) -> None:
    draft, dice = plan.draft, plan.dice
    draft.open("center", "重点任务分工方案")
    grid = draft.begin_grid(("序号", "重点任务", "责任单位"))
    for number, theme in enumerate((*themes, *dice.some(themes, len(themes) // 2)), 1):
        title = plan.fresh(
            lambda theme=theme: (
                f"{dice.pick(words.VERBS)}{dice.pick(theme.works)}，{dice.pick(words.TAILS)}"
            )
        )
        row: list[int | None] = [draft.open("cell", str(number)).block]
        place = draft.open("cell", title)
        draft.say("。")
        row.append(place.block)
        subject = ("division", str(number), draft.text(place))
        draft.add(
            "tasks", place, kind="division", no=str(number), title=title, domain="",
            section="重点任务分工方案",
        )  # fmt: skip
        names = plan.bodies(theme, 1, 3, own=False)
        row.append(draft.open("cell", "").block)
        order = plan.assign_all(subject, [(name, "lead") for name in names])
        draft.say("牵头，")
        plan.assign(subject, "其他有关部门", "responsible", order)
        draft.say("按职责分工负责")
        grid.rows.append(row)
    draft.end_grid(grid)


def _annex_names(plan: Plan, *, present: bool) -> None:
    """The annexes by name; where they are not on the page, that is a finding."""
    draft = plan.draft
    names = (f"{plan.origin.name}“{plan.origin.period}”基本公共服务清单", "重点任务分工方案")
    for at, name in enumerate(names, 1):
        draft.open("p", "附件：" if at == 1 else "")
        draft.say(f"{at}.")
        place = draft.say(name)
        if not present:
            draft.find("missing-annex", "high", "an annex that is only a name", place)


def _end(plan: Plan) -> None:
    if plan.unsigned:
        _sign(plan, plan.origin.issuer)


# The layouts


def _write_list(plan: Plan) -> None:
    """Tasks numbered through, the list of services and the division of work as annexed tables."""
    _masthead(plan, period_in_title=True, fields=True)
    _general(plan, table="brackets")
    _circled_mechanisms(plan, "二")
    themes = words.FIELDS[: max(3, plan.number(5, 8))]
    plan.draft.open("h", "三、重点任务")
    number = 0
    for part, theme in enumerate(themes, 1):
        domain = theme.names[0]
        plan.draft.open("h2", f"（{han(part)}）{domain}")
        for _ in range(plan.number(2, 5)):
            number += 1
            title = plan.work(theme)
            plan.task(
                f"{number}{plan.point}", ("task", str(number), title), theme, domain=domain,
                section="重点任务", title=title, listed=False,
            )  # fmt: skip
    _measures(plan, 4, "组织实施", group=plan.dice.chance(0.4))
    _end(plan)
    _annex_names(plan, present=True)
    plan.draft.open("h", "附件1")
    _service_table(plan, themes, shared=plan.web)
    plan.draft.open("h", "附件2")
    _division_table(plan, themes)


def _write_fields(plan: Plan) -> None:
    """Points that restart under each field, a list of bodies at its end; mechanisms; steps."""
    _masthead(plan, period_in_title=True, fields=False)
    draft, dice = plan.draft, plan.dice
    draft.open("h", "一、指导思想")
    draft.open("p", "。".join(dice.some(words.OPENINGS, 4)) + "。")
    draft.open("h", "二、总体要求")
    for at, (name, text) in enumerate(dice.some(words.PRINCIPLES, 4), 1):
        draft.open("h2", f"（{han(at)}）{name}。")
        draft.open("p", text + "。")
    draft.open("h", "三、目标任务")
    themes = (*words.FIELDS, *words.MORE_FIELDS)[: plan.number(6, 10)]
    for part, theme in enumerate(themes, 1):
        domain = theme.names[1]
        draft.open("h2", f"（{han(part)}）{domain}。")
        draft.open("p", "")
        plan.fill(theme, plan.number(1, 3))
        for at in range(1, plan.number(3, 7) + 1):
            title = plan.fresh(
                lambda theme=theme: (
                    f"{dice.pick(words.VERBS)}{dice.pick(theme.works)}，{dice.pick(words.TAILS)}"
                )
            )
            plan.task(
                f"{at}{plan.point}", ("task", f"{part}.{at}", title), theme, domain=domain,
                section="目标任务", title=title, listed=False,
            )  # fmt: skip
        draft.open("p", "")
        plan.bracket(("domain", str(part), domain), theme)
    draft.open("h", "四、体制机制创新")
    for part, (name, text) in enumerate(dice.some(words.MECHANISMS, dice.between(3, 5)), 1):
        draft.open("h2", f"（{han(part)}）")
        place = draft.say(name)
        draft.say("。")
        draft.add(
            "tasks", place, kind="mechanism", no=f"4.{part}", title=name, domain="",
            section="体制机制创新",
        )  # fmt: skip
        draft.open("p", text + "。")
        theme = dice.pick(themes)
        draft.open("p", "")
        plan.bracket(("mechanism", f"4.{part}", name), theme)
    _measures(plan, 5, "组织实施", group=True)
    _end(plan)


def _write_opinion(plan: Plan) -> None:
    """Tasks numbered through, each with its bodies; annexes that are only names."""
    _masthead(plan, period_in_title=False, fields=False)
    _general(plan, table="prose")
    draft = plan.draft
    draft.open("h", "二、重点任务")
    number = 0
    for part, theme in enumerate(words.FIELDS[: plan.number(6, 8)], 1):
        domain = f"{theme.names[0]}领域"
        draft.open("h2", f"（{han(part)}）{domain}")
        draft.open("p", plan.dice.pick(words.OPENINGS) + "。")
        for _ in range(plan.number(2, 6)):
            number += 1
            title = plan.work(theme)
            plan.task(
                f"{number}{plan.point}", ("task", str(number), title), theme, domain=domain,
                section="重点任务", title=title, listed=True,
            )  # fmt: skip
    _measures(plan, 3, "保障措施", group=plan.dice.chance(0.6))
    _annex_names(plan, present=False)
    _end(plan)


def _write_chapters(plan: Plan) -> None:
    """A chapter for each field: its items in a sentence, tasks and measures without numbers."""
    _masthead(plan, period_in_title=True, fields=False)
    _general(plan, table="stars")
    _dashed_mechanisms(plan)
    draft, dice = plan.draft, plan.dice
    themes = words.FIELDS[: plan.number(6, 8)]
    number = 0
    for chapter, theme in enumerate(themes, 3):
        domain = theme.names[0]
        draft.open("h", f"{han(chapter)}、{domain}")
        draft.open("p", dice.pick(words.OPENINGS) + "。")
        items = _service_items(plan, theme)
        wrong = plan.hurt(0.1)
        draft.say("本领域服务项目")
        declared = draft.say(f"共{len(items) + wrong}项")
        draft.say("，具体包括：")
        if wrong:
            draft.find("count-mismatch", "medium", "more are declared than named", declared)
        for at, (name, _) in enumerate(items):
            number += 1
            if at:
                draft.say("、")
            place = draft.say(name)
            draft.add(
                "items", place, no=str(number), name=name, domain=domain, target_groups="",
                standard="", funding="", lead="",
            )  # fmt: skip
        draft.say("。")
        for part, (kind, heading) in enumerate((("task", "重点任务"), ("measure", "保障措施")), 1):
            draft.open("h2", f"（{han(part)}）{heading}")
            for at in range(1, plan.number(2, 5) + 1):
                title = plan.work(theme)
                plan.task(
                    "", (kind, f"{chapter}.{at}", title), theme, domain=domain, section=heading,
                    title=title, listed=False,
                )  # fmt: skip
    _measures(plan, 3 + len(themes), "推进实施监督", group=dice.chance(0.3))
    _annex_names(plan, present=False)
    _end(plan)


def _write_outcome(plan: Plan) -> None:
    """What was reached in figures, numbered targets, tasks, many measures."""
    _masthead(plan, period_in_title=True, fields=True)
    draft, dice = plan.draft, plan.dice
    _general(plan, table=dice.pick(("targets", "missing")) if plan.damaged else "targets")
    draft.open("h", "二、主要任务")
    themes = words.FIELDS[: plan.number(6, 8)]
    number = 0
    for part, theme in enumerate(themes, 1):
        domain = theme.names[0]
        draft.open("h2", f"（{han(part)}）{domain}。")
        draft.open("p", dice.pick(words.OPENINGS) + "。")
        for _ in range(plan.number(3, 6)):
            number += 1
            title = plan.fresh(
                lambda theme=theme: (
                    f"{dice.pick(words.VERBS)}{dice.pick(theme.works)}，{dice.pick(words.TAILS)}"
                )
            )
            plan.task(
                f"{number}{plan.point}", ("task", str(number), title), theme, domain=domain,
                section="主要任务", title=title, listed=False,
            )  # fmt: skip
    draft.open("h", "三、保障工程")
    for at in range(1, plan.number(10, 25) + 1):
        theme = dice.pick(themes)
        title = plan.fresh(
            lambda theme=theme: f"推进{dice.pick(theme.works)}{dice.pick(words.WORKS)}建设"
        )
        plan.task(
            f"（{han(at)}）", ("measure", f"3.{at}", title), theme, domain="",
            section="保障工程", title=title, listed=False,
        )  # fmt: skip
    _measures(plan, 4, "组织实施", group=dice.chance(0.4))
    _annex_names(plan, present=False)
    _end(plan)


LAYOUTS: dict[str, Callable[[Plan], None]] = {
    "list": _write_list,
    "fields": _write_fields,
    "opinion": _write_opinion,
    "chapters": _write_chapters,
    "outcome": _write_outcome,
}
