"""Who receives or pays a sum: how persons and institutions stand in the words around it.

Before it in its clause (孤儿每人每月…), before a colon, in the clauses before (对孤儿,…), at the
head of the sentence, or behind it (元的标准给予企业培训补贴).
"""

from __future__ import annotations

import re

from pskg.extract.grammar.money import MoneyText

__all__ = [
    "INSTITUTION",
    "INSURED",
    "INSURED_SUM",
    "IS_ONE_OF",
    "IS_SOMEBODY",
    "LABEL_START",
    "LOOK_BACK",
    "MADE_GOOD",
    "NOT_WHO",
    "OWNER",
    "PERSON",
    "WHO",
    "find_clause",
    "measure_benefit",
    "name_class",
    "name_counted",
    "name_couple",
    "name_described",
    "name_ellipsis",
    "name_given",
    "name_given_behind",
    "name_graded",
    "name_house",
    "name_of_benefit",
    "name_one_alone",
    "name_parallel",
    "name_place_borne_for",
    "name_receiver",
    "name_schooling",
    "name_subject",
    "name_taker",
    "name_topic",
    "name_used_for",
    "name_whose_rate",
    "put_under_head",
    "share_place",
    "strip_deed",
    "tidy_name",
]


LABEL_START = re.compile(
    r"^(?:(?:其中|按照?|对于?|给予?|向|为|由|从(?!事)|并|即|将|分别|另外|同时|另|以及|和|与|及|或|"
    r"[^，。；：、对0-9]{0,8}财政(?:部门)?(?:对于?|给予?|向|按照?)|[0-9]{4}年(?:[0-9]{1,2}月)?(?:底|末|起)?|现阶段|目前|当前|今后|[、，：；。“”（]|标准)+)"
)
#: 为…提供, 给…发放: who gets it.
_GIVEN_TO = re.compile(
    r"(?:为|给予?|对|(?<!定)向|按照?)(?P<who>[^，。；：]{2,30}?)"
    r"(?:统一|均|分别|逐月|按月|按年)*(?:提供|发放|给予|予以|按|补助|补贴|资助|奖励|发给|支付|一次性)+[^，。；：]{0,8}$"
)
WHO = re.compile(
    r"(?:人|生|员|者|母|父|群众|家属|亲属|配偶|[车业船店]主|(?<!账)户|童|家庭|残疾|学校|机构|村|社区|单位|企业|对象|妇女|妇|军|烈士|遗属|"
    r"子女|居民|职工|农民工|教师|医生|医|师|孤儿|地区|群体|夫妇|夫妻|队|站|室|中心|院|校|班|所|幼儿园|人才|个人|示范社|合作社|馆|婴儿|新生儿|幼儿|"
    r"小学|初中|高中|中学|中职|大学|本科|专科|研究生|城市|农村|城镇|低保|特困|五保|供养|对口|"
    r"[一二三四五六七八九十甲乙丙丁ABCD][级类档等]|[岁者]以[上下]|周岁|[0-9]岁|以上的?"
    r"|劳动力|[CD]级(?:危房|房屋)|(?:危房|危旧房)|(?<![照料生活])(?:自理|失能|失智|[全半]护理)|[博硕]士|(?<![施加开竣完复停动分返])工)(?:（[^（）]{0,20}）)?$"
)
#: 对一类地区省级负担100元: the place for whose people a treasury pays.
_BORNE_FOR = re.compile(
    r"(?:对|、|其中)(?P<who>[^，。；、：对0-9]{1,12}(?:地区|[省市县区旗]))由?(?:中央|省|自治区|市|州|盟|县|区|旗|地方|各级)"
    r"(?:级|本级)?(?:财政)?(?:负担|承担|分担)$"
)
NOT_WHO = re.compile(
    r"(?<![引先新改推促增])进(?:乡村|农村|社区|校园|军营|万家)|标准(?!化)|补助|补贴|资金|经费|不低于|提高|达到|发放|金额|安排|每|均|投入"
)


def find_clause(norm: str, end: int) -> int:
    """Where the clause starts that ends here."""
    floor = max(0, end - 80)
    return max(norm.rfind(mark, floor, end) + 1 for mark in "，。；！？")


