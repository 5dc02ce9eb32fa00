"""Who acts in a clause that does not open with them: partners and those who are moved."""

from __future__ import annotations

import pytest
from one_text import Fact, tell


def told(
    text: str, relation: str, place: str = "代县", body: str = "政协"
) -> set[Fact]:
    """What a text states by one relation."""
    return {fact for fact in tell(text, place, body).said if fact[1] == relation}


def doers(
    text: str, relation: str, place: str = "代县", body: str = "政协"
) -> set[str]:
    """Who stands in a relation by a text."""
    return {who for who, _, _ in told(text, relation, place, body)}


@pytest.mark.parametrize(
    ("text", "relation", "partner_acts"),
    [
        ("联合繁峙县政协调研，形成《关于保护长城的调研报告》。", "produces", True),
        ("会同繁峙县政协开展监督；修订《代县政协议事规则》。", "produces", False),
        ("一是与繁峙县政协共办联展；二是编印《代县文史》。", "produces", False),
        ("联合繁峙县政协召开会议；联名提出《关于保护长城的提案》。", "produces", True),
    ],
)
def test_partners_act_along_until_the_next_point(
    text: str, relation: str, *, partner_acts: bool
) -> None:
    partner = "中国人民政治协商会议繁峙县委员会"
    assert (partner in doers(text, relation)) is partner_acts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "推动县委制定《关于加强人才工作的意见》。",
            ("中国共产党代县委员会", "produces", "关于加强人才工作的意见"),
        ),
        (
            "支持县教育局开展“书香校园”活动。",
            ("代县教育局", "organizes", "“书香校园”活动"),
        ),
        (
            "支持阳明堡镇与山西大学共建代县酥梨研究院。",
            ("山西大学", "establishes", "代县酥梨研究院"),
        ),
    ],
)
def test_who_is_moved_to_do_something_does_it(text: str, fact: Fact) -> None:
    assert fact in told(text, fact[1])
    assert doers(text, fact[1]) == {fact[0]}


def test_a_place_that_strives_for_a_trial_is_helped_not_the_trial() -> None:
    text = "支持忻州争创国家碳达峰试点。"
    helped = {name for _, _, name in told(text, "supports", "山西省", "政府")}
    assert helped == {"忻州市"}
    assert doers(text, "participatesIn", "山西省", "政府") == {"忻州市"}


def test_works_that_are_moved_on_are_helped() -> None:
    helped = {name for _, _, name in told("推动代县二中扩建工程开工。", "supports")}
    assert helped == {"代县二中扩建工程"}


@pytest.mark.parametrize(
    ("text", "built"),
    [
        ("加快建设代县至繁峙高速公路。", {"代县至繁峙高速公路"}),
        (
            "高质量建设雁门关国家湿地公园和滹沱河湿地公园。",
            {"雁门关国家湿地公园", "滹沱河湿地公园"},
        ),
        ("建设黄河三角洲国家农高区。", {"黄河三角洲国家农高区"}),
        ("高标准建设雄安新区。", set()),
        ("加快建设代县装备制造产业。", set()),
        ("加强古城建设、雁门关景区保护。", set()),
    ],
)
def test_what_is_being_built_is_founded(text: str, built: set[str]) -> None:
    founded = told(text, "establishes", "山西省", "政府")
    assert {name for _, _, name in founded} == built


VISIT = "县政协主席丁立新带领部分政协委员深入阳明堡镇调研。"


@pytest.mark.parametrize(
    ("text", "along"),
    [
        ("副主席王凤琴一同调研，副县长赵鹤鸣陪同。", {"王凤琴", "赵鹤鸣"}),
        (
            "秘书长王凤琴以及县教育局、县民政局等单位负责人参加调研。",
            {"王凤琴", "代县教育局", "代县民政局"},
        ),
        ("副县长赵鹤鸣陪同。", set()),
        ("县教育局开展“书香校园”活动。", set()),
    ],
)
def test_who_goes_along_sees_what_was_told_before(text: str, along: set[str]) -> None:
    own = {"丁立新", "中国人民政治协商会议代县委员会"}
    seen = {
        who for who, _, name in told(VISIT + text, "inspects") if name == "阳明堡镇"
    }
    assert seen == own | along


def test_a_team_that_was_led_is_taken_up() -> None:
    seen = told(f"{VISIT}\n\n调研组先后察看了雁门关景区。", "inspects")
    assert ("丁立新", "inspects", "雁门关景区") in seen


def test_a_committee_that_goes_itself_goes_not_in_the_name_of_the_body() -> None:
    text = "由县政协主席丁立新带队，提案委员会深入阳明堡镇调研。"
    seen = {who for who, _, name in told(text, "inspects") if name == "阳明堡镇"}
    assert seen == {"丁立新", "中国人民政治协商会议代县委员会提案委员会"}


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("座谈会上，双方签订《友好政协合作协议》。", True),
        ("座谈会上，双方围绕文史工作交流，并签订了《友好政协合作协议》。", True),
        ("县政协编印《友好政协合作协议》。", False),
    ],
)
def test_guests_and_hosts_are_both_sides(text: str, *, agreed: bool) -> None:
    guest, host = (f"中国人民政治协商会议{x}县委员会" for x in ("繁峙", "代"))
    come = "繁峙县政协主席丁立新率考察团一行12人来我县考察。"
    pact = (guest, "cooperatesWith", host) in told(come + text, "cooperatesWith")
    signed = (guest, "produces", "友好政协合作协议") in told(come + text, "produces")
    assert (pact, signed) == (agreed, agreed)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("走进阳明堡镇红军长征纪念馆。", "inspects"),
        ("参观阳明堡镇“渔阳商量”议事站。", "inspects"),
        ("推动大同、忻州、太原3个综保区高质量发展。", "supports"),
        ("形成调研报告报送县委。", "inspects"),
    ],
)
def test_a_place_that_only_opens_a_name_is_not_meant(text: str, relation: str) -> None:
    places = {name for _, _, name in told(text, relation)}
    assert not {x for x in places if x.endswith(("镇", "市", "委员会"))}


def test_he_is_who_was_named_before() -> None:
    text = "县委书记王志强到雁门关景区，他走访了峪口镇。他要求，抓紧走访枣林镇。"
    assert ("王志强", "inspects", "峪口镇") in told(text, "inspects")
    assert ("王志强", "inspects", "枣林镇") not in told(text, "inspects")


def test_what_somebody_founds_with_own_money_is_not_the_body_s() -> None:
    text = "县政协常委殷小军出资200万元设立“容和助学金”。"
    assert told(text, "establishes") == set()
    assert doers("县政协设立“容和助学金”。", "establishes")


def test_who_is_helped_is_not_inspected() -> None:
    assert told("组织委员深入峪口镇、枣林镇开展义诊。", "inspects") == set()
    assert told("组织委员深入峪口镇、枣林镇调研义务教育。", "inspects")
