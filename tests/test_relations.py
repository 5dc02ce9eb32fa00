"""Deeds and ways of saying give relations; what comes between can undo them."""

from __future__ import annotations

import pytest
from one_text import Fact, tell

from zhengpu.extraction.deeds import deeds_in
from zhengpu.extraction.skeleton import fold
from zhengpu.knowledge.lexicon import table
from zhengpu.model import Relation

OWN = "中国人民政治协商会议代县委员会"
PARTY = "中国共产党代县委员会"


def said(text: str, place: str = "代县", body: str = "政协") -> set[Fact]:
    return tell(text, place, body).said


@pytest.mark.parametrize(
    ("text", "relation", "object_"),
    [
        ("视察雁门关景区。", "inspects", "雁门关景区"),
        ("走访了代县二中。", "inspects", "代县二中"),
        ("开展“书香政协”活动。", "organizes", "“书香政协”活动"),
        ("深入推进乡村振兴。", "organizes", "乡村振兴"),
        (
            "召开十五届三次会议。",
            "organizes",
            "中国人民政治协商会议代县第十五届委员会第三次会议",
        ),
        ("编写出版《代县文史》。", "produces", "代县文史"),
        ("修订《全体会议工作规则》。", "produces", "全体会议工作规则"),
        ("审议《预算草案》。", "reviews", "预算草案"),
        ("深入学习《民法典》。", "studies", "民法典"),
        ("贯彻党的二十大精神。", "studies", "中国共产党第二十次全国代表大会"),
        ("参加“书香政协”活动。", "participatesIn", "“书香政协”活动"),
        ("成立阜蒙县政协鸣治诗社。", "establishes", "阜蒙县政协鸣治诗社"),
    ],
)
def test_a_deed_relates_the_reporting_body_to_what_follows(
    text: str, relation: str, object_: str
) -> None:
    assert said(text) == {(OWN, relation, object_)}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "县政协党组成员、副主席丁立新出席。",
            {(f"{OWN}党组", "成员"), (OWN, "副主席")},
        ),
        (
            "县政府党组书记、县长丁立新出席。",
            {("代县人民政府党组", "书记"), ("代县人民政府", "县长")},
        ),
        (
            "县委常委、统战部部长丁立新出席。",
            {(PARTY, "常委"), (f"{PARTY}统战部", "部长")},
        ),
        (
            "丁立新同志任县教育局副局长，兼任县融媒体中心党支部书记、主任。",
            {
                ("代县教育局", "副局长"),
                ("代县融媒体中心党支部", "书记"),
                ("代县融媒体中心", "主任"),
            },
        ),
        (
            "丁立新同志任县工商联党组书记，提名为县工商联副主席人选。",
            {("代县工商业联合会党组", "书记")},  # who is nominated holds no post yet
        ),
    ],
)
def test_each_post_of_a_chain_is_in_the_body_that_it_means(
    text: str, held: set[tuple[str, str]]
) -> None:
    found = tell(text, "代县", "政协").posts
    assert {
        (body, role) for _, relation, body, role in found if relation == "holdsPost"
    } == held


def test_the_body_of_who_leads_a_team_sees_what_the_team_sees() -> None:
    facts = said("县政协主席丁立新率调研组深入雁门关景区、滹沱河调研。")
    assert {fact for fact in facts if fact[1] == "inspects"} == {
        (who, "inspects", what)
        for who in ("丁立新", OWN)
        for what in ("雁门关景区", "滹沱河")
    }


def test_a_report_of_a_team_is_its_body_s() -> None:
    facts = said("县政协主席丁立新率队调研，形成《关于旅游的调研报告》。")
    assert {f for f in facts if f[1] == "produces"} == {
        (OWN, "produces", "关于旅游的调研报告")
    }


@pytest.mark.parametrize(
    "text",
    [
        "推动县委制定《若干措施》。",
        "推动阳泉市、忻州市整改问题89项。",
        "推动山西大学与太原理工大学共建研究院。",
        "推动党中央决策部署在代县落地见效。",
    ],
)
def test_who_is_moved_to_act_is_not_supported(text: str) -> None:
    assert "supports" not in {relation for _, relation, _ in said(text)}


