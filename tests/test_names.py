"""Open names reach as far to the left of their head as the name goes, not further."""

from __future__ import annotations

import pytest
from one_text import tell


def named(text: str, type_: str, place: str = "", body: str = "政协") -> list[str]:
    """The mentions of one type."""
    told = tell(text, place, body)
    return [words for words, kind in told.mentions if kind == type_]


@pytest.mark.parametrize(
    ("text", "place", "names"),
    [
        ("四川阆州醋业股份有限公司投产。", "阆中市", ["四川阆州醋业股份有限公司"]),
        ("引进甘肃塬上源科技有限公司。", "代县", ["甘肃塬上源科技有限公司"]),
        (
            "深圳市前海恒橙供应链有限公司投资。",
            "代县",
            ["深圳市前海恒橙供应链有限公司"],
        ),
        ("甘肃经济日报、湖南经济日报刊发。", "代县", ["甘肃经济日报", "湖南经济日报"]),
        ("经济日报刊发。", "代县", ["经济日报"]),
        ("支持湖南理工学院办学。", "岳阳市", ["湖南理工学院"]),
        (
            "支持宁波东方理工大学建设世界一流研究型大学。",
            "浙江省",
            ["宁波东方理工大学"],
        ),
        ("支持嵩山实验室、神农实验室。", "河南省", ["嵩山实验室", "神农实验室"]),
        ("对县医院开展监督。", "代县", ["县医院"]),
        ("县图书馆党支部获评先进。", "代县", ["县图书馆党支部"]),
        ("与山东大学（威海）签约。", "代县", ["山东大学（威海）"]),
        (
            "县群众艺术馆与哈尔滨工业大学（深圳）合作。",
            "代县",
            ["县群众艺术馆", "哈尔滨工业大学（深圳）"],
        ),
        ("忻州艺术剧院赴外地演出。", "代县", ["忻州艺术剧院"]),
        ("任命李建国为县滹沱河水库管理处主任。", "代县", ["县滹沱河水库管理处"]),
        ("县中医医院与山西医科大学合作。", "代县", ["县中医医院", "山西医科大学"]),
        ("到县人民医院义诊。", "代县", ["县人民医院"]),
        ("州发展和改革委员会牵头。", "恩施土家族苗族自治州", ["州发展和改革委员会"]),
        ("京津冀绿色建材产业联盟成立。", "静海区", ["京津冀绿色建材产业联盟"]),
        ("广西侗乡春茶业有限公司建厂。", "三江侗族自治县", ["广西侗乡春茶业有限公司"]),
    ],
)
def test_a_body_is_found_by_its_last_words(
    text: str, place: str, names: list[str]
) -> None:
    assert named(text, "ORG", place) == names


@pytest.mark.parametrize(
    ("text", "place", "names"),
    [
        ("走访玉林综合市场。", "武侯区", ["玉林综合市场"]),
        ("保护雁门关景区。", "代县", ["雁门关景区"]),
        ("在“阆苑”公园举行。", "阆中市", ["“阆苑”公园"]),
        ("崀山镇联合村成立合作社。", "新宁县", ["崀山镇联合村"]),
        ("福兴地镇联合村修路。", "阜新蒙古族自治县", ["福兴地镇联合村"]),
        ("走进湄潭县龙凤村。", "湄潭县", ["湄潭县龙凤村"]),
        ("临汾现代畜牧业试验区揭牌。", "代县", ["临汾现代畜牧业试验区"]),
        ("大同中微子实验站建成。", "代县", ["大同中微子实验站"]),
        ("推动大同片区整合提升。", "代县", ["大同片区"]),
        ("创建朔州商贸服务型国家物流枢纽。", "代县", ["朔州商贸服务型国家物流枢纽"]),
        (
            "天目山（蔚县）文化创意产业园营收增长。",
            "代县",
            ["天目山（蔚县）文化创意产业园"],
        ),
        ("运城大禹国际教育创新试验区扩建。", "代县", ["运城大禹国际教育创新试验区"]),
        ("明月湖科创园建成。", "代县", ["明月湖科创园"]),
        ("修通观文镇至椒园镇的道路。", "代县", ["观文镇", "椒园镇"]),
        ("忻州保税物流中心（B型）获批。", "代县", ["忻州保税物流中心（B型）"]),
        ("打造10个宜居宜业和美乡村重点片区。", "代县", []),
        ("支持临汾建设肉牛产业重镇。", "代县", ["临汾"]),
        ("县领导包联鲁地拉镇光伏电站。", "永胜县", ["鲁地拉镇"]),
        ("代表挂联碧水镇。", "代县", ["碧水镇"]),
        ("新建滨湖路，打通友谊路。", "代县", ["滨湖路", "友谊路"]),
        ("走出新路，实施通硬化路工程，走强军之路。", "代县", []),
        ("整治柳江、洛清江、串场河。", "代县", ["柳江", "洛清江", "串场河"]),
        ("改造柳江、沮漳河流域，沿长江布局。", "代县", ["柳江", "沮漳河流域", "长江"]),
    ],
)
def test_a_place_is_found_by_its_last_words(
    text: str, place: str, names: list[str]
) -> None:
    assert named(text, "PLC", place) == names


def test_an_event_may_open_with_its_year() -> None:
    assert named("2025团泊湖马拉松赛开赛。", "EVT", "静海区") == ["2025团泊湖马拉松赛"]


