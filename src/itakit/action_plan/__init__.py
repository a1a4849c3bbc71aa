"""The action plan: measures by item, who is responsible for each and by when, and how it stands.

Data flows one way: a file (`toml_plan`, `sheet_plan`) -> measures (`measures`, with their `days`)
-> joined with what each item would gain (`joining`).
"""

from itakit.action_plan.joining import Joined, PlanRow
from itakit.action_plan.loading import ActionPlan, load_measures
from itakit.action_plan.measures import Measure

__all__ = ["load_measures", "ActionPlan", "Measure", "Joined", "PlanRow"]
