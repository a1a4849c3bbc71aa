"""One session of each engine for the whole run."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

import itakit
from tests.backends.engines import ENGINES, Engine


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A local Spark: one for all tests, as it takes seconds to start."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime, and this machine has none")
    sql = pytest.importorskip("pyspark.sql", reason="pyspark has no wheel for this Python")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    with warnings.catch_warnings():
        # What Spark's own start-up warns of is not ours.
        warnings.simplefilter("ignore")
        session = (
            sql.SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.default.parallelism", "2")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.memory", "1g")
            .getOrCreate()
        )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Every kind of dataframe."""
    if request.param == "pyspark":
        request.getfixturevalue("spark")
    with warnings.catch_warnings():
        if request.param == "dask":
            # narwhals says that its support of dask will move to a package that is not out yet.
            warnings.filterwarnings("ignore", "Dask support is moving", FutureWarning)
        yield ENGINES[request.param]


@pytest.fixture(autouse=True)
def _not_warned() -> None:
    """Small frames have rows that are likely not meant; what is told of them has its own test."""
    warnings.simplefilter("ignore", itakit.EvidenceWarning)
