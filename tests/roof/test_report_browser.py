"""Reports in a real browser: nothing leaves them, nothing overflows, and everyone can read them."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import itakit
from itakit.dossier import assess
from itakit.evidence import Tally
from itakit.frames.roles import Columns
from itakit.reporting import ReportParts, report
from itakit.reporting.nation import nation_report
from itakit.result import Result
from itakit.scoring import Terms, score_files

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
HERE = all(map(importlib.util.find_spec, ("playwright", "axe_playwright_python")))
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
    pytest.mark.skipif(not HERE, reason="playwright and axe-playwright-python are not installed"),
]
ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
PHONE, DESKTOP = (360, 740), (1280, 900)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
AGENCIES = 120
RULES = """
format = 1
[scheme]
id = "{id}"
title = {{ th = "การประเมินคุณธรรมและความโปร่งใส", en = "Assessment of integrity" }}
range = [0, 100]
missing = "skip"
[aggregation]
item = "mean"
indicator = "mean"
survey = "mean"
total = "{total}"
[[survey]]
code = "S"
title = {{ th = "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน", en = "Perception inside" }}
indicator = [{indicators}]
[[survey]]
code = "T"
title = {{ th = "การเปิดเผยข้อมูลสาธารณะ", en = "Publication" }}
indicator = [{{ code = "t", item = ["o"] }}]
[[grade]]
name = "ผ่าน"
from = 50
[[grade]]
name = "ปรับปรุง"
from = 0
"""
NODE = """{{ code = "{}", item = ["x{}"],
  title = {{ th = "ตัวชี้วัดการใช้งบประมาณที่ {}", en = "Use of funds {}" }} }}"""


class Rows:
    """An analysis, as all of them are."""

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        title = "การป้องกันการทุจริตอย่างจริงจังและต่อเนื่อง" if lang == "th" else "Prevention"
        return [{"rank": k, "code": f"c{k}", "title": title, "exact": k} for k in range(1, 9)]

    def explain(self, lang: str = "en") -> str:
        return "line " * 60 + "\nnext"


def answered(shift: int = 0) -> Result:
    """A unit with answers to every item, on all scales."""
    rules = itakit.find("ita_2565")
    evidence = {}
    for k, item in enumerate(rules.leaves()):
        assert item.scale is not None
        codes = [choice.code for choice in item.scale.answers]
        evidence[item.code] = Tally(
            {code: (k * 7 + j * 5 + shift) % 23 + 1 for j, code in enumerate(codes)}
        )
    return itakit.evaluate(rules, evidence)


def two_years() -> tuple[Result, Result]:
    """A unit by the rules of two years, of which some indicators are new, gone or renamed."""

    def rules(name: str, total: str, codes: str, titles: str) -> itakit.Scheme:
        nodes = (NODE.format(code, code, t, t) for code, t in zip(codes, titles, strict=True))
        text = RULES.format(id=name, total=total, indicators=", ".join(nodes))
        return itakit.loads(text)

    early = rules("y2565", "mean", "123", "123")
    late = rules("y2566", "geometric-mean", "145", "135")
    return (
        itakit.evaluate(early, {"1": 60, "2": "41.5", "3": 88, "t": 70}),
        itakit.evaluate(late, {"1": "66.67", "4": 81, "5": 30, "t": "71.005"}),
    )


def nation(folder: Path, lang: str) -> str:
    """Made-up units whose scores are given."""
    lines = [
        "unit,IIT,EIT,OIT",
        *(
            f"หน่วยงานตัวอย่างที่ {k:03},{40 + k / 2},{50 + k / 3:.2f},{100 - k / 4}"
            for k in range(AGENCIES)
        ),
    ]
    lines.append('"<b>&""\'</script><script>alert(1)</script>",99,99,99')
    lines.append("ขาดข้อมูล,99,,99")
    file = folder / "units.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    terms = Terms(Columns("unit"), scores=True)
    board = score_files(itakit.find("ita_2565"), [str(file)], terms, lang, lambda _: None)
    return nation_report(board, lang, [file.name])


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The reports by name, written to files."""
    folder = tmp_path_factory.mktemp("reports")
    printed = EXAMPLES / "chiang_mai_2564"
    rules = itakit.find("ita_2565")
    names = ("summary_table.toml", "ranking_table.toml")
    given, other = (assess(rules, [str(printed / name)]) for name in names)
    long = "เทศบาลนครที่มีชื่อยาวมากและมีชื่อภาษาอังกฤษว่า Municipality<script>alert(1)</script>"
    now = answered()
    plan = itakit.load_measures(printed / "plan.toml", rules)
    sizes = {"IIT": 1200, "EIT": 9000}
    everything = ReportParts(
        long,
        sizes,
        itakit.compare(answered(3), now),
        plan=plan.join(itakit.gains(now), date(2022, 4, 1)),
        certainty=itakit.certainty(now, population=sizes, replications=100),
        robustness=Rows(),
        audit=itakit.audit(rules, printed / "published.toml", printed / "published_ranking.toml"),
        files=["iit.csv"],
    )
    moved = itakit.compare(*two_years(), {"3": "4", "2": None})
    other_rules = ReportParts("สำนักงานเขตบางรัก", comparison=moved)
    written = {}
    for lang in ("th", "en"):
        texts = {
            "given": report(
                given,
                ReportParts("เทศบาลนครเชียงใหม่", comparison=itakit.compare(other, given)),
                lang,
            ),
            "changed": report(moved.after, other_rules, lang),
            "answered": report(now, everything, lang),
            "nation": nation(folder, lang),
        }
        for name, text in texts.items():
            written[f"{name}-{lang}"] = folder / f"{name}.{lang}.html"
            written[f"{name}-{lang}"].write_text(text, "utf-8")
    return written


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


