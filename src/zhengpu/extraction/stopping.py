"""Which words no name crosses on the way from its head to the left."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from zhengpu.knowledge.lexicon import words
from zhengpu.knowledge.rulebook import FOLDED
from zhengpu.model import EntityType
from zhengpu.text.tagging import known

if TYPE_CHECKING:
    from zhengpu.extraction.heads import Token

STOP_TAGS = frozenset((
    "v", "vd", "vi", "vg", "p", "c", "d", "df", "r", "u", "uj", "ul", "uz", "ud", "ug", "uv",
    "m", "mq", "q", "y", "zg", "k", "e", "i", "f", "t",
))  # fmt: skip
"""Tags of words that end the way to the left (jieba's tag set)."""


@cache
def stoppers() -> tuple[frozenset[str], frozenset[str]]:
    """Words that no name crosses, and words that one may though they are verbs."""
    inner = words("stoppers", "word", "inner")
    every = words("stoppers", "word")
    return every - inner, inner


@cache
def unknown_verbs() -> frozenset[str]:
    """Verbs that the dictionary of the cutter lacks, which it joins to names: 包联."""
    verbs = words("deeds", "verb") | words("stoppers", "word")
    return frozenset(v for v in verbs if len(v) == 2 and not known(v))  # noqa: PLR2004


@cache
def crossed(type_: EntityType) -> frozenset[str]:
    """The folded characters that a name of this type may hold."""
    inside = {
        EntityType.ORG: ("AREA", "ORG", "PLC", "PRG"),
        EntityType.PLC: ("AREA", "PLC"),
        EntityType.PRG: ("AREA", "PLC", "PRG"),
        EntityType.EVT: ("AREA", "PLC", "ORG", "PRG"),
        EntityType.AWD: ("AREA",),
        EntityType.DOC: ("AREA", "ORG", "PRG"),
        EntityType.PER: (),
    }
    return frozenset(FOLDED[name] for name in inside[type_])


SINGLE = frozenset(
    "在与和对向把被为等到赴从由以及是有的了将于让使各该本其某每并也都就又再还已曾正才只仅不未无没要会能可应须需"
    "一两几数多个名位件次项条份篇户家所座处支批类种章节这那此我你他们全总共约近超达率带用按经就或而且但若如因"
    "见占建办抓促推请派赠送给获评聘任兼做作称叫说看听问学讲来去进出回过起开关放打找做当内外上下中前后里间时后"
)
"""Characters that are words of their own wherever they stand alone."""
_OF_OUR_TIME = ("现代", "未来")
"""Times by their tag that say of what kind something is: 兴安盟|现代畜牧业试验区."""
_NUMERALS = frozenset(
    "〇零一二两三四五六七八九十百千万亿几数多半若余整许廿卅第0123456789"
)
"""One of these is in every numeral; the dictionary calls 良种, 双轮 numerals, too."""
_FUNCTION_TAGS = STOP_TAGS - {"v", "vd", "vi", "vg", "i", "t"}
"""Tags of words that end even a programme's name, which may hold verbs."""


def stops(token: Token, type_: EntityType) -> bool:
    """Whether a name of this type cannot hold the word.

    A name that no dictionary has is cut into single characters (阆|州|醋业): only
    those that are words of their own end it.
    """
    if len(token.word) == 1:
        return token.word in SINGLE
    stop, inner = stoppers()
    holder = type_ in (EntityType.ORG, EntityType.PLC)
    if token.word in stop or (holder and token.word in unknown_verbs()):
        return True
    falsely_tagged = token.tag == "m" and not _NUMERALS & set(token.word)
    if token.word in _OF_OUR_TIME or falsely_tagged:
        return False
    if token.word in inner and type_ in (EntityType.ORG, EntityType.PRG):
        return False
    if token.word[0] == "第" and token.tag == "m":
        return not holder
    return token.tag in (_FUNCTION_TAGS if type_ is EntityType.PRG else STOP_TAGS)
