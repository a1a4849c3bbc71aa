"""The laws as tests of pytest: one class, and each law is a test of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from itakit.errors import ItakitError, Problem, SchemeError
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.testing.breach import LawError
from itakit.testing.checking import check_law, check_trial, laws_of
from itakit.wording import say

if TYPE_CHECKING:
    import pytest


_NONE = "none"
"""The test that stands for all laws where something keeps them from being tried."""


_SETTINGS: Final = ("scheme", "max_examples", "seed")


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
        """One test for each law that the scheme has to keep; one that fails where none can be."""
        if "law" in metafunc.fixturenames:
            try:
                laws = self._laws()
            except ItakitError:
                laws = [_NONE]
            metafunc.parametrize("law", laws)

    def test_law(self, law: str) -> None:
        """The law holds for the scheme."""
        import pytest

        # Outside of `except`: pytest would tell what is handled there as well.
        if told := self._broken(law):
            pytest.fail(told, pytrace=False)

    def _laws(self) -> list[str]:
        scheme = getattr(self, "scheme", None)
        if scheme is None:
            raise SchemeError([Problem(say("laws-need-scheme", name=type(self).__name__))])
        if unknown := list(self._unknown()):
            raise ItakitError(unknown)
        check_trial(self.max_examples, self.seed)
        return laws_of(scheme)

    def _unknown(self) -> Iterator[Problem]:
        """The settings that there are not, which would change nothing without a word."""
        for own in type(self).__mro__[: type(self).__mro__.index(SchemeLaws)]:
            for name, value in vars(own).items():
                plain = not name.startswith("_") and not callable(value)
                if plain and name not in _SETTINGS and (hint := did_you_mean(name, _SETTINGS)):
                    yield Problem(say("unknown-key"), hint, key=name)

    def _broken(self, law: str) -> str:
        """What goes against a law, or against trying any; nothing where it holds."""
        try:
            self._laws()
            check_law(self.scheme, law, max_examples=self.max_examples, seed=self.seed)
        except LawError as error:
            return "\n".join(story.text() for story in error.stories)
        except ItakitError as error:
            return error.text()
        return ""
