"""Fields: the names under which a form platform keeps the answers to items.

A name is made of a letter and then letters, digits and underscores, which is what KoboToolbox, ODK
and SurveyCTO have in common. A code that is such a name keeps it. Any other gets one of its own,
which no other code of the scheme has, so that a name leads back to its code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from attrs import frozen

from itakit.scheme import Scheme

UNIT: Final = "unit"
"""The field in which a respondent names what is assessed."""
_RESERVED: Final = frozenset({"meta", "instanceid", "instancename"})
"""What every form has a field for, in lower case."""
_NAME: Final = re.compile("[A-Za-z][A-Za-z0-9_]*")


@frozen
class Fields:
    """The names of the fields of a scheme's questionnaires."""

    names: Mapping[str, str]
    """The names of all nodes, by code."""
    unit: str
    """The name of the field for the unit."""

    @classmethod
    def of(cls, scheme: Scheme) -> Fields:
        """The names that a scheme's codes have, which do not depend on what is asked.

        >>> import itakit
        >>> fields = Fields.of(itakit.find("ita_2565"))
        >>> fields.names["i2"], fields.names["i1.1"], fields.names["9.1"]
        ('i2', 'i1_1', 'q_9_1')
        """
        codes = scheme.plan.index
        taken = {code.casefold() for code in codes} | _RESERVED
        names: dict[str, str] = {}
        kept = set(_RESERVED)
        for code in codes:
            # Names that differ in upper and lower case only are one name to some who read answers.
            if _NAME.fullmatch(code) and code.casefold() not in kept:
                names[code] = code
                kept.add(code.casefold())
            else:
                names[code] = _free(legal_name(code), taken)
        return cls(names, _free(UNIT, taken))


def legal_name(text: str) -> str:
    """A name that looks like a text as far as a name can."""
    name = re.sub(r"[^A-Za-z0-9_]+", "_", text).strip("_")
    return name if _NAME.match(name) else f"q_{name}".rstrip("_")


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted}_{number}"
    taken.add(name.casefold())
    return name


def item_fields(scheme: Scheme) -> Mapping[str, int]:
    """The numbers of the nodes by the names of their fields."""
    index = scheme.plan.index
    return {name: index[code] for code, name in Fields.of(scheme).names.items()}


def node_of(scheme: Scheme, column: str, fields: Mapping[str, int]) -> int | None:
    """The number of the node whose answers a column of an exported form holds.

    A column has the name of its field; behind the names of the groups that it stands in, if the
    platform was told to write them, with ``/`` or ``-`` in between.
    """
    *groups, name = re.split("[/-]", column)
    found = fields.get(name)
    above = found
    for group in reversed(groups):
        above = None if above is None else scheme.plan.parents[above]
        if above is None or above <= 0 or fields.get(group) != above:
            return None
    return found
