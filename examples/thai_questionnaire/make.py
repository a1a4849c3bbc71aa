"""Make the files of this example: two municipalities that do not exist, and answers nobody gave.

    python examples/thai_questionnaire/make.py

The files are as Excel in Thailand and forms on the web leave them: with stray spaces, with both
spellings of สระอำ, with characters that nobody sees. Needs xlsxwriter. The same files every time.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from random import Random

import xlsxwriter

import itakit

HERE = Path(__file__).parent
SCHEME = itakit.find("ita_2565")
NEAR, FAR = "เทศบาลตำบลริมน้ำสมมติ", "เทศบาลตำบลดอนตัวอย่าง"
QUALITY = {NEAR: 0.97, FAR: 0.78}
"""How likely each of the two is to take one more step towards the best answer."""
STAFF = {NEAR: 14, FAR: 16}
VISITORS = {NEAR: 34, FAR: 26}
UNANSWERED = 0.01
LACKING = {NEAR: {"o27"}, FAR: {"o9", "o17", "o22", "o31", "o39"}}
"""What the assessor did not find published."""
UNIT, PERSON, AGE, TIME = "หน่วยงาน", "เลขที่", "อายุ", "ประทับเวลา"
ITEM, FINDING = "ข้อ", "ผลตรวจ"
NO_BREAK, ZERO_WIDTH = "\u00a0", "\u200b"
Row = list[str | int]


def apart(text: str) -> str:
    """A text with สระอำ spelled as two characters."""
    return text.replace("ำ", "\u0e4d\u0e32")


def answers(survey: str, units: dict[str, int], chance: Random) -> Iterator[Row]:
    """A row for each respondent: who it is, and the titles of all answers."""
    items = [node for node in SCHEME[survey].walk() if not node.children]
    number = 0
    for unit, people in units.items():
        for _ in range(people):
            number += 1
            row: Row = [f"{chance.randint(1, 28)}/2/2565", unit, number, chance.randint(21, 59)]
            for item in items:
                ladder = sorted(item.scale.answers, key=lambda answer: answer.score)
                steps = sum(chance.random() < QUALITY[unit] for _ in ladder[1:])
                row.append("" if chance.random() < UNANSWERED else ladder[steps].title["th"])
            yield row


def heads(survey: str) -> list[str]:
    """The names of a questionnaire's columns."""
    codes = [node.code for node in SCHEME[survey].walk() if not node.children]
    return [TIME, UNIT, PERSON, AGE, *codes]


def untidy(rows: Iterator[Row], strays: Sequence[str], chance: Random) -> Iterator[Row]:
    """Rows as they come out of a form: now and then with what nobody sees."""
    for row in rows:
        yield [
            chance.choice(strays).format(cell)
            if isinstance(cell, str) and cell and chance.random() < 0.05
            else cell
            for cell in row
        ]


def write_iit(chance: Random) -> None:
    """A CSV file as Excel in Thailand saves it: in Windows-874."""
    rows = untidy(answers("IIT", STAFF, chance), [" {}", "{} ", f"{{}}{NO_BREAK}"], chance)
    with (HERE / "iit.csv").open("w", encoding="cp874", newline="") as file:
        csv.writer(file).writerows([heads("IIT"), *rows])


def write_eit(chance: Random) -> None:
    """A workbook with a sheet of answers and one of notes."""
    rows = untidy(
        answers("EIT", VISITORS, chance), [f"{{}}{ZERO_WIDTH}", f"{ZERO_WIDTH}{{}}"], chance
    )
    with xlsxwriter.Workbook(HERE / "eit.xlsx") as book:
        # A fixed date, so that the file is the same every time.
        book.set_properties({"created": datetime(2022, 3, 1)})  # noqa: DTZ001
        sheet, notes = book.add_worksheet("คำตอบ"), book.add_worksheet("หมายเหตุ")
        sheet.write_row(0, 0, heads("EIT"))
        for k, row in enumerate(rows, 1):
            row[1] = apart(str(row[1])) if k % 3 == 0 else row[1]
            sheet.write_row(k, 0, row)
        notes.write_string(0, 0, "ข้อมูลสมมติ เก็บจากแบบฟอร์มออนไลน์")


def write_oit() -> None:
    """The assessor's list, a line for each finding: CSV UTF-8 with semicolons and a mark."""
    with (HERE / "oit.csv").open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file, delimiter=";")
        sheet.writerow([UNIT, ITEM, FINDING])
        for unit, lacking in LACKING.items():
            for node in SCHEME["OIT"].walk():
                if not node.children:
                    sheet.writerow([unit, node.code, 0 if node.code in lacking else 100])


def main() -> None:
    chance = Random(2565)  # noqa: S311  # a fixed seed, nothing secret
    write_iit(chance)
    write_eit(chance)
    write_oit()


if __name__ == "__main__":
    main()
