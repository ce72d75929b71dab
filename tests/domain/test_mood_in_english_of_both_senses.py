"""English words of harm, threats and mockery, and the same of others, asked, quoted or in jest."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader
from streambot.domain.mood.reading import Mood, MoodLevel

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        "my kettle exploded all over the worktop",
        "the charger went up in flames last night",
        "your diffuser set our curtains on fire",
        "my son broke out in hives after one wash",
        "it left me with blisters all over my arms",
        "my lips are swollen after that balm",
        "found bits of plastic in the soup mix",
        "bit into a nail in your granola",
        "theres a piece of metal in this fudge",
        "my nan ended up in hospital because of your tea",
        "we are at the vets after using your spray",
        "your polish burned my nails",
        "im calling trading standards tomorrow",
        "reply or i go to the police",
        "im calling the police you stole my money",
        "suing you for making me sick",
        "your prices are criminal and i am still waiting for a refund, suing you",
        "calling the cops, this fake shop charged me twice",
        "is it normal that it burned my cheeks",
        "why did your heater catch alight, the plug exploded",
        "the last candle i had from you burned my table",
        "did you know your toner burned my face",
        "your heater burst into flames at 3am",
        "two of my kids are in hospital after drinking this",
        "swallowed a bit of metal in your soup",
        "the power bank exploded in my bag",
        "i broke out in blisters from your lotion",
        "calling the police, you robbed me",
        "have you seen what your cream did, it burned my arms",
        "can you explain why the jar exploded in my hand",
        "i will sue you for making me ill with this fake cream",
    ],
)
def test_harm_and_threats_call_somebody_at_once(line: str) -> None:
    """Who was harmed, or threatens with the law or to come."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == (Mood.ANGRY, MoodLevel.P0)


@pytest.mark.parametrize(
    "line",
    [
        "such a con",
        "you lot are selling knock offs",
        "what a load of shite",
        "sh1t service",
        "lying toerags",
        "my ex told me you are liars and he was right",
        "people say you are scammers and they are right",
        "i said its fake and it is",
        "thought it was real but its a fake",
        "i thought you were honest but you are thieves",
        "ignore him hes a plant, this shop is a scam",
        "the seller is a liar",
        "absolute crap company",
        "cr4p service",
        "they are all just knock offs",
        "my neighbour said you are thieves and shes right",
        "my ex was right, this shop is a scam",
        "are you lot thieves or what",
    ],
)
def test_cheating_and_insults_are_told(line: str) -> None:
    """The shop is said to cheat, or is insulted."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == (Mood.ANGRY, MoodLevel.P1)


@pytest.mark.parametrize(
    "line",
    [
        "they refused me a refund",
        "refused to give me a replacement",
        "how many times must i email before somebody looks",
        "my tracking hasnt updated for nine days",
        "you closed my ticket and never answered",
        "fifth time i have asked about my parcel",
        "brilliant, another smashed jar",
        "thanks for the empty box",
        "this company is a shambles",
        "the junk you sold me went in the bin",
        "you have two days to refund me",
        "i have screenshots of all of it and will be posting them",
        "ill make sure everyone knows what you did",
        "my neighbours order came, you never sent mine and now you wont refund",
        "royal mail says you never sent it, im fuming",
        "saw a review saying it broke, mine arrived broken too",
        "yet again, how many times must i ask",
        "you refused to give a refund",
        "rejected my return, why",
        "wonderful, they blocked me",
        "im so disappointed in you",
    ],
)
def test_anger_without_such_words_is_heard(line: str) -> None:
    """Refusals, mockery and asking again and again."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == (Mood.ANGRY, MoodLevel.P2)


@pytest.mark.parametrize(
    "line",
    [
        "my phone exploded with messages when you went live",
        "the chat just exploded",
        "this colour set the room on fire",
        "she set the stage on fire in that dress",
        "your prices are on fire tonight",
        "i burnt my tongue on my tea",
        "i come out in a rash when im nervous around you",
        "my eyes are swollen from crying at that film",
        "i found a nail in my tyre this morning",
        "bits of glass in the sand make it sparkle",
        "is the charm a piece of metal in the middle",
        "watching from the hospital after my op",
        "in hospital with my baby, your lives keep me sane",
        "at the vets with my cat, hope you sell out",
        "im going to the police station ball in that dress",
        "will it leave blisters",
        "has one ever exploded",
        "can it set stuff on fire",
        "do you sell metal in the shop",
        "how many times do i apply it",
        "how many times do i need to water it",
        "third time ive bought this",
        "fifth time i order and never a problem",
        "this is the shit",
        "pros and cons of soy wax",
        "everyone else sells knock offs but not you",
        "are these knock offs?",
        "you never refused a refund, thats why i stay",
        "are you having a laugh tonight girls",
        "of the year award goes to you",
        "thanks for the free gift",
        "brilliant, another one",
        "make sure everyone knows about the sale",
        "dont bother wrapping it, its for me",
        "my house is a shambles today",
        "you have 2 minutes to order",
        "i have to pay to return it?",
        "do i have to pay to send back a broken one",
        "great, another empty bottle because i love it so much",
        "does it help if my face is swollen",
        "took screenshots of everything so i can order later",
        "suing you for making me so broke lol",
        "i will sue you these deals are illegal",
        "calling the cops that voice is a crime",
        "my wallet is suing you",
        "my hubby is going to sue you haha",
        "my landlord is a thief",
        "the council are all crooks and liars",
        "our neighbours are morons honestly",
        "my brother ate my cake the little thief",
        "the old lamp i got from argos caught fire",
        "the last mask i used from superdrug gave me a rash",
        "dont listen to the haters calling it a scam",
        "dont believe those people saying its fake",
        "he called you a fraud lol what a troll",
        "thought this was a scam but it arrived and i love it",
        "my nan said it was a rip off but then she ordered three",
        "read some reviews that say they arrived broken is that fixed",
        "can this cause a rash, has anyone got a rash",
        "will it leave me with blisters",
        "got scammed on ebay last month",
        "got robbed by temu lol",
        "the imposter was a liar again",
        "my flight was cancelled, the airline are useless",
        "royal mail lost my birthday card, im fuming",
        "my cat exploded with joy",
        "that firework exploded over our house",
        "my face is puffy from hay fever and my eyes are swollen",
        "he burned my cd collection lol",
        "i burned my hand on the oven",
        "broke out in a sweat",
        "set the house on fire in the sims",
        "the hosts outfit is on fire",
        "is there wire in the bra",
        "any metal in the clasp",
        "going to the police do tonight",
        "my uncle is going to the police academy",
        "knock offs everywhere these days but i trust you",
        "my order is a load of goodies",
        "what a load of fun",
        "third time lucky",
        "fifth time i watch your live",
        "refused a second cake, so proud",
        "you are having a laugh a minute",
        "this is shambolic fun",
        "our team was a shambles on saturday",
        "ive screenshots of everything i want to buy",
        "make sure everybody buys from her",
        "you have 10 seconds to sort yourself out",
        "my teacher is a liar",
        "the president is a fraud",
        "my toddler is a cheeky little thief",
        "said it was a scam at first but now i love it",
        "heard it was fake but its legit",
        "this price is criminal, someone call the cops",
        "suing you because im so obsessed, you are making me buy it all",
        "can it cause hives",
        "does it help with a rash",
        "would this work on swollen eyes",
    ],
)
def test_others_questions_quotes_and_jests_call_nobody(line: str) -> None:
    """The same words where nobody of the shop is blamed."""
    assert READER.read(line).mood is not Mood.ANGRY
