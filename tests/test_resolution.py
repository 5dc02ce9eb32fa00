"""The same words mean the same thing in one document, and by its frame."""

from __future__ import annotations

import pytest
from one_text import area, tell

from zhengpu.extraction.bodies import cppcc
from zhengpu.extraction.namings import Naming, area_naming
from zhengpu.extraction.registry import Registry
from zhengpu.model import Entity, EntityType


def meant(
    text: str, place: str = "代县", body: str = "政协"
) -> dict[str, tuple[str, str]]:
    """Words to canonical name and scope of what they mean."""
    told = tell(text, place, body)
    found = {}
    for link in told.reading.links:
        if link.entity:
            entity = told.entities[link.entity]
            found[link.mention.text] = (entity.name, entity.scope)
    return found


@pytest.mark.parametrize(
    ("word", "place", "name"),
    [
        ("我县", "阜新蒙古族自治县", "阜新蒙古族自治县"),
        ("全县", "阜新蒙古族自治县", "阜新蒙古族自治县"),
        ("我市", "阜新蒙古族自治县", "阜新市"),
        ("全省", "阜新蒙古族自治县", "辽宁省"),
        ("我旗", "扎赉特旗", "扎赉特旗"),
        ("全区", "宁夏回族自治区", "宁夏回族自治区"),
        ("全区", "静海区", "静海区"),
        ("我州", "恩施土家族苗族自治州", "恩施土家族苗族自治州"),
        ("京", "代县", "北京市"),
        ("代", "代县", "代县"),
    ],
)
def test_a_word_for_here_means_the_place_of_the_report(
    word: str, place: str, name: str
) -> None:
    text = f"来{word}考察学习。" if len(word) == 1 else f"{word}经济稳步增长。"
    assert meant(text, place)[word][0] == name


@pytest.mark.parametrize(
    ("text", "place", "names"),
    [
        (
            "地委、行署印发方案，政协地区工委组织委员视察，我地区经济增长。",
            "阿克苏地区",
            {
                "地委": "中国共产党阿克苏地区委员会",
                "行署": "阿克苏地区行政公署",
                "政协地区工委": "中国人民政治协商会议阿克苏地区工作委员会",
                "我地区": "阿克苏地区",
            },
        ),
        (
            "地委书记李文海到县政府调研，地区教育局随行。",
            "皮山县",
            {"地委": "中国共产党和田地区委员会", "地区教育局": "和田地区教育局"},
        ),
        ("盟行署印发方案。", "兴安盟", {"盟行署": "兴安盟行政公署"}),
    ],
)
def test_prefectures_that_are_no_cities_have_offices(
    text: str, place: str, names: dict[str, str]
) -> None:
    found = meant(text, place, "政府")
    assert {word: found[word][0] for word in names} == names


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("省委、政府", "辽宁省人民政府"),
        ("市委和政府", "阜新市人民政府"),
        ("县委政府", "阜新蒙古族自治县人民政府"),
    ],
)
def test_a_government_beside_a_party_committee_is_of_the_same_place(
    words: str, name: str
) -> None:
    found = meant(f"认真落实{words}的决策部署。", "阜新蒙古族自治县", "政府")
    assert found["政府"][0] == name


def test_a_chain_of_posts_stays_in_one_place() -> None:
    text = "李成刚，男，1972年生，历任南华县委副书记、县人民政府县长。"
    assert meant(text, "双柏县", "")["县人民政府"][0] == "南华县人民政府"


def test_lives_tell_of_counties_that_the_report_is_not_of() -> None:
    text = "2021年6月任中共平远县委常委，其间在县委党校学习。"
    assert meant(text, "梅州市", "")["县委党校"][0] == "中国共产党平远县委员会党校"


@pytest.mark.parametrize(("word", "place"), [("我区", "代县"), ("我县", "辽源市")])
def test_a_word_for_a_place_that_the_report_lacks_has_a_reason(
    word: str, place: str
) -> None:
    (link,) = tell(f"{word}经济稳步增长。", place, "政协").reading.links
    assert link.entity is None
    assert word in link.reason


