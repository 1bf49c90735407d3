"""Numbers as Chinese documents print them: Arabic, Chinese, mixed, fractions and ordinals.

What a fact keeps is always the number as printed; this module says what it is worth.

>>> [str(parse_number(text)) for text in ("8,400", "１．５万", "一千二百五", "百分之八十", "1/4")]
['8400', '15000.0', '1250', '0.8', '0.25']
>>> parse_number("若干") is None
True
>>> [parse_ordinal(text) for text in ("十二", "(三)", "⑤", "Ⅱ")]
[12, 3, 5, 2]
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

__all__ = ["NUMBER", "PERCENT", "parse_number", "parse_ordinal"]

_DIGITS = {
    digit: value
    for value, digits in enumerate(
        ("〇零○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for digit in digits
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_PARTS = {"百": 100, "千": 1000, "万": 10000, "十": 10}

# Quantifiers are bounded so that a long run of digits costs no more than linear time.
_FIGURES = r"[0-9０-９]{1,24}"
_GROUPED = r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3}){1,6}(?![0-9０-９])"
_ARABIC = rf"(?:{_GROUPED}|{_FIGURES})(?:[.．]{_FIGURES})?"
_CHINESE = r"[〇零○一二两三四五六七八九十百千]{1,24}"

#: The source of a regular expression for a number as printed, without groups: Arabic figures
#: of either width with thousands commas and decimal point, or Chinese numerals. A 万 or 亿 at
#: the end is not part of it (``5万元`` is 5 万元, and so is ``五万元``), within it is (三万五千).
NUMBER = rf"(?:{_ARABIC}|{_CHINESE}(?:[万亿]{_CHINESE}){{0,3}}(?:点{_CHINESE})?)"

#: The same for a part of a whole: ``50%``, ``５０％``, ``5‰``, 百分之五十, 三分之一, 八成.
PERCENT = (
    rf"(?:{NUMBER}[%％﹪‰]|[百千万]分之{NUMBER}|{NUMBER}分之{NUMBER}"
    r"|[一二两三四五六七八九](?:[.．][0-9]|点[一二三四五六七八九])?成[一二三四五六七八九半]?)"
)

#: Longer ones are no numbers that a person wrote; and Decimal is exact to this many digits.
_LONGEST = 28

_SPACE = re.compile(r"\s+")
_PLAIN = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_TOKEN = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[^0-9]")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})", re.IGNORECASE)
_BRACKETS = re.compile(r"[(〔\[【]?第?(?P<number>[^()〔〕\[\]【】.、:,]+)[)〕\]】]?[.、:,]?")


@lru_cache(maxsize=4096)
def parse_number(text: str) -> Decimal | None:
    """What a number is worth; None where the text is anything but one number.

    Handles figures of either width (``1250``, ``１２５０``), thousands commas (``8,400``),
    decimals (``1.5``, 一点五), a sign, Chinese numerals by place (二〇一八) and by unit
    (一千二百五十, 十五, 两百, 一万零五, and 三百五 for 350), units after figures (``1.5万``,
    ``3千万``, ``1亿5千万``), 半 and 一半, parts of a hundred or thousand (``50%``, ``5‰``,
    百分之五十), fractions (三分之一, ``1/3``: 28 digits of it) and tenths (八成, 八成五).
    White space within is of no account.

    >>> parse_number("二〇一八"), parse_number("0.5%"), parse_number("约5")
    (Decimal('2018'), Decimal('0.005'), None)
    """
    plain = _normalise(text)
    if not plain or len(plain) > _LONGEST:
        return None
    if plain[0] in "-−" and len(plain) > 1:
        value = _parse_unsigned(plain[1:])
        return None if value is None else -value
    return _parse_unsigned(plain)


@lru_cache(maxsize=4096)
def parse_ordinal(text: str) -> int | None:
    """The place in a sequence that a number of a list or heading gives; None where it is none.

    Handles 1 ``１`` 一 十二 ``①`` ``⑴`` ``⒈`` ㈠ ``Ⅱ`` ``iv`` (三) 第三 and a point after it
    (三、 ``1.``).

    >>> parse_ordinal("第十"), parse_ordinal("㈢"), parse_ordinal("三分之一"), parse_ordinal("附")
    (10, 3, None, None)
    """
    found = _BRACKETS.fullmatch(_normalise(text))
    if not found or len(found["number"]) > 8:
        return None
    number = found["number"]
    if _ROMAN.fullmatch(number):
        return _read_roman(number.upper())
    if number.isascii():
        return int(number) if number.isdigit() else None
    value = _read_numerals(number)
    return int(value) if value is not None and value == int(value) else None


def _normalise(text: str) -> str:
    """One width, no white space: ``１．５万`` is ``1.5万``, ``①`` is 1, ``㈠`` is (一)."""
    # Longer than any number can get: spare the work, the caller will refuse it.
    return _SPACE.sub("", unicodedata.normalize("NFKC", text[: 4 * _LONGEST])).replace("○", "〇")


def _parse_unsigned(text: str) -> Decimal | None:
    if text in ("半", "一半"):
        return Decimal("0.5")
    if text[-1] in "%‰":
        return _divide(_read_numerals(text[:-1]), Decimal(100 if text[-1] == "%" else 1000))
    whole, mark, part = text.partition("分之")
    if mark:
        # 百分之五 has the bare unit for its whole; 一百分之五 is not said.
        base = Decimal(_PARTS[whole]) if whole in _PARTS else _read_numerals(whole)
        return _divide(_read_numerals(part), base)
    part, mark, whole = text.replace("⁄", "/").partition("/")
    if mark:
        return _divide(_read_numerals(part), _read_numerals(whole))
    tenths, mark, rest = text.partition("成")
    if mark:
        return _read_tenths(tenths, rest)
    return _read_numerals(text)


def _divide(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else part / whole


def _read_tenths(tenths: str, rest: str) -> Decimal | None:
    """八成 is 0.8, 八成五 and 八成半 are 0.85."""
    value = _read_numerals(tenths)
    if value is None or value > 10 or len(rest) > 1:
        return None
    more = 5 if rest == "半" else _DIGITS.get(rest, None if rest else 0)
    return None if more is None else value / 10 + Decimal(more) / 100


def _read_numerals(text: str) -> Decimal | None:
    """Arabic, Chinese or mixed numerals, without sign, percent or fraction."""
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    whole, mark, decimals = text.partition("点")
    if not mark:
        return _read_units(text)
    value = _read_units(whole)
    # 一点五万: the unit after the decimals goes for the whole number.
    unit = 1
    if decimals[-1:] in _MYRIADS:
        decimals, unit = decimals[:-1], _MYRIADS[decimals[-1]]
    digits = [_DIGITS.get(digit) for digit in decimals]
    if value is None or not digits or None in digits:
        return None
    return (value + Decimal("0." + "".join(map(str, digits)))) * unit


def _read_units(text: str) -> Decimal | None:
    """Numerals with units (一千二百五, ``1亿5千万``) or digits by place (二〇一八)."""
    if text and all(character in _DIGITS for character in text):
        return Decimal("".join(str(_DIGITS[character]) for character in text))
    total = section = Decimal(0)  # what the 万 and 亿 gave; what stands since the last of them
    digit: Decimal | None = None  # waits for its unit
    after_zero = False
    unit, myriad = 0, 0  # the last ones met: units must fall
    for token in _TOKEN.findall(text):
        if token in _TENS:
            if unit and _TENS[token] >= unit:
                return None
            unit = _TENS[token]
            # 十五 for 一十五; 百 and 千 alone are no numbers.
            if digit is None and (unit != 10 or section):
                return None
            section += (Decimal(1) if digit is None else digit) * unit
            digit, after_zero = None, False
        elif token in _MYRIADS:
            factor = _MYRIADS[token]
            section += digit or 0
            if not section and not (total and factor > myriad):
                return None
            if myriad and factor >= myriad:
                # 三万亿: the greater unit takes all that went before.
                total, section = (total + section) * factor, Decimal(0)
            else:
                total, section = total + section * factor, Decimal(0)
            digit, unit, myriad, after_zero = None, 0, factor, False
        elif digit is not None:
            return None
        elif token in _DIGITS and _DIGITS[token] == 0:
            after_zero = True
        elif token in _DIGITS:
            digit = Decimal(_DIGITS[token])
        elif _PLAIN.fullmatch(token):
            digit = Decimal(token.replace(",", ""))
        else:
            return None
    if digit is not None:
        last = unit or myriad
        section += digit * (last // 10) if last and not after_zero and digit < 10 else digit
    return total + section if text else None


def _read_roman(number: str) -> int | None:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in number]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True)) or None
