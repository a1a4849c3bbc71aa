"""Days as plans write them: in either era, in numbers or with a month's name, Thai or English.

The era is told by the size of the year: 1900 to 2199 is of the common era, 2400 to 2742 of the
Buddhist one, which is 543 years ahead. A year of two digits is taken only behind a Thai month,
where it is of the Buddhist era, as ม.ค. 65 is January 2565; elsewhere nobody can tell. The day
comes first, as it is written in Thailand: 3/12/2565 is the third of December.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from typing import Final

from itakit.notation.flaws import Refused
from itakit.notation.kinds import expected
from itakit.text import normal, printable
from itakit.wording import say

AHEAD: Final = 543
"""The years that the Buddhist era is ahead."""
_COMMON: Final = range(1900, 2200)
_BUDDHIST: Final = range(2400, 2743)
_THAI: Final = (
    ("มกราคม", "ม.ค."),
    ("กุมภาพันธ์", "ก.พ."),
    ("มีนาคม", "มี.ค."),
    ("เมษายน", "เม.ย."),
    ("พฤษภาคม", "พ.ค."),
    ("มิถุนายน", "มิ.ย."),
    ("กรกฎาคม", "ก.ค."),
    ("สิงหาคม", "ส.ค."),
    ("กันยายน", "ก.ย."),
    ("ตุลาคม", "ต.ค."),
    ("พฤศจิกายน", "พ.ย."),
    ("ธันวาคม", "ธ.ค."),
)
_ENGLISH: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTHS: Final = {
    **{normal(name.replace(".", "")): n for n, names in enumerate(_THAI, 1) for name in names},
    **{name[:size]: n for n, name in enumerate(_ENGLISH, 1) for size in (3, len(name))},
    "sept": 9,
}
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00:00)?")
_SLASHED: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d+)")
_NAMED: Final = re.compile(r"(?:(\d{1,2})\s*)?([^\d\s](?:[^\d]*[^\d\s])?)\s*(\d+)?")
_APART: Final = re.compile(r"\s+-\s+|\s*(?:[–—]|ถึง)\s*|\s+to\s+")


def first_day(value: object) -> datetime.date:
    """The day on which something begins: of a month alone, the first. Raises `Refused`."""
    return _day(value, last=False)


def last_day(value: object) -> datetime.date:
    """The day on which something ends: of a month alone, the last. Raises `Refused`."""
    return _day(value, last=True)


def period(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a period such as ``ต.ค.64-มี.ค.65``.

    A year or a month that both days share may be written once. Raises `Refused`.

    >>> [day.isoformat() for day in period("ม.ค.-มี.ค.65")]
    ['2022-01-01', '2022-03-31']
    >>> [day.isoformat() for day in period("1-15 ม.ค. 2565")]
    ['2022-01-01', '2022-01-15']
    """
    ends = _ends(_digits(text))
    if len(ends) == 1:
        return first_day(ends[0]), last_day(ends[0])
    if len(ends) != 2:
        raise Refused(say("plan-no-period", value=printable(text)), say("plan-period-form"))
    first, last = ends
    if named := _NAMED.fullmatch(last):
        if first.isdecimal() and len(first) <= 2:
            first = f"{first} {named[2]}"
        if named[3] and not first[-1].isdecimal():
            first = f"{first} {named[3]}"
    return first_day(first), last_day(last)


def _ends(text: str) -> list[str]:
    """What stands before and behind the dash; a dash within a day divides nothing."""
    apart = [part for part in _APART.split(text) if part]
    if len(apart) > 1 or _ISO.fullmatch(text) or _SLASHED.fullmatch(text):
        return apart
    return [part for part in text.split("-") if part]


def shown(day: datetime.date | None, lang: str) -> str:
    """A day as people read it: in Thai of the Buddhist era; empty for none.

    >>> shown(datetime.date(2022, 3, 31), "th"), shown(datetime.date(2022, 3, 31), "en")
    ('31 มี.ค. 2565', '2022-03-31')
    """
    if day is None:
        return ""
    if lang != "th":
        return day.isoformat()
    return f"{day.day} {_THAI[day.month - 1][1]} {day.year + AHEAD}"


def month(day: datetime.date, lang: str) -> str:
    """A month as people read it.

    >>> month(datetime.date(2022, 3, 1), "th"), month(datetime.date(2022, 3, 1), "en")
    ('มี.ค. 2565', '2022-03')
    """
    if lang != "th":
        return f"{day.year}-{day.month:02}"
    return f"{_THAI[day.month - 1][1]} {day.year + AHEAD}"


def _day(value: object, *, last: bool) -> datetime.date:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return _date(value.year, value.month, value.day, value.isoformat())
    if not isinstance(value, str):
        raise expected("plan-a-day", value)
    text = _digits(value)
    if match := _ISO.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]), value)
    if match := _SLASHED.fullmatch(text):
        day, _, month, year = match.groups()
        if len(year) != 4:
            raise Refused(say("plan-short-year", value=printable(value)), say("plan-day-form"))
        return _date(int(year), int(month), int(day), value)
    if (match := _NAMED.fullmatch(text)) and (named := _month(match[2])):
        return _named(match[1], named, match[3], match[2], value, last=last)
    raise Refused(say("plan-no-day", value=printable(value)), say("plan-day-form"))


def _named(
    day: str | None, month: int, year: str | None, name: str, value: str, *, last: bool
) -> datetime.date:
    """A day, or the first or last of a month, with the month's name."""
    if year is None:
        raise Refused(say("plan-no-year", value=printable(value)), say("plan-day-form"))
    if len(year) == 2 and not name.isascii():
        year = f"25{year}"
    if len(year) != 4:
        raise Refused(say("plan-short-year", value=printable(value)), say("plan-day-form"))
    number = int(year)
    if day is not None:
        return _date(number, month, int(day), value)
    common = number - AHEAD if number in _BUDDHIST else number
    end = monthrange(common, month)[1] if last and common in _COMMON else 1
    return _date(number, month, end, value)


def _month(name: str) -> int | None:
    plain = name.replace("พ.ศ.", "").replace("B.E.", "").strip()
    return _MONTHS.get(normal(re.sub(r"[.\s,]", "", plain)))


def _digits(text: str) -> str:
    """A text with western digits and plain spaces, without marks that have no width."""
    plain = " ".join(text.split())
    return "".join(str(int(c)) if c.isdecimal() else c for c in plain if c != "\u200b")


def _date(year: int, month: int, day: int, value: str) -> datetime.date:
    if year in _BUDDHIST:
        year -= AHEAD
    elif year not in _COMMON:
        raise Refused(say("plan-year", value=printable(value)), say("plan-day-form"))
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise Refused(
            say("plan-no-such-day", value=printable(value)), say("plan-day-form")
        ) from None
