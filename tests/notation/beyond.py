"""The files under invalid that no JSON Schema can refuse, each with the reason.

The list is closed: a new invalid file is refused by the schema, or is entered here.
"""

from __future__ import annotations

_OTHER_FILE = "what is wrong stands in another file, and a schema sees one"

BEYOND = {
    "calendar": "puts two dates of the file in order",
    "changing_emptied": _OTHER_FILE,
    "changing_grades": _OTHER_FILE,
    "changing_ill_grades": _OTHER_FILE,
    "changing_level_alone": _OTHER_FILE,
    "changing_level_below": _OTHER_FILE,
    "changing_levels": _OTHER_FILE,
    "changing_places": "follows nodes that come before each other",
    "extends_broken": _OTHER_FILE,
    "extends_circle": _OTHER_FILE,
    "extends_circle_base": _OTHER_FILE,
    "extends_itself": "compares two texts of the file: the id and what it extends",
    "extends_missing": _OTHER_FILE,
    "extends_root_code": _OTHER_FILE,
    "grade_rounding": "rounds the ends of the range",
    "grades_twice": "looks for a name that stands twice in tables that differ otherwise",
    "level_of_many": "is no error: the file loads, with warnings",
    "retired_and_named": _OTHER_FILE,
    "scale_misspelt": "looks up the name of a scale",
    "warnings": "is no error: the file loads, with warnings",
    "weights_sum": "adds up weights",
}
