"""Uncertainty: how far scores would move, had others been asked or had rules been otherwise.

Here and only here scores are floats: a standard error is an estimate whose own error is some per
cent, beside which that of a float is nothing. What is published stays exact, and stays elsewhere.

Data flows one way: a tree of floats (`folding`, `combining`) over samples of people (`persons`,
`linking`, `tallies`) -> errors and intervals (`intervals`), grades of resampled units (`awarding`,
`resampling`) -> what is told of it (`assessing`, `certain`). Beside it stand the rules drawn anew
(`redrawing`, `robust`).
"""
