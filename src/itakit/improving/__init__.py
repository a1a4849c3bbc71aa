"""Improving: what a unit would gain, and what it takes to reach a better grade.

Data flows one way: what is known of a unit -> what being full means (`fullness`) -> gains; and by
grade, the fewest items (`tables`, `searching`) and the fewest steps of respondents (`stepping`).
"""

from itakit.improving.improvement import Gains, gains
from itakit.improving.ways import Gain, ItemsWay, Move, Reach, StepsWay

__all__ = ["gains", "Gains", "Gain", "Reach", "ItemsWay", "StepsWay", "Move"]
