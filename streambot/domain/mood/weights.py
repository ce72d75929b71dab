"""The numbers of the mood reader: what each finding adds to a line's logit.

Made by ``tools/fit_mood.py`` from labelled lines, with the signs fixed beforehand; no words.
"""

from __future__ import annotations

#: By rule: once, and more when found again.
RULES: dict[str, tuple[float, float]] = {
    "law": (0.00, 0.00),
    "safety": (1.50, 0.00),
    "fraud": (1.10, 0.04),
    "abuse": (1.67, 0.20),
    "demand": (1.61, 0.00),
    "delay": (1.40, 0.06),
    "refusal": (1.25, 0.00),
    "defect": (1.41, 0.45),
    "contempt": (1.09, 0.00),
    "outrage": (1.00, 0.00),
    "mild": (0.51, 0.96),
}

CUES: dict[str, float] = {
    "why_still": 0.43,
    "you_people": 1.61,
    "the_shop": 1.12,
    "after_all": 0.00,
    "still_not": 0.48,
    "so_long": 1.67,
    "again": 0.73,
    "rhetorical": 0.14,
    "turned_out": 0.38,
    "bad_word": 1.37,
    "very": 0.48,
    "must": 1.14,
    "loss": 0.26,
    "refused": 0.85,
    "cannot": 0.90,
    "this_is": 0.30,
    "deny": 1.99,
    "money_back": 0.14,
    "trade": 0.31,
    "never_again": 0.53,
    "but": -0.47,
    "exclaim": 0.45,
    "exclaim_many": 0.67,
    "asks_hard": 0.43,
    "trailing": 0.16,
    "i_did": 0.72,
    "laughs": -0.53,
    "plays": -1.32,
    "feels": -0.57,
    "if_ever": -1.31,
    "you_dont": 1.37,
    "why": -0.53,
    "how_can": 0.00,
    "what_of_me": 0.48,
    "complains": 0.16,
    "waits": 0.87,
    "too_bad": 0.54,
    "have_to": 0.85,
    "soft_end": 0.50,
    "not_come": 1.86,
    "differs": -0.42,
    "pricing": 0.51,
    "polite": -0.60,
    "asks_how": -0.60,
    "asks_may": -0.60,
    "sorry": -0.21,
}

#: A logit of the learned tone.
TONE = 0.174
#: Every twenty characters, up to sixty.
LONG = -0.53
#: Five characters or fewer.
SHORT = -0.13
#: Talk of games and shows.
PLAYS = -0.50
#: Puts the shipped threshold at a logit of zero.
BIAS = -2.14
#: A line whose tone is below this and that holds no explicit word leaves at once.
GATE = 0.5
