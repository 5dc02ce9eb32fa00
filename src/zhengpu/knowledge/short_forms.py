"""Short forms of the names of areas, as the build of the name gives them."""

from __future__ import annotations

import re

TOWNSHIPS = ("街道", "苏木", "镇", "乡")
"""Endings of the names of townships."""

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|"
    "高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|"
    "阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|"
    "赫哲|门巴|珞巴|基诺|各"
)
_AUTONOMOUS = re.compile(
    rf"(.{{2,}}?)(?:(?:{_PEOPLES})族?)+(?:自治([州县旗])|区)|(.+?)族?自治([州县旗])"
)
_BANNER = re.compile(r"(.+?)(左翼|右翼)?([左右前中后])旗")
_LONG_RANKS = ("地区", "林区", "特区", "新区", "矿区")
_SHORT = 3


def derived(name: str, level: str) -> set[str]:
    """The short forms that the build of a name gives.

    Args:
        name: A full official name.
        level: `province`, `prefecture`, `county` or `township`.

    >>> sorted(derived("玉屏侗族自治县", "county")), derived("阿拉善左旗", "county")
    (['玉屏', '玉屏县', '玉屏自治县'], {'阿左旗'})
    """
    if level == "province":
        regional = name.endswith("区")
        return {name[: 3 if name.startswith("内") else 2] if regional else name[:-1]}
    if level == "township":
        return {_without(name, TOWNSHIPS)}
    if name.endswith(("自治州", "自治县", "自治旗", "族区")):
        found = _AUTONOMOUS.fullmatch(name)
        if found:
            root = found[1] or found[3]
            rank = found[2] or found[4] or ""
            own = {f"{root}自治{rank}"} if "自治" in name and rank else set[str]()
            return {root, root + rank, *own}
    if name.endswith("旗") and (form := _banner(name)):
        return {form}
    long = name.endswith(_LONG_RANKS) and len(name) > _SHORT  # 清新区 is 清新
    root = name[:-2] if long else name[:-1]
    return {root} if len(root) > 1 else set()


def _banner(name: str) -> str | None:
    """Short form of a banner of several: 西乌旗, 阿左旗, 科左中旗."""
    if found := _BANNER.fullmatch(name):
        root, wing, side = found[1], found[2] or "", found[3]
        return root[0] + wing[:1] + side + "旗" if len(root) > 2 else name  # noqa: PLR2004  巴林左旗 stays
    if name[0] in "东西" and len(name) > 4:  # noqa: PLR2004  东乌珠穆沁旗
        return name[:2] + "旗"
    return None


def _without(name: str, endings: tuple[str, ...]) -> str:
    """A name without its last word, if two characters are left."""
    for ending in endings:
        if name.endswith(ending) and len(name) - len(ending) > 1:
            return name[: -len(ending)]
    return name
