"""The word tables that recognition reads are well formed and do not disagree.

What is checked here is the form and what one table says of another; whether a
word belongs in its table shows when whole reports are read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import pytest

from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.knowledge.lexicon import DATA, read_table
from zhengpu.model import EntityType

COLUMNS = {
    "names": ("surface", "type", "name", "scope", "kind"),
    "policies": ("surface", "name", "kind"),
    "slogans": ("surface", "kind"),
    "heads": ("word", "type", "needs"),
    "deeds": ("verb", "relation", "objects"),
    "federations": ("short", "full"),
    "fields": ("word",),
    "national_leaders": ("name",),
    "stoppers": ("word", "kind"),
    "generic": ("phrase", "type"),
    "titles": ("title", "kind", "level"),
    "surnames": ("surname", "rank"),
}
MAY_BE_EMPTY = {("names", "kind")}
ONE_ROW_EACH = {
    "names": "surface",
    "policies": "surface",
    "slogans": "surface",
    "stoppers": "word",
    "generic": "phrase",
    "titles": "title",
    "surnames": "surname",
}
LEAST = {
    "names": 900,
    "policies": 250,
    "slogans": 300,
    "heads": 500,
    "deeds": 150,
    "stoppers": 600,
    "generic": 400,
    "titles": 200,
    "surnames": 450,
}
VALUES = {
    ("heads", "needs"): {"core", "strange", "anchor", "held"},
    ("stoppers", "kind"): {"verb", "prep", "adv", "conj", "det", "other", "inner"},
    ("surnames", "rank"): {"common", "rare"},
    ("names", "scope"): {"national"},
    ("policies", "kind"): {
        *("战略", "规划", "行动", "工程项目", "活动"),
        *("品牌", "机制制度", "教育", "政策"),
    },
    ("slogans", "kind"): {"政治要求", "理论学说", "政协履职", "服务口号", "规划口号"},
    ("titles", "kind"): {
        *("party", "government", "congress", "政协"),
        *("court", "enterprise", "academic", "other"),
    },
    ("titles", "level"): {"正", "副", "委员", "非领导", "称谓"},
}
BODIES = {
    *("政协", "党委", "政府", "人大", "纪检", "法院", "检察院", "部门", "企业"),
    *("学校", "医院", "社会团体", "党派", "媒体", "银行", "专班", "国际组织", "其他"),
}

tables = pytest.mark.parametrize("name", sorted(COLUMNS))


@cache
def rows(name: str) -> list[dict[str, str]]:
    return read_table(DATA / f"{name}.tsv")


def column(name: str, key: str) -> list[str]:
    return [row[key] for row in rows(name)]


@tables
def test_a_table_opens_with_comments_that_name_source_and_licence(name: str) -> None:
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    assert lines[: len(comments)] == comments
    assert any(line.startswith("# Source: ") for line in comments)
    assert any(line.startswith("# Licence: ") for line in comments)


@tables
def test_a_table_has_the_columns_that_readers_expect(name: str) -> None:
    assert tuple(rows(name)[0]) == COLUMNS[name]


@tables
def test_rows_are_sorted_and_none_is_there_twice(name: str) -> None:
    cells = [tuple(row.values()) for row in rows(name)]
    assert cells == sorted(set(cells))


@pytest.mark.parametrize(("name", "key"), sorted(ONE_ROW_EACH.items()))
def test_a_word_has_one_row(name: str, key: str) -> None:
    assert len(column(name, key)) == len(set(column(name, key)))


@tables
def test_no_required_cell_is_empty(name: str) -> None:
    empty = [
        row
        for row in rows(name)
        if any(
            not cell and (name, key) not in MAY_BE_EMPTY for key, cell in row.items()
        )
    ]
    assert empty == []


@tables
def test_cells_are_normalised_and_without_space(name: str) -> None:
    for row in rows(name):
        for cell in row.values():
            assert cell == unicodedata.normalize("NFC", cell)
            assert not re.search(r"\s", cell), row


@tables
def test_marks_are_the_full_width_ones_of_clean_text(name: str) -> None:
    """Cleaning writes “ ” （ ） ， ： alone; a row with another form never matches."""
    odd = [row for row in rows(name) if re.search("[\"'(),:;%]", "".join(row.values()))]
    assert odd == []


@tables
def test_quotation_and_title_marks_are_closed(name: str) -> None:
    for row in rows(name):
        word = next(iter(row.values()))
        assert word.count("“") == word.count("”"), word
        assert word.count("《") == word.count("》"), word
        assert word.count("（") == word.count("）"), word


@tables
def test_a_table_is_as_large_as_recognition_needs(name: str) -> None:
    assert len(rows(name)) >= LEAST.get(name, 1)


@pytest.mark.parametrize(("name", "key"), sorted(VALUES))
def test_a_closed_column_holds_known_values_alone(name: str, key: str) -> None:
    assert set(column(name, key)) <= VALUES[name, key]


@pytest.mark.parametrize("name", ["names", "heads"])
def test_types_are_those_of_the_model(name: str) -> None:
    assert set(column(name, "type")) <= set(EntityType)


def test_generic_phrases_have_a_type_or_are_marked_as_mere_beginnings() -> None:
    assert set(column("generic", "type")) <= {*EntityType, "OTHER"}


@pytest.mark.parametrize("name", ["names"])
def test_bodies_have_a_kind_of_the_scheme(name: str) -> None:
    assert {row["kind"] for row in rows(name) if row["type"] == "ORG"} <= BODIES


def test_a_canonical_name_stands_for_itself() -> None:
    """Where a full name is listed as a surface, it leads to no other name."""
    names = {row["surface"]: row for row in rows("names")}
    astray = [
        row
        for row in rows("names")
        if row["name"] in names and names[row["name"]]["name"] != row["name"]
    ]
    assert astray == []


def test_one_name_has_one_type_and_one_kind() -> None:
    kinds: dict[str, set[tuple[str, str]]] = {}
    for row in rows("names"):
        kinds.setdefault(row["name"], set()).add((row["type"], row["kind"]))
    assert {name for name, found in kinds.items() if len(found) > 1} == set()


def test_no_phrase_is_both_a_name_and_not_a_name() -> None:
    named = {*column("names", "surface"), *column("policies", "surface")}
    bare = {surface.strip("“”") for surface in column("policies", "surface")}
    assert named & {*column("generic", "phrase")} == set()
    assert (named | bare) & {*column("slogans", "surface")} == set()
    assert {*column("names", "surface")} & {*column("policies", "surface")} == set()


def test_slogans_are_listed_without_quotation_marks_around_them() -> None:
    """They are compared with what stands between the marks."""
    assert [s for s in column("slogans", "surface") if re.fullmatch("“[^”]*”", s)] == []


@pytest.mark.parametrize("name", ["policies", "slogans", "generic", "heads"])
def test_no_row_begins_with_the_name_of_a_county(name: str) -> None:
    """Words of one place would fit one sample and no other report."""
    gaz = gazetteer()
    full = {surface for surface, everyday in gaz.surfaces() if not everyday}
    beginnings = {
        word[:length]
        for word in column(name, COLUMNS[name][0])
        for length in range(3, 9)
    }
    found = {
        area.name
        for word in full & beginnings
        for area in gaz.named(word)
        if area.level == "county"
    }
    assert found == set()


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("党中央", "中国共产党中央委员会"),
        ("中共中央政治局", "中国共产党中央委员会政治局"),
        ("全国政协", "中国人民政治协商会议全国委员会"),
        ("国家住建部", "住房和城乡建设部"),
        ("民革", "中国国民党革命委员会"),
        ("世卫组织", "世界卫生组织"),
        ("长三角区域", "长三角"),
        ("政协章程", "中国人民政治协商会议章程"),
        ("进博会", "中国国际进口博览会"),
    ],
)
def test_short_forms_lead_to_full_names(surface: str, name: str) -> None:
    found = {row["surface"]: row["name"] for row in rows("names")}
    assert found[surface] == name


@pytest.mark.parametrize("word", ["中国", "我国", "全国", "政协", "工商联", "两会"])
def test_words_without_one_meaning_are_no_fixed_names(word: str) -> None:
    assert word not in column("names", "surface")