def put_under_head(line: MoneyText, end: int, who: str) -> str:
    """A class with the person before the colon that opens this part of a sentence."""
    if not who or _SORTED.search(who):
        return who
    head = _HEAD.search(line.norm, max(0, end - 80), end)
    if not head or head["who"].endswith("对象"):
        return who
    return line.kept[slice(*head.span("who"))] + who


def name_schooling(line: MoneyText, start: int, end: int) -> str:
    """高等教育 before 生均."""
    found = _SCHOOLING.search(line.norm, start, end) if _MEAN.match(line.norm, end) else None
    return line.kept[slice(*found.span())] if found else ""


def name_couple(line: MoneyText, start: int) -> str:
    """夫妇 behind 每对."""
    found = _COUPLE.match(line.norm, start)
    return line.kept[slice(*found.span())] if found else ""


def name_one_alone(line: MoneyText, start: int, end: int) -> str:
    """同一机构 in 同一机构累计补助最高不超过…."""
    found = _ONE_ALONE.search(line.norm, start, end)
    return line.kept[slice(*found.span())] if found else ""


def name_whose_rate(line: MoneyText, start: int, end: int) -> str:
    """困难群众 in 困难群众报销比例提高…,年度限额…."""
    found = _RATE_BEFORE.search(line.norm, start, end)
    return line.kept[slice(*found.span("who"))] if found else ""


def name_given_behind(line: MoneyText, start: int) -> str:
    """企业 behind the sum in 元的标准给予企业培训补贴."""
    if paid := _PAID_TO.match(line.norm, start):
        return line.kept[slice(*paid.span("who" if paid["who"] else "to"))]
    found = _GIVEN_AFTER.match(line.norm, start)
    return _name_given(found, line.norm, line.kept) if found else ""


def name_used_for(line: MoneyText, start: int) -> str:
    """村卫生室 behind the sum in 人均5元经费全部用于村卫生室."""
    found = _USED_FOR.match(line.norm, start)
    return line.kept[slice(*found.span("who"))] if found else ""


def name_of_benefit(line: MoneyText, start: int, end: int) -> str:
    """百岁老人 in 百岁老人津贴由省、市财政分别负担100元、200元."""
    found = _PAID_BY.search(line.norm, start, end)
    if not found:
        return ""
    words = found["benefit"]
    length = measure_benefit(words)
    if not length and (bare := IS_SOMEBODY.search(_BENEFIT_WORD.sub("", words))):
        length = bare.end()
    return line.kept[found.start("benefit") : found.start("benefit") + length]


def name_ellipsis(line: MoneyText, start: int, end: int) -> str:
    """改扩建的 in a part of a sentence about another sort: …；改扩建的，按每张床位5000元."""
    found = _ELLIPSIS.search(line.norm, start, end)
    return line.kept[slice(*found.span("who"))] if found else ""


def name_graded(line: MoneyText, end: int) -> str:
    """并发症人员 in 三级以上并发症人员，一级、二级标准分别为…: those whose grades they are."""
    start = find_clause(line.norm, end)
    found = _GRADED_ONES.match(line.norm, find_clause(line.norm, max(0, start - 1)), start)
    return line.kept[slice(*found.span("who"))] if found and start else ""


def name_parallel(line: MoneyText, start: int, end: int, after: int) -> str:
    """全自理 in a list of sorts: 护理标准：全自理每人每月180元，半自理每人每月420元."""
    found = _SORT.search(line.norm, max(0, start - 1), end)
    if not found or _NO_SORT.search(found["who"]):
        return ""
    # The first one stands behind the colon, and each other one behind a sum of the same kind.
    first = found["mark"] == "：" and _NEXT_SORT.match(line.norm, after)
    opening = max(line.norm.rfind("：", max(0, start - 80), start), line.norm.rfind("。", 0, start))
    listed = first or _SORTS.fullmatch(line.norm, max(0, opening), found.start())
    return line.kept[slice(*found.span("who"))] if listed else ""


def name_described(line: MoneyText, start: int, end: int, after: int) -> str:
    """重度失能的 in a list of those alike: 重度失能的每人每月800元，中度失能的每人每月400元."""
    found = _DESCRIBED.search(line.norm, max(0, start - 1), end)
    if not found or NOT_WHO.search(found["who"]):
        return ""
    listed = _NEXT_DESCRIBED.match(line.norm, after) or _BEFORE_DESCRIBED.search(
        line.norm, max(0, start - 40), found.start("who")
    )
    return line.kept[slice(*found.span("who"))] if listed else ""