def test_what_a_leader_sees_alone_the_body_does_not() -> None:
    facts = said("县政协主席丁立新到雁门关景区慰问。")
    assert (OWN, "inspects", "雁门关景区") not in facts


def test_each_thing_of_a_list_has_the_relation() -> None:
    assert said("视察雁门关景区、代县二中和滹沱河。") == {
        (OWN, "inspects", name) for name in ("雁门关景区", "代县二中", "滹沱河")
    }


def test_two_deeds_with_one_object_give_two_relations() -> None:
    text = "参加省政协举办的“书香政协”活动。"
    assert said(text) == {
        (OWN, "participatesIn", "“书香政协”活动"),
        ("中国人民政治协商会议山西省委员会", "organizes", "“书香政协”活动"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "视察工作有序，雁门关景区客流增长。",
        "视察结束。雁门关景区开放。",
        "开展调研：雁门关景区开放。",
        "支持企业在代县发展。",
        "成立代县，设立我县。",
        "走访全县各村。",
        "未开展“书香政协”活动。",
        "《民法典》广受欢迎。",
    ],
)
def test_what_stands_between_keeps_a_deed_from_a_name(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("参加县委主办的“护苗”行动。", PARTY),
        ("四川阆州醋业有限公司实施的“智酿工场”项目投产。", "四川阆州醋业有限公司"),
    ],
)
def test_a_relative_clause_names_its_own_doer(text: str, doer: str) -> None:
    doers = {subject for subject, relation, _ in said(text) if relation == "organizes"}
    assert doers == {doer}


def test_what_a_report_announces_is_planned() -> None:
    text = "一、2024年工作回顾\n视察雁门关景区。\n二、2025年工作安排\n视察滹沱河。"
    told = tell(text, "代县", "政协")
    planned = {told.fact(s)[2]: s.planned for s in told.statements}
    assert planned == {"雁门关景区": False, "滹沱河": True}


def test_a_fact_is_stated_once_where_it_is_said_first() -> None:
    told = tell("视察雁门关景区。视察雁门关景区。", "代县", "政协")
    (statement,) = told.statements
    assert statement.evidence.sentence == 0


def test_nothing_is_related_to_itself() -> None:
    assert said("县政协联合县政协调研。县政协走访县政协。") == set()


def test_evidence_lies_in_one_sentence_and_holds_the_object() -> None:
    text = (
        "2023年，县政协视察雁门关景区、滹沱河。县委书记张伟出席；在县委的领导下，"
        "与阜新市政协联合开展调研，向省政协报送信息22期。\n编写《代县文史》。"
    )
    told = tell(text, "代县", "政协")
    document = told.reading.document
    assert len(told.statements) > 6
    for statement in told.statements:
        sentence = document.sentences[statement.evidence.sentence]
        (span,) = statement.evidence.spans
        assert sentence.start <= span.start < span.end <= sentence.end
        entity = told.entities[statement.object]
        if statement.evidence.rule.startswith("deeds/"):
            quote = document.text[span.start : span.end]
            assert any(form in quote for form in (entity.name, *entity.aliases))


def test_statements_come_in_text_order() -> None:
    told = tell("视察雁门关景区。编写《代县文史》，走访滹沱河。", "代县", "政协")
    places = [
        (s.evidence.sentence, s.evidence.spans)
        for s in told.statements
        if s.evidence.rule != "names/itself"
    ]
    assert len(places) == 3
    assert places == sorted(places)


def test_the_longest_deed_at_a_place_counts() -> None:
    words = [deed.word for deed in deeds_in(fold("编写出版、视察、组织开展", []).text)]
    assert words == ["编写出版", "视察", "组织开展"]