def test_words_for_here_are_no_aliases() -> None:
    told = tell("我县经济增长，代县旅游升温。", "代县", "政协")
    (entity,) = (e for e in told.entities.values() if e.name == "代县")
    assert entity.aliases == ()


def test_a_village_is_told_apart_by_the_area_named_before_it() -> None:
    places = meant("走访天宫镇五龙村、阆中市老观镇老龙村。", "阆中市")
    assert places["天宫镇五龙村"] == ("五龙村", "天宫镇")
    assert places["阆中市老观镇老龙村"] == ("老龙村", "老观镇")


def test_a_site_without_an_area_is_told_apart_by_the_report_s_place() -> None:
    assert meant("保护雁门关景区。")["雁门关景区"] == ("雁门关景区", "代县")


@pytest.mark.parametrize(
    "words", ["“十四五”规划", "“十四五”", "“十四五”时期", "十四五规划"]
)
def test_a_plan_period_is_one_programme_however_it_is_written(words: str) -> None:
    found = meant(f"编制{words}。")
    assert set(found.values()) == {("“十四五”规划", "")}


@pytest.mark.parametrize(
    ("text", "name"),
    [("实施乡村振兴战略。", "乡村振兴"), ("全面推进乡村振兴。", "乡村振兴")],
)
def test_a_national_programme_has_no_scope(text: str, name: str) -> None:
    assert set(meant(text).values()) == {(name, "")}


def test_a_quoted_programme_is_one_with_and_without_its_head() -> None:
    found = meant("开展“雁门好人”评选活动，推进“雁门好人”评选。")
    assert len(set(found.values())) == 1
    assert {scope for _, scope in found.values()} == {"代县"}


@pytest.mark.parametrize(
    ("text", "body", "name"),
    [
        ("修订《政协章程》。", "政协", "中国人民政治协商会议章程"),
        ("遵守《章程》。", "政协", "中国人民政治协商会议章程"),
        ("遵守《章程》。", "政府", "章程"),
        ("审议《政府工作报告》。", "政协", "代县人民政府工作报告"),
        ("学习《民法典》。", "政协", "民法典"),
        ("学习《中华人民共和国民法典》。", "政协", "民法典"),
        ("编写《代县文史》。", "政协", "代县文史"),
    ],
)
def test_a_document_cited_by_a_short_title_has_its_own(
    text: str, body: str, name: str
) -> None:
    found = meant(text, "代县", body)
    assert {n for words, (n, _) in found.items() if "《" in words} == {name}


@pytest.mark.parametrize(
    ("text", "body", "short", "name"),
    [
        (
            "修订《辽源市城市管理综合执法条例》（以下简称《执法条例》）。学习《执法条例》。",
            "人大",
            "《执法条例》",
            "辽源市城市管理综合执法条例",
        ),
        (
            "审议通过《代县滹沱河湿地保护条例（草案）》。《条例（草案）》共五章。",
            "人大",
            "《条例（草案）》",
            "条例（草案）",
        ),
        (
            "制定《忻州市滹沱河湿地保护条例》，《条例》共五章。",
            "人大",
            "《条例》",
            "忻州市滹沱河湿地保护条例",
        ),
        (
            "制定《忻州市湿地保护条例》《忻州市停车条例》，宣传《条例》。",
            "人大",
            "《条例》",
            "条例",
        ),
        (
            "“十四五”收官，展望“十五五”，《纲要（草案）》提出目标。",
            "政府",
            "《纲要（草案）》",
            "代县国民经济和社会发展第十五个五年规划纲要（草案）",
        ),
        ("学习《纲要》。", "政协", "《纲要》", "纲要"),
    ],
)
def test_a_title_that_only_says_a_kind_means_the_one_told_before(
    text: str, body: str, short: str, name: str
) -> None:
    assert meant(text, "代县", body)[short][0] == name


def test_a_person_is_told_apart_by_the_place_but_a_national_leader_is_not() -> None:
    found = meant("县长张伟学习习近平总书记重要讲话。")
    assert found["张伟"] == ("张伟", "代县")
    assert found["习近平"] == ("习近平", "")


def test_an_award_is_told_apart_by_the_year_reported_on() -> None:
    assert meant("荣获“先进集体”称号。")["“先进集体”"] == ("先进集体", "2024")