@pytest.mark.parametrize(
    "text",
    [
        "建成所有边境新村，改造786所县医院和285所县中医院。",
        "2002年试点扩大到20个省，总书记有部署、本地见行动。",
        "脱贫县农村居民收入增长，在校生占高中阶段总人数的一半。",
        "激发县镇村活力，发展小城镇，治理大江大河大湖。",
        "坚持绿水青山就是金山银山理念，千湖之省山清水秀。",
        "“三纵九横、八河连通”的水网成型，支持农民工在城镇落户。",
        "核销企业银行呆坏账，大力发展企业集团，培育家庭农场。",
        "改造城镇老旧小区，推进智慧口岸、美丽海湾建设。",
        "有关部门支持有限公司发展。",
        "各县医院和全县学校达标。",
        "以城市为中心工作，做好中心任务，推进中心城区更新。",
        "局长出席，大学教授到会，谋篇布局。",
        "帮扶贫困村和示范社区。",
        "完成老旧小区改造工程。",
        "三家公司、两个协会和一所学校。",
        "圆满完成帮扶村整村脱贫任务。",
        "疏浚护城河、人工河和内陆湖。",
    ],
)
def test_words_that_say_no_more_than_a_kind_name_nothing(text: str) -> None:
    told = tell(text, "代县", "政协")
    assert [words for words, _ in told.mentions if words != "全县"] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("推动四川阆州醋业有限公司投产。", "四川阆州醋业有限公司"),
        ("与湖南理工学院签约。", "湖南理工学院"),
        ("该项目由中国农业大学承担。", "中国农业大学"),
        ("并到县蒙医院义诊。", "县蒙医院"),
        ("与中科院武汉植物园签约。", "中科院武汉植物园"),
        ("与中科院昆明植物园签约。", "中科院昆明植物园"),
    ],
)
def test_verbs_and_prepositions_end_a_name(text: str, name: str) -> None:
    assert named(text, "ORG", "阜新蒙古族自治县") == [name]


def test_a_name_found_once_is_found_again_without_its_surroundings() -> None:
    text = "四川阆州醋业股份有限公司投产，四川阆州醋业股份有限公司纳税2亿元。"
    assert named(text, "ORG", "阆中市") == ["四川阆州醋业股份有限公司"] * 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "十家子玛瑙小镇开业。",
            ["十家子玛瑙小镇"],
            marks=pytest.mark.xfail(strict=True, reason="a numeral opens the name"),
        ),
    ],
)
def test_names_that_are_not_understood_yet(text: str, names: list[str]) -> None:
    told = tell(text, "阜新蒙古族自治县", "政协")
    assert [words for words, _ in told.mentions] == names


@pytest.mark.parametrize(
    ("text", "type_", "names"),
    [
        ("大力推进中心镇“六大提升”工程。", "PRG", ["中心镇“六大提升”工程"]),
        ("持续提升“2+6”国家级开放平台能级。", "PRG", ["“2+6”国家级开放平台"]),
        (
            "赛事多样，“雁门杯”“黄河杯”足球邀请赛火遍全国。",
            "EVT",
            ["“黄河杯”足球邀请赛"],
        ),
        ("安泽湖750千伏输变电工程投运。", "PRG", ["安泽湖750千伏输变电工程"]),
        ("中国智造（山西）互联网平台上线。", "PRG", ["中国智造（山西）互联网平台"]),
        ("落实“海洋强国”战略。", "PRG", ["“海洋强国”战略"]),
        ("协调推进“四个全面”战略布局。", "PRG", []),
        ("实施一批“小而美”民生项目。", "PRG", []),
    ],
)
def test_what_is_done_opens_no_quoted_name(
    text: str, type_: str, names: list[str]
) -> None:
    assert named(text, type_) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("优化升级江淮英才计划。", ["江淮英才计划"]),
        ("常态化开展“三个意识”教育。", ["“三个意识”教育"]),
        ("推进“好房子”建设。", ["“好房子”"]),
        ("建成“好房子”项目50个。", []),
        ("增强“四个意识”，坚定信心。", []),
    ],
)
def test_a_campaign_begins_behind_its_verb_and_may_teach_a_formula(
    text: str, names: list[str]
) -> None:
    assert named(text, "PRG", "安徽省", "政府") == names


@pytest.mark.parametrize("verb", ["培育", "创建"])
def test_a_centre_does_not_open_with_the_place_that_founds_it(verb: str) -> None:
    assert named(f"支持秦皇岛{verb}区域消费中心。", "ORG", "河北省", "政府") == []
    assert named(f"支持衡阳{verb}区域消费中心。", "ORG", "湖南省", "政府") == []


@pytest.mark.parametrize(
    ("text", "type_", "names"),
    [
        ("与中山大学附属中学结对。", "ORG", ["中山大学附属中学"]),
        ("山西医科大学第一医院投用。", "ORG", ["山西医科大学第一医院"]),
        ("四川大学宜宾研究院成立。", "ORG", ["四川大学宜宾研究院"]),
        ("深化公立医院改革。", "ORG", []),
        ("系统集成推进公立医院改革。", "ORG", []),
        ("华为智慧产业园开工。", "PLC", ["华为智慧产业园"]),
        (
            "推进石河子经济技术开发区国家级零碳园区建设。",
            "PLC",
            ["石河子经济技术开发区"],
        ),
        ("赴韩国群山市、日本别府市推介。", "PLC", ["韩国群山市", "日本别府市"]),
        ("扩大日本海外市场。", "PLC", ["日本"]),
        (
            "深化河北自贸试验区曹妃甸片区改革。",
            "PLC",
            ["河北自贸试验区曹妃甸片区"],
        ),
    ],
)
def test_parts_of_houses_and_zones_belong_to_their_names(
    text: str, type_: str, names: list[str]
) -> None:
    assert named(text, type_, "河北省", "政府") == names