def test_every_deed_of_the_table_gives_a_relation_of_the_model() -> None:
    relations = {row["relation"] for row in table("deeds")} - {"-"}
    assert relations <= set(Relation)
    (deed,) = deeds_in("视察")
    assert set(deed.relations.values()) == {Relation.INSPECTS}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("没有制定《办法》。", (OWN, "produces", "办法")),
        ("开展调研、视察、“护苗”行动。", (OWN, "inspects", "护苗行动")),
    ],
)
def test_a_deed_that_is_not_done_is_not_stated(text: str, fact: Fact) -> None:
    assert fact not in said(text)


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (
            "副省长佟广田批示。",
            ("佟广田", "holdsPost", "山西省人民政府", "副省长"),
        ),
        (
            "阳泉市政协主席顾新华、副主席沙敏出席。",
            ("沙敏", "holdsPost", "中国人民政治协商会议阳泉市委员会", "副主席"),
        ),
        (
            "任命苏燕为县人民法院审判员、民事审判第二庭庭长，免去其立案庭副庭长职务。",
            ("苏燕", "leftPost", "代县人民法院立案庭", "副庭长"),
        ),
        (
            "任命苏燕为县人民法院审判员、民事审判第二庭庭长。",
            ("苏燕", "holdsPost", "代县人民法院民事审判第二庭", "庭长"),
        ),
    ],
)
def test_a_post_is_in_the_body_that_level_or_list_tell(
    text: str, post: tuple[str, str, str, str]
) -> None:
    assert post in tell(text, "代县", "人大").posts


def test_who_is_appointed_next_holds_not_the_post_before() -> None:
    text = "任命田忠良为县人民政府副县长、杨思进为县教育局局长。"
    held = {post for post in tell(text, "代县", "人大").posts if post[0] == "杨思进"}
    assert held == {("杨思进", "holdsPost", "代县教育局", "局长")}


def test_the_opening_year_of_a_plan_tells_of_no_deed() -> None:
    assert said("2026年是实施“十五五”规划的开局之年。") == set()


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("圆满完成“十一五”规划。", {("organizes", "“十一五”规划")}),
        ("圆满完成“十四五”规划目标任务。", set()),
        (
            "举办上海世博会、北斗应用峰会、武汉马拉松。",
            {("organizes", "上海世博会"), ("organizes", "武汉马拉松")},
        ),
        ("把常态化帮扶纳入乡村振兴战略。", set()),
        ("3个园区纳入国家零碳园区试点。", set()),
        ("落实新时代推动长江中游城市群建设的任务。", set()),
        ("肩负“在推动长江中游城市群发展中走在前列”的使命。", set()),
        ("扩大对共建“一带一路”国家、非洲的出口。", set()),
        ("推进政务服务“一网通办”。", {("organizes", "一网通办")}),
    ],
)
def test_real_reports_tell_of_what_goes_on(
    text: str, facts: set[tuple[str, str]]
) -> None:
    own = "湖北省人民政府"
    told = said(text, "湖北省", "政府")
    assert {(relation, name) for who, relation, name in told if who == own} >= facts
    others = {"supports", "participatesIn", "establishes"}
    assert not {f for f in told if f[1] in others}
    assert facts or not {f for f in told if f[1] == "organizes"}


@pytest.mark.parametrize("party", ["党中央", "中共中央"])
def test_the_party_acts_behind_its_core(party: str) -> None:
    text = f"以习近平同志为核心的{party}团结带领全国人民，打赢脱贫攻坚战。"
    told = said(text, "湖北省", "政府")
    assert ("中国共产党中央委员会", "organizes", "脱贫攻坚") in told
    assert not [f for f in told if f[0] == "湖北省人民政府"]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "加快建设大运河国家文化公园（代县段）。",
            ("establishes", "大运河国家文化公园（代县段）"),
        ),
        ("建好用好长征国家文化公园。", ("establishes", "长征国家文化公园")),
        ("筹建代县茶文化博物馆。", ("establishes", "代县茶文化博物馆")),
        ("精心组织“书香政协”活动。", ("organizes", "“书香政协”活动")),
        ("主动对接京津冀协同发展。", ("participatesIn", "京津冀协同发展")),
    ],
)
def test_plans_of_governments_tell_of_deeds(text: str, fact: tuple[str, str]) -> None:
    assert ("代县人民政府", *fact) in said(text, "代县", "政府")


def test_no_county_is_founded() -> None:
    facts = said("加快沈阳、大兴国际机场建设。", "辽宁省", "政府")
    assert "沈阳市" not in {object_ for _, _, object_ in facts}


