"""The built-in methods by name, each with the laws that it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import evolve

from itakit.methods.conditions import all_of, deduction, k_of_n
from itakit.methods.means import (
    geometric_mean,
    greatest,
    harmonic_mean,
    least,
    mean,
    median,
    power_mean,
    sum_up,
)
from itakit.methods.method import Law, Method, Parameter

_ALL: frozenset[Law] = frozenset(
    {"internal", "equal", "monotone", "symmetric", "replication", "weight-scale", "zero-weight"}
)
_EXPONENT = Parameter(
    "exponent", "the exponent; 1 is the mean, 0 the geometric mean", required=True
)
_AT_LEAST = Parameter("score", "the score that a child must reach; default: the highest score")
_MEAN = Method(
    "mean",
    mean,
    _ALL | {"affine", "stretch", "linear"},
    "average",
    about="the arithmetic mean, weighted where weights are given",
)
_SUM = Method(
    "sum",
    sum_up,
    {"monotone", "symmetric", "zero-weight", "stretch", "linear"},
    "sum",
    about="the sum, each term multiplied by its weight where weights are given",
)
_LEAST = Method("min", least, _ALL | {"affine", "stretch"}, about="the least score")

BUILT_IN: Mapping[str, Method] = MappingProxyType(
    {
        method.name: method
        for method in (
            _MEAN,
            evolve(
                _MEAN, name="weighted-mean", weighted=True, about="the mean; weights are required"
            ),
            _SUM,
            evolve(_SUM, name="weighted-sum", weighted=True, about="the sum; weights are required"),
            _LEAST,
            evolve(_LEAST, name="max", function=greatest, about="the greatest score"),
            evolve(
                _LEAST,
                name="median",
                function=median,
                about="the score in the middle of the weight; midway between two where it halves",
            ),
            evolve(
                _MEAN,
                name="single",
                laws=_MEAN.laws - {"replication"},
                terms=(1, 1),
                about="the score of exactly one term",
            ),
            Method(
                "geometric-mean",
                geometric_mean,
                _ALL | {"stretch"},
                about="the product of the scores, each to the power of its share of weight",
            ),
            Method(
                "harmonic-mean",
                harmonic_mean,
                _ALL | {"stretch"},
                about="the reciprocal of the mean of the reciprocals; 0 where a score is 0",
            ),
            Method(
                "power-mean",
                power_mean,
                _ALL | {"stretch"},
                parameters={"exponent": _EXPONENT},
                about="the mean of the powers, and the root of it",
            ),
            Method(
                "deduction",
                deduction,
                {"symmetric", "zero-weight"},
                parameters={
                    "base": Parameter(
                        "code", "the child that is deducted from; default: the highest score"
                    ),
                    "ceiling": Parameter("number", "the most that is deducted; default: no limit"),
                },
                about="a base less the sum of the other children, never below the range",
            ),
            Method(
                "k-of-n",
                k_of_n,
                {"monotone", "symmetric"},
                parameters={
                    "k": Parameter("count", "how many children must reach it", required=True),
                    "at_least": _AT_LEAST,
                },
                about="the highest score where at least k children reach a score, else the lowest",
            ),
            Method(
                "all-of",
                all_of,
                {"monotone", "symmetric", "replication", "weight-scale", "zero-weight"},
                parameters={"at_least": _AT_LEAST},
                about="the highest score where all children reach a score, else the lowest",
            ),
        )
    }
)
"""The methods that every scheme may use, by name."""
