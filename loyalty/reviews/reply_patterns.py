"""What tells too much in a public reply, as patterns over plain text; each is matched as whole words."""

import re

# What belongs to a patient only, after "your".
THEIRS = r"""
    visits? | appointments? | appts? | treatments? | procedures? | sessions? | consult(?:ation)?s? | results?
    | outcomes?     | care | surger(?:y|ies) | follow[- ]?ups?
    | check[- ]?ups? | check[- ]?ins? | bookings? | reservations? | deposits?
    | charts? | files? | records? | bills? | invoices? | accounts? | payments? | insurance | balances? | memberships?
    | packages? | doctors? | providers? | nurses? | injectors? | a?estheticians? | clinicians? | surgeons? | therapists?
    | skin | face | lips? | body | hair | eyes? | nose | chin | neck | cheeks? | forehead | scars? | wrinkles?
    | histor(?:y|ies) | conditions? | diagnos[ei]s | symptoms? | recovery | healing | aftercare | downtime | reaction
    | side effects? | medications? | prescriptions? | goals? | journey | transformation | glow | trust | loyalty
    | return | time (?:with us|here|at) | stay | next one | last one | needs | concerns? with (?:us|our) | experience
    | wait | patronage | business | continued support | before and after
"""
BETWEEN = (
    r"(?:(?:own|very|most|next|last|first|second|recent|latest|upcoming|previous|whole|entire|new|great"
    r"|good|bad|past|future|visit|skin|beautiful|wonderful|amazing|latest|initial|free|annual|lovely"
    r"|positive|negative|poor|scheduled) ){0,3}"
)
# "Sharing your experience" is what one thanks for; the experience itself is a patient's.
PATIENT = (
    rf"(?<!sharing )(?<!share )(?<!describing )your {BETWEEN}(?:{{theirs}})",
    # Put together by whoever pulled the letters apart.
    r"your(?:visit|appointment|treatment|procedure|result|skin|lip|session)s?",
    r"(?:when|while|since|after|before|during|each time|every time|the (?:day|time)|until|as soon as|once|because)"
    r" you (?:(?:first|last|next|just|both|all) )?"
    r"(?:came|come|visit(?:ed)?|were|are here|was|saw|see|arrived?|left|called ahead|booked?"
    r"|check(?:ed)? in|stay(?:ed)?"
    r"|walk(?:ed)? in|had|got|received|cancel(?:l?ed)?|rescheduled?|paid|return(?:ed)?|met)",
    r"(?:that|so|and|for|if) you (?:came|visited|chose us|trusted|had to wait|waited|were (?:here|seen"
    r"|treated|happy|late|charged|told))",
    r"you (?:came|come|visited|visit|stopped) (?:in|by|back|here|again|to (?:us|see)|us|our|with)",
    r"you (?:were|are|have been|had been|was) (?:here|seen|treated|scheduled|booked|charged|billed|given"
    r"|told|late|injected"
    r"|with us|(?:a|one of)? ?(?:our|my|valued|loyal|longtime|long-time|new|returning)? ?(?:patient"
    r"|client|customer|guest)s?)",
    r"you (?:had|received|got|underwent|chose|enjoyed|loved|liked|saw|met|felt|left|paid|booked|cancell?ed"
    r"|missed|waited|arrived)(?! this way| that way| a review| us a review| a comment| a note)",
    r"you (?:have|you've|ve) (?:been|had|received|seen|visited)",
    r"you ?(?:'ve|'re|'d) (?:been|had|received|seen|visited|come|chosen|a patient|our patient|my patient|one of)",
    r"you(?:r|'re| are) (?:healing|recovering|looking (?:great|good|amazing|beautiful|younger)|results?)",
    r"(?:as|being|is|are|be|was|were|have been|like) (?:a|an|our|my|one of our) ?(?:valued|loyal|new"
    r"|longtime|long-time|dear|great|favorite|wonderful|returning)? ?(?:patient|client|customer|guest)s?",
    r"(?:our|my|your) (?:valued |loyal |dear |great |favorite |wonderful )?(?:patient|client|customer|guest)(?!s|')",
    r"(?:valued|loyal|longtime|long-time|returning|former|existing) (?:patient|client|customer|guest)s?",
    r"(?:see|seeing|saw|seen|have seen|met|meet|meeting|treat|treating|treated|help|helping|helped|serve"
    r"|serving|served"
    r"|host|hosting|welcome|welcoming|had|having|have|remember|remembering|care for|caring for|cared for"
    r"|take care of|taking care of|took care of|look after|looking after|looked after|work with"
    r"|working with|worked with"
    r"|book|booking|booked|reschedule|rescheduling|charged|billed|refund|refunded|injected|injecting)"
    r" (?:you|your (?:son|daughter|mother|mom|husband|wife|sister|friend|child))"
    r"(?: (?:again|soon|back|next|here|in|at|with|for|today|then|feel|look|achieve|both|all|as|on|when|during))?",
    r"(?:come|came|coming|stop|drop|be|go|get) (?:back|in to see|to see|and see|again to) ?(?:us|me)?",
    r"(?:choos|trust|visit|join|pick|select|prefer)(?:e|ing)? (?:us|our (?:practice|clinic|office|team|spa|medspa))",
    r"(?:chose|trusted|visited|picked|selected) (?:us|our|me)",
    r"(?:trust|faith|confidence|loyalty) (?:in|to) (?:us|our|me)",
    r"(?:until|till|for) (?:next time|the next (?:visit|appointment|time))",
    r"(?:our|the|your) (?:records?|files?|notes|charts?|schedule|system|books?) (?:show|say|indicate"
    r"|confirm|state|tell|reveal)s?",
    r"(?:look(?:ed|ing)?|check(?:ed|ing)?|review(?:ed|ing)?|pull(?:ed|ing)?)(?: (?:in|into|at|up"
    r"|through))? (?:your|our|the) "
    r"(?:records?|files?|charts?|appointments?|notes|accounts?|cases?|visits?|schedule)",
    r"(?:no|any|a) (?:record|trace|file|appointment|chart) (?:of|for|under|with) (?:you|your|this|that"
    r"|a patient|anybody|anyone|a visit|him|her|them)",
    r"(?:never|not|did ?n'?t|have ?n'?t|haven't|didn't) (?:been |be )?(?:treat|treated|seen|see|had|have"
    r"|met) (?:you|this person|a patient)",
    r"(?:you|they|he|she|reviewer|person|author) (?:is|are|was|were|has|have) (?:not"
    r"|never) (?:been )?(?:a|our|one of our) ?(?:patient|client|customer)s?",
    r"(?:is|are|was|were)(?:n't|nt| not) (?:a|our|one of our) ?(?:patient|client|customer)s?",
    r"(?:this|the|that|his|her|their|same|last|recent|first|next|initial|in) (?:visit|appointment|appt"
    r"|treatment|procedure|session|consultation|consult|surgery|follow[- ]?up)s?(?! of trust)",
    r"(?:your|our) (?:last|next|first|second|third)",
    r"(?:on|at|from|for) your (?:day|way)",
    r"(?:we|i|she|he|they) (?:did|performed|gave|explained to|told|offered|recommended|advised|prescribed"
    r"|injected|used on|discussed with|called|texted|emailed|reminded) (?:you|your)",
    r"(?:welcome|have|had|having|get) (?:you )?back",
    r"(?:thank|thanks) (?:you )?(?:so much |very much )?for (?:coming|visiting|being (?:here|with|our|a"
    r"|such)|stopping by|dropping by|your (?:visit|trust|business|loyalty)|letting us(?! know)"
    r"|allowing us|having us|the visit|choosing)",
)
STAFF_TITLES = r"(?:dr|doctor|nurse|np|pa|rn|injector|surgeon|a?esthetician|provider|physician)"
STAFF = (
    # With a title anybody is whoever treats: "Dr. Sato", "nurse Maya".
    rf"{STAFF_TITLES}\.? (?!is |are |will |who |in |on |at |and |or |or a |to |may |can )[a-z][\w'-]+",
    r"(?:the|our|a) (?:doctor|nurse|provider|injector|surgeon|a?esthetician|physician)s? (?:who"
    r"|that) (?:treated|saw|did|helped|injected|performed|took|worked|looked)",
    r"\w+ (?:who|that) (?:treated|injected|took care of|worked on|operated on) you",
)
REWARD = (
    r"discount\w*|coupons?|vouchers?|refund\w*|gift cards?|rewards?|rebates?|complimentary|free of charge|for free"
    r"|\d+ ?%(?: off)?|\$ ?\d+|on the house|make it up to you with|credit (?:on|to) your|free \w+",
)
# "We cannot say whether anybody is a patient": the sentence that we want them to write.
SAYS_NOTHING = re.compile(
    r"(?:can ?not|can't|may not|must not|do not|don't|never|unable to"
    r"|not able to) (?:\w+ ){0,3}(?:whether|if|who)(?: \w+){0,2}"
    r" (?:is|are|was|were|has been|have been)(?: or (?:(?:is|are|was|were|has|have) )?not)?(?: been)?"
    r" (?:(?:a|our) )?(?:patients?|clients?|here)(?: or not)?",
    re.I,
)
