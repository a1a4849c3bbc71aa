"""Stored values: what a workbook keeps in a cell, as the text that a person sees."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Context, Decimal

from openpyxl.utils.escape import unescape

_DIGITS = Context(prec=15)
"""Excel computes with 15 significant digits, and writes 1.1 as 1.1000000000000001."""


def shown(value: object) -> str:
    r"""A value that openpyxl has read.

    >>> shown(4), shown(4.0), shown(3.0000000001), shown(1e-3), shown(1e20), shown(True)
    ('4', '4', '3.0000000001', '0.001', '100000000000000000000', 'TRUE')
    >>> shown(datetime(2022, 1, 31)), shown(datetime(2022, 1, 31, 12)), shown(time(6))
    ('2022-01-31', '2022-01-31 12:00:00', '06:00:00')
    >>> shown(timedelta(hours=36, minutes=5)), shown("#N/A"), shown("a_x000D_b"), shown(None)
    ('36:05:00', '#N/A', 'a\rb', '')
    """
    match value:
        case None:
            return ""
        case str():
            return str(unescape(value))
        case bool():
            return str(value).upper()
        case float():
            # not what it is in binary, but the shortest number that is stored so
            short = f"{_DIGITS.plus(Decimal(repr(value))):f}"
            return short.rstrip("0").rstrip(".") if "." in short else short
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "seconds")
        case time():
            return value.isoformat("seconds")
        case timedelta():
            minutes, seconds = divmod(value // timedelta(seconds=1), 60)
            return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
        case _:
            return str(value)
