"""What patients write on the tablet. {staff} is who treated them."""

LIKED_VERY = (
    "{staff} never hurries.",
    "{staff} remembered my dog’s name.",
    "I was seen on the minute.",
    "Everything was explained before it began.",
    "The room was warm and quiet.",
    "{staff} told me what I do not need. I trust that.",
    "Felt looked after, not sold to.",
    "The call before the visit took my nerves away.",
    "Gentle hands.",
    "They asked how my daughter’s exam went!",
    "{staff} counts to three and then it is over.",
    "Best hour of my month.",
    "Everybody at the desk knows my name.",
    "The tea. And {staff}, of course.",
    "I look like myself, only rested.",
    "Honest about the price.",
    "{staff} answered all my questions twice.",
    "No music, as I like it.",
    "A card came last time. Who still does that? Lovely.",
    "It felt like visiting friends.",
    "Clean, calm, kind.",
    "The plan on paper helps me a lot.",
    "They walked me to the door with an umbrella.",
    "{staff} said no to something I asked for, and was right.",
)

# What somebody of the team finds praised in it (loyalty.models.Loved). In some they find nothing that has a name.
THEMES = {
    "{staff} never hurries.": ("listening",),
    "{staff} remembered my dog’s name.": ("kind",),
    "I was seen on the minute.": ("on_time",),
    "Everything was explained before it began.": ("explained",),
    "The room was warm and quiet.": ("place",),
    "{staff} told me what I do not need. I trust that.": ("honest",),
    "Felt looked after, not sold to.": ("honest", "kind"),
    "The call before the visit took my nerves away.": ("explained",),
    "Gentle hands.": ("kind",),
    "They asked how my daughter’s exam went!": ("kind",),
    "Everybody at the desk knows my name.": ("same_person", "kind"),
    "I look like myself, only rested.": ("natural",),
    "Honest about the price.": ("honest",),
    "{staff} answered all my questions twice.": ("listening", "explained"),
    "It felt like visiting friends.": ("kind",),
    "Clean, calm, kind.": ("kind", "place"),
    "The plan on paper helps me a lot.": ("explained",),
    "{staff} said no to something I asked for, and was right.": ("honest",),
}

LIKED = (
    "{staff} is friendly.",
    "Nice rooms.",
    "Good result so far.",
    "Short way from work.",
    "Easy to book.",
    "The desk was kind.",
    "{staff} knows what to do.",
    "It was all right.",
    "Clean.",
)

BETTER_SLIGHTLY = (
    "Parking is hard to find.",
    "A coat hook in the room.",
    "The music was a bit loud.",
    "More times in the evening, please.",
    "I would like to pay without waiting in line.",
    "Could be warmer in the room.",
    "Please send the plan by letter as well.",
    "The door is hard to find the first time.",
    "A glass of water would have been nice.",
    "Two people at the desk would help on Fridays.",
)

BETTER_MUCH = (
    "Waited twenty-five minutes and nobody said why.",
    "The price was higher than I was told.",
    "I felt rushed.",
    "{staff} was kind, but the desk was short with me.",
    "Nobody called back when I asked about the redness.",
    "I had to tell my story three times.",
    "It was not what I expected, and I was not told before.",
    "Somebody else than promised treated me.",
    "I was offered things I did not ask for.",
    "The room next door was loud the whole time.",
    "My appointment was moved twice.",
    "It hurt more than I was told.",
)

SAID_IN_THE_CALL = (
    "Had waited without a word from us. Glad that we called.",
    "Wants to know beforehand what it comes to. Asked for it in writing.",
    "Felt hurried at the end. I said sorry and listened.",
    "Was upset about the tone on the phone, not about the treatment.",
    "Short call, at work. Would like to hear what changes.",
    "Told me the whole story. Needs a day, then wants to talk about the next visit.",
)
WROTE_A_LETTER = "Nobody picked up for weeks. Wrote a letter by hand, with my number."
TOLD_THEM = ("Was pleased that something came of it.", "Said thank you.", "")

DONE_ABOUT_IT = (
    "Called and listened. The desk now says it when it is ten minutes late.",
    "Called, apologized, and explained how the price came about. It is on the plan in writing now.",
    "Sat down together before the next visit. Longer time booked from now on.",
    "Called the same evening; came by the next day to have it looked at, without charge.",
    "Wrote and called. Stays with the same provider from now on; noted in the diary.",
    "Apologized in person. We talked at the team meeting about how we sound on the phone.",
    "Explained what happens when. The preview has a sentence about it now.",
    "Listened for twenty minutes. Nothing to mend, but it mattered to be heard.",
)

REVIEWS_GOOD = (
    "Kind people who take their time.",
    "I have sent my sister and my neighbor. That says it all.",
    "Honest, calm, on time.",
    "They explain everything and never push.",
    "I was nervous and they noticed. Wonderful.",
    "The card in the mail made my day.",
)

REVIEWS_MIXED = (
    "Good work, but I had to wait.",
    "Friendly. Parking is a nuisance.",
    "Nice place, not cheap.",
    "Fine, though I would like later hours.",
)

REVIEWS_BAD = (
    "Waited half an hour without a word.",
    "The bill was higher than I was told.",
    "Did not feel listened to.",
)