def test_evidence_begins_behind_the_sentence_before() -> None:
    text = (
        "县政协召开十五届三次主席会议。\n会上，县政协委员张立平等8位代表围绕教育发言。"
    )
    told = tell(text, "代县", "政协")
    spans = [
        span for s in told.reading.statements for e in s.places for span in e.spans
    ]
    assert spans
    assert all(text[span.start] not in "。\n" for span in spans)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "深入实施传统戏曲振兴、优秀剧本孵化计划。",
            ("organizes", "优秀剧本孵化计划"),
        ),
        ("深化成果赋权、单列管理、“先用后转”等集成改革。", ("organizes", "先用后转")),
        ("推动“代县好剧”等文化品牌出圈出彩。", ("organizes", "代县好剧")),
        ("巩固拓展“护苗行动”成果。", ("organizes", "护苗行动")),
        ("调研雁门关镇乡村振兴工作。", ("inspects", "雁门关镇")),
    ],
)
def test_what_stands_before_and_behind_a_programme_counts(
    text: str, fact: tuple[str, str]
) -> None:
    assert ("代县人民政府", *fact) in said(text, "代县", "政府")


@pytest.mark.parametrize(
    "text",
    [
        "抓好中央生态环境保护督察问题整改。",
        "实施“十五五”碳达峰行动方案。",
        "完成南水北调保障任务。",
        "用好“千万工程”经验，建设和美乡村。",
        "坚持走中国特色社会主义乡村振兴道路。",
        "建成西部大开发重要战略支点。",
        "出台《民法典》实施办法。",
        "支持繁峙县面向京津冀，发展农业。",
        "向关心支持代县发展的港澳同胞、海外侨胞表示感谢。",
        "推动全县产业转型升级。",
    ],
)
def test_what_a_deed_only_touches_it_does_not_tell_of(text: str) -> None:
    told = {(r, o) for s, r, o in said(text, "代县", "政府") if s == "代县人民政府"}
    assert {o for r, o in told if r != "locatedIn"} <= {"繁峙县"}


def test_the_next_of_a_list_acts_itself() -> None:
    text = "支持青岛打造全国枢纽、威海创建国际康养旅游试验区。"
    told = said(text, "山东省", "政府")
    assert ("山东省人民政府", "supports", "威海市") in told
    assert "establishes" not in {r for s, r, _ in told if s == "山东省人民政府"}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "湖北毕昇云茶股份有限公司投产。公司董事长王立新介绍情况。",
            ("王立新", "holdsPost", "湖北毕昇云茶股份有限公司"),
        ),
        (
            "听取和审议了林志明主席代表政协代县第十五届委员会常务委员会所作的工作报告。",
            ("林志明", "holdsPost", OWN),
        ),
        ("推动扫黑除恶常态化。", ("代县人民政府", "organizes", "扫黑除恶")),
        (
            "根据市中级人民法院院长提请，任命许若兰为该院审判员；免去黄士忠的审判员职务。",
            ("黄士忠", "leftPost", "忻州市中级人民法院"),
        ),
        (
            "根据市中级人民法院院长的提请，任命许若兰为该院审判委员会委员。",
            ("许若兰", "holdsPost", "忻州市中级人民法院审判委员会"),
        ),
        (
            "县委常委、组织部部长解文静到会。",
            ("解文静", "holdsPost", f"{PARTY}组织部"),
        ),
        (
            "代县宏达食品有限公司投产。宏达公司向县第一中学捐款5万元。",
            ("代县宏达食品有限公司", "supports", "代县第一中学"),
        ),
        (
            "代县工业园区管委会挂牌，园区管委会帮扶枣林镇。",
            ("代县工业园区管委会", "supports", "枣林镇"),
        ),
        (
            "委员张伟创办的山西宏达食品有限公司捐款12万元，本人荣获“模范个人”称号。",
            ("张伟", "receives", "模范个人"),
        ),
        (
            "责成县水利局吃透会议意见，改好后提请县政府审定，并报市水利局备案。",
            ("代县水利局", "submitsTo", "忻州市水利局"),
        ),
        ("免去王宏伟、李秀英委员资格。", ("李秀英", "leftPost", OWN)),
        ("要感谢前任主席李大伟打下的基础。", ("李大伟", "leftPost", OWN)),
        (
            "任命：\n郭辉任县公共资源交易中心主任，其原任的县政务服务中心副主任职务同时免去。",
            ("郭辉", "leftPost", "代县政务服务中心"),
        ),
    ],
)
def test_who_is_meant_by_words_for_a_kind(text: str, fact: Fact) -> None:
    body = "政府" if "人民政府" in fact[0] else "政协"
    assert fact in said(text, "代县", body)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "聚焦县城建设、融入京津冀协同发展等开展协商。",
            (OWN, "participatesIn", "京津冀协同发展"),
        ),
        ("支持代县中学联合山西大学开设课程。", (OWN, "supports", "山西大学")),
        (
            "组织委员围绕“推进乡村振兴，建设美丽乡村”开展专题调研。",
            (OWN, "organizes", "乡村振兴"),
        ),
        ("学习贯彻新修订的《巡视条例》。", (OWN, "produces", "巡视条例")),
        ("建成金湖旅游码头1个。", (OWN, "establishes", "金湖")),
        ("升级改造枣林镇、阳明堡镇等6个联络站。", (OWN, "supports", "枣林镇")),
        ("对县水利局开展评议，评议结果报县委。", (OWN, "inspects", PARTY)),
        (
            "县人民医院王晓燕荣获“最美护士”称号。",
            ("代县人民医院", "receives", "最美护士"),
        ),
        ("支持枣林镇依托雁门关景区做强民宿。", (OWN, "supports", "雁门关景区")),
        (
            "委员张伟创办宏达食品有限公司。",
            (OWN, "establishes", "宏达食品有限公司"),
        ),
        (
            "在县委、县政府的领导下，县委印发《意见》。",
            ("代县人民政府", "leads", PARTY),
        ),
        ("推动县委工作要求落到实处。", (OWN, "supports", PARTY)),
    ],
)
def test_what_words_around_a_deed_undo(text: str, fact: Fact) -> None:
    assert fact not in said(text)


