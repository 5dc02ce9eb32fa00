"""Who acts in a clause that does not open with them: partners and those who are moved."""

from __future__ import annotations

import pytest
from one_text import Fact, tell


def told(text: str, relation: str, place: str = "代县", body: str = "政协") -> set[Fact]:
    """What a text states by one relation."""
    return {fact for fact in tell(text, place, body).said if fact[1] == relation}


def doers(text: str, relation: str, place: str = "代县", body: str = "政协") -> set[str]:
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
