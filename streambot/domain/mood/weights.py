"""The numbers of the mood reader: what each finding adds to a line's logit.

Made by ``tools/fit_mood.py`` from labelled lines, with the signs fixed beforehand; no words.
"""

from __future__ import annotations

#: By rule: once, and more when found again.
RULES: dict[str, tuple[float, float]] = {
    "law": (0.00, 0.00),
    "violence": (0.14, 0.00),
    "safety": (1.54, 0.00),
    "fraud": (1.33, 0.04),
    "abuse": (1.45, 0.23),
    "demand": (1.73, 0.00),
    "delay": (1.98, 0.02),
    "refusal": (2.50, 0.02),
    "defect": (1.47, 0.50),
    "contempt": (1.18, 0.00),
    "outrage": (1.00, 0.00),
    "mild": (0.70, 0.80),
}

CUES: dict[str, float] = {
    "why_still": 0.72,
    "you_people": 1.97,
    "the_shop": 1.03,
    "after_all": 1.14,
    "still_not": 0.47,
    "so_long": 1.28,
    "again": 0.34,
    "rhetorical": 0.33,
    "turned_out": 0.15,
    "bad_word": 1.27,
    "very": 0.38,
    "must": 1.46,
    "loss": 0.34,
    "refused": 0.76,
    "cannot": 1.16,
    "this_is": 0.36,
    "deny": 2.30,
    "money_back": 0.25,
    "trade": 0.14,
    "never_again": 0.39,
    "but": -0.64,
    "exclaim": 0.58,
    "exclaim_many": 0.70,
    "asks_hard": 0.10,
    "trailing": 0.21,
    "i_did": 0.57,
    "laughs": -0.39,
    "plays": -1.36,
    "feels": -0.28,
    "if_ever": -1.30,
    "you_dont": 1.42,
    "why": -0.32,
    "how_can": 0.00,
    "what_of_me": 0.31,
    "complains": 0.34,
    "waits": 0.65,
    "too_bad": 0.34,
    "have_to": 1.01,
    "soft_end": 0.40,
    "not_come": 1.55,
    "differs": -0.19,
    "pricing": 0.72,
    "polite": -0.60,
    "asks_how": -0.60,
    "asks_may": -0.60,
    "praises": -0.80,
    "sorry": -0.20,
}

#: A logit of the learned tone.
TONE = 0.127
#: Every twenty characters, up to sixty.
LONG = -0.01
#: Five characters or fewer.
SHORT = -0.30
#: Talk of games and shows.
PLAYS = -0.47
#: Puts the shipped threshold at a logit of zero.
BIAS = -2.09
#: A line whose tone is below this and that holds no explicit word leaves at once.
GATE = 0.5
