"""The laws as tests of pytest: one class, and each law is a test of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from itakit.scheme import Scheme
from itakit.testing.breach import LawError
from itakit.testing.checking import check_law, laws_of
from itakit.wording import say

if TYPE_CHECKING:
    import pytest


class SchemeLaws:
    """The laws of a scheme, each a test: name the scheme in a class that extends this one.

        class TestLaws(SchemeLaws):
            scheme = itakit.load("my_scheme.toml")

    The tests are called ``TestLaws::test_law[monotone]`` and so on, the same in every run. One
    that fails tells the law, the node, the smallest evidence that was found against it, and what
    it gives.
    """

    scheme: ClassVar[Scheme]
    """The scheme whose laws are tried."""
    max_examples: ClassVar[int] = 25
    """With how many cases a law is tried at every kind of node."""
    seed: ClassVar[int | None] = 0
    """Another number gives other cases, `None` new ones in every run."""

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """One test for each law that the scheme has to keep."""
        import pytest

        scheme = getattr(self, "scheme", None)
        if not isinstance(scheme, Scheme):
            raise pytest.UsageError(say("laws-need-scheme", name=type(self).__name__).text())
        if "law" in metafunc.fixturenames:
            metafunc.parametrize("law", laws_of(scheme))

    def test_law(self, law: str) -> None:
        """The law holds for the scheme."""
        import pytest

        try:
            check_law(self.scheme, law, max_examples=self.max_examples, seed=self.seed)
        except LawError as error:
            pytest.fail(error.text() if error.story is None else error.story.text(), pytrace=False)
