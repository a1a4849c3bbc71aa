"""The case that is worked out from first principles is the one that is shipped."""

from pathlib import Path

from tests.laws import by_hand

ROOT = Path(__file__).parents[2]


class TestByHand:
    """ "Computed by hand from the rule", and by nothing of itakit."""

    def test_the_case_is_what_the_rule_gives(self) -> None:
        """The sums that print it are the ones it was printed by."""
        text = (ROOT / "schemes" / "ita_2565.cases.toml").read_text("utf-8")
        assert text.endswith("\n" + by_hand.as_toml())

    def test_nothing_of_itakit_is_used(self) -> None:
        """An oracle shares no code with what it checks."""
        text = Path(by_hand.__file__).read_text("utf-8")
        assert not [line for line in text.splitlines() if "import" in line and "itakit" in line]