def test_forms_of_a_name_are_kept_as_aliases() -> None:
    told = tell("县政协召开会议。政协代县委员会开展调研。县政协到会。", "代县", "政协")
    entity = told.entities[told.reading.body]
    assert entity.name == "中国人民政治协商会议代县委员会"
    assert entity.aliases == ("县政协", "政协代县委员会")


def test_a_line_break_inside_a_name_is_not_part_of_it() -> None:
    told = tell("走访四川阆州醋业股份\n有限公司。", "阆中市", "政协")
    assert all("\n" not in (name or "") for name in told.names.values())


def test_two_documents_of_a_file_share_their_entities() -> None:
    registry = Registry()
    first = registry.add(cppcc(area("代县")), "县政协")
    again = registry.add(cppcc(area("代县")), "代县政协")
    assert first == again
    (entity,) = registry.entities()
    assert entity.aliases == ("代县政协", "县政协")
    assert registry.name(first) == entity.name


def test_a_part_brings_the_body_it_belongs_to() -> None:
    registry = Registry()
    whole = cppcc(area("代县"))
    part = Naming(EntityType.ORG, f"{whole.name}党组", owner=whole)
    added = registry.add(part)
    owner = registry.owners[added]
    assert registry.name(owner) == whole.name
    assert len(registry.entities()) == 2


def test_areas_of_one_name_are_two_entities() -> None:
    """There are four 鼓楼区; the code tells them apart."""
    registry = Registry()
    ids = {
        registry.add(Naming(EntityType.PLC, "鼓楼区", "行政区划", code))
        for code in ("320106", "320302", "350102", "410204")
    }
    assert len(ids) == 4


def test_an_area_has_level_and_code_and_a_body_only_the_code() -> None:
    registry = Registry()
    place, body = area_naming(area("代县")), cppcc(area("代县"))
    registry.add(place)
    registry.add(body)
    found: dict[EntityType, Entity] = {e.type: e for e in registry.entities()}
    assert (found[EntityType.PLC].adcode, found[EntityType.PLC].level) == (
        "140923",
        "county",
    )
    assert (found[EntityType.ORG].adcode, found[EntityType.ORG].level) == (
        "140923",
        "",
    )


@pytest.mark.parametrize(
    ("text", "place", "lies"),
    [
        ("改造南京西路商圈。", "上海市", set()),
        ("改造北京路步行街。", "广州市", set()),
        ("支持苏州工业园区发展。", "江苏省", {("苏州工业园区", "苏州市")}),
        ("加强与海南自贸港对接。", "江苏省", {("海南自由贸易港", "海南省")}),
        ("武汉都市圈经济总量增长。", "湖北省", set()),
    ],
)
def test_where_a_known_place_lies(
    text: str, place: str, lies: set[tuple[str, str]]
) -> None:
    """A zone lies where its name opens; a street called after another city does not."""
    facts = tell(text, place, "政府").facts
    assert {(s, o) for s, relation, o in facts if relation == "locatedIn"} == lies


@pytest.mark.parametrize(
    ("text", "games"),
    [
        ("成功举办北京冬奥会、冬残奥会。", "北京冬残奥会"),
        ("成功举办北京奥运会、残奥会。", "北京残奥会"),
        ("成功举办杭州亚运会和亚残运会。", "杭州亚残运会"),
    ],
)
def test_games_that_follow_others_are_held_in_the_same_city(
    text: str, games: str
) -> None:
    assert games in {name for name, _ in meant(text, "河北省", "政府").values()}


def test_sites_of_a_list_have_the_name_of_its_class() -> None:
    text = "。加快邵永、铜吉、长赣等6条高铁建设，邵永今年通车。"
    names = {name for name, _ in meant(text, "湖南省", "政府").values()}
    assert names == {"邵永高铁", "铜吉高铁", "长赣高铁"}


def test_the_capital_is_beijing_to_its_neighbours() -> None:
    assert meant("主动对接首都各类资源。", "天津市", "政府")["首都"][0] == "北京市"
    assert "首都" not in meant("主动对接首都各类资源。", "广东省", "政府")
