"""The numbers of the mood reader: what each finding adds to a line's logit.

Made by ``tools/fit_mood.py`` from labelled lines, with the signs fixed beforehand; no words.
"""

from __future__ import annotations

#: By rule: once, and more when found again.
RULES: dict[str, tuple[float, float]] = {
    "law": (0.00, 0.00),
    "violence": (0.00, 0.00),
    "safety": (1.65, 0.00),
    "fraud": (1.24, 0.04),
    "abuse": (1.71, 0.23),
    "demand": (1.70, 0.00),
    "delay": (1.63, 0.04),
    "refusal": (1.82, 0.00),
    "defect": (1.43, 0.37),
    "contempt": (1.26, 0.00),
    "outrage": (1.00, 0.00),
    "mild": (0.37, 1.08),
}

CUES: dict[str, float] = {
    "why_still": 0.70,
    "you_people": 2.36,
    "the_shop": 1.36,
    "after_all": 0.00,
    "still_not": 0.63,
    "so_long": 1.90,
    "again": 0.49,
    "rhetorical": 0.40,
    "turned_out": 0.37,
    "bad_word": 1.41,
    "very": 0.76,
    "must": 1.48,
    "loss": 0.31,
    "refused": 0.81,
    "cannot": 1.05,
    "this_is": 0.37,
    "deny": 2.28,
    "money_back": 0.25,
    "trade": 0.24,
    "never_again": 0.53,
    "but": -0.51,
    "exclaim": 0.48,
    "exclaim_many": 0.90,
    "asks_hard": 0.26,
    "trailing": 0.03,
    "i_did": 0.70,
    "laughs": -0.50,
    "plays": -1.24,
    "feels": -0.16,
    "if_ever": -1.32,
    "you_dont": 1.42,
    "why": -0.25,
    "how_can": 0.00,
    "what_of_me": 0.22,
    "complains": 0.22,
    "waits": 0.53,
    "too_bad": 0.39,
    "have_to": 1.06,
    "soft_end": 0.52,
    "not_come": 1.41,
    "differs": -0.57,
    "pricing": 0.73,
    "polite": -0.60,
    "asks_how": -0.75,
    "asks_may": -0.60,
    "praises": -0.80,
    "sorry": -0.16,
}

#: A logit of the learned tone.
TONE = 0.153
#: Every twenty characters, up to sixty.
LONG = -0.17
#: Five characters or fewer.
SHORT = -0.02
#: Talk of games and shows.
PLAYS = -0.56
#: Puts the shipped threshold at a logit of zero.
BIAS = -2.27
#: A line whose tone is below this and that holds no explicit word leaves at once.
GATE = 1.0
