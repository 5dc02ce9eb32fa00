"""Posts over time: holders, gaps and overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zhengpu.graph import store
from zhengpu.graph.checking import holders
from zhengpu.graph.citing import Cited
from zhengpu.graph.merging import merge
from zhengpu.graph.posts import Held, held_in, held_of, posts, span_of

if TYPE_CHECKING:
    from pathlib import Path

    from zhengpu.model import Extraction


def held(
    name: str, year: int | None, *, left: bool = False, role: str = "县长"
) -> Held:
    """A sentence that names a holder."""
    cited = Cited(
        "DOC/1", "报告", f"{year}", f"{year}.txt", 0, 2, name, f"{role}{name}"
    )
    years = None if year is None else (year, year)
    body = "甲县人民政府"
    return Held(f"ORG/{body}", body, role, f"PER/{name}:甲县", name, left, years, cited)


def test_a_build_gives_the_same_as_what_it_was_made_of(
    gold: tuple[Extraction, ...], built: Path
) -> None:
    made, written = held_of(merge(gold)), held_in(store.load(built))
    assert len(written) > 5
    assert sorted(made) == sorted(written)


def test_holders_stand_in_the_order_of_time() -> None:
    (post,) = posts([held("乙", 2022), held("甲", 2019), held("甲", 2018)])
    assert [(h.name, h.years) for h in post.holders] == [
        ("甲", (2018, 2019)),
        ("乙", (2022,)),
    ]
    assert post.gaps == ((2020, 2021),)
    assert post.overlaps == ()


def test_a_change_with_a_gap_between_is_told() -> None:
    (post,) = posts([held("乙", 2022), held("甲", 2019)])
    (found,) = holders(post)
    assert found.finding.code == "post-gap"
    assert dict(found.finding.parameters)["years"] == "2020-2021"
    assert [cited.words for cited in found.evidence] == ["甲", "乙"]


def test_the_same_holder_on_both_sides_of_a_gap_is_no_finding() -> None:
    (post,) = posts([held("甲", 2022), held("甲", 2019)])
    assert post.gaps
    assert not list(holders(post))


def test_two_holders_in_one_year_overlap() -> None:
    (post,) = posts([held("甲", 2020), held("乙", 2020)])
    (found,) = holders(post)
    assert found.finding.code == "post-overlap"
    assert dict(found.finding.parameters)["names"] == "乙、甲"


def test_who_left_in_that_year_does_not_overlap() -> None:
    found = [held("甲", 2020), held("甲", 2020, left=True), held("乙", 2020)]
    (post,) = posts(found)
    assert not list(holders(post))
    assert post.holders[-1].left == (2020,)


@pytest.mark.parametrize("role", ["副县长", "委员", ""])
def test_posts_that_several_hold_have_neither_gaps_nor_overlaps(role: str) -> None:
    found = [held("甲", 2019, role=role), held("乙", 2019, role=role)]
    (post,) = posts([*found, held("丙", 2023, role=role)])
    assert not list(holders(post))


def test_a_post_without_a_year_is_kept_and_stands_last() -> None:
    (post,) = posts([held("甲", None), held("乙", 2020)])
    assert [h.name for h in post.holders] == ["乙", "甲"]
    assert post.holders[1].years == ()


def test_a_date_that_is_none_tells_no_year() -> None:
    assert span_of("近年来", "2020-05") == (2020, 2020)
    assert span_of("近年来") is None
