"""How long the laws are tried: set HYPOTHESIS_PROFILE to one of the profiles below."""

import os

from hypothesis import HealthCheck, settings

# Randomness is stated in each, as Hypothesis changes its own defaults where CI is set.
settings.register_profile(
    "default", max_examples=50, deadline=None, derandomize=False, print_blob=True
)
settings.register_profile(
    "quick",
    max_examples=10,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# A change that is turned down is to blame itself, not the dice.
settings.register_profile(
    "ci",
    max_examples=30,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long",
    max_examples=5000,
    deadline=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