def name_house(line: MoneyText, start: int, end: int, per: str) -> str:
    """乡镇文化站 in 乡镇文化站开放补助标准为每站每年: the house that 每站 counts."""
    counted = _EACH_HOUSE.match(per)
    house = counted["house"] if counted else ""
    opening = LABEL_START.match(line.norm[start:end])
    start += opening.end() if opening else 0
    at = line.norm.rfind(house, start, end) + 1 if house else 0
    words = line.norm[start:at]
    fits = 2 < len(words) <= 16 and _HOUSE_GIVEN.fullmatch(line.norm, at, end)
    return line.kept[start:at] if fits and not NOT_WHO.search(words) else ""


def name_place_borne_for(line: MoneyText, start: int, end: int) -> str:
    """一类地区 in 其中对一类地区省级负担100元."""
    found = _BORNE_FOR.search(line.norm, max(0, start - 1), end)
    return line.kept[slice(*found.span("who"))] if found else ""


def name_subject(line: MoneyText, start: int, end: int) -> str:
    """Who heads a clause of the sentence: 村医经考核合格的,每人…."""
    found = _PERSON_HEAD.search(line.norm, start, end)
    return line.kept[slice(*found.span("who"))] if found else ""


def name_taker(line: MoneyText, start: int, end: int) -> str:
    """Who may borrow or ask for a sum: 小微企业 in 小微企业担保贷款额度最高300万元."""
    found = _TAKER.search(line.norm, start, end)
    if not found:
        return ""
    first, last = found.span("who")
    opening = LABEL_START.match(line.norm[first:last])
    return line.kept[first + (opening.end() if opening else 0) : last]


def name_counted(line: MoneyText, start: int, end: int) -> str:
    """What is counted, behind 每个: 示范社区 in 对每个示范社区给予10万元."""
    found = _COUNTED_THING.search(line.norm, start, end)
    if not found or NOT_WHO.search(found["who"]) or "财政" in found["who"]:
        return ""
    # 每张床位建设补助: the bed is what is counted, and nobody.
    if _BED.fullmatch(found["who"]):
        return ""
    return line.kept[slice(*found.span("who"))]


def name_topic(line: MoneyText, start: int, end: int) -> str:
    """Whom the sentence is about: 对遭遇急难的家庭先行救助,…;情形严重的,…."""
    found = _TOPIC.match(line.norm, start, end)
    return line.kept[slice(*found.span("who"))] if found else ""


def name_given(norm: str, plain: str, start: int, end: int) -> str:
    """Who stands in 给…发放; blank where that is nobody plainly."""
    found = _GIVEN_TO.search(norm, start, end)
    return _name_given(found, norm, plain) if found else ""


def tidy_name(who: str) -> str:
    """Without how many they are (5万户家庭), and without what they do (婴幼儿入托).

    Nor with the places whose all they are, nor with where they are at home.

    >>> tidy_name("5万户困难家庭"), tidy_name("三孩家庭婴幼儿入托")
    ('困难家庭', '三孩家庭婴幼儿')
    >>> tidy_name("甲区、乙区和丙县城市低保"), tidy_name("具有本市户籍的老年人")
    ('城市低保', '老年人')
    """
    who = _COUNT_OF.sub("", strip_deed(_GIVES.sub("", who)))
    if builds := _PLACE_BUILDS.fullmatch(who):
        return builds["who"]
    made = MADE_GOOD.sub("", who)
    who = made if WHO.search(made) else who
    return _LIKE.split(_LIVES.sub("", _IN_PLACES.sub("", who)), maxsplit=1)[0]


#: Two persons that 每对 counts as one.
_COUPLE = re.compile(r"夫妇|夫妻|父母")
_PLACE = re.compile(r"[^，。；、]{1,10}?(?:地区|区域|省份)(?=..)")


def share_place(before: str, who: str) -> str:
    """东部地区小学600元、初中800元: the place holds for both."""
    place = _PLACE.match(before)
    return place.group() + who if place and not _PLACE.match(who) else who


