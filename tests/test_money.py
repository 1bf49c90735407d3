"""The grammar of money: numbers, shares and amounts."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pskg.extract.grammar.amounts import Money, read_amounts
from pskg.extract.grammar.numbers import NUMBER, PERCENT, parse_number, parse_ordinal
from pskg.extract.grammar.shares import Share, read_payers, read_shares
from pskg.vocabulary import load

PAYERS = "https://w3id.org/pskg/concept/payers/"
VOCABULARY = load()


# --- Numbers ------------------------------------------------------------------------------

NUMBERS = [
    ("1250", "1250", "plain"),
    ("１２５０", "1250", "full width"),
    ("8,400", "8400", "thousands comma"),
    ("8，400", "8400", "thousands comma of full width"),
    ("1 250", "1250", "a cell broken over lines within the number"),
    ("1.5万", "15000", "decimal before a unit"),
    ("3千万", "30000000", "two units after figures"),
    ("1亿5千万", "150000000", "units between figures"),
    ("十", "10", "ten without a one"),
    ("二十五", "25", "ten in the middle"),
    ("一百零五", "105", "zero keeps the five a one"),
    ("三百五", "350", "a last digit without its unit"),
    ("一万零五", "10005", "zero across several places"),
    ("两千", "2000", "两 for two"),
    ("一亿五千万", "150000000", "万 after 亿"),
    ("三万亿", "3000000000000", "a greater unit takes all before it"),
    ("二〇一八", "2018", "digits by place"),
    ("二○一八", "2018", "the circle that pages use for 〇"),
    ("一点五", "1.5", "a spelled decimal point"),
    ("半", "0.5", "half"),
    ("50％", "0.5", "percent of full width"),
    ("5‰", "0.005", "per mille"),
    ("百分之八十", "0.8", "percent in words"),
    ("四分之一", "0.25", "fraction in words"),
    ("1/4", "0.25", "fraction in figures"),
    ("八成五", "0.85", "tenths"),
    ("-5", "-5", "a sign"),
    ("0", "0", "nought is a number"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), NUMBERS, ids=[n[2] for n in NUMBERS])
def test_parse_number(text: str, expected: str, reason: str) -> None:
    assert parse_number(text) == Decimal(expected), reason


@pytest.mark.parametrize(
    "text", ["", "约5", "万", "百千", "十十", "1,25", "点五", "/", "分之", "%", "1/0", "一" * 99]
)
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("一", 1), ("十二", 12), ("1", 1), ("⑳", 20), ("Ⅱ", 2), ("iv", 4), ("(三)", 3), ("（三", 3),
     ("㈠", 1), ("⑴", 1), ("第三", 3), ("1.", 1), ("三、", 3), ("附", None), ("1.3", None),
     ("", None)],
)  # fmt: skip
def test_parse_ordinal(text: str, expected: int | None) -> None:
    assert parse_ordinal(text) == expected


def test_number_leaves_the_scale_to_the_unit() -> None:
    assert re.findall(NUMBER, "8,400元、五百万元、1.5万、三万五千") == [
        "8,400",
        "五百",
        "1.5",
        "三万五千",
    ]
    assert re.findall(PERCENT, "80%、百分之八十、三分之一、六成半、两成") == [
        "80%", "百分之八十", "三分之一", "六成半", "两成",
    ]  # fmt: skip


# --- Shares -------------------------------------------------------------------------------

#: text, rows of (split, condition, payer, share, basis), reason
SHARES: list[tuple[str, list[tuple[int, str, str, str | None, str]], str]] = [
    (
        "中央和地方财政按8∶2比例分担。",
        [(1, "", "中央财政", "0.8", "ratio"), (1, "", "地方财政", "0.2", "ratio")],
        "the noun is shared",
    ),
    (
        "补助资金除中央财政负担80%外，其余20%由省与州(市)、县(市、区)财政按比例分担，"
        "其中对甲市(不含乙县)按3∶7比例分担，对其他市按8∶2比例分担。",
        [
            (1, "", "中央财政", "0.8", "percentage"),
            (2, "甲市(不含乙县)", "省财政", "0.3", "ratio"),
            (2, "甲市(不含乙县)", "州(市)、县(市、区)财政", "0.7", "ratio"),
            (3, "其他市", "省财政", "0.8", "ratio"),
            (3, "其他市", "州(市)、县(市、区)财政", "0.2", "ratio"),
        ],
        "how many payers there are, the first rung tells",
    ),
    (
        "由本级和县(市,区)财政按5:5分担",
        [(1, "", "本级财政", "0.5", "ratio"), (1, "", "县(市,区)财政", "0.5", "ratio")],
        "a comma within a bracket ends nothing; half-width signs stay as printed",
    ),
    (
        "享受省级政策的所需资金由省级和市县财政按9：1比例分担，"
        "其余学生所需资金由市、县按比例共同承担。",
        [
            (1, "享受省级政策的所需资金", "省级财政", "0.9", "ratio"),
            (1, "享受省级政策的所需资金", "市县财政", "0.1", "ratio"),
            (2, "其余学生所需资金", "市", None, "qualitative"),
            (2, "其余学生所需资金", "县", None, "qualitative"),
        ],
        "two conditions, two splits; 其余学生 is a condition, not the rest of the money",
    ),
    (
        "享受中央政策学生所需资金,中央和地方财政按8∶2比例分担",
        [
            (1, "享受中央政策学生所需资金", "中央财政", "0.8", "ratio"),
            (1, "享受中央政策学生所需资金", "地方财政", "0.2", "ratio"),
        ],
        "the condition fills a clause of its own",
    ),
    (
        "中央与地方按照6比4的比例分担",
        [(1, "", "中央", "0.6", "ratio"), (1, "", "地方", "0.4", "ratio")],
        "ratio in words, no noun",
    ),
    (
        "省、市按六四比例负担",
        [(1, "", "省", "0.6", "ratio"), (1, "", "市", "0.4", "ratio")],
        "ratio by two numerals",
    ),
    (
        "中央和地方财政按８∶２比例分担。",
        [(1, "", "中央财政", "0.8", "ratio"), (1, "", "地方财政", "0.2", "ratio")],
        "digits of full width",
    ),
    (
        "所需经费由省、市、县按4:3:3比例分担",
        [(1, "", n, s, "ratio") for n, s in (("省", "0.4"), ("市", "0.3"), ("县", "0.3"))],
        "three payers of one character; 所需经费 alone is no condition",
    ),
    (
        "省市县三级财政按5∶3∶2比例分担",
        [(1, "", f"{n}财政", s, "ratio") for n, s in (("省", "0.5"), ("市", "0.3"), ("县", "0.2"))],
        "one word of three tiers",
    ),
    (
        "由市、县（市、区）两级财政按3:7负担",
        [(1, "", "市财政", "0.3", "ratio"), (1, "", "县（市、区）财政", "0.7", "ratio")],
        "两级 is not part of a name",
    ),
    (
        "用人单位原则上缴纳工资总额的16%，职工缴纳本人缴费工资的8%。",
        [(1, "", "用人单位", "0.16", "percentage"), (2, "", "职工", "0.08", "percentage")],
        "parts of wages are not parts of one whole",
    ),
    (
        "用人单位按照不超过工资总额1%的比例缴纳生育保险费，具体缴费比例由各统筹地区规定。",
        [(1, "", "用人单位", "0.01", "percentage")],
        "the percentage before the verb; who sets a rate does not pay",
    ),
    (
        "单位缴费比例为16%，个人缴费比例为8%",
        [(1, "", "单位", "0.16", "percentage"), (2, "", "个人", "0.08", "percentage")],
        "a rate with its name",
    ),
    (
        "累计结余较多的地区，应将费率控制在用人单位工资总额的0.5%以内",
        [(1, "累计结余较多的地区", "用人单位", "0.005", "percentage")],
        "a rate on wages",
    ),
    (
        "省级财政补助60%，市级财政补助20%，其余部分由县级财政承担。",
        [
            (1, "", "省级财政", "0.6", "percentage"),
            (1, "", "市级财政", "0.2", "percentage"),
            (1, "", "县级财政", "0.2", "percentage"),
        ],
        "the rest is what the others leave",
    ),
    (
        "所需资金70%由省级财政承担，其余由市、县财政按2:1承担。",
        [
            (1, "", "省级财政", "0.7", "percentage"),
            (1, "", "市财政", "0.2", "percentage"),
            (1, "", "县财政", "0.1", "percentage"),
        ],
        "percentage before 由; a ratio of the rest",
    ),
    (
        "中央和省级财政各承担50%",
        [(1, "", "中央财政", "0.5", "percentage"), (1, "", "省级财政", "0.5", "percentage")],
        "each",
    ),
    (
        "市、县财政各负担一半",
        [(1, "", "市财政", "0.5", "percentage"), (1, "", "县财政", "0.5", "percentage")],
        "half each",
    ),
    (
        "中央和地方财政分别承担80%和20%",
        [(1, "", "中央财政", "0.8", "percentage"), (1, "", "地方财政", "0.2", "percentage")],
        "respectively",
    ),
    (
        "第一档中央财政承担80%，地方承担20%；第二档中央财政承担60%，地方承担40%。",
        [
            (1, "第一档", "中央财政", "0.8", "percentage"),
            (1, "第一档", "地方", "0.2", "percentage"),
            (2, "第二档", "中央财政", "0.6", "percentage"),
            (2, "第二档", "地方", "0.4", "percentage"),
        ],
        "a ladder: each rung is a split",
    ),
    (
        "由中央与地方按5档分担，第一档为8∶2，第二档为6:4",
        [
            (1, "第一档", "中央", "0.8", "ratio"),
            (1, "第一档", "地方", "0.2", "ratio"),
            (2, "第二档", "中央", "0.6", "ratio"),
            (2, "第二档", "地方", "0.4", "ratio"),
        ],
        "rungs that name no payer spell out who pays together",
    ),
    (
        "省与市分档按比例分担：第一档7:3、第二档6:4。",
        [
            (1, "第一档", "省", "0.7", "ratio"),
            (1, "第一档", "市", "0.3", "ratio"),
            (2, "第二档", "省", "0.6", "ratio"),
            (2, "第二档", "市", "0.4", "ratio"),
        ],
        "a ladder within a clause, no word between rung and ratio",
    ),
    (
        "省与市共同承担，第一档包括甲县、乙县，省财政分担80%；第二档包括丙县，省财政分担60%。",
        [
            (1, "", "省", None, "qualitative"),
            (1, "", "市", None, "qualitative"),
            (2, "第一档", "省财政", "0.8", "percentage"),
            (3, "第二档", "省财政", "0.6", "percentage"),
        ],
        "a rung and who stands on it; parts of one payer spell nothing out",
    ),
    (
        "市级与区级财政按照主城区3:7、其他区5:5比例分担",
        [
            (1, "主城区", "市级财政", "0.3", "ratio"),
            (1, "主城区", "区级财政", "0.7", "ratio"),
            (2, "其他区", "市级财政", "0.5", "ratio"),
            (2, "其他区", "区级财政", "0.5", "ratio"),
        ],
        "rungs without a number",
    ),
    (
        "中央和地方财政按比例分担，其中山区分担比例为8∶2",
        [
            (1, "", "中央财政", None, "qualitative"),
            (1, "", "地方财政", None, "qualitative"),
            (2, "山区", "中央财政", "0.8", "ratio"),
            (2, "山区", "地方财政", "0.2", "ratio"),
        ],
        "one case alone does not spell out the rest",
    ),
    (
        "省与市共同承担，省财政承担70%，市财政承担30%。",
        [(1, "", "省财政", "0.7", "percentage"), (1, "", "市财政", "0.3", "percentage")],
        "parts that make a whole spell out who pays together",
    ),
    (
        "单位和职工共同缴费，单位缴费率为职工工资总额的8%，职工缴费率为本人工资的2%",
        [(1, "", "单位", "0.08", "percentage"), (2, "", "职工", "0.02", "percentage")],
        "a rate for each; the payer stands before the rate, not before the wages",
    ),
    (
        "省财政对山区县给予全额补助，对其他县给予50%的补助",
        [
            (1, "", "省财政", None, "qualitative"),
            (2, "其他县", "省财政", "0.5", "percentage"),
        ],
        "the payer of the clause before, in another case",
    ),
    (
        "省级和市、县级财政按照4∶6比例分担",
        [(1, "", "省级财政", "0.4", "ratio"), (1, "", "市、县级财政", "0.6", "ratio")],
        "two parts for three names: those that 、 joins are one",
    ),
    (
        "中央与我省按6:4比例分担",
        [(1, "", "中央", "0.6", "ratio"), (1, "", "我省", "0.4", "ratio")],
        "a place that speaks of itself",
    ),
    (
        "省财政承担85%，其余15%由市财政承担",
        [(1, "", "省财政", "0.85", "percentage"), (1, "", "市财政", "0.15", "percentage")],
        "the rest with its figure",
    ),
    ("省与市县各50%", [(1, "", n, "0.5", "percentage") for n in ("省", "市县")], "each, no verb"),
    ("县财政预算安排", [(1, "", "县财政", None, "qualitative")], "out of a budget"),
    ("由区财政列入年度预算", [(1, "", "区财政", None, "qualitative")], "put into a budget"),
    (
        "按照地方财力状况由省财政分配转移支付资金",
        [],
        "handing on is not paying",
    ),
    (
        "省级财政对一类地区补助80%、二类地区补助60%",
        [
            (1, "一类地区", "省级财政", "0.8", "percentage"),
            (2, "二类地区", "省级财政", "0.6", "percentage"),
        ],
        "one payer in several cases",
    ),
    (
        "中央财政对西部、中部地区分别按80%、60%的比例予以补助",
        [
            (1, "西部", "中央财政", "0.8", "percentage"),
            (2, "中部", "中央财政", "0.6", "percentage"),
        ],
        "cases listed first",
    ),
    ("由中央财政全额负担", [(1, "", "中央财政", None, "qualitative")], "all of it is no figure"),
    ("由中央财政承担100%", [(1, "", "中央财政", "1", "percentage")], "all of it in figures"),
    ("全部由财政负担", [(1, "", "财政", None, "qualitative")], "all of it, said first"),
    (
        "中央财政按国家标准给予全额补助",
        [(1, "", "中央财政", None, "qualitative")],
        "a full subsidy is not all of the cost",
    ),
    (
        "地方人民政府负责，中央财政对困难地区适当补助。",
        [(1, "", "地方人民政府", None, "qualitative"), (1, "", "中央财政", None, "qualitative")],
        "words alone; the grant's object is no condition",
    ),
    (
        "地方人民政府负责,中央、自治区财政予以奖补。"
        "按照“地方先行,中央、自治区补助”的原则开展工作。",
        [
            (1, "", "地方人民政府", None, "qualitative"),
            (1, "", "中央财政", None, "qualitative"),
            (1, "", "自治区财政", None, "qualitative"),
        ],
        "a principle in quotation marks repeats the split",
    ),
    (
        "中央和地方人民政府分级负担",
        [(1, "", n, None, "qualitative") for n in ("中央人民政府", "地方人民政府")],
        "the shared noun is 人民政府",
    ),
    (
        "在失业保险基金中支出，基金支付不足时财政给予补助。",
        [
            (1, "", "失业保险基金", None, "qualitative"),
            (2, "基金支付不足时", "财政", None, "qualitative"),
        ],
        "drawn from a fund; 支付不足 is not paying",
    ),
    (
        "培训等费用,鉴定费用依法由工伤保险基金和用人单位支付",
        [
            (1, "培训等费用,鉴定费用", "工伤保险基金", None, "qualitative"),
            (1, "培训等费用,鉴定费用", "用人单位", None, "qualitative"),
        ],
        "a condition of two clauses; 费用和 does not hold 用",
    ),
    (
        "个人缴费和政府补助相结合",
        [(1, "", "个人", None, "qualitative"), (1, "", "政府", None, "qualitative")],
        "nouns joined",
    ),
    (
        "政府给予适当补助，企业安排一定的资金，住户承担一部分费用，引导社会资金投入",
        [(1, "", n, None, "qualitative") for n in ("政府", "企业", "住户")],
        "private payers",
    ),
    (
        "中央财政安排补助资金、地方财政给予资金支持、个人自筹等相结合",
        [(1, "", n, None, "qualitative") for n in ("中央财政", "地方财政", "个人")],
        "statements parted by 、",
    ),
    (
        "由残疾人就业保障金和县级财政承担",
        [(1, "", n, None, "qualitative") for n in ("残疾人就业保障金", "县级财政")],
        "保障 within a name is no verb",
    ),
    ("采用中央财政安排补助资金、地方财政给予支持和个人自筹等相结合的方式",
     [(1, "", "中央财政", None, "qualitative"), (1, "", "地方财政", None, "qualitative"),
      (1, "", "个人", None, "qualitative")], "采用 opens the list of ways to pay"),
    ("采用县财政出资、个人自筹相结合的办法",
     [(1, "", "县财政", None, "qualitative"), (1, "", "个人", None, "qualitative")],
     "采用 before other payers"),
    ("采用财政支持的新技术", [], "采用 of something else"),
    (
        "所需经费由县残联承担",
        [(1, "", "县残联", None, "qualitative")],
        "a payer the vocabulary does not know, where money is spoken of",
    ),
    (
        "职工按照本人缴费工资的1%缴纳保险费，农民合同制工人本人不缴纳保险费",
        [(1, "", "职工", "0.01", "percentage")],
        "who does not pay is no payer",
    ),
    (
        "中央\u3000财政和 地方财\n\n政按 8 ∶ 2\xa0比例分担",
        [(1, "", "中央财政", "0.8", "ratio"), (1, "", "地方财政", "0.2", "ratio")],
        "white space within words",
    ),
    ("中央80%、地方20%",
     [(1, "", "中央", "0.8", "percentage"), (1, "", "地方", "0.2", "percentage")],
     "no verb, but a whole"),
    ("由中央财政承担666%", [(1, "", "中央财政", None, "percentage")], "more than the whole"),
    ("中央财政和省财政分别承担80%和60%，其余由市财政承担",
     [(1, "", "中央财政", "0.8", "percentage"), (1, "", "省财政", "0.6", "percentage"),
      (2, "", "市财政", None, "percentage")], "no rest of more than the whole"),
    (
        "中央财政对第一档地区分担80%，对第二档地区分担60%，其余由地方财政承担",
        [(1, "第一档地区", "中央财政", "0.8", "percentage"),
         (2, "第二档地区", "中央财政", "0.6", "percentage"),
         (3, "其余", "地方财政", None, "qualitative")],
        "rungs of one payer, and a rest of no one rung",
    ),
    (
        "省级分担比例分别为第一档70%、第二档50%",
        [(1, "第一档", "省级", "0.7", "percentage"), (2, "第二档", "省级", "0.5", "percentage")],
        "the words of sharing are no part of the case",
    ),
    (
        "省级与市县分担比例为：第一档8∶2，第二档6∶4",
        [(1, "第一档", "省级", "0.8", "ratio"), (1, "第一档", "市县", "0.2", "ratio"),
         (2, "第二档", "省级", "0.6", "ratio"), (2, "第二档", "市县", "0.4", "ratio")],
        "the first rung stands behind the payers",
    ),
    (
        "中央对第一档和第二档承担全部支出责任",
        [(1, "第一档和第二档", "中央", None, "qualitative")],
        "rungs without a share",
    ),
    (
        "地方分担部分，省级与市县按6∶4分担",
        [(1, "地方分担部分", "省级", "0.6", "ratio"),
         (1, "地方分担部分", "市县", "0.4", "ratio")],
        "whose part it is, is a condition",
    ),
    (
        "其余40%，第一档由省与市县按8∶2分担，第二档按6∶4分担；缴费补贴由县财政承担",
        [(1, "其余40%，第一档", "省", "0.8", "ratio"),
         (1, "其余40%，第一档", "市县", "0.2", "ratio"),
         (2, "其余40%，第二档", "省", "0.6", "ratio"),
         (2, "其余40%，第二档", "市县", "0.4", "ratio"),
         (3, "缴费补贴", "县财政", None, "qualitative")],
        "a part of the money holds for its rungs, and no further than the semicolon",
    ),
    (
        "地方承担部分由省与市县分档分担：第一档为8∶2，直管县6∶4",
        [(1, "地方承担部分，第一档", "省", "0.8", "ratio"),
         (1, "地方承担部分，第一档", "市县", "0.2", "ratio"),
         (2, "地方承担部分，直管县", "省", "0.6", "ratio"),
         (2, "地方承担部分，直管县", "市县", "0.4", "ratio")],
        "分档 is no part of a name",
    ),
    (
        "省与市县分担比例为：直管县6∶4，其他县（市）5∶5",
        [(1, "直管县", "省", "0.6", "ratio"), (1, "直管县", "市县", "0.4", "ratio"),
         (2, "其他县（市）", "省", "0.5", "ratio"), (2, "其他县（市）", "市县", "0.5", "ratio")],
        "behind a colon any words are the case",
    ),
    (
        "省财政对一类县补助80%，二类县补助60%",
        [(1, "一类县", "省财政", "0.8", "percentage"),
         (2, "二类县", "省财政", "0.6", "percentage")],
        "a rung that ends in a place is no payer",
    ),
    (
        "省财政分别给予第一类、第二类地区70%、50%的补助",
        [(1, "第一类", "省财政", "0.7", "percentage"),
         (2, "第二类地区", "省财政", "0.5", "percentage")],
        "the cases behind 分别",
    ),
    (
        "省财政根据财力给予补助（一档90%、二档80%）",
        [(1, "一档", "省财政", "0.9", "percentage"), (2, "二档", "省财政", "0.8", "percentage")],
        "the cases in a bracket",
    ),
    (
        "市、区财政按比例承担，其中市级60%、区级40%",
        [(1, "", "市级", "0.6", "percentage"), (1, "", "区级", "0.4", "percentage")],
        "a whole without a verb",
    ),
    (
        "从2020年起，所需资金由省财政承担",
        [(1, "从2020年起", "省财政", None, "qualitative")],
        "the money itself is no condition",
    ),
    ("所需经费按现行体制由同级财政负担",
     [(1, "", "同级财政", None, "qualitative")], "nor is the rule"),
    ("省级以上财政给予适当补助",
     [(1, "", "省级以上财政", None, "qualitative")], "a level and those above it"),
    (
        "省级与市辖区按2∶8分担",
        [(1, "", "省级", "0.2", "ratio"), (1, "", "市辖区", "0.8", "ratio")],
        "districts of a city",
    ),
    (
        "由中央与地方按比例分担，其中：第一档包括甲、乙2个省，中央财政分担80%；"
        "第二档包括丙省，中央财政分担60%",
        [(1, "第一档", "中央财政", "0.8", "percentage"),
         (2, "第二档", "中央财政", "0.6", "percentage")],
        "rungs with their members spell out what is shared",
    ),
    (
        "中央财政对第一档、第二档分别分担80%、60%",
        [(1, "第一档", "中央财政", "0.8", "percentage"),
         (2, "第二档", "中央财政", "0.6", "percentage")],
        "分别分担",
    ),
    (
        "东部、西部地区中央财政分别承担30%、80%",
        [(1, "东部", "中央财政", "0.3", "percentage"),
         (2, "西部地区", "中央财政", "0.8", "percentage")],
        "the cases before the payer",
    ),
    (
        "所需资金按50%、30%、20%的比例由省、市、县分担",
        [(1, "", "省", "0.5", "percentage"), (1, "", "市", "0.3", "percentage"),
         (1, "", "县", "0.2", "percentage")],
        "the parts before the payers",
    ),
    ("省以上财政承担60%",
     [(1, "", "省以上财政", "0.6", "percentage")], "a single character and those above"),
    ("对受灾的省份，中央财政给予适当补助",
     [(1, "", "中央财政", None, "qualitative")], "who is helped is no condition"),
    ("自治区提高部分由自治区财政承担",
     [(1, "自治区提高部分", "自治区财政", None, "qualitative")], "自 of a name"),
    ("中央、省承担部分外，其余由市、区按4∶6分担",
     [(1, "其余", "市", "0.4", "ratio"), (1, "其余", "区", "0.6", "ratio")],
     "what others bear is no statement"),
    # ladders whose rungs stand in a sentence of their own, or name no payer
    ("省与市县按比例分担。其中，一类县为9∶1，二类县为7∶3。",
     [(1, "一类县", "省", "0.9", "ratio"), (1, "一类县", "市县", "0.1", "ratio"),
      (2, "二类县", "省", "0.7", "ratio"), (2, "二类县", "市县", "0.3", "ratio")],
     "rungs in the next sentence"),
    ("自治区与盟市分档分担。具体分担比例如下：一档地区8∶2，二档地区6∶4。",
     [(1, "一档地区", "自治区", "0.8", "ratio"), (1, "一档地区", "盟市", "0.2", "ratio"),
      (2, "二档地区", "自治区", "0.6", "ratio"), (2, "二档地区", "盟市", "0.4", "ratio")],
     "led on to by words of their own"),
    ("省财政和市县财政分档负担。第一档、第二档分担比例分别为9∶1、6∶4。",
     [(1, "第一档", "省财政", "0.9", "ratio"), (1, "第一档", "市县财政", "0.1", "ratio"),
      (2, "第二档", "省财政", "0.6", "ratio"), (2, "第二档", "市县财政", "0.4", "ratio")],
     "the rungs before their ratios"),
    ("省与一档、二档县（市、区）分别按8∶2、6∶4分担",
     [(1, "一档", "省", "0.8", "ratio"), (1, "一档", "县（市、区）", "0.2", "ratio"),
      (2, "二档", "省", "0.6", "ratio"), (2, "二档", "县（市、区）", "0.4", "ratio")],
     "the rungs before the second payer"),
    ("中央与地方按比例分担，第一档统一为8∶2；第二档，学籍在第一档的，分担比例为7∶3",
     [(1, "第一档", "中央", "0.8", "ratio"), (1, "第一档", "地方", "0.2", "ratio"),
      (2, "第二档，学籍在第一档的", "中央", "0.7", "ratio"),
      (2, "第二档，学籍在第一档的", "地方", "0.3", "ratio")],
     "a rung with a case of its own"),
    ("省与市县按比例分担，统一为5∶5",
     [(1, "", "省", "0.5", "ratio"), (1, "", "市县", "0.5", "ratio")], "one rung for all"),
    ("省与市县按比例分担，全省均按6∶4执行",
     [(1, "全省", "省", "0.6", "ratio"), (1, "全省", "市县", "0.4", "ratio")], "all places alike"),
    ("省财政分类补助，一类县补助80%，二类县补助60%",
     [(1, "一类县", "省财政", "0.8", "percentage"), (2, "二类县", "省财政", "0.6", "percentage")],
     "one payer whose rungs follow"),
    ("省对一档县承担全部支出责任，对其他县承担40%支出责任",
     [(1, "一档县", "省", None, "qualitative"), (2, "其他县", "省", "0.4", "percentage")],
     "responsibility for a part"),
    ("省与市县共同承担。市县应当加强管理。",
     [(1, "", "省", None, "qualitative"), (1, "", "市县", None, "qualitative")],
     "no rung in the next sentence"),
    ("一类区市级负担80%，二类区市级负担60%，其余由区负担",
     [(1, "一类区", "市级", "0.8", "percentage"), (2, "二类区", "市级", "0.6", "percentage"),
      (3, "其余", "区", None, "qualitative")], "the rest of each rung is another one"),
    ("省与市县实行分档分担：第一档8∶2，第二档6∶4",
     [(1, "第一档", "省", "0.8", "ratio"), (1, "第一档", "市县", "0.2", "ratio"),
      (2, "第二档", "省", "0.6", "ratio"), (2, "第二档", "市县", "0.4", "ratio")],
     "the first rung behind a colon"),
    ("由中央财政与地方财政区分不同情况承担相应的支出责任",
     [(1, "", "中央财政", None, "qualitative"), (1, "", "地方财政", None, "qualitative")],
     "who pays differs from case to case"),
    ("省财政分档补助，第一档补助80%、第二档补助60%和第三档40%，其余由县财政承担",
     [(1, "第一档", "省财政", "0.8", "percentage"), (2, "第二档", "省财政", "0.6", "percentage"),
      (3, "第三档", "省财政", "0.4", "percentage"), (4, "其余", "县财政", None, "qualitative")],
     "all rungs in a clause of their own"),
    ("由省与市县分担，甲类地区8∶2、乙类地区6∶4",
     [(1, "甲类地区", "省", "0.8", "ratio"), (1, "甲类地区", "市县", "0.2", "ratio"),
      (2, "乙类地区", "省", "0.6", "ratio"), (2, "乙类地区", "市县", "0.4", "ratio")],
     "rungs of ratios in a clause of their own"),
    ("省财政和县财政共同承担，其中一类县（市）按8∶2、二类县（市）按6∶4分担",
     [(1, "一类县（市）", "省财政", "0.8", "ratio"), (1, "一类县（市）", "县财政", "0.2", "ratio"),
      (2, "二类县（市）", "省财政", "0.6", "ratio"), (2, "二类县（市）", "县财政", "0.4", "ratio")],
     "places on the rungs are no payers"),
    ("中央与地方按比例分担，西部为8∶2，东部（直辖市除外）分省确定",
     [(1, "西部", "中央", "0.8", "ratio"), (1, "西部", "地方", "0.2", "ratio"),
      (2, "东部（直辖市除外）", "中央", None, "qualitative"),
      (2, "东部（直辖市除外）", "地方", None, "qualitative")],
     "a rung whose share is left open"),
    ("中央与地方按5∶5分担，地方分担部分省级与县级按8∶2、6∶4分档分担",
     [(1, "", "中央", "0.5", "ratio"), (1, "", "地方", "0.5", "ratio"),
      (2, "地方分担部分", "省级", "0.8", "ratio"), (2, "地方分担部分", "县级", "0.2", "ratio"),
      (3, "地方分担部分", "省级", "0.6", "ratio"), (3, "地方分担部分", "县级", "0.4", "ratio")],
     "a part goes by the name of who bears it, without a comma"),
    ("地方财政应承担部分省与市县按6∶4分担",
     [(1, "地方财政应承担部分", "省", "0.6", "ratio"),
      (1, "地方财政应承担部分", "市县", "0.4", "ratio")],
     "a payer of one character behind such a part"),
    ("由失业保险基金和就业补助资金支付",
     [(1, "", "失业保险基金", None, "qualitative"), (1, "", "就业补助资金", None, "qualitative")],
     "money beside a payer that is known"),
    ("按规定由市县财政承担支出责任的，省级政府要加强统筹", [], "a case, and no statement"),
    ("省财政根据人数、绩效等因素分配转移支付资金",
     [(1, "", "省财政", None, "qualitative")], "money that is dealt out by factors"),
    ("省财政根据财力状况和绩效评价结果等，统筹安排转移支付资金予以支持",
     [(1, "", "省财政", None, "qualitative")], "what a payer goes by in a clause of its own"),
    ("省财政根据绩效等情况，会同有关部门确定名单", [], "goes by it, and does not pay"),
    ("改造资金由政府、企业、居民合理共担",
     [(1, "改造资金", "政府", None, "qualitative"), (1, "改造资金", "企业", None, "qualitative"),
      (1, "改造资金", "居民", None, "qualitative")], "borne together"),
    ("采取县级财政给予配套和农户自筹相结合的方式筹集资金",
     [(1, "", "县级财政", None, "qualitative"), (1, "", "农户", None, "qualitative")],
     "配套 is given, and not all that follows"),
    ("县校由省与市县分担，第一档8∶2、第二档6∶4；省属学校由省财政承担",
     [(1, "县校，第一档", "省", "0.8", "ratio"), (1, "县校，第一档", "市县", "0.2", "ratio"),
      (2, "县校，第二档", "省", "0.6", "ratio"), (2, "县校，第二档", "市县", "0.4", "ratio"),
      (3, "省属学校", "省财政", None, "qualitative")], "rungs of what comes under a condition"),
    ("县校由省财政分档补助，第一档80%、第二档60%，其余由县财政承担",
     [(1, "县校，第一档", "省财政", "0.8", "percentage"),
      (2, "县校，第二档", "省财政", "0.6", "percentage"),
      (3, "县校，其余", "县财政", None, "qualitative")], "and the rest of them"),
    ("县财政局根据考核等因素分配资金", [], "a body that deals money out"),
    ("一类县补助50万元，二类县补助30万元", [], "places on a rung get it"),
    # who helps before the rest is shared out
    ("除中央财政按70%负担外，其余由省财政承担",
     [(1, "", "中央财政", "0.7", "percentage"), (1, "", "省财政", "0.3", "percentage")],
     "one who pays is set apart"),
    ("除省级补助资金外，缺口由县级财政解决",
     [(1, "", "省级", None, "qualitative"), (2, "缺口", "县级财政", None, "qualitative")],
     "help that is set apart"),
    ("在积极争取中央和省补助的基础上，不足部分由县财政承担",
     [(1, "", "中央", None, "qualitative"), (1, "", "省", None, "qualitative"),
      (2, "不足部分", "县财政", None, "qualitative")], "help that is sought"),
    ("在市政府领导下，各镇开展工作", [], "no help"),
    # what place the treasury is of; several levels in a word
    ("由学生学籍所在地县级财政承担", [(1, "", "县级财政", None, "qualitative")], "of a place"),
    ("由参保地区级财政承担", [(1, "", "区级财政", None, "qualitative")], "of a place, shorter"),
    ("接收就业的县市区财政负担30%",
     [(1, "接收就业的", "县市区财政", "0.3", "percentage")], "a place by what is done there"),
    ("定向就业的县区财政负担20%", [(1, "定向就业的", "县区财政", "0.2", "percentage")],
     "定向 is no gift"),
    ("由省、市、县三级财政分别负担50元、30元、20元",
     [(1, "", "省财政", None, "qualitative"), (1, "", "市财政", None, "qualitative"),
      (1, "", "县财政", None, "qualitative")], "sums are no shares"),
    ("省财政承担60%，市、县财政承担40%",
     [(1, "", "省财政", "0.6", "percentage"), (1, "", "市、县财政", "0.4", "percentage")],
     "one part of several together"),
    ("省财政承担60%，其余由市、县财政承担",
     [(1, "", "省财政", "0.6", "percentage"), (2, "", "市财政", None, "qualitative"),
      (2, "", "县财政", None, "qualitative")], "a rest of several is in no proportion"),
    ("各县要综合考虑居民消费支出、财力等因素", [], "what is considered is not paid"),
    ("中央分担比例依据地方财力、人数等因素确定",
     [(1, "", "中央", None, "qualitative")], "who pays, how much to be settled"),
    ("分担比例由省财政厅另行确定", [], "names nobody who pays"),
    ("用人单位和职工分别按照工资总额的0.5%缴纳失业保险费",
     [(1, "", "用人单位", "0.005", "percentage"), (1, "", "职工", "0.005", "percentage")],
     "one figure that is of each"),
    ("市县财政承担兜底责任", [(1, "", "市县财政", None, "qualitative")], "the last to pay"),
    ("所需经费列入同级财政预算", [(1, "", "同级财政", None, "qualitative")], "entered in a budget"),
    ("高龄津贴由财政部门负责发放", [], "handing out is not paying"),
    ("领导小组日常工作由市财政局承担", [], "a body at work, no money"),
    ("各县区政府按职责分工负责", [], "a task shared out"),
    ("企业承担主体责任", [], "a duty, no money"),
    ("逐步提高人均筹资标准和财政补助水平", [], "补助 is a noun here"),
    ("义务教育全面纳入公共财政保障范围", [], "保障 is a noun here"),
    ("政策范围内住院费用医保基金支付比例稳定在75%左右", [], "a percentage of the standard"),
    ("推动企业劳动合同签订率达到90%以上", [], "an indicator"),
    ("具体缴费比例由各统筹地区规定", [], "fixes no payer"),
    ("失业保险总费率可阶段性降至1%-1.5%", [], "names no payer"),
    ("", [], "empty"),
]  # fmt: skip


def rows(shares: tuple[Share, ...]) -> list[tuple[int, str, str, str | None, str]]:
    return [(s.split, s.condition, s.payer, s.share, s.basis.value) for s in shares]


@pytest.mark.parametrize(("text", "expected", "reason"), SHARES, ids=[s[2] for s in SHARES])
def test_read_shares(
    text: str, expected: list[tuple[int, str, str, str | None, str]], reason: str
) -> None:
    assert rows(read_shares(text, 0, VOCABULARY)) == expected, reason


@pytest.mark.parametrize(
    ("text", "payers"),
    [
        ("中央财政资金", ["中央财政资金"]),
        ("市、区财政。", ["市财政", "区财政"]),
        ("市财政补助居民", []),
        ("", []),
    ],
)
def test_payers_that_are_named_and_no_more(text: str, payers: list[str]) -> None:
    shares = read_payers(text, 3, VOCABULARY)
    assert [share.payer for share in shares] == payers
    assert all(share.span.start == 3 for share in shares)


@pytest.mark.parametrize(
    ("text", "payer"),
    [
        ("高出部分所需资金由市县自行负担。", "市县"),
        ("其他县所需资金由当地财政自行承担。", "当地财政"),
        ("其他县市区由市县财政自行安排。", "市县财政"),
    ],
)
def test_who_pays_alone_goes_by_the_bare_name(text: str, payer: str) -> None:
    assert [share.payer for share in read_shares(text, 0, VOCABULARY)] == [payer]


@pytest.mark.parametrize(
    "text",
    [
        "地方部分由县级财政承担，不得要求村级配套。",
        "地方部分由县级财政承担，不得由乡镇政府承担。",
        "地方部分由县级财政承担，严禁强制或变相要求乡镇政府出资。",
    ],
)
def test_who_shall_not_be_made_to_pay_is_no_payer(text: str) -> None:
    assert [share.payer for share in read_shares(text, 0, VOCABULARY)] == ["县级财政"]


def test_the_rest_of_what_is_not_known_is_not_known() -> None:
    text = "省财政对三类县分别承担80%、60%和40%，其余由县财政承担。"
    shares = {share.payer: share.share for share in read_shares(text, 0, VOCABULARY)}
    assert shares["县财政"] is None


def test_a_place_is_that_of_the_second_payer_alone() -> None:
    text = "由省财政和项目所在县财政按6∶4比例分担。"
    shares = [(share.payer, share.share) for share in read_shares(text, 0, VOCABULARY)]
    assert shares == [("省财政", "0.6"), ("项目所在县财政", "0.4")]


def test_shares_of_a_ratio_make_a_whole() -> None:
    for text, _, _ in SHARES:
        sums: dict[int, Decimal] = {}
        for share in read_shares(text, 0, VOCABULARY):
            if share.basis == "ratio":
                sums[share.split] = sums.get(share.split, Decimal(0)) + Decimal(share.share or 0)
        assert all(total == 1 for total in sums.values()), text


@pytest.mark.parametrize(
    ("payer", "notation"),
    [
        ("中央财政", "central-government"),
        ("自治区本级财政", "province"),
        ("盟市(旗县)财政", "prefecture-and-county"),
        ("县级人民政府", "county"),
        ("镇（街道）财政", "township"),
        ("各区财政", "county"),
        ("厦门市财政", "prefecture"),
        ("城镇企业事业单位", "employer"),
        ("失业保险基金", "unemployment-fund"),
    ],
)
def test_payers_are_looked_up(payer: str, notation: str) -> None:
    (share,) = read_shares(f"所需资金由{payer}承担。", 0, VOCABULARY)
    assert (share.payer, share.payer_concept) == (payer, PAYERS + notation)


def test_an_unknown_payer_has_no_concept() -> None:
    (share,) = read_shares("所需经费由县残联承担。", 0, VOCABULARY)
    assert share.payer_concept is None


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("地方人民政府负责,中央财政适当补助。", ["地方人民政府负责", "中央财政适当补助"]),
        ("学生资金,中央和地方 财政按5∶5分担。", ["学生资金,中央和地方 财政按5∶5分担"] * 2),
        ("中央财政安排资金、个人自筹等相结合。", ["中央财政安排资金", "个人自筹"]),
    ],
)
def test_spans_of_shares(text: str, quotes: list[str]) -> None:
    page = "前文。" + text
    shares = read_shares(text, 3, VOCABULARY)
    assert [share.span.of(page) for share in shares] == quotes


# --- Amounts ------------------------------------------------------------------------------

AMOUNTS: list[tuple[str, list[tuple[str, str, str, str]], str]] = [
    ("每生每年800元", [("800", "元/生/年", "", "每生每年800元")], "plain"),
    (
        "中央财政为试点地区学生提供每生每年800元的补助",
        [("800", "元/生/年", "试点地区学生", "每生每年800元")],
        "for whom",
    ),
    (
        "小学生每生每年1000元,初中生每生每年1250元",
        [
            ("1000", "元/生/年", "小学生", "每生每年1000元"),
            ("1250", "元/生/年", "初中生", "每生每年1250元"),
        ],
        "an ASCII comma parts clauses here",
    ),
    (
        "手术并发症人员每人每个月:一级400元、二级300元",
        [
            ("400", "元/人/月", "手术并发症人员一级", "每人每个月:一级400元"),
            ("300", "元/人/月", "手术并发症人员二级", "300元"),
        ],
        "the list inherits unit and person",
    ),
    (
        "每人每月:城市600元,农村500元",
        [("600", "元/人/月", "城市", "每人每月:城市600元"), ("500", "元/人/月", "农村", "500元")],
        "the list inherits across a comma",
    ),
    (
        "由每人每月100元提高到120元",
        [("100", "元/人/月", "", "每人每月100元"), ("120", "元/人/月", "", "120元")],
        "old and new",
    ),
    ("每年安排不少于1亿元", [("1", "亿元/年", "", "每年安排不少于1亿元")], "a scale in the unit"),
    ("年均发放租赁补贴约500万元", [("500", "万元/年", "", "年均发放租赁补贴约500万元")], "a mean"),
    ("不低于30万元和20万元", [("30", "万元", "", "30万元"), ("20", "万元", "", "20万元")], "two"),
    ("2000元/生/年", [("2000", "元/生/年", "", "2000元/生/年")], "counted after the sum"),
    ("800元/人·年", [("800", "元/人/年", "", "800元/人·年")], "a point between the units"),
    ("900元（每月每人）", [("900", "元/人/月", "", "900元（每月每人）")], "who before how often"),
    ("年人均补助610元", [("610", "元/人/年", "", "年人均补助610元")], "a yearly mean by person"),
    ("每户1.5万元", [("1.5", "万元/户", "", "每户1.5万元")], "decimal"),
    ("补贴8,400元", [("8,400", "元", "", "8,400元")], "thousands comma as printed"),
    ("每人五百万元", [("五百", "万元/人", "", "每人五百万元")], "Chinese numerals"),
    ("每次500-1000元", [("500-1000", "元/次", "", "每次500-1000元")], "a range is one sum"),
    ("每 生每年1\n250元", [("1250", "元/生/年", "", "每 生每年1\n250元")], "broken over lines"),
    ("对重度残疾人每人每月发放补贴80元",
     [("80", "元/人/月", "重度残疾人", "每人每月发放补贴80元")], "the receiver after 对"),
    # who gets it, in a clause before
    ("享受国家政策的为特困家庭学生,约占在校生的10%,每生每年资助3000元",
     [("3000", "元/生/年", "特困家庭学生", "每生每年资助3000元")], "享受…的为X"),
    ("资助对象为困难学生,平均每生每年2000元;其他学生,每生每年1000元",
     [("2000", "元/生/年", "困难学生", "每生每年2000元"),
      ("1000", "元/生/年", "其他学生", "每生每年1000元")], "对象为X, and a noun alone"),
    ("对80周岁以上老年人,按月发放津贴,每人每月50元",
     [("50", "元/人/月", "80周岁以上老年人", "每人每月50元")], "对X, two clauses before"),
    ("对考核优秀的村卫生室,一次性奖励5000元",
     [("5000", "元", "考核优秀的村卫生室", "5000元")], "对X, of a body and one sum"),
    ("补助标准:散居孤儿，每人每月900元", [("900", "元/人/月", "散居孤儿", "每人每月900元")],
     "a label before the noun"),
    ("各地要关心困难学生,每人每月补助50元", [("50", "元/人/月", "", "每人每月补助50元")],
     "a clause with a verb of its own names nobody"),
    ("完善学生资助政策,每人每月补助50元", [("50", "元/人/月", "", "每人每月补助50元")],
     "nor does one that names a policy"),
    ("关爱孤儿。每人每月补助50元", [("50", "元/人/月", "", "每人每月补助50元")],
     "nor a sentence before"),
    # who gets it, before what they get
    ("农村低保对象保障标准达到每人每年3500元",
     [("3500", "元/人/年", "农村低保对象", "每人每年3500元")], "before the standard"),
    ("伤残家庭特别扶助金标准为每人每月350元",
     [("350", "元/人/月", "伤残家庭", "每人每月350元")], "before a benefit of any name"),
    ("小学生均公用经费定额每生每年650元", [("650", "元/生/年", "小学", "每生每年650元")],
     "生均 belongs to the benefit"),
    ("职业教育生均拨款达到12000元", [("12000", "元/生", "职业教育", "生均拨款达到12000元")],
     "a kind of school, 生均"),
    ("学生资助标准为每人每月50元", [("50", "元/人/月", "", "每人每月50元")],
     "a word for anybody tells nothing"),
    ("甲村居民谷段用电每度补贴0.3元", [("0.3", "元/度", "", "每度补贴0.3元")],
     "by what is used"),
    ("对新建的村级广场，每平方米补助60元",
     [("60", "元/平方米", "新建的村级广场", "每平方米补助60元")], "any thing that is made"),
    ("对上述情形，每人补助60元", [("60", "元/人", "", "每人补助60元")], "no thing"),
    ("负责残疾儿童康复救助，每名残疾儿童每年不超过2万元",
     [("2", "万元/人/年", "残疾儿童", "每名残疾儿童每年不超过2万元")], "who does it is none"),
    ("公办托育机构按收托人数给予每人每月250元补助",
     [("250", "元/人/月", "公办托育机构", "每人每月250元")], "by what they are paid"),
    ("协管人员按最低工资标准发放补贴，每人每月1500元",
     [("1500", "元/人/月", "协管人员", "每人每月1500元")], "the head of the sentence"),
    ("给予入驻企业租金补贴，每平方米每月8元",
     [("8", "元/平方米/月", "入驻企业", "每平方米每月8元")], "a verb of giving before them"),
    ("网格员人均年报酬不低于4万元", [("4", "万元/人/年", "网格员", "人均年报酬不低于4万元")],
     "how often, before the word for the sum"),
    ("高级技师、技师、高级工一次性奖励5000元、4000元、3000元",
     [("5000", "元", "高级技师", "5000元"), ("4000", "元", "技师", "4000元"),
      ("3000", "元", "高级工", "3000元")], "one each, though 分别 is left out"),
    ("县财政对免费开放的图书馆每馆每年补助9万元",
     [("9", "万元/馆/年", "免费开放的图书馆", "每馆每年补助9万元")], "a payer before 对"),
    ("对受灾群众每人每天给予12元", [("12", "元/人/天", "受灾群众", "每人每天给予12元")],
     "people in a mass"),
    ("公共厕所每座补助3万元", [("3", "万元/座", "公共厕所", "每座补助3万元")], "by the piece"),
    ("老年人就餐每餐补助2元", [("2", "元/餐", "", "每餐补助2元")], "by the meal"),
    ("查实举报线索的，每起案件奖励金额最高不超过5万元",
     [("5", "万元/案件", "", "每起案件奖励金额最高不超过5万元")], "by the case"),
    ("检查费用每人90元，由省级和县级财政共同负担，其中对甲类地区省级负担60元、其他地区省级负担40元",
     [("90", "元/人", "", "每人90元"), ("60", "元/人", "甲类地区", "60元"),
      ("40", "元/人", "其他地区", "40元")], "parts of a sum for each, and for what places"),
    ("公办幼儿园和民办幼儿园生均公用经费标准由每生每年500元提高到600元",
     [("500", "元/生/年", "公办幼儿园和民办幼儿园", "每生每年500元"),
      ("600", "元/生/年", "公办幼儿园和民办幼儿园", "600元")], "生均 behind a kindergarten"),
    ("现阶段山区普通小学每生每年700元",
     [("700", "元/生/年", "山区普通小学", "每生每年700元")], "when it holds is no part of a name"),
    ("市财政对符合条件的家庭床位建设，按每张床位1000元补助",
     [("1000", "元/张", "符合条件的家庭床位建设", "每张床位1000元")], "a thing that is made"),
    ("县级财政对乡镇文化站，每站每年补助2万元",
     [("2", "万元/站/年", "乡镇文化站", "每站每年补助2万元")], "the payer opens the clause"),
    ("对社区食堂改造，每个补助3万元",
     [("3", "万元/个", "社区食堂改造", "每个补助3万元")], "neither person nor institution"),
    ("对村级服务中心改造，每个补助3万元",
     [("3", "万元/个", "村级服务中心", "每个补助3万元")], "an institution that is made good"),
    ("对达到收费标准的民办机构，按实际人数每人每月给予150元",
     [("150", "元/人/月", "达到收费标准的民办机构", "每人每月给予150元")],
     "标准 within what it is like"),
    ("对新增普惠托位，中央预算内投资按每个托位2万元给予补助，市级财政按每个托位不低于1万元给予补助",
     [("2", "万元/托位", "新增普惠托位", "每个托位2万元"),
      ("1", "万元/托位", "新增普惠托位", "每个托位不低于1万元")], "another payer, the same ones"),
    ("每年为3万名适龄妇女提供检查，按每人80元标准予以补助",
     [("80", "元/人", "适龄妇女", "每人80元")], "so many for whom something is done"),
    ("低收入人口个人缴费部分，由省财政按每人每年40元给予补助",
     [("40", "元/人/年", "低收入人口", "每人每年40元")], "whose own part a treasury pays"),
    ("重度残疾人护理补贴一级、二级分别为每人每月300元、200元",
     [("300", "元/人/月", "重度残疾人一级", "每人每月300元"),
      ("200", "元/人/月", "重度残疾人二级", "200元")], "grades behind the benefit"),
    ("对本市户籍三孩家庭发放生育补助5000元",
     [("5000", "元", "本市户籍三孩家庭", "5000元")], "where they are at home, as part of a noun"),
    ("居民基本医疗保险财政补助标准为每人每年490元",
     [("490", "元/人/年", "居民", "每人每年490元")], "the long name as the short one, 居民医保"),
    ("散居孤儿、困境儿童每人每月1710元",
     [("1710", "元/人/月", "散居孤儿、困境儿童", "每人每月1710元")], "all of a list"),
    ("寄宿制学校按每生每年200元增加经费",
     [("200", "元/生/年", "寄宿制学校", "每生每年200元")], "按 leads on"),
    ("农村低保对象由每人每月565元提高到620元",
     [("565", "元/人/月", "农村低保对象", "每人每月565元"),
      ("620", "元/人/月", "农村低保对象", "620元")], "old and new, of the same"),
    ("东部地区小学每生每年650元、初中每生每年850元",
     [("650", "元/生/年", "东部地区小学", "每生每年650元"),
      ("850", "元/生/年", "东部地区初中", "每生每年850元")], "the place holds for the list"),
    ("落实乡村教师补助政策,标准为每人每月500元",
     [("500", "元/人/月", "乡村教师", "每人每月500元")], "a policy for somebody"),
    ("为260户困难老年人家庭实施改造,每户补助3000元",
     [("3000", "元/户", "困难老年人家庭", "每户补助3000元")], "for whom something is done"),
    ("申请人为独生子女的,按照每月2000元扣除",
     [("2000", "元/月", "独生子女", "每月2000元")], "what a person is"),
    ("纳税人的子女上学的支出,按每个子女每月1000元扣除",
     [("1000", "元/子女/月", "纳税人", "每个子女每月1000元")], "the subject of the sentence"),
    ("按每人每年6000元的标准给予企业培训补贴",
     [("6000", "元/人/年", "企业", "每人每年6000元")], "behind the sum"),
    ("给予返乡农民工一次性补贴5000元", [("5000", "元", "返乡农民工", "5000元")], "one sum"),
    ("每对夫妇一次性奖励3000元", [("3000", "元/对", "夫妇", "每对夫妇一次性奖励3000元")],
     "two that count as one"),
    # grades and trades, who share what is said before
    ("重度残疾人护理补贴标准一级每人每月120元、二级每人每月80元",
     [("120", "元/人/月", "重度残疾人一级", "每人每月120元"),
      ("80", "元/人/月", "重度残疾人二级", "每人每月80元")], "each grade with its own 每人"),
    ("对持证人员,初级工一次性奖励600元,高级技师一次性奖励900元",
     [("600", "元", "初级工", "600元"), ("900", "元", "高级技师", "900元")],
     "trades before what is done"),
    ("项目竣工一次性奖励5万元", [("5", "万元", "", "5万元")], "竣工 is no trade"),
    ("残疾人每人每月补贴60元(18周岁以下每人每月90元)",
     [("60", "元/人/月", "残疾人", "每人每月补贴60元"),
      ("90", "元/人/月", "18周岁以下", "每人每月90元")], "an age in brackets"),
    # the insured
    ("居民医保人均财政补助标准不低于每人每年580元",
     [("580", "元/人/年", "居民", "每人每年580元")], "保人 of 医保人均 is nobody"),
    ("提高城乡居民医保财政补助标准,2023年不低于每人每年640元",
     [("640", "元/人/年", "城乡居民", "每人每年640元")], "in the clause before"),
    ("城乡居民大病保险起付标准为1万元",
     [("1", "万元", "城乡居民", "1万元")], "where paying starts"),
    ("职工医保、居民医保支付比例分别达到85%和70%,年度限额分别为40万元和15万元",
     [("40", "万元/年", "职工", "40万元"), ("15", "万元/年", "居民", "15万元")],
     "each with its insurance"),
    ("低保对象年度救助限额为5万元", [("5", "万元/年", "低保对象", "5万元")], "before 年度"),
    ("个人缴费标准为每人每年350元",
     [("350", "元/人/年", "", "每人每年350元")], "whoever is meant, the row says"),
    ("发放个人账户养老金,最低标准为每人每月123元",
     [("123", "元/人/月", "", "每人每月123元")], "账户 is no household"),
    # what is done for them
    ("完成农村困难群众危房改造3万户,户均补助2万元",
     [("2", "万元/户", "农村困难群众", "户均补助2万元")], "whose houses are made good"),
    ("参训的脱贫劳动力,按每人每天50元给予补贴",
     [("50", "元/人/天", "参训的脱贫劳动力", "每人每天50元")], "劳动力 are persons"),
    ("对新建的养老中心,按照每平方米1000元的标准给予补贴,最高不超过150万元",
     [("1000", "元/平方米", "新建的养老中心", "每平方米1000元"),
      ("150", "万元", "新建的养老中心", "150万元")], "the limit of a sum is for the same"),
    # digits of full width
    ("孤儿每人每月１５００元。每次１．５万元",
     [("１５００", "元/人/月", "孤儿", "每人每月１５００元"),
      ("１．５", "万元/次", "", "每次１．５万元")],
     "digits of full width stay as printed"),
    # units
    ("每张床位2万元,每个托位1万元",
     [("2", "万元/张", "", "每张床位2万元"), ("1", "万元/托位", "", "每个托位1万元")],
     "things go by their measure word"),
    ("每人分摊的额度不超过每月1000元",
     [("1000", "元/人/月", "", "每人分摊的额度不超过每月1000元")], "units apart"),
    # what is no amount
    ("个人负担超过15000元的部分,给予救助", [], "a threshold"),
    ("投资500万元以上的项目", [], "who is meant, with 以上"),
    ("在结算年度内,对超过2万元的部分在80000元限额内补助",
     [("80000", "元/年", "", "80000元")], "a ceiling, and a threshold beside it"),
    ("每村每年补助5万元以上", [("5", "万元/村/年", "", "每村每年补助5万元")], "以上 alone"),
    # 分别: to each his own
    ("城镇和农村低保标准分别提高到每人每月800元和600元",
     [("800", "元/人/月", "城镇", "每人每月800元"), ("600", "元/人/月", "农村", "600元")],
     "in step"),
    ("小学、初中生均公用经费分别达到650元、850元",
     [("650", "元/生", "小学", "生均公用经费分别达到650元"), ("850", "元/生", "初中", "850元")],
     "in step, with 、"),
    ("职工和居民医保报销比例分别达到80%和70%,年度限额分别为人均收入的6倍和5倍；且分别不低于40万元和30万元",
     [("40", "万元/年", "职工", "40万元"), ("30", "万元/年", "居民", "30万元")],
     "the pair and the yearly ceiling stand before in the sentence"),
    ("小学、初中和高中标准分别达到650元和850元",
     [("650", "元", "", "650元"), ("850", "元", "", "850元")],
     "three names for two sums: not to be told"),
    ("职工和居民参保率分别提高。分别不低于40万元和30万元",
     [("40", "万元", "", "40万元"), ("30", "万元", "", "30万元")], "another sentence"),
    ("对一般、严重困难老年人，分别给予每人每月100元、200元的补贴",
     [("100", "元/人/月", "一般困难老年人", "每人每月100元"),
      ("200", "元/人/月", "严重困难老年人", "200元")],
     "the noun that they share is written out"),
    ("对收住失能、半失能老年人的民办机构，分别按每人每月200元、100元补贴",
     [("200", "元/人/月", "收住失能老年人的民办机构", "每人每月200元"),
      ("100", "元/人/月", "收住半失能老年人的民办机构", "100元")],
     "a verb before the first holds for all"),
    ("对护理员技师、高级技师分别奖励2000元、3000元",
     [("2000", "元", "护理员技师", "2000元"), ("3000", "元", "护理员高级技师", "3000元")],
     "so does the person before the first"),
    ("全护理、半护理特困人员照料护理标准分别为900元/人·月、300元/人·月",
     [("900", "元/人/月", "全护理特困人员", "900元/人·月"),
      ("300", "元/人/月", "半护理特困人员", "300元/人·月")],
     "without what they get"),
    ("研究生、本科生和专科生每人每月分别给予1500元、1000元和800元",
     [("1500", "元/人/月", "研究生", "每人每月分别给予1500元"),
      ("1000", "元/人/月", "本科生", "1000元"), ("800", "元/人/月", "专科生", "800元")],
     "no group of two within a group of three"),
    ("对考核优秀、良好的服务站，分别奖励2万元、1万元",
     [("2", "万元", "考核优秀的服务站", "2万元"), ("1", "万元", "良好的服务站", "1万元")],
     "what stands behind 的 is shared"),
    ("对家庭和机构分别补助2000元、1000元",
     [("2000", "元", "家庭", "2000元"), ("1000", "元", "机构", "1000元")], "nothing is shared"),
    ("困难残疾人生活补贴和重度残疾人护理补贴标准分别提高到每人每月90元和100元",
     [("90", "元/人/月", "困难残疾人", "每人每月90元"), ("100", "元/人/月", "重度残疾人", "100元")],
     "each with what he gets"),
    ("供养人员集中供养、分散供养标准分别达到每人每年1200元、900元",
     [("1200", "元/人/年", "供养人员集中供养", "每人每年1200元"),
      ("900", "元/人/年", "供养人员分散供养", "900元")],
     "the person before the way"),
    ("80至89周岁、90周岁及以上老年人，每人每月分别发放100元、200元",
     [("100", "元/人/月", "80至89周岁老年人", "每人每月分别发放100元"),
      ("200", "元/人/月", "90周岁及以上老年人", "200元")],
     "及以上 joins nothing"),
    ("对被认定为省级、市级基地的，分别给予60万元、30万元",
     [("60", "万元", "省级基地", "60万元"), ("30", "万元", "市级基地", "30万元")],
     "how they came to be it"),
    ("死亡、重伤人员分别给予30万元、5万元",
     [("30", "万元", "死亡人员", "30万元"), ("5", "万元", "重伤人员", "5万元")],
     "words of one length"),
    # classes, heads and subjects
    ("走读生：小学每生每年500元，初中每生每年600元；寄宿生：小学每生每年900元",
     [("500", "元/生/年", "走读生小学", "每生每年500元"),
      ("600", "元/生/年", "走读生初中", "每生每年600元"),
      ("900", "元/生/年", "寄宿生小学", "每生每年900元")],
     "who stands before the colon"),
    ("走读生生活补助小学生500元/生·年", [("500", "元/生/年", "小学生", "500元/生·年")],
     "a class behind the benefit"),
    ("其中一档4000元、二档2000元",
     [("4000", "元", "一档", "4000元"), ("2000", "元", "二档", "2000元")],
     "a class is no part of the next one"),
    ("对小规模学校按照走读生每生每年300元增加经费",
     [("300", "元/生/年", "走读生", "每生每年300元")], "each of whom it is for"),
    ("对财政困难县（市、区）每县不少于500万元",
     [("500", "万元/县", "财政困难县（市、区）", "每县不少于500万元")], "a place gets it"),
    ("低保对象月保障标准提高到765元/人，月人均补差水平达到460元",
     [("765", "元/人/月", "低保对象", "765元/人"),
      ("460", "元/人/月", "低保对象", "月人均补差水平达到460元")],
     "how often stands before the standard, and the next sum is theirs too"),
    ("2021年补助标准为765元/人", [("765", "元/人", "", "765元/人")], "a year is not how often"),
    ("对遭遇急难的家庭先行救助，可直接审批；情形严重的，不超过5万元",
     [("5", "万元", "遭遇急难的家庭", "5万元")], "whom the sentence is about"),
    ("鼓励各地对三孩家庭婴幼儿入托给予每人每年300元补贴",
     [("300", "元/人/年", "三孩家庭婴幼儿", "每人每年300元")], "what they do is no part of it"),
    ("为5万户困难家庭实施改造，户均补助标准2000元",
     [("2000", "元/户", "困难家庭", "户均补助标准2000元")], "nor is how many they are"),
    ("民办机构，运营满一年后，给予每张床位5000元补助",
     [("5000", "元/张", "民办机构", "每张床位5000元")], "an institution heads the sentence"),
    ("村卫生室承担公共卫生任务,按照每服务1名常住人口不低于12元补助",
     [("12", "元/人", "村卫生室", "每服务1名常住人口不低于12元")], "each who is served"),
    ("企业每新招用1名登记失业人员,给予1000元补助",
     [("1000", "元/人", "企业", "1000元")], "for each stands in the clause before"),
    ("毕业生到基层就业的,给予每人3000元补贴",
     [("3000", "元/人", "毕业生", "每人3000元")], "a person with a clause of his own"),
    ("对获奖的个人奖励2000元,单位奖励1万元",
     [("2000", "元", "获奖的个人", "2000元"), ("1", "万元", "单位", "1万元")],
     "a reward in between"),
    ("对符合条件的家庭，按户每月发放补贴300元",
     [("300", "元/户/月", "符合条件的家庭", "按户每月发放补贴300元")], "按户 is by what"),
    ("事实无人抚养儿童参照散居孤儿标准，每人每月发放1100元",
     [("1100", "元/人/月", "事实无人抚养儿童", "每人每月发放1100元")],
     "whom they are treated like"),
    ("生均经费定额小学650元、初中850元",
     [("650", "元/生", "小学", "生均经费定额小学650元"), ("850", "元/生", "初中", "850元")],
     "the class behind the quota"),
    ("补贴标准为初级工每人1000元、中级工每人1500元",
     [("1000", "元/人", "初级工", "每人1000元"), ("1500", "元/人", "中级工", "每人1500元")],
     "the class behind the standard"),
    ("经费定额为普通高中每生每年600元、特殊教育学校每生每年900元",
     [("600", "元/生/年", "普通高中", "每生每年600元"),
      ("900", "元/生/年", "特殊教育学校", "每生每年900元")], "the class behind the quota is"),
    ("示范性标准化幼儿园每所补助5万元",
     [("5", "万元/所", "示范性标准化幼儿园", "每所补助5万元")], "标准化 is part of a name"),
    ("C级危房每户补助1万元、D级危房每户补助2万元",
     [("1", "万元/户", "C级危房", "每户补助1万元"), ("2", "万元/户", "D级危房", "每户补助2万元")],
     "grades of houses"),
    ("定向培养医学生学费补助标准为每生每年8000元",
     [("8000", "元/生/年", "定向培养医学生", "每生每年8000元")], "定向 gives to nobody"),
    ("到本市就业的博士、硕士每人每月分别给予1500元、800元补贴",
     [("1500", "元/人/月", "博士", "每人每月分别给予1500元"), ("800", "元/人/月", "硕士", "800元")],
     "where they have come to is no part of a name"),
    ("甲县、乙县和丙区农村低保标准由每人每月300元提高到320元",
     [("300", "元/人/月", "农村低保", "每人每月300元"), ("320", "元/人/月", "农村低保", "320元")],
     "nor are the places whose all they are"),
    ("农村特困供养：由每人每年5000元提高到5600元",
     [("5000", "元/人/年", "农村特困供养", "每人每年5000元"),
      ("5600", "元/人/年", "农村特困供养", "5600元")],
     "who stands before the colon"),
    ("散居孤儿由每人每月900元调整为每人每月1000元",
     [("900", "元/人/月", "散居孤儿", "每人每月900元"),
      ("1000", "元/人/月", "散居孤儿", "每人每月1000元")], "raised with its own words"),
    ("特困人员供养标准按低保标准的1.3倍确定，为每人每月900元",
     [("900", "元/人/月", "特困人员", "每人每月900元")], "how it is fixed stands between"),
    ("小学、普通初中、特教学校生均经费分别为650元、850元、6000元",
     [("650", "元/生", "小学", "生均经费分别为650元"), ("850", "元/生", "普通初中", "850元"),
      ("6000", "元/生", "特教学校", "6000元")], "schools that have no word in common"),
    ("因灾死亡人员家属抚慰金每人2万元",
     [("2", "万元/人", "因灾死亡人员家属", "每人2万元")], "those they leave"),
    ("对获评省级、市级示范社的，分别奖励5万元、3万元",
     [("5", "万元", "省级示范社", "5万元"), ("3", "万元", "市级示范社", "3万元")],
     "how they came to be it"),
    ("其他县市散居孤儿每人每月1100元",
     [("1100", "元/人/月", "散居孤儿", "每人每月1100元")], "all other places"),
    ("具有本区户籍的70—79周岁老年人每人每月50元",
     [("50", "元/人/月", "70—79周岁老年人", "每人每月50元")], "where they are at home"),
    ("为全区60周岁以上老年人免费购买意外险，保费每人每年20元",
     [("20", "元/人/年", "60周岁以上老年人", "每人每年20元")], "for whom it is bought"),
    ("护理标准：甲类每人每月100元，乙类每人每月200元",
     [("100", "元/人/月", "甲类", "每人每月100元"), ("200", "元/人/月", "乙类", "每人每月200元")],
     "classes behind a colon"),
    ("照护补贴：能力完好每人每月100元，中度受损每人每月200元",
     [("100", "元/人/月", "能力完好", "每人每月100元"),
      ("200", "元/人/月", "中度受损", "每人每月200元")], "sorts of any name in a list"),
    ("照护补贴：按月发放每人每月100元，另加伙食每人每月20元",
     [("100", "元/人/月", "", "每人每月100元"), ("20", "元/人/月", "", "每人每月20元")],
     "what is done is no sort"),
    ("百岁老人每人每月500元（其中市级200元）",
     [("500", "元/人/月", "百岁老人", "每人每月500元"), ("200", "元", "百岁老人", "200元")],
     "a part of it is theirs, too"),
    ("孤儿津贴由省、市财政分别负担600元、300元",
     [("600", "元", "孤儿", "600元"), ("300", "元", "孤儿", "300元")], "whose benefit is shared"),
    ("对困难老人中的轻度、重度失能老人，分别按每人每月100元、200元发放",
     [("100", "元/人/月", "轻度失能老人", "每人每月100元"),
      ("200", "元/人/月", "重度失能老人", "200元")],
     "those of whom they are some"),
    ("四级以上伤残人员，一级、二级补助标准分别为每人每月900元、800元",
     [("900", "元/人/月", "伤残人员一级", "每人每月900元"),
      ("800", "元/人/月", "伤残人员二级", "800元")],
     "grades of those of the clause before"),
    ("对新建幼儿园，按每个学位3000元补助；改建的，按每个学位1500元补助",
     [("3000", "元/学位", "新建幼儿园", "每个学位3000元"),
      ("1500", "元/学位", "改建的", "每个学位1500元")],
     "another sort whose noun is left out"),
    ("按服务人口每1000人补助2000元", [("2000", "元/1000人", "", "每1000人补助2000元")], "so many"),
    ("每万人补助3万元", [("3", "万元/万人", "", "每万人补助3万元")], "so many in words"),
    ("新增的人均6元经费全部用于乡镇卫生院",
     [("6", "元/人", "乡镇卫生院", "人均6元")], "whom it is used for"),
    # ceilings
    ("每人每年补助500元，最高不超过2000元",
     [("500", "元/人/年", "", "每人每年补助500元"), ("2000", "元", "", "2000元")],
     "a ceiling has no share in the unit"),
    ("给予每人每月不低于200元、最高不超过500元的补贴",
     [("200", "元/人/月", "", "每人每月不低于200元"), ("500", "元/人/月", "", "500元")],
     "but the upper end of a range has"),
    ("对新建的机构，每张床位补助1万元，同一机构累计补助最高不超过300万元",
     [("1", "万元/张", "新建的机构", "每张床位补助1万元"), ("300", "万元", "同一机构", "300万元")],
     "each of those who may get several sums"),
    ("困难儿童住院救治报销比例提高至80%，年度报销限额提高至4万元",
     [("4", "万元/年", "困难儿童", "4万元")], "the rate before says whose limit it is"),
    # brackets of their own
    ("推进转型。（甲局牵头，乙局配合）对改建床位的民办机构，每张床位补助2万元",
     [("2", "万元/张", "改建床位的民办机构", "每张床位补助2万元")], "a bracket is a sentence"),
    ("（甲局负责）对运营满两年的日间食堂，每处每年给予5万元",
     [("5", "万元/处/年", "运营满两年的日间食堂", "每处每年给予5万元")], "also the first one"),
    # what is counted
    ("区级对每个样板小区给予6万元奖励",
     [("6", "万元/个", "样板小区", "每个样板小区给予6万元")], "behind 每个"),
    ("按每个流动书屋每年1500元的标准补助",
     [("1500", "元/个/年", "流动书屋", "每个流动书屋每年1500元")], "behind 每个, each year"),
    ("每个村级服务站每年补助3万元",
     [("3", "万元/个/年", "村级服务站", "每个村级服务站每年补助3万元")], "村级 is no village"),
    ("每台由财政补助5万元", [("5", "万元/台", "", "每台由财政补助5万元")], "nothing behind 每台"),
    ("列入名录的重点剧本，省财政给予每部不超过20万元的补助",
     [("20", "万元/部", "列入名录的重点剧本", "每部不超过20万元")], "a work that is chosen"),
    # persons within longer words
    ("对中度失能老人居家照护训练，按每人每天30元支付",
     [("30", "元/人/天", "中度失能老人", "每人每天30元")], "what they undergo"),
    ("7岁以下听障儿童康复训练每人每年最高补助2万元",
     [("2", "万元/人/年", "7岁以下听障儿童", "每人每年最高补助2万元")], "so too before the sum"),
    ("市财政对省级传承人开展活动按每人每年5000元的标准补助",
     [("5000", "元/人/年", "省级传承人", "每人每年5000元")], "and between 对 and 按"),
    ("县级人民政府对参保人缴费给予补贴，标准不低于每人每年40元",
     [("40", "元/人/年", "参保人", "每人每年40元")], "the payer is not"),
    ("对参保居民的财政补助标准不低于每人每年700元",
     [("700", "元/人/年", "参保居民", "每人每年700元")], "nor before 补助"),
    ("经济困难的高龄、失智老年人养老服务补贴标准为每人每月80元",
     [("80", "元/人/月", "经济困难的高龄、失智老年人", "每人每月80元")], "补贴 of a service"),
    ("按75—79周岁老年人每人每月40元发放",
     [("40", "元/人/月", "75—79周岁老年人", "每人每月40元")], "an age behind 按"),
    ("公共卫生经费按常住人口每人每年90元安排",
     [("90", "元/人/年", "常住人口", "每人每年90元")], "a population"),
    ("全市城乡低保标准统一为每人每月810元",
     [("810", "元/人/月", "", "每人每月810元")], "the name of a benefit is nobody"),
    ("2018年人均经费补助标准为50元",
     [("50", "元/人", "", "人均经费补助标准为50元")], "年 of a date"),
    ("对低收入家庭按每平方米每月20元发放租赁补贴",
     [("20", "元/平方米/月", "低收入家庭", "每平方米每月20元")], "低收入 tells who, and is no sum"),
    # who is given, borrows, asks
    ("对民办园新增班级，按每班2万元的标准给予民办幼儿园一次性补贴",
     [("2", "万元/班", "民办幼儿园", "每班2万元")], "who is said to be given it"),
    ("对考核优秀的乡镇（街道）一次性奖励30万元",
     [("30", "万元", "考核优秀的乡镇（街道）", "30万元")], "a place"),
    ("个人担保贷款额度最高20万元；小微企业担保贷款额度最高200万元",
     [("20", "万元", "个人", "20万元"), ("200", "万元", "小微企业", "200万元")], "who borrows"),
    ("符合条件的返乡人员可申请最高15万元的贷款",
     [("15", "万元", "符合条件的返乡人员", "15万元")], "who may ask"),
    ("新建幼儿园9所，总投资6400万元", [("6400", "万元", "", "6400万元")], "what works cost"),
    ("支持新建床位的机构，安排补助80万元",
     [("80", "万元", "新建床位的机构", "80万元")], "whom it supports"),
    # what goes on
    ("首次开店的退役军人可申领6000元的补贴；每带动1人就业再奖励800元",
     [("6000", "元", "首次开店的退役军人", "6000元"),
      ("800", "元/人", "首次开店的退役军人", "每带动1人就业再奖励800元")], "once more"),
    ("实习单位每接收1名学员，每月补助900元；期满留用率超过50%的，每人再增加200元",
     [("900", "元/人/月", "实习单位", "每月补助900元"),
      ("200", "元/人", "实习单位", "每人再增加200元")],
     "whom it is counted by stands in the clause before"),
    ("企业新录用人员岗前培训，每人不超过500元",
     [("500", "元/人", "企业新录用人员", "每人不超过500元")], "a deed alone in its clause"),
    ("自由职业人员补贴标准不超过实际缴费的一半，每月不高于300元",
     [("300", "元/月", "自由职业人员", "每月不高于300元")], "what it is measured by"),
    ("60岁以上老人在社区食堂就餐每餐补贴2元",
     [("2", "元/餐", "60岁以上老人", "每餐补贴2元")], "where they are"),
    ("民办养老机构新建床位每张1万元、改建床位每张5000元",
     [("1", "万元/张", "民办养老机构", "每张1万元"),
      ("5000", "元/张", "民办养老机构", "每张5000元")],
     "another sort of the same"),
    ("80岁以上老人均可享受：80至89岁每月50元，90至99岁每月120元",
     [("50", "元/月", "80至89岁", "每月50元"), ("120", "元/月", "90至99岁", "每月120元")],
     "老人均可 is no mean"),
    ("根据入住老人的失能程度，分别按每人每月90元、180元的标准发放",
     [("90", "元/人/月", "", "每人每月90元"), ("180", "元/人/月", "", "180元")],
     "what it depends on"),
    ("签订劳动合同的护理员，大专学历补贴9000元",
     [("9000", "元", "签订劳动合同的护理员", "9000元")], "a trade"),
    ("对参加培训并取得初级、中级职业证书的人员，每人分别补贴700元、900元",
     [("700", "元/人", "参加培训并取得初级职业证书的人员", "每人分别补贴700元"),
      ("900", "元/人", "参加培训并取得中级职业证书的人员", "900元")], "and a second verb for all"),
    ("完全失能的每人每月900元，部分失能的每人每月450元",
     [("900", "元/人/月", "完全失能的", "每人每月900元"),
      ("450", "元/人/月", "部分失能的", "每人每月450元")], "those of one sort, by what they are"),
    ("男年满60岁、女年满55岁的每人每月80元；年满80岁的每人每月90元",
     [("80", "元/人/月", "男年满60岁、女年满55岁的", "每人每月80元"),
      ("90", "元/人/月", "年满80岁的", "每人每月90元")], "by their age"),
    ("符合条件的每人每月300元", [("300", "元/人/月", "", "每人每月300元")], "no sort of several"),
    ("对家境困难的学前儿童予以资助，标准为每生每年700元",
     [("700", "元/生/年", "家境困难的学前儿童", "每生每年700元")], "对 is no part of the name"),
    ("参保的失业人员按月领取失业保险金，标准为每人每月1500元",
     [("1500", "元/人/月", "参保的失业人员", "每人每月1500元")], "who draws it"),
    ("支持贫困对象开展危房改造，户均补助2万元",
     [("2", "万元/户", "贫困对象", "户均补助2万元")], "who is supported"),
    ("村级文化站开放补助标准为每站每年3万元",
     [("3", "万元/站/年", "村级文化站", "每站每年3万元")], "the house that is counted"),
    ("非遗进校园每场补助1000元", [("1000", "元/场", "", "每场补助1000元")], "a deed, and nobody"),
    ("新引进企业每家奖励5万元", [("5", "万元/家", "新引进企业", "每家奖励5万元")], "引进 is no 进"),
    ("市级传承人每人每年3000元，省级传承人市财政每人每年再补助1000元",
     [("3000", "元/人/年", "市级传承人", "每人每年3000元"),
      ("1000", "元/人/年", "省级传承人", "每人每年再补助1000元")], "the payer stands between"),
    ("按每人次80元的标准支付给评估机构",
     [("80", "元/人次", "评估机构", "每人次80元")], "who is paid, behind the sum"),
    ("按每人次80元向评估机构支付费用",
     [("80", "元/人次", "评估机构", "每人次80元")], "向 likewise"),
    ("每张床位建设补助不超过3000元",
     [("3000", "元/张", "", "每张床位建设补助不超过3000元")], "a bed is nobody"),
    ("农村低保人均月补差不低于260元",
     [("260", "元/人/月", "农村低保", "人均月补差不低于260元")], "月补差 says how often"),
    ("对一类县新建图书馆、文化馆的，省财政每馆补助200万元",
     [("200", "万元/馆", "一类县", "每馆补助200万元")], "the place that builds"),
    ("总投资5000万元的项目3个", [], "which works are meant"),
    # yearly ceilings
    ("城乡居民医保年度最高支付限额不低于20万元",
     [("20", "万元/年", "城乡居民", "20万元")], "a ceiling of an insurance"),
    ("大病保险年度封顶线为30万元", [("30", "万元/年", "", "30万元")], "封顶线"),
    ("列入年度预算,安排资金500万元", [("500", "万元", "", "500万元")], "年度 of a budget"),
    ("打造千亿元产业", [], "a name for an industry"),
    ("城乡二元体制", [], "a word with a numeral"),
    ("供给主体多元化", [], "元 is not money"),
    ("农民人均可支配收入达到12000元", [], "an income is an indicator"),
    ("元" * 20, [], "no number"),
]  # fmt: skip


def sums(amounts: tuple[Money, ...], text: str) -> list[tuple[str, str, str, str]]:
    return [(m.amount, m.unit, m.beneficiary, m.span.of(text)) for m in amounts]


@pytest.mark.parametrize(("text", "expected", "reason"), AMOUNTS, ids=[a[2] for a in AMOUNTS])
def test_read_amounts(text: str, expected: list[tuple[str, str, str, str]], reason: str) -> None:
    assert sums(read_amounts(text, 0), text) == expected, reason


def test_amounts_keep_their_offset() -> None:
    (money,) = read_amounts("每人100元", 7)
    assert (money.span.start, money.span.end) == (7, 13)


# --- Any text -----------------------------------------------------------------------------

PIECES = (
    "中央 地方 财政 省 市、县 县(区 由 在 从 按 8∶2 60% 一半 各 其余 分别 承担 补助 缴纳 "
    "全额 的 、 和 "
    "， 。 ； ： （ ） “ ” 资金 工资总额 不 第一档 每人 每月 100 1,000 元 万 / 年 费率 "
    "个人 基金 中 列支"
)
WORDS = st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(WORDS | st.text(max_size=60))
def test_offsets_never_lie(text: str) -> None:
    page = "文" + text
    for share in read_shares(text, 1, VOCABULARY):
        assert 1 <= share.span.start < share.span.end <= len(page)
        assert share.payer
        assert not any(character.isspace() for character in share.payer + share.condition)
        assert share.share is None or Decimal(share.share) >= 0
    for money in read_amounts(text, 1):
        assert 1 <= money.span.start < money.span.end <= len(page)
        assert money.amount in "".join(money.span.of(page).split())
