"""What the invented practices offer: generic services, the rhythm in which people come back, and the words for each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One service.

    every: days between visits, as one patient has it on average; spread: how far patients' averages lie apart.
    regularity: shape of the gamma distribution of one patient's gaps; the higher the more regular.
    sessions: how many make a series, 0 for none. then: what a patient goes on with after the series.
    share: how many patients come for it; 0 for what is only had in between or first.
    """

    key: str
    name: str
    minutes: int
    every: int
    spread: int
    regularity: float
    share: float
    preview: str
    aftercare: str
    sessions: int = 0
    then: tuple[str, ...] = ()
    returns: bool = True


OFFERS = (
    Offer(
        key="assessment",
        name="First visit: skin assessment",
        minutes=45,
        every=14,
        spread=4,
        regularity=5,
        share=0,
        returns=False,
        preview="We sit down together for forty-five minutes, look at your skin in good light and write down what you "
        "would like. Nothing is treated that you did not ask about. Please come without make-up if you can; we have "
        "cleanser here. You leave with a plan and a price on paper, and no need to decide anything.",
        aftercare="Take the plan home and read it in peace. Call us with every question; no question is small.",
    ),
    Offer(
        key="neuromodulator",
        name="Neuromodulator, forehead and frown",
        minutes=30,
        every=101,
        spread=9,
        regularity=16,
        share=0.46,
        preview="It takes about twenty minutes. You feel small pinches; a cold pack helps. Small bumps settle within "
        "half an hour. You see the effect after four to seven days and all of it after two weeks. Please avoid "
        "alcohol the evening before, and keep your head up for four hours afterwards.",
        aftercare="No rubbing today, no sport until tomorrow. Slight headache is common. Call us about anything that "
        "worries you, and come by after two weeks if something looks uneven.",
    ),
    Offer(
        key="facial",
        name="Hydrating facial",
        minutes=45,
        every=36,
        spread=6,
        regularity=5,
        share=0.15,
        preview="Cleansing, a gentle peel, extraction where it helps, and a mask: about forty-five minutes lying down. "
        "It feels cool and wet. You can go straight back to work; your skin may be pink for an hour.",
        aftercare="Drink water, use sunscreen, and leave your skin alone until tomorrow morning.",
    ),
    Offer(
        key="filler",
        name="Hyaluronic filler, cheeks and lips",
        minutes=60,
        every=315,
        spread=40,
        regularity=9,
        share=0.12,
        preview="We begin with numbing cream, so plan an hour. Swelling is normal for two to three days and settles in "
        "about ten; bruises can last a week. Please do not plan a celebration for the ten days after. Tell us about "
        "blood thinners and about cold sores.",
        aftercare="Cold packs today, no sport for two days, sleep on your back tonight. Call at once about strong pain "
        "or pale skin, at any hour.",
    ),
    Offer(
        key="laser",
        name="Laser hair removal",
        minutes=30,
        every=38,
        spread=4,
        regularity=14,
        share=0.1,
        sessions=6,
        then=("facial", "neuromodulator"),
        preview="Please shave the day before and do not wax. It feels like a rubber band, with cold air against it. "
        "Skin is pink for some hours. It takes six visits, five to six weeks apart, because hair grows in phases.",
        aftercare="Cool it, moisturize, and stay out of the sun for two weeks. Hair falls out over ten days.",
    ),
    Offer(
        key="peel",
        name="Chemical peel",
        minutes=45,
        every=29,
        spread=3,
        regularity=10,
        share=0.08,
        sessions=4,
        then=("peel_refresh", "facial"),
        preview="Your face tingles for some minutes and is pink like after a day outdoors. From the third day it "
        "flakes for about three days, so choose a quiet week. No retinol for five days before.",
        aftercare="Do not pick. Sunscreen every morning for two weeks, moisturizer as often as you like.",
    ),
    Offer(
        key="peel_refresh",
        name="Chemical peel, refresh",
        minutes=30,
        every=125,
        spread=15,
        regularity=8,
        share=0,
        preview="A lighter peel to keep what we reached. A little pink in the evening, a little flaking on the third "
        "day. No retinol for five days before.",
        aftercare="Sunscreen every morning for two weeks.",
    ),
    Offer(
        key="needling",
        name="Microneedling",
        minutes=60,
        every=33,
        spread=3,
        regularity=12,
        share=0.05,
        sessions=3,
        then=("facial", "neuromodulator"),
        preview="Numbing cream first, then about twenty minutes of treatment. Your skin is red like a sunburn for one "
        "or two days. Bring a hat. Make-up is fine from the second day.",
        aftercare="Only the cream we gave you tonight. No sport, no sauna for two days.",
    ),
    Offer(
        key="light",
        name="Photofacial",
        minutes=40,
        every=30,
        spread=3,
        regularity=10,
        share=0.03,
        sessions=3,
        then=("facial",),
        preview="Flashes of light, warm and quick, with goggles on. Spots become darker before they fade over a week. "
        "Please come without a tan.",
        aftercare="Sunscreen every day. Leave dark specks alone; they fall off by themselves.",
    ),
)

BY_KEY = {offer.key: offer for offer in OFFERS}