PERSON = (
    r"(?:[大中小医]?学生(?!均)|[在新]校?生|(?:寄宿|走读|住宿|公费|定向|贫困)生|研究生|[本专]科生|[博硕]士生|(?<!留学)[博硕]士(?![学生后点站论])|[税保费贷请益承头护]人(?!均)|负责人|农民工|劳动者|毕业生|儿童|孤儿|老人|老年人|人员|居民|职工|教师|家庭(?:成员)?|残疾人|(?:护理|保育|服务|指导|协管|辅导|管理)员|夫妇|夫妻|父母"
    r"|对象|(?<!账)户|者|人才(?!工作|队伍|公寓|发展|开发)|劳动力|村民|农民|农牧民|妇女|军人|遗属|幼儿(?!园)|婴儿|新生儿|子女|医生|群众|家属|亲属|配偶|母亲|患者|病人|[车业船店]主)"
)
#: A word for those who get something, within a phrase that goes on with what they get.
_RECEIVER = re.compile(
    rf"{PERSON}|夫妇|低保(?!标准线)(?:对象|家庭|户)?|特困|五保|(?:企业|机构|合作社|学校|幼儿园|村卫生室)"
    r"|(?:小学|初中|高中|中学|中职|职业教育|高等教育|学前教育|特殊教育)"
)
_SHORTEST_RECEIVER = 3
#: 小学生均公用经费: those meant are pupils or schools, and the words 生均 follow.
_MEAN = re.compile(r"年?生均")
_SCHOOLING = re.compile(
    r"(?:高等|中等|普通|职业|学前|特殊|义务|成人|高中|专科|本科|研究生|基础){1,3}教育$"
)
#: What they get, and the words that lead on to how much.
_LINK = re.compile(
    r"(?:由|从|按照?|为|达到?|不低于|不少于|不超过|(?:逐步|稳步|统一|适当|再次?|进一步)?(?:提高|提升|增加|上调)(?:到|至)"
    r"|调整(?:到|至|为)|约|：|平均|最高|最低)+$"
)
_BENEFIT = re.compile(
    r"(?![^，。；]*(?:保险|医保|服务(?!补贴|津贴)|建设|改造|开放))[^，。；、]{0,18}?"
    r"(?:补贴|补助|津贴|扶助|奖励|救助|资助|助学|标准|水平|费|金|定额|额度|待遇)"
    r"(?:标准|水平|金|费|政策|制度|资金|经费)*"
    r"(?:均|统一|由|从|按照?|为|达到?|不低于|不少于|不超过|(?:逐步|稳步|适当|再次?|进一步)?(?:提高|提升|增加|上调)(?:到|至)"
    r"|调整(?:到|至|为)|约|：|平均|最高|最低)*"
)
_SORTED = re.compile(PERSON)
#: 寄宿生：小学…,初中…;: what stands before the colon holds for the classes behind it.
_HEAD = re.compile(rf"(?<![^，。；：])(?P<who>[^，。；：]{{0,12}}?{PERSON})：[^。；：]*$")
#: Those who are no persons and get money all the same.
INSTITUTION = r"(?:机构|卫生[室院]|幼儿园|学校|企业|合作社|服务中心)"
IS_SOMEBODY = re.compile(rf"(?:{PERSON}|{INSTITUTION})(?:（[^（）]{{0,20}}）)?$")
IS_ONE_OF = re.compile(
    rf"(?:{PERSON}|{INSTITUTION}|残疾|单位|医院|示范社|服务站|基地|项目|社区|[村县镇])(?:（[^（）]{{0,20}}）)?$"
)
INSURED = re.compile(
    r"(?:城镇|城乡)?(?:职工|居民)(?=(?:社会)?(?:基本|大病)?(?:医保|医疗保险|养老保险|保险))"
)
_LINK_ALONE = re.compile(r"(?:标准)?(?:由|按照?|为)?")
#: Of an insurance, by its short name, what is paid for each who is insured; of any its limits.
INSURED_SUM = re.compile(
    rf"(?P<who>{INSURED.pattern})"
    r"(?:(?:基本)?(?:医保|医疗保险)[^，。；、]{0,14}?(?:补助|筹资|缴费)标准"
    r"|(?:社会)?(?:基本)?养老保险[^，。；、]{0,8}?养老金[^，。；、]{0,8}?标准"
    r"|(?:基本|大病)?(?:医保|医疗保险|保险)[^，。；、]{0,20}?(?:限额|上限|封顶线|起付线|起付标准)"
    r"|缴费(?:标准|金额|额))[^，。；、]{0,16}$"
)
#: 低保对象 in 低保对象年度限额.
OWNER = re.compile(rf"(?:(?<=[，。；：])|^)[^，。；：]{{0,10}}?{PERSON}$")
#: 符合条件的个人可申请最高30万元的贷款, 个人担保贷款额度最高30万元: who borrows or asks for it.
_TAKER = re.compile(
    rf"(?:^|(?<=[，。；：]))(?P<who>[^，。；：0-9]{{0,20}}?(?:{PERSON}|{INSTITUTION}|个人))"
    r"(?:的?(?:创业|担保|小额|贴息|信用|免息|扶持){0,3}贷款(?:最高)?(?:额度|限额)"
    r"|均?可以?(?:按规定|一次性)?(?:申请|申领|享受|领取|获得?|得到))"
    r"(?:为|最高|最多|上限|一次性|不超过|可?达到?|提高到){0,3}$"
)
#: 每个示范社区给予, 每个农家书屋每年: what is given the sum, by the piece.
_COUNTED_THING = re.compile(
    r"每[一1]?[个名位张所家处部台辆座项](?P<who>(?![由从按在给不均都可])[^，。；：、0-9元每]{2,16}?)"
    r"(?:每[年月]|可?(?:再|另|一次性|分别|按照?)*(?:给予|予以|补助|补贴|奖励|奖补|资助|支持|安排|拨付))"
    r"[^，。；：、0-9]{0,10}$"
)
_BED = re.compile("(?:[床托学]位|岗位)(?:改造|改建|扩建|建设|提升|升级)+")
#: 同一机构最高不超过: each of those who may get several sums.
_ONE_ALONE = re.compile(
    rf"(?:同一|单个|单家|单户|单一|每个|每家)(?:{PERSON}|{INSTITUTION}|项目|单位|基地|站点?)(?=[^，。；：]{{0,10}}(?:最高|不超过|不高于|限额|上限))"
)
#: 困难群众救助报销比例提高,年度限额…: the clause before says whose.
_RATE_BEFORE = re.compile(
    rf"(?:^|[，。；：])(?P<who>[^，。；：的]{{0,8}}?{PERSON})[^，。；：]{{0,16}}?(?:报销|支付|救助|补助)比例[^，。；：]{{0,20}}，$"
)
#: 对遭遇急难的家庭先行救助,…;情形严重的,…: what the whole sentence is about.
_TOPIC = re.compile(
    rf"(?:（[一二三四五六七八九十]{{1,3}}）|[0-9]{{1,2}}[.．、])?对(?P<who>[^，。；：对]{{0,24}}{PERSON}(?:[和或与、][^，。；：对]{{0,6}}{PERSON}|和个人)?)"
    r"(?:[^，。；0-9]{0,8}(?:救助|补助|补贴|资助|奖励|扶助|改造|培训)|，)"
)
#: 5万户 before those who are so many; 入托 behind those who do so.
_COUNT_OF = re.compile(r"^[约近超]?[0-9.]+[余多]?[百千万]?[余多]?[户名人个位]")
#: 儿童参照孤儿标准: whom they are treated like.
_LIKE = re.compile("(?<=..)(?:参照|比照|参考)")
#: 甲区、乙区和丙县城市低保, 其他县市农村低保: one who is told apart by a place alone.
_PLACE_NAME = r"[^，。；：、和与及的0-9]{1,8}?(?<![地城社小片校园])[市县区州盟旗]"
_IN_PLACES = re.compile(
    rf"^(?:{_PLACE_NAME}[、和与及])+{_PLACE_NAME}(?=城[市镇乡]|农村|居民|低保|特困|孤儿|散居|残疾|高龄|困难)"
    r"|^(?:其他|其余|各|全[省市县区州盟旗])(?:市县|县市区?|县区|区县|市|县|区|旗)?"
    r"(?=城[市镇乡]|农村|居民|低保|特困|孤儿|散居|残疾|高龄|困难|[0-9]+(?:周?岁|[—-]))"
)
#: Where they are at home, or have come to: 具有本市户籍的, 来本市就业的.
_LIVES = re.compile(
    r"^(?:(?:具有|拥有|持有)[^，。；、的]{1,8}(?:户籍|户口)的?|[^，。；、的]{1,8}(?:户籍|户口)的|常住(?!人口)的?"
    r"|(?:来|在|到|赴)[^，。；、的]{1,8}(?:就业|工作|创业|落户|居住)的)(?=..)"
)
_DOES = re.compile(
    r"(?<=..)(?:入[托园学住职读]|就读|上学|购房|租房|参保|住院|就医|就业|创业|升学|生育|体检)$"
)
#: 残疾儿童康复训练, 老人在食堂就餐, 民办机构新建床位: who they are is said first.
_UNDERGOES = re.compile(
    rf"(?P<who>{PERSON}|传承人|{INSTITUTION}(?=[新改扩]))(?:(?:开展|进行|接受|参加)?[^的、和或与及]{{0,4}}"
    r"(?:护理|康复|训练|治疗|手术|活动|缴费|检查|培训|(?<=危房|旧房|老化)改造)"
    r"|在[^，。；的、]{2,12}(?:就餐|用餐|就医|就读|就业|住院|入住)"
    r"|(?:新建|改建|扩建|改扩建|新增)的?(?:床位|托位|学位|班级))$"
)
_GIVES = re.compile("^(?:其中|给予|发给|支付给?|奖励给?|补助给)(?=..)")
#: 一类县新建图书馆、文化馆的: the place gets it.
_PLACE_BUILDS = re.compile(
    r"(?P<who>[^，。；、的]{1,10}(?:[省市县区旗乡镇村]|地区))(?:新建|改建|扩建|改扩建|建成|创建)[^，。；]+的"
)
MADE_GOOD = re.compile("(?<=..)(?:改造|改建|建设|提升|升级)+$")
_PERSON_HEAD = re.compile(
    rf"(?:^|(?<=[，。；：]))(?:[(（][一二三四五六七八九十0-9]{{1,3}}[)）]|第[一二三四五六七八九十百]{{1,5}}条)?"
    rf"(?!根据|依据|结合)(?P<who>[^，。；的按照由对为给向将把以从因]{{0,10}}?(?:{PERSON}|{INSTITUTION}))"
    r"(?=[的在为因经每]|按照?[^，。；：0-9]{2,16}(?:给予|发放|补助|补贴)|[^，。；：]{1,24}的，|发生|接受|本人|未|应|可以|符合|享受|参加|承担|每服务|完成|取得|年满|达到)"
)
_USED_FOR = re.compile(
    rf"(?:的)?(?:经费|资金|补助|部分)?(?:全部|主要|统一|专项)?用于(?:补助|支持|补偿)?"
    rf"(?P<who>[^，。；]{{0,8}}?(?:{PERSON}|{INSTITUTION}))(?=[，。；]|$)"
)
_PAID_BY = re.compile(
    r"(?:^|(?<=[，。；：]))(?P<benefit>[^，。；：由0-9]{0,3}[^，。；：由]{2,20}(?:津贴|补贴|补助|低保金|养老金))由[^，。；：]{1,24}?"
    r"(?:分别|各)?(?:负担|承担|分担|补助|支付|安排)$"
)
_GRADED_ONES = re.compile(
    rf"(?:对于?|其中)?(?:[一二三四五六七八九十]级[及]?以[上下](?:的)?)?(?P<who>[^，。；：0-9]{{0,16}}{PERSON})，$"
)
_BENEFIT_WORD = re.compile("(?:津贴|补贴|补助|低保金|养老金)$")
_ELLIPSIS = re.compile(r"(?<=；)(?P<who>[^，。；：在从经对由按0-9]{1,7}的)，(?:则?按照?)?$")
_SORT = re.compile(r"(?P<mark>[：，；、])(?P<who>[^，。；：、0-9]{2,8})$")
_SORTS = re.compile(
    r"：(?:(?<=[：，；、])[^，。；：、0-9每]{2,8}每[^，。；：、0-9]{1,8}[0-9.]+[十百千万]?元"
    r"[^，。；：、0-9]{0,3}(?:[，；、]|$))+"
)
_NO_SORT = re.compile(
    r"平均|[月年]人|累计|增加|合计|[按为给向对将由其每的可应须不低高至再另并增从即]|标准|补|资金|费|金$|发放|投入|安排|享受"
)
_NEXT_SORT = re.compile(r"[，；、][^，。；：、0-9每]{2,8}每[人生户名]")
#: Those of one sort by what they are like: 重度失能的, 年满60周岁的.
_DESCRIBED = re.compile(r"(?:^|[，；：。])(?:其中，?)?(?P<who>[^，。；：对给按由]{2,24}的)$")
_NEXT_DESCRIBED = re.compile(r"[，；][^，。；：对给按由元]{2,24}的，?每[人生户名]")
_BEFORE_DESCRIBED = re.compile(r"的，?每[人生户名][^，。；：]{0,16}元[，；](?:其中，?)?$")
_EACH_HOUSE = re.compile("每[一1]?[个家所座]?(?P<house>[站馆院校园所])(?:每|$)")
_HOUSE_GIVEN = re.compile(
    r"(?:的?[^，。；、的]{0,10}(?:补助|补贴|奖补|奖励|资助|经费)(?:资金|标准|经费)?)?(?:由|按照?|为|不低于|不少于)?"
)
#: Who is paid, behind the sum: 元的标准支付给评估机构, 元向评估机构支付费用.
_PAID_TO = re.compile(
    rf"(?:的?标准)?(?:，?由[^，。；]{{2,12}})?(?:直接|统一|一次性|按[月季年])?(?:支付|拨付|发放|兑付|兑现|结算|补助|补贴|奖励)给"
    rf"(?P<who>[^，。；元]{{0,16}}?(?:{PERSON}|{INSTITUTION}|单位|中心|医院))(?=[，。；]|$)"
    rf"|(?:的?标准)?向(?P<to>[^，。；元]{{0,16}}?(?:{PERSON}|{INSTITUTION}|单位|中心|医院))"
    r"(?:直接|统一|一次性|按[月季年])?(?:支付|拨付|发放|给予|提供|兑付)"
)
#: Who gets a sum, behind it: 元的标准给予企业培训补贴.
_GIVEN_AFTER = re.compile(
    r"(?:的?(?:标准|额度)?)(?:给予|发给|补助给?|奖励给?|资助)"
    rf"(?P<who>[^，。；元]{{0,18}}(?:{PERSON}|{INSTITUTION}|单位)|[^，。；元]{{2,20}}?)"
    r"(?:一次性)?[^，。；]{0,6}?(?:补贴|补助|奖励|资助)(?=[，。；]|$)"
)
#: How far back the words about a sum may reach.
LOOK_BACK = 200


