"""Numerals: the values of Chinese figures."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
HAN = "零〇一二三四五六七八九十百千万亿两"


def parse_han(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral, or None where it is a row of digits.

    >>> parse_han("三百二十"), parse_han("两千零五"), parse_han("七点五")
    (Decimal('320'), Decimal('2005'), Decimal('7.5'))
    >>> parse_han("十四亿三千万"), parse_han("三四") is None
    (Decimal('1430000000'), True)
    >>> parse_han("百亿"), parse_han("万亿")  # after 突破, 近, 超
    (Decimal('10000000000'), Decimal('1000000000000'))
    """
    whole, point, fraction = numeral.partition("点")
    total = group = digit = 0
    previous = ""
    for character in whole:
        if character in DIGITS:
            if previous in DIGITS and previous not in "零〇":
                return None
            digit = DIGITS[character]
        elif character in _POWERS:
            if previous in _POWERS:  # 十百千万 is a name
                return None
            group, digit = group + (digit or 1) * _POWERS[character], 0
        elif character == "万":
            total += (group + digit + (not previous)) * 10**4
            group = digit = 0
        else:
            total = (total + group + digit + (not previous)) * 10**8
            group = digit = 0
        previous = character
    decimals = "".join(str(DIGITS.get(c, 0)) for c in fraction)
    return Decimal(f"{total + group + digit}{'.' if point else ''}{decimals}")


def scale_of(power: str) -> int:
    """What a row of magnitudes multiplies by: 万亿 is 10 to the twelfth."""
    scale = 1
    for character in power:
        scale *= SCALES[character]
    return scale
