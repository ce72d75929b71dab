"""The numbers of the mood reader: what each finding adds to a line's logit.

A few dozen numbers fitted on labelled lines, signs fixed beforehand; no words. A cue that weighed
nothing was taken out. ``BIAS`` puts the shipped threshold at a logit of zero.
"""

from __future__ import annotations

#: By rule: once, and more when found again.
RULES: dict[str, tuple[float, float]] = {
    "law": (0.00, 0.00),
    "safety": (1.53, 0.00),
    "fraud": (1.14, 0.03),
    "abuse": (1.68, 0.20),
    "demand": (1.63, 0.00),
    "delay": (1.27, 0.06),
    "refusal": (1.18, 0.00),
    "defect": (1.48, 0.49),
    "contempt": (1.07, 0.00),
    "mild": (0.33, 0.77),
}

CUES: dict[str, float] = {
    "why_still": 0.39,
    "you_people": 1.30,
    "the_shop": 1.25,
    "after_all": 0.00,
    "still_not": 0.47,
    "so_long": 1.72,
    "again": 0.71,
    "rhetorical": 0.13,
    "turned_out": 0.37,
    "bad_word": 1.45,
    "very": 0.40,
    "must": 1.13,
    "loss": 0.31,
    "refused": 0.80,
    "cannot": 0.84,
    "this_is": 0.27,
    "deny": 2.00,
    "money_back": 0.12,
    "trade": 0.26,
    "never_again": 0.58,
    "but": -0.36,
    "exclaim": 0.49,
    "exclaim_many": 0.61,
    "asks_hard": 0.41,
    "trailing": 0.09,
    "i_did": 0.74,
    "laughs": -0.49,
    "plays": -0.51,
    "feels": -0.70,
    "if_ever": -1.34,
    "you_dont": 1.36,
    "why": -0.46,
    "how_can": 0.00,
    "what_of_me": 0.44,
    "complains": 0.21,
    "waits": 0.96,
    "too_bad": 0.16,
    "have_to": 0.94,
    "soft_end": 0.49,
    "not_come": 1.81,
    "differs": -0.39,
    "pricing": 0.51,
    "sorry": -0.22,
}

TONE = 0.189
#: For every twenty characters, up to sixty.
LONG = -0.51
#: For five characters or fewer.
SHORT = -0.19
#: For talk of games and shows.
PLAYS = -0.51
BIAS = -2.30
#: A line whose tone is below this and that holds no explicit word leaves at once.
GATE = 0.5