#: 参保居民的财政 in 对参保居民的财政补助标准: the payer is no part of who gets it.
_OF_PAYER = re.compile("的?(?:各级)?(?:政府|财政)$")
#: Who may stand in 对…给予: persons, bodies, and places of which it is said what they are like.
_GIVEN_ONE = re.compile(rf"{WHO.pattern}|的[^的]{{0,6}}[市县区旗镇乡](?:（[^（）]{{0,12}}）)?$")


def strip_deed(name: str) -> str:
    """Without what those named do or undergo: 残疾儿童 of 残疾儿童康复训练."""
    undergoes = _UNDERGOES.search(name)
    return name[: undergoes.end("who")] if undergoes else _DOES.sub("", name)


def _name_given(given: re.Match[str], norm: str, plain: str) -> str:
    """Who stands in 给…发放; blank where that is nobody plainly."""
    start, end = given.span("who")
    words = _OF_PAYER.sub("", strip_deed(norm[start:end]))
    end = start + len(words)
    fits = len(words) <= 30 and _GIVEN_ONE.search(words) and not NOT_WHO.search(words)
    return plain[start:end] if fits else ""


#: 补贴标准为初级工每人…: who gets it stands behind.
_STANDARD_IS = re.compile(
    r"(?:标准|金额|额度|定额)(?:分别|调整|提高)?(?:为|是|至|到)(?=[^，。；：]{2,12}$)"
)
#: 对学校按照寄宿生每生…: for each of whom the sum is.
_BY_WHOM = re.compile(r"(?:按照?|依照)(?P<who>[^，。；：按每]{2,16})$")
#: 对困难县每县…: a place gets it.
_TO_PLACE = re.compile(
    r"(?:[^，。；：]{0,8}?)(?:对|给|向)(?P<who>[^，。；：对给向]{1,20}(?:[省市县区旗乡镇村]|街道|[床托学]位|项目)(?:（[^（）]{1,12}）)?)(?:按照?)?"
)


