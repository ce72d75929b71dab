"""Anger in English, in the words and spellings of a live chat."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader

READER = MoodReader()


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("totally unacceptable", "P2"),
        ("this shop is scamming everybody", "P1"),
        ("yall keep ignoring my emails", "P2"),
        ("the quality is absolute garbage", "P2"),
        ("this is trash", "P2"),
        ("my refund now", "P2"),
        ("i demand my refund", "P2"),
        ("worst order ever", "P2"),
        ("this company is a total joke", "P2"),
        ("you guys are a joke", "P2"),
        ("stop lying to us", "P2"),
        ("I'm so pissed", "P2"),
        ("im really frustrated with this", "P2"),
        ("you people should be ashamed", "P2"),
        ("where the hell is my parcel", "P2"),
        ("where's my order it has been 3 weeks", "P2"),
        ("my parcel never arrived", "P2"),
        ("I never received my package", "P2"),
        ("been waiting for two months", "P2"),
        ("messaged you five times", "P2"),
        ("support ghosted us", "P2"),
        ("the seller blocked me", "P2"),
        ("they stole my money", "P1"),
        ("charged me twice", "P2"),
        ("double trouble, you charged my card 2 times", "P2"),
        ("they sent an empty box", "P2"),
        ("it came cracked and you won't refund", "P2"),
        ("this isn't what I paid for", "P2"),
        ("it's a knockoff", "P1"),
        ("these are fake", "P1"),
        ("I'm suing you", "P0"),
        ("my lawyer will hear about this", "P0"),
        ("see you in small claims", "P0"),
        ("reporting you to the BBB", "P0"),
        ("disputing it with my bank", "P2"),
        ("go to hell", "P1"),
        ("you all suck", "P1"),
        ("pathetic", "P2"),
        ("your support is useless", "P2"),
        ("do your job", "P2"),
        ("are you serious", "P2"),
        ("fuck you", "P1"),
        ("total scammers", "P1"),
        ("is this how you scam people", "P1"),
        ("this is a scam, isn't it", "P1"),
        ("don't trust this shop", "P2"),
        ("never buying here again", "P2"),
        ("tired of your excuses", "P2"),
        ("wow great, broken again", "P2"),
    ],
)
def test_anger_is_heard_in_any_order_and_form(line: str, level: str) -> None:
    """With apostrophes or without, and however its verb is bent."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == ("angry", level)


@pytest.mark.parametrize(
    "line",
    [
        "fuck yes finally",
        "I fucking love it",
        "so fucking cute",
        "let's fucking go",
        "is this legit or a scam?",
        "is it a scam",
        "are these real or fake",
        "definitely not a scam, I have three",
        "cheaters lol",
        "today is my cheat day",
        "are you serious only five dollars",
        "are you kidding, such a good price",
        "still waiting on the next drop haha",
        "been waiting two weeks for this live",
        "waited two weeks and it was worth it",
        "that is sick",
        "killer deal",
        "take my money",
        "this sucks I missed it",
        "is the trash can in stock",
        "fake tan in stock?",
        "is it fake leather",
        "how do you do your job so well",
        "will you refund me if it doesn't fit",
        "answer my question please",
        "stop lying lol",
        "stop it, so pretty",
        "im so mad i missed the drop",
        "absolutely ridiculous price, buying two",
        "unbelievable deal",
        "thanks for replacing the broken one",
        "great, the broken one was replaced",
        "nothing broken, all good",
        "nothing like the picture, even better",
        "the other shop was awful, here it's so much better",
        "dry cleaning lawyer look",
        "sue is here, hi",
        "where is my size chart",
        "how much longer is the live",
        "my boyfriend ghosted me lol",
        "slow down a bit",
        "I have been charged twice",
        "why was I charged twice for this",
        "she is such a mood",
        "you guys are insane love it",
        "i regret not buying two",
    ],
)
def test_slang_questions_and_joy_are_calm(line: str) -> None:
    """The same words of a bargain, a drop, a date or a risk that is only asked after."""
    assert READER.read(line).mood != "angry"
