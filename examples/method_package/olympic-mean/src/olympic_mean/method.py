"""The method: a function on terms, and the laws that it keeps.

An example to be made into your own: the mean of the scores without the lowest and the highest.
ตัวอย่างสำหรับแก้เป็นวิธีรวมคะแนนของท่าน: ค่าเฉลี่ยที่ตัดคะแนนต่ำสุดและสูงสุดออก
"""

from collections.abc import Sequence
from fractions import Fraction

from itakit import Method
from itakit.reals import Number, compare, linear


def aggregate(terms: Sequence[tuple[Number, Fraction]], range: tuple[Fraction, Fraction]) -> Number:
    """The mean of the scores without the lowest and the highest.

    `terms` are pairs of a score and a weight above 0; this method needs no weight. `range` holds
    the lowest and the highest score of the scheme; this method needs neither.
    """
    scores = [score for score, _ in terms]
    for sign in (1, -1):
        extreme = scores[0]
        for score in scores:
            # Not `<`: a score may be an irrational number, such as a geometric mean.
            if compare(score, extreme) * sign < 0:
                extreme = score
        scores.remove(extreme)
    return linear((Fraction(1, len(scores)), score) for score in scores)


METHOD = Method(
    "olympic-mean",  # the name in schemes, and in pyproject.toml
    aggregate,
    # Each law that you declare is tried on random scores by the tests: declare those that hold
    # for all scores, and no other. "replication" does not belong here: of three scores two are
    # left out, and of the same three twice, again two. Nor does "linear": which scores count
    # depends on the scores.
    # กฎที่ประกาศไว้จะถูกทดสอบด้วยคะแนนสุ่มทุกข้อ ประกาศเฉพาะกฎที่เป็นจริงเสมอ
    laws={
        "internal",
        "equal",
        "monotone",
        "symmetric",
        "weight-scale",
        "zero-weight",
        "affine",
        "stretch",
    },
    terms=(3, None),  # three scores at least, and no greatest number
    about="the mean without the lowest and the highest score",
)