class Visit:
    """A page that was opened, and what it said and asked for."""

    def __init__(self, browser: Any, file: Path, size: tuple[int, int], **more: Any) -> None:
        width, height = size
        viewport = {"width": width, "height": height}
        self.context = browser.new_context(viewport=viewport, bypass_csp=False, **more)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


NAMES = ("given", "answered", "changed", "nation")
every_page = pytest.mark.parametrize(
    ("name", "lang"), [(name, lang) for name in NAMES for lang in ("th", "en")]
)
every_size = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


@every_page
@every_size
class TestEveryPage:
    """ "Opened in a real headless Chromium at phone and desktop width, in both languages." """

    def test_nothing_is_asked_for_and_nothing_goes_wrong(
        self, browser: Any, pages: dict[str, Path], name: str, lang: str, size: tuple[int, int]
    ) -> None:
        """One file, no request but for itself, and a quiet console."""
        file = pages[f"{name}-{lang}"]
        with Visit(browser, file, size) as visit:
            assert visit.said == []
            assert [url for url in visit.asked if not url.startswith("data:")] == [file.as_uri()]
            assert visit.page.get_attribute("html", "lang") == lang

    def test_the_page_is_never_wider_than_the_screen(
        self, browser: Any, pages: dict[str, Path], name: str, lang: str, size: tuple[int, int]
    ) -> None:
        """Even with everything unfolded. What is wide scrolls within itself."""
        with Visit(browser, pages[f"{name}-{lang}"], size) as visit:
            for unfold in ("", "document.querySelectorAll('details').forEach(d => d.open = true)"):
                visit.page.evaluate(unfold)
                wide = visit.page.evaluate("document.documentElement.scrollWidth")
                assert wide <= size[0]
                beyond = visit.page.evaluate(
                    """width => [...document.querySelectorAll('main *, header *, nav *')]
                    .filter(e => e.getBoundingClientRect().right > width + 1)
                    .filter(e => !e.closest('.wide, .unseen, pre, thead, dialog'))
                    .map(e => e.outerHTML.slice(0, 80))""",
                    size[0],
                )
                assert beyond == []

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing(
        self,
        browser: Any,
        pages: dict[str, Path],
        name: str,
        lang: str,
        size: tuple[int, int],
        scheme: str,
    ) -> None:
        """Contrast, headings, landmarks, names of controls and regions, in light and dark."""
        from axe_playwright_python.sync_playwright import Axe

        with Visit(browser, pages[f"{name}-{lang}"], size, color_scheme=scheme) as visit:
            found = Axe().run(visit.page).response["violations"]
            told = [
                (rule["id"], [node["html"][:90] for node in rule["nodes"]][:3]) for rule in found
            ]
            assert told == []


@every_page
class TestThai:
    """ "Thai set properly." """

    def test_lines_break_between_words_and_stand_apart(
        self, browser: Any, pages: dict[str, Path], name: str, lang: str
    ) -> None:
        """A title without spaces is broken, and vowels above do not touch the line before."""
        with Visit(browser, pages[f"{name}-{lang}"], PHONE) as visit:
            high = visit.page.evaluate(
                """() => ['p', 'th', 'td', 'h1', 'h2', 'li'].map(tag => {
                    const e = document.querySelector('main ' + tag) || document.querySelector(tag);
                    const style = getComputedStyle(e);
                    return parseFloat(style.lineHeight) / parseFloat(style.fontSize);
                })"""
            )
            assert min(high) >= 1.35
            digits = visit.page.evaluate("/[๐-๙]/.test(document.body.innerText)")
            assert digits is False