@pytest.mark.parametrize(
    ("body", "group"),
    [
        ("政协", "中国人民政治协商会议代县委员会党组"),
        ("人大", "代县人民代表大会常务委员会党组"),
        ("政府", "代县人民政府党组"),
    ],
)
def test_a_secretary_of_the_party_group_is_one_of_the_reporting_body_s(
    body: str, group: str
) -> None:
    told = tell("党组书记樊绍林带头讲党课。", "代县", body).posts
    assert ("樊绍林", "holdsPost", group, "书记") in told


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "会议决定，由葛长林接替冯立新担任市水务局局长。",
            {
                ("葛长林", "holdsPost", "佳木斯市水务局", "局长"),
                ("冯立新", "leftPost", "佳木斯市水务局", "局长"),
            },
        ),
        (
            "市人大常委会研究室主任一职由佟立群出任。",
            {("佟立群", "holdsPost", "佳木斯市人民代表大会常务委员会研究室", "主任")},
        ),
        (
            "同江市人民检察院检察长魏东林的辞职获准。",
            {("魏东林", "leftPost", "同江市人民检察院", "检察长")},
        ),
        (
            "任免名单：李岱山退休，其市中级人民法院副院长职务一并免去。",
            {("李岱山", "leftPost", "佳木斯市中级人民法院", "副院长")},
        ),
        (
            "表决了市长郭敬尧、院长冷玉山、检察长鲍丽华提请的议案。",
            {
                ("郭敬尧", "holdsPost", "佳木斯市人民政府", "市长"),
                ("冷玉山", "holdsPost", "佳木斯市中级人民法院", "院长"),
                ("鲍丽华", "holdsPost", "佳木斯市人民检察院", "检察长"),
            },
        ),
        (
            "免去周海燕的市教育局局长职务，调任市审计局局长。",
            {
                ("周海燕", "leftPost", "佳木斯市教育局", "局长"),
                ("周海燕", "holdsPost", "佳木斯市审计局", "局长"),
            },
        ),
    ],
    ids=["replaced", "post-by", "let-go", "retired", "courts", "moved"],
)
def test_who_takes_and_leaves_a_post_in_other_words(
    text: str, posts: set[tuple[str, str, str, str]]
) -> None:
    assert tell(text, "佳木斯市", "人大").posts == posts