def name_receiver(norm: str, plain: str, start: int, end: int) -> str:
    """Who stands before the words 每人每月; blank where nobody plainly does."""
    by = _BY_WHOM.search(norm, start, end)
    if by and (WHO.search(by["who"]) or by["who"].endswith(("常住人口", "户籍人口"))):
        return plain[slice(*by.span("who"))]
    if to := _TO_PLACE.fullmatch(norm, start, end):
        return plain[slice(*to.span("who"))]
    given = _GIVEN_TO.search(norm, start, end)
    # 机构按人数给予每人…: what it is paid by is nobody.
    if given and ((who := _name_given(given, norm, plain)) or norm[given.start()] != "按"):
        return who
    colon = norm.rfind("：", start, end)
    if colon > start and _LINK_ALONE.fullmatch(norm, colon + 1, end):
        # 农村低保：由每人每月…
        end = colon
    start = max(start, norm.rfind("：", start, end) + 1)
    if standard := _STANDARD_IS.search(norm, start, end):
        start = standard.end()
    opening = LABEL_START.match(norm[start:end])
    start += opening.end() if opening else 0
    # 传承人省财政每人…: who pays stands between.
    payer = _PAYER_BETWEEN.search(norm, start, end)
    end = payer.start() if payer and WHO.search(norm[start : payer.start()]) else end
    # All of a list, else the last of it.
    for first in (start, norm.rfind("、", start, end) + 1):
        length = _measure_receiver(norm[first:end]) if first >= start else 0
        if length:
            return plain[first : first + length]
    return ""


