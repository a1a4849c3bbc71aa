"""The page on clusters: what of it runs on one machine is run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import itakit

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```python\n# (\w+\.py)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = dict(BLOCK.findall((ROOT / "docs" / "how_to" / "spark.md").read_text("utf-8")))


class TestThePage:
    """'Every code block that can run locally is run.'"""

    def test_the_script_for_one_machine_counts_what_the_page_says(
        self, spark: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(ROOT)
        names: dict[str, Any] = {}
        exec(BLOCKS["try_spark.py"], names)
        assert names["tallies"]["A"]["in_time"] == itakit.Tally({"3": 2})

    def test_the_script_for_a_cluster_is_the_same_but_for_its_folders(
        self, spark: Any, tmp_path: Path
    ) -> None:
        scheme = itakit.find("ita_2565")
        for survey in ("IIT", "EIT"):
            scales = {i.code: i.scale for i in scheme[survey].walk() if i.scale and not i.children}
            answers = [scale.answers[0].code for scale in scales.values()]
            rows = [(unit, *answers) for unit in "AB"]
            frame = spark.createDataFrame(rows, ["agency", *scales])
            frame.write.parquet(str(tmp_path / "ita" / "2565" / survey.lower()))
        script = BLOCKS["score.py"].replace("hdfs:///", f"{tmp_path}/")
        exec(script, {})
        written = spark.read.parquet(str(tmp_path / "ita" / "2565" / "scores"))
        assert {row["agency"] for row in written.collect()} == {"A", "B"}
