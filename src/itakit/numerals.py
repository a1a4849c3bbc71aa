"""Numbers as people write them, read exactly and written exactly.

A numeral is bounded in length and exponent, so that a hostile ``1e999999999`` costs nothing.
"""

from __future__ import annotations

import math
import operator
import re
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

LIMIT = 100
"""The most characters of a numeral, and the largest exponent of ten it may have."""

_NUMERAL = re.compile(
    r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE](?P<exponent>[+-]?\d{1,9}))?|[+-]?\d+/\d+"
)


@frozen
class Unreadable:
    """A numeral that is no exact number of a sane size (`nan`, `inf`, ``1e999999999``)."""

    text: str


class MixedDigits(ValueError):
    """A numeral whose digits are not all of one script, such as ``8๕.2๑``."""


def read(text: str) -> Fraction:
    """The exact value of a numeral: ``94.99``, ``-3``, ``1e-3`` or ``880/9``, in any digits.

    All of its digits are Thai, or all western: where they are mixed, some may be a slip.

    >>> read("97.78"), read("880/9"), read("๙๕.๐๐")
    (Fraction(4889, 50), Fraction(880, 9), Fraction(95, 1))

    Raises `ValueError` where the text is no numeral, or one too long to be meant, and
    `MixedDigits` where its digits are of more than one script.
    """
    text = text.strip()
    match = _NUMERAL.fullmatch(text) if len(text) <= LIMIT else None
    if match is None:
        raise ValueError("not a number")
    if not text.isascii() and len({ord(c) - int(c) for c in text if c.isdecimal()}) > 1:
        raise MixedDigits("digits of more than one script")
    exponent = match["exponent"]
    if exponent is not None and abs(int(exponent)) > LIMIT:
        raise ValueError("exponent too large")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError("denominator zero") from None


def exact(value: object) -> Fraction:
    """The rational number that a caller's number stands for.

    An `int`, `Fraction` or `Decimal` is itself, a text is read as a numeral, and a float is the
    decimal that it prints as, because that is what whoever typed it meant: 0.1 is one tenth.
    Raises `TypeError` for what is no number, `ValueError` for what is no finite or sane one.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, str):
        return read(value)
    if isinstance(value, bool):
        raise TypeError("a truth value is no number")
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("not finite")
        return Fraction(float.__repr__(value))
    if isinstance(value, Decimal):
        if not value.is_finite() or abs(value.adjusted()) > LIMIT or _length(value) > LIMIT:
            raise ValueError("not finite, or too long")
        return Fraction(value)
    try:
        number = operator.index(value)  # type: ignore[arg-type]  # the check is the call itself
    except Exception:  # noqa: BLE001  # a caller's own object may fail in any way
        raise TypeError("not a number") from None
    if number.bit_length() > 4 * LIMIT:
        raise ValueError("too large")
    return Fraction(number)


def _length(value: Decimal) -> int:
    return len(value.as_tuple().digits)


def terminates(value: Fraction) -> bool:
    """A fraction has an end as a decimal if and only if its denominator is made of 2s and 5s."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1


def plain(value: Fraction) -> str:
    """The exact value, as a decimal where it has an end and as a fraction where it has none.

    >>> plain(Fraction(5539, 200)), plain(Fraction(880, 9)), plain(Fraction(95))
    ('27.695', '880/9', '95')
    """
    numerator, denominator = value.numerator, value.denominator
    if denominator == 1:
        return _digits(numerator)
    if not terminates(value):
        return f"{_digits(numerator)}/{_digits(denominator)}"
    # 2**a * 5**b divides 10**places for no places fewer than the greater of a and b
    twos, fives = (denominator & -denominator).bit_length() - 1, 0
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    places = max(twos, fives)
    scaled = abs(numerator) * 10**places // value.denominator
    digits = _digits(scaled).rjust(places + 1, "0")
    return f"{'-' if numerator < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _digits(number: int) -> str:
    # Python converts no integer of more than some thousand digits, and a score may have them.
    return str(number) if number.bit_length() < 4096 else format(Decimal(number), "f")


def grouped(n: int) -> str:
    """A whole number as people read it: 8303 is 8,303."""
    return f"{n:,}"