_PAYER_BETWEEN = re.compile(
    r"(?<=..)由?(?:中央|自治区|地方|各级|同级|本级|[省市州盟县区旗]{1,3})级?(?:[和、与](?:地方|[省市州盟县区旗]{1,2})级?)?财政$"
)


def _measure_receiver(words: str) -> int:
    """How many of these characters name those who get something; 0 where they name nobody.

    散居孤儿; 城市低保对象由; 寄宿制学校按…标准; 困难残疾人生活补贴.
    """
    bare = _LINK.sub("", words)
    for name in (bare, words.partition("按")[0], strip_deed(bare)):
        pieces = name.split("、")
        fits = len(name) <= 40 and "按" not in name and all(WHO.search(piece) for piece in pieces)
        if fits and not NOT_WHO.search(name):
            return len(name)
    return measure_benefit(words)


#: The benefit by its short name says of nobody in particular that he gets it.
_ALL_RELIEF = re.compile("(?:全[国省市县区])?城乡低保")


def measure_benefit(words: str) -> int:
    """How many of these characters, which end with what is given, name who gets it."""
    for found in reversed(list(_RECEIVER.finditer(words))):
        if found.end() >= _SHORTEST_RECEIVER and _BENEFIT.fullmatch(words, found.end()):
            name = words[: found.end()]
            if _ALL_RELIEF.fullmatch(name):
                continue
            return 0 if NOT_WHO.search(name) or len(name) > 40 else len(name)
        if _MEAN.match(words, found.end()) and _BENEFIT.fullmatch(words, found.end()):
            return found.end()
    return 0


#: 初级工一次性奖励1000元: what is done with the sum.
_GIVING = re.compile(
    r"(?:给予|发放|予以)?(?:一次性)?(?:给予|发放|予以)?(?:奖励|补贴|补助|资助|奖补)$"
)
_NAMED_BENEFIT = re.compile(
    r"(?:补助|补贴|津贴|助学金|护理费|生活费|定额|标准|经费|起付线|封顶线|限额)(?=.{2})"
)


def name_class(norm: str, plain: str, start: int, end: int) -> str:
    """The class just before a sum: 一级 in 一级400元, 初中生 in 初中生1250元."""
    given = _GIVING.search(norm, start, end)
    end = given.start() if given else end
    start = max(start, end - 16)
    start = max(start, *(norm.rfind(mark, start, end) + 1 for mark in "、：，；。（元"))
    opening = LABEL_START.match(norm[start:end])
    start += opening.end() if opening else 0
    # 生活补助小学生1000元: behind the benefit stands one of those who get it.
    start += max((each.end() for each in _NAMED_BENEFIT.finditer(norm[start:end])), default=0)
    words = norm[start:end]
    fits = words and WHO.search(words) and not NOT_WHO.search(words)
    return plain[start:end] if fits else ""
