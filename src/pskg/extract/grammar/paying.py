"""The words of paying: verbs, what stands between a payer and its verb, what is a condition."""

from __future__ import annotations

import re

from pskg.extract.grammar.numbers import PERCENT
from pskg.extract.grammar.payers import AND, BRACKET, NOUN, PLACES
from pskg.extract.grammar.ratios import PARTS, PAY, RATIO

__all__ = [
    "ADVERBS",
    "ALL",
    "BEFORE_HELP",
    "BY",
    "BY_END",
    "CLOSING",
    "COMMA",
    "CONDITION_END",
    "DUTY",
    "ENDS_IN_NOUN",
    "FOR_ALL",
    "FROM",
    "HELPED",
    "HELPS",
    "IN_CLASSES",
    "IN_PROPORTION",
    "IS_MONEY",
    "ITS_PART",
    "JOINED",
    "LONGEST",
    "MONEY_LEAD",
    "MONEY_OBJECT",
    "MOVED",
    "NOT",
    "NOT_PAYING",
    "NO_CONDITION",
    "ONLY_MONEY",
    "OPENING",
    "PART_OF",
    "PLACED",
    "PLACES_ALONE",
    "PLACE_OF",
    "RECEIVER",
    "REGION",
    "REST",
    "RUNGS_OPEN",
    "SEPARATOR",
    "SPARED",
    "TOGETHER",
    "VERB",
    "WAGES",
    "WEIGHS",
]

SEPARATOR = re.compile(AND)

#: What may stand between a payer and what it does; anything else continues another word.
_GAP = (
    r"(?:自行|自主|定额|定量|部分|(?:年度)?预算|专项|差额|足额|直接|配套|按|依照|依据|依法|依规|对|为|给|向|从(?!业)|在(?!职|校|家)|以(?![上下外内])|将|把|应|要|须|需|可|均|都|各|分别|共同|"
    r"适当|原则上|统一|全额|全部|主要|负责|仍|继续|每|通过|根据|参照|再|则|也|另|先|不低于|"
    r"不少于|不超过|至少|据实|足额|统筹|平均|同比例|等额|对半|五五|年均|按比例|积极|切实|逐步|"
    r"予以|给予|进行|适度|酌情|视|区分(?:不同)?情况|分级|分类|分档|分担|引导|：|于|就|实行|合理|协商|联合|一次性)"
)

_AID = (
    r"(?:补助|补贴|奖补|资助|补足|补齐|奖励|贴息|配套|缴费|保障|支持|投入|支出|解决|安排|"
    r"筹资|拨款|负责)"
)
_GIVE = r"(?:给予|予以|提供|安排|拨付|下达|投入|落实|设立|整合|加大|引导|带动|支持|鼓励|进行|发放)"
_MONEY = r"(?:费|资金|经费|支出|款|缺口|补助|补贴|奖补|奖励|资助|工资|金|投入|投资|差额|保费)"