@pytest.mark.parametrize("name", ["given", "answered", "changed"])
@every_size
def test_no_head_is_broken_inside_a_compound(
    browser: Any, pages: dict[str, Path], name: str, size: tuple[int, int]
) -> None:
    """Such as that of weights, which browsers break in two."""
    with Visit(browser, pages[f"{name}-th"], size) as visit:
        whole = visit.page.evaluate(
            """[...document.querySelectorAll('thead .word')].map(e => e.getClientRects().length)"""
        )
        assert set(whole) == {1}


class TestPrinting:
    """ "Prints well to A4." """

    @every_page
    def test_a_report_is_a_few_pages_of_a4(
        self, browser: Any, pages: dict[str, Path], name: str, lang: str
    ) -> None:
        """No page is empty, and nothing of the navigation is printed."""
        with Visit(browser, pages[f"{name}-{lang}"], DESKTOP) as visit:
            data = visit.page.pdf(prefer_css_page_size=True)
            assert data.startswith(b"%PDF")
            boxes = data.count(b"/MediaBox [0 0 594.95996 841.91998]")
            assert 1 <= boxes <= 20
            visit.page.emulate_media(media="print")
            assert visit.page.locator("nav").is_hidden()
            group = "getComputedStyle(document.querySelector('thead')).display"
            assert visit.page.evaluate(group) == "table-header-group"


class TestTheUnitsOfANation:
    """ "A table of units to sort and filter, keyboard accessible, aria-sort." """

    def test_it_sorts_searches_and_filters(self, browser: Any, pages: dict[str, Path]) -> None:
        """By the keyboard alone, and says how it is sorted."""
        with Visit(browser, pages["nation-en"], DESKTOP) as visit:
            page = visit.page
            names = page.locator("#units-table tbody th")
            assert names.count() == 50
            heads = page.locator("#units-table thead th")
            assert heads.nth(1).get_attribute("aria-sort") == "descending"
            assert names.first.inner_text() == "<b>&\"'</script><script>alert(1)</script>"
            page.locator("#units-table thead button").nth(1).focus()
            page.keyboard.press("Enter")
            assert heads.nth(1).get_attribute("aria-sort") == "ascending"
            scores = page.locator("#units-table tbody tr td:nth-child(2)").all_inner_texts()
            assert scores == sorted(scores, key=float)
            page.locator("#units-next").click()
            page.locator("#units-next").click()
            assert page.locator("#units-table tbody tr").last.inner_text().startswith("ขาดข้อมูล")
            assert page.locator("#units-next").is_disabled()
            page.fill("#units-search", "ตัวอย่างที่ 01")
            assert names.count() == 10
            assert page.locator("#units-status").inner_text() == f"10 of {AGENCIES + 2} units"
            page.select_option("#units-grade", label="AA")
            assert page.locator("#units-status").inner_text() == "No unit is like that"
            page.fill("#units-search", "")
            assert set(page.locator("#units-table tbody td:nth-child(3)").all_inner_texts()) == {
                "AA"
            }
            assert visit.said == []

    def test_a_unit_opens_and_closes(self, browser: Any, pages: dict[str, Path]) -> None:
        """With its scores, by the keyboard, and the focus goes back to where it was."""
        with Visit(browser, pages["nation-en"], PHONE) as visit:
            page = visit.page
            page.fill("#units-search", "ตัวอย่างที่ 007")
            button = page.locator("#units-table tbody button")
            button.focus()
            page.keyboard.press("Enter")
            dialog = page.locator("#units-dialog")
            assert dialog.is_visible()
            text = dialog.inner_text()
            assert "หน่วยงานตัวอย่างที่ 007" in text
            assert "43.50" in text
            assert page.evaluate("document.querySelector('dialog').scrollTop") == 0
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
            page.keyboard.press("Escape")
            assert dialog.is_hidden()
            assert page.evaluate("document.activeElement.textContent") == button.inner_text()

    def test_without_scripts_the_rest_is_there(self, browser: Any, pages: dict[str, Path]) -> None:
        """And it is said where the list is to be had."""
        with Visit(browser, pages["nation-en"], DESKTOP, java_script_enabled=False) as visit:
            assert visit.page.locator("noscript p").count() == 1
            assert visit.page.locator("#spread tbody tr").count() > 3
