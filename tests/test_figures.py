"""The grammar of figures: case tables of (text, expected), with the reason beside each row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pskg.extract.grammar.figure_cells import Value, read_value, split_name_and_unit
from pskg.extract.grammar.figures import Figure, read_figures
from pskg.model import Comparator, IndicatorKind

EQ, GE, LE = Comparator.EQUAL, Comparator.AT_LEAST, Comparator.AT_MOST
GT, LT = Comparator.MORE, Comparator.LESS
BELOW = Comparator.BELOW_NATIONAL_AVERAGE


def brief(figures: tuple[Figure, ...]) -> list[tuple[str, str, str]]:
    """Name, figure with its comparator, unit."""
    return [
        (
            figure.name,
            ("" if figure.comparator is EQ else figure.comparator) + figure.value,
            figure.unit,
        )
        for figure in figures
    ]


NAME_FIRST = [
    # a verb of reaching
    ("到2020年,普惠性幼儿园覆盖率达到80%。", [("普惠性幼儿园覆盖率", "80", "%")]),
    ("普惠性幼儿园覆盖率达85%", [("普惠性幼儿园覆盖率", "85", "%")]),
    ("适龄儿童疫苗接种率逐步达到90%以上", [("适龄儿童疫苗接种率", ">=90", "%")]),
    ("建档率逐步达到85%", [("建档率", "85", "%")]),
    ("参保人数在26.5万人左右", [("参保人数", "26.5", "万人")]),
    ("婴儿死亡率降低到6‰以下", [("婴儿死亡率", "<=6", "‰")]),
    ("初中生年辍学率在12%以下", [("初中生年辍学率", "<=12", "%")]),
    ("人均体育场地面积达到1.6平方米以上", [("人均体育场地面积", ">=1.6", "平方米")]),
    ("全科医生数达到2名及以上", [("全科医生数", ">=2", "名")]),
    # words and signs of comparison before the number
    ("站点覆盖率不低于75%", [("站点覆盖率", ">=75", "%")]),
    ("小学班额不超过45人", [("小学班额", "<=45", "人")]),
    ("合格率超过90%", [("合格率", ">90", "%")]),
    ("优良天数占全年比例≥65%", [("优良天数占全年比例", ">=65", "%")]),
    ("新生儿访视率﹥95%", [("新生儿访视率", ">95", "%")]),
    ("失业率控制在4%以内", [("失业率", "<=4", "%")]),
    ("小学辍学率控制在0.2%", [("小学辍学率", "<=0.2", "%")]),  # 控制在 is an upper bound
    ("药占比控制在30%左右", [("药占比", "30", "%")]),  # but 左右 is about
    ("藏书100余万册", [("藏书", ">100", "万册")]),  # more than
    ("满意度≥85分", [("满意度", ">=85", "分")]),
    # no verb at all
    ("示范性高中35所左右", [("示范性高中", "35", "所")]),
    ("城镇登记失业率4.5%以内", [("城镇登记失业率", "<=4.5", "%")]),
    ("每千名老人拥有养老床位35张", [("每千名老人拥有养老床位", "35", "张")]),
    ("实现大学区覆盖率100%的目标", [("大学区覆盖率", "100", "%")]),  # 的目标 may follow
    ("行政村卫生室覆盖率：100%；", [("行政村卫生室覆盖率", "100", "%")]),  # a colon for a verb
    # units: a scale of ten thousand, brackets, per cent in words
    ("培训残疾人4000人(次),参加考试", [("培训残疾人", "4000", "人(次)")]),
    ("孕产妇死亡率下降到18/10万以下", [("孕产妇死亡率", "<=18", "/10万")]),
    ("新增就业8,400人以上", [("新增就业", ">=8,400", "人")]),
    ("新增就业8，400人以上", [("新增就业", ">=8，400", "人")]),  # a full-width comma, as printed
    ("比例不少于1/3。", []),  # a bare 比例 names nothing
    ("每年国产新片(上映不超过2年)比例不少于1/3", [("国产新片(上映不超过2年)比例", ">=1/3", "")]),
    ("人均期望寿命达到768岁", [("人均期望寿命", "768", "岁")]),  # a lost point stays lost
    ("死亡率降低到1510万以下", [("死亡率", "<=1510", "万")]),
    ("平均受教育年限提高到11.3年", [("平均受教育年限", "11.3", "年")]),
    ("生产总值年均增长7%以上", [("生产总值年均增长", ">=7", "%")]),  # growth is part of the name
    ("健康素养水平比2015年提高5个百分点", [("健康素养水平", "5", "个百分点")]),
    # numbers within names
    ("居民20分钟到达医疗机构比例达95%", [("居民20分钟到达医疗机构比例", "95", "%")]),
    ("65岁及以上老年人健康管理率逐步达到70%", [("65岁及以上老年人健康管理率", "70", "%")]),
    ("0—6岁儿童健康管理率达到90%", [("0—6岁儿童健康管理率", "90", "%")]),
    ("站点500覆盖率不低于75%", [("站点500覆盖率", ">=75", "%")]),
    # what stands before a name is left out, what only looks so is not
    ("力争实现全市学前三年毛入园率达到90%左右", [("全市学前三年毛入园率", "90", "%")]),
    ("将居民医保支付比例提高到50%以上", [("居民医保支付比例", ">=50", "%")]),
    ("推动劳动合同签订率达到90%以上", [("劳动合同签订率", ">=90", "%")]),
    ("建成区绿化覆盖率达37%", [("建成区绿化覆盖率", "37", "%")]),  # 建成区 is a noun
    ("基本养老保险参保率达到95%", [("基本养老保险参保率", "95", "%")]),  # so is 基本养老保险
    ("其中达到优秀标准的人数占25%以上", [("达到优秀标准的人数", ">=25", "%")]),
    ("医保功能达到95%", [("医保功能", "95", "%")]),  # 能 is not the adverb here
    ("医疗费用人均达到95分", [("医疗费用人均", "95", "分")]),  # nor is 均
    ("一是夯实基础。二是新建卫生室40个", [("卫生室", "40", "个")]),
    # verbs of building are no part of what is counted
    ("每年新开工建设托育园15所", [("托育园", "15", "所")]),
    ("新建、改扩建中小学30所", [("中小学", "30", "所")]),
    ("新（改、扩）建公厕80座", [("公厕", "80", "座")]),
    ("建设标准化村卫生室120个", [("标准化村卫生室", "120", "个")]),
    ("改扩建乡镇卫生院12所", [("改扩建乡镇卫生院", "12", "所")]),  # they are there already
    ("新建商品房面积达到100万平方米", [("新建商品房面积", "100", "万平方米")]),  # which houses
    ("新建住宅区体育设施覆盖率达到95%", [("新建住宅区体育设施覆盖率", "95", "%")]),
    ("新建小区配建幼儿园10所", [("新建小区配建幼儿园", "10", "所")]),  # where they stand
    ("新建项目20个", [("新建项目", "20", "个")]),  # a kind of project
    # the whole region, where it stands before the noun
    ("全省每千名老年人拥有床位40张", [("全省每千名老年人拥有床位", "40", "张")]),
    ("全县每万人口全科医生数达到3人", [("全县每万人口全科医生数", "3", "人")]),
    ("全市每年新增就业2万人", [("新增就业", "2", "万人")]),  # not before how often
    ("每学期家访率达到90%", [("家访率", "90", "%")]),  # how often is no part of a name
    # 累计 has a column of its own
    ("全市累计培训农民5万人次", [("全市培训农民", "5", "万人次")]),
    ("城镇新增就业（累计）5万人", [("城镇新增就业", "5", "万人")]),
    ("4.体育锻炼人数比例达到45%", [("体育锻炼人数比例", "45", "%")]),
    # brackets and quotation marks inside, one of them lost
    (
        "“三馆一站”(图书馆、文化馆)覆盖率达到100%",
        [("“三馆一站”(图书馆、文化馆)覆盖率", "100", "%")],
    ),
    ("文化站（室覆盖率达到95％", [("文化站（室覆盖率", "95", "%")]),
    (
        "达到《国民体质测定标准》合格人数比例超过90%",
        [("达到《国民体质测定标准》合格人数比例", ">90", "%")],
    ),
    # several in one clause
    (
        "体育总会覆盖率达到100%、老年人体育协会覆盖率达到90%",
        [("体育总会覆盖率", "100", "%"), ("老年人体育协会覆盖率", "90", "%")],
    ),
    ("广播、电视人口综合覆盖率达到99%", [("广播、电视人口综合覆盖率", "99", "%")]),
    # the name in the clause before
    ("高中阶段毛入学率,达到96%以上", [("高中阶段毛入学率", ">=96", "%")]),
    (
        "森林覆盖率提高2个百分点,达到35%",
        [("森林覆盖率", "2", "个百分点"), ("森林覆盖率", "35", "%")],
    ),
    ("毛入园率达到96%以上,超过省定的93%水平", [("毛入园率", ">=96", "%")]),  # the province's figure
    # what a share is measured by is no part of the name, 占 is
    ("仪器装备达到国家配置标准的80%", [("仪器装备", "80", "%")]),
    ("人均支出达到全省平均水平的90%以上", [("人均支出", ">=90", "%")]),
    ("绿地面积占城区面积的40%", [("绿地面积占城区面积", "40", "%")]),
    ("供养标准不低于农村人均纯收入65%", [("供养标准", ">=65", "%")]),
    ("占全部人口的比例达到20%", [("占全部人口的比例", "20", "%")]),
    # the average of the country
    ("孕产妇死亡率低于全国平均水平", [("孕产妇死亡率", BELOW + "低于全国平均水平", "")]),
    # money, where an indicator of money is named
    ("城乡居民人均可支配收入达到3万元", [("城乡居民人均可支配收入", "3", "万元")]),
]

FIGURE_FIRST = [
    ("完成28373户农村危房改造任务", [("农村危房改造", "28373", "户")]),
    (
        "建成10个社区日间照料中心和10个医养结合养老院",
        [("社区日间照料中心", "10", "个"), ("医养结合养老院", "10", "个")],
    ),
    ("建设10个示范专业,2个专业群", [("示范专业", "10", "个"), ("专业群", "2", "个")]),
    (
        "至少设置1个孕产妇救治中心和1个新生儿救治中心",  # 至少 goes for both
        [("孕产妇救治中心", ">=1", "个"), ("新生儿救治中心", ">=1", "个")],
    ),
    ("每个乡镇至少办好1所公办幼儿园", [("公办幼儿园", ">=1", "所")]),
    ("每个旗办好1-2所公立医院", [("公立医院", "1-2", "所")]),  # a range as printed
    ("每个街道至少有1所政府举办的社区卫生机构", [("政府举办的社区卫生机构", ">=1", "所")]),
    ("建成1所以上(含1所)康复服务中心", [("康复服务中心", ">=1", "所")]),
    ("建成185公里生态景观林带", [("生态景观林带", "185", "公里")]),
    ("建立3个培训、就业和创业基地", [("培训、就业和创业基地", "3", "个")]),
    ("建设30个文化广场、完善服务体系", [("文化广场", "30", "个")]),  # the next work begins
    ("加强10个重点学科建设", [("重点学科建设", "10", "个")]),  # the work itself is counted
    # one is not two
    ("改造1所综合医院和省立医院", [("改造综合医院", "1", "所")]),
    ("建设1个图书馆和市文化馆", [("图书馆", "1", "个")]),
    ("建立1个养老和托育中心", [("养老和托育中心", "1", "个")]),  # one that is both
    ("升级改造2所高中和职业高中", [("升级改造高中和职业高中", "2", "所")]),  # perhaps both
    # shares of a whole: the name says what they do
    ("力争90%高中完成达标建设", [("高中完成达标建设", "90", "%")]),
    ("70%以上的劳动争议通过调解解决", [("劳动争议通过调解解决", ">=70", "%")]),
    ("不低于60%的乡镇建有日间照料中心", [("乡镇建有日间照料中心", ">=60", "%")]),
    ("卫生院和75%的村卫生室具备中医药服务能力", [("村卫生室具备中医药服务能力", "75", "%")]),
    ("百分之九十五以上的行政村通客车", [("行政村通客车", ">=九十五", "%")]),
    ("九成以上的村有卫生室", [("村有卫生室", ">=九", "成")]),
    # the figure within its name
    ("实现乡镇100%全覆盖", [("乡镇全覆盖", "100", "%")]),
    ("育龄人群100%免费享有检查服务", [("育龄人群免费享有检查服务", "100", "%")]),
    # verbs that stay
    ("扶持78名残疾人发展生产", [("扶持残疾人发展生产", "78", "名")]),
    ("为250名残疾人提供技能培训", [("为残疾人提供技能培训", "250", "名")]),
    ("对1000人次残疾人托养服务予以补贴", [("残疾人托养服务", "1000", "人次")]),
    ("通过卫星提供不少于17套广播节目", [("通过卫星提供广播节目", ">=17", "套")]),
    # of what is used the verb stays, but not by whom or how often
    ("每月观看1场以上电影", [("观看电影", ">=1", "场")]),
    ("居民每半年参观1个以上展览", [("参观展览", ">=1", "个")]),
    ("倡导市民掌握2种以上急救技能", [("掌握急救技能", ">=2", "种")]),
    ("居民人均享有3平方米体育场地", [("人均享有体育场地", "3", "平方米")]),  # 人均 stays
    (
        "每周参加3次以上、每次不少于30分钟的体育锻炼",  # the first has its noun later
        [("参加体育锻炼", ">=3", "次"), ("体育锻炼", ">=30", "分钟")],
    ),
    (
        "每年开展不少于2次、每次保证2小时专业的应急演练活动",  # 专业的 goes with the second
        [("开展应急演练活动", ">=2", "次"), ("专业的应急演练活动", "2", "小时")],
    ),
    ("保证学生每天1小时校园体育活动", [("校园体育活动", "1", "小时")]),
    # of what is provided for somebody the noun is enough, but not of how
    ("为农村群众每年提供不少于12场电影", [("电影", ">=12", "场")]),
    ("向困难家庭提供200套公租房", [("公租房", "200", "套")]),
    ("免费提供1000个就业岗位", [("就业岗位", "1000", "个")]),
    ("通过购买服务提供500个公益性岗位", [("通过购买服务提供公益性岗位", "500", "个")]),
    # building with rebuilding is building, rebuilding alone keeps its verb
    ("新建、改扩建30所幼儿园", [("幼儿园", "30", "所")]),
    ("改扩建12所卫生院", [("改扩建卫生院", "12", "所")]),
    # shares with one predicate
    (
        "90%以上的行政村和95%以上的社区建有服务中心",
        [("行政村建有服务中心", ">=90", "%"), ("社区建有服务中心", ">=95", "%")],
    ),
    (
        "60%的小学、70%的初中和80%的高中配备心理教师",
        [
            ("小学配备心理教师", "60", "%"),
            ("初中配备心理教师", "70", "%"),
            ("高中配备心理教师", "80", "%"),
        ],
    ),
    (
        "100%的乡镇和98%的行政村通客车",
        [("乡镇通客车", "100", "%"), ("行政村通客车", "98", "%")],
    ),
    (
        "90%的高中完成达标和80%的初中建有食堂",  # the first has its own
        [("高中完成达标", "90", "%"), ("初中建有食堂", "80", "%")],
    ),
    # shares with one subject
    (
        "行政村100%通宽带和100%有卫生室",
        [("行政村通宽带", "100", "%"), ("行政村有卫生室", "100", "%")],
    ),
    (
        "乡镇100%通公路、100%的学校达标",  # the second has its own
        [("乡镇通公路", "100", "%"), ("学校达标", "100", "%")],
    ),
    # a bracket behind a slogan with a number says what it means
    (
        "实现“三个100%”目标（100%的乡镇建有文化站、行政村100%通广播和100%有书屋）",
        [
            ("乡镇建有文化站", "100", "%"),
            ("行政村通广播", "100", "%"),
            ("行政村有书屋", "100", "%"),
        ],
    ),
    (
        "到2025年,实现“两个九成”(签约率达到90%、满意率达到90%)",
        [("签约率", "90", "%"), ("满意率", "90", "%")],
    ),
]

SHARED = [
    # 均: one figure for each name
    ("传染病报告率和报告及时率均达到95%", [("传染病报告率", "95", "%"), ("报告及时率", "95", "%")]),
    ("管理率和治疗率逐步均达到80%以上", [("管理率", ">=80", "%"), ("治疗率", ">=80", "%")]),
    (
        "城乡污水接纳率和处理率均达90%以上",
        [("城乡污水接纳率", ">=90", "%"), ("城乡污水处理率", ">=90", "%")],
    ),
    ("目标人群覆盖率均达到80%", [("目标人群覆盖率", "80", "%")]),
    # 分别: in step
    (
        "覆盖率、巩固率分别达到95%和99%以上",
        [("覆盖率", "95", "%"), ("巩固率", ">=99", "%")],
    ),
    (
        "镇、社区劳动就业服务平台网络覆盖分别达到100%、90%",
        [("镇劳动就业服务平台网络覆盖", "100", "%"), ("社区劳动就业服务平台网络覆盖", "90", "%")],
    ),
    (
        "职工和城乡居民基本医疗保险支付比例分别稳定在80%和75%左右",
        [("职工基本医疗保险支付比例", "80", "%"), ("城乡居民基本医疗保险支付比例", "75", "%")],
    ),
    (
        "城镇、农村居民人均可支配收入年均分别增长7.5%和8.5%",
        [
            ("城镇居民人均可支配收入年均增长", "7.5", "%"),
            ("农村居民人均可支配收入年均增长", "8.5", "%"),
        ],
    ),
    # a pair of names, said of the figures that follow in the sentence
    (
        "职工和居民医保报销比例分别达到80%和70%,年度限额分别提高到平均工资的6倍左右和人均收入的8倍",
        [
            ("职工医保报销比例", "80", "%"),
            ("居民医保报销比例", "70", "%"),
            ("职工医保年度限额", "6", "倍"),
            ("居民医保年度限额", "8", "倍"),
        ],
    ),
    (
        "小学和初中巩固率分别达到99%和98%;班额分别控制在45人和50人以内",
        [
            ("小学巩固率", "99", "%"),
            ("初中巩固率", "98", "%"),
            ("小学班额", "<=45", "人"),
            ("初中班额", "<=50", "人"),
        ],
    ),
    (
        "覆盖率和巩固率分别达到95%和99%,班额分别控制在45人和50人",  # two names are no subjects
        [
            ("覆盖率", "95", "%"),
            ("巩固率", "99", "%"),
            ("班额", "<=45", "人"),
            ("班额", "<=50", "人"),
        ],
    ),
    (
        "孕产妇死亡率和婴儿死亡率分别控制在18/10万和7.5‰以内",
        [("孕产妇死亡率", "<=18", "/10万"), ("婴儿死亡率", "<=7.5", "‰")],
    ),
]

NOTHING = [
    "国发〔2016〕48号文件第3条规定",  # numbers of documents
    "第三批10个试点县启动",  # no verb that makes them
    "年满60周岁的老年人",  # an age
    "65岁及以上老年人",
    "做到三个协调:生均资源协调",  # a slogan
    "按不低于70%的比例给予救助",  # rates of a rule
    "按照不低于岗位总数30%的比例招用残疾人",
    "专项资金按5%的比例提取",
    "人工服务为5×8小时",  # working hours
    "提供7×24小时热线服务",
    "实现灾后12小时内受灾人员得到救助",  # time limits
    "办理时限不超过20天",
    "服务半径不超过500米",  # distances
    "加强3所高水平医院、21个医学中心及60个专科的人才队伍建设",  # places that are there
    "加强5个重点实验室的能力建设",
    "支持3个贫困县的基础设施建设",
    "服务“一老一小”(60岁以上老人和3岁以下婴幼儿)",  # a slogan explained by ages
    "覆盖率(90%的乡镇有卫生院)",  # a bracket behind no slogan
    "落实“10分钟健身圈”建设",  # in quotation marks
    "每人每月补贴100元",  # amounts
    "每年安排不少于1亿元",
    "投资5亿元",
    "拨打12345热线",
    "中央和地方财政按8∶2比例分担",
    "缴纳工资总额的19%",
    "用人单位费率不超过0.5%",
    "本领域服务项目共8项,具体包括:甲、乙",  # counts of parts
    "包括公共教育等八个领域的81个项目",
    "做好健康教育等12项工作",
    "经第29次常务会议通过",
    "对留用率达到50%以上的单位提高补贴",  # a condition
    "覆盖所有人口超过2000人的乡镇",
    "在当地城镇居住6个月以上,可以申领",
    "家庭经济困难幼儿(占在园幼儿数3%)",  # an aside
    "打造30分钟医疗服务圈",
    "PM2.5平均浓度",
    "3A级景区建设,2017-2020年规划",
    "二氧化硫排放量均控制在国家下达指标内",  # no figure
    "网址www.example.cn,电话0750-5565827",
    "新增就业2 000人",  # two numbers or one: not to be told
    "%",
    "95%",
    "达到95%",
    "",
]


@pytest.mark.parametrize(("text", "expected"), NAME_FIRST + FIGURE_FIRST + SHARED)
def test_reads_names_and_figures(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert brief(read_figures(text, 0)) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_reads_nothing(text: str) -> None:
    assert read_figures(text, 0) == ()


YEARS = [
    ("到2020年,A县就业率达到95%,入园率达到90%。", [2020, 2020]),  # through the sentence
    ("到2020年,普及学前教育。入园率达到90%。", [2020]),  # a year that opens goes on
    ("力争到2020年床位数达到3张。入园率达到90%。", [2020, None]),  # one in passing does not
    ("2015年底全市持卡率达92%", [2015]),
    ("2018年底前参保率达到90%,到2020年,巩固率达到95%", [2018, 2020]),
    ("管理率2018年达到67%,2020年达到70%", [2018, 2020]),  # the name goes on
    ("到2018年和2020年,覆盖率分别达到75%和85%", [2018, 2020]),
    ("“十三五”末实现城镇新增就业15万人", [2020]),
    ("到十四五末,参保率达到95%", [2025]),
    ("“十三五”期间,目标人群覆盖率达到80%", [None]),  # a period is not a year
    ("2016—2020年,新增就业5万人", [2020]),  # the end of a range
    ("比2015年提高5个百分点的目标,覆盖率达到50%", [None]),  # a year to compare with
    ("自2016年5月1日起,参保率达到95%", [None]),
    ("到2020年12月底,参保率达到95%", [2020]),
    ("按照《纲要(2009-2020年)》,参保率达到95%", [None]),
    ("52015年,参保率达到95%", [None]),  # whether a number sticks to the year is told elsewhere
    ("到２０２０年，参保率达到９５％", [2020]),
    ("参保率到2020年达到95%", [2020]),
]


@pytest.mark.parametrize(("text", "expected"), YEARS)
def test_years(text: str, expected: list[int | None]) -> None:
    assert [figure.year for figure in read_figures(text, 0)] == expected


def test_year_given_by_the_caller_is_the_last_resort() -> None:
    text = "参保率达到95%。到2025年,巩固率达到96%"
    assert [figure.year for figure in read_figures(text, 0, year=2020)] == [2020, 2025]


KINDS = [
    ("截至2015年,巩固率达到99%,入园率达到85%。", "", "bb"),  # through the sentence
    ("截至2015年,巩固率达到99%。入园率达到85%。到2020年,入园率达到95%。", "", "bbt"),
    ("目前,全市现有学校300所", "", "b"),
    ("参保率已达95%以上", "", "b"),
    ("已建工会的企业集体合同签订率达到80%", "", "t"),  # 已建 is part of the name
    ("已建成居住区达标率达到90%", "", "t"),
    ("2015年,入园率达到85%", "一、发展基础", "b"),  # told by the heading
    ("到2020年,入园率达到95%", "一、发展基础", "t"),  # but not where it looks forward
    ("2015年,入园率达到85%", "夯实基层基础", "t"),  # a work, not a review
    ("2020年基本完成现有危房改造500户", "", "t"),  # 现有 is part of the name
    ("比例由2015年的36%提高到2020年的100%", "", ""),  # 比例 alone is no name
    ("均衡县比例由2015年的36%提高到2020年的100%", "", "bt"),
]


@pytest.mark.parametrize(("text", "heading", "expected"), KINDS)
def test_kinds(text: str, heading: str, expected: str) -> None:
    figures = read_figures(text, 0, heading=heading)
    assert "".join(figure.kind.value[0] for figure in figures) == expected


def test_old_and_new_figure_have_their_own_years() -> None:
    old, new = read_figures("均衡县比例由2015年的36%提高到2020年的100%", 0)
    assert (old.value, old.year, old.kind) == ("36", 2015, IndicatorKind.BASELINE)
    assert (new.value, new.year, new.kind) == ("100", 2020, IndicatorKind.TARGET)
    assert old.name == new.name == "均衡县比例"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("累计城镇新增就业20万人", True),
        ("城镇累计新增就业8,400人以上", True),
        ("城镇新增就业（累计）5万人", True),
        ("全市累计培训5万名新增就业人员", True),
        ("城镇新增就业累计达到5000万人", True),
        ("城镇新增就业20万人", False),
    ],
)
def test_cumulative(text: str, expected: bool) -> None:
    (figure,) = read_figures(text, 0)
    assert figure.cumulative is expected
    assert "新增就业" in figure.name


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("力争到2020年每千名儿童床位达到3张。", "到2020年每千名儿童床位达到3张"),  # from the year
        ("到2020年,实现巩固率达到95%以上的目标", "巩固率达到95%以上"),
        ("每个乡镇办好1所卫生院。", "每个乡镇办好1所卫生院"),
        ("巩固率 达\n到 95 % 以上,等", "巩固率 达\n到 95 % 以上"),  # broken over lines
    ],
)
def test_spans(text: str, quote: str) -> None:
    (figure,) = read_figures(text, 100)
    assert text[figure.span.start - 100 : figure.span.end - 100].removeprefix("力争") == quote


def test_white_space_is_of_no_account_and_leaves_the_name() -> None:
    (figure,) = read_figures("义务教育\n\n  巩固\u3000率\xa0达 到９５．５ ％ 以上", 0)
    assert (figure.name, figure.value, figure.unit) == ("义务教育巩固率", "９５．５", "%")


def test_a_number_broken_over_two_lines_is_one() -> None:
    assert brief(read_figures("完成28\n373户农村危房改造", 0)) == [("农村危房改造", "28373", "户")]


def test_a_numbered_line_starts_anew() -> None:
    text = "1.参保率达98%\n\n2.居民医保补助标准提高。\n3.巩固率达到95%"
    assert [figure.name for figure in read_figures(text, 0)] == ["参保率", "巩固率"]


def test_reading_starts_behind_a_heading_that_runs_on() -> None:
    text = "4.提高居民身体素质经常参加锻炼的人数比例达到45%以上"
    (figure,) = read_figures(text, 0, heading="提高居民身体素质")
    assert figure.name == "经常参加锻炼的人数比例"


VALUES = [
    ("93", Value("93", "", EQ, False)),
    ("﹥98", Value("98", "", GT, False)),
    (">95", Value("95", "", GT, False)),
    ("＜0.5", Value("0.5", "", LT, False)),
    ("≥65", Value("65", "", GE, False)),
    (">=90", Value("90", "", GE, False)),
    ("≤ 4.5 %", Value("4.5", "%", LE, False)),
    ("【15.8339】", Value("15.8339", "", EQ, True)),
    ("【 14.5723】", Value("14.5723", "", EQ, True)),
    ("【1.20】", Value("1.20", "", EQ, True)),  # the last nought stays
    ("【30", Value("30", "", EQ, True)),  # its closing bracket lost
    ("[12.5]", Value("12.5", "", EQ, True)),
    ("3.5*", Value("3.5", "", EQ, True)),
    ("累计20", Value("20", "", EQ, True)),
    ("100（累计）", Value("100", "", EQ, True)),
    ("[1000]万人", Value("1000", "万人", EQ, True)),
    ("98以上", Value("98", "", GE, False)),
    ("98.5%以上", Value("98.5", "%", GE, False)),
    ("4以内", Value("4", "", LE, False)),
    ("不低于30", Value("30", "", GE, False)),
    ("约5", Value("5", "", EQ, False)),
    ("100左右", Value("100", "", EQ, False)),
    ("1.5万", Value("1.5", "万", EQ, False)),
    ("8,400", Value("8,400", "", EQ, False)),
    ("18/10万", Value("18", "/10万", EQ, False)),
    ("1/3", Value("1/3", "", EQ, False)),
    ("85-90", Value("85-90", "", EQ, False)),
    ("-0.5", Value("-0.5", "", EQ, False)),
    ("20(预期性)", Value("20", "", EQ, False)),
    ("５０", Value("５０", "", EQ, False)),  # as printed
    ("低于全国平均值", Value("低于全国平均值", "", BELOW, False)),
    ("低于全国\n平均水平", Value("低于全国平均水平", "", BELOW, False)),
    ("全国平均水平", None),  # at it, above it or below: not said
    ("-", None),
    ("—", None),
    ("", None),
    ("逐步提高", None),
    ("3个月内完成", None),
    ("93 93", None),  # two cells run together
]


@pytest.mark.parametrize(("cell", "expected"), VALUES)
def test_read_value(cell: str, expected: Value | None) -> None:
    assert read_value(cell) == expected


NAMES = [
    ("九年义务教育巩固率(%)", ("九年义务教育巩固率", "%", False)),
    ("城镇新增就业人数(万人)*", ("城镇新增就业人数", "万人", True)),
    ("*城镇新增就业（万人）", ("城镇新增就业", "万人", True)),
    ("覆盖率（%）﹡", ("覆盖率", "%", True)),
    ("城镇新增就业（万人）【】", ("城镇新增就业", "万人", True)),
    ("棚户区改造（累计，万套）", ("棚户区改造", "万套", True)),
    ("孕产妇死亡率(1/10万)", ("孕产妇死亡率", "1/10万", False)),
    ("孕产妇死亡率（1/10 万）", ("孕产妇死亡率", "1/10万", False)),
    ("婴儿死亡率(‰)", ("婴儿死亡率", "‰", False)),
    ("均衡县(市、区)的比例(%)", ("均衡县(市、区)的比例", "%", False)),  # only the last bracket
    ("均衡县(市、区)\n\n的比例(%)", ("均衡县(市、区)的比例", "%", False)),
    ("文化馆(站)年服务人次(万)", ("文化馆(站)年服务人次", "万", False)),
    ("文化馆(站)", ("文化馆(站)", "", False)),  # a bracket that is no unit
    ("贫困人口(含低保户)", ("贫困人口(含低保户)", "", False)),
    ("指标(2020年)", ("指标(2020年)", "", False)),
    ("养老床位数(张/千人)", ("养老床位数", "张/千人", False)),
    ("老人床位数(张", ("老人床位数", "张", False)),  # its end lost
    ("新增就业,单位:万人", ("新增就业", "万人", False)),
    ("新增就业（单位：万人）", ("新增就业", "万人", False)),
    ("失业率，%", ("失业率", "%", False)),
    ("覆盖率%", ("覆盖率", "%", False)),
    ("细颗粒物浓度（微克/立方米）", ("细颗粒物浓度", "微克/立方米", False)),
    ("农民、工人培训(万人次)*", ("农民、工人培训", "万人次", True)),
    ("人均预期寿命", ("人均预期寿命", "", False)),
    ("", ("", "", False)),
]


@pytest.mark.parametrize(("cell", "expected"), NAMES)
def test_split_name_and_unit(cell: str, expected: tuple[str, str, bool]) -> None:
    assert split_name_and_unit(cell) == expected


PIECES = st.sampled_from(
    (
        *("到2020年", "达到", "95%", "以上", "分别", "均", "和", "、", "，", "。", "（", ")", "“"),
        *("”", "《", "》", "由", "提高到", "百分之", "九十", "建成", "10个", "的", "比例", "率"),
        *("【", "】", "万人", "1/10万", "每", "在", "；", "：", "控制在", "8,400", "十三五", "末"),
        *(
            "2015年的",
            "累计",
            "养老院",
            "低于全国平均值",
            "12小时内",
            "²",
            "\n",
            "\n\n1.",
            " ",
            "1 2",
        ),
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
def test_whatever_is_written_spans_hold_and_nothing_breaks(text: str) -> None:
    for figure in read_figures(text, 7):
        quote = text[figure.span.start - 7 : figure.span.end - 7]
        assert quote
        assert quote == quote.strip()
        assert figure.name == "".join(figure.name.split())
    read_value(text)
    split_name_and_unit(text)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "达到1%",
        "(",
        "《a(“",
        "到2020年,覆盖率达到95%,",
        "和",
        "建成10个养老院、",
        "\n1. a",
        "率达到1%,",
        "1%的村、",
        "百”(1",
        "为提供1个村,",
        "小学和初中率分别达到1%和2%,",
        "参加1次、每次1次的村、",
    ],
)
def test_long_noise_is_read_in_linear_time(piece: str) -> None:
    # Quadratic work on 200,000 characters would take minutes; the suite would be seen to hang.
    text = piece * (200_000 // len(piece))
    read_figures(text, 0)
    read_value(text)
    split_name_and_unit(text)