#: Things that are given in place of the words "it pays".
_GIFT = (
    r"(?:补助|补贴|奖补|奖励|资助|资金|经费|支持|配套|投入(?:力度)?|贴息|补偿|专款|预算|拨款|救助|"
    r"[0-9]{1,9}[余多]?[百千万亿]{0,2}元)"
)
#: After a verb that may as well be a noun (补助标准), what shows that it is a verb.
_FREE = (
    r"(?=$|[、，；。！？和与及等（）“”0-9□：每约]|相结合|组成|构成|为主|为辅|的?[^，。；、]{0,12}％|"
    r"[一二三四五六七八九]成|一部分|一半|其)"
)
VERB = re.compile(
    rf"(?P<rate>(?:缴费|缴存|承担|负担|分担|补助|出资|筹资)?(?:费率|缴费率|比例)"
    rf"[^，。；]{{0,14}}?{PERCENT}|(?:缴费|出资|筹资)(?:标准|金额)[^，。；]{{0,14}}?[0-9]元)"
    rf"|(?P<pay>{PAY})(?!不足|能力|责任|主体|方式|机制|标准|比例|政策|制度|改革|范围|义务|职|的[^，。；]"
    rf"|人|者|单位|任务|功能|服务|工作|起|着|水平|的?部分(?:$|[，；：由按外]))"
    rf"(?=(?P<object>[^，。；]{{0,40}}))"
    # 中央分担比例依据…确定: that it pays is said, not how much.
    rf"|(?P<set>(?:分担|承担|负担|补助|出资)(?:比例|标准|份额)(?=[^，。；0-9]{{0,40}}"
    rf"(?:[等的]因素|财力|情况|实际)[^，。；0-9]{{0,12}}(?:确定|核定|测算)))"
    r"|(?P<deal>(?<=因素)(?:统筹|统一)?分配[^，。；]{0,12}?(?:资金|补助|经费)(?=$|[，；。]))"
    rf"|(?P<each>各(?:自|方)?{PARTS.pattern}|(?:列入|纳入|编入)[^，。；]{{0,8}}预算)"
    rf"|(?P<give>{_GIVE}[^，。；]{{0,30}}?{_GIFT}){_FREE}"
    rf"|(?P<aid>{_AID}){_FREE}"
)
#: 承担 and 负担 are of money only where nothing else follows them.
DUTY = re.compile(r"承担|负担|担负|分担|分摊")
MONEY_OBJECT = re.compile(
    rf"$|[、和与及等（）“”：□]|[之以]?外$|(?:兜底|托底|主体|主要|全部|相应)责任"
    rf"|[^，。；]{{0,30}}?(?:{_MONEY}|％|成(?!本)|部分|一半|[0-9]/[0-9]|分之|[0-9][百千万亿]{{0,2}}元)"
)
NOT = re.compile(r"(?:不|未|免|免予|免于|无需|不得|没有|无力|无法|难以|不再|停止|已经?|后)$")
#: Who shall not be made to pay: 不得要求乡镇配套, 不得由村级承担.
SPARED = re.compile(
    r"(?:不(?:得|再|应|能|准|可|许|允许|宜)?|严禁|禁止|杜绝|避免|防止|无需|无须)"
    r"(?:违规|强制|强行|擅自|变相|随意|层层|再|以任何(?:形式|名义|方式|理由)|、|或者?){0,4}"
    r"(?:要求|让|由|令|责成|把[^，。；]{1,12}(?:转嫁|摊派|分摊)(?:给|到))$"
)
NOT_PAYING = re.compile(r"职责分工|考虑|消费|牵头|组织|实施|管理|监督|主体责任|纳入|的通知")

ALL = re.compile(r"全额|全部")
ADVERBS = re.compile(rf"{BRACKET}?(?:{_GAP}|$)")

WAGES = re.compile(r"工资|缴费|基数|费率|保险费|收入|总额")

#: The rest of what an earlier payer takes a part of.
REST = re.compile(
    rf"(?:其余|剩余|余下|剩下|不足|差额|缺口)的?(?:{PERCENT})?(?:部分|资金|经费|费用|所需(?:资金|经费|费用))?"
    r"(?:[^，。；由]{0,2})?"
)
BY = re.compile(r"由")
#: Where the words after 由 may stop naming payers.
BY_END = re.compile(rf"{_GAP}|各|[列纳编]入|{PAY}|{_AID}|{RATIO.pattern}")
FROM = re.compile(
    r"(?:在|从|(?<![费使利作享引])用)(?P<payer>[^，。；在从由]{2,30}?)[中内里]?"
    r"(?:予以|统一|统筹|按规定|据实|全额){0,3}"
    r"(?:列支|支出|支付|开支|解决|安排|提取|拨付|支取|负担)(?=$|[、，；。和与及（）])"
    rf"|(?:列入|纳入)(?P<budget>[^，。；]{{0,12}}?{NOUN})(?:年度|部门|支出|公共|专项){{0,2}}预算"
)
CONDITION_END = re.compile(
    rf"(?:{_MONEY}|部分|费用|时|的|后|起|者|下|[类档区级期]|地区|学生|人员|对象|项目|家庭|单位|机构|"
    r"省份?|市|县|省区|方面|事项|：)$"
)
NO_CONDITION = re.compile(r"(?:按照|按|根据|依据|目前|具体|自(?![治然愿费行主有])|从(?![0-9]))")
#: Part of the money, which what follows goes on to share out: 地方分担部分, 其余40%.
COMMA = re.compile("[，,]")
PART_OF = re.compile(rf"(?:[^，]{{2,40}}部分|(?:其余|剩余|余下|剩下)的?{PERCENT})$")
#: What a payer goes by, before it is said what it does.
WEIGHS = re.compile("根据|依据|按照|结合|参照|视")
#: What makes a payer's name that of a part of the money: 地方分担部分.
ITS_PART = re.compile(r"(?:应当?|需|所)?(?:[分承负]担|补助|出资|支出|配套|投入|安排)的?部分")
#: What shows that a name without a concept is one of money.
IS_MONEY = re.compile(r"(?:资金|经费|基金|专款|公益金|预算)$")
#: 县（市、区） after the classes that they stand in.
PLACES_ALONE = re.compile(rf"[{PLACES}]{{1,3}}{BRACKET}?{NOUN}?(?=分别|按|分担|承担|负担)")
#: Who or what place is helped is no condition: 对受灾的省份.
HELPED = re.compile(
    r"对于?[^，。；]{1,40}(?:地区|省份?|市|县|区|乡镇|村|家庭|人员|对象|群众|学生|儿童|老年人|残疾人|单位|机构|企业|学校|者|户)"
)
OPENING = re.compile(
    r"(?:(?:其中|除(?!此)|同时|并且?|且|但|而|另外|此外|另|即|以及|和|与|及|、|：|，|“|”|"
    r"(?:[一二三四五六七八九十]|[0-9])是|（[一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.．、])+)"
)
CLOSING = re.compile(
    r"(?:(?:依法|依规|原则上|主要|全部|全额|统一|均|都|分别|仍|可|应当?|则|先|按规定|暂|"
    r"：|，|、|通过|采取|采用|引导|鼓励|吸引|撬动|带动|动员|争取|支持|要|须|需|将|"
    r"[0-9.]{1,6}％|一半|和|与|并|除))+$"
)
ONLY_MONEY = re.compile(
    r"(?:所需|相关|有关|项目|补助|以上|上述|该项|此项|其|该|的|全部|支出责任|分担比例|资金来源|承担)*"
    r"(?:资金|经费|费用|支出|投入|来源|比例|责任)?"
)

#: What closes a list of ways to pay.
JOINED = re.compile(r"等?(?:多种方式|多渠道|的方式)?(?:相结合|组成|构成)$")
IN_PROPORTION = re.compile(r"比例|分[档级类]")
#: A rung that holds for all places: 各地区均为5∶5, 全省统一为….
FOR_ALL = re.compile("各|全|所有")
#: What leads on to the rungs of a ladder.
RUNGS_OPEN = re.compile(
    r"(?:其中|具体(?:如下|为|是)?|(?:具体)?(?:的?(?:分担|负担|承担)?(?:比例|标准|办法)(?:如下|为|是)?)|[，：]|对于?|按照?)+"
)
#: What one payer pays is told by the rungs behind such words.
IN_CLASSES = re.compile("分[档级类]")
#: Words that say no more than that several pay together; a ladder or the parts say the rest.
TOGETHER = re.compile(r"共同|比例|分[档级类]|分别|分担|共担")

#: Longer clauses are not written by people; they are not looked into.
LONGEST = 1000
#: 各级政府要将所需经费: what comes before 将 is not the condition.
MOVED = re.compile(r"[^，。；]{0,30}?将")
#: Words before 由 that speak of money.
MONEY_LEAD = re.compile(rf"(?:{_MONEY}|部分|％|一半|其余|剩余|不足|费用)[^，。；]{{0,4}}$")
#: 对…, 为…: who follows gets the money.
RECEIVER = re.compile(r"(?:对|(?<!定)向|给|为)[^，。；]{0,60}$")
PLACED = re.compile(rf"(?:自治区|[{PLACES}])[^，。；]{{0,12}}{NOUN}")
ENDS_IN_NOUN = re.compile(f"{NOUN}$")
#: What place the treasury is of: 申请人户籍所在地区级财政.
PLACE_OF = re.compile(
    rf"(?:[^，。；、和与及]{{2,14}}?(?:所在地?|所属|的)|[^，。；、]{{0,14}}?(?:户籍|居住|参保|就业|注册|登记)地)的?"
    rf"(?P<payer>[{PLACES}][^，。；、]{{0,6}}?{NOUN})"
)
#: Who helps before the rest is shared out: 在争取中央、省补助的基础上, 除中央补助外.
HELPS = re.compile(
    r"(?:财政)?(?:给予的?|的)?(?:补助|支持|奖补|转移支付)(?:资金|经费)?的?(?:基础上|[之以]?外|之?后)(?=$)"
)
BEFORE_HELP = re.compile(
    r"(?:[^，。；]{0,10}?(?:资金|经费|费用))?(?:在|除|扣除|减去)(?:积极|努力)?(?:争取|统筹|使用|利用)*"
)
#: The name of a place before the word for its treasury.
REGION = re.compile(r"[^的对由在从按为给将其第类档、：（）0-9所需资经费时后]{2,7}")
